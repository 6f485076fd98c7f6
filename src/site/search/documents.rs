//! What can be found: clauses with their items, topics, principles, terms, legislation and the
//! editors' pages.
//!
//! Two indexes are made of it. That of today holds the current edition of each authority and all
//! else; that of before holds the editions that are no longer, or not yet, the current ones.
//! Drafts and reports are in neither.

use crate::abreast;
use crate::handbook::{
    Authority, Block, Clause, Edition, Handbook, Inline, Item, ItemId, ItemTags, Status, TopicTag,
};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::{edition, name};
use crate::view::history::{self, Place};

/// One thing that can be found.
pub struct Document<'h> {
    pub kind: Kind,
    /// Whose it is; `None` for what is the editors'.
    pub authority: Option<&'h Authority>,
    /// The text in which it stands: `text of June 2019`.
    pub text: Option<String>,
    /// What it is called: `Clause 5.01`.
    pub name: String,
    /// The headings that it stands under, the outermost first.
    pub headings: Vec<&'h str>,
    pub topics: Vec<&'h TopicTag>,
    /// Names of principles.
    pub principles: Vec<&'h str>,
    /// What readers ask that it answers.
    pub asked: &'h [String],
    pub link: Link,
    /// Its words in reading order, divided where a link can lead.
    pub passages: Vec<Passage<'h>>,
    /// What it is asked for by, whole: its number, its id.
    pub labels: Vec<String>,
}

/// A kind of thing that can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Clause,
    Topic,
    Principle,
    Term,
    Legislation,
    Page,
}

/// Words of a document with a place of their own.
pub struct Passage<'h> {
    /// The place, within the page of the document; `None` for what stands before any item.
    pub anchor: Option<String>,
    /// The label of an item, with that of its clause: `1.03(b)`, `13 a)`.
    pub label: Option<String>,
    /// What an item says beyond its clause.
    pub topics: &'h [TopicTag],
    /// What readers ask that the item answers.
    pub asked: &'h [String],
    pub words: String,
}

impl<'h> Passage<'h> {
    /// Words that belong to no item, yet to be added.
    fn new(anchor: Option<String>) -> Self {
        Passage { anchor, label: None, topics: &[], asked: &[], words: String::new() }
    }

    /// Those of an item of a clause, or of its tail, whose place `place` tells.
    fn of_item(clause: &'h Clause, item: &ItemId, place: &dyn Fn(&ItemId) -> String) -> Self {
        let own = Passage::new(Some(place(item)));
        match clause.items.get(item) {
            Some(ItemTags { topics, asked, .. }) => Passage { topics, asked, ..own },
            None => own,
        }
    }
}

/// The index of today, in the order of its documents: clauses authority by authority, then the
/// registers and pages.
pub fn of_today(handbook: &Handbook) -> Vec<Document<'_>> {
    let authorities: Vec<&Authority> = handbook.authorities.values().collect();
    let of_each = abreast::map(&authorities, |authority| {
        let edition = authority.current_edition().filter(|it| it.status != Status::Draft);
        edition.map_or_else(Vec::new, |it| clauses(handbook, authority, it).collect())
    });
    of_each.into_iter().flatten().chain(registers(handbook)).collect()
}

/// The index of before.
pub fn of_before(handbook: &Handbook) -> Vec<Document<'_>> {
    let mut documents = Vec::new();
    for authority in handbook.authorities.values() {
        for edition in history::texts(authority, false) {
            if authority.current.as_ref() != Some(&edition.slug) {
                documents.extend(clauses(handbook, authority, edition));
            }
        }
    }
    documents
}

fn clauses<'h>(
    handbook: &'h Handbook,
    authority: &'h Authority,
    edition: &'h Edition,
) -> impl Iterator<Item = Document<'h>> {
    history::places(&edition.sections).map(move |place| clause(handbook, authority, edition, place))
}

fn clause<'h>(
    handbook: &'h Handbook,
    authority: &'h Authority,
    edition: &'h Edition,
    place: Place<'h>,
) -> Document<'h> {
    let Place { section, sub_heading, clause } = place;
    let is_current = authority.current.as_ref() == Some(&edition.slug);
    let own_page = is_current && history::is_citable(section);
    let link = match own_page {
        true => Link::from(Address::clause(&authority.slug, &clause.id)),
        false => Link::from(Address::edition(&authority.slug, &edition.slug)).at(anchor::clause(&clause.id)),
    };
    let of_items = || clause.items.values();
    let mut topics: Vec<&TopicTag> = Vec::new();
    for tag in clause.topics.iter().chain(of_items().flat_map(|it| &it.topics)) {
        if !topics.contains(&tag) {
            topics.push(tag);
        }
    }
    let tags = clause.principles.iter().chain(of_items().flat_map(|it| &it.principles));
    let mut principles: Vec<&str> = Vec::new();
    for tag in tags {
        let known = handbook.principles.principles.iter().find(|it| it.slug == tag.principle);
        principles.extend(known.map(|it| it.name.as_str()).filter(|it| !principles.contains(it)));
    }
    let number = clause.number.as_deref().or(section.number.as_deref());
    let number = number.map(|it| it.trim_end_matches('.').to_owned());
    let mut labels: Vec<String> = vec![clause.id.to_string()];
    labels.extend(number.clone());
    if clause.is_footnote() {
        labels.extend(number.as_ref().map(|it| format!("footnote {it}")));
    }
    Document {
        kind: Kind::Clause,
        authority: Some(authority),
        text: Some(edition::name(edition)),
        name: name::clause(&place),
        headings: [section.heading.as_deref(), sub_heading].into_iter().flatten().collect(),
        topics,
        principles,
        asked: &clause.asked,
        link,
        passages: passages(clause, number.as_deref(), own_page),
        labels,
    }
}

