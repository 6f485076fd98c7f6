//! One YAML file, or one front matter, into the struct that says what it may hold.
//!
//! The YAML library is named here alone. What it would pass in silence is looked for in the
//! text before, by [`traps`].

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::DeserializeOwned;

use super::{suggest, traps, unseen};
use crate::diagnostic::{At, Diagnostic, Place, Report};

/// Reads `text`, which begins on line `first_line` of `file`. What is wrong goes into the
/// report; `None` if nothing could be read.
pub fn parse<T: DeserializeOwned>(
    file: &str,
    text: &str,
    first_line: usize,
    report: &mut Report,
) -> Option<T> {
    if text.lines().all(|it| it.trim_start().is_empty() || it.trim_start().starts_with('#')) {
        report.add(
            Diagnostic::error(Place::line(file, first_line), "empty-yaml", "no keys stand here")
                .hint("the README lists the keys of each file"),
        );
        return None;
    }
    if let Err(diagnostic) = traps::look(file, text, first_line, report) {
        report.add(diagnostic);
        return None;
    }
    let told = unseen::in_yaml(file, text, first_line, report);
    match serde_yaml::from_str(text) {
        Ok(value) => {
            if !told
                && unseen::may_be_escaped(text)
                && let Ok(all) = serde_yaml::from_str(text)
            {
                values(file, "", &all, report);
            }
            Some(value)
        }
        Err(error) => {
            for Fault { line, column, code, message, hint, .. } in faults::<T>(text, &error) {
                let place = Place { file: file.to_owned(), at: At::Line(first_line + line - 1, column) };
                let diagnostic = Diagnostic::error(place, code, message);
                report.add(match hint {
                    Some(hint) => diagnostic.hint(hint),
                    None => diagnostic,
                });
            }
            None
        }
    }
}

/// More slips than these are told when the first are mended.
const MOST_SLIPS: usize = 20;

/// The fault that `error` tells of and, where it is a slip of a key or a value, the others that can be
/// seen. The library stops at the first, so the text is read again with what was meant, or
/// without it. What else would be found then may follow from that, and waits.
fn faults<T: DeserializeOwned>(text: &str, error: &serde_yaml::Error) -> Vec<Fault> {
    let mut faults = vec![fault(text, error)];
    let mut text = text.to_owned();
    // By how much a line has become longer than the editor sees it.
    let mut longer: BTreeMap<usize, isize> = BTreeMap::new();
    let next_in = |mended: String| {
        let next = fault(&mended, &serde_yaml::from_str::<T>(&mended).err()?);
        next.slip.is_some().then_some((mended, next))
    };
    while let Some(slip) = faults.last_mut().and_then(|it| it.slip.take())
        && faults.len() < MOST_SLIPS
    {
        let (line, _) = line_and_column(&text, slip.words.start);
        let by_name = slip.mend(&text).and_then(next_in);
        if by_name.is_some() {
            let meant = slip.meant.as_ref().map_or(0, String::len);
            *longer.entry(line).or_default() += meant as isize - slip.words.len() as isize;
        }
        // The key that was meant may be there already.
        let next = by_name.or_else(|| without_entry(&text, line).and_then(next_in));
        let Some((mended, mut next)) = next else { break };
        next.column = next.column.saturating_add_signed(-longer.get(&next.line).unwrap_or(&0));
        faults.push(next);
        text = mended;
    }
    faults
}

/// A key or a value that is not known, or a value of the wrong kind.
struct Slip {
    /// Where it stands in the text; empty where it only begins there.
    words: Range<usize>,
    /// The known one that is nearest.
    meant: Option<String>,
}

impl Slip {
    /// The text with what was meant; `None` if nothing is near.
    fn mend(&self, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        text.replace_range(self.words.clone(), self.meant.as_ref()?);
        Some(text)
    }
}

