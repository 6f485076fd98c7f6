//! What YAML does that an editor does not expect: each trap, where it is shown, in which words,
//! and what would mend it.

mod small;

use handbook::handbook::{Clause, ClauseId, Handbook};
use small::{CLAUSE, SECTION};

/// The small handbook's clause with these lines of front matter.
#[track_caller]
fn check(front: &str, expected: &[&str]) -> Handbook {
    small::check(CLAUSE, &format!("---\n{front}---\nMembers lead.\n"), expected)
}

fn clause<'h>(handbook: &'h Handbook, id: &str) -> &'h Clause {
    let edition = handbook.authorities["town"].editions.values().next().expect("there is one edition");
    edition.clause(&ClauseId::parse(id).expect("the test names a clause")).expect("the clause was read")
}

#[test]
fn the_small_handbook_has_no_fault_of_its_own() {
    check("id: members\n", &[]);
}

#[test]
fn a_number_keeps_its_text_without_quotes() {
    for number in
        ["1.10", "4.1", "010", "1e3", "0x1f", "1_000", "5.", "yes", "no", "on", "true", "2013-05-23"]
    {
        let handbook = check(&format!("id: members\nnumber: {number}\n"), &[]);
        assert_eq!(clause(&handbook, "members").number.as_deref(), Some(number));
    }
}

#[test]
fn a_number_as_an_id_or_a_key_keeps_its_text() {
    let sources = {
        let mut sources = small::with(SECTION, "---\nclauses: [\"1.10\"]\n---\n");
        let file = CLAUSE.replace("members.md", "1.10.md");
        let text = "---\nid: 1.10\nitems:\n  010: {topics: [roles/members]}\n---\n010) one\n";
        sources.files.remove(CLAUSE);
        sources.files.insert(file, text.as_bytes().into());
        sources
    };
    let (handbook, found) = small::read(&sources);
    assert_eq!(found, []);
    let items: Vec<_> = clause(&handbook, "1.10").items.keys().map(|it| it.as_str()).collect();
    assert_eq!(items, ["010"]);
}

#[test]
fn a_number_in_a_list_of_clauses_must_be_quoted() {
    small::check(
        SECTION,
        "---\nclauses: [members, 1.10]\n---\n",
        &[
            "2:20 1.10]: error[yaml]: clauses[1]: the wrong kind of value: floating point `1.1`, expected a clause id in quotes, or {heading: …}",
        ],
    );
    let heading = small::check(SECTION, "---\nclauses: [{heading: 2.10}, members]\n---\n", &[]);
    let section = &heading.authorities["town"].editions.values().next().unwrap().sections[0];
    assert!(matches!(&section.parts[0], handbook::handbook::Part::SubHeading(it) if it == "2.10"));
}

#[test]
fn words_after_a_hash_are_not_lost_in_silence() {
    check(
        "id: members\nsource_note: Members #2 roles\n",
        &[
            "3:22 #2: warning[yaml-comment-in-value]: `#2 roles` is read as a comment and is lost (quote the whole value, or give the comment a line of its own)",
        ],
    );
    check(
        "id: members\nprinted_at: é #8\nkind: footnote\n",
        &[
            "3:15 #8: warning[yaml-comment-in-value]: `#8` is read as a comment and is lost (quote the whole value, or give the comment a line of its own)",
        ],
    );
    check(
        "id: members\nsource_note: one\n  two #3 four\n",
        &[
            "4:7 #3: warning[yaml-comment-in-value]: `#3 four` is read as a comment and is lost (quote the whole value, or give the comment a line of its own)",
        ],
    );
    check(
        "id: members\ntopics:\n  - roles/members #2\n",
        &[
            "4:19 #2: warning[yaml-comment-in-value]: `#2` is read as a comment and is lost (quote the whole value, or give the comment a line of its own)",
        ],
    );
    check(
        "id: members\nprinciples:\n  honesty: {basis: inferred, why: see #2\n    }\n",
        &[
            "4:39 #2: warning[yaml-comment-in-value]: `#2` is read as a comment and is lost (quote the whole value, or give the comment a line of its own)",
        ],
    );
}

