//! Council words as HTML: the text of a clause, its items and its references.

use super::Address;
use super::address::{Link, anchor};
use crate::handbook::{AuthoritySlug, Block, Clause, ClauseId, Inline, Item, ItemId, SourceText, Target};
use crate::markdown::{escape, escape_into};

/// How words are shown in one place.
pub struct Manner<'m> {
    /// What a reference leads to from here, as an `href`; `None` leaves its words plain.
    pub link: &'m dyn Fn(&Target) -> Option<String>,
    /// The anchor of an item here; `None` where items have none, since the same item may stand
    /// on a page twice.
    pub item_anchor: &'m dyn Fn(&ItemId) -> Option<String>,
    /// The address of an item's own link; `None` where none is shown.
    pub item_link: &'m dyn Fn(&ItemId) -> Option<String>,
    /// The footnote a mark leads to, as an `href`.
    pub footnote: &'m dyn Fn(&ClauseId) -> Option<String>,
}

/// The anchors on the page of a clause's document.
pub fn in_document(clause: &ClauseId) -> impl Fn(&ItemId) -> Option<String> + '_ {
    move |item| Some(anchor::item_in_document(clause, item))
}

/// All words of a clause.
pub fn whole(clause: &Clause, manner: &Manner) -> String {
    let mut out = String::new();
    blocks(&clause.blocks, manner, &|_| true, true, &mut out);
    out
}

/// The words of a clause with only some of its items: its lead words and tail stand, and what
/// is left out between is marked as left out by us.
///
/// `shown` is asked for each item, for one that is nested only if the item it stands in is shown.
pub fn some_items(clause: &Clause, shown: &dyn Fn(&ItemId) -> bool, manner: &Manner) -> String {
    let mut out = String::new();
    blocks(&clause.blocks, manner, shown, true, &mut out);
    out
}

/// Only the blocks of the clause itself have a tail that is cited; `outermost` says that these
/// are such.
fn blocks(
    all: &[Block],
    manner: &Manner,
    shown: &dyn Fn(&ItemId) -> bool,
    outermost: bool,
    out: &mut String,
) {
    let tail = ItemId::parse("tail").filter(|_| outermost && !Block::tail(all).is_empty());
    let tail_at = all.len() - Block::tail(all).len();
    for (index, block) in all.iter().enumerate() {
        match block {
            Block::Paragraph(words) => {
                out.push_str("<p");
                if let Some(tail) = tail.as_ref().filter(|_| index == tail_at) {
                    write_id(tail, manner, out);
                }
                out.push('>');
                inlines(words, manner, out);
                out.push_str("</p>\n");
            }
            Block::Address(address) => {
                out.push_str("<p class=\"printed-address\"");
                if let Some(tail) = tail.as_ref().filter(|_| index == tail_at) {
                    write_id(tail, manner, out);
                }
                out.push('>');
                escape_into(address, out);
                out.push_str("</p>\n");
            }
            Block::List(items) => list(items, manner, shown, out),
        }
    }
}

fn list(items: &[Item], manner: &Manner, shown: &dyn Fn(&ItemId) -> bool, out: &mut String) {
    // The labels are printed words, so they stand in the text and not in the list's style;
    // `role` keeps a list without markers a list for screen readers.
    out.push_str("<ul class=\"items\" role=\"list\">\n");
    let mut left_out = false;
    for item in items {
        if !shown(&item.id) {
            left_out = true;
            continue;
        }
        if std::mem::take(&mut left_out) {
            write_left_out(out);
        }
        out.push_str("<li");
        write_id(&item.id, manner, out);
        out.push('>');
        out.push_str("<span class=\"label\">");
        let label = item.label.as_deref();
        match ((manner.item_link)(&item.id), label) {
            (Some(href), Some(label)) => {
                out.push_str(&format!("<a href=\"{}\">{}</a>", escape(&href), escape(label)));
            }
            // A bullet says nothing by itself, so its link is given a name.
            (Some(href), None) => {
                let name = escape(&format!("link to {}", opening(&plain(&item.blocks))));
                out.push_str(&format!(
                    "<a class=\"bullet\" href=\"{}\" aria-label=\"{name}\">•</a>",
                    escape(&href)
                ));
            }
            (None, Some(label)) => escape_into(label, out),
            (None, None) => out.push_str("<span aria-hidden=\"true\">•</span>"),
        }
        out.push_str("</span> ");
        out.push_str("<div class=\"item-words\">");
        blocks(&item.blocks, manner, shown, false, out);
        out.push_str("</div></li>\n");
    }
    if left_out {
        write_left_out(out);
    }
    out.push_str("</ul>\n");
}

