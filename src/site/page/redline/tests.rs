//! The page of a redline, read as either text.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::handbook::AuthoritySlug;
use crate::sample::handbook;
use crate::view::history::Place;
use crate::view::redline::{Of, Passage, revised};

static THEME: LazyLock<Theme> = LazyLock::new(|| Theme::load("default").unwrap());

/// The page as a file, its text alone.
fn page(redline: &Redline) -> String {
    let book = handbook(&[]);
    let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
    let page = String::from_utf8(file(&THEME, alpha, redline).unwrap()).unwrap();
    let (_, article) = page.split_once("<article").unwrap();
    article.split_once("</article>").unwrap().0.to_owned()
}

/// HTML without the elements that begin so, which hold none of their own kind.
fn without(html: &str, element: &str, begins: &str) -> String {
    let (mut out, end) = (String::new(), format!("</{element}>"));
    let mut rest = html;
    while let Some((lead, found)) = rest.split_once(begins) {
        out.push_str(lead);
        rest = found.split_once(&end).unwrap().1;
    }
    out + rest
}

/// The letters of HTML, without spaces, bullets and signs of paragraphs.
fn letters(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        out.push_str(part.split_once('>').map_or(part, |it| it.1));
    }
    out.retain(|it| !it.is_whitespace() && !"¶•".contains(it));
    out
}

/// One text of clauses: each with its number and the labels of its items, without spaces.
fn text(places: &[Place], numbered: bool) -> String {
    let mut out = String::new();
    for place in places {
        let number = place.clause.number.as_deref().filter(|_| numbered);
        out.push_str(number.unwrap_or_default());
        out.push_str(&place.clause.plain());
    }
    out.retain(|it| !it.is_whitespace());
    out
}

/// Both texts of each passage, in the words with marks and in those side by side.
fn rebuilds(redline: &Redline) {
    let page = page(redline).replace(" lang=\"en-GB\"", "");
    let page = without(&page, "span", "<span class=\"hidden\">");
    let mut shown = page.split("<div class=\"clause").skip(1);
    for passage in &redline.passages {
        let Passage { of: Of::Clauses { before, after }, .. } = passage else { continue };
        let html = shown.next().unwrap();
        let html = html.split_once("<p class=\"editors steps\">").map_or(html, |it| it.0);
        let (marked, sides) = html.split_once("<div class=\"sides\">").unwrap_or((html, ""));
        let marked = format!("<div{marked}");
        assert_eq!(letters(&without(&marked, "ins", "<ins")), text(before, true), "{marked}");
        assert_eq!(letters(&without(&marked, "del", "<del")), text(after, true), "{marked}");
        if !sides.is_empty() {
            let several = before.len() > 1 || after.len() > 1;
            let (old, new) = sides.split_once("<p class=\"editors\">After</p>").unwrap();
            let old = old.replace("<p class=\"editors\">Before</p>", "");
            let words = |it: &str| letters(&it.replace("<p class=\"editors\">Not in this text.</p>", ""));
            assert_eq!([words(&old), words(new)], [text(before, several), text(after, several)], "{sides}");
        }
    }
    assert!(shown.next().is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn both_texts_can_be_read_from_the_page_with_their_numbers((before, after) in revised()) {
        rebuilds(&Redline::of(&before, &after));
    }
}
