//! Words that were compared, laid on the lines of both texts.

use std::ops::Range;

use super::words::{Block, Words};
use super::{Line, Piece, Place, Start};

/// Lays words on lines.
pub struct Laying<'t> {
    before: &'t Words<'t>,
    after: &'t Words<'t>,
    lines: Vec<Line>,
}

impl<'t> Laying<'t> {
    pub fn new(before: &'t Words<'t>, after: &'t Words<'t>) -> Self {
        Laying { before, after, lines: Vec::new() }
    }

    /// The lines, all told.
    pub fn lines(self) -> Vec<Line> {
        let mut lines = self.lines;
        for line in &mut lines {
            let pieces = std::mem::take(&mut line.pieces);
            for piece in pieces.into_iter().flat_map(apart) {
                match (line.pieces.last_mut(), piece) {
                    (Some(Piece::Kept(before)), Piece::Kept(text)) => before.push_str(&text),
                    (_, piece) => line.pieces.push(piece),
                }
            }
        }
        lines
    }

    /// A word of both texts, by its place in each.
    pub fn kept(&mut self, old: usize, new: usize) {
        let (old, new) = (self.before.tokens[old], self.after.tokens[new]);
        self.begin_kept(old.start, new.start);
        match old.space == new.space {
            true => self.piece(Piece::Kept(new.space.to_owned())),
            false => {
                self.removed(old.space);
                self.added(new.space);
            }
        }
        self.piece(Piece::Kept(new.text.to_owned()));
    }

    /// Begins a line where either text begins a paragraph with a word that is kept: not where the
    /// other one has begun the same paragraph with words of its own.
    fn begin_kept(&mut self, before: Option<&Start>, after: Option<&Start>) {
        if let Some(Line { before: old, after: new, pieces }) = self.lines.last_mut() {
            let none = |of: fn(&Piece) -> &str| pieces.iter().all(|it| of(it).is_empty());
            let (no_old, no_new) = (none(Piece::before), none(Piece::after));
            match (before, after) {
                (Some(start), None) if old.is_none() && new.is_some() && no_old => {
                    *old = Some(start.clone());
                    return;
                }
                (None, Some(start)) if new.is_none() && old.is_some() && no_new => {
                    *new = Some(start.clone());
                    return;
                }
                _ => {}
            }
        }
        if before.is_some() || after.is_some() {
            self.begin(before, after);
        }
    }

    /// What was removed and what was added in its place, paragraph beside paragraph.
    pub fn changed(&mut self, block: &Block) {
        let (before, after) = (self.before, self.after);
        let old = begun(before, block.before.clone());
        let new = begun(after, block.after.clone());
        let begins = |words: &Words, at: usize| words.tokens.get(at).is_none_or(|it| it.start.is_some());
        // Where words that are kept follow on the same line, the last of both belong together.
        let joined = !begins(before, block.before.end) && !begins(after, block.after.end);
        let lines = old.begun.len().max(new.begun.len());
        let at = |begun: &[Range<usize>], line: usize| {
            let line = match joined {
                true => (line + begun.len()).checked_sub(lines),
                false => Some(line),
            };
            line.and_then(|it| begun.get(it).cloned())
        };
        self.words(old.first, new.first);
        for line in 0..lines {
            let (old, new) = (at(&old.begun, line), at(&new.begun, line));
            let start = |words: &'_ Words<'_>, it: &Option<Range<usize>>| {
                it.as_ref().and_then(|it| words.tokens[it.start].start.cloned())
            };
            self.begin(start(before, &old).as_ref(), start(after, &new).as_ref());
            self.words(old.unwrap_or(0..0), new.unwrap_or(0..0));
        }
    }

    fn words(&mut self, old: Range<usize>, new: Range<usize>) {
        for it in &self.before.tokens[old] {
            self.removed(it.space);
            self.removed(it.text);
        }
        for it in &self.after.tokens[new] {
            self.added(it.space);
            self.added(it.text);
        }
    }

    fn begin(&mut self, before: Option<&Start>, after: Option<&Start>) {
        self.lines.push(Line { before: before.cloned(), after: after.cloned(), pieces: Vec::new() });
    }

    fn removed(&mut self, text: &str) {
        self.place(|place| place.removed.push_str(text), text);
    }

    fn added(&mut self, text: &str) {
        self.place(|place| place.added.push_str(text), text);
    }

    fn place(&mut self, write: impl Fn(&mut Place), text: &str) {
        if text.is_empty() {
            return;
        }
        let mut place = Place { removed: String::new(), added: String::new(), change: 0 };
        match self.lines.last_mut().and_then(|it| it.pieces.last_mut()) {
            Some(Piece::Changed(place)) => write(place),
            _ => {
                write(&mut place);
                self.piece(Piece::Changed(place));
            }
        }
    }

    fn piece(&mut self, piece: Piece) {
        if self.lines.is_empty() {
            self.begin(None, None);
        }
        let Some(line) = self.lines.last_mut() else { return };
        match (line.pieces.last_mut(), piece) {
            (_, Piece::Kept(text)) if text.is_empty() => {}
            (Some(Piece::Kept(before)), Piece::Kept(text)) => before.push_str(&text),
            (_, piece) => line.pieces.push(piece),
        }
    }
}

/// The words of a range: those that go on a paragraph begun before it, and those of each
/// paragraph that begins in it.
struct Begun {
    first: Range<usize>,
    begun: Vec<Range<usize>>,
}

fn begun(words: &Words, range: Range<usize>) -> Begun {
    let starts: Vec<usize> = range.clone().filter(|it| words.tokens[*it].start.is_some()).collect();
    let end = |index: usize| starts.get(index).copied().unwrap_or(range.end);
    let begun = starts.iter().enumerate().map(|(index, start)| *start..end(index + 1)).collect();
    Begun { first: range.start..end(0), begun }
}

/// A piece with the space that both sides of a place begin with before it.
fn apart(piece: Piece) -> Vec<Piece> {
    let Piece::Changed(mut place) = piece else { return vec![piece] };
    let space = |text: &str| text.len() - text.trim_start().len();
    let length = space(&place.removed).min(space(&place.added));
    if length == 0 || place.removed[..length] != place.added[..length] {
        return vec![Piece::Changed(place)];
    }
    let shared = place.removed[..length].to_owned();
    place.removed.drain(..length);
    place.added.drain(..length);
    vec![Piece::Kept(shared), Piece::Changed(place)]
}
