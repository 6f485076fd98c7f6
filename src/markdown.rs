//! Markdown, as far as a handbook uses it: what stands inside a line of council text, and
//! the editors' own notes and pages.
//!
//! Raw HTML is text everywhere, punctuation stays as it is typed, and a link leads to a web
//! address or to a place in the same site, never to a script.

use std::collections::BTreeSet;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

/// What stands inside a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// Words without marks.
    Text(String),
    /// Between `**`.
    Strong(Vec<Span>),
    /// Between `*`.
    Emphasis(Vec<Span>),
    /// `href` as written; see [`is_safe`].
    Link { href: String, words: Vec<Span> },
}

/// Whether a link may be published: it leads to a web address, or within the site.
pub fn is_safe(href: &str) -> bool {
    match href.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '#', '?']) => {
            scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
        }
        _ => true,
    }
}

/// Whether a link leads to a web address: in council text no other is one, so that what is printed as
/// `[or deputy](b)` is not taken for a link.
pub fn is_web(href: &str) -> bool {
    let begins = |with: &str| href.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with));
    begins("http://") || begins("https://")
}

/// Emphasis within emphasis goes no deeper than this; further marks are left out.
const MOST_DEPTH: usize = 16;

/// Reads the inline marks of one line. Whatever the line begins with is text: `4. Members`
/// is no list here, and `# 2` no heading. The ends of lines are read as spaces.
pub fn inline(line: &str) -> Vec<Span> {
    // A sign before the line keeps its beginning from being read as a block. It is a mark of
    // punctuation because emphasis may open after one.
    let guarded = format!("·{}", line.replace(['\n', '\r'], " "));
    let mut stack: Vec<(Option<Tag>, Vec<Span>)> = vec![(None, Vec::new())];
    for (event, at) in Parser::new_ext(&guarded, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Start(tag) => stack.push((Some(tag), Vec::new())),
            Event::End(_) => {
                let (tag, spans) = stack.pop().expect("the parser closes what it opened");
                let depth = stack.len();
                let outer = &mut stack.last_mut().expect("the line itself is never closed").1;
                match tag {
                    _ if depth > MOST_DEPTH => spans.into_iter().for_each(|it| push(outer, it)),
                    Some(Tag::Strong) => outer.push(Span::Strong(spans)),
                    Some(Tag::Emphasis) => outer.push(Span::Emphasis(spans)),
                    // An e-mail address is no place to lead to.
                    Some(Tag::Link { dest_url, link_type, .. }) if link_type != LinkType::Email => {
                        outer.push(Span::Link { href: dest_url.into_string(), words: spans });
                    }
                    // Pictures and whatever else: their words.
                    _ => spans.into_iter().for_each(|it| push(outer, it)),
                }
            }
            // Council words have no code; the marks are what was printed.
            Event::Code(_) => add(&mut stack, &guarded[at]),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => add(&mut stack, &text),
            Event::SoftBreak | Event::HardBreak => add(&mut stack, " "),
            _ => {}
        }
    }
    // Every opened tag has been closed; a line that ends early still keeps its words.
    let mut spans = Vec::new();
    for (_, inner) in stack {
        spans.extend(inner);
    }
    if let Some(Span::Text(first)) = spans.first_mut() {
        if let Some(rest) = first.strip_prefix('·') {
            *first = rest.to_owned();
        }
        if first.is_empty() {
            spans.remove(0);
        }
    }
    spans
}

fn add(stack: &mut [(Option<Tag>, Vec<Span>)], text: &str) {
    if let Some((_, spans)) = stack.last_mut() {
        push(spans, Span::Text(text.to_owned()));
    }
}

/// Adds a span; text goes on the text before it.
fn push(spans: &mut Vec<Span>, span: Span) {
    match (spans.last_mut(), span) {
        (Some(Span::Text(before)), Span::Text(text)) => before.push_str(&text),
        (_, span) => spans.push(span),
    }
}

