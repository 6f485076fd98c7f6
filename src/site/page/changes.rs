//! Each authority's editions in the order recorded, the earliest first, and what each changed.

use std::sync::Arc;

use super::document;
use super::edition;
use super::name;
use super::owner::names;
use super::quote::Quoted;
use super::redline::Shown;
use super::redline::adopted::words;
use super::spread::{self, Spread};
use crate::handbook::{Authority, Edition, Provenance};
use crate::site::address::{Link, anchor};
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Letters, Plan};
use crate::view::comparison::Document;
use crate::view::history::texts;
use crate::view::redline::{Of, Redline, Step, decided, steps};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    press.add(plan, Address::changes(), "changes.html", all);
    for letters in spread::ranges(press.handbook).into_keys() {
        let address = Address::changes_of(letters);
        press.add(plan, address, "changes.html", move |press, here| some(press, here, letters));
    }
}

/// All authorities; of many their names, with the ways to what changed.
fn all(press: &Press, here: &Address) -> (Head, Values) {
    let head = Head::new(
        "Changes",
        "What changed from each edition of a protocol to the next: clauses added, removed, split, renumbered and with other words.",
    );
    let handbook = press.handbook;
    let (shown, index): (Vec<&Authority>, Vec<&Authority>) = match Spread::of(handbook) {
        Spread::OnePage => (handbook.authorities.values().collect(), Vec::new()),
        Spread::ByLetters => {
            (Vec::new(), handbook.authorities.values().filter(|it| is_to_tell(press, it)).collect())
        }
    };
    let index = index.into_iter().map(|it| {
        let place = Link::from(Address::changes_of(Letters::of(&it.slug))).at(anchor::authority(&it.slug));
        map([
            ("anchor", anchor::authority(&it.slug).into()),
            ("name", it.name.as_str().into()),
            ("texts", name::count(texts(it, press.setting.drafts).len(), "text", "texts").into()),
            ("href", press.href(here, place).into()),
        ])
    });
    let mut values = Values::default();
    values
        .set("index", list(index))
        .set("ranges", spread::ways(press, here, None, Address::changes_of))
        .set("letters", Value::none())
        .set("one_text", list([]))
        .set("not_held", list([]))
        .set("authorities", list(shown.into_iter().map(|it| authority(press, here, it))));
    (head, values)
}

/// The authorities of some letters; those of which there is nothing to tell are named together.
fn some(press: &Press, here: &Address, letters: Letters) -> (Head, Values) {
    let words = letters.in_words();
    let head = Head::new(
        format!("Changes: authorities {words}"),
        format!("What changed from each edition of a protocol to the next, in authorities {words}."),
    )
    .below("Changes", Address::changes());
    let authorities = spread::ranges(press.handbook).remove(&letters).unwrap_or_default();
    let (told, quiet): (Vec<&Authority>, Vec<&Authority>) =
        authorities.into_iter().partition(|it| is_to_tell(press, it));
    let (held, not_held): (Vec<&Authority>, Vec<&Authority>) =
        quiet.into_iter().partition(|it| it.current_edition().is_some());
    let mut values = Values::default();
    values
        .set("letters", words)
        .set("index", list([]))
        .set("ranges", spread::ways(press, here, Some(letters), Address::changes_of))
        .set("authorities", list(told.into_iter().map(|it| authority(press, here, it))))
        .set("one_text", names(press, here, held))
        .set("not_held", names(press, here, not_held));
    (head, values)
}

/// Whether anything changed, or was decided or corrected.
fn is_to_tell(press: &Press, authority: &Authority) -> bool {
    let texts = texts(authority, press.setting.drafts);
    texts.len() > 1 || texts.iter().any(|it| !it.corrections.is_empty())
}

fn authority(press: &Press, here: &Address, authority: &Authority) -> Value {
    let steps = steps(authority, press.setting.drafts);
    let decided = decided(authority).ok().map(|it| {
        let href = press.href(here, Address::put_and_published(&authority.slug));
        map([
            ("href", href.into()),
            ("before", words(it.became).before.into()),
            ("after", words(it.became).after.into()),
        ])
    });
    map([
        ("anchor", anchor::authority(&authority.slug).into()),
        ("name", authority.name.as_str().into()),
        ("href", press.href(here, Address::authority(&authority.slug)).into()),
        ("decided", decided.unwrap_or_else(Value::none)),
        ("steps", list(steps.iter().map(|it| step(press, here, authority, it)))),
    ])
}

fn step(press: &Press, here: &Address, authority: &Authority, step: &Step) -> Value {
    let Step { edition, redline } = step;
    let after = Quoted { press, here, authority, document: Document::Edition(edition) };
    map([
        ("name", after.document_name().into()),
        ("heading", name::capital(&after.document_name()).into()),
        ("href", after.document_href().into()),
        ("status", document::status_words(edition.status).into()),
        ("provenance", document::provenance_words(edition.provenance).into()),
        ("current", after.is_current().into()),
        ("path", edition::adoption(edition)),
        ("in_force", edition::in_force(edition)),
        ("corrections", edition::corrections(press, here, authority, edition, None)),
        ("changes", redline.as_ref().map_or_else(Value::none, |it| changed(&after, it))),
    ])
}

fn changed(after: &Quoted, redline: &Redline) -> Value {
    let Quoted { press, here, authority, .. } = *after;
    let before = Quoted { press, here, authority, document: Document::Edition(redline.before) };
    let page = Address::redline(&authority.slug, &redline.after.slug);
    let href = |link: Link| Some(press.href(here, link));
    let shown = Shown { redline, authority, page: &page, href: &href };
    let is_ours = |it: &Edition| it.provenance == Provenance::Reconstructed;
    let reconstructed = match (is_ours(redline.before), is_ours(redline.after)) {
        (true, _) => Some("earlier"),
        (false, true) => Some("later"),
        (false, false) => None,
    };
    map([
        ("before", before.document_name().into()),
        ("before_href", before.document_href().into()),
        ("redline", press.href(here, page.clone()).into()),
        ("reconstructed", reconstructed.into()),
        ("total", name::count(redline.changes.len(), "change", "changes").into()),
        ("limits", shown.limits()),
        ("listed", shown.changes_by_kind()),
        ("doubtful", list(doubtful(&shown))),
    ])
}

/// Clauses with the same words, of which a text that was put together from marks of change has a
/// note on its reading.
fn doubtful(shown: &Shown) -> Vec<Value> {
    let Redline { before, after, passages, .. } = shown.redline;
    let [old, new] = [before, after].map(|it| it.provenance == Provenance::Reconstructed);
    let mut doubtful = Vec::new();
    for (at, passage) in passages.iter().enumerate() {
        let Of::Clauses { before, after } = &passage.of else { continue };
        let note = |it: &crate::view::history::Place| it.clause.source_note.is_some();
        let noted = old && before.iter().any(note) || new && after.iter().any(note);
        if noted && passage.is_unchanged(shown.redline, at) {
            doubtful.push(shown.noted(at));
        }
    }
    doubtful
}
