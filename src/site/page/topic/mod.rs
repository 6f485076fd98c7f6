//! A topic: what each authority says to each of its questions, side by side.
//!
//! How much stands on one page goes by the number of authorities, so that no page grows
//! without bound:
//!
//! 1. Up to [`MOST_ON_A_PAGE`](super::spread::MOST_ON_A_PAGE) stand on the page of the topic, all of them: side by side, or one
//!    below another where they are more than [`MOST_COLUMNS`], since narrower columns cannot be
//!    read. There the reader may choose which stand side by side, beginning with the featured.
//! 2. Beyond that the page of the topic has the featured authorities and counts the others. A
//!    page a question names all authorities by what they have, and their words are on a page
//!    for each range of [`Letters`].

mod cell;
mod question;

use std::sync::Arc;

use super::document;
use super::spread::Spread;
use crate::handbook::{AspectSlug, Authority, AuthoritySlug, Handbook, Topic, TopicSlug};
use crate::site::address::{Link, anchor};
use crate::site::metadata::About;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Letters, Plan};
use crate::view::comparison::{Comparison, Row};
use crate::view::coverage::{self, State};

pub use cell::standing;
use cell::state_value;

/// As many authorities as are readable side by side.
pub const MOST_COLUMNS: usize = 6;

/// Where the answers of all authorities to a question begin; `aspect` is `None` for a topic
/// that does not divide.
pub fn all_answers(handbook: &Handbook, topic: &TopicSlug, aspect: Option<&AspectSlug>) -> Link {
    match (Spread::of(handbook), aspect) {
        (Spread::OnePage, Some(aspect)) => Link::from(Address::topic(topic)).at(anchor::aspect(aspect)),
        (Spread::OnePage, None) => Address::topic(topic).into(),
        _ => Address::question(topic, aspect).into(),
    }
}

/// Where the answer of one authority to a question stands.
pub fn answer(
    handbook: &Handbook,
    topic: &TopicSlug,
    aspect: Option<&AspectSlug>,
    authority: &AuthoritySlug,
) -> Link {
    let address = match Spread::of(handbook) {
        Spread::OnePage => Address::topic(topic),
        Spread::ByLetters => Address::answers(topic, aspect, Letters::of(authority)),
    };
    Link::from(address).at(cell::anchor_of(aspect, authority))
}

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    for topic in &press.handbook.topics.topics {
        let address = Address::topic(&topic.slug);
        press.add(plan, address, "topic.html", move |press, here| page(press, here, topic));
        question::plan(press, plan, topic);
    }
}

fn page(press: &Press, here: &Address, topic: &Topic) -> (Head, Values) {
    let head = Head {
        about: About::Topic(topic.slug.clone()),
        ..Head::new(topic.name.as_str(), topic.scope.as_str()).below("Topics", Address::topics())
    };
    let spread = Spread::of(press.handbook);
    let all = press.bearings.compare(topic);
    let featured = featured(press.handbook);
    let some = match spread {
        Spread::OnePage => None,
        Spread::ByLetters => Some(press.bearings.among(topic, featured.iter().copied())),
    };
    let shown = some.as_ref().unwrap_or(&all);
    let mut values = Values::default();
    values
        .set("topic", self::topic(press, topic))
        .set("counts", counts(&all, spread))
        .set("standings", standings(press, here, shown))
        .set("questions", questions(press, here, &all, spread))
        .set("columns", list(authorities(shown).into_iter().map(|it| cell::heading(press, here, it))))
        .set("many", authorities(shown).len() > MOST_COLUMNS)
        .set("room", MOST_COLUMNS)
        .set("featured", list(featured.iter().map(|it| it.slug.as_str().into())))
        .set("rows", list(shown.rows.iter().map(|it| row(press, here, it))))
        .set("not_held", not_held(&authorities(shown)))
        .set("divided", spread != Spread::OnePage)
        .set("neighbours", neighbours(press, here, topic));
    (head, values)
}

/// The featured authorities in the editors' order.
pub fn featured(handbook: &Handbook) -> Vec<&Authority> {
    handbook.featured.iter().filter_map(|it| handbook.authorities.get(it)).take(MOST_COLUMNS).collect()
}

