//! Each authority's editions in the order recorded, the earliest first, and what each changed.

use std::sync::Arc;

use super::document;
use super::edition;
use super::name;
use super::quote::Quoted;
use crate::handbook::{Authority, Clause, Edition, Provenance};
use crate::site::address::anchor;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Site};
use crate::view::changes::{Changes, Difference, FirstDifference, Numbers, Pair, Step, steps};
use crate::view::comparison::Document;
use crate::view::division::Division;

pub fn plan<'a>(press: &Arc<Press<'a>>, site: &mut Site<'a>) {
    press.add(site, Address::changes(), "changes.html", page);
}

fn page(press: &Press, here: &Address) -> (Head, Values) {
    let head = Head::new(
        "Changes",
        "What changed from each edition of a protocol to the next: clauses added, removed, divided, renumbered and with other words.",
    );
    let mut values = Values::default();
    values.set("authorities", list(press.handbook.authorities.values().map(|it| authority(press, here, it))));
    (head, values)
}

fn authority(press: &Press, here: &Address, authority: &Authority) -> Value {
    let steps = steps(authority, press.setting.drafts);
    map([
        ("anchor", anchor::authority(&authority.slug).into()),
        ("name", authority.name.as_str().into()),
        ("href", press.href(here, Address::authority(&authority.slug)).into()),
        ("steps", list(steps.iter().map(|it| step(press, here, authority, it)))),
    ])
}

fn step(press: &Press, here: &Address, authority: &Authority, step: &Step) -> Value {
    let Step { edition, changes } = step;
    let after = Quoted { press, here, authority, document: Document::Edition(edition) };
    map([
        ("name", after.document_name().into()),
        ("heading", name::capital(&after.document_name()).into()),
        ("href", after.document_href().into()),
        ("status", document::status_words(edition.status).into()),
        ("provenance", document::provenance_words(edition.provenance).into()),
        ("current", after.is_current().into()),
        ("corrections", edition::corrections(press, here, authority, edition, None)),
        ("changes", changes.as_ref().map_or_else(Value::none, |it| changed(&after, it))),
    ])
}

