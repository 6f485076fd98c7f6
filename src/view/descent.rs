//! What came of a clause, as who edited the texts recorded it: whose words went into it, where its
//! words went, and which text left it out.
//!
//! Nothing is guessed from likeness here; see [`super::division`] for that. The texts looked through
//! are the current one and those that it follows, so that a proposal that came to nothing ends no
//! clause.

use super::history::{Place, is_citable, places};
use crate::handbook::{Authority, ClauseId, Edition};

/// Words of a clause that went into others with one text.
pub struct Gift<'h> {
    pub edition: &'h Edition,
    /// In reading order; never empty.
    pub to: Vec<Place<'h>>,
}

/// The text that left a clause out.
pub struct End<'h> {
    pub edition: &'h Edition,
    /// Where its words went, in reading order; empty where it was withdrawn.
    pub to: Vec<Place<'h>>,
    /// Why it was withdrawn.
    pub reason: Option<&'h str>,
}

/// With which texts words of a clause went into others, the newest first; the one that left it
/// out is told by [`end`].
pub fn gifts<'h>(authority: &'h Authority, id: &ClauseId) -> Vec<Gift<'h>> {
    let gifts = line(authority).into_iter().filter(|it| it.clause(id).is_some());
    gifts.map(|edition| Gift { edition, to: takers(edition, id) }).filter(|it| !it.to.is_empty()).collect()
}

/// The text that left a clause out, and what it put in its place; `None` for a clause that the
/// current text has, or that none before it had.
pub fn end<'h>(authority: &'h Authority, id: &ClauseId) -> Option<End<'h>> {
    let line = line(authority);
    let last = line.iter().position(|it| it.clause(id).is_some())?;
    let edition = line.get(last.checked_sub(1)?)?;
    Some(End { edition, to: takers(edition, id), reason: edition.withdrawn.get(id).map(String::as_str) })
}

/// The clauses of a text into which words of another went.
fn takers<'h>(edition: &'h Edition, id: &ClauseId) -> Vec<Place<'h>> {
    places(&edition.sections).filter(|it| it.clause.from.contains(id) && is_citable(it.section)).collect()
}

/// The current text and those that it follows, the newest first.
fn line(authority: &Authority) -> Vec<&Edition> {
    let mut line: Vec<&Edition> = Vec::new();
    let mut next = authority.current_edition();
    while let Some(edition) = next.filter(|it| line.iter().all(|other| other.slug != it.slug)) {
        line.push(edition);
        next = edition.follows.as_ref().and_then(|it| authority.editions.get(it));
    }
    line
}
