//! Where pages stand: the only place that spells addresses.

use std::fmt;

/// The place of one file in the site, as the path of the file below the output folder:
/// `authorities/kent/index.html`, `sitemap.xml`. Always with `/`, never empty, never with `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// The address of the file at `path` below the output folder.
    pub fn file(path: impl Into<String>) -> Self {
        Address(path.into())
    }

    /// The path of the file below the output folder.
    pub fn as_path(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}
