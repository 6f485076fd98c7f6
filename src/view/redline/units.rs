//! The pieces of a text, headings and clauses, and how like two clauses are.

use std::ops::Range;

use crate::diff::{self, Bag, Change};
use crate::handbook::{Clause, Edition, Part, Section};
use crate::view::division::words_in;
use crate::view::history::Place as Where;

/// Clauses under different ids are the same if they share this part of their words, in order.
pub const LIKENESS: f64 = 0.6;

/// Fewer words than these may be alike by chance.
const FEWEST_WORDS: usize = 6;

/// A piece of one text.
#[derive(Clone, Copy)]
pub enum Unit<'h> {
    Section(&'h Section),
    SubHeading(&'h str),
    Clause(Where<'h>),
}

/// The pieces of an edition in reading order.
pub fn units(edition: &Edition) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    for section in &edition.sections {
        units.push(Unit::Section(section));
        let mut sub_heading = None;
        for part in &section.parts {
            match part {
                Part::SubHeading(words) => {
                    sub_heading = Some(words.as_str());
                    units.push(Unit::SubHeading(words));
                }
                Part::Clause(clause) => {
                    let sub_heading = sub_heading.filter(|_| !clause.is_footnote());
                    units.push(Unit::Clause(Where { section, sub_heading, clause }));
                }
            }
        }
    }
    units
}

/// The clauses among some pieces, each with its place among them.
pub fn clauses<'u, 'h>(units: &'u [Unit<'h>]) -> impl Iterator<Item = (usize, &'h Clause)> + 'u {
    units.iter().enumerate().filter_map(|(at, it)| match it {
        Unit::Clause(place) => Some((at, place.clause)),
        Unit::Section(_) | Unit::SubHeading(_) => None,
    })
}

/// The sub-headings of the section at a place, each with its own place.
pub fn sub_headings<'h>(units: &[Unit<'h>], section: usize) -> Vec<(usize, &'h str)> {
    let within = units.iter().enumerate().skip(section + 1);
    let within = within.take_while(|(_, it)| !matches!(it, Unit::Section(_)));
    within
        .filter_map(|(at, it)| match it {
            Unit::SubHeading(words) => Some((at, *words)),
            Unit::Section(_) | Unit::Clause(_) => None,
        })
        .collect()
}

/// The words of a clause as far as letters and digits tell them apart, without labels.
pub fn words_of(clause: &Clause) -> Vec<String> {
    words_in(&clause.blocks)
}

/// The words of a clause that is compared with many.
pub struct Compared {
    words: Vec<String>,
    bag: Bag,
}

impl Compared {
    pub fn of(clause: &Clause) -> Compared {
        let words = words_of(clause);
        Compared { bag: Bag::of(&words), words }
    }
}

/// How much of their words two clauses share, in order: 1 for the same words, 0 for less than
/// [`LIKENESS`].
pub fn likeness(before: &Compared, after: &Compared) -> f64 {
    let (one, other) = (before.words.len(), after.words.len());
    let (short, long) = (one.min(other), one.max(other));
    let all = (short + long) as f64;
    if short < FEWEST_WORDS || 2.0 * short as f64 / all < LIKENESS {
        return 0.0;
    }
    if 2.0 * (before.bag.in_common(&after.bag) as f64) / all < LIKENESS {
        return 0.0;
    }
    2.0 * kept(&before.words, &after.words).map(|it| it.len()).sum::<usize>() as f64 / all
}

/// Where the longest run of a part's words begins in the words of the whole; after all of these
/// where they share none.
pub fn place_in(whole: &[String], part: &[String]) -> usize {
    let longest = kept(whole, part).max_by_key(|it| (it.len(), std::cmp::Reverse(it.start)));
    longest.map_or(usize::MAX, |it| it.start)
}

/// The runs of words of the first text that the second one has too, in order.
fn kept(before: &[String], after: &[String]) -> impl Iterator<Item = Range<usize>> {
    let [before, after] = [before, after].map(|it| it.iter().map(String::as_str).collect::<Vec<_>>());
    let changes = diff::words(&before, &after);
    changes.into_iter().filter_map(|it| match it {
        Change::Kept { old, .. } => Some(old),
        Change::Removed { .. } | Change::Added { .. } => None,
    })
}
