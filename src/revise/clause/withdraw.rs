//! A clause is left out, and nothing takes its place.

use std::collections::BTreeSet;

use super::{Draft, Open, called, led_there, next, open};
use crate::Checked;
use crate::handbook::{Clause, ClauseId, Section};
use crate::record::quoted;
use crate::revise::{Refusal, Step};

/// What is to be left out, and why.
#[derive(Clone, Debug, Default)]
pub struct Withdrawal {
    pub draft: Draft,
    pub clause: String,
    pub reason: Option<String>,
}

/// Leaves a clause out of a draft, with the footnotes whose marks stand in it, and records why.
///
/// # Errors
///
/// If there is no such clause.
pub fn withdraw(checked: &Checked, words: &Withdrawal) -> Result<Step, Refusal> {
    let mut open = open(checked, &words.draft)?;
    let found = open.find(&words.clause)?;
    let footnotes = open.footnotes(&found.clause.id);
    let mut gone: Vec<(&Section, &Clause)> = vec![(found.section, found.clause)];
    for footnote in &footnotes {
        let found = open.find(footnote.id.as_str())?;
        gone.push((found.section, found.clause));
    }
    let ids: BTreeSet<&ClauseId> = gone.iter().map(|(_, it)| &it.id).collect();
    let mut did = Vec::new();
    for (section, clause) in &gone {
        open.desk.remove(&clause.file);
        let went = open.take_out(section, clause.id.as_str())?;
        did.push(format!("clause {} withdrawn", called(clause)));
        did.extend(went);
    }
    let reason = words.reason.as_deref().unwrap_or("reason not recorded");
    let lost = unaccounted(&open, &gone, &ids);
    if !lost.is_empty() {
        let mut front = open.desk.yaml(&open.edition.file)?;
        for id in &lost {
            front.set_in("withdrawn", id.as_str(), &quoted(reason));
        }
        open.desk.put(&open.edition.file, front.write());
        did.push(format!("recorded in edition.yaml: {reason}"));
    }
    let is_gone = |target: &str| {
        ids.iter().any(|it| {
            target.strip_prefix(it.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let plain = open.retarget(|target| is_gone(target).then(|| "none".to_owned()))?;
    if plain > 0 {
        did.push(led_there(plain));
    }
    let next = next(open.authority, open.edition);
    Ok(open.desk.step(did, next))
}

/// The clauses of the edition before that nothing else accounts for once these are gone.
fn unaccounted(open: &Open, gone: &[(&Section, &Clause)], ids: &BTreeSet<&ClauseId>) -> Vec<ClauseId> {
    let left = || open.edition.clauses().filter(|it| !ids.contains(&it.id));
    let stays = |id: &ClauseId| left().any(|it| it.id == *id || it.from.contains(id));
    let own = gone.iter().flat_map(|(_, it)| it.from.iter().chain([&it.id]));
    own.filter(|it| open.is_known(it) && !stays(it)).cloned().collect()
}
