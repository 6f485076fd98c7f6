//! Whether what was read makes sense: the rules, one file each. The doc comment of each rule
//! is the guidance for editors.
//!
//! A rule looks at the whole handbook and adds what it finds; it changes nothing and knows
//! nothing of the others. A slip of a source is a warning, which the editors can accept with
//! a reason; a slip of the editors is an error. A rule that looks across files says nothing
//! where [`Handbook::has_words`] denies that they were read, or [`Handbook::is_whole`] if it asks
//! for tags: it would blame the wrong file.
//!
//! Two things are looked at elsewhere, since the rules do not know the site: whether two pages
//! claim one address, in `site::taken`, and whether the addresses that were published still
//! stand, in `record::review`.

mod asked;
mod authorities;
mod checked_days;
mod contact_details;
mod coverage;
mod documents;
mod editions;
mod empty_values;
mod footnotes;
mod frozen;
mod holding;
mod items;
mod ledger;
mod legislation;
mod memory;
mod numbers;
mod origins;
mod pages;
mod placeholders;
mod provenance;
mod references;
mod sections;
mod settings;
mod sources;
mod strings;
mod tags;
mod text_of;
mod topics;
mod vocabulary;

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Report;
use crate::handbook::{Authority, Handbook};
use holding::{Holding, Holdings};
use memory::Found;

pub use memory::Memory;

/// A rule of one authority: looks at its files, beside the registers, and adds what it finds. It
/// asks nothing of other authorities, so that one that has not changed need not be looked at
/// again.
type OfEach = fn(&Handbook, &Authority, Date, &mut Report);

/// A rule that looks across: at the registers, or at what all authorities hold of them.
type OfAll = fn(&Handbook, &Holdings, Date, &mut Report);

const OF_EACH: &[OfEach] = &[
    asked::check,
    authorities::check,
    checked_days::check,
    contact_details::check,
    coverage::check,
    editions::check,
    empty_values::check,
    footnotes::check,
    frozen::check,
    items::check,
    ledger::check,
    numbers::check,
    origins::check,
    placeholders::check,
    references::check,
    sections::check,
    sources::check,
    tags::check,
    vocabulary::check,
];

const OF_ALL: &[OfAll] = &[
    asked::register,
    checked_days::registers,
    contact_details::registers,
    empty_values::registers,
    legislation::check,
    pages::check,
    provenance::check,
    settings::check,
    topics::check,
    vocabulary::register,
];

/// Applies all rules. `today` is the day on which they are asked; it bears on nothing that is
/// published, only on warnings such as "not checked for two years".
pub fn run(handbook: &Handbook, today: Date) -> Report {
    run_again(handbook, today, &mut Memory::default())
}

/// As [`run`], and quicker where authorities are as they were when `memory` was last used. The
/// result is the same.
pub fn run_again(handbook: &Handbook, today: Date, memory: &mut Memory) -> Report {
    let found = memory.look(handbook, today, |authority| {
        let mut report = Report::default();
        for rule in OF_EACH {
            rule(handbook, authority, today, &mut report);
        }
        Found { report, holding: Arc::new(Holding::of(handbook, authority)) }
    });
    let mut report = Report::default();
    let mut holdings = Holdings::new();
    for (slug, found) in found {
        report.join(found.report.clone());
        holdings.insert(slug, found.holding.clone());
    }
    for rule in OF_ALL {
        rule(handbook, &holdings, today, &mut report);
    }
    report
}
