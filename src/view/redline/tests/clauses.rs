//! Clauses and headings that came, went, moved, were split, merged or numbered.

use super::*;

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
    // Words that went to the end of another clause are the same words.
    check(
        &[("1", Some("1"), one), ("2", Some("2"), two)],
        &[("2", Some("1"), &format!("{two}\n{one}"))],
        &[&format!("2+1>2 merged numbered: {two} / {one}")],
    );
    check(
        &[("1", Some("1"), &both), ("3", Some("3"), "Tell.")],
        &[("2", Some("1"), two), ("3", Some("3"), "Tell."), ("1", Some("2"), one)],
        &[&format!("1>1+2 split numbered: {one} / {two}"), "3 moved: Tell."],
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
fn what_is_recorded_of_origins_goes_before_likeness() {
    let (one, two) = ("Members do not ask officers for favours.", "Officers advise all groups alike.");
    let book = sample();
    let text = |clauses: Text| edition(&book, &owned(clauses), Provenance::DraftedHere);
    let told_of = |after: Text, id: &str, from: &[&str]| {
        let before = text(&[("1", None, one), ("2", None, two)]);
        let mut after = text(after);
        let from: Vec<ClauseId> = from.iter().filter_map(|it| ClauseId::parse(it)).collect();
        for part in after.sections.iter_mut().flat_map(|it| &mut it.parts) {
            if let Part::Clause(it) = part
                && it.id.as_str() == id
            {
                it.from = from.clone();
            }
        }
        let redline = Redline::of(&before, &after);
        rebuilds(&redline);
        rebuilds_in_order(&Redline::in_order(&before, &after));
        told(&redline)
    };
    // Its words are like those of 2, and it is recorded to come from 1.
    assert_eq!(
        told_of(&[("3", None, two)], "3", &["1"]),
        [
            format!("1>3 words: [-{}-]{{+{}+}}.", one.trim_end_matches('.'), two.trim_end_matches('.')),
            format!("2 removed: <[-{two}-]")
        ]
    );
    let both = format!("{one}\n{two}");
    assert_eq!(told_of(&[("3", None, &both)], "3", &["1", "2"]), [format!("1+2>3 merged: {one} / {two}")]);
}

#[test]
fn a_clause_that_was_split_and_took_in_another_is_told_as_both() {
    let (one, two) = ("The full Council decides on these.", "The Leader decides on all of those.");
    let three = "Officers tell both of them what they know.";
    check(
        &[("1", Some("1"), one), ("2", Some("2"), &format!("{two}\n{three}"))],
        &[("2", Some("2"), &format!("{one}\n{two}")), ("3", Some("3"), three)],
        &[&format!("1+2>2+3 split merged: {one} / {two} / {three}")],
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
