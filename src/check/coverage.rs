//! **What a current text is said to be silent on.** Silence is never assumed: each aspect of
//! each topic is either addressed by a clause of the current edition or declared under
//! `coverage` in authority.yaml, with the reason and the day of the review.
//!
//! - `coverage-contradicts` (error): a silence is declared, and a clause addresses it.
//! - `coverage-repeated` (error): the same silence is declared twice.
//! - `coverage-without-text` (error): a silence is declared where no text is held.
//! - `coverage-older` (warning): silences were reviewed before the current text was adopted, so in
//!   another text.
//! - `not-reviewed` (warning): neither addressed nor declared. Readers see "not yet reviewed".

use std::collections::BTreeMap;

use super::Date;
use super::tags::tags;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{AspectSlug, Authority, ClauseId, Coverage, Handbook, PartialDate, Topic, TopicSlug};

/// The first clause of a text for each topic and aspect.
type Addressed<'h> = BTreeMap<(&'h TopicSlug, Option<&'h AspectSlug>), &'h ClauseId>;

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    if !handbook.is_whole("topics.yaml") || !handbook.is_whole(authority.folder()) {
        return;
    }
    let Some(edition) = authority.current_edition() else {
        if let (Some(first), Some(_)) = (authority.coverage.first(), &authority.not_held) {
            report.add(
                Diagnostic::error(
                    Place::words(&authority.file, name(first)),
                    "coverage-without-text",
                    "a silence is declared, and no text is held",
                )
                .hint("take `coverage` out: of a text that is not held nothing can be said"),
            );
        }
        return;
    };
    let mut addressed = Addressed::new();
    for clause in edition.clauses() {
        for tag in tags(clause) {
            addressed.entry((&tag.topic, None)).or_insert(&clause.id);
            addressed.entry((&tag.topic, tag.aspect.as_ref())).or_insert(&clause.id);
        }
    }
    declared(authority, &addressed, report);
    if let Some(adopted) = edition.dates.adopted {
        older(authority, adopted, report);
    }
    for topic in &handbook.topics.topics {
        reviewed(authority, topic, &addressed, report);
    }
}

fn declared(authority: &Authority, addressed: &Addressed, report: &mut Report) {
    for (index, it) in authority.coverage.iter().enumerate() {
        let name = name(it);
        let place = Place::words(&authority.file, format!("topic: {name}"));
        if let Some(clause) = addressed.get(&(&it.topic, it.aspect.as_ref())) {
            report.add(
                Diagnostic::error(
                    place,
                    "coverage-contradicts",
                    format!("`{name}` is declared as silent, and clause `{clause}` addresses it"),
                )
                .hint("take the entry out, or mend the topics of the clause"),
            );
        } else if authority.coverage[..index].iter().any(|other| same(other, it)) {
            report.add(Diagnostic::error(
                place,
                "coverage-repeated",
                format!("`{name}` is declared twice as silent"),
            ));
        }
    }
}

fn older(authority: &Authority, adopted: PartialDate, report: &mut Report) {
    let older = authority.coverage.iter().filter(|it| it.reviewed.first_day() < adopted.first_day()).count();
    if older > 0 {
        report.add(
            Diagnostic::warning(
                Place::words(&authority.file, "coverage:"),
                "coverage-older",
                format!(
                    "silences were reviewed before the current text was adopted on {adopted}: {older} of them"
                ),
            )
            .hint("read the text for them, and give the day as `reviewed`"),
        );
    }
}

fn reviewed(authority: &Authority, topic: &Topic, addressed: &Addressed, report: &mut Report) {
    let settled = |aspect: Option<&AspectSlug>| {
        addressed.contains_key(&(&topic.slug, aspect))
            || (authority.coverage.iter())
                .any(|it| it.topic == topic.slug && (it.aspect.is_none() || it.aspect.as_ref() == aspect))
    };
    let open: Vec<&str> =
        topic.aspects.iter().filter(|it| !settled(Some(&it.slug))).map(|it| it.slug.as_str()).collect();
    let message = if topic.aspects.is_empty() {
        if settled(None) {
            return;
        }
        format!("`{}` is neither addressed nor declared as silent", topic.slug)
    } else {
        match open.as_slice() {
            [] => return,
            [one] => format!("`{}/{one}` is neither addressed nor declared as silent", topic.slug),
            several => format!(
                "`{}` is neither addressed nor declared as silent in its aspects {}",
                topic.slug,
                several.join(", ")
            ),
        }
    };
    report.add(Diagnostic::warning(Place::file(&authority.file), "not-reviewed", message).hint(
        "tag the clauses that address it, or declare it under `coverage` once the text has been read for it",
    ));
}

fn same(a: &Coverage, b: &Coverage) -> bool {
    (&a.topic, &a.aspect) == (&b.topic, &b.aspect)
}

fn name(it: &Coverage) -> String {
    match &it.aspect {
        Some(aspect) => format!("{}/{aspect}", it.topic),
        None => it.topic.to_string(),
    }
}
