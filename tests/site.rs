//! The site as a whole: every page is sound, and every link in it leads somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use handbook::site::{Setting, Theme, plan};
use html5gum::{Token, Tokenizer};

/// Kinds of page that the handbook links to: a link to one is let stand as long as the plan has
/// no page of the kind at all.
const KINDS: &[&str] = &[
    "topics/",
    "principles/",
    "terms/",
    "legislation/",
    "changes/",
    "about/",
    "accessibility/",
    "cite/",
    "privacy/",
];

/// What a page says of itself.
#[derive(Default)]
struct Outline {
    ids: Vec<String>,
    links: Vec<String>,
    /// The levels of its headings, in their order.
    headings: Vec<u8>,
    /// Captions of its tables, counted, and the tables that no heading names instead.
    captions: usize,
    unnamed_tables: usize,
}

fn outline(page: &[u8]) -> Outline {
    let page = std::str::from_utf8(page).expect("a page is UTF-8");
    let mut outline = Outline::default();
    for Ok(token) in Tokenizer::new(page) {
        let Token::StartTag(tag) = token else { continue };
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value).into_owned();
            match &name[..] {
                b"id" => outline.ids.push(value),
                b"href" | b"src" => outline.links.push(value),
                _ => {}
            }
        }
        match &tag.name[..] {
            [b'h', level @ b'1'..=b'6'] => outline.headings.push(level - b'0'),
            b"table" if !tag.attributes.keys().any(|it| **it == *b"aria-labelledby") => {
                outline.unnamed_tables += 1;
            }
            b"caption" => outline.captions += 1,
            _ => {}
        }
    }
    outline
}

/// The address at which the site is made to stand, in two parts.
const BASE: [&str; 2] = ["https://example.org", "/handbook/"];

/// Where a link in the page at `from` leads: the path of a file of the site, and the anchor.
/// `None` for another site. `base` is the base URL, and its path where the host ends.
fn leads_to(from: &str, link: &str, base: Option<(&str, &str)>) -> Option<(String, Option<String>)> {
    // A page that is served at any address, for want of another, names its links from the root.
    let below_base = base.and_then(|(url, path)| link.strip_prefix(url).or_else(|| link.strip_prefix(path)));
    if let Some(link) = below_base {
        let link = if link.is_empty() { "./" } else { link };
        return leads_to("index.html", link, None);
    }
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (link, None),
    };
    if path.is_empty() {
        return Some((from.to_owned(), anchor));
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    // The page for missing addresses is shown at any depth, so it alone links from the root.
    let path = match path.strip_prefix(BASE[1]) {
        Some(below) if from == "404.html" => below,
        _ => path,
    };
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => assert!(folders.pop().is_some(), "{from}: {link} leaves the site"),
            part => folders.push(part),
        }
    }
    let mut file = folders.join("/");
    if file.is_empty() || file.ends_with('/') {
        file.push_str("index.html");
    }
    Some((file, anchor))
}

/// The addresses below the base URL that are spelled in a file, wherever they stand: in links, in
/// what is told to programs, in feeds.
fn whole_addresses<'f>(file: &'f str, base: &str) -> BTreeSet<&'f str> {
    let ends = |it: char| it.is_whitespace() || "\"'<>{}&,;?".contains(it);
    let starts = file.match_indices(base).map(|(at, _)| &file[at..]);
    starts.map(|it| &it[..it.find(ends).unwrap_or(it.len())]).collect()
}

