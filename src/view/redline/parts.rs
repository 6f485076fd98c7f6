//! A passage cut where its clauses begin, in either text.

use super::{Line, Of, Passage, Piece};
use crate::view::history::Place as Where;

/// Lines of a passage down to where the next clause begins, and the clauses that begin with them.
pub struct Part<'p, 'h> {
    /// The clause of the earlier text that begins here; `None` where its words, if there are any,
    /// go on those of the part before.
    pub before: Option<Where<'h>>,
    /// The same of the later text.
    pub after: Option<Where<'h>>,
    pub lines: &'p [Line],
}

/// Clauses of one side that begin one after another.
struct Side<'p, 'h> {
    places: &'p [Where<'h>],
    /// How many have begun.
    begun: usize,
}

impl<'h> Passage<'h> {
    /// The parts of a passage of clauses, in its order; none of a heading. Each clause of either
    /// text begins with one of them, in the order of its side; of what is one clause in both texts
    /// there is one part.
    pub fn parts(&self) -> Vec<Part<'_, 'h>> {
        let Of::Clauses { before, after } = &self.of else { return Vec::new() };
        let (mut old, mut new) = (Side { places: before, begun: 0 }, Side { places: after, begun: 0 });
        // Each with the place of its first line.
        let mut parts: Vec<(Option<Where<'h>>, Option<Where<'h>>, usize)> = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let begin = |it: &Option<super::Start>| it.as_ref().map(|it| it.clause);
            let olds = old.begin(begin(&line.before));
            let news = new.begin(begin(&line.after));
            // Its number may stand higher, where no word of its own text is passed by that.
            let from = parts.last().map_or(0, |it| it.2);
            let passed = &self.lines[from..at];
            match (parts.last_mut(), olds, news) {
                (Some((none @ None, _, _)), [it], []) if is_empty(passed, false) => *none = Some(*it),
                (Some((_, none @ None, _)), [], [it]) if is_empty(passed, true) => *none = Some(*it),
                (_, olds, news) => parts.extend(abreast(olds, news).map(|(a, b)| (a, b, at))),
            }
        }
        let (olds, news) = (old.begin_all(), new.begin_all());
        parts.extend(abreast(olds, news).map(|(a, b)| (a, b, self.lines.len())));
        let ends: Vec<usize> = parts.iter().skip(1).map(|it| it.2).chain([self.lines.len()]).collect();
        let cut = parts.into_iter().zip(ends);
        cut.map(|((before, after, from), end)| Part { before, after, lines: &self.lines[from..end] })
            .collect()
    }
}

impl<'p, 'h> Side<'p, 'h> {
    /// The clauses that begin with one that is said to stand here: itself, if it has not begun, and
    /// those before it that have no words.
    fn begin(&mut self, clause: Option<usize>) -> &'p [Where<'h>] {
        let from = self.begun;
        self.begun = clause.map_or(from, |it| from.max(it + 1));
        &self.places[from..self.begun]
    }

    fn begin_all(&mut self) -> &'p [Where<'h>] {
        self.begin(self.places.len().checked_sub(1))
    }
}

/// Those of each side beside those of the other, the last beside the last.
fn abreast<'p, 'h>(
    olds: &'p [Where<'h>],
    news: &'p [Where<'h>],
) -> impl Iterator<Item = (Option<Where<'h>>, Option<Where<'h>>)> + 'p {
    let all = olds.len().max(news.len());
    let at = move |side: &[Where<'h>], index: usize| {
        (index + side.len()).checked_sub(all).and_then(|it| side.get(it).copied())
    };
    (0..all).map(move |it| (at(olds, it), at(news, it)))
}

/// Whether lines hold nothing of one text.
fn is_empty(lines: &[Line], later: bool) -> bool {
    let words = if later { Piece::after } else { Piece::before };
    lines.iter().all(|it| {
        let start = if later { &it.after } else { &it.before };
        start.is_none() && it.pieces.iter().all(|it| words(it).is_empty())
    })
}
