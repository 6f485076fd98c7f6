//! A principle of public life: its wordings, the law, and the clauses that bear on it.
//!
//! Where authorities are many, its page has the clauses of the featured ones, and those of all are
//! on a page for each range of [`Letters`].

use std::sync::Arc;

use super::document;
use super::edition;
use super::name;
use super::owner;
use super::quote::Quoted;
use super::spread::{self, Spread};
use super::topic;
use crate::handbook::{Authority, AuthoritySlug, Basis, Handbook, Principle, PrincipleSlug};
use crate::site::address::anchor;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Letters, Link, Plan};
use crate::view::comparison::{Document, Items};
use crate::view::principles::{Bearing, Tagged, bearings};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    for principle in &press.handbook.principles.principles {
        let address = Address::principle(&principle.slug);
        press.add(plan, address, "principle.html", move |press, here| page(press, here, principle, None));
        for letters in spread::ranges(press.handbook).into_keys() {
            let address = Address::bearings(&principle.slug, letters);
            press.add(plan, address, "principle.html", move |press, here| {
                page(press, here, principle, Some(letters))
            });
        }
    }
}

/// Where the clauses of an authority that bear on a principle stand.
pub fn place(handbook: &Handbook, principle: &PrincipleSlug, authority: &AuthoritySlug) -> Link {
    let address = match Spread::of(handbook) {
        Spread::OnePage => Address::principle(principle),
        Spread::ByLetters => Address::bearings(principle, Letters::of(authority)),
    };
    Link::from(address).at(anchor::authority(authority))
}

/// All bases, the strongest first.
pub const BASES: [Basis; 3] = [Basis::Explicit, Basis::Wording, Basis::Inferred];

/// `letters` are those of the authorities whose clauses are shown; without, all or the featured.
fn page(press: &Press, here: &Address, principle: &Principle, letters: Option<Letters>) -> (Head, Values) {
    let name = principle.name.as_str();
    let title = match letters {
        None => name.to_owned(),
        Some(letters) => format!("{name}: authorities {}", letters.in_words()),
    };
    let mut head = Head::new(
        title.as_str(),
        format!("{title} as a principle of public life: its wording, and the clauses of each council that bear on it."),
    )
    .below("Principles", Address::principles());
    let mut ranges = spread::ranges(press.handbook);
    let ways = spread::ways(press, here, letters, |it| Address::bearings(&principle.slug, it));
    let is_divided = !ranges.is_empty();
    let authorities: Vec<&Authority> = match letters {
        None if is_divided => topic::featured(press.handbook),
        None => press.handbook.authorities.values().collect(),
        Some(letters) => {
            head = head.below(name, Address::principle(&principle.slug));
            ranges.remove(&letters).unwrap_or_default()
        }
    };
    let set = &press.handbook.principles;
    let bearings = bearings(authorities.into_iter(), &principle.slug);
    let (shown, without): (Vec<&Bearing>, Vec<&Bearing>) =
        bearings.iter().partition(|it| !it.provisions.is_empty() || !it.described.is_empty());
    let (silent, not_held): (Vec<&Bearing>, Vec<&Bearing>) =
        without.into_iter().partition(|it| it.authority.current_edition().is_some());
    let names =
        |bearings: Vec<&Bearing<'_>>| owner::names(press, here, bearings.into_iter().map(|it| it.authority));
    let mut values = Values::default();
    values
        .set(
            "principle",
            map([
                ("name", name.into()),
                ("title", title.as_str().into()),
                ("href", letters.map(|_| press.href(here, Address::principle(&principle.slug))).into()),
                ("wording", principle.wording.as_str().into()),
                ("source", document::note(Some(&set.source))),
                ("licence", set.licence.as_str().into()),
                ("all", press.href(here, Address::principles()).into()),
            ]),
        )
        .set(
            "earlier",
            list(principle.earlier.iter().map(|it| {
                map([
                    ("year", it.year.as_str().into()),
                    ("words", it.words.as_str().into()),
                    ("part", (it.extent != "whole").into()),
                    ("source", document::note(Some(&it.source))),
                ])
            })),
        )
        .set("law", law(press, here))
        .set("ranges", ways)
        .set("divided", is_divided && letters.is_none())
        .set("authorities", list(shown.into_iter().map(|it| authority(press, here, it))))
        .set("silent", names(silent))
        .set("not_held", names(not_held));
    (head, values)
}

/// What Acts say of the principles, with the day on which that was read.
pub fn law(press: &Press, here: &Address) -> Value {
    list(press.handbook.principles.law.iter().map(|it| {
        let title = press.handbook.legislation(&it.legislation).map_or("", |it| it.title.as_str());
        let link = Link::from(Address::legislation()).at(anchor::legislation(&it.legislation));
        map([
            ("title", title.into()),
            ("href", press.href(here, link).into()),
            ("text", document::note(Some(&it.text))),
            ("source", document::note(Some(&it.source))),
            ("checked", it.checked.in_words().into()),
        ])
    }))
}

