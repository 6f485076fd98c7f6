//! From text to tokens: how words are made alike, so that what is asked for is found.
//!
//! The browser does the same in `search-words.js`; `tests/search/words.json` holds both to it.
//! Tokens and stems are those of elasticlunr; its stop list is not, for it holds *may*, *must*,
//! *not* and *only*, which in a handbook of rules carry the meaning.

use elasticlunr::lang::common::StopWordFilter;
use elasticlunr::lang::{English, Language};
use elasticlunr::pipeline::Pipeline;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;
use unicode_normalization::UnicodeNormalization;

/// Words that are not searched: articles, pronouns, prepositions, forms of *be*, *do* and *have*,
/// and the beginnings of questions.
pub const STOP_WORDS: &[&str] = &[
    "", "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by", "can",
    "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if",
    "in", "into", "is", "it", "its", "me", "my", "of", "on", "or", "our", "she", "so", "some", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "us",
    "was", "we", "were", "what", "when", "where", "which", "why", "with", "would", "you", "your",
];

/// A token, by its number in the [`Words`] that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token(u32);

/// Turns words into tokens, and remembers them: most words of a text have been met before.
pub struct Words {
    language: English,
    pipeline: Pipeline,
    /// Each token once, by its number.
    pub tokens: IndexSet<Box<str>, FxBuildHasher>,
    /// What stands between two spaces of a text, as it is written, with its tokens.
    known: IndexMap<Box<str>, Box<[Token]>, FxBuildHasher>,
    /// Each word that was met and is not of the stop list, as it is spelt once words are made
    /// alike, with its token.
    pub spelt: IndexMap<Box<str>, Token, FxBuildHasher>,
}

impl Words {
    pub fn new() -> Self {
        let language = English::new();
        let mut pipeline = language.make_pipeline();
        // Between the trimmer and the stemmer stands the filter of the crate's own stop list.
        pipeline.queue[1] = Box::new(StopWordFilter::new("stopWordFilter", STOP_WORDS));
        Words {
            language,
            pipeline,
            tokens: IndexSet::default(),
            known: IndexMap::default(),
            spelt: IndexMap::default(),
        }
    }

    /// The tokens of a text in its order; words of the stop list are left out.
    pub fn tokens(&mut self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        for word in text.split_whitespace() {
            match self.known.get(word) {
                Some(found) => tokens.extend(found),
                None => {
                    let found = self.stems(word);
                    tokens.extend(&found);
                    self.known.insert(word.into(), found.into());
                }
            }
        }
        tokens
    }

    /// Nothing in [`normal`], the tokeniser or the stemmer looks beyond a space, so a text is the
    /// sum of its words.
    fn stems(&mut self, word: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        for word in self.language.tokenize(&normal(word)) {
            let stem = self.pipeline.run(vec![word.clone()]).pop().filter(|it| !it.is_empty());
            if let Some(stem) = stem {
                let token = self.token(&stem);
                self.spelt.insert(word.into(), token);
                tokens.push(token);
            }
        }
        tokens
    }

    /// What is already a token: a label, a concept.
    pub fn token(&mut self, token: &str) -> Token {
        let number = self.tokens.get_index_of(token);
        Token(number.unwrap_or_else(|| self.tokens.insert_full(token.into()).0) as u32)
    }

    /// How a token is spelt.
    pub fn spelt(&self, token: Token) -> &str {
        &self.tokens[token.place()]
    }
}

impl Token {
    /// Its number, from 0.
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

/// The text with what tells words apart in print alone taken away: capitals, accents, kinds of
/// apostrophe, the *’s* of a possessive, marks between words. `5.03` stays one word, and
/// `e-mail` is `email`.
pub fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for letter in text.to_lowercase().nfd() {
        match letter {
            '\u{300}'..='\u{36f}' => {}
            '’' | '‘' | 'ʼ' => normal.push('\''),
            '.' | '\'' | '-' | '_' => normal.push(letter),
            letter if letter.is_alphanumeric() => normal.push(letter),
            _ => normal.push(' '),
        }
    }
    let words = normal.split(' ').filter(|it| !it.is_empty());
    let words = words.map(|it| it.strip_suffix("'s").unwrap_or(it).replace("e-mail", "email"));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each case: a text, its tokens.
    #[test]
    fn the_shared_table_holds() {
        let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/search/words.json"));
        let table: serde_json::Value = serde_json::from_str(&table.unwrap()).unwrap();
        let mut words = Words::new();
        for (text, tokens) in table["tokens"].as_object().unwrap() {
            let expected: Vec<&str> =
                tokens.as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
            let found = words.tokens(text);
            let found: Vec<&str> = found.into_iter().map(|it| words.spelt(it)).collect();
            assert_eq!(found, expected, "{text}");
        }
        let stop_words: Vec<&str> =
            table["stop_words"].as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
        assert_eq!(STOP_WORDS, stop_words);
    }
}