fn write_left_out(out: &mut String) {
    out.push_str("<li class=\"left-out\"><span class=\"editors\">[items left out here]</span></li>\n");
}

fn write_id(item: &ItemId, manner: &Manner, out: &mut String) {
    if let Some(id) = (manner.item_anchor)(item) {
        out.push_str(&format!(" id=\"{}\"", escape(&id)));
    }
}

fn inlines(all: &[Inline], manner: &Manner, out: &mut String) {
    for inline in all {
        match inline {
            Inline::Text(text) => write_text(text, out),
            Inline::Strong(words) => {
                out.push_str("<strong>");
                inlines(words, manner, out);
                out.push_str("</strong>");
            }
            Inline::Emphasis(words) => {
                out.push_str("<em>");
                inlines(words, manner, out);
                out.push_str("</em>");
            }
            Inline::Link { href, words } => {
                out.push_str(&format!("<a href=\"{}\">", escape(href)));
                inlines(words, manner, out);
                out.push_str("</a>");
            }
            Inline::Reference { words, target } => match (manner.link)(target) {
                Some(href) => {
                    let href = escape(&href);
                    out.push_str(&format!("<a class=\"reference\" href=\"{href}\">{}</a>", escape(words)));
                }
                None => escape_into(words, out),
            },
            Inline::Footnote { number, clause } => {
                let number = escape(number);
                out.push_str("<sup class=\"footnote-mark\">");
                match (manner.footnote)(clause) {
                    Some(href) => out.push_str(&format!(
                        "<a href=\"{}\" aria-label=\"footnote {number}\">{number}</a>",
                        escape(&href)
                    )),
                    None => out.push_str(&number),
                }
                out.push_str("</sup>");
            }
        }
    }
}

/// Text, with the marker for removed contact details set apart as ours.
fn write_text(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(SourceText::MARKER) {
        escape_into(before, out);
        out.push_str("<span class=\"editors\">");
        escape_into(SourceText::MARKER, out);
        out.push_str("</span>");
        rest = after;
    }
    escape_into(rest, out);
}

/// Where a target stands, seen from a page on which only single clauses stand: on the page of
/// the clause, or of the document for what has no page of its own.
///
/// `has_page` says whether a clause has one.
pub fn target_link(
    target: &Target,
    authority: &AuthoritySlug,
    document: &Address,
    has_page: &dyn Fn(&ClauseId) -> bool,
) -> Link {
    match target {
        Target::Clause(clause) if has_page(clause) => Address::clause(authority, clause).into(),
        Target::Item(clause, item) if has_page(clause) => {
            Link::from(Address::clause(authority, clause)).at(anchor::item(item))
        }
        _ => target_in_document(target, document),
    }
}

/// Where a target stands on the page of its document; an Act stands in the register.
pub fn target_in_document(target: &Target, document: &Address) -> Link {
    let document = Link::from(document.clone());
    match target {
        Target::Section(section) => document.at(anchor::section(section)),
        Target::Clause(clause) => document.at(anchor::clause(clause)),
        Target::Item(clause, item) => document.at(anchor::item_in_document(clause, item)),
        Target::Legislation { slug, .. } => Link::from(Address::legislation()).at(anchor::legislation(slug)),
    }
}

/// The words of some blocks as one text, a paragraph a line, without labels of items.
pub fn plain(blocks: &[Block]) -> String {
    let runs: Vec<String> = Block::paragraphs(blocks).into_iter().map(Inline::plain).collect();
    runs.join("\n")
}

/// The first words of a text, in quotation marks: no more than its first line has.
pub fn opening(plain: &str) -> String {
    const WORDS: usize = 7;
    let line = plain.lines().next().unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().take(WORDS).collect();
    let first = words.join(" ");
    match plain.split_whitespace().count() > words.len() {
        true => format!("“{} …”", first.trim_end_matches([',', ';', ':'])),
        false => format!("“{first}”"),
    }
}
