//! A redline for programs.

use serde::Serialize;

use crate::handbook::{Authority, Edition};
use crate::site::{edition_name, kind_of_change, passage_name};
use crate::view::history::Place as Where;
use crate::view::redline::{Fate, Kind, Numbers, Of, Passage, Piece, Redline, Start, What};

#[derive(Serialize)]
struct File<'r> {
    authority: &'r str,
    before: Text<'r>,
    after: Text<'r>,
    numbers_compared: bool,
    order_compared: bool,
    totals: Vec<Total>,
    changes: Vec<Changed<'r>>,
    passages: Vec<Put<'r>>,
}

#[derive(Serialize)]
struct Text<'r> {
    edition: &'r str,
    title: &'r str,
    name: String,
}

#[derive(Serialize)]
struct Total {
    kind: &'static str,
    count: usize,
}

/// One change. `before` and `after` hold words where words at one place changed.
#[derive(Serialize)]
pub struct Changed<'r> {
    number: usize,
    kind: &'static str,
    what: &'static str,
    name: String,
    clauses_before: Vec<&'r str>,
    clauses_after: Vec<&'r str>,
    number_before: Option<&'r str>,
    number_after: Option<&'r str>,
    before: Option<&'r str>,
    after: Option<&'r str>,
}

/// A heading or clauses, line by line.
#[derive(Serialize)]
struct Put<'r> {
    of: &'static str,
    fate: &'static str,
    moved: bool,
    clauses_before: Vec<&'r str>,
    clauses_after: Vec<&'r str>,
    number_before: Option<&'r str>,
    number_after: Option<&'r str>,
    lines: Vec<PutLine<'r>>,
}

#[derive(Serialize)]
struct PutLine<'r> {
    before: Option<Begins<'r>>,
    after: Option<Begins<'r>>,
    pieces: Vec<PutPiece<'r>>,
}

/// How a paragraph begins: which of the clauses of its side it belongs to, and its label.
#[derive(Serialize)]
struct Begins<'r> {
    clause: usize,
    item: bool,
    label: Option<&'r str>,
    depth: usize,
}

#[derive(Serialize)]
#[serde(untagged)]
enum PutPiece<'r> {
    Kept { kept: &'r str },
    Changed { removed: &'r str, added: &'r str, change: usize },
}

/// The redline as one JSON object, with a line's end.
pub fn write(authority: &Authority, redline: &Redline) -> String {
    let text = |it: &'_ Edition| -> (String, String, String) {
        (it.slug.to_string(), it.title.clone(), edition_name(it))
    };
    let (before, after) = (text(redline.before), text(redline.after));
    fn shown(it: &(String, String, String)) -> Text<'_> {
        Text { edition: &it.0, title: &it.1, name: it.2.clone() }
    }
    let file = File {
        authority: authority.slug.as_str(),
        before: shown(&before),
        after: shown(&after),
        numbers_compared: matches!(redline.numbers, Numbers::Compared),
        order_compared: redline.order_known,
        totals: Kind::ALL.map(|it| Total { kind: kind_of_change(it), count: redline.count(it) }).into(),
        changes: changes(redline),
        passages: redline.passages.iter().map(put).collect(),
    };
    let mut json = serde_json::to_string_pretty(&file).expect("it holds text and numbers alone");
    json.push('\n');
    json
}

/// The changes of a redline in their order.
pub fn changes<'r>(redline: &'r Redline) -> Vec<Changed<'r>> {
    let changes = redline.changes.iter().map(|change| {
        let passage = &redline.passages[change.passage];
        let (clauses_before, clauses_after) = clauses(passage);
        let (before, after) = match &change.what {
            What::Words { before, after } => (Some(before.as_str()), Some(after.as_str())),
            _ => (None, None),
        };
        Changed {
            number: change.number,
            kind: kind_of_change(change.kind),
            what: what(&change.what),
            name: passage_name(passage),
            clauses_before,
            clauses_after,
            number_before: passage.number.before,
            number_after: passage.number.after,
            before,
            after,
        }
    });
    changes.collect()
}

fn what(what: &What) -> &'static str {
    match what {
        What::Added => "added",
        What::Removed => "removed",
        What::Split => "split",
        What::Merged => "merged",
        What::Moved => "moved",
        What::Numbered => "numbered",
        What::Set => "set in other paragraphs",
        What::Words { .. } => "words",
    }
}

fn clauses<'r>(passage: &'r Passage) -> (Vec<&'r str>, Vec<&'r str>) {
    match &passage.of {
        Of::Clauses { before, after } => {
            let ids = |it: &[Where<'r>]| it.iter().map(|it| it.clause.id.as_str()).collect();
            (ids(before), ids(after))
        }
        Of::Section { .. } | Of::SubHeading => (Vec::new(), Vec::new()),
    }
}

fn put<'r>(passage: &'r Passage) -> Put<'r> {
    let (clauses_before, clauses_after) = clauses(passage);
    fn begins(start: &Option<Start>) -> Option<Begins<'_>> {
        let it = start.as_ref()?;
        Some(Begins { clause: it.clause, item: it.item, label: it.label.as_deref(), depth: it.depth })
    }
    let piece = |it: &'r Piece| match it {
        Piece::Kept(kept) => PutPiece::Kept { kept },
        Piece::Changed(place) => {
            PutPiece::Changed { removed: &place.removed, added: &place.added, change: place.change }
        }
    };
    Put {
        of: match passage.of {
            Of::Section { .. } => "section",
            Of::SubHeading => "sub-heading",
            Of::Clauses { .. } => "clauses",
        },
        fate: match passage.fate {
            Fate::Kept => "kept",
            Fate::Added => "added",
            Fate::Removed => "removed",
            Fate::Split => "split",
            Fate::Merged => "merged",
            Fate::SplitAndMerged => "split and merged",
        },
        moved: passage.moved,
        clauses_before,
        clauses_after,
        number_before: passage.number.before,
        number_after: passage.number.after,
        lines: passage
            .lines
            .iter()
            .map(|it| PutLine {
                before: begins(&it.before),
                after: begins(&it.after),
                pieces: it.pieces.iter().map(piece).collect(),
            })
            .collect(),
    }
}
