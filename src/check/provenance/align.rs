//! The words of a source beside those of a document: which stand for which, and where the
//! two differ.

use std::ops::Range;

use super::document::{DocumentWord, Opens, fold};
use super::source::SourceWord;
use crate::diff::{self, Change};

/// How far a difference is shifted to where it reads best. Repeated words make it possible;
/// the cap keeps endless repetition from costing time.
const MOST_SHIFT: usize = 50;

/// A place where source and document differ: the words on both sides, one of them perhaps
/// empty, then standing where the words would have to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub source: Range<usize>,
    pub document: Range<usize>,
}

/// Source and document side by side.
pub struct Alignment {
    /// In reading order.
    pub differences: Vec<Difference>,
    /// Words that stand for each other, by their places in source and document.
    pub pairs: Vec<(usize, usize)>,
}

/// Both texts while they are being aligned.
struct Sides<'w> {
    source: &'w [SourceWord],
    document: &'w [DocumentWord<'w>],
    /// The words without their typography.
    source_folded: &'w [&'w str],
    document_folded: &'w [&'w str],
}

/// Aligns the words of a source with those of a document. Kinds of quotes and dashes tell no
/// words apart here.
pub fn align(source: &[SourceWord], document: &[DocumentWord]) -> Alignment {
    let source_folded: Vec<_> = source.iter().map(|it| fold(&it.text)).collect();
    let document_folded: Vec<_> = document.iter().map(|it| fold(&it.text)).collect();
    let source_folded: Vec<&str> = source_folded.iter().map(AsRef::as_ref).collect();
    let document_folded: Vec<&str> = document_folded.iter().map(AsRef::as_ref).collect();
    let sides = Sides { source, document, source_folded: &source_folded, document_folded: &document_folded };

    let differences = differences(diff::words(&source_folded, &document_folded));
    let differences = sides.merge(sides.shift(differences));
    let mut pairs = Vec::new();
    let (mut source_at, mut document_at) = (0, 0);
    let end = Difference { source: source.len()..source.len(), document: document.len()..document.len() };
    for it in differences.iter().chain([&end]) {
        pairs.extend((source_at..it.source.start).zip(document_at..it.document.start));
        (source_at, document_at) = (it.source.end, it.document.end);
    }
    Alignment { differences, pairs }
}

/// The places that are not kept; what is removed and added at one place is one of them.
fn differences(changes: Vec<Change>) -> Vec<Difference> {
    let mut differences: Vec<Difference> = Vec::new();
    let (mut source, mut document) = (0, 0);
    let mut open = false;
    for change in changes {
        match change {
            Change::Kept { old, new } => {
                (source, document) = (old.end, new.end);
                open = false;
                continue;
            }
            Change::Removed { old } => {
                source = old.end;
                differences.push(Difference { source: old, document: document..document });
            }
            Change::Added { new } => {
                document = new.end;
                match differences.last_mut() {
                    Some(it) if open => it.document = new,
                    _ => differences.push(Difference { source: source..source, document: new }),
                }
            }
        }
        open = true;
    }
    differences
}

