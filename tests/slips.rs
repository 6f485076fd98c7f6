//! One slip is told as one flaw, and two as two: what only follows from a file that could not be
//! read waits until it can be, and nothing else does.

use std::collections::BTreeMap;
use std::path::Path;

use handbook::check;
use handbook::diagnostic::Report;

/// The real content with slips in one file, looked through: the codes found, with their number,
/// and the file that comes first.
fn found(file: &str, slips: &[(&str, &str)]) -> (BTreeMap<&'static str, usize>, String) {
    found_with(|content| {
        let path = content.join(file);
        let mut text = std::fs::read_to_string(&path).expect("the file is there");
        for (from, to) in slips {
            assert!(text.contains(from), "{file} holds `{from}`");
            text = text.replacen(from, to, 1);
        }
        std::fs::write(&path, text).expect("it can be written");
    })
}

/// The same with whatever `spoil` does to the content.
fn found_with(spoil: impl Fn(&Path)) -> (BTreeMap<&'static str, usize>, String) {
    let report = report_with(spoil);
    for it in report.diagnostics() {
        assert!(!it.hint.as_deref().unwrap_or_default().contains("moved_to"), "{it}");
    }
    let first = report.diagnostics().first().map(|it| it.place.file.clone());
    (report.by_code(), first.unwrap_or_default())
}

fn report_with(spoil: impl Fn(&Path)) -> Report {
    let content = tempfile::tempdir().expect("a folder");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), content.path());
    spoil(content.path());
    check(content.path(), jiff::civil::date(2026, 11, 22)).expect("it can be read").report
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).expect("a copy");
        }
    }
}

#[track_caller]
fn check_slip(file: &str, from: &str, to: &str, code: &'static str) {
    let (codes, first) = found(file, &[(from, to)]);
    assert_eq!(codes, BTreeMap::from([(code, 1)]), "{file}");
    assert_eq!(first, file);
}

const KENT: &str = "authorities/kent/protocol/2013-05-23";

#[test]
fn a_register_that_cannot_be_read_is_the_one_flaw() {
    check_slip("topics.yaml", "topics:", "topics: [", "yaml");
    check_slip("principles.yaml", "principles:", "principles: [", "yaml");
    check_slip("terms.yaml", "terms:", "terms: [", "yaml");
    check_slip("legislation.yaml", "legislation:", "legislation: [", "yaml");
    check_slip("addresses.yaml", "addresses:", "addresses: [", "yaml");
}

#[test]
fn an_entry_of_a_register_whose_name_cannot_be_one_is_the_one_flaw() {
    check_slip("topics.yaml", "slug: scrutiny\n", "slug: Scrutiny\n", "bad-name");
}

#[test]
fn a_file_of_an_authority_that_cannot_be_read_is_the_one_flaw() {
    check_slip("authorities/kent/authority.yaml", "name:", "name: [", "yaml");
    check_slip("authorities/kent/ids.yaml", "clauses:", "clauses: [", "yaml");
    check_slip(&format!("{KENT}/edition.yaml"), "title:", "title: [", "yaml");
}

#[test]
fn a_file_of_a_document_that_cannot_be_read_is_the_one_flaw() {
    for name in ["00-front", "06-scrutiny-committee", "15-appendix"] {
        let folder = format!("{KENT}/{name}");
        check_slip(&format!("{folder}/_section.md"), "clauses:", "clauses: ][", "yaml");
        let mut files: Vec<_> = std::fs::read_dir(format!("content/{folder}"))
            .expect("the folder is there")
            .map(|it| it.expect("an entry").file_name().into_string().expect("UTF-8"))
            .collect();
        files.retain(|it| it != "_section.md");
        files.sort();
        check_slip(&format!("{folder}/{}", files[0]), "---\n", "-- -\n", "front-matter");
    }
}

