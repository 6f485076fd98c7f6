//! Whether every link inside the site leads somewhere.
//!
//! Each finished page is read once, while it is still in memory: [`Links::read`] says at once
//! what is wrong with the page by itself and keeps a few bytes for each link that names an
//! anchor in another page; [`Links::verify`] settles those when all pages are read. So the
//! whole site is checked without being held.
//!
//! Checked are `href`, `src`, `srcset`, `poster`, `data`, `action` and a `meta` refresh, in
//! pages whose names end in `.html`. Links in style sheets and scripts are not, and neither are
//! those of feeds and of the sitemap, which are spelled by the same hand as the addresses of the
//! pages; nor are links to other sites: nobody's network is needed to build.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::outline::{self, Said};
use crate::abreast;

/// A link that leads nowhere, or an anchor that stands twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenLink {
    /// The address of the page that it stands in.
    pub page: String,
    /// As the page has it; for an anchor that stands twice, `#` and its id.
    pub link: String,
    pub why: Why,
}

/// Why a link is broken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// There is no such file in the site.
    NoPage(String),
    /// The page is there, but no element has this id.
    NoAnchor { page: String, id: String },
    /// Two elements of the page have this id.
    TwiceInPage,
    /// There is a folder of that name; a link to it ends with `/`.
    FolderWithoutSlash,
    /// It climbs out of the site.
    LeavesSite,
    /// It begins with `/`, which only works under a base URL and, there, below its path.
    FromRoot,
    /// It is neither a path nor an address that a published page may name.
    Unknown,
}

impl fmt::Display for BrokenLink {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let BrokenLink { page, link, why } = self;
        write!(f, "{page}: {link}: ")?;
        match why {
            Why::NoPage(address) => write!(f, "there is no {address}"),
            Why::NoAnchor { page, id } => write!(f, "nothing in {page} has the id {id:?}"),
            Why::TwiceInPage => f.write_str("two elements of the page have this id"),
            Why::FolderWithoutSlash => f.write_str("it names a folder, so it must end with /"),
            Why::LeavesSite => f.write_str("it leads out of the site"),
            Why::FromRoot => f.write_str("it begins at the root, which is not this site's"),
            Why::Unknown => f.write_str("it is no link that a published page may have"),
        }
    }
}

/// The addresses of one site, ready to say where links lead.
pub(super) struct Links<'a> {
    /// In the order of the pages.
    addresses: IndexSet<&'a str, FxBuildHasher>,
    base: Option<Base<'a>>,
}

/// The base URL without its last `/`, and the path in it.
struct Base<'a> {
    url: &'a str,
    path: &'a str,
}

/// What is kept of one page.
#[derive(Default)]
pub(super) struct PageLinks {
    ids: Ids,
    elsewhere: Elsewhere,
    /// What is wrong with it, whatever the other pages hold.
    broken: Vec<BrokenLink>,
}

/// The ids of a page in one string, since a large site has a million of them.
#[derive(Default)]
struct Ids {
    text: Box<str>,
    /// Where each begins and ends in the text, sorted by the id.
    places: Box<[(u32, u32)]>,
}

impl Ids {
    /// `ids` are sorted.
    fn of(ids: &[String]) -> Ids {
        debug_assert!(ids.is_sorted(), "{ids:?}");
        let mut end = 0;
        let places = ids.iter().map(|id| {
            let begin = end;
            end += u32::try_from(id.len()).expect("a page is smaller than 4 GiB");
            (begin, end)
        });
        Ids { places: places.collect(), text: ids.concat().into() }
    }

    fn contains(&self, id: &str) -> bool {
        let at = |place: &(u32, u32)| &self.text[place.0 as usize..place.1 as usize];
        self.places.binary_search_by(|it| at(it).cmp(id)).is_ok()
    }
}

/// Links to anchors in other pages, in one string for the same reason.
#[derive(Default)]
struct Elsewhere {
    /// The links as written.
    text: Box<str>,
    /// For each the other page's place in the order of addresses, and where it begins and ends in
    /// the text.
    places: Box<[(u32, u32, u32)]>,
}

