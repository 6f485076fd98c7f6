//! What editions and reports have in common on the page: sections, clauses, footnotes.

use super::clause::tags;
use super::name;
use crate::handbook::{
    AuthoritySlug, ClauseId, ClauseKind, Dating, Part, PartialDate, Provenance, Section, SourceRef, Status,
    Target,
};
use crate::markdown;
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::press::Press;
use crate::site::theme::{Value, html, list, map};
use crate::site::words::{self, Manner};
use crate::view::history::{self, Place};

/// A document whose sections are shown whole on the page at `here`.
pub struct Shown<'s> {
    pub authority: &'s AuthoritySlug,
    pub here: &'s Address,
    /// Whether its clauses have pages of their own: those of a protocol do, those of a report
    /// are cited on the page of the report.
    pub clause_pages: bool,
}

/// The sections with their clauses, in reading order; the footnotes of each at its end.
pub fn sections(press: &Press, shown: &Shown, sections: &[Section]) -> Value {
    list(sections.iter().map(|it| section(press, shown, it)))
}

fn section(press: &Press, shown: &Shown, section: &Section) -> Value {
    let mut parts = Vec::new();
    let mut footnotes = Vec::new();
    let mut sub_heading = None;
    for part in &section.parts {
        match part {
            Part::SubHeading(heading) => {
                sub_heading = Some(heading.as_str());
                parts.push(map([("heading", heading.as_str().into())]));
            }
            Part::Clause(it) => {
                // Footnotes stand together at the end, whatever their marks stand under.
                let sub_heading = sub_heading.filter(|_| !it.is_footnote());
                let place = Place { section, sub_heading, clause: it };
                match it.is_footnote() {
                    true => footnotes.push(clause(press, shown, &place)),
                    false => parts.push(map([("clause", clause(press, shown, &place))])),
                }
            }
        }
    }
    map([
        ("anchor", anchor::section(&section.slug).into()),
        ("kind", section.kind.key().into()),
        ("number", section.number.as_deref().into()),
        ("heading", section.heading.as_deref().into()),
        ("note", note(section.source_note.as_deref())),
        ("parts", list(parts)),
        ("footnotes", list(footnotes)),
    ])
}

fn clause(press: &Press, shown: &Shown, place: &Place) -> Value {
    let Place { section, sub_heading, clause } = *place;
    let called = if shown.clause_pages { name::clause(place) } else { name::paragraph(place) };
    // Under different sub-headings clauses may begin with the same words.
    let called = match sub_heading {
        Some(heading) => format!("{called}, under “{heading}”"),
        None => called,
    };
    let has_page = shown.clause_pages && history::is_citable(section);
    let page = |id: &ClauseId| has_page.then(|| Address::clause(shown.authority, id));
    let here = |link: Link| press.href(shown.here, link);
    let within = |anchor: String| here(Link::from(shown.here.clone()).at(anchor));
    let link = |target: &Target| Some(here(words::target_in_document(target, shown.here)));
    let item_link = |item: &_| match page(&clause.id) {
        Some(page) => Some(here(Link::from(page).at(anchor::item(item)))),
        None => Some(within(anchor::item_in_document(&clause.id, item))),
    };
    let manner = Manner {
        link: &link,
        item_anchor: &words::in_document(&clause.id),
        item_link: &item_link,
        footnote: &|id| Some(within(anchor::clause(id))),
    };
    // A note leads back to the clause that its mark stands in.
    let mark = match &clause.kind {
        ClauseKind::Footnote { mark_in: Some(id), .. } => Some(within(anchor::clause(id))),
        _ => None,
    };
    map([
        ("anchor", anchor::clause(&clause.id).into()),
        ("name", called.into()),
        ("number", clause.number.as_deref().into()),
        ("words", html(&words::whole(clause, &manner))),
        ("note", note(clause.source_note.as_deref())),
        (
            "href",
            match page(&clause.id) {
                Some(page) => here(page.into()),
                None => within(anchor::clause(&clause.id)),
            }
            .into(),
        ),
        ("mark", mark.into()),
        ("topics", if shown.clause_pages { Value::none() } else { tags::topics(press, shown.here, clause) }),
    ])
}

/// The list of contents: sections that have a heading or a number.
pub fn contents(sections: &[Section]) -> Value {
    let titled = sections.iter().filter(|it| it.heading.is_some() || it.number.is_some());
    list(titled.map(|it| {
        map([
            ("href", format!("#{}", anchor::section(&it.slug)).into()),
            ("number", it.number.as_deref().into()),
            ("heading", it.heading.as_deref().into()),
        ])
    }))
}

/// Where a text comes from, for the status lines of its page.
pub fn source(source: &SourceRef, provenance: Provenance) -> Value {
    map([
        ("title", source.title.as_str().into()),
        ("licence", source.licence.as_str().into()),
        ("checked", source.checked.map(PartialDate::in_words).into()),
        ("provenance", provenance_words(provenance).into()),
        ("drafted", (provenance == Provenance::DraftedHere).into()),
    ])
}

/// The source document in words; `None` for what was drafted here.
pub fn taken_from(source: &SourceRef, provenance: Provenance) -> Option<String> {
    (provenance != Provenance::DraftedHere).then(|| source.title.clone())
}

/// The licence as recorded, for programs; `None` where nothing is.
pub fn rights(source: &SourceRef) -> Option<String> {
    Some(source.licence.clone()).filter(|it| !it.is_empty())
}

/// A note of ours as HTML; nothing where there is none.
pub fn note(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, |it| html(&markdown::note_html(it)))
}

/// The status of a text in a word or two.
pub fn status_words(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::Proposed => "proposed",
        Status::Adopted => "adopted",
        Status::Published => "published, adoption not stated",
        Status::Superseded => "superseded",
        Status::Rejected => "rejected",
        Status::Withdrawn => "withdrawn",
    }
}

/// What a date is the date of, before the date itself.
pub fn dating_words(dating: Dating) -> &'static str {
    match dating {
        Dating::Adopted => "Adopted",
        Dating::PutForward => "Put forward for decision",
        Dating::Printed => "Date on the document",
    }
}

pub fn provenance_words(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Verbatim => "word for word from the source",
        Provenance::Reconstructed => "reconstructed from the marks of change in the source",
        Provenance::DraftedHere => "drafted in this handbook",
    }
}
