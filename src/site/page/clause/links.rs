//! What a clause refers to, the law it cites, and what refers to it.

use super::Seen;
use crate::handbook::{Clause, Edition, Legislation, Target};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::name;
use crate::site::theme::{Value, list, map};
use crate::view::history::{Place, place};
use crate::view::legislation;
use crate::view::links::{Mention, Mentions, footnotes, out_of};

/// What the words of a clause name, then what those of its footnotes do, each in reading order.
fn mentions<'s>(seen: &Seen<'s, '_>, clause: &'s Clause) -> Vec<Mention<'s>> {
    let notes = footnotes(&seen.edition.sections, clause).into_iter().flat_map(out_of);
    out_of(clause).into_iter().chain(notes).collect()
}

/// The clauses, items and sections that the words name.
pub fn names<'s>(seen: &Seen<'s, '_>, clause: &'s Clause) -> Value {
    list(mentions(seen, clause).iter().filter_map(|mention| {
        let what = match mention.target {
            Target::Section(slug) => name::whole_section(seen.sections().iter().find(|it| it.slug == *slug)?),
            Target::Clause(id) => name::clause(&place(seen.sections(), id)?),
            Target::Item(id, item) => {
                let place = place(seen.sections(), id)?;
                format!("{}, {}", name::clause(&place), name::item(place.clause, item))
            }
            Target::Legislation { .. } => return None,
        };
        Some(map([
            ("item", part(mention, clause)),
            ("words", mention.words.into()),
            ("name", what.into()),
            ("href", seen.target_href(mention.target).into()),
        ]))
    }))
}

/// The Acts and other rules that the words cite.
pub fn law<'s>(seen: &Seen<'s, '_>, clause: &'s Clause) -> Value {
    list(mentions(seen, clause).iter().filter_map(|mention| {
        let Target::Legislation { slug, provision } = mention.target else { return None };
        let entry = seen.press.handbook.legislation(slug)?;
        let named = legislation::names(mention.words, entry);
        let register = Link::from(Address::legislation()).at(anchor::legislation(slug));
        Some(map([
            ("item", part(mention, clause)),
            ("words", mention.words.into()),
            ("title", entry.title.as_str().into()),
            ("provision", provision.as_deref().into()),
            ("href", seen.href(register).into()),
            ("official", entry.identifier_uri(provision.as_deref()).into()),
            ("our_reading", (!named).into()),
            ("as_at", as_at(entry, provision.as_deref(), seen.edition).filter(|_| named).into()),
        ]))
    }))
}

/// Where the Act is read as it was on the day of the text; nothing where that day, or the Act
/// of that day, is not known.
fn as_at(entry: &Legislation, provision: Option<&str>, edition: &Edition) -> Option<Value> {
    let date = edition.date()?;
    let href = entry.text_as_at(provision, date)?;
    Some(map([("date", date.in_words().into()), ("href", href.into())]))
}

/// The clauses that refer to this one or to its items, then those that refer to its section as
/// a whole.
pub fn named_by(seen: &Seen, shown: &Place, mentions: &Mentions) -> Value {
    let direct = mentions.of_clause(&shown.clause.id);
    let whole = mentions.of_section(&shown.section.slug);
    list(direct.iter().chain(whole).filter_map(|it| {
        let from = place(seen.sections(), &it.clause.id)?;
        let mut link = seen.clause_link(&it.clause.id);
        let has_page = link.anchor.is_none();
        if let (Some(item), true) = (it.item, has_page) {
            link = link.at(anchor::item(item));
        }
        let to = match it.target {
            Target::Item(_, item) => Some(name::item(shown.clause, item)),
            _ => None,
        };
        Some(map([
            ("name", name::clause(&from).into()),
            ("item", item(it)),
            ("words", it.words.into()),
            ("to", to.into()),
            ("section", matches!(it.target, Target::Section(_)).into()),
            ("href", seen.href(link).into()),
        ]))
    }))
}

/// The footnote or the item of `clause` that holds the words; nothing for its lead words.
fn part(mention: &Mention, clause: &Clause) -> Value {
    match mention.clause.id == clause.id {
        true => item(mention),
        false => format!("footnote {}", mention.clause.number.as_deref().unwrap_or_default()).into(),
    }
}

/// The item that holds the words.
fn item(mention: &Mention) -> Value {
    mention.item.map(|it| name::item(mention.clause, it)).into()
}