impl Elsewhere {
    fn of(links: &BTreeSet<(usize, String)>) -> Elsewhere {
        let mut end = 0;
        let places = links.iter().map(|(target, link)| {
            let begin = end;
            end += u32::try_from(link.len()).expect("a page is smaller than 4 GiB");
            (u32::try_from(*target).expect("a site has fewer than 4,000 million pages"), begin, end)
        });
        Elsewhere { places: places.collect(), text: links.iter().map(|(_, link)| link.as_str()).collect() }
    }

    fn iter(&self) -> impl Iterator<Item = (usize, &str)> {
        let link = |place: &(u32, u32, u32)| &self.text[place.1 as usize..place.2 as usize];
        self.places.iter().map(move |place| (place.0 as usize, link(place)))
    }
}

/// Where a link leads.
enum Target {
    /// Another site: not ours to check.
    Outside,
    File(usize),
}

impl<'a> Links<'a> {
    /// `addresses` of the pages, each once. With a `base_url`, links below it are links inside the site.
    pub fn new(addresses: impl IntoIterator<Item = &'a str>, base_url: Option<&'a str>) -> Self {
        let base = base_url.map(|url| {
            let url = url.trim_end_matches('/');
            let host = url.find("://").map_or(0, |it| it + 3);
            let path = url[host..].find('/').map_or("", |it| &url[host + it..]);
            Base { url, path }
        });
        Links { addresses: addresses.into_iter().collect(), base }
    }

    /// Reads the page at `page`; anything but a web page has no links.
    pub fn read(&self, page: &str, bytes: &[u8]) -> PageLinks {
        let mut read = PageLinks::default();
        if !page.ends_with(".html") {
            return read;
        }
        let (mut ids, mut own) = (Vec::new(), Vec::new());
        let mut elsewhere = BTreeSet::new();
        let mut address = String::new();
        outline::read(bytes, |said| match said {
            Said::Id(id) => ids.push(id.to_owned()),
            Said::Link(link) => match self.resolve(page, link, &mut address) {
                Err(why) => read.break_link(page, link, why),
                Ok(Target::Outside) => {}
                Ok(Target::File(target)) => {
                    let Some(id) = anchor(link) else { return };
                    match self.addresses[target] {
                        it if it == page => own.push((link.to_owned(), id.into_owned())),
                        it if it.ends_with(".html") => {
                            elsewhere.insert((target, link.to_owned()));
                        }
                        _ => {}
                    }
                }
            },
        });
        ids.sort_unstable();
        for [one, other] in ids.array_windows() {
            if one == other {
                read.break_link(page, &format!("#{one}"), Why::TwiceInPage);
            }
        }
        read.ids = Ids::of(&ids);
        for (link, id) in own {
            if !read.ids.contains(&id) {
                let why = no_anchor(page, &id);
                read.break_link(page, &link, why);
            }
        }
        read.elsewhere = Elsewhere::of(&elsewhere);
        read
    }

