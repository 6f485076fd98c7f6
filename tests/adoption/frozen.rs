//! What was published stays as it was: whatever is changed, deleted or hidden of it is an error, until
//! it is recorded as a correction.

use std::fs;

use handbook::revise::{self, clause};

use super::ground::*;

/// The example council's text of 2026, in which one clause was merged and one withdrawn, with one
/// correction.
fn adopted() -> Ground {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let merger = clause::Merger { draft: draft_of(), clause: "2.1".to_owned(), into: "2.2".to_owned() };
    ground.take(|it| clause::merge(it, &merger));
    let reason = Some("said in the Code of Conduct".to_owned());
    let withdrawal = clause::Withdrawal { draft: draft_of(), clause: "3.1".to_owned(), reason };
    ground.take(|it| clause::withdraw(it, &withdrawal));
    ground.take(|it| revise::adopt(it, &adoption()));
    ground.edit(&format!("{FOLDER}/2026-05-21/01-purpose/1.2.md"), "\n---\n", "\n---\nFirst: ");
    ground.take(|it| revise::correct(it, &correction()));
    ground
}

fn correction() -> revise::Amends {
    revise::Amends {
        authority: COUNCIL.to_owned(),
        edition: "2026-05-21".to_owned(),
        what: "a word left out".to_owned(),
        why: "typing error".to_owned(),
        decided_by: None,
        under: None,
        on: None,
    }
}

/// The errors of the content that speak of what is frozen.
fn errors(ground: &Ground) -> Vec<String> {
    let report = ground.checked().report;
    let all = report.diagnostics().iter();
    all.filter(|it| it.code.starts_with("frozen")).map(|it| it.code.to_owned()).collect()
}

#[test]
fn nothing_of_a_published_text_is_changed_or_hidden_without_a_word() {
    let edition = "protocol/2026-05-21/edition.yaml";
    let merged = "protocol/2026-05-21/02-information/2.2.md";
    let words = "said in the Code of Conduct";
    let cases: &[(&str, &str, &str, &[&str])] = &[
        (merged, "asks the", "must ask the", &["frozen-words"]),
        (merged, "from: [\"2.1\"]", "from: [\"3.1\"]", &["frozen-descent"]),
        (edition, words, "no longer wanted", &["frozen-descent"]),
        (edition, "follows: \"2024-05-16\"", "follows: \"2019-06\"", &["frozen-descent"]),
        (edition, "status: adopted", "status: published", &["frozen-status"]),
        (edition, "status: adopted", "status: rejected", &["frozen-status"]),
        (edition, "County Council", "Cabinet", &["frozen-adoption"]),
        (edition, "provenance: drafted-here", "provenance: verbatim", &["frozen-adoption"]),
        (edition, "typing error", "afterthought", &["frozen-corrections"]),
        (edition, "corrections:", "# corrections:", &["frozen-corrections"]),
        ("frozen.yaml", "      \"2.2\":", "      # \"2.2\":", &["frozen-lost"]),
        // What is superseded was in force before.
        (edition, "status: adopted", "status: superseded", &[]),
        (merged, "id: ", "source_note: Ours.\nid: ", &[]),
    ];
    let sound = adopted();
    assert_eq!(errors(&sound), [""; 0]);
    for (file, from, to, expected) in cases {
        let ground = sound.copy();
        ground.edit(&format!("authorities/exampleshire/{file}"), from, to);
        assert_eq!(errors(&ground), *expected, "{from} > {to}");
    }
}

#[test]
fn a_text_does_not_thaw_by_losing_its_fingerprints() {
    let ground = adopted();
    let frozen = "authorities/exampleshire/frozen.yaml";
    let text = ground.text(frozen);
    // That of one text, then those of all.
    ground.edit(frozen, "  \"2026-05-21\":", "  \"2027\":");
    assert_eq!(errors(&ground), ["frozen-lost", "frozen-missing"]);
    fs::remove_file(ground.file(frozen)).unwrap();
    assert_eq!(errors(&ground), ["frozen-missing"; 3]);
    fs::write(ground.file(frozen), text).unwrap();
    assert_eq!(errors(&ground), [""; 0]);
}

#[test]
fn a_published_text_changes_only_by_a_recorded_correction() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    ground.take(|it| revise::adopt(it, &adoption()));
    let file = format!("{FOLDER}/2026-05-21/02-information/2.2.md");
    let errors = || -> Vec<String> {
        let report = ground.checked().report;
        report
            .diagnostics()
            .iter()
            .filter(|it| it.code.starts_with("frozen"))
            .map(|it| it.code.to_owned())
            .collect()
    };
    // What is ours stays free.
    ground.edit(&file, "id: ", "source_note: Ours.\nid: ");
    assert_eq!(errors(), [""; 0]);
    ground.edit(&file, "asks the Monitoring", "must ask the Monitoring");
    assert_eq!(errors(), ["frozen-words"]);
    let amends = revise::Amends {
        authority: COUNCIL.to_owned(),
        edition: "2026-05-21".to_owned(),
        what: "“must ask” for “asks”".to_owned(),
        why: "typing error".to_owned(),
        decided_by: Some("Monitoring Officer".to_owned()),
        under: None,
        on: Some(day("2026-06-02")),
    };
    let early = revise::Amends { on: Some(day("2026-05-20")), ..amends.clone() };
    assert!(ground.refused(|it| revise::correct(it, &early)).contains("is before the date of the edition"));
    ground.take(|it| revise::correct(it, &amends));
    assert_eq!(errors(), [""; 0]);
    for address in [format!("{FOLDER}/2026-05-21/"), "authorities/exampleshire/clauses/2.2/".to_owned()] {
        holds(
            &ground.page(&address, false).unwrap(),
            &["2 June 2026: “must ask” for “asks”", "Decided by: Monitoring Officer. Under: not recorded."],
        );
    }
    holds(&ground.page("changes/", false).unwrap(), &["Corrected since it was published: 1"]);
    let feed = ground.page("feed.xml", false).unwrap();
    assert!(feed.contains("#correction-1"));
    holds(&feed, &["Decided by: Monitoring Officer. Under: not recorded."]);
    assert!(ground.refused(|it| revise::correct(it, &amends)).contains("is as it was published"));
}
