//! A clause whose words stand inside another clause of another text: clauses that were divided,
//! or, read the other way round, merged.
//!
//! Words are compared without printed labels: a part is found only where nearly all of its words
//! stand together, in their order, and where the clause that holds them no longer does so in the
//! text that has the part as a clause of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use crate::diff::{self, Bag, Change};
use crate::handbook::{Authority, Block, Clause, DocumentSlug, Edition, Inline};

/// Fewer words than these may stand in two clauses by chance.
const FEWEST_WORDS: usize = 6;

/// How many of a part's words may be others, in hundredths, and by how much they may lie further
/// apart in the whole than in the part.
const OTHERS: usize = 20;
const LOOSENESS: usize = 30;

/// The same clause in two texts.
#[derive(Clone, Copy)]
pub struct Pair<'h> {
    pub before: &'h Clause,
    pub after: &'h Clause,
}

/// A clause, and what was part of it.
pub struct Division<'h> {
    /// The clause in the text in which it is whole, and in the other one.
    pub whole: Pair<'h>,
    /// In the reading order of their text; never empty.
    pub parts: Vec<&'h Clause>,
}

/// The clauses of `whole_in` that are divided in `parts_in`, in reading order; those that go on are
/// given with what they are there.
pub fn divisions<'h>(
    whole_in: &'h Edition,
    parts_in: &'h Edition,
    going_on: impl IntoIterator<Item = Pair<'h>>,
) -> Vec<Division<'h>> {
    let alone = Alone::of(whole_in, parts_in);
    let divided = going_on.into_iter().map(|whole| Division { parts: alone.parts(&whole), whole });
    divided.filter(|it| !it.parts.is_empty()).collect()
}

/// How clauses were divided between any two texts of one authority. Two texts are looked through
/// when they are first asked for, and then known.
pub struct Divisions<'h> {
    between: BTreeMap<[&'h DocumentSlug; 2], Between<'h>>,
}

#[derive(Default)]
struct Between<'h> {
    alone: OnceLock<Alone<'h>>,
    going_on: OnceLock<Vec<GoingOn<'h>>>,
}

/// A clause whose words are not the same in two texts.
struct GoingOn<'h> {
    then: &'h Clause,
    words_then: Words,
    words_now: Words,
}

impl<'h> Divisions<'h> {
    pub fn of(authority: &'h Authority) -> Self {
        let texts = || authority.editions.keys();
        let pairs = texts().flat_map(|one| texts().map(move |other| [one, other]));
        Divisions { between: pairs.map(|it| (it, Between::default())).collect() }
    }

    /// The clauses of `parts_in` alone that are recorded to have given their words to `whole` or
    /// taken them from it; and those of which nothing is recorded whose words stood in it and do so
    /// no longer. Both are texts of the authority.
    pub fn parts(&self, whole_in: &'h Edition, parts_in: &'h Edition, whole: &Pair) -> Vec<&'h Clause> {
        let between = &self.between[&[&whole_in.slug, &parts_in.slug]];
        between.alone.get_or_init(|| Alone::of(whole_in, parts_in)).parts(whole)
    }

    /// The clause of `whole_in` in which the words of `part`, a clause of `parts_in` alone, stand;
    /// the first of several. `None` if there is none, or `parts_in` has it no longer, or still with
    /// these words.
    pub fn whole(&self, whole_in: &'h Edition, parts_in: &'h Edition, part: &Clause) -> Option<&'h Clause> {
        let part = Words::of(part);
        if !part.is_enough() {
            return None;
        }
        let between = &self.between[&[&whole_in.slug, &parts_in.slug]];
        let going_on = between.going_on.get_or_init(|| going_on(whole_in, parts_in));
        let found = going_on.iter().find(|it| it.words_then.hold(&part) && !it.words_now.hold(&part));
        found.map(|it| it.then)
    }
}

