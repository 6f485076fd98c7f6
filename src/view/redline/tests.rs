use proptest::prelude::*;

use super::paragraphs::Paragraph;
use super::*;
use crate::handbook::{
    AuthoritySlug, Block, ClauseId, ClauseKind, Handbook, Inline, Item, Part, Provenance, SectionKind,
    SectionSlug,
};
use crate::sample::handbook;

/// A clause: id, printed number, words; a line that begins with `#` is a sub-heading, one that
/// begins with `##` a section's.
type Text<'t> = &'t [(&'t str, Option<&'t str>, &'t str)];

fn sample() -> Handbook {
    handbook(&[])
}

/// An edition with these clauses. A paragraph is a line; one that begins with `-` or `(a)` an item.
fn edition(book: &Handbook, clauses: &[(String, Option<String>, String)], provenance: Provenance) -> Edition {
    let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
    let mut edition = alpha.editions.values().next().unwrap().clone();
    edition.provenance = provenance;
    let template = edition.clauses().next().unwrap().clone();
    let mut section = edition.sections[0].clone();
    section.parts.clear();
    edition.sections.clear();
    for (id, number, words) in clauses {
        if let Some(heading) = words.strip_prefix("## ") {
            edition.sections.push(std::mem::replace(
                &mut section,
                Section { parts: Vec::new(), ..edition_section(id, heading) },
            ));
        } else if let Some(heading) = words.strip_prefix("# ") {
            section.parts.push(Part::SubHeading(heading.to_owned()));
        } else {
            let clause = Clause {
                id: ClauseId::parse(id).unwrap(),
                number: number.clone(),
                blocks: blocks(words),
                kind: ClauseKind::Clause,
                ..template.clone()
            };
            section.parts.push(Part::Clause(Box::new(clause)));
        }
    }
    edition.sections.push(section);
    edition
}

fn edition_section(slug: &str, heading: &str) -> Section {
    Section {
        slug: SectionSlug::parse(slug).unwrap(),
        kind: SectionKind::Section,
        number: None,
        heading: Some(heading.to_owned()),
        parts: Vec::new(),
        source_note: None,
        file: String::new(),
    }
}

fn blocks(words: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in words.lines() {
        let paragraph = |it: &str| Block::Paragraph(vec![Inline::Text(it.to_owned())]);
        let label = line.split_once(' ').filter(|(it, _)| *it == "-" || it.ends_with(')'));
        match label {
            None => blocks.push(paragraph(line)),
            Some((label, rest)) => {
                let item = Item {
                    id: crate::handbook::ItemId::parse("a").unwrap(),
                    label: Some(label.to_owned()).filter(|it| it != "-"),
                    blocks: vec![paragraph(rest)],
                };
                match blocks.last_mut() {
                    Some(Block::List(items)) => items.push(item),
                    _ => blocks.push(Block::List(vec![item])),
                }
            }
        }
    }
    blocks
}

fn owned(text: Text) -> Vec<(String, Option<String>, String)> {
    text.iter().map(|(id, number, words)| ((*id).into(), number.map(Into::into), (*words).into())).collect()
}

/// What each passage that changed came to, with its words as `[-removed-]{+added+}`.
fn told(redline: &Redline) -> Vec<String> {
    let mut told = Vec::new();
    for (at, passage) in redline.passages.iter().enumerate() {
        let changes = redline.changes_of(at);
        if passage.is_unchanged(redline, at) {
            continue;
        }
        let name = match &passage.of {
            Of::Section { .. } => "section".to_owned(),
            Of::SubHeading => "sub-heading".to_owned(),
            Of::Clauses { before, after } => {
                let ids =
                    |it: &[Where]| it.iter().map(|it| it.clause.id.to_string()).collect::<Vec<_>>().join("+");
                match (ids(before), ids(after)) {
                    (a, b) if a == b || a.is_empty() => b,
                    (a, b) if b.is_empty() => a,
                    (a, b) => format!("{a}>{b}"),
                }
            }
        };
        let said = changes.iter().map(|it| match it.what {
            What::Words { .. } => match it.kind {
                Kind::Wording => "words",
                Kind::Print => "print",
                Kind::Numbering => "numbers",
                Kind::Layout => "space",
            },
            What::Added => "added",
            What::Removed => "removed",
            What::Split => "split",
            What::Merged => "merged",
            What::Moved => "moved",
            What::Numbered => "numbered",
            What::Set => "set",
        });
        let lines: Vec<String> = passage.lines.iter().map(line).collect();
        told.push(format!("{name} {}: {}", said.collect::<Vec<_>>().join(" "), lines.join(" / ")));
    }
    told
}

fn line(line: &Line) -> String {
    let mut out = match (&line.before, &line.after) {
        (Some(_), None) => "<".to_owned(),
        (None, Some(_)) => ">".to_owned(),
        _ => String::new(),
    };
    for piece in &line.pieces {
        match piece {
            Piece::Kept(text) => out.push_str(text),
            Piece::Changed(place) => {
                if !place.removed.is_empty() {
                    out.push_str(&format!("[-{}-]", place.removed));
                }
                if !place.added.is_empty() {
                    out.push_str(&format!("{{+{}+}}", place.added));
                }
            }
        }
    }
    out
}

#[track_caller]
fn check(before: Text, after: Text, expected: &[&str]) {
    check_of(Provenance::DraftedHere, before, after, expected);
}

#[track_caller]
fn check_of(provenance: Provenance, before: Text, after: Text, expected: &[&str]) {
    let book = sample();
    let before = edition(&book, &owned(before), provenance);
    let after = edition(&book, &owned(after), Provenance::DraftedHere);
    let redline = Redline::of(&before, &after);
    assert_eq!(told(&redline), expected);
    rebuilds(&redline);
    rebuilds_in_order(&Redline::in_order(&before, &after));
    for (at, change) in redline.changes.iter().enumerate() {
        assert_eq!(change.number, at + 1);
    }
}

/// The changes of words alone, of one clause.
#[track_caller]
fn check_words(before: &str, after: &str, expected: &str) {
    let paragraphs = |it: &str| paragraphs::paragraphs(0, &blocks(it));
    let (before, after) = (paragraphs(before), paragraphs(after));
    let found = words::lines(&before, &after);
    assert_eq!(found.iter().map(line).collect::<Vec<_>>().join(" / "), expected);
    assert_eq!([sides(&found, 0).0, sides(&found, 0).1], [before, after]);
}

/// The paragraphs of both sides, of one clause of each.
fn sides(lines: &[Line], _: usize) -> (Vec<Paragraph>, Vec<Paragraph>) {
    let mut sides = (Vec::new(), Vec::new());
    for line in lines {
        let all = [
            (&mut sides.0, &line.before, Piece::before as fn(&Piece) -> &str),
            (&mut sides.1, &line.after, Piece::after),
        ];
        for (side, start, words) in all {
            if let Some(start) = start {
                side.push(Paragraph { start: start.clone(), words: String::new() });
            }
            let text: String = line.pieces.iter().map(words).collect();
            match side.last_mut() {
                Some(last) => last.words.push_str(&text),
                None => assert_eq!(text, ""),
            }
        }
    }
    sides
}

/// Each clause, put together again from either side, is what its text has.
fn rebuilds(redline: &Redline) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for passage in &redline.passages {
        let Of::Clauses { before: old, after: new } = &passage.of else { continue };
        let sides = sides(&passage.lines, 0);
        for (places, found, all) in [(old, sides.0, &mut before), (new, sides.1, &mut after)] {
            for (at, place) in places.iter().enumerate() {
                let own: Vec<_> = found.iter().filter(|it| it.start.clause == at).cloned().collect();
                assert_eq!(own, paragraphs::paragraphs(at, &place.clause.blocks));
                all.push(&place.clause.id);
            }
        }
    }
    for (edition, mut found) in [(redline.before, before), (redline.after, after)] {
        let mut all: Vec<&ClauseId> = edition.clauses().map(|it| &it.id).collect();
        all.sort();
        found.sort();
        assert_eq!(found, all, "each clause stands once");
    }
}

/// Each text, read from the beginning to the end of one side, is what it is.
fn rebuilds_in_order(redline: &Redline) {
    let whole = |edition: &Edition| -> Vec<String> {
        let mut all = Vec::new();
        for section in &edition.sections {
            all.extend(section.heading.clone());
            for part in &section.parts {
                match part {
                    Part::SubHeading(it) => all.push(it.clone()),
                    Part::Clause(it) => {
                        all.extend(paragraphs::paragraphs(0, &it.blocks).into_iter().map(|it| it.words))
                    }
                }
            }
        }
        all
    };
    let mut found = (Vec::new(), Vec::new());
    for passage in &redline.passages {
        let sides = sides(&passage.lines, 0);
        found.0.extend(sides.0.into_iter().map(|it| it.words));
        found.1.extend(sides.1.into_iter().map(|it| it.words));
    }
    assert_eq!(found.0, whole(redline.before));
    assert_eq!(found.1, whole(redline.after));
}

#[test]
fn words_are_kept_added_and_removed_and_a_sentence_does_not_fall_apart() {
    check_words("They must take care.", "They must take care.", "They must take care.");
    check_words(
        "must take care about public comment",
        "must take care to avoid public comment",
        "must take care [-about-]{+to avoid+} public comment",
    );
    check_words(
        "setting targets)",
        "setting targets; and recruitment)",
        "setting targets{+; and recruitment+})",
    );
    check_words("the Head may", "the Director/Head may", "the {+Director/+}Head may");
    check_words(
        "the co-opted member",
        "the co-ordinating member",
        "the [-co-opted-]{+co-ordinating+} member",
    );
    check_words("Councillors' rights", "Councillor's rights", "[-Councillors'-]{+Councillor's+} rights");
    // One or two short words between changes go with them.
    check_words(
        "officers shall report to the committee at once",
        "members will report to the cabinet at once",
        "[-officers shall-]{+members will+} report to the [-committee-]{+cabinet+} at once",
    );
    check_words(
        "It should not exclude options of any valid kind",
        "It should include the full range of options",
        "It should [-not exclude options of any valid kind-]{+include the full range of options+}",
    );
}

#[test]
fn an_addition_begins_where_a_sentence_or_a_part_of_one_does() {
    check_words(
        "Officers must ask.",
        "Officers are bound. Officers must ask.",
        "{+Officers are bound. +}Officers must ask.",
    );
    check_words("Be kind. Be brief.", "Be kind. Be polite. Be brief.", "Be kind.{+ Be polite.+} Be brief.");
    check_words(
        "a department, a service",
        "a department, a ward, a service",
        "a department{+, a ward+}, a service",
    );
    check_words("serve all, and ask", "Members serve all, and ask", "{+Members +}serve all, and ask");
}

#[test]
fn paragraphs_are_added_removed_divided_and_joined() {
    check_words("One.\nTwo.", "One.\nOther words here.\nTwo.", "One. / >{+Other words here.+} / Two.");
    check_words("One.\nOther words here.\nTwo.", "One.\nTwo.", "One. / <[-Other words here.-] / Two.");
    check_words(
        "One two three. Four five six.",
        "One two three.\nFour five six.",
        "One two three. / >[- -]Four five six.",
    );
    check_words(
        "One two three.\nFour five six.",
        "One two three. Four five six.",
        "One two three. / <{+ +}Four five six.",
    );
    check_words("Go\n- on\n- back", "Go\n(a) on\n(b) back", "Go / on / back");
    check_words(
        "One.\nAll old words.",
        "One.\nEvery new line.",
        "One. / [-All old words-]{+Every new line+}.",
    );
}

#[test]
fn what_changed_has_a_kind() {
    for (before, after, expected) in [
        ("The Member's duty; so", "the Member’s duty, so.", Kind::Print),
        ("Members may ask", "Members must ask", Kind::Wording),
        ("Members may ask", "Members may not ask", Kind::Wording),
        ("co-opted", "co opted", Kind::Print),
        ("a b", "a  b", Kind::Layout),
        ("", ".", Kind::Print),
        ("", "not", Kind::Wording),
        ("5.03", "5.04", Kind::Wording),
    ] {
        assert_eq!(words::kind(before, after), expected, "{before} > {after}");
    }
}

#[test]
fn clauses_come_go_and_change_their_words() {
    check(
        &[("1", Some("1"), "Be polite."), ("2", Some("2"), "Be brief."), ("3", Some("3"), "Stay.")],
        &[("1", Some("1"), "Be kind."), ("3", Some("3"), "Stay."), ("4", Some("4"), "Tell.")],
        &["1 words: Be [-polite-]{+kind+}.", "2 removed: <[-Be brief.-]", "4 added: >{+Tell.+}"],
    );
    check(&[("1", Some("1"), "Stay.")], &[("1", Some("1"), "Stay.")], &[]);
    check(&[], &[("1", Some("1"), "Stay.")], &["1 added: >{+Stay.+}"]);
}

#[test]
fn clauses_are_split_and_merged() {
    let (one, two) = ("The full Council decides on these.", "The Leader decides on all of those.");
    let both = format!("{one}\n{two}");
    check(
        &[("1", Some("1"), &both)],
        &[("1", Some("1"), one), ("2", Some("2"), two), ("3", Some("3"), "Tell.")],
        &[&format!("1>1+2 split: {one} / {two}"), "3 added: >{+Tell.+}"],
    );
    check(
        &[("1", Some("1"), one), ("2", Some("2"), two), ("3", Some("3"), "Tell.")],
        &[("1", Some("1"), &both)],
        &[&format!("1+2>1 merged: {one} / {two}"), "3 removed: <[-Tell.-]"],
    );
    // The clause that goes on has the number that it had.
    check(
        &[("1", Some("2.1"), one), ("2", Some("2.2"), two)],
        &[("2", Some("2.2"), &both)],
        &[&format!("1+2>2 merged: {one} / {two}")],
    );
    let longer = "The Leader alone determines all of those matters in writing.";
    let reworded = longer.replace("matters", "questions");
    check(
        &[("1", Some("1"), &format!("{one}\n{longer}"))],
        &[("1", Some("1"), one), ("2", Some("2"), &reworded)],
        &[&format!(
            "1>1+2 split words: {one} / The Leader alone determines all of those [-matters-]{{+questions+}} in writing."
        )],
    );
    let in_one = format!("{one} {two}");
    check(
        &[("1", Some("1"), &in_one)],
        &[("0", Some("1"), one), ("1", Some("2"), two)],
        &[&format!("1>0+1 split numbered: {one} / >[- -]{two}")],
    );
}

#[test]
fn a_clause_under_another_id_is_known_by_its_words() {
    let (old, new) = ("Members do not ask officers for favours.", "Members never ask officers for favours.");
    check(
        &[("1", Some("1"), old)],
        &[("2", Some("1"), new)],
        &["1>2 words: Members [-do not-]{+never+} ask officers for favours."],
    );
    check(
        &[("1", Some("1"), old)],
        &[("2", Some("1"), "Officers advise all groups alike.")],
        &[&format!("1 removed: <[-{old}-]"), "2 added: >{+Officers advise all groups alike.+}"],
    );
}

#[test]
fn a_clause_with_another_number_or_at_another_place_is_the_same_clause() {
    check(
        &[("1", Some("1"), "One."), ("2", Some("2"), "Two.")],
        &[("1", Some("1"), "One."), ("new", Some("2"), "New."), ("2", Some("3"), "Two.")],
        &["new added: >{+New.+}", "2 numbered: Two."],
    );
    check(
        &[("1", Some("1"), "One."), ("2", Some("2"), "Two."), ("3", Some("3"), "Three.")],
        &[("3", Some("3"), "Three."), ("1", Some("1"), "One."), ("2", Some("2"), "Two.")],
        &["3 moved: Three."],
    );
    check(
        &[("1", Some("1"), "Go:\n- on\n- back")],
        &[("1", Some("1"), "Go:\n(a) on\n(b) back")],
        &["1 numbered: Go: / on / back"],
    );
    check(
        &[("1", Some("1"), "One two. Three four.")],
        &[("1", Some("1"), "One two.\nThree four.")],
        &["1 set: One two. / >[- -]Three four."],
    );
}

#[test]
fn lost_numbers_and_order_of_a_reconstructed_text_are_no_change() {
    check_of(
        Provenance::Reconstructed,
        &[("2", None, "Two."), ("1", None, "One.")],
        &[("1", Some("1"), "One."), ("2", Some("2"), "Two.")],
        &[],
    );
    check_of(
        Provenance::Reconstructed,
        &[("1", Some("1"), "One."), ("2", None, "Two.")],
        &[("1", Some("1.1"), "One."), ("2", Some("2"), "Two.")],
        &["1 numbered: One."],
    );
    // A text that prints no numbers is another thing than one whose numbers are lost.
    check(&[("1", None, "One.")], &[("1", Some("1"), "One.")], &[]);
}

#[test]
fn headings_that_came_went_or_changed_are_told() {
    check(
        &[
            ("s", None, "## RULES"),
            ("h", None, "# Manners"),
            ("1", Some("1"), "One."),
            ("g", None, "# Gone"),
            ("2", Some("2"), "Two."),
        ],
        &[
            ("s", None, "## Rules"),
            ("h", None, "# Tone"),
            ("1", Some("1"), "One."),
            ("2", Some("2"), "Two."),
            ("n", None, "# New"),
            ("3", Some("3"), "Three."),
        ],
        &[
            "section print: [-RULES-]{+Rules+}",
            "sub-heading words: [-Manners-]{+Tone+}",
            "sub-heading removed: <[-Gone-]",
            "sub-heading added: >{+New+}",
            "3 added: >{+Three.+}",
        ],
    );
}

/// Words of a few letters, so that texts share some of them.
fn paragraph() -> impl Strategy<Value = String> {
    "(- |\\(a\\) )?([a-c][,.]? |[de]{2} ){0,9}[a-f]"
}

fn clause_words() -> impl Strategy<Value = String> {
    proptest::collection::vec(paragraph(), 1..4).prop_map(|it| it.join("\n"))
}

fn text() -> impl Strategy<Value = Vec<(String, Option<String>, String)>> {
    let clause = prop_oneof![
        8 => (0..12_u8, clause_words()).prop_map(|(id, words)| (id.to_string(), Some(format!("n{id}")), words)),
        1 => "[A-C]".prop_map(|it| (it.to_lowercase(), None, format!("# {it}"))),
        1 => "[X-Z]".prop_map(|it| (it.to_lowercase(), None, format!("## {it}"))),
    ];
    proptest::collection::vec(clause, 0..10).prop_map(|mut all| {
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|it| it.2.starts_with("# ") || seen.insert(it.0.clone()));
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_two_sides_of_a_clause_are_its_two_texts(a in clause_words(), b in clause_words()) {
        let paragraphs = |it: &str| paragraphs::paragraphs(0, &blocks(it));
        let (before, after) = (paragraphs(&a), paragraphs(&b));
        let found = words::lines(&before, &after);
        let (old, new) = sides(&found, 0);
        prop_assert_eq!(&old, &before);
        prop_assert_eq!(&new, &after);
        let nothing = found.iter().flat_map(|it| &it.pieces).any(|it| it.before().is_empty() && it.after().is_empty());
        prop_assert!(!nothing);
    }

    #[test]
    fn the_two_sides_of_a_redline_are_the_two_texts(a in text(), b in text()) {
        let book = sample();
        let before = edition(&book, &a, Provenance::DraftedHere);
        let after = edition(&book, &b, Provenance::DraftedHere);
        rebuilds(&Redline::of(&before, &after));
        rebuilds_in_order(&Redline::in_order(&before, &after));
    }

    #[test]
    fn a_text_beside_itself_has_no_change(a in text()) {
        let edition = edition(&sample(), &a, Provenance::DraftedHere);
        prop_assert!(Redline::of(&edition, &edition).changes.is_empty());
    }
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
