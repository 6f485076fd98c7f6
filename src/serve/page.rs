//! What a page gets on its way to the browser, and only there.

use super::shelf::Trouble;

/// Where the server's own files stand. No address of a site begins so.
pub const OWN: &str = "/-/";

pub const SCRIPT: &str = include_str!("reload.js");
pub const STYLE: &str = include_str!("reload.css");

/// A page with the script that keeps it new. `tag` is that of the page, by which the script
/// finds out whether it is another by now.
pub fn with_reload(page: &[u8], tag: &str) -> Vec<u8> {
    let words = format!(
        "<link rel=\"stylesheet\" href=\"{OWN}reload.css\">\
         <script defer src=\"{OWN}reload.js\" data-tag=\"{tag}\"></script>\n"
    );
    let end = b"</head>";
    let at = page.windows(end.len()).position(|it| it.eq_ignore_ascii_case(end));
    let (before, after) = page.split_at(at.unwrap_or(page.len()));
    [before, words.as_bytes(), after].concat()
}

/// The page for what is not there, with its relative links as they must be at any address.
pub fn from_anywhere(page: &[u8], root: &str) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(page) else { return page.to_vec() };
    let mut made = String::with_capacity(text.len() + 1024);
    let mut rest = text;
    let attributes = [" href=\"", " src=\"", " action=\""];
    while let Some((at, name)) = attributes.iter().filter_map(|it| Some((rest.find(it)?, it))).min() {
        let (before, after) = rest.split_at(at + name.len());
        made.push_str(before);
        let target = after.split('"').next().unwrap_or_default();
        let first = target.split(['/', '?', '#']).next().unwrap_or_default();
        if !(target.is_empty() || target.starts_with(['/', '#']) || first.contains(':')) {
            made.push_str(root);
        }
        rest = after;
    }
    made.push_str(rest);
    made.into_bytes()
}

/// A page that stands for another, or for the whole site, until that can be made: why there is none.
pub fn in_its_place(title: &str, troubles: &[Trouble]) -> Vec<u8> {
    let mut words = String::new();
    for trouble in troubles {
        words.push_str(&format!("<h2>{}</h2>\n<ul>\n", escape(&trouble.title)));
        for fault in &trouble.faults {
            let (place, message) = (escape(&fault.place), escape(&fault.message));
            words.push_str(&format!("<li><code>{place}</code> {message}"));
            if let Some(hint) = &fault.hint {
                words.push_str(&format!("<br>{}", escape(hint)));
            }
            words.push_str("</li>\n");
        }
        if trouble.more > 0 {
            words.push_str(&format!("<li>and {} more</li>\n", trouble.more));
        }
        words.push_str("</ul>\n");
    }
    let page = format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n\
         {words}<p>It comes by itself once this is mended.</p>\n</body>\n</html>\n"
    );
    page.into_bytes()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_head_or_of_a_page_without_one() {
        let made = |page: &str| String::from_utf8(with_reload(page.as_bytes(), "t")).unwrap();
        let page = made("<head><title>A</title></head><body>");
        assert!(page.starts_with("<head><title>A</title><link rel=\"stylesheet\" href=\"/-/reload.css\">"));
        assert!(page.ends_with("</script>\n</head><body>"));
        assert!(made("<p>A").starts_with("<p>A<link"));
    }

    #[test]
    fn links_of_the_page_for_what_is_not_there_lead_on_from_any_address() {
        #[track_caller]
        fn check(page: &str, expected: &str) {
            assert_eq!(String::from_utf8(from_anywhere(page.as_bytes(), "/sub/")).unwrap(), expected);
        }
        check("<a href=\"topics/index.html\">", "<a href=\"/sub/topics/index.html\">");
        check(
            "<a id=\"a\" href=\"a\"><img src=\"b.svg\">",
            "<a id=\"a\" href=\"/sub/a\"><img src=\"/sub/b.svg\">",
        );
        check("<form action=\"search/?q=a:b\">", "<form action=\"/sub/search/?q=a:b\">");
        for page in
            ["<a href=\"/sub/\">", "<a href=\"#top\">", "<a href=\"mailto:a@b\">", "<a href=\"https://a/\">"]
        {
            check(page, page);
        }
    }
}
