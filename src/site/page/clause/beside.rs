//! The same question in the featured authorities.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::handbook::{Authority, Clause, Handbook, PartialDate, TopicTag};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::clause::tags;
use crate::site::page::owner::owner;
use crate::site::page::topic::all_answers;
use crate::site::page::{document, edition, name};
use crate::site::press::Press;
use crate::site::theme::{Value, html, list, map};
use crate::site::words::{self, Manner};
use crate::view::comparison::{Cell, Document, Passage};
use crate::view::history::{is_citable, place};

/// What the featured authorities say to each question, made when it is first asked for.
///
/// The pages of clauses stand equally deep, each in the folder of its authority, so a link from
/// one to what is not of that authority is the same from all.
pub struct Beside<'a> {
    questions: BTreeMap<TopicTag, Vec<Answer<'a>>>,
}

struct Answer<'a> {
    authority: &'a Authority,
    made: OnceLock<Made>,
}

struct Made {
    addressed: bool,
    held: bool,
    /// For the template.
    value: Value,
}

impl<'a> Beside<'a> {
    pub fn of(handbook: &'a Handbook) -> Self {
        let featured = handbook.featured.iter().filter_map(|it| handbook.authorities.get(it));
        let answers = || featured.clone().map(|authority| Answer { authority, made: OnceLock::new() });
        let questions = handbook.topics.topics.iter().flat_map(|topic| {
            let aspects = topic.aspects.iter().map(|it| Some(it.slug.clone()));
            aspects.chain([None]).map(|aspect| TopicTag { topic: topic.slug.clone(), aspect })
        });
        Beside { questions: questions.map(|it| (it, answers().collect())).collect() }
    }

    /// The questions that the clause answers, that of its home topic first, those of its items
    /// last; each with what the featured authorities say to it.
    pub fn questions(&self, press: &Press, here: &Address, authority: &Authority, clause: &Clause) -> Value {
        let mut tags: Vec<&TopicTag> = Vec::new();
        for tag in clause.topics.iter().chain(clause.items.values().flat_map(|it| &it.topics)) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        list(tags.into_iter().enumerate().filter_map(|(index, tag)| {
            let topic = press.handbook.topic(&tag.topic)?;
            let answers = self.questions.get(tag)?.iter().filter(|it| it.authority.slug != authority.slug);
            let answers: Vec<_> = answers.map(|it| (it.authority, it.made(press, here, tag))).collect();
            if answers.is_empty() {
                return None;
            }
            let addressed = answers.iter().filter(|(_, it)| it.addressed).count();
            let held = answers.iter().filter(|(_, it)| it.held).count();
            let without = answers.iter().filter(|(_, it)| !it.held);
            let without: Vec<&str> = without.map(|(it, _)| it.short_name.as_str()).collect();
            Some(map([
                ("home", (index == 0).into()),
                ("topic", topic.name.as_str().into()),
                ("question", tags::question(topic, tag).into()),
                (
                    "href",
                    press.href(here, all_answers(press.handbook, &tag.topic, tag.aspect.as_ref())).into(),
                ),
                ("addressed", addressed_by(addressed, held).into()),
                ("not_held", (!without.is_empty()).then(|| without.join(", ")).into()),
                ("authorities", list(answers.iter().map(|(_, it)| it.value.clone()))),
            ]))
        }))
    }
}

impl Answer<'_> {
    fn made(&self, press: &Press, here: &Address, tag: &TopicTag) -> &Made {
        self.made.get_or_init(|| {
            let found = press.bearings.cell(self.authority, &tag.topic, tag.aspect.as_ref());
            Made {
                addressed: !found.addressed().is_empty(),
                held: !matches!(found, Cell::NotHeld { .. }),
                value: cell(press, here, self.authority, &found),
            }
        })
    }
}

/// How many of the others whose text is held address a question.
fn addressed_by(addressed: usize, held: usize) -> String {
    match (addressed, held) {
        (_, 0) => "no other text is held here".to_owned(),
        // Why it has none its own entry says: silence has kinds.
        (0, 1) => "the one other here whose text is held has no clause on it".to_owned(),
        (_, 1) => "addressed by the one other here whose text is held".to_owned(),
        (0, _) => format!("none of the {held} others here whose text is held has a clause on it"),
        _ => format!("addressed by {addressed} of the {held} others here whose text is held"),
    }
}

fn cell(press: &Press, here: &Address, authority: &Authority, cell: &Cell) -> Value {
    let (state, reason, reviewed) = match cell {
        Cell::Addressed(_) => (None, None, None),
        Cell::Silent { silence, reason, reviewed } => {
            (Some(name::silence(*silence)), Some(*reason), Some(*reviewed))
        }
        Cell::NotReviewed => (Some("Not yet reviewed"), None, None),
        Cell::NotHeld { reason, reviewed, .. } => (Some("Text not held"), Some(*reason), Some(*reviewed)),
    };
    let (passages, described) = match cell {
        Cell::Addressed(passages) => (passages.as_slice(), &[][..]),
        Cell::NotHeld { described, .. } => (&[][..], described.as_slice()),
        Cell::Silent { .. } | Cell::NotReviewed => (&[][..], &[][..]),
    };
    let shown = |all: &[Passage]| list(all.iter().map(|it| passage(press, here, authority, it)));
    let current = authority.current_edition();
    map([
        ("authority", owner(press, here, authority)),
        ("text", current.map(|it| format!("{}, {}", it.title, edition::name(it))).into()),
        ("passages", shown(passages)),
        ("state", state.into()),
        ("reason", document::note(reason)),
        ("reviewed", reviewed.map(PartialDate::in_words).into()),
        ("described", shown(described)),
    ])
}

/// A clause of another authority as far as it answers the question.
fn passage(press: &Press, here: &Address, authority: &Authority, passage: &Passage) -> Value {
    let (sections, document, language, is_edition) = match passage.document {
        Document::Edition(it) => {
            (&it.sections, Address::edition(&authority.slug, &it.slug), &it.source.language, true)
        }
        Document::Report(it) => {
            (&it.sections, Address::report(&authority.slug, &it.slug), &it.source.language, false)
        }
    };
    let has_page = |id: &_| is_edition && place(sections, id).is_some_and(|it| is_citable(it.section));
    let clause_link = |id: &_| match has_page(id) {
        true => Link::from(Address::clause(&authority.slug, id)),
        false => Link::from(document.clone()).at(anchor::clause(id)),
    };
    let manner = Manner {
        link: &|it| Some(press.href(here, words::target_link(it, &authority.slug, &document, &has_page))),
        // The same item can stand on the page under several questions.
        item_anchor: &|_| None,
        item_link: &|_| None,
        footnote: &|id| Some(press.href(here, clause_link(id))),
    };
    let clause = passage.clause;
    let called = place(sections, &clause.id).map(|it| match is_edition {
        true => name::clause(&it),
        false => name::paragraph(&it),
    });
    map([
        ("name", called.into()),
        ("href", press.href(here, clause_link(&clause.id)).into()),
        ("language", language.as_str().into()),
        ("words", html(&words::some_items(clause, &|it| passage.shows(it), &manner))),
    ])
}
