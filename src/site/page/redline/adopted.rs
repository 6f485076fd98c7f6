//! The text put forward for decision beside the one published since: every difference, by kind.

use std::sync::Arc;

use super::{Shown, kind_name};
use crate::handbook::Authority;
use crate::site::address::Link;
use crate::site::page::edition;
use crate::site::page::name;
use crate::site::page::owner::owner;
use crate::site::press::{Head, Press};
use crate::site::theme::{Values, list, map};
use crate::site::{Address, Plan};
use crate::view::redline::{Became, Decided, Kind, Redline, decided};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    for authority in press.handbook.authorities.values() {
        if let Ok(texts) = decided(authority) {
            let address = Address::put_and_published(&authority.slug);
            press.add(plan, address, "put-and-published.html", move |press, here| {
                page(press, here, authority, texts)
            });
        }
    }
}

/// What two such texts are called, and what is recorded of them.
pub struct Words {
    /// `put forward`
    pub before: &'static str,
    /// `published`
    pub after: &'static str,
    /// In whole sentences.
    pub record: &'static str,
}

/// How it is said what became of a text that was put forward.
pub fn words(became: Became) -> Words {
    let since = |before, record| Words { before, after: "published", record };
    match became {
        Became::NotRecorded => since(
            "put forward",
            "What became of the earlier text is not recorded in the sources held here: it was put forward, and \
             whether it was adopted, or amended first, is not known. The list says where the two texts differ, \
             and not why: a text may have been changed again by a later decision.",
        ),
        Became::Adopted => since(
            "adopted",
            "The adoption of the earlier text is recorded. The list says where the two texts differ, and not why: \
             a text may have been changed again by a later decision.",
        ),
        Became::Rejected => since(
            "put forward",
            "The earlier text was put forward and rejected. The list says where the two texts differ, and not why.",
        ),
        Became::Withdrawn => since(
            "put forward",
            "The earlier text was put forward and withdrawn. The list says where the two texts differ, and not why.",
        ),
        Became::Amended => Words {
            before: "put forward",
            after: "adopted",
            record: "The earlier text was amended before it was adopted; the later one is the text adopted. The list \
                     says where the two differ, and not why.",
        },
    }
}

fn page(press: &Press, here: &Address, authority: &Authority, texts: Decided) -> (Head, Values) {
    let Decided { put, published, .. } = texts;
    let words = words(texts.became);
    let redline = Redline::of(put, published);
    let (before, after) = (edition::name(put), edition::name(published));
    let head = Head::new(
        format!("{}: the text {} and the text {}", authority.short_name, words.before, words.after),
        format!("Every difference between the {before} of {} and its {after}, by kind.", authority.name),
    )
    .below("Authorities", Address::authorities())
    .below(authority.short_name.as_str(), Address::authority(&authority.slug));
    // The words stand on the page of the redline where there is one of just these two.
    let at = match published.follows.as_ref() == Some(&put.slug) {
        true => Address::redline(&authority.slug, &published.slug),
        false => Address::edition(&authority.slug, &published.slug),
    };
    let in_redline = published.follows.as_ref() == Some(&put.slug);
    let href = |link: Link| (in_redline || link.anchor.is_none()).then(|| press.href(here, link));
    let shown = Shown { redline: &redline, authority, page: &at, href: &href };
    let text = |it: &crate::handbook::Edition| {
        map([
            ("name", edition::name(it).into()),
            ("href", press.href(here, Address::edition(&authority.slug, &it.slug)).into()),
        ])
    };
    let kinds = Kind::ALL.map(|kind| {
        map([("name", name::capital(kind_name(kind)).into()), ("changes", shown.changes_of(kind))])
    });
    let mut values = Values::default();
    values
        .set("authority", owner(press, here, authority))
        .set("put", text(put))
        .set("published", text(published))
        .set("verbs", map([("put", words.before.into()), ("published", words.after.into())]))
        .set("record", words.record)
        .set("totals", shown.totals())
        .set("limits", shown.limits())
        .set("kinds", list(kinds))
        .set("redline", in_redline.then(|| press.href(here, at.clone())));
    (head, values)
}
