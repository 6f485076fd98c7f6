//! The words of a clause, a paragraph a line.

use super::Start;
use crate::handbook::{Block, Inline, Item};

/// A paragraph of a text: how it begins, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub start: Start,
    pub words: String,
}

/// The paragraphs of a clause in reading order, each a line of its own, labels apart. `clause` is
/// its place on its side of the passage.
pub fn paragraphs(clause: usize, blocks: &[Block]) -> Vec<Paragraph> {
    fn write(blocks: &[Block], clause: usize, depth: usize, out: &mut Vec<Paragraph>) {
        for block in blocks {
            let start = Start { clause, label: None, depth, item: false };
            match block {
                Block::Paragraph(words) => {
                    out.push(Paragraph { start, words: Inline::plain(words) });
                }
                Block::Address(address) => out.push(Paragraph { start, words: address.clone() }),
                Block::List(items) => items.iter().for_each(|it| item(it, clause, depth + 1, out)),
            }
        }
    }
    fn item(item: &Item, clause: usize, depth: usize, out: &mut Vec<Paragraph>) {
        let start = Start { clause, label: item.label.clone(), depth, item: true };
        let first = out.len();
        let begins = matches!(item.blocks.first(), Some(Block::Paragraph(_) | Block::Address(_)));
        if !begins {
            out.push(Paragraph { start: start.clone(), words: String::new() });
        }
        write(&item.blocks, clause, depth, out);
        out[first].start = start;
    }
    let mut out = Vec::new();
    write(blocks, clause, 0, &mut out);
    out
}
