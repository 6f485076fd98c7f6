//! What refers to what inside one document.
//!
//! Words were tied to what they name by [`crate::intake`]; here they are gathered, seen from
//! the clause that holds them and from the one that they name.

use std::collections::BTreeMap;

use crate::handbook::{Block, Clause, ClauseId, ClauseKind, Inline, ItemId, Section, SectionSlug, Target};

/// Words of a clause that name something.
#[derive(Clone, Copy, Debug)]
pub struct Mention<'h> {
    pub clause: &'h Clause,
    /// The innermost item that holds the words; `None` for lead words and tail.
    pub item: Option<&'h ItemId>,
    pub words: &'h str,
    pub target: &'h Target,
}

/// What the words of a clause name, in reading order.
pub fn out_of(clause: &Clause) -> Vec<Mention<'_>> {
    let mut mentions = Vec::new();
    each_run(&clause.blocks, None, &mut |item, words| {
        each_inline(words, &mut |inline| {
            if let Inline::Reference { words, target } = inline {
                mentions.push(Mention { clause, item, words, target });
            }
        });
    });
    mentions
}

/// What names which place of a document, gathered once for all its clauses.
pub struct Mentions<'h> {
    of_clauses: BTreeMap<&'h ClauseId, Vec<Mention<'h>>>,
    of_sections: BTreeMap<&'h SectionSlug, Vec<Mention<'h>>>,
}

impl<'h> Mentions<'h> {
    /// Looks through all clauses of a document. What a clause says of itself, and a section of
    /// itself, is left out.
    pub fn of(sections: &'h [Section]) -> Self {
        let mut mentions = Mentions { of_clauses: BTreeMap::new(), of_sections: BTreeMap::new() };
        for section in sections {
            for mention in section.clauses().flat_map(out_of) {
                match mention.target {
                    Target::Clause(id) | Target::Item(id, _) if *id != mention.clause.id => {
                        mentions.of_clauses.entry(id).or_default().push(mention);
                    }
                    Target::Section(slug) if *slug != section.slug => {
                        mentions.of_sections.entry(slug).or_default().push(mention);
                    }
                    _ => {}
                }
            }
        }
        mentions
    }

    /// Which other clauses name a clause or an item of it, in reading order.
    pub fn of_clause(&self, id: &ClauseId) -> &[Mention<'h>] {
        self.of_clauses.get(id).map_or(&[], Vec::as_slice)
    }

    /// Which clauses outside of a section name it as a whole, in reading order.
    pub fn of_section(&self, section: &SectionSlug) -> &[Mention<'h>] {
        self.of_sections.get(section).map_or(&[], Vec::as_slice)
    }
}

/// The footnotes of a clause: in the order of their marks, then those that name the clause as
/// the bearer of their mark without a mark in its words.
pub fn footnotes<'h>(sections: &'h [Section], clause: &Clause) -> Vec<&'h Clause> {
    let marks = marks(clause);
    let find = |id: &&ClauseId| clauses(sections).find(|it| it.id == **id);
    let mut footnotes: Vec<&Clause> = marks.iter().filter_map(find).collect();
    for it in clauses(sections) {
        let belongs =
            matches!(&it.kind, ClauseKind::Footnote { mark_in: Some(bearer), .. } if *bearer == clause.id);
        if belongs && !marks.contains(&&it.id) {
            footnotes.push(it);
        }
    }
    footnotes
}

/// The clauses that bear the mark of a footnote, or that it names as the bearer, in reading
/// order.
pub fn bearers<'h>(sections: &'h [Section], footnote: &Clause) -> Vec<&'h Clause> {
    let named = match &footnote.kind {
        ClauseKind::Footnote { mark_in, .. } => mark_in.as_ref(),
        ClauseKind::Clause => None,
    };
    clauses(sections).filter(|it| named == Some(&it.id) || marks(it).contains(&&footnote.id)).collect()
}

/// The footnotes whose marks stand in a clause, in reading order, each once.
fn marks(clause: &Clause) -> Vec<&ClauseId> {
    let mut marks = Vec::new();
    each_run(&clause.blocks, None, &mut |_, words| {
        each_inline(words, &mut |inline| {
            if let Inline::Footnote { clause, .. } = inline
                && !marks.contains(&clause)
            {
                marks.push(clause);
            }
        });
    });
    marks
}

fn clauses(sections: &[Section]) -> impl Iterator<Item = &Clause> {
    sections.iter().flat_map(Section::clauses)
}

/// Each run of words with the innermost item that holds it, in reading order.
fn each_run<'h>(
    blocks: &'h [Block],
    item: Option<&'h ItemId>,
    visit: &mut dyn FnMut(Option<&'h ItemId>, &'h [Inline]),
) {
    for block in blocks {
        match block {
            Block::Paragraph(words) => visit(item, words),
            Block::Address(_) => {}
            Block::List(items) => items.iter().for_each(|it| each_run(&it.blocks, Some(&it.id), visit)),
        }
    }
}

/// Each piece of a run of words, those inside emphasis included.
fn each_inline<'h>(inlines: &'h [Inline], visit: &mut dyn FnMut(&'h Inline)) {
    for inline in inlines {
        visit(inline);
        if let Inline::Strong(words) | Inline::Emphasis(words) | Inline::Link { words, .. } = inline {
            each_inline(words, visit);
        }
    }
}
