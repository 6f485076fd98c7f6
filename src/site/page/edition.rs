//! An edition whole: at its own address, and the current one at the protocol's.

use std::sync::Arc;

use super::cite::{Cited, cite};
use super::document::{self, Shown};
use super::left;
use super::name as names;
use super::owner::owner;
use super::redline::{self, compared};
use crate::handbook::{
    AdoptionStep, Authority, ClauseId, Dating, DocumentSlug, Edition, PartialDate, Provenance, Status,
};
use crate::site::address::{Link, anchor};
use crate::site::metadata::{About, Kind, Protocol, Work};
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Plan};
use crate::view::history::{is_citable, place};
use crate::view::redline::decided;

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    let drafts = press.setting.drafts;
    for authority in press.handbook.authorities.values() {
        for edition in authority.editions.values() {
            if edition.status == Status::Draft && !drafts {
                continue;
            }
            let address = Address::edition(&authority.slug, &edition.slug);
            press
                .add(plan, address, "edition.html", move |press, here| page(press, here, authority, edition));
        }
        if let Some(edition) = authority.current_edition() {
            let address = Address::protocol(&authority.slug);
            press
                .add(plan, address, "edition.html", move |press, here| page(press, here, authority, edition));
        }
    }
}

fn page(press: &Press, here: &Address, authority: &Authority, edition: &Edition) -> (Head, Values) {
    let head = Head {
        language: edition.source.language.clone(),
        about: About::Work(Box::new(work(authority, edition))),
        ..Head::new(
            title(authority, edition),
            format!("{} of {}, {}, clause by clause.", edition.title, authority.name, name(edition)),
        )
    }
    .below("Authorities", Address::authorities())
    .below(authority.short_name.as_str(), Address::authority(&authority.slug));
    let shown = Shown { authority: &authority.slug, here, clause_pages: true };
    // The page of the latest text says for ever what the edition's own page says today.
    let permanent = Address::edition(&authority.slug, &edition.slug);
    let mut values = Values::default();
    values
        .set("authority", owner(press, here, authority))
        .set(
            "edition",
            map([
                ("title", edition.title.as_str().into()),
                ("name", name(edition).into()),
                ("language", edition.source.language.as_str().into()),
                ("status", document::status_words(edition.status).into()),
                ("kind", edition.status.key().into()),
                ("current", is_current(authority, edition).into()),
                ("in_force", in_force(edition)),
                ("latest", latest(press, here, authority)),
                ("redline", to_redline(press, here, authority, edition)),
                ("put", put(press, here, authority, edition)),
                ("came_to_nothing", edition.came_to_nothing().into()),
                ("amends", other(press, here, authority, edition.amends.as_ref())),
                ("amended", other(press, here, authority, amended_as(authority, edition))),
                ("dates", dates(edition)),
                ("adoption", adoption(edition)),
                ("permanent", (*here == permanent).into()),
                ("withdrawn", withdrawn(press, here, authority, edition)),
                ("corrections", corrections(press, here, authority, edition, None)),
                ("note", document::note(edition.note.as_deref())),
            ]),
        )
        .set("source", document::source(&edition.source, edition.provenance))
        .set("contents", document::contents(&edition.sections))
        .set("left", if *here == permanent { list([]) } else { left::values(press, here, authority) })
        .set("sections", document::sections(press, &shown, &edition.sections))
        .set("editions", editions(press, here, authority))
        .set("cite", cite(press, here, &permanent, &Cited::edition(authority, edition)));
    (head, values)
}

/// Whether it is the latest text held of its authority.
pub fn is_current(authority: &Authority, edition: &Edition) -> bool {
    authority.current.as_ref() == Some(&edition.slug)
}

/// The latest text held, whole; `none` where there is none.
pub fn latest(press: &Press, here: &Address, authority: &Authority) -> Value {
    authority.current_edition().map_or_else(Value::none, |it| {
        let href = press.href(here, Address::protocol(&authority.slug));
        map([("name", name(it).into()), ("href", href.into()), ("in_force", in_force(it))])
    })
}

/// The day from which it is in force, in words; `none` where that is the day of its adoption or not
/// recorded.
pub fn in_force(edition: &Edition) -> Value {
    edition.in_force_apart().map(PartialDate::in_words).into()
}

/// What it changed in the text it follows; `none` where it follows none that is held.
fn to_redline(press: &Press, here: &Address, authority: &Authority, edition: &Edition) -> Value {
    compared(press, authority, edition).map_or_else(Value::none, |before| {
        let href = press.href(here, Address::redline(&authority.slug, &edition.slug));
        map([("before", name(before).into()), ("href", href.into())])
    })
}

/// The page that sets the text put forward beside this one, which came of it; `none` for any other
/// text.
fn put(press: &Press, here: &Address, authority: &Authority, edition: &Edition) -> Value {
    match decided(authority) {
        Ok(it) if it.published.slug == edition.slug => {
            let href = press.href(here, Address::put_and_published(&authority.slug));
            map([("verb", redline::adopted::words(it.became).before.into()), ("href", href.into())])
        }
        _ => Value::none(),
    }
}

