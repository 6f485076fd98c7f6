use super::*;
use crate::sample::handbook;
use crate::site::xml::read::Read;
use crate::site::{Setting, Theme, plan};

const BASE: &str = "https://example.org/b/";
const TOPICS: &str = "groups: [{slug: daily, name: Daily}]\ntopics:\n  \
                      - {slug: press, name: The press, group: daily, scope: S}\n  \
                      - {slug: gifts, name: Gifts, group: daily, scope: S}\n";

/// The files of one more text of `alpha`, of one clause with the topics `tags`.
fn text(slug: &str, lines: &str, tags: &str) -> [(String, String); 3] {
    let folder = format!("authorities/alpha/protocol/{slug}");
    let edition = format!(
        "title: Protocol\nlanguage: en-GB\nsource: {{title: A paper}}\nprovenance: verbatim\nfollows: 2020-01-02\n{lines}\n"
    );
    let clause = format!("---\nid: \"1\"\ntopics: [{tags}]\n---\nMembers:\n\n(a) ask\n");
    [
        (format!("{folder}/edition.yaml"), edition),
        (format!("{folder}/01-rules/_section.md"), "---\nclauses: [\"1\"]\n---\n".to_owned()),
        (format!("{folder}/01-rules/1.md"), clause),
    ]
}

/// The files of a report of `beta`, whose one paragraph bears on the press.
fn report(slug: &str, date: &str) -> [(String, String); 3] {
    let folder = format!("authorities/beta/reports/{slug}");
    let report = format!(
        "title: A review\nbody: Committee\nlanguage: en-GB\nsource: {{title: R}}\nprovenance: verbatim\n{date}\n"
    );
    let clause = "---\nid: \"1\"\ntopics: []\nitems: {a: {topics: [press]}}\n---\nIt has:\n\n(a) a rule\n";
    [
        (format!("{folder}/report.yaml"), report),
        (format!("{folder}/01-what/_section.md"), "---\nclauses: [\"1\"]\n---\n".to_owned()),
        (format!("{folder}/01-what/1.md"), clause.to_owned()),
    ]
}

/// The files of the site of the sample with `files`.
fn site(files: &[[(String, String); 3]], base_url: Option<&str>) -> Vec<(String, Vec<u8>)> {
    let files = files.iter().flatten().map(|(file, text)| (file.as_str(), text.as_str()));
    let files: Vec<(&str, &str)> = [("topics.yaml", TOPICS)].into_iter().chain(files).collect();
    let (book, theme) = (handbook(&files), Theme::load("default").unwrap());
    let setting = Setting { base_url: base_url.map(str::to_owned), drafts: true };
    let site = plan(&book, &theme, &setting);
    site.pages().map(|(address, page)| (address.to_string(), page.render().unwrap())).collect()
}

fn feed(site: &[(String, Vec<u8>)], path: &str) -> Read {
    let file = site.iter().find(|(it, _)| it == path).unwrap_or_else(|| panic!("no {path}"));
    xml::read::file(&file.1)
}

/// The entries of a feed: the last part of the id, and the date.
fn entries(feed: &Read) -> Vec<(String, String)> {
    let of = |it: &Read, name: &str| it.one(name).expect(name).to_owned();
    let short = |id: String| id.trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    feed.all("entry").into_iter().map(|it| (short(of(it, "id")), of(it, "updated"))).collect()
}

fn some() -> Vec<(String, Vec<u8>)> {
    let files = [
        text("2019", "status: superseded\ndates: {printed: 2019-06}\nlicence: not stated", "press"),
        text("new", "status: draft\ndates: {printed: 2024-01-01}", "press"),
        text("undated", "status: published", "press"),
        report("2024", "date: 2024-02-13"),
        report("unknown", ""),
    ];
    site(&files, Some(BASE))
}

#[test]
fn a_feed_holds_what_has_a_date_the_newest_first_and_no_drafts() {
    let site = some();
    for (path, expected) in [
        (
            "feed.xml",
            &[
                ("2024", "2024-02-13T00:00:00Z"),
                ("2020-01-02", "2020-01-02T00:00:00Z"),
                ("2019", "2019-06-01T00:00:00Z"),
            ][..],
        ),
        (
            "authorities/alpha/feed.xml",
            &[("2020-01-02", "2020-01-02T00:00:00Z"), ("2019", "2019-06-01T00:00:00Z")],
        ),
        ("authorities/beta/feed.xml", &[("2024", "2024-02-13T00:00:00Z")]),
        ("topics/press/feed.xml", &[("2024", "2024-02-13T00:00:00Z"), ("2019", "2019-06-01T00:00:00Z")]),
    ] {
        let feed = feed(&site, path);
        let found = entries(&feed);
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(found, expected, "{path}");
        assert_eq!(feed.one("updated"), Some(expected[0].1), "{path}");
    }
}

