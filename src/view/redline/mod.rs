//! What changed from one edition of a protocol to another, word by word.
//!
//! [`Redline::of`] puts the two texts together as [`Passage`]s: headings and clauses in the
//! reading order of the later text, what was removed where it stood. Clauses are the same by
//! their ids, which stay when numbers and places change, else by what is recorded of their origins,
//! else by likeness ([`matching`]); inside
//! a passage words are compared ([`words`]). Each difference is a [`Change`] with a number, a kind
//! and a place.
//!
//! What an edition put together from marks of change cannot tell, its numbers and its order, is
//! never taken for a change. Only words are compared, not marks of footnotes, links or emphasis.

mod building;
mod decided;
mod joined;
mod laying;
mod matching;
mod paragraphs;
mod parts;
#[cfg(test)]
mod tests;
mod units;
mod words;

pub use decided::{Became, Decided, Undecided, decided};
pub use parts::Part;
#[cfg(test)]
pub use tests::chance::revised;

use crate::handbook::{Authority, Clause, ClauseId, Edition, Provenance, Section, Status};
use crate::view::history::Place as Where;
use matching::Pairing;

/// An edition, and what it changed.
pub struct Step<'h> {
    pub edition: &'h Edition,
    /// `None` for an edition that follows none that is held.
    pub redline: Option<Redline<'h>>,
}

/// Two editions of one authority, and all that is different.
pub struct Redline<'h> {
    pub before: &'h Edition,
    pub after: &'h Edition,
    pub numbers: Numbers<'h>,
    /// Whether the order of both texts is known, so that it could be compared.
    pub order_known: bool,
    /// In the reading order of the later text; what was removed stands after what it followed.
    pub passages: Vec<Passage<'h>>,
    /// In the order of the passages; the change with the number 1 stands first.
    pub changes: Vec<Change>,
    /// Clauses of the earlier text with those of the later one that hold words of them.
    links: Vec<(Where<'h>, Where<'h>)>,
}

/// Whether printed numbers could be compared.
#[derive(Clone, Copy)]
pub enum Numbers<'h> {
    Compared,
    /// They are not known in this edition, which was reconstructed.
    NotKnown(&'h Edition),
    /// This edition prints none.
    NotPrinted(&'h Edition),
}

/// A heading, or clauses that belong together, in both texts.
pub struct Passage<'h> {
    pub of: Of<'h>,
    pub fate: Fate,
    /// Whether it is one of the fewest clauses whose moving explains the new order.
    pub moved: bool,
    pub number: Number<'h>,
    pub lines: Vec<Line>,
}

/// What a passage is in each text.
pub enum Of<'h> {
    /// A section with its heading; never `None` on both sides.
    Section {
        before: Option<&'h Section>,
        after: Option<&'h Section>,
    },
    SubHeading,
    /// Never empty on both sides, and more than one on a side only of what was split or merged: in
    /// the order in which the other side holds their words, or in that of their text where both
    /// texts are told in order.
    Clauses {
        before: Vec<Where<'h>>,
        after: Vec<Where<'h>>,
    },
}

/// What became of a passage as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in both texts, whatever changed in it.
    Kept,
    Added,
    Removed,
    /// Words of a clause went into clauses of their own.
    Split,
    /// A clause took in the words of others.
    Merged,
    SplitAndMerged,
}

/// The printed number of a section or of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number<'h> {
    pub before: Option<&'h str>,
    pub after: Option<&'h str>,
    /// Whether the two can be compared and differ.
    pub changed: bool,
}

/// A line of both texts: what stands between two beginnings of paragraphs, in either of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The paragraph of the earlier text that begins here; `None` where its words, if there are
    /// any in this line, go on those of the line before.
    pub before: Option<Start>,
    /// The same of the later text.
    pub after: Option<Start>,
    pub pieces: Vec<Piece>,
}

/// How a paragraph begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Which of the clauses of its side of the passage it belongs to.
    pub clause: usize,
    /// As printed; `None` for a bullet, and for what is no item.
    pub label: Option<String>,
    /// How deep it stands in lists; 0 for what is no item.
    pub depth: usize,
    /// Whether an item begins with it.
    pub item: bool,
}

/// Words of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Kept(String),
    Changed(Place),
}

/// What was removed at one place of a line, and what was added there; never empty on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub removed: String,
    pub added: String,
    /// The number of the [`Change`] that it is part of.
    pub change: usize,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// From 1.
    pub number: usize,
    pub kind: Kind,
    pub what: What,
    /// Its passage, by its place among the passages.
    pub passage: usize,
}

/// What is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Wording,
    /// Punctuation and capitals.
    Print,
    /// Printed numbers and labels.
    Numbering,
    /// Order, division into clauses and paragraphs, spaces.
    Layout,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The passage is new.
    Added,
    /// The passage is gone.
    Removed,
    Split,
    Merged,
    Moved,
    /// Its number, or labels of its items, are others.
    Numbered,
    /// Its words are set in other paragraphs or lists.
    Set,
    /// Words at one place of it, as they read in each text; one of the two may be empty.
    Words {
        before: String,
        after: String,
    },
}

/// The editions of an authority, the oldest first, each with what it changed. Drafts are left
/// out unless `drafts`.
pub fn steps(authority: &Authority, drafts: bool) -> Vec<Step<'_>> {
    let shown = authority.editions_newest_first().into_iter().rev();
    let shown = shown.filter(|it| drafts || it.status != Status::Draft);
    let redline = |edition| followed(authority, edition, drafts).map(|before| Redline::of(before, edition));
    shown.map(|edition| Step { edition, redline: redline(edition) }).collect()
}

