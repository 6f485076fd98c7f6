//! What changed from one edition to the one that follows it, clause by clause.
//!
//! Clauses are matched by their ids, which stay when numbers and places change. What an edition
//! put together from marks of change cannot tell, its numbers and its order, is never taken for
//! a change. A clause that only took words out of another one is no addition: it comes from a
//! [`Division`]. All words of a clause that changed are for the redline to show.

use std::collections::{BTreeMap, BTreeSet};

use super::division::{Division, divisions, unlabelled};
use crate::diff::{self, Change};
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
    /// Without the parts of divided clauses.
    pub added: Vec<&'h Clause>,
    /// Without the parts of merged clauses.
    pub removed: Vec<&'h Clause>,
    /// Clauses whose words went, in part, into clauses of their own.
    pub divided: Vec<Division<'h>>,
    /// The reverse: clauses that took in the words of others. Their `whole.before` is of the
    /// later edition.
    pub merged: Vec<Division<'h>>,
    /// Before and after; without what was divided or merged.
    pub reworded: Vec<Pair<'h>>,
    /// Clauses with the same words, of which a text that was put together from marks of change
    /// has a note on its reading.
    pub doubtful: Vec<Pair<'h>>,
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

/// How the two texts of a clause differ, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// In nothing but printed labels of items, and in how words are set in paragraphs.
    Labels,
    /// In nothing but punctuation, capitals, spaces and paragraphs.
    Print,
    /// In labels and in print.
    LabelsAndPrint,
    Words,
}

/// The first place at which the words of a clause differ, labels aside.
#[derive(Debug, PartialEq, Eq)]
pub struct FirstDifference {
    /// Empty where words were only added.
    pub before: String,
    /// Empty where words were only removed.
    pub after: String,
    /// At how many other places they differ as well.
    pub others: usize,
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
    let lost = before.numbers_are_lost() || after.numbers_are_lost();
    let numbers = numbers(before, after);
    let divided = divisions(before, after);
    let merged = divisions(after, before);
    let is_part =
        |all: &[Division], it: &Clause| all.iter().flat_map(|it| &it.parts).any(|part| part.id == it.id);
    let is_whole =
        |it: &Pair| divided.iter().chain(&merged).any(|whole| whole.whole.before.id == it.before.id);
    let renumbered = |it: &&Pair| match (&it.before.number, &it.after.number) {
        (Some(before), Some(after)) => before != after,
        (None, None) => false,
        // Of a reconstructed edition a number that is not there may only be lost.
        _ => !reconstructed,
    };
    Changes {
        before,
        added: after.clauses().filter(|it| !old.contains_key(&it.id) && !is_part(&divided, it)).collect(),
        removed: before.clauses().filter(|it| !new.contains(&it.id) && !is_part(&merged, it)).collect(),
        reworded: pairs
            .iter()
            .copied()
            .filter(|it| it.before.plain() != it.after.plain() && !is_whole(it))
            .collect(),
        doubtful: pairs
            .iter()
            .copied()
            .filter(|it| it.before.plain() == it.after.plain())
            .filter(|it| is_noted(before, it.before) || is_noted(after, it.after))
            .collect(),
        renumbered: match numbers {
            Numbers::Compared => pairs.iter().filter(renumbered).copied().collect(),
            _ => Vec::new(),
        },
        moved: (!lost).then(|| moved(before, &pairs)),
        headings: headings(before, after, matches!(numbers, Numbers::Compared)),
        numbers,
        divided,
        merged,
    }
}

impl Changes<'_> {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.divided.is_empty()
            && self.merged.is_empty()
            && self.reworded.is_empty()
            && self.renumbered.is_empty()
            && self.headings.is_empty()
            && self.moved.as_ref().is_none_or(Vec::is_empty)
    }
}

impl Pair<'_> {
    /// How far the two texts differ.
    pub fn difference(&self) -> Difference {
        fn words(text: &str) -> Vec<String> {
            let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
            words.map(str::to_lowercase).collect()
        }
        let [before, after] = self.unlabelled();
        if before.split_whitespace().eq(after.split_whitespace()) {
            Difference::Labels
        } else if words(&self.before.plain()) == words(&self.after.plain()) {
            Difference::Print
        } else if words(&before) == words(&after) {
            Difference::LabelsAndPrint
        } else {
            Difference::Words
        }
    }

    /// The first words that differ; `None` where only labels do.
    pub fn first_difference(&self) -> Option<FirstDifference> {
        let [before, after] = self.unlabelled();
        let old: Vec<&str> = before.split_whitespace().collect();
        let new: Vec<&str> = after.split_whitespace().collect();
        let mut places: Vec<FirstDifference> = Vec::new();
        let mut open = false;
        for change in diff::words(&old, &new) {
            if let (Change::Removed { .. } | Change::Added { .. }, false) = (&change, open) {
                places.push(FirstDifference { before: String::new(), after: String::new(), others: 0 });
            }
            open = !matches!(change, Change::Kept { .. });
            let Some(place) = places.last_mut() else { continue };
            match change {
                Change::Kept { .. } => {}
                Change::Removed { old: range } => place.before = old[range].join(" "),
                Change::Added { new: range } => place.after = new[range].join(" "),
            }
        }
        let others = places.len().checked_sub(1)?;
        Some(FirstDifference { others, ..places.swap_remove(0) })
    }

    fn unlabelled(&self) -> [String; 2] {
        [self.before, self.after].map(|it| unlabelled(&it.blocks))
    }
}

fn is_noted(edition: &Edition, clause: &Clause) -> bool {
    edition.provenance == Provenance::Reconstructed && clause.source_note.is_some()
}

fn numbers<'h>(before: &'h Edition, after: &'h Edition) -> Numbers<'h> {
    match [before, after].into_iter().find(|it| it.clauses().all(|it| it.number.is_none())) {
        None => Numbers::Compared,
        Some(it) if it.numbers_are_lost() => Numbers::NotKnown(it),
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
