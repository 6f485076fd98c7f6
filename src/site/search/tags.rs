//! Topics, the questions into which they divide, and principles: what editors say that a text
//! speaks of, found by the words of the tag and not of the text.
//!
//! In the index a token names the tags that have it, and a tag the documents that bear it. So
//! a question that is asked in the editors' words finds what answers it in each council's, and
//! the words of a tag are not counted again in each of a thousand texts.

use std::collections::BTreeMap;

use super::documents::Document;
use crate::handbook::{AspectSlug, Handbook, TopicSlug, TopicTag};

/// All tags, by their numbers.
pub struct Tags<'h> {
    /// What each is called; of a question the topic first.
    pub words: Vec<String>,
    /// How readers ask each, the question itself the last; none of topics and principles.
    pub asked: Vec<Vec<&'h str>>,
    topics: BTreeMap<(&'h TopicSlug, Option<&'h AspectSlug>), usize>,
    principles: BTreeMap<&'h str, usize>,
}

impl<'h> Tags<'h> {
    pub fn of(handbook: &'h Handbook) -> Self {
        let mut tags = Tags {
            words: Vec::new(),
            asked: Vec::new(),
            topics: BTreeMap::new(),
            principles: BTreeMap::new(),
        };
        for topic in &handbook.topics.topics {
            tags.topics.insert((&topic.slug, None), tags.words.len());
            tags.words.push(topic.name.clone());
            tags.asked.push(Vec::new());
            for aspect in &topic.aspects {
                tags.topics.insert((&topic.slug, Some(&aspect.slug)), tags.words.len());
                tags.words.push(format!("{} {}", topic.name, aspect.question));
                let asked = aspect.asked.iter().chain([&aspect.question]);
                tags.asked.push(asked.map(String::as_str).collect());
            }
        }
        for principle in &handbook.principles.principles {
            tags.principles.insert(&principle.name, tags.words.len());
            tags.words.push(principle.name.clone());
            tags.asked.push(Vec::new());
        }
        tags
    }

    /// The numbers of what topics stand for: the topics, and their questions.
    pub fn of_topics<'t>(&self, topics: impl IntoIterator<Item = &'t TopicTag>) -> Vec<usize> {
        let mut numbers = Vec::new();
        for tag in topics {
            numbers.extend(self.topics.get(&(&tag.topic, None)));
            numbers.extend(self.topics.get(&(&tag.topic, tag.aspect.as_ref())));
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// The numbers of what a document bears.
    pub fn borne(&self, document: &Document) -> Vec<usize> {
        let mut numbers = self.of_topics(document.topics.iter().copied());
        numbers.extend(document.principles.iter().filter_map(|it| self.principles.get(it)));
        numbers
    }
}
