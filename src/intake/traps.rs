//! What YAML accepts and an editor did not mean, and what would take it minutes to refuse.
//!
//! The text is walked once, before the library reads it, with as much of YAML's grammar as it
//! takes to tell a quoted value from a plain one and a bracket from a letter. Where it is in
//! doubt it takes a sign for a bracket, so that nothing nested too deep gets through.

use crate::diagnostic::{At, Diagnostic, Place, Report};

/// The most that a register may hold, in bytes. The largest real one has a thirtieth of it.
const MOST_BYTES: usize = 1 << 20;
/// Beyond this, deep nesting takes seconds to refuse.
const MOST_DEPTH: usize = 64;

/// Looks through `text`, which begins on line `first_line` of `file`.
///
/// Reported are a value cut short by ` #` and a key without a value or with `null`. Returns `Err`
/// with the reason where the text must not be given to the library at all: it is too large or too
/// deep, or a no-break space after a colon would turn a key into words.
pub fn look(file: &str, text: &str, first_line: usize, report: &mut Report) -> Result<(), Diagnostic> {
    let too_large = |line, message: &str| {
        Diagnostic::error(Place::line(file, line), "yaml-too-large", message)
            .hint("a file of a handbook is small and flat; is this the right file?")
    };
    if text.len() > MOST_BYTES {
        return Err(too_large(first_line, "the YAML is larger than 1 MiB"));
    }
    let mut walk =
        Walk { file, report, depth: 0, open: Open::Nothing, column: -1, key: None, hopeless: None };
    for (index, line) in text.lines().enumerate() {
        walk.line(first_line + index, line);
        if let Some(reason) = walk.hopeless {
            return Err(reason);
        }
        if walk.depth > MOST_DEPTH {
            return Err(too_large(first_line + index, "brackets are nested more than 64 deep"));
        }
    }
    walk.no_value();
    Ok(())
}

/// What goes on from one line to the next.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    /// Words without quotes.
    Plain,
    /// Words in quotes of this kind.
    Quoted(u8),
    /// Lines after `|` or `>`: text, whatever they hold.
    Block,
}

/// A key whose value has not been seen yet.
struct Key<'t> {
    name: &'t str,
    /// Its line, counted from 1, and where it begins there, in bytes.
    number: usize,
    line: &'t str,
    at: usize,
}

struct Walk<'r, 't> {
    file: &'r str,
    report: &'r mut Report,
    /// How many brackets are open.
    depth: usize,
    open: Open,
    /// Column of the innermost key or dash outside brackets: what goes on stands right of it.
    column: isize,
    key: Option<Key<'t>>,
    /// What the library would read as something else altogether.
    hopeless: Option<Diagnostic>,
}