#[test]
fn a_wrong_word_is_told_in_the_same_run_as_a_slip_of_the_keys_above_it() {
    let wrong_word = ("Members", "Councillors");
    let changed = [("frozen-words", 1), ("source-word-changed", 1)];
    let scrutiny = format!("{KENT}/06-scrutiny-committee/6.1.md");
    let general = format!("{KENT}/02-general-points/2.7.md");
    for (file, slip, codes) in [
        (
            &scrutiny,
            ("topics: [scrutiny/questioning]", "topics: [scrutny/questioning]"),
            &["unknown-topic"][..],
        ),
        (
            &scrutiny,
            ("topics: [scrutiny/questioning]", "topics: [scrutiny/questions]"),
            &["unknown-aspect"][..],
        ),
        (&scrutiny, ("accountability:", "accountable:"), &["unknown-principle"][..]),
        (&scrutiny, ("  b1:", "  b9:"), &["unknown-item"][..]),
        (&general, ("\"Appendix A\": appendix", "\"Appendix A\": apendix"), &["unknown-target"][..]),
        (
            &general,
            ("\"Appendix A\": appendix", "\"Appendix B\": appendix"),
            &["reference-not-in-text", "dangling-reference"],
        ),
    ] {
        let (found, first) = found(file, &[slip, wrong_word]);
        let expected: BTreeMap<_, _> = changed.into_iter().chain(codes.iter().map(|it| (*it, 1))).collect();
        assert_eq!(found, expected, "{slip:?}");
        assert_eq!(first, *file);
    }
}

#[test]
fn a_slip_in_one_file_keeps_none_of_another_from_being_told() {
    let clause = format!("{KENT}/06-scrutiny-committee/6.1.md");
    let wrong_word = ("Members", "Councillors");
    let changed = [("frozen-words", 1), ("source-word-changed", 1)];
    let misspelt_topic = ("scrutiny/questioning", "scrutny/questioning");
    let authority = "authorities/kent/authority.yaml";
    for (file, slip, code, in_clause, codes) in [
        (
            authority,
            ("vocabulary:\n", "vocabulary:\n  membr: {words: [Member]}\n"),
            "unknown-term",
            wrong_word,
            &changed[..],
        ),
        (authority, ("reviewed: 2026-", "reviewed: 2026-31-"), "bad-day-of-review", wrong_word, &changed),
        (
            &format!("{KENT}/edition.yaml"),
            ("checked: 2026-", "checked: 2026-31-"),
            "bad-day-of-review",
            wrong_word,
            &changed,
        ),
        (authority, ("short_name:", "shortname:"), "unknown-key", misspelt_topic, &[("unknown-topic", 1)]),
        (
            &format!("{KENT}/06-scrutiny-committee/_section.md"),
            ("heading:", "headin:"),
            "unknown-key",
            misspelt_topic,
            &[("unknown-topic", 1)],
        ),
    ] {
        let report = report_with(|content| {
            for (file, (from, to)) in [(file, slip), (&clause, in_clause)] {
                let text = std::fs::read_to_string(content.join(file)).expect("the file is there");
                assert!(text.contains(from), "{file} holds `{from}`");
                std::fs::write(content.join(file), text.replacen(from, to, 1)).expect("it can be written");
            }
        });
        let mut found = report.by_code();
        assert!(found.remove(code).is_some(), "{slip:?}: {found:?}");
        assert_eq!(found, codes.iter().copied().collect(), "{slip:?}");
    }
}

#[test]
fn all_slips_of_the_keys_of_one_file_are_told_in_one_run() {
    let edition = format!("{KENT}/edition.yaml");
    let slips = [
        ("status: adopted", "status: Adopted"),
        ("provenance:", "provnance:"),
        ("language: en-GB", "language: [en]"),
    ];
    let (codes, first) = found(&edition, &slips);
    assert_eq!(codes, BTreeMap::from([("unknown-key", 1), ("unknown-value", 1), ("yaml", 1)]));
    assert_eq!(first, edition);
}

