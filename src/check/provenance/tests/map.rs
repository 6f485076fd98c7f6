//! What a map may declare, and what it declares for nothing.

use super::{EDITION, Small, check, clean, edition, source};

#[test]
fn a_block_inside_a_paragraph_needs_a_declared_join() {
    let text = "The level will vary depending\n\nupon the service.";
    let clause = "The level will vary depending upon the service.";
    check(source(text).clause("1", clause), &["source-join-undeclared 1.md:4"]);
    clean(source(text).map("joins:\n  - {line: 3, reason: page break}\n").clause("1", clause));
    check(source("It\n- is so").clause("1", "It is so"), &["source-join-undeclared 1.md:4"]);
    // A line that only goes on the one before is no block.
    clean(
        source("The level will vary\ndepending upon the service.")
            .clause("1", "The level will vary depending upon the service."),
    );
}

#[test]
fn a_join_that_meets_nothing_is_an_error() {
    let map = "joins:\n  - {line: 3, reason: page break}\n";
    check(
        source("One.\n\nTwo.").map(map).clause("1", "One.\n\nTwo."),
        &["source-map-unused sources/s.yaml:5"],
    );
    check(
        source("One.\nTwo.\nThree.").map(map).clause("1", "One. Two. Three."),
        &["source-map-unused sources/s.yaml:5"],
    );
}

#[test]
fn furniture_is_left_out_where_it_stands_as_declared() {
    let text = "The level will vary\n\nCOUNCIL - 12\n\nupon the service.";
    let clause = "The level will vary upon the service.";
    let joins = "joins:\n  - {line: 5, reason: page break}\n";
    clean(
        source(text)
            .map("furniture:\n  - {line: 3, text: COUNCIL - 12, reason: header}\n")
            .map(joins)
            .clause("1", clause),
    );
    check(source(text).map(joins).clause("1", clause), &["source-word-lost 1.md:4"]);
    check(
        source("One.\n\nTwo.")
            .map("furniture:\n  - {line: 3, text: COUNCIL - 12, reason: header}\n")
            .clause("1", "One.\n\nTwo."),
        &["source-map-unused sources/s.yaml:5"],
    );
    check(
        source("One.\n\nTwo.")
            .map("furniture:\n  - {line: 2, text: \"\", reason: header}\n  - {line: 3, text: x, reason: header}\n")
            .clause("1", "One.\n\nTwo."),
        &["source-map-unused sources/s.yaml:5", "source-map-unused sources/s.yaml:6"],
    );
    // Furniture does not begin a block.
    clean(
        source("The level\nHEADER\nwill vary.")
            .map("furniture:\n  - {line: 2, text: HEADER, reason: header}\n")
            .clause("1", "The level will vary."),
    );
}

#[test]
fn a_line_that_nobody_accounts_for_is_an_error() {
    let part = "  - {lines: \"3-3\", document: a/protocol/e, view: plain}\n";
    check(
        source("Agenda\n\nOne.\n\nPage 1").parts(part).clause("1", "One."),
        &["source-line-unaccounted sources/s.txt:1", "source-line-unaccounted sources/s.txt:5"],
    );
    clean(
        source("Agenda\n\nOne.")
            .parts(part)
            .map("furniture:\n  - {line: 1, text: Agenda, reason: header}\n")
            .clause("1", "One."),
    );
}

#[test]
fn moved_lines_are_read_at_their_place() {
    let text = "One two.\n\nNote.\n\nThree.\n\nFour.";
    let moved =
        |map: &str| source(text).map(&format!("moves:\n  - {{lines: \"{map}, reason: foot of the page}}\n"));
    clean(moved("3\", before: 7").clause("1", "One two.\n\nThree.\n\nNote.\n\nFour."));
    clean(moved("3-4\", before: 8").clause("1", "One two.\n\nThree.\n\nFour.\n\nNote."));
    clean(moved("5-7\", before: 1").clause("1", "Three.\n\nFour.\n\nOne two.\n\nNote."));
    for (map, clause) in [
        ("3\", before: 5", "One two.\n\nNote.\n\nThree.\n\nFour."),
        ("3\", before: 3", "One two.\n\nNote.\n\nThree.\n\nFour."),
        ("3-5\", before: 4", "One two.\n\nFour."),
        ("4\", before: 7", "One two.\n\nNote.\n\nThree.\n\nFour."),
    ] {
        let found = moved(map).clause("1", clause).found();
        assert_eq!(found.last().map(String::as_str), Some("source-map-unused sources/s.yaml:5"), "{map}");
    }
    check(source(text).clause("1", "One two.\n\nThree.\n\nNote.\n\nFour."), &["source-word-moved 1.md:6"]);
}

