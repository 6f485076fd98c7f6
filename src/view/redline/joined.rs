//! Which clauses of two texts hold words of each other, and which of them are told together.

use std::collections::{BTreeMap, BTreeSet};

use super::units::{Unit, clauses};
use crate::handbook::{Clause, ClauseId, Edition};
use crate::view::division::{Pair, divisions};

/// The old place of each new unit that stands in both texts.
pub type Pairs = BTreeMap<usize, usize>;

/// Old and new places of clauses of which one holds words of the other.
pub type Links = BTreeSet<(usize, usize)>;

/// Clauses of both texts that were split or merged, by their places.
pub struct Group {
    pub olds: BTreeSet<usize>,
    pub news: BTreeSet<usize>,
}

/// The clauses of a text by their ids, each with its place.
type ById<'h> = BTreeMap<&'h ClauseId, (usize, &'h Clause)>;

/// The links of clauses one of which is in its own text alone: what is recorded, and of those of
/// which nothing is, what their words tell.
pub fn links<'h>(texts: [&'h Edition; 2], units: [&[Unit<'h>]; 2], pairs: &Pairs) -> Links {
    let [old, new] = units.map(|it| clauses(it).map(|(at, it)| (&it.id, (at, it))).collect::<ById>());
    let turn = |(a, b): (usize, usize)| (b, a);
    let mut links: Links = recorded(&old, &new).chain(recorded(&new, &old).map(turn)).collect();
    let (known_old, known_new): (BTreeSet<usize>, BTreeSet<usize>) = links.iter().copied().unzip();
    let clause = |unit: &Unit<'h>| if let Unit::Clause(it) = unit { Some(it.clause) } else { None };
    let pairs = pairs.iter().map(|(new, old)| (clause(&units[0][*old]), clause(&units[1][*new])));
    let pairs: Vec<_> = pairs.filter_map(|(old, new)| old.zip(new)).collect();
    let split = divisions(texts[0], texts[1], pairs.iter().map(|(a, b)| Pair { before: a, after: b }));
    let merged = divisions(texts[1], texts[0], pairs.iter().map(|(a, b)| Pair { before: b, after: a }));
    for (divisions, wholes, parts, mut known, turned) in
        [(split, &old, &new, known_new, false), (merged, &new, &old, known_old, true)]
    {
        for division in divisions {
            let Some((whole, _)) = wholes.get(&division.whole.before.id) else { continue };
            let parts = division.parts.iter().filter_map(|it| parts.get(&it.id));
            let parts = parts.map(|it| (*whole, it.0)).filter(|it| known.insert(it.1));
            links.extend(parts.map(|it| if turned { turn(it) } else { it }));
        }
    }
    links
}

/// The places of the clauses of a text, and of those of the other one from which their words are
/// recorded to come.
fn recorded(text: &ById, other: &ById) -> impl Iterator<Item = (usize, usize)> {
    let all = text.values().flat_map(|(at, clause)| {
        let from = clause.from.iter().filter(|it| !other.contains_key(&clause.id) || !text.contains_key(it));
        from.filter_map(|it| Some((*at, other.get(it)?.0)))
    });
    all.collect::<Vec<_>>().into_iter()
}

/// The clauses that are linked, in groups that are told together, each by the new place of the one
/// pair that stays among the pairs: of the clause that goes on under its id, where one does. Two
/// that both `go_on` are not told together, wherever their words went: each has its own place.
pub fn groups(
    links: &Links,
    pairs: &mut Pairs,
    goes_on: impl Fn(usize, usize) -> bool,
) -> BTreeMap<usize, Group> {
    let by_old: BTreeMap<usize, usize> = pairs.iter().map(|(new, old)| (*old, *new)).collect();
    let going_on = |news: &BTreeSet<usize>| {
        let is_it = |new: &usize| pairs.get(new).is_some_and(|old| goes_on(*old, *new));
        news.iter().copied().find(is_it)
    };
    let mut groups: Vec<Group> = Vec::new();
    for (old, new) in links.iter().filter(|(old, new)| pairs.get(new) != Some(old)) {
        let mut of_old = match groups.iter().position(|it| it.olds.contains(old)) {
            Some(at) => groups.swap_remove(at),
            None => Group { olds: [*old].into(), news: by_old.get(old).copied().into_iter().collect() },
        };
        let of_new = match groups.iter().position(|it| it.news.contains(new)) {
            Some(at) => groups.swap_remove(at),
            None => Group { olds: pairs.get(new).copied().into_iter().collect(), news: [*new].into() },
        };
        let apart = going_on(&of_old.news).zip(going_on(&of_new.news)).is_some_and(|(a, b)| a != b);
        if apart {
            groups.push(of_new);
        } else {
            of_old.olds.extend(of_new.olds);
            of_old.news.extend(of_new.news);
        }
        groups.push(of_old);
    }
    let known = groups.into_iter().filter_map(|it| {
        let first = it.news.iter().copied().find(|it| pairs.contains_key(it));
        Some((going_on(&it.news).or(first)?, it))
    });
    let known: BTreeMap<usize, Group> = known.collect();
    for (at, group) in &known {
        pairs.retain(|new, _| new == at || !group.news.contains(new));
    }
    known
}
