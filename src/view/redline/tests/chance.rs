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
    fn a_text_beside_itself_has_no_change(a in text()) {
        let edition = edition(&sample(), &a, Provenance::DraftedHere);
        prop_assert!(Redline::of(&edition, &edition).changes.is_empty());
    }
}
