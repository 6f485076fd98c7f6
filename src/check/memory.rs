//! What the rules found before: an authority that was not read anew, beside registers that say
//! what they said, is not looked at again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Date;
use super::holding::Holding;
use crate::abreast;
use crate::diagnostic::Report;
use crate::handbook::{Authority, AuthoritySlug, Handbook, Lack, Legislation, Term, Topics};

/// What [`run_again`](super::run_again) knows from the time before; empty at first.
#[derive(Default)]
pub struct Memory {
    beside: Option<Beside>,
    authorities: BTreeMap<AuthoritySlug, Known>,
}

/// What the rules of one authority may ask beside it.
#[derive(PartialEq)]
struct Beside {
    topics: Topics,
    terms: Vec<Term>,
    legislation: Vec<Legislation>,
    /// Outside of the authorities' folders.
    broken: BTreeMap<String, Lack>,
    today: Date,
}

#[derive(Clone)]
struct Known {
    authority: Arc<Authority>,
    /// In its folder.
    broken: BTreeMap<String, Lack>,
    found: Arc<Found>,
}

/// What is to be said of one authority.
pub struct Found {
    pub report: Report,
    pub holding: Arc<Holding>,
}

impl Memory {
    /// What `look` finds in each authority, in the order of their slugs; it is called for those
    /// alone of which this is not known.
    pub fn look(
        &mut self,
        handbook: &Handbook,
        today: Date,
        look: impl Fn(&Authority) -> Found + Sync + Send,
    ) -> Vec<(AuthoritySlug, Arc<Found>)> {
        let beside = Beside {
            topics: handbook.topics.clone(),
            terms: handbook.terms.clone(),
            legislation: handbook.legislation.clone(),
            broken: owned(handbook.broken.iter().filter(|(it, _)| !it.starts_with("authorities/"))),
            today,
        };
        if self.beside.as_ref() != Some(&beside) {
            *self = Memory { beside: Some(beside), authorities: BTreeMap::new() };
        }
        let known = std::mem::take(&mut self.authorities);
        let authorities: Vec<&Arc<Authority>> = handbook.authorities.shared().collect();
        let looked = abreast::map(&authorities, |authority| {
            let broken = owned(handbook.broken_below(authority.folder()));
            match known.get(&authority.slug) {
                Some(it) if Arc::ptr_eq(&it.authority, authority) && it.broken == broken => it.clone(),
                _ => Known { found: Arc::new(look(authority)), authority: Arc::clone(authority), broken },
            }
        });
        let found = looked.into_iter().map(|known| {
            let (slug, found) = (known.authority.slug.clone(), known.found.clone());
            self.authorities.insert(slug.clone(), known);
            (slug, found)
        });
        found.collect()
    }
}

fn owned<'a>(broken: impl Iterator<Item = (&'a String, &'a Lack)>) -> BTreeMap<String, Lack> {
    broken.map(|(file, lack)| (file.clone(), *lack)).collect()
}
