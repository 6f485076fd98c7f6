//! What each authority has on each topic, in a word: the matrix that shows where to look.
//!
//! A [`Standing`] sums up the cells of one authority in a [`Comparison`]. Like the comparison
//! it judges nothing: more clauses are not better ones, and a text that is not held is never a
//! gap.

use std::collections::BTreeSet;

use super::comparison::{Bearings, Cell, Comparison, Document, Passage};
use crate::handbook::{Aspect, Authority, ClauseId, DocumentSlug, Silence, Topic};

/// Topics in the order of the register, each with what the authorities have on it.
pub struct Matrix<'h> {
    pub authorities: Vec<&'h Authority>,
    pub lines: Vec<Line<'h>>,
}

/// One topic of a matrix.
pub struct Line<'h> {
    pub topic: &'h Topic,
    /// In the order of the matrix's authorities.
    pub standings: Vec<Standing<'h>>,
}

/// What one authority has on one topic.
#[derive(Clone, Debug)]
pub struct Standing<'h> {
    pub state: State,
    /// Clauses and footnotes of the current edition that bear on the topic, each once.
    pub clauses: usize,
    /// Clauses of reports that describe it where no text is held; never part of `clauses`.
    pub described: usize,
    /// Questions that a clause answers.
    pub answered: usize,
    /// Questions of the topic; one where it does not divide.
    pub questions: usize,
    /// The first question at which the state can be seen: one that is answered or described
    /// where there are such, else the first of the topic. `None` where it does not divide.
    pub seen_at: Option<&'h Aspect>,
}

/// The kinds of standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Each question is answered.
    Addressed,
    /// Some questions are answered, others not.
    InPart,
    /// No question is answered, all for this one reason.
    Silent(Silence),
    /// No question is answered, and the reasons differ.
    SilentInSeveralWays,
    /// No question is answered, and for some of them nobody has looked yet.
    NotReviewed,
    NotHeld,
}

impl State {
    /// Every kind, in the order of a legend.
    pub const ALL: [State; 8] = [
        State::Addressed,
        State::InPart,
        State::Silent(Silence::LeftOut),
        State::Silent(Silence::Elsewhere),
        State::Silent(Silence::NotAddressed),
        State::SilentInSeveralWays,
        State::NotReviewed,
        State::NotHeld,
    ];

    /// What one cell comes to.
    pub fn of(cell: &Cell) -> State {
        match cell {
            Cell::Addressed(_) => State::Addressed,
            Cell::Silent { silence, .. } => State::Silent(*silence),
            Cell::NotReviewed => State::NotReviewed,
            Cell::NotHeld { .. } => State::NotHeld,
        }
    }
}

/// What some authorities have on some topics, both in the order in which they are given.
pub fn matrix<'h>(
    bearings: &Bearings<'h>,
    topics: impl Iterator<Item = &'h Topic>,
    authorities: impl Iterator<Item = &'h Authority> + Clone,
) -> Matrix<'h> {
    let line = |topic| Line { topic, standings: standings(&bearings.among(topic, authorities.clone())) };
    Matrix { lines: topics.map(line).collect(), authorities: authorities.clone().collect() }
}

/// What each authority of a comparison has on its topic, in the order of the comparison.
pub fn standings<'h>(comparison: &Comparison<'h>) -> Vec<Standing<'h>> {
    let authorities = comparison.rows.first().map_or(0, |it| it.cells.len());
    let column = |index: usize| comparison.rows.iter().map(move |it| (it.aspect, &it.cells[index].1));
    (0..authorities).map(|index| standing(column(index))).collect()
}

/// Sums up one authority's cells, one for each question of a topic.
fn standing<'h, 'c>(cells: impl Iterator<Item = (Option<&'h Aspect>, &'c Cell<'h>)> + Clone) -> Standing<'h>
where
    'h: 'c,
{
    let mut clauses = BTreeSet::new();
    let mut described = BTreeSet::new();
    let mut silences = BTreeSet::new();
    let (mut questions, mut answered, mut not_reviewed, mut not_held) = (0, 0, 0, 0);
    for (_, cell) in cells.clone() {
        questions += 1;
        match cell {
            Cell::Addressed(passages) => {
                answered += 1;
                clauses.extend(passages.iter().map(|it| &it.clause.id));
            }
            Cell::Silent { silence, .. } => {
                silences.insert(*silence);
            }
            Cell::NotReviewed => not_reviewed += 1,
            Cell::NotHeld { described: passages, .. } => {
                not_held += 1;
                described.extend(passages.iter().map(place));
            }
        }
    }
    let state = match silences.first() {
        _ if not_held > 0 => State::NotHeld,
        _ if answered == questions => State::Addressed,
        _ if answered > 0 => State::InPart,
        _ if not_reviewed > 0 => State::NotReviewed,
        Some(only) if silences.len() == 1 => State::Silent(*only),
        _ => State::SilentInSeveralWays,
    };
    let tells = |cell: &Cell| match cell {
        Cell::Addressed(_) => true,
        Cell::NotHeld { described, .. } => !described.is_empty(),
        _ => false,
    };
    let seen_at = cells.clone().find(|(_, it)| tells(it)).or_else(|| cells.clone().next());
    Standing {
        state,
        clauses: clauses.len(),
        described: described.len(),
        answered,
        questions,
        seen_at: seen_at.and_then(|(aspect, _)| aspect),
    }
}

/// Where a passage of a report stands; two reports of one authority may share ids.
fn place<'h>(passage: &Passage<'h>) -> (&'h DocumentSlug, &'h ClauseId) {
    let document = match passage.document {
        Document::Edition(edition) => &edition.slug,
        Document::Report(report) => &report.slug,
    };
    (document, &passage.clause.id)
}
