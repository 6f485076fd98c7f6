//! Items of clauses from text to text: whether an id by which an item was cited still stands for the
//! words that it stood for, and where these are if not.

use std::collections::BTreeSet;

use super::division::words_in;
use super::history::{Place, is_citable, places};
use crate::handbook::{Authority, Clause, ClauseId, Edition, ItemId};

/// Fewer words than these are in two places by chance.
const FEWEST_WORDS: usize = 3;

/// An item of a clause.
pub struct Spot<'h> {
    pub place: Place<'h>,
    pub item: ItemId,
}

/// The words of an item, of `tail` too, as far as letters and digits tell them apart; `None` where
/// the clause has no such item.
pub fn words(clause: &Clause, item: &ItemId) -> Option<Vec<String>> {
    let blocks = match clause.all_items().into_iter().find(|it| it.id == *item) {
        Some(it) => it.blocks.as_slice(),
        None if item.as_str() == "tail" && !clause.tail().is_empty() => clause.tail(),
        None => return None,
    };
    Some(words_in(blocks))
}

/// Where the words of an item of an earlier clause stand in a text under another id: in the clause
/// itself, or in one into which words of it went. `None` where they stand under the same id, or
/// nowhere word for word.
pub fn elsewhere<'h>(edition: &'h Edition, before: &Clause, item: &ItemId) -> Option<Spot<'h>> {
    let sought = words(before, item).filter(|it| it.len() >= FEWEST_WORDS)?;
    let has = |clause: &Clause, it: &ItemId| words(clause, it).as_ref() == Some(&sought);
    let own = |it: &Place| it.clause.id == before.id;
    if edition.clause(&before.id).is_some_and(|it| has(it, item)) {
        return None;
    }
    let takers = |it: &Place| it.clause.from.contains(&before.id) && is_citable(it.section);
    let all = || places(&edition.sections);
    all().filter(own).chain(all().filter(takers)).find_map(|place| {
        let found = place.clause.item_ids().into_iter().find(|it| has(place.clause, it))?;
        Some(Spot { place, item: found })
    })
}

/// The items of a clause whose ids stood for other words in the text before: for words that stand
/// elsewhere now, or they have the words that another item had. In reading order, each with the item
/// that has its earlier words; `None` where none has.
pub fn shifted<'h>(
    edition: &'h Edition,
    clause: &Clause,
    before: &Clause,
) -> Vec<(ItemId, Option<Spot<'h>>)> {
    let others = before.item_ids();
    let shifted = clause.item_ids().into_iter().filter_map(|id| {
        let (had, has) = (words(before, &id)?, words(clause, &id)?);
        let elsewhere = elsewhere(edition, before, &id);
        let was = |it: &ItemId| has.len() >= FEWEST_WORDS && words(before, it).as_ref() == Some(&has);
        let holds = |all: &[String]| had.len() >= FEWEST_WORDS && all.windows(had.len()).any(|it| it == had);
        let strayed = || !holds(&has) && holds(&words_in(&clause.blocks));
        let is_shifted = had != has && (elsewhere.is_some() || others.iter().any(was) || strayed());
        is_shifted.then_some((id, elsewhere))
    });
    shifted.collect()
}

/// The ids that the items of a clause would keep, in the order of its text: each the one that it had
/// in the text before by its words, else its own, else one that nothing had.
pub fn kept(clause: &Clause, before: &Clause) -> Vec<ItemId> {
    let items =
        |it: &Clause| it.item_ids().into_iter().filter(|it| it.as_str() != "tail").collect::<Vec<_>>();
    let old = items(before);
    let mut used: BTreeSet<ItemId> = old.iter().cloned().collect();
    let known: Vec<(ItemId, Option<ItemId>)> = (items(clause).into_iter())
        .map(|id| {
            let own = words(clause, &id);
            let had = old.iter().find(|it| words(before, it) == own).cloned();
            (id, had)
        })
        .collect();
    let named = known.into_iter().map(|(id, had)| match had {
        Some(had) => had,
        None => {
            let free = |it: &ItemId| !used.contains(it);
            let others = (2..).filter_map(|number| ItemId::parse(&format!("{id}-{number}")));
            let id = std::iter::once(id.clone()).chain(others).find(free).unwrap_or(id);
            used.insert(id.clone());
            id
        }
    });
    named.collect()
}

/// The clause with an id in the text that an edition follows or amends, whichever has it.
pub fn before<'h>(authority: &'h Authority, edition: &Edition, id: &ClauseId) -> Option<&'h Clause> {
    let named = [&edition.follows, &edition.amends].into_iter().flatten();
    named.filter_map(|it| authority.editions.get(it)).find_map(|it| it.clause(id))
}
