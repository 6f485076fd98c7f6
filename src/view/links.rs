//! What refers to what inside one document.
//!
//! Words were tied to what they name by [`crate::intake`]; here they are gathered, seen from
//! the clause that holds them and from the one that they name.

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

/// Which other clauses of the document name a clause or an item of it, in reading order.
pub fn into_clause<'h>(sections: &'h [Section], id: &ClauseId) -> Vec<Mention<'h>> {
    let others = clauses(sections).filter(|it| it.id != *id);
    let names = |it: &Mention| match it.target {
        Target::Clause(clause) | Target::Item(clause, _) => clause == id,
        Target::Section(_) | Target::Legislation { .. } => false,
    };
    others.flat_map(out_of).filter(names).collect()
}

/// Which clauses of the document, those of the section itself left out, name a whole section,
/// in reading order.
pub fn into_section<'h>(sections: &'h [Section], section: &SectionSlug) -> Vec<Mention<'h>> {
    let others = sections.iter().filter(|it| it.slug != *section).flat_map(Section::clauses);
    others.flat_map(out_of).filter(|it| matches!(it.target, Target::Section(it) if it == section)).collect()
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
