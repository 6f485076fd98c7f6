//! Pages that the editors of the handbook write themselves: about, how to cite, …

use std::sync::Arc;

use crate::handbook::EditorsPage;
use crate::markdown;
use crate::site::press::{Head, Press};
use crate::site::theme::{Values, html};
use crate::site::{Address, Link, Plan};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    for (name, editors_page) in &press.handbook.pages {
        let address = Address::editors(name);
        press.add(plan, address, "editors.html", move |press, here| page(press, here, editors_page));
    }
}

fn page(press: &Press, here: &Address, page: &EditorsPage) -> (Head, Values) {
    let head = Head::new(page.title.as_str(), page.description.as_str());
    let text = markdown::page_html(&page.text, |href| match Link::on_site(href) {
        Some(link) => press.href(here, link),
        None => href.to_owned(),
    });
    let mut values = Values::default();
    values.set("text", html(&text));
    (head, values)
}

#[cfg(test)]
mod tests {
    use crate::sample::handbook;
    use crate::site::{Address, Setting, Theme, plan};

    #[test]
    fn a_link_within_the_site_works_where_the_page_stands() {
        let text = "---\ntitle: About\ndescription: What it is\n---\n\
                    See [topics](/topics/), [part](#part), [law](https://example.org/).\n";
        let book = handbook(&[("pages/about.md", text)]);
        let theme = Theme::load("default").unwrap();
        for (base_url, topics) in
            [(None, "../topics/index.html"), (Some("https://example.org/b/"), "../topics/")]
        {
            let setting = Setting { base_url: base_url.map(str::to_owned), drafts: false };
            let site = plan(&book, &theme, &setting);
            let page = site.page(&Address::editors("about")).unwrap().render().unwrap();
            let page = String::from_utf8(page).unwrap();
            let links = format!(
                "<p>See <a href=\"{topics}\">topics</a>, <a href=\"#part\">part</a>, <a href=\"https://example.org/\">law</a>.</p>"
            );
            assert!(page.contains(&links), "{page}");
        }
    }
}
