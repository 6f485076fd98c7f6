//! **The id of an item stays with its words.** Items take their ids from their labels or their order.
//! Where one is taken out, put in or moved, the next ones would answer to the citations of others:
//! `item_ids` in the clause says which is which. What has been published already stays as it is; the
//! page of the clause says then where the words are.
//!
//! - `item-shifted` (error in what is drafted or put forward, else a warning): an item of a text that
//!   is not recorded as published yet has the id of another one, whose words are elsewhere now, or
//!   the words of another one. Where a source prints two lists that have little in common, accept it.

use super::Date;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Handbook, Status};
use crate::view::items::{self, Spot};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    if !handbook.has_words(authority.folder()) {
        return;
    }
    let open = authority.editions.values().filter(|it| !authority.frozen.contains_key(&it.slug));
    for edition in open {
        for clause in edition.clauses() {
            let Some(before) = items::before(authority, edition, &clause.id) else { continue };
            // What follows the last list is called `tail` whatever it is.
            let mut shifted = items::shifted(edition, clause, before).into_iter();
            let Some((item, now)) = shifted.find(|(it, _)| it.as_str() != "tail") else { continue };
            let now = now.map_or_else(String::new, |Spot { place, item }| {
                let of = place.clause;
                let id = if of.id == clause.id { item.to_string() } else { format!("{}/{item}", of.id) };
                format!(": those it had are `{id}` now")
            });
            let ids: Vec<String> = items::kept(clause, before).iter().map(ToString::to_string).collect();
            let found = match edition.status {
                Status::Draft | Status::Proposed => Diagnostic::error,
                _ => Diagnostic::warning,
            };
            report.add(
                found(
                    Place::words(&clause.file, "id:"),
                    "item-shifted",
                    format!("citations of item `{item}` would lead to other words{now}"),
                )
                .hint(format!("keep the ids with the words: `item_ids: [{}]`", ids.join(", "))),
            );
        }
    }
}
