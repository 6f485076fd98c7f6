//! A handbook of one clause, held in memory, into which a test puts the fault it is about.

use handbook::diagnostic::Diagnostic;
use handbook::handbook::Handbook;
use handbook::source::Sources;

pub const CLAUSE: &str = "authorities/town/protocol/2020/01-roles/members.md";
pub const SECTION: &str = "authorities/town/protocol/2020/01-roles/_section.md";

const FILES: &[(&str, &str)] = &[
    ("handbook.yaml", "title: A\npublisher: B\ndescription: C\n"),
    (
        "topics.yaml",
        "groups: [{slug: g, name: G}]\n\
         topics:\n  - {slug: roles, name: Roles, group: g, scope: S, aspects: [{slug: members, question: Who?}]}\n",
    ),
    ("principles.yaml", "source: S\nlicence: L\nprinciples: [{slug: honesty, name: Honesty, wording: W}]\n"),
    ("terms.yaml", "terms: [{slug: member, name: Member, scope: S}]\n"),
    ("legislation.yaml", "legislation: []\n"),
    (
        "authorities/town/authority.yaml",
        "name: Town\nshort_name: Town\nkind: K\njurisdiction: England\ncurrent: \"2020\"\n",
    ),
    (
        "authorities/town/protocol/2020/edition.yaml",
        "title: P\nstatus: published\nlanguage: en-GB\nsource: {title: S}\nprovenance: drafted-here\n",
    ),
    (SECTION, "---\nheading: Roles\nclauses: [members]\n---\n"),
    (CLAUSE, "---\nid: members\ntopics: [roles/members]\n---\nMembers lead.\n"),
];

/// The small handbook with `bytes` in the place of `file`.
pub fn with(file: &str, bytes: impl Into<Vec<u8>>) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in FILES {
        sources.files.insert((*path).to_owned(), text.as_bytes().into());
    }
    sources.files.insert(file.to_owned(), bytes.into().into());
    sources
}

/// Reads them, with the places of all faults found.
pub fn read(sources: &Sources) -> (Handbook, Vec<Diagnostic>) {
    let (handbook, mut report) = handbook::intake::read(sources);
    report.locate(|file| sources.text(file));
    (handbook, report.diagnostics().to_vec())
}

/// Reads the small handbook with `text` in the place of `file`, and compares what is found
/// wrong with the file: `line:column words-there: severity[code]: message (hint)`, where
/// `words-there` are those under the caret, up to the next space.
#[track_caller]
#[allow(dead_code)]
pub fn check(file: &str, text: &str, expected: &[&str]) -> Handbook {
    let sources = with(file, text);
    let (handbook, found) = read(&sources);
    let found: Vec<String> = found.iter().map(|it| in_short(&sources, it, file)).collect();
    assert_eq!(found, expected, "\n{text}");
    handbook
}

fn in_short(sources: &Sources, diagnostic: &Diagnostic, file: &str) -> String {
    use handbook::diagnostic::At;
    let Diagnostic { place, severity, code, message, hint } = diagnostic;
    let mut short = if place.file == file { String::new() } else { format!("{} ", place.file) };
    if let At::Line(line, column) = place.at {
        let text = sources.text(&place.file).unwrap_or_default();
        let words = text.lines().nth(line - 1).unwrap_or_default().chars().skip(column - 1);
        let words: String = words.take_while(|it| !it.is_whitespace()).collect();
        short += &format!("{line}:{column} {words}: ");
    }
    short += &format!("{severity}[{code}]: {message}");
    if let Some(hint) = hint {
        short += &format!(" ({hint})");
    }
    short
}
