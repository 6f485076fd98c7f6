//! Two texts compared word by word.
//!
//! [`tokens`] cuts a text into words, [`words`] says which words two texts share and which
//! only one of them has. What a difference means, whether a word may be told from its
//! neighbour by a capital or a kind of dash, is for whoever asks: words are the same when
//! their letters are.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp};

/// A run of words in the comparison of an old text with a new one; the ranges count words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// In both: the two ranges are of one length and hold the same words.
    Kept { old: Range<usize>, new: Range<usize> },
    /// In the old text only.
    Removed { old: Range<usize> },
    /// In the new text only.
    Added { new: Range<usize> },
}

/// The words of a text in order, each with the byte at which it begins: what stands between
/// white space, punctuation included. A no-break space is white space.
pub fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// What changed from `old` to `new`: runs in reading order that together cover every word of
/// both. Where words were replaced, those removed stand before those added. No two runs of
/// one kind follow each other, no run is empty; two empty texts give no run.
///
/// The comparison is anchored at words that both texts hold once, so it takes little more
/// than the length of the texts where these agree, and it does not always find the fewest
/// changes where they have nothing to do with each other.
pub fn words(old: &[&str], new: &[&str]) -> Vec<Change> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old_rest[..old_rest.len() - end], &new_rest[..new_rest.len() - end]);

    let mut runs = Runs { changes: Vec::new(), old: 0, new: 0 };
    runs.kept(start);
    match (old_rest.len(), new_rest.len()) {
        (removed, added @ 0) | (removed @ 0, added) => {
            runs.removed(removed);
            runs.added(added);
        }
        _ => {
            // Numbers are compared faster than words, and each word many times.
            let mut numbers = BTreeMap::new();
            let mut number = |word| {
                let next = numbers.len();
                *numbers.entry(word).or_insert(next)
            };
            let old_rest: Vec<usize> = old_rest.iter().map(|it| number(*it)).collect();
            let new_rest: Vec<usize> = new_rest.iter().map(|it| number(*it)).collect();
            for step in similar::capture_diff_slices(Algorithm::Patience, &old_rest, &new_rest) {
                match step {
                    DiffOp::Equal { len, .. } => runs.kept(len),
                    DiffOp::Delete { old_len, .. } => runs.removed(old_len),
                    DiffOp::Insert { new_len, .. } => runs.added(new_len),
                    DiffOp::Replace { old_len, new_len, .. } => {
                        runs.removed(old_len);
                        runs.added(new_len);
                    }
                }
            }
        }
    }
    runs.kept(end);
    runs.changes
}

/// The words of a text without their order, to be compared with many.
pub struct Bag(Vec<String>);

impl Bag {
    pub fn of(words: &[String]) -> Bag {
        let mut sorted = words.to_vec();
        sorted.sort_unstable();
        Bag(sorted)
    }

    /// How many words two texts share, wherever these stand; a word that stands twice in both counts
    /// twice. [`words`] never keeps more, and takes longer to say so.
    pub fn in_common(&self, others: &Bag) -> usize {
        let (mut these, mut others) = (self.0.as_slice(), others.0.as_slice());
        let mut found = 0;
        while let (Some(this), Some(other)) = (these.first(), others.first()) {
            match this.cmp(other) {
                Ordering::Less => these = &these[1..],
                Ordering::Greater => others = &others[1..],
                Ordering::Equal => {
                    found += 1;
                    (these, others) = (&these[1..], &others[1..]);
                }
            }
        }
        found
    }
}

/// The runs so far, and how many words of each text they cover.
struct Runs {
    changes: Vec<Change>,
    old: usize,
    new: usize,
}

impl Runs {
    fn kept(&mut self, count: usize) {
        if count == 0 {
            return;
        }
        let (old, new) = (self.old..self.old + count, self.new..self.new + count);
        (self.old, self.new) = (old.end, new.end);
        match self.changes.last_mut() {
            Some(Change::Kept { old: before_old, new: before_new }) => {
                (before_old.end, before_new.end) = (old.end, new.end);
            }
            _ => self.changes.push(Change::Kept { old, new }),
        }
    }