#[test]
fn a_comment_after_a_quoted_value_or_a_list_is_a_comment() {
    check("# above\nid: \"members\" # permanent\ntopics: [roles/members]  # home\n", &[]);
    check("id: members\nsource_note: \"Members #2 roles\"\n", &[]);
    check("id: members\nsource_note: 'it''s #2'\n", &[]);
    check("id: members\nsource_note: C#2 and a#b\n", &[]);
    check("id: members\nsource_note: |\n  Members #2: roles\n\n  [ { more #3\n", &[]);
    check("id: members\nsource_note: \"one\n  two #3\n  four: [\"\n", &[]);
}

#[test]
fn a_colon_in_a_value_asks_for_quotes() {
    check(
        "id: members\nsource_note: Members: roles\n",
        &[
            "3:21 :: error[yaml]: mapping values are not allowed in this context (a value that holds a colon goes in double quotes; a key stands under its neighbours)",
        ],
    );
    check("id: members\nsource_note: \"Members: roles\"\n", &[]);
    check("id: members\nsource_note: at 10:30\n", &[]);
}

#[test]
fn a_key_without_a_value_is_not_an_empty_text() {
    check(
        "id: members\nsource_note:\n",
        &[
            "3:1 source_note:: error[empty-value]: the key `source_note` has no value (write the value after the colon, or take the key out)",
        ],
    );
    check(
        "id: members\nnumber: # none\ntopics: [roles/members]\n",
        &[
            "3:1 number:: error[empty-value]: the key `number` has no value (write the value after the colon, or take the key out)",
        ],
    );
    check(
        "id: members\nnumber: null\n",
        &[
            "3:9 null: error[empty-value]: `null` stands where the value of `number` would (take the key out where there is nothing to say)",
        ],
    );
    check(
        "id: members\nnumber: ~\n",
        &[
            "3:9 ~: error[empty-value]: `~` stands where the value of `number` would (take the key out where there is nothing to say)",
        ],
    );
    check(
        "id: members\nprinciples:\n  honesty: {basis: inferred, why: }\n",
        &[
            "4:30 why:: error[empty-value]: the key `why` has no value (write the value after the colon, or take the key out)",
        ],
    );
    check(
        "id: members\nprinciples:\n  honesty:\n    basis: inferred\n    why:\n",
        &[
            "6:5 why:: error[empty-value]: the key `why` has no value (write the value after the colon, or take the key out)",
        ],
    );
    small::check(
        "handbook.yaml",
        "title:\npublisher: B\ndescription: null\n",
        &[
            "1:1 title:: error[empty-value]: the key `title` has no value (write the value after the colon, or take the key out)",
            "3:14 null: error[empty-value]: `null` stands where the value of `description` would (take the key out where there is nothing to say)",
        ],
    );
}

#[test]
fn a_value_on_the_next_line_is_a_value() {
    check("id:\n  members\ntopics:\n- roles/members\nsource_note:\n  # ours\n  \"x\"\n", &[]);
    check("id: members\nsource_note: >\n  nullify\n", &[]);
}

