//! What became of items of the clause that were cited by their ids.

use std::collections::BTreeSet;

use super::Seen;
use crate::handbook::{Clause, ItemId};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::{edition, name};
use crate::site::theme::{Value, list, map};
use crate::view::descent::succession;
use crate::view::history::History;
use crate::view::items as through;

/// Items that have been published, or stand in another text, and are not in the words shown:
/// their anchors stay.
pub fn lost(seen: &Seen, history: &History) -> Value {
    let Seen { authority, .. } = seen;
    let clause = history.place.clause;
    let here = clause.item_ids();
    let recorded = authority.ledger.get(&clause.id).map_or(&[][..], |it| &it.items);
    let mut lost: BTreeSet<ItemId> = recorded.iter().cloned().collect();
    for text in &history.texts {
        lost.extend(text.place.iter().flat_map(|it| it.clause.item_ids()));
    }
    list(lost.iter().filter(|it| !here.contains(*it)).map(|item| {
        // The texts are sorted, so that this is the last one that had it.
        let last = history.texts.iter().find_map(|text| {
            let place = text.place.filter(|it| it.clause.item_ids().contains(item))?;
            Some((text.edition, name::item(place.clause, item), place.clause))
        });
        let (words, text, now) = match last {
            Some((edition, words, before)) => {
                let address = Address::edition(&authority.slug, &edition.slug);
                let link = Link::from(address).at(anchor::item_in_document(&clause.id, item));
                let text = map([("name", edition::name(edition).into()), ("href", seen.href(link).into())]);
                (words, text, stands_now(seen, before, item))
            }
            None => (format!("item {item}"), Value::none(), Value::none()),
        };
        map([
            ("anchor", anchor::item(item).into()),
            ("name", name::capital(&words).into()),
            ("text", text),
            ("now", now),
        ])
    }))
}

/// Where the words of an item of an earlier text stand under another id in the text shown; `none`
/// where they do not, word for word.
fn stands_now(seen: &Seen, before: &Clause, item: &ItemId) -> Value {
    through::elsewhere(seen.edition, before, item).map_or_else(Value::none, |it| {
        let id = &it.place.clause.id;
        let words = name::item(it.place.clause, &it.item);
        let name = if *id == before.id { words } else { format!("{}, {words}", name::clause(&it.place)) };
        let href =
            seen.href(Link::from(Address::clause(&seen.authority.slug, id)).at(anchor::item(&it.item)));
        map([("name", name.into()), ("href", href.into())])
    })
}

/// Items whose ids stood for other words in an earlier text, which stand elsewhere in the text
/// shown.
pub fn shifted(seen: &Seen, history: &History) -> Value {
    let clause = history.place.clause;
    let mut told = BTreeSet::new();
    let earlier = succession(seen.authority).filter(|it| it.slug != seen.edition.slug);
    let earlier = earlier.filter_map(|text| Some((text, text.clause(&clause.id)?)));
    let shifted = earlier.flat_map(|(edition, before)| {
        let all = through::shifted(seen.edition, clause, before).into_iter();
        all.map(move |(item, _)| (edition, before, item))
    });
    list(shifted.filter(|(.., item)| told.insert(item.clone())).collect::<Vec<_>>().into_iter().map(
        |(edition, before, item)| {
            map([
                ("name", name::capital(&name::item(clause, &item)).into()),
                ("text", edition::name(edition).into()),
                ("now", stands_now(seen, before, &item)),
            ])
        },
    ))
}
