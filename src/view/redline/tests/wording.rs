//! Words inside a clause.

use super::*;

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
