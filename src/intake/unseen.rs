//! Characters that cannot be seen, or turn the words around them: none is published.
//!
//! A reader would see other words than those that are searched, copied and compared, and an
//! editor would not find out why.

use crate::diagnostic::{At, Diagnostic, Place, Report, is_unseen};

/// An error for the first such character of a text that begins on line `first_line` of `file`.
pub fn in_text(file: &str, text: &str, first_line: usize, report: &mut Report) {
    look(file, text, first_line, unfit, report);
}

/// As [`in_text`], for YAML as it is written: control characters are refused by its library,
/// with words of its own. What values hold by escapes is for [`in_value`]. `true` if there was
/// one.
pub fn in_yaml(file: &str, text: &str, first_line: usize, report: &mut Report) -> bool {
    look(file, text, first_line, |it| unfit(it) && (!it.is_control() || it == '\u{85}'), report)
}

/// Whether `text` may spell such a character by an escape: `"\u202E"`.
pub fn may_be_escaped(text: &str) -> bool {
    text.as_bytes().windows(2).any(|it| it[0] == b'\\' && b"0abvfexuUNLP".contains(&it[1]))
}

/// An error if the words that stand under `key`, or the key itself, hold such a character.
pub fn in_value(file: &str, key: &str, words: &str, report: &mut Report) {
    if let Some(letter) = words.chars().find(|it| unfit(*it)) {
        report.add(error(Place::words(file, key), letter));
    }
}

fn unfit(letter: char) -> bool {
    is_unseen(letter) && !matches!(letter, '\n' | '\r' | '\t')
}

fn look(
    file: &str,
    text: &str,
    first_line: usize,
    unfit: impl Fn(char) -> bool,
    report: &mut Report,
) -> bool {
    let lines = text.lines().enumerate();
    let found = lines.flat_map(|(index, line)| Some((index, line, line.find(&unfit)?))).next();
    let Some((index, line, at)) = found else { return false };
    let column = line[..at].chars().count() + 1;
    let letter = line[at..].chars().next().unwrap_or_default();
    let place = Place { file: file.to_owned(), at: At::Line(first_line + index, column) };
    report.add(error(place, letter));
    true
}

fn error(place: Place, letter: char) -> Diagnostic {
    let code = u32::from(letter);
    let message = match letter.is_control() {
        true => format!("the character U+{code:04X} cannot be shown"),
        false => format!("the character U+{code:04X} cannot be seen and may turn the words around it"),
    };
    Diagnostic::error(place, "control-character", message)
        .hint("take it out; it cannot be seen in most editors")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake;
    use crate::source::Sources;

    /// Where the first such character is found in a page of this front matter and this text.
    #[track_caller]
    fn check(front: &str, text: &str, expected: Option<(usize, usize)>) {
        let page = format!("---\ntitle: Page\ndescription: {front}\n---\n{text}\n");
        let files = [("pages/about.md".to_owned(), page.into_bytes().into())];
        let sources = Sources { files: files.into(), ..Sources::default() };
        let (_, mut report) = intake::read(&sources);
        report.locate(|file| sources.text(file));
        let found = report.diagnostics().iter().find(|it| it.code == "control-character");
        let place = found.map(|it| match it.place.at {
            At::Line(line, column) => (line, column),
            _ => (0, 0),
        });
        assert_eq!(place, expected, "{front:?} {text:?}");
    }

    #[test]
    fn characters_that_turn_words_are_refused_wherever_they_stand() {
        for letter in
            "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200f}".chars()
        {
            check("Words", &format!("Some\nwords{letter}."), Some((6, 6)));
            check(&format!("Words{letter}"), "Words", Some((3, 19)));
            check(&format!("Words # {letter}"), "Words", Some((3, 22)));
            let escaped = format!("\"Words\\u{:04X}\"", u32::from(letter));
            check(&escaped, "Words", Some((3, 1)));
        }
        check("Words", "a\u{7}", Some((5, 2)));
        for escaped in [r"\e[31m", r"\0", r"\x1b", r"\U0000202E", r"\N", r"\L", r"\u200B"] {
            check(&format!("\"Words{escaped}\""), "Words", Some((3, 1)));
        }
    }

    #[test]
    fn what_can_be_seen_is_let_be() {
        for front in [r#""a\n\tb""#, r#""\u00e9 \\u202E \" \x41""#, r"'\u202E'", r"\u202E", "é — “a”"]
        {
            check(front, "a\tb\r\nć e\u{301} \u{a0} \u{200d}", None);
        }
    }
}
