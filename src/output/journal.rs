//! The road file by file, for folders that cannot change places with another: mounted disks,
//! file systems without the exchange, folders that another program holds open.
//!
//! Everything stands in the tool's own folder inside the output folder: `staging/` with the
//! changed files, `before/` with the files and the list of the publication before, and
//! `next.json`, the journal.
//!
//! 1. Changed files are written into `staging/`; files that will be replaced or removed get a
//!    second name in `before-next/`; folders that are needed are noted in `made` and made.
//!    Nothing shows yet.
//! 2. The disk is told to write everything (once), then the new list is put down as
//!    `next.json`. From here on the publication is decided.
//! 3. Each changed file is moved to its place, in one instant each; then files that went are
//!    removed, `before-next/` becomes `before/`, and `next.json` becomes the list.
//!
//! After a crash `next.json` says all: without it, what step 1 made is thrown away; with it,
//! the next run does step 3 again from its beginning before anything else.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::disk::{self, DiskError};

use super::Changes;
use super::error::{Obstacle, PublishError};
use super::exchange::Folders;
use super::hand::{Hand, beside};
use super::making::{is_as_listed, refuse};
use super::manifest::{MANIFEST, Manifest, TOOL, is_sound};

const STAGING: &str = ".handbook/staging";
pub(super) const NEXT: &str = ".handbook/next.json";
const BEFORE: &str = ".handbook/before";
const BEFORE_NEXT: &str = ".handbook/before-next";

/// The folders that step 1 makes and that were not there, each followed by a zero byte.
const MADE: &str = ".handbook/made";

/// Below `before/`: the files that the publication after it replaced or removed, and the list
/// of all that it had.
const FILES: &str = "files";
const LIST: &str = "manifest.json";

/// Where changed files go until they are all there.
pub(super) fn staging(public: &Path) -> PathBuf {
    public.join(STAGING)
}

/// Puts what stands in staging in place; `old` is `None` where there was no publication.
pub(super) fn publish(
    public: &Path,
    old: Option<&Manifest>,
    new: &Manifest,
    changes: &Changes,
    hand: &Hand,
) -> Result<(), PublishError> {
    if let Some(old) = old {
        let before = public.join(BEFORE_NEXT);
        for path in changes.changed.iter().chain(&changes.removed) {
            hand.link(&public.join(path), &before.join(FILES).join(path))?;
        }
        hand.replace(&before.join(LIST), &old.to_json())?;
    }
    let missing = |it: &&str| fs::symlink_metadata(public.join(it)).is_err();
    let made: Vec<&str> = new.folders().into_iter().filter(missing).collect();
    if !made.is_empty() {
        // Before they are made: an empty folder that is not noted may be somebody else's.
        let noted: String = made.iter().map(|it| format!("{it}\0")).collect();
        hand.replace(&public.join(MADE), noted.as_bytes())?;
    }
    for folder in made {
        hand.create_folder(&public.join(folder))?;
    }
    hand.sync(public)?;
    let next = hand.write_beside(&public.join(NEXT), &new.to_json())?;
    // Its name decides, so its bytes are to outlast a power cut first.
    hand.sync_one(&next)?;
    hand.rename(&next, &public.join(NEXT))?;
    finish(public, new, hand).map_err(|error| match error {
        PublishError::Disk(error) => PublishError::Unfinished(error),
        error => error,
    })
}

/// Completes or throws away what a dead run left. Without one, does nothing.
pub(super) fn recover(public: &Path, hand: &Hand) -> Result<(), PublishError> {
    match Manifest::read(&public.join(NEXT))? {
        Some(new) => finish(public, &new, hand),
        None => throw_away(public, hand),
    }
}

/// Removes what step 1 made, folders for new pages included; nothing once the publication is
/// decided, since what is staged is then the only copy.
pub(super) fn throw_away(public: &Path, hand: &Hand) -> Result<(), PublishError> {
    if public.join(NEXT).exists() {
        return Ok(());
    }
    let noted = disk::read_if_there(&public.join(MADE))?.unwrap_or_default();
    let noted = String::from_utf8_lossy(&noted);
    let made: Vec<&str> = noted.split_terminator('\0').filter(|it| is_sound(it)).collect();
    remove_empty(public, &made, hand)?;
    hand.remove_all(&public.join(STAGING))?;
    hand.remove_all(&public.join(BEFORE_NEXT))?;
    hand.remove_file(&public.join(MADE))?;
    for unnamed in [MADE, NEXT] {
        hand.remove_file(&beside(&public.join(unnamed)))?;
    }
    hand.remove_empty(&public.join(TOOL))?;
    Ok(())
}

