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
            files: files.into_iter().map(|(file, text)| (file, text.into_bytes())).collect(),
            report: Report::default(),
        };
        let (handbook, read): (Handbook, Report) = intake::read(&sources);
        // Registers are missing here and not looked at; whatever else is wrong is a slip of the test.
        let slips: Vec<_> = read.diagnostics().iter().filter(|it| it.code != "missing-file").collect();
        assert!(slips.is_empty(), "{slips:?}");
        let mut report = Report::default();
        super::check(&handbook, jiff::civil::date(2026, 11, 22), &mut report);
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
    let text = "By law¹², posts.\n\n¹² Section 2.";
    let note = "kind: footnote\nmark_in: \"1\"\nnumber: \"12\"\n";
    clean(source(text).clause("1", "By law[^12], posts.").clause_with("n", note, "Section 2."));
    check(
        source(text).clause("1", "By law, posts[^12].").clause_with("n", note, "Section 2."),
        &["source-word-changed 1.md:4"],
    );
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
    check(source("One.").map(map).clause("1", "One."), &["source-map-unused sources/s.yaml:5"]);
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
            .map("furniture:\n  - {line: 2, text: \"\", reason: header}\n  - {line: 9, text: x, reason: header}\n")
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
    let found = moved("3\", before: 99").clause("1", "One two.\n\nThree.\n\nFour.").found();
    assert_eq!(found, ["source-map-unused sources/s.yaml:5"]);
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
    for map in [
        "readings:\n  - {line: 1, printed: \"three\", read: \"3\", reason: x}\n",
        "readings:\n  - {line: 2, printed: \"three\", read: \"3\", reason: x}\n",
        "readings:\n  - {line: 7, printed: \"three\", read: \"3\", reason: x}\n",
        "readings:\n  - {line: 0, printed: \"three\", read: \"3\", reason: x}\n",
    ] {
        check(source("one two").map(map).clause("1", "one two"), &["source-map-unused sources/s.yaml:5"]);
    }
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
