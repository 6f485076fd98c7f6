//! The publication that is about to be kept: made whole where someone deleted files of it, as far as
//! their bytes are known; what remains lost is told, since without it that publication is not put
//! back. It is kept nevertheless: one that is older still would not be what people expect of
//! [`restore`](super::restore).

use std::collections::BTreeSet;
use std::path::Path;

use crate::disk::DiskError;

use super::Changes;
use super::hand::Hand;
use super::manifest::{Manifest, TOOL};

/// Gives files of `old` that were deleted from `public`, and that `new` has as they were, their
/// places back; they are in `from`.
pub(super) fn give_back(
    from: &Path,
    public: &Path,
    old: &Manifest,
    new: &Manifest,
    changes: &Changes,
    hand: &Hand,
) -> Result<(), DiskError> {
    let added = changes.added.iter();
    let deleted: Vec<&String> = added.filter(|it| old.files.get(*it) == new.files.get(*it)).collect();
    if !deleted.is_empty() {
        hand.sync(from)?;
    }
    // Where the disk knows no second names this is a copy, which is to stand there whole or not at all.
    let given = public.join(TOOL).join("given");
    hand.remove_file(&given)?;
    deleted.into_iter().try_for_each(|it| {
        hand.link(&from.join(it), &given)?;
        hand.rename(&given, &public.join(it))
    })
}

/// The files of `old` that are no longer as they were, sorted, once those that are made again
/// stand in their places. Those that `changes` replaces or removes have been found to be.
pub(super) fn lost(old: &Manifest, new: &Manifest, changes: &Changes) -> Vec<String> {
    let found: BTreeSet<&String> = changes.changed.iter().chain(&changes.removed).collect();
    let there = |path: &String| found.contains(path) || old.files.get(path) == new.files.get(path);
    old.files.keys().filter(|it| !there(it)).cloned().collect()
}
