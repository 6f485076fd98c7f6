//! What a page says of itself to programs: to search engines, to libraries of references, to
//! whoever shows a link to it.
//!
//! A page says what it is [`About`]. [`value`] makes plain facts of that for the template
//! `metadata.html`, which spells them as Open Graph and Dublin Core; [`linked_data`] writes the
//! graph for search engines. What needs a whole address is left out without a base URL, and
//! nothing is said that the content does not hold: no day that is not recorded, and never that a
//! text has the force of law.

mod linked_data;
#[cfg(test)]
mod tests;

use super::Setting;
use super::address::{Address, Link};
use super::press::Head;
use super::theme::{Value, html, map};
use crate::handbook::{AuthoritySlug, Handbook, PartialDate, TopicSlug};

/// What a page is about, beyond its title.
pub enum About {
    /// Nothing that has facts of its own: a list, a register, words of the editors.
    Page,
    /// The handbook as a whole.
    Handbook,
    /// What each authority has on each topic.
    Coverage,
    Topic(TopicSlug),
    Authority(AuthoritySlug),
    Work(Box<Work>),
}

/// A text of an authority, or a clause of one.
pub struct Work {
    /// Where it stands for ever; its page may be at another address too.
    pub address: Address,
    pub name: String,
    pub authority: AuthoritySlug,
    /// The name of the authority, whose words it has.
    pub creator: String,
    /// Language tag of its words.
    pub language: String,
    /// As precise as it is known; `None` where no date is known.
    pub date: Option<PartialDate>,
    /// The document from which it was taken; `None` for what was drafted here.
    pub source: Option<String>,
    /// The licence as recorded, which may be that none is stated; `None` where nothing is.
    pub rights: Option<String>,
    /// The text of which it is a clause: its title and its page. `None` for a whole text.
    pub part_of: Option<(String, Address)>,
    pub kind: Kind,
}

pub enum Kind {
    Protocol(Protocol),
    /// A committee report.
    Report,
}

/// What is recorded of a text of a protocol.
pub struct Protocol {
    /// In words, as on its page.
    pub status: &'static str,
    /// Whether its adoption is recorded.
    pub adopted: bool,
    /// `None` where the day is not recorded, or only the month or the year.
    pub adopted_on: Option<PartialDate>,
}

impl About {
    /// Where the feed of what it is about would stand.
    pub fn feed(&self) -> Address {
        match self {
            About::Page | About::Handbook | About::Coverage => Address::feed(),
            About::Topic(topic) => Address::topic_feed(topic),
            About::Authority(authority) => Address::authority_feed(authority),
            About::Work(work) => Address::authority_feed(&work.authority),
        }
    }
}

/// A page as programs see it.
pub struct Seen<'s> {
    pub handbook: &'s Handbook,
    pub setting: &'s Setting,
    pub here: &'s Address,
    pub head: &'s Head,
    /// The pages above it, the home page first; empty for the home page itself.
    pub trail: &'s [(String, Link)],
}

/// The facts for the template `metadata.html`.
pub fn value(page: &Seen) -> Value {
    let work = match &page.head.about {
        About::Work(work) => Some(work.as_ref()),
        _ => None,
    };
    let part_of = work.and_then(|it| page.setting.whole(&it.part_of.as_ref()?.1));
    map([
        ("kind", if work.is_some() { "article" } else { "website" }.into()),
        ("language", work.map_or(&page.head.language, |it| &it.language).as_str().into()),
        ("creator", work.map(|it| it.creator.as_str()).into()),
        ("date", work.and_then(|it| it.date).map(|it| it.to_string()).into()),
        ("source", work.and_then(|it| it.source.as_deref()).into()),
        ("part_of", part_of.into()),
        ("rights", work.and_then(|it| it.rights.as_deref()).into()),
        ("linked_data", linked_data::graph(page).map_or_else(Value::none, |it| html(&it))),
    ])
}