/// The edition that another one follows; `None` where none is held, or it is a draft and these are
/// left out.
pub fn followed<'h>(authority: &'h Authority, edition: &Edition, drafts: bool) -> Option<&'h Edition> {
    let before = authority.editions.get(edition.follows.as_ref()?)?;
    (drafts || before.status != Status::Draft).then_some(before)
}

impl Kind {
    /// All kinds, from the one that matters most to the one that matters least.
    pub const ALL: [Kind; 4] = [Kind::Wording, Kind::Print, Kind::Numbering, Kind::Layout];
}

impl<'h> Redline<'h> {
    /// What changed from `before` to `after`, two editions of one authority.
    ///
    /// A clause that moved stands once, at its new place.
    pub fn of(before: &'h Edition, after: &'h Edition) -> Self {
        building::build(before, after, Pairing::of(before, after))
    }

    /// The same, with both texts in their own order: a clause that moved is removed at its old
    /// place and added at the new one. For what can be read as either text from beginning to end.
    pub fn in_order(before: &'h Edition, after: &'h Edition) -> Self {
        building::build(before, after, Pairing::in_order(before, after))
    }

    /// Whether two printed numbers, of the same thing in each text, can be compared and differ.
    pub fn numbers_differ(&self, before: Option<&str>, after: Option<&str>) -> bool {
        let is_lost = |it: &Edition| it.provenance == Provenance::Reconstructed;
        // Of a reconstructed edition a number that is not there may only be lost.
        let known = before.is_some() && after.is_some() || !is_lost(self.before) && !is_lost(self.after);
        matches!(self.numbers, Numbers::Compared) && known && before != after
    }

    /// The clauses of the later text that hold words of one of the earlier text, in their order.
    pub fn became(&self, id: &ClauseId) -> Vec<Where<'h>> {
        self.links.iter().filter(|it| it.0.clause.id == *id).map(|it| it.1).collect()
    }

    /// The clauses of the earlier text whose words one of the later text holds, in their order.
    pub fn came_from(&self, id: &ClauseId) -> Vec<Where<'h>> {
        self.links.iter().filter(|it| it.1.clause.id == *id).map(|it| it.0).collect()
    }

    /// How many changes there are of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.changes.iter().filter(|it| it.kind == kind).count()
    }

    /// The changes of a passage, by its place among the passages.
    pub fn changes_of(&self, passage: usize) -> &[Change] {
        let first = self.changes.partition_point(|it| it.passage < passage);
        let end = self.changes.partition_point(|it| it.passage <= passage);
        &self.changes[first..end]
    }
}

impl<'h> Passage<'h> {
    /// The clause that the passage is known by: the first of the later text, else of the earlier
    /// one; `None` for a heading.
    pub fn anchored(&self) -> Option<&'h ClauseId> {
        match &self.of {
            Of::Clauses { before, after } => after.first().or(before.first()).map(|it| &it.clause.id),
            Of::Section { .. } | Of::SubHeading => None,
        }
    }

    /// The words that are kept right before and right after a change, in the same line; empty
    /// where there are none.
    pub fn around(&self, change: usize) -> (&str, &str) {
        let is_it = |it: &Piece| matches!(it, Piece::Changed(place) if place.change == change);
        let kept = |it: Option<&'_ Piece>| match it {
            Some(Piece::Kept(text)) => text.len(),
            _ => 0,
        };
        let first = self.lines.iter().find(|it| it.pieces.iter().any(is_it));
        let last = self.lines.iter().rfind(|it| it.pieces.iter().any(is_it));
        let before = first.and_then(|line| {
            let at = line.pieces.iter().position(is_it)?.checked_sub(1)?;
            Some(line.pieces[at].after()).filter(|_| kept(line.pieces.get(at)) > 0)
        });
        let after = last.and_then(|line| {
            let at = line.pieces.iter().rposition(is_it)? + 1;
            Some(line.pieces.get(at)?.after()).filter(|_| kept(line.pieces.get(at)) > 0)
        });
        (before.unwrap_or(""), after.unwrap_or(""))
    }

    /// Whether nothing in it is different.
    pub fn is_unchanged(&self, redline: &Redline, at: usize) -> bool {
        redline.changes_of(at).is_empty() && self.fate == Fate::Kept
    }
}

impl Fate {
    pub fn is_split(self) -> bool {
        matches!(self, Fate::Split | Fate::SplitAndMerged)
    }

    pub fn is_merged(self) -> bool {
        matches!(self, Fate::Merged | Fate::SplitAndMerged)
    }
}

impl Piece {
    /// The words of the earlier text in it.
    pub fn before(&self) -> &str {
        match self {
            Piece::Kept(text) => text,
            Piece::Changed(place) => &place.removed,
        }
    }

    /// The words of the later text in it.
    pub fn after(&self) -> &str {
        match self {
            Piece::Kept(text) => text,
            Piece::Changed(place) => &place.added,
        }
    }
}

/// What changed from one wording of a clause to another, line by line. The places bear no
/// numbers.
pub fn of_clause(before: &Clause, after: &Clause) -> Vec<Line> {
    let paragraphs = |it: &Clause| paragraphs::paragraphs(0, &it.blocks);
    words::lines(&paragraphs(before), &paragraphs(after))
}
