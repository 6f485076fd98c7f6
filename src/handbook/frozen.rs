//! What of an edition may change no more once it has been published, as fingerprints.
//!
//! Frozen are the council's words, the printed numbers, the headings and the order; what is recorded
//! of the adoption and of corrections; and what came of the clauses before, by which their addresses
//! lead on. Tags, notes and what words refer to are ours and stay free to improve.

use std::collections::BTreeMap;
use std::fmt;

use super::{
    AdoptionStep, Block, Clause, ClauseId, ClauseKind, Correction, Edition, Inline, Part, SourceRef, Status,
};
use crate::disk::Digest;

/// The beginning of a hash of something frozen: 16 lower-case hexadecimal digits. It is there to
/// notice a slip of the hand, not to withstand forgery.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint(String);

/// The fingerprints of one edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    pub status: Status,
    /// Title, language, source and what it is worth, dates and adoption path.
    pub adoption: Fingerprint,
    /// Numbers and headings of sections, sub-headings, and which clause stands where.
    pub order: Fingerprint,
    /// Which text it follows and amends, whose words went into its clauses, and what it left out for
    /// what reason; `None` where it follows and amends none that is held.
    pub descent: Option<Fingerprint>,
    /// `None` where there were none.
    pub corrections: Option<Fingerprint>,
    /// The number and the words of each clause.
    pub clauses: BTreeMap<ClauseId, Fingerprint>,
}

/// In what an edition is not as it was frozen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Departure {
    Status,
    Adoption,
    /// Clauses that came or went included.
    Order,
    Descent,
    Corrections,
    /// The number or the words of a clause that it had and has.
    Words(ClauseId),
    /// The fingerprint of a clause that it had is there no more.
    Lost(ClauseId),
}

impl Fingerprint {
    const LENGTH: usize = 16;

    /// Reads it; `None` if `text` is not 16 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = text.len() == Self::LENGTH
            && text.bytes().all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it));
        sound.then(|| Fingerprint(text.to_owned()))
    }

    fn of(text: &str) -> Self {
        let mut digest = Digest::of(text.as_bytes()).to_string();
        digest.truncate(Self::LENGTH);
        Fingerprint(digest)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Frozen {
    /// The fingerprints of an edition as it stands.
    pub fn of(edition: &Edition) -> Self {
        let clauses = edition.clauses().map(|it| (it.id.clone(), Fingerprint::of(&words(it))));
        let follows = edition.follows.is_some() || edition.amends.is_some();
        Frozen {
            status: edition.status,
            adoption: Fingerprint::of(&adoption(edition)),
            order: Fingerprint::of(&order(edition)),
            descent: follows.then(|| Fingerprint::of(&descent(edition))),
            corrections: (!edition.corrections.is_empty()).then(|| Fingerprint::of(&corrections(edition))),
            clauses: clauses.collect(),
        }
    }

    /// In what an edition that is `now` so is not as it was frozen; empty where it is. That it is
    /// superseded, or that a text before it is held by now, is no departure.
    pub fn departures(&self, now: &Frozen) -> Vec<Departure> {
        let superseded =
            now.status == Status::Superseded && matches!(self.status, Status::Adopted | Status::Published);
        let same = [
            (self.status == now.status || superseded, Departure::Status),
            (self.adoption == now.adoption, Departure::Adoption),
            (self.order == now.order, Departure::Order),
            (self.descent.is_none() || self.descent == now.descent, Departure::Descent),
            (self.corrections == now.corrections, Departure::Corrections),
        ];
        let mut found: Vec<Departure> =
            same.into_iter().filter(|(same, _)| !same).map(|(_, departure)| departure).collect();
        for (id, print) in &now.clauses {
            match self.clauses.get(id) {
                Some(then) if then != print => found.push(Departure::Words(id.clone())),
                None if self.order == now.order => found.push(Departure::Lost(id.clone())),
                _ => {}
            }
        }
        found
    }
}

impl fmt::Display for Departure {
    /// What changed, in words that may begin a message.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Departure::Status => f.write_str("status"),
            Departure::Adoption => f.write_str("title, source, dates or adoption path"),
            Departure::Order => f.write_str("headings or order of clauses"),
            Departure::Descent => f.write_str("what came of the clauses of the text before"),
            Departure::Corrections => f.write_str("what is recorded of corrections"),
            Departure::Words(id) => write!(f, "number or words of clause `{id}`"),
            Departure::Lost(id) => write!(f, "fingerprint of clause `{id}`"),
        }
    }
}

/// What cannot stand in a text, so that no two pieces run into one.
const END: char = '\u{1f}';