#[test]
fn every_feed_and_entry_has_what_atom_asks_for() {
    let site = some();
    let feeds: Vec<&(String, Vec<u8>)> = site.iter().filter(|(it, _)| it.ends_with("feed.xml")).collect();
    assert_eq!(feeds.len(), 4);
    for (path, bytes) in feeds {
        let feed = xml::read::file(bytes);
        assert_eq!((feed.name.as_str(), feed.attributes["xml:lang"].as_str()), ("feed", "en-GB"));
        assert_eq!(feed.attributes["xmlns"], "http://www.w3.org/2005/Atom");
        assert_eq!(feed.one("id"), Some(format!("{BASE}{path}").as_str()));
        assert!(feed.one("title").is_some() && feed.one("subtitle").unwrap().contains("left out"));
        let own = feed.all("link").into_iter().find(|it| it.attributes["rel"] == "self").unwrap();
        assert_eq!(own.attributes["href"], format!("{BASE}{path}"));
        for entry in feed.all("entry") {
            let id = entry.one("id").unwrap();
            assert!(["title", "updated", "summary"].iter().all(|it| entry.one(it).is_some()), "{id}");
            assert!(entry.all("author")[0].one("name").is_some());
            let page = &entry.all("link")[0].attributes;
            assert_eq!((page["rel"].as_str(), page["href"].as_str()), ("alternate", id));
            let file = format!("{}index.html", id.strip_prefix(BASE).unwrap());
            assert!(site.iter().any(|(it, _)| *it == file), "{id}");
        }
    }
}

#[test]
fn an_entry_says_in_plain_words_what_it_is() {
    let feed = feed(&some(), "feed.xml");
    let [report, adopted, printed] = feed.all("entry")[..] else { panic!("three entries") };
    assert_eq!(report.one("title"), Some("Beta: A review (report to the Committee, 13 February 2024)"));
    assert_eq!(
        report.one("summary"),
        Some(
            "Report to the Committee, not a text of the protocol. Date on the document: 13 February 2024. \
             Word for word from the source."
        )
    );
    assert_eq!(report.one("rights"), None);
    assert_eq!(adopted.one("title"), Some("Alpha: Protocol, text adopted 2 January 2020"));
    assert_eq!(
        adopted.one("summary"),
        Some("Status: adopted. Adopted: 2 January 2020. Drafted in this handbook.")
    );
    assert_eq!(adopted.all("author")[0].one("name"), Some("Alpha Council"));
    assert_eq!(
        printed.one("summary"),
        Some(
            "Status: superseded. Date on the document: June 2019 (the source gives no day). \
             Word for word from the source."
        )
    );
    assert_eq!(printed.one("rights"), Some("not stated"));
}

/// The id, title and summary of each entry on the text `new` of `alpha`, which has these lines; each
/// id must be that of a page, or of a place in it.
fn told(lines: &str) -> Vec<[String; 3]> {
    let site = site(&[text("new", lines, "")], Some(BASE));
    let feed = feed(&site, "authorities/alpha/feed.xml");
    let of = |it: &Read| ["id", "title", "summary"].map(|name| it.one(name).unwrap().to_owned());
    let page = format!("{BASE}authorities/alpha/protocol/new/");
    let entries: Vec<_> =
        feed.all("entry").into_iter().map(of).filter(|it| it[0].starts_with(&page)).collect();
    let file = site.iter().find(|(it, _)| it == "authorities/alpha/protocol/new/index.html").unwrap();
    let words = std::str::from_utf8(&file.1).unwrap();
    for [id, ..] in &entries {
        if let Some((_, anchor)) = id.split_once('#') {
            assert_eq!(words.matches(&format!("id=\"{anchor}\"")).count(), 1, "{id} in {words}");
        }
    }
    entries
}

