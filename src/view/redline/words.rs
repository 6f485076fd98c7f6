//! The words of a text compared with those of a later one, line by line.
//!
//! [`lines`] cuts both texts into words and marks, finds what they share, and lays what differs
//! on the lines of both. What is kept between two changes and is too little to be read by itself
//! goes with them, so that a sentence does not fall apart; an addition or a deletion that could
//! stand at several places begins where a sentence or a part of one does.

use std::ops::Range;

use super::laying::Laying;
use super::paragraphs::Paragraph;
use super::{Kind, Line, Start};
use crate::diff::{self, Change};

/// An island of kept words between two changes goes with them if it has at most so many words
/// and letters, and is no longer than the change on either side.
const SMALL_ISLAND: (usize, usize) = (2, 14);

/// Between two passages that were both replaced, an island of so many words goes with them.
const ISLAND_IN_PASSAGE: usize = 4;

/// A change is shifted by no more than so many words.
const MOST_SHIFT: usize = 60;

/// What changed from one text to another: the lines of both, in reading order. Put together, what
/// was kept and removed is the earlier text letter by letter, what was kept and added the later
/// one; see [`Line`].
///
/// All places have the number 0; numbering them is for whoever puts texts together.
pub fn lines(before: &[Paragraph], after: &[Paragraph]) -> Vec<Line> {
    let (before, after) = (Words::of(before), Words::of(after));
    let mut blocks = compare(&before, &after);
    shift(&before, &after, &mut blocks);
    // What goes with one island may make the next one small beside it.
    loop {
        let joined = without_islands(&before, &after, &blocks);
        if joined.len() == blocks.len() {
            break;
        }
        blocks = joined;
    }
    let mut laying = Laying::new(&before, &after);
    for block in &blocks {
        match block.kept {
            true => {
                block.before.clone().zip(block.after.clone()).for_each(|(old, new)| laying.kept(old, new))
            }
            false => laying.changed(block),
        }
    }
    laying.lines()
}

/// What kind of change it is to put `after` in the place of `before`.
pub fn kind(before: &str, after: &str) -> Kind {
    fn words(text: &str) -> impl Iterator<Item = String> {
        text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_lowercase)
    }
    if before.split_whitespace().eq(after.split_whitespace()) {
        Kind::Layout
    } else if words(before).eq(words(after)) {
        Kind::Print
    } else {
        Kind::Wording
    }
}

/// The words and marks of a text.
pub struct Words<'t> {
    pub tokens: Vec<Token<'t>>,
}

/// A word or a mark of punctuation.
#[derive(Clone, Copy)]
pub struct Token<'t> {
    /// What parts it from the one before it in its paragraph.
    pub space: &'t str,
    /// Empty in a paragraph without words, so that this has a beginning.
    pub text: &'t str,
    /// The paragraph that begins with it.
    pub start: Option<&'t Start>,
}

impl<'t> Words<'t> {
    fn of(paragraphs: &'t [Paragraph]) -> Self {
        let mut tokens = Vec::new();
        for Paragraph { start, words } in paragraphs {
            let first = tokens.len();
            let mut end = 0;
            for range in cut(words) {
                tokens.push(Token {
                    space: &words[end..range.start],
                    text: &words[range.clone()],
                    start: None,
                });
                end = range.end;
            }
            // Space at the end of a paragraph parts nothing from nothing, but it is in the text.
            if end < words.len() || tokens.len() == first {
                tokens.push(Token { space: &words[end..], text: "", start: None });
            }
            tokens[first].start = Some(start);
        }
        Words { tokens }
    }

    fn texts(&self) -> Vec<&'t str> {
        self.tokens.iter().map(|it| it.text).collect()
    }

    fn letters(&self, range: Range<usize>) -> usize {
        self.tokens[range].iter().map(|it| it.space.len() + it.text.len()).sum()
    }

    fn count(&self, range: Range<usize>) -> usize {
        self.tokens[range].iter().filter(|it| it.is_word()).count()
    }
}

impl Token<'_> {
    fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }

    /// Whether it is the same word after the same space. At the beginning of a paragraph there is
    /// none.
    fn stands_as(&self, other: &Token) -> bool {
        let begins = self.start.is_some() || other.start.is_some();
        self.text == other.text && (begins || self.space == other.space)
    }
}

/// The words and marks of a line. A hyphen, an apostrophe or a point inside a word belongs to it:
/// `co-opted`, `Council's`, `1.02`.
fn cut(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let is_letter = |at: usize| letters.get(at).is_some_and(|(_, it)| it.is_alphanumeric());
    let mut at = 0;
    while at < letters.len() {
        let (start, first) = letters[at];
        if first.is_whitespace() {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        if first.is_alphanumeric() {
            while end < letters.len() {
                let joins = "'’-‑.".contains(letters[end].1) && is_letter(end + 1);
                match is_letter(end) || joins {
                    true => end += 1,
                    false => break,
                }
            }
        }
        tokens.push(start..letters.get(end).map_or(text.len(), |it| it.0));
        at = end;
    }
    tokens
}

/// A run of words that both texts have, or what stands in its place in each: one of the two
/// ranges may be empty then.
#[derive(Clone, Debug)]
pub struct Block {
    pub kept: bool,
    pub before: Range<usize>,
    pub after: Range<usize>,
}

/// Blocks of both kinds in turn, which together cover every word of both texts.
fn compare(before: &Words, after: &Words) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut old_at, mut new_at) = (0, 0);
    for change in diff::words(&before.texts(), &after.texts()) {
        let (kept, old, new) = match change {
            Change::Kept { old, new } => (true, old, new),
            Change::Removed { old } => (false, old, new_at..new_at),
            Change::Added { new } => (false, old_at..old_at, new),
        };
        (old_at, new_at) = (old.end, new.end);
        push(&mut blocks, Block { kept, before: old, after: new });
    }
    blocks
}

