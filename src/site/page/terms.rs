//! The concepts, each authority's words for them, and all words in one alphabet.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::document;
use super::name;
use super::owner;
use super::spread::Spread;
use crate::handbook::{Authority, AuthoritySlug, Term, Vocabulary};
use crate::site::address::anchor;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Plan};
use crate::view::terms::{Word, index};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    press.add(plan, Address::terms(), "terms.html", page);
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
    let all: Vec<(&Authority, &Vocabulary)> =
        with.into_iter().filter_map(|it| Some((it, it.vocabulary.get(&term.slug)?))).collect();
    let (by_authority, by_word) = match Spread::of(press.handbook) {
        Spread::OnePage => (all.as_slice(), list([])),
        Spread::ByLetters => (&[][..], by_word(press, here, &all)),
    };
    let vocabulary = by_authority.iter().map(|(authority, vocabulary)| {
        map([
            ("authority", owner::name(press, here, authority)),
            ("words", list(vocabulary.words.iter().map(|it| it.as_str().into()))),
            ("note", document::note(vocabulary.note.as_deref())),
        ])
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
        ("by_word", by_word),
        ("without_count", count(without.len()).into()),
        ("without", owner::names(press, here, without)),
        ("false_friends", list(false_friends)),
    ])
}

/// Each word for a concept with the authorities that use it, the commonest first: so many rows of
/// authorities cannot be looked through.
fn by_word(press: &Press, here: &Address, all: &[(&Authority, &Vocabulary)]) -> Value {
    let mut words: BTreeMap<&str, Vec<&Authority>> = BTreeMap::new();
    for (authority, vocabulary) in all {
        for word in &vocabulary.words {
            words.entry(word).or_default().push(authority);
        }
    }
    let mut words: Vec<_> = words.into_iter().collect();
    words.sort_by_key(|(_, authorities)| Reverse(authorities.len()));
    let notes = all.iter().filter_map(|(authority, vocabulary)| {
        let note = vocabulary.note.as_deref()?;
        Some(map([("authority", owner::name(press, here, authority)), ("text", document::note(Some(note)))]))
    });
    let notes: Vec<Value> = notes.collect();
    let words = words.into_iter().map(|(word, authorities)| {
        map([
            ("word", word.into()),
            ("count", count(authorities.len()).into()),
            ("authorities", owner::names(press, here, authorities)),
        ])
    });
    map([("words", list(words)), ("notes", list(notes))])
}

fn count(authorities: usize) -> String {
    name::count(authorities, "authority", "authorities")
}

fn names(press: &Press, here: &Address, slugs: &[AuthoritySlug]) -> Value {
    let authorities = slugs.iter().filter_map(|it| press.handbook.authorities.get(it));
    owner::names(press, here, authorities)
}

/// The index: its letters, each with its words.
fn letters(press: &Press) -> Value {
    let words = index(press.handbook);
    let letters = words.chunk_by(|a, b| a.letter() == b.letter());
    list(letters.filter_map(|words| {
        let letter = words.first()?.letter();
        Some(map([
            ("letter", if letter == '#' { "Other".to_owned() } else { letter.to_string() }.into()),
            ("words", list(words.iter().map(|it| word(press, it)))),
        ]))
    }))
}

/// The names of some authorities; of a large handbook how many they are.
fn whose(press: &Press, authorities: &[&Authority]) -> String {
    match Spread::of(press.handbook) {
        Spread::ByLetters if !authorities.is_empty() => count(authorities.len()),
        _ => authorities.iter().map(|it| it.short_name.as_str()).collect::<Vec<_>>().join(", "),
    }
}

fn word(press: &Press, word: &Word) -> Value {
    let meanings = word.meanings.iter().map(|it| {
        map([
            ("name", it.term.name.as_str().into()),
            ("href", format!("#{}", anchor::term(&it.term.slug)).into()),
            ("authorities", whose(press, &it.authorities).into()),
            ("false_friend", it.false_friend.into()),
        ])
    });
    map([("words", word.words.into()), ("meanings", list(meanings))])
}
