//! Our tags of a clause and its items: topics with their questions, principles with their basis.

use crate::handbook::{Clause, PrincipleTag, Topic, TopicTag};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::{document, name};
use crate::site::press::Press;
use crate::site::theme::{Value, list, map};

/// The topics of a clause, its home topic first, then those of its items, item by item: a list
/// of groups, the first without the name of an item.
pub fn topics(press: &Press, here: &Address, clause: &Clause) -> Value {
    let items = clause.all_items().into_iter().map(|it| &it.id);
    // Not every id is an item's: the tail has tags as well.
    let tail = clause.items.keys().filter(|it| it.as_str() == "tail");
    let of_items =
        items.chain(tail).filter_map(|id| Some((Some(id), clause.items.get(id)?.topics.as_slice())));
    let groups = std::iter::once((None, clause.topics.as_slice())).chain(of_items);
    list(groups.filter(|(_, tags)| !tags.is_empty()).map(|(item, tags)| {
        let home = item.is_none();
        map([
            ("item", item.map(|it| name::item(clause, it)).into()),
            (
                "tags",
                list(
                    tags.iter()
                        .enumerate()
                        .filter_map(|(index, it)| tag(press, here, it, home && index == 0)),
                ),
            ),
        ])
    }))
}

fn tag(press: &Press, here: &Address, tag: &TopicTag, home: bool) -> Option<Value> {
    let topic = press.handbook.topic(&tag.topic)?;
    Some(map([
        ("home", home.into()),
        ("name", topic.name.as_str().into()),
        ("question", question(topic, tag).into()),
        ("href", press.href(here, link(tag)).into()),
    ]))
}

/// The principles of a clause in the official order, then those of its items.
pub fn principles(press: &Press, here: &Address, clause: &Clause) -> Value {
    let own = clause.principles.iter().map(|it| (None, it));
    let of_items =
        clause.items.iter().flat_map(|(id, tags)| tags.principles.iter().map(move |it| (Some(id), it)));
    list(own.chain(of_items).filter_map(|(item, tag)| {
        let PrincipleTag { principle, basis, why } = tag;
        let entry = press.handbook.principles.principles.iter().find(|it| it.slug == *principle)?;
        Some(map([
            ("item", item.map(|it| name::item(clause, it)).into()),
            ("name", entry.name.as_str().into()),
            ("basis", name::basis(*basis).into()),
            ("why", document::note(Some(why))),
            ("href", press.href(here, Address::principle(principle)).into()),
        ]))
    }))
}

/// The question of a tag; `None` while its topic is not divided.
pub fn question<'h>(topic: &'h Topic, tag: &TopicTag) -> Option<&'h str> {
    let aspect = tag.aspect.as_ref()?;
    topic.aspects.iter().find(|it| it.slug == *aspect).map(|it| it.question.as_str())
}

/// The row of its question on the page of the topic.
fn link(tag: &TopicTag) -> Link {
    let page = Link::from(Address::topic(&tag.topic));
    match &tag.aspect {
        Some(aspect) => page.at(anchor::aspect(aspect)),
        None => page,
    }
}
