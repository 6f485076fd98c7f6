//! The website: every address, and the page that stands there.
//!
//! [`plan`] lists the pages; each is a function in [`page`], one file a kind of page, that
//! turns what [`crate::view`] found into values for a template of the [`theme`]. Nothing is
//! rendered before it is asked for.

pub mod address;
mod bare;
mod feeds;
mod formerly;
mod letters;
mod metadata;
mod page;
mod picture;
mod press;
mod search;
pub mod taken;
pub mod theme;
mod words;
mod xml;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

pub use address::{Address, Link};
pub use letters::Letters;
pub use page::edition::name as edition_name;
pub use page::redline::adopted::words as decision_words;
pub use page::redline::{
    file as redline_file, kind_name as kind_of_change, passage_name, said as what_was_done, stood,
};
pub use search::Indexes;
pub use search::weight::Weight;
pub use theme::{Theme, ThemeError};

use crate::handbook::Handbook;
use press::Press;

/// What the site is made for, beyond the handbook itself.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// The address at which the site will stand, ending in `/`. Without one, links name
    /// `index.html`, so that the site opens from a disk, and what needs a whole address
    /// (canonical links, feeds, the sitemap) is left out.
    pub base_url: Option<String>,
    /// Whether drafts have pages.
    pub drafts: bool,
}

impl Setting {
    /// A link as it is written in the page at `from`.
    pub fn href(&self, from: &Address, link: &Link) -> String {
        let way = match (&link.anchor, self.root()) {
            (Some(_), _) if *from == link.address => String::new(),
            // It is shown at whatever address nothing stands, so it cannot tell the way.
            (_, Some(root)) if *from == Address::not_found() => format!("{root}{}", link.address.on_web()),
            _ => from.to(&link.address, self.base_url.is_none()),
        };
        match &link.anchor {
            Some(anchor) => format!("{way}#{anchor}"),
            None => way,
        }
    }

    /// The path of the base URL, from `/` to `/`; `None` without one.
    fn root(&self) -> Option<&str> {
        let base = self.base_url.as_deref()?;
        let host = base.split_once("://").map_or(base, |(_, rest)| rest);
        Some(host.find('/').map_or("/", |it| &host[it..]))
    }

    /// The whole address of a page; `None` without a base URL.
    pub fn whole(&self, address: &Address) -> Option<String> {
        Some(format!("{}{}", self.base_url.as_ref()?, address.on_web()))
    }
}

/// What a site with drafts asks of search engines, in its `robots.txt`, and by which it is known.
pub const DRAFTS_ROBOTS: &str = "# This website shows drafts.\nUser-agent: *\nDisallow: /\n";

/// Lists all pages of the site of a handbook without errors, with the indexes of its search.
pub fn plan<'a>(handbook: &'a Handbook, theme: &'a Theme, setting: &'a Setting) -> Site<'a> {
    plan_with(handbook, theme, setting, Arc::new(Indexes::of(handbook, setting)))
}

/// Lists all pages of the site of a handbook without errors, with given indexes of its search:
/// where these are of another day, the search finds what was there then.
pub fn plan_with<'a>(
    handbook: &'a Handbook,
    theme: &'a Theme,
    setting: &'a Setting,
    indexes: Arc<Indexes>,
) -> Site<'a> {
    let mut plan = Plan::default();
    let press = Arc::new(Press::new(handbook, theme, setting));
    for (_, asset) in theme.assets() {
        plan.add(asset.address.clone(), Page::file(asset.bytes.clone()));
    }
    page::home::plan(&press, &mut plan);
    page::authority::plan(&press, &mut plan);
    page::edition::plan(&press, &mut plan);
    page::redline::plan(&press, &mut plan);
    page::redline::adopted::plan(&press, &mut plan);
    let gone = page::clause::plan(&press, &mut plan);
    page::report::plan(&press, &mut plan);
    page::topic::plan(&press, &mut plan);
    page::topics::plan(&press, &mut plan);
    page::principles::plan(&press, &mut plan);
    page::principle::plan(&press, &mut plan);
    page::terms::plan(&press, &mut plan);
    page::legislation::plan(&press, &mut plan);
    page::changes::plan(&press, &mut plan);
    page::editors::plan(&press, &mut plan);
    page::not_found::plan(&press, &mut plan);
    search::plan(&press, &mut plan, indexes);
    page::open_search::plan(handbook, setting, &mut plan);
    page::feed::plan(&press, &mut plan);
    // It lists what stands in the site: not the pages of what has gone, which come after it.
    page::sitemap::plan(handbook, setting, &mut plan);
    page::clause::plan_gone(&press, &mut plan, gone);
    page::gone::plan(&press, &mut plan);
    plan.finish()
}