/// An editors' note of one paragraph as HTML, without an element around it.
pub fn note_html(text: &str) -> String {
    fn write(spans: &[Span], out: &mut String) {
        for span in spans {
            match span {
                Span::Text(text) => escape_into(text, out),
                Span::Strong(words) => wrap("strong", words, out),
                Span::Emphasis(words) => wrap("em", words, out),
                Span::Link { href, words } if is_safe(href) => {
                    out.push_str("<a href=\"");
                    escape_into(href, out);
                    out.push_str("\">");
                    write(words, out);
                    out.push_str("</a>");
                }
                Span::Link { words, .. } => write(words, out),
            }
        }
    }
    fn wrap(element: &str, words: &[Span], out: &mut String) {
        out.push_str(&format!("<{element}>"));
        write(words, out);
        out.push_str(&format!("</{element}>"));
    }
    let mut out = String::new();
    write(&inline(text), &mut out);
    out
}

/// An editors' page as HTML. Headings get ids from their words, so that they can be linked
/// to; `link` may turn a link within the site (`/topics/`) into one that works where the
/// page stands.
pub fn page_html(text: &str, link: impl Fn(&str) -> String) -> String {
    let mut events: Vec<Event> = Vec::new();
    let mut heading: Option<(usize, String)> = None;
    // Links do not nest, so one sign is enough.
    let mut unsafe_link = false;
    let mut ids = HeadingIds::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        let event = match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            // An unsafe address is left out, the words stay.
            Event::Start(Tag::Link { link_type, dest_url, .. }) if !leads(link_type, &dest_url) => {
                unsafe_link = true;
                continue;
            }
            Event::End(TagEnd::Link) if std::mem::take(&mut unsafe_link) => continue,
            Event::Start(Tag::Link { dest_url, title, id, .. }) => {
                let dest_url = CowStr::from(link(&dest_url));
                Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id })
            }
            // Pictures would be asked of someone else: their words.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => continue,
            other => other,
        };
        let event = match event {
            Event::Start(Tag::Heading { level, .. }) => {
                heading = Some((events.len(), String::new()));
                let (id, classes, attrs) = (None, Vec::new(), Vec::new());
                Event::Start(Tag::Heading { level: below_title(level), id, classes, attrs })
            }
            Event::End(TagEnd::Heading(level)) => {
                if let Some((index, words)) = heading.take()
                    && let Event::Start(Tag::Heading { id, .. }) = &mut events[index]
                {
                    *id = Some(CowStr::from(ids.of(&words)));
                }
                Event::End(TagEnd::Heading(below_title(level)))
            }
            Event::Text(text) | Event::Code(text) if heading.is_some() => {
                if let Some((_, words)) = &mut heading {
                    words.push_str(&text);
                }
                Event::Text(text)
            }
            other => other,
        };
        events.push(event);
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    out
}

/// The ids of the headings of one page, each given once.
struct HeadingIds(BTreeSet<String>);

impl Default for HeadingIds {
    /// Those that the frame of a page has already.
    fn default() -> Self {
        HeadingIds(["top", "main", "site-q", "formerly-heading"].map(str::to_owned).into())
    }
}

impl HeadingIds {
    /// `contact`, and `contact-2` for the next heading of these words.
    fn of(&mut self, words: &str) -> String {
        let slug = Some(words_slug(words)).filter(|it| !it.is_empty()).unwrap_or("heading".to_owned());
        let numbered = (2..).map(|it| format!("{slug}-{it}"));
        let mut free = std::iter::once(slug.clone()).chain(numbered).filter(|it| !self.0.contains(it));
        let id = free.next().expect("there are more numbers than headings");
        self.0.insert(id.clone());
        id
    }
}

fn leads(link_type: LinkType, href: &str) -> bool {
    is_safe(href) && link_type != LinkType::Email
}

