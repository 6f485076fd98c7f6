//! The home page: what this is, and the ways in.

use std::sync::Arc;

use super::spread::{self, Spread};
use super::topic::{self, MOST_COLUMNS};
use super::{authority, name};
use crate::handbook::{Authority, Handbook};
use crate::site::metadata::About;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, html, list, map};
use crate::site::{Address, Plan, picture};
use crate::view::{coverage, history};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    press.add(plan, Address::home(), "home.html", page);
}

fn page(press: &Press, here: &Address) -> (Head, Values) {
    let Handbook { title, description, topics, .. } = press.handbook;
    let head = Head { about: About::Handbook, ..Head::new(title.as_str(), description.as_str()) };
    let groups = topics.groups.iter().map(|group| {
        let topics = topics.topics.iter().filter(|it| it.group == group.slug);
        map([
            ("name", group.name.as_str().into()),
            (
                "topics",
                list(topics.map(|it| {
                    map([
                        ("name", it.name.as_str().into()),
                        ("href", press.href(here, Address::topic(&it.slug)).into()),
                    ])
                })),
            ),
        ])
    });
    let editors = |page: &str| {
        let known = press.handbook.pages.get(page);
        known.map_or_else(Value::none, |it| {
            map([
                ("title", it.title.as_str().into()),
                ("description", it.description.as_str().into()),
                ("href", press.href(here, Address::editors(page)).into()),
            ])
        })
    };
    let to = |address: Address| Value::from(press.href(here, address));
    let mut values = Values::default();
    values
        .set("held", held(press))
        .set("topics", name::count(topics.topics.len(), "topic", "topics"))
        .set("groups", list(groups))
        .set("coverage", coverage(press))
        .set("timeline", timeline(press))
        .set("authorities", authority::summaries(press, here, few(press)))
        .set("ranges", spread::ways(press, here, None, authority::of_letters))
        .set(
            "ways",
            map([
                ("topics", to(Address::topics())),
                ("authorities", to(Address::authorities())),
                ("principles", to(Address::principles())),
                ("terms", to(Address::terms())),
                ("legislation", to(Address::legislation())),
                ("changes", to(Address::changes())),
                ("about_page", editors("about")),
                ("cite_page", editors("cite")),
            ]),
        );
    (head, values)
}

/// The authorities that a picture has room for: all, or the featured ones of many.
fn in_pictures<'h>(press: &Press<'h>) -> Vec<&'h Authority> {
    let all: Vec<&Authority> = press.handbook.authorities.values().collect();
    if all.len() <= MOST_COLUMNS { all } else { topic::featured(press.handbook) }
}

/// All authorities, or of many the featured ones.
fn few<'h>(press: &Press<'h>) -> Vec<&'h Authority> {
    match Spread::of(press.handbook) {
        Spread::OnePage => press.handbook.authorities.values().collect(),
        Spread::ByLetters => topic::featured(press.handbook),
    }
}

fn coverage(press: &Press) -> Value {
    let authorities = in_pictures(press);
    let matrix =
        coverage::matrix(&press.bearings, press.handbook.topics.topics.iter(), authorities.into_iter());
    picture::coverage::picture(&matrix).map(|it| html(&it)).into()
}

fn timeline(press: &Press) -> Value {
    picture::timeline::picture(&in_pictures(press), press.setting.drafts).map(|it| html(&it)).into()
}

/// What the handbook holds, counted.
fn held(press: &Press) -> Value {
    let authorities = &press.handbook.authorities;
    let texts = authorities.values().map(|it| history::texts(it, press.setting.drafts).len()).sum();
    let reports = authorities.values().map(|it| it.reports.len()).sum();
    map([
        ("authorities", name::count(authorities.len(), "authority", "authorities").into()),
        ("texts", name::count(texts, "text", "texts").into()),
        ("reports", name::count(reports, "report", "reports").into()),
        ("any_reports", (reports > 0).into()),
    ])
}
