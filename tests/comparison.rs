//! Comparison and coverage, over small handbooks and over the real one.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use handbook::handbook::{Clause, Handbook, ItemId, Silence, TopicTag};
use handbook::intake;
use handbook::source;
use handbook::view::comparison::{Bearings, Cell, Document, Items};
use handbook::view::coverage::{self, Standing, State};

mod councils;
use councils::Councils;

/// The rows of the topic `contact` for one clause of one council: for each question `all`,
/// the items that are shown with the lead words, or `-`.
#[track_caller]
fn check_rows(front: &str, text: &str, expected: &str) {
    let book = Councils::new().council("ayton").clause("ayton", "1", front, text).read();
    let comparison = Bearings::of(&book).compare(&book.topics.topics[0]);
    let mut rows = Vec::new();
    for row in &comparison.rows {
        let mut words = format!("{} ", row.aspect.unwrap().slug);
        match row.cells[0].1.addressed() {
            [passage] if passage.items == Items::All => words.push_str("all"),
            [passage] => {
                words.push_str("lead");
                for item in passage.clause.all_items().into_iter().filter(|it| passage.shows(&it.id)) {
                    write!(words, " {}", item.id).unwrap();
                }
            }
            _ => words.push('-'),
        }
        rows.push(words);
    }
    assert_eq!(rows.join(", "), expected, "{front}");
}

const LIST: &str = "Members:\n\n(a) ask;\n(b) wait.\n\nAnd that is all.";
const NESTED: &str = "Members:\n\n(a) ask:\n    (i) kindly;\n    (ii) once.\n(b) wait.";

#[test]
fn items_go_with_their_clause_or_take_another_question() {
    for (front, expected) in [
        ("topics: [contact/level]", "level all, hours -"),
        ("topics: [contact/level, contact/hours]", "level all, hours all"),
        ("topics: [other]", "level -, hours -"),
        ("topics: [contact/level]\nitems: {b: {topics: [contact/hours]}}", "level lead a, hours lead b"),
        ("topics: [contact/level]\nitems: {b: {topics: [other]}}", "level all, hours -"),
        ("topics: [other]\nitems: {b: {topics: [contact/hours]}}", "level -, hours lead b"),
        (
            "topics: [contact/level]\nitems: {b: {topics: [contact/hours, contact/level]}}",
            "level all, hours lead b",
        ),
        (
            "topics: [contact/level]\nitems: {a: {topics: [contact/hours]}, b: {topics: [contact/hours]}}",
            "level lead, hours lead a b",
        ),
    ] {
        check_rows(front, LIST, expected);
    }
}

#[test]
fn a_tail_that_alone_answers_is_shown_with_the_lead_words() {
    let tail = "items: {tail: {topics: [contact/hours]}}";
    check_rows(&format!("topics: [other]\n{tail}"), LIST, "level -, hours lead");
    check_rows(&format!("topics: [contact/level]\n{tail}"), LIST, "level all, hours lead");
}

#[test]
fn nested_items_go_with_the_item_they_stand_in() {
    for (items, expected) in [
        ("", "level all, hours -"),
        ("a: {topics: [contact/hours]}", "level lead b, hours lead a a.i a.ii"),
        ("a.ii: {topics: [contact/hours]}", "level lead a a.i b, hours lead a a.ii"),
        (
            "a: {topics: [contact/hours]}, a.i: {topics: [contact/level]}",
            "level lead a a.i b, hours lead a a.ii",
        ),
    ] {
        check_rows(&format!("topics: [contact/level]\nitems: {{{items}}}"), NESTED, expected);
    }
}

/// The cells of a council on the topic `contact`, and how they sum up: state, clauses,
/// clauses that describe, answered questions, and the question at which this can be seen.
#[track_caller]
fn check_cells(councils: Councils, cells: &[&str], summed: (State, usize, usize, usize, &str)) {
    let book = councils.read();
    let comparison = Bearings::of(&book).compare(&book.topics.topics[0]);
    let found: Vec<String> = comparison.rows.iter().map(|it| in_words(&it.cells[0].1)).collect();
    assert_eq!(found, cells);
    let Standing { state, clauses, described, answered, questions, seen_at } =
        coverage::standings(&comparison).remove(0);
    assert_eq!((state, clauses, described, answered, seen_at.unwrap().slug.as_str()), summed);
    assert_eq!(questions, 2);
}

