use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::{intake, source};

/// The example handbook without its ledger.
fn example() -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/new/content");
    let mut sources = source::read(&folder).unwrap();
    sources.files.retain(|path, _| !path.ends_with("ids.yaml") && path != "addresses.yaml");
    sources
}

const IDS: &str = "authorities/exampleshire/ids.yaml";

#[track_caller]
fn read(sources: &Sources) -> Handbook {
    let (handbook, report) = intake::read(sources);
    assert_eq!(report.diagnostics(), [], "the content is sound");
    handbook
}

/// What `record` would write for the content with `files` put in.
#[track_caller]
fn recorded(files: &[(&str, &str)]) -> Vec<Update> {
    let mut sources = example();
    for (path, text) in files {
        sources.files.insert((*path).to_owned(), text.as_bytes().into());
    }
    let handbook = read(&sources);
    let updates = plan(&sources, &handbook, &addresses(&handbook));
    // Whatever was written must be read back, and leave nothing to add.
    for update in &updates {
        sources.files.insert(update.file.clone(), update.text.clone().into_bytes().into());
    }
    let handbook = read(&sources);
    assert_eq!(plan(&sources, &handbook, &addresses(&handbook)), [], "recording twice");
    updates
}

#[track_caller]
fn ids(files: &[(&str, &str)]) -> Update {
    recorded(files).into_iter().find(|it| it.file == IDS).expect("something is new")
}

#[test]
fn every_clause_is_recorded_with_its_items_and_its_tail() {
    let update = ids(&[]);
    assert_eq!(
        update.text,
        "# Written by `handbook record`; add moved_to or gone by hand.\nclauses:\n  \"1.1\": {}\n  \"1.2\": \
         {}\n  \"2.1\": {items: [a, b, tail]}\n  \"2.2\": {}\n  \"3.1\": {}\n  footnote-1: {}\n  title: \
         {}\n"
    );
    assert_eq!(update.added, ["1.1", "1.2", "2.1 (a, b, tail)", "2.2", "3.1", "footnote-1", "title"]);
}

#[test]
fn drafts_are_not_recorded() {
    let edition =
        "title: A draft\nstatus: draft\nlanguage: en-GB\nsource: {title: none}\nprovenance: drafted-here\n";
    let updates = recorded(&[
        ("authorities/exampleshire/protocol/2030/edition.yaml", edition),
        ("authorities/exampleshire/protocol/2030/01-new/_section.md", "---\nclauses: [\"9.9\"]\n---\n"),
        ("authorities/exampleshire/protocol/2030/01-new/9.9.md", "---\nid: \"9.9\"\n---\nNew words.\n"),
    ]);
    assert!(updates.iter().all(|it| !it.text.contains("9.9") && !it.text.contains("2030")));
}

#[test]
fn what_went_stays_with_its_reason_and_what_came_is_added() {
    let before = "clauses:\n  \"2.10\": {items: [a], gone: {on: 2024-05, reason: \"said: \\\"no\\\" # 1\"}}\n  \
                  '2.1': {items: [z, a]}\n  \"2.9\": {moved_to: \"2.1\"}\n";
    let update = ids(&[(IDS, before)]);
    assert_eq!(update.added, ["1.1", "1.2", "2.1 (b, tail)", "2.2", "3.1", "footnote-1", "title"]);
    let lines: Vec<&str> = update.text.lines().skip(4).take(5).collect();
    assert_eq!(
        lines,
        [
            "  \"2.1\": {items: [a, b, tail, z]}",
            "  \"2.2\": {}",
            "  \"2.9\": {moved_to: \"2.1\"}",
            "  \"2.10\": {items: [a], gone: {on: \"2024-05\", reason: \"said: \\\"no\\\" # 1\"}}",
            "  \"3.1\": {}",
        ]
    );
}

#[test]
fn a_ledger_that_lacks_nothing_is_left_as_it_is_written() {
    let update = ids(&[]);
    let by_hand =
        update.text.replace("{items: [a, b, tail]}", "\n    items:\n      - a\n      - b\n      - tail");
    let updates = recorded(&[(IDS, &by_hand)]);
    assert!(updates.iter().all(|it| it.file != IDS));
}

