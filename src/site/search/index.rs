//! The inverted index: for each token, in which field of which document it stands, how often,
//! and how long the field is.
//!
//! That is all that elasticlunr's score asks for (see `search-index.js`, which computes it):
//! for a field and a token √count · (1 + ln(n / (documents + 1))) / √length.

use std::collections::BTreeMap;

use super::concepts::{Concepts, Finder};
use super::documents::{Document, Kind, label};
use super::tags::Tags;
use super::words::{Token, Words};
use crate::abreast;

/// The fields, in the order of their numbers. The first are words of documents; then come concepts
/// and tags that a document bears, labels by which it is asked for whole, and, of a token, the
/// tags whose words it is among.
pub const FIELDS: [&str; 5] = ["heading", "words", "borne", "labels", "tags"];

/// How many of the fields are words of documents.
pub const WORD_FIELDS: usize = 2;

/// Where the words of tags stand: their numbers are not those of documents.
const OF_TAGS: usize = 4;

/// How often a token stands in a field of a document; 65,535 stands for more as well. A large
/// handbook has millions of these.
pub type Count = u16;

/// A token's places in one field, by the number of the document.
pub type Places = Vec<(u32, Count)>;

/// The index of some documents.
pub struct Index {
    pub documents: usize,
    /// By token; within it by field, only those where it stands.
    pub tokens: BTreeMap<String, Vec<(usize, Places)>>,
    /// Each word that was met and is not of the stop list, as it is spelt, with its token.
    pub spelt: BTreeMap<String, String>,
    /// For each document the terms that it names, with its words for them.
    pub terms: Vec<Vec<(usize, String)>>,
    /// For each document how many tokens its fields of words have.
    pub lengths: Vec<[u32; WORD_FIELDS]>,
}

/// Indexes documents in their order.
pub fn index(documents: &[Document], concepts: &Concepts, tags: &Tags) -> Index {
    // Postings of one piece stand before those of the next, so how many there are changes nothing.
    let size = documents.len().div_ceil(abreast::pieces()).max(1);
    let pieces: Vec<_> = documents.chunks(size).enumerate().collect();
    let mut pieces = abreast::map(&pieces, |(at, documents)| {
        let mut piece = Piece::new(concepts);
        for (number, document) in (at * size..).zip(*documents) {
            piece.add_document(number as u32, document, tags);
        }
        piece.done()
    });
    let mut piece = Piece::new(concepts);
    for (number, words) in tags.words.iter().enumerate() {
        piece.add_tag(number as u32, words);
    }
    pieces.push(piece.done());
    let mut index = Index {
        documents: documents.len(),
        tokens: BTreeMap::new(),
        spelt: BTreeMap::new(),
        terms: Vec::new(),
        lengths: Vec::new(),
    };
    pieces.into_iter().for_each(|it| index.join(it));
    index
}

/// The index of some documents that stand one after another, in the making.
struct Piece<'c> {
    words: Words,
    concepts: Finder<'c>,
    /// For each token by field; none for the last of them.
    places: Vec<[Places; FIELDS.len()]>,
    named: Vec<Vec<(usize, String)>>,
    lengths: Vec<[u32; WORD_FIELDS]>,
}

/// A piece that is made.
struct Made {
    /// Each token once.
    tokens: Vec<Box<str>>,
    places: Vec<[Places; FIELDS.len()]>,
    spelt: Vec<(Box<str>, Token)>,
    named: Vec<Vec<(usize, String)>>,
    lengths: Vec<[u32; WORD_FIELDS]>,
}

impl<'c> Piece<'c> {
    fn new(concepts: &'c Concepts) -> Self {
        let mut words = Words::new();
        let concepts = Finder::new(concepts, &mut words);
        Piece { words, concepts, places: Vec::new(), named: Vec::new(), lengths: Vec::new() }
    }

    fn add_document(&mut self, number: u32, document: &Document, tags: &Tags) {
        let words = &mut self.words;
        let heading = words.tokens(&heading(document));
        let body: Vec<Token> = document.passages.iter().flat_map(|it| words.tokens(&it.words)).collect();
        let authority = document.authority.map(|it| &it.slug);
        let named = self.concepts.named(&[heading.as_slice(), body.as_slice()].concat(), authority);
        let of_concepts = named.keys().map(|it| format!("~{it}"));
        let of_tags = tags.borne(document).into_iter().map(|it| format!("@{it}"));
        let borne = of_concepts.chain(of_tags).map(|it| words.token(&it)).collect();
        let of_items = document.passages.iter().filter_map(|it| it.label.as_ref());
        let labels = document.labels.iter().chain(of_items);
        let mut labels: Vec<Token> = labels.map(|it| words.token(&format!("#{}", label(it)))).collect();
        labels.sort();
        labels.dedup();
        self.lengths.push([heading.len() as u32, body.len() as u32]);
        for (field, tokens) in [heading, body, borne, labels].into_iter().enumerate() {
            self.add(number, field, tokens);
        }
        let of_terms = named.into_iter().filter(|(concept, _)| *concept < self.concepts.terms);
        self.named.push(of_terms.map(|(concept, words)| (concept, words.to_owned())).collect());
    }

    fn add_tag(&mut self, number: u32, tag: &str) {
        let mut tokens = self.words.tokens(tag);
        let named = self.concepts.named(&tokens, None).into_keys();
        tokens.extend(named.map(|it| self.words.token(&format!("~{it}"))));
        self.add(number, OF_TAGS, tokens);
    }

    fn add(&mut self, number: u32, field: usize, mut tokens: Vec<Token>) {
        tokens.sort_unstable();
        for same in tokens.chunk_by(|a, b| a == b) {
            let place = same[0].place();
            if place >= self.places.len() {
                self.places.resize_with(place + 1, Default::default);
            }
            let count = Count::try_from(same.len()).unwrap_or(Count::MAX);
            self.places[place][field].push((number, count));
        }
    }

    fn done(self) -> Made {
        let Words { tokens, spelt, .. } = self.words;
        Made {
            tokens: tokens.into_iter().collect(),
            places: self.places,
            spelt: spelt.into_iter().collect(),
            named: self.named,
            lengths: self.lengths,
        }
    }
}

impl Index {
    /// Adds a piece whose documents stand after those that are here.
    fn join(&mut self, piece: Made) {
        for (word, token) in piece.spelt {
            let token = &piece.tokens[token.place()];
            self.spelt.entry(word.into()).or_insert_with(|| token.clone().into());
        }
        for (token, fields) in piece.tokens.into_iter().zip(piece.places) {
            if fields.iter().all(Vec::is_empty) {
                continue;
            }
            let all = self.tokens.entry(token.into()).or_default();
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
        self.terms.extend(piece.named);
        self.lengths.extend(piece.lengths);
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
