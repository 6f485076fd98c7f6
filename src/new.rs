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
    Disk(DiskError),
}

/// The day on which the example says that its sources were read. It is the day of making in the
/// handbook that is made: somebody reads it then, and old days would be warned of.
const DAY: &str = "2026-11-22";

/// Makes the handbook in `folder`, which must be empty or not be there, as read on the day
/// `today`. The paths of the files, below it, sorted.
///
/// # Errors
///
/// If the folder holds anything, or the disk refuses; no file that was there is touched.
pub fn make(folder: &Path, today: Date) -> Result<Vec<String>, NewError> {
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(NewError::NotEmpty(folder.to_owned()));
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(NewError::Disk(DiskError::at("open the folder", folder)(error))),
    }
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