fn authorities<'h>(comparison: &Comparison<'h>) -> Vec<&'h Authority> {
    comparison.rows.first().into_iter().flat_map(|it| &it.cells).map(|(it, _)| *it).collect()
}

fn topic(press: &Press, topic: &Topic) -> Value {
    let group = press.handbook.topics.groups.iter().find(|it| it.slug == topic.group);
    map([
        ("name", topic.name.as_str().into()),
        ("scope", topic.scope.as_str().into()),
        ("group", group.map(|it| it.name.as_str()).into()),
        ("note", document::note(topic.note.as_deref())),
    ])
}

/// How many authorities there are of each kind of standing, kinds that do not occur left out.
fn counts(all: &Comparison, spread: Spread) -> Value {
    // Few authorities are taken in at a glance.
    if spread == Spread::OnePage && authorities(all).len() <= MOST_COLUMNS {
        return list([]);
    }
    let standings = coverage::standings(all);
    tally(standings.iter().map(|it| it.state))
}

/// The states among `found` with their counts, in the order of the legend.
pub fn tally(found: impl Iterator<Item = State>) -> Value {
    let found: Vec<State> = found.collect();
    let count = |state: &State| found.iter().filter(|it| *it == state).count();
    let states = State::ALL.iter().map(|it| (it, count(it))).filter(|(_, count)| *count > 0);
    list(states.map(|(state, count)| map([("state", state_value(*state)), ("count", count.into())])))
}

/// What each authority has on the topic, with the way to it on its page.
fn standings(press: &Press, here: &Address, shown: &Comparison) -> Value {
    let standings = coverage::standings(shown).into_iter().zip(authorities(shown));
    list(standings.map(|(it, authority)| standing(press, here, shown.topic, authority, &it)))
}

/// The questions as a list of contents: to their rows, and to all answers where these stand
/// elsewhere.
fn questions(press: &Press, here: &Address, all: &Comparison, spread: Spread) -> Value {
    list(all.rows.iter().map(|row| {
        let aspect = row.aspect.map(|it| &it.slug);
        let states = row.cells.iter().map(|(_, it)| State::of(it));
        let divided = spread != Spread::OnePage;
        map([
            ("words", row.aspect.map(|it| it.question.as_str()).into()),
            // For the list itself, where no row bears it.
            ("anchor", aspect.map(anchor::aspect).into()),
            ("href", aspect.map(|it| format!("#{}", anchor::aspect(it))).into()),
            (
                "all",
                divided
                    .then(|| press.href(here, all_answers(press.handbook, &all.topic.slug, aspect)))
                    .into(),
            ),
            ("counts", if divided { tally(states) } else { list([]) }),
        ])
    }))
}

fn row(press: &Press, here: &Address, row: &Row) -> Value {
    let cells = row.cells.iter().map(|(authority, it)| cell::cell(press, here, row.aspect, authority, it));
    map([
        ("anchor", row.aspect.map(|it| anchor::aspect(&it.slug)).into()),
        ("question", row.aspect.map(|it| it.question.as_str()).into()),
        ("cells", list(cells)),
    ])
}

/// Why the texts of some of these authorities are not held.
fn not_held(authorities: &[&Authority]) -> Value {
    list(authorities.iter().filter_map(|authority| {
        let not_held = authority.not_held.as_ref().filter(|_| authority.current.is_none())?;
        Some(map([
            ("anchor", anchor::not_held(&authority.slug).into()),
            ("name", authority.short_name.as_str().into()),
            ("reason", document::note(Some(&not_held.reason))),
            ("reviewed", not_held.reviewed.in_words().into()),
        ]))
    }))
}

/// The topics before and after this one in its group.
fn neighbours(press: &Press, here: &Address, topic: &Topic) -> Value {
    let group: Vec<&Topic> =
        press.handbook.topics.topics.iter().filter(|it| it.group == topic.group).collect();
    let index = group.iter().position(|it| it.slug == topic.slug);
    let link = |it: Option<&&Topic>| match it {
        Some(it) => map([
            ("name", it.name.as_str().into()),
            ("href", press.href(here, Address::topic(&it.slug)).into()),
        ]),
        None => Value::none(),
    };
    map([
        ("before", link(index.and_then(|it| group.get(it.checked_sub(1)?)))),
        ("after", link(index.and_then(|it| group.get(it + 1)))),
    ])
}
