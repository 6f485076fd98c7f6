//! How each authority treats the same topic, side by side.
//!
//! [`Bearings::compare`] turns a topic into a [`Comparison`]: a row for each aspect, in the order of the
//! register, a cell for each authority, in the order of their slugs. It arranges what the
//! handbook holds and judges nothing: whether a silence should have been declared is for
//! [`mod@crate::check`] to say, and how a cell looks is for [`crate::site`].

use std::collections::{BTreeMap, BTreeSet};

use crate::abreast;
use crate::handbook::{
    Aspect, AspectSlug, Authority, AuthoritySlug, Block, Clause, ClauseId, Edition, Handbook, ItemId,
    PartialDate, Report, Silence, Topic, TopicSlug, TopicTag,
};

/// One topic, all authorities.
pub struct Comparison<'h> {
    pub topic: &'h Topic,
    pub rows: Vec<Row<'h>>,
}

/// One question, and what each authority says to it.
pub struct Row<'h> {
    /// `None` for a topic that has no aspects.
    pub aspect: Option<&'h Aspect>,
    pub cells: Vec<(&'h Authority, Cell<'h>)>,
}

/// What one authority says to one question.
pub enum Cell<'h> {
    /// Never empty.
    Addressed(Vec<Passage<'h>>),
    Silent {
        silence: Silence,
        reason: &'h str,
        reviewed: PartialDate,
    },
    NotReviewed,
    /// No text is held. `described` is what its reports say of it, and never counts as addressed.
    NotHeld {
        reason: &'h str,
        reviewed: PartialDate,
        described: Vec<Passage<'h>>,
    },
}

/// A clause as far as it answers a question.
pub struct Passage<'h> {
    pub document: Document<'h>,
    pub clause: &'h Clause,
    pub items: Items,
    /// Whether this is the clause's home topic.
    pub home: bool,
}

/// The document a passage stands in.
#[derive(Clone, Copy)]
pub enum Document<'h> {
    Edition(&'h Edition),
    Report(&'h Report),
}

/// Which items of a clause belong to a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Items {
    All,
    /// Only these, with the lead words and the tail; empty for the lead words and tail alone.
    /// An item that is nested in another is named by itself, and may stand here without it.
    Only(BTreeSet<ItemId>),
}

/// Clauses in reading order, each with the document that it stands in.
type Clauses<'h> = Vec<(Document<'h>, &'h Clause)>;

/// Which clauses bear on which topic, in each authority: what every comparison is made from.
pub struct Bearings<'h> {
    handbook: &'h Handbook,
    /// For each authority and topic, in reading order: the clauses of the current edition of
    /// which some tag names the topic, or, where no text is held, those of the reports.
    clauses: BTreeMap<&'h AuthoritySlug, BTreeMap<&'h TopicSlug, Clauses<'h>>>,
}

/// The clauses of one authority under each topic that a tag of theirs names.
fn by_topic(authority: &Authority) -> BTreeMap<&TopicSlug, Clauses<'_>> {
    let clauses: Clauses = match authority.current_edition() {
        Some(edition) => edition.clauses().map(|it| (Document::Edition(edition), it)).collect(),
        None => {
            let of = |report| Report::clauses(report).map(move |it| (Document::Report(report), it));
            authority.reports.values().flat_map(of).collect()
        }
    };
    let mut topics: BTreeMap<_, Clauses> = BTreeMap::new();
    for (document, clause) in clauses {
        for tag in clause.topics.iter().chain(clause.items.values().flat_map(|it| &it.topics)) {
            let clauses = topics.entry(&tag.topic).or_default();
            // Several tags may name one topic.
            if !clauses.last().is_some_and(|(_, last)| std::ptr::eq(*last, clause)) {
                clauses.push((document, clause));
            }
        }
    }
    topics
}

impl<'h> Bearings<'h> {
    /// Looks through all tags of a handbook.
    pub fn of(handbook: &'h Handbook) -> Self {
        let authorities: Vec<&Authority> = handbook.authorities.values().collect();
        let clauses = abreast::map(&authorities, |it| (&it.slug, by_topic(it)));
        Bearings { handbook, clauses: clauses.into_iter().collect() }
    }

