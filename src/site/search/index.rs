//! The inverted index: for each token, in which field of which document it stands, how often,
//! and how long the field is.
//!
//! That is all that elasticlunr's score asks for (see `tests/browser/plain.mjs`, which computes it):
//! for a field and a token √count · (1 + ln(n / (documents + 1))) / √length. The search itself ranks
//! by BM25 and what editors add (see `search-ask.js`).

use std::collections::BTreeMap;

use super::concepts::{Concepts, Finder};
use super::documents::{Document, Kind, label};
use super::tags::Tags;
use super::words::{Token, Words};
use crate::abreast;

/// The fields, in the order of their numbers. The first are words of documents; then come concepts
/// and tags that a document bears, labels by which it is asked for whole, what readers ask that it
/// answers, and, of a token, the tags whose words it is among, and the ways to ask them.
pub const FIELDS: [&str; 7] = ["heading", "words", "borne", "labels", "asked", "tags", "ways"];

/// How many of the fields are words of documents.
pub const WORD_FIELDS: usize = 2;

/// Where the words of tags stand, and those of ways to ask them: their numbers are not those of
/// documents.
const OF_TAGS: usize = 5;
const OF_WAYS: usize = 6;

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
    /// For each tag how many tokens each of the ways to ask it has. The ways of all tags are numbered
    /// on from 0.
    pub ways: Vec<Vec<usize>>,
}

/// Indexes documents in their order.
pub fn index(documents: &[Document], concepts: &Concepts, tags: &Tags) -> Index {
    // Postings of one piece stand before those of the next, so how many there are changes nothing.
    let size = documents.len().div_ceil(abreast::pieces()).max(1);
    let pieces: Vec<_> = documents.chunks(size).enumerate().collect();
    let mut pieces = abreast::map(&pieces, |(at, documents)| {
        let mut piece = Piece::new(concepts, tags);
        for (number, document) in (at * size..).zip(*documents) {
            piece.add_document(number as u32, document, tags);
        }
        piece.done()
    });
    let mut piece = Piece::new(concepts, tags);
    for (number, words) in tags.words.iter().enumerate() {
        piece.add_phrase(number as u32, OF_TAGS, words);
    }
    let mut number = 0..;
    let ways = tags.asked.iter().map(|asked| {
        asked.iter().zip(&mut number).map(|(way, number)| piece.add_phrase(number, OF_WAYS, way)).collect()
    });
    let ways = ways.collect();
    pieces.push(piece.done());
    let mut index = Index {
        documents: documents.len(),
        tokens: BTreeMap::new(),
        spelt: BTreeMap::new(),
        terms: Vec::new(),
        lengths: Vec::new(),
        ways,
    };
    pieces.into_iter().for_each(|it| index.join(it));
    index
}

