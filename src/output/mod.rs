//! Publishes a finished [`Site`] into a folder, whole or not at all.
//!
//! [`publish`] makes every page once, in parallel, into a staging folder, checks every link
//! while the pages pass, and only when all is well lets the new site take the place of the
//! old. [`restore`] puts the publication before back.
//!
//! # What is promised
//!
//! There are two roads, and [`Changes::road`] says which was taken. The road by exchange
//! (`exchange.rs`) is taken wherever two folders can change places in one instant: on Linux and
//! macOS, with the file systems of an ordinary disk. The road file by file (`journal.rs`) is
//! for the root of a mounted disk, file systems without the exchange, a parent folder that may
//! not be written to, strangers that cannot be moved, and for [`Publishing::file_by_file`].
//!
//! | | exchange | file by file |
//! |---|---|---|
//! | a failed page, a broken link, an obstacle, a full disk | the old site stays | the old site stays |
//! | a reader who opens files by their path | old up to one instant, new from then on | each file is old or new; for a moment some are new and some still old |
//! | `kill -9` or a power cut, at any moment | the old site or the new one | the old site, the new one, or some files of each until the next run completes it |
//! | strangers | can be opened by their path at every moment | are never touched |
//!
//! - **Strangers**, files that this tool did not write, stay: a `CNAME`, a `.git`, whatever
//!   stands in the folder. They are never copied, changed or removed. One that came while we
//!   were at work is moved over right after the exchange. One at an address of the site is an
//!   error, and so is a file of ours that someone changed: nothing is overwritten.
//! - **Ours** is what the list `.handbook/manifest.json` in the folder names (path → SHA-256).
//!   A folder without one is only taken over if it is empty but for `.git`, `.gitignore` and
//!   the like. What is in `.handbook/` is the tool's, whole.
//! - **A seal**, where whoever publishes gives one, says what the publication was made from
//!   (`seal.rs`): what is made from the same is not made again while every file stands.
//! - **Unchanged files** keep their inode and time; if no file changed, nothing is touched, and
//!   the publication before remains what it was.
//! - **The publication before** is kept (beside the folder as `.public.handbook-before`, file
//!   by file in `.handbook/before`). Files that someone deleted from it are given back where they are
//!   made again as they were; what remains lost is told ([`Changes::lost`]), since without it the
//!   publication is not put back. To restore twice is to restore nothing. A site with drafts is
//!   not put back where one without stands, nor the other way round.
//! - **Two publications at once** wait for each other: the second begins when the first ends.
//!   The lock is the system's, on the folder, so it ends with the program that held it.
//! - **Leftovers** of a run that died are put right or removed by the next, of either command.
//! - **Same site, same bytes**: nothing here depends on time, threads or the place of the
//!   folder, the list included.
//!
//! Whether the disk has the bytes is asked once for all files (`syncfs`), before the new site
//! is put in place, and once for the folder's name after it: tens of thousands of single
//! `fsync`s would take longer than the whole build.
//!
//! The limits: a program that holds the folder itself open (its working folder, a container's
//! bind mount) goes on seeing the old one after an exchange; that is what `file_by_file` is
//! for. A stranger is a symbolic link for an instant, and a relative link inside a stranger's
//! folder to another stranger may miss it for that instant. What is written *into* a file of ours
//! between the check and the exchange is found by the next publication, not by this one. The
//! system must know `flock` on folders, which network file systems may not.
//!
//! What stands at which address is for [`crate::site`] to say, and what an error in the
//! content is for the checks.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::abreast;
use crate::disk::DiskError;
use crate::site::Site;

mod error;
mod exchange;
mod hand;
mod journal;
mod links;
mod lock;
mod making;
mod manifest;
mod outline;
mod seal;
mod survey;
pub mod together;
mod turning;
mod whole;

pub use error::{Obstacle, PublishError};
pub use hand::Witness;
pub use links::{BrokenLink, Why};
pub use seal::{Seal, standing};

use exchange::Folders;
use hand::Hand;
use lock::Lock;
use making::{Making, is_as_listed, refuse};
use manifest::{MANIFEST, Manifest, folders};
use survey::Survey;

/// How to publish; the default suits a folder on this machine's disk and a site that is also
/// opened from there.
#[derive(Clone, Copy, Default)]
pub struct Publishing<'a> {
    /// Where the site will be found. Links that are spelt with it, in full or from the root,
    /// are then checked like all others; without it, one that begins with `/` is broken.
    pub base_url: Option<&'a str>,
    /// What the site is made from; see [`standing`].
    pub seal: Option<&'a Seal>,
    /// Takes the road file by file even where the exchange would do.
    pub file_by_file: bool,
    #[doc(hidden)]
    pub witness: Option<&'a dyn Witness>,
}