/// Renders the handbook in `content/` and says what is wrong with its pages.
fn faults(setting: &Setting) -> Vec<String> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let sources = handbook::source::read(&content).expect("the content can be read");
    let (handbook, _) = handbook::intake::read(&sources);
    let theme = Theme::load("default").unwrap_or_else(|error| panic!("{error}"));
    let site = plan(&handbook, &theme, setting);
    let base = setting.base_url.as_deref().map(|url| {
        let host = url.find("://").map_or(0, |it| it + 3);
        (url, url[host..].find('/').map_or("/", |it| &url[host + it..]))
    });
    let mut faults = Vec::new();
    let mut outlines = BTreeMap::new();
    let mut whole = BTreeSet::new();
    for (address, page) in site.pages() {
        let made = page.render();
        if let (Ok(bytes), Some((url, _))) = (&made, base)
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            whole.extend(whole_addresses(text, url).into_iter().map(str::to_owned));
            if text.contains("legislationLegalForce") {
                faults.push(format!("{address}: it says of a text that it has legal force"));
            }
        }
        match made {
            Ok(bytes) if address.as_path().ends_with(".html") => {
                outlines.insert(address.as_path().to_owned(), outline(&bytes));
            }
            Ok(_) => {
                outlines.insert(address.as_path().to_owned(), Outline::default());
            }
            Err(error) => faults.push(format!("{address}: {error}")),
        }
    }
    let not_planned: Vec<&str> =
        KINDS.iter().copied().filter(|it| !outlines.keys().any(|path| path.starts_with(it))).collect();
    for link in whole {
        let leads = leads_to("index.html", &link, base);
        if !leads.as_ref().is_some_and(|(file, _)| outlines.contains_key(file)) {
            faults.push(format!("{link} leads to no page"));
        }
    }
    for (path, outline) in &outlines {
        let mut seen = BTreeSet::new();
        faults.extend(
            outline
                .ids
                .iter()
                .filter(|it| !seen.insert(*it))
                .map(|it| format!("{path}: two elements have the id {it}")),
        );
        let is_page = path.ends_with(".html");
        if is_page && outline.headings.iter().filter(|it| **it == 1).count() != 1 {
            faults.push(format!("{path}: not one heading of the first level"));
        }
        faults.extend(
            outline
                .headings
                .windows(2)
                .filter(|it| it[1] > it[0] + 1)
                .map(|it| format!("{path}: a heading of level {} after one of level {}", it[1], it[0])),
        );
        if outline.unnamed_tables > outline.captions {
            faults.push(format!("{path}: a table without a name"));
        }
        for link in &outline.links {
            let Some((file, anchor)) = leads_to(path, link, base) else { continue };
            match outlines.get(&file) {
                None if not_planned.iter().any(|it| file.starts_with(it)) => {}
                None => faults.push(format!("{path}: {link} leads to no page")),
                Some(there) => {
                    if anchor.is_some_and(|it| !there.ids.contains(&it)) {
                        faults.push(format!("{path}: {link} leads to no place in its page"));
                    }
                }
            }
        }
    }
    faults
}

#[test]
fn every_page_of_the_handbook_is_sound_and_its_links_lead_somewhere() {
    assert_eq!(faults(&Setting::default()), [""; 0]);
}

#[test]
fn so_it_is_with_a_base_url() {
    let setting = Setting { base_url: Some(BASE.concat()), drafts: true };
    assert_eq!(faults(&setting), [""; 0]);
}

#[test]
fn no_page_says_of_a_clause_that_it_is_gone_while_a_text_has_it() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let (handbook, _) = handbook::intake::read(&handbook::source::read(&content).unwrap());
    let (theme, setting) = (Theme::load("default").unwrap(), Setting::default());
    let site = plan(&handbook, &theme, &setting);
    let mut pages = 0;
    for authority in handbook.authorities.values() {
        for clause in authority.editions.values().flat_map(|it| it.clauses()) {
            let address = handbook::site::Address::clause(&authority.slug, &clause.id);
            let Some(page) = site.page(&address) else { continue };
            let page = String::from_utf8(page.render().unwrap()).unwrap();
            assert!(!page.contains(": a clause that is gone</h1>"), "{address}");
            pages += 1;
        }
    }
    assert!(pages > 100);
}

/// The anchors of a page by which sections, clauses and items are cited.
fn cited_places(site: &handbook::site::Site, address: &handbook::site::Address) -> BTreeSet<String> {
    let page = site.page(address).unwrap_or_else(|| panic!("no page at {address}")).render().unwrap();
    let mut ids = outline(&page).ids;
    ids.retain(|it| it.starts_with("clause-") || it.starts_with("section-"));
    ids.into_iter().collect()
}

#[test]
fn what_was_cited_at_the_address_of_the_latest_text_is_found_there_when_texts_have_come_and_gone() {
    use handbook::site::Address;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut left = 0;
    for content in ["content", "tests/handbooks/left-and-rejected/content"] {
        let (handbook, _) = handbook::intake::read(&handbook::source::read(&root.join(content)).unwrap());
        let (theme, setting) = (Theme::load("default").unwrap(), Setting::default());
        let site = plan(&handbook, &theme, &setting);
        for authority in handbook.authorities.values() {
            let Some(current) = authority.current_edition() else { continue };
            let latest = cited_places(&site, &Address::protocol(&authority.slug));
            let own = cited_places(&site, &Address::edition(&authority.slug, &current.slug));
            let mut follows = current.follows.as_ref();
            while let Some(earlier) = follows.and_then(|it| authority.editions.get(it)) {
                let places = cited_places(&site, &Address::edition(&authority.slug, &earlier.slug));
                let lost: Vec<&String> = places.difference(&latest).collect();
                assert_eq!(lost, [""; 0], "{}: of {}", authority.slug, earlier.slug);
                left += places.difference(&own).count();
                follows = earlier.follows.as_ref();
            }
        }
    }
    assert!(left > 5, "{left}");
}