impl Sides<'_> {
    /// Shifts words that were lost or added to where paragraphs begin on both sides: of
    /// "… the Council. Council officers …" without its first "Council" the comparison of
    /// words alone cannot tell which one is missing.
    fn shift(&self, mut differences: Vec<Difference>) -> Vec<Difference> {
        for index in 0..differences.len() {
            let it = differences[index].clone();
            let (words, run) = match (it.source.is_empty(), it.document.is_empty()) {
                (false, true) => (self.source_folded, it.source.clone()),
                (true, false) => (self.document_folded, it.document.clone()),
                _ => continue,
            };
            let before = index.checked_sub(1).map_or(0, |it| differences[it].source.end);
            let after = differences.get(index + 1).map_or(self.source.len(), |it| it.source.start);
            let room = (it.source.start - before).min(MOST_SHIFT);
            let left =
                (0..room).take_while(|step| words[run.start - 1 - step] == words[run.end - 1 - step]).count();
            let room = (after - it.source.end).min(MOST_SHIFT);
            let right = (0..room).take_while(|step| words[run.start + step] == words[run.end + step]).count();
            // Places are counted from the leftmost one.
            let at = |step: usize| Difference {
                source: it.source.start - left + step..it.source.end - left + step,
                document: it.document.start - left + step..it.document.end - left + step,
            };
            let unlike = |step: usize| {
                let first = at(0);
                let apart = (0..left + right).filter(|pair| {
                    let (source, document) = match *pair < step {
                        true => (first.source.start + pair, first.document.start + pair),
                        false => (first.source.end + pair, first.document.end + pair),
                    };
                    self.source[source].opens != (self.document[document].opens == Opens::Paragraph)
                });
                // Where nothing else decides, what is lost or added begins where a paragraph does.
                let place = at(step);
                let begins = match place.source.is_empty() {
                    false => self.source[place.source.start].opens,
                    true => self.document[place.document.start].opens == Opens::Paragraph,
                };
                (apart.count(), !begins, step.abs_diff(left))
            };
            if let Some(best) = (0..=left + right).min_by_key(|step| unlike(*step)) {
                differences[index] = at(best);
            }
        }
        differences
    }

    /// Makes one difference of two that belong together: words that changed places around a
    /// single word, and long passages that share only a word here and there.
    fn merge(&self, differences: Vec<Difference>) -> Vec<Difference> {
        let mut merged: Vec<Difference> = Vec::new();
        for next in differences {
            if let Some(it) = merged.last_mut() {
                let kept = next.source.start - it.source.end;
                let swapped = kept == 1
                    && (it.source.is_empty() && next.document.is_empty()
                        || it.document.is_empty() && next.source.is_empty());
                let long = |it: &Difference| it.source.len().min(it.document.len()) >= 4;
                let passage = kept <= 2 && (long(it) || long(&next));
                let file = |range: Range<usize>| self.document[range].iter().map(|it| it.file);
                let mut files = file(it.document.start..next.document.end);
                let first = files.next();
                if (swapped || passage) && files.all(|file| Some(file) == first) {
                    it.source.end = next.source.end;
                    it.document.end = next.document.end;
                    continue;
                }
            }
            merged.push(next);
        }
        merged
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words of one letter; a capital begins a block or a paragraph.
    fn source(letters: &str) -> Vec<SourceWord> {
        let word = |it: char| SourceWord {
            text: it.to_lowercase().to_string(),
            line: 1,
            opens: it.is_uppercase(),
            space: None,
        };
        letters.chars().map(word).collect()
    }

    fn document(letters: &str) -> Vec<DocumentWord<'static>> {
        let word = |it: char| DocumentWord {
            text: it.to_lowercase().to_string(),
            file: "x.md",
            in_text: true,
            opens: if it.is_uppercase() { Opens::Paragraph } else { Opens::Inside },
            space: None,
            run: None,
        };
        letters.chars().map(word).collect()
    }

    #[track_caller]
    fn check(letters: [&str; 2], lost: Range<usize>, added: Range<usize>) {
        let alignment = align(&source(letters[0]), &document(letters[1]));
        assert_eq!(alignment.differences, [Difference { source: lost, document: added }]);
    }

    #[test]
    fn what_is_lost_or_added_is_told_where_paragraphs_agree() {
        check(["AbcCd", "AbcD"], 3..4, 3..3);
        check(["AbcCd", "AbCd"], 2..3, 2..2);
        check(["AbCd", "AbcCd"], 2..2, 2..3);
        check(["AbAbc", "Abc"], 2..4, 2..2);
    }

    #[test]
    fn words_that_changed_places_are_one_difference() {
        check(["abcd", "acbd"], 1..3, 1..3);
    }

    proptest! {
        #[test]
        fn every_word_is_in_a_pair_or_in_a_difference(a in "[a-cA-C]{0,30}", b in "[a-cA-C]{0,30}") {
            let (source, document) = (source(&a), document(&b));
            let alignment = align(&source, &document);
            for (at, to) in &alignment.pairs {
                prop_assert_eq!(&source[*at].text, &document[*to].text);
            }
            let pairs = alignment.pairs.iter().map(|(at, to)| (*at..at + 1, *to..to + 1));
            let differences = alignment.differences.iter();
            let mut all: Vec<_> =
                pairs.chain(differences.map(|it| (it.source.clone(), it.document.clone()))).collect();
            all.sort_by_key(|(source, document)| (source.start, document.start));
            let (mut at, mut to) = (0, 0);
            for (source, document) in all {
                prop_assert_eq!((source.start, document.start), (at, to));
                (at, to) = (source.end, document.end);
            }
            prop_assert_eq!((at, to), (source.len(), document.len()));
            prop_assert_eq!(alignment.differences.is_empty(), a.to_lowercase() == b.to_lowercase());
        }
    }
}