fn going_on<'h>(then_in: &'h Edition, now_in: &Edition) -> Vec<GoingOn<'h>> {
    let now: BTreeMap<_, _> = now_in.clauses().map(|it| (&it.id, it)).collect();
    let both = then_in.clauses().filter_map(|then| Some((then, *now.get(&then.id)?)));
    both.filter(|(then, now)| then.blocks != now.blocks)
        .map(|(then, now)| GoingOn { then, words_then: Words::of(then), words_now: Words::of(now) })
        .collect()
}

/// The clauses that one text has and another has not, in reading order.
struct Alone<'h>(Vec<One<'h>>);

struct One<'h> {
    clause: &'h Clause,
    words: Words,
    /// Whether it is recorded where its words came from or went.
    recorded: bool,
}

impl<'h> Alone<'h> {
    fn of(whole_in: &Edition, parts_in: &'h Edition) -> Self {
        let known: BTreeSet<_> = whole_in.clauses().map(|it| &it.id).collect();
        let given: BTreeSet<_> = whole_in.clauses().flat_map(|it| &it.from).collect();
        let alone = parts_in.clauses().filter(|it| !known.contains(&it.id)).map(|clause| One {
            clause,
            words: Words::of(clause),
            recorded: !clause.from.is_empty() || given.contains(&clause.id),
        });
        Alone(alone.collect())
    }

    fn parts(&self, whole: &Pair) -> Vec<&'h Clause> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let taken = |it: &Clause| it.from.contains(&whole.before.id) || whole.before.from.contains(&it.id);
        let differ = whole.before.plain() != whole.after.plain();
        let [before, after] = [whole.before, whole.after].map(Words::of);
        let is_part = |it: &Words| differ && it.is_enough() && before.hold(it) && !after.hold(it);
        let parts = self.0.iter().filter(|it| taken(it.clause) || !it.recorded && is_part(&it.words));
        parts.map(|it| it.clause).collect()
    }
}

/// The words of a clause one by one, as they are printed and without capitals.
struct Words {
    printed: Vec<String>,
    small: Vec<String>,
    bag: Bag,
}

impl Words {
    fn of(clause: &Clause) -> Words {
        let printed: Vec<String> = unlabelled(&clause.blocks).split_whitespace().map(str::to_owned).collect();
        let small: Vec<String> = printed.iter().map(|it| it.to_lowercase()).collect();
        Words { bag: Bag::of(&small), printed, small }
    }

    fn is_enough(&self) -> bool {
        self.printed.len() >= FEWEST_WORDS
    }

    /// Whether nearly all of others stand in these together, in their order.
    fn hold(&self, others: &Words) -> bool {
        let count = others.printed.len();
        let enough = |found: usize| found * 100 >= count * (100 - OTHERS);
        if !enough(self.printed.len()) {
            return false;
        }
        if self.printed.windows(count).any(|it| it == others.printed) {
            return true;
        }
        // Most clauses have nothing to do with each other, and that is seen sooner than where
        // their words stand.
        if !enough(self.bag.in_common(&others.bag)) {
            return false;
        }
        let [these, others] =
            [self, others].map(|it| it.small.iter().map(String::as_str).collect::<Vec<_>>());
        let kept: Vec<Range<usize>> = diff::words(&these, &others)
            .into_iter()
            .filter_map(|it| match it {
                Change::Kept { old, .. } => Some(old),
                Change::Removed { .. } | Change::Added { .. } => None,
            })
            .collect();
        // A word that stands elsewhere too may have been found far off.
        (0..kept.len()).any(|first| {
            let mut found = 0;
            kept[first..].iter().any(|run| {
                found += run.len();
                let span = run.end - kept[first].start;
                enough(found) && span * 100 <= count * (100 + LOOSENESS)
            })
        })
    }
}

/// Words as they stand one after another, paragraphs and items alike, without printed labels.
pub fn unlabelled(blocks: &[Block]) -> String {
    let runs: Vec<String> = Block::paragraphs(blocks).into_iter().map(Inline::plain).collect();
    runs.join(" ")
}

