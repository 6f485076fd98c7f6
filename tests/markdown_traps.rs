//! What Markdown does that a clerk does not expect, in the text of a clause and in an editors' page.

mod small;

use handbook::handbook::{Block, ClauseId, Inline};
use handbook::markdown;
use small::CLAUSE;

/// Reads `text` as the text of the small handbook's clause, which begins on line 5, and compares
/// its outline: paragraphs in quotes, items with id and label, links and emphasis by their marks.
#[track_caller]
fn check(text: &str, outline: &str, expected: &[&str]) {
    let file = format!("---\nid: members\ntopics: [roles/members]\n---\n{text}\n");
    let handbook = small::check(CLAUSE, &file, expected);
    let edition = handbook.authorities["town"].editions.values().next().expect("there is one edition");
    let clause = edition.clause(&ClauseId::parse("members").expect("a name")).expect("the clause was read");
    if std::env::var("FILL").is_ok() {
        println!("OUT {:?} => {}", text, blocks(&clause.blocks));
        return;
    }
    assert_eq!(blocks(&clause.blocks), outline, "\n{text}");
}

fn blocks(all: &[Block]) -> String {
    let parts: Vec<String> = all
        .iter()
        .map(|block| match block {
            Block::Paragraph(words) => format!("\"{}\"", inlines(words)),
            Block::Address(address) => format!("<{address}>"),
            Block::List(items) => {
                let items: Vec<_> = items
                    .iter()
                    .map(|it| {
                        format!("{} {} {}", it.id, it.label.as_deref().unwrap_or("-"), blocks(&it.blocks))
                    })
                    .collect();
                format!("[{}]", items.join(", "))
            }
        })
        .collect();
    parts.join(" ")
}

fn inlines(all: &[Inline]) -> String {
    let parts = all.iter().map(|inline| match inline {
        Inline::Text(words) => words.clone(),
        Inline::Strong(words) => format!("**{}**", inlines(words)),
        Inline::Emphasis(words) => format!("*{}*", inlines(words)),
        Inline::Link { href, words } => format!("[{}]({href})", inlines(words)),
        Inline::Reference { words, .. } => words.clone(),
        Inline::Footnote { number, .. } => format!("[^{number}]"),
    });
    parts.collect()
}

