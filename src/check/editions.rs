//! **Editions whose dates, status and order contradict each other.**
//!
//! - `adopted-without-date` (error): `status: adopted` needs the day or the step at which it
//!   was adopted; a text found on a website is `published`.
//! - `current-status` (error): the current edition is a draft, superseded, rejected or
//!   withdrawn. `current-proposed` (warning): it is only proposed.
//! - `commenced-before-adopted`, `adoption-order`, `edition-order` (warnings): a text in force
//!   before it was adopted; steps of adoption not in the order of their days; an edition
//!   dated before the one it follows. Sources may print such a thing: then accept it.
//! - `adopted-otherwise` (warning): the day of adoption is that of no step which adopted the text.
//! - `newer-not-current` (warning): an adopted or published edition follows the current one, and readers
//!   are still shown the latter. Where it does not hold yet, accept it.
//! - `date-in-future` (warning): a document bears a day to come. `decided-in-future`
//!   (error): its adoption or what a body decided is recorded, and the day is still to come.
//! - `unknown-edition`, `unknown-report` (errors): `follows`, `amends` or `part_of` names none.
//! - `follows-circle` (error): editions follow each other in a circle.

use super::Date;

use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{AdoptionStep, Authority, Edition, Handbook, PartialDate, Status};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, today: Date, report: &mut Report) {
    for edition in authority.editions.values() {
        status(authority, edition, report);
        dates(edition, today, report);
        if handbook.has_words(authority.folder()) {
            order(authority, edition, report);
        }
    }
    if handbook.has_words(authority.folder()) {
        newer(authority, report);
    }
    for it in authority.reports.values() {
        future(&it.file, it.date, today, report);
    }
}

fn status(authority: &Authority, edition: &Edition, report: &mut Report) {
    let place = |words: &str| Place::words(&edition.file, words);
    if edition.status == Status::Adopted && edition.dates.adopted.is_none() && edition.adoption.is_empty() {
        report.add(
            Diagnostic::error(
                place("status:"),
                "adopted-without-date",
                "the edition is adopted, and neither day nor body is recorded",
            )
            .hint("record `dates: {adopted: …}` or a step under `adoption`; `published` where adoption is not stated"),
        );
    }
    if authority.current.as_ref() != Some(&edition.slug) {
        return;
    }
    let name = match edition.status {
        Status::Draft => "a draft",
        Status::Superseded => "superseded",
        Status::Rejected => "rejected",
        Status::Withdrawn => "withdrawn",
        Status::Proposed => {
            report.add(
                Diagnostic::warning(
                    place("status:"),
                    "current-proposed",
                    "the current edition is only proposed",
                )
                .hint("readers take the current edition for the text that holds"),
            );
            return;
        }
        Status::Adopted | Status::Published => return,
    };
    report.add(
        Diagnostic::error(place("status:"), "current-status", format!("the current edition is {name}"))
            .hint(format!("mend the status, or `current` in {}", authority.file)),
    );
}

/// The editions that came after the one that readers are shown.
fn newer(authority: &Authority, report: &mut Report) {
    let Some(current) = &authority.current else { return };
    let holds = |it: &&Edition| matches!(it.status, Status::Adopted | Status::Published);
    for edition in authority.editions.values().filter(holds).filter(|it| it.slug != *current) {
        let mut earlier = edition.follows.as_ref();
        // As many steps as there are editions: more would be a circle.
        for _ in &authority.editions {
            let Some(slug) = earlier.filter(|it| *it != current) else { break };
            earlier = authority.editions.get(slug).and_then(|it| it.follows.as_ref());
        }
        if earlier == Some(current) {
            report.add(
                Diagnostic::warning(
                    Place::words(&authority.file, format!("current: {current}")),
                    "newer-not-current",
                    format!("`{}` follows `{current}`, which is said to be the current text", edition.slug),
                )
                .hint(format!(
                    "name `{}` under `current`; accept this while it does not hold yet",
                    edition.slug
                )),
            );
        }
    }
}

