//! What is remembered never shows: reading and checking again gives what the first time would.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use handbook::diagnostic::Report;
use handbook::handbook::Handbook;
use handbook::source::Sources;
use handbook::{check, intake, source};
use jiff::civil::{Date, date};

mod chance;
use chance::Chance;

const TODAY: Date = date(2026, 11, 22);

/// All that can be told of a handbook and its report.
fn told(sources: &Sources, handbook: &Handbook, mut report: Report) -> String {
    report.locate(|it| sources.text(it));
    format!("{handbook:#?}\n{:#?}", report.diagnostics())
}

fn fresh(sources: &Sources) -> String {
    let (handbook, mut report) = intake::read(sources);
    report.join_where_sound(check::run(&handbook, TODAY), intake::others_follow);
    told(sources, &handbook, report)
}

/// Changes a file in one of the ways in which files change: for another, and often a broken one.
fn change(files: &BTreeMap<String, Arc<[u8]>>, chance: &mut Chance) -> (String, Option<Vec<u8>>) {
    let names: Vec<&String> = files.keys().collect();
    let name = names[chance.below(names.len())].clone();
    let text = String::from_utf8_lossy(&files[&name]).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    let line = chance.below(lines.len().max(1));
    let without = |line: usize| {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at != line).map(|(_, it)| *it);
        kept.collect::<Vec<_>>().join("\n")
    };
    match chance.below(6) {
        0 => (name, None),
        1 => (name, Some(without(line).into_bytes())),
        2 => (name, Some(text.replace("Council", "Authority").into_bytes())),
        3 => (name.replace(".md", "-2.md"), Some(text.into_bytes())),
        4 => (name, Some(format!("{text}\nAnd the rest.\n").into_bytes())),
        _ => (name, Some(text.replace("topics:", "topic:").into_bytes())),
    }
}

#[test]
fn reading_and_checking_again_gives_what_the_first_time_would() {
    let real = source::read(Path::new("content")).unwrap().files;
    let beside = [
        "topics.yaml",
        "principles.yaml",
        "terms.yaml",
        "legislation.yaml",
        "handbook.yaml",
        "addresses.yaml",
        "pages/about.md",
        "stray.txt",
        "authorities/stray.txt",
        "authorities/kent/stray.txt",
    ];
    for seed in 0..6 {
        let mut chance = Chance::new(seed);
        let mut sources = Sources { files: real.clone(), ..Sources::default() };
        let (mut read, mut checked) = (intake::Memory::default(), check::Memory::default());
        for step in 0..8 {
            let (name, bytes) = match chance.below(5) {
                // What all authorities are read beside is one file in many.
                0 => {
                    let name = beside[chance.below(beside.len())];
                    let before = real.get(name).map_or(&[][..], |it| it);
                    (name.to_owned(), Some([before, b"\n# x\n"].concat()))
                }
                _ => change(&sources.files, &mut chance),
            };
            match bytes {
                Some(bytes) => _ = sources.files.insert(name.clone(), bytes.into()),
                None => _ = sources.files.remove(&name),
            }
            // Now and then all is well again.
            if chance.below(4) == 0 {
                sources.files = real.clone();
            }
            let (handbook, mut report) = intake::read_again(&sources, &mut read);
            report.join_where_sound(check::run_again(&handbook, TODAY, &mut checked), intake::others_follow);
            let again = told(&sources, &handbook, report);
            assert!(again == fresh(&sources), "seed {seed}, step {step}, {name}");
        }
    }
}

#[test]
fn an_authority_that_has_not_changed_is_not_read_again() {
    let sources = source::read(Path::new("content")).unwrap();
    let mut memory = intake::Memory::default();
    let (before, _) = intake::read_again(&sources, &mut memory);
    let mut changed = Sources { files: sources.files.clone(), ..Sources::default() };
    let file = changed.files.keys().find(|it| it.starts_with("authorities/kent/") && it.ends_with(".md"));
    let file = file.unwrap().clone();
    changed.files.insert(file.clone(), [&sources.files[&file], &b"\nMore.\n"[..]].concat().into());
    let (after, _) = intake::read_again(&changed, &mut memory);
    let same: Vec<(&str, bool)> = (before.authorities.shared().zip(after.authorities.shared()))
        .map(|(a, b)| (a.slug.as_str(), std::sync::Arc::ptr_eq(a, b)))
        .collect();
    for (authority, same) in same {
        assert_eq!(same, authority != "kent", "{authority}");
    }
}

#[test]
fn what_stands_beside_the_authorities_is_seen_to_come_and_to_go() {
    let real = source::read(Path::new("content")).unwrap().files;
    let authority = &real["authorities/kent/authority.yaml"];
    let slip: Arc<[u8]> = b"x".as_slice().into();
    let new = |name: &str| format!("authorities/{name}/authority.yaml");
    let featured =
        String::from_utf8_lossy(&real["handbook.yaml"]).replace("featured: [", "featured: [medway, ");
    let featured: Arc<[u8]> = featured.into_bytes().into();
    assert!(real["handbook.yaml"] != featured);
    type File<'f> = (String, &'f Arc<[u8]>);
    let cases: [&[File]; 8] = [
        &[("stray.txt".to_owned(), &slip)],
        &[("more/stray.txt".to_owned(), &slip)],
        &[("authorities/stray.txt".to_owned(), &slip)],
        &[("authorities/medway".to_owned(), &slip), ("handbook.yaml".to_owned(), &featured)],
        &[("authorities/kent/stray.txt".to_owned(), &slip)],
        &[("authorities/medway/notes.txt".to_owned(), &slip)],
        &[(new("medway"), authority)],
        &[(new("medway"), authority), ("handbook.yaml".to_owned(), &featured)],
    ];
    let (mut read, mut checked) = (intake::Memory::default(), check::Memory::default());
    let mut again = |sources: &Sources| {
        let (handbook, mut report) = intake::read_again(sources, &mut read);
        report.join_where_sound(check::run_again(&handbook, TODAY, &mut checked), intake::others_follow);
        told(sources, &handbook, report)
    };
    for files in cases {
        let mut sources = Sources { files: real.clone(), ..Sources::default() };
        let before = again(&sources);
        for (name, bytes) in files {
            sources.files.insert(name.clone(), Arc::clone(bytes));
            let now = again(&sources);
            assert!(now == fresh(&sources), "{name} has come");
            assert!(now != before, "{name} is told of");
        }
        for (name, _) in files {
            match real.get(name) {
                Some(bytes) => _ = sources.files.insert(name.clone(), Arc::clone(bytes)),
                None => _ = sources.files.remove(name),
            }
            assert!(again(&sources) == fresh(&sources), "{name} has gone");
        }
    }
    let others = real.iter().filter(|(it, _)| !it.starts_with("authorities/kent/"));
    let files = others.map(|(name, it)| (name.clone(), Arc::clone(it))).collect();
    let gone = Sources { files, ..Sources::default() };
    assert!(again(&gone) == fresh(&gone), "an authority has gone");
}
