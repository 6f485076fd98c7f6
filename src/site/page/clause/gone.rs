//! A clause that was published and is in no text any more: where it went, or since when and why
//! it is gone.

use crate::handbook::{Authority, ClauseId, RecordedClause};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::metadata::About;
use crate::site::page::name;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::view::division::Divisions;
use crate::view::history;

pub fn page(
    press: &Press,
    here: &Address,
    authority: &Authority,
    id: &ClauseId,
    recorded: &RecordedClause,
) -> (Head, Values) {
    let title = match &recorded.moved_to {
        Some(_) => format!("{}: a clause that has moved", authority.short_name),
        None => format!("{}: a clause that is gone", authority.short_name),
    };
    let mut head = Head::new(title, format!("The clause of {} that stood at this address.", authority.name))
        .below("Authorities", Address::authorities())
        .below(authority.short_name.as_str(), Address::authority(&authority.slug));
    head.about = About::Authority(authority.slug.clone());
    // Only what has a page of its own can be led to.
    let moved_to = recorded.moved_to.as_ref().and_then(|to| {
        let history = history::history(authority, to, press.setting.drafts, &Divisions::of(authority));
        let recorded = authority.ledger.contains_key(to);
        (history.is_some() || recorded).then_some((to, history))
    });
    head.canonical = moved_to.as_ref().map(|(to, _)| Address::clause(&authority.slug, to));
    let items = recorded.items.iter().map(|item| {
        let new = moved_to.as_ref().and_then(|(to, history)| {
            let place = history.as_ref()?.place;
            let there = place.clause.item_ids().contains(item);
            let link = Link::from(Address::clause(&authority.slug, to)).at(anchor::item(item));
            there.then(|| press.href(here, link))
        });
        map([
            ("anchor", anchor::item(item).into()),
            ("name", format!("Item {item}").into()),
            ("href", new.into()),
        ])
    });
    let mut values = Values::default();
    values
        .set("authority", authority.name.as_str())
        .set(
            "protocol",
            authority.current.as_ref().map(|_| press.href(here, Address::protocol(&authority.slug))),
        )
        .set("id", id.as_str())
        .set("items", list(items))
        .set(
            "moved_to",
            moved_to.as_ref().map_or_else(Value::none, |(to, history)| {
                let called = match history {
                    Some(it) => name::clause(&it.place),
                    None => format!("the address “{to}”"),
                };
                map([
                    ("name", called.into()),
                    ("href", press.href(here, Address::clause(&authority.slug, to)).into()),
                ])
            }),
        )
        .set(
            "gone",
            recorded.gone.as_ref().map_or_else(Value::none, |it| {
                map([("on", it.on.in_words().into()), ("reason", it.reason.as_str().into())])
            }),
        );
    (head, values)
}
