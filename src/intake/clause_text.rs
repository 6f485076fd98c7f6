//! The text of a clause file into blocks: paragraphs, lists with printed labels, addresses.
//!
//! Markdown cannot read `(a)` or `a)` and would renumber `1.`, so blocks are read here and
//! only what stands inside a line is Markdown.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Block, Inline, Item, ItemId};
use crate::markdown::{self, Span};

/// Items are nested no deeper than this, counted in columns.
const MOST_INDENT: usize = 64;

/// A line or a run of lines of the text, before it is known in what it stands.
struct Piece {
    /// Line in the file, from 1.
    line: usize,
    indent: usize,
    /// `(a)`, `1.`, `-`; `None` for a paragraph.
    label: Option<String>,
    text: String,
}

/// Reads a clause's text, which begins on line `first_line` of `file`. `ids` names the items
/// in order of appearance where their labels do not.
pub fn parse(
    file: &str,
    text: &str,
    first_line: usize,
    ids: Option<&[ItemId]>,
    report: &mut Report,
) -> Vec<Block> {
    let pieces = pieces(file, text, first_line, report);
    let mut reader = Reader { file, pieces: pieces.into_iter().peekable(), lines: Vec::new(), report };
    let mut blocks = reader.blocks(0, "");
    let lines = reader.lines;
    let count = lines.len();
    if let Some(ids) = ids {
        if ids.len() == count {
            name(&mut blocks, &mut ids.iter());
        } else {
            report.add(
                Diagnostic::error(
                    Place::words(file, "item_ids"),
                    "item-ids",
                    format!("`item_ids` names {} items, the text has {count}", ids.len()),
                )
                .hint("give one id for each item, nested ones included, in the order of the text"),
            );
        }
    }
    let mut seen = BTreeSet::new();
    let tail = ItemId::parse("tail").filter(|_| !Block::tail(&blocks).is_empty());
    seen.extend(&tail);
    for (item, line) in Block::items(&blocks).into_iter().zip(lines) {
        if !seen.insert(&item.id) {
            report.add(
                Diagnostic::error(
                    Place::line(file, line),
                    "duplicate-item",
                    match Some(&item.id) == tail.as_ref() {
                        true => {
                            "an item has the id `tail`, by which what follows the list is cited".to_owned()
                        }
                        false => format!("two items of the clause have the id `{}`", item.id),
                    },
                )
                .hint("is a label printed twice? `item_ids` can tell the items apart"),
            );
        }
    }
    blocks
}

fn name<'i>(blocks: &mut [Block], ids: &mut impl Iterator<Item = &'i ItemId>) {
    for block in blocks {
        if let Block::List(items) = block {
            for item in items {
                if let Some(id) = ids.next() {
                    item.id = id.clone();
                }
                name(&mut item.blocks, ids);
            }
        }
    }
}

/// Splits the text where blocks begin: after a blank line, and at a label.
fn pieces(file: &str, text: &str, first_line: usize, report: &mut Report) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open = false;
    let dotted = has_dotted_labels(text);
    for (index, line) in text.lines().enumerate() {
        let line_number = first_line + index;
        let line = line.trim_end();
        if line.trim_start().is_empty() {
            open = false;
            continue;
        }
        let spaces = &line[..line.len() - line.trim_start().len()];
        if let Some(other) = spaces.chars().find(|it| *it != ' ') {
            let message = match other {
                '\t' => "the line is indented with a tab".to_owned(),
                other => format!("the line is indented with U+{:04X}", u32::from(other)),
            };
            report.add(
                Diagnostic::error(Place::line(file, line_number), "tab", message)
                    .hint("indent with four spaces"),
            );
        }
        let mut indent = spaces.chars().count();
        let rest = line.trim_start();
        if indent > MOST_INDENT {
            let message = format!("the line is indented by {indent} spaces");
            report.add(
                Diagnostic::error(Place::line(file, line_number), "deep-nesting", message)
                    .hint("four spaces nest an item below another; more than a few levels cannot be read"),
            );
            indent = MOST_INDENT;
        }
        let (label, words) = split_label(rest, dotted);
        let words =
            words.strip_prefix('\\').filter(|it| split_label(it, dotted).0.is_some()).unwrap_or(words);
        if label.is_none() && open {
            // A paragraph that was wrapped in the file is one paragraph.
            if let Some(piece) = pieces.last_mut() {
                piece.text.push(' ');
                piece.text.push_str(words);
                continue;
            }
        }
        open = true;
        pieces.push(Piece {
            line: line_number,
            indent,
            label: label.map(str::to_owned),
            text: words.to_owned(),
        });
    }
    pieces
}

/// Whether the labels of the text are letters with a point: `a.` alone may be an abbreviation, `a.` and
/// `b.` at the beginning of two lines are none.
pub(super) fn has_dotted_labels(text: &str) -> bool {
    let begins = |with: &str| text.lines().any(|it| it.trim_start().starts_with(with));
    begins("a. ") && begins("b. ") || begins("i. ") && begins("ii. ")
}