/// What a publication changed. All lists are sorted paths below the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// Files that were not there, or had been deleted by someone.
    pub added: Vec<String>,
    /// Files with other bytes than before.
    pub changed: Vec<String>,
    /// Files that the new site does not have.
    pub removed: Vec<String>,
    /// How many files are as they were.
    pub unchanged: usize,
    pub road: Road,
    /// Files of the publication before, now the kept one, that someone had deleted or changed, so
    /// that it cannot be put back. Nearly always empty.
    pub lost: Vec<String>,
    /// Folders with files that stood in a publication no longer kept and were not as this tool
    /// had written them. They are left for a person to look at, and told until they are removed.
    /// Nearly always empty.
    pub set_aside: Vec<PathBuf>,
}

/// How the new site took the place of the old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Road {
    /// Two folders changed places in one instant.
    Exchange,
    /// Each file that changed was replaced by itself.
    FileByFile,
}

impl Changes {
    fn new(road: Road) -> Self {
        Changes {
            added: Vec::new(),
            changed: Vec::new(),
            removed: Vec::new(),
            unchanged: 0,
            road,
            lost: Vec::new(),
            set_aside: Vec::new(),
        }
    }

    /// Whether the folder holds just what it held before.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// From what is there of `old` to `new`.
    fn between(old: &Manifest, present: &BTreeSet<String>, new: &Manifest, road: Road) -> Self {
        let mut changes = Changes::new(road);
        for (path, digest) in &new.files {
            match old.files.get(path) {
                Some(there) if present.contains(path) => match there == digest {
                    true => changes.unchanged += 1,
                    false => changes.changed.push(path.clone()),
                },
                _ => changes.added.push(path.clone()),
            }
        }
        let gone = present.iter().filter(|it| !new.files.contains_key(*it));
        changes.removed = gone.cloned().collect();
        changes
    }
}

/// Makes all pages of `site` and puts them into `dir`, which is made if it is not there; waits
/// while somebody else publishes into it.
///
/// # Errors
///
/// Then nothing is published and `dir` holds what it held, save for
/// [`PublishError::Unfinished`]. What a run that died had begun is completed first, even if
/// this publication then fails.
pub fn publish(site: &Site, dir: &Path, publishing: &Publishing) -> Result<Changes, PublishError> {
    making::check_addresses(site)?;
    let mut lock = Lock::take(dir)?;
    let published = publish_locked(site, &mut lock, publishing);
    if published.is_err() && lock.created {
        // Only if it is empty; and if not even that can be done, the error in hand says more.
        let _ = fs::remove_dir(&lock.path);
    }
    published
}

fn publish_locked(site: &Site, lock: &mut Lock, publishing: &Publishing) -> Result<Changes, PublishError> {
    let hand = &Hand { witness: publishing.witness };
    let public = &lock.path.clone();
    let beside = Folders::of(public);
    recover(&beside, hand)?;

    let listed = Manifest::read(&public.join(MANIFEST))?;
    let old = listed.clone().unwrap_or_default();
    let wanted: BTreeSet<&str> = site.pages().map(|(it, _)| it.as_path()).collect();
    let wanted_folders = folders(wanted.iter().copied());
    let survey = Survey::of(public, &old, &(&old.folders() | &wanted_folders))?;
    if listed.is_none() {
        survey::may_take_over(public, &survey)?;
    }
    refuse(public, survey.in_the_way(&wanted, &wanted_folders).collect())?;

    let exchange = !publishing.file_by_file && beside.open(&survey.strangers, hand)?;
    let (road, staging) = match exchange {
        true => (Road::Exchange, beside.staging.clone()),
        false => (Road::FileByFile, journal::staging(public)),
    };
    let making = Making {
        site,
        base_url: publishing.base_url,
        public,
        old: &old,
        survey: &survey,
        staging: &staging,
        road,
    };
    let throw_away = || match road {
        Road::Exchange => beside.throw_away(hand).map_err(PublishError::from),
        Road::FileByFile => journal::throw_away(public, hand),
    };
    let published = making.make(hand).and_then(|(new, mut changes)| {
        changes.lost = whole::lost(&old, &new, &changes);
        let same = listed.as_ref() == Some(&new);
        // File by file, what is made again stands in its place when all is done.
        if same || road == Road::Exchange {
            whole::give_back(&staging, public, &old, &new, &changes, hand)?;
        }
        if same {
            // What someone had deleted is back in its place, and nothing else differs.
            throw_away()?;
        } else {
            match road {
                Road::Exchange => beside.publish(&new, &changes, &survey, lock, hand),
                Road::FileByFile => journal::publish(public, listed.as_ref(), &new, &changes, hand),
            }?;
        }
        changes.set_aside = beside.set_aside();
        if let Some(seal) = publishing.seal {
            seal::write(public, &new, seal);
        }
        Ok(changes)
    });
    match &published {
        Ok(_) | Err(PublishError::Unfinished(_)) => {}
        // If the disk refuses this as well, the next run does it.
        Err(_) => drop(throw_away()),
    }
    published
}