#[test]
fn raw_html_is_text() {
    check("<b>Members</b> & <script>x</script>", r#""<b>Members</b> & <script>x</script>""#, &[]);
    check("<div>\nMembers\n</div>", r#""<div> Members </div>""#, &[]);
    check("<!-- no -->", r#""<!-- no -->""#, &[]);
    assert_eq!(markdown::note_html("a <i>b</i>"), "a &lt;i&gt;b&lt;/i&gt;");
}

#[test]
fn a_link_leads_to_a_web_address_or_is_words() {
    check("[a](https://example.org/x)", r#""[a](https://example.org/x)""#, &[]);
    check(
        "[a](javascript:alert)",
        r#""a""#,
        &[
            "5:5 javascript:alert): error[unsafe-link]: the link to `javascript:alert` leads to no web address (keep the words and leave the link out, or write `\\[` where the bracket is printed)",
        ],
    );
    check(
        "See [a **b**](java&#9;script:x).",
        r#""See a **b**.""#,
        &[
            "5:1 See: error[unsafe-link]: the link to `java�script:x` leads to no web address (keep the words and leave the link out, or write `\\[` where the bracket is printed)",
        ],
    );
    check(
        "[a](data:text/html,x)",
        r#""a""#,
        &[
            "5:5 data:text/html,x): error[unsafe-link]: the link to `data:text/html,x` leads to no web address (keep the words and leave the link out, or write `\\[` where the bracket is printed)",
        ],
    );
    check(
        "[a](mailto:clerk@example.org)",
        r#""a""#,
        &[
            "5:5 mailto:clerk@example.org): error[unsafe-link]: the link to `mailto:clerk@example.org` leads to no web address (keep the words and leave the link out, or write `\\[` where the bracket is printed)",
        ],
    );
    check(
        "<clerk@example.org> or <https://example.org>",
        r#""clerk@example.org or [https://example.org](https://example.org)""#,
        &[],
    );
    check("<http://example.org>", "<http://example.org>", &[]);
    // What is printed in two kinds of brackets is no link.
    check(
        "The Chair [or deputy](b) presides.",
        r#""The Chair or deputy presides.""#,
        &[
            "5:23 b): error[unsafe-link]: the link to `b` leads to no web address (keep the words and leave the link out, or write `\\[` where the bracket is printed)",
        ],
    );
    check(r"The Chair \[or deputy](b) presides.", r#""The Chair [or deputy](b) presides.""#, &[]);
    check(
        "<javascript:x>",
        r#""javascript:x""#,
        &[
            "5:2 javascript:x>: error[unsafe-link]: the link to `javascript:x` leads to no web address (keep the words and leave the link out, or write `\\[` where the bracket is printed)",
        ],
    );
}

#[test]
fn a_printed_number_is_kept_as_printed() {
    check("4. Members shall", r#"[4 4. "Members shall"]"#, &[]);
    check("4.1 Members shall", r#""4.1 Members shall""#, &[]);
    check(
        "3. c\n3. d",
        r#"[3 3. "c", 3 3. "d"]"#,
        &[
            "6:1 3.: error[duplicate-item]: two items of the clause have the id `3` (is a label printed twice? `item_ids` can tell the items apart)",
        ],
    );
    check("7) g", r#"[7 7) "g"]"#, &[]);
    check("In 2013. Members", r#""In 2013. Members""#, &[]);
}

#[test]
fn labels_in_brackets_are_items() {
    check("(a) one\n(b) two", r#"[a (a) "one", b (b) "two"]"#, &[]);
    check("a) one\nb) two", r#"[a a) "one", b b) "two"]"#, &[]);
    check("(i) one", r#"[i (i) "one"]"#, &[]);
    check("i. one", r#""i. one""#, &[]);
    check("i. one\nii. two", r#"[i i. "one", ii ii. "two"]"#, &[]);
    check("(a)\u{a0}one\n(b)\ttwo", r#"[a (a) "one", b (b) "two"]"#, &[]);
    check(
        "* one",
        r#""* one""#,
        &[
            "5:1 *: warning[pasted-mark]: the line begins with a bullet and would be running text (write `- ` in its place)",
        ],
    );
    check(
        "+ one",
        r#""+ one""#,
        &[
            "5:1 +: warning[pasted-mark]: the line begins with a bullet and would be running text (write `- ` in its place)",
        ],
    );
}

#[test]
fn indentation_is_no_code() {
    check("    Members shall", r#""Members shall""#, &[]);
    check("Lead\n\n    Members shall", r#""Lead" "Members shall""#, &[]);
    check(
        "\tMembers shall",
        r#""Members shall""#,
        &["5:1 : error[tab]: the line is indented with a tab (indent with four spaces)"],
    );
    check(
        "\u{a0}\u{a0}Members shall",
        r#""Members shall""#,
        &["5:1 : error[tab]: the line is indented with U+00A0 (indent with four spaces)"],
    );
    check("```\nMembers\n```", r#""``` Members ```""#, &[]);
    check("see `a` and ``b``", r#""see `a` and ``b``""#, &[]);
}

#[test]
fn items_between_two_levels_are_shown() {
    check(
        "(a) one\n    (i) two\n  (ii) three",
        r#"[a (a) "one" [a.i (i) "two"] [a.2.ii (ii) "three"]]"#,
        &[
            "7:1 : error[uneven-indent]: the item stands between two levels of a list (indent it as the items before it, or by four spaces more)",
        ],
    );
}

#[test]
fn a_line_of_dashes_makes_no_heading_and_no_rule() {
    check("Members\n---", r#""Members ---""#, &[]);
    check("Members\n===", r#""Members ===""#, &[]);
    check(
        "# Members",
        r##""# Members""##,
        &[
            "5:1 #: warning[pasted-mark]: the line seems to be a heading and would be running text (headings stand in `_section.md`: that of the section, and sub-headings in the list of clauses)",
        ],
    );
    check("***", r#""***""#, &[]);
    check("Signed ________", r#""Signed ________""#, &[]);
}

#[test]
fn blocks_of_markdown_are_words() {
    check("> Members", r#""> Members""#, &[]);
    let row = "warning[pasted-mark]: the line seems to be a row of a table and would be running text (tables cannot be shown; write each row as an item, and say in `source_note` what was printed)";
    check(
        "| a | b |\n|---|---|",
        r#""| a | b | |---|---|""#,
        &[&format!("5:1 |: {row}"), &format!("6:1 |---|---|: {row}")],
    );
    check("[a]: https://example.org", r#""[a]: https://example.org""#, &[]);
}

#[test]
fn punctuation_stays_as_it_is_typed() {
    check("\"a\" 'b' -- c --- d ... e", r#"""a" 'b' -- c --- d ... e""#, &[]);
    check("~~a~~ H~2~O x^2^ $a$ :smile: ==b==", r#""~~a~~ H~2~O x^2^ $a$ :smile: ==b==""#, &[]);
    check("https://example.org www.example.org", r#""https://example.org www.example.org""#, &[]);
    check("[x] done, {#id .class}", r##""[x] done, {#id .class}""##, &[]);
    check("Members  \nshall", r#""Members shall""#, &[]);
}

#[test]
fn emphasis_holds_only_where_it_was_marked() {
    check("**Members** *shall* lead", r#""**Members** *shall* lead""#, &[]);
    check("2 * 3 * 4, snake_case_word, *", r#""2 * 3 * 4, snake_case_word, *""#, &[]);
    check("**open", r#""**open""#, &[]);
}

#[test]
fn a_label_printed_twice_is_shown_at_the_second() {
    check(
        "Lead\n\n(a) one\n(a) two",
        r#""Lead" [a (a) "one", a (a) "two"]"#,
        &[
            "8:1 (a): error[duplicate-item]: two items of the clause have the id `a` (is a label printed twice? `item_ids` can tell the items apart)",
        ],
    );
}

#[test]
fn a_character_that_no_page_can_show_is_an_error() {
    check(
        "Members\n\nsha\u{c}ll",
        "\"Members\" \"sha\u{c}ll\"",
        &[
            "7:4 : error[control-character]: the character U+000C cannot be shown (take it out; it cannot be seen in most editors)",
        ],
    );
}

#[test]
fn front_matter_must_be_there_and_closed() {
    let check = |text: &str, expected: &str| {
        let hint = "the file begins with a line `---`, then the keys, then another line `---`, then the text";
        small::check(CLAUSE, text, &[&format!("{expected} ({hint})")]);
    };
    check("Members lead.\n", "1:1 Members: error[front-matter]: the front matter is missing");
    check(
        "\n---\nid: members\n---\nMembers lead.\n",
        "1:1 : error[front-matter]: the front matter is missing",
    );
    check(
        "---\nid: members\nMembers lead.\n",
        "1:1 ---: error[front-matter]: the front matter is not closed",
    );
    check("", "1:1 : error[front-matter]: the front matter is missing");
    let long = format!("---\nid: members\n{}---\nMembers lead.\n", "# x\n".repeat(16 << 10));
    check(&long, "16387:1 ---: error[front-matter]: the front matter is longer than 64 KiB");
}

#[test]
fn a_clause_without_words_is_shown_at_the_end_of_its_front_matter() {
    small::check(
        CLAUSE,
        "---\nid: members\n---\n",
        &["3:1 ---: error[empty-clause]: the clause has no words (write the text after the second `---`)"],
    );
    small::check(CLAUSE, "---\r\nid: members\r\n---\r\nMembers lead.\r\n", &[]);
}

#[test]
fn a_page_links_to_no_script_and_loads_no_picture() {
    let html = markdown::page_html(
        "[x](javascript:y) <z@example.org> ![p](https://example.org/p.png)",
        str::to_owned,
    );
    assert_eq!(html, "<p>x z@example.org p</p>\n");
    small::check(
        "pages/about.md",
        "---\ntitle: A\ndescription: D\n---\n\nWords\n\n- see [x](javascript:y)\n",
        &[
            "8:11 javascript:y): error[unsafe-link]: the link to `javascript:y` leads to no web address (keep the words and leave the link out)",
        ],
    );
}
