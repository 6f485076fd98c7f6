//! Where words of the clause came from and went to, as recorded, and which text left it out.

use super::Seen;
use crate::handbook::{Clause, ClauseId};
use crate::site::Address;
use crate::site::page::{edition, name};
use crate::site::theme::{Value, list, map};
use crate::view::descent;
use crate::view::history::{self, Place};

/// The text that left the clause out, by what decision, and where its words went; `none` for a
/// clause of the current text.
pub fn end(seen: &Seen, id: &ClauseId) -> Value {
    descent::end(seen.authority, id).map_or_else(Value::none, |it| {
        map([
            ("text", text(seen, it.edition)),
            // By what that text came to hold: the last step of its path.
            ("decision", it.edition.adoption.last().map(edition::decision).into()),
            ("to", takers(seen, &it.to)),
            ("reason", it.reason.into()),
        ])
    })
}

/// With which texts words of it went into other clauses.
pub fn gifts(seen: &Seen, id: &ClauseId) -> Value {
    let gifts = descent::gifts(seen.authority, id);
    list(gifts.iter().map(|it| map([("text", text(seen, it.edition)), ("to", takers(seen, &it.to))])))
}

/// The clauses of the text before from which words of it came.
pub fn origins(seen: &Seen, clause: &Clause) -> Value {
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

fn text(seen: &Seen, it: &crate::handbook::Edition) -> Value {
    let href = seen.href(Address::edition(&seen.authority.slug, &it.slug));
    map([("name", edition::name(it).into()), ("href", href.into())])
}

fn takers(seen: &Seen, places: &[Place]) -> Value {
    list(places.iter().map(|it| {
        // It may have gone on since, which its own page tells.
        let address = Address::clause(&seen.authority.slug, &it.clause.id);
        map([("name", name::clause(it).into()), ("href", seen.href(address).into())])
    }))
}
