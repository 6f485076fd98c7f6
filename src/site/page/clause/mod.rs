//! One clause for ever: its words today, what we say of them, what they refer to, its history,
//! and the same question in other authorities.

mod beside;
pub mod descent;
mod gone;
mod history;
mod items;
mod links;
pub mod tags;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use beside::Beside;

use super::cite::{Cited, Stays, cite};
use super::owner::owner;
use super::{document, edition, name};
use crate::abreast;
use crate::handbook::{
    Authority, ClauseId, ClauseKind, DocumentSlug, Edition, ItemId, RecordedClause, Section, Target,
};
use crate::site::address::{Link, anchor};
use crate::site::metadata::{About, Work};
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, html, list, map};
use crate::site::words::{self, Manner};
use crate::site::{Address, Page, Plan};
use crate::view::division::Divisions;
use crate::view::history::{History, Place, Words, is_citable, neighbours, place};
use crate::view::links::Mentions;
use crate::view::{descent as fate, history as through, left, links as mentions};

/// A clause of an authority that is in no text any more.
pub type Gone<'a> = (&'a Authority, &'a ClauseId, &'a RecordedClause);

/// Gives those for which there is no page, since no text has them any more.
pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) -> Vec<Gone<'a>> {
    let authorities: Vec<&Authority> = press.handbook.authorities.values().collect();
    let beside = Arc::new(Beside::of(press.handbook));
    let planned = abreast::map(&authorities, |it| of(press, it, &beside));
    let (pages, gone): (Vec<_>, Vec<_>) = planned.into_iter().unzip();
    for (address, page) in pages.into_iter().flatten() {
        plan.add(address, page);
    }
    gone.into_iter().flatten().collect()
}

/// The pages of the clauses of one authority, and the clauses without.
fn of<'a>(
    press: &Arc<Press<'a>>,
    authority: &'a Authority,
    beside: &Arc<Beside<'a>>,
) -> (Vec<(Address, Page<'a>)>, Vec<Gone<'a>>) {
    let ids = through::ids(authority, press.setting.drafts);
    // A title line has no page and is not gone.
    let gone = left::in_no_text(authority, press.setting.drafts);
    let gone = gone.map(|id| (authority, id, &authority.ledger[id])).collect();
    let divisions = Arc::new(Divisions::of(authority));
    // Of each text, when the first page asks for it.
    let mentions = authority.editions.keys().map(|it| (it, OnceLock::new()));
    let mentions: Arc<BTreeMap<&DocumentSlug, OnceLock<Mentions>>> = Arc::new(mentions.collect());
    let pages = ids.into_iter().map(|id| {
        let address = Address::clause(&authority.slug, id);
        let (beside, mentions, divisions) =
            (Arc::clone(beside), Arc::clone(&mentions), Arc::clone(&divisions));
        let page = press.page(&address, "clause.html", move |press, here| {
            let history = through::history(authority, id, press.setting.drafts, &divisions)
                .expect("a clause was planned because a text has it");
            let mentions =
                mentions[&history.edition.slug].get_or_init(|| Mentions::of(&history.edition.sections));
            let (head, mut values) = page(press, here, authority, &history, mentions);
            values.set("beside", beside.questions(press, here, authority, history.place.clause));
            (head, values)
        });
        (address, page)
    });
    (pages.collect(), gone)
}

/// Puts a page wherever a clause stood that has gone.
pub fn plan_gone<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>, gone: Vec<Gone<'a>>) {
    for (authority, id, recorded) in gone {
        let address = Address::clause(&authority.slug, id);
        press.add(plan, address, "clause-gone.html", move |press, here| {
            gone::page(press, here, authority, id, recorded)
        });
    }
}

/// A clause as it is seen from the page at `here`.
struct Seen<'s, 'a> {
    press: &'s Press<'a>,
    here: &'s Address,
    authority: &'s Authority,
    edition: &'s Edition,
}

impl Seen<'_, '_> {
    fn href(&self, link: impl Into<Link>) -> String {
        self.press.href(self.here, link)
    }

    fn sections(&self) -> &[Section] {
        &self.edition.sections
    }

