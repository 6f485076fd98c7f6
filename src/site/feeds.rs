//! The feeds: which there are, and what stands in each.
//!
//! One is of all authorities, one of each authority, one of each topic. They name whole
//! addresses, so there are none without a base URL; and none that would be empty.

use std::collections::BTreeMap;

use super::{Address, Setting};
use crate::handbook::{Authority, Handbook, Topic};
use crate::view::timeline::{Event, timeline};

/// The feeds by their addresses.
pub struct Feeds<'a>(BTreeMap<Address, Feed<'a>>);

/// One feed.
pub struct Feed<'a> {
    pub title: String,
    /// The page of what it is about.
    pub page: Address,
    /// Never empty; the newest first.
    pub events: Vec<Event<'a>>,
}

impl<'a> Feeds<'a> {
    /// The feeds of a handbook.
    pub fn of(handbook: &'a Handbook, setting: &Setting) -> Self {
        let mut feeds = Feeds(BTreeMap::new());
        if setting.base_url.is_none() {
            return feeds;
        }
        for event in timeline(handbook) {
            feeds.add(event, Address::feed(), || (handbook.title.clone(), Address::home()));
            let Authority { slug, short_name, .. } = event.authority;
            let title = |name: &str| format!("{name} – {}", handbook.title);
            feeds.add(event, Address::authority_feed(slug), || (title(short_name), Address::authority(slug)));
            let topics = event.topics();
            for Topic { slug, name, .. } in
                handbook.topics.topics.iter().filter(|it| topics.contains(&it.slug))
            {
                feeds.add(event, Address::topic_feed(slug), || (title(name), Address::topic(slug)));
            }
        }
        feeds
    }

    fn add(&mut self, event: Event<'a>, address: Address, head: impl FnOnce() -> (String, Address)) {
        let feed = self.0.entry(address).or_insert_with(|| {
            let (title, page) = head();
            Feed { title, page, events: Vec::new() }
        });
        feed.events.push(event);
    }

    /// The feed at an address; `None` if it is not made.
    pub fn at(&self, address: &Address) -> Option<&Feed<'a>> {
        self.0.get(address)
    }

    /// The addresses of all feeds, in their order.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.0.keys()
    }
}
