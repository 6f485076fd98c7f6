//! What can be named in one document: its sections, clauses, items and footnotes.

use std::collections::BTreeMap;

use super::printed::{Division, Place};
use crate::handbook::{Block, Clause, ClauseId, ItemId, Section, SectionKind, SectionSlug, Target};

/// The places of one document, by id and by printed number.
pub struct Places {
    sections: Vec<PlacedSection>,
    clauses: Vec<PlacedClause>,
    /// By printed number; the last one where two bear the same.
    footnotes: BTreeMap<String, ClauseId>,
}

struct PlacedSection {
    slug: SectionSlug,
    kind: SectionKind,
    number: Option<String>,
    heading: String,
}

struct PlacedClause {
    id: ClauseId,
    number: Option<String>,
    /// Each item with the labels that lead to it, the outermost first: `["a", "ii"]`.
    items: Vec<(ItemId, Vec<String>)>,
    footnote: bool,
}

/// Why a printed reference has no target.
#[derive(Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// The document has no such place.
    Missing,
    /// It has several: their ids.
    Several(Vec<String>),
}

impl Places {
    /// The places that these sections and clauses of one document make.
    pub fn new<'k>(
        sections: impl Iterator<Item = &'k Section>,
        clauses: impl Iterator<Item = &'k Clause>,
    ) -> Self {
        let mut places = Places { sections: Vec::new(), clauses: Vec::new(), footnotes: BTreeMap::new() };
        for section in sections {
            places.sections.push(PlacedSection {
                slug: section.slug.clone(),
                kind: section.kind,
                number: section.number.as_deref().map(bare),
                heading: section.heading.clone().unwrap_or_default(),
            });
        }
        for clause in clauses {
            let footnote = clause.is_footnote();
            if let (true, Some(number)) = (footnote, &clause.number) {
                places.footnotes.insert(number.clone(), clause.id.clone());
            }
            let mut items = Vec::new();
            labels(&clause.blocks, &[], &mut items);
            let number = clause.number.as_deref().map(bare);
            places.clauses.push(PlacedClause { id: clause.id.clone(), number, items, footnote });
        }
        places
    }

    /// The footnote with a printed number.
    pub fn footnote(&self, number: &str) -> Option<&ClauseId> {
        self.footnotes.get(number)
    }

    /// What an editor named: a clause id, `id/item` or the slug of a section. A clause goes
    /// before a section of the same name.
    pub fn named(&self, name: &str) -> Option<Target> {
        if let Some((id, item)) = name.split_once('/') {
            let clause = self.clauses.iter().find(|it| it.id.as_str() == id)?;
            let (item, _) = clause.items.iter().find(|it| it.0.as_str() == item)?;
            return Some(Target::Item(clause.id.clone(), item.clone()));
        }
        let clause = self.clauses.iter().find(|it| it.id.as_str() == name);
        let section = || self.sections.iter().find(|it| it.slug.as_str() == name);
        clause
            .map(|it| Target::Clause(it.id.clone()))
            .or_else(|| section().map(|it| Target::Section(it.slug.clone())))
    }

    /// All that [`Places::named`] knows without items, or the items of the clause that `name`
    /// begins with.
    pub fn names(&self, name: &str) -> Vec<String> {
        if let Some((id, _)) = name.split_once('/')
            && let Some(clause) = self.clauses.iter().find(|it| it.id.as_str() == id)
        {
            return clause.items.iter().map(|(item, _)| format!("{id}/{item}")).collect();
        }
        let sections = self.sections.iter().map(|it| it.slug.to_string());
        self.clauses.iter().map(|it| it.id.to_string()).chain(sections).collect()
    }

    /// What a printed reference names. Numbers are compared as they are printed, apart from a
    /// point or brackets around the whole: `5.3` is not `5.03`.
    pub fn printed(&self, division: Division, place: &Place) -> Result<Target, Unresolved> {
        match division {
            Division::Footnote => self
                .footnotes
                .get(&place.number)
                .map(|it| Target::Clause(it.clone()))
                .ok_or(Unresolved::Missing),
            Division::Attached => self.labelled(&["appendix", "annex", "annexe", "schedule"], &place.number),
            Division::Large => self.labelled(&["part", "chapter"], &place.number),
            Division::OfAnAct => Err(Unresolved::Missing),
            Division::Section => self.numbered(true, place),
            Division::Clause => self.numbered(false, place),
        }
    }

    /// Which word means which level differs from text to text, so a number that no clause
    /// bears may be that of a section, and the other way round.
    fn numbered(&self, section_first: bool, place: &Place) -> Result<Target, Unresolved> {
        let bears = |it: &&PlacedClause| !it.footnote && it.number.as_ref() == Some(&place.number);
        let clauses: Vec<&PlacedClause> = self.clauses.iter().filter(bears).collect();
        let sections: Vec<&PlacedSection> =
            self.sections.iter().filter(|it| it.number.as_ref() == Some(&place.number)).collect();
        match (clauses.as_slice(), sections.as_slice()) {
            ([], []) => Err(Unresolved::Missing),
            // `section 4(e)` leads to the section: its clauses may hold several items (e).
            (others, [section]) if section_first || others.is_empty() => {
                Ok(Target::Section(section.slug.clone()))
            }
            ([clause], others) if !section_first || others.is_empty() => {
                Ok(match clause.item(&place.items)? {
                    Some(item) => Target::Item(clause.id.clone(), item),
                    None => Target::Clause(clause.id.clone()),
                })
            }
            _ if section_first && !sections.is_empty() || clauses.is_empty() => {
                Err(Unresolved::Several(sections.iter().map(|it| it.slug.to_string()).collect()))
            }
            _ => Err(Unresolved::Several(clauses.iter().map(|it| it.id.to_string()).collect())),
        }
    }

    /// A section whose number or heading bears one of the words and the label: `Appendix A`,
    /// `ANNEX A: Forms`; or an annex whose number is the label alone.
    fn labelled(&self, known: &[&str], label: &str) -> Result<Target, Unresolved> {
        let bears = |text: &str| {
            let mut words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
            let (word, own) = (words.next().unwrap_or_default(), words.next());
            known.contains(&word.to_lowercase().as_str()) && own == Some(label)
        };
        let annexes = known.contains(&"annex");
        let found: Vec<&PlacedSection> = self
            .sections
            .iter()
            .filter(|it| {
                let number = it.number.as_deref().unwrap_or_default();
                let annex = annexes && it.kind == SectionKind::Annex;
                bears(&it.heading) || bears(number) || annex && number == label
            })
            .collect();
        match found.as_slice() {
            [] => Err(Unresolved::Missing),
            [section] => Ok(Target::Section(section.slug.clone())),
            several => Err(Unresolved::Several(several.iter().map(|it| it.slug.to_string()).collect())),
        }
    }
}

