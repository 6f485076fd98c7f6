//! Where pages stand: the only place that spells addresses.
//!
//! An [`Address`] is a file of the site. A [`Link`] leads to one, or to a place in it, and is
//! spelled for the page it stands in by [`Setting::href`](super::Setting::href): always
//! relative, so that the site works in any sub-path and from a disk.

use std::fmt;

use super::letters::Letters;
use crate::handbook::{
    AspectSlug, AuthoritySlug, ClauseId, DocumentSlug, ItemId, LegislationSlug, PrincipleSlug, SectionSlug,
    TermSlug, TopicSlug,
};

/// The place of one file in the site, as the path of the file below the output folder:
/// `authorities/kent/index.html`, `sitemap.xml`. Always with `/`, never empty, never with `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// The address of the file at `path` below the output folder.
    pub fn file(path: impl Into<String>) -> Self {
        Address(path.into())
    }

    /// The page of a folder: `topics/` is the file `topics/index.html`.
    fn folder(path: &str) -> Self {
        Address(format!("{path}index.html"))
    }

    /// The pages from which all others are reached, with their names, in the order in which the
    /// site lists them.
    pub fn registers() -> [(&'static str, Address); 6] {
        [
            ("Authorities", Address::authorities()),
            ("Topics", Address::topics()),
            ("Principles", Address::principles()),
            ("Terms", Address::terms()),
            ("Legislation", Address::legislation()),
            ("Changes", Address::changes()),
        ]
    }

    /// `index.html`: the first page of the site.
    pub fn home() -> Self {
        Address::folder("")
    }

    /// Where a search is answered.
    pub fn search() -> Self {
        Address::folder("search/")
    }

    /// A part of the index of a search, in the folder that is called by the hash of what its parts
    /// hold.
    pub fn search_part(hash: &str, name: &str) -> Self {
        Address::file(format!("search/{hash}/{name}.js"))
    }

    /// What tells a browser that this site can be searched.
    pub fn open_search() -> Self {
        Address::file("opensearch.xml")
    }

    /// What is shown where nothing stands.
    pub fn not_found() -> Self {
        Address::file("404.html")
    }

    /// The list of all authorities.
    pub fn authorities() -> Self {
        Address::folder("authorities/")
    }

    /// An authority: its texts, its words, its coverage.
    pub fn authority(slug: &AuthoritySlug) -> Self {
        Address::folder(&format!("authorities/{slug}/"))
    }

    /// The current edition, whole.
    pub fn protocol(authority: &AuthoritySlug) -> Self {
        Address::folder(&format!("authorities/{authority}/protocol/"))
    }

    /// One edition, whole, for ever.
    pub fn edition(authority: &AuthoritySlug, edition: &DocumentSlug) -> Self {
        Address::folder(&format!("authorities/{authority}/protocol/{edition}/"))
    }

    /// What an edition changed in the one it follows.
    pub fn redline(authority: &AuthoritySlug, edition: &DocumentSlug) -> Self {
        Address::folder(&format!("authorities/{authority}/protocol/{edition}/redline/"))
    }

    /// The text put forward for decision beside the one published since.
    pub fn put_and_published(authority: &AuthoritySlug) -> Self {
        Address::folder(&format!("authorities/{authority}/put-and-published/"))
    }

    /// A clause in all its editions.
    pub fn clause(authority: &AuthoritySlug, clause: &ClauseId) -> Self {
        // Tens of thousands are made at each change, so in one step.
        Address(format!("authorities/{authority}/clauses/{clause}/index.html"))
    }

    /// A report, whole.
    pub fn report(authority: &AuthoritySlug, report: &DocumentSlug) -> Self {
        Address::folder(&format!("authorities/{authority}/reports/{report}/"))
    }

    /// The list of all topics, with the coverage.
    pub fn topics() -> Self {
        Address::folder("topics/")
    }

    /// A topic: all authorities side by side.
    pub fn topic(slug: &TopicSlug) -> Self {
        Address::folder(&format!("topics/{slug}/"))
    }

    /// All answers to one question of a topic, where authorities are too many for the page of
    /// the topic; to the topic as a whole where it has no questions.
    pub fn question(topic: &TopicSlug, aspect: Option<&AspectSlug>) -> Self {
        let question = aspect.map_or("answers", AspectSlug::as_str);
        Address::folder(&format!("topics/{topic}/{question}/"))
    }

    /// The answers of the authorities of some letters, where they are too many for one page.
    pub fn answers(topic: &TopicSlug, aspect: Option<&AspectSlug>, letters: Letters) -> Self {
        let question = aspect.map_or("answers", AspectSlug::as_str);
        Address::folder(&format!("topics/{topic}/{question}/{letters}/"))
    }

    /// The coverage of the authorities of some letters. That no question stands there is for
    /// [`taken`](super::taken) to see to.
    pub fn coverage(letters: Letters) -> Self {
        Address::folder(&format!("topics/coverage/{letters}/"))
    }

    /// The principles with the history of their wording.
    pub fn principles() -> Self {
        Address::folder("principles/")
    }

    /// A principle with the clauses that rest on it.
    pub fn principle(slug: &PrincipleSlug) -> Self {
        Address::folder(&format!("principles/{slug}/"))
    }

    /// The clauses of the authorities of some letters that bear on a principle, where they are too
    /// many for its own page.
    pub fn bearings(slug: &PrincipleSlug, letters: Letters) -> Self {
        Address::folder(&format!("principles/{slug}/{letters}/"))
    }

    /// The concepts, and what each authority calls them.
    pub fn terms() -> Self {
        Address::folder("terms/")
    }

    /// The Acts and instruments, and what cites them.
    pub fn legislation() -> Self {
        Address::folder("legislation/")
    }

    /// What changed from edition to edition.
    pub fn changes() -> Self {
        Address::folder("changes/")
    }

    /// The changes of the authorities of some letters, where they are too many for one page.
    pub fn changes_of(letters: Letters) -> Self {
        Address::folder(&format!("changes/{letters}/"))
    }

    /// A page of the editors: `about`, `cite`, …
    pub fn editors(name: &str) -> Self {
        Address::folder(&format!("{name}/"))
    }

    /// The list of pages for search engines.
    pub fn sitemap() -> Self {
        Address::file("sitemap.xml")
    }

    /// What is new of all authorities.
    pub fn feed() -> Self {
        Address::file("feed.xml")
    }

    /// What is new of one authority.
    pub fn authority_feed(authority: &AuthoritySlug) -> Self {
        Address(format!("authorities/{authority}/feed.xml"))
    }

    /// What is new on a topic.
    pub fn topic_feed(topic: &TopicSlug) -> Self {
        Address(format!("topics/{topic}/feed.xml"))
    }

    /// What search engines ask for first.
    pub fn robots() -> Self {
        Address::file("robots.txt")
    }

    /// A file of the theme, its name bearing the hash of its content.
    pub fn asset(name: &str) -> Self {
        Address(format!("assets/{name}"))
    }

    /// The folder or file at the root of the site in which it stands: `topics`, `sitemap.xml`.
    pub fn root(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The path of the file below the output folder.
    pub fn as_path(&self) -> &str {
        &self.0
    }

    /// As it is asked for on the web, below the site's root: `topics/`, `sitemap.xml`, empty
    /// for the home page.
    pub fn on_web(&self) -> &str {
        match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        }
    }

    /// The way from this page to another file, or to the page's own folder: `../../topics/`.
    /// With `disk` the name of the file is spelled out, so that it opens from a disk.
    pub fn to(&self, other: &Address, disk: bool) -> String {
        let target = if disk { other.as_path() } else { other.on_web() };
        let (here, there) = (self.0.as_bytes(), target.as_bytes());
        let same = here.iter().zip(there).take_while(|(a, b)| a == b).count();
        // Behind the folders that both are in.
        let from = here[..same].iter().rposition(|it| *it == b'/').map_or(0, |it| it + 1);
        let up = self.0[from..].matches('/').count();
        let way = "../".repeat(up) + &target[from..];
        if way.is_empty() { "./".to_owned() } else { way }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of the site, or a place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The page or file.
    pub address: Address,
    /// The id of the place in it, without `#`; `None` for the page as a whole.
    pub anchor: Option<String>,
}

impl Link {
    /// Reads a link as editors write one within the site: `/topics/`, `/cite/#dates`,
    /// `/sitemap.xml`, from its root on. `None` for any other address.
    pub fn on_site(href: &str) -> Option<Link> {
        let (path, anchor) = match href.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.to_owned())),
            None => (href, None),
        };
        let path = path.strip_prefix('/')?;
        let odd = |it: &str| it.is_empty() || it == "." || it == ".." || it.contains('?');
        if !path.is_empty() && path.strip_suffix('/').unwrap_or(path).split('/').any(odd) {
            return None;
        }
        // By its ending, since the folder of a clause may have points in its name.
        let is_file = [".html", ".xml", ".txt"].iter().any(|it| path.ends_with(it));
        let address = match path {
            _ if is_file => Address::file(path),
            "" => Address::home(),
            _ => Address::folder(&format!("{}/", path.trim_end_matches('/'))),
        };
        Some(Link { address, anchor })
    }

    /// Reads an address as the ledger of addresses holds it, below the site's root: `topics/`,
    /// `terms/#term-member`. `None` for what the site could not have spelled so, since a page
    /// may be put there.
    pub fn recorded(text: &str) -> Option<Link> {
        let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "-._".contains(it);
        let (path, anchor) = match text.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (text, None),
        };
        let folders = path.strip_suffix('/')?;
        // A folder cannot stand where a file does: `404.html`, `sitemap.xml`.
        let is_file = |it: &str| [".html", ".xml", ".txt"].iter().any(|ending| it.ends_with(ending));
        let odd = |it: &str| it.starts_with('.') || !it.chars().all(plain) || is_file(it);
        if folders.split('/').any(odd) || anchor.is_some_and(|it| it.is_empty() || !it.chars().all(plain)) {
            return None;
        }
        Link::on_site(&format!("/{text}"))
    }

    /// The link to a place in the same page.
    pub fn at(self, anchor: impl Into<String>) -> Self {
        Link { anchor: Some(anchor.into()), ..self }
    }
}

