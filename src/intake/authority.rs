//! An authority's folder: who it is, what it calls things, what it is silent on, its texts and its ledger.

use std::collections::BTreeMap;

use super::registers::{Registers, TERMS};
use super::{Intake, files, suggest};
use crate::diagnostic::{Diagnostic, Place};
use crate::handbook::{
    Authority, AuthoritySlug, ClauseId, Coverage, DocumentSlug, Fingerprint, Frozen, ItemId, NotHeld,
    RecordedClause, Silence, TermSlug, Vocabulary,
};

impl Intake<'_> {
    /// The authority whose folder is `folder`; `None` if its `authority.yaml` cannot be read.
    pub fn authority(
        &mut self,
        slug: AuthoritySlug,
        folder: &str,
        registers: &Registers,
    ) -> Option<Authority> {
        let file = format!("{folder}/authority.yaml");
        let entry: Option<files::AuthorityFile> = self.yaml(&file);
        // What is wrong in the texts is told in the same run.
        let editions = self.editions(&slug, folder, registers);
        let reports = self.reports(&slug, folder, registers);
        let entry = entry?;
        let current = entry.current.and_then(|it| {
            let slug = self.name(&file, &it, DocumentSlug::parse)?;
            // An edition whose own file is broken has been reported there.
            if !editions.contains_key(&slug)
                && !self.children(&format!("{folder}/protocol")).contains(&it.as_str())
            {
                let diagnostic = Diagnostic::error(
                    Place::words(&file, format!("current: {it}")),
                    "unknown-edition",
                    format!("no edition `{it}` in `{folder}/protocol/`"),
                );
                let known = editions.keys().map(|it| it.as_str());
                self.report.add(suggest::with_nearest(diagnostic, &it, known));
            }
            editions.contains_key(&slug).then_some(slug)
        });
        let not_held = entry.not_held.and_then(|it| {
            Some(NotHeld { reviewed: self.day_of_review(&file, &it.reviewed)?, reason: it.reason })
        });
        let mut vocabulary = BTreeMap::new();
        for (name, words) in entry.vocabulary {
            match registers.terms.iter().find(|it| it.slug.as_str() == name) {
                Some(term) => {
                    vocabulary.insert(term.slug.clone(), Vocabulary { words: words.words, note: words.note });
                }
                None if self.unread.contains(TERMS) => {}
                None => {
                    let diagnostic = Diagnostic::error(
                        Place::words(&file, format!("{name}:")),
                        "unknown-term",
                        format!("no term `{name}` in terms.yaml"),
                    );
                    let known = registers.terms.iter().map(|it| TermSlug::as_str(&it.slug));
                    self.report.add(suggest::with_nearest(diagnostic, &name, known));
                }
            }
        }
        let mut coverage = Vec::new();
        for it in entry.coverage {
            let tag = self.topic_tag(&file, &it.topic, registers);
            let reviewed = self.day_of_review(&file, &it.reviewed);
            if let (Some(tag), Some(reviewed)) = (tag, reviewed) {
                let silence = match it.state {
                    files::SilenceEntry::LeftOut => Silence::LeftOut,
                    files::SilenceEntry::Elsewhere => Silence::Elsewhere,
                    files::SilenceEntry::NotAddressed => Silence::NotAddressed,
                };
                coverage.push(Coverage {
                    topic: tag.topic,
                    aspect: tag.aspect,
                    silence,
                    reason: it.reason,
                    reviewed,
                });
            }
        }
        Some(Authority {
            name: entry.name,
            short_name: entry.short_name,
            kind: entry.kind,
            kind_note: entry.kind_note,
            jurisdiction: entry.jurisdiction,
            gss_code: entry.gss_code,
            register_code: entry.register_code,
            facts_from: entry.facts_from,
            start: self.optional_date(&file, entry.start.as_deref()),
            end: self.optional_date(&file, entry.end.as_deref()),
            successor: entry.successor.and_then(|it| self.authority_slug(&file, &it)),
            note: entry.note,
            current,
            not_held,
            vocabulary,
            coverage,
            editions,
            reports,
            ledger: self.ledger(folder),
            frozen: self.frozen(folder),
            slug,
            file,
        })
    }

    fn ledger(&mut self, folder: &str) -> BTreeMap<ClauseId, RecordedClause> {
        let file = format!("{folder}/ids.yaml");
        let Some(entry) = self.optional_yaml::<files::IdsFile>(&file) else { return BTreeMap::new() };
        let mut ledger = BTreeMap::new();
        for (id, entry) in entry.clauses {
            let Some(id) = self.name(&file, &id, ClauseId::parse) else { continue };
            let items = entry.items.iter().filter_map(|it| self.name(&file, it, ItemId::parse)).collect();
            let moved_to = entry.moved_to.and_then(|it| self.name(&file, &it, ClauseId::parse));
            let gone = entry.gone.and_then(|it| self.gone(&file, it));
            ledger.insert(id, RecordedClause { items, moved_to, gone });
        }
        ledger
    }

    fn frozen(&mut self, folder: &str) -> BTreeMap<DocumentSlug, Frozen> {
        let file = format!("{folder}/frozen.yaml");
        let Some(entry) = self.optional_yaml::<files::FrozenFile>(&file) else { return BTreeMap::new() };
        let mut frozen = BTreeMap::new();
        for (slug, entry) in entry.editions {
            let Some(slug) = self.name(&file, &slug, DocumentSlug::parse) else { continue };
            let mut clauses = BTreeMap::new();
            for (id, print) in &entry.clauses {
                let id = self.name(&file, id, ClauseId::parse);
                if let (Some(id), Some(print)) = (id, self.fingerprint(&file, print)) {
                    clauses.insert(id, print);
                }
            }
            let status = entry.status.into();
            let adoption = self.fingerprint(&file, &entry.adoption);
            let order = self.fingerprint(&file, &entry.order);
            let descent = entry.descent.and_then(|it| self.fingerprint(&file, &it));
            let corrections = entry.corrections.and_then(|it| self.fingerprint(&file, &it));
            if let (Some(adoption), Some(order)) = (adoption, order) {
                frozen.insert(slug, Frozen { status, adoption, order, descent, corrections, clauses });
            }
        }
        frozen
    }

    fn fingerprint(&mut self, file: &str, text: &str) -> Option<Fingerprint> {
        let print = Fingerprint::parse(text);
        if print.is_none() {
            self.report.add(
                Diagnostic::error(
                    Place::words(file, text),
                    "bad-fingerprint",
                    format!("`{text}` is no fingerprint"),
                )
                .hint("put the file back from a copy; it is written by `handbook record` alone"),
            );
        }
        print
    }
}
