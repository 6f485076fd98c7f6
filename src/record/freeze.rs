//! What an edition was when it was recorded, as fingerprints.

use std::collections::{BTreeMap, BTreeSet};

use super::order::natural;
use super::{Update, plain, quoted, update};
use crate::handbook::{Authority, ClauseId, DocumentSlug, Frozen, Status};
use crate::source::Sources;

/// The first line of a file of fingerprints, to which nothing is added by hand.
const FROZEN_HEADER: &str =
    "# Written by `handbook record`; what changes is recorded with `handbook correct`.";

/// The fingerprints of the editions of an authority that have none yet, and of those among `anew`
/// that are not as they were; `None` if there are no such editions. Of a text that was recorded
/// before the one that it follows was held, what came of that one's clauses is frozen now. Drafts are
/// not frozen.
pub fn freeze(sources: &Sources, authority: &Authority, anew: &BTreeSet<DocumentSlug>) -> Option<Update> {
    let mut frozen: BTreeMap<&DocumentSlug, Frozen> =
        authority.frozen.iter().map(|(slug, it)| (slug, it.clone())).collect();
    let mut added = Vec::new();
    for edition in authority.editions.values().filter(|it| it.status != Status::Draft) {
        let now = Frozen::of(edition);
        let then = match frozen.get(&edition.slug) {
            Some(known) if !anew.contains(&edition.slug) => {
                Frozen { descent: known.descent.clone().or(now.descent), ..known.clone() }
            }
            _ => now,
        };
        if frozen.get(&edition.slug) != Some(&then) {
            added.push(edition.slug.to_string());
            frozen.insert(&edition.slug, then);
        }
    }
    let lines = frozen.iter().map(|(slug, it)| (slug.as_str(), quoted(slug.as_str()), frozen_entry(it)));
    let file = format!("{}/frozen.yaml", authority.folder());
    update(sources, file, FROZEN_HEADER, "editions", lines, added)
}

/// Over several lines, so that a change shows in one of them.
fn frozen_entry(frozen: &Frozen) -> String {
    let mut entry = format!("\n    status: {}", frozen.status.key());
    let prints = [
        ("adoption", Some(&frozen.adoption)),
        ("order", Some(&frozen.order)),
        ("descent", frozen.descent.as_ref()),
        ("corrections", frozen.corrections.as_ref()),
    ];
    for (key, print) in prints {
        entry.extend(print.map(|it| format!("\n    {key}: {}", quoted(&it.to_string()))));
    }
    let mut clauses: Vec<(&ClauseId, String)> =
        frozen.clauses.iter().map(|(id, it)| (id, quoted(&it.to_string()))).collect();
    clauses.sort_by_key(|(id, _)| natural(id.as_str()));
    if !clauses.is_empty() {
        entry.push_str("\n    clauses:");
    }
    for (id, it) in clauses {
        entry.push_str(&format!("\n      {}: {it}", plain(id.as_str())));
    }
    entry
}
