//! A few files of a folder that people keep, changed together or not at all, and taken back once.
//!
//! The same road as file by file ([`super::journal`]), with two differences. The folder is not
//! ours: only the files of the change are named, and one that is not as it was read is an
//! obstacle. And a change that is decided counts as made, wherever the program died: [`read`]
//! sees what is staged in the place of what it replaces, without writing anything. The next change
//! puts the files where they belong.
//!
//! What is needed for this stands in `.handbook/` inside the folder, with the files that the last
//! change replaced, so that [`take_back`] can put them back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::disk::{self, Digest, DiskError};
use crate::source::{self, Sources};

use super::error::{Obstacle, PublishError};
use super::hand::Hand;
use super::journal;
use super::lock::Lock;
use super::making::refuse;
use super::manifest::{MANIFEST, Manifest, TOOL, is_sound};
use super::{Changes, Road, Witness};

/// One file of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// As it was read; `None` where nothing stood.
    pub before: Option<Arc<[u8]>>,
    /// `None` where nothing is to stand.
    pub after: Option<Arc<[u8]>>,
}

impl Replaced {
    /// Among the added, changed or removed files.
    fn list_in<'c>(&self, changes: &'c mut Changes) -> &'c mut Vec<String> {
        match (&self.before, &self.after) {
            (None, _) => &mut changes.added,
            (_, Some(_)) => &mut changes.changed,
            (_, None) => &mut changes.removed,
        }
    }
}

/// Keeps the files of the tool out of a repository of the folder.
const IGNORED: &str = ".handbook/.gitignore";

/// Reads the folder at `dir` as [`source::read`] does, with a change that was decided and broken
/// off as if it had been completed. Nothing is written.
///
/// # Errors
///
/// If there is no folder, and if the record of a broken change cannot be understood.
pub fn read(dir: &Path) -> Result<Sources, DiskError> {
    // What is read while a change is being made is thrown away.
    loop {
        let begun = mark(dir)?;
        let mut sources = source::read(dir)?;
        overlay(dir, &mut sources).map_err(|error| match error {
            PublishError::Disk(error) => error,
            other => {
                let source = std::io::Error::other(other.to_string());
                DiskError { path: dir.join(journal::NEXT), doing: "read", source }
            }
        })?;
        if mark(dir)? == begun {
            return Ok(sources);
        }
    }
}

/// What differs whenever a change was decided or completed meanwhile.
fn mark(dir: &Path) -> Result<[Option<Vec<u8>>; 2], DiskError> {
    if !dir.is_dir() {
        return Ok([None, None]); // reading it says so
    }
    Ok([disk::read_if_there(&dir.join(journal::NEXT))?, disk::read_if_there(&dir.join(MANIFEST))?])
}

fn overlay(dir: &Path, sources: &mut Sources) -> Result<(), PublishError> {
    let Some(new) = Manifest::read(&dir.join(journal::NEXT))? else { return Ok(()) };
    let old = journal::being_replaced(dir)?;
    for path in old.files.keys().filter(|it| !new.files.contains_key(*it)) {
        sources.files.remove(path);
    }
    for path in new.files.keys() {
        if let Some(bytes) = disk::read_if_there(&journal::staging(dir).join(path))? {
            sources.files.insert(path.clone(), bytes.into());
        }
    }
    Ok(())
}

/// Changes the files, by their paths below `dir`, whole or not at all. A change that a run left
/// broken is put right before.
///
/// # Errors
///
/// Then nothing is changed, save for [`PublishError::Unfinished`]: then all of it counts, and the
/// next call completes it. If one of the files is not as it was read.
pub fn change(
    dir: &Path,
    files: &BTreeMap<String, Replaced>,
    witness: Option<&dyn Witness>,
) -> Result<(), PublishError> {
    let lock = Lock::take(dir)?;
    let (dir, hand) = (lock.path.as_path(), &Hand { witness });
    journal::recover(dir, hand)?;
    let (mut old, mut new) = (Manifest::default(), Manifest::default());
    let mut changes = Changes::new(Road::FileByFile);
    let mut obstacles = Vec::new();
    for (path, it) in files.iter().filter(|(_, it)| it.before != it.after) {
        let Replaced { before, after } = it;
        if !is_sound(path) {
            return Err(PublishError::Address(path.clone()));
        }
        if disk::read_if_there(&dir.join(path))?.as_deref() != before.as_deref() {
            obstacles.push(Obstacle::Edited(path.clone()));
        }
        it.list_in(&mut changes).push(path.clone());
        old.files.extend(before.as_ref().map(|it| (path.clone(), Digest::of(it))));
        new.files.extend(after.as_ref().map(|it| (path.clone(), Digest::of(it))));
    }
    refuse(dir, obstacles)?;
    let staged = files.iter().filter(|(_, it)| it.before != it.after).try_for_each(|(path, it)| {
        it.after.iter().try_for_each(|it| hand.write_new(&journal::staging(dir).join(path), it))
    });
    let made = staged
        .map_err(PublishError::from)
        .and_then(|()| journal::publish(dir, Some(&old), &new, &changes, hand))
        .and_then(|()| hand.replace(&dir.join(IGNORED), b"*\n").map_err(PublishError::Unfinished));
    match &made {
        Ok(()) | Err(PublishError::Unfinished(_)) => {}
        // If the disk refuses this as well, the next run does it.
        Err(_) => drop(journal::throw_away(dir, hand)),
    }
    made
}