/// Step 3; does only what has not been done.
fn finish(public: &Path, new: &Manifest, hand: &Hand) -> Result<(), PublishError> {
    hand.sync_one(&public.join(TOOL))?;
    let old = being_replaced(public)?;
    let staging = public.join(STAGING);
    let staged = files(&staging)?;
    // Only after a crash can anything have come in the way since all was looked at.
    let mut obstacles = Vec::new();
    for path in &staged {
        let at = public.join(path);
        let there = fs::symlink_metadata(&at).is_ok();
        if there && !is_as_listed(&at, path, &old)? {
            obstacles.push(Obstacle::Edited(path.clone()));
        }
    }
    refuse(public, obstacles)?;
    for path in &staged {
        hand.rename(&staging.join(path), &public.join(path))?;
    }
    let gone = old.files.keys().filter(|it| !new.files.contains_key(*it));
    for path in gone {
        let in_place = path.rsplit_once('/').is_none_or(|(folder, _)| is_folder(public, folder));
        if in_place && is_as_listed(&public.join(path), path, &old)? {
            hand.remove_file(&public.join(path))?;
        }
    }
    let left: Vec<&str> = (&old.folders() - &new.folders()).into_iter().collect();
    remove_empty(public, &left, hand)?;
    let before = public.join(BEFORE_NEXT);
    if before.exists() {
        hand.remove_all(&public.join(BEFORE))?;
        hand.rename(&before, &public.join(BEFORE))?;
    }
    // The one that the other road kept is older than this.
    let folders = Folders::of(public);
    folders.discard(&folders.before, hand)?;
    hand.remove_all(&staging)?;
    hand.remove_file(&public.join(MADE))?;
    hand.sync(public)?;
    hand.rename(&public.join(NEXT), &public.join(MANIFEST))?;
    Ok(())
}

/// The list of what a decided publication replaces; empty once all of that is done, and where
/// nothing was published before.
pub(super) fn being_replaced(public: &Path) -> Result<Manifest, PublishError> {
    Ok(Manifest::read(&public.join(BEFORE_NEXT).join(LIST))?.unwrap_or_default())
}

/// Where the publication before keeps a file.
pub(super) fn kept(public: &Path, path: &str) -> PathBuf {
    public.join(BEFORE).join(FILES).join(path)
}

/// Keeps the publication before no longer.
pub(super) fn forget(public: &Path, hand: &Hand) -> Result<(), DiskError> {
    hand.remove_all(&public.join(BEFORE))
}

/// The publication before, if this road kept one.
pub(super) fn before(public: &Path) -> Result<Option<Manifest>, PublishError> {
    Manifest::read(&public.join(BEFORE).join(LIST))
}

/// Puts the publication before in place of the one that stands.
pub(super) fn restore(
    public: &Path,
    old: &Manifest,
    before: &Manifest,
    changes: &Changes,
    hand: &Hand,
) -> Result<(), PublishError> {
    for path in changes.added.iter().chain(&changes.changed) {
        let file = kept(public, path);
        if !is_as_listed(&file, path, before)? {
            return Err(PublishError::Spoilt { file });
        }
        hand.link(&file, &public.join(STAGING).join(path))?;
    }
    publish(public, Some(old), before, changes, hand)
}

/// Removes those of `folders`, sorted, that nothing is left in, the inner ones first.
fn remove_empty(public: &Path, folders: &[&str], hand: &Hand) -> Result<(), DiskError> {
    for folder in folders.iter().rev().filter(|it| is_folder(public, it)) {
        hand.remove_empty(&public.join(folder))?;
    }
    Ok(())
}

/// Whether `path` is a folder that is really there: a link on the way would lead to somebody
/// else's.
fn is_folder(public: &Path, path: &str) -> bool {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.map(|end| public.join(&path[..end]))
        .all(|it| fs::symlink_metadata(it).is_ok_and(|found| found.is_dir()))
}

/// The paths of the files below a folder of ours, sorted; none if it is not there. What we do
/// not write there, links and names that are no text, is left out.
fn files(folder: &Path) -> Result<Vec<String>, DiskError> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(below) = folders.pop() {
        let at = folder.join(&below);
        let entries = match fs::read_dir(&at) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            entries => entries.map_err(DiskError::at("read", &at))?,
        };
        for entry in entries {
            let entry = entry.map_err(DiskError::at("read", &at))?;
            let kind = entry.file_type().map_err(DiskError::at("read", entry.path()))?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = match below.as_str() {
                "" => name,
                below => format!("{below}/{name}"),
            };
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