#[test]
fn lines_can_move_to_another_document() {
    let report = "title: R\ndate: 2024\nbody: B\nlanguage: en-GB\nsource: {text: s, title: S}\nprovenance: verbatim\nlicence: l\n";
    clean(
        source("One.\nNote.\n\nTwo.\n")
            .parts("  - {lines: \"1-2\", document: a/reports/r, view: plain}\n  - {lines: \"3-4\", document: a/protocol/e, view: plain}\n")
            .map("moves:\n  - {lines: \"2\", before: 4, reason: foot of the page}\n")
            .file("authorities/a/reports/r/report.yaml", report)
            .file("authorities/a/reports/r/01-r/_section.md", "---\nclauses: [r]\n---\n")
            .file("authorities/a/reports/r/01-r/r.md", "---\nid: r\n---\nOne.\n")
            .clause("1", "Note.\n\nTwo."),
    );
}

#[test]
fn readings_are_put_in_left_to_right_each_once() {
    let twice = "readings:\n  - {line: 1, printed: \"I.0\", read: \"1.0\", reason: misread}\n  - {line: 1, printed: \"I.0\", read: \"2.0\", reason: misread}\n";
    clean(source("I.0 and I.0 and I.0").map(twice).clause("1", "1.0 and 2.0 and I.0"));
    let wrong = "readings:\n  - {line: 1, printed: \"two\", read: \"2\", reason: x}\n  - {line: 1, printed: \"one\", read: \"1\", reason: x}\n";
    check(source("one two").map(wrong).clause("1", "one 2"), &["source-map-unused sources/s.yaml:6"]);
    // One that changes nothing records a judgement.
    clean(
        source("one two")
            .map("readings:\n  - {line: 1, printed: \"two\", read: two, reason: x}\n")
            .clause("1", "one two"),
    );
    // What is read in is not read again, and may be nothing at all.
    clean(source("a b").map("readings:\n  - {line: 1, printed: \"a\", read: \"b b\", reason: x}\n  - {line: 1, printed: \"b\", read: c, reason: x}\n").clause("1", "b b c"));
    clean(
        source("one (n.b. two)")
            .map("readings:\n  - {line: 1, printed: \"(n.b. two)\", read: \"\", reason: x}\n")
            .clause("1", "one"),
    );
}

#[test]
fn a_reading_that_meets_nothing_is_an_error() {
    let map = "readings:\n  - {line: 1, printed: \"three\", read: \"3\", reason: x}\n";
    check(source("one two").map(map).clause("1", "one two"), &["source-map-unused sources/s.yaml:5"]);
    check(
        source("one two")
            .map("readings:\n  - {line: 1, printed: \"\", read: \"3\", reason: x}\n")
            .clause("1", "one two"),
        &["source-map-unused sources/s.yaml:5"],
    );
    check(
        source("HEAD\n\none")
            .map("furniture:\n  - {line: 1, text: HEAD, reason: x}\nreadings:\n  - {line: 1, printed: \"HEAD\", read: x, reason: x}\n")
            .clause("1", "one"),
        &["source-map-unused sources/s.yaml:7"],
    );
    check(
        source("one two")
            .map("readings:\n  - {line: 1, printed: \"two\", before: two, after: two, reason: x}\n")
            .clause("1", "one two"),
        &["source-reading-view sources/s.yaml:5"],
    );
}

/// The edition read `before`, a second one `e2` read `after`.
fn redline(text: &'static str, map: &str, before: &str, after: &str) -> Small {
    let lines = text.lines().count();
    source(text)
        .parts(&format!("  - {{lines: \"1-{lines}\", document: a/protocol/e, view: before}}\n  - {{lines: \"1-{lines}\", document: a/protocol/e2, view: after}}\n"))
        .map(map)
        .clause("1", before)
        .file("authorities/a/protocol/e2/edition.yaml", &edition("text: s, "))
        .file("authorities/a/protocol/e2/01-main/_section.md", "---\nclauses: [\"1\"]\n---\n")
        .file("authorities/a/protocol/e2/01-main/1.md", &format!("---\nid: \"1\"\n---\n{after}\n"))
}

