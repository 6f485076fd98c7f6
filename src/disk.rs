//! What the disk refused.

use std::fmt;
use std::path::{Path, PathBuf};

/// Something that could not be done with a file or folder.
#[derive(Debug)]
pub struct DiskError {
    /// What was tried, as it completes "cannot …": `read the content folder`.
    pub what: &'static str,
    pub path: PathBuf,
    pub error: std::io::Error,
}

impl DiskError {
    pub fn new(what: &'static str, path: &Path, error: std::io::Error) -> Self {
        DiskError { what, path: path.to_owned(), error }
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.what, self.path.display(), self.error)
    }
}

impl std::error::Error for DiskError {}
