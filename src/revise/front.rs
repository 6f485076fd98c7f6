//! The keys of a file that people keep, changed one by one: comments, order and layout of all
//! others stay.
//!
//! The editing library is named here alone. Values come in as YAML of one line, as it would be
//! written by hand: `draft`, `"1.10"`, `[a, b]`.

use std::str::FromStr as _;

use yaml_edit::{Document, Mapping, YamlNode};

use crate::record::quoted;

/// A file of keys, with the text that follows them.
pub struct Front {
    keys: Document,
    /// What stands after the second line `---`; `None` for a file that is YAML alone.
    pub body: Option<String>,
}

impl Front {
    /// Reads a file that is YAML from the first line to the last; `None` if it has no keys.
    pub fn yaml(text: &str) -> Option<Front> {
        let keys = Document::from_str(text).ok()?;
        keys.as_mapping()?;
        Some(Front { keys, body: None })
    }

    /// Reads a file with its keys between two lines `---`; `None` if it is no such file.
    pub fn fenced(text: &str) -> Option<Front> {
        let rest = text.strip_prefix("---")?.trim_start_matches([' ', '\r']).strip_prefix('\n')?;
        let end = match rest.starts_with("---") {
            true => 0,
            false => rest.find("\n---")? + 1,
        };
        let (keys, after) = rest.split_at(end);
        let body = after.split_once('\n').map_or("", |(_, body)| body);
        let keys = Document::from_str(keys).ok()?;
        keys.as_mapping()?;
        Some(Front { keys, body: Some(body.to_owned()) })
    }

