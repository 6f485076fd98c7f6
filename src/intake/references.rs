//! Words of a text that name something: a footnote, a clause, a section, an Act.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{
    AuthoritySlug, Block, Clause, ClauseId, Inline, Item, Legislation, Section, SectionSlug, Target,
};

/// What can be named in one document.
pub struct Known {
    sections: Vec<SectionSlug>,
    clauses: Vec<ClauseId>,
    /// By printed number.
    footnotes: BTreeMap<String, ClauseId>,
}

impl Known {
    pub fn new<'k>(
        _authority: &AuthoritySlug,
        sections: impl Iterator<Item = &'k Section>,
        clauses: impl Iterator<Item = &'k Clause>,
        _legislation: &[Legislation],
    ) -> Self {
        let mut known = Known {
            sections: sections.map(|it| it.slug.clone()).collect(),
            clauses: Vec::new(),
            footnotes: BTreeMap::new(),
        };
        for clause in clauses {
            known.clauses.push(clause.id.clone());
            if let (true, Some(number)) = (clause.is_footnote(), &clause.number) {
                known.footnotes.insert(number.clone(), clause.id.clone());
            }
        }
        known
    }

    /// The blocks of a clause with their words tied to what they name.
    ///
    /// `references` holds the editors' own word on some of them; `none` there leaves words plain.
    pub fn link(
        &self,
        clause: &Clause,
        blocks: Vec<Block>,
        references: &BTreeMap<String, String>,
        report: &mut Report,
    ) -> Vec<Block> {
        blocks.into_iter().map(|it| self.block(clause, it, references, report)).collect()
    }

    fn block(
        &self,
        clause: &Clause,
        block: Block,
        references: &BTreeMap<String, String>,
        report: &mut Report,
    ) -> Block {
        match block {
            Block::Paragraph(words) => Block::Paragraph(self.inlines(clause, words, references, report)),
            Block::Address(address) => Block::Address(address),
            Block::List(items) => Block::List(
                items
                    .into_iter()
                    .map(|it| Item { blocks: self.link(clause, it.blocks, references, report), ..it })
                    .collect(),
            ),
        }
    }

    fn inlines(
        &self,
        clause: &Clause,
        inlines: Vec<Inline>,
        references: &BTreeMap<String, String>,
        report: &mut Report,
    ) -> Vec<Inline> {
        let mut linked = Vec::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.footnote_marks(clause, &text, &mut linked, report),
                Inline::Strong(words) => {
                    linked.push(Inline::Strong(self.inlines(clause, words, references, report)))
                }
                Inline::Emphasis(words) => {
                    linked.push(Inline::Emphasis(self.inlines(clause, words, references, report)));
                }
                other => linked.push(other),
            }
        }
        linked
    }

    /// Cuts the text at marks of footnotes: `[^8]`.
    fn footnote_marks(&self, clause: &Clause, text: &str, linked: &mut Vec<Inline>, report: &mut Report) {
        let mut rest = text;
        while let Some(start) = rest.find("[^") {
            let Some(length) = rest[start..].find(']') else { break };
            let number = &rest[start + 2..start + length];
            let (before, after) = (&rest[..start], &rest[start + length + 1..]);
            if !before.is_empty() {
                linked.push(Inline::Text(before.to_owned()));
            }
            match self.footnotes.get(number) {
                Some(id) => linked.push(Inline::Footnote { number: number.to_owned(), clause: id.clone() }),
                None => {
                    report.add(
                        Diagnostic::error(
                            Place::words(&clause.file, format!("[^{number}]")),
                            "unknown-footnote",
                            format!("the document has no footnote `{number}`"),
                        )
                        .hint("a footnote is a clause file with `kind: footnote` and the number of the mark"),
                    );
                    linked.push(Inline::Text(format!("[^{number}]")));
                }
            }
            rest = after;
        }
        if !rest.is_empty() {
            linked.push(Inline::Text(rest.to_owned()));
        }
    }
}