/// The label at the beginning of a line, and what follows it: `(a)`, `a)`, `(ii)`, `12)`, `1.`,
/// `-`, each with a space after it, and `a.` where labels are `dotted`. `(the)` and `1.03` are no labels.
pub(super) fn split_label(line: &str, dotted: bool) -> (Option<&str>, &str) {
    // A label that was copied may have brought a tab or a no-break space with it.
    let Some((label, rest)) = line.split_once([' ', '\t', '\u{a0}']) else { return (None, line) };
    let name = match label {
        "-" => return (Some("-"), rest.trim_start()),
        _ if label.starts_with('(') && label.ends_with(')') => &label[1..label.len() - 1],
        _ => match label.strip_suffix(')') {
            Some(name) => name,
            None => match label.strip_suffix('.') {
                Some(name) if name.bytes().all(|it| it.is_ascii_digit()) => name,
                Some(name) if dotted && name.bytes().all(|it| it.is_ascii_lowercase()) => name,
                _ => return (None, line),
            },
        },
    };
    let letters = name.bytes().all(|it| it.is_ascii_alphabetic());
    let known = match name.len() {
        0 => false,
        _ if name.bytes().all(|it| it.is_ascii_digit()) => name.len() <= 3,
        1 => letters,
        // `aa` after `z`, and roman numbers.
        2 if letters && name.as_bytes()[0] == name.as_bytes()[1] => true,
        2..=6 => is_roman(name),
        _ => false,
    };
    if known { (Some(label), rest.trim_start()) } else { (None, line) }
}

