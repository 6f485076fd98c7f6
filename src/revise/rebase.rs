//! A text that was made out of a proposal is set beside the text that the proposal was to replace:
//! what came from what, and what was left out, is told of that one, and of what the proposal alone had.

use std::collections::{BTreeMap, BTreeSet};

use super::Refusal;
use super::desk::Desk;
use crate::handbook::{ClauseId, Edition};
use crate::record::{plain, quoted};

/// The clauses of one text from which each clause of another has its words.
type Origins = BTreeMap<ClauseId, BTreeSet<ClauseId>>;

/// Makes `edition`, whose files lie in `folder` by now, follow `onto`. `between` are the texts by way
/// of which it goes back to it, the nearest first, among them the proposal that it `amends`; none of
/// them changes.
///
/// # Errors
///
/// If a file cannot be edited.
pub fn rebase(
    desk: &mut Desk,
    edition: &Edition,
    folder: &str,
    between: &[&Edition],
    amends: Option<&Edition>,
    onto: &Edition,
) -> Result<(), Refusal> {
    let mut origins: Origins =
        onto.clauses().map(|it| (it.id.clone(), BTreeSet::from([it.id.clone()]))).collect();
    let mut reasons: BTreeMap<ClauseId, &str> = BTreeMap::new();
    for text in between.iter().rev().copied().chain([edition]) {
        for (id, reason) in &text.withdrawn {
            let lost = origins.get(id).into_iter().flatten();
            reasons.extend(lost.map(|it| (it.clone(), reason.as_str())));
        }
        origins = through(&origins, text);
        if amends.is_some_and(|it| it.slug == text.slug) {
            // What the proposal alone had is public too, and accounted for as what was before it.
            for (id, from) in origins.iter_mut().filter(|(id, _)| onto.clause(id).is_none()) {
                from.insert(id.clone());
            }
        }
    }
    for clause in edition.clauses() {
        let file = clause.file.replacen(super::folder(edition), folder, 1);
        let mut front = desk.fenced(&file)?;
        let from = origins[&clause.id].iter().filter(|it| **it != clause.id);
        let from: Vec<String> = from.map(|it| plain(it.as_str())).collect();
        match from.is_empty() {
            true => front.remove("from"),
            false => front.set("from", &format!("[{}]", from.join(", "))),
        }
        desk.put(&file, front.write());
    }
    let stays: BTreeSet<&ClauseId> = origins.iter().flat_map(|(id, from)| from.iter().chain([id])).collect();
    let file = format!("{folder}/edition.yaml");
    let mut front = desk.yaml(&file)?;
    front.set("follows", &quoted(onto.slug.as_str()));
    front.remove("withdrawn");
    let had = onto.clauses().chain(amends.into_iter().flat_map(Edition::clauses));
    for id in had.map(|it| &it.id).filter(|it| !stays.contains(it)) {
        let reason = reasons.get(id).copied().unwrap_or("reason not recorded");
        front.set_in("withdrawn", id.as_str(), &quoted(reason));
    }
    desk.put(&file, front.write());
    Ok(())
}

/// The origins of a text's clauses, by way of those of the text before it.
fn through(before: &Origins, text: &Edition) -> Origins {
    let of = |clause: &crate::handbook::Clause| {
        let own = clause.from.iter().chain([&clause.id]);
        own.filter_map(|it| before.get(it)).flatten().cloned().collect()
    };
    text.clauses().map(|it| (it.id.clone(), of(it))).collect()
}
