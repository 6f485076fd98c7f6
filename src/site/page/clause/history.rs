//! The clause in each text of its authority.

use crate::handbook::{Authority, Clause, Provenance};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::redline::{Marks, compared};
use crate::site::page::{document, edition, name};
use crate::site::press::Press;
use crate::site::theme::{Value, html, list, map};
use crate::view::history::{History, Number, Text, Words, place};
use crate::view::redline;

/// All texts in the order recorded, the latest first, with what differs from the words shown.
pub fn texts(press: &Press, here: &Address, authority: &Authority, history: &History) -> Value {
    list(history.texts.iter().map(|text| {
        let address = Address::edition(&authority.slug, &text.edition.slug);
        let link = match text.place {
            Some(place) => Link::from(address).at(anchor::clause(&place.clause.id)),
            None => address.into(),
        };
        let words = match text.words {
            Words::Shown => "the words shown above",
            Words::Same => "the same words",
            Words::Differ => "the words differ",
            Words::Absent if text.within.is_some() => "no clause of its own",
            Words::Absent => "not in this text",
        };
        let number = match (text.number, text.words) {
            (_, Words::Absent) => None,
            (Number::Printed(number), _) => Some(format!("number {number}")),
            (Number::None, _) => Some("no number printed".to_owned()),
            (Number::NotRecoverable, _) => Some("its number there is not recoverable".to_owned()),
        };
        let differing = text.place.filter(|_| text.words == Words::Differ);
        map([
            ("name", edition::name(text.edition).into()),
            ("status", document::status_words(text.edition.status).into()),
            ("current", (authority.current.as_ref() == Some(&text.edition.slug)).into()),
            ("href", press.href(here, link).into()),
            ("words", words.into()),
            ("number", number.into()),
            ("language", text.edition.source.language.as_str().into()),
            ("differing", differing.map_or_else(Value::none, |it| marked(history, text, it.clause))),
            (
                "changes",
                text.place.filter(|_| compared(press, authority, text.edition).is_some()).map_or_else(
                    Value::none,
                    |it| {
                        let address = Address::redline(&authority.slug, &text.edition.slug);
                        press.href(here, Link::from(address).at(anchor::clause(&it.clause.id))).into()
                    },
                ),
            ),
            (
                "within",
                text.within.map_or_else(Value::none, |it| {
                    let address = Address::edition(&authority.slug, &text.edition.slug);
                    let link = Link::from(address).at(anchor::clause(&it.clause.id));
                    // A text that does not show its numbers has it by the number of today.
                    let today = place(&history.edition.sections, &it.clause.id);
                    let called = match (&it.clause.number, today) {
                        (None, Some(today)) => format!("what is {} in the text shown", name::clause(&today)),
                        _ => format!("{} of this text", name::clause(&it)),
                    };
                    map([
                        ("name", called.into()),
                        ("href", press.href(here, link).into()),
                        ("note", document::note(it.clause.source_note.as_deref())),
                    ])
                }),
            ),
            (
                "parts",
                list(text.parts.iter().map(|it| {
                    let address = Address::clause(&authority.slug, &it.clause.id);
                    map([("name", name::clause(it).into()), ("href", press.href(here, address).into())])
                })),
            ),
            ("reconstructed", (text.edition.provenance == Provenance::Reconstructed).into()),
            (
                "note",
                // That of the words shown stands beside them.
                text.place
                    .filter(|_| text.words != Words::Shown)
                    .map_or_else(Value::none, |it| document::note(it.clause.source_note.as_deref())),
            ),
        ])
    }))
}

/// The words of another text and those shown in one, from the earlier of the two to the later.
fn marked(history: &History, text: &Text, clause: &Clause) -> Value {
    let at = |slug| history.texts.iter().position(|it| it.edition.slug == slug);
    // The latest text stands first.
    let later = at(text.edition.slug.clone()) < at(history.edition.slug.clone());
    let lines = match later {
        true => redline::of_clause(history.place.clause, clause),
        false => redline::of_clause(clause, history.place.clause),
    };
    map([("later", later.into()), ("words", html(&Marks::default().lines(&lines)))])
}