#[test]
fn an_entry_keeps_its_id_and_title_whatever_comes_of_the_text() {
    let awaited = "outcome: put to this body; its decision is not recorded";
    let committee = |it: &str| format!("{{body: Committee, date: 2021-02-01, {it}}}");
    let council = |date: &str, it: &str| format!("{{body: Council, date: {date}, {it}}}");
    let [first, second] = ["2021-03-01", "2021-04-01"];
    let stages = [
        ("proposed", "proposed: 2021-02-01", vec![committee(awaited)]),
        ("proposed", "proposed: 2021-02-01", vec![committee("outcome: recommended")]),
        (
            "proposed",
            "proposed: 2021-03-01",
            vec![committee("outcome: recommended"), council(first, awaited)],
        ),
        (
            "proposed",
            "proposed: 2021-03-01",
            vec![committee("outcome: recommended"), council(first, "outcome: deferred")],
        ),
        (
            "adopted",
            "proposed: 2021-03-01, adopted: 2021-04-01, commenced: 2021-05-01",
            vec![
                committee("outcome: recommended"),
                council(first, "outcome: deferred"),
                council(second, "outcome: adopted, minute: \"12\""),
            ],
        ),
    ];
    let mut before: Vec<[String; 2]> = Vec::new();
    let mut last = Vec::new();
    for (status, dates, path) in stages {
        last = told(&format!("status: {status}\ndates: {{{dates}}}\nadoption: [{}]", path.join(", ")));
        let now: Vec<[String; 2]> = last.iter().map(|[id, title, _]| [id.clone(), title.clone()]).collect();
        let lost: Vec<&[String; 2]> = before.iter().filter(|it| !now.contains(it)).collect();
        assert!(lost.is_empty(), "{lost:?} are not in {now:#?}");
        assert!(now.len() > before.len(), "{now:#?}");
        before = now;
    }
    let adopted = last.iter().find(|it| it[0].ends_with("#step-3-adopted")).unwrap();
    assert_eq!(adopted[1], "Alpha: Protocol, text adopted 1 April 2021");
    assert_eq!(
        adopted[2],
        "Status: adopted. Adopted: 1 April 2021. Council, 1 April 2021: adopted; minute 12. \
         In force from: 1 May 2021. Word for word from the source."
    );
}

#[test]
fn an_adoption_that_was_not_put_forward_before_names_the_body_and_the_minute_too() {
    let path = "adoption: [{body: Council, date: 2021-04-01, outcome: approved, minute: \"12\"}]";
    let [only] = &told(&format!("status: adopted\ndates: {{adopted: 2021-04-01}}\n{path}"))[..] else {
        panic!("one entry")
    };
    assert_eq!(
        only[2],
        "Status: adopted. Adopted: 1 April 2021. Council, 1 April 2021: approved; minute 12. \
         Word for word from the source."
    );
}

#[test]
fn a_page_names_the_feeds_that_readers_of_it_may_follow() {
    let site = some();
    let links = |path: &str| -> Vec<String> {
        let page = &site.iter().find(|(it, _)| it == path).unwrap_or_else(|| panic!("no {path}")).1;
        let page = std::str::from_utf8(page).unwrap();
        let lines =
            page.lines().filter(|it| it.starts_with("<link rel=\"alternate\" type=\"application/atom+xml\""));
        lines.map(|it| it.rsplit_once("href=\"").unwrap().1.trim_end_matches("\">").to_owned()).collect()
    };
    for (path, expected) in [
        ("index.html", &["feed.xml"][..]),
        ("terms/index.html", &["../feed.xml"]),
        ("404.html", &["/b/feed.xml"]),
        ("authorities/alpha/index.html", &["../../feed.xml", "feed.xml"]),
        ("authorities/alpha/protocol/index.html", &["../../../feed.xml", "../feed.xml"]),
        ("authorities/alpha/clauses/1/index.html", &["../../../../feed.xml", "../../feed.xml"]),
        ("authorities/beta/reports/2024/index.html", &["../../../../feed.xml", "../../feed.xml"]),
        ("topics/press/index.html", &["../../feed.xml", "feed.xml"]),
        // No text on it has a date, so it has no feed.
        ("topics/gifts/index.html", &["../../feed.xml"]),
    ] {
        assert_eq!(links(path), expected, "{path}");
    }
}

#[test]
fn there_is_no_feed_without_a_base_url_and_none_that_is_empty() {
    let feeds = |files: &[[(String, String); 3]], base| -> Vec<String> {
        let names = site(files, base).into_iter().map(|(it, _)| it);
        names.filter(|it| it.ends_with("feed.xml")).collect()
    };
    assert_eq!(feeds(&[report("2024", "date: 2024-02-13")], None), [""; 0]);
    assert_eq!(feeds(&[report("2024", "")], Some(BASE)), ["authorities/alpha/feed.xml", "feed.xml"]);
}

#[test]
fn the_sitemap_lists_pages_and_no_feeds() {
    let site = some();
    let sitemap = &site.iter().find(|(it, _)| it == "sitemap.xml").unwrap().1;
    assert!(!std::str::from_utf8(sitemap).unwrap().contains("feed"));
}
