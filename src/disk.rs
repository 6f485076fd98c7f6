//! Files read and written whole, their hashes, and what to tell a person when the disk says no.
//!
//! Nothing here knows what a file is for. What must be true of many files at once, such as
//! that they appear together, is for [`crate::output`] to see to.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use sha2::Digest as _;

/// The machine could not do something with a file or folder.
///
/// Its words name the path, what happened and what to do about it, in one line.
#[derive(Debug)]
pub struct DiskError {
    /// The file or folder, as the program was told of it.
    pub path: PathBuf,
    /// A verb that goes with the path: `read`, `write`, `remove`.
    pub doing: &'static str,
    pub source: io::Error,
}

impl DiskError {
    /// For `map_err`; where a file stands in the place of a folder the error names that file: `fs::read(path).map_err(DiskError::at("read", path))`.
    pub fn at(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| match source.kind() {
            ErrorKind::NotADirectory => DiskError { path: file_on_the_way(path), doing, source },
            _ => DiskError { path, doing, source },
        }
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let DiskError { path, doing, source } = self;
        write!(f, "cannot {doing} {}: ", path.display())?;
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                f.write_str("the disk is full; make room and run the command again")
            }
            ErrorKind::PermissionDenied => f.write_str(
                "this user has no permission; change the owner or the rights, or choose another folder",
            ),
            ErrorKind::ReadOnlyFilesystem => f.write_str("the disk can only be read; choose another folder"),
            ErrorKind::NotFound => f.write_str("there is no such file or folder"),
            ErrorKind::NotADirectory => f.write_str("it is a file, not a folder"),
            ErrorKind::IsADirectory => f.write_str("it is a folder, not a file"),
            _ => write!(f, "{source}"),
        }
    }
}

/// The file that stands where `path` needs a folder; `path` itself if there is none by now.
fn file_on_the_way(path: PathBuf) -> PathBuf {
    let file = path.ancestors().find(|it| it.is_file());
    file.map(Path::to_path_buf).unwrap_or(path)
}

impl std::error::Error for DiskError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Where `path` leads, links followed, so that two ways to one place are the same; the path
/// itself need not be there.
///
/// # Errors
///
/// If the folder that the program runs in is not there.
pub fn real(path: &Path) -> Result<PathBuf, DiskError> {
    let whole = std::path::absolute(path).map_err(DiskError::at("find", path))?;
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => {
                real.push(part);
                real = fs::canonicalize(&real).unwrap_or(real);
            }
        }
    }
    Ok(real)
}

/// The bytes of the file at `path`.
///
/// # Errors
///
/// If it cannot be read, and if it is not there.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    fs::read(path).map_err(DiskError::at("read", path))
}

/// The bytes of the file at `path`, or `None` if nothing is there.
///
/// # Errors
///
/// If it is there and cannot be read.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, DiskError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DiskError::at("read", path)(error)),
    }
}

/// Puts `bytes` at `path`, whole: whoever reads the file meanwhile sees the old bytes or the
/// new ones, and once this returns they outlast a power cut. The folder must be there.
///
/// # Errors
///
/// If the disk refuses; the old file is then untouched.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let fresh = beside(path);
    let written = File::create(&fresh)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&fresh, path))
        .and_then(|()| File::open(folder_of(path))?.sync_all());
    written.map_err(|error| {
        // Already failing: that the leftover cannot be removed either adds nothing.
        let _ = fs::remove_file(&fresh);
        DiskError::at("write", path)(error)
    })
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Where the bytes of the file at `path` stand until they are whole: a dot file in the same
/// folder, so that a rename is enough.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

/// The SHA-256 of some bytes; printed and read as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Digest(sha2::Sha256::digest(bytes).into())
    }

    /// The hash of `parts`, one after another.
    pub fn of_all<'b>(parts: impl Iterator<Item = &'b [u8]>) -> Self {
        let mut hasher = sha2::Sha256::new();
        parts.for_each(|it| hasher.update(it));
        Digest(hasher.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (eights, _) = self.0.as_chunks();
        eights.iter().try_for_each(|it| write!(f, "{:016x}", u64::from_be_bytes(*it)))
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Debug)]
pub struct NotADigest;

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Err(NotADigest);
        }
        let (eights, _) = bytes.as_chunks_mut();
        for (index, eight) in eights.iter_mut().enumerate() {
            let digits = &text[16 * index..16 * index + 16];
            *eight = u64::from_str_radix(digits, 16).map_err(|_| NotADigest)?.to_be_bytes();
        }
        Ok(Digest(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_printed_as_others_print_it_and_read_back() {
        let printed = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc").to_string(), printed);
        assert_eq!(printed.parse::<Digest>().ok(), Some(Digest::of(b"abc")));
    }

    #[test]
    fn what_only_looks_like_a_digest_is_none() {
        for text in ["", "ba78", &"g".repeat(64), &"é".repeat(32), &"+1".repeat(32)] {
            assert!(text.parse::<Digest>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_file_is_replaced_whole_and_leaves_nothing_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ids.yaml");
        write(&path, b"old").unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_in_the_place_of_a_folder_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "").unwrap();
        for path in [file.clone(), file.join("a"), file.join("a/b")] {
            let error = fs::read_dir(&path).map_err(DiskError::at("read", &path)).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("cannot read {}: it is a file, not a folder", file.display())
            );
        }
    }

    #[test]
    fn the_words_say_what_happened_and_what_to_do() {
        let check = |kind: ErrorKind, words: &str| {
            let error = DiskError::at("write", "public/a.html")(kind.into());
            assert_eq!(error.to_string(), words);
        };
        check(
            ErrorKind::StorageFull,
            "cannot write public/a.html: the disk is full; make room and run the command again",
        );
        check(ErrorKind::NotFound, "cannot write public/a.html: there is no such file or folder");
    }
}
