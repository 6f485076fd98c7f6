//! **Words that an authority is said to use.**
//!
//! - `word-not-in-text` (warning): an authority's word for a term does not stand in its
//!   current text (in its reports, where no text is held). Capitals do not matter, the rest
//!   of the word does: "Chairs" is not "Chair". The same for the words of a false friend.
//! - `term-without-words` (warning): no authority has a word for the term.

use super::Date;
use super::holding::Holdings;
use super::text_of::{current_text_of, holds};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Handbook};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    if !handbook.has_words(authority.folder()) {
        return;
    }
    let current = current_text_of(authority).to_lowercase();
    for (term, vocabulary) in &authority.vocabulary {
        let missing = |it: &&String| !holds(&current, &it.to_lowercase());
        for words in vocabulary.words.iter().filter(missing) {
            report.add(
                Diagnostic::warning(
                    Place::words(&authority.file, words.as_str()),
                    "word-not-in-text",
                    format!("`{words}`, a word for `{term}`, does not stand in the text"),
                )
                .hint("write it as printed, or take it out"),
            );
        }
    }
}

/// The same of the register of terms.
pub fn register(handbook: &Handbook, holdings: &Holdings, _today: Date, report: &mut Report) {
    for term in &handbook.terms {
        let file = "terms.yaml";
        if handbook.is_whole("authorities")
            && !handbook.authorities.values().any(|it| it.vocabulary.contains_key(&term.slug))
        {
            report.add(
                Diagnostic::warning(
                    Place::words(file, format!("slug: {}", term.slug)),
                    "term-without-words",
                    format!("no authority has a word for `{}`", term.slug),
                )
                .hint("add the words under `vocabulary` in authority.yaml, or take the term out"),
            );
        }
        for friend in &term.false_friends {
            for slug in &friend.authorities {
                // An authority of which something could not be read has no text here.
                let authority = handbook.authorities.get(slug);
                let is_read = authority.is_some_and(|it| handbook.has_words(it.folder()));
                let stands = holdings.get(slug).is_some_and(|it| it.false_friends.contains(&friend.words));
                if is_read && !stands {
                    report.add(
                        Diagnostic::warning(
                            Place::words(file, format!("words: {}", friend.words)),
                            "word-not-in-text",
                            format!(
                                "`{}`, a false friend, does not stand in a text of `{slug}`",
                                friend.words
                            ),
                        )
                        .hint("write it as printed, or take the authority out"),
                    );
                }
            }
        }
    }
}
