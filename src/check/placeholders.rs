//! **Words that are still to be written.**
//!
//! - `words-to-come`: a paragraph of a text without a source of its own is nothing but "(words to
//!   come)", "[to be confirmed]", "TBC" or the like. A warning while the text is put forward, an error
//!   once it is adopted or published: readers would be told that Council decided on it. Drafts may
//!   have them, and annexes: a form holds places for what is filled in.

use super::Date;

use crate::diagnostic::{Diagnostic, Place, Report, Severity};
use crate::handbook::{Authority, Block, Handbook, Inline, Section, SectionKind, Status};

/// Adds what the guidance above names to the report.
pub fn check(_handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    for edition in authority.editions.values().filter(|it| it.source.text.is_none()) {
        let severity = match edition.status {
            Status::Proposed => Severity::Warning,
            Status::Adopted | Status::Published => Severity::Error,
            Status::Draft | Status::Superseded | Status::Rejected | Status::Withdrawn => continue,
        };
        let sections = edition.sections.iter().filter(|it| it.kind != SectionKind::Annex);
        for clause in sections.flat_map(Section::clauses) {
            let paragraphs = Block::paragraphs(&clause.blocks).into_iter().map(Inline::plain);
            for words in paragraphs.filter(|it| is_placeholder(it)) {
                let message = format!("`{words}` stands where the text is still to be written");
                let place = Place::text(&clause.file, words.as_str());
                report.add(
                    Diagnostic { severity, ..Diagnostic::error(place, "words-to-come", message) }
                        .hint("write the words that were put to the body"),
                );
            }
        }
    }
}

/// Whether a paragraph only holds a place for another.
fn is_placeholder(paragraph: &str) -> bool {
    let words = paragraph.trim().trim_matches(['(', ')', '[', ']', '.', '…', '*']).trim().to_lowercase();
    let bracketed = paragraph.trim().starts_with(['(', '[']) && paragraph.trim().ends_with([')', ']']);
    let promised =
        ["to come", "to follow", "to be added", "to be confirmed", "to be inserted", "to be written"];
    ["tbc", "tba", "todo", "xxx"].contains(&words.as_str())
        || bracketed && promised.iter().any(|it| words.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_held_for_words_is_told_from_words() {
        for words in ["(words to come)", "[to be confirmed]", "TBC", "(text to follow.)"] {
            assert!(is_placeholder(words), "{words}");
        }
        for words in [
            "The date is to be confirmed",
            "Members are expected to come",
            "(subject to what follows)",
            "[Insert name of councillor]",
            "(a guide to conduct)",
            "",
        ] {
            assert!(!is_placeholder(words), "{words}");
        }
    }
}
