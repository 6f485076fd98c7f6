//! Clauses of a draft, edited where their identity is at stake: what came from what is recorded,
//! and not guessed from likeness.
//!
//! Only drafts are edited. A clause is named by its id, or by its printed number where only one has
//! it. What is recorded refers to the edition that the draft follows: a clause that was made and
//! merged again within the draft leaves no trace.

mod add;
mod merge;
mod number;
mod place;
mod split;
mod withdraw;

pub use add::{Addition, add};
pub use merge::{Merger, merge};
pub use number::{Numbering, Renumbered, renumber};
pub use place::{Removal, Spot, relocate};
pub use split::{Split, split};
pub use withdraw::{Withdrawal, withdraw};

use std::collections::BTreeSet;

use super::desk::Desk;
use super::front::Front;
use super::{Next, Refusal, authority, edition_in, folder};
use crate::Checked;
use crate::handbook::{Authority, Clause, ClauseId, ClauseKind, Edition, Section, Status};
use crate::record::plain;

/// A draft of an authority; the only one where none is named.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub authority: String,
    pub edition: Option<String>,
}

/// A draft on the desk.
struct Open<'c> {
    desk: Desk<'c>,
    authority: &'c Authority,
    edition: &'c Edition,
}

/// A clause and the section that it stands in.
#[derive(Clone, Copy)]
struct Found<'c> {
    section: &'c Section,
    clause: &'c Clause,
}

fn open<'c>(checked: &'c Checked, draft: &Draft) -> Result<Open<'c>, Refusal> {
    let authority = authority(checked, &draft.authority)?;
    let edition = edition_in(authority, draft.edition.as_deref(), &[Status::Draft], "a draft")?;
    Ok(Open { desk: Desk::new(checked), authority, edition })
}

