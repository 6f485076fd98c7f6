//! What differs between a source and a document, told to whoever edits the document.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::align::{Difference, align};
use super::document::{DocumentWord, Opens, fold};
use super::source::SourceWord;
use crate::diagnostic::{Diagnostic, Place, Report, Severity};
use crate::handbook::SourceText;

/// Beyond this many places the rest is told in one sentence.
const MOST_PLACES: usize = 50;
/// Words of context on each side of a difference.
const CONTEXT: usize = 3;
/// The most words of a difference that are quoted.
const MOST_QUOTED: usize = 14;
/// How far apart, in words of the document, a single word lost and one added may stand to be
/// taken for one that moved.
const NEAR: usize = 60;

/// Lines at which the source begins a block, for the joins: those that need one and those
/// that cannot be judged, because words differ there.
#[derive(Default)]
pub struct Joined {
    pub needed: BTreeSet<usize>,
    pub unknown: BTreeSet<usize>,
}

/// A document beside the part of a source that it was taken from.
pub struct Pair<'c, 'h> {
    pub source: &'h SourceText,
    pub source_words: &'c [SourceWord],
    /// `edition.yaml`, `report.yaml`.
    pub file: &'h str,
    pub document_words: &'c [DocumentWord<'h>],
}

/// Where a lost word stood in the document.
enum Lost {
    /// At the word with this index.
    At(usize),
    /// Between the words before and at this index, which stand in two files.
    Between(usize),
    /// The document has no words.
    Nowhere,
}

impl Pair<'_, '_> {
    /// Accounts for every word; what differs goes into the report, the blocks that go on a
    /// paragraph into `joined`.
    pub fn compare(&self, joined: &mut Joined, report: &mut Report) {
        let alignment = align(self.source_words, self.document_words);
        let mut found = self.differences(&alignment.differences);
        let mut typography = Vec::new();
        let mut in_paragraph: BTreeMap<usize, usize> = BTreeMap::new();
        let paired: BTreeSet<usize> = alignment.pairs.iter().map(|(_, document)| *document).collect();
        for &(source, document) in &alignment.pairs {
            let (a, b) = (&self.source_words[source], &self.document_words[document]);
            if a.text != b.text || a.space != b.space && b.opens == Opens::Inside {
                typography.push(self.typography(source, document));
            }
            match b.opens {
                // After a word that was added nobody can say where the paragraph would begin.
                Opens::Inside if a.opens && paired.contains(&(document - 1)) => {
                    in_paragraph.insert(a.line, document);
                }
                Opens::Inside | Opens::AfterLabel if a.opens => {
                    joined.unknown.insert(a.line);
                }
                _ => {}
            }
        }
        for it in &alignment.differences {
            let words = self.source_words[it.source.clone()].iter();
            joined.unknown.extend(words.filter(|it| it.opens).map(|it| it.line));
        }
        for (line, document) in in_paragraph {
            joined.needed.insert(line);
            if !self.source.joins.iter().any(|it| it.line == line) {
                found.push(self.undeclared_join(line, document));
            }
        }
        self.tell(found, report);
        self.tell(typography, report);
    }

    /// Adds what was found, the rest beyond a bearable number in one sentence.
    fn tell(&self, mut found: Vec<Diagnostic>, report: &mut Report) {
        let more = found.len().saturating_sub(MOST_PLACES);
        if more > 0 {
            found.truncate(MOST_PLACES);
            let message = format!("the text differs from `{}` in {more} more places", self.source.text_file);
            let place = Place::file(self.file);
            found.push(match found[0].severity {
                Severity::Error => Diagnostic::error(place, "source-word-changed", message)
                    .hint("does the map name the right lines for this document?"),
                Severity::Warning => Diagnostic::warning(place, "source-typography", message),
            });
        }
        for it in found {
            report.add(it);
        }
    }

