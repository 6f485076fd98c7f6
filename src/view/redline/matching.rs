//! Which headings and clauses of two texts are the same, and in what order a reader finds them.
//!
//! Clauses are matched by their ids, then by what is recorded of their origins. Of the rest those that
//! hold words of a clause that was split or merged go with it ([`joined`]); then those whose words
//! are much alike are the same clause under another id. Sections are matched by their slug, then by their heading; sub-headings by
//! their words, within their section.

use std::collections::{BTreeMap, BTreeSet};

use super::joined::{self, Group, Links, Pairs};
use super::units::{Compared, LIKENESS, Unit, clauses, likeness, place_in, sub_headings, units, words_of};
use super::{Fate, Of};
use crate::diff::{self, Change};
use crate::handbook::{ClauseId, Edition, Section};
use crate::view::history::Place as Where;

/// All that two texts hold, each piece with what stands for it in the other one.
pub struct Pairing<'h> {
    pub matches: Vec<Match<'h>>,
    /// Clauses of the earlier text with those of the later one that hold words of them, in the order
    /// of both.
    pub links: Vec<(Where<'h>, Where<'h>)>,
}

/// A piece of both texts, or of one.
pub struct Match<'h> {
    pub of: Of<'h>,
    pub fate: Fate,
    pub moved: bool,
    /// The words of a heading in each text; `None` for clauses.
    pub headings: Option<(Option<&'h str>, Option<&'h str>)>,
}

impl<'h> Pairing<'h> {
    /// The pieces in the order of the later text.
    pub fn of(before: &'h Edition, after: &'h Edition) -> Self {
        let texts = Texts::new(before, after);
        let moved = texts.out_of_order(|it| matches!(it, Unit::Clause(_)));
        let mut pairing = texts.order(&moved, &BTreeSet::new());
        pairing.matches.iter_mut().for_each(Match::arrange);
        pairing
    }

    /// The pieces in an order that is that of either text: what moved stands twice.
    pub fn in_order(before: &'h Edition, after: &'h Edition) -> Self {
        let mut texts = Texts::new(before, after);
        texts.undo_scattered();
        let moved = texts.out_of_order(|_| true);
        texts.order(&BTreeSet::new(), &moved)
    }
}

impl Match<'_> {
    /// Puts the parts of a clause that was split or merged in the order in which it holds their
    /// words, wherever they stand in their own text: what only moved with them is no other wording.
    fn arrange(&mut self) {
        let Of::Clauses { before, after } = &mut self.of else { return };
        let (whole, parts) = if before.len() == 1 { (before, after) } else { (after, before) };
        let whole: Vec<String> = whole.iter().flat_map(|it| words_of(it.clause)).collect();
        if parts.len() > 1 {
            parts.sort_by_cached_key(|it| place_in(&whole, &words_of(it.clause)));
        }
    }
}

struct Texts<'h> {
    old: Vec<Unit<'h>>,
    new: Vec<Unit<'h>>,
    pairs: Pairs,
    links: Links,
    /// Clauses that were split or merged, by the new place of their pair.
    groups: BTreeMap<usize, Group>,
}

impl<'h> Texts<'h> {
    fn new(before: &'h Edition, after: &'h Edition) -> Self {
        let (old, new) = (units(before), units(after));
        let mut texts = Texts { old, new, pairs: Pairs::new(), links: Links::new(), groups: BTreeMap::new() };
        texts.pair_ids();
        texts.pair_recorded();
        texts.links = joined::links([before, after], [&texts.old, &texts.new], &texts.pairs);
        texts.pair_alike();
        texts.links.extend(clauses(&texts.new).filter_map(|(at, _)| Some((*texts.pairs.get(&at)?, at))));
        texts.pair_headings();
        let id = |unit: Unit<'h>| if let Unit::Clause(it) = unit { Some(&it.clause.id) } else { None };
        let goes_on = |a: usize, b: usize| id(texts.old[a]) == id(texts.new[b]);
        texts.groups = joined::groups(&texts.links, &mut texts.pairs, goes_on);
        texts
    }

    fn pair_ids(&mut self) {
        let old: BTreeMap<&ClauseId, usize> = clauses(&self.old).map(|(at, it)| (&it.id, at)).collect();
        for (at, clause) in clauses(&self.new) {
            if let Some(before) = old.get(&clause.id) {
                self.pairs.insert(at, *before);
            }
        }
    }

    /// Pairs clauses whose id is new with those from which their words are recorded to come, where
    /// these have no clause of their id; or, where the later text is the older one, the other way
    /// round.
    fn pair_recorded(&mut self) {
        let old: BTreeMap<&ClauseId, usize> = clauses(&self.old).map(|(at, it)| (&it.id, at)).collect();
        let mut taken: BTreeSet<usize> = self.pairs.values().copied().collect();
        for (at, clause) in
            clauses(&self.new).filter(|(at, _)| !self.pairs.contains_key(at)).collect::<Vec<_>>()
        {
            let origins = clause.from.iter().filter_map(|it| old.get(it).copied());
            let heirs = clauses(&self.old).filter(|(_, it)| it.from.contains(&clause.id)).map(|it| it.0);
            if let Some(before) = origins.chain(heirs).find(|it| taken.insert(*it)) {
                self.pairs.insert(at, before);
            }
        }
    }