impl<'c> Open<'c> {
    /// The clause with this id, else the only one with this number.
    fn find(&self, name: &str) -> Result<Found<'c>, Refusal> {
        let all = || {
            let sections = self.edition.sections.iter();
            sections.flat_map(|section| section.clauses().map(move |clause| Found { section, clause }))
        };
        if let Some(found) = all().find(|it| it.clause.id.as_str() == name) {
            return Ok(found);
        }
        let by_number: Vec<Found> = all().filter(|it| it.clause.number.as_deref() == Some(name)).collect();
        match by_number.as_slice() {
            [one] => Ok(*one),
            [] => Err(Refusal::new(
                format!("the draft `{}` has no clause `{name}`", self.edition.slug),
                format!("the names of the files in {} are the ids", folder(self.edition)),
            )),
            several => {
                let ids: Vec<&str> = several.iter().map(|it| it.clause.id.as_str()).collect();
                Err(Refusal::new(
                    format!("{} clauses of the draft bear the number `{name}`", ids.len()),
                    format!("name one by its id: {}", ids.join(", ")),
                ))
            }
        }
    }

    /// The clause, which is no footnote.
    fn find_clause(&self, name: &str, what: &str) -> Result<Found<'c>, Refusal> {
        let found = self.find(name)?;
        match found.clause.is_footnote() {
            true => {
                Err(Refusal::new(format!("`{name}` is a footnote, which is not {what}"), "edit its file"))
            }
            false => Ok(found),
        }
    }

    /// The section with this slug, folder or number.
    fn section(&self, name: &str) -> Result<&'c Section, Refusal> {
        let folder = |it: &Section| it.folder().rsplit('/').next().unwrap_or_default().to_owned();
        let sections = &self.edition.sections;
        let found = sections.iter().find(|it| it.slug.as_str() == name || folder(it) == name);
        found.or_else(|| sections.iter().find(|it| it.number.as_deref() == Some(name))).ok_or_else(|| {
            let known: Vec<&str> = sections.iter().map(|it| it.slug.as_str()).collect();
            Refusal::new(
                format!("the draft `{}` has no section `{name}`", self.edition.slug),
                format!(
                    "one of {}; a new one is a folder beside theirs with a `_section.md` like theirs",
                    known.join(", ")
                ),
            )
        })
    }

    /// Whether the edition that the draft follows has a clause.
    fn is_known(&self, id: &ClauseId) -> bool {
        let before = self.edition.follows.as_ref().and_then(|it| self.authority.editions.get(it));
        before.is_some_and(|it| it.clause(id).is_some())
    }

    /// An id that no clause of the authority has or had: the one wanted, else with a figure after it.
    fn free_id(&self, wanted: &str) -> Result<ClauseId, Refusal> {
        let editions = self.authority.editions.values();
        let taken: BTreeSet<&ClauseId> = editions
            .flat_map(|it| it.clauses())
            .map(|it| &it.id)
            .chain(self.authority.ledger.keys())
            .collect();
        let wanted = wanted.trim_end_matches(['.', ')']).to_lowercase().replace(' ', "-");
        let names = std::iter::once(wanted.clone()).chain((2..100).map(|it| format!("{wanted}-{it}")));
        names.filter_map(|it| ClauseId::parse(&it)).find(|it| !taken.contains(it)).ok_or_else(|| {
            Refusal::new(
                format!("`{wanted}` cannot be an id"),
                "give another with --id: lower-case letters, digits, single hyphens and points",
            )
        })
    }

    /// An id that was asked for.
    fn own_id(&self, id: &str) -> Result<ClauseId, Refusal> {
        let free = self.free_id(id)?;
        match free.as_str() == id {
            true => Ok(free),
            false => Err(Refusal::new(
                format!("the id `{id}` is or was that of another clause, and its address leads there"),
                format!("take another, such as {free}; if it is that clause again, say --again"),
            )),
        }
    }

    /// The id of a clause that another text has or had, and the draft has not.
    fn known_id(&self, id: &str) -> Result<ClauseId, Refusal> {
        let is_there = self.edition.clauses().any(|it| it.id.as_str() == id);
        let is_elsewhere = self.authority.ledger.contains_key(id)
            || self.authority.editions.values().flat_map(|it| it.clauses()).any(|it| it.id.as_str() == id);
        match ClauseId::parse(id).filter(|_| is_elsewhere && !is_there) {
            Some(id) => Ok(id),
            None => Err(Refusal::new(
                match is_there {
                    true => format!("the draft has a clause `{id}` already"),
                    false => format!("no other text has or had a clause `{id}`"),
                },
                "leave out --again for a clause that is new",
            )),
        }
    }

    /// Changes the list of a section.
    fn list<T>(&mut self, section: &Section, change: impl FnOnce(&mut Front) -> T) -> Result<T, Refusal> {
        let mut front = self.desk.fenced(&section.file)?;
        let done = change(&mut front);
        self.desk.put(&section.file, front.write());
        Ok(done)
    }

    /// Takes a clause out of the list of its section, with a sub-heading that would have nothing left
    /// to stand over, and with the section if it was its last; what went with it, a line each.
    fn take_out(&mut self, section: &Section, id: &str) -> Result<Vec<String>, Refusal> {
        let mut front = self.desk.fenced(&section.file)?;
        let Some(at) = position(&front, id) else { return Ok(Vec::new()) };
        front.take("clauses", at);
        let mut went = Vec::new();
        let list = front.list("clauses");
        if let Some(before) = at.checked_sub(1).filter(|it| is_heading(list.get(*it)))
            && (at >= list.len() || is_heading(list.get(at)))
        {
            front.take("clauses", before);
            let words = list[before].trim_matches(['{', '}']).trim_start_matches("heading:").trim();
            went.push(format!(
                "the sub-heading “{}” stood over it alone and went with it",
                words.trim_matches('"')
            ));
        }
        if front.list("clauses").is_empty() {
            self.desk.remove(&section.file);
            went.push(format!("the section `{}` has no clause left and went with it", section.slug));
            let slug = section.slug.as_str();
            if self.edition.clauses().all(|it| it.id.as_str() != slug) {
                let plain = self.retarget(|target| (target == slug).then(|| "none".to_owned()))?;
                went.extend((plain > 0).then(|| led_there(plain)));
            }
        } else {
            self.desk.put(&section.file, front.write());
        }
        Ok(went)
    }

    /// The footnotes of the draft whose mark stands in a clause.
    fn footnotes(&self, id: &ClauseId) -> Vec<&'c Clause> {
        let is_its = |it: &&Clause| match &it.kind {
            ClauseKind::Footnote { mark_in, .. } => mark_in.as_ref() == Some(id),
            ClauseKind::Clause => false,
        };
        self.edition.clauses().filter(is_its).collect()
    }

    /// Leads the editors' references of the draft elsewhere, where `to` says so: `2.04`, `2.04/a`.
    /// How many there were.
    fn retarget(&mut self, to: impl Fn(&str) -> Option<String>) -> Result<usize, Refusal> {
        let mut count = 0;
        let below = self.desk.below(folder(self.edition));
        for path in below.into_keys().filter(|it| it.ends_with(".md") && !it.ends_with("/_section.md")) {
            let file = format!("{}/{path}", folder(self.edition));
            let mut front = self.desk.fenced(&file)?;
            let mut changed = false;
            for (words, target) in front.entries("references") {
                if let Some(new) = to(target.trim_matches(['"', '\''])) {
                    front.set_in("references", &words, &plain(&new));
                    count += 1;
                    changed = true;
                }
            }
            if changed {
                self.desk.put(&file, front.write());
            }
        }
        Ok(count)
    }
}

/// What is told of references that have lost what they led to.
fn led_there(count: usize) -> String {
    format!("{count} of our references led there and lead nowhere now")
}

/// Where a clause stands in the list of its section.
fn position(front: &Front, id: &str) -> Option<usize> {
    front.list("clauses").iter().position(|it| it == id)
}

fn is_heading(entry: Option<&String>) -> bool {
    entry.is_some_and(|it| it.starts_with('{') || it.starts_with("heading:"))
}

/// The ids of items without `tail`, and whether there is a tail.
fn items(ids: Vec<crate::handbook::ItemId>) -> (Vec<String>, bool) {
    let mut ids: Vec<String> = ids.iter().map(|it| it.as_str().to_owned()).collect();
    let tail = ids.last().is_some_and(|it| it == "tail");
    if tail {
        ids.pop();
    }
    (ids, tail)
}

/// `[a, "2.a"]`
fn flow(entries: &[String]) -> String {
    let entries: Vec<String> = entries.iter().map(|it| plain(it)).collect();
    format!("[{}]", entries.join(", "))
}

/// What is told of a clause: `2.03`, or `“intro” (no number)`.
fn called(clause: &Clause) -> String {
    match &clause.number {
        Some(number) if number == clause.id.as_str() => number.clone(),
        Some(number) => format!("{number} (id {})", clause.id),
        None => format!("{} (no number)", clause.id),
    }
}

/// What may be done after an edit.
fn next(authority: &Authority, edition: &Edition) -> Vec<Next> {
    vec![
        Next::run("check", "see what the edit leaves to mend"),
        Next::run(format!("propose {} {}", authority.slug, edition.slug), "put the draft to a body"),
        Next::undo(),
    ]
}
