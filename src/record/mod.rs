//! The ledger: which clauses, items and addresses have been published, so that a citation of one
//! never leads nowhere.
//!
//! What an edition was when it was first recorded is noted too, as fingerprints ([`freeze()`]).
//!
//! [`plan`] compares the ledger with the handbook and says what each of its files should hold;
//! [`write()`] puts it there. A file that lacks nothing is not touched, and nothing is ever taken
//! out: entries stay, and so do the editors' `moved_to`, `gone` and comments. Whether an id in the
//! ledger has gone from the texts is for [`mod@crate::check`] to say; whether an address has gone from
//! the site, which the rules do not know, for [`review`].

mod addresses;
mod comments;
mod freeze;
mod order;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::disk::{self, DiskError};
use crate::handbook::{Authority, ClauseId, Gone, Handbook, ItemId, RecordedAddress, RecordedClause, Status};
use crate::source::Sources;
use comments::Comments;
use order::natural;

pub use addresses::{addresses, review};
pub use freeze::freeze;

/// The first line of each file of the ledger.
const HEADER: &str = "# Written by `handbook record`; add moved_to or gone by hand.";

const ADDRESSES: &str = "addresses.yaml";

/// A file of the ledger that lacks something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// Path below the content folder.
    pub file: String,
    /// What it should hold, whole.
    pub text: String,
    /// What is new in it, in natural order: `1.2`, `1.10 (a, b)`, `topics/elections/`.
    pub added: Vec<String>,
    /// How many comments of the editors it holds; they are kept.
    pub comments: usize,
}

/// The files of the ledger that lack something, by path.
///
/// `addresses` are those outside clauses, as [`addresses()`] lists them.
pub fn plan(sources: &Sources, handbook: &Handbook, addresses: &BTreeSet<String>) -> Vec<Update> {
    let mut updates: Vec<Update> =
        handbook.authorities.values().filter_map(|it| clauses(sources, it)).collect();
    updates.extend(handbook.authorities.values().filter_map(|it| freeze(sources, it, &BTreeSet::new())));
    updates.extend(outside_clauses(sources, handbook, addresses));
    updates.sort_by(|a, b| a.file.cmp(&b.file));
    updates
}

