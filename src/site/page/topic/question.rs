//! One question of a topic, where authorities are too many for the page of the topic.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{cell, tally};
use crate::handbook::{Aspect, Authority, Topic};
use crate::site::metadata::About;
use crate::site::page::spread::{Spread, ranges, ways};
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Letters, Plan};
use crate::view::comparison::{self, Comparison};
use crate::view::coverage::State;

/// Plans the pages of a topic's questions, and of their ranges of letters; none where all
/// stands on the page of the topic.
pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>, topic: &'a Topic) {
    if Spread::of(press.handbook) == Spread::OnePage {
        return;
    }
    let aspects: Vec<Option<&Aspect>> = match topic.aspects.is_empty() {
        true => vec![None],
        false => topic.aspects.iter().map(Some).collect(),
    };
    for aspect in aspects {
        let slug = aspect.map(|it| &it.slug);
        let address = Address::question(&topic.slug, slug);
        press.add(plan, address, "question.html", move |press, here| all(press, here, topic, aspect));
        for letters in ranges(press.handbook).into_keys() {
            let address = Address::answers(&topic.slug, slug, letters);
            press.add(plan, address, "question.html", move |press, here| {
                some(press, here, topic, aspect, letters)
            });
        }
    }
}

/// The page of the question: the names of all authorities by what they have.
fn all(press: &Press, here: &Address, topic: &Topic, aspect: Option<&Aspect>) -> (Head, Values) {
    let comparison = press.bearings.compare(topic);
    let (head, mut values) = frame(press, here, topic, aspect, None, &comparison);
    values.set("answers", list([])).set("index", index(press, here, aspect, &comparison));
    (head, values)
}

/// The answers of the authorities of some letters.
fn some(
    press: &Press,
    here: &Address,
    topic: &Topic,
    aspect: Option<&Aspect>,
    letters: Letters,
) -> (Head, Values) {
    let authorities = ranges(press.handbook).remove(&letters).unwrap_or_default();
    let comparison = press.bearings.among(topic, authorities.into_iter());
    let (head, mut values) = frame(press, here, topic, aspect, Some(letters), &comparison);
    values.set("answers", answers(press, here, aspect, &comparison)).set("index", list([]));
    (head, values)
}

/// What both kinds of page have: the question, its counts and the ways on.
fn frame(
    press: &Press,
    here: &Address,
    topic: &Topic,
    aspect: Option<&Aspect>,
    letters: Option<Letters>,
    comparison: &Comparison,
) -> (Head, Values) {
    let all = format!("{}: all answers", topic.name);
    let question = aspect.map_or(all.as_str(), |it| it.question.as_str());
    let slug = aspect.map(|it| &it.slug);
    let title = match (letters, aspect) {
        (Some(letters), Some(_)) => format!("{question} Authorities {}", letters.in_words()),
        (Some(letters), None) => format!("{question}, authorities {}", letters.in_words()),
        (None, _) => question.to_owned(),
    };
    let description = match aspect {
        Some(_) => format!("{}: {question} Council beside council.", topic.name),
        None => format!("{question}, council beside council."),
    };
    let mut head = Head::new(title, description)
        .below("Topics", Address::topics())
        .below(topic.name.as_str(), Address::topic(&topic.slug));
    head.about = About::Topic(topic.slug.clone());
    if letters.is_some() {
        head = head.below(question, Address::question(&topic.slug, slug));
    }
    let ranges = ways(press, here, letters, |it| Address::answers(&topic.slug, slug, it));
    let cells = cells(aspect, comparison);
    let questions = topic.aspects.iter().map(|it| {
        map([
            ("words", it.question.as_str().into()),
            ("here", (Some(it.slug.as_str()) == slug.map(|it| it.as_str()) && letters.is_none()).into()),
            ("href", press.href(here, Address::question(&topic.slug, Some(&it.slug))).into()),
        ])
    });
    let mut values = Values::default();
    values
        .set("question", question)
        .set("letters", letters.map(Letters::in_words))
        .set(
            "topic",
            map([
                ("name", topic.name.as_str().into()),
                ("href", press.href(here, Address::topic(&topic.slug)).into()),
            ]),
        )
        .set("counts", tally(cells.iter().map(|(_, it)| State::of(it))))
        .set("not_held", super::not_held(&super::authorities(comparison)))
        .set("ranges", ranges)
        .set("questions", list(questions));
    (head, values)
}

/// The row of the question.
fn cells<'c, 'h>(
    aspect: Option<&Aspect>,
    comparison: &'c Comparison<'h>,
) -> &'c [(&'h Authority, comparison::Cell<'h>)] {
    let slug = aspect.map(|it| &it.slug);
    let row = comparison.rows.iter().find(|it| it.aspect.map(|it| &it.slug) == slug);
    row.map_or(&[], |it| &it.cells)
}

fn answers(press: &Press, here: &Address, aspect: Option<&Aspect>, comparison: &Comparison) -> Value {
    let cells = cells(aspect, comparison);
    list(cells.iter().map(|(authority, it)| cell::cell(press, here, aspect, authority, it)))
}

/// The names of all authorities, by what they have, in the order of the legend.
fn index(press: &Press, here: &Address, aspect: Option<&Aspect>, comparison: &Comparison) -> Value {
    let mut by_state: BTreeMap<State, Vec<Value>> = BTreeMap::new();
    for (authority, cell) in cells(aspect, comparison) {
        let slug = aspect.map(|it| &it.slug);
        let link = super::answer(press.handbook, &comparison.topic.slug, slug, &authority.slug);
        by_state.entry(State::of(cell)).or_default().push(map([
            ("name", authority.short_name.as_str().into()),
            ("href", press.href(here, link).into()),
        ]));
    }
    list(State::ALL.iter().filter_map(|state| {
        let authorities = by_state.remove(state)?;
        Some(map([
            ("state", super::state_value(*state)),
            ("count", authorities.len().into()),
            ("authorities", list(authorities)),
        ]))
    }))
}