    /// The file as it is to be written.
    pub fn write(&self) -> String {
        let mut keys = self.keys.to_string();
        if !keys.ends_with('\n') {
            keys.push('\n');
        }
        match &self.body {
            None => keys,
            Some(body) => format!("---\n{keys}---\n{body}"),
        }
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Gives a key its value, where it stands, or at the end.
    pub fn set(&mut self, key: &str, value: &str) {
        if let Some(value) = node(value) {
            self.keys.set(key, value);
        }
    }

    /// The same; a new key stands after another one.
    pub fn set_after(&mut self, other: &str, key: &str, value: &str) {
        match node(value) {
            Some(value) if !self.has(key) && self.has(other) => {
                self.keys.insert_after(other, key, value);
            }
            _ => self.set(key, value),
        }
    }

    /// The same; a new key stands before all others.
    pub fn set_before_all(&mut self, key: &str, value: &str) {
        match node(value) {
            Some(value) if !self.has(key) => {
                self.keys.insert_at_index(0, key, value);
            }
            _ => self.set(key, value),
        }
    }

    /// Takes a key out, with its value.
    pub fn remove(&mut self, key: &str) {
        self.keys.remove(key);
    }

    /// The keys below a key with their values on one line; none where it is not there.
    pub fn entries(&self, key: &str) -> Vec<(String, String)> {
        let Some(mapping) = self.keys.get_mapping(key) else { return Vec::new() };
        let entries = mapping.entries().filter_map(|it| Some((it.key_node()?, it.value_node()?)));
        entries.map(|(key, value)| (unquoted(key.to_string().trim()), on_one_line(&value))).collect()
    }

    /// Gives a key below a key its value.
    pub fn set_in(&mut self, key: &str, inner: &str, value: &str) {
        let name = quoted_if_need_be(inner);
        match (self.mapping(key), node(&name), node(value)) {
            (Some(mapping), Some(name), Some(value)) => mapping.set(name, value),
            (None, ..) => self.set(key, &format!("{{{name}: {value}}}")),
            _ => {}
        }
    }

    /// Takes a key below a key out; the outer one goes with the last.
    pub fn remove_in(&mut self, key: &str, inner: &str) {
        let rest: Vec<(String, String)> =
            self.entries(key).into_iter().filter(|(it, _)| it != inner).collect();
        match (rest.is_empty(), self.mapping(key)) {
            (true, _) => self.remove(key),
            (false, Some(mapping)) => {
                let mut keys = mapping.keys();
                if let Some(name) = keys.find(|it| unquoted(it.to_string().trim()) == inner) {
                    drop(keys);
                    mapping.remove(name);
                }
            }
            (false, None) => {}
        }
    }

    /// The entries of a list as written, without quotation marks; none where it is not there.
    pub fn list(&self, key: &str) -> Vec<String> {
        let list = self.keys.get_sequence(key);
        list.iter()
            .flat_map(|it| it.values().collect::<Vec<_>>())
            .map(|it| unquoted(it.to_string().trim()))
            .collect()
    }

    /// Puts an entry into a list, at a place counted from 0; a list that is not there is made.
    pub fn insert(&mut self, key: &str, at: usize, value: &str) {
        let Some(list) = self.keys.get_sequence(key).filter(|it| !it.is_empty()) else {
            self.set(key, &format!("[{value}]"));
            return;
        };
        if let Some(value) = node(value) {
            match at < list.len() {
                true => list.insert(at, value),
                false => list.push(value),
            }
        }
    }

    /// Puts an entry at the end of a list.
    pub fn push(&mut self, key: &str, value: &str) {
        self.insert(key, usize::MAX, value);
    }

    /// Puts another entry in the place of one.
    pub fn replace(&mut self, key: &str, at: usize, value: &str) {
        if let (Some(list), Some(value)) = (self.keys.get_sequence(key), node(value)) {
            list.set(at, value);
        }
    }

    /// Takes the entry at a place out of a list.
    pub fn take(&mut self, key: &str, at: usize) {
        match self.keys.get_sequence(key) {
            Some(list) if list.len() > 1 => drop(list.remove(at)),
            _ => self.set(key, "[]"),
        }
    }

    fn mapping(&self, key: &str) -> Option<Mapping> {
        self.keys.get_mapping(key).filter(|it| !it.is_empty())
    }
}

/// A key as it is written: words of letters stand as they are.
fn quoted_if_need_be(key: &str) -> String {
    match key.bytes().all(|it| it.is_ascii_lowercase() || it == b'_' || it == b'-') && !key.is_empty() {
        true => crate::record::plain(key),
        false => quoted(key),
    }
}

/// A value as it is written on one line; what is on one already stays as it is.
fn on_one_line(value: &YamlNode) -> String {
    let written = value.to_string().trim().to_owned();
    match value {
        YamlNode::Mapping(all) if written.contains('\n') || !written.starts_with('{') => {
            let entries = all.entries().filter_map(|it| Some((it.key_node()?, it.value_node()?)));
            let entries =
                entries.map(|(key, value)| format!("{}: {}", key.to_string().trim(), on_one_line(&value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        YamlNode::Sequence(all) if written.contains('\n') || !written.starts_with('[') => {
            format!("[{}]", all.values().map(|it| on_one_line(&it)).collect::<Vec<_>>().join(", "))
        }
        YamlNode::Scalar(it) if written.contains('\n') => quoted(&it.as_string()),
        // What would end a value in brackets.
        YamlNode::Scalar(it)
            if !written.starts_with(['"', '\'']) && written.contains([',', '[', ']', '{', '}']) =>
        {
            quoted(&it.as_string())
        }
        _ => written,
    }
}

fn node(value: &str) -> Option<YamlNode> {
    Document::from_str(&format!("it: {value}\n")).ok()?.as_mapping()?.get("it")
}

/// The words of a scalar without its quotation marks; anything else as it stands.
fn unquoted(text: &str) -> String {
    let quoted = |mark: char| text.len() > 1 && text.starts_with(mark) && text.ends_with(mark);
    match (quoted('"') || quoted('\''), node(text)) {
        (true, Some(YamlNode::Scalar(it))) => it.as_string(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDITION: &str = "# ours\ntitle: P # as printed\nstatus: proposed\ndates:\n  proposed: 2023-02-01 # day\nadoption:\n  \
                           # first\n  - {body: A, outcome: put}\nnote: \"a # b\"\n";

    #[test]
    fn comments_and_layout_stay() {
        let mut front = Front::yaml(EDITION).unwrap();
        front.set("status", "adopted");
        front.set_in("dates", "adopted", "2023-03-01");
        front.push("adoption", "{body: B, date: 2023-03-01, outcome: \"adopted: whole\"}");
        front.set_after("status", "follows", "\"2019\"");
        let expected = EDITION
            .replace("status: proposed", "status: adopted\nfollows: \"2019\"")
            .replace("# day\n", "# day\n  adopted: 2023-03-01\n")
            .replace("put}\n", "put}\n  - {body: B, date: 2023-03-01, outcome: \"adopted: whole\"}\n");
        assert_eq!(front.write(), expected);
    }

    #[test]
    fn a_list_of_clauses_is_edited_in_its_own_style() {
        let text = "---\nnumber: \"1\"\nclauses: [intro, \"1.10\", {heading: A, b}, \"1.2\"] # all\n---\n";
        let text = text.replace("A, b", "\"A, b\"");
        let mut front = Front::fenced(&text).unwrap();
        assert_eq!(front.list("clauses"), ["intro", "1.10", "{heading: \"A, b\"}", "1.2"]);
        front.take("clauses", 1);
        front.insert("clauses", 2, "\"1.9\"");
        front.push("clauses", "last");
        assert_eq!(
            front.write(),
            text.replace("[intro, \"1.10\", ", "[intro, ").replace("\"1.2\"]", "\"1.9\", \"1.2\", last]")
        );
        let block = "---\nclauses:\n  - a # first\n  - \"1.10\"\n---\n";
        let mut front = Front::fenced(block).unwrap();
        front.insert("clauses", 1, "b");
        front.take("clauses", 2);
        assert_eq!(front.write(), block.replace("\"1.10\"", "b"));
        front.take("clauses", 0);
        front.take("clauses", 0);
        front.push("clauses", "c");
        assert_eq!(front.list("clauses"), ["c"]);
    }

    #[test]
    fn values_are_given_on_one_line_however_they_are_written() {
        let block = "items:\n  a:\n    topics:\n    - x/y\n    - z\n    asked: [p, \"q, r\"]\n  b: {topics: [y]}\n  \
                     c:\n    why: one, two # ours\n    basis: inferred\n";
        let front = Front::yaml(block).unwrap();
        let expected = [
            ("a", "{topics: [x/y, z], asked: [p, \"q, r\"]}"),
            ("b", "{topics: [y]}"),
            ("c", "{why: \"one, two\", basis: inferred}"),
        ];
        assert_eq!(front.entries("items"), expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn keys_below_a_key_come_and_go() {
        let mut front =
            Front::fenced("---\nid: \"1\"\nitems:\n  \"2.a\": {topics: [x]}\n  b: {topics: [y]}\nreferences: {\"see 1\": none, x: y}\n---\nWords.\n")
                .unwrap();
        assert_eq!(front.entries("items")[0], ("2.a".to_owned(), "{topics: [x]}".to_owned()));
        front.remove_in("items", "2.a");
        front.remove_in("references", "see 1");
        front.set_in("items", "3.a", "{topics: [z]}");
        assert_eq!(
            front.write(),
            "---\nid: \"1\"\nitems:\n  b: {topics: [y]}\n  \"3.a\": {topics: [z]}\nreferences: {x: y}\n---\nWords.\n"
        );
        front.remove_in("references", "x");
        assert!(!front.has("references"));
        assert_eq!(front.body.as_deref(), Some("Words.\n"));
    }
}
