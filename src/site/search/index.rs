//! The inverted index: for each token, in which field of which document it stands, how often,
//! and how long the field is.
//!
//! That is all that elasticlunr's score asks for (see `search-index.js`, which computes it):
//! for a field and a token √count · (1 + ln(n / (documents + 1))) / √length.

use std::collections::BTreeMap;

use super::concepts::{Concepts, Finder};
use super::documents::{Document, Kind, label};
use super::words::{Token, Words};
use crate::abreast;

/// The fields, in the order of their numbers. The last two are not words of a text: concepts
/// that it names, and labels by which it is asked for whole.
pub const FIELDS: [&str; 5] = ["heading", "topics", "words", "concepts", "labels"];

/// How many of the fields are words.
pub const WORD_FIELDS: usize = 3;

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

/// Indexes documents in their order. `topics` gives the words of the topics of one, piece by
/// piece.
pub fn index<'d>(
    documents: &'d [Document],
    concepts: &Concepts,
    topics: &(dyn Fn(&'d Document) -> Vec<&'d str> + Sync),
) -> Index {
    // Postings of one piece stand before those of the next, so how many there are changes nothing.
    let size = documents.len().div_ceil(abreast::pieces()).max(1);
    let pieces: Vec<_> = documents.chunks(size).enumerate().collect();
    let pieces = abreast::map(&pieces, |(at, documents)| Piece::of(documents, at * size, concepts, topics));
    let mut index = Index { documents: documents.len(), tokens: BTreeMap::new(), concepts: Vec::new() };
    for piece in pieces {
        for (token, fields) in piece.tokens.into_iter().zip(piece.places) {
            if fields.iter().all(Vec::is_empty) {
                continue;
            }
            let all = index.tokens.entry(token.into()).or_default();
            for (field, places) in fields.into_iter().enumerate().filter(|(_, it)| !it.is_empty()) {
                match all.iter_mut().find(|(it, _)| *it == field) {
                    Some((_, before)) => before.extend(places),
                    None => {
                        all.push((field, places));
                        all.sort_by_key(|(field, _)| *field);
                    }
                }
            }
        }
        index.concepts.extend(piece.concepts);
    }
    index
}

/// The index of some documents that stand one after another.
struct Piece {
    /// Each token once.
    tokens: Vec<Box<str>>,
    /// For each token by field; none for the last of them.
    places: Vec<[Places; FIELDS.len()]>,
    concepts: Vec<Vec<(usize, String)>>,
}

impl Piece {
    /// `first` is the number of the first document.
    fn of<'d>(
        documents: &'d [Document],
        first: usize,
        concepts: &Concepts,
        topics: &dyn Fn(&'d Document) -> Vec<&'d str>,
    ) -> Piece {
        let mut words = Words::new();
        let mut piece = Piece { tokens: Vec::new(), places: Vec::new(), concepts: Vec::new() };
        let finder = Finder::new(concepts, &mut words);
        // The same names and questions come again and again.
        let mut known: BTreeMap<&str, Vec<Token>> = BTreeMap::new();
        for (at, document) in documents.iter().enumerate() {
            let number = (first + at) as u32;
            let mut topic_tokens = Vec::new();
            for words_of_topic in topics(document) {
                let tokens = known.entry(words_of_topic).or_insert_with(|| words.tokens(words_of_topic));
                topic_tokens.extend_from_slice(tokens);
            }
            let heading = words.tokens(&heading(document));
            let body: Vec<Token> = document.passages.iter().flat_map(|it| words.tokens(&it.words)).collect();
            let named = finder.named(
                &[heading.as_slice(), body.as_slice()].concat(),
                document.authority.map(|it| &it.slug),
            );
            let concept_tokens = named.keys().map(|it| words.token(&format!("~{it}"))).collect();
            let of_items = document.passages.iter().filter_map(|it| it.label.as_ref());
            let labels = document.labels.iter().chain(of_items);
            let mut labels: Vec<Token> = labels.map(|it| words.token(&format!("#{}", label(it)))).collect();
            labels.sort();
            labels.dedup();
            for (field, tokens) in
                [heading, topic_tokens, body, concept_tokens, labels].into_iter().enumerate()
            {
                piece.add(number, field, tokens);
            }
            let named = named.into_iter().map(|(concept, words)| (concept, words.to_owned()));
            piece.concepts.push(named.collect());
        }
        piece.tokens = words.spellings().collect();
        piece
    }

    fn add(&mut self, document: u32, field: usize, mut tokens: Vec<Token>) {
        let length = tokens.len() as u32;
        tokens.sort_unstable();
        for same in tokens.chunk_by(|a, b| a == b) {
            let place = same[0].place();
            if place >= self.places.len() {
                self.places.resize_with(place + 1, Default::default);
            }
            self.places[place][field].push((document, (same.len() as u32, length)));
        }
    }
}

/// What a document is headed by. A clause is called by its number, which is a label, or by its
/// first words, which it has already.
fn heading(document: &Document) -> String {
    match document.kind {
        Kind::Clause => document.headings.join(" "),
        _ => document.name.clone(),
    }
}
