//! Other words for the same thing, found when the site is made.
//!
//! A concept is a term of the register or a set of the thesaurus. A document that has any of
//! its words bears its token, so that a search for one word finds the others. The words of a
//! term count for the authority that uses them so: *Leadership Team* is the executive in
//! Kensington and Chelsea, and nothing of the kind elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::words::Words;
use crate::handbook::{AuthoritySlug, Handbook};

/// All concepts, with the words by which each is known.
pub struct Concepts {
    /// Terms first, then the sets of the thesaurus.
    pub names: Vec<String>,
    /// By the first token of the words, so that a text is gone through once.
    spellings: BTreeMap<String, Vec<Spelling>>,
}

/// One way to say a concept.
struct Spelling {
    tokens: Vec<String>,
    /// As it is written in the register.
    words: String,
    concept: usize,
    /// Who says it so; `None` for everyone.
    authority: Option<AuthoritySlug>,
    /// Whether readers alone say it so: its tokens mean something else in a text, as that of
    /// *polite* does in *political*.
    only_asked: bool,
}

impl Concepts {
    pub fn of(handbook: &Handbook, words: &mut Words) -> Self {
        let mut concepts = Concepts { names: Vec::new(), spellings: BTreeMap::new() };
        for (concept, term) in handbook.terms.iter().enumerate() {
            concepts.names.push(term.name.clone());
            concepts.add(words, &term.name, concept, None);
            for authority in handbook.authorities.values() {
                for said in authority.vocabulary.get(&term.slug).into_iter().flat_map(|it| &it.words) {
                    concepts.add(words, said, concept, Some(&authority.slug));
                }
            }
        }
        for (index, set) in handbook.thesaurus.iter().enumerate() {
            concepts.names.push(set.first().cloned().unwrap_or_default());
            for said in set {
                concepts.add(words, said, handbook.terms.len() + index, None);
            }
        }
        concepts
    }

    fn add(&mut self, words: &mut Words, said: &str, concept: usize, authority: Option<&AuthoritySlug>) {
        let tokens = words.tokens(said);
        let Some(first) = tokens.first().cloned() else { return };
        let (words, only_asked) = said.strip_suffix('?').map_or((said, false), |it| (it, true));
        let authority = authority.cloned();
        let spelling = Spelling { tokens, words: words.to_owned(), concept, authority, only_asked };
        self.spellings.entry(first).or_default().push(spelling);
    }

    /// The concepts that a text of an authority names, each with the words it has for it first.
    pub fn named(&self, tokens: &[String], authority: Option<&AuthoritySlug>) -> BTreeMap<usize, &str> {
        let mut named = BTreeMap::new();
        for at in 0..tokens.len() {
            for spelling in self.spellings.get(&tokens[at]).into_iter().flatten() {
                let said_here = !spelling.only_asked
                    && spelling.authority.as_ref().is_none_or(|it| Some(it) == authority);
                if said_here && tokens[at..].starts_with(&spelling.tokens) {
                    named.entry(spelling.concept).or_insert(spelling.words.as_str());
                }
            }
        }
        named
    }

    /// For the browser: each spelling, its tokens joined by spaces, with the concepts it may
    /// stand for.
    pub fn asked_by(&self) -> BTreeMap<String, BTreeSet<usize>> {
        let mut asked: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for spelling in self.spellings.values().flatten() {
            asked.entry(spelling.tokens.join(" ")).or_default().insert(spelling.concept);
        }
        asked
    }
}