/// The words of [`unlabelled`] as far as letters and digits tell them apart, without capitals.
pub fn words_in(blocks: &[Block]) -> Vec<String> {
    let text = unlabelled(blocks).to_lowercase();
    let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::{AuthoritySlug, DocumentSlug};
    use crate::sample::handbook;

    const LEAD: &str =
        "On our side the text indicates:\n\n- what the Council decides; and\n- what officers do.";
    const REST: &str = "On their side the Leader determines:\n\n- what the team decides.";
    const LETTERED: &str = "On their side the Leader determines:\n\n(a) what the team decides.";

    /// What is divided when the one clause of a text with these words is followed by a text with
    /// these clauses, as `whole: parts`.
    #[track_caller]
    fn check(before: &[&str], after: &[(&str, &str)], expected: &[&str]) {
        let before: Vec<String> = before.iter().map(|it| (*it).to_owned()).collect();
        let before = before.join("\n\n");
        let mut files = vec![(
            crate::sample::CLAUSE.to_owned(),
            format!("---\nid: \"1\"\nnumber: \"1\"\ntopics: []\n---\n{before}\n"),
        )];
        let folder = "authorities/alpha/protocol/2021";
        let meta = "title: P\nstatus: published\nfollows: 2020-01-02\nlanguage: en-GB\nsource: {title: P}\nprovenance: drafted-here\n";
        files.push((format!("{folder}/edition.yaml"), meta.to_owned()));
        let ids: Vec<String> = after.iter().map(|(id, _)| format!("\"{id}\"")).collect();
        files.push((
            format!("{folder}/01-rules/_section.md"),
            format!("---\nclauses: [{}]\n---\n", ids.join(", ")),
        ));
        for (id, words) in after {
            files.push((
                format!("{folder}/01-rules/{id}.md"),
                format!("---\nid: \"{id}\"\ntopics: []\n---\n{words}\n"),
            ));
        }
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let book = handbook(&files);
        let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
        let edition = |it: &str| &alpha.editions[&DocumentSlug::parse(it).unwrap()];
        let (old, new) = (edition("2020-01-02"), edition("2021"));
        let going_on = old.clauses().filter_map(|it| Some(Pair { before: it, after: new.clause(&it.id)? }));
        let found = divisions(old, new, going_on);
        let lines: Vec<String> = found
            .iter()
            .map(|it| {
                assert_eq!(it.whole.before.id, it.whole.after.id);
                let parts: Vec<&str> = it.parts.iter().map(|it| it.id.as_str()).collect();
                format!("{}: {}", it.whole.before.id, parts.join(" "))
            })
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn words_that_left_a_clause_for_one_of_their_own_divide_it_whatever_their_labels() {
        check(&[LEAD, REST], &[("1", LEAD), ("2", REST)], &["1: 2"]);
        check(&[LEAD, REST], &[("1", LEAD), ("2", LETTERED)], &["1: 2"]);
        check(
            &[LEAD, REST],
            &[("1", "All that went before is gone."), ("2", LEAD), ("3", REST)],
            &["1: 2 3"],
        );
    }

    #[test]
    fn words_that_the_clause_keeps_are_not_divided_from_it() {
        check(&[LEAD, REST], &[("1", &[LEAD, REST].join("\n\n")), ("2", REST)], &[]);
    }

    #[test]
    fn other_words_are_an_addition() {
        let nearly = REST.replace("Leader", "Mayor");
        check(&[LEAD, REST], &[("1", LEAD), ("2", &nearly)], &["1: 2"]);
        let other = REST.replace("Leader determines", "Mayor finds").replace("their side", "our side");
        check(&[LEAD, REST], &[("1", LEAD), ("2", &other)], &[]);
        check(&[LEAD, REST], &[("1", LEAD), ("2", "what officers do.")], &[]);
    }

    #[test]
    fn a_clause_that_went_was_replaced_and_not_divided() {
        check(&[LEAD, REST], &[("2", LEAD), ("3", REST)], &[]);
    }
}