impl PlacedClause {
    /// The item that these labels lead to; `None` where there are no labels.
    fn item(&self, path: &[String]) -> Result<Option<ItemId>, Unresolved> {
        if path.is_empty() {
            return Ok(None);
        }
        let found: Vec<&ItemId> =
            self.items.iter().filter(|(_, labels)| labels == path).map(|(id, _)| id).collect();
        match found.as_slice() {
            [] => Err(Unresolved::Missing),
            [item] => Ok(Some((*item).clone())),
            several => {
                Err(Unresolved::Several(several.iter().map(|it| format!("{}/{it}", self.id)).collect()))
            }
        }
    }
}

/// A printed number without what stands around it: `2.3.` → `2.3`, `(1)` → `1`.
fn bare(number: &str) -> String {
    number.trim().trim_matches(['(', ')']).trim_end_matches(['.', ')']).to_owned()
}

fn labels(blocks: &[Block], above: &[String], out: &mut Vec<(ItemId, Vec<String>)>) {
    for block in blocks {
        if let Block::List(items) = block {
            for item in items {
                let mut path = above.to_vec();
                path.push(item.label.as_deref().map(|it| bare(it).to_ascii_lowercase()).unwrap_or_default());
                out.push((item.id.clone(), path.clone()));
                labels(&item.blocks, &path, out);
            }
        }
    }
}