fn in_words(cell: &Cell) -> String {
    match cell {
        Cell::Addressed(passages) => format!("{} said", passages.len()),
        Cell::Silent { silence, reason, reviewed } => format!("{silence:?} {reason} {reviewed}"),
        Cell::NotReviewed => "not reviewed".to_owned(),
        Cell::NotHeld { reason, described, .. } => {
            format!("not held: {reason}, {} described", described.len())
        }
    }
}

#[test]
fn silence_on_a_question_goes_before_silence_on_the_topic() {
    check_cells(
        Councils::new().council("ayton").silence("ayton", "contact", "not-addressed", "nothing").silence(
            "ayton",
            "contact/hours",
            "elsewhere",
            "see the code",
        ),
        &["NotAddressed nothing 2026-01-02", "Elsewhere see the code 2026-01-02"],
        (State::SilentInSeveralWays, 0, 0, 0, "level"),
    );
}

#[test]
fn silence_of_one_kind_sums_up_to_this_kind() {
    for (word, silence) in [
        ("left-out", Silence::LeftOut),
        ("elsewhere", Silence::Elsewhere),
        ("not-addressed", Silence::NotAddressed),
    ] {
        let cell = format!("{silence:?} why 2026-01-02");
        check_cells(
            Councils::new().council("ayton").silence("ayton", "contact", word, "why"),
            &[&cell, &cell],
            (State::Silent(silence), 0, 0, 0, "level"),
        );
    }
}

#[test]
fn words_go_before_a_silence_that_was_declared_for_the_topic() {
    check_cells(
        Councils::new()
            .council("ayton")
            .clause("ayton", "1", "topics: [contact/hours]", "By day.")
            .clause("ayton", "2", "topics: [contact/hours]", "Not by night.")
            .silence("ayton", "contact", "left-out", "why"),
        &["LeftOut why 2026-01-02", "2 said"],
        (State::InPart, 2, 0, 1, "hours"),
    );
}

#[test]
fn a_clause_that_answers_two_questions_counts_once() {
    check_cells(
        Councils::new().council("ayton").clause(
            "ayton",
            "1",
            "topics: [contact/level, contact/hours]",
            "Ask by day.",
        ),
        &["1 said", "1 said"],
        (State::Addressed, 1, 0, 2, "level"),
    );
}

#[test]
fn what_nobody_looked_at_is_not_a_silence() {
    check_cells(
        Councils::new().council("ayton").silence("ayton", "contact/hours", "left-out", "why"),
        &["not reviewed", "LeftOut why 2026-01-02"],
        (State::NotReviewed, 0, 0, 0, "level"),
    );
}

#[test]
fn what_reports_describe_is_never_addressed() {
    check_cells(
        Councils::new().without_text("ayton").report_clause(
            "ayton",
            "1",
            "topics: [contact/hours]",
            "It speaks of hours.",
        ),
        &["not held: not found, 0 described", "not held: not found, 1 described"],
        (State::NotHeld, 0, 1, 0, "hours"),
    );
}

#[test]
fn a_report_says_nothing_for_a_council_whose_text_is_held() {
    check_cells(
        Councils::new().council("ayton").report_clause(
            "ayton",
            "1",
            "topics: [contact/hours]",
            "It speaks of hours.",
        ),
        &["not reviewed", "not reviewed"],
        (State::NotReviewed, 0, 0, 0, "level"),
    );
}

#[test]
fn a_topic_without_questions_is_one_row() {
    let book = Councils::new().council("ayton").clause("ayton", "1", "topics: [other]", "Words.").read();
    let comparison = Bearings::of(&book).compare(&book.topics.topics[1]);
    assert!(matches!(comparison.rows.as_slice(), [row] if row.aspect.is_none()));
    let standing = &coverage::standings(&comparison)[0];
    assert_eq!((standing.state, standing.questions, standing.seen_at.is_none()), (State::Addressed, 1, true));
}