impl<'t> Walk<'_, 't> {
    fn line(&mut self, number: usize, line: &'t str) {
        let bytes = line.as_bytes();
        let indent = bytes.iter().take_while(|it| **it == b' ').count();
        let blank = line.trim().is_empty();
        let inside = indent as isize > self.column || self.depth > 0;
        // The end of a document ends whatever words were open.
        let marker = line.starts_with("---") || line.starts_with("...");
        if self.open == Open::Block {
            if !marker && (blank || inside) {
                return;
            }
            self.open = Open::Nothing;
        }
        if blank {
            return;
        }
        if marker || self.open == Open::Plain && !inside {
            self.open = Open::Nothing;
        }
        if let Some(key) = &self.key
            && self.depth == 0
            && bytes[indent] != b'#'
        {
            let nested = indent > key.at || indent == key.at && line[indent..].starts_with("- ");
            if nested {
                self.key = None;
            } else {
                self.no_value();
            }
        }
        // One of a kind on a line is enough, and a line may be very long.
        let mut empty_found = false;
        let mut at = match self.open {
            _ if marker => 3,
            Open::Plain => indent,
            _ => 0,
        };
        // Whether the words at hand stand after a key; none may then be a key itself.
        let mut after_key = false;
        let mut quoted_from = 0;
        loop {
            if let Open::Quoted(quote) = self.open {
                match end_of_quote(bytes, at, quote) {
                    None => return,
                    Some(end) => {
                        at = end;
                        self.open = Open::Nothing;
                        // `"key": value`
                        let colon = bytes.get(at) == Some(&b':');
                        if colon && (self.depth > 0 || is_blank(bytes.get(at + 1))) {
                            if self.depth == 0 {
                                self.column = quoted_from as isize;
                            }
                            let name = line[quoted_from..at].trim_matches(['"', '\'']);
                            self.key = Some(Key { name, number, line, at: quoted_from });
                            after_key = true;
                            at += 1;
                            continue;
                        }
                    }
                }
            }
            if self.open != Open::Plain {
                at += bytes[at..].iter().take_while(|it| matches!(it, b' ' | b'\t')).count();
            }
            let Some(&byte) = bytes.get(at) else { return };
            if self.open == Open::Plain && byte != b'#' {
                // Words go on from the line before.
            } else if byte == b'#' {
                self.open = Open::Nothing;
                return;
            } else if self.depth == 0 && matches!(byte, b'-' | b'?' | b':') && is_blank(bytes.get(at + 1)) {
                self.column = at as isize;
                self.key = None;
                at += 1;
                continue;
            } else if matches!(byte, b',' | b']' | b'}' | b':' | b'?') && self.depth > 0 {
                if byte != b':' && byte != b'?' && !empty_found && self.key.is_some() {
                    empty_found = true;
                    self.no_value();
                }
                self.key = None;
                if matches!(byte, b']' | b'}') {
                    self.depth -= 1;
                }
                after_key = false;
                at += 1;
                continue;
            } else if matches!(byte, b'[' | b'{') {
                self.key = None;
                after_key = false;
                self.depth += 1;
                if self.depth > MOST_DEPTH {
                    return;
                }
                at += 1;
                continue;
            } else if matches!(byte, b'"' | b'\'') {
                self.key = None;
                self.open = Open::Quoted(byte);
                quoted_from = at;
                at += 1;
                continue;
            } else if matches!(byte, b'|' | b'>') && self.depth == 0 {
                self.key = None;
                self.open = Open::Block;
                return;
            } else if matches!(byte, b'&' | b'*' | b'!') {
                self.key = None;
                let end = |it: &u8| matches!(it, b' ' | b'\t' | b',' | b'[' | b']' | b'{' | b'}');
                at += bytes[at..].iter().position(end).unwrap_or(bytes.len() - at);
                continue;
            }
            // Plain words, to the colon of a key, a comment, a bracket or the end of the line.
            let goes_on = self.open == Open::Plain;
            let end = end_of_plain(bytes, at, self.depth > 0);
            let words = line[at..end].trim_end();
            let stop = bytes.get(end);
            let is_key = stop == Some(&b':');
            if is_key && !goes_on && !(after_key && self.depth == 0) {
                if self.depth == 0 {
                    self.column = at as isize;
                }
                self.key = Some(Key { name: words, number, line, at });
                self.open = Open::Nothing;
                after_key = true;
                at = end + 1;
                continue;
            }
            if let Some(key) = self.key.take()
                && matches!(words, "null" | "~" | "Null" | "NULL")
                && !empty_found
            {
                empty_found = true;
                self.report.add(
                    Diagnostic::error(
                        place(self.file, number, line, at),
                        "empty-value",
                        format!("`{}` stands where the value of `{}` would", words, key.name),
                    )
                    .hint("take the key out where there is nothing to say"),
                );
            }
            if !after_key
                && !goes_on
                && let Some(colon) = words.find(":\u{a0}")
            {
                let place = place(self.file, number, line, at + colon + 1);
                let message = "a no-break space stands after the colon";
                let fault = Diagnostic::error(place, "yaml-no-break-space", message);
                self.hopeless = Some(fault.hint("type an ordinary space instead"));
                return;
            }
            self.open = if end < bytes.len() { Open::Nothing } else { Open::Plain };
            if stop == Some(&b'#') {
                self.report.add(
                    Diagnostic::warning(
                        place(self.file, number, line, end),
                        "yaml-comment-in-value",
                        format!("`{}` is read as a comment and is lost", line[end..].trim_end()),
                    )
                    .hint("quote the whole value, or give the comment a line of its own"),
                );
                return;
            }
            // A second colon is an error of its own; whatever follows is walked like a value.
            at = if is_key { end + 1 } else { end };
        }
    }

    /// Reports the key at hand, after which no value came.
    fn no_value(&mut self) {
        if let Some(Key { name, number, line, at }) = self.key.take() {
            let place = place(self.file, number, line, at);
            self.report.add(
                Diagnostic::error(place, "empty-value", format!("the key `{name}` has no value"))
                    .hint("write the value after the colon, or take the key out"),
            );
        }
    }
}

/// The place of the byte `at` of a line.
fn place(file: &str, number: usize, line: &str, at: usize) -> Place {
    Place { file: file.to_owned(), at: At::Line(number, line[..at].chars().count() + 1) }
}

fn is_blank(byte: Option<&u8>) -> bool {
    matches!(byte, None | Some(b' ' | b'\t'))
}

/// The place after the closing quote, or `None` if the line ends before it.
fn end_of_quote(bytes: &[u8], mut at: usize, quote: u8) -> Option<usize> {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            it if it == quote => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where plain words that begin at `at` end: at a colon with a space after it, at a `#` with a
/// space before it, in brackets also at the next bracket or comma.
fn end_of_plain(bytes: &[u8], at: usize, in_brackets: bool) -> usize {
    let ends = |index: &usize| match bytes[*index] {
        b':' => {
            is_blank(bytes.get(index + 1))
                || in_brackets && matches!(bytes[index + 1], b',' | b'[' | b']' | b'{' | b'}')
        }
        b'#' => *index > at && is_blank(bytes.get(index - 1)),
        b',' | b'[' | b']' | b'{' | b'}' => in_brackets,
        _ => false,
    };
    (at..bytes.len()).find(ends).unwrap_or(bytes.len())
}
