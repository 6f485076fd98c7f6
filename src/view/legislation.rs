//! Where texts cite an Act or instrument, then and now.
//!
//! [`mentions`] goes through all that is held: the current edition of each authority, older and
//! proposed ones, reports. Which words cite what was settled when the text was read; what became
//! of the law is in the register's own notes.

use std::collections::BTreeMap;

use super::comparison::Document;
use crate::handbook::{
    Authority, Block, Clause, Handbook, Inline, Legislation, LegislationSlug, PartialDate, Status, Target,
};

/// One document, as far as it cites one Act.
pub struct Citing<'h> {
    pub authority: &'h Authority,
    pub document: Document<'h>,
    /// In reading order; never empty.
    pub mentions: Vec<Mention<'h>>,
}

/// Words that cite an Act.
pub struct Mention<'h> {
    pub clause: &'h Clause,
    /// As printed.
    pub words: &'h str,
    /// As printed: `Section 2`; `None` where the Act is cited as a whole.
    pub provision: Option<&'h str>,
}

/// The documents that cite each Act: authorities in the order of their slugs, in each the
/// editions, newest first, then the reports. What nobody cites has no entry. Drafts are left out
/// unless `drafts`.
pub fn mentions(handbook: &Handbook, drafts: bool) -> BTreeMap<&LegislationSlug, Vec<Citing<'_>>> {
    let mut all: BTreeMap<&LegislationSlug, Vec<Citing>> = BTreeMap::new();
    for authority in handbook.authorities.values() {
        let editions = authority.editions_newest_first().into_iter();
        let editions = editions.filter(|it| drafts || it.status != Status::Draft).map(Document::Edition);
        for document in editions.chain(authority.reports.values().map(Document::Report)) {
            let mut here: BTreeMap<&LegislationSlug, Vec<Mention>> = BTreeMap::new();
            let clauses: Vec<&Clause> = match document {
                Document::Edition(it) => it.clauses().collect(),
                Document::Report(it) => it.clauses().collect(),
            };
            for clause in clauses {
                for words in Block::paragraphs(&clause.blocks) {
                    collect(clause, words, &mut here);
                }
            }
            for (slug, mentions) in here {
                all.entry(slug).or_default().push(Citing { authority, document, mentions });
            }
        }
    }
    all
}

fn collect<'h>(
    clause: &'h Clause,
    inlines: &'h [Inline],
    found: &mut BTreeMap<&'h LegislationSlug, Vec<Mention<'h>>>,
) {
    for inline in inlines {
        match inline {
            Inline::Reference { words, target: Target::Legislation { slug, provision } } => {
                let mention = Mention { clause, words, provision: provision.as_deref() };
                found.entry(slug).or_default().push(mention);
            }
            Inline::Strong(words) | Inline::Emphasis(words) | Inline::Link { words, .. } => {
                collect(clause, words, found);
            }
            Inline::Text(_) | Inline::Reference { .. } | Inline::Footnote { .. } => {}
        }
    }
}

impl Mention<'_> {
    /// Whether the words name the Act by its title. Where they do not, that they cite it is a
    /// reading of ours.
    pub fn names(&self, act: &Legislation) -> bool {
        names(self.words, act)
    }
}

/// Whether words hold the title of an Act, capitals and breaks of lines aside.
pub fn names(words: &str, act: &Legislation) -> bool {
    let spoken = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    spoken(words).contains(&spoken(&act.title))
}

/// The date by which the law of a document's time is looked up; `None` where none is known.
pub fn date(document: Document) -> Option<PartialDate> {
    match document {
        Document::Edition(it) => it.date(),
        Document::Report(it) => it.date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::{ClauseKind, DocumentSlug, Part};
    use crate::sample::handbook;

    fn cites(words: &str, provision: Option<&str>) -> Inline {
        let slug = LegislationSlug::parse("housing-act").unwrap();
        let target = Target::Legislation { slug, provision: provision.map(str::to_owned) };
        Inline::Reference { words: words.to_owned(), target }
    }

    /// The mentions found when the one clause of the sample holds `blocks`.
    fn check(blocks: Vec<Block>, expected: &[(&str, Option<&str>)]) {
        let mut book = handbook(&[]);
        let alpha = book.authorities.values_mut().next().unwrap();
        let edition = alpha.editions.get_mut(&DocumentSlug::parse("2020-01-02").unwrap()).unwrap();
        let Part::Clause(clause) = &mut edition.sections[0].parts[0] else { panic!("the clause is gone") };
        assert_eq!(clause.kind, ClauseKind::Clause);
        clause.blocks = blocks;
        let found = mentions(&book, false);
        let found: Vec<_> = found
            .values()
            .flatten()
            .flat_map(|it| it.mentions.iter().map(|it| (it.words, it.provision)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_tied_to_an_act_are_found_wherever_they_stand() {
        let strong = Inline::Strong(vec![cites("Section 2 of the Housing Act", Some("Section 2"))]);
        let item = crate::handbook::Item {
            id: crate::handbook::ItemId::parse("a").unwrap(),
            label: None,
            blocks: vec![Block::Paragraph(vec![cites("the Act", None)])],
        };
        check(
            vec![Block::Paragraph(vec![Inline::Text("see ".to_owned()), strong]), Block::List(vec![item])],
            &[("Section 2 of the Housing Act", Some("Section 2")), ("the Act", None)],
        );
    }

    #[test]
    fn words_that_are_not_the_title_are_a_reading_of_ours() {
        let act = "legislation:\n  - {slug: housing-act, title: Housing Act 1989}\n";
        let book = handbook(&[("legislation.yaml", act)]);
        for (words, expected) in [
            ("Housing Act 1989", true),
            ("Section 2 of the HOUSING\u{a0}Act\n1989", true),
            ("Housing Act", false),
            ("housing legislation", false),
        ] {
            assert_eq!(names(words, &book.legislation[0]), expected, "{words}");
        }
    }

    #[test]
    fn words_not_tied_to_an_act_are_no_mention() {
        let section = crate::handbook::SectionSlug::parse("rules").unwrap();
        check(
            vec![Block::Paragraph(vec![
                Inline::Text("Housing Act".to_owned()),
                Inline::Reference { words: "section 2".to_owned(), target: Target::Section(section) },
            ])],
            &[],
        );
    }
}
