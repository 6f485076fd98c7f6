//! What an edition changed in the one it follows: both texts in one, word by word.
//!
//! The page stands below that of the edition. The same redline can be had as a file by itself
//! ([`file()`]), for any two editions of an authority.

pub mod adopted;
mod listing;
mod marks;
mod passages;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use listing::{kind_name, passage_name, said, stood};
pub use marks::Marks;
pub use passages::Shown;

use super::document;
use super::edition;
use super::name;
use super::owner::owner;
use crate::handbook::{Authority, Edition, Provenance, Status};
use crate::site::address::Link;
use crate::site::press::{Head, Press};
use crate::site::theme::{Theme, Value, Values, html, map};
use crate::site::{Address, Plan, RenderError};
use crate::view::redline::{Redline, followed};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    for authority in press.handbook.authorities.values() {
        for edition in authority.editions.values() {
            if let Some(before) = compared(press, authority, edition) {
                let address = Address::redline(&authority.slug, &edition.slug);
                press.add(plan, address, "redline.html", move |press, here| {
                    page(press, here, authority, &Redline::of(before, edition))
                });
            }
        }
    }
}

/// The edition against which the page of another one's redline sets it; `None` where there is no
/// such page.
pub fn compared<'h>(press: &Press, authority: &'h Authority, edition: &Edition) -> Option<&'h Edition> {
    let drafts = press.setting.drafts;
    followed(authority, edition, drafts).filter(|_| drafts || edition.status != Status::Draft)
}

fn page(press: &Press, here: &Address, authority: &Authority, redline: &Redline) -> (Head, Values) {
    let (before, after) = (edition::name(redline.before), edition::name(redline.after));
    let head = Head::new(
        format!("Redline of {}: {after}", authority.short_name),
        format!("What changed from the {before} of {} to the {after}, word by word.", authority.name),
    )
    .below("Authorities", Address::authorities())
    .below(authority.short_name.as_str(), Address::authority(&authority.slug))
    .below(name::capital(&after), Address::edition(&authority.slug, &redline.after.slug));
    let href = |link: Link| Some(press.href(here, link));
    let mut values = Values::default();
    values.set("authority", owner(press, here, authority));
    set(&mut values, &Shown { redline, authority, page: here, href: &href });
    (head, values)
}

/// The redline of two editions of an authority as a file by itself: it needs no other, and asks
/// for none.
///
/// # Errors
///
/// If a template of the theme is at fault.
pub fn file(theme: &Theme, authority: &Authority, redline: &Redline) -> Result<Vec<u8>, RenderError> {
    let nowhere = Address::redline(&authority.slug, &redline.after.slug);
    // Within the page only: there is no site around it.
    let href = |link: Link| link.anchor.filter(|_| link.address == nowhere).map(|it| format!("#{it}"));
    let styles: BTreeMap<&str, &[u8]> =
        theme.assets().map(|(name, it)| (name, it.bytes.as_slice())).collect();
    let styles = ["style.css", "redline.css", "own.css"].iter().filter_map(|it| styles.get(it));
    let styles: Vec<String> = styles.map(|it| String::from_utf8_lossy(it).into_owned()).collect();
    // It is no text: quotes and `>` stay as they are, and nothing in it ends the element.
    let styles = html(&styles.join("\n").replace("</", "<\\/"));
    let mut values = Values::default();
    values.set("styles", styles).set("authority", map([("name", authority.name.as_str().into())]));
    set(&mut values, &Shown { redline, authority, page: &nowhere, href: &href });
    theme.render("redline-file.html", &values)
}

fn set(values: &mut Values, shown: &Shown) {
    let Redline { before, after, .. } = shown.redline;
    values
        .set("before", text(shown, before))
        .set("after", text(shown, after))
        .set("totals", shown.totals())
        .set("limits", shown.limits())
        .set("changes", shown.changes())
        .set("passages", shown.passages());
}

/// One of the two texts, for the head of the page and its end.
fn text(shown: &Shown, edition: &Edition) -> Value {
    let address = Address::edition(&shown.authority.slug, &edition.slug);
    map([
        ("name", edition::name(edition).into()),
        ("title", edition.title.as_str().into()),
        ("href", (shown.href)(address.into()).into()),
        ("status", document::status_words(edition.status).into()),
        ("language", edition.source.language.as_str().into()),
        ("reconstructed", (edition.provenance == Provenance::Reconstructed).into()),
        ("source", document::source(&edition.source, edition.provenance)),
        ("note", document::note(edition.note.as_deref())),
    ])
}
