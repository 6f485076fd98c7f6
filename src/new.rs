//! A small handbook of two invented councils, to learn from and to begin with.
//!
//! Its files stand in `examples/new/` and are part of the program. Each says in comments what
//! it is for.

use std::fmt;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use jiff::civil::Date;

use crate::disk::DiskError;

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/examples/new");

/// Why no handbook was made.
#[derive(Debug)]
pub enum NewError {
    /// Something is in the folder already.
    NotEmpty(PathBuf),
    /// The disk refused.
    Disk(DiskError),
}

/// The day on which the example says that its sources were read. It is the day of making in the
/// handbook that is made: somebody reads it then, and old days would be warned of.
const DAY: &str = "2026-11-22";

/// Where the files stand until they are all there, inside the folder, so that they need not
/// cross from one disk to another.
const FRESH: &str = ".handbook-new";

/// Makes the handbook in `folder`, which must be empty or not be there, as read on the day
/// `today`. The paths of the files, below it, sorted. What a run that died left there is put
/// right.
///
/// # Errors
///
/// If the folder holds anything, or the disk refuses; it then holds what it held.
pub fn make(folder: &Path, today: Date) -> Result<Vec<String>, NewError> {
    let created = match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                let entry = entry.map_err(DiskError::at("open the folder", folder))?;
                if entry.file_name() != FRESH {
                    return Err(NewError::NotEmpty(folder.to_owned()));
                }
            }
            false
        }
        Err(error) if error.kind() == ErrorKind::NotFound => true,
        Err(error) => return Err(NewError::Disk(DiskError::at("open the folder", folder)(error))),
    };
    let fresh = &folder.join(FRESH);
    let made = clear(fresh).and_then(|()| write(fresh, today)).and_then(|made| {
        take_place(fresh, folder)?;
        Ok(made)
    });
    // Done, or failing already: that a leftover cannot be removed either adds nothing.
    let _ = clear(fresh);
    if made.is_err() && created {
        let _ = fs::remove_dir(folder);
    }
    Ok(made?)
}

/// Removes what a run that died left.
fn clear(fresh: &Path) -> Result<(), DiskError> {
    match fs::remove_dir_all(fresh) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(DiskError::at("remove", fresh)(error)),
        _ => Ok(()),
    }
}

/// Writes all files into `folder`; their paths below it, sorted.
fn write(folder: &Path, today: Date) -> Result<Vec<String>, DiskError> {
    let mut made = Vec::new();
    let today = today.to_string();
    for (path, text) in files(&FILES) {
        let target = folder.join(path);
        let parent = target.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(DiskError::at("create the folder", parent))?;
        fs::File::create_new(&target)
            .and_then(|mut file| file.write_all(text.replace(DAY, &today).as_bytes()))
            .map_err(DiskError::at("write", &target))?;
        made.push(path.to_string_lossy().into_owned());
    }
    made.sort();
    Ok(made)
}

/// Puts what is in `fresh` into the empty `folder`.
///
/// If one of them cannot be moved, those that were go back.
fn take_place(fresh: &Path, folder: &Path) -> Result<(), DiskError> {
    let read = |error| DiskError::at("read", fresh)(error);
    let mut moved = Vec::new();
    for entry in fs::read_dir(fresh).map_err(read)? {
        let from = entry.map_err(read)?.path();
        let to = folder.join(from.file_name().unwrap_or_default());
        if let Err(error) = fs::rename(&from, &to) {
            for (from, to) in moved {
                let _ = fs::rename(to, from);
            }
            return Err(DiskError::at("write", to)(error));
        }
        moved.push((from, to));
    }
    Ok(())
}

fn files(folder: &'static Dir) -> Vec<(&'static Path, &'static str)> {
    let mut all: Vec<_> =
        folder.files().map(|it| (it.path(), it.contents_utf8().expect("the examples are text"))).collect();
    for inner in folder.dirs() {
        all.extend(files(inner));
    }
    all
}

impl fmt::Display for NewError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            NewError::NotEmpty(folder) => write!(
                f,
                "{} is not empty, so nothing is written there; choose a new or an empty folder",
                folder.display()
            ),
            NewError::Disk(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NewError {}

impl From<DiskError> for NewError {
    fn from(error: DiskError) -> Self {
        NewError::Disk(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 22);

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_run_that_died_left_is_not_in_the_way() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join(FRESH).join("content")).unwrap();
        fs::write(dir.path().join(FRESH).join("content/half"), "").unwrap();
        make(dir.path(), TODAY).unwrap();
        assert_eq!(names(dir.path()), ["README.md", "content"]);
        assert!(!dir.path().join("content/half").exists());
    }

    #[test]
    fn all_of_it_takes_its_place_or_nothing_does() {
        let dir = tempfile::tempdir().unwrap();
        let (fresh, folder) = (dir.path().join("fresh"), dir.path().join("folder"));
        write(&fresh, TODAY).unwrap();
        for name in names(&fresh) {
            // A file cannot take the place of a folder, nor a folder that of a full one.
            fs::create_dir_all(folder.join(&name).join("mine")).unwrap();
            take_place(&fresh, &folder).unwrap_err();
            assert_eq!(names(&folder), [name.as_str()]);
            assert_eq!(names(&fresh), ["README.md", "content"]);
            fs::remove_dir_all(&folder).unwrap();
        }
    }
}
