//! **What readers ask** is listed once: the search gains nothing by the same words again.
//!
//! - `asked-twice` (warning): a clause with its items, or a question of a topic, lists the same under
//!   `asked` twice, capitals aside.

use std::collections::BTreeSet;

use super::Date;
use super::documents::of;
use super::holding::Holdings;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Handbook};

/// Adds what the guidance above names to the report.
pub fn check(_handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    for clause in of(authority).flat_map(|it| it.sections).flat_map(|it| it.clauses()) {
        let of_items = clause.items.values().flat_map(|it| &it.asked);
        look(&clause.file, clause.asked.iter().chain(of_items), report);
    }
}

/// The same of the register of topics.
pub fn register(handbook: &Handbook, _holdings: &Holdings, _today: Date, report: &mut Report) {
    for aspect in handbook.topics.topics.iter().flat_map(|it| &it.aspects) {
        look("topics.yaml", aspect.asked.iter(), report);
    }
}

fn look<'h>(file: &str, asked: impl Iterator<Item = &'h String>, report: &mut Report) {
    let mut listed = BTreeSet::new();
    for words in asked {
        if !listed.insert(words.trim().to_lowercase()) {
            report.add(
                Diagnostic::warning(
                    Place::words(file, words.as_str()),
                    "asked-twice",
                    format!("`{words}` is listed twice under `asked`"),
                )
                .hint("take one of them out"),
            );
        }
    }
}
