//! The seven principles of public life together: wordings, history, and how often each council's
//! clauses bear on them.

use std::sync::Arc;

use super::document;
use super::name;
use super::principle::{self as principle_page, BASES, law};
use super::topic::{self, MOST_COLUMNS};
use crate::handbook::Authority;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, html, list, map};
use crate::site::{Address, Plan, picture};
use crate::view::principles::{Bearing, bearings};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    press.add(plan, Address::principles(), "principles.html", page);
}

fn page(press: &Press, here: &Address) -> (Head, Values) {
    let head = Head::new(
        "Principles of public life",
        "The seven principles of public life: their wording, its history, and the clauses of each council that bear on them.",
    );
    let set = &press.handbook.principles;
    let columns: Vec<Vec<Bearing>> =
        set.principles.iter().map(|it| bearings(press.handbook.authorities.values(), &it.slug)).collect();
    let mut values = Values::default();
    values
        .set(
            "principles",
            list(set.principles.iter().map(|it| {
                map([
                    ("name", it.name.as_str().into()),
                    ("wording", it.wording.as_str().into()),
                    ("href", press.href(here, Address::principle(&it.slug)).into()),
                ])
            })),
        )
        .set(
            "set",
            map([("source", document::note(Some(&set.source))), ("licence", set.licence.as_str().into())]),
        )
        .set(
            "history",
            list(set.history.iter().map(|it| {
                map([
                    ("year", it.year.as_str().into()),
                    ("title", it.title.as_str().into()),
                    ("text", document::note(Some(&it.text))),
                    ("source", document::note(Some(&it.source))),
                ])
            })),
        )
        .set("law", law(press, here))
        .set("rows", rows(press, here, &columns))
        .set("picture", picture(press, &columns));
    (head, values)
}

/// How the counts compare at a glance, for the featured authorities of many.
fn picture(press: &Press, columns: &[Vec<Bearing>]) -> Value {
    let featured = topic::featured(press.handbook);
    let few = press.handbook.authorities.len() <= MOST_COLUMNS;
    let shown = |it: &Authority| is_held(it) && (few || featured.iter().any(|one| one.slug == it.slug));
    let columns = press.handbook.principles.principles.iter().zip(columns).map(|(principle, column)| {
        (principle, column.iter().filter(|it| shown(it.authority)).collect::<Vec<_>>())
    });
    picture::principles::picture(&columns.collect::<Vec<_>>()).map(|it| html(&it)).into()
}

/// A row for each authority, a cell for each principle.
fn rows(press: &Press, here: &Address, columns: &[Vec<Bearing>]) -> Value {
    let principles = &press.handbook.principles.principles;
    list(press.handbook.authorities.values().enumerate().map(|(row, authority)| {
        let cells = principles.iter().zip(columns).map(|(principle, column)| {
            let there = principle_page::place(press.handbook, &principle.slug, &authority.slug);
            cell(&column[row], press.href(here, there))
        });
        map([
            ("name", authority.short_name.as_str().into()),
            ("href", press.href(here, Address::authority(&authority.slug)).into()),
            ("held", is_held(authority).into()),
            ("cells", list(cells)),
        ])
    }))
}

fn is_held(authority: &Authority) -> bool {
    authority.current_edition().is_some()
}

fn cell(bearing: &Bearing, href: String) -> Value {
    let counts = BASES.into_iter().filter_map(|basis| {
        let count = bearing.resting_on(basis).count();
        (count > 0).then(|| map([("count", count.into()), ("words", name::basis(basis).into())]))
    });
    map([
        ("all", bearing.provisions.len().into()),
        ("counts", list(counts)),
        ("described", bearing.described.len().into()),
        ("href", href.into()),
    ])
}
