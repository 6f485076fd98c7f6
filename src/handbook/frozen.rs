//! What of an edition may change no more once it has been published, as fingerprints.
//!
//! Frozen are the council's words, the printed numbers, the headings and the order, and what is
//! recorded of the adoption. Tags, notes and what words refer to are ours and stay free to improve.

use std::collections::BTreeMap;
use std::fmt;

use super::{AdoptionStep, Block, Clause, ClauseId, ClauseKind, Edition, Inline, Part, SectionKind};
use crate::disk::Digest;

/// The beginning of a hash of something frozen: 16 lower-case hexadecimal digits. It is there to
/// notice a slip of the hand, not to withstand forgery.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint(String);

/// The fingerprints of one edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// Title, dates and adoption path.
    pub adoption: Fingerprint,
    /// Numbers and headings of sections, sub-headings, and which clause stands where.
    pub order: Fingerprint,
    /// The number and the words of each clause.
    pub clauses: BTreeMap<ClauseId, Fingerprint>,
}

/// In what an edition is not as it was frozen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Departure {
    Adoption,
    /// Clauses that came or went included.
    Order,
    /// The number or the words of a clause that it had and has.
    Words(ClauseId),
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
        Frozen {
            adoption: Fingerprint::of(&adoption(edition)),
            order: Fingerprint::of(&order(edition)),
            clauses: clauses.collect(),
        }
    }

    /// In what an edition that is `now` so is not as it was frozen; empty where it is.
    pub fn departures(&self, now: &Frozen) -> Vec<Departure> {
        let mut found = Vec::new();
        if self.adoption != now.adoption {
            found.push(Departure::Adoption);
        }
        if self.order != now.order {
            found.push(Departure::Order);
        }
        let changed =
            self.clauses.iter().filter(|(id, it)| now.clauses.get(*id).is_some_and(|now| now != *it));
        found.extend(changed.map(|(id, _)| Departure::Words(id.clone())));
        found
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

fn order(edition: &Edition) -> String {
    let mut out = String::new();
    for section in &edition.sections {
        let kind = match section.kind {
            SectionKind::Front => "front",
            SectionKind::Section => "section",
            SectionKind::Annex => "annex",
            SectionKind::Related => "related",
            SectionKind::Back => "back",
        };
        line(&mut out, kind, section.slug.as_str());
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