/// The text that was made out of this one, and adopted.
fn amended_as<'h>(authority: &'h Authority, edition: &Edition) -> Option<&'h DocumentSlug> {
    authority.editions.values().find(|it| it.amends.as_ref() == Some(&edition.slug)).map(|it| &it.slug)
}

fn other(press: &Press, here: &Address, authority: &Authority, slug: Option<&DocumentSlug>) -> Value {
    slug.and_then(|it| authority.editions.get(it)).map_or_else(Value::none, |it| {
        let href = press.href(here, Address::edition(&authority.slug, &it.slug));
        map([
            ("name", name(it).into()),
            ("href", href.into()),
            ("came_to_nothing", it.came_to_nothing().into()),
        ])
    })
}

/// A text among those of all authorities: `Kent: Convention on Member:Officer Relations, text adopted
/// 23 May 2013`.
pub fn title(authority: &Authority, edition: &Edition) -> String {
    title_as(authority, edition, &name(edition))
}

/// The same by another name of the text.
pub fn title_as(authority: &Authority, edition: &Edition, name: &str) -> String {
    format!("{}: {}, {name}", authority.short_name, edition.title)
}

/// What a text tells programs.
pub fn work(authority: &Authority, edition: &Edition) -> Work {
    let adopted = edition.was_adopted();
    Work {
        address: Address::edition(&authority.slug, &edition.slug),
        name: edition.title.clone(),
        authority: authority.slug.clone(),
        creator: authority.name.clone(),
        language: edition.source.language.clone(),
        date: edition.date(),
        source: document::taken_from(&edition.source, edition.provenance),
        rights: document::rights(&edition.source),
        part_of: None,
        kind: Kind::Protocol(Protocol {
            status: document::status_words(edition.status),
            adopted,
            adopted_on: edition.dates.adopted.filter(|it| adopted && it.day().is_some()),
        }),
    }
}

/// An edition's name for people: `text of 23 May 2013`, `text put to Full Council on 1 February
/// 2023`; by its slug where no date is known: `consolidated text, no date`.
pub fn name(edition: &Edition) -> String {
    let dates = &edition.dates;
    match (dates.adopted, dates.proposed, dates.printed) {
        (Some(date), _, _) => format!("text adopted {}", date.in_words()),
        // What became of a proposal does not change what was put forward, and when.
        (None, Some(date), _) if edition.status != Status::Published => {
            let step = edition.adoption.iter().find(|it| it.date == Some(date));
            put_to(step.map(|it| it.body.as_str()), date)
        }
        (None, _, Some(date)) => format!("text of {}", date.in_words()),
        _ => match edition.slug.as_str() {
            slug if slug.bytes().all(|it| it.is_ascii_lowercase()) => format!("{slug} text, no date"),
            slug => format!("text “{}”, no date", slug.replace('-', " ")),
        },
    }
}

/// The name of a text by the body to which it was put, where that is recorded.
pub fn put_to(body: Option<&str>, date: PartialDate) -> String {
    match body {
        // It is no name of a committee, which has an article.
        Some(body) if body.starts_with("Full ") => format!("text put to {body} {}", date.when()),
        Some(body) => format!("text put to the {body} {}", date.when()),
        None => format!("text put forward {}", date.when()),
    }
}

/// What is known of the dates, each with its meaning; those not known are said to be.
fn dates(edition: &Edition) -> Value {
    let dates = &edition.dates;
    let known = [
        (document::dating_words(Dating::Printed), dates.printed),
        (document::dating_words(Dating::PutForward), dates.proposed),
        (document::dating_words(Dating::Adopted), dates.adopted),
        ("In force from", dates.commenced),
    ];
    let always = document::dating_words(Dating::Adopted);
    let unknown = match edition.provenance {
        Provenance::DraftedHere => "not recorded",
        Provenance::Verbatim | Provenance::Reconstructed => "not stated in the source",
    };
    list(known.into_iter().filter(|(name, date)| date.is_some() || *name == always).map(|(name, date)| {
        let words = date.map_or_else(|| unknown.to_owned(), PartialDate::in_words);
        map([("name", name.into()), ("words", words.into())])
    }))
}

/// What bodies did with it, in their order.
pub fn adoption(edition: &Edition) -> Value {
    let adopted = edition.adopted_by().map(|(number, _)| number);
    list(edition.adoption.iter().enumerate().map(|(at, it)| {
        let number = at + 1;
        let decided = it.decided().or((adopted == Some(number)).then_some(anchor::ADOPTED));
        map([
            ("anchor", anchor::step(number).into()),
            ("decision", decided.map(|it| anchor::decision(number, it)).into()),
            ("body", it.body.as_str().into()),
            ("date", it.date.map(PartialDate::in_words).into()),
            ("outcome", it.outcome.as_str().into()),
            ("minute", it.minute.as_deref().into()),
            (
                "papers",
                list(it.papers.iter().map(|it| {
                    let is_address = it.starts_with("https://") || it.starts_with("http://");
                    map([("name", it.as_str().into()), ("href", is_address.then_some(it.as_str()).into())])
                })),
            ),
        ])
    }))
}

