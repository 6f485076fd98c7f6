//! The search: an index made with the site, and the page that asks it.
//!
//! Nothing is searched on a server. [`documents`] lists what can be found, [`index`] counts its
//! tokens, [`parts`] cuts the index into files of which a browser loads the few that it needs.
//! Tokens and stems are those of elasticlunr. The browser ranks (`search-ask.js`): by BM25, and by
//! labels, phrases, other words for the same thing, tags, and what editors list as asked.

mod concepts;
mod documents;
mod folder;
mod index;
mod parts;
mod postings;
mod tags;
pub mod weight;
mod words;

use std::sync::Arc;

use super::press::{Head, Press};
use super::theme::Values;
use super::{Address, Link, Page, Plan, Setting};
use crate::abreast;
use crate::handbook::Handbook;
use concepts::Concepts;
use documents::Document;
use parts::Parts;
use tags::Tags;

/// The indexes of a handbook as files, whole: by far the longest work of a plan, so it is a
/// value of its own, and a site can be planned with the indexes of another day.
pub struct Indexes {
    today: Parts,
    before: Option<Parts>,
}

impl Indexes {
    /// The index of today, and of what was before if there is any.
    pub fn of(handbook: &Handbook, setting: &Setting) -> Self {
        let (concepts, tags) = (Concepts::of(handbook), Tags::of(handbook));
        let parts = |documents: &[Document]| {
            let index = index::index(documents, &concepts, &tags);
            let href = |link: &Link| setting.href(&Address::search(), link);
            parts::parts(handbook, documents, &index, &concepts, &tags, &href)
        };
        let (today, before) = abreast::both(
            || parts(&documents::of_today(handbook)),
            || Some(documents::of_before(handbook)).filter(|it| !it.is_empty()).map(|it| parts(&it)),
        );
        Indexes { today, before }
    }
}

/// Puts the page of the search and its indexes into a site.
pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>, indexes: Arc<Indexes>) {
    for folder in indexes.parts().flat_map(Parts::folders) {
        for (address, part) in folder.addresses.iter().zip(folder.parts.values()) {
            let part = Arc::clone(part);
            plan.add(address.clone(), Page::new(move || Ok(part.to_vec())));
        }
    }
    press.add(plan, Address::search(), "search.html", move |press, here| {
        let folder = |it: &Parts| {
            let manifest = press.href(here, Address::search_part(&it.asked.hash, "manifest"));
            manifest.trim_end_matches("manifest.js").to_owned()
        };
        let head = Head::new("Search", "Find the clause, in any authority’s words.");
        let mut values = Values::default();
        values
            .set("today", folder(&indexes.today))
            .set("before", indexes.before.as_ref().map(folder))
            .set("topics", press.href(here, Address::topics()))
            .set("terms", press.href(here, Link::from(Address::terms()).at("a-z".to_owned())));
        (head, values)
    });
}

impl Indexes {
    fn parts(&self) -> impl Iterator<Item = &Parts> {
        [Some(&self.today), self.before.as_ref()].into_iter().flatten()
    }
}
