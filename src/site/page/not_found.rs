//! What is shown where no page stands.

use std::sync::Arc;

use crate::site::press::{Head, Press};
use crate::site::theme::Values;
use crate::site::{Address, Plan};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    press.add(plan, Address::not_found(), "not-found.html", page);
}

fn page(press: &Press, here: &Address) -> (Head, Values) {
    let head = Head::new("Page not found", "No page of this handbook stands at this address.");
    let mut values = Values::default();
    values
        .set("topics", press.href(here, Address::topics()))
        .set("authorities", press.href(here, Address::authorities()))
        .set("changes", press.href(here, Address::changes()));
    (head, values)
}

#[cfg(test)]
mod tests {
    use crate::sample::handbook;
    use crate::site::{Address, Setting, Theme, plan};

    /// What the page for missing addresses links to and loads.
    fn links(base_url: Option<&str>) -> Vec<String> {
        let (book, theme) = (handbook(&[]), Theme::load("default").unwrap());
        let setting = Setting { base_url: base_url.map(str::to_owned), drafts: false };
        let site = plan(&book, &theme, &setting);
        let page = site.page(&Address::not_found()).unwrap().render().unwrap();
        let page = String::from_utf8(page).unwrap();
        let links = page.split(" href=\"").skip(1).map(|it| it.split('"').next().unwrap());
        // The name of a vocabulary leads nowhere.
        links.filter(|it| *it != "http://purl.org/dc/terms/").map(str::to_owned).collect()
    }

    #[test]
    fn with_a_base_url_its_links_hold_at_any_depth() {
        for (base, root) in [("https://example.org/a/book/", "/a/book/"), ("https://example.org/", "/")] {
            let links = links(Some(base));
            assert!(
                links.contains(&format!("{root}topics/")) && links.contains(&root.to_owned()),
                "{links:?}"
            );
            for link in links {
                assert!(["#main", "#top"].contains(&link.as_str()) || link.starts_with(root), "{link}");
            }
        }
    }

    #[test]
    fn without_one_they_are_relative() {
        let links = links(None);
        assert!(links.contains(&"topics/index.html".to_owned()), "{links:?}");
        assert!(!links.iter().any(|it| it.starts_with('/')), "{links:?}");
    }
}
