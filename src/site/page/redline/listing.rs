//! The changes of a redline as values for templates: totals, and a list in a line each.

use super::marks::Marks;
use super::passages::Shown;
use crate::diff;
use crate::handbook::{ClauseId, Edition, SectionKind};
use crate::site::address::{Link, anchor};
use crate::site::page::name;
use crate::site::theme::{Value, html, list, map};
use crate::view::history::{Place as Where, places};
use crate::view::redline::{Change, Kind, Line, Number, Numbers, Of, Passage, Piece, Place, Redline, What};

impl<'h> Shown<'_, 'h> {
    /// How many changes there are, in all and of each kind.
    pub fn totals(&self) -> Value {
        let kinds = Kind::ALL.map(|it| {
            map([("name", name::capital(kind_name(it)).into()), ("count", self.redline.count(it).into())])
        });
        map([("all", self.redline.changes.len().into()), ("kinds", list(kinds))])
    }

    /// What is not compared, in a sentence each; empty where all is.
    pub fn limits(&self) -> Value {
        let Redline { before, numbers, order_known, .. } = self.redline;
        let which = |it: &Edition| if it.slug == before.slug { "earlier" } else { "later" };
        let numbers = match numbers {
            Numbers::Compared => None,
            Numbers::NotKnown(it) => Some(format!(
                "Numbers are not compared: those of the {} text are not known. Those shown are the other text’s.",
                which(it)
            )),
            Numbers::NotPrinted(it) => {
                Some(format!("Numbers are not compared: the {} text prints none.", which(it)))
            }
        };
        let order = "Order is not compared: that of a reconstructed text is not known for certain.";
        list(numbers.into_iter().chain((!order_known).then(|| order.to_owned())).map(Value::from))
    }

    /// All changes in their order.
    pub fn changes(&self) -> Value {
        list(self.redline.changes.iter().map(|it| self.change(it)))
    }

    /// The changes of one kind.
    pub fn changes_of(&self, kind: Kind) -> Value {
        list(self.redline.changes.iter().filter(|it| it.kind == kind).map(|it| self.change(it)))
    }

    /// The changes under the kinds that there are any of.
    pub fn changes_by_kind(&self) -> Value {
        let kinds = Kind::ALL.into_iter().filter(|it| self.redline.count(*it) > 0);
        list(
            kinds.map(|it| {
                map([("name", name::capital(kind_name(it)).into()), ("changes", self.changes_of(it))])
            }),
        )
    }

    /// A passage with our notes on it, by its place.
    pub fn noted(&self, at: usize) -> Value {
        let passage = &self.redline.passages[at];
        let link = Link::from(self.page.clone()).at(self.anchor(at));
        map([
            ("name", passage_name(passage).into()),
            ("href", (self.href)(link).into()),
            ("notes", self.notes(passage)),
        ])
    }

    fn change(&self, change: &Change) -> Value {
        let passage = &self.redline.passages[change.passage];
        let link = match &change.what {
            What::Words { .. } => anchor::change(change.number),
            _ => self.anchor(change.passage),
        };
        let words = match &change.what {
            What::Words { before, after } => html(&excerpt(passage, change.number, before, after)),
            _ => Value::none(),
        };
        map([
            ("number", change.number.into()),
            ("href", (self.href)(Link::from(self.page.clone()).at(link)).into()),
            ("anchor", anchor::listed_change(change.number).into()),
            ("name", passage_name(passage).into()),
            ("kind", kind_name(change.kind).into()),
            ("said", said(self.redline, change).into()),
            ("why", why(self.redline, change).into()),
            ("words", words),
        ])
    }
}

/// What was done, where it was not done to some words.
pub fn said<'h>(redline: &Redline<'h>, change: &Change) -> Option<String> {
    let names = |it: &[Where]| {
        let names: Vec<String> = it.iter().map(name::clause).collect();
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => names.join(""),
        }
    };
    let passage = &redline.passages[change.passage];
    let (before, after) = match &passage.of {
        Of::Clauses { before, after } => (before.as_slice(), after.as_slice()),
        Of::Section { .. } | Of::SubHeading => (&[][..], &[][..]),
    };
    // A clause is named where the passage is called otherwise; others in the order of the passage.
    let each = |of: &[Where], verb: &str, side: &[Where], others: &dyn Fn(&ClauseId) -> Vec<Where<'h>>| {
        let place = |it: &Where| side.iter().position(|other| other.clause.id == it.clause.id);
        let all = of.iter().map(|it| (name::clause(it), others(&it.clause.id)));
        let all = all.filter(|(_, others)| others.len() > 1).map(|(name, mut others)| {
            others.sort_by_key(|it| place(it).unwrap_or(side.len()));
            let subject = if name == passage_name(passage) { String::new() } else { format!("{name} ") };
            format!("{subject}{verb} {}", names(&others))
        });
        all.collect::<Vec<_>>().join("; ")
    };
    Some(match change.what {
        What::Words { .. } => return None,
        What::Added => "added".to_owned(),
        What::Removed => "removed".to_owned(),
        What::Split => each(before, "split into", after, &|it| redline.became(it)),
        What::Merged => each(after, "merged from", before, &|it| redline.came_from(it)),
        What::Moved => {
            let places = [stood(redline.before, before), stood(redline.after, after)];
            format!("moved: {} before, {} now", places[0], places[1])
        }
        What::Numbered => numbered(passage),
        What::Set => "set in other paragraphs or lists".to_owned(),
    })
}

