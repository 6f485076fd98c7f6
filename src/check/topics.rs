//! **Topics that nothing is about.**
//!
//! - `topic-without-clause` (warning): no clause of any text has the topic.
//! - `aspect-without-clause` (warning): no clause has this aspect; its row would be empty for
//!   every authority. Reports count, since a text that is not held may be described in one.
//! - `group-without-topic` (warning): no topic stands in the group.

use super::Date;
use super::holding::Holdings;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{AspectSlug, Handbook, TopicSlug};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, holdings: &Holdings, _today: Date, report: &mut Report) {
    let file = "topics.yaml";
    let is_used = |topic: &TopicSlug, aspect: Option<&AspectSlug>| {
        let tag = (topic.clone(), aspect.cloned());
        holdings.values().any(|it| it.topics.contains(&tag))
    };
    let topics = if handbook.is_whole("authorities") { handbook.topics.topics.as_slice() } else { &[] };
    for topic in topics {
        if !is_used(&topic.slug, None) {
            report.add(
                Diagnostic::warning(
                    Place::words(file, format!("slug: {}", topic.slug)),
                    "topic-without-clause",
                    format!("no clause has the topic `{}`", topic.slug),
                )
                .hint("tag the clauses that belong to it, or take the topic out"),
            );
            continue;
        }
        for aspect in &topic.aspects {
            if !is_used(&topic.slug, Some(&aspect.slug)) {
                report.add(
                    Diagnostic::warning(
                        Place::words(file, format!("slug: {}", aspect.slug)),
                        "aspect-without-clause",
                        format!("no clause has the aspect `{}/{}`", topic.slug, aspect.slug),
                    )
                    .hint("tag the clauses that answer its question, or take the aspect out"),
                );
            }
        }
    }
    for group in &handbook.topics.groups {
        if !handbook.topics.topics.iter().any(|it| it.group == group.slug) {
            report.add(Diagnostic::warning(
                Place::words(file, format!("slug: {}", group.slug)),
                "group-without-topic",
                format!("no topic stands in the group `{}`", group.slug),
            ));
        }
    }
}