#[test]
fn a_number_in_other_quotes_is_no_number() {
    check(
        "id: members\nnumber: “1.03”\n",
        &[
            "3:1 number:: error[bad-number]: `“1.03”` is no number (write it as printed, in straight quotes: number: \"1.10\"; leave the key out where none is printed)",
        ],
    );
    check(
        "id: members\nnumber: \"1.03’\"\n",
        &[
            "3:1 number:: error[bad-number]: `1.03’` is no number (write it as printed, in straight quotes: number: \"1.10\"; leave the key out where none is printed)",
        ],
    );
    check(
        "id: members\nnumber: \"\"\n",
        &[
            "3:1 number:: error[bad-number]: the number is empty (write it as printed, in straight quotes: number: \"1.10\"; leave the key out where none is printed)",
        ],
    );
    check(
        "id: “members”\n",
        &[
            "2:5 “members”: error[bad-name]: `“members”` cannot be a name (names hold lower-case letters, digits and single hyphens; ids of clauses points as well)",
        ],
    );
    small::check(
        SECTION,
        "---\nnumber: ‘1’\nclauses: [members]\n---\n",
        &[
            "2:1 number:: error[bad-number]: `‘1’` is no number (write it as printed, in straight quotes: number: \"1.10\"; leave the key out where none is printed)",
        ],
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    small::check(
        CLAUSE,
        "\u{feff}---\nid: members\ntopics: [roles/mmbers]\n---\nMembers lead.\n",
        &[
            "3:10 roles/mmbers]: error[unknown-aspect]: the topic `roles` has no aspect `mmbers` (did you mean `members`?)",
        ],
    );
    small::check("handbook.yaml", "\u{feff}title: A\npublisher: B\ndescription: C\n", &[]);
}

#[test]
fn a_no_break_space_after_a_colon_is_shown() {
    check(
        "id: members\nnumber:\u{a0}\"1.03\"\n",
        &[
            "3:8 : error[yaml-no-break-space]: a no-break space stands after the colon (type an ordinary space instead)",
        ],
    );
    check("id: members\nsource_note: \"See:\u{a0}this\"\n", &[]);
    check("id: members\nsource_note: See:\u{a0}this\n", &[]);
}

#[test]
fn a_tab_is_shown_where_it_stands() {
    check(
        "id: members\n\tnumber: \"1\"\n",
        &[
            "3:1 : error[yaml]: found a tab character that violates indentation, while scanning a plain scalar (indent with spaces)",
        ],
    );
}

#[test]
fn a_key_that_stands_twice_is_shown_at_the_second() {
    check(
        "id: members\nnumber: \"1\"\nid: members\n",
        &["4:1 id:: error[duplicate-key]: duplicate key `id` (keep one of the two)"],
    );
    check(
        "id: members\nprinciples:\n  honesty: {basis: inferred, why: x}\n  honesty: {basis: wording, why: y}\n",
        &["5:3 honesty:: error[duplicate-key]: principles: duplicate key `honesty` (keep one of the two)"],
    );
    check(
        "id: members\nprinciples: {honesty: {basis: inferred, why: x, why: y}}\n",
        &["3:49 why:: error[duplicate-key]: principles.honesty: duplicate key `why` (keep one of the two)"],
    );
    small::check(
        "terms.yaml",
        "terms:\n  - slug: a\n    name: A\n    scope: S\n  - slug: b\n    name: B\n    scope: S\n    name: C\n",
        &["8:5 name:: error[duplicate-key]: terms[1]: duplicate key `name` (keep one of the two)"],
    );
}

#[test]
fn a_missing_key_is_shown_at_the_entry_that_lacks_it() {
    check("number: \"1\"\n", &["2:1 number:: error[missing-key]: missing key `id` (add a line `id: …`)"]);
    check(
        "id: members\nprinciples:\n  honesty: {basis: inferred}\n",
        &["4:12 {basis:: error[missing-key]: principles.honesty: missing key `why` (add a line `why: …`)"],
    );
    small::check(
        "terms.yaml",
        "terms:\n  - slug: a\n    name: A\n    scope: S\n  - slug: b\n    scope: S\n",
        &["5:5 slug:: error[missing-key]: terms[1]: missing key `name` (add a line `name: …`)"],
    );
}

#[test]
fn an_unknown_key_is_told_with_the_one_that_was_meant() {
    check(
        "id: members\ntopic: [roles/members]\n",
        &["3:1 topic:: error[unknown-key]: unknown key `topic` (did you mean `topics`?)"],
    );
    check(
        "id: members\ncolour: red\n",
        &[
            "3:1 colour:: error[unknown-key]: unknown key `colour` (known here: id, number, kind, topics, principles, items, item_ids, from, references, asked, source_note, printed_at, mark_in)",
        ],
    );
    check(
        "id: members\nprinciples:\n  honesty: {basis: inferred, wy: x}\n",
        &["4:30 wy:: error[unknown-key]: principles.honesty: unknown key `wy` (known here: basis, why)"],
    );
    check(
        "id: members\nsource_note: the colour\ncolour: red\n",
        &[
            "4:1 colour:: error[unknown-key]: unknown key `colour` (known here: id, number, kind, topics, principles, items, item_ids, from, references, asked, source_note, printed_at, mark_in)",
        ],
    );
}

#[test]
fn all_unknown_keys_of_a_file_are_told_at_once() {
    check(
        "topic:\n- roles/members\n- gifts\nid: members\nprincipals:\n  honesty:\n    basis: inferred\n\n    why: x\nsource_not: \"a\n  b\"\n",
        &[
            "2:1 topic:: error[unknown-key]: unknown key `topic` (did you mean `topics`?)",
            "6:1 principals:: error[unknown-key]: unknown key `principals` (did you mean `principles`?)",
            "11:1 source_not:: error[unknown-key]: unknown key `source_not` (did you mean `source_note`?)",
        ],
    );
    // With nothing near it a key is passed over with all that stands under it.
    check(
        "colour:\n- red\n- blue\nid: members\ntopic: []\n",
        &[
            "2:1 colour:: error[unknown-key]: unknown key `colour` (known here: id, number, kind, topics, principles, items, item_ids, from, references, asked, source_note, printed_at, mark_in)",
            "6:1 topic:: error[unknown-key]: unknown key `topic` (did you mean `topics`?)",
        ],
    );
    // What only follows is not told: the key `number` stands twice when the slip is mended.
    check(
        "id: members\nnumber: \"1\"\nnumbre: \"1\"\nsource_not: a\n",
        &[
            "4:1 numbre:: error[unknown-key]: unknown key `numbre` (did you mean `number`?)",
            "5:1 source_not:: error[unknown-key]: unknown key `source_not` (did you mean `source_note`?)",
        ],
    );
    check(
        "id: members\nnumber: \"1\"\nnumbre: \"1\"\n",
        &["4:1 numbre:: error[unknown-key]: unknown key `numbre` (did you mean `number`?)"],
    );
    check(
        "id: members\nprincipals: {honesty: {basi: inferred, whyy: y}}\n",
        &[
            "3:1 principals:: error[unknown-key]: unknown key `principals` (did you mean `principles`?)",
            "3:24 basi:: error[unknown-key]: principles.honesty: unknown key `basi` (did you mean `basis`?)",
            "3:40 whyy:: error[unknown-key]: principles.honesty: unknown key `whyy` (did you mean `why`?)",
        ],
    );
    small::check(
        "terms.yaml",
        "terms:\n  - slug: a\n    nmae: A\n    scope: S\n  - slug: b\n    name: B\n    scpoe: S\n",
        &[
            "3:5 nmae:: error[unknown-key]: terms[0]: unknown key `nmae` (did you mean `name`?)",
            "7:5 scpoe:: error[unknown-key]: terms[1]: unknown key `scpoe` (did you mean `scope`?)",
        ],
    );
}

#[test]
fn an_unknown_value_is_told_with_the_one_that_was_meant() {
    check(
        "id: members\nkind: footnot\n",
        &["3:7 footnot: error[unknown-value]: kind: unknown value `footnot` (did you mean `footnote`?)"],
    );
    check(
        "id: members\ntopics: [role/members]\n",
        &["3:10 role/members]: error[unknown-topic]: no topic `role` (did you mean `roles`?)"],
    );
    check(
        "id: members\ntopics: [roles/member]\n",
        &[
            "3:10 roles/member]: error[unknown-aspect]: the topic `roles` has no aspect `member` (did you mean `members`?)",
        ],
    );
    check(
        "id: members\nprinciples:\n  honnesty: {basis: inferred, why: x}\n",
        &["4:3 honnesty:: error[unknown-principle]: no principle `honnesty` (did you mean `honesty`?)"],
    );
    check(
        "id: members\nmark_in: Other Clause\nkind: footnote\n",
        &[
            "3:10 Other: error[bad-name]: `Other Clause` cannot be a name (names hold lower-case letters, digits and single hyphens; ids of clauses points as well)",
        ],
    );
}

#[test]
fn slips_of_syntax_are_told_in_an_editors_words() {
    check(
        "id: members\ntopics: roles/members\n",
        &[
            "3:9 roles/members: error[yaml]: topics: the wrong kind of value: string \"roles/members\", expected a list (write a list, its entries in brackets: `[…]`)",
        ],
    );
    check(
        "id: members\ntopics: [roles/members\n",
        &[
            "3:9 [roles/members: error[yaml]: did not find expected ',' or ']', while parsing a flow sequence (a bracket is not closed, or a comma is missing)",
        ],
    );
    check(
        "id: members\nsource_note: \"open\n",
        &[
            "3:14 \"open: error[yaml]: found unexpected end of stream, while scanning a quoted scalar (a quotation mark is not closed)",
        ],
    );
    check(
        "id: members\n  number: \"1\"\n",
        &[
            "3:9 :: error[yaml]: mapping values are not allowed in this context (a value that holds a colon goes in double quotes; a key stands under its neighbours)",
        ],
    );
    check(
        "id: members\nsource_note: @home\n",
        &[
            "3:14 @home: error[yaml]: found character that cannot start any token, while scanning for the next token (put the value in double quotes)",
        ],
    );
    check(
        "id: members\nsource_note: *bold* words\n",
        &[
            "3:19 *: error[yaml]: did not find expected alphabetic or numeric character, while scanning an alias (a value that begins with `*` is to be put in double quotes)",
        ],
    );
    check(
        "id: members\nsource_note: \"a\" b\n",
        &[
            "3:18 b: error[yaml]: did not find expected key, while parsing a block mapping (is a line indented otherwise than its neighbours, or a value to be quoted?)",
        ],
    );
    check(
        "id: members\nsource_note: a\u{7}b\n",
        &[
            "3:15 \u{7}b: error[yaml]: control characters are not allowed (take the character out; it cannot be seen in most editors)",
        ],
    );
    check(
        "id: [members]\n",
        &[
            "2:5 [members]: error[yaml]: id: a list stands here, expected words (words that begin with a bracket go in double quotes)",
        ],
    );
    check("- id: members\n", &["2:1 -: error[yaml]: a list stands here, expected keys with their values"]);
    check("", &["2:1 ---: error[empty-yaml]: no keys stand here (the README lists the keys of each file)"]);
    small::check(
        "legislation.yaml",
        "legislation:\n  - {slug: a, title: A, dated: yes}\n",
        &[
            "2:32 yes}: error[yaml]: legislation[0].dated: the wrong kind of value: string \"yes\", expected true or false (write true or false)",
        ],
    );
}

#[test]
fn brackets_nested_deep_are_refused_before_they_are_read() {
    for deep in ["[".repeat(65), "[\"]\",".repeat(65), "{a: ".repeat(65), "- [\n".repeat(65)] {
        let (_, found) = small::read(&small::with("terms.yaml", format!("terms: {deep}")));
        let codes: Vec<_> = found.iter().map(|it| it.code).filter(|it| *it != "unknown-term").collect();
        assert_eq!(codes, ["yaml-too-large"], "{deep}");
    }
    // As text they may stand.
    let text =
        format!("id: members\nsource_note: it's {0}\nprinted_at: \"{0}\"\nkind: footnote\n", "[".repeat(99));
    check(&text, &[]);
}
