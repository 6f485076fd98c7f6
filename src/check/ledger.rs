//! **Ids once published stay.** `ids.yaml` of each authority records the ids of clauses and
//! items that have been published, so that a citation made today leads somewhere in ten
//! years. `handbook record` writes it.
//!
//! - `not-recorded` (warning): ids of a published edition are not in the ledger yet.
//! - `id-lost` (error): a recorded id stands in no edition any more but in a draft, and the
//!   ledger does not say where it went. The tail of a clause counts as an item. Put the id back, or say `moved_to` or `gone` in ids.yaml.
//! - `moved-nowhere` (error): `moved_to` leads, at once or from id to id, to one that stands in no
//!   text and is not recorded either, or in a circle.
//! - `gone-but-there` (warning): an id is said to have gone or moved and stands in the text of
//!   the current edition.

use std::collections::{BTreeMap, BTreeSet};

use super::Date;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, ClauseId, Edition, Handbook, ItemId, Status};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    if !handbook.has_words(authority.folder()) {
        return;
    }
    let file = format!("{}/ids.yaml", authority.folder());
    not_recorded(authority, &file, report);
    lost(authority, &file, report);
}

/// The editions whose ids are published.
fn published(authority: &Authority) -> impl Iterator<Item = &Edition> {
    authority.editions.values().filter(|it| it.status != Status::Draft)
}

fn not_recorded(authority: &Authority, file: &str, report: &mut Report) {
    let mut missing: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for edition in published(authority) {
        for clause in edition.clauses().filter(|it| seen.insert(&it.id)) {
            match authority.ledger.get(&clause.id) {
                None => missing.push(clause.id.to_string()),
                Some(recorded) => {
                    let items = clause.item_ids();
                    let new = items.iter().filter(|it| !recorded.items.contains(it));
                    missing.extend(new.map(|it| format!("{}/{it}", clause.id)));
                }
            }
        }
    }
    let message = match (authority.ledger.is_empty(), missing.as_slice()) {
        (_, []) => return,
        (true, _) => "no id of the authority has been recorded".to_owned(),
        (false, [one]) => format!("the id `{one}` has not been recorded"),
        (false, [one, ..]) => format!("{} ids have not been recorded, `{one}` the first", missing.len()),
    };
    let place = if authority.ledger.is_empty() { Place::file(&authority.file) } else { Place::file(file) };
    report.add(Diagnostic::warning(place, "not-recorded", message).hint("run `handbook record`"));
}

fn lost(authority: &Authority, file: &str, report: &mut Report) {
    // Where ids are published from: no id stands because a draft or a report has one like it.
    let mut standing: BTreeMap<&ClauseId, BTreeSet<ItemId>> = BTreeMap::new();
    for clause in published(authority).flat_map(Edition::clauses) {
        standing.entry(&clause.id).or_default().extend(clause.item_ids());
    }
    for (id, recorded) in &authority.ledger {
        // As the ledger writes its keys: in quotes where they could be taken for figures.
        let quote = if id.as_str().starts_with(|it: char| it.is_ascii_digit()) { "\"" } else { "" };
        let place = Place::words(file, format!("{quote}{id}{quote}:"));
        let settled = recorded.moved_to.is_some() || recorded.gone.is_some();
        match standing.get(id) {
            None if !settled => report.add(
                Diagnostic::error(
                    place,
                    "id-lost",
                    format!("the id `{id}` was published and stands in no text"),
                )
                .hint("put it back, or say `moved_to: …` or `gone: {on: …, reason: …}` here"),
            ),
            None => {}
            Some(items) => {
                for item in recorded.items.iter().filter(|it| !settled && !items.contains(*it)) {
                    report.add(
                        Diagnostic::error(
                            place.clone(),
                            "id-lost",
                            format!("the item `{id}/{item}` was published and stands in no text"),
                        )
                        .hint(match item.as_str() {
                            "tail" => "put the words after the last list back",
                            _ => "put it back, or name the item that took its place with `item_ids` in the clause",
                        }),
                    );
                }
                let current = authority.current_edition().is_some_and(|it| it.clause(id).is_some());
                if settled && current {
                    report.add(
                        Diagnostic::warning(
                            place.clone(),
                            "gone-but-there",
                            format!("the id `{id}` is said to have gone and stands in the current edition"),
                        )
                        .hint("take `moved_to` or `gone` out"),
                    );
                }
            }
        }
        if let Some(target) = recorded.moved_to.as_ref()
            && let Some(last) = nowhere(authority, id, |it| standing.contains_key(it))
        {
            let why = if last == id { "which leads back to itself" } else { "which stands in no text" };
            let way = if last == target { String::new() } else { format!(" and so to `{last}`") };
            report.add(
                Diagnostic::error(
                    Place::words(file, format!("moved_to: {target}")),
                    "moved-nowhere",
                    format!("`{id}` moved to `{target}`{way}, {why}"),
                )
                .hint("name the clause in which its words stand, or say `gone: {on: …, reason: …}`"),
            );
        }
    }
}

/// Where the way of an id that has moved ends without a text that has it, and without a word on
/// why it went: at an id that is not recorded, or where the way comes round. `None` if it ends well,
/// or at an id of which [`lost`] speaks.
fn nowhere<'h>(
    authority: &'h Authority,
    id: &'h ClauseId,
    stands: impl Fn(&ClauseId) -> bool,
) -> Option<&'h ClauseId> {
    let mut seen = BTreeSet::from([id]);
    let mut at = authority.ledger.get(id)?.moved_to.as_ref()?;
    while !stands(at) {
        let Some(recorded) = authority.ledger.get(at) else { return Some(at) };
        let next = recorded.moved_to.as_ref()?;
        if !seen.insert(at) {
            return Some(at);
        }
        at = next;
    }
    None
}
