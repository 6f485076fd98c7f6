//! The theme as it was last read, and what has changed in it since.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::site::{Address, Theme, ThemeError};
use crate::source::{self, Files};

/// A theme that may change while it is worn.
pub struct Dress {
    name: String,
    /// `None` for one that is built in, which never changes.
    folder: Option<PathBuf>,
    files: Files,
    /// Or why it cannot be used.
    pub theme: Result<Arc<Theme>, String>,
}

/// The folders of a theme that are read.
pub const PARTS: [&str; 2] = ["templates", "assets"];

impl Dress {
    /// The theme `name`. That its files are wrong is no error here: they may be mended.
    ///
    /// # Errors
    ///
    /// If there is no such theme.
    pub fn put_on(name: &str) -> Result<Dress, ThemeError> {
        // A name that is built in goes before a folder.
        let built_in = name == "default" || (!name.contains('/') && !Path::new(name).is_dir());
        let folder = (!built_in).then(|| PathBuf::from(name));
        let mut dress =
            Dress { name: name.to_owned(), files: BTreeMap::new(), theme: Err(String::new()), folder };
        match dress.load() {
            Err(error @ ThemeError::Unknown { .. }) => Err(error),
            _ => Ok(dress),
        }
    }

    /// The folder to watch, if there is one.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Reads the theme again. `None` if every byte is as it was; otherwise whether style sheets
    /// alone changed.
    pub fn again(&mut self) -> Option<bool> {
        let before = std::mem::take(&mut self.files);
        let was_usable = self.theme.is_ok();
        self.files = self.read();
        if self.files == before {
            return None;
        }
        // Its own words are kept in `theme`.
        let _ = self.load();
        let paths = before.keys().chain(self.files.keys());
        let mut changed = paths.filter(|it| before.get(*it) != self.files.get(*it));
        let is_style = |it: &String| it.starts_with("assets/") && it.ends_with(".css");
        let same_names = before.len() == self.files.len();
        Some(was_usable && self.theme.is_ok() && same_names && changed.all(is_style))
    }

    /// The files are looked at before the theme is loaded: a change between the two is told later,
    /// and is then a difference.
    fn load(&mut self) -> Result<(), ThemeError> {
        self.files = self.read();
        let (theme, result) = match Theme::load(&self.name) {
            Ok(theme) => (Ok(Arc::new(theme)), Ok(())),
            Err(error) => (Err(error.to_string()), Err(error)),
        };
        self.theme = theme;
        result
    }

    fn read(&self) -> Files {
        let mut files = Files::new();
        for part in PARTS {
            // What is not there or cannot be read, the theme itself tells of.
            let read = self.folder.as_ref().and_then(|it| source::read(&it.join(part)).ok());
            let read = read.into_iter().flat_map(|it| it.files);
            files.extend(read.map(|(path, bytes)| (format!("{part}/{path}"), bytes)));
        }
        files
    }
}

/// The style sheets that stand at another address than before, old and new.
pub fn styles(old: &Theme, new: &Theme) -> Vec<(Address, Address)> {
    let before: BTreeMap<&str, &Address> = old.assets().map(|(name, it)| (name, &it.address)).collect();
    let styles = new.assets().filter(|(name, _)| name.ends_with(".css"));
    let pairs = styles.filter_map(|(name, it)| Some(((*before.get(name)?).clone(), it.address.clone())));
    pairs.filter(|(old, new)| old != new).collect()
}
