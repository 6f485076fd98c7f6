//! What one authority says to one question, as values: words of its text, or why there are none.

use crate::handbook::{
    Aspect, AspectSlug, Authority, AuthoritySlug, Clause, ClauseId, ClauseKind, ItemId, PartialDate, Section,
    Silence, Target, Topic,
};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::{document, edition};
use crate::site::press::Press;
use crate::site::theme::{Value, html, list, map};
use crate::site::words::{self, Manner};
use crate::view::comparison::{Cell, Document, Items, Passage};
use crate::view::coverage::{Standing, State};

/// The anchor of a cell on each page on which it stands.
pub fn anchor_of(aspect: Option<&AspectSlug>, authority: &AuthoritySlug) -> String {
    match aspect {
        Some(aspect) => anchor::cell(aspect, authority),
        None => anchor::authority(authority),
    }
}

/// An authority as the heading of what it says: its name, its text, and the ways to both.
pub fn heading(press: &Press, here: &Address, authority: &Authority) -> Value {
    let edition = authority.current_edition();
    map([
        ("name", authority.short_name.as_str().into()),
        ("whole_name", authority.name.as_str().into()),
        ("href", press.href(here, Address::authority(&authority.slug)).into()),
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
    let from = Origin { press, here, authority: &authority.slug, document: *document };
    let manner = Manner {
        link: &|target| from.target(target),
        // The same item may stand in several rows.
        item_anchor: &|_| None,
        item_link: &|item| Some(from.item(&clause.id, item)),
        footnote: &|footnote| Some(from.clause(footnote)),
    };
    let (sections, source) = match document {
        Document::Edition(it) => (&it.sections, &it.source),
        Document::Report(it) => (&it.sections, &it.source),
    };
    let section = sections.iter().find(|it| it.clauses().any(|it| it.id == clause.id));
    map([
        ("name", name(clause).into()),
        ("numbered", (clause.number.is_some() && !clause.is_footnote()).into()),
        ("section", section.and_then(section_name).into()),
        ("href", from.clause(&clause.id).into()),
        ("words", html(&words::some_items(clause, &|it| passage.shows(it), &manner))),
        ("part", (passage.items != Items::All).into()),
        ("language", Some(source.language.as_str()).filter(|it| *it != "en-GB").into()),
        ("note", document::note(clause.source_note.as_deref())),
    ])
}

/// The printed number of a clause; for one without a number its id in words.
fn name(clause: &Clause) -> String {
    let id = clause.id.as_str().replace('-', " ");
    match (&clause.number, &clause.kind) {
        (Some(number), ClauseKind::Footnote { .. }) => format!("footnote {number}"),
        (Some(number), ClauseKind::Clause) => number.clone(),
        (None, _) => id,
    }
}

/// As printed: number and heading; `None` where a section has neither.
fn section_name(section: &Section) -> Option<String> {
    match (&section.number, &section.heading) {
        (Some(number), Some(heading)) => Some(format!("{number} {heading}")),
        (one, other) => one.as_ref().or(other.as_ref()).cloned(),
    }
}

/// The document that a passage is taken from, and the page it is shown on.
struct Origin<'o, 'h> {
    press: &'o Press<'h>,
    here: &'o Address,
    authority: &'o AuthoritySlug,
    document: Document<'o>,
}

impl Origin<'_, '_> {
    /// Clauses of a protocol have pages of their own, those of a report a place on its page.
    fn clause(&self, clause: &ClauseId) -> String {
        self.href(match self.report() {
            None => Address::clause(self.authority, clause).into(),
            Some(page) => Link::from(page).at(anchor::clause(clause)),
        })
    }

    fn item(&self, clause: &ClauseId, item: &ItemId) -> String {
        self.href(match self.report() {
            None => Link::from(Address::clause(self.authority, clause)).at(anchor::item(item)),
            Some(page) => Link::from(page).at(anchor::item_in_document(clause, item)),
        })
    }

    fn target(&self, target: &Target) -> Option<String> {
        match (target, self.report()) {
            (Target::Clause(clause), _) => Some(self.clause(clause)),
            (Target::Item(clause, item), _) => Some(self.item(clause, item)),
            (Target::Section(section), Some(page)) => {
                Some(self.href(Link::from(page).at(anchor::section(section))))
            }
            (target, _) => {
                let protocol = Address::protocol(self.authority);
                Some(self.href(words::target_in_document(target, &protocol)))
            }
        }
    }

    fn report(&self) -> Option<Address> {
        match self.document {
            Document::Edition(_) => None,
            Document::Report(report) => Some(Address::report(self.authority, &report.slug)),
        }
    }

    fn href(&self, link: Link) -> String {
        self.press.href(self.here, link)
    }
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
