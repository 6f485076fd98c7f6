//! What stands in an output folder: which files are ours, and which are strangers' and stay.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::abreast;
use crate::disk::DiskError;

use super::error::{Obstacle, PublishError};
use super::manifest::{Manifest, TOOL};

/// What a walk over an output folder found.
pub(super) struct Survey {
    /// Files of ours that are there, as files.
    pub present: BTreeSet<String>,
    /// What is not ours, below the folder, sorted. A folder that holds nothing of ours and
    /// takes nothing of ours is one stranger, however much is in it.
    pub strangers: Vec<PathBuf>,
}

impl Survey {
    /// Looks at what is in `root`. `ours` lists our files; `folders` are the folders that are
    /// walked into. A missing root holds nothing.
    pub fn of(root: &Path, ours: &Manifest, folders: &BTreeSet<&str>) -> Result<Survey, DiskError> {
        let Found { present, mut strangers } = walk(root, Path::new(""), ours, folders)?;
        strangers.sort();
        Ok(Survey { present: present.into_iter().collect(), strangers })
    }

    /// The strangers that stand where `wanted` would put a file or a folder.
    pub fn in_the_way<'a>(
        &self,
        wanted: &'a BTreeSet<&'a str>,
        folders: &'a BTreeSet<&'a str>,
    ) -> impl Iterator<Item = Obstacle> {
        let taken = |path: &&str| wanted.contains(path) || folders.contains(path);
        self.strangers
            .iter()
            .filter_map(|it| it.to_str())
            .filter(taken)
            .map(|path| Obstacle::Stranger(path.to_owned()))
    }
}

/// What was found in a folder and below, in no order.
#[derive(Default)]
struct Found {
    present: Vec<String>,
    strangers: Vec<PathBuf>,
}

fn walk(root: &Path, below: &Path, ours: &Manifest, folders: &BTreeSet<&str>) -> Result<Found, DiskError> {
    let folder = root.join(below);
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::default()),
        entries => entries.map_err(DiskError::at("read", &folder))?,
    };
    let mut found = Found::default();
    let mut inner = Vec::new();
    for entry in entries {
        let entry = entry.map_err(DiskError::at("read", &folder))?;
        let kind = entry.file_type().map_err(DiskError::at("read", entry.path()))?;
        let at = below.join(entry.file_name());
        match at.to_str() {
            Some(TOOL) => {}
            Some(path) if kind.is_dir() && folders.contains(path) => inner.push(at),
            Some(path) if kind.is_file() && ours.files.contains_key(path) => {
                found.present.push(path.to_owned());
            }
            _ => found.strangers.push(at),
        }
    }
    for below in abreast::map(&inner, |it| walk(root, it, ours, folders)) {
        let below = below?;
        found.present.extend(below.present);
        found.strangers.extend(below.strangers);
    }
    Ok(found)
}

/// Whether a folder without a list of ours may be taken over: it is empty, but for what people
/// put into an otherwise empty output folder.
///
/// # Errors
///
/// [`PublishError::Foreign`] with the first other thing that it holds.
pub(super) fn may_take_over(root: &Path, survey: &Survey) -> Result<(), PublishError> {
    const WELCOME: [&str; 6] = [".git", ".gitattributes", ".gitignore", ".gitkeep", ".nojekyll", "CNAME"];
    let other = |it: &&PathBuf| !it.to_str().is_some_and(|it| WELCOME.contains(&it));
    match survey.strangers.iter().find(other) {
        None => Ok(()),
        Some(holds) => Err(PublishError::Foreign { folder: root.to_path_buf(), holds: holds.clone() }),
    }
}