/// The words of a clause: what stands before its items, each item, what stands after them.
fn passages<'h>(clause: &'h Clause, number: Option<&str>, own_page: bool) -> Vec<Passage<'h>> {
    let place = |item: &_| match own_page {
        true => anchor::item(item),
        false => anchor::item_in_document(&clause.id, item),
    };
    let mut passages = vec![Passage::new(None)];
    let tail_at = clause.blocks.len() - Block::tail(&clause.blocks).len();
    for (index, block) in clause.blocks.iter().enumerate() {
        if index == tail_at && index > 0 {
            let tail = ItemId::parse("tail");
            passages
                .push(tail.map_or_else(|| Passage::new(None), |it| Passage::of_item(clause, &it, &place)));
        }
        // What stands between two lists belongs to neither.
        let after_list = index > 0 && matches!(clause.blocks[index - 1], Block::List(_));
        if after_list && index != tail_at && !matches!(block, Block::List(_)) {
            passages.push(Passage::new(None));
        }
        match block {
            Block::Paragraph(words) => add(&mut passages, &Inline::plain(words)),
            Block::Address(address) => add(&mut passages, address),
            Block::List(list) => items(clause, list, number.unwrap_or_default(), &place, &mut passages),
        }
    }
    passages
}

fn items<'h>(
    clause: &'h Clause,
    list: &[Item],
    above: &str,
    place: &dyn Fn(&ItemId) -> String,
    passages: &mut Vec<Passage<'h>>,
) {
    for item in list {
        // A bullet bears none, and is asked for by the name that it has here.
        let printed = item.label.clone().unwrap_or_else(|| item.id.to_string());
        let label = Some(format!("{above} {printed}"));
        passages.push(Passage { label: label.clone(), ..Passage::of_item(clause, &item.id, place) });
        for block in &item.blocks {
            match block {
                Block::Paragraph(words) => add(passages, &Inline::plain(words)),
                Block::Address(address) => add(passages, address),
                Block::List(list) => items(clause, list, label.as_deref().unwrap_or(above), place, passages),
            }
        }
    }
}

fn add(passages: &mut [Passage], words: &str) {
    let Some(last) = passages.last_mut() else { return };
    if !last.words.is_empty() {
        last.words.push(' ');
    }
    last.words.push_str(words);
}

/// What the editors keep beside the texts.
fn registers(handbook: &Handbook) -> Vec<Document<'_>> {
    let own = |kind, name: &str, link: Link, words: String| Document {
        kind,
        authority: None,
        text: None,
        name: name.to_owned(),
        headings: Vec::new(),
        topics: Vec::new(),
        principles: Vec::new(),
        asked: &[],
        link,
        passages: vec![Passage { words, ..Passage::new(None) }],
        labels: Vec::new(),
    };
    let topics = handbook.topics.topics.iter().map(|it| {
        let questions = it.aspects.iter().map(|it| it.question.as_str());
        let words = std::iter::once(it.scope.as_str()).chain(questions).collect::<Vec<_>>().join(" ");
        own(Kind::Topic, &it.name, Address::topic(&it.slug).into(), words)
    });
    let principles =
        handbook.principles.principles.iter().map(|it| {
            own(Kind::Principle, &it.name, Address::principle(&it.slug).into(), it.wording.clone())
        });
    let terms = handbook.terms.iter().map(|it| {
        let link = Link::from(Address::terms()).at(anchor::term(&it.slug));
        own(Kind::Term, &it.name, link, it.scope.clone())
    });
    let legislation = handbook.legislation.iter().map(|it| {
        let link = Link::from(Address::legislation()).at(anchor::legislation(&it.slug));
        let aliases = it.aliases.iter().map(|it| it.words.as_str()).collect::<Vec<_>>().join(", ");
        own(Kind::Legislation, &it.title, link, aliases)
    });
    let pages = handbook
        .pages
        .iter()
        .map(|(name, it)| own(Kind::Page, &it.title, Address::editors(name).into(), it.description.clone()));
    topics.chain(principles).chain(terms).chain(legislation).chain(pages).collect()
}

/// A label as it is looked up: its letters, digits, points and hyphens, so that `13 a)` and
/// `13(a)` are one, and `5.03` and `5.3` are two.
pub fn label(printed: &str) -> String {
    let kept = |it: &char| it.is_alphanumeric() || matches!(it, '.' | '-');
    printed.to_lowercase().chars().filter(kept).collect::<String>().trim_matches('.').to_owned()
}
