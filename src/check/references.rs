//! **References that lead elsewhere than before.** Where clauses are numbered anew, words such as
//! `paragraph 10.3` stand for another clause than in the text that a draft follows.
//!
//! - `reference-elsewhere` (warning, in what is drafted or put forward): the same words of the same
//!   clause named another place in the edition before. Change the number in the words; where the
//!   place is meant, accept the warning.

use super::Date;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Clause, ClauseId, Edition, Handbook, Status, Target};
use crate::view::links::out_of;

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    if !handbook.has_words(authority.folder()) {
        return;
    }
    for edition in authority.editions.values() {
        let open = matches!(edition.status, Status::Draft | Status::Proposed);
        let before = edition.follows.as_ref().and_then(|it| authority.editions.get(it));
        if let Some(before) = before.filter(|_| open) {
            for clause in edition.clauses() {
                if let Some(then) = before.clause(&clause.id) {
                    elsewhere(edition, before, then, clause, report);
                }
            }
        }
    }
}

fn elsewhere(edition: &Edition, before: &Edition, then: &Clause, now: &Clause, report: &mut Report) {
    let (named, names) = (out_of(then), out_of(now));
    for mention in &names {
        let mut same = named.iter().filter(|it| it.words == mention.words);
        let Some(first) = same.next() else { continue };
        if first.target == mention.target || same.any(|it| it.target == mention.target) {
            continue;
        }
        // Where the words went the number may go too.
        let took = |it: &Clause| clause_of(first.target).is_some_and(|id| it.from.contains(id));
        if clause_of(mention.target).and_then(|id| edition.clause(id)).is_some_and(took) {
            continue;
        }
        let place = called(edition, first.target);
        let place = place.or_else(|| Some(format!("{}, which is gone", called(before, first.target)?)));
        let (Some(place), Some(leads)) = (place, called(edition, mention.target)) else { continue };
        report.add(
            Diagnostic::warning(
                Place::text(&now.file, mention.words),
                "reference-elsewhere",
                format!("`{}` named {place} in the edition before, and leads to {leads} here", mention.words),
            )
            .hint("change the number in the words; accept the warning if this place is meant"),
        );
    }
}

fn clause_of(target: &Target) -> Option<&ClauseId> {
    match target {
        Target::Clause(id) | Target::Item(id, _) => Some(id),
        Target::Section(_) | Target::Legislation { .. } => None,
    }
}

/// A place of the text by its id, with the number that it bears; `None` if its section or clause is
/// not there, and for an Act.
fn called(edition: &Edition, target: &Target) -> Option<String> {
    let number = |it: &Option<String>| it.as_ref().map(|it| format!(", numbered {it}")).unwrap_or_default();
    match target {
        Target::Section(slug) => {
            let section = edition.sections.iter().find(|it| it.slug == *slug)?;
            Some(format!("the section `{slug}`{}", number(&section.number)))
        }
        Target::Clause(id) => {
            let clause = edition.clause(id)?;
            Some(format!("the clause `{id}`{}", number(&clause.number)))
        }
        Target::Item(id, item) => {
            let clause = edition.clause(id)?;
            Some(format!("item `{item}` of the clause `{id}`{}", number(&clause.number)))
        }
        Target::Legislation { .. } => None,
    }
}
