//! Words that differ, and words that do not.

use super::{check, clean, source};

#[test]
fn a_document_that_says_what_its_source_says_is_clean() {
    clean(source("One two.\n\nThree.").clause("1", "One two.\n\nThree."));
    clean(
        source("1. THE ROLES\n\nIntroduction.\n\nGeneral\n\n- 1.1 Members:\n- (a) lead; and\n - (b) decide.\n\nSo it is.")
            .section("number: \"1.\"\nheading: THE ROLES\n")
            .clause("intro", "Introduction.")
            .sub_heading("General")
            .clause_with("1.1", "number: \"1.1\"\n", "Members:\n\n(a) lead; and\n(b) decide.\n\nSo it is."),
    );
    clean(
        source("- one\n- two\n\nSee <http://example.org/a>\n")
            .clause("1", "- one\n- two\n\nSee <http://example.org/a>"),
    );
    clean(source("<http://example.org/a>").clause("1", "<http://example.org/a>"));
}

#[test]
fn emphasis_and_links_count_as_their_words() {
    clean(
        source("A **bold** and *slanted* word.**—(1)** x")
            .clause("1", "A bold and *slanted* **word.—(1)** x"),
    );
    clean(source("A bold word 5 * 3").clause("1", "A **bold** word 5 * 3"));
    clean(
        source("Found [on the site](https://example.org/a).")
            .clause("1", "Found [on the site](https://example.org/b)."),
    );
    clean(source("Found on the site.").clause("1", "Found [on the site](https://example.org/a)."));
    clean(source("[please note] and (this)").clause("1", "[please note] and (this)"));
}

#[test]
fn footnotes_are_read_with_raised_numbers() {
    let text = "By law¹², posts.\n\n¹² The Act of 1989.";
    let note = "kind: footnote\nmark_in: \"1\"\nnumber: \"12\"\n";
    clean(source(text).clause("1", "By law[^12], posts.").clause_with("n", note, "The Act of 1989."));
    check(
        source(text).clause("1", "By law, posts[^12].").clause_with("n", note, "The Act of 1989."),
        &["source-word-changed 1.md:4"],
    );
}

#[test]
fn a_lost_word_is_shown_in_the_text_and_not_in_a_note_that_quotes_it() {
    let note = "source_note: \"take care of all. It is so.\"\n";
    let small = source("Members must take care of all.").clause_with("1", note, "take care of all.");
    check(small, &["source-word-lost 1.md:5"]);
}

#[test]
fn a_word_that_was_changed_lost_or_added_is_an_error_where_it_stands() {
    let text = "Members must take care.\n\nOfficers must not.";
    let two = |first: &str, second: &str| source(text).clause("1", first).clause("2", second);
    let (first, second) = ("Members must take care.", "Officers must not.");
    clean(two(first, second));
    for (a, b, expected) in [
        ("Members may take care.", second, "source-word-changed 1.md:4"),
        ("Members must take Care.", second, "source-word-changed 1.md:4"),
        ("Members must take care", second, "source-word-changed 1.md:4"),
        ("Members must care.", second, "source-word-lost 1.md:4"),
        ("must take care.", second, "source-word-lost 1.md:4"),
        ("Members must take", second, "source-word-lost 1.md:4"),
        (first, "must not.", "source-word-lost 2.md:4"),
        (first, "Officers must", "source-word-lost 2.md:4"),
        (first, "Officers must must not.", "source-word-added 2.md:4"),
        (first, "The Officers must not.", "source-word-added 2.md:4"),
        ("Members must take care. Officers", second, "source-word-added 1.md:4"),
        (first, "Officers must not. Ever.", "source-word-added 2.md:4"),
        ("Members must take much more care.", second, "source-word-added 1.md:4"),
    ] {
        check(two(a, b), &[expected]);
    }
}

#[test]
fn a_word_missing_beside_its_like_is_missed_in_the_right_file() {
    let text = "Ask the Council\n\nCouncil officers answer";
    check(
        source(text).clause("1", "Ask the").clause("2", "Council officers answer"),
        &["source-word-lost 1.md:4"],
    );
    check(
        source(text).clause("1", "Ask the Council").clause("2", "officers answer"),
        &["source-word-lost 2.md:4"],
    );
    let text = "Ask the\n\nCouncil officers answer";
    check(
        source(text).clause("1", "Ask the Council").clause("2", "Council officers answer"),
        &["source-word-added 1.md:4"],
    );
    check(
        source("Ask the Council\n\nofficers answer")
            .clause("1", "Ask the Council")
            .clause("2", "Council officers answer"),
        &["source-word-added 2.md:4"],
    );
}

#[test]
fn words_out_of_order_are_told_once() {
    let text = "one two three four five six seven eight nine ten";
    for (words, expected) in [
        ("two one three four five six seven eight nine ten", "source-word-moved 1.md:4"),
        ("one two four five six seven eight three nine ten", "source-word-moved 1.md:4"),
        ("one two three eight nine four five six seven ten", "source-word-moved 1.md:4"),
    ] {
        check(source(text).clause("1", words), &[expected]);
    }
}

#[test]
fn two_clauses_in_the_other_order_are_out_of_order() {
    let text = "Members shall take great care of the office.\n\nOfficers serve the whole Council.";
    check(
        source(text)
            .clause("2", "Officers serve the whole Council.")
            .clause("1", "Members shall take great care of the office."),
        &["source-word-moved 2.md:4"],
    );
}