/// Whether the letters are a roman number up to 199, whatever their capitals: `xiv`, `Iv` as other
/// programs make it of `iv`, and not `civil`.
fn is_roman(letters: &str) -> bool {
    const PARTS: [(&str, u8); 9] =
        [("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1)];
    let small = letters.to_ascii_lowercase();
    let written = |mut number: u8| {
        let mut roman = String::new();
        for (letters, worth) in PARTS {
            while number >= worth {
                roman.push_str(letters);
                number -= worth;
            }
        }
        roman
    };
    (1..200).any(|it| written(it) == small)
}

struct Reader<'r, P: Iterator<Item = Piece>> {
    file: &'r str,
    pieces: std::iter::Peekable<P>,
    /// The line of each item, in the order of the text.
    lines: Vec<usize>,
    report: &'r mut Report,
}

impl<P: Iterator<Item = Piece>> Reader<'_, P> {
    /// The blocks that stand at `indent` or deeper, inside the item whose id is `within`
    /// (empty for the clause itself).
    fn blocks(&mut self, indent: usize, within: &str) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut lists = 0;
        while let Some(piece) = self.pieces.next_if(|it| it.indent >= indent) {
            match &piece.label {
                None => blocks.push(self.paragraph(&piece.text, piece.line)),
                Some(_) => {
                    if let Some(Block::List(_)) = blocks.last() {
                        self.report.add(
                            Diagnostic::error(
                                Place::line(self.file, piece.line),
                                "uneven-indent",
                                "the item stands between two levels of a list",
                            )
                            .hint("indent it as the items before it, or by four spaces more"),
                        );
                    }
                    lists += 1;
                    let before = match (within, lists) {
                        ("", 1) => String::new(),
                        ("", list) => format!("{list}."),
                        (within, 1) => format!("{within}."),
                        (within, list) => format!("{within}.{list}."),
                    };
                    blocks.push(self.list(piece, &before));
                }
            }
        }
        blocks
    }

    fn list(&mut self, first: Piece, before: &str) -> Block {
        let indent = first.indent;
        let mut items = Vec::new();
        let mut bullets = 0;
        let mut next = Some(first);
        while let Some(piece) = next {
            let printed = piece.label.unwrap_or_default();
            let (label, own) = if printed == "-" {
                bullets += 1;
                (None, format!("b{bullets}"))
            } else {
                let own = printed.trim_matches(['(', ')', '.']).to_ascii_lowercase();
                (Some(printed), own)
            };
            self.lines.push(piece.line);
            let id = ItemId::parse(&format!("{before}{own}")).expect("labels are letters and digits");
            let mut blocks = vec![self.paragraph(&piece.text, piece.line)];
            blocks.extend(self.blocks(indent + 1, id.as_str()));
            items.push(Item { id, label, blocks });
            next = self.pieces.next_if(|it| it.indent == indent && it.label.is_some());
        }
        Block::List(items)
    }

    fn paragraph(&mut self, text: &str, line: usize) -> Block {
        let bare = text.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
        let is_address = |it: &&str| markdown::is_web(it) || it.starts_with("www.");
        if let Some(address) = bare.filter(|it| is_address(it) && !it.contains(char::is_whitespace)) {
            return Block::Address(address.to_owned());
        }
        Block::Paragraph(self.inlines(markdown::inline(text), text, line))
    }

    fn inlines(&mut self, spans: Vec<Span>, text: &str, line: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for span in spans {
            match span {
                Span::Text(words) => inlines.push(Inline::Text(words)),
                Span::Strong(words) => inlines.push(Inline::Strong(self.inlines(words, text, line))),
                Span::Emphasis(words) => inlines.push(Inline::Emphasis(self.inlines(words, text, line))),
                Span::Link { href, words } if markdown::is_web(&href) => {
                    inlines.push(Inline::Link { href, words: self.inlines(words, text, line) });
                }
                Span::Link { href, words } => {
                    let place = match text.contains(&href) {
                        true => Place::words(self.file, href.as_str()),
                        false => Place::line(self.file, line),
                    };
                    self.report.add(
                        Diagnostic::error(
                            place,
                            "unsafe-link",
                            format!("the link to `{href}` leads to no web address"),
                        )
                        .hint(
                            "keep the words and leave the link out, or write `\\[` where the bracket is printed",
                        ),
                    );
                    inlines.extend(self.inlines(words, text, line));
                }
            }
        }
        inlines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks in a short form: paragraphs in quotes, items as `id label "words"`.
    fn outline(blocks: &[Block]) -> String {
        let mut parts = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(words) => parts.push(format!("{:?}", Inline::plain(words))),
                Block::Address(address) => parts.push(format!("<{address}>")),
                Block::List(items) => {
                    let items: Vec<_> = items
                        .iter()
                        .map(|it| {
                            let label = it.label.as_deref().unwrap_or("-");
                            format!("{} {label} {}", it.id, outline(&it.blocks))
                        })
                        .collect();
                    parts.push(format!("[{}]", items.join(", ")));
                }
            }
        }
        parts.join(" ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut report = Report::default();
        let blocks = parse("x.md", text, 1, None, &mut report);
        assert_eq!(outline(&blocks), expected);
        assert_eq!(report.diagnostics(), []);
    }

    #[test]
    fn printed_labels_open_items_and_are_kept() {
        check("Lead:\n\n(a) one;\n(b) two.", r#""Lead:" [a (a) "one;", b (b) "two."]"#);
        check("a) one\n\nb) two", r#"[a a) "one", b b) "two"]"#);
        check("1. one\n2. two", r#"[1 1. "one", 2 2. "two"]"#);
        check(
            "L\n\na. one\n    i. x\n    ii. y\nb. two",
            r#""L" [a a. "one" [a.i i. "x", a.ii ii. "y"], b b. "two"]"#,
        );
        check("- one\n- two", r#"[b1 - "one", b2 - "two"]"#);
    }

    #[test]
    fn a_paragraph_at_the_margin_is_the_tail_and_ends_the_list() {
        check("L\n\n- a\n\nTail", r#""L" [b1 - "a"] "Tail""#);
        check("a) x\n\nAnd:\n\na) y", r#"[a a) "x"] "And:" [2.a a) "y"]"#);
    }

    #[test]
    fn indentation_goes_on_with_an_item_or_nests_below_it() {
        check(
            "(a) x\n\n    more\n\n    <http://example.org>\n\n(b) y",
            r#"[a (a) "x" "more" <http://example.org>, b (b) "y"]"#,
        );
        check(
            "(a) x\n    (i) y\n    (ii) z\n(b) w",
            r#"[a (a) "x" [a.i (i) "y", a.ii (ii) "z"], b (b) "w"]"#,
        );
        check("- x\n    - y", r#"[b1 - "x" [b1.b1 - "y"]]"#);
    }

    #[test]
    fn what_only_looks_like_a_label_is_text() {
        check("(the Council) may", r#""(the Council) may""#);
        check("1.03 says", r#""1.03 says""#);
        check("e.g. this", r#""e.g. this""#);
        check("a. this", r#""a. this""#);
        check("-5 degrees", r#""-5 degrees""#);
        check(r"\(a) is mentioned", r#""(a) is mentioned""#);
        check("2013) ended", r#""2013) ended""#);
        check("See\n\\12. the member\nor\n\\(a) it", r#""See 12. the member or (a) it""#);
        check("<Name>", r#""<Name>""#);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        check("one\ntwo\n\nthree", r#""one two" "three""#);
    }

    #[test]
    fn items_can_be_given_other_ids() {
        let mut report = Report::default();
        let ids = ["a", "2.a"].map(|it| ItemId::parse(it).unwrap());
        let blocks = parse("x.md", "- one\n\nAnd\n\n- two", 1, Some(&ids), &mut report);
        assert_eq!(outline(&blocks), r#"[a - "one"] "And" [2.a - "two"]"#);
        parse("x.md", "- one", 1, Some(&ids), &mut report);
        assert_eq!(report.diagnostics()[0].code, "item-ids");
    }

    #[test]
    fn two_items_of_one_name_are_an_error() {
        let mut report = Report::default();
        parse("x.md", "a) one\na) two", 1, None, &mut report);
        assert_eq!(report.diagnostics()[0].code, "duplicate-item");
        let mut report = Report::default();
        let ids = ["a", "tail"].map(|it| ItemId::parse(it).unwrap());
        parse("x.md", "- one\n- two\n\nAnd so on.", 1, Some(&ids), &mut report);
        assert!(report.diagnostics()[0].message.contains("`tail`"), "{report:?}");
    }
}
