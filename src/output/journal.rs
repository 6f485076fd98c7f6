//! The road file by file, for folders that cannot change places with another: mounted disks,
//! file systems without the exchange, folders that another program holds open.
//!
//! Everything stands in the tool's own folder inside the output folder: `staging/` with the
//! changed files, `before/` with the files and the list of the publication before, and
//! `next.json`, the journal.
//!
//! 1. Changed files are written into `staging/`; files that will be replaced or removed get a
//!    second name in `before-next/`; folders that are needed are made. Nothing shows yet.
//! 2. The disk is told to write everything (once), then the new list is put down as
//!    `next.json`. From here on the publication is decided.
//! 3. Each changed file is moved to its place, in one instant each; then files that went are
//!    removed, `before-next/` becomes `before/`, and `next.json` becomes the list.
//!
//! After a crash `next.json` says all: without it, what step 1 made is thrown away; with it,
//! the next run does step 3 again from its beginning before anything else.

use std::fs;
use std::path::{Path, PathBuf};

use crate::disk::DiskError;

use super::Changes;
use super::error::{Obstacle, PublishError};
use super::exchange::Folders;
use super::hand::Hand;
use super::making::{is_as_listed, refuse};
use super::manifest::{MANIFEST, Manifest, TOOL};

const STAGING: &str = ".handbook/staging";
const NEXT: &str = ".handbook/next.json";
const BEFORE: &str = ".handbook/before";
const BEFORE_NEXT: &str = ".handbook/before-next";

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
) -> Result<Option<PathBuf>, PublishError> {
    if let Some(old) = old {
        let before = public.join(BEFORE_NEXT);
        for path in changes.changed.iter().chain(&changes.removed) {
            hand.link(&public.join(path), &before.join(FILES).join(path))?;
        }
        hand.replace(&before.join(LIST), &old.to_json())?;
    }
    for folder in new.folders() {
        hand.create_folder(&public.join(folder))?;
    }
    hand.sync(public)?;
    hand.replace(&public.join(NEXT), &new.to_json())?;
    finish(public, new, hand).map_err(|error| match error {
        PublishError::Disk(error) => PublishError::Unfinished(error),
        error => error,
    })
}

/// Completes or throws away what a dead run left. Without one, does nothing.
pub(super) fn recover(public: &Path, hand: &Hand) -> Result<Option<PathBuf>, PublishError> {
    match Manifest::read(&public.join(NEXT))? {
        Some(new) => finish(public, &new, hand),
        None => throw_away(public, hand).map(|()| None),
    }
}

/// Removes what step 1 made, folders for new pages included; nothing once the publication is
/// decided, since what is staged is then the only copy.
pub(super) fn throw_away(public: &Path, hand: &Hand) -> Result<(), PublishError> {
    if public.join(NEXT).exists() {
        return Ok(());
    }
    let staging = public.join(STAGING);
    for path in files(&staging)? {
        remove_empty_above(public, &path, hand)?;
    }
    hand.remove_all(&staging)?;
    hand.remove_all(&public.join(BEFORE_NEXT))?;
    hand.remove_empty(&public.join(TOOL))?;
    Ok(())
}

/// Step 3; does only what has not been done.
fn finish(public: &Path, new: &Manifest, hand: &Hand) -> Result<Option<PathBuf>, PublishError> {
    hand.sync_folder(&public.join(TOOL))?;
    let old = Manifest::read(&public.join(MANIFEST))?.unwrap_or_default();
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
        if is_as_listed(&public.join(path), path, &old)? {
            hand.remove_file(&public.join(path))?;
        }
        remove_empty_above(public, path, hand)?;
    }
    let before = public.join(BEFORE_NEXT);
    if before.exists() {
        hand.remove_all(&public.join(BEFORE))?;
        hand.rename(&before, &public.join(BEFORE))?;
    }
    // The one that the other road kept is older than this.
    let folders = Folders::of(public);
    let aside = folders.discard(&folders.before, hand)?;
    hand.remove_all(&staging)?;
    hand.sync(public)?;
    hand.rename(&public.join(NEXT), &public.join(MANIFEST))?;
    Ok(aside)
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
) -> Result<Option<PathBuf>, PublishError> {
    let kept = public.join(BEFORE).join(FILES);
    for path in changes.added.iter().chain(&changes.changed) {
        let file = kept.join(path);
        if !is_as_listed(&file, path, before)? {
            return Err(PublishError::Spoilt { file });
        }
        hand.link(&file, &public.join(STAGING).join(path))?;
    }
    publish(public, Some(old), before, changes, hand)
}

/// Removes the folders above `path` that nothing is left in.
fn remove_empty_above(public: &Path, path: &str, hand: &Hand) -> Result<(), DiskError> {
    let mut rest = path;
    while let Some((folder, _)) = rest.rsplit_once('/') {
        if !hand.remove_empty(&public.join(folder))? {
            break;
        }
        rest = folder;
    }
    Ok(())
}

/// The paths of the files below a folder of ours, sorted; none if it is not there.
fn files(folder: &Path) -> Result<Vec<String>, DiskError> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(below) = folders.pop() {
        let at = folder.join(&below);
        if !at.exists() {
            continue;
        }
        for entry in fs::read_dir(&at).map_err(DiskError::at("read", &at))? {
            let entry = entry.map_err(DiskError::at("read", &at))?;
            let name = entry.file_name();
            let path = match below.as_str() {
                "" => name.to_string_lossy().into_owned(),
                below => format!("{below}/{}", name.to_string_lossy()),
            };
            match entry.path().is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    Ok(found)
}
