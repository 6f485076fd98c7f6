//! **Days on which something was read or reviewed.**
//!
//! - `not-checked-lately` (warning): a source, a status note on a law or a review of silence
//!   is more than two years old. Read it again and record the day.
//! - `date-in-future` (warning): the day is still to come.
//! - `note-without-source` (error): a status note on a law, or what a law says of the
//!   principles, states on what it rests.

use super::Date;

use super::documents::of;
use super::holding::Holdings;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Handbook, PartialDate};

/// Whether more than two years lie between the days; the 29th of February counts as such.
fn is_old(checked: Date, today: Date) -> bool {
    (checked.year() + 2, checked.month(), checked.day()) < (today.year(), today.month(), today.day())
}

/// Adds what the guidance above names to the report.
pub fn check(_handbook: &Handbook, authority: &Authority, today: Date, report: &mut Report) {
    for document in of(authority) {
        if let Some(checked) = document.source.checked {
            day(document.file, "the source", checked, today, report);
        }
    }
    let mut reviews: Vec<PartialDate> = authority.coverage.iter().map(|it| it.reviewed).collect();
    reviews.extend(authority.not_held.iter().map(|it| it.reviewed));
    reviews.sort();
    reviews.dedup();
    // One word on the oldest: they are reviewed together.
    if let Some(oldest) = reviews.first() {
        day(&authority.file, "what the text is silent on", *oldest, today, report);
    }
    if let Some(newest) = reviews.last().filter(|it| it.first_day() > today) {
        day(&authority.file, "what the text is silent on", *newest, today, report);
    }
}

/// The same of the registers.
pub fn registers(handbook: &Handbook, _holdings: &Holdings, today: Date, report: &mut Report) {
    for act in &handbook.legislation {
        for note in &act.notes {
            if let Some(checked) = note.checked {
                day("legislation.yaml", &format!("a note on `{}`", act.slug), checked, today, report);
            }
        }
    }
    for law in &handbook.principles.law {
        let what = format!("what `{}` says of the principles", law.legislation);
        day("principles.yaml", &what, law.checked, today, report);
    }
    without_source(handbook, report);
}

fn day(file: &str, what: &str, checked: PartialDate, today: Date, report: &mut Report) {
    let place = Place::words(file, checked.to_string());
    if checked.first_day() > today {
        report.add(
            Diagnostic::warning(place, "date-in-future", format!("{checked} is still to come"))
                .hint("is the year right?"),
        );
    } else if is_old(checked.first_day(), today) {
        report.add(
            Diagnostic::warning(
                place,
                "not-checked-lately",
                format!("{what} was last checked on {checked}, more than two years ago"),
            )
            .hint("read it again and record the day"),
        );
    }
}

fn without_source(handbook: &Handbook, report: &mut Report) {
    let notes = handbook.legislation.iter().flat_map(|act| act.notes.iter().map(move |it| (act, it)));
    let mut missing = Vec::new();
    for (act, note) in notes.filter(|(_, it)| it.source.trim().is_empty()) {
        missing.push((Place::words("legislation.yaml", note.text.as_str()), act.slug.to_string()));
    }
    for law in handbook.principles.law.iter().filter(|it| it.source.trim().is_empty()) {
        missing.push((Place::words("principles.yaml", law.text.as_str()), law.legislation.to_string()));
    }
    for (place, slug) in missing {
        report.add(
            Diagnostic::error(place, "note-without-source", format!("a note on `{slug}` has no source"))
                .hint("say on what it rests: the provision that was read, or `our reading of …`"),
        );
    }
}
