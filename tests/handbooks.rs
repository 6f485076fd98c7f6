//! Whole small handbooks, each built and compared with the site that it is to make.
//!
//! A folder of `tests/handbooks/` holds a handbook in `content/` and its site in `expected/`, file
//! by file; a file that is missing there, or left over, is a fault like one that differs. The style
//! sheets are the theme's: they must be in the site, and are not in `expected/`.
//! `UPDATE_EXPECTED=1 cargo test --test handbooks` rewrites `expected/`, and the diff is then read
//! like code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use handbook::{Order, build};
use jiff::civil::date;

const HANDBOOKS: &str = "tests/handbooks";

/// The files of a site by their paths, without what the program keeps for itself.
type Files = BTreeMap<String, String>;

fn files(folder: &Path, below: &str, all: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if name == ".handbook" {
            continue;
        }
        if path.is_dir() {
            files(&path, &format!("{name}/"), all);
        } else {
            all.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// The site of the handbook in `content`: its pages, and the names of its assets, both without the
/// hashes that change with the theme.
fn made(content: &Path) -> (Files, BTreeSet<String>) {
    let out = tempfile::TempDir::new().unwrap();
    let order = Order {
        content,
        out: &out.path().join("public"),
        theme: "default",
        base_url: None,
        strict: false,
        drafts: false,
        today: date(2026, 11, 23),
        program: None,
    };
    let built = build(&order).unwrap_or_else(|failure| panic!("{failure}"));
    let found = built.checked.report.diagnostics();
    assert!(built.publication.is_some(), "{}: {found:#?}", content.display());
    let mut pages = Files::new();
    files(order.out, "", &mut pages);
    let hashed: Vec<String> = pages.keys().filter(|it| it.starts_with("assets/")).cloned().collect();
    let mut assets = BTreeSet::new();
    for name in &hashed {
        pages.remove(name);
        let plain = without_hash(name);
        for page in pages.values_mut() {
            *page = page.replace(name.as_str(), &plain);
        }
        assets.insert(plain);
    }
    for (hashed, plain) in search_folders(&pages) {
        pages = pages
            .into_iter()
            .map(|(name, page)| (name.replace(&hashed, &plain), page.replace(&hashed, &plain)))
            .collect();
    }
    (pages, assets)
}

/// The folders of the indexes, which the page of the search names, and of their results, which the
/// manifest of each names: each with a name that stays.
fn search_folders(pages: &Files) -> Vec<(String, String)> {
    let page = &pages["search/index.html"];
    let named = |name: &str| page.split(&format!("data-{name}=\"")).nth(1)?.split("/\"").next();
    let indexes = ["today", "before"].map(|name| Some((named(name)?, name)));
    let folders = indexes.into_iter().flatten().flat_map(|(index, name)| {
        let manifest = &pages[&format!("search/{index}/manifest.js")];
        let (_, results) = manifest.split_once("\"folders\":[\"").unwrap();
        let results = results.split_once("\"]").unwrap().0.split("\",\"").enumerate();
        let results = results.map(move |(at, it)| (it.to_owned(), format!("{name}-{at}")));
        let (_, tags) = manifest.split_once("\"tagsIn\":\"").unwrap();
        let tags = tags.split('"').next().unwrap();
        results
            .chain([(tags.to_owned(), format!("{name}-tags")), (index.to_owned(), name.to_owned())])
            .collect::<Vec<_>>()
    });
    folders.collect()
}

/// `assets/style.3f2a91c0.css` → `assets/style.css`.
fn without_hash(name: &str) -> String {
    let parts: Vec<&str> = name.split('.').collect();
    let [stem, hash, ending] = parts[..] else { panic!("{name} bears no hash") };
    assert!(hash.len() == 8 && hash.chars().all(|it| it.is_ascii_hexdigit()), "{name}");
    format!("{stem}.{ending}")
}

/// What is not as expected, a line each; the first line that differs of each file.
fn differences(pages: &Files, expected: &Files) -> Vec<String> {
    let mut differences = Vec::new();
    for name in pages.keys().chain(expected.keys()).collect::<BTreeSet<_>>() {
        match (pages.get(name), expected.get(name)) {
            (Some(_), None) => differences.push(format!("{name}: not expected")),
            (None, Some(_)) => differences.push(format!("{name}: missing")),
            (Some(page), Some(wanted)) if page != wanted => {
                let (mut is, mut should) = (page.lines(), wanted.lines());
                let mut line = 1;
                let (is, should) = loop {
                    match (is.next(), should.next()) {
                        (Some(a), Some(b)) if a == b => line += 1,
                        (a, b) => break (a.unwrap_or("(the end)"), b.unwrap_or("(the end)")),
                    }
                };
                differences.push(format!("{name}:{line}\n  is:     {is}\n  should: {should}"));
            }
            _ => {}
        }
    }
    differences
}

fn rewrite(folder: &Path, pages: &Files) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    for (name, page) in pages {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, page).unwrap();
    }
}

#[test]
fn every_small_handbook_makes_the_site_that_is_expected() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut faults = Vec::new();
    let mut seen = 0;
    for entry in fs::read_dir(HANDBOOKS).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let (pages, assets) = made(&folder.join("content"));
        for sheet in ["assets/style.css", "assets/comparison.css"] {
            assert!(assets.contains(sheet), "{name}: {sheet} is missing");
        }
        if update {
            rewrite(&folder.join("expected"), &pages);
        }
        let mut expected = Files::new();
        files(&folder.join("expected"), "", &mut expected);
        faults.extend(differences(&pages, &expected).into_iter().map(|it| format!("{name}/{it}")));
        seen += 1;
    }
    assert!(seen >= 3, "the handbooks were found");
    assert!(
        faults.is_empty(),
        "\n{}\n\nIf this is meant: UPDATE_EXPECTED=1 cargo test --test handbooks",
        faults.join("\n")
    );
}

#[test]
fn a_page_that_differs_is_missing_or_left_over_is_told() {
    let site = |pages: &[(&str, &str)]| -> Files {
        pages.iter().map(|(name, page)| ((*name).to_owned(), (*page).to_owned())).collect()
    };
    let made = site(&[("a", "1\n2\n"), ("b", "1\n"), ("d", "1\n")]);
    let expected = site(&[("a", "1\n3\n"), ("b", "1\n"), ("c", "1\n")]);
    assert_eq!(
        differences(&made, &expected),
        ["a:2\n  is:     2\n  should: 3", "c: missing", "d: not expected"]
    );
    assert_eq!(differences(&made, &made), [""; 0]);
}
