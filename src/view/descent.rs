//! What came of a clause, as who edited the texts recorded it: whose words went into it, where its
//! words went, and which text left it out.
//!
//! Nothing is guessed from likeness here; see [`super::division`] for that. The texts looked through
//! are the current one, those that it follows, and the proposals that these amended; a proposal that
//! came to nothing ends no clause, and what stood in such proposals alone is told by [`failed`].

use std::collections::BTreeMap;

use super::history::{self, Place, is_citable, places};
use crate::handbook::{Authority, Clause, ClauseId, DocumentSlug, Edition};

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
    let adopted = line(authority).into_iter().filter(|it| !it.amended).map(|it| it.edition);
    let gifts = adopted.filter(|it| it.clause(id).is_some());
    gifts.map(|edition| Gift { edition, to: takers(edition, id) }).filter(|it| !it.to.is_empty()).collect()
}

/// The text that left a clause out, and what it put in its place; `None` for a clause that the
/// current text has, or that none before it had.
pub fn end<'h>(authority: &'h Authority, id: &ClauseId) -> Option<End<'h>> {
    let line = line(authority);
    let last = line.iter().position(|it| it.edition.clause(id).is_some())?;
    // What a proposal left out of the text before it is told of what was adopted in its place.
    let newer = line[..last].iter().rfind(|it| line[last].amended || !it.amended)?;
    let edition = newer.edition;
    Some(End { edition, to: takers(edition, id), reason: edition.withdrawn.get(id).map(String::as_str) })
}

/// The proposals, the newest first, that alone have a clause, where all of them were rejected or
/// withdrawn before they were adopted; empty where any other text that readers see has it.
pub fn failed<'h>(authority: &'h Authority, id: &ClauseId, drafts: bool) -> Vec<&'h Edition> {
    let mut having = history::texts(authority, drafts);
    having.retain(|it| it.clause(id).is_some());
    match having.iter().all(|it| it.came_to_nothing()) {
        true => having,
        false => Vec::new(),
    }
}

/// The clauses of the texts that the current one follows which are not in it, each with the newest
/// of these texts that has it, in the order of their ids.
pub fn left(authority: &Authority) -> BTreeMap<&ClauseId, (&Edition, &Clause)> {
    let mut left = BTreeMap::new();
    let Some(current) = authority.current_edition() else { return left };
    for edition in succession(authority) {
        for clause in edition.clauses().filter(|it| current.clause(&it.id).is_none()) {
            left.entry(&clause.id).or_insert((edition, clause));
        }
    }
    left
}

/// The clauses of a text into which words of another went.
fn takers<'h>(edition: &'h Edition, id: &ClauseId) -> Vec<Place<'h>> {
    places(&edition.sections).filter(|it| it.clause.from.contains(id) && is_citable(it.section)).collect()
}

/// A text in a line of them.
struct Text<'h> {
    edition: &'h Edition,
    /// Whether it was amended before it was adopted as the text before it in the line.
    amended: bool,
}

/// The current text and those that it follows, the newest first: not what was put forward and
/// came to nothing, or was amended first.
pub fn succession(authority: &Authority) -> impl Iterator<Item = &Edition> {
    line(authority).into_iter().filter(|it| !it.amended).map(|it| it.edition)
}

/// The current text and those that it follows, the newest first; after each that was adopted with
/// amendments what was put forward.
fn line<'h>(authority: &'h Authority) -> Vec<Text<'h>> {
    let mut line: Vec<Text> = Vec::new();
    let mut add = |edition: &'h Edition, amended| {
        let is_new = line.iter().all(|it: &Text| it.edition.slug != edition.slug);
        if is_new {
            line.push(Text { edition, amended });
        }
        is_new
    };
    let named = |slug: &Option<DocumentSlug>| authority.editions.get(slug.as_ref()?);
    let mut next = authority.current_edition();
    while let Some(edition) = next.filter(|it| add(it, false)) {
        let before = named(&edition.follows);
        let mut put = named(&edition.amends);
        while let Some(it) =
            put.filter(|it| before.is_none_or(|before| before.slug != it.slug) && add(it, true))
        {
            put = named(&it.follows);
        }
        next = before;
    }
    line
}
