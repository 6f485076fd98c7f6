//! What changed from one edition to the one that follows it, clause by clause.
//!
//! Clauses are matched by their ids, which stay when numbers and places change. What an edition
//! put together from marks of change cannot tell, its numbers and its order, is never taken for
//! a change. Which words of a clause changed is for the redline to show.

use std::collections::{BTreeMap, BTreeSet};

use crate::handbook::{Authority, Clause, ClauseId, Edition, Part, Provenance, Section, Status};

/// An edition, and what it changed.
pub struct Step<'h> {
    pub edition: &'h Edition,
    /// `None` for an edition that follows none that is held.
    pub changes: Option<Changes<'h>>,
}

/// The way from one edition to the next. All lists are in the reading order of the later one,
/// what was removed in that of the earlier one.
pub struct Changes<'h> {
    pub before: &'h Edition,
    pub added: Vec<&'h Clause>,
    pub removed: Vec<&'h Clause>,
    /// Before and after.
    pub reworded: Vec<Pair<'h>>,
    pub renumbered: Vec<Pair<'h>>,
    /// The fewest clauses whose moving explains the new order; `None` where an order is not known.
    pub moved: Option<Vec<&'h Clause>>,
    pub headings: Vec<HeadingChange>,
    pub numbers: Numbers<'h>,
}

/// The same clause in both editions.
#[derive(Clone, Copy)]
pub struct Pair<'h> {
    pub before: &'h Clause,
    pub after: &'h Clause,
}

/// A heading or sub-heading that came, went or changed; never `None` on both sides.
#[derive(Debug, PartialEq, Eq)]
pub struct HeadingChange {
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Whether printed numbers could be compared.
pub enum Numbers<'h> {
    Compared,
    /// They are not known in this edition, which was reconstructed.
    NotKnown(&'h Edition),
    /// This edition prints none.
    NotPrinted(&'h Edition),
}

/// The editions of an authority, the oldest first, each with what it changed. Drafts are left
/// out unless `drafts`.
pub fn steps(authority: &Authority, drafts: bool) -> Vec<Step<'_>> {
    let shown = |it: &&Edition| drafts || it.status != Status::Draft;
    let mut steps = Vec::new();
    for edition in authority.editions_newest_first().into_iter().rev().filter(shown) {
        let before = edition.follows.as_ref().and_then(|it| authority.editions.get(it)).filter(shown);
        steps.push(Step { edition, changes: before.map(|it| compare(it, edition)) });
    }
    steps
}

/// What changed from `before` to `after`.
pub fn compare<'h>(before: &'h Edition, after: &'h Edition) -> Changes<'h> {
    let old: BTreeMap<&ClauseId, &Clause> = before.clauses().map(|it| (&it.id, it)).collect();
    let new: BTreeSet<&ClauseId> = after.clauses().map(|it| &it.id).collect();
    let pairs: Vec<Pair> = after
        .clauses()
        .filter_map(|it| Some(Pair { before: old.get(&it.id).copied()?, after: it }))
        .collect();
    let reconstructed = [before, after].iter().any(|it| it.provenance == Provenance::Reconstructed);
    let numbers = numbers(before, after);
    let renumbered = |it: &&Pair| match (&it.before.number, &it.after.number) {
        (Some(before), Some(after)) => before != after,
        (None, None) => false,
        // Of a reconstructed edition a number that is not there may only be lost.
        _ => !reconstructed,
    };
    Changes {
        before,
        added: after.clauses().filter(|it| !old.contains_key(&it.id)).collect(),
        removed: before.clauses().filter(|it| !new.contains(&it.id)).collect(),
        reworded: pairs.iter().copied().filter(|it| it.before.plain() != it.after.plain()).collect(),
        renumbered: match numbers {
            Numbers::Compared => pairs.iter().filter(renumbered).copied().collect(),
            _ => Vec::new(),
        },
        moved: (!reconstructed).then(|| moved(before, &pairs)),
        headings: headings(before, after, matches!(numbers, Numbers::Compared)),
        numbers,
    }
}

impl Changes<'_> {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.reworded.is_empty()
            && self.renumbered.is_empty()
            && self.headings.is_empty()
            && self.moved.as_ref().is_none_or(Vec::is_empty)
    }
}