    /// All that is broken in the site, sorted, each once. `pages` are all pages, in the order
    /// of their addresses.
    pub fn verify(&self, pages: &[PageLinks]) -> Vec<BrokenLink> {
        let numbered: Vec<(usize, &PageLinks)> = pages.iter().enumerate().collect();
        let broken = abreast::map(&numbered, |(index, page)| {
            let to_anchors =
                page.elsewhere.iter().filter_map(|(target, link)| Some((target, link, anchor(link)?)));
            let missed = to_anchors.filter(|(target, _, id)| !pages[*target].ids.contains(id));
            let missed = missed.map(|(target, link, id)| BrokenLink {
                page: self.addresses[*index].to_owned(),
                link: link.to_string(),
                why: no_anchor(self.addresses[target], &id),
            });
            missed.chain(page.broken.iter().cloned()).collect::<Vec<_>>()
        });
        broken.into_iter().flatten().collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// `address` is written over: a million links need no million of them.
    fn resolve(&self, page: &str, link: &str, address: &mut String) -> Result<Target, Why> {
        let path = &link[..link.find(['?', '#']).unwrap_or(link.len())];
        if let Some(rest) = self.below_base(link, path) {
            return self.find("", rest, address);
        }
        if link.starts_with("//") {
            return Err(Why::Unknown);
        }
        if let Some(scheme) = scheme(link) {
            const OUTSIDE: [&str; 5] = ["http", "https", "mailto", "tel", "data"];
            let known = OUTSIDE.iter().any(|it| scheme.eq_ignore_ascii_case(it));
            return known.then_some(Target::Outside).ok_or(Why::Unknown);
        }
        if path.starts_with('/') {
            return Err(Why::FromRoot);
        }
        if path.is_empty() {
            return self.named(page);
        }
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.find(folder, path, address)
    }

    /// What follows the base in a link that is spelt with it, from the root or in full.
    fn below_base<'l>(&self, link: &str, path: &'l str) -> Option<&'l str> {
        let base = self.base.as_ref()?;
        let from = if link.starts_with('/') { base.path } else { base.url };
        let rest = path.strip_prefix(from)?;
        match rest.strip_prefix('/') {
            // Two slashes at the front are another host's address.
            Some(rest) => (!rest.starts_with('/')).then_some(rest),
            None => rest.is_empty().then_some(rest),
        }
    }

    /// The file that `path` leads to, seen from `folder`.
    fn find(&self, folder: &str, path: &str, address: &mut String) -> Result<Target, Why> {
        address.clear();
        address.push_str(folder);
        let decoded = decode(path);
        for part in decoded.split('/') {
            match part {
                "" | "." => {}
                ".." if address.is_empty() => return Err(Why::LeavesSite),
                ".." => address.truncate(address.rfind('/').unwrap_or(0)),
                part => {
                    if !address.is_empty() {
                        address.push('/');
                    }
                    address.push_str(part);
                }
            }
        }
        let last = decoded.rsplit('/').next().unwrap_or_default();
        if matches!(last, "" | "." | "..") {
            if !address.is_empty() {
                address.push('/');
            }
            address.push_str("index.html");
        }
        self.named(address)
    }

    fn named(&self, address: &str) -> Result<Target, Why> {
        if let Some(index) = self.addresses.get_index_of(address) {
            return Ok(Target::File(index));
        }
        Err(match self.addresses.contains(format!("{address}/index.html").as_str()) {
            true => Why::FolderWithoutSlash,
            false => Why::NoPage(address.to_owned()),
        })
    }
}

impl PageLinks {
    fn break_link(&mut self, page: &str, link: &str, why: Why) {
        self.broken.push(BrokenLink { page: page.to_owned(), link: link.to_owned(), why });
    }
}

/// The id that a link's fragment names; `None` without one, and for the top of the page.
fn anchor(link: &str) -> Option<Cow<'_, str>> {
    let (_, fragment) = link.split_once('#')?;
    // What follows is an instruction to the browser (highlight these words), not an id.
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let top = fragment.is_empty() || fragment.eq_ignore_ascii_case("top");
    (!top).then(|| decode(fragment))
}

fn no_anchor(page: &str, id: &str) -> Why {
    Why::NoAnchor { page: page.to_owned(), id: id.to_owned() }
}

/// The scheme of `mailto:someone`, without the colon; `None` for a path.
fn scheme(link: &str) -> Option<&str> {
    let (scheme, _) = link.split_once(':')?;
    let first = scheme.chars().next()?.is_ascii_alphabetic();
    let rest = scheme.chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it));
    (first && rest).then_some(scheme)
}

/// `%41` becomes `A`; a percent sign that does not stand for a byte stays.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| char::from(*after.get(at)?).to_digit(16);
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
#[path = "links_tests.rs"]
mod tests;
