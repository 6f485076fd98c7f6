//! What an authority's text addresses, topic by topic, and the kind of each silence.

use std::collections::BTreeSet;

use crate::handbook::{Authority, ClauseId, Topic};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::{document, name, report};
use crate::site::press::Press;
use crate::site::theme::{Value, list, map};
use crate::view::comparison::{self, Cell, Document, Passage};
use crate::view::history::place;

/// The groups of topics, in the editors' order, with the topics of which anything can be said.
pub fn groups(press: &Press, here: &Address, authority: &Authority) -> Value {
    let topics = &press.handbook.topics;
    let groups = topics.groups.iter().map(|group| {
        let topics = topics.topics.iter().filter(|it| it.group == group.slug);
        let topics: Vec<Value> = topics.filter_map(|it| topic(press, here, authority, it)).collect();
        (group, topics)
    });
    list(
        groups
            .filter(|(_, topics)| !topics.is_empty())
            .map(|(group, topics)| map([("name", group.name.as_str().into()), ("topics", list(topics))])),
    )
}

fn topic(press: &Press, here: &Address, authority: &Authority, topic: &Topic) -> Option<Value> {
    // The questions one by one, since a silence is declared for a question as often as for a
    // whole topic.
    let cells: Vec<(Option<&str>, Link, Cell)> = match topic.aspects.is_empty() {
        true => {
            vec![(
                None,
                Address::topic(&topic.slug).into(),
                press.bearings.cell(authority, &topic.slug, None),
            )]
        }
        false => topic
            .aspects
            .iter()
            .map(|it| {
                let link = Link::from(Address::topic(&topic.slug)).at(anchor::aspect(&it.slug));
                let cell = press.bearings.cell(authority, &topic.slug, Some(&it.slug));
                (Some(it.question.as_str()), link, cell)
            })
            .collect(),
    };
    let whole = press.bearings.cell(authority, &topic.slug, None);
    let clauses: BTreeSet<&ClauseId> = comparison::ids(whole.addressed()).collect();
    let described = match &whole {
        Cell::NotHeld { described, .. } => described.as_slice(),
        _ => &[],
    };
    let all_silent = clauses.is_empty();
    // Said of the topic as a whole, the same need not be said again of each question; of one it may
    // be said otherwise.
    let of_questions = authority.coverage.iter().any(|it| it.topic == topic.slug && it.aspect.is_some());
    let declared_whole = all_silent && matches!(whole, Cell::Silent { .. }) && !of_questions;
    let silences: Vec<Value> = match declared_whole {
        true => silence(press, here, None, &Address::topic(&topic.slug).into(), &whole).into_iter().collect(),
        false => cells
            .iter()
            .filter_map(|(question, link, cell)| silence(press, here, *question, link, cell))
            .collect(),
    };
    if all_silent && silences.is_empty() && described.is_empty() {
        return None;
    }
    Some(map([
        ("name", topic.name.as_str().into()),
        ("href", press.href(here, Address::topic(&topic.slug)).into()),
        ("addressed", (!all_silent).into()),
        ("clauses", name::count(clauses.len(), "clause", "clauses").into()),
        ("silences", list(silences)),
        ("described", in_reports(press, here, authority, described)),
    ]))
}

/// A silence in words; `None` where the text speaks, or is not held.
fn silence(press: &Press, here: &Address, question: Option<&str>, link: &Link, cell: &Cell) -> Option<Value> {
    let (state, reason, reviewed) = match cell {
        Cell::Silent { silence, reason, reviewed } => {
            (name::silence(*silence), Some(*reason), Some(reviewed.in_words()))
        }
        Cell::NotReviewed => ("Not yet reviewed", None, None),
        Cell::Addressed(_) | Cell::NotHeld { .. } => return None,
    };
    Some(map([
        ("question", question.into()),
        ("href", press.href(here, link.clone()).into()),
        ("state", state.into()),
        ("reason", document::note(reason)),
        ("reviewed", reviewed.into()),
    ]))
}

/// Where each report describes what the text, which is not held, says.
fn in_reports(press: &Press, here: &Address, authority: &Authority, described: &[Passage]) -> Value {
    let reports = authority.reports.values().map(|report| {
        let paragraphs = described.iter().filter_map(|it| match it.document {
            Document::Report(of) if of.slug == report.slug => {
                let place = place(&report.sections, &it.clause.id)?;
                let address = Address::report(&authority.slug, &report.slug);
                let link = Link::from(address).at(anchor::clause(&it.clause.id));
                Some(map([("name", name::paragraph(&place).into()), ("href", press.href(here, link).into())]))
            }
            _ => None,
        });
        (report, paragraphs.collect::<Vec<_>>())
    });
    list(reports.filter(|(_, paragraphs)| !paragraphs.is_empty()).map(|(report, paragraphs)| {
        map([("name", report::name(report).into()), ("paragraphs", list(paragraphs))])
    }))
}
