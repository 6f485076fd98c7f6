use serde_json::Value as Json;

use crate::handbook::{AuthoritySlug, ClauseId, DocumentSlug};
use crate::sample::handbook;
use crate::site::{Address, Setting, Theme, plan};

const BASE: &str = "https://example.org/b/";
const EDITION: &str = "authorities/alpha/protocol/2020-01-02/edition.yaml";

/// An edition file of the sample with these lines, taken from a source.
fn edition(lines: &str) -> String {
    format!("title: Protocol\nlanguage: en-GB\nsource: {{title: A paper}}\nprovenance: verbatim\n{lines}\n")
}

/// The page at `address` in the sample with `files`.
fn page(address: &Address, files: &[(&str, &str)], base_url: Option<&str>) -> String {
    let (book, theme) = (handbook(files), Theme::load("default").unwrap());
    let setting = Setting { base_url: base_url.map(str::to_owned), drafts: true };
    let site = plan(&book, &theme, &setting);
    String::from_utf8(site.page(address).unwrap().render().unwrap()).unwrap()
}

fn text() -> Address {
    Address::edition(&AuthoritySlug::parse("alpha").unwrap(), &DocumentSlug::parse("2020-01-02").unwrap())
}

fn clause() -> Address {
    Address::clause(&AuthoritySlug::parse("alpha").unwrap(), &ClauseId::parse("1").unwrap())
}

/// What the page says under a name of `meta`; `None` if it has none of that name.
fn meta<'p>(page: &'p str, name: &str) -> Option<&'p str> {
    let name = format!("\"{name}\"");
    let line = page.lines().find(|it| it.starts_with("<meta ") && it.contains(&name))?;
    Some(line.split_once(" content=\"")?.1.split_once('"')?.0)
}

/// The things of the page's graph; empty where it has none.
fn graph(page: &str) -> Vec<Json> {
    let Some((_, rest)) = page.split_once("<script type=\"application/ld+json\">") else { return Vec::new() };
    let script = rest.split_once("</script>").expect("the script ends").0;
    let graph: Json = serde_json::from_str(script).expect("the graph is JSON");
    assert_eq!(graph["@context"], "https://schema.org");
    graph["@graph"].as_array().expect("there are things").clone()
}