/// Lets the publication before and the one that stands in `dir` change places.
///
/// # Errors
///
/// [`PublishError::NothingToRestore`] if none is kept, [`PublishError::Drafts`] if one of the two
/// shows drafts and the other does not; otherwise as for [`publish`]. A file that someone changed
/// since is an error here too, in either publication.
pub fn restore(dir: &Path, publishing: &Publishing) -> Result<Changes, PublishError> {
    if !dir.exists() {
        return Err(PublishError::NothingToRestore(dir.to_path_buf()));
    }
    let hand = &Hand { witness: publishing.witness };
    let mut lock = Lock::take(dir)?;
    let public = &lock.path.clone();
    let beside = Folders::of(public);
    recover(&beside, hand)?;

    let old = Manifest::read(&public.join(MANIFEST))?.unwrap_or_default();
    let (road, before) = match Manifest::read(&beside.before.join(MANIFEST))? {
        Some(before) => (Road::Exchange, before),
        None => match journal::before(public)? {
            Some(before) => (Road::FileByFile, before),
            None => return Err(PublishError::NothingToRestore(public.clone())),
        },
    };
    let shows = before.shows_drafts();
    if !old.files.is_empty() && old.shows_drafts() != shows {
        return Err(PublishError::Drafts { folder: public.clone(), before: shows });
    }
    let wanted: BTreeSet<&str> = before.files.keys().map(String::as_str).collect();
    let wanted_folders = before.folders();
    let survey = Survey::of(public, &old, &(&old.folders() | &wanted_folders))?;
    let mut obstacles: Vec<Obstacle> = survey.in_the_way(&wanted, &wanted_folders).collect();
    for path in not_as_listed(public, survey.present.iter(), &old)? {
        obstacles.push(Obstacle::Edited(path));
    }
    refuse(public, obstacles)?;

    let mut changes = Changes::between(&old, &survey.present, &before, road);
    changes.lost = whole::lost(&old, &before, &changes);
    match road {
        Road::Exchange => {
            let spoilt = not_as_listed(&beside.before, before.files.keys(), &before)?;
            if let Some(path) = spoilt.first() {
                let file = beside.before.join(path);
                return Err(PublishError::Spoilt { file });
            }
            whole::give_back(&beside.before, public, &old, &before, &changes, hand)?;
            beside.restore(&survey, &mut lock, hand)?
        }
        Road::FileByFile => journal::restore(public, &old, &before, &changes, hand)?,
    }
    changes.set_aside = beside.set_aside();
    Ok(changes)
}

/// Where a file of the publication in `dir`, by its path, and of the one kept before it may lie.
/// Wherever it does, it has the time at which it was written.
pub fn places(dir: &Path, path: &str) -> [PathBuf; 3] {
    // What is kept lies beside the folder itself, not beside a link to it.
    let public = &fs::canonicalize(dir).unwrap_or_else(|_| dir.to_path_buf());
    [public.join(path), Folders::of(public).before.join(path), journal::kept(public, path)]
}

/// Puts right what runs that died left beside and in the folder.
fn recover(beside: &Folders, hand: &Hand) -> Result<(), PublishError> {
    beside.recover(hand)?;
    journal::recover(beside.public, hand)
}

/// Those of `paths` whose files in `folder` are not as `manifest` lists them, in their order.
fn not_as_listed<'a>(
    folder: &Path,
    paths: impl Iterator<Item = &'a String>,
    manifest: &Manifest,
) -> Result<Vec<String>, PublishError> {
    let paths: Vec<&String> = paths.collect();
    let found = abreast::map(&paths, |path| {
        let sound = is_as_listed(&folder.join(path), path, manifest)?;
        Ok((!sound).then(|| (*path).clone()))
    });
    let found: Result<Vec<Option<String>>, DiskError> = found.into_iter().collect();
    Ok(found?.into_iter().flatten().collect())
}
