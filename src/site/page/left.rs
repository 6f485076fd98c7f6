//! What stood in earlier texts and is not in the current one, at the foot of the page of the latest
//! text: its anchors stay there, and lead to what became of it.

use super::clause::descent;
use super::{edition, name};
use crate::handbook::{Authority, Edition, ItemId};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::press::Press;
use crate::site::theme::{Value, list, map};
use crate::view::history::{Place, is_citable};
use crate::view::left::{Left, What, in_no_text, left};

/// All of it, the newest first; what no text held has at the end.
pub fn values(press: &Press, here: &Address, authority: &Authority) -> Value {
    let known = left(authority).into_iter().map(|it| known(press, here, authority, &it));
    let unknown = in_no_text(authority, press.setting.drafts).map(|id| {
        let items = authority.ledger.get(id).map_or(&[][..], |it| &it.items);
        let href = press.href(here, Address::clause(&authority.slug, id));
        map([
            ("anchor", anchor::clause(id).into()),
            ("anchors", list(items.iter().map(|it| anchor::item_in_document(id, it).into()))),
            ("name", format!("Clause “{id}”").into()),
            ("href", href.into()),
            ("text", Value::none()),
            ("end", Value::none()),
        ])
    });
    list(known.chain(unknown).collect::<Vec<_>>())
}

fn known(press: &Press, here: &Address, authority: &Authority, left: &Left) -> Value {
    let edition = left.edition;
    let text = Address::edition(&authority.slug, &edition.slug);
    let in_text = |anchor: String| Link::from(text.clone()).at(anchor);
    let (anchor, anchors, name, link, end) = match &left.what {
        What::Section(it) => {
            let anchor = anchor::section(&it.slug);
            let words = [it.number.as_deref(), it.heading.as_deref()].into_iter().flatten();
            let words = words.collect::<Vec<_>>().join(" ");
            let name =
                if words.is_empty() { "A section".to_owned() } else { format!("Section “{words}”") };
            (anchor.clone(), Vec::new(), name, in_text(anchor), Value::none())
        }
        What::Clause(place) => {
            let id = &place.clause.id;
            let items = place.clause.item_ids();
            let anchors = items.iter().map(|it| anchor::item_in_document(id, it)).collect();
            let end = descent::end(press, here, authority, id);
            (anchor::clause(id), anchors, name::clause(place), way(authority, edition, place, None), end)
        }
        What::Item(place, item) => {
            let name = format!("{}, {}", name::clause(place), name::item(place.clause, item));
            let link = way(authority, edition, place, Some(item));
            (anchor::item_in_document(&place.clause.id, item), Vec::new(), name, link, Value::none())
        }
    };
    map([
        ("anchor", anchor.into()),
        ("anchors", list(anchors.into_iter().map(Value::from))),
        ("name", name.into()),
        ("href", press.href(here, link).into()),
        ("text", edition::name(edition).into()),
        ("end", end),
    ])
}

/// To the clause's own page, which tells what became of it; to its place in its text where it has
/// none.
fn way(authority: &Authority, edition: &Edition, place: &Place, item: Option<&ItemId>) -> Link {
    let id = &place.clause.id;
    let text = || Link::from(Address::edition(&authority.slug, &edition.slug));
    let page = || Link::from(Address::clause(&authority.slug, id));
    match (is_citable(place.section), item) {
        (true, None) => page(),
        (true, Some(item)) => page().at(anchor::item(item)),
        (false, None) => text().at(anchor::clause(id)),
        (false, Some(item)) => text().at(anchor::item_in_document(id, item)),
    }
}
