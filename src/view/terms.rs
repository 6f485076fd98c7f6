//! The words of all authorities in one alphabet, each with what it means and to whom.

use std::collections::BTreeMap;

use crate::handbook::{Authority, Handbook, Term};

/// A word as texts print it.
pub struct Word<'h> {
    pub words: &'h str,
    /// In the order of the register; never empty.
    pub meanings: Vec<Meaning<'h>>,
}

/// A concept to which a word leads.
pub struct Meaning<'h> {
    pub term: &'h Term,
    /// In whose texts, in the order of the slugs; empty for a false friend of all.
    pub authorities: Vec<&'h Authority>,
    /// Whether the word only looks as if it meant this concept.
    pub false_friend: bool,
}

/// The words of all vocabularies and all false friends, sorted as an index is: capitals and a
/// `the` at the front count for nothing.
pub fn index(handbook: &Handbook) -> Vec<Word<'_>> {
    let mut words: BTreeMap<(String, &str), Vec<Meaning>> = BTreeMap::new();
    for term in &handbook.terms {
        for authority in handbook.authorities.values() {
            let Some(vocabulary) = authority.vocabulary.get(&term.slug) else { continue };
            for word in &vocabulary.words {
                let meanings = words.entry((sort_key(word), word)).or_default();
                match meanings.iter_mut().find(|it| it.term.slug == term.slug && !it.false_friend) {
                    Some(meaning) => meaning.authorities.push(authority),
                    None => {
                        meanings.push(Meaning { term, authorities: vec![authority], false_friend: false })
                    }
                }
            }
        }
        for friend in &term.false_friends {
            let authorities =
                handbook.authorities.values().filter(|it| friend.authorities.contains(&it.slug));
            words.entry((sort_key(&friend.words), &friend.words)).or_default().push(Meaning {
                term,
                authorities: authorities.collect(),
                false_friend: true,
            });
        }
    }
    words.into_iter().map(|((_, words), meanings)| Word { words, meanings }).collect()
}

fn sort_key(words: &str) -> String {
    let words = words.to_lowercase();
    words.strip_prefix("the ").map(str::to_owned).unwrap_or(words)
}

impl Word<'_> {
    /// The letter under which it stands, a capital; `#` for what begins with none.
    pub fn letter(&self) -> char {
        let first = sort_key(self.words).chars().next().filter(|it| it.is_alphabetic());
        first.and_then(|it| it.to_uppercase().next()).unwrap_or('#')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::handbook;

    const AUTHORITY: &str =
        "name: Alpha Council\nshort_name: Alpha\nkind: council\njurisdiction: England\ncurrent: 2020-01-02\n";

    /// The index when alpha has these words for the concepts `member` and `officer`.
    fn check(vocabulary: &str, false_friends: &str, expected: &[&str]) {
        let terms = format!(
            "terms:\n  - {{slug: member, name: Elected person, scope: s, false_friends: [{false_friends}]}}\n  - {{slug: officer, name: Staff, scope: s}}\n"
        );
        let authority = format!("{AUTHORITY}vocabulary: {{{vocabulary}}}\n");
        let book = handbook(&[("terms.yaml", &terms), ("authorities/alpha/authority.yaml", &authority)]);
        let lines: Vec<String> = index(&book)
            .iter()
            .map(|word| {
                let meanings = word.meanings.iter().map(|it| {
                    let of: Vec<_> = it.authorities.iter().map(|it| it.short_name.as_str()).collect();
                    format!("{}{} {}", it.term.slug, if it.false_friend { "?" } else { "" }, of.join(","))
                });
                format!("{} {}: {}", word.letter(), word.words, meanings.collect::<Vec<_>>().join("; "))
            })
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn words_stand_in_one_alphabet_whatever_their_capitals() {
        check(
            "member: {words: [the Member, councillor]}, officer: {words: [Officer, 1st secretary]}",
            "",
            &[
                "# 1st secretary: officer Alpha",
                "C councillor: member Alpha",
                "M the Member: member Alpha",
                "O Officer: officer Alpha",
            ],
        );
    }

    #[test]
    fn a_word_of_two_concepts_leads_to_both() {
        check(
            "member: {words: [Leader]}, officer: {words: [Leader]}",
            "",
            &["L Leader: member Alpha; officer Alpha"],
        );
    }

    #[test]
    fn a_false_friend_is_in_the_index_as_one() {
        check(
            "officer: {words: [Officer]}",
            "{words: Officer, authorities: [alpha], text: t}, {words: Panel, text: t}",
            &["O Officer: member? Alpha; officer Alpha", "P Panel: member? "],
        );
    }
}
