//! Other words for the same thing, found when the site is made.
//!
//! A concept is a term of the register or a set of the thesaurus. A document that has any of
//! its words bears its token, so that a search for one word finds the others. The words of a
//! term count for the authority that uses them so: *Leadership Team* is the executive in
//! Kensington and Chelsea, and nothing of the kind elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{Token, Words};
use crate::handbook::{AuthoritySlug, Handbook};

/// All concepts, with the words by which each is known.
pub struct Concepts<'h> {
    /// Terms first, each by its name, then the sets of the thesaurus, each by all words that texts
    /// say; the first of them is what a reader is told.
    pub words: Vec<Vec<&'h str>>,
    /// How many of them are terms.
    terms: usize,
    spellings: Vec<Spelling<'h>>,
}

/// One way to say a concept.
struct Spelling<'h> {
    /// As it is written in the register.
    words: &'h str,
    concept: usize,
    /// Who says it so; `None` for everyone.
    authority: Option<&'h AuthoritySlug>,
    /// Whether readers alone say it so: its tokens mean something else in a text, as that of
    /// *polite* does in *political*.
    only_asked: bool,
}

impl<'h> Spelling<'h> {
    fn of(said: &'h str, concept: usize, authority: Option<&'h AuthoritySlug>) -> Self {
        let (words, only_asked) = said.strip_suffix('?').map_or((said, false), |it| (it, true));
        Spelling { words, concept, authority, only_asked }
    }
}

impl<'h> Concepts<'h> {
    pub fn of(handbook: &'h Handbook) -> Self {
        let mut concepts = Concepts { words: Vec::new(), terms: handbook.terms.len(), spellings: Vec::new() };
        for (concept, term) in handbook.terms.iter().enumerate() {
            concepts.words.push(vec![&term.name]);
            concepts.spellings.push(Spelling::of(&term.name, concept, None));
            for authority in handbook.authorities.values() {
                let said = authority.vocabulary.get(&term.slug).into_iter().flat_map(|it| &it.words);
                let authority = Some(&authority.slug);
                concepts.spellings.extend(said.map(|it| Spelling::of(it, concept, authority)));
            }
        }
        for (index, set) in handbook.thesaurus.iter().enumerate() {
            let concept = handbook.terms.len() + index;
            let spellings = set.iter().map(|it| Spelling::of(it, concept, None));
            let (asked, said): (Vec<_>, Vec<_>) = spellings.partition(|it| it.only_asked);
            concepts.words.push(said.iter().map(|it| it.words).collect());
            concepts.spellings.extend(said.into_iter().chain(asked));
        }
        concepts
    }

    /// For the browser: each spelling, its tokens joined by spaces, with the concepts it may
    /// stand for.
    pub fn asked_by(&self) -> BTreeMap<String, BTreeSet<usize>> {
        let mut words = Words::new();
        let mut asked: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for spelling in &self.spellings {
            let tokens = words.tokens(spelling.words);
            if !tokens.is_empty() {
                let spelt: Vec<&str> = tokens.into_iter().map(|it| words.spelt(it)).collect();
                asked.entry(spelt.join(" ")).or_default().insert(spelling.concept);
            }
        }
        asked
    }
}

/// The concepts in the tokens of one [`Words`], to be found in texts.
pub struct Finder<'c> {
    /// By the place of the first token, so that a text is gone through once; in the order of the
    /// register. Tokens that were met later begin none.
    sayings: Vec<Vec<Saying<'c>>>,
    /// How many concepts are terms of the register; they come first.
    pub terms: usize,
}

/// One row of tokens that says a concept.
struct Saying<'c> {
    tokens: Vec<Token>,
    concept: usize,
    /// As everyone writes it, if everyone says it so.
    by_all: Option<&'c str>,
    /// As each authority writes it that says it so.
    by_some: BTreeMap<&'c AuthoritySlug, &'c str>,
}

