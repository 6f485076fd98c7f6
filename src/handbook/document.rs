//! Protocols and reports of an authority, down to the clause.

use std::collections::BTreeMap;

use super::{
    Block, ClauseId, DocumentSlug, Inline, Item, ItemId, PartialDate, PrincipleTag, SectionSlug, TopicTag,
};

/// One text of an authority's protocol.
#[derive(Clone, Debug)]
pub struct Edition {
    pub slug: DocumentSlug,
    /// As printed.
    pub title: String,
    pub status: Status,
    pub dates: Dates,
    /// The edition that this one follows, where one is held.
    pub follows: Option<DocumentSlug>,
    /// The proposal out of which this text was made: amended before it was adopted, or taken up again
    /// after it had come to nothing.
    pub amends: Option<DocumentSlug>,
    /// Oldest first; empty where the source records nothing.
    pub adoption: Vec<AdoptionStep>,
    pub source: SourceRef,
    pub provenance: Provenance,
    /// The report to which it was appended.
    pub part_of: Option<DocumentSlug>,
    pub note: Option<String>,
    /// What was put right after it was published, oldest first.
    pub corrections: Vec<Correction>,
    /// Clauses of the edition that it follows, and of the proposal that it amends, which it left out
    /// and put nothing in the place of, each with the reason.
    pub withdrawn: BTreeMap<ClauseId, String>,
    /// In reading order.
    pub sections: Vec<Section>,
    /// `authorities/…/edition.yaml`, below the content folder.
    pub file: String,
}

/// A committee report.
#[derive(Clone, Debug)]
pub struct Report {
    pub slug: DocumentSlug,
    /// As printed.
    pub title: String,
    /// As printed.
    pub date: Option<PartialDate>,
    pub body: String,
    pub source: SourceRef,
    pub provenance: Provenance,
    pub note: Option<String>,
    /// In reading order.
    pub sections: Vec<Section>,
    pub file: String,
}

/// Where a text stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Draft,
    /// Papers that propose it are published.
    Proposed,
    /// The source records its adoption.
    Adopted,
    /// Found in force or on a website; adoption not stated.
    Published,
    Superseded,
    Rejected,
    Withdrawn,
}

impl Status {
    /// As the files write it.
    pub fn key(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::Proposed => "proposed",
            Status::Adopted => "adopted",
            Status::Published => "published",
            Status::Superseded => "superseded",
            Status::Rejected => "rejected",
            Status::Withdrawn => "withdrawn",
        }
    }
}

/// How the text came into the handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Provenance {
    /// Word for word from a source that prints it.
    Verbatim,
    /// Put together from a source that shows it only by its marks of change.
    Reconstructed,
    /// Written in this handbook.
    DraftedHere,
}

impl Provenance {
    /// As the files write it.
    pub fn key(self) -> &'static str {
        match self {
            Provenance::Verbatim => "verbatim",
            Provenance::Reconstructed => "reconstructed",
            Provenance::DraftedHere => "drafted-here",
        }
    }
}

/// What is known of an edition's dates; `None` where a date is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// The date that the document bears.
    pub printed: Option<PartialDate>,
    pub proposed: Option<PartialDate>,
    pub adopted: Option<PartialDate>,
    pub commenced: Option<PartialDate>,
}

/// What a date of a document is the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dating {
    Adopted,
    PutForward,
    /// The document bears it.
    Printed,
}

/// One body that dealt with an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdoptionStep {
    pub body: String,
    pub date: Option<PartialDate>,
    pub outcome: String,
    /// `None`: not recorded.
    pub minute: Option<String>,
    /// Addresses or names of the papers that were before it.
    pub papers: Vec<String>,
}

/// A slip in a published edition that was put right in its place. `None`: not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// In which clauses; empty where it is in headings, order or dates.
    pub clauses: Vec<ClauseId>,
    pub what: String,
    pub why: String,
    pub decided_by: Option<String>,
    /// The power under which it was decided.
    pub under: Option<String>,
    pub on: Option<PartialDate>,
}

/// Where a text comes from and on what terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRef {
    /// The name of the source text; `None` for what was drafted here.
    pub text: Option<String>,
    /// The source document in words.
    pub title: String,
    pub licence: String,
    /// Language tag: `en-GB`.
    pub language: String,
    /// The day on which the source was last read.
    pub checked: Option<PartialDate>,
}

/// A printed division of a document.
#[derive(Clone, Debug)]
pub struct Section {
    pub slug: SectionSlug,
    pub kind: SectionKind,
    /// As printed, with its point if one is printed.
    pub number: Option<String>,
    /// As printed.
    pub heading: Option<String>,
    /// In reading order.
    pub parts: Vec<Part>,
    pub source_note: Option<String>,
    pub file: String,
}