fn authority(press: &Press, here: &Address, bearing: &Bearing) -> Value {
    let authority = bearing.authority;
    let quoted = |document| Quoted { press, here, authority, document };
    let groups = BASES.into_iter().filter_map(|basis| {
        let clauses: Vec<Value> =
            bearing.resting_on(basis).map(|it| tagged(&quoted(it.document), it)).collect();
        (!clauses.is_empty())
            .then(|| map([("heading", name::capital(name::basis(basis)).into()), ("clauses", list(clauses))]))
    });
    let same = |a: &Tagged, b: &Tagged| match (a.document, b.document) {
        (Document::Report(a), Document::Report(b)) => a.slug == b.slug,
        _ => false,
    };
    let reports = bearing.described.chunk_by(same).map(|tags| {
        let quoted = quoted(tags[0].document);
        map([
            ("name", quoted.document_name().into()),
            ("href", quoted.document_href().into()),
            ("clauses", list(tags.iter().map(|it| tagged(&quoted, it)))),
        ])
    });
    let edition = authority.current_edition();
    map([
        ("anchor", anchor::authority(&authority.slug).into()),
        ("name", authority.name.as_str().into()),
        ("href", press.href(here, Address::authority(&authority.slug)).into()),
        ("text", edition.map(edition::name).into()),
        ("text_href", edition.map(|_| press.href(here, Address::protocol(&authority.slug))).into()),
        ("groups", list(groups)),
        ("reports", list(reports)),
    ])
}

fn tagged(quoted: &Quoted, tagged: &Tagged) -> Value {
    let clause = tagged.clause;
    let reasons = tagged.reasons.iter().map(|it| {
        map([
            ("item", it.item.map(|item| name::item(clause, item)).into()),
            ("basis", name::basis(it.basis).into()),
            ("why", document::note(Some(it.why))),
        ])
    });
    map([
        ("name", quoted.clause_name(clause).into()),
        ("href", quoted.clause_href(&clause.id).into()),
        ("words", quoted.words(clause, &|it| tagged.shows(it))),
        ("language", quoted.language()),
        ("part", (tagged.items != Items::All).into()),
        ("reasons", list(reasons)),
        ("note", document::note(clause.source_note.as_deref())),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{CLAUSE, handbook};
    use crate::site::{Setting, Theme};

    /// The page of honesty where the one clause of the sample has these tags.
    fn honesty(tags: &str) -> String {
        let clause = format!(
            "---\nid: \"1\"\nnumber: \"1\"\ntopics: []\nprinciples: {{{tags}}}\n---\nMembers are polite.\n"
        );
        let book = handbook(&[(CLAUSE, &clause)]);
        let (theme, setting) = (Theme::load("default").unwrap(), Setting::default());
        let site = crate::site::plan(&book, &theme, &setting);
        let address = Address::principle(&crate::handbook::PrincipleSlug::parse("honesty").unwrap());
        String::from_utf8(site.page(&address).unwrap().render().unwrap()).unwrap()
    }

    #[test]
    fn every_principle_has_a_page() {
        let (book, theme, setting) = (handbook(&[]), Theme::load("default").unwrap(), Setting::default());
        let site = crate::site::plan(&book, &theme, &setting);
        for principle in &book.principles.principles {
            let page = site.page(&Address::principle(&principle.slug)).expect("each principle has a page");
            let page = String::from_utf8(page.render().unwrap()).unwrap();
            assert!(page.contains(&format!("<h1>{}</h1>", principle.name)));
            assert!(page.contains(&principle.wording) && page.contains(&book.principles.licence));
        }
    }

    #[test]
    fn a_clause_is_shown_with_its_words_and_what_its_tag_rests_on() {
        for (basis, words) in [
            ("explicit", "the council names it"),
            ("wording", "its words echo it"),
            ("inferred", "our reading"),
        ] {
            let page = honesty(&format!("honesty: {{basis: {basis}, why: because}}"));
            assert!(page.contains("<p>Members are polite.</p>"), "{page}");
            assert!(page.contains(&format!("<li>{words} – because</li>")), "{page}");
            assert!(!page.contains("No clause of the latest text held"), "{page}");
        }
    }

    #[test]
    fn an_authority_without_a_clause_is_named_and_one_without_a_text_apart() {
        let page = honesty("openness: {basis: explicit, why: named}");
        let line = |words: &str| page.lines().find(|it| it.contains(words)).unwrap_or_default();
        let silent = line("No clause of the latest text held");
        assert!(silent.contains(">Alpha</a>") && !silent.contains("Beta"), "{page}");
        let not_held = line("Text not held, and no report");
        assert!(not_held.contains(">Beta</a>") && !not_held.contains("Alpha"), "{page}");
    }
}
