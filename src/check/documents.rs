//! Editions and reports alike, for rules that hold for both.

use crate::handbook::{Authority, Clause, Edition, Handbook, Provenance, Section, SourceRef};

/// An edition or a report with the authority it belongs to.
pub struct Document<'h> {
    pub authority: &'h Authority,
    /// `None` for a report.
    pub edition: Option<&'h Edition>,
    pub title: &'h str,
    pub source: &'h SourceRef,
    pub provenance: Provenance,
    pub note: Option<&'h str>,
    pub sections: &'h [Section],
    pub file: &'h str,
}

impl<'h> Document<'h> {
    /// Its clauses and footnotes, in reading order.
    pub fn clauses(&self) -> impl Iterator<Item = &'h Clause> + use<'h> {
        self.sections.iter().flat_map(Section::clauses)
    }

    /// Its folder, below the content folder: `authorities/kent/protocol/2013-05-23`.
    pub fn folder(&self) -> &'h str {
        self.file.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The path with which the map of a source names it: `kent/protocol/2013-05-23`.
    pub fn path(&self) -> &'h str {
        self.folder().trim_start_matches("authorities/")
    }

    /// Whether this is the edition that the authority's pages are made from.
    pub fn is_current(&self) -> bool {
        self.edition.is_some_and(|it| self.authority.current.as_ref() == Some(&it.slug))
    }
}

/// All documents: by authority, editions before reports, each by its folder.
pub fn documents(handbook: &Handbook) -> impl Iterator<Item = Document<'_>> {
    handbook.authorities.values().flat_map(of)
}

/// The documents of one authority.
pub fn of(authority: &Authority) -> impl Iterator<Item = Document<'_>> {
    let editions = authority.editions.values().map(move |it| Document {
        authority,
        edition: Some(it),
        title: &it.title,
        source: &it.source,
        provenance: it.provenance,
        note: it.note.as_deref(),
        sections: &it.sections,
        file: &it.file,
    });
    let reports = authority.reports.values().map(move |it| Document {
        authority,
        edition: None,
        title: &it.title,
        source: &it.source,
        provenance: it.provenance,
        note: it.note.as_deref(),
        sections: &it.sections,
        file: &it.file,
    });
    editions.chain(reports)
}
