//! The concepts, each authority's words for them, and all words in one alphabet.

use std::sync::Arc;

use super::document;
use crate::handbook::{Authority, AuthoritySlug, Term};
use crate::site::address::anchor;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Site};
use crate::view::terms::{Word, index};

pub fn plan<'a>(press: &Arc<Press<'a>>, site: &mut Site<'a>) {
    press.add(site, Address::terms(), "terms.html", page);
}

fn page(press: &Press, here: &Address) -> (Head, Values) {
    let head =
        Head::new("Terms", "What each council calls the same people and things, and words that mislead.");
    let mut values = Values::default();
    values
        .set("terms", list(press.handbook.terms.iter().map(|it| term(press, here, it))))
        .set("letters", letters(press));
    (head, values)
}

fn term(press: &Press, here: &Address, term: &Term) -> Value {
    let (with, without): (Vec<&Authority>, Vec<&Authority>) =
        press.handbook.authorities.values().partition(|it| it.vocabulary.contains_key(&term.slug));
    let vocabulary = with.into_iter().filter_map(|it| {
        let vocabulary = it.vocabulary.get(&term.slug)?;
        Some(map([
            ("authority", name(press, here, it)),
            ("words", list(vocabulary.words.iter().map(|it| it.as_str().into()))),
            ("note", document::note(vocabulary.note.as_deref())),
        ]))
    });
    let false_friends = term.false_friends.iter().map(|it| {
        map([
            ("words", it.words.as_str().into()),
            ("authorities", names(press, here, &it.authorities)),
            ("text", document::note(Some(&it.text))),
        ])
    });
    map([
        ("anchor", anchor::term(&term.slug).into()),
        ("name", term.name.as_str().into()),
        ("scope", document::note(Some(&term.scope))),
        ("vocabulary", list(vocabulary)),
        ("without", list(without.into_iter().map(|it| name(press, here, it)))),
        ("false_friends", list(false_friends)),
    ])
}

fn names(press: &Press, here: &Address, slugs: &[AuthoritySlug]) -> Value {
    let authorities = slugs.iter().filter_map(|it| press.handbook.authorities.get(it));
    list(authorities.map(|it| name(press, here, it)))
}

fn name(press: &Press, here: &Address, authority: &Authority) -> Value {
    map([
        ("name", authority.short_name.as_str().into()),
        ("href", press.href(here, Address::authority(&authority.slug)).into()),
    ])
}

/// The index: its letters, each with its words.
fn letters(press: &Press) -> Value {
    let words = index(press.handbook);
    let letters = words.chunk_by(|a, b| a.letter() == b.letter());
    list(letters.filter_map(|words| {
        let letter = words.first()?.letter();
        Some(map([
            ("letter", if letter == '#' { "Other".to_owned() } else { letter.to_string() }.into()),
            ("words", list(words.iter().map(word))),
        ]))
    }))
}

fn word(word: &Word) -> Value {
    let meanings = word.meanings.iter().map(|it| {
        map([
            ("name", it.term.name.as_str().into()),
            ("href", format!("#{}", anchor::term(&it.term.slug)).into()),
            ("authorities", list(it.authorities.iter().map(|it| it.short_name.as_str().into()))),
            ("false_friend", it.false_friend.into()),
        ])
    });
    map([("words", word.words.into()), ("meanings", list(meanings))])
}
