//! What stood in the texts that the current one follows and stands in it no more: sections, clauses
//! and items, which were cited at the address of the current text.

use std::collections::BTreeSet;

use super::descent::succession;
use super::history::{Place, places};
use crate::handbook::{Authority, ClauseId, Edition, ItemId, Section};

/// Something that a text had and the current one has not.
pub struct Left<'h> {
    /// The newest text that has it.
    pub edition: &'h Edition,
    pub what: What<'h>,
}

/// What it is.
pub enum What<'h> {
    Section(&'h Section),
    /// With all of its items.
    Clause(Place<'h>),
    /// An item of a clause that the current text has, as it stood in the earlier text.
    Item(Place<'h>, ItemId),
}

/// All that was left, text by text, the newest first, in reading order; of each what no newer text
/// has. Empty where there is no current text.
pub fn left(authority: &Authority) -> Vec<Left<'_>> {
    let mut texts = succession(authority);
    let Some(current) = texts.next() else { return Vec::new() };
    let mut sections: BTreeSet<_> = current.sections.iter().map(|it| &it.slug).collect();
    let mut clauses: BTreeSet<&ClauseId> = current.clauses().map(|it| &it.id).collect();
    let stands = |id: &ClauseId| current.clause(id).is_some();
    let mut items: BTreeSet<(&ClauseId, ItemId)> = (current.clauses())
        .flat_map(|clause| clause.item_ids().into_iter().map(|it| (&clause.id, it)))
        .collect();
    let mut left = Vec::new();
    for edition in texts {
        let mut add = |what| left.push(Left { edition, what });
        for section in edition.sections.iter().filter(|it| sections.insert(&it.slug)) {
            add(What::Section(section));
        }
        for place in places(&edition.sections) {
            let id = &place.clause.id;
            if clauses.insert(id) {
                add(What::Clause(place));
            } else if stands(id) {
                let new = place.clause.item_ids().into_iter().filter(|it| items.insert((id, it.clone())));
                new.for_each(|it| add(What::Item(place, it)));
            }
        }
    }
    left
}

/// The clauses that have been published at an address of their own and are in no text that readers
/// see, in the order of their ids: of them nothing but the ledger tells.
pub fn in_no_text(authority: &Authority, drafts: bool) -> impl Iterator<Item = &ClauseId> {
    let texts = super::history::texts(authority, drafts);
    let mut held: Vec<&ClauseId> = texts.iter().flat_map(|it| it.clauses()).map(|it| &it.id).collect();
    held.sort_unstable();
    authority.ledger.keys().filter(move |it| held.binary_search(it).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::handbook;

    #[test]
    fn what_the_current_text_lacks_is_found_once_in_the_newest_text_that_has_it() {
        let edition = |status: &str, follows: &str| {
            format!(
                "title: P\nstatus: {status}\nlanguage: en-GB\nsource: {{title: P}}\nprovenance: drafted-here\n{follows}\n"
            )
        };
        let section = |ids: &str| format!("---\nheading: S\nclauses: [{ids}]\n---\n");
        let clause = |id: &str, words: &str| format!("---\nid: \"{id}\"\ntopics: []\n---\n{words}\n");
        let path = |it: &str| format!("authorities/alpha/protocol/{it}");
        let files = [
            (
                "authorities/alpha/authority.yaml".to_owned(),
                "name: Alpha Council\nshort_name: Alpha\nkind: council\njurisdiction: England\ncurrent: c\n"
                    .to_owned(),
            ),
            (path("c/edition.yaml"), edition("adopted", "follows: b")),
            (path("c/01-rules/_section.md"), section("\"1\"")),
            (path("c/01-rules/1.md"), clause("1", "It has:\n\n(a) one")),
            (path("b/edition.yaml"), edition("superseded", "follows: a")),
            (path("b/01-rules/_section.md"), section("\"1\", \"2\"")),
            (path("b/01-rules/1.md"), clause("1", "It has:\n\n(a) one\n\n(b) two")),
            (path("b/01-rules/2.md"), clause("2", "Gone.")),
            (path("a/edition.yaml"), edition("superseded", "")),
            (path("a/01-old/_section.md"), section("\"2\", \"3\"")),
            (path("a/01-old/2.md"), clause("2", "It had:\n\n(a) one")),
            (path("a/01-old/3.md"), clause("3", "Gone too.")),
            (path("r/edition.yaml"), edition("rejected", "follows: c")),
            (path("r/01-rules/_section.md"), section("\"9\"")),
            (path("r/01-rules/9.md"), clause("9", "Never.")),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let book = handbook(&files);
        let found: Vec<String> = left(&book.authorities["alpha"])
            .into_iter()
            .map(|it| match it.what {
                What::Section(section) => format!("{} section {}", it.edition.slug, section.slug),
                What::Clause(place) => format!("{} {}", it.edition.slug, place.clause.id),
                What::Item(place, item) => format!("{} {} ({item})", it.edition.slug, place.clause.id),
            })
            .collect();
        assert_eq!(found, ["b 1 (b)", "b 2", "a section old", "a 3"]);
    }
}
