//! A document's folder: an edition or a report, its sections and its clause files.

use std::collections::{BTreeMap, BTreeSet};

use super::references::Known;
use super::registers::{LEGISLATION, Registers};
use super::{Intake, clause_text, files, pasted, suggest};
use crate::diagnostic::{self, Diagnostic, Place, Severity};
use crate::handbook::{
    AdoptionStep, AuthoritySlug, Block, Clause, ClauseId, ClauseKind, Correction, Dates, DocumentSlug,
    Edition, ItemId, ItemTags, Part, Provenance, Report, Section, SectionKind, SectionSlug, SourceRef,
    Status,
};

/// A clause whose words have not been tied to what they name.
struct Unlinked {
    clause: Clause,
    /// The editors' own word on what some words name.
    references: BTreeMap<String, String>,
}

enum UnlinkedPart {
    SubHeading(String),
    Clause(Box<Unlinked>),
}

impl Intake<'_> {
    /// The editions of an authority, whose folder is `folder`. One whose `edition.yaml` cannot be read is left out.
    pub fn editions(
        &mut self,
        authority: &AuthoritySlug,
        folder: &str,
        registers: &Registers,
    ) -> BTreeMap<DocumentSlug, Edition> {
        let mut editions = BTreeMap::new();
        for name in self.children(&format!("{folder}/protocol")) {
            let folder = format!("{folder}/protocol/{name}");
            let file = format!("{folder}/edition.yaml");
            let Some(slug) = self.name(&folder, name, DocumentSlug::parse) else { continue };
            let sections = self.sections(authority, &folder, registers);
            let Some(entry) = self.yaml::<files::EditionFile>(&file) else { continue };
            let dates = Dates {
                printed: self.optional_date(&file, entry.dates.printed.as_deref()),
                proposed: self.optional_date(&file, entry.dates.proposed.as_deref()),
                adopted: self.optional_date(&file, entry.dates.adopted.as_deref()),
                commenced: self.optional_date(&file, entry.dates.commenced.as_deref()),
            };
            let mut adoption = Vec::new();
            for step in entry.adoption {
                let date = self.optional_date(&file, step.date.as_deref());
                adoption.push(AdoptionStep {
                    body: step.body,
                    date,
                    outcome: step.outcome,
                    minute: step.minute,
                    papers: step.papers,
                });
            }
            let corrections = entry.corrections.into_iter().map(|it| self.correction(&file, it)).collect();
            let withdrawn = entry.withdrawn.into_iter();
            let withdrawn =
                withdrawn.filter_map(|(id, why)| Some((self.name(&file, &id, ClauseId::parse)?, why)));
            let withdrawn = withdrawn.collect();
            let edition = Edition {
                title: entry.title,
                status: entry.status.into(),
                dates,
                follows: entry.follows.and_then(|it| self.name(&file, &it, DocumentSlug::parse)),
                amends: entry.amends.and_then(|it| self.name(&file, &it, DocumentSlug::parse)),
                adoption,
                source: self.source_ref(&file, entry.source, entry.licence, entry.language, entry.checked),
                provenance: provenance(entry.provenance),
                part_of: entry.part_of.and_then(|it| self.name(&file, &it, DocumentSlug::parse)),
                note: entry.note,
                corrections,
                withdrawn,
                sections,
                slug: slug.clone(),
                file,
            };
            editions.insert(slug, edition);
        }
        editions
    }

    fn correction(&mut self, file: &str, entry: files::CorrectionEntry) -> Correction {
        Correction {
            clauses: entry.clauses.iter().filter_map(|it| self.name(file, it, ClauseId::parse)).collect(),
            what: entry.what,
            why: entry.why,
            decided_by: entry.decided_by,
            under: entry.under,
            on: self.optional_date(file, entry.on.as_deref()),
        }
    }

    /// The committee reports, likewise.
    pub fn reports(
        &mut self,
        authority: &AuthoritySlug,
        folder: &str,
        registers: &Registers,
    ) -> BTreeMap<DocumentSlug, Report> {
        let mut reports = BTreeMap::new();
        for name in self.children(&format!("{folder}/reports")) {
            let folder = format!("{folder}/reports/{name}");
            let file = format!("{folder}/report.yaml");
            let Some(slug) = self.name(&folder, name, DocumentSlug::parse) else { continue };
            let sections = self.sections(authority, &folder, registers);
            let Some(entry) = self.yaml::<files::ReportFile>(&file) else { continue };
            let report = Report {
                title: entry.title,
                date: self.optional_date(&file, entry.date.as_deref()),
                body: entry.body,
                source: self.source_ref(&file, entry.source, entry.licence, entry.language, entry.checked),
                provenance: provenance(entry.provenance),
                note: entry.note,
                sections,
                slug: slug.clone(),
                file,
            };
            reports.insert(slug, report);
        }
        reports
    }

    fn source_ref(
        &mut self,
        file: &str,
        source: files::SourceEntry,
        licence: Option<String>,
        language: String,
        checked: Option<String>,
    ) -> SourceRef {
        SourceRef {
            text: source.text,
            title: source.title,
            licence: licence.unwrap_or_default(),
            language,
            checked: checked.and_then(|it| self.day_of_review(file, &it)),
        }
    }

    /// The sections of a document, in the order of their folders, with references resolved.
    fn sections(&mut self, authority: &AuthoritySlug, folder: &str, registers: &Registers) -> Vec<Section> {
        let mut sections = Vec::new();
        let mut slugs = BTreeSet::new();
        let mut names = self.children(folder);
        // By the number, so that `10-…` comes after `9-…`; names without one are reported below.
        names.sort_by_key(|it| {
            let number = it.split('-').next().unwrap_or_default().trim_start_matches('0');
            (number.len(), number, *it)
        });
        for name in names {
            let file = format!("{folder}/{name}");
            if self.sources.files.contains_key(&file) {
                continue;
            }
            // The number before the name orders the folders; the rest is the section's slug.
            let slug = name
                .split_once('-')
                .filter(|(number, _)| !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()));
            let Some((_, slug)) = slug else {
                self.report.add(
                    Diagnostic::error(
                        Place::file(file),
                        "section-folder",
                        format!("`{name}` has no number before its name"),
                    )
                    .hint("call the folder by its place and its name: `03-scrutiny`"),
                );
                continue;
            };
            let Some(slug) = self.name(&file, slug, SectionSlug::parse) else { continue };
            if !slugs.insert(slug.clone()) {
                self.report.add(
                    Diagnostic::error(
                        Place::file(&file),
                        "duplicate-section",
                        format!("two sections of this document are called `{slug}`"),
                    )
                    .hint("the name after the number is the section's address; give one of them another"),
                );
            }
            sections.extend(self.section(slug, &file, registers));
        }
        self.clause_ids_are_unique(&sections);
        self.link(authority, folder, sections, registers)
    }

    fn section(
        &mut self,
        slug: SectionSlug,
        folder: &str,
        registers: &Registers,
    ) -> Option<(Section, Vec<UnlinkedPart>)> {
        let file = format!("{folder}/_section.md");
        if !self.sources.files.contains_key(&file) {
            if !self.is_unreadable(&file) {
                self.report.add(
                    Diagnostic::error(Place::file(&file), "missing-file", "the section has no `_section.md`")
                        .hint("it holds the number, the heading and the order of the clauses"),
                );
            }
            return None;
        }
        let fenced = self.fenced(&file)?;
        // A folder may be called like a clause file; it is none.
        let mut files: BTreeSet<&str> = (self.children(folder).into_iter())
            .filter(|it| self.sources.files.contains_key(&format!("{folder}/{it}")))
            .filter_map(|it| it.strip_suffix(".md"))
            .collect();
        files.remove("_section");
        let Some(front) = self.parse::<files::SectionFront>(&file, fenced.front, 2) else {
            // What is wrong in the clauses is told in the same run.
            for id in files {
                self.clause(&format!("{folder}/{id}.md"), id, registers);
            }
            return None;
        };
        if !fenced.text.trim().is_empty() {
            self.report.add(
                Diagnostic::error(
                    Place::line(&file, fenced.text_line),
                    "text-in-section",
                    "`_section.md` holds words after its front matter",
                )
                .hint("words of the document belong in a clause file"),
            );
        }
        let mut parts = Vec::new();
        let mut listed = BTreeSet::new();
        for part in front.clauses {
            match part {
                files::SectionPart::SubHeading(heading) => parts.push(UnlinkedPart::SubHeading(heading)),
                files::SectionPart::Clause(id) => {
                    if !listed.insert(id.clone()) {
                        self.report.add(
                            Diagnostic::error(
                                Place::words(&file, id.as_str()),
                                "listed-twice",
                                format!("the clause `{id}` is listed twice"),
                            )
                            .hint("keep it where it is printed"),
                        );
                    } else if files.remove(id.as_str()) {
                        let path = format!("{folder}/{id}.md");
                        parts.extend(
                            self.clause(&path, &id, registers).map(|it| UnlinkedPart::Clause(Box::new(it))),
                        );
                    } else if !self.is_unreadable(&format!("{folder}/{id}.md")) {
                        let diagnostic = Diagnostic::error(
                            Place::words(&file, id.as_str()),
                            "missing-clause",
                            format!("there is no clause file `{id}.md`"),
                        );
                        self.report.add(suggest::with_nearest(diagnostic, &id, files.iter().copied()));
                    }
                }
            }
        }
        for left in files {
            self.report.add(
                Diagnostic::error(
                    Place::file(format!("{folder}/{left}.md")),
                    "unlisted-clause",
                    "the clause is not in the list of its section",
                )
                .hint(format!("put `{left}` in its place under `clauses` in `_section.md`")),
            );
        }
        let section = Section {
            slug,
            kind: match front.kind {
                files::SectionKindEntry::Section => SectionKind::Section,
                files::SectionKindEntry::Annex => SectionKind::Annex,
                files::SectionKindEntry::Related => SectionKind::Related,
                files::SectionKindEntry::Front => SectionKind::Front,
                files::SectionKindEntry::Back => SectionKind::Back,
            },
            number: front.number.and_then(|it| self.printed_number(&file, it)),
            heading: front.heading,
            parts: Vec::new(),
            source_note: front.source_note,
            file,
        };
        Some((section, parts))
    }

    fn clause(&mut self, file: &str, stem: &str, registers: &Registers) -> Option<Unlinked> {
        let fenced = self.fenced(file)?;
        pasted::look(file, fenced.text, fenced.text_line, &mut self.report);
        let Some(front) = self.parse::<files::ClauseFront>(file, fenced.front, 2) else {
            // What is wrong in the words is told in the same run, but for ids that the keys may give.
            let mut report = diagnostic::Report::default();
            clause_text::parse(file, fenced.text, fenced.text_line, None, &mut report);
            let found = report.diagnostics().iter().filter(|it| it.code != "duplicate-item");
            found.for_each(|it| self.report.add(it.clone()));
            return None;
        };
        let id = self.name(file, &front.id, ClauseId::parse)?;
        if id.as_str() != stem {
            self.report.add(
                Diagnostic::error(
                    Place::words(file, "id:"),
                    "file-name",
                    format!("the clause `{id}` stands in a file called `{stem}.md`"),
                )
                .hint(format!("call the file `{id}.md`, or mend the id")),
            );
        }
        let ids: Option<Vec<ItemId>> =
            front.item_ids.map(|it| it.iter().filter_map(|it| self.name(file, it, ItemId::parse)).collect());
        let blocks =
            clause_text::parse(file, fenced.text, fenced.text_line, ids.as_deref(), &mut self.report);
        if blocks.is_empty() {
            self.report.add(
                Diagnostic::error(
                    Place::line(file, fenced.text_line - 1),
                    "empty-clause",
                    "the clause has no words",
                )
                .hint("write the text after the second `---`"),
            );
        }
        let items = self.item_tags(file, front.items, &blocks, registers);
        let mark_in = front.mark_in.and_then(|it| self.name(file, &it, ClauseId::parse));
        let kind = match front.kind {
            files::ClauseKindEntry::Footnote => {
                ClauseKind::Footnote { mark_in, printed_at: front.printed_at }
            }
            files::ClauseKindEntry::Clause => {
                if mark_in.is_some() || front.printed_at.is_some() {
                    self.report.add(
                        Diagnostic::error(
                            Place::words(file, "id:"),
                            "footnote-keys",
                            "`mark_in` and `printed_at` belong to footnotes",
                        )
                        .hint("add `kind: footnote`, or take the keys out"),
                    );
                }
                ClauseKind::Clause
            }
        };
        let clause = Clause {
            id,
            number: front.number.and_then(|it| self.printed_number(file, it)),
            kind,
            blocks,
            topics: self.topic_tags(file, &front.topics, registers),
            principles: self.principle_tags(file, front.principles, registers),
            items,
            from: front.from.iter().filter_map(|it| self.name(file, it, ClauseId::parse)).collect(),
            asked: front.asked,
            source_note: front.source_note,
            file: file.to_owned(),
        };
        Some(Unlinked { clause, references: front.references })
    }

    /// The printed number, if it can be one: `title: ` gives an empty one, a copied one may
    /// bring its quotation marks.
    fn printed_number(&mut self, file: &str, number: String) -> Option<String> {
        let bad = number.trim().is_empty()
            || number == "null"
            || number.contains(['“', '”', '‘', '’', '"', '\''])
            || number.trim() != number;
        if bad {
            let message = match number.trim() {
                "" => "the number is empty".to_owned(),
                _ => format!("`{number}` is no number"),
            };
            self.report.add(
                Diagnostic::error(Place::words(file, "number:"), "bad-number", message)
                    .hint("write it as printed, in straight quotes: number: \"1.10\"; leave the key out where none is printed"),
            );
            return None;
        }
        Some(number)
    }

    fn item_tags(
        &mut self,
        file: &str,
        entries: BTreeMap<String, files::ItemEntry>,
        blocks: &[Block],
        registers: &Registers,
    ) -> BTreeMap<ItemId, ItemTags> {
        let mut items = BTreeMap::new();
        let known: BTreeSet<&ItemId> = Block::items(blocks).into_iter().map(|it| &it.id).collect();
        let has_tail = !Block::tail(blocks).is_empty();
        for (name, entry) in entries {
            let Some(id) = self.name(file, &name, ItemId::parse) else { continue };
            if !(known.contains(&id) || has_tail && id.as_str() == "tail") {
                let diagnostic = Diagnostic::error(
                    Place::words(file, format!("{name}:")),
                    "unknown-item",
                    format!("the text has no item `{name}`"),
                );
                let ids: Vec<&str> = known.iter().take(20).map(|it| it.as_str()).collect();
                self.report.add(diagnostic.hint(match known.len() {
                    0 => "the text has no items".to_owned(),
                    count if count > ids.len() => format!("its first items are {}", ids.join(", ")),
                    _ => format!("its items are {}", ids.join(", ")),
                }));
                continue;
            }
            let topics = self.topic_tags(file, &entry.topics, registers);
            let principles = self.principle_tags(file, entry.principles, registers);
            items.insert(id, ItemTags { topics, principles, asked: entry.asked });
        }
        items
    }

    /// Whether a file or a folder of the document could not be read, or is not there.
    fn lacks_part(&self, folder: &str) -> bool {
        let left_out = |it: &Diagnostic| {
            it.severity == Severity::Error
                && ["missing-clause", "missing-file", "unlisted-clause", "section-folder", "bad-name"]
                    .contains(&it.code)
        };
        let below = |file: &str| file.strip_prefix(folder).is_some_and(|it| it.starts_with('/'));
        self.unread.iter().any(|it| below(it))
            || self.report.diagnostics().iter().any(|it| left_out(it) && below(&it.place.file))
    }

    fn clause_ids_are_unique(&mut self, sections: &[(Section, Vec<UnlinkedPart>)]) {
        let mut files: BTreeMap<&ClauseId, &str> = BTreeMap::new();
        for (_, parts) in sections {
            for part in parts {
                let UnlinkedPart::Clause(it) = part else { continue };
                if let Some(first) = files.insert(&it.clause.id, &it.clause.file) {
                    self.report.add(
                        Diagnostic::error(
                            Place::words(&it.clause.file, "id:"),
                            "duplicate-id",
                            format!("the id `{}` is also that of {first}", it.clause.id),
                        )
                        .hint(
                            "an id is given once in a document and for ever; give the newer clause another",
                        ),
                    );
                }
            }
        }
    }

    /// Ties the words of all clauses to what they name.
    fn link(
        &mut self,
        authority: &AuthoritySlug,
        folder: &str,
        sections: Vec<(Section, Vec<UnlinkedPart>)>,
        registers: &Registers,
    ) -> Vec<Section> {
        let clauses = || {
            sections.iter().flat_map(|(_, parts)| parts).filter_map(|it| match it {
                UnlinkedPart::Clause(it) => Some(&it.clause),
                UnlinkedPart::SubHeading(_) => None,
            })
        };
        let known =
            Known::new(authority, sections.iter().map(|(it, _)| it), clauses(), registers.legislation)
                .except(self.lacks_part(folder), self.unread.contains(LEGISLATION));
        let mut linked = Vec::new();
        for (mut section, parts) in sections {
            for part in parts {
                section.parts.push(match part {
                    UnlinkedPart::SubHeading(heading) => Part::SubHeading(heading),
                    UnlinkedPart::Clause(it) => {
                        let Unlinked { mut clause, references } = *it;
                        let blocks = std::mem::take(&mut clause.blocks);
                        clause.blocks = known.link(&clause, blocks, &references, &mut self.report);
                        Part::Clause(Box::new(clause))
                    }
                });
            }
            linked.push(section);
        }
        linked
    }
}

fn provenance(entry: files::ProvenanceEntry) -> Provenance {
    match entry {
        files::ProvenanceEntry::Verbatim => Provenance::Verbatim,
        files::ProvenanceEntry::Reconstructed => Provenance::Reconstructed,
        files::ProvenanceEntry::DraftedHere => Provenance::DraftedHere,
    }
}

impl From<files::StatusEntry> for Status {
    fn from(entry: files::StatusEntry) -> Status {
        match entry {
            files::StatusEntry::Draft => Status::Draft,
            files::StatusEntry::Proposed => Status::Proposed,
            files::StatusEntry::Adopted => Status::Adopted,
            files::StatusEntry::Published => Status::Published,
            files::StatusEntry::Superseded => Status::Superseded,
            files::StatusEntry::Rejected => Status::Rejected,
            files::StatusEntry::Withdrawn => Status::Withdrawn,
        }
    }
}
