//! What changed from one edition of a protocol to another, word by word.
//!
//! [`Redline::of`] puts the two texts together as [`Passage`]s: headings and clauses in the
//! reading order of the later text, what was removed where it stood. Clauses are the same by
//! their ids, which stay when numbers and places change, else by likeness ([`matching`]); inside
//! a passage words are compared ([`words`]). Each difference is a [`Change`] with a number, a kind
//! and a place.
//!
//! What an edition put together from marks of change cannot tell, its numbers and its order, is
//! never taken for a change. Only words are compared, not marks of footnotes, links or emphasis.

mod matching;
#[cfg(test)]
mod tests;
mod words;

use crate::handbook::{Block, Clause, Edition, Inline, Item, Provenance, Section};
use crate::view::history::Place as Where;
use matching::Pairing;

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
    /// In the reading order of their text; never empty on both sides, and more than one only on
    /// the side of the parts of a clause that was split or merged.
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

impl Kind {
    /// All kinds, from the one that matters most to the one that matters least.
    pub const ALL: [Kind; 4] = [Kind::Wording, Kind::Print, Kind::Numbering, Kind::Layout];
}

impl<'h> Redline<'h> {
    /// What changed from `before` to `after`, two editions of one authority.
    ///
    /// A clause that moved stands once, at its new place.
    pub fn of(before: &'h Edition, after: &'h Edition) -> Self {
        Redline::paired(before, after, Pairing::of(before, after))
    }

    /// The same, with both texts in their own order: a clause that moved is removed at its old
    /// place and added at the new one. For what can be read as either text from beginning to end.
    pub fn in_order(before: &'h Edition, after: &'h Edition) -> Self {
        Redline::paired(before, after, Pairing::in_order(before, after))
    }