/// Why a clause was taken out, as recorded; `None` for any other change, and where nothing is.
fn why(redline: &Redline, change: &Change) -> Option<String> {
    let Of::Clauses { before, .. } = &redline.passages[change.passage].of else { return None };
    let removed = before.iter().filter(|_| change.what == What::Removed);
    let reasons: Vec<&str> =
        removed.filter_map(|it| redline.after.withdrawn.get(&it.clause.id)).map(String::as_str).collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// Where clauses stand in their text: `after Clause 1.1`; `at the beginning` where nothing but the
/// lines of its title goes before.
pub fn stood(edition: &Edition, clauses: &[Where]) -> String {
    let is_one = |it: &Where| clauses.iter().any(|clause| clause.clause.id == it.clause.id);
    let before = places(&edition.sections).take_while(|it| !is_one(it));
    let is_told = |it: &Where| !it.clause.is_footnote() && it.section.kind != SectionKind::Front;
    let before = before.filter(is_told).last();
    before.map_or_else(|| "at the beginning".to_owned(), |it| format!("after {}", name::clause(&it)))
}

/// What a passage is called: a clause by its number in the later text, where it has one there.
pub fn passage_name(passage: &Passage) -> String {
    let words = || {
        let later = passage.lines.iter().flat_map(|it| &it.pieces).map(|it| it.after());
        let later: String = later.collect();
        match later.trim().is_empty() {
            false => later,
            true => passage.lines.iter().flat_map(|it| &it.pieces).map(|it| it.before()).collect(),
        }
    };
    match &passage.of {
        Of::Section { .. } => match (passage.number.after.or(passage.number.before), words()) {
            (Some(number), words) if words.trim().is_empty() => format!("Section {number}"),
            (_, words) => format!("Heading “{}”", words.trim()),
        },
        Of::SubHeading => format!("Sub-heading “{}”", words().trim()),
        Of::Clauses { before, after } => {
            after.first().or(before.first()).map(name::clause).unwrap_or_default()
        }
    }
}

fn numbered(passage: &Passage) -> String {
    let Number { before, after, changed } = passage.number;
    let both = passage.lines.iter().filter_map(|it| it.before.as_ref().zip(it.after.as_ref()));
    let labels = both.filter(|(a, b)| a.label != b.label).count();
    let mut said = Vec::new();
    if changed {
        let or_none = |it: Option<&str>| it.map_or_else(|| "no number".to_owned(), |it| format!("“{it}”"));
        said.push(format!("{} became {}", or_none(before), or_none(after)));
    }
    if labels > 0 {
        said.push(format!("{} changed", name::count(labels, "label", "labels")));
    }
    said.join("; ")
}

/// A kind of change in a word or two.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Wording => "wording",
        Kind::Print => "punctuation and capitals",
        Kind::Numbering => "numbering",
        Kind::Layout => "layout",
    }
}

/// Enough of the words to tell one change from another.
fn short(words: &str) -> String {
    const WORDS: usize = 24;
    let all: Vec<&str> = words.split_whitespace().collect();
    match all.len() > WORDS {
        true => format!("{} …", all[..WORDS].join(" ")),
        false => all.join(" "),
    }
}

/// What was removed and added at one place, with a few of the words that are kept on either side.
fn excerpt(passage: &Passage, number: usize, before: &str, after: &str) -> String {
    const AROUND: usize = 4;
    let (lead, tail) = passage.around(number);
    let words: Vec<(usize, &str)> = diff::tokens(lead).collect();
    let mut pieces = Vec::new();
    if let Some((at, _)) = words.len().checked_sub(AROUND).map_or(words.first(), |it| words.get(it)) {
        let cut = if *at > 0 && words.len() > AROUND { "… " } else { "" };
        pieces.push(Piece::Kept(format!("{cut}{}", &lead[*at..])));
    }
    let space = |it: bool| if it { " " } else { "" };
    let places = || {
        passage.lines.iter().flat_map(|it| &it.pieces).filter_map(|it| match it {
            Piece::Changed(place) if place.change == number => Some(place),
            _ => None,
        })
    };
    let opens = places()
        .next()
        .is_some_and(|it| [&it.removed, &it.added].iter().any(|it| it.starts_with(char::is_whitespace)));
    let closes = places()
        .next_back()
        .is_some_and(|it| [&it.removed, &it.added].iter().any(|it| it.ends_with(char::is_whitespace)));
    let shown = |it: &str| match it.is_empty() {
        true => String::new(),
        false => format!("{}{}{}", space(opens), short(it), space(closes)),
    };
    pieces.push(Piece::Changed(Place { removed: shown(before), added: shown(after), change: 0 }));
    let words: Vec<(usize, &str)> = diff::tokens(tail).collect();
    if let Some((at, last)) = words.get(AROUND - 1).or(words.last()) {
        let cut = if words.len() > AROUND { " …" } else { "" };
        pieces.push(Piece::Kept(format!("{}{cut}", &tail[..at + last.len()])));
    }
    Marks::default().inline(&[Line { before: None, after: None, pieces }])
}
