//! Whether what was read makes sense: the rules, one file each. The doc comment of each rule
//! is the guidance for editors.
//!
//! A rule looks at the whole handbook and adds what it finds; it changes nothing and knows
//! nothing of the others. A slip of a source is a warning, which the editors can accept with
//! a reason; a slip of the editors is an error. A rule that looks across files says nothing
//! where [`Handbook::is_whole`] denies that they were read: it would blame the wrong file.
//!
//! Two things are looked at elsewhere, since the rules do not know the site: whether two pages
//! claim one address, in `site::taken`, and whether the addresses that were published still
//! stand, in `record::review`.

mod authorities;
mod checked_days;
mod contact_details;
mod coverage;
mod documents;
mod editions;
mod empty_values;
mod footnotes;
mod frozen;
mod ledger;
mod legislation;
mod numbers;
mod origins;
mod pages;
mod provenance;
mod sections;
mod settings;
mod sources;
mod strings;
mod tags;
mod text_of;
mod topics;
mod vocabulary;

use jiff::civil::Date;

use crate::diagnostic::Report;
use crate::handbook::Handbook;

/// One rule: looks at the handbook, adds what it finds.
type Rule = fn(&Handbook, Date, &mut Report);

const RULES: &[Rule] = &[
    authorities::check,
    checked_days::check,
    contact_details::check,
    coverage::check,
    editions::check,
    empty_values::check,
    footnotes::check,
    frozen::check,
    ledger::check,
    legislation::check,
    numbers::check,
    origins::check,
    pages::check,
    provenance::check,
    sections::check,
    settings::check,
    sources::check,
    tags::check,
    topics::check,
    vocabulary::check,
];

/// Applies all rules. `today` is the day on which they are asked; it bears on nothing that is
/// published, only on warnings such as "not checked for two years".
pub fn run(handbook: &Handbook, today: Date) -> Report {
    let mut report = Report::default();
    for rule in RULES {
        rule(handbook, today, &mut report);
    }
    report
}