#[test]
fn what_is_wrong_in_the_words_is_told_in_the_same_run_as_a_slip_of_a_key_above_them() {
    let file = format!("{KENT}/06-scrutiny-committee/6.1.md");
    let (codes, _) = found(&file, &[("topics:", "topcs:"), ("\n- ", "\n* see [the Code](code)\n- ")]);
    assert_eq!(codes, BTreeMap::from([("pasted-mark", 1), ("unknown-key", 1), ("unsafe-link", 1)]));
}

#[test]
fn a_lost_address_is_told_in_the_same_run_as_a_slip_of_a_tag() {
    let report = report_with(|content| {
        let edit = |file: &str, from: &str, to: &str| {
            let text = std::fs::read_to_string(content.join(file)).expect("the file is there");
            assert!(text.contains(from), "{file} holds `{from}`");
            std::fs::write(content.join(file), text.replacen(from, to, 1)).expect("it can be written");
        };
        edit(&format!("{KENT}/06-scrutiny-committee/6.1.md"), "scrutiny/questioning", "scrutny/questioning");
        edit("addresses.yaml", "addresses:\n", "addresses:\n  \"topics/lost/\": {}\n");
    });
    assert_eq!(report.by_code(), BTreeMap::from([("address-lost", 1), ("unknown-topic", 1)]));
}

#[test]
fn a_source_that_cannot_be_read_is_the_one_flaw() {
    check_slip("sources/kent-2013-convention.yaml", "parts:", "parts: [", "yaml");
}

#[test]
fn a_file_that_is_there_and_cannot_be_read_is_not_called_missing() {
    let section = format!("{KENT}/06-scrutiny-committee");
    for file in [
        "terms.yaml",
        "authorities/kent/authority.yaml",
        &format!("{section}/_section.md"),
        &format!("{section}/6.1.md"),
    ] {
        let (codes, first) = found_with(|content| {
            let too_large = vec![b'#'; 8 * 1024 * 1024 + 1];
            std::fs::write(content.join(file), too_large).expect("it can be written");
        });
        assert_eq!(codes, BTreeMap::from([("unreadable-file", 1)]), "{file}");
        assert_eq!(first, file);
    }
}

#[test]
fn a_folder_that_nothing_is_looked_for_in_is_told_once() {
    let file = |path: &str| (path.to_owned(), b"x".as_slice().into());
    let mut sources = handbook::source::Sources::default();
    sources.files.extend(["more/a.txt", "more/b/c.txt", "pages/old/a.md", "pages/a.md", "x.txt"].map(file));
    let (_, report) = handbook::intake::read(&sources);
    let found = report.diagnostics().iter().filter(|it| it.code == "unknown-file");
    let found: Vec<&str> = found.map(|it| it.place.file.as_str()).collect();
    assert_eq!(found, ["more", "pages/old/a.md", "x.txt"]);
}

#[test]
fn nothing_is_published_into_the_content_or_over_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let content = folder.path().join("content");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/new/content"), &content);
    #[cfg(unix)]
    std::os::unix::fs::symlink(&content, folder.path().join("link")).expect("a link");
    let mut refused = vec!["content", "content/public", "content/../content/a/b", "."];
    if cfg!(unix) {
        refused.push("link/public");
    }
    let build = |out: &str| {
        let out = folder.path().join(out);
        let today = jiff::civil::date(2026, 11, 22);
        let order = handbook::Order {
            content: &content,
            out: &out,
            theme: "default",
            base_url: None,
            strict: false,
            drafts: false,
            today,
            program: None,
        };
        handbook::build(&order).map(|it| it.publication.is_some())
    };
    for out in refused {
        let failure = build(out).expect_err(out);
        assert!(matches!(failure, handbook::Failure::OutAndContent { .. }), "{out}: {failure}");
    }
    assert!(!content.join("public").exists());
    assert!(build("content-public").expect("beside it"));
}
