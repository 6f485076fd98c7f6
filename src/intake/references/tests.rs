use super::*;
use crate::handbook::Handbook;
use crate::intake;
use crate::source::Sources;

/// A handbook with one authority and one protocol: a section 1 with clauses 1.03 (items a,
/// b with i) and 1.04, two clauses numbered 1.09, a section 2, an annex headed `ANNEX A`, a
/// footnote 1 and the clause `x` with `text` and the front matter `front`.
fn read(front: &str, text: &str) -> (Handbook, Report) {
    let files: &[(&str, &str)] = &[
        ("handbook.yaml", "title: T\npublisher: P\ndescription: D\n"),
        ("topics.yaml", "groups: []\ntopics: []\n"),
        ("principles.yaml", "source: s\nlicence: l\nprinciples: []\n"),
        ("terms.yaml", "terms: []\n"),
        (
            "legislation.yaml",
            "legislation:\n  - {slug: housing-act, title: Housing Act 1989, identifier: ukpga/1989/42}\n",
        ),
        ("authorities/a/authority.yaml", "name: A\nshort_name: A\nkind: k\njurisdiction: England\n"),
        (
            "authorities/a/protocol/one/edition.yaml",
            "title: T\nstatus: published\nlanguage: en-GB\nsource: {title: S}\nprovenance: verbatim\n",
        ),
        (
            "authorities/a/protocol/one/01-first/_section.md",
            "---\nnumber: \"1.\"\nclauses: [\"1.03\", \"1.04\", nine, ten, x, footnote-1]\n---\n",
        ),
        (
            "authorities/a/protocol/one/01-first/1.03.md",
            "---\nid: \"1.03\"\nnumber: \"1.03\"\n---\nL:\n\n(a) a\n(b) b:\n    (i) i\n",
        ),
        ("authorities/a/protocol/one/01-first/1.04.md", "---\nid: \"1.04\"\nnumber: \"1.04.\"\n---\nW\n"),
        ("authorities/a/protocol/one/01-first/nine.md", "---\nid: nine\nnumber: \"1.09\"\n---\nW\n"),
        ("authorities/a/protocol/one/01-first/ten.md", "---\nid: ten\nnumber: \"1.09\"\n---\nW\n"),
        (
            "authorities/a/protocol/one/01-first/footnote-1.md",
            "---\nid: footnote-1\nnumber: \"1\"\nkind: footnote\n---\nN\n",
        ),
        ("authorities/a/protocol/one/02-second/_section.md", "---\nnumber: \"2\"\nclauses: [\"two\"]\n---\n"),
        ("authorities/a/protocol/one/02-second/two.md", "---\nid: two\n---\nW\n"),
        (
            "authorities/a/protocol/one/03-forms/_section.md",
            "---\nheading: \"ANNEX A: Forms\"\nkind: annex\nclauses: [form]\n---\n",
        ),
        ("authorities/a/protocol/one/03-forms/form.md", "---\nid: form\n---\nW\n"),
    ];
    let mut sources = Sources::default();
    for (file, text) in files {
        sources.files.insert((*file).to_owned(), text.as_bytes().into());
    }
    let clause = format!("---\nid: x\n{front}---\n{text}\n");
    sources.files.insert("authorities/a/protocol/one/01-first/x.md".to_owned(), clause.into_bytes().into());
    intake::read(&sources)
}

fn show(inlines: &[Inline]) -> String {
    let show = |it: &Inline| match it {
        Inline::Text(text) => text.clone(),
        Inline::Strong(words) | Inline::Emphasis(words) => format!("*{}*", show(words)),
        Inline::Link { words, .. } => format!("<{}>", show(words)),
        Inline::Footnote { number, .. } => format!("[^{number}]"),
        Inline::Reference { words, target } => {
            let target = match target {
                Target::Section(slug) => slug.to_string(),
                Target::Clause(id) => id.to_string(),
                Target::Item(id, item) => format!("{id}/{item}"),
                Target::Legislation { slug, provision: None } => format!("law:{slug}"),
                Target::Legislation { slug, provision: Some(it) } => format!("law:{slug}:{it}"),
            };
            format!("{{{words}->{target}}}")
        }
    };
    inlines.iter().map(show).collect()
}

