//! What a publication was made from, so that one made of the same need not be made again.

use std::path::Path;

use super::hand::Hand;
use super::lock::Lock;
use super::manifest::{MANIFEST, Manifest};
use super::{Changes, Folders, PublishError, Road, not_as_listed, recover};
use crate::disk::{self, Digest};

/// Beside the list of a publication. Three lines: what it was made from, the list, the note.
const SEAL: &str = ".handbook/made-from";

/// Says that all bytes of a site follow from those of which `made_from` is the hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    pub made_from: Digest,
    /// What whoever publishes wants to know again where the publication still stands; one line.
    pub note: String,
}

/// The note of the publication in `dir`, if it was made from the same and every file of it is
/// there as it was written; `None` if it is to be made anew. What a run that died had begun is
/// completed first.
///
/// # Errors
///
/// As for [`publish`](super::publish).
pub fn standing(dir: &Path, made_from: Digest) -> Result<Option<(Changes, String)>, PublishError> {
    if !dir.join(SEAL).exists() {
        return Ok(None);
    }
    let lock = Lock::take(dir)?;
    let beside = Folders::of(&lock.path);
    recover(&beside, &Hand { witness: None })?;
    let Some(list) = Manifest::read(&lock.path.join(MANIFEST))? else { return Ok(None) };
    let sealed = disk::read_if_there(&lock.path.join(SEAL))?.and_then(|it| note(&it, made_from, &list));
    let Some(note) = sealed else { return Ok(None) };
    if !not_as_listed(&lock.path, list.files.keys(), &list)?.is_empty() {
        return Ok(None);
    }
    let mut changes = Changes::new(Road::FileByFile);
    changes.unchanged = list.files.len();
    changes.set_aside = beside.set_aside();
    Ok(Some((changes, note)))
}

/// Seals the publication of this list. It holds as long as the list does, so it can neither come
/// too early nor stay too long; without it nothing is lost but time.
pub(super) fn write(public: &Path, list: &Manifest, seal: &Seal) {
    let Seal { made_from, note } = seal;
    let list = Digest::of(&list.to_json());
    drop(disk::write(&public.join(SEAL), format!("{made_from}\n{list}\n{note}\n").as_bytes()));
}

/// The note of a seal that holds for `list` and says that it was made from the same.
fn note(seal: &[u8], made_from: Digest, list: &Manifest) -> Option<String> {
    let lines: Vec<&str> = std::str::from_utf8(seal).ok()?.lines().collect();
    let [from, of, note] = lines.as_slice() else { return None };
    let holds = from.parse().ok() == Some(made_from) && of.parse().ok() == Some(Digest::of(&list.to_json()));
    holds.then(|| (*note).to_owned())
}
