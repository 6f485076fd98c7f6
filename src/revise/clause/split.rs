//! A clause becomes two: the first part keeps the id.

use super::{Draft, Open, called, flow, items, next, open, position};
use crate::Checked;
use crate::handbook::ClauseKind;
use crate::intake::item_ids;
use crate::record::{plain, quoted};
use crate::revise::front::Front;
use crate::revise::{Refusal, Step};

/// How a clause is to be split.
#[derive(Clone, Debug, Default)]
pub struct Split {
    pub draft: Draft,
    pub clause: String,
    /// The words with which the second part begins: those of a paragraph or an item.
    pub at: String,
    /// The printed number of the second part.
    pub number: Option<String>,
    /// Its id; by its number, or after that of the first part, where none is given.
    pub id: Option<String>,
}

/// Splits a clause of a draft in two. Tags and what readers ask go to both parts, those of items with
/// the items; so do the marks of footnotes.
///
/// # Errors
///
/// If no paragraph or item begins with the words, or several do.
pub fn split(checked: &Checked, words: &Split) -> Result<Step, Refusal> {
    let mut open = open(checked, &words.draft)?;
    let found = open.find_clause(&words.clause, "split")?;
    let clause = found.clause;
    let mut first = open.desk.fenced(&clause.file)?;
    let body = first.body.clone().unwrap_or_default();
    let cut = cut(&body, &words.at)?;
    let (kept, moved) = (format!("{}\n", body[..cut].trim_end()), body[cut..].to_owned());
    let id = match (&words.id, &words.number) {
        (Some(id), _) => open.own_id(id)?,
        (None, Some(number)) => open.free_id(number)?,
        (None, None) => open.free_id(clause.id.as_str())?,
    };

    let mut second = Front::fenced("---\nid: x\n---\n").expect("it is such a file");
    second.set("id", &plain(id.as_str()));
    if let Some(number) = &words.number {
        second.set("number", &quoted(number));
    }
    second.set("topics", &flow(&first.list("topics")));
    if first.has("asked") {
        second.set("asked", &flow(&first.list("asked")));
    }
    for (principle, tag) in first.entries("principles") {
        second.set_in("principles", &principle, &tag);
    }
    let (old, _) = items(clause.item_ids());
    let (here, tail_here) = items(item_ids(&kept));
    let (there, tail_there) = items(item_ids(&moved));
    let ids: Vec<(&String, &String)> = old[here.len().min(old.len())..].iter().zip(&there).collect();
    if first.has("item_ids") {
        match here.is_empty() {
            true => first.remove("item_ids"),
            false => first.set("item_ids", &flow(&old[..here.len().min(old.len())])),
        }
    }
    for (item, tags) in first.entries("items") {
        let moves = ids.iter().find(|(it, _)| **it == item).map(|(_, new)| new.as_str());
        if item == "tail" {
            if !tail_here {
                first.remove_in("items", &item);
            }
            if tail_there {
                second.set_in("items", &item, &tags);
            }
        } else if let Some(new) = moves {
            first.remove_in("items", &item);
            second.set_in("items", new, &tags);
        }
    }
    for (words, target) in first.entries("references") {
        if moved.contains(&words) {
            second.set_in("references", &words, &target);
            if !kept.contains(&words) {
                first.remove_in("references", &words);
            }
        }
    }
    let from = match open.is_known(&clause.id) {
        true => vec![clause.id.to_string()],
        false => clause.from.iter().map(ToString::to_string).collect(),
    };
    if !from.is_empty() {
        second.set("from", &flow(&from));
    }
    first.body = Some(kept);
    second.body = Some(moved.clone());
    let file = format!("{}/{id}.md", found.section.folder());
    open.desk.put(&clause.file, first.write());
    open.desk.put(&file, second.write());
    open.list(found.section, |front| {
        let at = position(front, clause.id.as_str()).map_or(usize::MAX, |it| it + 1);
        front.insert("clauses", at, &plain(id.as_str()));
    })?;
    marks(&mut open, &clause.id, &moved, id.as_str())?;
    let leads = |target: &str| {
        let item = target.strip_prefix(clause.id.as_str())?.strip_prefix('/')?;
        let (_, new) = ids.iter().find(|(it, _)| *it == item)?;
        Some(format!("{id}/{new}"))
    };
    open.retarget(leads)?;
    let did = vec![
        format!("clause {} split: `{}` keeps its beginning, `{id}` has the rest", called(clause), clause.id),
        format!("recorded in `{id}`: its words come from `{}`", clause.id),
    ];
    let next = next(open.authority, open.edition);
    Ok(open.desk.step(did, next))
}

/// Gives the footnotes whose marks went along the clause that now bears them.
fn marks(open: &mut Open, id: &crate::handbook::ClauseId, moved: &str, to: &str) -> Result<(), Refusal> {
    for footnote in open.footnotes(id) {
        let ClauseKind::Footnote { .. } = &footnote.kind else { continue };
        let mark = footnote.number.as_ref().map(|it| format!("[^{it}]"));
        if mark.is_some_and(|it| moved.contains(&it)) {
            let mut front = open.desk.fenced(&footnote.file)?;
            front.set("mark_in", &plain(to));
            open.desk.put(&footnote.file, front.write());
        }
    }
    Ok(())
}

/// Where the second part begins, in bytes.
fn cut(body: &str, at: &str) -> Result<usize, Refusal> {
    let mut places: Vec<(usize, &str)> = Vec::new();
    let (mut offset, mut blank) = (0, true);
    for line in body.split_inclusive('\n') {
        let words = line.trim();
        let label = words.split_once(' ').filter(|(it, _)| is_label(it)).map(|(_, words)| words);
        // What is indented goes on with, or stands below, what is before it.
        if !words.is_empty() && !line.starts_with(' ') && (blank || label.is_some()) {
            places.push((offset, words));
        }
        blank = words.is_empty();
        offset += line.len();
    }
    let begins = |it: &&(usize, &str)| {
        let words = it.1;
        let inner = words.split_once(' ').filter(|(it, _)| is_label(it)).map_or(words, |(_, words)| words);
        words.starts_with(at) || inner.starts_with(at)
    };
    let rest = places.get(1..).unwrap_or_default();
    let found: Vec<&(usize, &str)> = rest.iter().filter(begins).collect();
    match found.as_slice() {
        [(offset, _)] if !at.trim().is_empty() => Ok(*offset),
        [] | [_] => {
            let openings: Vec<String> = rest.iter().map(|(_, words)| opening(words)).collect();
            Err(Refusal::new(
                format!("no paragraph or item of it but the first begins with “{at}”"),
                match openings.is_empty() {
                    true => "it is one paragraph: divide it in its file with an empty line first".to_owned(),
                    false => format!("it can be split at: {}", openings.join("; ")),
                },
            ))
        }
        several => Err(Refusal::new(
            format!("{} paragraphs or items begin with “{at}”", several.len()),
            "give more of the words",
        )),
    }
}

fn is_label(word: &str) -> bool {
    let inner = word.trim_start_matches('(').trim_end_matches([')', '.']);
    word == "-"
        || inner.len() < word.len() && inner.len() < 5 && inner.bytes().all(|it| it.is_ascii_alphanumeric())
}

fn opening(words: &str) -> String {
    let first: Vec<&str> = words.split(' ').take(6).collect();
    format!("“{}”", first.join(" "))
}
