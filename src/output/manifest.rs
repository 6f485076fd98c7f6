//! Which files in a folder are ours: the list that a publication leaves with its files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::disk::{self, Digest};
use crate::site::{Address, DRAFTS_ROBOTS};

use super::PublishError;

/// The tool's own folder inside the output folder. What is in it is the tool's, whole.
pub(super) const TOOL: &str = ".handbook";

/// The list of a publication, below the output folder.
pub(super) const MANIFEST: &str = ".handbook/manifest.json";

/// The path of every file of one publication, with the hash of its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub files: BTreeMap<String, Digest>,
}

impl Manifest {
    /// The list at `path`, or `None` if there is none.
    pub fn read(path: &Path) -> Result<Option<Manifest>, PublishError> {
        let Some(bytes) = disk::read_if_there(path)? else {
            return Ok(None);
        };
        match Manifest::parse(&bytes) {
            Some(manifest) => Ok(Some(manifest)),
            None => Err(PublishError::Unreadable(path.to_path_buf())),
        }
    }

    fn parse(bytes: &[u8]) -> Option<Manifest> {
        let listed: BTreeMap<String, String> = serde_json::from_slice(bytes).ok()?;
        let files = listed.into_iter().map(|(path, digest)| Some((path, digest.parse().ok()?)));
        let files = files.collect::<Option<BTreeMap<_, _>>>()?;
        // A path that leads elsewhere would let a damaged list remove files anywhere.
        let sound = files.keys().all(|path| is_sound(path));
        sound.then_some(Manifest { files })
    }

    /// The list as JSON: an object, a line a file, sorted by path; the same for the same site.
    pub fn to_json(&self) -> Vec<u8> {
        let lines: Vec<String> = self
            .files
            .iter()
            .map(|(path, digest)| format!("{}: \"{digest}\"", serde_json::json!(path)))
            .collect();
        format!("{{\n{}\n}}\n", lines.join(",\n")).into_bytes()
    }

    /// Whether drafts are shown: such a site says so to search engines.
    pub fn shows_drafts(&self) -> bool {
        let robots = self.files.get(Address::robots().as_path());
        robots == Some(&Digest::of(DRAFTS_ROBOTS.as_bytes()))
    }

    /// Every folder that the files stand in, the output folder itself left out.
    pub fn folders(&self) -> BTreeSet<&str> {
        folders(self.files.keys().map(String::as_str))
    }
}

/// Every folder above one of `paths`.
pub(super) fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let mut rest = path;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            rest = folder;
        }
    }
    folders
}

/// Whether `path` stays below the output folder and out of the tool's own.
pub(super) fn is_sound(path: &str) -> bool {
    let mut parts = path.split('/');
    !path.contains('\0')
        && path.split('/').next() != Some(TOOL)
        && parts.all(|it| !matches!(it, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let paths = ["a/b/index.html", "a \"quoted\" name", "z"];
        let files = paths.map(|it| (it.to_owned(), Digest::of(it.as_bytes())));
        let manifest = Manifest { files: files.into() };
        assert_eq!(Manifest::parse(&manifest.to_json()), Some(manifest.clone()));
        assert_eq!(Vec::from_iter(manifest.folders()), ["a", "a/b"]);
        let empty = Manifest::default();
        assert_eq!(Manifest::parse(&empty.to_json()), Some(empty));
    }

    #[test]
    fn a_damaged_list_is_not_believed() {
        let digest = Digest::of(b"");
        for text in [
            String::new(),
            "[]".into(),
            "{\"a\": \"not a hash\"}".into(),
            format!("{{\"../a\": \"{digest}\"}}"),
            format!("{{\"/etc/passwd\": \"{digest}\"}}"),
            format!("{{\".handbook/manifest.json\": \"{digest}\"}}"),
        ] {
            assert_eq!(Manifest::parse(text.as_bytes()), None, "{text}");
        }
    }
}
