//! The words of a clause: blocks, items and what stands inside a line.

use super::{ClauseId, ItemId, LegislationSlug, SectionSlug};

/// A piece of a clause that stands by itself on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    /// A bare address that the council printed, on a line of its own.
    Address(String),
    /// One list: items with printed labels or bullets. What stands after it in the clause is
    /// its tail.
    List(Vec<Item>),
}

/// One labelled or bulleted piece of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub id: ItemId,
    /// As printed: `(a)`, `a)`, `1.`; `None` for a bullet.
    pub label: Option<String>,
    /// Its words, then items nested below it.
    pub blocks: Vec<Block>,
}

/// What stands inside a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    Text(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    /// A link that the council printed.
    Link {
        href: String,
        words: Vec<Inline>,
    },
    /// Council words that we have tied to what they name.
    Reference {
        words: String,
        target: Target,
    },
    /// The mark of a footnote, by its printed number; `clause` is the footnote itself.
    Footnote {
        number: String,
        clause: ClauseId,
    },
}

/// What words of a text name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A section of the same document.
    Section(SectionSlug),
    /// A clause of the same document.
    Clause(ClauseId),
    Item(ClauseId, ItemId),
    /// An Act or instrument; `provision` as printed before it (`Section 2`, `Section 1(1)`),
    /// `None` when it is named as a whole.
    Legislation {
        slug: LegislationSlug,
        provision: Option<String>,
    },
}

impl Block {
    /// The blocks after the last list; none where there is no list, or nothing follows it.
    pub fn tail(blocks: &[Block]) -> &[Block] {
        let last_list = blocks.iter().rposition(|it| matches!(it, Block::List(_)));
        last_list.map_or(&[], |it| &blocks[it + 1..])
    }

    /// The items of all lists in these blocks, nested ones after the one they stand in.
    pub fn items(blocks: &[Block]) -> Vec<&Item> {
        let mut items = Vec::new();
        for block in blocks {
            if let Block::List(list) = block {
                for item in list {
                    items.push(item);
                    items.extend(Block::items(&item.blocks));
                }
            }
        }
        items
    }

    /// The runs of words in these blocks, one a paragraph, in reading order.
    pub fn paragraphs(blocks: &[Block]) -> Vec<&[Inline]> {
        let mut runs = Vec::new();
        for block in blocks {
            match block {
                Block::Paragraph(words) => runs.push(words.as_slice()),
                Block::Address(_) => {}
                Block::List(items) => {
                    for item in items {
                        runs.extend(Block::paragraphs(&item.blocks));
                    }
                }
            }
        }
        runs
    }
}

impl Inline {
    /// The words alone, without marks of footnotes.
    pub fn plain(inlines: &[Inline]) -> String {
        let mut text = String::new();
        for inline in inlines {
            match inline {
                Inline::Text(words) | Inline::Reference { words, .. } => text.push_str(words),
                Inline::Strong(words) | Inline::Emphasis(words) | Inline::Link { words, .. } => {
                    text.push_str(&Inline::plain(words));
                }
                Inline::Footnote { .. } => {}
            }
        }
        text
    }
    /// Where the links that are printed in the words lead, in their order.
    pub fn hrefs<'i>(inlines: &'i [Inline]) -> Vec<&'i str> {
        let within = |inline: &'i Inline| match inline {
            Inline::Strong(words) | Inline::Emphasis(words) => Inline::hrefs(words),
            Inline::Link { href, words } => [&[href.as_str()][..], &Inline::hrefs(words)].concat(),
            Inline::Text(_) | Inline::Reference { .. } | Inline::Footnote { .. } => Vec::new(),
        };
        inlines.iter().flat_map(within).collect()
    }
}
