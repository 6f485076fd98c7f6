//! One publication into a folder at a time.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::FlockOperation;

use crate::disk::DiskError;

/// Holds the output folder for one publication; let go when it is dropped, and by the system
/// when the program dies, so that no lock is ever left over.
///
/// The lock is on the folder itself (`flock`), not on a file beside it: it follows the folder
/// wherever it is mounted, and leaves nothing behind. Publishing puts another folder in its
/// place, so whoever waited looks again whether the folder it got is still the one at the
/// path, and whoever publishes holds the new folder before it puts it there.
pub(super) struct Lock {
    /// The folder's real path: absolute, no links.
    pub path: PathBuf,
    /// Whether the folder was made for this publication.
    pub created: bool,
    held: Vec<File>,
}

impl Lock {
    /// Waits until nobody else publishes into `dir`, which is made if it is not there.
    pub fn take(dir: &Path) -> Result<Lock, DiskError> {
        let mut created = false;
        loop {
            let path = match fs::canonicalize(dir) {
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    fs::create_dir_all(dir).map_err(DiskError::at("create", dir))?;
                    created = true;
                    continue;
                }
                path => path.map_err(DiskError::at("open", dir))?,
            };
            match hold(&path) {
                Ok(Some(folder)) => {
                    let held = vec![folder];
                    return Ok(Lock { path, created, held });
                }
                Ok(None) => continue,
                // Whoever held it before us had made it, failed and removed it.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(DiskError::at("lock", path)(error)),
            }
        }
    }

    /// Holds a folder that is about to take the place of the locked one as well.
    pub fn extend(&mut self, folder: &Path) -> Result<(), DiskError> {
        let folder = hold(folder).map_err(DiskError::at("lock", folder))?;
        self.held.extend(folder);
        Ok(())
    }
}

/// The locked folder at `path`, or `None` if by then another one stands there.
fn hold(path: &Path) -> io::Result<Option<File>> {
    let folder = File::open(path)?;
    loop {
        match rustix::fs::flock(&folder, FlockOperation::LockExclusive) {
            Err(rustix::io::Errno::INTR) => continue,
            locked => break locked?,
        }
    }
    let (held, there) = (folder.metadata()?, fs::metadata(path)?);
    let same = (held.dev(), held.ino()) == (there.dev(), there.ino());
    Ok(same.then_some(folder))
}
