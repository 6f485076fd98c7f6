//! The inverted index: for each token, in which field of which document it stands, how often,
//! and how long the field is.
//!
//! That is all that elasticlunr's score asks for (see `search-index.js`, which computes it):
//! for a field and a token √count · (1 + ln(n / (documents + 1))) / √length.

use std::collections::BTreeMap;

use super::concepts::Concepts;
use super::documents::{Document, Kind, label};
use super::tags::Tags;
use super::words::Words;

/// The fields, in the order of their numbers. The first are words of documents; then come concepts
/// and tags that a document bears, labels by which it is asked for whole, and, of a token, the
/// tags whose words it is among.
pub const FIELDS: [&str; 5] = ["heading", "words", "borne", "labels", "tags"];

/// How many of the fields are words of documents.
pub const WORD_FIELDS: usize = 2;

/// Where the words of tags stand: their numbers are not those of documents.
const OF_TAGS: usize = 4;

/// How often a token stands in a field of a document, and how many tokens the field has.
pub type Code = (u32, u32);

/// A token's places in one field, by the number of the document.
pub type Places = Vec<(u32, Code)>;

/// The index of some documents.
pub struct Index {
    pub documents: usize,
    /// By token; within it by field, only those where it stands.
    pub tokens: BTreeMap<String, Vec<(usize, Places)>>,
    /// For each document the concepts that it names, with its words for them.
    pub concepts: Vec<Vec<(usize, String)>>,
}

/// Indexes documents in their order.
pub fn index(documents: &[Document], words: &mut Words, concepts: &Concepts, tags: &Tags) -> Index {
    let mut index = Index { documents: documents.len(), tokens: BTreeMap::new(), concepts: Vec::new() };
    for (number, document) in documents.iter().enumerate() {
        let number = number as u32;
        let heading = words.tokens(&heading(document));
        let body = words.tokens(&document.words());
        let named = concepts
            .named(&[heading.as_slice(), body.as_slice()].concat(), document.authority.map(|it| &it.slug));
        let borne_tags = tags.borne(document).into_iter().map(|it| format!("@{it}"));
        let borne: Vec<String> = named.keys().map(|it| format!("~{it}")).chain(borne_tags).collect();
        let of_items = document.passages.iter().filter_map(|it| it.label.as_ref());
        let mut labels: Vec<String> =
            document.labels.iter().chain(of_items).map(|it| format!("#{}", label(it))).collect();
        labels.sort();
        labels.dedup();
        for (field, tokens) in [heading, body, borne, labels].into_iter().enumerate() {
            index.add(number, field, &tokens);
        }
        index.concepts.push(named.into_iter().map(|(concept, words)| (concept, words.to_owned())).collect());
    }
    for (number, tag) in tags.words.iter().enumerate() {
        let tokens = words.tokens(tag);
        let named = concepts.named(&tokens, None).into_keys().map(|it| format!("~{it}"));
        let mut all: Vec<String> = named.collect();
        all.extend(tokens);
        index.add(number as u32, OF_TAGS, &all);
    }
    index
}

/// What a document is headed by. A clause is called by its number, which is a label, or by its
/// first words, which it has already.
fn heading(document: &Document) -> String {
    match document.kind {
        Kind::Clause => document.headings.join(" "),
        _ => document.name.clone(),
    }
}

impl Index {
    fn add(&mut self, document: u32, field: usize, tokens: &[String]) {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for token in tokens {
            *counts.entry(token).or_default() += 1;
        }
        for (token, count) in counts {
            let code = (count, tokens.len() as u32);
            if !self.tokens.contains_key(token) {
                self.tokens.insert(token.to_owned(), Vec::new());
            }
            let Some(fields) = self.tokens.get_mut(token) else { continue };
            match fields.iter_mut().find(|(it, _)| *it == field) {
                Some((_, places)) => places.push((document, code)),
                None => {
                    fields.push((field, vec![(document, code)]));
                    fields.sort_by_key(|(field, _)| *field);
                }
            }
        }
    }
}