    /// Where a clause of this text is read: on its own page, or in the text.
    fn clause_link(&self, id: &ClauseId) -> Link {
        words::target_link(
            &Target::Clause(id.clone()),
            &self.authority.slug,
            &Address::edition(&self.authority.slug, &self.edition.slug),
            &|it| self.has_page(it),
        )
    }

    fn target_href(&self, target: &Target) -> String {
        let document = Address::edition(&self.authority.slug, &self.edition.slug);
        let link = words::target_link(target, &self.authority.slug, &document, &|it| self.has_page(it));
        self.href(link)
    }

    /// Where a clause of another text is read.
    fn origin_link(&self, text: &Edition, place: &Place) -> Link {
        match is_citable(place.section) {
            true => Address::clause(&self.authority.slug, &place.clause.id).into(),
            false => Link::from(Address::edition(&self.authority.slug, &text.slug))
                .at(anchor::clause(&place.clause.id)),
        }
    }

    fn has_page(&self, id: &ClauseId) -> bool {
        place(self.sections(), id).is_some_and(|it| is_citable(it.section))
    }
}

fn page(
    press: &Press,
    here: &Address,
    authority: &Authority,
    history: &History,
    mentions: &Mentions,
) -> (Head, Values) {
    let History { edition, place, current, .. } = history;
    let seen = Seen { press, here, authority, edition };
    let clause = place.clause;
    let title = format!("{}, {}", authority.short_name, lower_first(&name::clause(place)));
    let work = work(authority, history, &title);
    let head = Head {
        about: About::Work(Box::new(work)),
        ..Head::new(
            title,
            format!(
                "{} of {}, {}: its words, its history, and the same question in other authorities.",
                name::capital(&name::citation(place)),
                edition.title,
                authority.name
            ),
        )
    }
    .below("Authorities", Address::authorities())
    .below(authority.short_name.as_str(), Address::authority(&authority.slug))
    .below(edition.title.as_str(), protocol(authority, edition));
    let text = Address::edition(&authority.slug, &edition.slug);
    let (before, after) = neighbours(edition, clause);
    let mut values = Values::default();
    values
        .set("authority", owner(press, here, authority))
        .set(
            "edition",
            map([
                ("title", edition.title.as_str().into()),
                ("name", edition::name(edition).into()),
                ("href", seen.href(Link::from(text.clone()).at(anchor::clause(&clause.id))).into()),
                ("language", edition.source.language.as_str().into()),
                ("current", (*current).into()),
                ("in_force", edition::in_force(edition)),
                ("latest", edition::latest(press, here, authority)),
                ("kind", edition.status.key().into()),
                ("status", document::status_words(edition.status).into()),
            ]),
        )
        .set("source", document::source(&edition.source, edition.provenance))
        .set("end", descent::end(press, here, authority, &clause.id))
        .set("failed", descent::failed(&seen, &clause.id))
        .set("gifts", descent::gifts(&seen, &clause.id))
        .set("origins", descent::origins(&seen, clause))
        .set("corrections", edition::corrections(press, here, authority, edition, Some(&clause.id)))
        .set("under", under(&seen, place))
        .set("clause", shown(&seen, place))
        .set("footnotes", footnotes(&seen, place))
        .set("lost_items", items::lost(&seen, history))
        .set("shifted_items", items::shifted(&seen, history))
        .set("topics", tags::topics(press, here, clause))
        .set("principles", tags::principles(press, here, clause))
        .set("names", links::names(&seen, clause))
        .set("law", links::law(&seen, clause))
        .set("named_by", links::named_by(&seen, place, mentions))
        .set("texts", history::texts(press, here, authority, history))
        .set("marked", history.texts.iter().any(|it| it.words == Words::Differ))
        .set("before", neighbour(&seen, before))
        .set("after", neighbour(&seen, after))
        .set("cite", cite(press, here, here, &cited(&seen, place)));
    (head, values)
}

/// What a clause tells programs: what its text does, and that it is part of that.
fn work(authority: &Authority, history: &History, title: &str) -> Work {
    let text = edition::work(authority, history.edition);
    let address = Address::clause(&authority.slug, &history.place.clause.id);
    Work { address, name: title.to_owned(), part_of: Some((text.name, text.address)), ..text }
}

/// The current text at the protocol's own address, any other at its edition's.
fn protocol(authority: &Authority, edition: &Edition) -> Address {
    match authority.current.as_ref() == Some(&edition.slug) {
        true => Address::protocol(&authority.slug),
        false => Address::edition(&authority.slug, &edition.slug),
    }
}

