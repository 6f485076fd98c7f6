//! What one authority says to one question, as values: words of its text, or why there are none.

use crate::handbook::{Aspect, AspectSlug, Authority, AuthoritySlug, PartialDate, Silence, Topic};
use crate::site::Address;
use crate::site::address::anchor;
use crate::site::page::owner::owner;
use crate::site::page::quote::Quoted;
use crate::site::page::{document, edition, name};
use crate::site::press::Press;
use crate::site::theme::{Value, list, map};
use crate::view::comparison::{Cell, Document, Passage};
use crate::view::coverage::{Standing, State};
use crate::view::history;

/// The anchor of a cell on each page on which it stands.
pub fn anchor_of(aspect: Option<&AspectSlug>, authority: &AuthoritySlug) -> String {
    match aspect {
        Some(aspect) => anchor::cell(aspect, authority),
        None => anchor::authority(authority),
    }
}

/// An authority as the heading of what it says: its names, its text, and the ways to both.
pub fn heading(press: &Press, here: &Address, authority: &Authority) -> Value {
    let edition = authority.current_edition();
    map([
        ("owner", owner(press, here, authority)),
        ("text", edition.map_or_else(|| "text not held".to_owned(), edition::name).into()),
        ("text_href", edition.map(|_| press.href(here, Address::protocol(&authority.slug))).into()),
    ])
}

/// A cell, with the anchor it is found by and the authority whose it is.
pub fn cell(
    press: &Press,
    here: &Address,
    aspect: Option<&Aspect>,
    authority: &Authority,
    cell: &Cell,
) -> Value {
    let why = match cell {
        Cell::Addressed(_) | Cell::NotReviewed => Value::none(),
        Cell::Silent { reason, reviewed, .. } => why(Some(reason), *reviewed),
        // The reason is the same for each question, so it is told once on the page.
        Cell::NotHeld { reviewed, .. } => why(None, *reviewed),
    };
    map([
        ("anchor", anchor_of(aspect.map(|it| &it.slug), &authority.slug).into()),
        ("authority", heading(press, here, authority)),
        ("state", state_value(State::of(cell))),
        ("why", why),
        ("not_held", format!("#{}", anchor::not_held(&authority.slug)).into()),
        ("passages", list(cell.addressed().iter().map(|it| passage(press, here, authority, it)))),
        (
            "described",
            match cell {
                Cell::NotHeld { described, .. } => reports(press, here, authority, described),
                _ => list([]),
            },
        ),
    ])
}

fn why(reason: Option<&str>, reviewed: PartialDate) -> Value {
    map([("reason", document::note(reason)), ("reviewed", reviewed.in_words().into())])
}

/// Passages of reports, together for each report.
fn reports(press: &Press, here: &Address, authority: &Authority, described: &[Passage]) -> Value {
    let same = |a: &Passage, b: &Passage| match (a.document, b.document) {
        (Document::Report(a), Document::Report(b)) => a.slug == b.slug,
        _ => false,
    };
    list(described.chunk_by(same).filter_map(|passages| {
        let Document::Report(report) = passages.first()?.document else { return None };
        Some(map([
            ("body", report.body.as_str().into()),
            ("date", report.date.map(PartialDate::in_words).into()),
            ("href", press.href(here, Address::report(&authority.slug, &report.slug)).into()),
            ("passages", list(passages.iter().map(|it| passage(press, here, authority, it)))),
        ]))
    }))
}

/// The words of a passage, with the way to its clause.
fn passage(press: &Press, here: &Address, authority: &Authority, passage: &Passage) -> Value {
    let Passage { document, clause, .. } = passage;
    let quoted = Quoted { press, here, authority, document: *document };
    let sections = match document {
        Document::Edition(it) => &it.sections,
        Document::Report(it) => &it.sections,
    };
    let section = sections.iter().find(|it| it.clauses().any(|it| it.id == clause.id));
    let name = quoted.clause_name(clause);
    let heading = section.and_then(|it| it.heading.as_deref());
    // Clauses without a number that stand in one section are told apart by their first words.
    let first_words = name::opening(clause);
    let under = name.strip_suffix(&first_words).and_then(|it| it.strip_suffix(": "));
    let heading = heading.filter(|it| !name.contains(it.trim_end_matches(':')));
    let sub_heading = under.and_then(|_| history::place(sections, &clause.id)?.sub_heading);
    let section = [under, heading, sub_heading].into_iter().flatten().collect::<Vec<_>>().join(", ");
    map([
        ("name", if under.is_some() { first_words.as_str() } else { name.as_str() }.into()),
        ("section", Some(section.as_str()).filter(|it| !it.is_empty()).into()),
        ("href", quoted.clause_href(&clause.id).into()),
        ("words", quoted.words(clause, &|it| passage.shows(it))),
        ("language", quoted.language()),
        ("note", document::note(clause.source_note.as_deref())),
    ])
}

/// A state as a page shows it: a name for the style sheet, a shape and words, so that nothing
/// hangs on colour.
pub fn state_value(state: State) -> Value {
    let (name, shape, words) = match state {
        State::Addressed => ("addressed", "●", "Addressed"),
        State::InPart => ("in-part", "◐", "Addressed in part"),
        State::Silent(Silence::LeftOut) => ("left-out", "×", "Expressly left out"),
        State::Silent(Silence::Elsewhere) => ("elsewhere", "→", "Dealt with in another document"),
        State::Silent(Silence::NotAddressed) => ("not-addressed", "○", "Not addressed"),
        State::SilentInSeveralWays => ("several", "◇", "No clause, for several reasons"),
        State::NotReviewed => ("not-reviewed", "?", "Not yet reviewed"),
        State::NotHeld => ("not-held", "□", "Text not held"),
    };
    map([("name", name.into()), ("shape", shape.into()), ("words", words.into())])
}

/// What an authority has on a topic, in a line that leads to where it can be seen.
pub fn standing(
    press: &Press,
    here: &Address,
    topic: &Topic,
    authority: &Authority,
    standing: &Standing,
) -> Value {
    let link =
        super::answer(press.handbook, &topic.slug, standing.seen_at.map(|it| &it.slug), &authority.slug);
    let counted = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    let clauses = counted(standing.clauses, "clause", "clauses");
    let words = match standing.state {
        State::Addressed => Some(clauses),
        State::InPart => {
            Some(format!("{clauses}, {} of {} questions", standing.answered, standing.questions))
        }
        State::NotHeld if standing.described > 0 => {
            Some(format!("{} of its report", counted(standing.described, "paragraph", "paragraphs")))
        }
        _ => None,
    };
    map([
        ("authority", authority.short_name.as_str().into()),
        ("topic", topic.name.as_str().into()),
        ("state", state_value(standing.state)),
        ("count", words.into()),
        ("href", press.href(here, link).into()),
    ])
}