/// The text with its links as `{words->target}`, and the codes of what was found.
#[track_caller]
fn check_with(front: &str, text: &str, expected: &str, codes: &[&str]) -> Report {
    let (handbook, report) = read(front, text);
    let edition = handbook.authorities.values().next().unwrap().editions.values().next().unwrap();
    let clause = edition.clauses().find(|it| it.id.as_str() == "x").unwrap();
    let lines: Vec<String> = Block::paragraphs(&clause.blocks).into_iter().map(show).collect();
    assert_eq!(lines.join("|"), expected);
    let found: Vec<&str> = report.diagnostics().iter().map(|it| it.code).collect();
    assert_eq!(found, codes, "{:?}", report.diagnostics());
    report
}

#[track_caller]
fn check(text: &str, expected: &str, codes: &[&str]) {
    check_with("", text, expected, codes);
}

#[test]
fn printed_references_lead_to_sections_clauses_items_and_annexes() {
    check("as paragraph 1.03 says", "as {paragraph 1.03->1.03} says", &[]);
    check("clauses 1.03 and 1.04.", "{clauses 1.03->1.03} and {1.04->1.04}.", &[]);
    check("see 1.03 or clause 1.03(a)", "see 1.03 or {clause 1.03(a)->1.03/a}", &[]);
    check("clause 1.03(b)(i)", "{clause 1.03(b)(i)->1.03/b.i}", &[]);
    check("set out below in section 2 (x)", "set out below in {section 2->second} (x)", &[]);
    check("see section 2 of this Protocol to", "see {section 2 of this Protocol->second} to", &[]);
    check("see APPENDIX A.", "see {APPENDIX A->forms}.", &[]);
    check("(see **Annex A**)", "(see *{Annex A->forms}*)", &[]);
    check("paragraph 2", "{paragraph 2->second}", &[]);
    check("as footnote 1 says[^1].", "as {footnote 1->footnote-1} says[^1].", &[]);
}

#[test]
fn places_of_other_documents_are_left_alone() {
    for text in [
        "paragraph 2.8 of the Code of Conduct for Employees",
        "(at Part 7 of this Constitution)",
        "the Code, paragraph 1.03",
    ] {
        check(text, text, &[]);
    }
    check("**section 2** of the Constitution", "*section 2* of the Constitution", &[]);
    // A section of an Act gives its name to more than itself.
    for text in
        ["the Section 151 Officer", "a section 2 report", "Section 114 Notices", "a section 106 agreement"]
    {
        check(text, text, &[]);
    }
    check("see section 2: officers", "see {section 2->second}: officers", &[]);
    check("Under section 2 officers must", "Under {section 2->second} officers must", &[]);
    check("Under section 9 reports are", "Under section 9 reports are", &["dangling-reference"]);
}

#[test]
fn a_place_is_of_the_work_that_the_place_beside_it_is_of() {
    let of_the_act = "{section 2 of the Housing Act 1989->law:housing-act:section 2}";
    for joint in [" and ", " or ", ", "] {
        check(
            &format!("Under section 2{joint}section 2 of the Housing Act 1989"),
            &format!("Under section 2{joint}{of_the_act}"),
            &[],
        );
    }
    check(
        "section 2, section 7 and section 9 of the Code",
        "section 2, section 7 and section 9 of the Code",
        &[],
    );
    check(
        "Section 2 of, and Schedule 2 to, the Housing Act 1989",
        "Section 2 of, and Schedule 2 to, the {Housing Act 1989->law:housing-act}",
        &[],
    );
    check(
        "the Housing Act 1989, in particular section 2",
        "the {Housing Act 1989->law:housing-act}, in particular section 2",
        &[],
    );
    check(
        "clause 1.03 and section 2 of the Housing Act 1989",
        &format!("{{clause 1.03->1.03}} and {of_the_act}"),
        &[],
    );
    check_with(
        "references: {section 9: two}\n",
        "section 2 and section 9",
        "{section 2->second} and {section 9->two}",
        &[],
    );
}