/// The first file that is not as it was read: somebody, or another command, has written to it since.
///
/// # Errors
///
/// If a file cannot be read.
pub fn edited<'u>(
    content: &Path,
    sources: &Sources,
    updates: &'u [Update],
) -> Result<Option<&'u str>, DiskError> {
    for Update { file, .. } in updates {
        let there = disk::read_if_there(&content.join(file))?;
        if there.as_deref() != sources.files.get(file).map(|it| &**it) {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// Writes the files into the folder `content`, each whole: the addresses last, since an edition whose
/// address is recorded must have been frozen.
///
/// # Errors
///
/// If the disk refuses; the files after it in the list are written then.
pub fn write(content: &Path, updates: &[Update]) -> Result<(), DiskError> {
    updates.iter().rev().try_for_each(|it| disk::write(&content.join(&it.file), it.text.as_bytes()))
}

/// What the ledger of an authority lacks; `None` if nothing.
fn clauses(sources: &Sources, authority: &Authority) -> Option<Update> {
    let mut ledger: BTreeMap<ClauseId, RecordedClause> = authority.ledger.clone();
    let mut added: BTreeMap<&ClauseId, (bool, Vec<ItemId>)> = BTreeMap::new();
    for edition in authority.editions.values().filter(|it| it.status != Status::Draft) {
        for clause in edition.clauses() {
            let is_new = !ledger.contains_key(&clause.id);
            let entry = ledger.entry(clause.id.clone()).or_default();
            let missing: Vec<ItemId> =
                clause.item_ids().into_iter().filter(|it| !entry.items.contains(it)).collect();
            if is_new || !missing.is_empty() {
                let (new, items) = added.entry(&clause.id).or_default();
                *new |= is_new;
                items.extend(missing.clone());
            }
            entry.items.extend(missing);
        }
    }
    let mut lines: Vec<(&ClauseId, &mut RecordedClause)> = ledger.iter_mut().collect();
    lines.sort_by_key(|(id, _)| natural(id.as_str()));
    let lines = lines.into_iter().map(|(id, entry)| {
        entry.items.sort_by_key(|it| natural(it.as_str()));
        (id.as_str(), plain(id.as_str()), clause_entry(entry))
    });
    let mut added: Vec<(&ClauseId, String)> = added
        .into_iter()
        .map(|(id, (_, mut items))| {
            items.sort_by_key(|it| natural(it.as_str()));
            let items: Vec<&str> = items.iter().map(ItemId::as_str).collect();
            (id, if items.is_empty() { id.to_string() } else { format!("{id} ({})", items.join(", ")) })
        })
        .collect();
    added.sort_by_key(|(id, _)| natural(id.as_str()));
    let added = added.into_iter().map(|(_, words)| words).collect();
    let folder = authority.file.rsplit_once('/').map_or("", |(folder, _)| folder);
    update(sources, format!("{folder}/ids.yaml"), HEADER, "clauses", lines, added)
}

/// What the ledger of addresses lacks; `None` if nothing.
fn outside_clauses(sources: &Sources, handbook: &Handbook, addresses: &BTreeSet<String>) -> Option<Update> {
    let mut ledger: Vec<RecordedAddress> = handbook.addresses.clone();
    let known: BTreeSet<&str> = handbook.addresses.iter().map(|it| it.address.as_str()).collect();
    let mut added: Vec<String> =
        addresses.iter().filter(|it| !known.contains(it.as_str())).cloned().collect();
    added.sort_by_key(|it| natural(it));
    for address in &added {
        ledger.push(RecordedAddress { address: address.clone(), moved_to: None, gone: None });
    }
    ledger.sort_by_key(|it| natural(&it.address));
    let lines = ledger.iter().map(|it| {
        let entry = flow([
            it.moved_to.as_ref().map(|it| format!("moved_to: {}", quoted(it))),
            it.gone.as_ref().map(gone_entry),
        ]);
        (it.address.as_str(), quoted(&it.address), entry)
    });
    update(sources, ADDRESSES.to_owned(), HEADER, "addresses", lines, added)
}

/// The file with its `lines` (name, the name as written, entry), the comments of the one that
/// stands there put back.
fn update<'a>(
    sources: &Sources,
    file: String,
    header: &str,
    key: &str,
    lines: impl Iterator<Item = (&'a str, String, String)>,
    added: Vec<String>,
) -> Option<Update> {
    if added.is_empty() {
        return None;
    }
    let mut comments = Comments::read(sources.text(&file).unwrap_or_default(), header);
    let count = comments.count();
    let mut body = String::new();
    for (name, written, entry) in lines {
        for comment in comments.before(name) {
            body.push_str(&format!("  {comment}\n"));
        }
        let after = comments.beside(name).map(|it| format!(" {it}")).unwrap_or_default();
        let space = if entry.starts_with('\n') { "" } else { " " };
        body.push_str(&format!("  {written}:{space}{entry}{after}\n"));
    }
    let mut text = format!("{header}\n");
    for comment in comments.top() {
        text.push_str(&format!("{comment}\n"));
    }
    text.push_str(&format!("{key}:\n{body}"));
    for comment in comments.end() {
        text.push_str(&format!("{comment}\n"));
    }
    Some(Update { file, text, added, comments: count })
}

fn clause_entry(entry: &RecordedClause) -> String {
    let items: Vec<String> = entry.items.iter().map(|it| plain(it.as_str())).collect();
    flow([
        (!items.is_empty()).then(|| format!("items: [{}]", items.join(", "))),
        entry.moved_to.as_ref().map(|it| format!("moved_to: {}", plain(it.as_str()))),
        entry.gone.as_ref().map(gone_entry),
    ])
}

fn gone_entry(gone: &Gone) -> String {
    format!("gone: {{on: {}, reason: {}}}", quoted(&gone.on.to_string()), quoted(&gone.reason))
}

fn flow(keys: impl IntoIterator<Item = Option<String>>) -> String {
    format!("{{{}}}", keys.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// An id, or an entry of a list in one line, as it is written: quoted where another reader of YAML
/// would see a number, a yes or no, or the end of it within it.
pub(crate) fn plain(id: &str) -> String {
    let word = id.starts_with(|it: char| it.is_ascii_alphabetic())
        && id.chars().all(|it| it.is_alphanumeric() || "-./_ ".contains(it))
        && !["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(&id);
    if word { id.to_owned() } else { quoted(id) }
}

/// Text in double quotes, as YAML reads it.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // What would break the line, or may not stand in YAML as it is.
            it if it.is_control() || "\u{2028}\u{2029}\u{feff}".contains(it) => {
                out.push_str(&format!("\\u{:04x}", it as u32));
            }
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests;
