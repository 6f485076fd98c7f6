//! All topics: what each authority has on each, and what each topic is.
//!
//! As many authorities as can be read side by side stand as columns beside all topics. More
//! than that stand as rows, beside the topics of one group at a time, so that no table has more columns than can be
//! read with their headings written out; all thirty topics at once would need headings that
//! are turned or numbered. Where authorities are many, the rows are on a page for each range
//! of letters, and the page of all topics keeps the featured authorities and counts the others.

use std::sync::Arc;

use super::owner::owner;
use super::spread::{self, Spread};
use super::topic::{self, MOST_COLUMNS};
use crate::handbook::{Group, Handbook, Topic};
use crate::site::metadata::About;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Letters, Plan};
use crate::view::coverage::{self, Line, Matrix};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    press.add(plan, Address::topics(), "topics.html", page);
    for letters in spread::ranges(press.handbook).into_keys() {
        let address = Address::coverage(letters);
        press.add(plan, address, "coverage.html", move |press, here| range(press, here, letters));
    }
}

fn page(press: &Press, here: &Address) -> (Head, Values) {
    let handbook = press.handbook;
    let topics = &handbook.topics.topics;
    let head = Head {
        about: About::Coverage,
        ..Head::new("Topics", "What each authority’s protocol has on each topic, and where to read it.")
    };
    let all = coverage::matrix(&press.bearings, topics.iter(), handbook.authorities.values());
    let (by_topic, by_authority) = match Spread::of(handbook) {
        Spread::OnePage if all.authorities.len() <= MOST_COLUMNS => (by_topic(press, here, &all), list([])),
        Spread::OnePage => (list([]), by_authority(press, here, &all)),
        Spread::ByLetters => {
            let featured = topic::featured(handbook).into_iter();
            (by_topic(press, here, &coverage::matrix(&press.bearings, topics.iter(), featured)), list([]))
        }
    };
    let mut values = Values::default();
    values
        .set("legend", legend(&all))
        .set("by_topic", by_topic)
        .set("by_authority", by_authority)
        .set("groups", topic_list(press, here, &all))
        .set("ranges", spread::ways(press, here, None, Address::coverage))
        .set("authorities", all.authorities.len());
    (head, values)
}

/// The authorities of some letters.
fn range(press: &Press, here: &Address, letters: Letters) -> (Head, Values) {
    let words = letters.in_words();
    let head = Head::new(
        format!("Topics: authorities {words}"),
        format!("What the protocols of authorities {words} have on each topic, and where to read it."),
    )
    .below("Topics", Address::topics());
    let authorities = spread::ranges(press.handbook).remove(&letters).unwrap_or_default();
    let matrix =
        coverage::matrix(&press.bearings, press.handbook.topics.topics.iter(), authorities.into_iter());
    let mut values = Values::default();
    values
        .set("letters", words)
        .set("legend", legend(&matrix))
        .set("by_authority", by_authority(press, here, &matrix))
        .set("ranges", spread::ways(press, here, Some(letters), Address::coverage));
    (head, values)
}

/// The groups that have topics, with the lines of these.
fn groups<'m, 'h>(handbook: &'h Handbook, matrix: &'m Matrix<'h>) -> Vec<(&'h Group, Vec<&'m Line<'h>>)> {
    let lines = |group: &Group| matrix.lines.iter().filter(|it| it.topic.group == group.slug).collect();
    let groups = handbook.topics.groups.iter().map(|it| (it, lines(it)));
    groups.filter(|(_, lines): &(_, Vec<_>)| !lines.is_empty()).collect()
}

/// Topics as rows, a column an authority.
fn by_topic(press: &Press, here: &Address, matrix: &Matrix) -> Value {
    let groups = groups(press.handbook, matrix).into_iter().map(|(group, lines)| {
        let rows = lines.into_iter().map(|line| {
            let cells = matrix.authorities.iter().zip(&line.standings);
            let cells = cells.map(|(it, standing)| topic::standing(press, here, line.topic, it, standing));
            map([("topic", topic_link(press, here, line.topic)), ("cells", list(cells))])
        });
        map([("name", group.name.as_str().into()), ("rows", list(rows))])
    });
    let columns = matrix.authorities.iter().map(|it| owner(press, here, it));
    map([("columns", list(columns)), ("groups", list(groups))])
}

/// Authorities as rows, for each group a table with a column a topic.
fn by_authority(press: &Press, here: &Address, matrix: &Matrix) -> Value {
    list(groups(press.handbook, matrix).into_iter().map(|(group, lines)| {
        let rows = matrix.authorities.iter().enumerate().map(|(index, it)| {
            let cells =
                lines.iter().map(|line| topic::standing(press, here, line.topic, it, &line.standings[index]));
            map([("authority", owner(press, here, it)), ("cells", list(cells))])
        });
        map([
            ("name", group.name.as_str().into()),
            ("columns", list(lines.iter().map(|it| topic_link(press, here, it.topic)))),
            ("rows", list(rows)),
        ])
    }))
}

/// The topics with their scope; with counts where their authorities are not all in sight.
fn topic_list(press: &Press, here: &Address, matrix: &Matrix) -> Value {
    let counted = press.handbook.authorities.len() > MOST_COLUMNS;
    list(groups(press.handbook, matrix).into_iter().map(|(group, lines)| {
        let topics = lines.into_iter().map(|line| {
            let states = line.standings.iter().map(|it| it.state);
            map([
                ("topic", topic_link(press, here, line.topic)),
                ("scope", line.topic.scope.as_str().into()),
                ("counts", if counted { topic::tally(states) } else { list([]) }),
            ])
        });
        map([("name", group.name.as_str().into()), ("topics", list(topics))])
    }))
}

/// What the shapes mean, and how often each occurs.
fn legend(matrix: &Matrix) -> Value {
    topic::tally(matrix.lines.iter().flat_map(|it| &it.standings).map(|it| it.state))
}

fn topic_link(press: &Press, here: &Address, topic: &Topic) -> Value {
    map([
        ("name", topic.name.as_str().into()),
        ("href", press.href(here, Address::topic(&topic.slug)).into()),
    ])
}