impl From<Address> for Link {
    fn from(address: Address) -> Self {
        Link { address, anchor: None }
    }
}

/// Anchors inside pages.
pub mod anchor {
    use super::{
        AspectSlug, AuthoritySlug, ClauseId, ItemId, LegislationSlug, Letters, SectionSlug, TermSlug,
    };

    /// A section on the page of its document.
    pub fn section(section: &SectionSlug) -> String {
        format!("section-{section}")
    }

    /// A clause on the page of its document.
    pub fn clause(clause: &ClauseId) -> String {
        format!("clause-{clause}")
    }

    /// An item on the page of its document. An underscore divides, since ids hold none.
    pub fn item_in_document(clause: &ClauseId, item: &ItemId) -> String {
        format!("clause-{clause}_{item}")
    }

    /// An item on the page of its clause.
    pub fn item(item: &ItemId) -> String {
        format!("item-{item}")
    }

    /// A change in the text of a redline, by its number.
    pub fn change(number: usize) -> String {
        format!("change-{number}")
    }

    /// A change in the list of all changes of a redline.
    pub fn listed_change(number: usize) -> String {
        format!("listed-{number}")
    }

    /// A heading in the text of a redline, by its place in it.
    pub fn passage(at: usize) -> String {
        format!("passage-{at}")
    }