#[test]
fn comments_stay_where_they_stand() {
    let before = "# Ours.\n# Written by `handbook record`; add moved_to or gone by hand.\nclauses: # all\n\n  # \
                  about it\n  \"2.1\": {items: [a]} # beside it\n  9.9: # gone\n    # why\n    gone: {on: \
                  '2024', reason: \"a # b\"}\n# the end\n";
    let update = ids(&[(IDS, before)]);
    assert_eq!(update.comments, 7);
    assert_eq!(
        update.text,
        "# Written by `handbook record`; add moved_to or gone by hand.\n# Ours.\n# all\nclauses:\n  \"1.1\": {}\n  \
         \"1.2\": {}\n  # about it\n  \"2.1\": {items: [a, b, tail]} # beside it\n  \"2.2\": {}\n  \"3.1\": {}\n  # \
         why\n  \"9.9\": {gone: {on: \"2024\", reason: \"a # b\"}} # gone\n  footnote-1: {}\n  title: \
         {}\n# the end\n"
    );
}

#[test]
fn comments_that_belong_to_no_entry_go_to_the_top() {
    let before = "---\nclauses: {\"2.1\": {items: [a]}} # flow\n# end\n";
    let update = ids(&[(IDS, before)]);
    assert!(update.text.contains("hand.\n# flow\nclauses:"), "{}", update.text);
    assert!(update.text.ends_with("# end\n"), "{}", update.text);
}

#[test]
fn addresses_are_recorded_as_the_web_asks_for_them() {
    let handbook = read(&example());
    let all = addresses(&handbook);
    for address in [
        "about/",
        "authorities/exampleshire/protocol/2019-06/",
        "topics/press/#aspect-spokespersons",
        "terms/#term-member",
        "legislation/#legislation-localism-act-2011",
    ] {
        assert!(all.contains(address), "{address} in {all:#?}");
    }
    assert!(all.iter().all(|it| !it.contains("index.html") && !it.contains("/clauses/")));
}

#[test]
fn an_address_that_went_stays() {
    let before = "addresses:\n  \"topics/media/\": {moved_to: \"topics/press/\"}\n  \"topics/old/\": {gone: {on: \
                  2025-01-01, reason: merged}}\n";
    let updates = recorded(&[("addresses.yaml", before)]);
    let update = updates.iter().find(|it| it.file == "addresses.yaml").unwrap();
    assert!(update.text.contains("  \"topics/media/\": {moved_to: \"topics/press/\"}\n"), "{}", update.text);
    assert!(update.text.contains("  \"topics/old/\": {gone: {on: \"2025-01-01\", reason: \"merged\"}}\n"));
    assert!(!update.added.contains(&"topics/media/".to_owned()));
}

#[track_caller]
fn reviewed(ledger: &str) -> Vec<(&'static str, String)> {
    let mut sources = example();
    if !ledger.is_empty() {
        let handbook = read(&sources);
        let mut text = String::from("addresses:\n");
        for address in addresses(&handbook).iter().filter(|it| *it != "about/") {
            text.push_str(&format!("  \"{address}\": {{}}\n"));
        }
        text.push_str(ledger);
        sources.files.insert(ADDRESSES.to_owned(), text.into_bytes().into());
    }
    let handbook = read(&sources);
    let report = review(&handbook, &addresses(&handbook));
    report.diagnostics().iter().map(|it| (it.code, it.message.clone())).collect()
}

#[test]
fn an_address_that_is_lost_without_a_word_is_an_error() {
    let check = |ledger: &str, code: &str, message: &str| {
        assert_eq!(reviewed(ledger), [(code, message.to_owned())]);
    };
    check("", "address-not-recorded", "no address has been recorded");
    check(" ", "address-not-recorded", "the address `about/` has not been recorded");
    let about = "  about/: {}\n";
    assert_eq!(reviewed(about), []);
    check(
        &format!("{about}  topics/media/: {{}}\n"),
        "address-lost",
        "the address `topics/media/` was published and stands no more",
    );
    assert_eq!(reviewed(&format!("{about}  topics/media/: {{moved_to: topics/press/}}\n")), []);
    assert_eq!(reviewed(&format!("{about}  topics/media/: {{gone: {{on: 2026, reason: merged}}}}\n")), []);
    check(
        &format!("{about}  topics/media/: {{moved_to: topics/presse/}}\n"),
        "address-moved-nowhere",
        "`topics/media/` moved to `topics/presse/`, which there is not",
    );
    check(
        "  about/: {gone: {on: 2026, reason: merged}}\n",
        "address-gone-but-there",
        "the address `about/` is said to have moved or gone, and stands",
    );
    for address in ["/topics/media/", "topics/media", "../media/"] {
        check(
            &format!("{about}  {address}: {{gone: {{on: 2026, reason: merged}}}}\n"),
            "bad-address",
            &format!("`{address}` is not the address of a page or of a place in one"),
        );
    }
}