/// What a section is in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    /// Title lines and what else stands before the first section.
    Front,
    Section,
    Annex,
    /// Documents that the text names as related.
    Related,
    /// Signatures, papers, contacts.
    Back,
}

impl SectionKind {
    /// As the files write it.
    pub fn key(self) -> &'static str {
        match self {
            SectionKind::Front => "front",
            SectionKind::Section => "section",
            SectionKind::Annex => "annex",
            SectionKind::Related => "related",
            SectionKind::Back => "back",
        }
    }
}

/// What stands in a section.
#[derive(Clone, Debug)]
pub enum Part {
    /// As printed; holds for the clauses after it.
    SubHeading(String),
    Clause(Box<Clause>),
}

/// The smallest piece that is cited: its words, and what we say of them.
#[derive(Clone, Debug)]
pub struct Clause {
    pub id: ClauseId,
    /// As printed; not an identity.
    pub number: Option<String>,
    pub kind: ClauseKind,
    /// Council words.
    pub blocks: Vec<Block>,
    /// Home topic first.
    pub topics: Vec<TopicTag>,
    /// In the official order of the principles.
    pub principles: Vec<PrincipleTag>,
    /// What items say beyond their clause.
    pub items: BTreeMap<ItemId, ItemTags>,
    /// Other clauses of the edition before, and of the proposal that it amends, whose words went into
    /// it, as recorded by who edited it.
    pub from: Vec<ClauseId>,
    /// What readers ask that it answers, in words of their own; the search finds by them, and no page
    /// shows them.
    pub asked: Vec<String>,
    pub source_note: Option<String>,
    pub file: String,
}

/// What a clause is in its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClauseKind {
    Clause,
    Footnote {
        /// The clause that bears its mark.
        mark_in: Option<ClauseId>,
        /// Where it was printed, in words.
        printed_at: Option<String>,
    },
}

/// Tags of an item beyond those of its clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemTags {
    pub topics: Vec<TopicTag>,
    pub principles: Vec<PrincipleTag>,
    /// What readers ask that the item answers; see [`Clause::asked`].
    pub asked: Vec<String>,
}

impl AdoptionStep {
    /// What a body decided short of adopting a text as it was put, in the words that begin the outcome
    /// where it is recorded so; `None` for what it says otherwise.
    pub fn decided(&self) -> Option<&'static str> {
        let decisions = ["recommended", "deferred", "rejected", "withdrawn", "adopted with amendments"];
        let rest = |it: &str| self.outcome.strip_prefix(it).map(|it| it.starts_with(char::is_alphanumeric));
        decisions.into_iter().find(|it| rest(it) == Some(false))
    }

    /// Whether nothing is recorded of what the body decided, as `handbook propose` writes it, or an
    /// editor of whose source it is true.
    pub fn awaits_decision(&self) -> bool {
        self.is_put() || self.outcome.contains("its decision is not recorded")
    }

    /// Whether all that is recorded is that the text was put to the body.
    pub fn is_put(&self) -> bool {
        self.outcome.starts_with("put to ")
    }
}

