//! **A key without words** (`empty-value`, error). `title:` with nothing after it is an empty
//! title, and `title: null` is the word "null". Write the words, or take the key out where it
//! may be left out.

use std::collections::BTreeSet;

use super::Date;
use super::holding::Holdings;
use super::strings::{self, Words};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Handbook};

/// Adds what the guidance above names to the report.
pub fn check(_handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    look(&strings::of_authority(authority), report);
}

/// The same of the registers, the editors' pages and the source texts.
pub fn registers(handbook: &Handbook, _holdings: &Holdings, _today: Date, report: &mut Report) {
    look(&strings::of_registers(handbook), report);
}

fn look(words: &[Words], report: &mut Report) {
    let mut told = BTreeSet::new();
    for words in words {
        // The title of a source and the words of a clause have rules of their own.
        if words.key == "source title" || words.key == "text" && words.file.starts_with("authorities/") {
            continue;
        }
        let text = words.text.trim();
        if ["", "null", "~"].contains(&text) && told.insert((words.file, words.key)) {
            // `key: ` and `key: ""` both begin so; a key of several entries is found at the
            // first that is empty only where it is written the same way.
            let text = if text.is_empty() { "\"\"" } else { text };
            let place = match words.after {
                Some(after) => Place::words(words.file, format!("{after}{text}")),
                None => Place::words(words.file, format!("{}: {text}", words.key)),
            };
            report.add(
                Diagnostic::error(place, "empty-value", format!("`{}` has no words", words.key))
                    .hint("write the words, or take the key out if it may be left out"),
            );
        }
    }
}