fn kinds(page: &str) -> Vec<String> {
    graph(page).iter().map(|it| it["@type"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_date_is_told_as_precisely_as_it_is_known() {
    for (lines, expected) in [
        ("status: adopted\ndates: {adopted: 2013-05-23}", Some("2013-05-23")),
        ("status: published\ndates: {printed: 2019-06}", Some("2019-06")),
        ("status: published\ndates: {printed: 1995}", Some("1995")),
        ("status: published", None),
    ] {
        let lines = edition(lines);
        for address in [text(), clause()] {
            let page = page(&address, &[(EDITION, &lines)], None);
            assert_eq!(meta(&page, "DCTERMS.date"), expected, "{lines}");
        }
    }
}

#[test]
fn a_text_names_its_authority_its_source_and_its_licence_where_they_are_known() {
    let licence = "licence: not stated by the publisher\nstatus: published";
    for (lines, source, rights) in [
        (edition(licence), Some("A paper"), Some("not stated by the publisher")),
        (edition("status: published"), Some("A paper"), None),
        (edition("status: published").replace("verbatim", "drafted-here"), None, None),
    ] {
        let page = page(&text(), &[(EDITION, &lines)], None);
        assert_eq!(meta(&page, "DCTERMS.creator"), Some("Alpha Council"));
        assert_eq!(meta(&page, "DCTERMS.publisher"), Some("us"));
        assert_eq!(meta(&page, "DCTERMS.source"), source, "{lines}");
        assert_eq!(meta(&page, "DCTERMS.rights"), rights, "{lines}");
    }
}

#[test]
fn a_page_of_ours_names_its_publisher_and_no_author() {
    let page = page(&Address::topics(), &[], None);
    for (name, expected) in [
        ("DCTERMS.publisher", Some("us")),
        ("DCTERMS.title", Some("Topics")),
        ("og:title", Some("Topics")),
        ("og:type", Some("website")),
        ("og:site_name", Some("Sample")),
        ("og:locale", Some("en_GB")),
        ("DCTERMS.creator", None),
        ("DCTERMS.date", None),
    ] {
        assert_eq!(meta(&page, name), expected, "{name}");
    }
}

#[test]
fn what_needs_a_whole_address_is_there_with_a_base_url_alone() {
    let whole = |address: &Address| Some(format!("{BASE}{}", address.on_web()));
    for address in [Address::home(), Address::topics(), text(), clause()] {
        let with = page(&address, &[], Some(BASE));
        assert_eq!(meta(&with, "og:url").map(str::to_owned), whole(&address));
        assert!(with.contains(&format!("<link rel=\"canonical\" href=\"{}\">", whole(&address).unwrap())));
        assert!(!graph(&with).is_empty(), "{address}");
        let without = page(&address, &[], None);
        assert_eq!((meta(&without, "og:url"), graph(&without)), (None, Vec::new()), "{address}");
        assert!(!without.contains("canonical") && !without.contains("https://"), "{address}");
    }
    let with = page(&clause(), &[], Some(BASE));
    assert_eq!(meta(&with, "DCTERMS.isPartOf").map(str::to_owned), whole(&text()));
    assert_eq!(meta(&page(&clause(), &[], None), "DCTERMS.isPartOf"), None);
}

#[test]
fn each_kind_of_page_has_its_things() {
    let report =
        "title: Report\nbody: Committee\nlanguage: en-GB\nsource: {title: Report}\nprovenance: verbatim\n";
    let files = [("authorities/alpha/reports/2024/report.yaml", report)];
    let alpha = AuthoritySlug::parse("alpha").unwrap();
    for (address, expected) in [
        (Address::home(), &["WebSite", "Dataset"][..]),
        (Address::topics(), &["Dataset", "BreadcrumbList"]),
        (Address::terms(), &["BreadcrumbList"]),
        (Address::authority(&alpha), &["BreadcrumbList"]),
        (Address::protocol(&alpha), &["Legislation", "BreadcrumbList"]),
        (text(), &["Legislation", "BreadcrumbList"]),
        (clause(), &["Legislation", "BreadcrumbList"]),
        (Address::report(&alpha, &DocumentSlug::parse("2024").unwrap()), &["Report", "BreadcrumbList"]),
        (Address::not_found(), &[]),
    ] {
        assert_eq!(kinds(&page(&address, &files, Some(BASE))), expected, "{address}");
    }
}

#[test]
fn the_text_at_the_address_of_the_protocol_is_that_of_its_edition() {
    let alpha = AuthoritySlug::parse("alpha").unwrap();
    let page = page(&Address::protocol(&alpha), &[], Some(BASE));
    assert_eq!(graph(&page)[0]["@id"], format!("{BASE}{}", text().on_web()));
}

#[test]
fn only_what_is_recorded_as_adopted_was_passed_and_only_a_recorded_day_is_told() {
    for (lines, date, passed) in [
        ("status: adopted\ndates: {adopted: 2013-05-23}", Some("2013-05-23"), true),
        ("status: adopted\ndates: {adopted: 2013-05}", None, true),
        ("status: adopted\nadoption: [{body: Council, date: 2013-05-23, outcome: adopted}]", None, true),
        ("status: superseded\ndates: {adopted: 2013-05-23}", Some("2013-05-23"), true),
        ("status: superseded\ndates: {printed: 2013-05-23}", None, false),
        ("status: proposed\ndates: {proposed: 2013-05-23}", None, false),
        ("status: rejected\ndates: {proposed: 2013-05-23}", None, false),
        ("status: published\ndates: {printed: 2013-05-23}", None, false),
        ("status: draft", None, false),
    ] {
        let lines = edition(lines);
        for address in [text(), clause()] {
            let page = page(&address, &[(EDITION, &lines)], Some(BASE));
            let thing = &graph(&page)[0];
            assert_eq!(thing["legislationDate"].as_str(), date, "{lines}");
            assert_eq!(thing["legislationPassedBy"]["name"].as_str(), passed.then_some("Alpha Council"));
            assert_eq!(thing["legislationType"], "protocol");
            assert!(!page.contains("LegalForce"), "{lines}");
        }
    }
}

#[test]
fn a_clause_is_part_of_its_text() {
    let page = page(&clause(), &[], Some(BASE));
    let thing = &graph(&page)[0];
    assert_eq!(thing["isPartOf"]["@id"], format!("{BASE}{}", text().on_web()));
    assert_eq!(thing["isPartOf"]["name"], "Protocol");
    assert_eq!(thing["@id"], format!("{BASE}{}", clause().on_web()));
    assert_eq!(thing["name"], "Alpha, clause 1");
}

#[test]
fn no_title_ends_the_script_or_the_attribute_that_it_stands_in() {
    let title = "</script><!-- \"Rules\" & <script>";
    let lines = edition("status: published").replace("Protocol", &format!("'{title}'"));
    let page = page(&text(), &[(EDITION, &lines)], Some(BASE));
    assert_eq!(graph(&page)[0]["name"], title);
    let head = page.split_once("<body").unwrap().0;
    // The template's own scripts bear attributes; that in the title bears none.
    assert_eq!(head.matches("</script>").count(), head.matches("<script ").count(), "{head}");
    assert!(!head.contains("<!--") && !head.contains("\"Rules\""), "{head}");
}

#[test]
fn the_trail_is_told_with_whole_addresses_and_ends_with_the_page() {
    let page = page(&clause(), &[], Some(BASE));
    let graph = graph(&page);
    let trail = graph.last().unwrap()["itemListElement"].as_array().unwrap();
    let told: Vec<(u64, &str, &str)> = trail
        .iter()
        .map(|it| {
            let text = |name: &str| it[name].as_str().unwrap();
            (it["position"].as_u64().unwrap(), text("name"), text("item"))
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, "Home", "https://example.org/b/"),
            (2, "Authorities", "https://example.org/b/authorities/"),
            (3, "Alpha", "https://example.org/b/authorities/alpha/"),
            (4, "Protocol", "https://example.org/b/authorities/alpha/protocol/"),
            (5, "Alpha, clause 1", "https://example.org/b/authorities/alpha/clauses/1/"),
        ]
    );
}

#[test]
fn a_page_that_leads_elsewhere_tells_of_nothing_here() {
    let ledger = "clauses:\n  \"1\": {}\n  \"2\": {moved_to: \"1\"}\n";
    let alpha = AuthoritySlug::parse("alpha").unwrap();
    let moved = Address::clause(&alpha, &ClauseId::parse("2").unwrap());
    let page = page(&moved, &[("authorities/alpha/ids.yaml", ledger)], Some(BASE));
    assert_eq!(meta(&page, "og:url").map(str::to_owned), Some(format!("{BASE}{}", clause().on_web())));
    assert_eq!(graph(&page), Vec::<Json>::new());
}
