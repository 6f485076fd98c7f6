//! Small handbooks and their sources, and what the rule finds in them.

mod map;
mod words;

use std::collections::BTreeMap;

use crate::diagnostic::Report;
use crate::handbook::Handbook;
use crate::intake;
use crate::source::Sources;

/// A handbook of one edition with one section, and its source.
struct Small {
    files: BTreeMap<String, String>,
    source: &'static str,
    map: String,
    /// As listed in the section.
    clauses: Vec<String>,
    section: String,
}

const EDITION: &str = "authorities/a/protocol/e";

/// A source text whose map has all its lines as the edition, read plain.
fn source(text: &'static str) -> Small {
    let lines = text.lines().count();
    Small {
        files: BTreeMap::new(),
        source: text,
        map: format!("title: T\nparts:\n  - {{lines: \"1-{lines}\", document: a/protocol/e, view: plain}}\n"),
        clauses: Vec::new(),
        section: String::new(),
    }
}

impl Small {
    /// Adds a clause file with its text.
    fn clause(self, id: &str, text: &str) -> Self {
        self.clause_with(id, "", text)
    }

    /// As [`Small::clause`], with further lines of front matter.
    fn clause_with(mut self, id: &str, front: &str, text: &str) -> Self {
        self.clauses.push(format!("\"{id}\""));
        let file = format!("{EDITION}/01-main/{id}.md");
        self.files.insert(file, format!("---\nid: \"{id}\"\n{front}---\n{text}\n"));
        self
    }

    fn sub_heading(mut self, heading: &str) -> Self {
        self.clauses.push(format!("{{heading: \"{heading}\"}}"));
        self
    }

    /// Lines of the section's front matter.
    fn section(mut self, front: &str) -> Self {
        self.section = front.to_owned();
        self
    }

    /// Adds lines to the map of the source.
    fn map(mut self, lines: &str) -> Self {
        self.map.push_str(lines);
        self
    }

    /// Puts other parts in the place of the one.
    fn parts(mut self, parts: &str) -> Self {
        self.map = format!("title: T\nparts:\n{parts}");
        self
    }

    fn file(mut self, file: &str, text: &str) -> Self {
        self.files.insert(file.to_owned(), text.to_owned());
        self
    }

    fn report(self) -> Report {
        let Small { mut files, source, map, clauses, section } = self;
        let mut put = |file: &str, text: String| {
            files.entry(file.to_owned()).or_insert(text);
        };
        put("authorities/a/authority.yaml", "name: A\nshort_name: A\nkind: k\njurisdiction: j\n".to_owned());
        put(&format!("{EDITION}/edition.yaml"), edition("text: s, "));
        put(&format!("{EDITION}/01-main/_section.md"), {
            format!("---\n{section}clauses: [{}]\n---\n", clauses.join(", "))
        });
        put("sources/s.txt", source.to_owned());
        put("sources/s.yaml", map);
        let sources = Sources {
            files: files.into_iter().map(|(file, text)| (file, text.into_bytes().into())).collect(),
            report: Report::default(),
        };
        let (handbook, read): (Handbook, Report) = intake::read(&sources);
        // Registers are missing here and not looked at; whatever else is wrong is a slip of the test.
        let slips: Vec<_> = read.diagnostics().iter().filter(|it| it.code != "missing-file").collect();
        assert!(slips.is_empty(), "{slips:?}");
        let mut report = Report::default();
        super::check(&handbook, &Default::default(), jiff::civil::date(2026, 11, 22), &mut report);
        report.locate(|file| sources.text(file));
        report
    }

    /// What the rule finds, as `code file:line`, files below the section or else whole.
    fn found(self) -> Vec<String> {
        let report = self.report();
        let short = |place: String| {
            place.replace(&format!("{EDITION}/01-main/"), "").replace(&format!("{EDITION}/"), "")
        };
        report
            .diagnostics()
            .iter()
            .map(|it| {
                let place = short(it.place.to_string());
                let place = place.rsplit_once(':').map_or(place.as_str(), |(line, _)| line);
                format!("{} {place}", it.code)
            })
            .collect()
    }
}

fn edition(text: &str) -> String {
    format!(
        "title: T\nstatus: published\nlanguage: en-GB\nsource: {{{text}title: S}}\nprovenance: verbatim\nlicence: l\n"
    )
}

#[track_caller]
fn check(small: Small, expected: &[&str]) {
    assert_eq!(small.found(), expected);
}

#[track_caller]
fn clean(small: Small) {
    check(small, &[]);
}