/// `Clause 1.03` inside a title.
fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |it| it.to_lowercase().chain(letters).collect())
}

/// The headings that the clause stands under.
fn under(seen: &Seen, place: &Place) -> Value {
    let text = Address::edition(&seen.authority.slug, &seen.edition.slug);
    let section = place.section;
    map([
        ("number", section.number.as_deref().into()),
        ("heading", section.heading.as_deref().into()),
        ("sub_heading", place.sub_heading.into()),
        ("kind", section.kind.key().into()),
        ("href", seen.href(Link::from(text).at(anchor::section(&section.slug))).into()),
    ])
}

fn shown(seen: &Seen, place: &Place) -> Value {
    let clause = place.clause;
    let own = |item: &ItemId| Some(format!("#{}", anchor::item(item)));
    let marks = mentions::footnotes(seen.sections(), clause);
    let manner = Manner {
        link: &|target| Some(seen.target_href(target)),
        item_anchor: &|item| Some(anchor::item(item)),
        item_link: &own,
        footnote: &|id| match marks.iter().any(|it| it.id == *id) {
            true => Some(format!("#{}", anchor::clause(id))),
            false => Some(seen.href(seen.clause_link(id))),
        },
    };
    let printed_at = match &clause.kind {
        ClauseKind::Footnote { printed_at, .. } => printed_at.as_deref(),
        ClauseKind::Clause => None,
    };
    let bearers = match clause.is_footnote() {
        true => mentions::bearers(seen.sections(), clause),
        false => Vec::new(),
    };
    map([
        ("href", seen.href(seen.here.clone()).into()),
        ("name", name::clause(place).into()),
        ("number", clause.number.as_deref().into()),
        ("words", html(&words::whole(clause, &manner))),
        ("note", document::note(clause.source_note.as_deref())),
        ("printed_at", printed_at.into()),
        (
            "bearers",
            list(
                bearers
                    .iter()
                    .filter_map(|it| self::place(seen.sections(), &it.id))
                    .map(|it| named(seen, &it)),
            ),
        ),
    ])
}

/// A clause by its name, with the way to it.
fn named(seen: &Seen, place: &Place) -> Value {
    map([
        ("name", name::clause(place).into()),
        ("href", seen.href(seen.clause_link(&place.clause.id)).into()),
    ])
}

fn neighbour(seen: &Seen, place: Option<Place>) -> Value {
    place.map_or_else(Value::none, |it| named(seen, &it))
}

/// The footnotes of the clause, printed below its words.
fn footnotes(seen: &Seen, place: &Place) -> Value {
    let manner = Manner {
        link: &|target| Some(seen.target_href(target)),
        item_anchor: &|_| None,
        item_link: &|_| None,
        footnote: &|id| Some(seen.href(seen.clause_link(id))),
    };
    list(mentions::footnotes(seen.sections(), place.clause).into_iter().map(|it| {
        let ClauseKind::Footnote { printed_at, .. } = &it.kind else { return Value::none() };
        map([
            ("anchor", anchor::clause(&it.id).into()),
            ("number", it.number.as_deref().into()),
            ("href", seen.href(seen.clause_link(&it.id)).into()),
            ("words", html(&words::whole(it, &manner))),
            ("printed_at", printed_at.as_deref().into()),
            ("note", document::note(it.source_note.as_deref())),
        ])
    }))
}

/// How the clause is cited: by its own address, and by that of its words in this text.
fn cited<'s>(seen: &Seen<'s, '_>, place: &Place) -> Cited<'s> {
    let Seen { press, authority, edition, .. } = seen;
    let id = &place.clause.id;
    let stays =
        fate::end(authority, id).is_none() && fate::failed(authority, id, press.setting.drafts).is_empty();
    let text = Link::from(Address::edition(&authority.slug, &edition.slug)).at(anchor::clause(id));
    Cited {
        part: Some(name::citation(place)),
        key: format!("{}-{id}", authority.slug),
        stays: Some(Stays {
            at: text,
            other: if stays { "the clause as it changes" } else { "what became of the clause" },
        }),
        ..Cited::edition(authority, edition)
    }
}