/// The links of an editors' page that [`page_html`] leaves out: for each where it is spelled in
/// `text`, in bytes, and the address. Where the address is not spelled as it is read, the place
/// is that of the link.
pub fn unsafe_links(text: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    for (event, at) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        if let Event::Start(Tag::Link { link_type, dest_url, .. }) = event
            && !leads(link_type, &dest_url)
        {
            // The words of the link come first, and may be the address as well.
            let spelled = text[at.clone()].rfind(&*dest_url).unwrap_or(0);
            links.push((at.start + spelled, dest_url.into_string()));
        }
    }
    links
}

/// The page's own title is its one heading of the first level.
fn below_title(level: HeadingLevel) -> HeadingLevel {
    if level == HeadingLevel::H1 { HeadingLevel::H2 } else { level }
}

/// Words as an anchor: `What is held` → `what-is-held`.
pub fn words_slug(words: &str) -> String {
    let mut slug = String::new();
    for letter in words.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Text for HTML, in an element or in an attribute with double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

/// As [`escape`], added to `out`.
pub fn escape_into(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Span {
        Span::Text(words.to_owned())
    }

    #[test]
    fn a_line_keeps_what_markdown_would_read_as_a_block() {
        for line in
            ["4. Members shall", "# 2", "- a", "> b", "    c", "(a) d", "---", "1) e", "<p>f</p>", "a < b"]
        {
            assert_eq!(inline(line), [text(line)], "{line}");
        }
    }

    #[test]
    fn emphasis_and_links_are_read_and_punctuation_stays() {
        assert_eq!(
            inline("see **Appendix A** -- \"as is\"..."),
            [text("see "), Span::Strong(vec![text("Appendix A")]), text(" -- \"as is\"...")]
        );
        assert_eq!(inline("**\"Quoted\"** first"), [Span::Strong(vec![text("\"Quoted\"")]), text(" first")]);
        assert_eq!(
            inline("[a](https://example.org)"),
            [Span::Link { href: "https://example.org".into(), words: vec![text("a")] }]
        );
    }

    #[test]
    fn scripts_are_not_links() {
        for bad in ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "mailto:a@example.org"] {
            assert!(!is_safe(bad), "{bad}");
            assert!(!note_html(&format!("[x]({bad})")).contains("href"));
            assert!(!page_html(&format!("[x]({bad})"), str::to_owned).contains(bad));
        }
        for good in ["https://example.org", "/topics/", "#a", "topics/a:b", "?q=a:b"] {
            assert!(is_safe(good), "{good}");
        }
    }

    #[test]
    fn an_unsafe_link_is_found_where_its_address_stands() {
        let text = "é [a](/topics/)\n\n- [x:y](x:y) and [b][1]\n\n[1]: file:///a\n";
        let found: Vec<(&str, String)> =
            unsafe_links(text).into_iter().map(|(at, href)| (&text[at..], href)).collect();
        assert!(found[0].0.starts_with("x:y) and"), "{found:?}");
        assert!(found[1].0.starts_with("[b][1]"), "{found:?}");
        assert_eq!(found.iter().map(|it| it.1.as_str()).collect::<Vec<_>>(), ["x:y", "file:///a"]);
    }

    #[test]
    fn raw_html_is_text() {
        assert_eq!(note_html("a <script>x</script> & b"), "a &lt;script&gt;x&lt;/script&gt; &amp; b");
        assert!(!page_html("<script>x</script>\n", str::to_owned).contains("<script>"));
    }

    #[test]
    fn headings_of_the_same_words_have_ids_of_their_own() {
        let html = page_html("## Contact\n\n## Main\n\n## Contact\n\n## ¿\n", str::to_owned);
        let ids: Vec<&str> = html.split("id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        assert_eq!(ids, ["contact", "main-2", "contact-2", "heading"]);
    }

    #[test]
    fn headings_of_a_page_can_be_linked_to() {
        let html = page_html("# What *is* held?\n\n[there](/topics/)", |it| format!("..{it}"));
        assert_eq!(
            html,
            "<h2 id=\"what-is-held\">What <em>is</em> held?</h2>\n<p><a href=\"../topics/\">there</a></p>\n"
        );
    }
}
