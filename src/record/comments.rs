//! The comments of a file of the ledger, which the YAML library would lose.
//!
//! A comment belongs to the entry below it, or to the one in whose lines it stands. What
//! belongs to no entry goes to the top of the file, so that none is lost.

use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub struct Comments {
    count: usize,
    top: Vec<String>,
    before: BTreeMap<String, Vec<String>>,
    beside: BTreeMap<String, String>,
    end: Vec<String>,
}

impl Comments {
    /// Reads the comments of a file with one key, below which the entries stand. `header` is
    /// the tool's own comment and left out.
    pub fn read(text: &str, header: &str) -> Self {
        let mut comments = Comments::default();
        let mut open: Vec<String> = Vec::new();
        let mut under_key = false;
        // How far the entries are indented, once the first was seen.
        let mut indent = None;
        let mut entry: Option<String> = None;
        for line in text.lines() {
            let words = line.trim();
            if words.is_empty() || words == header {
                continue;
            }
            if words.starts_with('#') {
                comments.count += 1;
                open.push(words.to_owned());
                continue;
            }
            let (value, comment) = split(line);
            let depth = line.len() - line.trim_start().len();
            if !under_key {
                under_key = true;
                comments.top.append(&mut open);
            } else if depth <= *indent.get_or_insert(depth) {
                entry = Some(key(value));
            }
            let before = match &entry {
                Some(entry) => comments.before.entry(entry.clone()).or_default(),
                None => &mut comments.top,
            };
            before.append(&mut open);
            if let Some(comment) = comment {
                comments.count += 1;
                match &entry {
                    Some(entry) if !comments.beside.contains_key(entry) => {
                        comments.beside.insert(entry.clone(), comment.to_owned());
                    }
                    // One comment has its place beside the entry, others above it.
                    Some(_) => before.push(comment.to_owned()),
                    None => comments.top.push(comment.to_owned()),
                }
            }
        }
        comments.end = open;
        comments
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Takes those that stand above an entry.
    pub fn before(&mut self, entry: &str) -> Vec<String> {
        self.before.remove(entry).unwrap_or_default()
    }

    /// Takes the one that stands at the end of an entry's line.
    pub fn beside(&mut self, entry: &str) -> Option<String> {
        self.beside.remove(entry)
    }

    /// Takes those at the top, with all whose entries were not asked for.
    pub fn top(&mut self) -> Vec<String> {
        let mut top = std::mem::take(&mut self.top);
        top.extend(std::mem::take(&mut self.before).into_values().flatten());
        top.extend(std::mem::take(&mut self.beside).into_values());
        top
    }

    /// Those below the last entry.
    pub fn end(&self) -> &[String] {
        &self.end
    }
}

/// A line without its comment, and the comment: a `#` after white space, outside quotes.
fn split(line: &str) -> (&str, Option<&str>) {
    let mut quote = None;
    let mut before = ' ';
    let mut escaped = false;
    for (at, letter) in line.char_indices() {
        match quote {
            Some('"') if escaped => escaped = false,
            Some('"') if letter == '\\' => escaped = true,
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None if letter == '#' && before.is_whitespace() => return (&line[..at], Some(&line[at..])),
            // A quotation mark inside a plain word is part of it.
            None if "\"'".contains(letter) && " {[,:".contains(before) => quote = Some(letter),
            None => {}
        }
        before = letter;
    }
    (line, None)
}

/// The key of an entry's line, without its quotes.
fn key(line: &str) -> String {
    let line = line.trim();
    for quote in ['"', '\''] {
        if let Some((key, _)) = line.strip_prefix(quote).and_then(|it| it.split_once(quote)) {
            return key.to_owned();
        }
    }
    let key = line.split_once(": ").map(|(key, _)| key).or_else(|| line.strip_suffix(':'));
    key.unwrap_or(line).trim_end().to_owned()
}
