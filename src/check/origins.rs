//! **No clause vanishes without a word.** An edition accounts for each clause of the one that it
//! follows, and of the proposal that it amends: it has the clause, or its words went into another one (`from` there), or it was
//! withdrawn (`withdrawn` in `edition.yaml`). The commands `handbook clause merge`, `split` and
//! `withdraw` write this; by hand it is two keys.
//!
//! - `id-vanished` (error): a clause of the edition before is not accounted for.
//! - `unknown-origin` (error): `from` names a clause that the edition before does not have, or the
//!   edition follows none.
//! - `id-back` (warning): a clause that an earlier text had and the edition before had not is there
//!   again. If it is that clause, accept the warning; a new clause needs an id of its own, since the
//!   address of the old one is out in the world.
//! - `unknown-withdrawn` (error): `withdrawn` names a clause that the edition before does not have.
//! - `withdrawn-but-there` (error): a clause is said to be withdrawn and stands in the text.

use std::collections::BTreeSet;

use super::Date;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, ClauseId, DocumentSlug, Edition, Handbook};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    if !handbook.has_words(authority.folder()) {
        return;
    }
    for edition in authority.editions.values() {
        edition_accounts(authority, edition, report);
    }
}

fn edition_accounts(authority: &Authority, edition: &Edition, report: &mut Report) {
    let before = edition.follows.as_ref().and_then(|it| authority.editions.get(it));
    let amended = edition.amends.as_ref().and_then(|it| authority.editions.get(it));
    let known: BTreeSet<&ClauseId> =
        before.iter().chain(&amended).flat_map(|it| it.clauses()).map(|it| &it.id).collect();
    let here: BTreeSet<&ClauseId> = edition.clauses().map(|it| &it.id).collect();
    let mut taken_in: BTreeSet<&ClauseId> = BTreeSet::new();
    for clause in edition.clauses() {
        for id in &clause.from {
            taken_in.insert(id);
            if !known.contains(id) {
                report.add(
                    Diagnostic::error(
                        Place::words(&clause.file, "from:"),
                        "unknown-origin",
                        format!("the edition before has no clause `{id}` from which words could come"),
                    )
                    .hint("name a clause of the edition that this one `follows`, or take it out"),
                );
            }
        }
    }
    let earlier = earlier(authority, before);
    for clause in edition.clauses().filter(|it| !known.contains(&it.id) && earlier.contains(&it.id)) {
        report.add(
            Diagnostic::warning(
                Place::words(&clause.file, "id:"),
                "id-back",
                format!("an earlier text had a clause `{}`, and the edition before had not", clause.id),
            )
            .hint("is it that clause again? a new one needs an id that no clause had"),
        );
    }
    for id in edition.withdrawn.keys().filter(|it| !known.contains(it) && !here.contains(it)) {
        report.add(
            Diagnostic::error(
                Place::words(&edition.file, "withdrawn:"),
                "unknown-withdrawn",
                format!("the edition before has no clause `{id}` that could be withdrawn"),
            )
            .hint("name a clause of the edition that this one `follows` or `amends`, or take it out"),
        );
    }
    for id in edition.withdrawn.keys().filter(|it| here.contains(*it)) {
        report.add(
            Diagnostic::error(
                Place::words(&edition.file, "withdrawn:"),
                "withdrawn-but-there",
                format!("the clause `{id}` is said to be withdrawn and stands in the text"),
            )
            .hint("take it out of `withdrawn`"),
        );
    }
    for id in known {
        if !here.contains(id) && !taken_in.contains(id) && !edition.withdrawn.contains_key(id) {
            report.add(
                Diagnostic::error(
                    Place::file(&edition.file),
                    "id-vanished",
                    format!("the clause `{id}` of the edition before is not here, and nothing says why"),
                )
                .hint(format!(
                    "put it back, name it under `from` in the clause that took its words, or write `withdrawn: \
                     {{\"{id}\": reason}}`"
                )),
            );
        }
    }
}

/// The clauses of the texts that `before` follows.
fn earlier<'h>(authority: &'h Authority, before: Option<&'h Edition>) -> BTreeSet<&'h ClauseId> {
    let mut ids = BTreeSet::new();
    let mut seen: BTreeSet<&DocumentSlug> = BTreeSet::new();
    let mut next = before.and_then(|it| it.follows.as_ref());
    while let Some(edition) = next.and_then(|it| authority.editions.get(it)) {
        if !seen.insert(&edition.slug) {
            break; // a circle, told elsewhere
        }
        ids.extend(edition.clauses().map(|it| &it.id));
        next = edition.follows.as_ref();
    }
    ids
}
