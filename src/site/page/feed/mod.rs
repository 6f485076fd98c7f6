//! The feeds as Atom: an entry for each text and report with a known date, for each dated step of a
//! text's path, and for each dated correction.
//!
//! An entry is known by the address of its text for ever, and bears the date of the text, never
//! that of a build. Atom has no date without a day and a time: of a month its first day stands
//! there, and the summary says in words what is known.
//!
//! Form: RFC 4287.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::{document, edition, name, report};
use crate::handbook::{Edition, PartialDate, Provenance, SourceRef};
use crate::site::address::anchor;
use crate::site::feeds::Feed;
use crate::site::press::Press;
use crate::site::xml::{self, Element};
use crate::site::{Address, Page, Site};
use crate::view::comparison::Document;
use crate::view::timeline::{Event, What};

const SUBTITLE: &str = "Texts of protocols, what bodies did with them, and reports on them, the newest first, each \
                        by the date that is known of it. Those without a known date are left out.";

pub fn plan<'a>(press: &Arc<Press<'a>>, site: &mut Site<'a>) {
    for address in press.feeds.addresses() {
        let (press, here) = (Arc::clone(press), address.clone());
        let make = move || {
            let feed = press.feeds.at(&here).expect("a feed was planned because it is there");
            Ok(xml::file(&atom(&press, &here, feed)))
        };
        site.insert(address.clone(), Page::new(make));
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
            (Address::edition(&authority.slug, &it.slug), edition::title(authority, it), &it.source)
        }
        Document::Report(it) => {
            (Address::report(&authority.slug, &it.slug), report::title(authority, it), &it.source)
        }
    };
    let SourceRef { language, .. } = source;
    let page = whole(press, &address);
    let (address, title) = match event.what {
        What::Itself(_) => (page, title),
        What::Step(number, it) => {
            let verb = it.decided().map_or_else(|| "before".to_owned(), |it| format!("{it} by"));
            (format!("{page}#{}", anchor::step(number, it.decided())), format!("{title}, {verb} {}", it.body))
        }
        What::Corrected(number, _) => {
            (format!("{page}#{}", anchor::correction(number)), format!("Correction: {title}"))
        }
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

/// What a text is, in plain words: which date it bears, its status, how it came here.
fn summary(event: &Event) -> String {
    let dating = match event.what {
        What::Itself(dating) => dating,
        What::Step(_, it) => return format!("{}.", edition::decision(it)),
        What::Corrected(_, it) => {
            let by = it.decided_by.as_deref().unwrap_or("not recorded");
            return format!("{}. Why: {}. Decided by: {by}.", it.what, it.why);
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
    format!(
        "{standing} {}: {}. {}.",
        document::dating_words(dating),
        date_in_words(event.date, provenance),
        name::capital(document::provenance_words(provenance))
    )
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