impl<'c> Finder<'c> {
    pub fn new(concepts: &'c Concepts, words: &mut Words) -> Self {
        let mut sayings: Vec<Vec<Saying>> = Vec::new();
        for spelling in &concepts.spellings {
            let tokens = words.tokens(spelling.words);
            let Some(first) = tokens.first().filter(|_| !spelling.only_asked) else { continue };
            if sayings.len() <= first.place() {
                sayings.resize_with(first.place() + 1, Vec::new);
            }
            let sayings = &mut sayings[first.place()];
            let same = |it: &Saying| it.concept == spelling.concept && it.tokens == tokens;
            let at = sayings.iter().position(same).unwrap_or_else(|| {
                let (concept, by_some) = (spelling.concept, BTreeMap::new());
                sayings.push(Saying { tokens, concept, by_all: None, by_some });
                sayings.len() - 1
            });
            match spelling.authority {
                None => _ = sayings[at].by_all.get_or_insert(spelling.words),
                Some(authority) => _ = sayings[at].by_some.entry(authority).or_insert(spelling.words),
            }
        }
        Finder { sayings, terms: concepts.terms }
    }

    /// The concepts that a text of an authority names, each with the words it has for it first.
    /// The words of a term within longer ones of another are not its own: a *Chief Executive* is
    /// not the executive.
    pub fn named(&self, tokens: &[Token], authority: Option<&AuthoritySlug>) -> BTreeMap<usize, &'c str> {
        let mut named = BTreeMap::new();
        // Where the words of a term that have been met end.
        let mut term_ends = 0;
        for (at, token) in tokens.iter().enumerate() {
            let sayings = self.sayings.get(token.place()).map_or(&[][..], Vec::as_slice);
            if sayings.is_empty() {
                continue;
            }
            let said = sayings.iter().filter(|it| tokens[at..].starts_with(&it.tokens));
            let said = said.filter_map(|it| {
                let own = authority.and_then(|authority| it.by_some.get(authority));
                Some((it, it.by_all.or(own.copied())?))
            });
            let said: Vec<(&Saying, &str)> = said.collect();
            let is_term = |it: &Saying| it.concept < self.terms;
            let of_terms = said.iter().filter(|(it, _)| is_term(it)).map(|(it, _)| at + it.tokens.len());
            let longest = of_terms.max().unwrap_or_default();
            for (saying, words) in said {
                let end = at + saying.tokens.len();
                if !is_term(saying) || (end == longest && end > term_ends) {
                    named.entry(saying.concept).or_insert(words);
                }
            }
            term_ends = term_ends.max(longest);
        }
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::handbook;

    #[test]
    fn a_text_names_the_concepts_that_it_has_words_for_and_none_within_words_for_another() {
        let terms = "terms:\n  - {slug: executive, name: Executive, scope: S}\n  \
            - {slug: head, name: Chief Executive, scope: S}\nthesaurus:\n  - [Executive decision, ruling]\n";
        let authority = "name: A\nshort_name: A\nkind: council\njurisdiction: England\ncurrent: 2020-01-02\n\
            vocabulary:\n  executive: {words: [Leadership Team]}\n";
        let book = handbook(&[("terms.yaml", terms), ("authorities/alpha/authority.yaml", authority)]);
        let concepts = Concepts::of(&book);
        let mut words = Words::new();
        let finder = Finder::new(&concepts, &mut words);
        let mut check = |text: &str, authority: Option<&str>, expected: &[(usize, &str)]| {
            let authority = authority.and_then(AuthoritySlug::parse);
            let named = finder.named(&words.tokens(text), authority.as_ref());
            assert_eq!(named.into_iter().collect::<Vec<_>>(), expected, "{text}");
        };
        check("The Executive decides.", None, &[(0, "Executive")]);
        check("The Chief Executive decides.", None, &[(1, "Chief Executive")]);
        check("The Chief Executive and the Executive", None, &[(0, "Executive"), (1, "Chief Executive")]);
        // Words of the thesaurus are everyday ones, and stand within others.
        check("An Executive decision", None, &[(0, "Executive"), (2, "Executive decision")]);
        check("The Leadership Team", Some("alpha"), &[(0, "Leadership Team")]);
        check("The Leadership Team", Some("beta"), &[]);
        check("The Leadership Team", None, &[]);
    }
}