    fn paired(before: &'h Edition, after: &'h Edition, pairing: Pairing<'h>) -> Self {
        let lost = before.numbers_are_lost() || after.numbers_are_lost();
        let mut redline = Redline {
            before,
            after,
            numbers: numbers(before, after),
            order_known: !lost,
            passages: Vec::new(),
            changes: Vec::new(),
        };
        for matching::Match { of, fate, moved, headings } in pairing.matches {
            let number = redline.number(&of);
            let lines = match headings {
                Some((before, after)) => words::lines(&heading(before), &heading(after)),
                None => lines(&of),
            };
            // A section without a heading is there all the same.
            if lines.is_empty() && number.before.is_none() && number.after.is_none() {
                continue;
            }
            redline.push(Passage { of, fate, moved: moved && !lost, number, lines });
        }
        redline
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

    fn number(&self, of: &Of<'h>) -> Number<'h> {
        let (before, after) = match of {
            Of::Section { before, after } => {
                (before.and_then(|it| it.number.as_deref()), after.and_then(|it| it.number.as_deref()))
            }
            Of::SubHeading => (None, None),
            Of::Clauses { before, after } => {
                let number = |it: &[Where<'h>]| it.first().and_then(|it| it.clause.number.as_deref());
                (number(before), number(after))
            }
        };
        let [old, new] = [self.before, self.after].map(|it| it.provenance == Provenance::Reconstructed);
        let both = match of {
            Of::Section { before, after } => before.is_some() && after.is_some(),
            Of::SubHeading => false,
            Of::Clauses { before, after } => !before.is_empty() && !after.is_empty(),
        };
        let known = match (before, after) {
            (Some(_), Some(_)) => true,
            // Of a reconstructed edition a number that is not there may only be lost.
            _ => !old && !new,
        };
        let compared = matches!(self.numbers, Numbers::Compared);
        Number { before, after, changed: both && compared && known && before != after }
    }

    /// Adds a passage and numbers its changes.
    fn push(&mut self, mut passage: Passage<'h>) {
        let at = self.passages.len();
        let mut add = |kind, what| {
            let number = self.changes.len() + 1;
            self.changes.push(Change { number, kind, what, passage: at });
            number
        };
        let whole = match passage.fate {
            Fate::Kept => None,
            Fate::Added => Some(add(Kind::Wording, What::Added)),
            Fate::Removed => Some(add(Kind::Wording, What::Removed)),
            Fate::Split => {
                add(Kind::Layout, What::Split);
                None
            }
            Fate::Merged => {
                add(Kind::Layout, What::Merged);
                None
            }
        };
        if passage.moved {
            add(Kind::Layout, What::Moved);
        }
        if whole.is_none() {
            let both = || passage.lines.iter().filter_map(|it| it.before.as_ref().zip(it.after.as_ref()));
            if passage.number.changed || both().any(|(a, b)| a.label != b.label) {
                add(Kind::Numbering, What::Numbered);
            }
            let set = both().any(|(a, b)| (a.depth, a.item) != (b.depth, b.item));
            if set || is_broken(&passage.lines) {
                add(Kind::Layout, What::Set);
            }
        }
        number_places(&mut passage.lines, whole, |before, after| {
            add(words::kind(&before, &after), What::Words { before, after })
        });
        self.passages.push(passage);
    }
}

/// Whether a paragraph was divided in two, or two were joined. That a clause of its own begins a
/// paragraph is no more than that it was split off.
fn is_broken(lines: &[Line]) -> bool {
    let (mut before, mut after) = (0, 0);
    lines.iter().any(|line| {
        let begins = |start: &Option<Start>, last: &mut usize| match start {
            Some(it) => std::mem::replace(last, it.clause) == it.clause,
            None => false,
        };
        let begun = [begins(&line.before, &mut before), begins(&line.after, &mut after)];
        let one = line.before.is_some() != line.after.is_some();
        one && begun.contains(&true) && line.pieces.iter().any(|it| matches!(it, Piece::Kept(_)))
    })
}

/// Gives each place the number of its change: `whole`, or one of its own, which `add` makes.
/// Places that follow each other across lines, with nothing kept between, are one change.
fn number_places(lines: &mut [Line], whole: Option<usize>, mut add: impl FnMut(String, String) -> usize) {
    let mut run: Vec<&mut Place> = Vec::new();
    let mut close = |run: &mut Vec<&mut Place>| {
        let join = |of: fn(&Place) -> &str| {
            let words: Vec<&str> = run.iter().map(|it| of(it).trim()).filter(|it| !it.is_empty()).collect();
            words.join("\n")
        };
        let (before, after) = (join(|it| &it.removed), join(|it| &it.added));
        // Space alone shows nothing.
        let number = match (whole, before.is_empty() && after.is_empty()) {
            (Some(number), _) => number,
            (None, true) => 0,
            (None, false) => add(before, after),
        };
        run.drain(..).for_each(|it| it.change = number);
    };
    for piece in lines.iter_mut().flat_map(|it| &mut it.pieces) {
        match piece {
            Piece::Kept(_) => close(&mut run),
            Piece::Changed(place) => run.push(place),
        }
    }
    close(&mut run);
}

impl Passage<'_> {
    /// Whether nothing in it is different.
    pub fn is_unchanged(&self, redline: &Redline, at: usize) -> bool {
        redline.changes_of(at).is_empty() && self.fate == Fate::Kept
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
    let paragraphs = |it: &Clause| paragraphs(0, &it.blocks);
    words::lines(&paragraphs(before), &paragraphs(after))
}

fn numbers<'h>(before: &'h Edition, after: &'h Edition) -> Numbers<'h> {
    match [before, after].into_iter().find(|it| it.clauses().all(|it| it.number.is_none())) {
        None => Numbers::Compared,
        Some(it) if it.numbers_are_lost() => Numbers::NotKnown(it),
        Some(it) => Numbers::NotPrinted(it),
    }
}

fn lines(of: &Of) -> Vec<Line> {
    let paragraphs = |clauses: &[Where]| {
        let all = clauses.iter().enumerate();
        all.flat_map(|(at, it)| paragraphs(at, &it.clause.blocks)).collect::<Vec<_>>()
    };
    match of {
        Of::Clauses { before, after } => words::lines(&paragraphs(before), &paragraphs(after)),
        Of::Section { .. } | Of::SubHeading => Vec::new(),
    }
}

fn heading(words: Option<&str>) -> Vec<words::Paragraph> {
    let start = Start { clause: 0, label: None, depth: 0, item: false };
    words.map(|it| words::Paragraph { start, words: it.to_owned() }).into_iter().collect()
}

/// The paragraphs of a clause in reading order, each a line of its own, labels apart.
fn paragraphs(clause: usize, blocks: &[Block]) -> Vec<words::Paragraph> {
    fn write(blocks: &[Block], clause: usize, depth: usize, out: &mut Vec<words::Paragraph>) {
        for block in blocks {
            let start = Start { clause, label: None, depth, item: false };
            match block {
                Block::Paragraph(words) => {
                    out.push(words::Paragraph { start, words: Inline::plain(words) });
                }
                Block::Address(address) => out.push(words::Paragraph { start, words: address.clone() }),
                Block::List(items) => items.iter().for_each(|it| item(it, clause, depth + 1, out)),
            }
        }
    }
    fn item(item: &Item, clause: usize, depth: usize, out: &mut Vec<words::Paragraph>) {
        let start = Start { clause, label: item.label.clone(), depth, item: true };
        let first = out.len();
        let begins = matches!(item.blocks.first(), Some(Block::Paragraph(_) | Block::Address(_)));
        if !begins {
            out.push(words::Paragraph { start: start.clone(), words: String::new() });
        }
        write(&item.blocks, clause, depth, out);
        out[first].start = start;
    }
    let mut out = Vec::new();
    write(blocks, clause, 0, &mut out);
    out
}