impl Edition {
    /// The clauses and footnotes, in reading order.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        clauses(&self.sections)
    }

    /// The one date by which it is known, and what it is the date of: that of its adoption; else
    /// that on which it was put forward, while it is no more than that; else the one it bears, or
    /// that on which it was put forward. `None` where none is known.
    pub fn dated(&self) -> Option<(PartialDate, Dating)> {
        let Dates { printed, proposed, adopted, .. } = self.dates;
        let proposed = proposed.map(|it| (it, Dating::PutForward));
        let no_more = proposed.filter(|_| self.status == Status::Proposed);
        let printed = printed.map(|it| (it, Dating::Printed));
        adopted.map(|it| (it, Dating::Adopted)).or(no_more).or(printed).or(proposed)
    }

    /// The date alone of [`Edition::dated`].
    pub fn date(&self) -> Option<PartialDate> {
        self.dated().map(|(date, _)| date)
    }

    /// Whether its adoption is recorded, whatever became of it since.
    pub fn was_adopted(&self) -> bool {
        match self.status {
            Status::Adopted => true,
            Status::Superseded | Status::Withdrawn => self.dates.adopted.is_some(),
            Status::Draft | Status::Proposed | Status::Published | Status::Rejected => false,
        }
    }

    /// The step by which it was adopted, and its place in the path, counted from 1: the last one of
    /// that day that decided nothing short of it. `None` where the path does not record it.
    pub fn adopted_by(&self) -> Option<(usize, &AdoptionStep)> {
        let day = self.dates.adopted?;
        let adopts = |it: &AdoptionStep| it.date == Some(day) && it.decided().is_none() && !it.is_put();
        self.adoption.iter().enumerate().rfind(|(_, it)| adopts(it)).map(|(at, it)| (at + 1, it))
    }

    /// The day on which it was first put forward, before it was adopted, with the step and its place
    /// in the path, counted from 1, where the path records it. `None` for a text that was not put
    /// forward itself, but was `amended` out of one that was: the steps of that one are not its own.
    pub fn first_put(
        &self,
        amended: Option<&Edition>,
    ) -> Option<(PartialDate, Option<(usize, &AdoptionStep)>)> {
        let day = self.dates.proposed?;
        let put = |it: &AdoptionStep| match amended {
            None => it.date == Some(day) || it.is_put() || it.decided().is_some(),
            Some(other) => (it.is_put() || it.decided().is_some()) && !other.adoption.contains(it),
        };
        let first = self.adoption.iter().enumerate().find(|(_, it)| put(it));
        if amended.is_some() && first.is_none() {
            return None;
        }
        // The day recorded is that of the last body to which it was put.
        let dated = first.and_then(|(at, it)| Some((it.date?, Some((at + 1, it)))));
        Some(dated.unwrap_or((day, None)))
    }

    /// Whether it was put forward and rejected, or withdrawn before it was adopted.
    pub fn came_to_nothing(&self) -> bool {
        matches!(self.status, Status::Rejected | Status::Withdrawn) && self.dates.adopted.is_none()
    }

    /// The day from which it is in force, where that is not the day of its adoption.
    pub fn in_force_apart(&self) -> Option<PartialDate> {
        self.dates.commenced.filter(|it| self.dates.adopted != Some(*it))
    }

    /// The clause with an id, or `None`.
    pub fn clause(&self, id: &ClauseId) -> Option<&Clause> {
        self.clauses().find(|it| it.id == *id)
    }

    /// Whether its numbers, and with them its order, are not to be had: it was put together
    /// from marks of change that show the numbers of a later text alone, so it bears none.
    pub fn numbers_are_lost(&self) -> bool {
        self.provenance == Provenance::Reconstructed && self.clauses().all(|it| it.number.is_none())
    }
}

impl Report {
    /// The clauses and footnotes, in reading order.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        clauses(&self.sections)
    }
}

fn clauses(sections: &[Section]) -> impl Iterator<Item = &Clause> {
    sections.iter().flat_map(Section::clauses)
}

impl Section {
    /// Its folder, below the content folder.
    pub fn folder(&self) -> &str {
        self.file.trim_end_matches("/_section.md")
    }

    /// Its clauses and footnotes, in reading order.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.parts.iter().filter_map(|it| match it {
            Part::Clause(clause) => Some(clause.as_ref()),
            Part::SubHeading(_) => None,
        })
    }
}

impl Clause {
    /// Its items, nested ones after the one they stand in.
    pub fn all_items(&self) -> Vec<&Item> {
        Block::items(&self.blocks)
    }

    /// What follows its last list, cited as `tail`; empty where nothing does.
    pub fn tail(&self) -> &[Block] {
        Block::tail(&self.blocks)
    }

    /// The ids by which its parts are cited, in reading order: its items, then `tail` where it
    /// has one.
    pub fn item_ids(&self) -> Vec<ItemId> {
        let mut ids: Vec<ItemId> = self.all_items().into_iter().map(|it| it.id.clone()).collect();
        if !self.tail().is_empty() {
            ids.extend(ItemId::parse("tail"));
        }
        ids
    }

    /// Whether it is a note to words of other clauses.
    pub fn is_footnote(&self) -> bool {
        matches!(self.kind, ClauseKind::Footnote { .. })
    }

    /// The words before the first list.
    pub fn lead(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().take_while(|it| !matches!(it, Block::List(_)))
    }

    /// The words in reading order, one paragraph a line, labels included, without marks of
    /// footnotes.
    pub fn plain(&self) -> String {
        fn write(blocks: &[Block], out: &mut Vec<String>) {
            for block in blocks {
                match block {
                    Block::Paragraph(words) => out.push(Inline::plain(words)),
                    Block::Address(address) => out.push(address.clone()),
                    Block::List(items) => {
                        for item in items {
                            let first = out.len();
                            write(&item.blocks, out);
                            if let (Some(label), Some(line)) = (&item.label, out.get_mut(first)) {
                                line.insert_str(0, &format!("{label} "));
                            }
                        }
                    }
                }
            }
        }
        let mut lines = Vec::new();
        write(&self.blocks, &mut lines);
        lines.join("\n")
    }
}
