//! A redline as values for templates: the text of both, passage by passage.

use std::collections::BTreeSet;

use super::listing::{kind_name, passage_name, said};
use super::marks::{self, Marks};
use crate::handbook::{Authority, ClauseId, Section};
use crate::site::address::{Address, Link, anchor};
use crate::site::page::{document, name};
use crate::site::theme::{Value, html, list, map};
use crate::view::history::{self, Place as Where};
use crate::view::redline::{Change, Numbers, Of, Part, Passage, Redline, What};

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
        let kind = match &passage.of {
            Of::Section { .. } => "section",
            Of::SubHeading => "sub-heading",
            Of::Clauses { .. } => "clause",
        };
        let is_clause = matches!(passage.of, Of::Clauses { .. });
        let changes = self.redline.changes_of(at);
        let with_sides = is_clause && changes.iter().any(|it| it.what != What::Moved);
        let number = self.number(match &passage.of {
            Of::Section { before, after } => {
                [before.map(|it| it.number.as_deref()), after.map(|it| it.number.as_deref())]
            }
            Of::SubHeading | Of::Clauses { .. } => [None, None],
        });
        let parts = passage.parts();
        let mut anchors = Anchors { known: passage.anchored().into_iter().collect() };
        let several = parts.len() > 1;
        let (heading, parts) = match is_clause {
            false => (html(&marks.inline(&passage.lines)), Value::none()),
            true => {
                let parts: Vec<Value> = parts.iter().map(|it| self.part(it, &mut anchors, marks)).collect();
                (Value::none(), list(parts))
            }
        };
        map([
            ("kind", kind.into()),
            ("level", if kind == "section" || !headed { "3" } else { "4" }.into()),
            ("anchor", self.anchor(at).into()),
            ("others", anchors.others(passage)),
            ("several", several.into()),
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

    /// The printed numbers of what begins in each text, as HTML; `None` for a text in which nothing
    /// begins. Where numbers are not compared, one that is new is not shown as an addition.
    fn number(&self, [before, after]: [Option<Option<&str>>; 2]) -> Option<String> {
        let changed = match (before, after) {
            (Some(before), Some(after)) => self.redline.numbers_differ(before, after),
            _ => matches!(self.redline.numbers, Numbers::Compared),
        };
        marks::number(before.flatten(), after.flatten(), changed)
    }

    /// Words with their marks, under the numbers of the clauses that begin with them.
    fn part(&self, part: &Part<'_, 'h>, anchors: &mut Anchors<'h>, marks: &mut Marks) -> Value {
        let Part { before, after, lines } = part;
        let number = self.number([before, after].map(|it| it.map(|it| it.clause.number.as_deref())));
        let place = after.or(*before);
        let page = place
            .filter(|it| history::is_citable(it.section))
            .and_then(|it| (self.href)(Address::clause(&self.authority.slug, &it.clause.id).into()));
        let anchor = [after, before].into_iter().flatten().find_map(|it| anchors.add(&it.clause.id));
        map([
            ("anchor", anchor.into()),
            ("number", number.map_or_else(Value::none, |it| html(&it))),
            ("name", place.map(|it| name::clause(&it)).into()),
            ("href", page.into()),
            ("words", html(&marks.lines(lines))),
        ])
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
}

/// Which clauses of a passage have an anchor.
struct Anchors<'h> {
    known: BTreeSet<&'h ClauseId>,
}

impl<'h> Anchors<'h> {
    /// The anchor of a clause that had none.
    fn add(&mut self, id: &'h ClauseId) -> Option<String> {
        self.known.insert(id).then(|| anchor::clause(id))
    }

    /// Anchors of all clauses that have none of their own.
    fn others(&mut self, passage: &Passage<'h>) -> Value {
        let Of::Clauses { before, after } = &passage.of else { return list([]) };
        let all: Vec<String> = before.iter().chain(after).filter_map(|it| self.add(&it.clause.id)).collect();
        list(all.into_iter().map(Value::from))
    }
}

/// The words of clauses in both texts, apart; of several each under its number.
fn sides(passage: &Passage) -> Value {
    let Of::Clauses { before, after } = &passage.of else { return Value::none() };
    let several = before.len() > 1 || after.len() > 1;
    let text = |places: &[Where], later: bool| {
        let numbers = places.iter().filter(|_| several).map(|it| it.clause.number.as_deref());
        let text = marks::side(&passage.lines, later, &numbers.collect::<Vec<_>>());
        if text.is_empty() { Value::none() } else { html(&text) }
    };
    map([("before", text(before, false)), ("after", text(after, true))])
}
