//! **Sections without a name or without clauses.**
//!
//! - `section-without-heading` (warning): a section of the text has neither number nor
//!   heading, so the list of contents has nothing to call it by.
//! - `empty-section` (warning): no clause stands in it.
//! - `front-missing` (warning): the title lines of a document stand in a section of
//!   `kind: front` before the others.

use super::Date;
use super::documents::of;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Handbook, SectionKind};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    for document in of(authority) {
        for section in document.sections {
            if section.kind == SectionKind::Section && section.number.is_none() && section.heading.is_none() {
                report.add(
                    Diagnostic::warning(
                        Place::file(&section.file),
                        "section-without-heading",
                        "the section has neither number nor heading",
                    )
                    .hint("is it `kind: front`, `annex` or `back`?"),
                );
            }
            if section.clauses().next().is_none() && handbook.has_words(section.folder()) {
                report.add(
                    Diagnostic::warning(
                        Place::file(&section.file),
                        "empty-section",
                        "no clause stands in the section",
                    )
                    .hint("name its clauses under `clauses`, or remove the file"),
                );
            }
        }
        if !document.sections.is_empty()
            && handbook.has_words(document.folder())
            && !document.sections.iter().any(|it| it.kind == SectionKind::Front)
        {
            report.add(
                Diagnostic::warning(
                    Place::file(document.file),
                    "front-missing",
                    "the document has no section with its title lines",
                )
                .hint("make a section `00-front` of `kind: front` with the title as the source prints it"),
            );
        }
    }
}
