//! A page outside the clauses that was published and stands no more: where it went, or since when
//! and why it is gone.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::handbook::RecordedAddress;
use crate::site::address::Link;
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, map};
use crate::site::{Address, Plan, formerly};

/// Puts a page wherever one stood and none stands now.
pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    let mut lost: BTreeSet<Address> = press.formerly.addresses().cloned().collect();
    plan.addresses().for_each(|it| _ = lost.remove(it));
    for address in lost {
        press.add(plan, address, "gone.html", page);
    }
}

fn page(press: &Press, here: &Address) -> (Head, Values) {
    let entry = press.formerly.at(here).and_then(|it| it.page);
    let moved_to = entry.and_then(moved_to);
    let title = match moved_to {
        Some(_) => "A page that has moved",
        None => "A page that is gone",
    };
    let mut head = Head::new(title, format!("The page of this handbook that stood at {}.", here.on_web()));
    head.canonical = moved_to.as_ref().map(|it| it.address.clone());
    let mut values = Values::default();
    values
        .set("address", here.on_web())
        .set(
            "moved_to",
            moved_to.map_or_else(Value::none, |it| {
                map([
                    ("name", formerly::name(press.handbook, &it).into()),
                    ("href", press.href(here, it).into()),
                ])
            }),
        )
        .set(
            "gone",
            entry.and_then(|it| it.gone.as_ref()).map_or_else(Value::none, |it| {
                map([("on", it.on.in_words().into()), ("reason", it.reason.as_str().into())])
            }),
        );
    (head, values)
}

fn moved_to(entry: &RecordedAddress) -> Option<Link> {
    Link::recorded(entry.moved_to.as_ref()?)
}

#[cfg(test)]
mod tests {
    use crate::sample::handbook;
    use crate::site::{Address, Setting, Theme, plan};

    const TOPICS: &str = "groups: [{slug: daily, name: Daily}]\ntopics: [{slug: press, name: The press, group: daily, scope: S, \
                          aspects: [{slug: who, question: Who speaks?}]}]\n";

    /// The page at `path` in a handbook whose ledger of addresses holds `entries`; `None` if there
    /// is none.
    fn page(path: &str, entries: &str) -> Option<String> {
        let ledger = format!("addresses:\n{entries}");
        let book = handbook(&[("topics.yaml", TOPICS), ("addresses.yaml", &ledger)]);
        let theme = Theme::load("default").unwrap();
        let setting = Setting { base_url: Some("https://example.org/b/".to_owned()), drafts: false };
        let site = plan(&book, &theme, &setting);
        let page = site.page(&Address::file(path))?.render().unwrap();
        Some(String::from_utf8(page).unwrap())
    }

    #[track_caller]
    fn check(path: &str, entries: &str, words: &[&str]) {
        let page = page(path, entries).expect(path);
        for it in words {
            assert!(page.contains(it), "{it} in {page}");
        }
    }

    #[test]
    fn where_a_page_went_a_dated_note_stands() {
        check(
            "topics/old/index.html",
            "  topics/old/: {gone: {on: 2025-03-01, reason: \"merged <here>\"}}\n",
            &[
                "<h1>A page that is gone</h1>",
                "<strong>Gone since 1 March 2025:</strong> merged &lt;here&gt;</p>",
                "<link rel=\"canonical\" href=\"https://example.org/b/topics/old/\">",
            ],
        );
    }

    #[test]
    fn a_page_that_moved_leads_to_where_it_stands_now() {
        check(
            "topics/media/index.html",
            "  topics/media/: {moved_to: topics/press/}\n",
            &[
                "(“topics/media/”) is now <a href=\"../press/\">The press</a>",
                "<link rel=\"canonical\" href=\"https://example.org/b/topics/press/\">",
            ],
        );
    }

    #[test]
    fn places_keep_their_anchors_on_pages_that_stand_and_on_pages_that_went() {
        check(
            "terms/index.html",
            "  \"terms/#term-chair\": {moved_to: \"topics/press/#aspect-who\"}\n",
            &["<li id=\"term-chair\">", "is now <a href=\"../topics/press/#aspect-who\">Who speaks?</a>"],
        );
        check(
            "topics/old/index.html",
            "  \"topics/old/#aspect-x\": {gone: {on: 2025, reason: merged}}\n",
            &["<h1>A page that is gone</h1>", "<li id=\"aspect-x\">", "is gone since 2025: merged</li>"],
        );
    }

    #[test]
    fn a_page_that_stands_is_not_replaced_and_nothing_is_put_outside_the_site() {
        let gone = "{gone: {on: 2025, reason: merged}}";
        check("topics/press/index.html", &format!("  topics/press/: {gone}\n"), &["Who speaks?"]);
        assert_eq!(page("../x/index.html", &format!("  ../x/: {gone}\n")), None);
    }

    #[test]
    fn the_sitemap_leaves_out_what_is_gone() {
        let sitemap = page("sitemap.xml", "  topics/old/: {gone: {on: 2025, reason: merged}}\n").unwrap();
        assert!(sitemap.contains("topics/press/") && !sitemap.contains("topics/old/"), "{sitemap}");
    }
}
