//! A redline as values for templates: the text of both, passage by passage.

use super::listing::{kind_name, passage_name, said};
use super::marks::{self, Marks};
use crate::handbook::{Authority, Clause, Section};
use crate::site::address::{Address, Link, anchor};
use crate::site::page::{document, name};
use crate::site::theme::{Value, html, list, map};
use crate::view::history::{self, Place as Where};
use crate::view::redline::{Change, Fate, Line, Number, Numbers, Of, Passage, Redline, What};

/// The way to a place of the site; `None` where there is no site.
pub type Href<'a> = &'a dyn Fn(Link) -> Option<String>;

/// A redline, and how it is shown.
pub struct Shown<'a, 'h> {
    pub redline: &'a Redline<'h>,
    pub authority: &'h Authority,
    /// The page on which its text stands.
    pub page: &'a Address,
    pub href: Href<'a>,
}

impl<'h> Shown<'_, 'h> {
    /// The text of both, passage by passage.
    pub fn passages(&self) -> Value {
        let mut marks = Marks::default();
        let mut headed = false;
        list(self.redline.passages.iter().enumerate().map(|(at, it)| {
            headed |= matches!(it.of, Of::Section { .. });
            self.passage(at, it, &mut marks, headed)
        }))
    }

    fn passage(&self, at: usize, passage: &Passage<'h>, marks: &mut Marks, headed: bool) -> Value {
        let Number { before, after, changed } = passage.number;
        let number = match passage.fate {
            Fate::Added if self.numbered() => marks::number(None, after, after.is_some()),
            Fate::Removed if self.numbered() => marks::number(before, None, before.is_some()),
            _ => marks::number(before, after, changed),
        };
        let kind = match &passage.of {
            Of::Section { .. } => "section",
            Of::SubHeading => "sub-heading",
            Of::Clauses { .. } => "clause",
        };
        let is_clause = matches!(passage.of, Of::Clauses { .. });
        let changes = self.redline.changes_of(at);
        let with_sides = is_clause && changes.iter().any(|it| it.what != What::Moved);
        let (heading, parts) = match is_clause {
            false => (html(&marks.inline(&passage.lines)), Value::none()),
            true => (Value::none(), self.parts(passage, number.clone(), marks)),
        };
        map([
            ("kind", kind.into()),
            ("level", if kind == "section" || !headed { "3" } else { "4" }.into()),
            ("anchor", self.anchor(at).into()),
            ("others", self.others(passage)),
            ("name", passage_name(passage).into()),
            ("changed", (!changes.is_empty()).into()),
            ("number", number.map_or_else(Value::none, |it| html(&it))),
            ("heading", heading),
            ("parts", parts),
            ("sides", if with_sides { sides(passage) } else { Value::none() }),
            ("notes", self.notes(passage)),
            ("steps", self.steps(changes)),
        ])
    }

    /// Whether numbers are compared, so that one that is new is shown as an addition.
    fn numbered(&self) -> bool {
        matches!(self.redline.numbers, Numbers::Compared)
    }

    /// The words of a clause with their marks, each clause it was split into or merged from under
    /// its own number.
    fn parts(&self, passage: &Passage<'h>, number: Option<String>, marks: &mut Marks) -> Value {
        let Of::Clauses { before, after } = &passage.of else { return Value::none() };
        let by_before = matches!(passage.fate, Fate::Merged | Fate::Removed);
        let places = if by_before { before } else { after };
        let own = passage.anchored();
        let mut rest = passage.lines.as_slice();
        list(places.iter().enumerate().map(|(index, place)| {
            // A part goes on to where the next one begins.
            let begins = |it: &Line| {
                let start = if by_before { &it.before } else { &it.after };
                start.as_ref().is_some_and(|it| it.clause == index + 1)
            };
            let end = rest.iter().position(begins).unwrap_or(rest.len());
            let (lines, others) = rest.split_at(end);
            rest = others;
            let own_number = match index {
                0 => number.clone(),
                _ if by_before => marks::number(place.clause.number.as_deref(), None, true),
                _ => marks::number(None, place.clause.number.as_deref(), true),
            };
            let page = |it: &Clause| {
                let address = Address::clause(&self.authority.slug, &it.id);
                history::is_citable(place.section).then(|| (self.href)(address.into())).flatten()
            };
            // The passage as a whole has the anchor of its first clause.
            let id = &place.clause.id;
            let anchor = (index > 0 && Some(id) != own).then(|| anchor::clause(id));
            map([
                ("anchor", anchor.into()),
                ("number", own_number.map_or_else(Value::none, |it| html(&it))),
                ("name", name::clause(place).into()),
                ("href", page(place.clause).into()),
                ("words", html(&marks.lines(lines))),
            ])
        }))
    }

    /// Our notes on both texts of a clause or section; one that is the same on both once.
    pub fn notes(&self, passage: &Passage<'h>) -> Value {
        let (before, after): (Vec<&str>, Vec<&str>) = match &passage.of {
            Of::Section { before, after } => {
                let note = |it: &Option<&'h Section>| {
                    it.and_then(|it| it.source_note.as_deref()).into_iter().collect()
                };
                (note(before), note(after))
            }
            Of::SubHeading => return list([]),
            Of::Clauses { before, after } => {
                let notes = |it: &[Where<'h>]| {
                    it.iter().filter_map(|it| it.clause.source_note.as_deref()).collect::<Vec<_>>()
                };
                (notes(before), notes(after))
            }
        };
        let note = |whose: &str, it: &str| map([("whose", whose.into()), ("text", document::note(Some(it)))]);
        let earlier = before.iter().filter(|it| !after.contains(it)).map(|it| note("the earlier text", it));
        let later = after.iter().map(|it| match before.contains(it) {
            true => note("both texts", it),
            false => note("the later text", it),
        });
        list(earlier.chain(later).collect::<Vec<_>>())
    }

    /// Which changes stand here, and the way to those before and after.
    fn steps(&self, changes: &[Change]) -> Value {
        let (Some(first), Some(last)) = (changes.first(), changes.last()) else { return Value::none() };
        let way = |number: Option<usize>| {
            let change = number.and_then(|it| self.redline.changes.get(it.checked_sub(1)?));
            change.map_or_else(Value::none, |it| {
                let anchor = match it.what {
                    What::Words { .. } => anchor::change(it.number),
                    _ => self.anchor(it.passage),
                };
                map([("number", it.number.into()), ("href", format!("#{anchor}").into())])
            })
        };
        let said: Vec<String> = changes.iter().filter_map(|it| said(self.redline, it)).collect();
        let mut kinds: Vec<&str> = Vec::new();
        for it in changes {
            if !kinds.contains(&kind_name(it.kind)) {
                kinds.push(kind_name(it.kind));
            }
        }
        map([
            ("first", first.number.into()),
            ("last", last.number.into()),
            ("all", self.redline.changes.len().into()),
            ("kinds", kinds.join(", ").into()),
            ("said", said.join("; ").into()),
            ("listed", format!("#{}", anchor::listed_change(first.number)).into()),
            ("previous", way(first.number.checked_sub(1))),
            ("next", way(Some(last.number + 1))),
        ])
    }

    /// The anchor of a passage on the page of the redline.
    pub fn anchor(&self, at: usize) -> String {
        match &self.redline.passages[at].of {
            Of::Section { before, after } => match after.or(*before) {
                Some(section) => anchor::section(&section.slug),
                None => anchor::passage(at),
            },
            Of::SubHeading => anchor::passage(at),
            Of::Clauses { .. } => match self.redline.passages[at].anchored() {
                Some(id) => anchor::clause(id),
                None => anchor::passage(at),
            },
        }
    }

    /// Anchors of clauses that have none of their own: those with another id in the later text.
    fn others(&self, passage: &Passage) -> Value {
        let Of::Clauses { before, after } = &passage.of else { return list([]) };
        let parts = if matches!(passage.fate, Fate::Merged | Fate::Removed) { before } else { after };
        let mut known: Vec<_> = parts.iter().skip(1).map(|it| &it.clause.id).collect();
        known.extend(passage.anchored());
        let mut others = Vec::new();
        for place in before.iter().chain(after) {
            if !known.contains(&&place.clause.id) {
                known.push(&place.clause.id);
                others.push(anchor::clause(&place.clause.id).into());
            }
        }
        list(others)
    }
}

/// The words of a clause in both texts, apart.
fn sides(passage: &Passage) -> Value {
    let text = |later: bool| {
        let text = marks::side(&passage.lines, later);
        if text.is_empty() { Value::none() } else { html(&text) }
    };
    map([("before", text(false)), ("after", text(true))])
}
