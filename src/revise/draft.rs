//! The next edition begins as a copy of one that is held: ids, numbers, words and tags are kept.

use super::desk::Desk;
use super::{Next, Refusal, Step, authority, edition, folder, is_called_draft};
use crate::Checked;
use crate::handbook::{Authority, DocumentSlug};
use crate::record::quoted;

/// What is to be drafted.
#[derive(Clone, Debug, Default)]
pub struct Drafting {
    pub authority: String,
    /// The edition to start from; the current one where none is named.
    pub from: Option<String>,
    /// The name of its folder. `None`: it is called `draft` until it is public.
    pub name: Option<String>,
}

/// Starts an edition of status draft. Notes on what a source printed are left behind: the draft
/// has no source.
///
/// # Errors
///
/// If there is no such authority or edition, or the name is taken or no name.
pub fn draft(checked: &Checked, words: &Drafting) -> Result<Step, Refusal> {
    let authority = authority(checked, &words.authority)?;
    let from = match (&words.from, authority.current_edition()) {
        (Some(slug), _) => edition(authority, slug)?,
        (None, Some(current)) => current,
        (None, None) => {
            return Err(Refusal::new(
                format!("no text of {} is held to start from", authority.short_name),
                "make the first edition by hand; `handbook new` shows its files",
            ));
        }
    };
    let name = match &words.name {
        Some(name) => free(authority, name)?,
        None => numbered(authority),
    };
    let mut desk = Desk::new(checked);
    let to = format!("{}/protocol/{name}", authority.folder());
    let mut count = 0;
    for path in desk.below(folder(from)).into_keys().filter(|it| it != "edition.yaml") {
        let mut front = desk.fenced(&format!("{}/{path}", folder(from)))?;
        front.remove("source_note");
        front.remove("from");
        desk.put(&format!("{to}/{path}"), front.write());
        count += usize::from(!path.ends_with("/_section.md"));
    }
    let language = &from.source.language;
    desk.put(
        &format!("{to}/edition.yaml"),
        format!(
            "title: {}\nstatus: draft\nfollows: {}\nlanguage: {language}\nsource:\n  title: {}\nprovenance: drafted-here\n\
             licence: {}\n",
            quoted(&from.title),
            quoted(from.slug.as_str()),
            quoted(&format!(
                "{}, {}, drafted in this handbook from the edition “{}”",
                authority.name, from.title, from.slug
            )),
            quoted(&from.source.licence),
        ),
    );
    let slug = &authority.slug;
    let mut did = vec![format!(
        "{}: edition `{name}`, a draft that follows `{}`; {count} clauses with their ids",
        authority.short_name, from.slug
    )];
    if is_called_draft(&name) {
        did.push("the folder gets a lasting name when the draft is put to a body or adopted".to_owned());
    }
    let next = vec![
        Next::Edit { folder: to },
        Next::run("clause --help", "split, merge, move, withdraw, renumber or add clauses"),
        Next::run("build --drafts", "see it, apart from the public website"),
        Next::run(format!("propose {slug} {name}"), "put it to a body"),
    ];
    Ok(desk.step(did, next))
}

/// A name for the folder of an edition that no edition has or had.
pub fn free(authority: &Authority, name: &str) -> Result<DocumentSlug, Refusal> {
    let Some(slug) = DocumentSlug::parse(name) else {
        return Err(Refusal::new(
            format!("`{name}` cannot be the name of an edition"),
            "names hold lower-case letters, digits and single hyphens: 2026-05-21",
        ));
    };
    match authority.editions.contains_key(&slug) || authority.frozen.contains_key(&slug) {
        true => Err(Refusal::new(
            format!("{} has an edition `{name}` already", authority.short_name),
            "choose another with --name",
        )),
        false => Ok(slug),
    }
}

/// `draft`, or the first of `draft-2`, `draft-3`, … that is free.
fn numbered(authority: &Authority) -> DocumentSlug {
    let names = std::iter::once("draft".to_owned()).chain((2..).map(|it| format!("draft-{it}")));
    let mut free = names.filter_map(|it| free(authority, &it).ok());
    free.next().expect("there are more numbers than editions")
}
