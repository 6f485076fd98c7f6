//! The authorities: all of them, and each with what it holds, its words for things, and what
//! its text does and does not address.

mod coverage;

use std::sync::Arc;

use super::spread::{self, Spread};
use super::{document, edition, name, report};
use crate::handbook::{Authority, Edition, PartialDate, Status};
use crate::site::address::{Link, anchor};
use crate::site::metadata::About;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, html, list, map};
use crate::site::{Address, Letters, Plan, picture};
use crate::view::history;

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    press.add(plan, Address::authorities(), "authorities.html", all);
    for authority in press.handbook.authorities.values() {
        let address = Address::authority(&authority.slug);
        press.add(plan, address, "authority.html", move |press, here| page(press, here, authority));
    }
}

fn all(press: &Press, here: &Address) -> (Head, Values) {
    let head =
        Head::new("Authorities", "The councils and joint bodies of this handbook, and what is held of each.");
    let mut values = Values::default();
    let ranges = spread::ranges(press.handbook);
    let one = [(None, press.handbook.authorities.values().collect())];
    let many = ranges.into_iter().map(|(letters, authorities)| (Some(letters), authorities));
    let groups: Vec<(Option<Letters>, Vec<&Authority>)> = match Spread::of(press.handbook) {
        Spread::OnePage => one.into(),
        Spread::ByLetters => many.collect(),
    };
    let groups = groups.into_iter().map(|(letters, authorities)| {
        map([
            ("anchor", letters.map(anchor::letters).into()),
            ("name", letters.map(Letters::in_words).into()),
            ("authorities", summaries(press, here, authorities)),
        ])
    });
    values.set("groups", list(groups)).set("ranges", spread::ways(press, here, None, of_letters));
    (head, values)
}

/// Where the authorities of some letters begin on the page of all.
pub fn of_letters(letters: Letters) -> Link {
    Link::from(Address::authorities()).at(anchor::letters(letters))
}

/// Each authority in a line: what is held of it, and its latest text.
pub fn summaries(press: &Press, here: &Address, authorities: Vec<&Authority>) -> Value {
    list(authorities.into_iter().map(|it| {
        map([
            ("name", it.name.as_str().into()),
            ("short_name", it.short_name.as_str().into()),
            ("href", press.href(here, Address::authority(&it.slug)).into()),
            ("kind", it.kind.as_str().into()),
            ("held", held(press, it).into()),
            ("latest", latest(press, here, it)),
        ])
    }))
}

/// What is held, in words: `3 texts of the protocol, 1 report`.
fn held(press: &Press, authority: &Authority) -> String {
    let texts = history::texts(authority, press.setting.drafts).len();
    let texts = match texts {
        0 => "no text of the protocol".to_owned(),
        _ => name::count(texts, "text of the protocol", "texts of the protocol"),
    };
    match authority.reports.len() {
        0 => texts,
        reports => format!("{texts}, {}", name::count(reports, "report", "reports")),
    }
}

/// The latest text held; `none` where there is none.
fn latest(press: &Press, here: &Address, authority: &Authority) -> Value {
    authority.current_edition().map_or_else(Value::none, |it| {
        map([
            ("title", it.title.as_str().into()),
            ("name", edition::name(it).into()),
            ("status", document::status_words(it.status).into()),
            ("checked", it.source.checked.map(PartialDate::in_words).into()),
            ("clauses", counted(it).into()),
            ("href", press.href(here, Address::protocol(&authority.slug)).into()),
        ])
    })
}

/// How many clauses of a text have pages of their own. Footnotes are counted, as they are
/// wherever clauses are, and named: `57 clauses, 8 of them footnotes`.
fn counted(edition: &Edition) -> String {
    let sections = edition.sections.iter().filter(|it| history::is_citable(it));
    let clauses: Vec<_> = sections.flat_map(|it| it.clauses()).collect();
    let all = name::count(clauses.len(), "clause", "clauses");
    match clauses.iter().filter(|it| it.is_footnote()).count() {
        0 => all,
        1 => format!("{all}, 1 of them a footnote"),
        footnotes => format!("{all}, {footnotes} of them footnotes"),
    }
}

