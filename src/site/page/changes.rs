//! Each authority's editions, from old to new, and what each changed.

use std::sync::Arc;

use super::document;
use super::name;
use super::quote::Quoted;
use crate::handbook::{Authority, Clause, Edition};
use crate::site::address::anchor;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Site};
use crate::view::changes::{Changes, Numbers, Pair, Step, steps};
use crate::view::comparison::Document;

pub fn plan<'a>(press: &Arc<Press<'a>>, site: &mut Site<'a>) {
    press.add(site, Address::changes(), "changes.html", page);
}

fn page(press: &Press, here: &Address) -> (Head, Values) {
    let head = Head::new(
        "Changes",
        "What changed from each edition of a protocol to the next: clauses added, removed, renumbered and with other words.",
    );
    let mut values = Values::default();
    values.set("authorities", list(press.handbook.authorities.values().map(|it| authority(press, here, it))));
    (head, values)
}

fn authority(press: &Press, here: &Address, authority: &Authority) -> Value {
    let steps = steps(authority, press.setting.drafts);
    map([
        ("anchor", anchor::authority(&authority.slug).into()),
        ("name", authority.name.as_str().into()),
        ("href", press.href(here, Address::authority(&authority.slug)).into()),
        ("steps", list(steps.iter().map(|it| step(press, here, authority, it)))),
    ])
}

fn step(press: &Press, here: &Address, authority: &Authority, step: &Step) -> Value {
    let Step { edition, changes } = step;
    let after = Quoted { press, here, authority, document: Document::Edition(edition) };
    map([
        ("name", after.document_name().into()),
        ("heading", name::capital(&after.document_name()).into()),
        ("href", after.document_href().into()),
        ("status", document::status_words(edition.status).into()),
        ("provenance", document::provenance_words(edition.provenance).into()),
        ("current", after.is_current().into()),
        ("changes", changes.as_ref().map_or_else(Value::none, |it| changed(&after, it))),
    ])
}

fn changed(after: &Quoted, changes: &Changes) -> Value {
    let Quoted { press, here, authority, .. } = *after;
    let before = Quoted { press, here, authority, document: Document::Edition(changes.before) };
    let quoted = |quoted: &Quoted, it: &Clause| {
        map([
            ("name", quoted.clause_name(it).into()),
            ("opening", name::opening(it).into()),
            ("numbered", it.number.is_some().into()),
            ("href", quoted.clause_href(&it.id).into()),
        ])
    };
    let reworded = |it: &Pair| {
        map([
            ("clause", quoted(after, it.after)),
            ("print_only", it.same_but_for_print().into()),
            ("before", before.words(it.before, &|_| true)),
            ("after", after.words(it.after, &|_| true)),
        ])
    };
    let renumbered = |it: &Pair| {
        map([
            ("clause", quoted(after, it.after)),
            ("before", it.before.number.as_deref().into()),
            ("after", it.after.number.as_deref().into()),
        ])
    };
    let which = |it: &Edition| if it.slug == changes.before.slug { "earlier" } else { "later" };
    let numbers = match changes.numbers {
        Numbers::Compared => Value::none(),
        Numbers::NotKnown(it) => format!("those of the {} text are not known", which(it)).into(),
        Numbers::NotPrinted(it) => format!("the {} text prints none", which(it)).into(),
    };
    map([
        ("before", before.document_name().into()),
        ("before_href", before.document_href().into()),
        ("before_language", before.language()),
        ("language", after.language()),
        ("none", changes.is_empty().into()),
        ("added", list(changes.added.iter().map(|it| quoted(after, it)))),
        ("removed", list(changes.removed.iter().map(|it| quoted(&before, it)))),
        ("reworded", list(changes.reworded.iter().map(reworded))),
        ("renumbered", list(changes.renumbered.iter().map(renumbered))),
        ("moved", list(changes.moved.iter().flatten().map(|it| quoted(after, it)))),
        ("order_known", changes.moved.is_some().into()),
        ("numbers", numbers),
        (
            "headings",
            list(changes.headings.iter().map(|it| {
                map([("before", it.before.as_deref().into()), ("after", it.after.as_deref().into())])
            })),
        ),
    ])
}
