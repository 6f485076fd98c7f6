//! Where words of the clause came from and went to, as recorded, which text left it out, and which
//! proposals that came to nothing alone had it.

use super::Seen;
use crate::handbook::{Authority, Clause, ClauseId, Edition};
use crate::site::Address;
use crate::site::page::{document, edition, name};
use crate::site::press::Press;
use crate::site::theme::{Value, list, map};
use crate::view::descent;
use crate::view::history::{self, Place};

/// The text that left a clause out, by what decision, and where its words went; `none` for a
/// clause of the current text, and for one that no text before it had.
pub fn end(press: &Press, here: &Address, authority: &Authority, id: &ClauseId) -> Value {
    descent::end(authority, id).map_or_else(Value::none, |it| {
        map([
            ("text", text(press, here, authority, it.edition)),
            // By what that text came to hold: the last step of its path.
            ("decision", it.edition.adoption.last().map(edition::decision).into()),
            ("to", takers(press, here, authority, &it.to)),
            ("reason", it.reason.into()),
        ])
    })
}

/// The proposals that alone had the clause and came to nothing, each with what became of it and by
/// whose decision, where that is recorded; empty for any other clause.
pub(super) fn failed(seen: &Seen, id: &ClauseId) -> Value {
    let Seen { press, here, authority, .. } = *seen;
    list(descent::failed(authority, id, press.setting.drafts).into_iter().map(|it| {
        let status = document::status_words(it.status);
        let decided = it.adoption.iter().rfind(|it| it.decided() == Some(status)).or(it.adoption.last());
        map([
            ("text", text(press, here, authority, it)),
            ("status", status.into()),
            ("decision", decided.map(edition::decision).into()),
        ])
    }))
}

/// With which texts words of it went into other clauses.
pub(super) fn gifts(seen: &Seen, id: &ClauseId) -> Value {
    let Seen { press, here, authority, .. } = *seen;
    list(descent::gifts(authority, id).iter().map(|it| {
        map([
            ("text", text(press, here, authority, it.edition)),
            ("to", takers(press, here, authority, &it.to)),
        ])
    }))
}

/// The clauses of the text before from which words of it came.
pub(super) fn origins(seen: &Seen, clause: &Clause) -> Value {
    let before = seen.edition.follows.as_ref().and_then(|it| seen.authority.editions.get(it));
    let Some(before) = before else { return list([]) };
    list(clause.from.iter().filter_map(|id| {
        let place = history::place(&before.sections, id)?;
        Some(map([
            ("name", name::clause(&place).into()),
            ("href", seen.href(seen.origin_link(before, &place)).into()),
            ("text", edition::name(before).into()),
        ]))
    }))
}

fn text(press: &Press, here: &Address, authority: &Authority, it: &Edition) -> Value {
    let href = press.href(here, Address::edition(&authority.slug, &it.slug));
    map([("name", edition::name(it).into()), ("href", href.into())])
}

fn takers(press: &Press, here: &Address, authority: &Authority, places: &[Place]) -> Value {
    list(places.iter().map(|it| {
        // It may have gone on since, which its own page tells.
        let address = Address::clause(&authority.slug, &it.clause.id);
        map([("name", name::clause(it).into()), ("href", press.href(here, address).into())])
    }))
}
