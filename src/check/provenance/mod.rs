//! Provenance is checked, not claimed: every word of a document is a word of its source.
//!
//! An edition or a report says in `source.text` which source text it was taken from. The
//! source's map, `sources/<name>.yaml`, says which lines are that document and how they are
//! read. This rule applies the map and lays the words of the source beside those of the
//! document. They must be the same in the same order: a difference is an error that shows
//! both sides, and is mended by putting back the word of the source or by declaring, with
//! the reason, why it is read otherwise.
//!
//! What a map may declare:
//!
//! - **parts**: which lines are which document, and whether marks of change are read as the
//!   text before them or after them; a document in several parts has the words of all of
//!   them in the order of the map. Each line with words belongs to a part or is furniture.
//! - **furniture**: a line left out, such as a running header; given exactly as it stands.
//! - **moves**: lines read at another place, such as a footnote printed where its page ended.
//! - **readings**: words read otherwise than they stand in the line; of one line left to
//!   right, each met once. One that changes nothing is allowed: it records a judgement.
//! - **redactions**: lines in which contact details were replaced by the marker.
//! - **joins**: blocks of the source, after a blank line or with a list dash, that go on a
//!   paragraph, such as a sentence cut by a page break.
//!
//! An entry that meets nothing is an error as well, so that a map does not outlive its text.
//!
//! **How words are cut.** Words stand between white space, punctuation stays with them. In
//! the source, marks of emphasis, a list dash at the beginning of a line and the brackets
//! around an address go first; a link counts as its words. In the document come the number
//! and heading of each section, its sub-headings, the number of each clause, the printed
//! labels of its items and its text; the mark of a footnote is its number in raised digits at
//! the word that bears it, and a footnote begins with its own.
//!
//! **Typography.** Curly or straight quotes, kinds of dash, kinds of space between two words
//! of a paragraph, and letters without width (a soft hyphen) are a warning of their own.
//!
//! **What is not compared**: emphasis, where a link leads, how often a space is repeated,
//! line breaks and indentation, whether a list is printed with bullets, the beginning of a
//! paragraph in the document inside a block of the source, and whatever else a document says
//! of itself (title, dates, notes, tags).

mod align;
mod compare;
mod document;
mod source;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::documents::{Document, documents};
use super::holding::Holdings;
use crate::abreast;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Handbook, Provenance, SourcePart, SourceText};
use compare::{Joined, Pair};
use source::Mapped;

/// Lays every source beside the documents that were taken from it.
pub fn check(handbook: &Handbook, _holdings: &Holdings, _today: Date, report: &mut Report) {
    let documents: BTreeMap<&str, Document> = documents(handbook).map(|it| (it.path(), it)).collect();
    for document in documents.values() {
        origin(handbook, document, report);
    }
    let sources: Vec<(&String, &SourceText)> = handbook.sources.iter().collect();
    for found in abreast::map(&sources, |(name, it)| lay_beside(handbook, name, it, &documents)) {
        report.join(found);
    }
}

/// Lays one source beside the documents that were taken from it.
fn lay_beside(
    handbook: &Handbook,
    name: &String,
    source: &SourceText,
    documents: &BTreeMap<&str, Document>,
) -> Report {
    let mut report = Report::default();
    if !handbook.has_words(&source.map_file) {
        return report;
    }
    let mapped = Mapped::new(source, &mut report);
    let mut parts: BTreeMap<&str, Vec<&SourcePart>> = BTreeMap::new();
    for part in &source.parts {
        parts.entry(&part.document).or_default().push(part);
    }
    for (path, document) in documents {
        if document.source.text.as_ref() == Some(name) && !parts.contains_key(path) {
            report.add(
                Diagnostic::error(
                    Place::words(document.file, format!("text: {name}")),
                    "source-part-missing",
                    format!("no part of the source `{name}` is this document"),
                )
                .hint(format!("add a part with `document: {path}` to `{}`", source.map_file)),
            );
        }
    }
    let mut joined = Joined::default();
    let mut all_read = true;
    for (path, parts) in parts {
        // What could not be read of a document is not lost from its source.
        let authority = path.split('/').next().unwrap_or_default();
        if !handbook.has_words(&format!("authorities/{path}"))
            || !handbook.has_words(&format!("authorities/{authority}/authority.yaml"))
        {
            all_read = false;
            continue;
        }
        match documents.get(path).filter(|it| it.source.text.as_ref() == Some(name)) {
            Some(document) => {
                let source_words = mapped.words(&parts);
                let document_words = document::words(document.sections);
                Pair {
                    source,
                    source_words: &source_words,
                    file: document.file,
                    document_words: &document_words,
                }
                .compare(&mut joined, &mut report);
            }
            None => report.add(not_of_this_source(source, path, documents.get(path))),
        }
    }
    if all_read {
        stale_joins(source, &joined, &mut report);
    }
    report
}

/// That a document says where it comes from, and that this is held.
fn origin(handbook: &Handbook, document: &Document, report: &mut Report) {
    match &document.source.text {
        Some(name) if !handbook.sources.contains_key(name) => {
            // One that could not be read has been reported there.
            let read = |ending| handbook.has_words(&format!("sources/{name}.{ending}"));
            if read("txt") && read("yaml") {
                report.add(unknown_source(document, name));
            }
        }
        None if document.provenance != Provenance::DraftedHere => report.add(
            Diagnostic::error(
                Place::words(document.file, "provenance:"),
                "source-missing",
                "the text is said to come from a source, and none is named",
            )
            .hint("name it as `text` under `source`, or call the provenance `drafted-here`"),
        ),
        _ => {}
    }
}

fn unknown_source(document: &Document, name: &str) -> Diagnostic {
    Diagnostic::error(
        Place::words(document.file, name),
        "unknown-source",
        format!("no source text `{name}` could be read from `sources/`"),
    )
    .hint("a source is a text and its map: `sources/<name>.txt` and `sources/<name>.yaml`")
}

fn not_of_this_source(source: &SourceText, path: &str, document: Option<&Document>) -> Diagnostic {
    let (message, hint) = match document.map(|it| (&it.source.text, it.file)) {
        None => (
            format!("there is no document `{path}`"),
            "documents are named as `kent/protocol/2013-05-23`, `kent/reports/2013-05-23-county-council`"
                .to_owned(),
        ),
        Some((Some(other), file)) => (
            format!("`{path}` names another source, `{other}`"),
            format!("mend the one or the other: `{file}`"),
        ),
        Some((None, file)) => (
            format!("`{path}` names no source"),
            format!("name this one as `text` under `source` in `{file}`"),
        ),
    };
    Diagnostic::error(Place::words(&source.map_file, path), "source-part-unknown", message).hint(hint)
}

/// Joins that no block of the source needs, in no view.
fn stale_joins(source: &SourceText, joined: &Joined, report: &mut Report) {
    for it in &source.joins {
        if !joined.needed.contains(&it.line) && !joined.unknown.contains(&it.line) {
            report.add(
                Diagnostic::error(
                    Place::words(&source.map_file, format!("line: {},", it.line)),
                    "source-map-unused",
                    format!("no block that begins at line {} goes on a paragraph", it.line),
                )
                .hint("take the entry out of `joins`"),
            );
        }
    }
}
