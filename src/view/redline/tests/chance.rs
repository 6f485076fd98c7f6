//! Texts at random.

use proptest::prelude::*;

use super::*;

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

/// A clause of a draft: id, number, paragraphs, and the clauses its words are recorded to come from.
#[derive(Clone)]
struct Row {
    id: String,
    number: String,
    paragraphs: Vec<String>,
    from: Vec<String>,
}

/// One edit of a draft: which, and of which clauses.
type Edit = (u8, usize, usize);

/// An edition and a draft that follows it, in which clauses were split, merged, numbered, moved and
/// reworded one after another, with what is recorded of that.
pub fn revised() -> impl Strategy<Value = (Edition, Edition)> {
    let clauses = proptest::collection::vec(proptest::collection::vec(paragraph(), 1..5), 2..7);
    let edits = proptest::collection::vec((0..8_u8, 0..8_usize, 0..8_usize), 1..8);
    let lost = prop_oneof![4 => Just(Provenance::DraftedHere), 1 => Just(Provenance::Reconstructed)];
    (clauses, edits, lost).prop_map(|(clauses, edits, provenance)| {
        let numbered = |(at, paragraphs): (usize, Vec<String>)| Row {
            id: at.to_string(),
            number: format!("n{at}"),
            paragraphs,
            from: Vec::new(),
        };
        let before: Vec<Row> = clauses.into_iter().enumerate().map(numbered).collect();
        let mut after = before.clone();
        edits.into_iter().for_each(|it| edit(&mut after, before.len(), it));
        let book = sample();
        (of_rows(&book, &before, provenance), of_rows(&book, &after, Provenance::DraftedHere))
    })
}

/// As the commands for clauses do it; `known` clauses are those of the edition before.
fn edit(rows: &mut Vec<Row>, known: usize, (which, a, b): Edit) {
    let (a, b) = (a % rows.len(), b % rows.len());
    let is_known = |id: &str| id.parse().is_ok_and(|it: usize| it < known);
    match which {
        0..=2 if rows[a].paragraphs.len() > 1 => {
            let at = 1 + b % (rows[a].paragraphs.len() - 1);
            let id =
                (known..).map(|it| it.to_string()).find(|id| rows.iter().all(|it| it.id != *id)).unwrap();
            let whole = &mut rows[a];
            let from = if is_known(&whole.id) { vec![whole.id.clone()] } else { whole.from.clone() };
            let part = Row { number: format!("n{id}"), id, paragraphs: whole.paragraphs.split_off(at), from };
            rows.insert(a + 1, part);
        }
        3 | 4 if a != b => {
            let part = rows[a].clone();
            let whole = &mut rows[b];
            whole.paragraphs.extend(part.paragraphs);
            let own = Some(part.id).filter(|it| is_known(it));
            for it in part.from.into_iter().chain(own) {
                if it != whole.id && !whole.from.contains(&it) {
                    whole.from.push(it);
                }
            }
            rows.remove(a);
        }
        5 => rows[a].number = rows[b].number.clone(),
        6 => {
            let row = rows.remove(a);
            rows.insert(b, row);
        }
        7 => rows[a].paragraphs.reverse(),
        _ => {}
    }
}

fn of_rows(book: &Handbook, rows: &[Row], provenance: Provenance) -> Edition {
    let rows_of = |it: &Row| (it.id.clone(), Some(it.number.clone()), it.paragraphs.join("\n"));
    let mut edition = edition(book, &rows.iter().map(rows_of).collect::<Vec<_>>(), provenance);
    for part in edition.sections.iter_mut().flat_map(|it| &mut it.parts) {
        if let Part::Clause(clause) = part {
            let row = rows.iter().find(|it| it.id == clause.id.as_str()).unwrap();
            clause.from = row.from.iter().filter_map(|it| ClauseId::parse(it)).collect();
        }
    }
    edition
}

