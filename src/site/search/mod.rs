//! The search: an index made with the site, and the page that asks it.
//!
//! Nothing is searched on a server. [`documents`] lists what can be found, [`index`] counts its
//! tokens, [`parts`] cuts the index into files of which a browser loads the few that it needs.
//! Scores are those of elasticlunr; what goes beyond it (labels, phrases, other words for the
//! same thing, slips of the finger) is done in the browser, in `search.js`.

mod concepts;
mod documents;
mod index;
mod parts;
mod postings;
mod tags;
pub mod weight;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::press::{Head, Press};
use super::theme::Values;
use super::{Address, Link, Page, Site};
use crate::disk::Digest;
use concepts::Concepts;
use documents::Document;
use tags::Tags;
use words::Words;

/// Puts the page of the search and its indexes into a site.
pub fn plan<'a>(press: &Arc<Press<'a>>, site: &mut Site<'a>) {
    let mut words = Words::new();
    let concepts = Concepts::of(press.handbook, &mut words);
    let today = place(press, site, &documents::of_today(press.handbook), &concepts, &mut words);
    let before = documents::of_before(press.handbook);
    let before = (!before.is_empty()).then(|| place(press, site, &before, &concepts, &mut words));
    press.add(site, Address::search(), "search.html", move |press, here| {
        let folder = |hash: &String| {
            let manifest = press.href(here, Address::search_part(hash, "manifest"));
            manifest.trim_end_matches("manifest.js").to_owned()
        };
        let head = Head::new("Search", "Find the clause, in any authority’s words.");
        let mut values = Values::default();
        values
            .set("today", folder(&today))
            .set("before", before.as_ref().map(folder))
            .set("topics", press.href(here, Address::topics()))
            .set("terms", press.href(here, Link::from(Address::terms()).at("a-z".to_owned())));
        (head, values)
    });
}

/// Puts the files of one index into the site; the hash under which they stand.
fn place<'a>(
    press: &Arc<Press<'a>>,
    site: &mut Site<'a>,
    documents: &[Document<'a>],
    concepts: &Concepts,
    words: &mut Words,
) -> String {
    let tags = Tags::of(press.handbook);
    let index = index::index(documents, words, concepts, &tags);
    let href = |link: &Link| press.href(&Address::search(), link.clone());
    let parts = parts::parts(press.handbook, documents, &index, concepts, &tags, words, &href);
    let hash = hash(&parts);
    for (name, bytes) in parts {
        site.insert(Address::search_part(&hash, &name), Page::file(bytes));
    }
    hash
}

fn hash(parts: &BTreeMap<String, Vec<u8>>) -> String {
    let all: Vec<u8> = parts.values().flatten().copied().collect();
    Digest::of(&all).to_string()[..8].to_owned()
}
