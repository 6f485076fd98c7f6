//! The list of all pages for search engines, and where they find it.
//!
//! Both name whole addresses, so there are none without a base URL. No entry bears a day: a page
//! changes with our notes and tags, and the date of a text is not the day of that.

use std::collections::BTreeSet;

use crate::handbook::{ClauseId, Handbook, Status};
use crate::site::xml::{self, Element};
use crate::site::{Address, DRAFTS_ROBOTS, Page, Plan, Setting};

/// Puts the sitemap and `robots.txt` into a site in which all pages stand that are to be listed.
pub fn plan(handbook: &Handbook, setting: &Setting, plan: &mut Plan) {
    if setting.drafts {
        plan.add(Address::robots(), Page::file(DRAFTS_ROBOTS));
    }
    let (Some(base), Some(sitemap)) = (&setting.base_url, setting.whole(&Address::sitemap())) else { return };
    let drafts = drafts(handbook);
    let is_page = |it: &&Address| {
        it.as_path().ends_with("index.html")
            && !drafts.iter().any(|draft| it.on_web().starts_with(draft.on_web()))
    };
    let listed: BTreeSet<&Address> = plan.addresses().filter(is_page).collect();
    let pages: Vec<String> = listed.into_iter().map(|it| format!("{base}{}", it.on_web())).collect();
    plan.add(Address::sitemap(), Page::new(move || Ok(write(&pages))));
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n");
    if !setting.drafts {
        plan.add(Address::robots(), Page::file(robots));
    }
}

/// The folders in which nothing stands but drafts.
fn drafts(handbook: &Handbook) -> Vec<Address> {
    let mut drafts = Vec::new();
    for authority in handbook.authorities.values() {
        let (draft, public): (Vec<_>, Vec<_>) =
            authority.editions.values().partition(|it| it.status == Status::Draft);
        let known: BTreeSet<&ClauseId> = public.iter().flat_map(|it| it.clauses()).map(|it| &it.id).collect();
        for edition in draft {
            drafts.push(Address::edition(&authority.slug, &edition.slug));
            let new = edition.clauses().filter(|it| !known.contains(&it.id));
            drafts.extend(new.map(|it| Address::clause(&authority.slug, &it.id)));
        }
    }
    drafts
}

fn write(pages: &[String]) -> Vec<u8> {
    let urls = pages.iter().map(|it| Element::of("url", [Element::text("loc", it)]));
    xml::file(&Element::of("urlset", urls).with("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::handbook;
    use crate::site::{Theme, plan};

    /// The addresses that a reader of XML finds.
    fn read(xml: &[u8]) -> Vec<String> {
        let set = xml::read::file(xml);
        assert_eq!(set.name, "urlset");
        set.all("url").into_iter().map(|it| it.one("loc").expect("it has an address").to_owned()).collect()
    }

    const DRAFT: &str = "title: Protocol\nstatus: draft\nfollows: 2020-01-02\nlanguage: en-GB\n\
                         source: {title: Protocol}\nprovenance: drafted-here\n";

    #[test]
    fn all_pages_are_listed_once_and_in_order_but_no_files_and_no_drafts() {
        let book = handbook(&[("authorities/alpha/protocol/2030/edition.yaml", DRAFT)]);
        let theme = Theme::load("default").unwrap();
        let setting = Setting { base_url: Some("https://example.org/book/".to_owned()), drafts: true };
        let site = plan(&book, &theme, &setting);
        let found = read(&site.page(&Address::sitemap()).unwrap().render().unwrap());
        let expected: Vec<String> = site
            .pages()
            .map(|(address, _)| address.as_path())
            .filter(|it| it.ends_with("index.html") && !it.contains("/protocol/2030/"))
            .map(|it| format!("https://example.org/book/{}", it.strip_suffix("index.html").unwrap()))
            .collect();
        assert!(expected.contains(&"https://example.org/book/principles/honesty/".to_owned()));
        assert_eq!(found, expected);
        let robots = |setting| {
            let site = plan(&book, &theme, setting);
            String::from_utf8(site.page(&Address::robots()).unwrap().render().unwrap()).unwrap()
        };
        assert_eq!(robots(&setting), DRAFTS_ROBOTS);
        let public = Setting { drafts: false, ..setting.clone() };
        assert!(robots(&public).contains("Sitemap: https://example.org/book/sitemap.xml\n"));
    }

    #[test]
    fn a_page_of_a_clause_that_only_a_draft_has_is_a_draft() {
        let folder = "authorities/alpha/protocol/2030";
        let files = [
            ("edition.yaml", DRAFT),
            ("01-rules/_section.md", "---\nclauses: [\"1\", \"2\"]\n---\n"),
            ("01-rules/1.md", "---\nid: \"1\"\ntopics: []\n---\nOld.\n"),
            ("01-rules/2.md", "---\nid: \"2\"\ntopics: []\n---\nNew.\n"),
        ];
        let files = files.map(|(file, text)| (format!("{folder}/{file}"), text));
        let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (file.as_str(), *text)).collect();
        let book = handbook(&files);
        let drafts: Vec<String> = drafts(&book).iter().map(|it| it.on_web().to_owned()).collect();
        assert_eq!(drafts, ["authorities/alpha/protocol/2030/", "authorities/alpha/clauses/2/"]);
    }

    #[test]
    fn an_address_is_read_back_as_it_was_written() {
        let pages = ["https://example.org/a&b/".to_owned(), "https://example.org/<c>/".to_owned()];
        assert_eq!(read(&write(&pages)), pages);
    }

    #[test]
    fn without_a_base_url_there_is_neither_sitemap_nor_robots() {
        let (book, theme, setting) = (handbook(&[]), Theme::load("default").unwrap(), Setting::default());
        let site = plan(&book, &theme, &setting);
        assert!(site.page(&Address::sitemap()).is_none() && site.page(&Address::robots()).is_none());
    }
}