    /// All authorities on one topic.
    pub fn compare(&self, topic: &'h Topic) -> Comparison<'h> {
        self.among(topic, self.handbook.authorities.values())
    }

    /// Some authorities on one topic, in the order in which they are given.
    pub fn among(
        &self,
        topic: &'h Topic,
        authorities: impl Iterator<Item = &'h Authority> + Clone,
    ) -> Comparison<'h> {
        let row = |aspect: Option<&'h Aspect>| {
            let cell = |it| (it, self.cell(it, &topic.slug, aspect.map(|it| &it.slug)));
            Row { aspect, cells: authorities.clone().map(cell).collect() }
        };
        let rows = match topic.aspects.is_empty() {
            true => vec![row(None)],
            false => topic.aspects.iter().map(|it| row(Some(it))).collect(),
        };
        Comparison { topic, rows }
    }

    /// What an authority says on a topic, on one aspect of it where one is given.
    pub fn cell(&self, authority: &'h Authority, topic: &TopicSlug, aspect: Option<&AspectSlug>) -> Cell<'h> {
        let passages = self.passages(authority, topic, aspect);
        if authority.current_edition().is_none() {
            return match &authority.not_held {
                Some(not_held) => Cell::NotHeld {
                    reason: &not_held.reason,
                    reviewed: not_held.reviewed,
                    described: passages,
                },
                None => Cell::NotReviewed,
            };
        }
        if !passages.is_empty() {
            return Cell::Addressed(passages);
        }
        // What is said of the aspect goes before what is said of the topic as a whole.
        let declared = |wanted: Option<&AspectSlug>| {
            authority.coverage.iter().find(|it| it.topic == *topic && it.aspect.as_ref() == wanted)
        };
        match declared(aspect).or_else(|| declared(None)) {
            Some(it) => Cell::Silent { silence: it.silence, reason: &it.reason, reviewed: it.reviewed },
            None => Cell::NotReviewed,
        }
    }

    /// The clauses of an authority that bear on a topic, in reading order.
    fn passages(
        &self,
        authority: &Authority,
        topic: &TopicSlug,
        aspect: Option<&AspectSlug>,
    ) -> Vec<Passage<'h>> {
        let clauses = self.clauses.get(&authority.slug).and_then(|it| it.get(topic));
        let clauses = clauses.map_or(&[][..], Vec::as_slice);
        let passages = clauses.iter().filter_map(|(document, clause)| {
            let items = items(clause, topic, aspect)?;
            let home = clause.topics.first().is_some_and(|it| it.topic == *topic);
            Some(Passage { document: *document, clause, items, home })
        });
        passages.collect()
    }
}

/// Which items of a clause answer a question; `None` if the clause does not bear on it.
///
/// An item that has tags of its own on the topic goes by these; the others go with the item
/// they are nested in, and at last with the clause.
fn items(clause: &Clause, topic: &TopicSlug, aspect: Option<&AspectSlug>) -> Option<Items> {
    let question = Question { clause, topic, aspect };
    let whole = question.bears(&clause.topics);
    let mut found = Found { shown: BTreeSet::new(), all: true };
    question.look(&clause.blocks, whole, &mut found);
    let Found { mut shown, all } = found;
    if whole && all {
        return Some(Items::All);
    }
    if !whole {
        let tail = ItemId::parse("tail");
        shown.extend(tail.filter(|it| clause.items.get(it).is_some_and(|it| question.bears(&it.topics))));
        if shown.is_empty() {
            return None;
        }
    }
    Some(Items::Only(shown))
}

/// A question put to one clause.
struct Question<'q> {
    clause: &'q Clause,
    topic: &'q TopicSlug,
    aspect: Option<&'q AspectSlug>,
}

/// The items that answer it, and whether all do.
struct Found {
    shown: BTreeSet<ItemId>,
    all: bool,
}

impl Question<'_> {
    fn bears(&self, tags: &[TopicTag]) -> bool {
        tags.iter()
            .any(|it| it.topic == *self.topic && (self.aspect.is_none() || it.aspect.as_ref() == self.aspect))
    }

    /// Looks through the items in some blocks; `above` is whether what they stand in answers.
    fn look(&self, blocks: &[Block], above: bool, found: &mut Found) {
        let lists = blocks.iter().filter_map(|it| match it {
            Block::List(items) => Some(items),
            _ => None,
        });
        for item in lists.flatten() {
            let own = self.clause.items.get(&item.id).map_or(&[][..], |it| &it.topics);
            let has_own = own.iter().any(|it| it.topic == *self.topic);
            let answers = if has_own { self.bears(own) } else { above };
            if answers {
                found.shown.insert(item.id.clone());
            } else {
                found.all = false;
            }
            self.look(&item.blocks, answers, found);
        }
    }
}

impl Passage<'_> {
    /// Whether an item, or one nested in it, belongs to the passage.
    pub fn shows(&self, item: &ItemId) -> bool {
        match &self.items {
            Items::All => true,
            Items::Only(items) => items.iter().any(|it| {
                it == item || it.as_str().strip_prefix(item.as_str()).is_some_and(|it| it.starts_with('.'))
            }),
        }
    }
}

/// Clauses of a cell, for those who only count or name them: addressed ones alone.
impl<'h> Cell<'h> {
    pub fn addressed(&self) -> &[Passage<'h>] {
        match self {
            Cell::Addressed(passages) => passages,
            _ => &[],
        }
    }
}

/// The clause ids of passages, in reading order.
pub fn ids<'p>(passages: &'p [Passage]) -> impl Iterator<Item = &'p ClauseId> {
    passages.iter().map(|it| &it.clause.id)
}