/// Adds a block; one of the kind of the block before it is joined to that.
fn push(blocks: &mut Vec<Block>, block: Block) {
    match blocks.last_mut() {
        Some(last) if last.kept == block.kept => {
            (last.before.end, last.after.end) = (block.before.end, block.after.end);
        }
        _ if block.before.is_empty() && block.after.is_empty() => {}
        _ => blocks.push(block),
    }
}

/// Shifts what was only added or only removed to where it reads best.
fn shift(before: &Words, after: &Words, blocks: &mut Vec<Block>) {
    // What is kept before the first change, or after the last, may only come about by shifting.
    let ends = |old: usize, new: usize| Block { kept: true, before: old..old, after: new..new };
    blocks.insert(0, ends(0, 0));
    blocks.push(ends(before.tokens.len(), after.tokens.len()));
    for index in 0..blocks.len() {
        let block = blocks[index].clone();
        let (words, run) = match (block.before.is_empty(), block.after.is_empty()) {
            _ if block.kept => continue,
            (false, true) => (before, block.before.clone()),
            (true, false) => (after, block.after.clone()),
            _ => continue,
        };
        let room = |at: Option<usize>| {
            at.and_then(|it| blocks.get(it)).map_or(0, |it| it.before.len().min(MOST_SHIFT))
        };
        let same = |a: usize, b: usize| words.tokens[a].stands_as(&words.tokens[b]);
        let left = (0..room(index.checked_sub(1)))
            .take_while(|step| same(run.start - 1 - step, run.end - 1 - step))
            .count();
        let right =
            (0..room(Some(index + 1))).take_while(|step| same(run.start + step, run.end + step)).count();
        let by = |step: usize| run.start - left + step..run.end - left + step;
        let best = (0..=left + right)
            .max_by_key(|step| (fitness(words, by(*step)), std::cmp::Reverse(step.abs_diff(left))));
        let Some(best) = best.filter(|it| *it != left) else { continue };
        let moved = |it: &Range<usize>| it.start + best - left..it.end + best - left;
        blocks[index].before = moved(&block.before);
        blocks[index].after = moved(&block.after);
        let (start, end) = (blocks[index].clone(), blocks[index].clone());
        if let Some(last) = index.checked_sub(1).map(|it| &mut blocks[it]) {
            (last.before.end, last.after.end) = (start.before.start, start.after.start);
        }
        if let Some(next) = blocks.get_mut(index + 1) {
            (next.before.start, next.after.start) = (end.before.end, end.after.end);
        }
    }
    let all = std::mem::take(blocks);
    all.into_iter()
        .filter(|it| !it.before.is_empty() || !it.after.is_empty())
        .for_each(|it| push(blocks, it));
}

/// How well a run reads as one piece: best as whole paragraphs, then as whole sentences, then as
/// parts of one; worst where it begins at a mark that closes what stands before it.
fn fitness(words: &Words, run: Range<usize>) -> usize {
    let ends = |at: usize| match words.tokens[at].text {
        "." | "?" | "!" => 2,
        "," | ";" | ":" => 1,
        _ => 0,
    };
    let begins = match run.start.checked_sub(1) {
        _ if words.tokens[run.start].start.is_some() => 4,
        None => 4,
        Some(last) if words.tokens[run.start].space.is_empty() => match ends(run.start) {
            // A comma and what it brings in, rather than what it brings in and the comma after it.
            1 => 2 + usize::from(ends(last) == 0),
            _ => 0,
        },
        Some(last) => 1 + ends(last).max(usize::from(ends(last) == 2) * 3),
    };
    let stops = run.end == words.tokens.len() || words.tokens[run.end].start.is_some();
    2 * begins + usize::from(stops)
}

/// The blocks without islands: what is kept between two changes and too little to be read alone.
fn without_islands(before: &Words, after: &Words, blocks: &[Block]) -> Vec<Block> {
    let mut all: Vec<Block> = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let next = blocks.get(index + 1);
        let is_island = match (all.last(), next) {
            (Some(last), Some(next)) if block.kept => is_island(before, after, last, block, next),
            _ => false,
        };
        push(&mut all, Block { kept: block.kept && !is_island, ..block.clone() });
    }
    all
}

fn is_island(before: &Words, after: &Words, last: &Block, block: &Block, next: &Block) -> bool {
    let starts = |words: &Words, at: usize| words.tokens[at].start.is_some();
    let mut pairs = block.before.clone().zip(block.after.clone()).enumerate();
    let parted = pairs.any(|(index, (old, new))| match (starts(before, old), starts(after, new)) {
        (true, true) => true,
        (false, false) => false,
        // The other text has begun the same paragraph with words of its own.
        _ => index > 0,
    });
    let breaks = |words: &Words, at: usize| words.tokens.get(at).is_some_and(|it| it.start.is_some());
    if parted || breaks(before, block.before.end) || breaks(after, block.after.end) {
        return false;
    }
    let letters = before.letters(block.before.clone());
    let count = before.count(block.before.clone());
    let size = |it: &Block| before.letters(it.before.clone()).max(after.letters(it.after.clone()));
    let small = count <= SMALL_ISLAND.0 && letters <= SMALL_ISLAND.1;
    let replaced = |it: &Block| before.count(it.before.clone()).min(after.count(it.after.clone())) >= count;
    (small && letters <= size(last).min(size(next)))
        || (count <= ISLAND_IN_PASSAGE && replaced(last) && replaced(next))
}
