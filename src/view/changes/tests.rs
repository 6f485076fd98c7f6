use super::*;
use crate::handbook::{AuthoritySlug, DocumentSlug};
use crate::sample::handbook;

/// A clause: id, printed number, words.
type Text<'t> = &'t [(&'t str, Option<&'t str>, &'t str)];

/// What changed between two editions of alpha with these clauses; `provenance` is that of the
/// earlier one.
#[track_caller]
fn check(provenance: &str, before: Text, after: Text, expected: &[&str]) {
    let mut files = Vec::new();
    for (edition, clauses, provenance, follows) in
        [("2020-01-02", before, provenance, ""), ("2021", after, "drafted-here", "follows: 2020-01-02\n")]
    {
        let folder = format!("authorities/alpha/protocol/{edition}");
        let meta = format!(
            "title: Protocol\nstatus: published\nlanguage: en-GB\n{follows}source: {{title: Protocol}}\nprovenance: {provenance}\n"
        );
        files.push((format!("{folder}/edition.yaml"), meta));
        let ids: Vec<String> = clauses.iter().map(|(id, ..)| format!("\"{id}\"")).collect();
        files.push((
            format!("{folder}/01-rules/_section.md"),
            format!("---\nclauses: [{}]\n---\n", ids.join(", ")),
        ));
        for (id, number, words) in clauses {
            let number = number.map_or(String::new(), |it| format!("number: \"{it}\"\n"));
            files.push((
                format!("{folder}/01-rules/{id}.md"),
                format!("---\nid: \"{id}\"\n{number}topics: []\n---\n{words}\n"),
            ));
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let book = handbook(&files);
    let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
    let edition = |it: &str| &alpha.editions[&DocumentSlug::parse(it).unwrap()];
    let changes = compare(edition("2020-01-02"), edition("2021"));
    assert_eq!(lines(&changes), expected);
}

fn lines(changes: &Changes) -> Vec<String> {
    let mut lines = Vec::new();
    let pairs = |it: &[Pair]| it.iter().map(|it| it.after.id.to_string()).collect::<Vec<_>>();
    let ids = |it: &[&Clause]| it.iter().map(|it| it.id.to_string()).collect::<Vec<_>>();
    let parts = |it: &[Division]| {
        let of = |it: &Division| {
            let parts: Vec<&str> = it.parts.iter().map(|it| it.id.as_str()).collect();
            format!("{} with {}", it.whole.before.id, parts.join(" "))
        };
        it.iter().map(of).collect::<Vec<_>>()
    };
    for (kind, ids) in [
        ("added", ids(&changes.added)),
        ("removed", ids(&changes.removed)),
        ("divided", parts(&changes.divided)),
        ("merged", parts(&changes.merged)),
        ("reworded", pairs(&changes.reworded)),
        ("renumbered", pairs(&changes.renumbered)),
        ("moved", changes.moved.as_deref().map(ids).unwrap_or_default()),
    ] {
        if !ids.is_empty() {
            lines.push(format!("{kind} {}", ids.join(" ")));
        }
    }
    match changes.numbers {
        Numbers::Compared => {}
        Numbers::NotKnown(it) => lines.push(format!("numbers of {} not known", it.slug)),
        Numbers::NotPrinted(it) => lines.push(format!("no numbers in {}", it.slug)),
    }
    assert_eq!(
        changes.is_empty(),
        !lines.iter().any(|it| !it.contains("number") || it.starts_with("renumbered"))
    );
    lines
}

#[test]
fn clauses_come_go_and_change_their_words() {
    check(
        "drafted-here",
        &[("1", Some("1"), "Be polite."), ("2", Some("2"), "Be brief."), ("3", Some("3"), "Stay.")],
        &[("1", Some("1"), "Be kind."), ("3", Some("3"), "Stay."), ("4", Some("4"), "Tell.")],
        &["added 4", "removed 2", "reworded 1"],
    );
}

#[test]
fn a_clause_that_was_divided_or_merged_is_neither_added_nor_removed_nor_reworded() {
    let (one, two) = ("The Council decides on these.", "The Leader decides on all of those.");
    let both = format!("{one}\n\n{two}");
    check(
        "drafted-here",
        &[("1", Some("1"), &both)],
        &[("1", Some("1"), one), ("2", Some("2"), two), ("3", Some("3"), "Tell.")],
        &["added 3", "divided 1 with 2"],
    );
    check(
        "drafted-here",
        &[("1", Some("1"), one), ("2", Some("2"), two), ("3", Some("3"), "Tell.")],
        &[("1", Some("1"), &both)],
        &["removed 3", "merged 1 with 2"],
    );
}

#[test]
fn the_same_text_has_no_changes() {
    check("drafted-here", &[("1", Some("1"), "Stay.")], &[("1", Some("1"), "Stay.")], &[]);
}

#[test]
fn a_clause_with_another_number_is_the_same_clause() {
    check(
        "drafted-here",
        &[("1", Some("1"), "One."), ("2", Some("2"), "Two.")],
        &[("1", Some("1"), "One."), ("new", Some("2"), "New."), ("2", Some("3"), "Two.")],
        &["added new", "renumbered 2"],
    );
}

#[test]
fn a_doubt_about_a_reconstructed_reading_is_told_where_the_words_are_the_same() {
    let noted = |provenance: &str| {
        let edition = format!(
            "title: P\nstatus: superseded\nlanguage: en-GB\nsource: {{title: P}}\nprovenance: {provenance}\n"
        );
        let later = "title: P\nstatus: published\nfollows: 2020-01-02\nlanguage: en-GB\nsource: {title: P}\nprovenance: drafted-here\n";
        let clause = "---\nid: \"1\"\ntopics: []\n---\nStay.\n";
        let doubtful = "---\nid: \"1\"\ntopics: []\nsource_note: Uncertain.\n---\nStay.\n";
        let book = handbook(&[
            ("authorities/alpha/protocol/2020-01-02/edition.yaml", &edition),
            (crate::sample::CLAUSE, doubtful),
            ("authorities/alpha/protocol/2021/edition.yaml", later),
            ("authorities/alpha/protocol/2021/01-rules/_section.md", "---\nclauses: [\"1\"]\n---\n"),
            ("authorities/alpha/protocol/2021/01-rules/1.md", clause),
        ]);
        let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
        let steps = steps(alpha, false);
        let changes = steps[1].changes.as_ref().unwrap();
        assert!(changes.is_empty());
        changes.doubtful.len()
    };
    assert_eq!((noted("reconstructed"), noted("drafted-here")), (1, 0));
}

#[test]
fn lost_numbers_and_order_of_a_reconstructed_text_are_no_change() {
    check(
        "reconstructed",
        &[("2", None, "Two."), ("1", None, "One.")],
        &[("1", Some("1"), "One."), ("2", Some("2"), "Two.")],
        &["numbers of 2020-01-02 not known"],
    );
    check(
        "reconstructed",
        &[("1", Some("1"), "One."), ("2", None, "Two.")],
        &[("1", Some("1.1"), "One."), ("2", Some("2"), "Two.")],
        &["renumbered 1"],
    );
}

#[test]
fn that_a_text_prints_no_numbers_is_said_once() {
    check(
        "drafted-here",
        &[("1", None, "One."), ("2", None, "Two.")],
        &[("1", Some("1"), "One."), ("2", Some("2"), "Two.")],
        &["no numbers in 2020-01-02"],
    );
}

#[test]
fn one_clause_that_moved_does_not_move_the_others() {
    check(
        "drafted-here",
        &[("1", Some("1"), "One."), ("2", Some("2"), "Two."), ("3", Some("3"), "Three.")],
        &[("3", Some("3"), "Three."), ("1", Some("1"), "One."), ("2", Some("2"), "Two.")],
        &["moved 3"],
    );
}

#[test]
fn a_change_of_print_is_told_from_a_change_of_words() {
    let book = handbook(&[]);
    let clause =
        book.authorities.values().flat_map(|it| it.editions.values()).next().unwrap().clauses().next();
    let of = |words: &str| {
        let mut clause = clause.unwrap().clone();
        clause.blocks =
            vec![crate::handbook::Block::Paragraph(vec![crate::handbook::Inline::Text(words.to_owned())])];
        clause
    };
    let list = |label: Option<&str>, words: &str| {
        let mut clause = of(words);
        let id = crate::handbook::ItemId::parse("a").unwrap();
        let blocks = std::mem::take(&mut clause.blocks);
        let item = crate::handbook::Item { id, label: label.map(str::to_owned), blocks };
        clause.blocks = vec![crate::handbook::Block::List(vec![item])];
        clause
    };
    for (before, after, expected) in [
        (of("The Member's duty; so"), of("the Member’s duty, so."), Difference::Print),
        (of("Members may ask"), of("Members must ask"), Difference::Words),
        (of("Members may ask"), of("Members may not ask"), Difference::Words),
        (of("(a) one"), of("(b) one"), Difference::Words),
        (list(Some("(a)"), "one"), list(Some("1."), "one"), Difference::Labels),
        (list(None, "one"), list(Some("1."), "one"), Difference::Labels),
        (list(None, "one"), list(Some("1."), "One;"), Difference::LabelsAndPrint),
        (list(None, "one"), list(Some("1."), "two"), Difference::Words),
    ] {
        assert_eq!(Pair { before: &before, after: &after }.difference(), expected, "{after:?}");
    }
    for (before, after, expected) in [
        ("the Head may", "the Director/Head may", Some(("Head", "Director/Head", 0))),
        ("a b c d", "a c d e f", Some(("b", "", 1))),
        ("a b", "a x b", Some(("", "x", 0))),
        ("a b", "a b", None),
    ] {
        let (before, after) = (of(before), of(after));
        let found = Pair { before: &before, after: &after }.first_difference();
        let found = found.as_ref().map(|it| (it.before.as_str(), it.after.as_str(), it.others));
        assert_eq!(found, expected, "{after:?}");
    }
}

#[test]
fn headings_that_came_went_or_changed_are_told() {
    let section = |front: &str| format!("---\n{front}\n---\n");
    let old = section("number: \"1.\"\nheading: RULES\nclauses: [{heading: Manners}, \"1\"]");
    let new = section("number: \"1\"\nheading: Rules\nclauses: [{heading: Tone}, \"1\"]");
    let edition = "title: Protocol\nstatus: published\nfollows: 2020-01-02\nlanguage: en-GB\nsource: {title: P}\nprovenance: drafted-here\n";
    let clause = "---\nid: \"1\"\nnumber: \"1\"\ntopics: []\n---\nMembers are polite.\n";
    let book = handbook(&[
        ("authorities/alpha/protocol/2020-01-02/01-rules/_section.md", &old),
        ("authorities/alpha/protocol/2021/01-rules/_section.md", &new),
        ("authorities/alpha/protocol/2021/edition.yaml", edition),
        ("authorities/alpha/protocol/2021/01-rules/1.md", clause),
    ]);
    let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
    let steps = steps(alpha, false);
    assert!(steps[0].changes.is_none());
    let said = |it: &HeadingChange| (it.before.clone(), it.after.clone());
    let some = |it: &str| Some(it.to_owned());
    let found: Vec<_> = steps[1].changes.as_ref().unwrap().headings.iter().map(said).collect();
    assert_eq!(found, [(some("1. RULES"), some("1 Rules")), (None, some("Tone")), (some("Manners"), None)]);
}

#[test]
fn drafts_are_left_out_unless_asked_for() {
    let edition = |status: &str| {
        format!(
            "title: P\nstatus: {status}\nfollows: 2020-01-02\nlanguage: en-GB\nsource: {{title: P}}\nprovenance: drafted-here\n"
        )
    };
    let (draft, adopted) = (edition("draft"), edition("proposed"));
    for (edition, drafts, expected) in [(&draft, false, 1), (&draft, true, 2), (&adopted, false, 2)] {
        let book = handbook(&[("authorities/alpha/protocol/2021/edition.yaml", edition)]);
        let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
        assert_eq!(steps(alpha, drafts).len(), expected);
    }
}
