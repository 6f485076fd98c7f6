//! The registers: topics, principles, terms, legislation, the editors' pages and the ledger of addresses.

use std::collections::{BTreeMap, BTreeSet};

use super::{Intake, files, suggest};
use crate::diagnostic::{At, Diagnostic, Place};
use crate::handbook::{
    Alias, Aspect, AspectSlug, AuthoritySlug, Basis, EarlierWording, EditorsPage, FalseFriend, Gone, Group,
    Law, Legislation, LegislationSlug, Principle, PrincipleSlug, PrincipleTag, Principles, RecordedAddress,
    SetHistory, StatusNote, Term, TermSlug, Topic, TopicSlug, TopicTag, Topics,
};
use crate::markdown;

/// The registers against which the tags of clauses are read.
pub struct Registers<'r> {
    pub topics: &'r Topics,
    pub principles: &'r Principles,
    pub terms: &'r [Term],
    pub legislation: &'r [Legislation],
}

const TOPICS: &str = "topics.yaml";
const PRINCIPLES: &str = "principles.yaml";
/// The register of terms, below the content folder.
pub const TERMS: &str = "terms.yaml";
/// The register of legislation, below the content folder.
pub const LEGISLATION: &str = "legislation.yaml";
const ADDRESSES: &str = "addresses.yaml";