fn page(press: &Press, here: &Address, authority: &Authority) -> (Head, Values) {
    let head = Head {
        about: About::Authority(authority.slug.clone()),
        ..Head::new(
            authority.name.as_str(),
            format!("{}: the texts held, its words for things, and what its text addresses.", authority.name),
        )
        .below("Authorities", Address::authorities())
    };
    let successor = authority.successor.as_ref().and_then(|it| press.handbook.authorities.get(it));
    let mut values = Values::default();
    values
        .set(
            "authority",
            map([
                ("name", authority.name.as_str().into()),
                ("short_name", authority.short_name.as_str().into()),
                ("kind", authority.kind.as_str().into()),
                ("kind_note", document::note(authority.kind_note.as_deref())),
                ("jurisdiction", authority.jurisdiction.as_str().into()),
                ("gss_code", authority.gss_code.as_deref().into()),
                ("register_code", authority.register_code.as_deref().into()),
                ("facts_from", authority.facts_from.as_deref().into()),
                ("start", authority.start.map(PartialDate::in_words).into()),
                ("end", authority.end.map(PartialDate::in_words).into()),
                (
                    "successor",
                    successor.map_or_else(Value::none, |it| {
                        map([
                            ("name", it.name.as_str().into()),
                            ("href", press.href(here, Address::authority(&it.slug)).into()),
                        ])
                    }),
                ),
                ("note", document::note(authority.note.as_deref())),
            ]),
        )
        .set("latest", latest(press, here, authority))
        .set(
            "not_held",
            authority.not_held.as_ref().map_or_else(Value::none, |it| {
                map([
                    ("reason", document::note(Some(&it.reason))),
                    ("reviewed", it.reviewed.in_words().into()),
                ])
            }),
        )
        .set("timeline", picture::timeline::picture(&[authority], press.setting.drafts).map(|it| html(&it)))
        .set("editions", editions(press, here, authority))
        .set("reports", reports(press, here, authority))
        .set("vocabulary", vocabulary(press, here, authority))
        .set("coverage", coverage::groups(press, here, authority));
    (head, values)
}

/// The texts of the protocol in the order recorded, the latest first.
fn editions(press: &Press, here: &Address, authority: &Authority) -> Value {
    list(history::texts(authority, press.setting.drafts).into_iter().map(|it| {
        let report = it.part_of.as_ref().and_then(|it| authority.reports.get(it));
        map([
            ("title", it.title.as_str().into()),
            ("name", edition::name(it).into()),
            ("status", document::status_words(it.status).into()),
            ("superseded", (it.status == Status::Superseded).into()),
            ("provenance", document::provenance_words(it.provenance).into()),
            ("current", (authority.current.as_ref() == Some(&it.slug)).into()),
            ("appended_to", report.map(report::name).into()),
            ("in_force", edition::in_force(it)),
            ("decisions", list(it.adoption.iter().map(|it| edition::decision(it).into()))),
            ("href", press.href(here, Address::edition(&authority.slug, &it.slug)).into()),
        ])
    }))
}

fn reports(press: &Press, here: &Address, authority: &Authority) -> Value {
    list(authority.reports.values().map(|it| {
        map([
            ("title", it.title.as_str().into()),
            ("name", report::name(it).into()),
            ("href", press.href(here, Address::report(&authority.slug, &it.slug)).into()),
        ])
    }))
}

/// The authority's words for each concept of the register, in its order.
fn vocabulary(press: &Press, here: &Address, authority: &Authority) -> Value {
    list(press.handbook.terms.iter().filter_map(|term| {
        let vocabulary = authority.vocabulary.get(&term.slug)?;
        let link = Link::from(Address::terms()).at(anchor::term(&term.slug));
        Some(map([
            ("term", term.name.as_str().into()),
            ("href", press.href(here, link).into()),
            ("words", list(vocabulary.words.iter().map(|it| it.as_str().into()))),
            ("note", document::note(vocabulary.note.as_deref())),
        ]))
    }))
}
