//! What stood in the site once, as the ledger of addresses tells it: pages that moved or went, and
//! places in pages.
//!
//! Where the page of something is gone altogether, [`super::page::gone`] puts another there; a
//! place that went from its page is told of at the foot of it.

use std::collections::BTreeMap;

use super::address::{Address, Link};
use crate::handbook::{Handbook, RecordedAddress};

/// The pages at which something stood, each with what stood there.
pub struct Formerly<'a>(BTreeMap<Address, Stood<'a>>);

/// What stood at the address of one page.
#[derive(Default)]
pub struct Stood<'a> {
    /// The entry of the page as a whole; `None` if only places in it are said to have gone.
    pub page: Option<&'a RecordedAddress>,
    /// The anchors of places in it with their entries, in the order of the ledger.
    pub places: Vec<(String, &'a RecordedAddress)>,
}

impl<'a> Formerly<'a> {
    /// What the ledger says to have moved or gone. Entries that are no addresses are left out;
    /// [`crate::record::review`] has said so.
    pub fn of(handbook: &'a Handbook) -> Self {
        let mut pages: BTreeMap<Address, Stood> = BTreeMap::new();
        for entry in handbook.addresses.iter().filter(|it| it.moved_to.is_some() || it.gone.is_some()) {
            let Some(Link { address, anchor }) = Link::recorded(&entry.address) else { continue };
            let stood = pages.entry(address).or_default();
            match anchor {
                Some(anchor) => stood.places.push((anchor, entry)),
                None => stood.page = Some(entry),
            }
        }
        Formerly(pages)
    }

    /// What stood at a page; `None` if nothing is said to have moved or gone from there.
    pub fn at(&self, address: &Address) -> Option<&Stood<'a>> {
        self.0.get(address)
    }

    /// All such pages, in the order of their addresses.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.0.keys()
    }
}

/// What readers know the page or place at `link` by: `Elections`, `Localism Act 2011`; its address
/// where it bears no name of its own.
pub fn name(handbook: &Handbook, link: &Link) -> String {
    let at = |address: Address| link.address == address;
    let register =
        || Address::registers().into_iter().find(|(_, it)| link.address == *it).map(|(it, _)| it.to_owned());
    let topic = || Some(handbook.topics.topics.iter().find(|it| at(Address::topic(&it.slug)))?.name.clone());
    let principle = || {
        let all = &handbook.principles.principles;
        Some(all.iter().find(|it| at(Address::principle(&it.slug)))?.name.clone())
    };
    let editors = || Some(handbook.pages.iter().find(|(it, _)| at(Address::editors(it)))?.1.title.clone());
    let page = register()
        .or_else(topic)
        .or_else(principle)
        .or_else(editors)
        .or_else(|| of_authority(handbook, link));
    match (page, place(handbook, link)) {
        (_, Some(place)) => place,
        (Some(page), None) => page,
        (None, None) => match &link.anchor {
            Some(anchor) => format!("{}#{anchor}", link.address.on_web()),
            None => link.address.on_web().to_owned(),
        },
    }
}

fn of_authority(handbook: &Handbook, link: &Link) -> Option<String> {
    let at = |address: Address| link.address == address;
    handbook.authorities.values().find_map(|authority| {
        let slug = &authority.slug;
        if at(Address::authority(slug)) {
            return Some(authority.name.clone());
        }
        let current = authority.current.as_ref().filter(|_| at(Address::protocol(slug)));
        let text = current.and_then(|it| authority.editions.get(it));
        let text =
            text.or_else(|| authority.editions.values().find(|it| at(Address::edition(slug, &it.slug))));
        let report = authority.reports.values().find(|it| at(Address::report(slug, &it.slug)));
        let title = text.map(|it| &it.title).or_else(|| report.map(|it| &it.title))?;
        Some(format!("{title}, {}", authority.short_name))
    })
}

fn place(handbook: &Handbook, link: &Link) -> Option<String> {
    use super::address::anchor;
    let wanted = link.anchor.as_deref()?;
    let at = |address: Address| link.address == address;
    let topic = handbook.topics.topics.iter().find(|it| at(Address::topic(&it.slug)));
    let aspect = || Some(&topic?.aspects.iter().find(|it| anchor::aspect(&it.slug) == wanted)?.question);
    let term = || {
        let all = handbook.terms.iter().filter(|_| at(Address::terms()));
        Some(&all.into_iter().find(|it| anchor::term(&it.slug) == wanted)?.name)
    };
    let law = || {
        let all = handbook.legislation.iter().filter(|_| at(Address::legislation()));
        Some(&all.into_iter().find(|it| anchor::legislation(&it.slug) == wanted)?.title)
    };
    aspect().or_else(term).or_else(law).cloned()
}
