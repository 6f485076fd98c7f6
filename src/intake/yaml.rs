//! One YAML file, or one front matter, into the struct that says what it may hold.
//!
//! The YAML library is named here alone. What it would pass in silence is looked for in the
//! text before: a comment that swallows half a value, a no-break space, brackets nested so
//! deep that reading them would take minutes.

use serde::de::DeserializeOwned;

use crate::diagnostic::{At, Diagnostic, Place, Report};

/// The most that a register or a front matter may hold, in bytes. The largest real one has a
/// tenth of it.
const MOST_BYTES: usize = 4 << 20;
/// A front matter is shorter still: beyond this, deep nesting takes seconds to refuse.
pub const MOST_FRONT_MATTER: usize = 64 << 10;
const MOST_DEPTH: usize = 64;

/// Reads `text`, which begins on line `first_line` of `file`. What is wrong goes into the
/// report; `None` if nothing could be read.
pub fn parse<T: DeserializeOwned>(
    file: &str,
    text: &str,
    first_line: usize,
    report: &mut Report,
) -> Option<T> {
    if let Some(diagnostic) = too_much(file, text, first_line) {
        report.add(diagnostic);
        return None;
    }
    silent_losses(file, text, first_line, report);
    match serde_yaml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            report.add(unreadable(file, text, first_line, &error));
            None
        }
    }
}

/// Sizes and depths that no handbook needs and that would take very long to read.
fn too_much(file: &str, text: &str, first_line: usize) -> Option<Diagnostic> {
    let error = |line, message: &str| {
        Diagnostic::error(Place::line(file, first_line + line), "yaml-too-large", message)
            .hint("a file of a handbook is small and flat; is this the right file?")
    };
    if text.len() > MOST_BYTES {
        return Some(error(0, "the file is larger than 4 MiB"));
    }
    let mut depth = 0usize;
    for (index, line) in text.lines().enumerate() {
        for byte in line.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > MOST_DEPTH {
                return Some(error(index, "brackets are nested more than 64 deep"));
            }
        }
    }
    None
}

/// What YAML accepts and an editor did not mean.
fn silent_losses(file: &str, text: &str, first_line: usize, report: &mut Report) {
    // Lines of a block value (`note: |`) are text, whatever they hold.
    let mut block_indent = None;
    for (index, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        match block_indent {
            Some(at) if line.trim().is_empty() || indent > at => continue,
            _ => block_indent = None,
        }
        let place = |column: usize| Place {
            file: file.to_owned(),
            at: At::Line(first_line + index, line[..column].chars().count() + 1),
        };
        if let Some(column) = line.find(":\u{a0}") {
            report.add(
                Diagnostic::error(
                    place(column),
                    "yaml-no-break-space",
                    "a no-break space stands after the colon",
                )
                .hint("type an ordinary space instead"),
            );
        }
        let Some((_, value)) = line.split_once(": ") else { continue };
        let value = value.trim_start();
        if value.starts_with(['|', '>']) {
            block_indent = Some(indent);
        }
        let quoted = value.starts_with(['"', '\'', '[', '{', '#', '|', '>']);
        if !quoted && let Some(at) = value.find(" #") {
            let column = line.len() - value.len() + at + 1;
            report.add(
                Diagnostic::warning(
                    place(column),
                    "yaml-comment-in-value",
                    format!("`{}` is read as a comment and is lost", value[at + 1..].trim_end()),
                )
                .hint("quote the whole value, or give the comment a line of its own"),
            );
        }
    }
}

/// The library's error at the line where an editor would look for it.
fn unreadable(file: &str, text: &str, first_line: usize, error: &serde_yaml::Error) -> Diagnostic {
    let mut message = error.to_string();
    let location = error.location();
    if let Some(at) = location.as_ref().and_then(|_| message.rfind(" at line ")) {
        message.truncate(at);
    }
    // A duplicate or unknown key is told with its name; where the location is the beginning
    // of the mapping, the line of the key says more.
    let key = message.split('`').nth(1).or_else(|| message.split('"').nth(1)).unwrap_or_default().to_owned();
    let duplicate = message.contains("duplicate");
    let named = message.contains("unknown field") || message.contains("unknown variant") || duplicate;
    let line_of_key = || {
        let mut lines = text.lines().enumerate().filter(|(_, line)| {
            let line = line.trim_start().trim_start_matches("- ").trim_start_matches('{');
            line.strip_prefix(&*key).is_some_and(|it| it.starts_with(':'))
        });
        if duplicate { lines.nth(1) } else { lines.next() }.map(|(index, _)| index + 1)
    };
    let (mut line, mut column) = location.map_or((1, 1), |it| (it.line().max(1), it.column().max(1)));
    if named && !key.is_empty() {
        match line_of_key() {
            Some(at) => (line, column) = (at, 1),
            None => {
                let found =
                    text.lines().enumerate().find_map(|(index, it)| Some((index + 1, it.find(&*key)? + 1)));
                (line, column) = found.unwrap_or((line, column));
            }
        }
    }
    let at = Place { file: file.to_owned(), at: At::Line(first_line + line - 1, column) };
    let hint = if message.contains("mapping values are not allowed") {
        Some("the value holds a colon: put it in double quotes".to_owned())
    } else if message.contains("missing field") {
        Some(format!("add a line `{key}: …`"))
    } else if message.contains("unknown field") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        super::suggest::nearest(&key, known.iter().copied())
            .map(|it| format!("did you mean `{it}`?"))
            .or_else(|| Some("take the key out, or see the list of keys in the README".to_owned()))
    } else if message.contains("unknown variant") {
        let known: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        super::suggest::nearest(&key, known.iter().copied()).map(|it| format!("did you mean `{it}`?"))
    } else if duplicate {
        Some("keep one of the two".to_owned())
    } else if message.contains("tab") {
        Some("indent with spaces".to_owned())
    } else {
        None
    };
    let code = if message.contains("unknown field") {
        "unknown-key"
    } else if message.contains("missing field") {
        "missing-key"
    } else if duplicate {
        "duplicate-key"
    } else {
        "yaml"
    };
    let diagnostic = Diagnostic::error(at, code, message);
    match hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}
