//! All the words of an authority's texts, and looking for words among them.

use super::documents::{Document, of};
use crate::handbook::{Authority, Part};

/// The words of all texts of an authority, headings included, one piece a line.
pub fn text_of(authority: &Authority) -> String {
    of(authority).map(|it| text(&it)).collect()
}

/// The words of the current edition; of the reports where no text is held.
pub fn current_text_of(authority: &Authority) -> String {
    let counts = |it: &Document| match authority.current {
        Some(_) => it.is_current(),
        None => it.edition.is_none(),
    };
    of(authority).filter(counts).map(|it| text(&it)).collect()
}

fn text(document: &Document) -> String {
    let mut lines = format!("{}\n", document.title);
    for section in document.sections {
        if let Some(heading) = &section.heading {
            lines.push_str(heading);
            lines.push('\n');
        }
        for part in &section.parts {
            match part {
                Part::SubHeading(heading) => lines.push_str(heading),
                Part::Clause(clause) => lines.push_str(&clause.plain()),
            }
            lines.push('\n');
        }
    }
    lines
}

/// Whether `text` holds `words` with no letter or digit touching them; both in lower case.
pub fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(start, _)| {
        !text[..start].ends_with(char::is_alphanumeric)
            && !text[start + words.len()..].starts_with(char::is_alphanumeric)
    })
}