fn changed(after: &Quoted, changes: &Changes) -> Value {
    let Quoted { press, here, authority, .. } = *after;
    let before = Quoted { press, here, authority, document: Document::Edition(changes.before) };
    let quoted = |quoted: &Quoted, it: &Clause| {
        map([
            ("name", quoted.clause_name(it).into()),
            ("opening", name::opening(it).into()),
            ("numbered", it.number.is_some().into()),
            ("href", quoted.clause_href(&it.id).into()),
        ])
    };
    let is_ours = |it: &Quoted| match it.document {
        Document::Edition(it) => it.provenance == Provenance::Reconstructed,
        Document::Report(_) => false,
    };
    let names = |of: &Quoted, clauses: &[&Clause]| list(clauses.iter().map(|it| quoted(of, it)));
    let reworded = |it: &Pair| {
        let difference = it.difference();
        map([
            ("clause", quoted(after, it.after)),
            ("print_only", print_only(difference).into()),
            ("first", it.first_difference().map_or_else(Value::none, first)),
            ("wordings", wordings((&before, &[it.before]), (after, &[it.after]))),
        ])
    };
    let doubtful = |it: &Pair| {
        let notes = [(&before, it.before), (after, it.after)].into_iter().filter(|(of, _)| is_ours(of));
        map([
            ("clause", quoted(after, it.after)),
            ("notes", list(notes.map(|(_, it)| document::note(it.source_note.as_deref())))),
        ])
    };
    let divided = |it: &Division| {
        let now: Vec<&Clause> = std::iter::once(it.whole.after).chain(it.parts.iter().copied()).collect();
        map([
            ("clause", quoted(after, it.whole.after)),
            ("whole", quoted(&before, it.whole.before)),
            ("parts", names(after, &it.parts)),
            ("wordings", wordings((&before, &[it.whole.before]), (after, &now))),
        ])
    };
    // Of a merged clause the text in which it is whole is the later one.
    let merged = |it: &Division| {
        let then: Vec<&Clause> = std::iter::once(it.whole.after).chain(it.parts.iter().copied()).collect();
        map([
            ("clause", quoted(after, it.whole.before)),
            ("whole", quoted(after, it.whole.before)),
            ("parts", names(&before, &it.parts)),
            ("wordings", wordings((&before, &then), (after, &[it.whole.before]))),
        ])
    };
    let renumbered = |it: &Pair| {
        map([
            ("clause", quoted(after, it.after)),
            ("before", it.before.number.as_deref().into()),
            ("after", it.after.number.as_deref().into()),
        ])
    };
    let which = |it: &Edition| if it.slug == changes.before.slug { "earlier" } else { "later" };
    let numbers = match changes.numbers {
        Numbers::Compared => Value::none(),
        Numbers::NotKnown(it) => format!("those of the {} text are not known", which(it)).into(),
        Numbers::NotPrinted(it) => format!("the {} text prints none", which(it)).into(),
    };
    map([
        ("before", before.document_name().into()),
        ("before_href", before.document_href().into()),
        ("before_reconstructed", is_ours(&before).into()),
        ("reconstructed", is_ours(after).into()),
        ("none", changes.is_empty().into()),
        ("added", names(after, &changes.added)),
        ("removed", names(&before, &changes.removed)),
        ("divided", list(changes.divided.iter().map(divided))),
        ("merged", list(changes.merged.iter().map(merged))),
        ("reworded", list(changes.reworded.iter().map(reworded))),
        ("doubtful", list(changes.doubtful.iter().map(doubtful))),
        ("renumbered", list(changes.renumbered.iter().map(renumbered))),
        ("moved", list(changes.moved.iter().flatten().map(|it| quoted(after, it)))),
        ("order_known", changes.moved.is_some().into()),
        ("numbers", numbers),
        (
            "headings",
            list(changes.headings.iter().map(|it| {
                map([("before", it.before.as_deref().into()), ("after", it.after.as_deref().into())])
            })),
        ),
    ])
}

/// In a few words, that only the print of a clause differs; `None` where its words do.
fn print_only(difference: Difference) -> Option<&'static str> {
    match difference {
        Difference::Labels => Some("labels only"),
        Difference::Print => Some("punctuation, capitals or spacing only"),
        Difference::LabelsAndPrint => Some("labels, punctuation, capitals or spacing only"),
        Difference::Words => None,
    }
}

/// The first words that differ, shortened: enough to tell one change from another.
fn first(difference: FirstDifference) -> Value {
    const WORDS: usize = 6;
    let short = |words: &str| {
        let all: Vec<&str> = words.split_whitespace().collect();
        match all.len() > WORDS {
            true => format!("{} …", all[..WORDS].join(" ")),
            false => words.to_owned(),
        }
    };
    let shown = |words: &str| Some(short(words)).filter(|it| !it.is_empty());
    let others = difference.others;
    map([
        ("before", shown(&difference.before).into()),
        ("after", shown(&difference.after).into()),
        ("others", (others > 0).then(|| name::count(others, "other place", "other places")).into()),
    ])
}

/// Clauses of two texts with their words in full, and what we note of each.
fn wordings(before: (&Quoted, &[&Clause]), after: (&Quoted, &[&Clause])) -> Value {
    let text = |(quoted, clauses): (&Quoted, &[&Clause])| {
        map([
            ("name", quoted.document_name().into()),
            ("language", quoted.language()),
            (
                "clauses",
                list(clauses.iter().map(|it| {
                    map([
                        ("name", (clauses.len() > 1).then(|| quoted.clause_name(it)).into()),
                        ("words", quoted.words(it, &|_| true)),
                        ("note", document::note(it.source_note.as_deref())),
                    ])
                })),
            ),
        ])
    };
    map([("before", text(before)), ("after", text(after))])
}
