//! A clause on a page that gathers clauses of many texts: its name, its words, the way to it.

use crate::handbook::{
    Authority, Block, Clause, ClauseId, Inline, Item, ItemId, PartialDate, Section, SectionKind, Target,
};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::edition;
use crate::site::press::Press;
use crate::site::theme::{Value, html};
use crate::site::words::{self, Manner};
use crate::view::comparison::Document;

/// The document that is quoted, and the page that quotes it.
pub struct Quoted<'q, 'h> {
    pub press: &'q Press<'h>,
    pub here: &'q Address,
    pub authority: &'q Authority,
    pub document: Document<'q>,
}

impl<'q> Quoted<'q, '_> {
    /// The page of the document itself.
    pub fn document_href(&self) -> String {
        self.href(self.page().into())
    }

    /// The document for people: an edition by its date, a report by its title and date.
    pub fn document_name(&self) -> String {
        match self.document {
            Document::Edition(it) => edition::name(it),
            Document::Report(it) => match it.date.map(PartialDate::in_words) {
                Some(date) => format!("report “{}”, {date}", it.title),
                None => format!("report “{}”", it.title),
            },
        }
    }

    pub fn is_current(&self) -> bool {
        match self.document {
            Document::Edition(it) => self.authority.current.as_ref() == Some(&it.slug),
            Document::Report(_) => false,
        }
    }

    /// Its language where it is not that of our own words.
    pub fn language(&self) -> Value {
        let source = match self.document {
            Document::Edition(it) => &it.source,
            Document::Report(it) => &it.source,
        };
        Some(source.language.as_str()).filter(|it| *it != "en-GB").into()
    }

    /// To a clause: its own page where its words of today are meant, else its place in the text.
    pub fn clause_href(&self, id: &ClauseId) -> String {
        self.href(match self.has_page(id) {
            true => Address::clause(&self.authority.slug, id).into(),
            false => Link::from(self.page()).at(anchor::clause(id)),
        })
    }

    /// The printed number; where there is none, the section and the first words.
    pub fn clause_name(&self, clause: &Clause) -> String {
        match (&clause.number, self.section(&clause.id)) {
            (Some(number), _) if clause.is_footnote() => format!("footnote {number}"),
            (Some(number), _) => number.trim_end_matches('.').to_owned(),
            (None, Some(section)) => match (&section.number, &section.heading) {
                (Some(number), _) => {
                    format!("section {}, {}", number.trim_end_matches('.'), opening(&clause.plain()))
                }
                (None, Some(heading)) => format!("“{heading}”, {}", opening(&clause.plain())),
                (None, None) => opening(&clause.plain()),
            },
            (None, None) => opening(&clause.plain()),
        }
    }

    /// An item in running text: its label, its first words where it has none.
    pub fn item_name(&self, clause: &Clause, id: &ItemId) -> String {
        if id.as_str() == "tail" {
            return "the closing words".to_owned();
        }
        match clause.all_items().into_iter().find(|it| it.id == *id) {
            Some(Item { label: Some(label), .. }) => label.clone(),
            Some(item) => {
                let words = Block::paragraphs(&item.blocks).into_iter().next().map(Inline::plain);
                opening(&words.unwrap_or_default())
            }
            None => id.to_string(),
        }
    }

    /// The words of a clause with the items that are `shown`.
    pub fn words(&self, clause: &Clause, shown: &dyn Fn(&ItemId) -> bool) -> Value {
        let item_link = |item: &ItemId| {
            Some(self.href(match self.has_page(&clause.id) {
                true => Link::from(Address::clause(&self.authority.slug, &clause.id)).at(anchor::item(item)),
                false => Link::from(self.page()).at(anchor::item_in_document(&clause.id, item)),
            }))
        };
        let manner = Manner {
            link: &|target| Some(self.target_href(target)),
            // The same clause may stand on a page twice.
            item_anchor: &|_| None,
            item_link: &item_link,
            footnote: &|id| Some(self.clause_href(id)),
        };
        html(&words::some_items(clause, shown, &manner))
    }

    fn target_href(&self, target: &Target) -> String {
        self.href(match target {
            Target::Clause(id) => return self.clause_href(id),
            Target::Item(id, item) if self.has_page(id) => {
                Link::from(Address::clause(&self.authority.slug, id)).at(anchor::item(item))
            }
            Target::Item(id, item) => Link::from(self.page()).at(anchor::item_in_document(id, item)),
            Target::Section(section) => Link::from(self.page()).at(anchor::section(section)),
            Target::Legislation { slug, .. } => {
                Link::from(Address::legislation()).at(anchor::legislation(slug))
            }
        })
    }

    /// Clauses of the current edition have pages of their own, save title lines and signatures.
    fn has_page(&self, id: &ClauseId) -> bool {
        let citable = |it: &Section| !matches!(it.kind, SectionKind::Front | SectionKind::Back);
        self.is_current() && self.section(id).is_some_and(citable)
    }

    fn section(&self, id: &ClauseId) -> Option<&'q Section> {
        let sections = match self.document {
            Document::Edition(it) => &it.sections,
            Document::Report(it) => &it.sections,
        };
        sections.iter().find(|it| it.clauses().any(|it| it.id == *id))
    }

    fn page(&self) -> Address {
        match self.document {
            Document::Edition(it) => Address::edition(&self.authority.slug, &it.slug),
            Document::Report(it) => Address::report(&self.authority.slug, &it.slug),
        }
    }

    fn href(&self, link: Link) -> String {
        self.press.href(self.here, link)
    }
}

/// The first words of the first line, in quotation marks.
pub fn opening(words: &str) -> String {
    const MOST: usize = 8;
    let all: Vec<&str> = words.lines().next().unwrap_or_default().split_whitespace().collect();
    match all.len() > MOST {
        true => format!("“{} …”", all[..MOST].join(" ").trim_end_matches([',', ';', ':'])),
        false => format!("“{}”", all.join(" ")),
    }
}

/// Words with a capital at their beginning.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