/// Each clause begins once on its side, in the order of the side, and what is one clause in both
/// texts in one place.
fn begins_once(redline: &Redline) {
    for passage in &redline.passages {
        let Of::Clauses { before, after } = &passage.of else { continue };
        let parts = passage.parts();
        let ids = |it: Vec<&ClauseId>| it.into_iter().map(ToString::to_string).collect::<Vec<_>>();
        let begun = |of: fn(&super::super::Part<'_, '_>) -> Option<String>| {
            parts.iter().filter_map(of).collect::<Vec<_>>()
        };
        assert_eq!(
            begun(|it| it.before.map(|it| it.clause.id.to_string())),
            ids(before.iter().map(|it| &it.clause.id).collect())
        );
        assert_eq!(
            begun(|it| it.after.map(|it| it.clause.id.to_string())),
            ids(after.iter().map(|it| &it.clause.id).collect())
        );
        if let ([_], [_]) = (before.as_slice(), after.as_slice()) {
            assert_eq!(parts.len(), 1);
        }
        let lines: Vec<&Line> = parts.iter().flat_map(|it| it.lines).collect();
        assert_eq!(lines, passage.lines.iter().collect::<Vec<_>>());
    }
}

/// Each clause that is recorded to have gone into several, or to have come from several, is told so.
fn tells_fates(redline: &Redline) {
    let (before, after) = (redline.before, redline.after);
    let heirs = |old: &ClauseId| {
        let is_gone = after.clause(old).is_none();
        let holds = |it: &&Clause| {
            it.id == *old || it.from.contains(old) && (is_gone || before.clause(&it.id).is_none())
        };
        after.clauses().filter(holds).map(|it| it.id.to_string()).collect::<Vec<_>>()
    };
    for (what, edition, later) in [(What::Split, before, false), (What::Merged, after, true)] {
        for clause in edition.clauses() {
            let others: Vec<String> = match later {
                false => heirs(&clause.id),
                true => {
                    let is_origin = |it: &&Clause| heirs(&it.id).contains(&clause.id.to_string());
                    before.clauses().filter(is_origin).map(|it| it.id.to_string()).collect()
                }
            };
            let found = if later { redline.came_from(&clause.id) } else { redline.became(&clause.id) };
            let found: Vec<String> = found.iter().map(|it| it.clause.id.to_string()).collect();
            for it in &others {
                assert!(found.contains(it), "{what:?} {}: {found:?}, {others:?}", clause.id);
            }
            let holds = |it: &Passage| match &it.of {
                Of::Clauses { before, after } => {
                    (if later { after } else { before }).iter().any(|it| it.clause.id == clause.id)
                }
                _ => false,
            };
            let at = redline.passages.iter().position(holds).unwrap();
            let told = redline.changes_of(at).iter().filter(|it| it.what == what).count();
            assert!(told == 1 || others.len() < 2, "{what:?} {}: {others:?}", clause.id);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_two_sides_of_a_clause_are_its_two_texts(a in clause_words(), b in clause_words()) {
        let paragraphs = |it: &str| paragraphs::paragraphs(0, &blocks(it));
        let (before, after) = (paragraphs(&a), paragraphs(&b));
        let found = words::lines(&before, &after);
        let (old, new) = sides(&found);
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
    fn what_was_split_merged_and_numbered_is_told_and_both_sides_are_the_texts((before, after) in revised()) {
        // Read from the later text back, too.
        for (before, after) in [(&before, &after), (&after, &before)] {
            let redline = Redline::of(before, after);
            rebuilds(&redline);
            begins_once(&redline);
            rebuilds_in_order(&Redline::in_order(before, after));
            begins_once(&Redline::in_order(before, after));
        }
        tells_fates(&Redline::of(&before, &after));
    }

    #[test]
    fn a_text_beside_itself_has_no_change(a in text()) {
        let edition = edition(&sample(), &a, Provenance::DraftedHere);
        prop_assert!(Redline::of(&edition, &edition).changes.is_empty());
    }
}