    fn removed(&mut self, count: usize) {
        if count == 0 {
            return;
        }
        let run = self.old..self.old + count;
        self.old = run.end;
        // Words removed after words added at the same place go before them.
        let place = match self.changes.last() {
            Some(Change::Added { .. }) => self.changes.len() - 1,
            _ => self.changes.len(),
        };
        match place.checked_sub(1).map(|it| &mut self.changes[it]) {
            Some(Change::Removed { old }) => old.end = run.end,
            _ => self.changes.insert(place, Change::Removed { old: run }),
        }
    }

    fn added(&mut self, count: usize) {
        if count == 0 {
            return;
        }
        let run = self.new..self.new + count;
        self.new = run.end;
        match self.changes.last_mut() {
            Some(Change::Added { new }) => new.end = run.end,
            _ => self.changes.push(Change::Added { new: run }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text).map(|(_, word)| word).collect()
    }

    /// The changes as a redline: `[-removed-]`, `{+added+}`.
    fn redline(old: &str, new: &str) -> String {
        let (old, new) = (cut(old), cut(new));
        let parts: Vec<String> = words(&old, &new)
            .into_iter()
            .map(|it| match it {
                Change::Kept { old: range, .. } => old[range].join(" "),
                Change::Removed { old: range } => format!("[-{}-]", old[range].join(" ")),
                Change::Added { new: range } => format!("{{+{}+}}", new[range].join(" ")),
            })
            .collect();
        parts.join(" ")
    }

    #[test]
    fn words_are_kept_removed_added_and_replaced() {
        for (old, new, expected) in [
            ("", "", ""),
            ("a b", "a b", "a b"),
            ("a b c", "a c", "a [-b-] c"),
            ("a c", "a b c", "a {+b+} c"),
            ("a b c", "a d c", "a [-b-] {+d+} c"),
            ("a b", "", "[-a b-]"),
            ("", "a b", "{+a b+}"),
            ("a", "b", "[-a-] {+b+}"),
            ("they must take care", "they must not take great care", "they must {+not+} take {+great+} care"),
            ("a word.", "a word", "a [-word.-] {+word+}"),
        ] {
            assert_eq!(redline(old, new), expected);
        }
    }

    #[test]
    fn tokens_tell_where_they_begin() {
        let text = " a) to\u{a0}do:\tthis ";
        let expected = [(1, "a)"), (4, "to"), (8, "do:"), (12, "this")];
        assert_eq!(tokens(text).collect::<Vec<_>>(), expected);
        assert_eq!(tokens(" \n").count(), 0);
    }

    /// Puts the runs together again and sees that they follow each other as promised.
    fn both(old: &[&str], new: &[&str]) {
        let (mut old_at, mut new_at) = (0, 0);
        let mut before: Option<Change> = None;
        for change in words(old, new) {
            match &change {
                Change::Kept { old: a, new: b } => {
                    assert!(!matches!(before, Some(Change::Kept { .. })));
                    assert_eq!((a.start, b.start), (old_at, new_at));
                    assert_eq!(old[a.clone()], new[b.clone()]);
                    (old_at, new_at) = (a.end, b.end);
                    assert!(!a.is_empty());
                }
                Change::Removed { old: a } => {
                    assert!(!matches!(before, Some(Change::Removed { .. } | Change::Added { .. })));
                    assert_eq!(a.start, old_at);
                    assert!(!a.is_empty());
                    old_at = a.end;
                }
                Change::Added { new: b } => {
                    assert!(!matches!(before, Some(Change::Added { .. })));
                    assert_eq!(b.start, new_at);
                    assert!(!b.is_empty());
                    new_at = b.end;
                }
            }
            before = Some(change);
        }
        assert_eq!((old_at, new_at), (old.len(), new.len()));
    }

    proptest! {
        #[test]
        fn the_runs_make_up_both_texts(old in "([a-d] ){0,40}", new in "([a-d] ){0,40}") {
            both(&cut(&old), &cut(&new));
        }
    }
}
