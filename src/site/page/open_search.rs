//! What tells a browser how to search this site, so that it can be asked from the address bar.
//!
//! It names a whole address, so there is none without a base URL.
//! Form: OpenSearch 1.1, draft 6.

use crate::handbook::Handbook;
use crate::site::xml::{self, Element};
use crate::site::{Address, Page, Plan, Setting};

/// As many letters as a short name may have.
const SHORT_NAME: usize = 16;

pub fn plan(handbook: &Handbook, setting: &Setting, plan: &mut Plan) {
    let Some(search) = setting.whole(&Address::search()) else { return };
    let description = Element::of(
        "OpenSearchDescription",
        [
            Element::text("ShortName", short(&handbook.title)),
            Element::text("Description", &handbook.description),
            Element::text("InputEncoding", "UTF-8"),
            Element::of("Url", [])
                .with("type", "text/html")
                .with("template", format!("{search}?q={{searchTerms}}")),
        ],
    );
    let file = xml::file(&description.with("xmlns", "http://a9.com/-/spec/opensearch/1.1/"));
    plan.add(Address::open_search(), Page::file(file));
}

/// The first words of a title, as many as there is room for.
fn short(title: &str) -> String {
    let mut short = String::new();
    for word in title.split_whitespace() {
        if short.chars().count() + word.chars().count() + 1 > SHORT_NAME && !short.is_empty() {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.extend(word.chars().take(SHORT_NAME));
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::handbook;
    use crate::site::{Theme, plan};

    #[test]
    fn a_short_name_is_made_of_whole_words() {
        for (title, expected) in [
            ("Handbook of member and officer protocols", "Handbook of"),
            ("Protocols", "Protocols"),
            ("Antidisestablishmentarianism", "Antidisestablish"),
        ] {
            assert_eq!(short(title), expected);
        }
    }

    #[test]
    fn it_names_the_search_and_is_there_with_a_base_url_alone() {
        let (book, theme) = (handbook(&[]), Theme::load("default").unwrap());
        let file = |base_url: Option<&str>| {
            let setting = Setting { base_url: base_url.map(str::to_owned), drafts: false };
            let site = plan(&book, &theme, &setting);
            let page = site.page(&Address::open_search());
            page.map(|it| String::from_utf8(it.render().unwrap()).unwrap())
        };
        let described = file(Some("https://example.org/b/")).unwrap();
        assert!(
            described.contains("template=\"https://example.org/b/search/?q={searchTerms}\""),
            "{described}"
        );
        assert!(file(None).is_none());
    }
}
