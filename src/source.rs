//! The reader of a content folder: everything below it, in the order of the paths.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::abreast;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::disk::DiskError;

/// Files by their paths below a folder, with `/`. Who keeps those of the time before holds the same
/// bytes, and sees at once that they are.
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// The files of a content folder.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub files: Files,
    /// What could not be read.
    pub report: Report,
}

impl Sources {
    /// The text of a file, or `None` if there is none or it is not UTF-8. A byte order mark
    /// is left out.
    pub fn text(&self, file: &str) -> Option<&str> {
        let text = std::str::from_utf8(self.files.get(file)?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The files of which a report tells something, for who shows it.
    pub fn told_of(&self, report: &Report) -> Sources {
        let told = report.diagnostics().iter().chain(report.accepted().iter().map(|(it, _)| it));
        let files = told.filter_map(|it| self.files.get_key_value(&it.place.file));
        let files = files.map(|(file, bytes)| (file.clone(), bytes.clone())).collect();
        Sources { files, report: Report::default() }
    }
}

/// No file of a handbook comes near this size, in bytes. The largest real one has a
/// two-hundredth of it.
pub const MOST_BYTES: u64 = 8 << 20;

/// Reads the folder at `dir`: all files but hidden ones and what editors leave beside a file
/// while it is being saved (`x~`, `#x#`, `x.swp`, `x.tmp`). Links are followed.
///
/// What cannot be read is in the report of the result: a file without permission, a link that
/// leads nowhere or in a circle, a pipe or a device, a file larger than 8 MiB, a name that is
/// not UTF-8. An error is returned only when there is no folder at `dir`.
pub fn read(dir: &Path) -> Result<Sources, DiskError> {
    let mut sources = Sources::default();
    // Asked first, since the walk tells of a missing folder no better than of a missing file.
    std::fs::read_dir(dir).map_err(DiskError::at("read the content folder", dir))?;
    sources.gather(dir);
    Ok(sources)
}

impl Sources {
    /// Adds what stands in the content folder at `dir`.
    fn gather(&mut self, dir: &Path) {
        let walk = WalkDir::new(dir).follow_links(true).sort_by_file_name().into_iter();
        let visible = |it: &DirEntry| it.depth() == 0 || !it.file_name().to_str().is_some_and(is_passed_over);
        let found: Vec<_> = walk.filter_entry(visible).collect();
        for (file, read) in abreast::map(&found, |it| look(dir, it)).into_iter().flatten() {
            match read {
                Ok(bytes) => {
                    self.files.insert(file, bytes);
                }
                Err(why) => self.report.add(unreadable(file, &why)),
            }
        }
    }
}

/// The bytes of a file, or why they cannot be read.
type Bytes = Result<Arc<[u8]>, String>;

/// A file by its path below `dir`, with what is in it; `None` for what is no file: a folder, a link that
/// an editor left, a file that has gone since it was found.
fn look(dir: &Path, found: &walkdir::Result<DirEntry>) -> Option<(String, Bytes)> {
    match found {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => Some((below(dir, entry.path()), contents(entry).transpose()?)),
        Err(error) => {
            // An editor's lock may be a link that leads nowhere: `.#5.1.md`.
            let name = error.path().and_then(|it| it.file_name()).and_then(|it| it.to_str());
            if name.is_some_and(is_passed_over) {
                return None;
            }
            let path = error.path().map_or_else(String::new, |it| below(dir, it));
            let why = match error.loop_ancestor() {
                Some(_) => "it is a link that leads back to a folder above it".to_owned(),
                None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
            };
            Some((path, Err(why)))
        }
    }
}

/// Whether a file or folder of this name is passed over, with all that is in it.
pub fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with('#')
        || name.ends_with(".swp")
        || name.ends_with(".tmp")
}

/// What is in a file; `Ok(None)` if it has gone.
fn contents(entry: &DirEntry) -> Result<Option<Arc<[u8]>>, String> {
    // Opening a pipe would wait for someone to write into it.
    if !entry.file_type().is_file() {
        return Err("it is neither a file nor a folder".to_owned());
    }
    if entry.file_name().to_str().is_none() {
        return Err("its name is not UTF-8".to_owned());
    }
    let mut bytes = Vec::new();
    // Read no further than this, whatever length the system tells.
    let file = match std::fs::File::open(entry.path()) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        file => file.map_err(|it| it.to_string())?,
    };
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|it| it.to_string())?;
    match bytes.len() as u64 > MOST_BYTES {
        true => Err("it is larger than 8 MiB".to_owned()),
        false => Ok(Some(bytes.into())),
    }
}

fn unreadable(file: String, why: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::error(Place::file(file), "unreadable-file", format!("cannot be read: {why}"));
    match why.starts_with("Permission denied") {
        true => diagnostic.hint("this user has no permission; change the owner or the rights"),
        false => diagnostic,
    }
}

/// The path of `path` below `dir`, with `/`; letters that are not UTF-8 become `�`.
fn below(dir: &Path, path: &Path) -> String {
    let path = path.strip_prefix(dir).unwrap_or(path);
    let parts: Vec<_> = path.components().map(|it| it.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