impl Pair<'_> {
    /// Whether the words differ in nothing but punctuation, capitals, spaces and paragraphs.
    pub fn same_but_for_print(&self) -> bool {
        fn words(text: &str) -> Vec<String> {
            let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
            words.map(str::to_lowercase).collect()
        }
        words(&self.before.plain()) == words(&self.after.plain())
    }
}

fn numbers<'h>(before: &'h Edition, after: &'h Edition) -> Numbers<'h> {
    match [before, after].into_iter().find(|it| it.clauses().all(|it| it.number.is_none())) {
        None => Numbers::Compared,
        Some(it) if it.provenance == Provenance::Reconstructed => Numbers::NotKnown(it),
        Some(it) => Numbers::NotPrinted(it),
    }
}

/// The clauses outside a longest run that kept its order.
fn moved<'h>(before: &Edition, pairs: &[Pair<'h>]) -> Vec<&'h Clause> {
    let places: BTreeMap<&ClauseId, usize> =
        before.clauses().enumerate().map(|(place, it)| (&it.id, place)).collect();
    let old: Vec<usize> = pairs.iter().map(|it| places[&it.after.id]).collect();
    // `ends[n]`: the pair that ends the run of n + 1 with the smallest old place; `previous`
    // leads back along it.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::new();
    for (index, place) in old.iter().enumerate() {
        let length = ends.partition_point(|it| old[*it] < *place);
        previous.push(length.checked_sub(1).map(|it| ends[it]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut kept = BTreeSet::new();
    let mut last = ends.last().copied();
    while let Some(index) = last {
        kept.insert(index);
        last = previous[index];
    }
    pairs.iter().enumerate().filter(|(index, _)| !kept.contains(index)).map(|(_, it)| it.after).collect()
}

fn headings(before: &Edition, after: &Edition, numbered: bool) -> Vec<HeadingChange> {
    let old_of = |it: &Section| before.sections.iter().find(|old| old.slug == it.slug);
    let is_gone = |it: &&Section| !after.sections.iter().any(|new| new.slug == it.slug);
    let mut changes = Vec::new();
    let mut change = |before: Option<String>, after: Option<String>| {
        if before != after {
            changes.push(HeadingChange { before, after });
        }
    };
    for section in &after.sections {
        let old = old_of(section);
        change(old.and_then(|it| heading(it, numbered)), heading(section, numbered));
        let old: Vec<&str> = old.map(sub_headings).unwrap_or_default();
        let new = sub_headings(section);
        new.iter().filter(|it| !old.contains(it)).for_each(|it| change(None, Some((*it).to_owned())));
        old.iter().filter(|it| !new.contains(it)).for_each(|it| change(Some((*it).to_owned()), None));
    }
    for section in before.sections.iter().filter(is_gone) {
        change(heading(section, numbered), None);
        sub_headings(section).iter().for_each(|it| change(Some((*it).to_owned()), None));
    }
    changes
}

/// Number and heading of a section as they are read; the heading alone where numbers are not
/// compared.
fn heading(section: &Section, numbered: bool) -> Option<String> {
    let number = section.number.as_deref().filter(|_| numbered);
    match (number, &section.heading) {
        (Some(number), Some(heading)) => Some(format!("{number} {heading}")),
        (number, heading) => number.or(heading.as_deref()).map(str::to_owned),
    }
}

fn sub_headings(section: &Section) -> Vec<&str> {
    let parts = section.parts.iter();
    parts
        .filter_map(|it| match it {
            Part::SubHeading(heading) => Some(heading.as_str()),
            Part::Clause(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
