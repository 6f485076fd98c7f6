//! From text to tokens: how words are made alike, so that what is asked for is found.
//!
//! The browser does the same in `search-words.js`; `tests/search/words.json` holds both to it.
//! Tokens and stems are those of elasticlunr; its stop list is not, for it holds *may*, *must*,
//! *not* and *only*, which in a handbook of rules carry the meaning.

use std::collections::BTreeMap;

use elasticlunr::lang::common::StopWordFilter;
use elasticlunr::lang::{English, Language};
use elasticlunr::pipeline::Pipeline;
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

/// Turns words into tokens, and remembers them.
pub struct Words {
    language: English,
    pipeline: Pipeline,
    known: BTreeMap<String, Option<String>>,
}

impl Words {
    pub fn new() -> Self {
        let language = English::new();
        let mut pipeline = language.make_pipeline();
        // Between the trimmer and the stemmer stands the filter of the crate's own stop list.
        pipeline.queue[1] = Box::new(StopWordFilter::new("stopWordFilter", STOP_WORDS));
        Words { language, pipeline, known: BTreeMap::new() }
    }

    /// The tokens of a text in its order; words of the stop list are left out.
    pub fn tokens(&mut self, text: &str) -> Vec<String> {
        let words = self.language.tokenize(&normal(text));
        words.into_iter().filter_map(|it| self.token(it)).collect()
    }

    /// Each word that was met and is not of the stop list, with its token.
    pub fn known(&self) -> impl Iterator<Item = (&str, &str)> {
        self.known.iter().filter_map(|(word, token)| Some((word.as_str(), token.as_deref()?)))
    }

    fn token(&mut self, word: String) -> Option<String> {
        if let Some(token) = self.known.get(&word) {
            return token.clone();
        }
        let token = self.pipeline.run(vec![word.clone()]).pop().filter(|it| !it.is_empty());
        self.known.insert(word, token.clone());
        token
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
            assert_eq!(words.tokens(text), expected, "{text}");
        }
        let stop_words: Vec<&str> =
            table["stop_words"].as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
        assert_eq!(STOP_WORDS, stop_words);
    }
}