impl Intake<'_> {
    /// The topics in the order of their groups; none if the register cannot be read.
    pub fn topics(&mut self) -> Topics {
        let Some(file) = self.yaml::<files::TopicsFile>(TOPICS) else { return Topics::default() };
        let groups: Vec<Group> =
            file.groups.into_iter().map(|it| Group { slug: it.slug, name: it.name }).collect();
        let mut topics = Vec::new();
        let mut seen = BTreeSet::new();
        for entry in file.topics {
            let Some(slug) = self.entry_name(TOPICS, &entry.slug, TopicSlug::parse) else { continue };
            self.once(TOPICS, "topic", slug.as_str(), &mut seen);
            if !groups.iter().any(|it| it.slug == entry.group) {
                let diagnostic = Diagnostic::error(
                    Place::words(TOPICS, format!("group: {}", entry.group)),
                    "unknown-group",
                    format!("no group `{}` of topics", entry.group),
                );
                let known = groups.iter().map(|it| it.slug.as_str());
                self.report.add(suggest::with_nearest(diagnostic, &entry.group, known));
            }
            let mut aspects = Vec::new();
            let mut seen = BTreeSet::new();
            for aspect in entry.aspects {
                let Some(slug) = self.entry_name(TOPICS, &aspect.slug, AspectSlug::parse) else { continue };
                self.once(TOPICS, "aspect", slug.as_str(), &mut seen);
                aspects.push(Aspect { slug, question: aspect.question, asked: aspect.asked });
            }
            topics.push(Topic {
                slug,
                name: entry.name,
                group: entry.group,
                scope: entry.scope,
                note: entry.note,
                aspects,
            });
        }
        let order = |it: &Topic| groups.iter().position(|group| group.slug == it.group);
        topics.sort_by_key(order);
        Topics { groups, topics }
    }

    /// The principles in the official order; none if the register cannot be read.
    pub fn principles(&mut self) -> Principles {
        let Some(file) = self.yaml::<files::PrinciplesFile>(PRINCIPLES) else { return Principles::default() };
        let mut principles = Vec::new();
        let mut seen = BTreeSet::new();
        for entry in file.principles {
            let Some(slug) = self.entry_name(PRINCIPLES, &entry.slug, PrincipleSlug::parse) else { continue };
            self.once(PRINCIPLES, "principle", slug.as_str(), &mut seen);
            let earlier = entry.earlier.into_iter().map(|it| EarlierWording {
                year: it.year,
                words: it.words,
                extent: it.extent,
                source: it.source,
            });
            principles.push(Principle {
                slug,
                name: entry.name,
                wording: entry.wording,
                earlier: earlier.collect(),
            });
        }
        let mut law = Vec::new();
        for entry in file.law {
            let legislation = self.name(PRINCIPLES, &entry.legislation, LegislationSlug::parse);
            let checked = self.day_of_review(PRINCIPLES, &entry.checked);
            if let (Some(legislation), Some(checked)) = (legislation, checked) {
                law.push(Law { legislation, text: entry.text, source: entry.source, checked });
            }
        }
        let history = file.editions.into_iter().map(|it| SetHistory {
            year: it.year,
            title: it.title,
            text: it.text,
            source: it.source,
        });
        Principles { source: file.source, licence: file.licence, history: history.collect(), principles, law }
    }

    /// The terms and the thesaurus, both in the order of the register; none if it cannot be read.
    pub fn terms(&mut self) -> (Vec<Term>, Vec<Vec<String>>) {
        let Some(file) = self.yaml::<files::TermsFile>(TERMS) else { return Default::default() };
        let mut terms = Vec::new();
        let mut seen = BTreeSet::new();
        for entry in file.terms {
            let Some(slug) = self.entry_name(TERMS, &entry.slug, TermSlug::parse) else { continue };
            self.once(TERMS, "term", slug.as_str(), &mut seen);
            let mut false_friends = Vec::new();
            for friend in entry.false_friends {
                let authorities = self.authority_slugs(TERMS, &friend.authorities);
                false_friends.push(FalseFriend { words: friend.words, authorities, text: friend.text });
            }
            terms.push(Term { slug, name: entry.name, scope: entry.scope, false_friends });
        }
        (terms, file.thesaurus)
    }

    /// The Acts and instruments in the order of the register; none if it cannot be read.
    pub fn legislation(&mut self) -> Vec<Legislation> {
        let Some(file) = self.yaml::<files::LegislationFile>(LEGISLATION) else { return Vec::new() };
        let mut legislation = Vec::new();
        let mut seen = BTreeSet::new();
        for entry in file.legislation {
            let Some(slug) = self.entry_name(LEGISLATION, &entry.slug, LegislationSlug::parse) else {
                continue;
            };
            self.once(LEGISLATION, "entry", slug.as_str(), &mut seen);
            let mut aliases = Vec::new();
            for alias in entry.aliases {
                let authorities = self.authority_slugs(LEGISLATION, &alias.authorities);
                aliases.push(Alias { words: alias.words, authorities });
            }
            let mut notes = Vec::new();
            for note in entry.notes {
                let checked = note.checked.and_then(|it| self.day_of_review(LEGISLATION, &it));
                notes.push(StatusNote { text: note.text, source: note.source, checked });
            }
            legislation.push(Legislation {
                slug,
                title: entry.title,
                identifier: entry.identifier,
                dated: entry.dated,
                aliases,
                notes,
            });
        }
        legislation
    }

    /// The editors' pages, by the name of their file.
    pub fn pages(&mut self) -> BTreeMap<String, EditorsPage> {
        let mut pages = BTreeMap::new();
        for name in self.children("pages") {
            let Some(stem) = name.strip_suffix(".md") else { continue };
            let file = format!("pages/{name}");
            let Some(fenced) = self.fenced(&file) else { continue };
            let front: Option<files::PageFront> = self.parse(&file, fenced.front, 2);
            for (at, href) in markdown::unsafe_links(fenced.text) {
                let before = &fenced.text[..at];
                let line = fenced.text_line + before.matches('\n').count();
                let column = before[before.rfind('\n').map_or(0, |it| it + 1)..].chars().count() + 1;
                // By its words where they stand there first, so that all of them are marked.
                let first = !fenced.front.contains(&href) && fenced.text.find(&href) == Some(at);
                let place = match first {
                    true => Place::words(&file, href.as_str()),
                    false => Place { file: file.clone(), at: At::Line(line, column) },
                };
                let message = format!("the link to `{href}` leads to no web address");
                self.report.add(
                    Diagnostic::error(place, "unsafe-link", message)
                        .hint("keep the words and leave the link out"),
                );
            }
            if let Some(front) = front {
                let page = EditorsPage {
                    title: front.title,
                    description: front.description,
                    text: fenced.text.to_owned(),
                    file,
                };
                pages.insert(stem.to_owned(), page);
            }
        }
        pages
    }

    /// The ledger of addresses outside clauses.
    pub fn addresses(&mut self) -> Vec<RecordedAddress> {
        let Some(file) = self.optional_yaml::<files::AddressesFile>(ADDRESSES) else { return Vec::new() };
        let mut addresses = Vec::new();
        for (address, entry) in file.addresses {
            let gone = entry.gone.and_then(|it| self.gone(ADDRESSES, it));
            addresses.push(RecordedAddress { address, moved_to: entry.moved_to, gone });
        }
        addresses
    }

    /// Why and since when something is gone; `None`, and an error, where the day is no date.
    pub fn gone(&mut self, file: &str, entry: files::GoneEntry) -> Option<Gone> {
        Some(Gone { on: self.date(file, &entry.on)?, reason: entry.reason })
    }

    /// Those of the names that are authorities; an error for each other.
    pub fn authority_slugs(&mut self, file: &str, names: &[String]) -> Vec<AuthoritySlug> {
        names.iter().filter_map(|it| self.authority_slug(file, it)).collect()
    }

    /// An error if the name was there before.
    fn once(&mut self, file: &str, what: &str, name: &str, seen: &mut BTreeSet<String>) {
        if !seen.insert(name.to_owned()) {
            self.report.add(Diagnostic::error(
                Place::words(file, format!("slug: {name}")),
                "duplicate-slug",
                format!("two entries have the slug `{name}` of a {what}"),
            ));
        }
    }

    /// Tags of a clause or item with topics: `scrutiny/powers`.
    pub fn topic_tags(&mut self, file: &str, tags: &[String], registers: &Registers) -> Vec<TopicTag> {
        tags.iter().filter_map(|it| self.topic_tag(file, it, registers)).collect()
    }

    /// `scrutiny/powers`, or `scrutiny` alone.
    pub fn topic_tag(&mut self, file: &str, tag: &str, registers: &Registers) -> Option<TopicTag> {
        let (topic, aspect) = match tag.split_once('/') {
            Some((topic, aspect)) => (topic, Some(aspect)),
            None => (tag, None),
        };
        let Some(entry) = registers.topics.topics.iter().find(|it| it.slug.as_str() == topic) else {
            if self.unread.contains(TOPICS) {
                return None;
            }
            let diagnostic =
                Diagnostic::error(Place::words(file, tag), "unknown-topic", format!("no topic `{topic}`"));
            let known = registers.topics.topics.iter().map(|it| it.slug.as_str());
            self.report.add(suggest::with_nearest(diagnostic, topic, known));
            return None;
        };
        let aspect = match aspect {
            None => None,
            Some(aspect) => match entry.aspects.iter().find(|it| it.slug.as_str() == aspect) {
                Some(found) => Some(found.slug.clone()),
                None if self.unread.contains(TOPICS) => None,
                None => {
                    let diagnostic = Diagnostic::error(
                        Place::words(file, tag),
                        "unknown-aspect",
                        format!("the topic `{topic}` has no aspect `{aspect}`"),
                    );
                    let known = entry.aspects.iter().map(|it| it.slug.as_str());
                    self.report.add(suggest::with_nearest(diagnostic, aspect, known));
                    None
                }
            },
        };
        Some(TopicTag { topic: entry.slug.clone(), aspect })
    }

    /// Tags with principles, in the official order.
    pub fn principle_tags(
        &mut self,
        file: &str,
        tags: BTreeMap<String, files::PrincipleTagEntry>,
        registers: &Registers,
    ) -> Vec<PrincipleTag> {
        let order = &registers.principles.principles;
        let mut found = Vec::new();
        for (name, tag) in tags {
            match order.iter().position(|it| it.slug.as_str() == name) {
                Some(place) => {
                    let basis = match tag.basis {
                        files::BasisEntry::Explicit => Basis::Explicit,
                        files::BasisEntry::Wording => Basis::Wording,
                        files::BasisEntry::Inferred => Basis::Inferred,
                    };
                    found.push((
                        place,
                        PrincipleTag { principle: order[place].slug.clone(), basis, why: tag.why },
                    ));
                }
                None if self.unread.contains(PRINCIPLES) => {}
                None => {
                    let diagnostic = Diagnostic::error(
                        Place::words(file, format!("{name}:")),
                        "unknown-principle",
                        format!("no principle `{name}`"),
                    );
                    let known = order.iter().map(|it| it.slug.as_str());
                    self.report.add(suggest::with_nearest(diagnostic, &name, known));
                }
            }
        }
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, tag)| tag).collect()
    }
}
