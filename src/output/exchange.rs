//! The road by exchange: a whole folder beside the old one, and one instant in which they
//! change places.
//!
//! For a folder `public/` there are two siblings: `.public.handbook-staging`, which lives
//! while a publication is made, and `.public.handbook-before`, the publication before.
//!
//! 1. Changed files are written into staging, with a mark (`.handbook/unsettled`) that says
//!    that the folder has not settled in; unchanged files get a second name there.
//! 2. For each stranger in `public/` a symbolic link is put into staging, at the stranger's
//!    path. It points through the name of the staging folder, so at first it leads to itself;
//!    from the instant of the exchange on, when the old folder bears that name, it leads to
//!    the stranger. Nothing is copied, and a large `.git` costs one link. A stranger that is a
//!    symbolic link itself is made again.
//! 3. The disk is told to write everything (once), then the two folders change places.
//! 4. The new folder settles in: each stranger changes places with its link, strangers that
//!    came meanwhile are moved over, the publication before the old one is removed, the old
//!    one takes its name, and the mark goes.
//!
//! Where most files stay, the folder of the publication before takes the part of staging, and nothing
//! unchanged needs a second name (`turning.rs`).
//!
//! After a crash the marks say all. In `public/`: the exchange has happened, and step 4 is done again
//! from its beginning (each part of it finds out by itself whether it was done). Else, in staging: it
//! has not, and staging is thrown away, once a folder that was being turned is put back.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::abreast;
use crate::disk::{self, Digest, DiskError};

use super::Changes;
use super::error::PublishError;
use super::hand::{Hand, sibling};
use super::lock::Lock;
use super::manifest::{MANIFEST, Manifest, TOOL};
use super::survey::Survey;
use super::turning::is_one_file;

/// Below a folder: it has not settled in. Holds the paths of the stranger's links, each
/// followed by a zero byte, since a path may hold anything else.
pub(super) const UNSETTLED: &str = ".handbook/unsettled";

/// What the sibling is called, but for its number, that holds what is not ours to remove.
const ASIDE: &str = "set-aside-";

/// The folders of one output folder.
pub(super) struct Folders<'a> {
    pub public: &'a Path,
    pub staging: PathBuf,
    pub before: PathBuf,
    /// The kept folder while it is turned into the new publication.
    pub turning: PathBuf,
    /// A staging folder that served, on its way out.
    pub scrap: PathBuf,
}

impl<'a> Folders<'a> {
    pub fn of(public: &'a Path) -> Self {
        let beside = |it| sibling(public, it);
        Folders {
            public,
            staging: beside("staging"),
            before: beside("before"),
            turning: beside("turning"),
            scrap: beside("scrap"),
        }
    }