fn real() -> Handbook {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    intake::read(&source::read(&content).unwrap()).0
}

/// The tags by which an item goes on a topic: its own, those of the item it stands in, or
/// those of the clause.
fn tags<'c>(clause: &'c Clause, item: &ItemId, topic: &str) -> &'c [TopicTag] {
    let mut id = item.as_str();
    loop {
        let own = ItemId::parse(id).and_then(|it| clause.items.get(&it));
        if let Some(own) = own.filter(|it| it.topics.iter().any(|it| it.topic.as_str() == topic)) {
            return &own.topics;
        }
        match id.rsplit_once('.') {
            Some((above, _)) => id = above,
            None => return &clause.topics,
        }
    }
}

#[test]
fn every_clause_and_item_stands_in_exactly_the_rows_of_its_tags() {
    let book = real();
    let mut seen = 0;
    for topic in &book.topics.topics {
        for row in &Bearings::of(&book).compare(topic).rows {
            let aspect = row.aspect.map(|it| &it.slug);
            let bears = |tags: &[TopicTag]| {
                tags.iter().any(|it| it.topic == topic.slug && it.aspect.as_ref() == aspect)
            };
            for (authority, cell) in &row.cells {
                let Some(edition) = authority.current_edition() else { continue };
                let passages: BTreeMap<_, _> =
                    cell.addressed().iter().map(|it| (&it.clause.id, it)).collect();
                for clause in edition.clauses() {
                    let place = format!("{} {} on {}/{aspect:?}", authority.slug, clause.id, topic.slug);
                    let passage = passages.get(&clause.id);
                    let tail = clause.items.get(&ItemId::parse("tail").unwrap());
                    let mut any = bears(&clause.topics) || tail.is_some_and(|it| bears(&it.topics));
                    let items = clause.all_items();
                    for item in &items {
                        let below = format!("{}.", item.id);
                        let expected = items
                            .iter()
                            .filter(|it| it.id == item.id || it.id.as_str().starts_with(&below))
                            .any(|it| bears(tags(clause, &it.id, topic.slug.as_str())));
                        assert_eq!(
                            passage.is_some_and(|it| it.shows(&item.id)),
                            expected,
                            "{place}, {}",
                            item.id
                        );
                        any |= expected;
                    }
                    assert_eq!(passage.is_some(), any, "{place}");
                    seen += usize::from(any);
                }
            }
        }
    }
    assert!(seen > 400, "only {seen} places were looked at");
}

#[test]
fn westminster_is_never_addressed_and_all_others_are_reviewed() {
    let book = real();
    assert_eq!(book.authorities.len(), 4);
    for topic in &book.topics.topics {
        for row in &Bearings::of(&book).compare(topic).rows {
            for (authority, cell) in &row.cells {
                let aspect = row.aspect.map(|it| &it.slug);
                let place = format!("{} on {}/{aspect:?}", authority.slug, topic.slug);
                assert!(!matches!(cell, Cell::NotReviewed), "{place}");
                let held = !matches!(cell, Cell::NotHeld { .. });
                assert_eq!(held, authority.slug.as_str() != "westminster", "{place}");
                if let Cell::NotHeld { described, .. } = cell {
                    assert!(described.iter().all(|it| matches!(it.document, Document::Report(_))), "{place}");
                }
            }
        }
    }
}

#[test]
fn the_matrix_keeps_the_order_of_topics_and_authorities() {
    let book = real();
    let backwards = || book.authorities.values().rev();
    let matrix = coverage::matrix(&Bearings::of(&book), book.topics.topics.iter(), backwards());
    assert!(matrix.lines.iter().map(|it| &it.topic.slug).eq(book.topics.topics.iter().map(|it| &it.slug)));
    assert!(matrix.authorities.iter().map(|it| &it.slug).eq(backwards().map(|it| &it.slug)));
    for line in &matrix.lines {
        let held = line.standings.iter().map(|it| it.state != State::NotHeld);
        assert!(held.eq(backwards().map(|it| it.current.is_some())), "{}", line.topic.slug);
    }
}