fn dates(edition: &Edition, today: Date, report: &mut Report) {
    let dates = &edition.dates;
    future(&edition.file, dates.printed, today, report);
    let decided = edition.adoption.iter().filter(|it| !it.awaits_decision());
    let decided = decided.filter_map(|it| Some((format!("date: {}", it.date?), it.date?)));
    let adopted = dates.adopted.map(|it| (format!("adopted: {it}"), it));
    for (words, date) in decided.chain(adopted).filter(|(_, it)| it.first_day() > today) {
        report.add(
            Diagnostic::error(
                Place::words(&edition.file, words),
                "decided-in-future",
                format!("a decision on the edition is recorded, and {} is still to come", date.in_words()),
            )
            .hint("is the year right? record what was decided once it has happened"),
        );
    }
    // Steps of other days that decided nothing short of an adoption.
    let adopts = |it: &&AdoptionStep| it.date.is_some() && it.decided().is_none() && !it.awaits_decision();
    if let (Some(adopted), None) = (dates.adopted, edition.adopted_by())
        && let Some(step) = edition.adoption.iter().rfind(adopts)
    {
        report.add(
            Diagnostic::warning(
                Place::words(&edition.file, format!("adopted: {adopted}")),
                "adopted-otherwise",
                format!(
                    "the edition is said to be adopted on {adopted}, and no step of that day is recorded"
                ),
            )
            .hint(format!(
                "`{}` decided on {}: is one of the days wrong?",
                step.body,
                step.date.map_or_else(String::new, |it| it.to_string())
            )),
        );
    }
    if let (Some(adopted), Some(commenced)) = (dates.adopted, dates.commenced)
        && commenced.is_before(adopted)
    {
        report.add(
            Diagnostic::warning(
                Place::words(&edition.file, format!("commenced: {commenced}")),
                "commenced-before-adopted",
                format!("the edition commenced on {commenced}, before it was adopted on {adopted}"),
            )
            .hint("mend the day, or accept it where the source has it so"),
        );
    }
    let steps: Vec<PartialDate> = edition.adoption.iter().filter_map(|it| it.date).collect();
    if let Some(pair) = steps.windows(2).find(|it| it[1].is_before(it[0])) {
        report.add(
            Diagnostic::warning(
                Place::words(&edition.file, format!("date: {}", pair[1])),
                "adoption-order",
                format!("the step of {} stands after that of {}", pair[1], pair[0]),
            )
            .hint("give the steps oldest first"),
        );
    }
}

fn future(file: &str, date: Option<PartialDate>, today: Date, report: &mut Report) {
    if let Some(date) = date.filter(|it| it.first_day() > today) {
        report.add(
            Diagnostic::warning(
                Place::words(file, date.to_string()),
                "date-in-future",
                format!("{date} is still to come"),
            )
            .hint("is the year right?"),
        );
    }
}

fn order(authority: &Authority, edition: &Edition, report: &mut Report) {
    if let Some(slug) = &edition.part_of
        && !authority.reports.contains_key(slug)
    {
        let known: Vec<&str> = authority.reports.keys().map(|it| it.as_str()).collect();
        report.add(
            Diagnostic::error(
                Place::words(&edition.file, "part_of:"),
                "unknown-report",
                format!("no report `{slug}`"),
            )
            .hint(one_of(&known)),
        );
    }
    for (key, slug) in [("follows:", &edition.follows), ("amends:", &edition.amends)] {
        if let Some(slug) = slug.as_ref().filter(|it| !authority.editions.contains_key(*it)) {
            let known: Vec<&str> = authority.editions.keys().map(|it| it.as_str()).collect();
            let place = Place::words(&edition.file, key);
            report.add(
                Diagnostic::error(place, "unknown-edition", format!("no edition `{slug}`"))
                    .hint(one_of(&known)),
            );
        }
    }
    let Some(slug) = &edition.follows else { return };
    let Some(earlier) = authority.editions.get(slug) else { return };
    let place = Place::words(&edition.file, "follows:");
    let mut seen = vec![&edition.slug];
    let mut next = Some(earlier);
    while let Some(it) = next {
        if it.slug == edition.slug {
            report.add(
                Diagnostic::error(
                    place,
                    "follows-circle",
                    "the edition follows itself, at once or by way of others",
                )
                .hint("`follows` names the text before it; the first text has none"),
            );
            return;
        }
        if seen.contains(&&it.slug) {
            break; // a circle further back, told where it is
        }
        seen.push(&it.slug);
        next = it.follows.as_ref().and_then(|it| authority.editions.get(it));
    }
    if let (Some(own), Some(other)) = (day(edition), day(earlier))
        && own.is_before(other)
    {
        report.add(
            Diagnostic::warning(
                place,
                "edition-order",
                format!("the edition is dated {own}, before `{slug}`, which it follows ({other})"),
            )
            .hint("mend a day or `follows`, or accept it where the sources have it so"),
        );
    }
}

/// The day from which an edition is dated, the firmest first.
fn day(edition: &Edition) -> Option<PartialDate> {
    let dates = &edition.dates;
    dates.commenced.or(dates.adopted).or(dates.printed).or(dates.proposed)
}

fn one_of(known: &[&str]) -> String {
    match known {
        [] => "the authority has none".to_owned(),
        known => format!("one of {}", known.join(", ")),
    }
}