/// A website in the making: pages in whatever order they come.
#[derive(Default)]
pub struct Plan<'a> {
    pages: Vec<(Address, Page<'a>)>,
}

impl<'a> Plan<'a> {
    /// Puts a page at an address.
    pub fn add(&mut self, address: Address, page: Page<'a>) {
        self.pages.push((address, page));
    }

    /// The addresses at which pages stand so far, as they came.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.pages.iter().map(|(address, _)| address)
    }

    /// The website of these pages. Of two at one address the first stands, and the address is among
    /// those of [`Site::twice`].
    pub fn finish(self) -> Site<'a> {
        let mut pages = self.pages;
        // Nearly in order: those of one kind mostly came so, and long runs are only merged.
        pages.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut twice = Vec::new();
        pages.dedup_by(|(later, _), (address, _)| {
            let same = later == address;
            twice.extend(same.then(|| address.clone()));
            same
        });
        Site { pages, twice }
    }
}

/// A website that is ready to be made: each address with the page that stands there, in the
/// order of the addresses.
#[derive(Default)]
pub struct Site<'a> {
    pages: Vec<(Address, Page<'a>)>,
    /// Where two pages were to stand.
    twice: Vec<Address>,
}

/// One file of the site, made when it is asked for. A page depends on nothing but what it
/// was planned from, so pages can be made in any order and at the same time.
pub struct Page<'a> {
    make: Box<dyn Fn() -> Result<Vec<u8>, RenderError> + Send + Sync + 'a>,
    /// `None` for a file that needs none.
    template: Option<&'static str>,
}

/// A page that could not be made: nearly always a fault in a template.
#[derive(Debug)]
pub struct RenderError {
    /// What the template engine said, with the template's file and line where it knows them.
    pub message: String,
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RenderError {}

impl<'a> Page<'a> {
    /// A page that `make` writes, whole, each time it is called.
    pub fn new(make: impl Fn() -> Result<Vec<u8>, RenderError> + Send + Sync + 'a) -> Self {
        Page { make: Box::new(make), template: None }
    }

    /// The same, where it is written by this template.
    fn with_template(self, template: &'static str) -> Self {
        Page { template: Some(template), ..self }
    }

    /// A file whose bytes stand already: a style sheet, a picture.
    pub fn file(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Page::new(move || Ok(bytes.clone()))
    }

    /// The bytes of the file.
    pub fn render(&self) -> Result<Vec<u8>, RenderError> {
        (self.make)()
    }
}

impl<'a> Site<'a> {
    /// Addresses at which two pages were to stand, sorted. A site that has one
    /// is not to be published; [`taken::review`] keeps it from being planned.
    pub fn twice(&self) -> &[Address] {
        &self.twice
    }

    /// The page at an address, or `None` if there is none.
    pub fn page(&self, address: &Address) -> Option<&Page<'a>> {
        let found = self.pages.binary_search_by(|(it, _)| it.cmp(address));
        found.ok().map(|at| &self.pages[at].1)
    }

    /// All pages, sorted by address.
    pub fn pages(&self) -> impl ExactSizeIterator<Item = (&Address, &Page<'a>)> {
        self.pages.iter().map(|(address, page)| (address, page))
    }

    /// A page for each template that is used, in the order of their names.
    pub fn one_of_each_template(&self) -> impl Iterator<Item = (&Address, &Page<'a>)> {
        let mut found = BTreeMap::new();
        for (address, page) in &self.pages {
            if let Some(template) = page.template {
                found.entry(template).or_insert((address, page));
            }
        }
        found.into_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_put_in_order_and_of_two_pages_at_one_address_the_first_stands() {
        let mut plan = Plan::default();
        for (address, words) in [("b", "1"), ("a/b", "2"), ("b", "3"), ("a", "4"), ("b", "5"), ("a", "6")] {
            plan.add(Address::file(address), Page::file(words));
        }
        assert_eq!(plan.addresses().count(), 6);
        let site = plan.finish();
        let stands = |(address, page): (&Address, &Page)| {
            (address.as_path().to_owned(), String::from_utf8(page.render().unwrap()).unwrap())
        };
        let pages: Vec<_> = site.pages().map(stands).collect();
        let expected = [("a", "4"), ("a/b", "2"), ("b", "1")];
        assert_eq!(pages, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert_eq!(site.twice(), ["a", "b", "b"].map(Address::file));
        assert!(site.page(&Address::file("a/b")).is_some() && site.page(&Address::file("c")).is_none());
    }
}