    /// One diagnostic for each difference, but one for a word that was lost here and added there.
    fn differences(&self, differences: &[Difference]) -> Vec<Diagnostic> {
        let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for (from, lost) in differences.iter().enumerate().filter(|(_, it)| it.document.is_empty()) {
            let words = self.folded_source(&lost.source);
            let distance = |it: &Difference| it.document.start.abs_diff(lost.document.start);
            let to = differences
                .iter()
                .enumerate()
                .filter(|(index, it)| it.source.is_empty() && !taken.contains(index))
                .filter(|(_, it)| lost.source.len() > 2 || distance(it) <= NEAR)
                .filter(|(_, it)| it.document.len() == lost.source.len())
                .filter(|(_, it)| self.folded_document(&it.document) == words)
                .min_by_key(|(_, it)| distance(it));
            if let Some((to, _)) = to {
                moved.insert(to, from);
                taken.extend([to, from]);
            }
        }
        let mut found = Vec::new();
        for (index, it) in differences.iter().enumerate() {
            match moved.get(&index) {
                Some(from) => found.push(self.moved(&differences[*from], it)),
                None if taken.contains(&index) => {}
                None => found.push(self.difference(it)),
            }
        }
        found
    }

    fn folded_source(&self, range: &Range<usize>) -> Vec<String> {
        self.source_words[range.clone()].iter().map(|it| fold(&it.text).into_owned()).collect()
    }

    fn folded_document(&self, range: &Range<usize>) -> Vec<String> {
        self.document_words[range.clone()].iter().map(|it| fold(&it.text).into_owned()).collect()
    }

    fn difference(&self, it: &Difference) -> Diagnostic {
        let both = format!(
            "the source has “{}”, the text “{}” ({})",
            quote(self.source_words.len(), &it.source, |at| &self.source_words[at].text),
            quote(self.document_words.len(), &it.document, |at| &self.document_words[at].text),
            self.line(&it.source),
        );
        if it.document.is_empty() {
            let words = count(it.source.len(), "word is", "words are");
            let (place, between) = match self.lost(it) {
                Lost::At(index) => (self.place(&(index..index + 1)), String::new()),
                Lost::Between(index) => (
                    self.place(&(index - 1..index)),
                    format!(" between this file and `{}`", self.document_words[index].file),
                ),
                Lost::Nowhere => (Place::file(self.file), String::new()),
            };
            return Diagnostic::error(place, "source-word-lost", format!("{words} lost{between}: {both}"))
                .hint(self.hint("put back the words of the source"));
        }
        let place = self.place(&it.document);
        if it.source.is_empty() {
            let words = count(it.document.len(), "word is", "words are");
            return Diagnostic::error(place, "source-word-added", format!("{words} added: {both}"))
                .hint(self.hint("take the words out"));
        }
        let (mut before, mut after) = (self.folded_source(&it.source), self.folded_document(&it.document));
        before.sort_unstable();
        after.sort_unstable();
        if before == after {
            return Diagnostic::error(place, "source-word-moved", format!("words are out of order: {both}"))
                .hint(self.hint("put the words in the order of the source"));
        }
        let words = count(it.source.len().max(it.document.len()), "word is", "words are");
        Diagnostic::error(place, "source-word-changed", format!("{words} changed: {both}"))
            .hint(self.hint("put back the words of the source"))
    }

    fn moved(&self, from: &Difference, to: &Difference) -> Diagnostic {
        let source = quote(self.source_words.len(), &from.source, |at| &self.source_words[at].text);
        let document = quote(self.document_words.len(), &to.document, |at| &self.document_words[at].text);
        let words = count(to.document.len(), "word is", "words are");
        Diagnostic::error(
            self.place(&to.document),
            "source-word-moved",
            format!(
                "{words} out of order: the source has “{source}”, the text “{document}” ({})",
                self.line(&from.source)
            ),
        )
        .hint(format!(
            "put the words where the source has them, or declare a move in `{}`",
            self.source.map_file
        ))
    }

    fn typography(&self, source: usize, document: usize) -> Diagnostic {
        let (a, b) = (&self.source_words[source], &self.document_words[document]);
        let message = if a.text == b.text {
            format!(
                "the source has {} before “{}”, the text {} ({})",
                space(a.space),
                a.text,
                space(b.space),
                self.line(&(source..source + 1)),
            )
        } else {
            format!(
                "the source has “{}”, the text “{}” ({})",
                a.text,
                b.text,
                self.line(&(source..source + 1))
            )
        };
        Diagnostic::warning(self.place(&(document..document + 1)), "source-typography", message)
            .hint("quotes, dashes and spaces are kept as the source has them")
    }

