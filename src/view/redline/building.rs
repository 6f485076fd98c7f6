//! A redline put together: passages with their lines, and each difference numbered.

use super::matching::{Match, Pairing};
use super::paragraphs::{Paragraph, paragraphs};
use super::{
    Change, Fate, Kind, Line, Number, Numbers, Of, Passage, Piece, Place, Redline, Start, What, words,
};
use crate::handbook::Edition;
use crate::view::history::Place as Where;

/// The redline of two editions whose pieces are paired.
pub fn build<'h>(before: &'h Edition, after: &'h Edition, pairing: Pairing<'h>) -> Redline<'h> {
    let lost = before.numbers_are_lost() || after.numbers_are_lost();
    let mut redline = Redline {
        before,
        after,
        numbers: numbers(before, after),
        order_known: !lost,
        passages: Vec::new(),
        changes: Vec::new(),
        links: pairing.links,
    };
    for Match { of, fate, moved, headings } in pairing.matches {
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

impl<'h> Redline<'h> {
    fn number(&self, of: &Of<'h>) -> Number<'h> {
        let (before, after) = match of {
            Of::Section { before, after } => {
                (before.and_then(|it| it.number.as_deref()), after.and_then(|it| it.number.as_deref()))
            }
            Of::SubHeading => (None, None),
            Of::Clauses { before, after } => {
                // Of clauses that were divided or merged, the one that goes on.
                let goes_on = before.iter().find_map(|it| {
                    let after = after.iter().find(|after| after.clause.id == it.clause.id)?;
                    Some((it, after))
                });
                let (before, after) = match goes_on {
                    Some((before, after)) => (Some(before), Some(after)),
                    None => (before.first(), after.first()),
                };
                let number = |it: &Where<'h>| it.clause.number.as_deref();
                (before.and_then(number), after.and_then(number))
            }
        };
        let both = match of {
            Of::Section { before, after } => before.is_some() && after.is_some(),
            Of::SubHeading => false,
            Of::Clauses { before, after } => !before.is_empty() && !after.is_empty(),
        };
        Number { before, after, changed: both && self.numbers_differ(before, after) }
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
            Fate::Added => Some(add(Kind::Wording, What::Added)),
            Fate::Removed => Some(add(Kind::Wording, What::Removed)),
            Fate::Kept | Fate::Split | Fate::Merged | Fate::SplitAndMerged => None,
        };
        if passage.fate.is_split() {
            add(Kind::Layout, What::Split);
        }
        if passage.fate.is_merged() {
            add(Kind::Layout, What::Merged);
        }
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

fn numbers<'h>(before: &'h Edition, after: &'h Edition) -> Numbers<'h> {
    match [before, after].into_iter().find(|it| it.clauses().all(|it| it.number.is_none())) {
        None => Numbers::Compared,
        Some(it) if it.numbers_are_lost() => Numbers::NotKnown(it),
        Some(it) => Numbers::NotPrinted(it),
    }
}

fn lines(of: &Of) -> Vec<Line> {
    let all = |clauses: &[Where]| {
        let clauses = clauses.iter().enumerate();
        clauses.flat_map(|(at, it)| paragraphs(at, &it.clause.blocks)).collect::<Vec<_>>()
    };
    match of {
        Of::Clauses { before, after } => words::lines(&all(before), &all(after)),
        Of::Section { .. } | Of::SubHeading => Vec::new(),
    }
}

fn heading(words: Option<&str>) -> Vec<Paragraph> {
    let start = Start { clause: 0, label: None, depth: 0, item: false };
    words.map(|it| Paragraph { start, words: it.to_owned() }).into_iter().collect()
}
