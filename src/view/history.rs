//! A clause through the texts of its authority: where it stands in each, and whether its words
//! are the same.
//!
//! A clause is known by its id, never by its number. [`history`] picks the text whose words
//! stand for the clause today, and sets each text of the authority beside it. How words differ
//! is for a redline to show.

use std::collections::BTreeSet;

use super::descent::succession;
use super::division::{Divisions, Pair};
use crate::handbook::{Authority, Clause, ClauseId, Edition, Part, Section, SectionKind, Status};

/// A clause and what it stands under.
#[derive(Clone, Copy)]
pub struct Place<'h> {
    pub section: &'h Section,
    pub sub_heading: Option<&'h str>,
    pub clause: &'h Clause,
}

/// A clause today and in each text.
pub struct History<'h> {
    /// The text whose words stand for the clause: the current one where it has the clause, else
    /// the newest of those that it follows, else the newest that has it.
    pub edition: &'h Edition,
    pub place: Place<'h>,
    /// Whether `edition` is the authority's current one.
    pub current: bool,
    /// Every text of the authority, the newest first.
    pub texts: Vec<Text<'h>>,
}

/// One text of the authority, seen from the words that stand for the clause today.
pub struct Text<'h> {
    pub edition: &'h Edition,
    /// `None` where the text does not have the clause.
    pub place: Option<Place<'h>>,
    /// How its words are to those of today; `Absent` where it does not have the clause.
    pub words: Words,
    pub number: Number<'h>,
    /// The clause of this text in which the words of today stand, where it does not have them
    /// as a clause of their own.
    pub within: Option<Place<'h>>,
    /// Clauses of today whose words stand in this text as part of the clause.
    pub parts: Vec<Place<'h>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// This is the text that they are taken from.
    Shown,
    Same,
    /// In a letter or a mark at least.
    Differ,
    Absent,
}

/// The label of a clause in one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number<'h> {
    Printed(&'h str),
    /// The text prints none, or does not have the clause.
    None,
    /// The text was put together from another one, which does not show its numbers.
    NotRecoverable,
}

/// Whether the clauses of a section are cited one by one: title lines, signatures and the like
/// are not.
pub fn is_citable(section: &Section) -> bool {
    !matches!(section.kind, SectionKind::Front | SectionKind::Back)
}

/// The texts that readers see, the newest first: drafts only where they are wanted.
pub fn texts(authority: &Authority, drafts: bool) -> Vec<&Edition> {
    let mut texts = authority.editions_newest_first();
    texts.retain(|it| drafts || it.status != Status::Draft);
    texts
}

/// The clauses and footnotes of a document, each with what it stands under, in reading order.
pub fn places(sections: &[Section]) -> impl Iterator<Item = Place<'_>> {
    sections.iter().flat_map(|section| {
        let mut sub_heading = None;
        section.parts.iter().filter_map(move |part| match part {
            Part::SubHeading(heading) => {
                sub_heading = Some(heading.as_str());
                None
            }
            Part::Clause(clause) => {
                // Footnotes stand together at the end of a section, whatever their marks
                // stand under.
                let sub_heading = sub_heading.filter(|_| !clause.is_footnote());
                Some(Place { section, sub_heading, clause })
            }
        })
    })
}

/// Where a clause stands in a document; `None` if it is not in it.
pub fn place<'h>(sections: &'h [Section], id: &ClauseId) -> Option<Place<'h>> {
    places(sections).find(|it| it.clause.id == *id)
}

/// The ids of all clauses and footnotes that are cited by themselves, in any text.
pub fn ids(authority: &Authority, drafts: bool) -> BTreeSet<&ClauseId> {
    let sections = texts(authority, drafts).into_iter().flat_map(|it| &it.sections);
    sections.filter(|it| is_citable(it)).flat_map(Section::clauses).map(|it| &it.id).collect()
}

/// A clause through the texts; `None` if no text has it as a clause that is cited by itself.
pub fn history<'h>(
    authority: &'h Authority,
    id: &ClauseId,
    drafts: bool,
    divisions: &Divisions<'h>,
) -> Option<History<'h>> {
    let texts = texts(authority, drafts);
    let citable = |edition: &&'h Edition| {
        place(&edition.sections, id).filter(|it| is_citable(it.section)).map(|place| (*edition, place))
    };
    let in_current = authority.current_edition().filter(|it| drafts || it.status != Status::Draft);
    // Words that were put forward and came to nothing stand for a clause only where no others do.
    let found = in_current.as_ref().and_then(citable);
    let found = found.or_else(|| succession(authority).find_map(|it| citable(&it)));
    let (edition, shown) = found.or_else(|| texts.iter().find_map(citable))?;
    let words_of_today = shown.clause.plain();
    let text = |other: &'h Edition| {
        let place = place(&other.sections, id);
        let words = match place {
            None => Words::Absent,
            Some(_) if other.slug == edition.slug => Words::Shown,
            Some(it) if it.clause.plain() == words_of_today => Words::Same,
            Some(_) => Words::Differ,
        };
        let number = match place {
            None => Number::None,
            Some(it) => number(other, it.clause),
        };
        let whole = place.is_none().then(|| divisions.whole(other, edition, shown.clause)).flatten();
        let within = whole.and_then(|it| self::place(&other.sections, &it.id));
        let parts = match place {
            Some(it) if words == Words::Differ => {
                divisions.parts(other, edition, &Pair { before: it.clause, after: shown.clause })
            }
            _ => Vec::new(),
        };
        let parts = parts.iter().filter_map(|it| self::place(&edition.sections, &it.id)).collect();
        Text { edition: other, place, words, number, within, parts }
    };
    Some(History {
        edition,
        place: shown,
        current: authority.current.as_ref() == Some(&edition.slug),
        texts: texts.into_iter().map(text).collect(),
    })
}

/// The label of a clause in a text.
pub fn number<'h>(edition: &Edition, clause: &'h Clause) -> Number<'h> {
    match &clause.number {
        Some(number) => Number::Printed(number),
        None if edition.numbers_are_lost() => Number::NotRecoverable,
        None => Number::None,
    }
}

/// The clauses before and after one in its text: of its own kind, so that footnotes follow
/// footnotes, and only such as are cited by themselves.
pub fn neighbours<'h>(edition: &'h Edition, clause: &Clause) -> (Option<Place<'h>>, Option<Place<'h>>) {
    let alike = |it: &Place| is_citable(it.section) && it.clause.is_footnote() == clause.is_footnote();
    let mut places = places(&edition.sections).filter(alike);
    let mut before = None;
    while let Some(place) = places.next() {
        if place.clause.id == clause.id {
            return (before, places.next());
        }
        before = Some(place);
    }
    (None, None)
}