#[test]
fn no_mark_of_a_footnote_stands_in_a_link() {
    let text = "[the Code[^1]](https://example.org)";
    check(text, "<the Code[^1]>", &["footnote-in-link"]);
}

#[test]
fn a_number_is_compared_as_it_is_printed() {
    check("clause 1.3", "clause 1.3", &["dangling-reference"]);
    check("clause 1.4", "clause 1.4", &["dangling-reference"]);
    check("section 3", "section 3", &["dangling-reference"]);
    check("clause 1.03(c)", "clause 1.03(c)", &["dangling-reference"]);
    check("Appendix B", "Appendix B", &["dangling-reference"]);
    check("Part A", "Part A", &["dangling-reference"]);
    check("clause 1.09", "clause 1.09", &["ambiguous-reference"]);
}

#[test]
fn acts_lead_to_the_register() {
    check(
        "Section 2 of the Housing Act 1989.",
        "{Section 2 of the Housing Act 1989->law:housing-act:Section 2}.",
        &[],
    );
    check(
        "section 2, Housing Act 1989 and section 2 Care Act 2014",
        "section 2, {Housing Act 1989->law:housing-act} and section 2 Care Act 2014",
        &["unknown-legislation"],
    );
    check(
        "the *Housing Act 1989*, section 2",
        "the *{Housing Act 1989->law:housing-act}*, {section 2->second}",
        &[],
    );
    check("the Care Act 2014", "the Care Act 2014", &["unknown-legislation"]);
}

#[test]
fn the_editors_word_goes_before_what_the_text_says() {
    check_with(
        "references: {\"see Annex A\": two, Annex: none}\n",
        "(see Annex A)(Annex A)",
        "({see Annex A->two})(Annex A)",
        &[],
    );
    check_with("references: {the list: 1.03/b.i}\n", "in the list", "in {the list->1.03/b.i}", &[]);
    check_with("references: {section 9: none}\n", "section 9", "section 9", &[]);
    check_with(
        "references: {this Protocol: form}\n",
        "see section 2 of this Protocol.",
        "see {section 2->second} of {this Protocol->form}.",
        &[],
    );
    check_with(
        "references: {section 9 of that Act: \"legislation:housing-act\"}\n",
        "section 9 of that Act",
        "{section 9 of that Act->law:housing-act:section 9}",
        &[],
    );
}

#[test]
fn an_override_that_cannot_be_followed_is_an_error_with_the_likely_name() {
    let hint = |report: &Report| report.diagnostics()[0].hint.clone().unwrap_or_default();
    let report = check_with("references: {here: secnd}\n", "here", "here", &["unknown-target"]);
    assert_eq!(hint(&report), "did you mean `second`?");
    let report = check_with("references: {here: 1.03/b.ii}\n", "here", "here", &["unknown-target"]);
    assert_eq!(hint(&report), "did you mean `1.03/b.i`?");
    let report =
        check_with("references: {here: \"legislation:housing\"}\n", "here", "here", &["unknown-target"]);
    assert_eq!(hint(&report), "did you mean `legislation:housing-act`?");
    let report = check_with("references: {There: two}\n", "there", "there", &["reference-not-in-text"]);
    assert_eq!(hint(&report), "did you mean `there`?");
    let report =
        check_with("references: {to there: two}\n", "to **there**", "to *there*", &["reference-not-in-text"]);
    assert!(hint(&report).contains("bold"));
    check_with("references: {the: two}\n", "there", "there", &["reference-not-in-text"]);
}

proptest::proptest! {
    #[test]
    fn tying_keeps_every_word(text in "(section|Part|Annex|the|of| of this Protocol|Act|Housing|1989|1\\.03|2|\\(a\\)|,|and|é| ){0,12}") {
        let front = "references: {this Protocol: form, Act 1989: two, the: none}\n";
        let (handbook, _) = read(front, &format!("W {text}"));
        let edition = handbook.authorities.values().next().unwrap().editions.values().next().unwrap();
        let clause = edition.clauses().find(|it| it.id.as_str() == "x").unwrap();
        let whole = format!("W {text}");
        proptest::prop_assert_eq!(clause.plain(), whole.trim_end());
    }
}