    /// A correction on the page of its edition, counted from 1.
    pub fn correction(number: usize) -> String {
        format!("correction-{number}")
    }

    /// What a body did with an edition, on the page of it: the place in its path, counted from 1.
    /// It stays, whatever is decided later.
    pub fn step(number: usize) -> String {
        format!("step-{number}")
    }

    /// What the body decided at that step, so that a decision recorded later is at an address of its
    /// own.
    pub fn decision(number: usize, decided: &str) -> String {
        format!("step-{number}-{}", decided.replace(' ', "-"))
    }

    /// The decision by which a text was adopted as it was put.
    pub const ADOPTED: &str = "adopted";

    /// An aspect on the page of its topic.
    pub fn aspect(aspect: &AspectSlug) -> String {
        format!("aspect-{aspect}")
    }

    /// A cell of a comparison.
    pub fn cell(aspect: &AspectSlug, authority: &AuthoritySlug) -> String {
        format!("aspect-{aspect}_{authority}")
    }

    /// Why an authority's text is not held, on a page that compares.
    pub fn not_held(authority: &AuthoritySlug) -> String {
        format!("not-held-{authority}")
    }

    /// An authority on a page that goes through them.
    pub fn authority(authority: &AuthoritySlug) -> String {
        format!("authority-{authority}")
    }

