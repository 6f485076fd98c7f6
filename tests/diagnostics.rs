//! What is found in the content and what is noted there must be the same.
//!
//! Each folder of `tests/diagnostics/` is a small handbook: the files of `_base`, with its own
//! in their place. What is wrong with it is noted on the line where it should be found, in
//! whatever kind of file: `topics: [gifs]  # error: unknown-topic`. The notes are taken out
//! before the files are read. What has no line stands in `expected.txt`, a line each:
//! `handbook.yaml: warning: no-corrections-address`. A file of one line `(none)` is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use handbook::diagnostic::{At, Report, Severity};
use handbook::source::{self, Sources};
use handbook::{check, intake, site};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 22);
const FIXTURES: &str = "tests/diagnostics";

/// File, line (0 where there is none), severity and code.
type Note = (String, usize, &'static str, String);

fn found(sources: &Sources) -> Report {
    let (handbook, mut report) = intake::read(sources);
    report.join_where_sound(check::run(&handbook, TODAY), intake::others_follow);
    report.join(site::taken::review(&handbook));
    report.accept(&handbook.accepted);
    report.locate(|file| sources.text(file));
    report
}

/// The fixture's files without their notes, and the notes.
fn fixture(name: &str) -> (Sources, Vec<Note>) {
    let folder = |name: &str| source::read(&Path::new(FIXTURES).join(name)).unwrap().files;
    let mut sources = Sources { files: folder("_base"), ..Sources::default() };
    let mut notes = Vec::new();
    for (file, bytes) in folder(name) {
        if file == "expected.txt" {
            notes.extend(String::from_utf8(bytes.to_vec()).unwrap().lines().map(without_line));
            continue;
        }
        if *bytes == *b"(none)\n" {
            sources.files.remove(&file);
            continue;
        }
        let mut text = String::new();
        for (index, line) in String::from_utf8(bytes.to_vec()).unwrap().lines().enumerate() {
            let mut parts = line.split("# ");
            let mut words = parts.next().unwrap().to_owned();
            for part in parts {
                match severity_and_code(part.trim()) {
                    Some((severity, code)) => notes.push((file.clone(), index + 1, severity, code)),
                    None => words = format!("{words}# {part}"),
                }
            }
            let noted = notes.last().is_some_and(|it| (&it.0, it.1) == (&file, index + 1));
            text.push_str(if noted { words.trim_end() } else { line });
            text.push('\n');
        }
        sources.files.insert(file, text.into_bytes().into());
    }
    notes.sort();
    (sources, notes)
}

fn without_line(line: &str) -> Note {
    let (file, rest) = line.split_once(": ").expect(line);
    let (severity, code) = severity_and_code(rest).expect(line);
    (file.to_owned(), 0, severity, code)
}

fn severity_and_code(note: &str) -> Option<(&'static str, String)> {
    let (severity, code) = note.split_once(": ")?;
    let severity = ["error", "warning"].into_iter().find(|it| *it == severity)?;
    (!code.contains(' ')).then(|| (severity, code.to_owned()))
}

fn names() -> BTreeSet<String> {
    let entries =
        std::fs::read_dir(FIXTURES).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    entries.collect()
}

#[test]
fn what_is_found_and_what_is_noted_are_the_same() {
    let mut differences = Vec::new();
    for name in names() {
        let (sources, noted) = fixture(&name);
        let report = found(&sources);
        let mut seen: Vec<Note> = Vec::new();
        let mut messages = BTreeMap::new();
        for it in report.diagnostics() {
            let line = if let At::Line(line, _) = it.place.at { line } else { 0 };
            let severity = if it.severity == Severity::Error { "error" } else { "warning" };
            let note = (it.place.file.clone(), line, severity, it.code.to_owned());
            messages.insert(note.clone(), it.to_string());
            seen.push(note);
        }
        seen.sort();
        for it in &noted {
            if !seen.contains(it) {
                differences.push(format!("{name}: noted, not found: {it:?}"));
            }
        }
        for it in &seen {
            if !noted.contains(it) {
                differences.push(format!("{name}: found, not noted: {}", messages[it]));
            }
        }
        if noted.len() != seen.len() && noted.iter().all(|it| seen.contains(it)) {
            differences.push(format!("{name}: {} noted, {} found", noted.len(), seen.len()));
        }
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// A rule's guidance names its codes; each of them has a fixture in which it is found.
#[test]
fn every_code_in_the_guidance_of_a_rule_has_a_fixture() {
    let mut noted = BTreeSet::new();
    for name in names() {
        noted.extend(fixture(&name).1.into_iter().map(|it| it.3));
    }
    let mut missing = Vec::new();
    for (file, bytes) in source::read(Path::new("src/check")).unwrap().files {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let guidance: String = text.lines().filter(|it| it.starts_with("//!")).collect();
        let codes = guidance.split('`').skip(1).step_by(2).filter(|it| text.contains(&format!("\"{it}\"")));
        missing.extend(
            codes.filter(|it| it.contains('-') && !noted.contains(*it)).map(|it| format!("{file}: {it}")),
        );
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_published_content_has_nothing_left_to_mend() {
    let report = found(&source::read(Path::new("content")).unwrap());
    // The ledger is written when the handbook is first published.
    let left: Vec<String> =
        report.diagnostics().iter().filter(|it| it.code != "not-recorded").map(ToString::to_string).collect();
    assert!(left.is_empty(), "\n{}", left.join("\n"));
}