    fn pair_alike(&mut self) {
        let taken: BTreeSet<usize> = self.pairs.values().copied().collect();
        let (linked_old, linked_new): (BTreeSet<usize>, BTreeSet<usize>) = self.links.iter().copied().unzip();
        let free_old = clauses(&self.old).filter(|(at, _)| !taken.contains(at) && !linked_old.contains(at));
        let free_old: Vec<(usize, Compared)> = free_old.map(|(at, it)| (at, Compared::of(it))).collect();
        let free_new =
            clauses(&self.new).filter(|(at, _)| !self.pairs.contains_key(at) && !linked_new.contains(at));
        let mut likenesses: Vec<(f64, usize, usize)> = Vec::new();
        for (new, after) in free_new.map(|(at, it)| (at, Compared::of(it))) {
            for (old, before) in &free_old {
                let likeness = likeness(before, &after);
                if likeness >= LIKENESS {
                    likenesses.push((likeness, new, *old));
                }
            }
        }
        // The most alike first; of several that are equally so, those that stand first.
        likenesses.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut taken = BTreeSet::new();
        for (_, new, old) in likenesses {
            if !self.pairs.contains_key(&new) && taken.insert(old) {
                self.pairs.insert(new, old);
            }
        }
    }

    fn pair_headings(&mut self) {
        let mut taken = BTreeSet::new();
        let sections = |units: &[Unit<'h>]| -> Vec<(usize, &'h Section)> {
            let sections = units.iter().enumerate();
            sections
                .filter_map(|(at, it)| if let Unit::Section(it) = it { Some((at, *it)) } else { None })
                .collect()
        };
        let (old, new) = (sections(&self.old), sections(&self.new));
        let mut same: BTreeMap<usize, usize> = BTreeMap::new();
        type Alike = fn(&Section, &Section) -> bool;
        let ways: [Alike; 2] =
            [|a, b| a.slug == b.slug, |a, b| a.heading.is_some() && a.heading == b.heading];
        for alike in ways {
            for (at, section) in &new {
                let free = |it: &&(usize, &Section)| !taken.contains(&it.0) && alike(it.1, section);
                if let (false, Some((before, _))) = (same.contains_key(at), old.iter().find(free)) {
                    taken.insert(*before);
                    same.insert(*at, *before);
                }
            }
        }
        self.pairs.extend(&same);
        for (at, before) in same {
            let (old, new) = (sub_headings(&self.old, before), sub_headings(&self.new, at));
            let words = |it: &[(usize, &'h str)]| it.iter().map(|it| it.1).collect::<Vec<_>>();
            for change in diff::words(&words(&old), &words(&new)) {
                if let Change::Kept { old: a, new: b } = change {
                    self.pairs.extend(b.zip(a).map(|(b, a)| (new[b].0, old[a].0)));
                }
            }
            self.pair_reworded(&old, &new);
        }
    }

    /// Pairs sub-headings with other words that stand above the same clause.
    fn pair_reworded(&mut self, old: &[(usize, &str)], new: &[(usize, &str)]) {
        let taken: BTreeSet<usize> = self.pairs.values().copied().collect();
        for (at, _) in new {
            let below = self.pairs.get(&(at + 1)).copied();
            let found = old.iter().find(|it| !taken.contains(&it.0) && Some(it.0 + 1) == below);
            if let (false, Some((before, _))) = (self.pairs.contains_key(at), found) {
                self.pairs.insert(*at, *before);
            }
        }
    }

    /// Takes apart what was split or merged where its clauses do not stand together.
    fn undo_scattered(&mut self) {
        let together = |places: &BTreeSet<usize>| {
            places.iter().zip(places.iter().skip(1)).all(|(place, next)| place + 1 == *next)
        };
        self.groups.retain(|_, it| together(&it.olds) && together(&it.news));
    }

    /// New places of paired units outside a longest run that kept its order; of those `counted`.
    fn out_of_order(&self, counted: impl Fn(&Unit) -> bool) -> BTreeSet<usize> {
        let pairs: Vec<(usize, usize)> =
            self.pairs.iter().filter(|(at, _)| counted(&self.new[**at])).map(|(a, b)| (*a, *b)).collect();
        // `ends[n]`: the pair that ends the run of n + 1 with the smallest old place; `previous`
        // leads back along it.
        let mut ends: Vec<usize> = Vec::new();
        let mut previous: Vec<Option<usize>> = Vec::new();
        for (index, (_, place)) in pairs.iter().enumerate() {
            let length = ends.partition_point(|it| pairs[*it].1 < *place);
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
        let outside = pairs.iter().enumerate().filter(|(index, _)| !kept.contains(index));
        outside.map(|(_, (new, _))| *new).collect()
    }

    /// The pieces in the order of the later text, what is in the earlier one alone after what it
    /// followed there. Those at `moved` places are said to have moved, those `apart` stand twice.
    fn order(mut self, moved: &BTreeSet<usize>, apart: &BTreeSet<usize>) -> Pairing<'h> {
        self.pairs.retain(|at, _| !apart.contains(at));
        let by_old: BTreeMap<usize, usize> = self.pairs.iter().map(|(new, old)| (*old, *new)).collect();
        let pairs = &self.pairs;
        self.groups.retain(|at, _| pairs.contains_key(at));
        // Of what was split or merged all but the pair goes with it.
        let in_group: BTreeSet<usize> = self.groups.values().flat_map(|it| &it.olds).copied().collect();
        let with: BTreeMap<usize, usize> =
            self.groups.iter().flat_map(|(whole, it)| it.news.iter().map(|it| (*it, *whole))).collect();

        // What is in the earlier text alone, by the new place of what it follows.
        let mut after: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        let mut last = None;
        for at in 0..self.old.len() {
            match by_old.get(&at) {
                // What moved leaves no place behind it.
                Some(new) if !moved.contains(new) => last = Some(*new),
                Some(_) => {}
                None if in_group.contains(&at) => {}
                None => after.entry(last).or_default().push(at),
            }
        }
        let mut matches = Vec::new();
        let removed = |places: Option<&Vec<usize>>| {
            places.into_iter().flatten().map(|it| self.one(Some(*it), None)).collect::<Vec<_>>()
        };
        matches.extend(removed(after.get(&None)));
        let mut done = BTreeSet::new();
        for at in 0..self.new.len() {
            // A clause that was split stands where the first part of it does.
            let whole = with.get(&at).copied().unwrap_or(at);
            if done.insert(whole) {
                let mut found = self.found(whole);
                found.moved = moved.contains(&whole);
                matches.push(found);
            }
            if whole == at {
                matches.extend(removed(after.get(&Some(at))));
            }
        }
        let place = |unit: Unit<'h>| if let Unit::Clause(it) = unit { Some(it) } else { None };
        let links = self.links.iter().map(|(old, new)| (place(self.old[*old]), place(self.new[*new])));
        Pairing { matches, links: links.filter_map(|(old, new)| old.zip(new)).collect() }
    }

    /// The piece at a new place, with all that was split or merged with it.
    fn found(&self, at: usize) -> Match<'h> {
        let before = self.pairs.get(&at).copied();
        let mut one = self.one(before, Some(at));
        let Of::Clauses { before: olds, after: news } = &mut one.of else { return one };
        let place = |unit: Unit<'h>| if let Unit::Clause(it) = unit { Some(it) } else { None };
        let alone = Group { olds: before.into_iter().collect(), news: [at].into() };
        let group = self.groups.get(&at).unwrap_or(&alone);
        *olds = group.olds.iter().filter_map(|it| place(self.old[*it])).collect();
        *news = group.news.iter().filter_map(|it| place(self.new[*it])).collect();
        let split = group.olds.iter().any(|at| self.links.iter().filter(|it| it.0 == *at).count() > 1);
        let merged = group.news.iter().any(|at| self.links.iter().filter(|it| it.1 == *at).count() > 1);
        one.fate = match (split, merged) {
            (false, false) => one.fate,
            (true, false) => Fate::Split,
            (false, true) => Fate::Merged,
            (true, true) => Fate::SplitAndMerged,
        };
        one
    }

    fn one(&self, old: Option<usize>, new: Option<usize>) -> Match<'h> {
        let fate = match (old, new) {
            (Some(_), None) => Fate::Removed,
            (None, _) => Fate::Added,
            _ => Fate::Kept,
        };
        let (old, new) = (old.map(|it| self.old[it]), new.map(|it| self.new[it]));
        let section = |it: Option<Unit<'h>>| if let Some(Unit::Section(it)) = it { Some(it) } else { None };
        let heading = |it: Option<Unit<'h>>| match it {
            Some(Unit::Section(it)) => it.heading.as_deref(),
            Some(Unit::SubHeading(words)) => Some(words),
            _ => None,
        };
        let clause = |it: Option<Unit<'h>>| match it {
            Some(Unit::Clause(it)) => vec![it],
            _ => Vec::new(),
        };
        let headings = Some((heading(old), heading(new)));
        let (of, headings) = match old.or(new) {
            Some(Unit::Section(_)) => (Of::Section { before: section(old), after: section(new) }, headings),
            Some(Unit::SubHeading(_)) => (Of::SubHeading, headings),
            _ => (Of::Clauses { before: clause(old), after: clause(new) }, None),
        };
        Match { of, fate, moved: false, headings }
    }
}
