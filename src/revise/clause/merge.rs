//! A clause goes into another one, whose id stays.

use std::collections::BTreeSet;

use super::{Draft, Open, called, flow, items, next, open};
use crate::Checked;
use crate::handbook::Clause;
use crate::intake::item_ids;
use crate::record::plain;
use crate::revise::front::Front;
use crate::revise::{Refusal, Step};

/// What is to be merged.
#[derive(Clone, Debug, Default)]
pub struct Merger {
    pub draft: Draft,
    pub clause: String,
    /// The clause that takes its words in, at its end.
    pub into: String,
}

/// Merges a clause of a draft into another. Tags of both stay, and what led to the one leads to
/// the other.
///
/// # Errors
///
/// If the two are one, or one is a footnote.
pub fn merge(checked: &Checked, words: &Merger) -> Result<Step, Refusal> {
    let mut open = open(checked, &words.draft)?;
    let part = open.find_clause(&words.clause, "merged")?;
    let whole = open.find_clause(&words.into, "merged into")?;
    if part.clause.id == whole.clause.id {
        return Err(Refusal::new("a clause cannot be merged into itself", "name two clauses"));
    }
    let (part, whole, section) = (part.clause, whole.clause, part.section);
    let mut front = open.desk.fenced(&whole.file)?;
    let gone = open.desk.fenced(&part.file)?;
    let text = |it: &Front| it.body.clone().unwrap_or_default();
    let merged = format!("{}\n\n{}", text(&front).trim_end(), text(&gone).trim_start());
    let ids = name_items(&open, &mut front, whole, part, &merged);
    tags(&mut front, &gone, whole, part, &ids);
    let from = origins(&open, whole, part);
    match from.is_empty() {
        true => front.remove("from"),
        false => front.set("from", &flow(&from)),
    }
    front.body = Some(merged);
    open.desk.put(&whole.file, front.write());
    open.desk.remove(&part.file);
    let went = open.take_out(section, part.id.as_str())?;
    for footnote in open.footnotes(&part.id) {
        let mut front = open.desk.fenced(&footnote.file)?;
        front.set("mark_in", &plain(whole.id.as_str()));
        open.desk.put(&footnote.file, front.write());
    }
    open.retarget(|target| {
        let rest = target.strip_prefix(part.id.as_str())?;
        match rest.strip_prefix('/') {
            None => rest.is_empty().then(|| whole.id.to_string()),
            Some(item) => {
                let new = ids.iter().find(|(old, _)| old == item).map_or(item, |(_, new)| new);
                Some(format!("{}/{new}", whole.id))
            }
        }
    })?;
    let mut did = vec![
        format!("clause {} merged into {}", called(part), called(whole)),
        format!("recorded in `{}`: words of `{}` went into it", whole.id, part.id),
    ];
    did.extend(went);
    let next = next(open.authority, open.edition);
    Ok(open.desk.step(did, next))
}

/// Sees to it that items keep their ids: those of the whole theirs, those of the part new ones, by
/// which no item of the whole was ever cited. The old and new ids of the latter.
fn name_items(
    open: &Open,
    front: &mut Front,
    whole: &Clause,
    part: &Clause,
    merged: &str,
) -> Vec<(String, String)> {
    let ((own, _), (others, _)) = (items(whole.item_ids()), items(part.item_ids()));
    let (mut all, _) = items(item_ids(merged));
    let recorded = open.authority.ledger.get(&whole.id).into_iter().flat_map(|it| it.items.iter().cloned());
    let texts = open.authority.editions.values().filter_map(|it| it.clause(&whole.id));
    let cited: BTreeSet<String> =
        recorded.chain(texts.flat_map(Clause::item_ids)).map(|it| it.to_string()).collect();
    let distinct = all.iter().collect::<BTreeSet<_>>().len() == all.len();
    let new = all.iter().skip(own.len());
    if !(distinct && all.starts_with(&own) && new.clone().all(|it| !cited.contains(it))) {
        let taken = |list: &u32| cited.iter().chain(&own).any(|it| it.starts_with(&format!("{list}.")));
        let list = (2..).find(|it| !taken(it));
        let list = list.expect("there are more numbers than lists");
        let fresh = others.iter().map(|it| format!("{list}.{it}"));
        all = own.iter().cloned().chain(fresh).collect();
        front.set("item_ids", &flow(&all));
    }
    others.into_iter().zip(all.into_iter().skip(own.len())).collect()
}

fn tags(front: &mut Front, gone: &Front, whole: &Clause, part: &Clause, ids: &[(String, String)]) {
    for key in ["topics", "asked"] {
        let there = front.list(key);
        for value in gone.list(key).into_iter().filter(|it| !there.contains(it)) {
            front.push(key, &plain(&value));
        }
    }
    let known = |front: &Front, key: &str| -> BTreeSet<String> {
        front.entries(key).into_iter().map(|(name, _)| name).collect()
    };
    for key in ["principles", "references"] {
        let there = known(front, key);
        for (name, value) in gone.entries(key).into_iter().filter(|(it, _)| !there.contains(it)) {
            front.set_in(key, &name, &value);
        }
    }
    // What followed the last list of the whole does so no more if a list came after it.
    let lists = !items(part.item_ids()).0.is_empty();
    if lists && !whole.tail().is_empty() {
        front.remove_in("items", "tail");
    }
    for (item, value) in gone.entries("items") {
        let new = match item.as_str() {
            "tail" => Some("tail").filter(|_| lists),
            item => ids.iter().find(|(old, _)| old == item).map(|(_, new)| new.as_str()),
        };
        if let Some(new) = new {
            front.set_in("items", new, &value);
        }
    }
}

/// The clauses of the edition before whose words are in the whole from now on, itself left out.
fn origins(open: &Open, whole: &Clause, part: &Clause) -> Vec<String> {
    let mut from: Vec<String> = whole.from.iter().map(ToString::to_string).collect();
    let own = part.from.iter().chain(Some(&part.id).filter(|it| open.is_known(it)));
    for id in own.filter(|it| **it != whole.id || !open.is_known(it)) {
        if !from.contains(&id.to_string()) {
            from.push(id.to_string());
        }
    }
    from
}
