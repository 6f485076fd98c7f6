//! A handbook of two authorities, small enough for tests: `alpha` holds one text of one clause,
//! of `beta` no text is held.

use crate::handbook::Handbook;
use crate::source::Sources;

/// The one clause, with number and id `1`.
pub const CLAUSE: &str = "authorities/alpha/protocol/2020-01-02/01-rules/1.md";

const FILES: &[(&str, &str)] = &[
    ("handbook.yaml", "title: Sample\npublisher: us\ndescription: Rules.\nfeatured: []\n"),
    ("topics.yaml", "groups: []\ntopics: []\n"),
    (
        "principles.yaml",
        "source: ours\nlicence: open\nprinciples:\n  - {slug: openness, name: Openness, wording: Be open.}\n  \
         - {slug: honesty, name: Honesty, wording: Be truthful.}\n",
    ),
    ("terms.yaml", "terms: []\n"),
    ("legislation.yaml", "legislation: []\n"),
    (
        "authorities/alpha/authority.yaml",
        "name: Alpha Council\nshort_name: Alpha\nkind: council\njurisdiction: England\ncurrent: 2020-01-02\n",
    ),
    (
        "authorities/beta/authority.yaml",
        "name: Beta Council\nshort_name: Beta\nkind: council\njurisdiction: England\n\
         not_held: {reason: not to be had, reviewed: 2026-01-01}\n",
    ),
    (
        "authorities/alpha/protocol/2020-01-02/edition.yaml",
        "title: Protocol\nstatus: adopted\ndates: {adopted: 2020-01-02}\nlanguage: en-GB\n\
         source: {title: Protocol}\nprovenance: drafted-here\n",
    ),
    ("authorities/alpha/protocol/2020-01-02/01-rules/_section.md", "---\nclauses: [\"1\"]\n---\n"),
    (CLAUSE, "---\nid: \"1\"\nnumber: \"1\"\ntopics: []\n---\nMembers are polite.\n"),
];

/// The small handbook with some of its files replaced and others added.
///
/// # Panics
///
/// If the files have errors.
#[track_caller]
pub fn handbook(files: &[(&str, &str)]) -> Handbook {
    let mut sources = Sources::default();
    for (path, text) in FILES.iter().chain(files) {
        sources.files.insert((*path).to_owned(), text.as_bytes().into());
    }
    let (handbook, report) = crate::intake::read(&sources);
    assert_eq!(report.errors(), 0, "{:?}", report.diagnostics());
    handbook
}
