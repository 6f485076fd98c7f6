//! What a clause refers to, the law it cites, and what refers to it.

use super::Seen;
use crate::handbook::{Clause, Edition, Legislation, Target};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::name;
use crate::site::theme::{Value, list, map};
use crate::view::history::{Place, place};
use crate::view::links::{Mention, into_clause, into_section, out_of};

/// The clauses, items and sections that the words name, in reading order.
pub fn names(seen: &Seen, clause: &Clause) -> Value {
    list(out_of(clause).iter().filter_map(|mention| {
        let what = match mention.target {
            Target::Section(slug) => {
                let section = seen.sections().iter().find(|it| it.slug == *slug)?;
                let parts = [section.number.as_deref(), section.heading.as_deref()];
                format!("section {}", parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
            }
            Target::Clause(id) => name::clause(&place(seen.sections(), id)?),
            Target::Item(id, item) => {
                let place = place(seen.sections(), id)?;
                format!("{}, {}", name::clause(&place), name::item(place.clause, item))
            }
            Target::Legislation { .. } => return None,
        };
        Some(map([
            ("item", item(mention)),
            ("words", mention.words.into()),
            ("name", what.into()),
            ("href", seen.target_href(mention.target).into()),
        ]))
    }))
}

/// The Acts and other rules that the words cite, in reading order.
pub fn law(seen: &Seen, clause: &Clause) -> Value {
    list(out_of(clause).iter().filter_map(|mention| {
        let Target::Legislation { slug, provision } = mention.target else { return None };
        let entry = seen.press.handbook.legislation(slug)?;
        let register = Link::from(Address::legislation()).at(anchor::legislation(slug));
        Some(map([
            ("item", item(mention)),
            ("words", mention.words.into()),
            ("title", entry.title.as_str().into()),
            ("provision", provision.as_deref().into()),
            ("href", seen.href(register).into()),
            ("official", official(entry, provision.as_deref())),
            ("as_at", as_at(entry, provision.as_deref(), seen.edition)),
        ]))
    }))
}

/// Where the Act itself is read.
fn official(_entry: &Legislation, _provision: Option<&str>) -> Value {
    Value::none()
}

/// Where the Act is read as it was on the day of the text; nothing where that day is not known.
fn as_at(_entry: &Legislation, _provision: Option<&str>, _edition: &Edition) -> Value {
    Value::none()
}

/// The clauses that refer to this one or to its items, then those that refer to its section as
/// a whole.
pub fn named_by(seen: &Seen, shown: &Place) -> Value {
    let direct = into_clause(seen.sections(), &shown.clause.id);
    let whole = into_section(seen.sections(), &shown.section.slug);
    let mentions = direct.into_iter().chain(whole);
    list(mentions.filter_map(|it| {
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
            ("item", item(&it)),
            ("words", it.words.into()),
            ("to", to.into()),
            ("section", matches!(it.target, Target::Section(_)).into()),
            ("href", seen.href(link).into()),
        ]))
    }))
}

/// The item that holds the words.
fn item(mention: &Mention) -> Value {
    mention.item.map(|it| name::item(mention.clause, it)).into()
}
