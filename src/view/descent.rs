//! What came of a clause, as who edited the texts recorded it: whose words went into it, where its
//! words went, and which text left it out.
//!
//! Nothing is guessed from likeness here; see [`super::division`] for that. The texts looked through
//! are the current one, those that it follows, and the proposals that these amended; a proposal that
//! came to nothing ends no clause, and what stood in such proposals alone is told by [`failed`].

use super::history::{Place, is_citable, places, texts};
use crate::handbook::{Authority, ClauseId, DocumentSlug, Edition};

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
/// current text has, or that none before it had. Of one that stood in proposals alone which came to
/// nothing, the words may have gone on; that it was left out after that is no news.
pub fn end<'h>(authority: &'h Authority, id: &ClauseId) -> Option<End<'h>> {
    let line = line(authority);
    let last = line.iter().position(|it| it.edition.clause(id).is_some())?;
    // What a proposal left out of the text before it is told of what was adopted in its place.
    let newer = line[..last].iter().rfind(|it| line[last].amended || !it.amended)?;
    let edition = newer.edition;
    let to = takers(edition, id);
    let mut having = line.iter().filter(|it| it.edition.clause(id).is_some());
    let is_news = !to.is_empty() || having.any(|it| !it.edition.came_to_nothing());
    let reason = edition.withdrawn.get(id).map(String::as_str);
    is_news.then_some(End { edition, to, reason })
}

/// The proposals, the newest first, that alone have a clause, where all of them were rejected or
/// withdrawn before they were adopted; empty where any other text that readers see has it.
pub fn failed<'h>(authority: &'h Authority, id: &ClauseId, drafts: bool) -> Vec<&'h Edition> {
    if !authority.editions.values().any(Edition::came_to_nothing) {
        return Vec::new();
    }
    let mut having = texts(authority, drafts);
    having.retain(|it| it.clause(id).is_some());
    match having.iter().all(|it| it.came_to_nothing()) {
        true => having,
        false => Vec::new(),
    }
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