    /// The authorities of some letters on the page of all.
    pub fn letters(letters: Letters) -> String {
        format!("letters-{letters}")
    }

    /// A concept on the page of terms.
    pub fn term(term: &TermSlug) -> String {
        format!("term-{term}")
    }

    /// An Act or instrument on the page of legislation.
    pub fn legislation(legislation: &LegislationSlug) -> String {
        format!("legislation-{legislation}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_within_the_site_begins_at_its_root() {
        for (href, expected) in [
            ("/topics/", Some("topics/index.html")),
            ("/topics", Some("topics/index.html")),
            ("/", Some("index.html")),
            ("/cite/#dates", Some("cite/index.html#dates")),
            ("/sitemap.xml", Some("sitemap.xml")),
            ("/authorities/kent/clauses/1.1", Some("authorities/kent/clauses/1.1/index.html")),
            ("/authorities/kent/clauses/1.1/", Some("authorities/kent/clauses/1.1/index.html")),
            ("topics/", None),
            ("#dates", None),
            ("https://example.org/", None),
            ("//example.org/", None),
            ("/../x/", None),
            ("/?q=a", None),
        ] {
            let spelled = Link::on_site(href).map(|it| match it.anchor {
                Some(anchor) => format!("{}#{anchor}", it.address),
                None => it.address.to_string(),
            });
            assert_eq!(spelled.as_deref(), expected, "{href}");
        }
    }

    #[test]
    fn the_ledger_holds_addresses_below_the_root_and_none_that_lead_out_of_it() {
        for (text, expected) in [
            ("topics/", Some("topics/index.html")),
            ("topics/gifts/#aspect-who", Some("topics/gifts/index.html#aspect-who")),
            ("authorities/kent/clauses/1.1/", Some("authorities/kent/clauses/1.1/index.html")),
            ("topics", None),
            ("/topics/", None),
            ("topics/index.html", None),
            ("404.html/", None),
            ("sitemap.xml", None),
            ("../topics/", None),
            ("topics//x/", None),
            ("topics/./x/", None),
            ("Topics/", None),
            ("topics/#", None),
            ("topics/#a b", None),
            ("topics/?q=a/", None),
            ("https://example.org/", None),
            ("/", None),
            ("", None),
        ] {
            let spelled = Link::recorded(text).map(|it| match it.anchor {
                Some(anchor) => format!("{}#{anchor}", it.address),
                None => it.address.to_string(),
            });
            assert_eq!(spelled.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_way_between_pages_is_relative() {
        let topics = Address::topics();
        let kent = Address::authority(&AuthoritySlug::parse("kent").unwrap());
        let kentish = Address::authority(&AuthoritySlug::parse("kentish-town").unwrap());
        for (from, to, web, disk) in [
            (&kent, &kentish, "../kentish-town/", "../kentish-town/index.html"),
            (&kentish, &kent, "../kent/", "../kent/index.html"),
            (&topics, &kent, "../authorities/kent/", "../authorities/kent/index.html"),
            (&kent, &topics, "../../topics/", "../../topics/index.html"),
            (&kent, &Address::home(), "../../", "../../index.html"),
            (&Address::home(), &topics, "topics/", "topics/index.html"),
            (&kent, &Address::authorities(), "../", "../index.html"),
            (&topics, &topics, "./", "index.html"),
            (&Address::home(), &Address::home(), "./", "index.html"),
            (&kent, &Address::asset("style.css"), "../../assets/style.css", "../../assets/style.css"),
            (&Address::not_found(), &topics, "topics/", "topics/index.html"),
        ] {
            assert_eq!((from.to(to, false).as_str(), from.to(to, true).as_str()), (web, disk), "{from} {to}");
        }
    }
}
