//! **Clauses that would not be found by topic.**
//!
//! - `home-topic-missing` (error): each clause of a current edition has a home topic, the
//!   first under `topics`; footnotes and annexes too. Title lines and signatures have none,
//!   reports and earlier editions need none.
//! - `aspect-missing` (error): a topic that divides into aspects is named with one of them:
//!   `scrutiny/powers`, so that the clause stands in a row of the comparison.
//!
//! Nothing is said of a clause of which a tag could not be read: it may be the one.

use super::Date;
use super::documents::of;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Clause, Handbook, SectionKind, TopicTag};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    for document in of(authority) {
        for section in document.sections {
            let outside = matches!(section.kind, SectionKind::Front | SectionKind::Back);
            for clause in section.clauses().filter(|it| handbook.is_whole(&it.file)) {
                let told = document.is_current() && handbook.is_whole("topics.yaml");
                if told && !outside && clause.topics.is_empty() {
                    report.add(
                        Diagnostic::error(
                            Place::words(&clause.file, "id:"),
                            "home-topic-missing",
                            format!("the clause `{}` has no home topic", clause.id),
                        )
                        .hint("add a line `topics: [topic/aspect]`, the home topic first"),
                    );
                }
                aspects(handbook, clause, report);
            }
        }
    }
}

fn aspects(handbook: &Handbook, clause: &Clause, report: &mut Report) {
    for tag in tags(clause).filter(|it| it.aspect.is_none()) {
        let aspects = handbook.topic(&tag.topic).map(|it| it.aspects.as_slice()).unwrap_or_default();
        if !aspects.is_empty() {
            let names: Vec<String> = aspects.iter().map(|it| format!("{}/{}", tag.topic, it.slug)).collect();
            report.add(
                Diagnostic::error(
                    Place::words(&clause.file, tag.topic.as_str()),
                    "aspect-missing",
                    format!("the topic `{}` is named without an aspect", tag.topic),
                )
                .hint(format!("one of {}", names.join(", "))),
            );
        }
    }
}

/// The topics of a clause and of its items.
pub fn tags(clause: &Clause) -> impl Iterator<Item = &TopicTag> {
    clause.topics.iter().chain(clause.items.values().flat_map(|it| &it.topics))
}
