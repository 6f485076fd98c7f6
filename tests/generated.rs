//! The handbooks that are measured with are sound: they read and check without an error, and what
//! they refer to is there.

#[path = "../benches/generator/mod.rs"]
mod generator;

use std::collections::{BTreeMap, BTreeSet};

use generator::generate;
use handbook::diagnostic::Report;
use handbook::handbook::{Block, Handbook, Inline};
use handbook::source::Sources;
use handbook::{check, intake, output, site};
use proptest::prelude::*;

fn read(sources: &Sources) -> (Handbook, Report) {
    let (handbook, mut report) = intake::read(sources);
    report.join(check::run(&handbook, jiff::civil::date(2026, 11, 22)));
    report.locate(|file| sources.text(file));
    (handbook, report)
}

fn in_current_editions(handbook: &Handbook) -> usize {
    let current = handbook.authorities.values().filter_map(|it| it.editions.get(it.current.as_ref()?));
    current.flat_map(|it| it.clauses()).filter(|it| it.number.is_some() && !it.is_footnote()).count()
}

/// How many references and marks of footnotes stand in the words.
fn references(words: &[Inline]) -> usize {
    let count = |it: &Inline| match it {
        Inline::Reference { .. } | Inline::Footnote { .. } => 1,
        Inline::Strong(words) | Inline::Emphasis(words) | Inline::Link { words, .. } => references(words),
        Inline::Text(_) => 0,
    };
    words.iter().map(count).sum()
}

#[test]
fn a_generated_handbook_of_300_clauses_reads_without_errors() {
    let (handbook, report) = read(&generate(300));
    let errors: Vec<String> = report.diagnostics().iter().map(ToString::to_string).collect();
    assert_eq!(report.errors(), 0, "{}", errors.join("\n"));
    assert!(report.warnings() < 30, "{:?}\n{}", report.by_code(), errors.join("\n"));
    assert_eq!((handbook.authorities.len(), in_current_editions(&handbook)), (4, 300));
    let editions: Vec<usize> = handbook.authorities.values().map(|it| it.editions.len()).collect();
    assert_eq!(editions.iter().sum::<usize>(), 6, "one authority has three");
    assert_eq!(handbook.topics.topics.len(), 30);
}

#[test]
fn every_reference_in_a_generated_handbook_leads_somewhere() {
    let (handbook, _) = read(&generate(300));
    let editions = handbook.authorities.values().flat_map(|it| it.editions.values());
    let mut found = 0;
    for clause in editions.flat_map(|it| it.clauses()) {
        for words in Block::paragraphs(&clause.blocks) {
            found += references(words);
            for inline in words {
                // What could not be tied stays text.
                if let Inline::Text(text) = inline {
                    for name in ["paragraph ", "Paragraph ", "Section ", "[^"] {
                        assert!(!text.contains(name), "{}: {text}", clause.file);
                    }
                }
            }
        }
    }
    assert!(found > 100, "{found} references");
}

#[test]
fn a_generated_handbook_can_be_published() {
    let (handbook, _) = read(&generate(300));
    assert!(published(&handbook).path().join("public/index.html").exists());
}

/// The site in a folder of its own, as `public`; all links in it lead somewhere.
fn published(handbook: &Handbook) -> tempfile::TempDir {
    let theme = site::Theme::load("default").unwrap_or_else(|error| panic!("{error}"));
    let setting = site::Setting::default();
    let site = site::plan(handbook, &theme, &setting);
    let dir = tempfile::tempdir().expect("a temporary folder");
    let changes = output::publish(&site, &dir.path().join("public"), &output::Publishing::default());
    changes.unwrap_or_else(|error| panic!("{error}"));
    dir
}