fn line(out: &mut String, key: &str, value: &str) {
    out.push_str(key);
    out.push(END);
    out.push_str(value);
    out.push('\n');
}

fn adoption(edition: &Edition) -> String {
    let mut out = String::new();
    line(&mut out, "title", &edition.title);
    let SourceRef { text, title, licence, language, checked: _ } = &edition.source;
    line(&mut out, "language", language);
    line(&mut out, "source", text.as_deref().unwrap_or_default());
    line(&mut out, "source title", title);
    line(&mut out, "licence", licence);
    line(&mut out, "provenance", edition.provenance.key());
    let dates = &edition.dates;
    let dates = [
        ("printed", dates.printed),
        ("proposed", dates.proposed),
        ("adopted", dates.adopted),
        ("commenced", dates.commenced),
    ];
    for (name, date) in dates {
        if let Some(date) = date {
            line(&mut out, name, &date.to_string());
        }
    }
    if let Some(it) = &edition.amends {
        line(&mut out, "amends", it.as_str());
    }
    for AdoptionStep { body, date, outcome, minute, papers } in &edition.adoption {
        line(&mut out, "body", body);
        line(&mut out, "date", &date.map(|it| it.to_string()).unwrap_or_default());
        line(&mut out, "outcome", outcome);
        line(&mut out, "minute", minute.as_deref().unwrap_or_default());
        papers.iter().for_each(|it| line(&mut out, "paper", it));
    }
    out
}

fn descent(edition: &Edition) -> String {
    let mut out = String::new();
    for (key, slug) in [("follows", &edition.follows), ("amends", &edition.amends)] {
        line(&mut out, key, slug.as_ref().map(|it| it.as_str()).unwrap_or_default());
    }
    for clause in edition.clauses() {
        clause.from.iter().for_each(|it| line(&mut out, clause.id.as_str(), it.as_str()));
    }
    edition.withdrawn.iter().for_each(|(id, reason)| line(&mut out, id.as_str(), reason));
    out
}

fn corrections(edition: &Edition) -> String {
    let mut out = String::new();
    for Correction { clauses, what, why, decided_by, under, on } in &edition.corrections {
        clauses.iter().for_each(|it| line(&mut out, "clause", it.as_str()));
        line(&mut out, "what", what);
        line(&mut out, "why", why);
        line(&mut out, "decided by", decided_by.as_deref().unwrap_or_default());
        line(&mut out, "under", under.as_deref().unwrap_or_default());
        line(&mut out, "on", &on.map(|it| it.to_string()).unwrap_or_default());
    }
    out
}

fn order(edition: &Edition) -> String {
    let mut out = String::new();
    for section in &edition.sections {
        line(&mut out, section.kind.key(), section.slug.as_str());
        line(&mut out, "number", section.number.as_deref().unwrap_or_default());
        line(&mut out, "heading", section.heading.as_deref().unwrap_or_default());
        for part in &section.parts {
            match part {
                Part::SubHeading(heading) => line(&mut out, "sub-heading", heading),
                Part::Clause(clause) => line(&mut out, "clause", clause.id.as_str()),
            }
        }
    }
    out
}

fn words(clause: &Clause) -> String {
    let mut out = String::new();
    let kind = match clause.kind {
        ClauseKind::Clause => "clause",
        ClauseKind::Footnote { .. } => "footnote",
    };
    line(&mut out, kind, clause.number.as_deref().unwrap_or_default());
    blocks(&clause.blocks, 0, &mut out);
    out
}

fn blocks(all: &[Block], depth: usize, out: &mut String) {
    for block in all {
        match block {
            Block::Paragraph(words) => line(out, &format!("{depth} words"), &inlines(words)),
            Block::Address(address) => line(out, &format!("{depth} address"), address),
            Block::List(items) => {
                for item in items {
                    line(out, &format!("{depth} item"), item.label.as_deref().unwrap_or_default());
                    blocks(&item.blocks, depth + 1, out);
                }
            }
        }
    }
}

/// Words with their emphasis; what we tied them to is left out.
fn inlines(all: &[Inline]) -> String {
    let mut out = String::new();
    for inline in all {
        match inline {
            Inline::Text(words) | Inline::Reference { words, .. } => out.push_str(words),
            Inline::Strong(words) => out.extend(["\u{1}", &inlines(words), "\u{2}"]),
            Inline::Emphasis(words) => out.extend(["\u{3}", &inlines(words), "\u{4}"]),
            Inline::Link { href, words } => out.extend(["\u{5}", href, "\u{6}", &inlines(words), "\u{7}"]),
            Inline::Footnote { number, .. } => out.extend(["\u{e}", number, "\u{f}"]),
        }
    }
    out
}
