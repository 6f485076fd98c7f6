//! **Footnotes and their marks.**
//!
//! - `footnote-without-mark` (warning): no clause holds its mark `[^8]`, so nobody gets there
//!   from the text. If the source prints no mark, accept the warning.
//! - `footnote-without-number` (error): a mark can name it only by its number.
//! - `mark-elsewhere` (error): `mark_in` names a clause that does not hold the mark.
//! - `footnote-repeated` (error): two footnotes of a document have the same number.
//! - `footnote-order` (warning): a footnote stands after one with a higher number.

use std::collections::{BTreeMap, BTreeSet};

use super::Date;
use super::documents::{Document, of};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Block, Clause, ClauseId, ClauseKind, Handbook, Inline};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    for document in of(authority).filter(|it| handbook.has_words(it.folder())) {
        let mut marks: BTreeMap<&str, BTreeSet<&ClauseId>> = BTreeMap::new();
        for clause in document.clauses() {
            for words in Block::paragraphs(&clause.blocks) {
                gather(clause, words, &mut marks);
            }
        }
        footnotes(&document, &marks, report);
    }
}

/// Adds the marks in `words` with the clause that holds them.
fn gather<'h>(
    clause: &'h Clause,
    words: &'h [Inline],
    marks: &mut BTreeMap<&'h str, BTreeSet<&'h ClauseId>>,
) {
    for inline in words {
        match inline {
            Inline::Footnote { number, .. } => {
                marks.entry(number).or_default().insert(&clause.id);
            }
            Inline::Strong(words) | Inline::Emphasis(words) | Inline::Link { words, .. } => {
                gather(clause, words, marks);
            }
            Inline::Text(_) | Inline::Reference { .. } => {}
        }
    }
}

fn footnotes(document: &Document, marks: &BTreeMap<&str, BTreeSet<&ClauseId>>, report: &mut Report) {
    let mut seen = BTreeSet::new();
    let mut highest = 0;
    for clause in document.clauses() {
        let ClauseKind::Footnote { mark_in, .. } = &clause.kind else { continue };
        let place = |words: &str| Place::words(&clause.file, words);
        let Some(number) = clause.number.as_deref() else {
            report.add(
                Diagnostic::error(
                    place("id:"),
                    "footnote-without-number",
                    format!("the footnote `{}` has no number", clause.id),
                )
                .hint("add the printed number: `number: \"8\"`"),
            );
            continue;
        };
        if !seen.insert(number) {
            report.add(Diagnostic::error(
                place("number:"),
                "footnote-repeated",
                format!("two footnotes of the document have the number `{number}`"),
            ));
        }
        let bearers = marks.get(number).cloned().unwrap_or_default();
        match mark_in {
            Some(named) if !bearers.contains(named) => {
                let hint = match bearers.first() {
                    Some(bearer) => format!("the mark stands in `{bearer}`"),
                    None => format!("no clause holds the mark `[^{number}]`"),
                };
                report.add(
                    Diagnostic::error(
                        place("mark_in:"),
                        "mark-elsewhere",
                        format!("the clause `{named}` does not hold the mark of footnote {number}"),
                    )
                    .hint(hint),
                );
            }
            None if bearers.is_empty() => report.add(
                Diagnostic::warning(
                    place("number:"),
                    "footnote-without-mark",
                    format!("no clause holds the mark of footnote {number}"),
                )
                .hint(format!("write `[^{number}]` where the source prints the mark")),
            ),
            _ => {}
        }
        if let Ok(value) = number.parse::<u32>() {
            if value < highest {
                report.add(Diagnostic::warning(
                    place("number:"),
                    "footnote-order",
                    format!("footnote {number} stands after footnote {highest}"),
                ));
            }
            highest = highest.max(value);
        }
    }
}