#[test]
fn numbers_headings_and_labels_are_words() {
    let text = "2. Scrutiny\n\nPetitions\n\n- 2.1 Members:\n- a) ask.";
    let small = |number: &str, heading: &str, sub: &str, clause: &str, label: &str| {
        source(text)
            .section(&format!("number: \"{number}\"\nheading: {heading}\n"))
            .sub_heading(sub)
            .clause_with("c", &format!("number: \"{clause}\"\n"), &format!("Members:\n\n{label} ask."))
    };
    clean(small("2.", "Scrutiny", "Petitions", "2.1", "a)"));
    check(small("3.", "Scrutiny", "Petitions", "2.1", "a)"), &["source-word-changed _section.md:2"]);
    check(small("2.", "Overview", "Petitions", "2.1", "a)"), &["source-word-changed _section.md:3"]);
    check(small("2.", "Scrutiny", "Petition", "2.1", "a)"), &["source-word-changed _section.md:4"]);
    check(small("2.", "Scrutiny", "Petitions", "2.2", "a)"), &["source-word-changed c.md:3"]);
    check(small("2.", "Scrutiny", "Petitions", "2.1", "(a)"), &["source-word-changed c.md:7"]);
    check(small("2.", "Scrutiny", "Petitions", "2.1", "-"), &["source-word-lost c.md:7"]);
}

#[test]
fn a_number_may_be_printed_on_a_line_of_its_own() {
    clean(source("2.1\n\nMembers ask.").clause_with("c", "number: \"2.1\"\n", "Members ask."));
}

#[test]
fn typography_is_a_warning_of_its_own() {
    for (text, clause) in [
        ("the Council's aim", "the Council’s aim"),
        ("a ‘need to know’ basis", "a 'need to know' basis"),
        ("\"blind\" copies", "“blind” copies"),
        ("will – or can", "will - or can"),
        ("non-partisan", "non‑partisan"),
        ("10\u{a0}January", "10 January"),
        ("10 January", "10\u{202f}January"),
        ("co\u{ad}operate", "cooperate"),
    ] {
        let kinds: Vec<String> = source(text)
            .clause("1", clause)
            .report()
            .diagnostics()
            .iter()
            .map(|it| format!("{} {}", it.severity, it.code))
            .collect();
        let count = if text.starts_with("a ‘") { 2 } else { 1 };
        assert_eq!(kinds, vec!["warning source-typography"; count], "{text}");
    }
    check(
        source("the Council's aim").clause("1", "a Council’s aim"),
        &["source-word-changed 1.md:4", "source-typography 1.md:4"],
    );
    // A dash without its spaces is another matter: the words are joined.
    check(source("this - that").clause("1", "this—that"), &["source-word-changed 1.md:4"]);
    // How often a space is repeated, and the tabs of a table, are the paper's.
    clean(source("Date:\t13  February").clause("1", "Date: 13 February"));
}

#[test]
fn both_sides_are_shown_with_words_of_context() {
    let report = source("Officers are not answerable to any one group.\n\nEver.")
        .clause("1", "Officers are not responsible to any one group.\n\nEver.")
        .report();
    assert_eq!(
        report.diagnostics()[0].message,
        "a word is changed: the source has “Officers are not ‹answerable› to any one”, \
         the text “Officers are not ‹responsible› to any one” (sources/s.txt, line 1)"
    );
    assert_eq!(report.diagnostics()[0].place.to_string(), "authorities/a/protocol/e/01-main/1.md:4:18");
    let report = source("Officers are not\n\nanswerable.").clause("1", "Officers are not").report();
    assert_eq!(
        report.diagnostics()[0].message,
        "a word is lost: the source has “Officers are not ‹answerable.›”, the text “Officers are not” (sources/s.txt, line 3)"
    );
}

#[test]
fn a_whole_block_lost_between_two_files_names_both() {
    let report = source("One.\n\nLost block.\n\nTwo.").clause("1", "One.").clause("2", "Two.").report();
    let [found] = report.diagnostics() else { panic!("{report:?}") };
    assert_eq!(found.place.file, "authorities/a/protocol/e/01-main/1.md");
    assert!(found.message.contains("01-main/2.md"), "{}", found.message);
}

#[test]
fn the_rest_of_very_many_differences_is_told_in_one() {
    let numbers = |odd: &str| -> String {
        (0..400).map(|it| if it % 4 == 0 { format!("{odd}{it} ") } else { format!("w{it} ") }).collect()
    };
    let text: &'static str = numbers("a").leak();
    let report = source(text).clause("1", &numbers("b")).report();
    assert_eq!(report.errors(), 51);
    let last = report.diagnostics().iter().find(|it| it.place.file.ends_with("edition.yaml")).unwrap();
    assert!(last.message.ends_with("in 50 more places"), "{}", last.message);
}

#[test]
fn texts_with_nothing_in_common_are_few_differences() {
    let words = |sign: &str, count: usize| -> String {
        (0..count).map(|it| format!("{sign}{} ", it % 700)).collect()
    };
    let text: &'static str = words("a", 5000).leak();
    check(source(text).clause("1", &words("b", 5000)), &["source-word-changed 1.md:4"]);
}
