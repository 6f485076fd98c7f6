//! Whether what was read makes sense: the rules, one file each. The doc comment of each rule
//! is the guidance for editors.

mod provenance;

use jiff::civil::Date;

use crate::diagnostic::Report;
use crate::handbook::Handbook;

/// One rule: looks at the handbook, adds what it finds.
type Rule = fn(&Handbook, Date, &mut Report);

const RULES: &[Rule] = &[provenance::check];

/// Applies all rules. `today` is the day on which they are asked; it bears on nothing that is
/// published, only on warnings such as "not checked for two years".
pub fn run(handbook: &Handbook, today: Date) -> Report {
    let mut report = Report::default();
    for rule in RULES {
        rule(handbook, today, &mut report);
    }
    report
}
