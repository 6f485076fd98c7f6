//! A clause on a page that gathers clauses of many texts: its name, its words, the way to it.

use super::name;
use crate::handbook::{Authority, Clause, ClauseId, ItemId, PartialDate, Section, Target};
use crate::site::Address;
use crate::site::address::{Link, anchor};
use crate::site::page::edition;
use crate::site::press::Press;
use crate::site::theme::{Value, html};
use crate::site::words::{self, Manner};
use crate::view::comparison::Document;
use crate::view::history;

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

    /// A clause as it is called in a list of clauses of many texts.
    pub fn clause_name(&self, clause: &Clause) -> String {
        match (history::place(self.sections(), &clause.id), self.document) {
            (Some(place), Document::Edition(_)) => name::clause(&place),
            (Some(place), Document::Report(_)) => name::paragraph(&place),
            (None, _) => clause.id.to_string(),
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
        let has_page = |id: &ClauseId| self.has_page(id);
        self.href(words::target_link(target, &self.authority.slug, &self.page(), &has_page))
    }

    /// Whether what is quoted is what the clause's own page shows.
    fn has_page(&self, id: &ClauseId) -> bool {
        let section = || self.sections().iter().find(|it| it.clauses().any(|it| it.id == *id));
        self.is_current() && section().is_some_and(history::is_citable)
    }

    fn sections(&self) -> &'q [Section] {
        match self.document {
            Document::Edition(it) => &it.sections,
            Document::Report(it) => &it.sections,
        }
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