#[test]
fn where_authorities_are_many_each_is_found_by_its_letter_and_no_list_of_all_stands_in_the_way() {
    let (handbook, _) = read(&generate(4_100));
    let number = handbook.authorities.len();
    assert!(number > 40);
    let dir = published(&handbook);
    let page =
        |address: &str| std::fs::read_to_string(dir.path().join("public").join(address)).expect(address);
    let count = |page: &str, words: &str| page.matches(words).count();

    let home = page("index.html");
    assert_eq!(count(&home, ": the latest text held"), handbook.featured.len());
    assert!(home.contains("href=\"authorities/index.html#letters-c-d\""));
    let all = page("authorities/index.html");
    assert!(all.contains("id=\"letters-c-d\""));
    for name in handbook.authorities.values().map(|it| &it.name) {
        assert_eq!(count(&all, &format!(">{name}</a>")), 1, "{name}");
    }
    let terms = page("terms/index.html");
    assert!(terms.contains(&format!("{number} authorities</span></summary>")));
    assert_eq!(count(&terms, "<table"), 0);

    // Three texts are held of a tenth.
    let changes = page("changes/index.html");
    let told: Vec<_> = handbook.authorities.values().filter(|it| it.editions.len() > 1).collect();
    assert_eq!(count(&changes, "<li id=\"authority-"), told.len());
    for authority in told {
        let link = format!("#authority-{}\">{}</a>", authority.slug, authority.name);
        let (before, _) = changes.split_once(&link).expect("it is named");
        let (_, way) = before.rsplit_once("href=\"").unwrap();
        let there = page(&format!("changes/{way}"));
        assert!(there.contains(&format!("<section id=\"authority-{}\">", authority.slug)), "{way}");
    }
    let range = page("changes/l-m/index.html");
    let (_, alone) = range.split_once("One text is held").expect("of most there is one text");
    assert!(count(alone, "<a href=\"../../authorities/") > 1);
}

/// The files of a site that hold results of a search, or their tags, by address.
fn results(sources: &Sources) -> BTreeMap<String, Vec<u8>> {
    let (handbook, _) = read(sources);
    let theme = site::Theme::load("default").unwrap_or_else(|error| panic!("{error}"));
    let setting = site::Setting::default();
    let site = site::plan(&handbook, &theme, &setting);
    let is_of_results = |address: &str| {
        let name = address.strip_prefix("search/").and_then(|it| it.split_once('/'));
        name.is_some_and(|(_, name)| name.starts_with(['d', 't']))
    };
    let pages = site.pages().map(|(address, page)| (address.to_string(), page));
    let pages = pages.filter(|(address, _)| is_of_results(address));
    pages.map(|(address, page)| (address, page.render().unwrap())).collect()
}

/// What a change of one clause costs whoever sends the website to a store, or has looked at it.
#[test]
fn where_a_clause_of_one_authority_changes_the_results_of_the_others_stay_where_they_are() {
    let mut sources = generate(500);
    let before = results(&sources);
    let folders = |results: &BTreeMap<String, Vec<u8>>| -> BTreeSet<String> {
        results.keys().map(|it| it.rsplit_once('/').unwrap().0.to_owned()).collect()
    };
    let (handbook, _) = read(&sources);
    assert!(folders(&before).len() > handbook.authorities.len(), "each has a folder, and so have we");

    let authority = handbook.authorities.values().nth(1).unwrap();
    let edition = &authority.editions[authority.current.as_ref().unwrap()];
    let clause = edition.clauses().find(|it| it.items.is_empty()).unwrap();
    let text = sources.files.get_mut(&*clause.file).unwrap();
    *text = [text, &b"\nMembers shall sing.\n"[..]].concat().into();
    let after = results(&sources);

    let of = |all: &BTreeMap<String, Vec<u8>>, others: &BTreeMap<String, Vec<u8>>| {
        let gone = all.iter().filter(|(address, it)| others.get(*address) != Some(it));
        gone.map(|(address, it)| (address.clone(), it.clone())).collect::<BTreeMap<_, _>>()
    };
    let (gone, new) = (of(&before, &after), of(&after, &before));
    assert_eq!((folders(&gone).len(), folders(&new).len()), (1, 1), "{:?}", gone.keys());
    assert!(new.values().any(|it| String::from_utf8_lossy(it).contains("Members shall sing.")));
    let way = format!("authorities/{}/", authority.slug);
    assert!(gone.values().all(|it| String::from_utf8_lossy(it).contains(&way)), "{:?}", gone.keys());
}

#[test]
fn the_same_size_gives_the_same_bytes() {
    assert!(generate(300).files == generate(300).files);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn a_handbook_of_any_size_reads_without_errors(clauses in 40_usize..500) {
        let (handbook, report) = read(&generate(clauses));
        let told: Vec<String> = report.diagnostics().iter().map(ToString::to_string).collect();
        prop_assert_eq!(report.errors(), 0, "{}", told.join("\n"));
        prop_assert_eq!(in_current_editions(&handbook), clauses);
    }
}