/// What [`take_back`] would change; `None` where no change is kept.
///
/// # Errors
///
/// If a file that it made or replaced is not as it left it, and if the disk refuses.
pub fn kept(dir: &Path) -> Result<Option<BTreeMap<String, Replaced>>, PublishError> {
    let Some(before) = journal::before(dir)? else { return Ok(None) };
    let now = Manifest::read(&dir.join(MANIFEST))?.unwrap_or_default();
    let mut obstacles = Vec::new();
    let mut files = BTreeMap::new();
    let paths = now.files.keys().chain(before.files.keys().filter(|it| !now.files.contains_key(*it)));
    for path in paths {
        let at = dir.join(path);
        let (there, as_left) = match now.files.get(path) {
            Some(digest) => {
                let there = disk::read_if_there(&at)?;
                let as_left = there.as_ref().is_some_and(|it| Digest::of(it) == *digest);
                (there, as_left)
            }
            None => (None, fs::symlink_metadata(&at).is_err()),
        };
        if !as_left {
            obstacles.push(Obstacle::Edited(path.clone()));
        }
        let after = match before.files.contains_key(path) {
            true => Some(disk::read(&journal::kept(dir, path))?.into()),
            false => None,
        };
        files.insert(path.clone(), Replaced { before: there.map(Arc::from), after });
    }
    refuse(dir, obstacles)?;
    Ok(Some(files))
}

/// Whether `file` was written after the last change was completed; `false` where either is not
/// there. Asks the times of the files alone.
pub fn is_newer(dir: &Path, file: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|it| it.modified()).ok();
    matches!((time(&dir.join(MANIFEST)), time(file)), (Some(change), Some(file)) if file > change)
}

/// Takes the last change back, if it is the one that [`kept`] showed. It is then kept no more, so
/// that a second call takes back nothing.
///
/// # Errors
///
/// As for [`change`]. [`PublishError::NothingToRestore`] where no change is kept,
/// [`PublishError::AnotherChange`] where it is another one, and [`PublishError::Spoilt`] where what it
/// replaced is no longer as it was.
pub fn take_back(
    dir: &Path,
    shown: &BTreeMap<String, Replaced>,
    witness: Option<&dyn Witness>,
) -> Result<(), PublishError> {
    let lock = Lock::take(dir)?;
    let (dir, hand) = (lock.path.as_path(), &Hand { witness });
    journal::recover(dir, hand)?;
    let (Some(before), Some(files)) = (journal::before(dir)?, kept(dir)?) else {
        return Err(PublishError::NothingToRestore(dir.to_path_buf()));
    };
    if files != *shown {
        return Err(PublishError::AnotherChange(dir.to_path_buf()));
    }
    let now = Manifest::read(&dir.join(MANIFEST))?.unwrap_or_default();
    let mut changes = Changes::new(Road::FileByFile);
    for (path, it) in files {
        it.list_in(&mut changes).push(path);
    }
    let restored = journal::restore(dir, &now, &before, &changes, hand);
    match &restored {
        Ok(()) => journal::forget(dir, hand).map_err(PublishError::Unfinished),
        Err(PublishError::Unfinished(_)) => restored,
        Err(_) => {
            drop(journal::throw_away(dir, hand));
            restored
        }
    }
}

/// Completes a change that was decided and broken off, and removes what is left of one that was
/// not decided. Without one, does nothing.
///
/// # Errors
///
/// If the disk refuses, or a file that is to be replaced has been edited meanwhile.
pub fn complete(dir: &Path) -> Result<(), PublishError> {
    let tool = dir.join(TOOL);
    if !tool.is_dir() {
        return Ok(());
    }
    let lock = Lock::take(dir)?;
    journal::recover(&lock.path, &Hand { witness: None })
}

/// Whether a change was decided and is not completed.
pub fn is_unfinished(dir: &Path) -> bool {
    dir.join(journal::NEXT).exists()
}