    /// Whether this road is open: two folders beside `public/` can change places, `public/`
    /// is not the root of a mounted disk, and the strangers can be moved.
    pub fn open(&self, strangers: &[PathBuf], hand: &Hand) -> Result<bool, DiskError> {
        let Ok(folder) = fs::metadata(self.public) else {
            return Ok(false);
        };
        let parent = self.public.parent().and_then(|it| fs::metadata(it).ok());
        let one_disk = parent.is_some_and(|it| it.dev() == folder.dev());
        if !one_disk || is_mounted(self.public) {
            return Ok(false);
        }
        for stranger in strangers {
            let at = self.public.join(stranger);
            let found = fs::symlink_metadata(&at).map_err(DiskError::at("read", &at))?;
            // A folder that gets another parent is itself written to.
            let locked = found.is_dir() && rustix::fs::access(&at, rustix::fs::Access::WRITE_OK).is_err();
            if found.dev() != folder.dev() || is_mounted(&at) || locked {
                return Ok(false);
            }
        }
        match self.try_exchange(hand) {
            Ok(()) => Ok(true),
            Err(error) if is_closed(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Makes the staging folder, with its mark, and lets two folders in it change places.
    fn try_exchange(&self, hand: &Hand) -> Result<(), DiskError> {
        let tried = hand
            .create_folder(&self.staging)
            .and_then(|()| hand.replace(&self.staging.join(UNSETTLED), b""))
            .and_then(|()| {
                let [one, other] = ["one", "other"].map(|it| self.staging.join(TOOL).join(it));
                hand.create_folder(&one)?;
                hand.create_folder(&other)?;
                hand.exchange(&one, &other)?;
                hand.remove_empty(&one)?;
                hand.remove_empty(&other).map(|_| ())
            });
        if tried.is_err() {
            self.throw_away(hand)?;
        }
        tried
    }

    /// Removes a staging folder that is not to be published. The mark goes last: a folder
    /// without it would pass for the old publication if we died half-way.
    pub fn throw_away(&self, hand: &Hand) -> Result<(), DiskError> {
        self.put_back(hand)?;
        let tool = self.staging.join(TOOL);
        for (folder, kept) in [(&self.staging, &tool), (&tool, &self.staging.join(UNSETTLED))] {
            let Ok(entries) = fs::read_dir(folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.map_err(DiskError::at("read", folder))?.path();
                match path.is_dir() && !path.is_symlink() {
                    _ if path == *kept => {}
                    true => hand.remove_all(&path)?,
                    false => hand.remove_file(&path)?,
                }
            }
        }
        hand.remove_all(&self.staging)
    }

    /// Makes the new folder whole, out of staging, which holds the changed files, or out of the kept
    /// folder, and puts it in the place of the output folder.
    pub fn publish(
        &self,
        new: &Manifest,
        changes: &Changes,
        survey: &Survey,
        lock: &mut Lock,
        hand: &Hand,
    ) -> Result<(), PublishError> {
        let written: BTreeSet<&String> = changes.added.iter().chain(&changes.changed).collect();
        let turned = self.turn(new, &written, hand)?;
        let next = if turned { &self.turning } else { &self.staging };
        if !turned {
            let unchanged: Vec<&String> = new.files.keys().filter(|it| !written.contains(it)).collect();
            abreast::each(&unchanged, |path| hand.link(&self.public.join(path), &next.join(path)))?;
            hand.replace(&next.join(MANIFEST), &new.to_json())?;
        }
        self.put_links(next, &survey.strangers, hand)?;
        hand.copy_rights(self.public, next)?;
        hand.sync(next)?;
        lock.extend(next)?;
        hand.exchange(next, self.public)?;
        self.settle(hand).map_err(PublishError::Unfinished)
    }

    /// Lets the publication before and the output folder change places.
    pub fn restore(&self, survey: &Survey, lock: &mut Lock, hand: &Hand) -> Result<(), PublishError> {
        self.put_links(&self.before, &survey.strangers, hand)?;
        hand.sync(&self.before)?;
        lock.extend(&self.before)?;
        hand.exchange(&self.before, self.public)?;
        self.settle(hand).map_err(PublishError::Unfinished)
    }

    /// Marks `folder` as not settled in and puts a link for each stranger into it.
    fn put_links(&self, folder: &Path, strangers: &[PathBuf], hand: &Hand) -> Result<(), DiskError> {
        let mut listed = Vec::new();
        for stranger in strangers {
            listed.extend_from_slice(stranger.as_os_str().as_bytes());
            listed.push(0);
        }
        hand.replace(&folder.join(UNSETTLED), &listed)?;
        for stranger in strangers {
            // A link of a stranger's may be relative, to others that are about to move: it is
            // made again, not linked to.
            let target = match fs::read_link(self.public.join(stranger)) {
                Ok(target) => target,
                Err(_) => link_target(folder, stranger),
            };
            hand.symlink(&target, &folder.join(stranger))?;
        }
        Ok(())
    }

    /// Brings folders that a dead run left to where they belong. Without one, does nothing.
    pub fn recover(&self, hand: &Hand) -> Result<(), DiskError> {
        let exchanged = self.public.join(UNSETTLED).exists();
        if !exchanged {
            self.put_back(hand)?;
        }
        if self.staging.join(UNSETTLED).exists() && !self.turning.exists() {
            self.throw_away(hand)?;
        }
        if exchanged || self.staging.exists() {
            return self.settle(hand);
        }
        hand.remove_all(&self.scrap)?;
        if self.before.join(UNSETTLED).exists() {
            // Died on the way to putting it back: it is the publication before, as it was.
            self.withdraw_links(&self.before, hand)?;
            hand.remove_file(&self.before.join(UNSETTLED))?;
        }
        Ok(())
    }

    /// Removes the strangers' links from a folder that does not take the place of the output folder
    /// after all.
    pub fn withdraw_links(&self, folder: &Path, hand: &Hand) -> Result<(), DiskError> {
        for link in unsettled(folder)? {
            let stands = is_link_of(folder, folder, &link);
            if stands || is_same_link(&self.public.join(&link), &folder.join(&link)) {
                hand.remove_file(&folder.join(&link))?;
            }
        }
        Ok(())
    }

    /// Step 4, after the exchange; does only what has not been done.
    fn settle(&self, hand: &Hand) -> Result<(), DiskError> {
        if let Some(parent) = self.public.parent() {
            hand.sync_one(parent)?;
        }
        if self.turning.exists() && self.staging.exists() {
            // It only held what was moved; under its name it would pass for the publication before.
            hand.rename(&self.staging, &self.scrap)?;
        }
        let from = [&self.turning, &self.staging].into_iter().find(|it| it.exists());
        let published = from.is_some();
        let from = from.unwrap_or(&self.before);
        self.take_over_strangers(from, hand)?;
        if published {
            if from.join(MANIFEST).exists() {
                self.discard(&self.before, hand)?;
                hand.rename(from, &self.before)?;
            } else {
                // There was no publication before; the one kept until now is the last.
                self.discard(from, hand)?;
            }
        }
        hand.remove_file(&self.public.join(UNSETTLED))?;
        hand.remove_all(&self.scrap)
    }

    fn take_over_strangers(&self, from: &Path, hand: &Hand) -> Result<(), DiskError> {
        let (old, new) = (list(from), list(self.public));
        let folders: BTreeSet<&str> = &old.folders() | &new.folders();
        for stranger in Survey::of(from, &old, &folders)?.strangers {
            let (here, there) = (from.join(&stranger), self.public.join(&stranger));
            if is_link_of(from, from, &stranger) || is_same_link(&here, &there) {
                // It had changed places when the run died, or needs no other place.
                hand.remove_file(&here)?;
            } else if is_link_of(from, self.public, &stranger) {
                hand.exchange(&here, &there)?;
                hand.remove_file(&here)?;
            } else {
                // If something stands there by now, the stranger stays with the old folder.
                hand.move_to_free(&here, &there)?;
            }
        }
        // Strangers that went while we were at work leave links that lead nowhere.
        for link in unsettled(self.public)? {
            let gone = fs::symlink_metadata(from.join(&link)).is_err();
            if gone && is_link_of(from, self.public, &link) {
                hand.remove_file(&self.public.join(&link))?;
            }
        }
        Ok(())
    }

    /// Removes a publication that is no longer kept. What is not as it was published is not
    /// ours to remove: it is set aside, for [`Folders::set_aside`] to tell.
    pub fn discard(&self, folder: &Path, hand: &Hand) -> Result<(), DiskError> {
        if !folder.exists() {
            return Ok(());
        }
        self.discard_below(folder, Path::new(""), &list(folder), hand)?;
        hand.remove_all(&folder.join(TOOL))?;
        if hand.remove_empty(folder)? {
            return Ok(());
        }
        let mut number = 1;
        while !hand.move_to_free(folder, &sibling(self.public, &format!("{ASIDE}{number}")))? {
            number += 1;
        }
        Ok(())
    }

    /// The folders that [`Folders::discard`] left and nobody has removed since, sorted. They are
    /// looked for, not remembered: a run may die once it has set one aside.
    pub fn set_aside(&self) -> Vec<PathBuf> {
        let model = sibling(self.public, ASIDE);
        let begins = model.file_name().map(OsStr::as_bytes).unwrap_or_default();
        // That the folder around may not be listed is no reason to fail.
        let entries = self.public.parent().and_then(|it| fs::read_dir(it).ok());
        let beside = entries.into_iter().flatten().filter_map(Result::ok);
        let aside = beside.filter(|it| it.file_name().as_bytes().starts_with(begins));
        let mut folders: Vec<PathBuf> = aside.map(|it| it.path()).collect();
        folders.sort();
        folders
    }

    fn discard_below(
        &self,
        root: &Path,
        below: &Path,
        ours: &Manifest,
        hand: &Hand,
    ) -> Result<(), DiskError> {
        let folder = root.join(below);
        for entry in fs::read_dir(&folder).map_err(DiskError::at("read", &folder))? {
            let entry = entry.map_err(DiskError::at("read", &folder))?;
            let file = entry.path();
            let at = below.join(entry.file_name());
            let kind = entry.file_type().map_err(DiskError::at("read", &file))?;
            if at == Path::new(TOOL) {
                continue;
            } else if kind.is_dir() {
                self.discard_below(root, &at, ours, hand)?;
                hand.remove_empty(&file)?;
            } else if kind.is_file() && self.is_ours(&file, &at, ours)? {
                hand.remove_file(&file)?;
            }
        }
        Ok(())
    }

    /// Whether a file of a kept publication is as it was published. One that is still in the
    /// output folder need not be read: it keeps that name there.
    pub fn is_ours(&self, file: &Path, at: &Path, ours: &Manifest) -> Result<bool, DiskError> {
        let listed = at.to_str().and_then(|path| ours.files.get(path));
        let Some(listed) = listed else {
            return Ok(false);
        };
        if is_one_file(file, &self.public.join(at)) {
            return Ok(true);
        }
        Ok(Digest::of(&disk::read(file)?) == *listed)
    }
}

/// Whether an error means that this road is closed here, and not that the disk is in trouble.
fn is_closed(error: &DiskError) -> bool {
    matches!(
        error.source.kind(),
        ErrorKind::Unsupported
            | ErrorKind::InvalidInput
            | ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::CrossesDevices
    )
}

/// The list in a folder of ours; if it cannot be read, nothing in it is known to be ours.
fn list(folder: &Path) -> Manifest {
    let list = Manifest::read(&folder.join(MANIFEST));
    list.ok().flatten().unwrap_or_default()
}

/// The paths in the mark of a folder; none without a mark.
fn unsettled(folder: &Path) -> Result<Vec<PathBuf>, DiskError> {
    let listed = disk::read_if_there(&folder.join(UNSETTLED))?.unwrap_or_default();
    let paths = listed.split(|byte| *byte == 0).filter(|it| !it.is_empty());
    Ok(paths.map(|it| OsStr::from_bytes(it).into()).collect())
}

/// What the link for a stranger says: up to where the folders stand, into the folder that is
/// called `through`, and down to the stranger.
fn link_target(through: &Path, stranger: &Path) -> PathBuf {
    let mut target: PathBuf = stranger.components().map(|_| "..").collect();
    target.extend(through.file_name());
    target.join(stranger)
}

fn is_same_link(here: &Path, there: &Path) -> bool {
    let target = |path| fs::read_link(path).ok();
    target(here).is_some() && target(here) == target(there)
}

fn is_link_of(through: &Path, folder: &Path, stranger: &Path) -> bool {
    let target = fs::read_link(folder.join(stranger));
    target.is_ok_and(|it| it == link_target(through, stranger))
}

#[cfg(target_os = "linux")]
fn is_mounted(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let found = statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty());
    found.is_ok_and(|it| it.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mounted(_: &Path) -> bool {
    false
}