#[test]
fn items_that_look_like_numbers_or_answers_are_quoted() {
    for (id, written) in
        [("a", "a"), ("b1", "b1"), ("1", "\"1\""), ("2.a", "\"2.a\""), ("n", "\"n\""), ("y", "\"y\"")]
    {
        assert_eq!(plain(id), written);
    }
}

#[test]
fn the_real_handbook_can_be_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut sources = source::read(&folder).unwrap();
    let (handbook, _) = intake::read(&sources);
    for update in plan(&sources, &handbook, &addresses(&handbook)) {
        sources.files.insert(update.file, update.text.into_bytes().into());
    }
    let (handbook, _) = intake::read(&sources);
    assert_eq!(plan(&sources, &handbook, &addresses(&handbook)), []);
    for authority in handbook.authorities.values() {
        for edition in authority.editions.values() {
            assert!(edition.clauses().all(|it| authority.ledger.contains_key(&it.id)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever reason an editor wrote, it is read back the same.
    #[test]
    fn any_reason_survives(reason in "\\PC{0,40}|[\"\\\\'#:{}\\[\\], \t\n\ra-c]{0,20}") {
        // What cannot be seen is refused when it is read.
        let unseen = |it: char| crate::diagnostic::is_unseen(it) && !"\t\n\r".contains(it);
        prop_assume!(!reason.contains(unseen));
        let entry = RecordedClause {
            items: vec![],
            moved_to: None,
            gone: Some(Gone { on: crate::handbook::PartialDate::parse("2024-05").unwrap(), reason: reason.clone() }),
        };
        let mut sources = example();
        let text = format!("clauses:\n  \"7\": {}\n", clause_entry(&entry));
        sources.files.insert(IDS.to_owned(), text.into_bytes().into());
        let (handbook, report) = intake::read(&sources);
        prop_assert_eq!(report.errors(), 0, "{:?}", report.diagnostics());
        let update = clauses(&sources, &handbook.authorities["exampleshire"]).unwrap();
        sources.files.insert(IDS.to_owned(), update.text.into_bytes().into());
        let (handbook, _) = intake::read(&sources);
        prop_assert_eq!(&handbook.authorities["exampleshire"].ledger["7"], &entry);
    }

    /// No comment is lost, wherever in the file it stands.
    #[test]
    fn no_comment_is_lost(lines in prop::collection::vec(prop::sample::select(vec![
        "  # one", "# two", "  \"2.1\": {items: [a]} # three", "  \"8\":", "    items: [a] # four",
        "    # five", "  '9': {} # \"six\"", "",
    ]), 0..12)) {
        let mut text = String::from("clauses:\n");
        for line in &lines {
            text.push_str(line);
            text.push('\n');
        }
        let mut comments = Comments::read(&text, HEADER);
        let mut kept: Vec<String> = Vec::new();
        for entry in ["2.1", "8", "9"] {
            kept.extend(comments.before(entry));
            kept.extend(comments.beside(entry));
        }
        kept.extend(comments.top());
        kept.extend(comments.end().iter().cloned());
        let mut expected: Vec<&str> =
            lines.iter().filter_map(|it| it.find('#').map(|at| &it[at..])).collect();
        kept.sort();
        expected.sort();
        prop_assert_eq!(kept, expected);
    }
}

#[test]
fn a_file_that_was_written_to_meanwhile_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let update =
        |file: &str| Update { file: file.to_owned(), text: "new".to_owned(), added: Vec::new(), comments: 0 };
    let updates = [update("a.yaml"), update("b.yaml")];
    let mut sources = Sources::default();
    sources.files.insert("a.yaml".to_owned(), b"read".as_slice().into());
    std::fs::write(folder.path().join("a.yaml"), "read").unwrap();
    assert_eq!(edited(folder.path(), &sources, &updates).unwrap(), None);
    std::fs::write(folder.path().join("b.yaml"), "somebody's").unwrap();
    assert_eq!(edited(folder.path(), &sources, &updates).unwrap(), Some("b.yaml"));
    std::fs::write(folder.path().join("a.yaml"), "somebody's").unwrap();
    assert_eq!(edited(folder.path(), &sources, &updates).unwrap(), Some("a.yaml"));
}