/// The index of some documents that stand one after another, in the making.
struct Piece<'c> {
    words: Words,
    concepts: Finder<'c>,
    /// The token of each concept and of each tag, by their numbers.
    of_concepts: Vec<Token>,
    of_tags: Vec<Token>,
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
    fn new(concepts: &'c Concepts, tags: &Tags) -> Self {
        let mut words = Words::new();
        let of_concepts = (0..concepts.words.len()).map(|it| words.token(&format!("~{it}"))).collect();
        let of_tags = (0..tags.words.len()).map(|it| words.token(&format!("@{it}"))).collect();
        let concepts = Finder::new(concepts, &mut words);
        Piece {
            words,
            concepts,
            of_concepts,
            of_tags,
            places: Vec::new(),
            named: Vec::new(),
            lengths: Vec::new(),
        }
    }

    fn add_document(&mut self, number: u32, document: &Document, tags: &Tags) {
        let of_items = document.passages.iter().flat_map(|it| it.asked);
        let asked = document.asked.iter().chain(of_items).flat_map(|it| self.phrase(it)).collect();
        let words = &mut self.words;
        let heading = words.tokens(&heading(document));
        let body: Vec<Token> = document.passages.iter().flat_map(|it| words.tokens(&it.words)).collect();
        let authority = document.authority.map(|it| &it.slug);
        let named = self.concepts.named(&[heading.as_slice(), body.as_slice()].concat(), authority);
        let of_concepts = named.keys().map(|it| self.of_concepts[*it]);
        let of_tags = tags.borne(document).into_iter().map(|it| self.of_tags[it]);
        let borne = of_concepts.chain(of_tags).collect();
        let of_items = document.passages.iter().filter_map(|it| it.label.as_ref());
        let labels = document.labels.iter().chain(of_items);
        let mut labels: Vec<Token> = labels.map(|it| words.token(&format!("#{}", label(it)))).collect();
        labels.sort();
        labels.dedup();
        self.lengths.push([heading.len() as u32, body.len() as u32]);
        for (field, tokens) in [heading, body, borne, labels, asked].into_iter().enumerate() {
            self.add(number, field, tokens);
        }
        let of_terms = named.into_iter().filter(|(concept, _)| *concept < self.concepts.terms);
        self.named.push(of_terms.map(|(concept, words)| (concept, words.to_owned())).collect());
    }

    /// Adds words of the editors, and says how many tokens they have.
    fn add_phrase(&mut self, number: u32, field: usize, phrase: &str) -> usize {
        let tokens = self.phrase(phrase);
        let length = self.words.tokens(phrase).len();
        self.add(number, field, tokens);
        length
    }

    /// The tokens of words of the editors, and those of the concepts that they name.
    fn phrase(&mut self, phrase: &str) -> Vec<Token> {
        let mut tokens = self.words.tokens(phrase);
        let named = self.concepts.named(&tokens, None).into_keys();
        tokens.extend(named.map(|it| self.of_concepts[it]));
        tokens
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

#[cfg(test)]
mod tests {
    use super::super::documents;
    use super::*;
    use crate::sample::handbook;

    /// What readers ask is found in fields of its own: of a clause and its items with the clause, of
    /// a question of a topic by the number of each way to ask it, the question itself the last.
    #[test]
    fn what_readers_ask_is_kept_apart_from_the_words_of_the_council() {
        let topics = "groups: [{slug: g, name: G}]\ntopics:\n  - slug: pay\n    name: Pay\n    group: g\n    scope: S\n    \
            aspects:\n      - {slug: who, question: Who decides?, asked: [earn wages, wages]}\n      \
            - {slug: when, question: When?, asked: [wages]}\n";
        let folder = "authorities/alpha/protocol/2020-01-02";
        let clause = "---\nid: \"1\"\ntopics: [pay/who]\nitems: {a: {asked: [overtime]}}\nasked: [salary]\n---\n\
            The Board sets:\n\n(a) rates\n";
        let book = handbook(&[
            ("topics.yaml", topics),
            ("terms.yaml", "terms: []\nthesaurus: [[salary, remuneration]]\n"),
            (&format!("{folder}/01-rules/_section.md"), "---\nheading: Rules\nclauses: [\"1\"]\n---\n"),
            (&format!("{folder}/01-rules/1.md"), clause),
        ]);
        let (concepts, tags) = (Concepts::of(&book), Tags::of(&book));
        let index = index(&documents::of_today(&book), &concepts, &tags);
        let found = |token: &str| {
            let fields = index.tokens.get(token).into_iter().flatten();
            let places = |it: &Places| it.iter().map(|(number, _)| *number).collect::<Vec<_>>();
            fields.map(|(field, it)| (FIELDS[*field], places(it))).collect::<Vec<_>>()
        };
        assert_eq!(found("salari"), [("asked", vec![0])]);
        assert_eq!(found("overtim"), [("asked", vec![0])]);
        assert_eq!(found("~0"), [("asked", vec![0])]);
        assert_eq!(found("wage"), [("ways", vec![0, 1, 3])]);
        assert_eq!(index.ways[..3], [vec![], vec![2, 1, 2], vec![1, 0]]);
    }
}
