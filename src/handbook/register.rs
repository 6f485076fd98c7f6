//! The registers by which texts are compared: topics, principles, terms, legislation.

use super::{AspectSlug, AuthoritySlug, LegislationSlug, PartialDate, PrincipleSlug, TermSlug, TopicSlug};

/// Topics in their groups, both in the editors' order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topics {
    pub groups: Vec<Group>,
    /// Those of one group stand together, in the order of the groups.
    pub topics: Vec<Topic>,
}

/// A heading under which topics stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub slug: String,
    pub name: String,
}

/// What clauses are about, across all texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    pub slug: TopicSlug,
    pub name: String,
    /// Slug of its group.
    pub group: String,
    /// What belongs to it, in a sentence.
    pub scope: String,
    /// The editors' comparison.
    pub note: Option<String>,
    /// The questions into which it divides: the rows of its comparison.
    pub aspects: Vec<Aspect>,
}

/// A question within a topic, a row of its comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aspect {
    pub slug: AspectSlug,
    pub question: String,
    /// How readers ask it in words of their own; the search finds by them, and no page shows them.
    pub asked: Vec<String>,
}

/// A clause's or item's place under a topic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TopicTag {
    pub topic: TopicSlug,
    /// `None` only while the topic has no aspects.
    pub aspect: Option<AspectSlug>,
}

/// The seven principles of public life, with the history of their wording.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Principles {
    pub source: String,
    pub licence: String,
    /// Oldest first.
    pub history: Vec<SetHistory>,
    /// In the official order.
    pub principles: Vec<Principle>,
    pub law: Vec<Law>,
}

/// One statement of the principles as a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetHistory {
    pub year: String,
    pub title: String,
    pub text: String,
    pub source: String,
}

/// A principle of public life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principle {
    pub slug: PrincipleSlug,
    pub name: String,
    /// The current wording, whole.
    pub wording: String,
    /// Earlier wordings as far as they were seen, oldest first.
    pub earlier: Vec<EarlierWording>,
}

/// A principle as an earlier edition of the set worded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierWording {
    pub year: String,
    pub words: String,
    /// `part` or `whole`.
    pub extent: String,
    pub source: String,
}

/// What an Act says and does not say about the principles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Law {
    pub legislation: LegislationSlug,
    pub text: String,
    pub source: String,
    pub checked: PartialDate,
}

/// That a clause bears on a principle, and on what this rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipleTag {
    pub principle: PrincipleSlug,
    pub basis: Basis,
    pub why: String,
}

/// On what a tag rests, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The authority names the principle.
    Explicit,
    /// Its words echo it.
    Wording,
    /// Our reading.
    Inferred,
}

/// A concept, for which authorities have words of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub slug: TermSlug,
    pub name: String,
    pub scope: String,
    pub false_friends: Vec<FalseFriend>,
}

/// Words that look as if they meant this concept, or mean another one elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FalseFriend {
    pub words: String,
    /// Empty for all.
    pub authorities: Vec<AuthoritySlug>,
    pub text: String,
}

/// An Act or instrument, or another published rule, that a text cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legislation {
    pub slug: LegislationSlug,
    pub title: String,
    /// `ukpga/1972/70`, `ukpga/1986/10/section/4`: its identifier on legislation.gov.uk;
    /// `None` for what is not legislation.
    pub identifier: Option<String>,
    /// Whether legislation.gov.uk holds it as amended, so that a text as at a day can be linked.
    pub dated: bool,
    pub aliases: Vec<Alias>,
    pub notes: Vec<StatusNote>,
}

/// Other words by which texts cite it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    pub words: String,
    /// In whose texts the words mean this; empty for all.
    pub authorities: Vec<AuthoritySlug>,
}

/// What became of it, with what that rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusNote {
    pub text: String,
    pub source: String,
    /// `None` for a reading of ours that was not checked against the law.
    pub checked: Option<PartialDate>,
}
