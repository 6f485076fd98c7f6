//! The only hand that changes anything on the disk while a site is published.
//!
//! Every change is one method call here, announced before it is made, so that a test can
//! stop the program, or pretend that the disk failed, before any one of them.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::disk::DiskError;

/// Is told of each change to the disk before it is made, from any thread, and may refuse it:
/// the change then fails with that error. For tests of what a crash or a full disk leaves.
pub trait Witness: Sync {
    /// What is about to be done (`write`, `remove`, …) to the file or folder at `path`.
    ///
    /// # Errors
    ///
    /// The one with which the change is to fail; it is then not made.
    fn before(&self, doing: &str, path: &Path) -> io::Result<()>;
}

pub(super) struct Hand<'a> {
    pub witness: Option<&'a dyn Witness>,
}

impl Hand<'_> {
    fn act<T>(
        &self,
        doing: &'static str,
        path: &Path,
        act: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, DiskError> {
        let announced = match self.witness {
            Some(witness) => witness.before(doing, path),
            None => Ok(()),
        };
        announced.and_then(|()| act()).map_err(DiskError::at(doing, path))
    }

    /// Makes a file that is not there yet, and the folders that it needs.
    pub fn write_new(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        self.act("write", path, || {
            let open = || OpenOptions::new().write(true).create_new(true).open(path);
            with_folders(path, open)?.write_all(bytes)
        })
    }

    /// Puts a small file of the tool's own in place, whole.
    pub fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
        let fresh = self.write_beside(path, bytes)?;
        self.rename(&fresh, path)
    }

    /// The first half of it: what is to take the place of `path` stands whole where is returned.
    pub fn write_beside(&self, path: &Path, bytes: &[u8]) -> Result<PathBuf, DiskError> {
        let fresh = beside(path);
        self.act("write", &fresh, || with_folders(&fresh, || File::create(&fresh))?.write_all(bytes))?;
        Ok(fresh)
    }

    /// Gives a file a second name, and makes the folders that the name needs; where the disk
    /// knows no second names, a copy with the same time.
    pub fn link(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.act("write", to, || match with_folders(to, || fs::hard_link(from, to)) {
            Err(error) if no_second_names(&error) => {
                fs::copy(from, to)?;
                let modified = fs::metadata(from)?.modified()?;
                File::options().write(true).open(to)?.set_modified(modified)
            }
            linked => linked,
        })
    }

    pub fn symlink(&self, target: &Path, at: &Path) -> Result<(), DiskError> {
        self.act("write", at, || with_folders(at, || symlink(target, at)))
    }

    /// Moves a file or folder; a file at `to` is replaced in the same instant.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), DiskError> {
        self.act("write", to, || with_folders(to, || fs::rename(from, to)))
    }

    /// Moves a file or folder to where nothing is; `false`, and nothing moved, if something is.
    pub fn move_to_free(&self, from: &Path, to: &Path) -> Result<bool, DiskError> {
        self.act("write", to, || match with_folders(to, || rename_free(from, to)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        })
    }

    /// Lets two files or folders change places in one instant.
    pub fn exchange(&self, here: &Path, there: &Path) -> Result<(), DiskError> {
        self.act("replace", there, || exchange(here, there))
    }

    pub fn create_folder(&self, path: &Path) -> Result<(), DiskError> {
        self.act("create", path, || fs::create_dir_all(path))
    }

    /// Gives the folder at `path` the rights of the folder at `model`.
    pub fn copy_rights(&self, model: &Path, path: &Path) -> Result<(), DiskError> {
        self.act("set the rights of", path, || fs::set_permissions(path, fs::metadata(model)?.permissions()))
    }

    pub fn remove_file(&self, path: &Path) -> Result<(), DiskError> {
        self.act("remove", path, || gone(fs::remove_file(path)))
    }

    /// Removes a folder if it is empty, and says whether it is gone.
    pub fn remove_empty(&self, path: &Path) -> Result<bool, DiskError> {
        self.act("remove", path, || match fs::remove_dir(path) {
            // What stands there as a file is no folder that is empty.
            Err(error) if matches!(error.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::NotADirectory) => {
                Ok(false)
            }
            removed => gone(removed).map(|()| true),
        })
    }

    /// Removes a folder of the tool's own with all that is in it; links are not followed.
    pub fn remove_all(&self, path: &Path) -> Result<(), DiskError> {
        let entries = match fs::read_dir(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(DiskError::at("read", path))?,
        };
        for entry in entries {
            let entry = entry.map_err(DiskError::at("read", path))?;
            let at = entry.path();
            let kind = entry.file_type().map_err(DiskError::at("read", &at))?;
            match kind.is_dir() {
                true => self.remove_all(&at)?,
                false => self.remove_file(&at)?,
            }
        }
        self.remove_empty(path).map(|_| ())
    }

    /// Waits until all that was written to the disk of `folder` would outlast a power cut:
    /// one call for any number of files.
    pub fn sync(&self, folder: &Path) -> Result<(), DiskError> {
        self.act("write", folder, || sync_disk(&File::open(folder)?))
    }

    /// Waits until the bytes of one file, or the names in one folder, would outlast a power cut.
    pub fn sync_one(&self, path: &Path) -> Result<(), DiskError> {
        self.act("write", path, || File::open(path)?.sync_all())
    }
}

/// Does `act`, and once more with the folders made if they are what it lacks. The other way
/// round costs a system call for every file of the site.
fn with_folders<T>(path: &Path, act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (act(), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            act()
        }
        (done, _) => done,
    }
}

/// What was to be removed and is not there is removed.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        // Or a file stands where a folder above it was.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
        removed => removed,
    }
}

fn no_second_names(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied
            | ErrorKind::Unsupported
            | ErrorKind::CrossesDevices
            | ErrorKind::TooManyLinks
    )
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn rename_with(from: &Path, to: &Path, flags: rustix::fs::RenameFlags) -> io::Result<()> {
    use rustix::fs::CWD;
    Ok(rustix::fs::renameat_with(CWD, from, CWD, to, flags)?)
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(here: &Path, there: &Path) -> io::Result<()> {
    rename_with(here, there, rustix::fs::RenameFlags::EXCHANGE)
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn rename_free(from: &Path, to: &Path) -> io::Result<()> {
    rename_with(from, to, rustix::fs::RenameFlags::NOREPLACE)
}

// Elsewhere the road by exchange is never taken, and only it asks for these two.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn rename_free(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(target_os = "linux")]
fn sync_disk(folder: &File) -> io::Result<()> {
    Ok(rustix::fs::syncfs(folder)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_disk(folder: &File) -> io::Result<()> {
    rustix::fs::sync();
    folder.sync_all()
}

/// Where a file stands that has been written and is to take the place of the one at `path`.
pub(super) fn beside(path: &Path) -> PathBuf {
    path.with_extension("tmp")
}

/// `path` with `.{name}.handbook-{what}` in the place of its name.
pub(super) fn sibling(path: &Path, what: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or(OsStr::new("")));
    name.push(".handbook-");
    name.push(what);
    path.with_file_name(name)
}
