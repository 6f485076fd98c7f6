//! **What has been published stays as it was published.** `frozen.yaml` of each authority holds
//! fingerprints of its editions: of their words, printed numbers, headings and order, and of what
//! is recorded of their status, adoption and corrections and of what came of the clauses before.
//! Tags, notes and references stay free. `handbook record` writes them, and so do `propose` and
//! `adopt`.
//!
//! - `frozen-words`, `frozen-order`, `frozen-status`, `frozen-adoption`, `frozen-descent`,
//!   `frozen-corrections` (errors): an edition is not as it was frozen. Put it back, or have the
//!   change recorded with its reason: `handbook correct`.
//! - `frozen-lost` (error): a frozen edition is there no more, or is called a draft; or the
//!   fingerprint of one of its clauses is.
//! - `not-frozen` (warning): an edition is public and not frozen yet, while others of the authority
//!   are.

use super::Date;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Departure, Edition, Frozen, Handbook, Status};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    if !handbook.has_words(authority.folder()) {
        return;
    }
    for (slug, frozen) in &authority.frozen {
        match authority.editions.get(slug).filter(|it| it.status != Status::Draft) {
            Some(edition) => departures(authority, edition, frozen, report),
            None => report.add(
                Diagnostic::error(
                    Place::words(frozen_file(authority), slug.as_str()),
                    "frozen-lost",
                    format!("the edition `{slug}` was published and is there no more, or is called a draft"),
                )
                .hint("put it back: readers have its address"),
            ),
        }
    }
    if authority.frozen.is_empty() {
        return; // nothing of it was recorded yet: the rule on ids says so
    }
    for edition in authority.editions.values() {
        if edition.status != Status::Draft && !authority.frozen.contains_key(&edition.slug) {
            report.add(
                Diagnostic::warning(
                    Place::file(&edition.file),
                    "not-frozen",
                    "the edition is public, and its words are not frozen yet",
                )
                .hint("run `handbook record`"),
            );
        }
    }
}

fn frozen_file(authority: &Authority) -> String {
    format!("{}/frozen.yaml", authority.folder())
}

fn departures(authority: &Authority, edition: &Edition, frozen: &Frozen, report: &mut Report) {
    for departure in frozen.departures(&Frozen::of(edition)) {
        let key = |words| Place::words(&edition.file, words);
        let (place, code) = match &departure {
            Departure::Status => (key("status:"), "frozen-status"),
            Departure::Adoption => (key("status:"), "frozen-adoption"),
            Departure::Order => (Place::file(&edition.file), "frozen-order"),
            Departure::Descent => (key("withdrawn:"), "frozen-descent"),
            Departure::Corrections => (key("corrections:"), "frozen-corrections"),
            Departure::Lost(_) => {
                (Place::words(frozen_file(authority), edition.slug.as_str()), "frozen-lost")
            }
            Departure::Words(id) => {
                let clause = edition.clause(id).map_or(&edition.file, |it| &it.file);
                (Place::words(clause, "id:"), "frozen-words")
            }
        };
        report.add(
            Diagnostic::error(
                place,
                code,
                format!("{departure}: not as the edition `{}` was published", edition.slug),
            )
            .hint(hint(authority, edition, &departure)),
        );
    }
}

/// What mends a departure. Only fingerprints are kept, so that what it was is not known here.
fn hint(authority: &Authority, edition: &Edition, departure: &Departure) -> String {
    let back = match departure {
        Departure::Words(_) => "put it back (a space, a mark or bold counts; `git diff` shows what changed)",
        Departure::Order => "put it back (the name of a section's folder counts, but for its number)",
        _ => "put it back",
    };
    let correct = format!("record why it changed: handbook correct {} {}", authority.slug, edition.slug);
    match (&edition.source.text, departure) {
        (Some(source), Departure::Words(_)) => format!(
            "{back}, or {correct}; where the source prints the slip, declare under `readings` in \
             `sources/{source}.yaml` how its line is read"
        ),
        _ => format!("{back}, or {correct}"),
    }
}
