//! **Where a text comes from and on what terms.**
//!
//! - `licence-missing` (error): each edition and report states its licence. Council texts are
//!   not automatically under an open one; "licence not stated by the publisher" is an answer.
//! - `source-title-missing` (error): `source: {title: …}` names the source document for readers.
//! - `never-checked` (warning): `checked` is the day on which the source was last read.
//! - `language` (error): `language` is a tag by which browsers and screen readers know a language:
//!   `en-GB`, `cy`. Form: BCP 47, with a language of two or three letters.

use super::Date;
use super::documents::of;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Handbook, Provenance};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    for document in of(authority) {
        let source = document.source;
        if source.licence.trim().is_empty() {
            report.add(
                Diagnostic::error(
                    Place::file(document.file),
                    "licence-missing",
                    "the text has no licence line",
                )
                .hint("add a line `licence: …`; say so where the publisher states none"),
            );
        }
        if source.title.trim().is_empty() {
            report.add(
                Diagnostic::error(
                    Place::words(document.file, "title: \"\""),
                    "source-title-missing",
                    "the source has no title",
                )
                .hint("name the source document as a reader would look for it"),
            );
        }
        if !is_language(&source.language) {
            report.add(
                Diagnostic::error(
                    Place::words(document.file, "language:"),
                    "language",
                    format!("`{}` is no tag of a language", source.language),
                )
                .hint("write `en-GB` for English, `cy` for Welsh"),
            );
        }
        let unread = !handbook.is_whole(document.file);
        if source.checked.is_none() && !unread && document.provenance != Provenance::DraftedHere {
            report.add(
                Diagnostic::warning(
                    Place::file(document.file),
                    "never-checked",
                    "no day is recorded on which the source was read",
                )
                .hint("add a line `checked: …` with the day on which you read the source"),
            );
        }
    }
}

fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let is_part = |it: &str| (1..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric());
    (2..=3).contains(&first.len()) && first.bytes().all(|it| it.is_ascii_lowercase()) && parts.all(is_part)
}