/// What one body did with a text: `County Council, 21 May 2026: adopted; minute not recorded`.
pub fn decision(step: &AdoptionStep) -> String {
    let date = step.date.map(|it| format!(", {}", it.in_words())).unwrap_or_default();
    let minute = step.minute.as_ref().map_or("minute not recorded".to_owned(), |it| format!("minute {it}"));
    format!("{}{date}: {}; {minute}", step.body, step.outcome)
}

/// The clauses of the edition before that it left out with nothing in their place.
fn withdrawn(press: &Press, here: &Address, authority: &Authority, edition: &Edition) -> Value {
    let before = edition.follows.as_ref().and_then(|it| authority.editions.get(it));
    list(edition.withdrawn.iter().map(|(id, reason)| {
        let place = before.and_then(|it| place(&it.sections, id));
        let page = place.filter(|it| is_citable(it.section)).map(|_| Address::clause(&authority.slug, id));
        map([
            ("name", place.map_or_else(|| id.to_string(), |it| names::clause(&it)).into()),
            ("href", page.map(|it| press.href(here, it)).into()),
            ("reason", reason.as_str().into()),
        ])
    }))
}

/// What was put right in it after it was published, oldest first; of one clause alone if one is
/// named. They have anchors where they stay, in the edition's own page.
pub fn corrections(
    press: &Press,
    here: &Address,
    authority: &Authority,
    edition: &Edition,
    of: Option<&ClauseId>,
) -> Value {
    let stays = *here == Address::edition(&authority.slug, &edition.slug);
    let all = edition.corrections.iter().enumerate();
    let shown = all.filter(|(_, it)| of.is_none_or(|id| it.clauses.contains(id)));
    list(shown.map(|(index, it)| {
        let clauses = it.clauses.iter().filter_map(|id| place(&edition.sections, id));
        map([
            ("anchor", stays.then(|| anchor::correction(index + 1)).into()),
            ("what", it.what.as_str().into()),
            ("why", it.why.as_str().into()),
            ("decided_by", it.decided_by.as_deref().into()),
            ("under", it.under.as_deref().into()),
            ("on", it.on.map(PartialDate::in_words).into()),
            (
                "clauses",
                list(clauses.map(|it| {
                    let text = Address::edition(&authority.slug, &edition.slug);
                    let link = Link::from(text).at(anchor::clause(&it.clause.id));
                    map([("name", names::clause(&it).into()), ("href", press.href(here, link).into())])
                })),
            ),
        ])
    }))
}

/// All editions of the authority in the order recorded, the latest first.
fn editions(press: &Press, here: &Address, authority: &Authority) -> Value {
    let shown = authority.editions_newest_first().into_iter();
    list(shown.filter(|it| it.status != Status::Draft || press.setting.drafts).map(|it| {
        let address = Address::edition(&authority.slug, &it.slug);
        map([
            ("name", name(it).into()),
            ("status", document::status_words(it.status).into()),
            ("current", is_current(authority, it).into()),
            ("here", (*here == address).into()),
            ("href", press.href(here, address).into()),
            ("redline", to_redline(press, here, authority, it)),
        ])
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::AuthoritySlug;
    use crate::sample::handbook;

    #[test]
    fn a_text_is_named_by_what_is_known_of_its_date() {
        let step =
            |body: &str, date: &str| format!("adoption: [{{body: {body}, date: {date}, outcome: put}}]\n");
        let proposed = |date: &str| format!("status: proposed\ndates: {{proposed: {date}}}\n");
        for (slug, lines, expected) in [
            ("a1", "status: adopted\ndates: {adopted: 2013-05-23}\n".to_owned(), "text adopted 23 May 2013"),
            ("a1", "status: published\ndates: {printed: 2019-06}\n".to_owned(), "text of June 2019"),
            ("consolidated", "status: published\n".to_owned(), "consolidated text, no date"),
            ("before-2023", "status: superseded\n".to_owned(), "text “before 2023”, no date"),
            (
                "a1",
                proposed("2023-02-01") + &step("Full Council", "2023-02-01"),
                "text put to Full Council on 1 February 2023",
            ),
            (
                "a1",
                proposed("2023-02") + &step("Administration Committee", "2023-02"),
                "text put to the Administration Committee in February 2023",
            ),
            (
                "a1",
                proposed("2023-02-01") + &step("Full Council", "2023-01-10"),
                "text put forward on 1 February 2023",
            ),
        ] {
            let file = format!("authorities/alpha/protocol/{slug}/edition.yaml");
            let text = format!(
                "title: P\nlanguage: en-GB\nsource: {{title: P}}\nprovenance: drafted-here\nfollows: 2020-01-02\n{lines}"
            );
            let book = handbook(&[(&file, &text)]);
            let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
            assert_eq!(name(&alpha.editions[&DocumentSlug::parse(slug).unwrap()]), expected);
        }
    }
}