#[test]
fn both_texts_of_a_redline_are_read() {
    let text = "Officers **and Members** serve ~~us~~ **the Council** *well*.";
    clean(redline(text, "", "Officers serve us well.", "Officers and Members serve the Council well."));
    check(
        redline(text, "", "Officers serve us.", "Officers and Members serve the Council well."),
        &["source-word-changed 1.md:4"],
    );
    check(
        redline(text, "", "Officers serve us well.", "Officers and Members serve us well."),
        &["source-word-changed authorities/a/protocol/e2/01-main/1.md:4"],
    );
    // A block that is wholly new, with its dash.
    clean(redline(
        "- **All new.**\n- Old ~~one~~.\n\n~~Gone.~~",
        "",
        "- Old one.\n\nGone.",
        "- All new.\n- Old .",
    ));
    let map = "readings:\n  - {line: 1, printed: \"**responsible answerable**\", before: responsible, after: answerable, reason: x}\n";
    clean(redline(
        "Officers are **responsible answerable** here.",
        map,
        "Officers are responsible here.",
        "Officers are answerable here.",
    ));
}

#[test]
fn a_join_may_be_needed_in_one_view_alone() {
    let map = "joins:\n  - {line: 3, reason: page break}\n";
    clean(redline("One\n\ntwo.", map, "One two.", "One\n\ntwo."));
    check(redline("One\n\ntwo.", map, "One\n\ntwo.", "One\n\ntwo."), &["source-map-unused sources/s.yaml:6"]);
}

#[test]
fn a_mark_of_change_that_is_not_closed_comes_to_light() {
    check(
        redline("One **two.", "", "One two.", "One two."),
        &["source-word-changed 1.md:4", "source-word-changed authorities/a/protocol/e2/01-main/1.md:4"],
    );
}

#[test]
fn a_marker_stands_where_a_redaction_is_declared() {
    let text = "Contact:\n\n[contact details removed]";
    let clause = "Contact:\n\n[contact details removed]";
    let map = "redactions:\n  - {line: 3, reason: e-mail address}\n";
    clean(source(text).map(map).clause("1", clause));
    check(source(text).clause("1", clause), &["source-redaction-undeclared sources/s.txt:3"]);
    check(
        source("Contact:\n\nSmith").map(map).clause("1", "Contact:\n\nSmith"),
        &["source-map-unused sources/s.yaml:5"],
    );
    check(
        source(text).map(map).map("  - {line: 3, reason: again}\n").clause("1", clause),
        &["source-map-unused sources/s.yaml:5"],
    );
    check(source(text).map(map).clause("1", "Contact:"), &["source-word-lost 1.md:4"]);
}

#[test]
fn a_document_is_a_part_of_the_source_it_names() {
    let lines = |document: &str| format!("  - {{lines: \"1-1\", document: {document}, view: plain}}\n");
    check(
        source("One.").parts(&lines("a/protocol/x")).clause("1", "One."),
        &["source-part-missing edition.yaml:4", "source-part-unknown sources/s.yaml:3"],
    );
    let edition_file = format!("{EDITION}/edition.yaml");
    check(
        source("One.").clause("1", "One.").file(&edition_file, &edition("text: other, ")),
        &["unknown-source edition.yaml:4", "source-part-unknown sources/s.yaml:3"],
    );
    check(
        source("One.").clause("1", "One.").file(&edition_file, &edition("")),
        &["source-missing edition.yaml:5", "source-part-unknown sources/s.yaml:3"],
    );
    let drafted = edition("").replace("verbatim", "drafted-here");
    check(
        source("HEAD")
            .parts("")
            .map(" []\nfurniture:\n  - {line: 1, text: HEAD, reason: x}\n")
            .clause("1", "One.")
            .file(&edition_file, &drafted),
        &[],
    );
    // What was drafted here may have a source; then it is held to it.
    let drafted = edition("text: s, ").replace("verbatim", "drafted-here");
    check(source("One.").clause("1", "Two.").file(&edition_file, &drafted), &["source-word-changed 1.md:4"]);
}

#[test]
fn a_document_may_be_in_several_parts() {
    clean(
        source("One.\n\nHEAD\n\nTwo.")
            .parts("  - {lines: \"5-5\", document: a/protocol/e, view: plain}\n  - {lines: \"1-1\", document: a/protocol/e, view: plain}\n")
            .map("furniture:\n  - {line: 3, text: HEAD, reason: x}\n")
            .clause("1", "Two.\n\nOne."),
    );
}

#[test]
fn an_empty_document_has_lost_all_words() {
    check(source("One two."), &["source-word-lost edition.yaml"]);
    clean(
        source("")
            .parts(" []\n")
            .file(&format!("{EDITION}/edition.yaml"), &edition("").replace("verbatim", "drafted-here")),
    );
}
