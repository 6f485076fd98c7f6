//! Files of an index that stand together.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::disk::Digest;
use crate::site::Address;

/// Files that stand in one folder, which is called by what is in them: where one changes all have
/// new addresses, so that a page never reads files of two days.
pub struct Folder {
    /// Its name.
    pub hash: String,
    /// By their names, each ready to be written.
    pub parts: BTreeMap<String, Arc<[u8]>>,
    /// Where they stand, in the order of their names.
    pub addresses: Vec<Address>,
}

impl Folder {
    /// A folder of files by name, each with the JSON that it hands over.
    pub fn of(parts: impl IntoIterator<Item = (String, String)>) -> Self {
        let script = |json: String| format!("handbook.part({json})\n").into_bytes().into();
        let parts: BTreeMap<String, Arc<[u8]>> =
            parts.into_iter().map(|(name, json)| (name, script(json))).collect();
        let hash = Digest::of_all(parts.values().map(|it| &**it)).to_string()[..8].to_owned();
        let addresses = parts.keys().map(|it| Address::search_part(&hash, it)).collect();
        Folder { hash, parts, addresses }
    }
}