/// The text with empty lines in place of the entry that begins on line `line`, from 1; `None` if
/// the line does not begin with a key, as in a list.
fn without_entry(text: &str, line: usize) -> Option<String> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut lines: Vec<&str> = text.split('\n').collect();
    let first = *lines.get(line - 1)?;
    if !first.trim_start().starts_with(|it: char| it.is_alphanumeric() || it == '"' || it == '\'') {
        return None;
    }
    let goes_on = |it: &&&str| {
        let dash = indent(it) == indent(first) && it.trim_start().starts_with("- ");
        it.trim().is_empty() || indent(it) > indent(first) || dash
    };
    let count = 1 + lines[line..].iter().take_while(goes_on).count();
    lines[line - 1..line - 1 + count].fill("");
    Some(lines.join("\n"))
}

/// Looks through the words of a value, which stands under `key`, for characters that cannot be
/// seen.
fn values(file: &str, key: &str, value: &serde_yaml::Value, report: &mut Report) {
    use serde_yaml::Value;
    match value {
        Value::String(words) => unseen::in_value(file, key, words, report),
        Value::Sequence(all) => all.iter().for_each(|it| values(file, key, it, report)),
        Value::Mapping(all) => {
            for (inner, value) in all {
                values(file, key, inner, report);
                values(file, inner.as_str().unwrap_or(key), value, report);
            }
        }
        Value::Tagged(it) => values(file, key, &it.value, report),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// An error of the library in an editor's terms, with the line and the column in the text where
/// an editor would look for it, both from 1.
struct Fault {
    line: usize,
    column: usize,
    code: &'static str,
    message: String,
    hint: Option<String>,
    /// What is to be mended so that others can be seen.
    slip: Option<Slip>,
}

fn fault(text: &str, error: &serde_yaml::Error) -> Fault {
    let told = error.to_string();
    let message = one_line(&told);
    let noticed = error.location().map_or((1, 1), |it| (it.line().max(1), it.column().max(1)));
    // What is not closed is noticed at the end, and mended where it was opened.
    let unclosed =
        ["while scanning a quoted scalar", "while parsing a flow sequence", "while parsing a flow mapping"];
    let opened = unclosed.iter().any(|it| told.contains(it)).then(|| last_place(&told)).flatten();
    let (line, column) = opened.unwrap_or(noticed);
    let at = offset(text, line, column);
    // A key is told between backticks; the names that would be known follow it.
    let mut names = message.split('`').skip(1).step_by(2);
    let key = names.next().unwrap_or_default();
    let known: Vec<&str> = names.collect();
    let nearest = suggest::nearest(key, known.iter().copied());
    let meant = || match nearest {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known here: {}", known.join(", ")),
    };
    let says = |words: &str| message.contains(words);
    let (code, at, hint) = if says("unknown field") {
        ("unknown-key", nth_key(text, at, key, 0).unwrap_or(at), Some(meant()))
    } else if says("missing field") {
        ("missing-key", at, Some(format!("add a line `{key}: …`")))
    } else if says("duplicate field") {
        ("duplicate-key", nth_key(text, at, key, 1).unwrap_or(at), Some("keep one of the two".to_owned()))
    } else if says("unknown variant") {
        ("unknown-value", at, Some(meant()))
    } else if let Some((_, position)) = message.split_once(" at position ") {
        let at = position.parse().unwrap_or(0).min(text.len());
        ("yaml", at, Some("take the character out; it cannot be seen in most editors".to_owned()))
    } else {
        let next = text.get(at..).and_then(|it| it.chars().next());
        ("yaml", at, cure(&message, next).map(str::to_owned))
    };
    let slip = match code {
        "unknown-key" | "unknown-value" if text[at..].starts_with(key) => {
            Some(Slip { words: at..at + key.len(), meant: nearest.map(str::to_owned) })
        }
        _ => says("invalid type").then_some(Slip { words: at..at, meant: None }),
    };
    // What would be known is in the hint.
    let end = if code.starts_with("unknown") { ", expected " } else { " at position " };
    let message = in_words(message.split(end).next().unwrap_or_default());
    let (line, column) = line_and_column(text, at);
    Fault { line, column, code, message, hint, slip }
}

/// What most often mends an error of syntax; `next` is the character at which it was noticed.
fn cure(message: &str, next: Option<char>) -> Option<&'static str> {
    let cures = [
        (
            "mapping values are not allowed",
            "a value that holds a colon goes in double quotes; a key stands under its neighbours",
        ),
        ("while scanning an alias", "a value that begins with `*` is to be put in double quotes"),
        ("while scanning a quoted scalar", "a quotation mark is not closed"),
        ("while parsing a flow", "a bracket is not closed, or a comma is missing"),
        ("did not find expected node content", "a bracket is not closed, or a value is missing"),
        (
            "did not find expected key",
            "is a line indented otherwise than its neighbours, or a value to be quoted?",
        ),
        ("unknown anchor", "a value that begins with `*` is to be put in double quotes"),
        ("expected a boolean", "write true or false"),
        ("expected usize", "write a whole number without quotes"),
        ("more than one document", "a line `---` stands inside; take it out"),
    ];
    match next {
        Some('\t') => Some("indent with spaces"),
        Some('{' | '[') if message.ends_with("expected a string") => {
            Some("words that begin with a bracket go in double quotes")
        }
        _ if message.contains("invalid type: string") && message.contains("expected a sequence") => {
            Some("write a list, its entries in brackets: `[…]`")
        }
        _ if message.contains("cannot start any token") => Some("put the value in double quotes"),
        _ => cures.iter().find(|(words, _)| message.contains(words)).map(|(_, cure)| *cure),
    }
}

/// The library speaks of a program's types; an editor has keys, lists and numbers.
fn in_words(message: &str) -> String {
    let words = [
        (" field ", " key "),
        ("unknown variant", "unknown value"),
        ("invalid type: sequence", "a list stands here"),
        ("invalid type: map", "keys stand here"),
        ("invalid type", "the wrong kind of value"),
        ("expected a sequence", "expected a list"),
        ("expected usize", "expected a whole number"),
        ("expected a boolean", "expected true or false"),
        ("expected a string", "expected words"),
    ];
    let message =
        words.iter().fold(message.to_owned(), |message, (said, meant)| message.replace(said, meant));
    match message.split_once("expected struct ") {
        Some((before, _)) => format!("{before}expected keys with their values"),
        None => message,
    }
}

/// The library's message on one line, without the places that it tells in words, and not
/// longer than can be read.
fn one_line(message: &str) -> String {
    let mut parts = message.split(" at line ");
    let mut line = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // `3 column 1, while parsing …`
        let place = |it: char| it.is_ascii_digit() || it == ' ';
        let rest = part.trim_start_matches(place);
        match rest.strip_prefix("column") {
            Some(rest) => line.push_str(rest.trim_start_matches(place)),
            None => line.extend([" at line ", part]),
        }
    }
    let mut short: String = line.chars().take(300).map(|it| if it.is_control() { ' ' } else { it }).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

/// The last place that a message tells in words: `… at line 3 column 1`.
fn last_place(message: &str) -> Option<(usize, usize)> {
    let (_, place) = message.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    Some((line.parse().ok().filter(|it| *it > 0)?, column.parse().ok().filter(|it| *it > 0)?))
}

/// The place of the `nth` time, from 0, that `key` stands as a key in the mapping which begins
/// at `from` or holds what stands there. `None` if it does not.
fn nth_key(text: &str, from: usize, key: &str, nth: usize) -> Option<usize> {
    if key.is_empty() {
        return None;
    }
    let column = |at: usize| at - text[..at].rfind('\n').map_or(0, |it| it + 1);
    let in_brackets = text[from..].starts_with('{');
    let found = text[from..].match_indices(key).map(|(at, _)| from + at).filter(|at| {
        let mut before = text[..*at].chars().rev();
        let mut after = text[at + key.len()..].chars();
        let quote = before.clone().next().filter(|it| matches!(it, '"' | '\''));
        let start = if quote.is_some() { at - 1 } else { *at };
        if quote.is_some() {
            before.next();
            after.next();
        }
        after.next() == Some(':')
            && before.next().is_none_or(|it| it.is_whitespace() || matches!(it, '{' | ','))
            && (in_brackets || column(start) == column(from))
    });
    found.take(nth + 1).last()
}

/// Line and column, both from 1, as an offset in bytes; the end of the text where there is no
/// such place.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = &text[start..];
    start + rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at)
}

/// The line and the column of an offset, both from 1, the column in characters.
fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
