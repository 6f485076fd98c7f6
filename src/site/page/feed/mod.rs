//! The feeds as Atom: an entry for each text and report with a known date, for each dated step of a
//! text's path, and for each dated correction.
//!
//! An entry is known by an address in the site for ever and keeps its title, whatever comes of the
//! text. It bears the date of what it tells, never that of a build. Atom has no date without a day and a time: of a month its first day stands
//! there, and the summary says in words what is known.
//!
//! Form: RFC 4287.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::{document, edition, name, report};
use crate::handbook::{AdoptionStep, Authority, Dating, Edition, PartialDate, Provenance, SourceRef};
use crate::site::address::anchor::{self, ADOPTED};
use crate::site::feeds::Feed;
use crate::site::press::Press;
use crate::site::xml::{self, Element};
use crate::site::{Address, Page, Plan};
use crate::view::comparison::Document;
use crate::view::timeline::{Event, What, put_forward};

const SUBTITLE: &str = "Texts of protocols, what bodies did with them, and reports on them, the newest first, each \
                        by the date that is known of it. Those without a known date are left out.";

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    for address in press.feeds.addresses() {
        let (press, here) = (Arc::clone(press), address.clone());
        let make = move || {
            let feed = press.feeds.at(&here).expect("a feed was planned because it is there");
            Ok(xml::file(&atom(&press, &here, feed)))
        };
        plan.add(address.clone(), Page::new(make));
    }
}

fn atom(press: &Press, here: &Address, feed: &Feed) -> Element {
    let own = whole(press, here);
    let newest = feed.events.first().map(|it| updated(it.date));
    let head = [
        Element::text("id", &own),
        Element::text("title", &feed.title),
        Element::text("subtitle", SUBTITLE),
        Element::text("updated", newest.unwrap_or_default()),
        link("self", "application/atom+xml", own),
        link("alternate", "text/html", whole(press, &feed.page)),
    ];
    let entries = feed.events.iter().map(|it| entry(press, it));
    Element::of("feed", head.into_iter().chain(entries))
        .with("xmlns", "http://www.w3.org/2005/Atom")
        .with("xml:lang", "en-GB")
}

fn entry(press: &Press, event: &Event) -> Element {
    let Event { authority, document, date, .. } = event;
    let (address, title, source) = match document {
        Document::Edition(it) => {
            let known_as = edition::title_as(authority, it, &known_as(authority, it, event));
            (Address::edition(&authority.slug, &it.slug), known_as, &it.source)
        }
        Document::Report(it) => {
            (Address::report(&authority.slug, &it.slug), report::title(authority, it), &it.source)
        }
    };
    let SourceRef { language, .. } = source;
    let page = whole(press, &address);
    let at = |anchor: String| format!("{page}#{anchor}");
    let (address, title) = match event.what {
        What::Itself(_) => (page, title),
        What::Before(number, it) => (at(anchor::step(number)), format!("{title}, before {}", it.body)),
        What::Decided(number, it, decided) => {
            (at(anchor::decision(number, decided)), format!("{title}, {decided} by {}", it.body))
        }
        What::Adopted(number, _) => (at(anchor::decision(number, ADOPTED)), title),
        What::Corrected(number, _) => (at(anchor::correction(number)), format!("Correction: {title}")),
    };
    let head = [
        Element::text("id", &address),
        Element::text("title", title),
        Element::text("updated", updated(*date)),
        Element::of("author", [Element::text("name", &authority.name)]),
        link("alternate", "text/html", address).with("hreflang", language),
        Element::text("summary", summary(event)),
    ];
    let rights = document::rights(source).map(|it| Element::text("rights", it));
    Element::of("entry", head.into_iter().chain(rights))
}

/// What a text is called in an entry: by when and to whom it was first put forward, until it is its
/// adoption, or a correction after it, that the entry tells.
fn known_as(authority: &Authority, edition: &Edition, event: &Event) -> String {
    let since_adopted = match event.what {
        What::Adopted(..) => true,
        What::Corrected(..) => edition.dates.adopted.is_some_and(|it| !event.date.is_before(it)),
        What::Itself(_) | What::Before(..) | What::Decided(..) => false,
    };
    match put_forward(authority, edition).filter(|_| !since_adopted) {
        Some((date, step)) => edition::put_to(step.map(|(_, it)| it.body.as_str()), date),
        None => edition::name(edition),
    }
}

/// What the entry tells, in plain words: of a text which date it bears, its status, how it came here;
/// of an adoption by whom, in which minute, and from when it is in force if that is another day.
fn summary(event: &Event) -> String {
    let dating = match event.what {
        What::Itself(dating) => dating,
        What::Adopted(..) => Dating::Adopted,
        What::Before(_, it) if it.decided().is_none() && !is_adoption(event, it) => {
            return format!("{}.", edition::decision(it));
        }
        What::Before(_, it) => {
            let when = it.date.map(|it| format!(", {}", it.in_words())).unwrap_or_default();
            return format!(
                "{}{when}: the text was before it. Another entry says what was decided.",
                it.body
            );
        }
        What::Decided(_, it, _) => return format!("{}.", edition::decision(it)),
        What::Corrected(_, it) => {
            let by = it.decided_by.as_deref().unwrap_or("not recorded");
            let under = it.under.as_deref().unwrap_or("not recorded");
            return format!("{}. Why: {}. Decided by: {by}. Under: {under}.", it.what, it.why);
        }
    };
    let (standing, provenance) = match event.document {
        Document::Edition(Edition { status, provenance, .. }) => {
            (format!("Status: {}.", document::status_words(*status)), *provenance)
        }
        Document::Report(it) => {
            (format!("Report to the {}, not a text of the protocol.", it.body), it.provenance)
        }
    };
    let adoption = match (dating, event.document) {
        (Dating::Adopted, Document::Edition(it)) => adoption(it),
        _ => String::new(),
    };
    format!(
        "{standing} {}: {}.{adoption} {}.",
        document::dating_words(dating),
        date_in_words(event.date, provenance),
        name::capital(document::provenance_words(provenance))
    )
}

/// By whom a text was adopted and in which minute, and from when it is in force, in sentences after
/// others; empty where nothing is recorded of it.
fn adoption(it: &Edition) -> String {
    let by = it.adopted_by().map(|(_, step)| format!(" {}.", edition::decision(step)));
    let from = it.in_force_apart().map(|it| format!(" In force from: {}.", it.in_words()));
    by.unwrap_or_default() + &from.unwrap_or_default()
}

fn is_adoption(event: &Event, step: &AdoptionStep) -> bool {
    let Document::Edition(edition) = event.document else { return false };
    edition.adopted_by().is_some_and(|(_, it)| it == step)
}

fn date_in_words(date: PartialDate, provenance: Provenance) -> String {
    let who = match provenance {
        Provenance::DraftedHere => "the text",
        Provenance::Verbatim | Provenance::Reconstructed => "the source",
    };
    match date.day() {
        Some(_) => date.in_words(),
        None => format!("{} ({who} gives no day)", date.in_words()),
    }
}

/// The beginning of the first day that a date may mean, since Atom asks for a time.
fn updated(date: PartialDate) -> String {
    format!("{}T00:00:00Z", date.first_day())
}

fn link(rel: &str, kind: &str, href: String) -> Element {
    Element::new("link").with("rel", rel).with("type", kind).with("href", href)
}

fn whole(press: &Press, address: &Address) -> String {
    press.setting.whole(address).expect("there are feeds with a base URL alone")
}
