//! A clause through the texts of its authority, and what refers to it.

use handbook::handbook::{
    Authority, Block, ClauseId, Edition, Handbook, Inline, ItemId, Part, SectionSlug, Target,
};
use handbook::handbook::{Gone, PartialDate, RecordedClause};
use handbook::site::{Address, Setting, Theme, plan};
use handbook::source::Sources;
use handbook::view::division::Divisions;
use handbook::view::history::{self, Number, Words};
use handbook::view::links;

/// A text: its folder, lines of its `edition.yaml`, and its clauses as id, front matter and
/// words. A clause `title` stands before the first section.
type Text<'t> = (&'t str, &'t str, &'t [(&'t str, &'t str, &'t str)]);

const ADOPTED: &str = "status: adopted\nprovenance: verbatim";

/// The handbook of one town, whose latest text is `current`.
#[track_caller]
fn town(current: &str, texts: &[Text]) -> Handbook {
    let mut sources = Sources::default();
    let mut file = |path: String, text: String| sources.files.insert(path, text.into_bytes().into());
    for (path, text) in [
        ("handbook.yaml", "title: A\npublisher: B\ndescription: C\n"),
        ("topics.yaml", "groups: []\ntopics: []\n"),
        ("principles.yaml", "source: S\nlicence: L\nprinciples: []\n"),
        ("terms.yaml", "terms: []\n"),
        ("legislation.yaml", "legislation: []\n"),
    ] {
        file(path.to_owned(), text.to_owned());
    }
    file(
        "authorities/town/authority.yaml".to_owned(),
        format!("name: Town\nshort_name: Town\nkind: K\njurisdiction: England\n{current}\n"),
    );
    for (slug, lines, clauses) in texts {
        let folder = format!("authorities/town/protocol/{slug}");
        file(
            format!("{folder}/edition.yaml"),
            format!("title: P\nlanguage: en-GB\nsource: {{title: S}}\n{lines}\n"),
        );
        for (section, kind) in [("00-front", "front"), ("01-rules", "section")] {
            let in_it = clauses.iter().filter(|(id, ..)| (*id == "title") == (kind == "front"));
            let ids: Vec<String> = in_it.clone().map(|(id, ..)| format!("\"{id}\"")).collect();
            if ids.is_empty() {
                continue;
            }
            file(
                format!("{folder}/{section}/_section.md"),
                format!("---\nheading: Rules\nkind: {kind}\nclauses: [{}]\n---\n", ids.join(", ")),
            );
            for (id, front, words) in in_it {
                file(
                    format!("{folder}/{section}/{id}.md"),
                    format!("---\nid: \"{id}\"\n{front}\n---\n{words}\n"),
                );
            }
        }
    }
    let (handbook, report) = handbook::intake::read(&sources);
    let errors: Vec<String> = report.diagnostics().iter().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    handbook
}

fn authority(handbook: &Handbook) -> &Authority {
    handbook.authorities.values().next().expect("the town is an authority")
}

fn id(text: &str) -> ClauseId {
    ClauseId::parse(text).unwrap_or_else(|| panic!("{text} is no id"))
}

/// The history in a line: the text shown, then each text with the words and the number there.
#[track_caller]
fn check(handbook: &Handbook, clause: &str, expected: &str) {
    let found = match history::history(
        authority(handbook),
        &id(clause),
        false,
        &Divisions::of(authority(handbook)),
    ) {
        None => "none".to_owned(),
        Some(history) => {
            let texts = history.texts.iter().map(|it| {
                let words = match it.words {
                    Words::Shown => "shown",
                    Words::Same => "same",
                    Words::Differ => "differ",
                    Words::Absent => "absent",
                };
                let number = match it.number {
                    Number::Printed(number) => number,
                    Number::None => "-",
                    Number::NotRecoverable => "?",
                };
                format!("{} {words} {number}", it.edition.slug)
            });
            let texts: Vec<String> = texts.collect();
            let state = if history.current { "current" } else { "older" };
            format!("{} {state}: {}", history.edition.slug, texts.join(", "))
        }
    };
    assert_eq!(found, expected, "{clause}");
}

#[test]
fn a_clause_is_followed_by_its_id_and_not_by_its_number() {
    let handbook = town(
        "current: \"2020\"",
        &[
            ("2010", ADOPTED, &[("1", "number: \"1\"", "Be kind."), ("2", "number: \"2\"", "Be calm.")]),
            (
                "2020",
                "status: adopted\nprovenance: verbatim\nfollows: \"2010\"",
                &[("2", "number: \"1\"", "Be calm."), ("1", "number: \"2\"", "Be kind, always.")],
            ),
        ],
    );
    check(&handbook, "1", "2020 current: 2020 shown 2, 2010 differ 1");
    check(&handbook, "2", "2020 current: 2020 shown 1, 2010 same 2");
    check(&handbook, "3", "none");
}

#[test]
fn a_clause_that_the_latest_text_lacks_is_shown_in_the_newest_that_has_it() {
    let handbook = town(
        "current: \"2020\"",
        &[
            ("2010", ADOPTED, &[("1", "", "One."), ("2", "", "Two.")]),
            ("2015", "status: adopted\nprovenance: verbatim\nfollows: \"2010\"", &[("2", "", "Two, again.")]),
            ("2020", "status: adopted\nprovenance: verbatim\nfollows: \"2015\"", &[("3", "", "Three.")]),
        ],
    );
    check(&handbook, "1", "2010 older: 2020 absent -, 2015 absent -, 2010 shown -");
    check(&handbook, "2", "2015 older: 2020 absent -, 2015 shown -, 2010 differ -");
    check(&handbook, "3", "2020 current: 2020 shown -, 2015 absent -, 2010 absent -");
}

#[test]
fn the_latest_text_is_the_recorded_one_even_where_a_newer_one_is_held() {
    let handbook = town(
        "current: \"2010\"",
        &[
            ("2010", ADOPTED, &[("1", "", "One.")]),
            (
                "2020",
                "status: proposed\nprovenance: verbatim\nfollows: \"2010\"",
                &[("1", "", "One and all.")],
            ),
        ],
    );
    check(&handbook, "1", "2010 current: 2020 differ -, 2010 shown -");
}

#[test]
fn a_number_that_a_reconstruction_cannot_know_is_not_a_missing_one() {
    let handbook = town(
        "current: \"2020\"",
        &[
            ("before", "status: superseded\nprovenance: reconstructed", &[("1", "", "One.")]),
            (
                "2020",
                "status: adopted\nprovenance: verbatim\nfollows: before",
                &[("1", "number: \"1\"", "One."), ("2", "", "Two.")],
            ),
        ],
    );
    check(&handbook, "1", "2020 current: 2020 shown 1, before same ?");
    check(&handbook, "2", "2020 current: 2020 shown -, before absent -");
}

#[test]
fn a_draft_is_no_part_of_the_history() {
    let handbook = town(
        "current: \"2020\"",
        &[
            ("2020", ADOPTED, &[("1", "", "One.")]),
            (
                "2030",
                "status: draft\nprovenance: drafted-here\nfollows: \"2020\"",
                &[("1", "", "One!"), ("2", "", "Two.")],
            ),
        ],
    );
    check(&handbook, "1", "2020 current: 2020 shown -");
    check(&handbook, "2", "none");
    let with_drafts: Vec<&str> =
        history::ids(authority(&handbook), true).into_iter().map(ClauseId::as_str).collect();
    assert_eq!(with_drafts, ["1", "2"]);
}

#[test]
fn title_lines_are_not_cited_by_themselves() {
    let handbook =
        town("current: \"2020\"", &[("2020", ADOPTED, &[("title", "", "Protocol"), ("1", "", "One.")])]);
    let ids: Vec<&str> =
        history::ids(authority(&handbook), false).into_iter().map(ClauseId::as_str).collect();
    assert_eq!(ids, ["1"]);
    check(&handbook, "title", "none");
}

#[test]
fn neighbours_are_of_the_same_kind() {
    let footnote = "number: \"1\"\nkind: footnote\nmark_in: \"1\"";
    let handbook = town(
        "current: \"2020\"",
        &[(
            "2020",
            ADOPTED,
            &[
                ("title", "", "Protocol"),
                ("1", "", "One.[^1]"),
                ("note", footnote, "See two."),
                ("2", "", "Two."),
            ],
        )],
    );
    let edition = authority(&handbook).current_edition().unwrap();
    for (clause, before, after) in [("1", None, Some("2")), ("2", Some("1"), None), ("note", None, None)] {
        let (found_before, found_after) = history::neighbours(edition, edition.clause(&id(clause)).unwrap());
        assert_eq!(found_before.map(|it| it.clause.id.as_str()), before, "{clause}");
        assert_eq!(found_after.map(|it| it.clause.id.as_str()), after, "{clause}");
    }
}

#[test]
fn the_tail_is_cited_only_where_words_follow_a_list() {
    for (words, expected) in [
        ("One.", "".to_owned()),
        ("Lead:\n\n(a) x\n(b) y", "a b".to_owned()),
        ("Lead:\n\n(a) x\n(b) y\n\nTail.", "a b tail".to_owned()),
        ("Lead:\n\n(a) x\n(b) y\n\n<https://example.org/>", "a b tail".to_owned()),
    ] {
        let handbook = town("current: \"2020\"", &[("2020", ADOPTED, &[("1", "", words)])]);
        let edition = authority(&handbook).current_edition().unwrap();
        let found = edition.clause(&id("1")).unwrap().item_ids();
        let found: Vec<&str> = found.iter().map(ItemId::as_str).collect();
        assert_eq!(found.join(" "), expected, "{words}");
    }
}

/// Puts a reference at the end of the first paragraph of a clause.
fn refer(edition: &mut Edition, from: &str, words: &str, target: Target) {
    let parts = edition.sections.iter_mut().flat_map(|it| &mut it.parts);
    let clause = parts.into_iter().find_map(|it| match it {
        Part::Clause(clause) if clause.id.as_str() == from => Some(clause),
        _ => None,
    });
    let Some(Block::Paragraph(inlines)) = clause.and_then(|it| it.blocks.first_mut()) else {
        panic!("{from} does not begin with a paragraph");
    };
    // Inside emphasis, where it is as much a reference as outside.
    inlines.push(Inline::Strong(vec![Inline::Reference { words: words.to_owned(), target }]));
}

#[test]
fn references_are_found_from_both_ends() {
    let mut handbook = town(
        "current: \"2020\"",
        &[(
            "2020",
            ADOPTED,
            &[("title", "", "See "), ("1", "", "One "), ("2", "", "Two: \n\n(a) x"), ("3", "", "Three ")],
        )],
    );
    let authority = handbook.authorities.values_mut().next().unwrap();
    let edition = authority.editions.values_mut().next().unwrap();
    let item = ItemId::parse("a").unwrap();
    refer(edition, "1", "clause 2", Target::Clause(id("2")));
    refer(edition, "3", "2(a)", Target::Item(id("2"), item.clone()));
    refer(edition, "2", "(a) below", Target::Item(id("2"), item));
    refer(edition, "title", "section 1", Target::Section(SectionSlug::parse("rules").unwrap()));
    refer(edition, "3", "section 1", Target::Section(SectionSlug::parse("rules").unwrap()));
    let sections = &edition.sections;
    let mentions = links::Mentions::of(sections);
    let words = |mentions: &[links::Mention]| {
        mentions.iter().map(|it| format!("{}: {}", it.clause.id, it.words)).collect::<Vec<_>>()
    };

    assert_eq!(words(mentions.of_clause(&id("2"))), ["1: clause 2", "3: 2(a)"]);
    assert_eq!(words(mentions.of_clause(&id("1"))), [""; 0]);
    assert_eq!(words(mentions.of_section(&SectionSlug::parse("rules").unwrap())), ["title: section 1"]);
    assert_eq!(words(&links::out_of(edition.clause(&id("3")).unwrap())), ["3: 2(a)", "3: section 1"]);
}

#[test]
fn a_footnote_belongs_to_its_mark_and_to_the_clause_it_names() {
    let note =
        |number: &str, bearer: &str| format!("number: \"{number}\"\nkind: footnote\nmark_in: \"{bearer}\"");
    let (first, second, third) = (note("1", "2"), note("2", "1"), note("3", "1"));
    let handbook = town(
        "current: \"2020\"",
        &[(
            "2020",
            ADOPTED,
            &[
                ("1", "", "One.[^3] More:\n\n(a) x[^2] y[^3]"),
                ("2", "", "Two."),
                ("n1", &first, "N."),
                ("n2", &second, "N."),
                ("n3", &third, "N."),
            ],
        )],
    );
    let edition = authority(&handbook).current_edition().unwrap();
    let clause = |it: &str| edition.clause(&id(it)).unwrap();
    for (of, expected) in [("1", "n3 n2"), ("2", "n1"), ("n1", "")] {
        let found = links::footnotes(&edition.sections, clause(of));
        let found: Vec<&str> = found.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(found.join(" "), expected, "{of}");
    }
    for (of, expected) in [("n1", "2"), ("n2", "1"), ("n3", "1")] {
        let found = links::bearers(&edition.sections, clause(of));
        let found: Vec<&str> = found.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(found.join(" "), expected, "{of}");
    }
}

/// The text of a clause's page, its marks left out, and the anchors in it.
#[track_caller]
fn page(handbook: &Handbook, clause: &str) -> (String, Vec<String>) {
    let theme = Theme::load("default").unwrap_or_else(|error| panic!("{error}"));
    let setting = Setting::default();
    let site = plan(handbook, &theme, &setting);
    let address = Address::clause(&authority(handbook).slug, &id(clause));
    let page = site.page(&address).unwrap_or_else(|| panic!("no page at {address}"));
    let page = page.render().unwrap_or_else(|error| panic!("{error}"));
    let (mut text, mut anchors) = (String::new(), Vec::new());
    for Ok(token) in html5gum::Tokenizer::new(&page[..]) {
        match token {
            html5gum::Token::String(words) => text.push_str(&String::from_utf8_lossy(&words)),
            html5gum::Token::StartTag(tag) => {
                let id = tag.attributes.iter().find(|(name, _)| ***name == *b"id");
                anchors.extend(id.map(|(_, value)| String::from_utf8_lossy(value).into_owned()));
            }
            _ => {}
        }
    }
    (text.split_whitespace().collect::<Vec<_>>().join(" "), anchors)
}

/// Records a clause in the town's ledger.
fn record(handbook: &mut Handbook, clause: &str, recorded: RecordedClause) {
    handbook.authorities.values_mut().next().unwrap().ledger.insert(id(clause), recorded);
}

fn items(ids: &[&str]) -> Vec<ItemId> {
    ids.iter().map(|it| ItemId::parse(it).unwrap()).collect()
}

#[test]
fn a_clause_that_is_gone_keeps_its_address_with_the_day_and_the_reason() {
    let mut handbook = town("current: \"2020\"", &[("2020", ADOPTED, &[("1", "", "One.")])]);
    let gone =
        Gone { on: PartialDate::parse("2025-03").unwrap(), reason: "Published by mistake.".to_owned() };
    record(&mut handbook, "9", RecordedClause { items: items(&["a"]), moved_to: None, gone: Some(gone) });
    let (text, anchors) = page(&handbook, "9");
    assert!(text.contains("Gone since March 2025: Published by mistake."), "{text}");
    assert!(anchors.contains(&"item-a".to_owned()), "{anchors:?}");
}

#[test]
fn a_clause_that_moved_points_to_where_it_went() {
    let mut handbook =
        town("current: \"2020\"", &[("2020", ADOPTED, &[("1", "number: \"1\"", "One:\n\n(a) x")])]);
    let moved = RecordedClause { items: items(&["a", "b"]), moved_to: Some(id("1")), gone: None };
    record(&mut handbook, "9", moved);
    let (text, anchors) = page(&handbook, "9");
    assert!(text.contains("Moved. The clause that stood at this address (“9”) is now Clause 1."), "{text}");
    assert!(text.contains("Item a of Clause 1 Item b stood here and is gone."), "{text}");
    assert!(anchors.contains(&"item-a".to_owned()) && anchors.contains(&"item-b".to_owned()), "{anchors:?}");
}

#[test]
fn an_item_that_went_keeps_its_anchor_with_a_note() {
    let mut handbook = town(
        "current: \"2020\"",
        &[
            ("2010", ADOPTED, &[("1", "", "One:\n\n(a) x\n(b) y")]),
            (
                "2020",
                "status: adopted\nprovenance: verbatim\nfollows: \"2010\"",
                &[("1", "", "One:\n\n(a) x")],
            ),
        ],
    );
    record(
        &mut handbook,
        "1",
        RecordedClause { items: items(&["a", "b", "c"]), ..RecordedClause::default() },
    );
    let (text, anchors) = page(&handbook, "1");
    assert!(text.contains("(b): not in the words shown here. Found in the text “2010”"), "{text}");
    assert!(text.contains("Item c: not in the words shown here."), "{text}");
    for item in ["item-a", "item-b", "item-c"] {
        assert_eq!(anchors.iter().filter(|it| *it == item).count(), 1, "{item} in {anchors:?}");
    }
}

#[test]
fn words_that_were_rejected_do_not_stand_for_a_clause_that_a_text_in_force_had() {
    let follows =
        |status: &str, text: &str| format!("status: {status}\nprovenance: verbatim\nfollows: \"{text}\"");
    let handbook = town(
        "current: \"2020\"",
        &[
            ("2010", ADOPTED, &[("1", "", "Be kind.")]),
            ("2015", &follows("rejected", "2010"), &[("1", "", "Be gladly welcome."), ("2", "", "Sing.")]),
            ("2020", &follows("adopted", "2010"), &[("3", "", "Three.")]),
        ],
    );
    check(&handbook, "1", "2010 older: 2020 absent -, 2015 differ -, 2010 shown -");
    check(&handbook, "2", "2015 older: 2020 absent -, 2015 shown -, 2010 absent -");
}

#[test]
fn a_clause_whose_words_stood_in_another_one_is_followed_to_it() {
    let (one, two) = ("The Council decides on these.", "The Leader decides on all of those.");
    let both = format!("{one}\n\n{two}");
    let handbook = town(
        "current: \"2020\"",
        &[
            ("2010", ADOPTED, &[("1", "number: \"1\"\nsource_note: Doubtful.", &both)]),
            (
                "2020",
                "status: adopted\nprovenance: verbatim\nfollows: \"2010\"",
                &[("1", "number: \"1\"", one), ("2", "number: \"2\"", two)],
            ),
        ],
    );
    let found = history::history(authority(&handbook), &id("2"), false, &Divisions::of(authority(&handbook)))
        .unwrap();
    let within: Vec<_> = found.texts.iter().map(|it| it.within.map(|it| it.clause.id.as_str())).collect();
    assert_eq!(within, [None, Some("1")]);
    let (text, _) = page(&handbook, "2");
    assert!(text.contains("no clause of its own; its words stand in Clause 1 of this text"), "{text}");
    assert!(text.contains("Doubtful."), "{text}");
}

#[test]
fn a_note_on_a_text_is_shown_even_where_its_words_are_the_same() {
    let handbook = town(
        "current: \"2020\"",
        &[
            (
                "2010",
                "status: superseded\nprovenance: reconstructed",
                &[("1", "source_note: Doubtful.", "One.")],
            ),
            ("2020", "status: adopted\nprovenance: verbatim\nfollows: \"2010\"", &[("1", "", "One.")]),
        ],
    );
    let (text, _) = page(&handbook, "1");
    let (_, older) = text.split_once("the same words").expect("the words are the same");
    assert!(older.contains("our reconstruction") && older.contains("Doubtful."), "{text}");
}

#[test]
fn words_that_differ_are_marked_and_those_of_a_council_are_escaped() {
    let handbook = town(
        "current: \"2020\"",
        &[
            ("2010", ADOPTED, &[("1", "", "Be <b>kind</b> & calm.")]),
            ("2020", "status: adopted\nprovenance: verbatim\nfollows: \"2010\"", &[("1", "", "Be kind.")]),
        ],
    );
    let (text, _) = page(&handbook, "1");
    assert!(text.contains("the words differ"), "{text}");
    let marked = "Be [start of deletion] <b>kind</b> & calm [end of deletion] \
                  [start of addition] kind [end of addition].";
    assert!(text.contains(marked), "{text}");
}

#[test]
fn a_clause_is_called_by_its_number_or_else_by_its_first_words() {
    let footnote = "number: \"4\"\nkind: footnote\nmark_in: named";
    for (clause, front, words, title, citation) in [
        ("1", "number: \"1.10\"", "One.", "Town, clause 1.10", "clause 1.10."),
        ("1", "number: \"1.\"", "One.", "Town, clause 1", "clause 1."),
        ("1", "", "One.", "Town, “Rules”: “One.”", "“Rules”, the clause that begins “One.”."),
        (
            "1",
            "",
            "Members, officers and all others shall, always, be kind.",
            "Town, “Rules”: “Members, officers and all others shall, always …”",
            "the clause that begins “Members, officers and all others shall, always …”.",
        ),
        ("1", "", "They may:\n\n(a) x", "Town, “Rules”: “They may …”", "begins “They may …”."),
        ("1", footnote, "See one.", "Town, footnote 4", "footnote 4."),
    ] {
        let named = ("named", "", "One.[^4]");
        let clauses = if front == footnote {
            vec![named, (clause, front, words)]
        } else {
            vec![(clause, front, words)]
        };
        let handbook = town("current: \"2020\"", &[("2020", ADOPTED, &clauses)]);
        let (text, _) = page(&handbook, clause);
        assert!(text.starts_with(&format!("{title} – A")), "{title}: {text}");
        let cited = text.split_once("Cite this clause Town, P, text “2020”, no date, ");
        assert!(cited.is_some_and(|(_, it)| it.contains(citation)), "{citation}: {text}");
    }
}