    fn undeclared_join(&self, line: usize, document: usize) -> Diagnostic {
        let here = document..document + 1;
        Diagnostic::error(
            self.place(&here),
            "source-join-undeclared",
            format!(
                "“{}” goes on a paragraph, the source begins a block there ({}, line {line})",
                quote(self.document_words.len(), &here, |at| &self.document_words[at].text),
                self.source.text_file
            ),
        )
        .hint(format!(
            "begin a paragraph, or list the line under `joins` in `{}`, with the reason",
            self.source.map_file
        ))
    }

    fn hint(&self, cure: &str) -> String {
        format!("{cure}, or declare in `{}` how the source is to be read", self.source.map_file)
    }

    /// `sources/x.txt, line 76`: the line of the first of the words, or of the word before.
    fn line(&self, range: &Range<usize>) -> String {
        let at = if range.is_empty() { range.start.saturating_sub(1) } else { range.start };
        match self.source_words.get(at) {
            Some(word) => format!("{}, line {}", self.source.text_file, word.line),
            None => self.source.text_file.clone(),
        }
    }

    /// Which word of the document stands where words were lost. A word that begins no block
    /// was lost at the end of what stands before it, one that is followed by the middle of a
    /// paragraph at the beginning of what follows; whole blocks may have belonged to either.
    fn lost(&self, it: &Difference) -> Lost {
        let words = self.document_words;
        let at = it.document.start;
        let (Some(before), Some(after)) = (at.checked_sub(1), words.get(at)) else {
            return match words.len() {
                0 => Lost::Nowhere,
                count => Lost::At(at.min(count - 1)),
            };
        };
        let goes_on = self.source_words.get(it.source.end).is_some_and(|it| !it.opens);
        match (self.source_words[it.source.start].opens, words[before].file == after.file) {
            (false, true) if after.opens != Opens::Paragraph => Lost::At(at),
            (false, _) => Lost::At(before),
            (true, _) if goes_on => Lost::At(at),
            (true, true) => Lost::At(before),
            (true, false) => Lost::Between(at),
        }
    }

    /// Where words of the document stand: their file, and as many of them and of the words
    /// around them as stand unbroken in it.
    fn place(&self, range: &Range<usize>) -> Place {
        let words = self.document_words;
        let first = &words[range.start];
        let Some((run, start, mut end)) = first.run else { return Place::file(first.file) };
        let mut start = start;
        let inside =
            |index: usize| words.get(index).and_then(|it| it.run).filter(|it| std::ptr::eq(it.0, run));
        for index in range.start + 1..range.start + 6 {
            let Some((_, _, to)) = inside(index) else { break };
            end = to;
        }
        // Few words stand more than once in a file; the ones before tell them apart.
        if run[start..end].split_whitespace().count() < 4 {
            for index in (range.start.saturating_sub(4)..range.start).rev() {
                let Some((_, from, _)) = inside(index) else { break };
                start = from;
            }
        }
        match first.in_text {
            true => Place::text(first.file, &run[start..end]),
            false => Place::words(first.file, &run[start..end]),
        }
    }
}

fn count(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("a {one}") } else { format!("{count} {many}") }
}

fn space(it: Option<char>) -> String {
    match it {
        None => "an ordinary space".to_owned(),
        Some('\u{a0}') => "a no-break space".to_owned(),
        Some(other) => format!("the space U+{:04X}", u32::from(other)),
    }
}

/// The words of a range between `‹` and `›`, with a few words around them. What is long is
/// shortened in the middle.
fn quote<'w>(length: usize, range: &Range<usize>, word: impl Fn(usize) -> &'w str) -> String {
    let list = |range: Range<usize>| range.map(&word).collect::<Vec<_>>().join(" ");
    let mut parts = Vec::new();
    let before = range.start.saturating_sub(CONTEXT)..range.start;
    if !before.is_empty() {
        parts.push(list(before));
    }
    if range.len() > MOST_QUOTED {
        let half = MOST_QUOTED / 2;
        parts.push(format!(
            "‹{} … {}›",
            list(range.start..range.start + half),
            list(range.end - half..range.end)
        ));
    } else if !range.is_empty() {
        parts.push(format!("‹{}›", list(range.clone())));
    }
    let after = range.end..(range.end + CONTEXT).min(length);
    if !after.is_empty() {
        parts.push(list(after));
    }
    parts.join(" ")
}
