//! What is wrong, in the words of the page that is open.

use super::Order;
use crate::diagnostic::present::count;
use crate::diagnostic::{At, Report, Severity};
use crate::serve::{Fault, Trouble};

/// How many faults a page lists.
const LISTED: usize = 10;

/// What is wrong with the content.
pub fn content(report: &Report, order: &Order) -> Trouble {
    let counts = |it: &Severity| *it == Severity::Error || order.strict;
    let found: Vec<_> = report.diagnostics().iter().filter(|it| counts(&it.severity)).collect();
    let folder = order.content.display().to_string();
    let faults = found.iter().take(LISTED).map(|it| {
        let file = format!("{}/{}", folder.trim_end_matches('/'), it.place.file);
        let place = match it.place.at {
            At::Line(line, column) => format!("{file}:{line}:{column}"),
            At::File | At::Words(_) | At::Text(_) => file,
        };
        Fault { place, message: it.message.clone(), hint: it.hint.clone() }
    });
    let errors = match report.errors() {
        0 => count(report.warnings(), "warning"),
        errors => count(errors, "error"),
    };
    Trouble {
        title: format!("The content has {errors}; what is shown is from before"),
        faults: faults.collect(),
        more: found.len().saturating_sub(LISTED),
    }
}

/// There is no content folder.
pub fn gone(why: &str) -> Trouble {
    one("The content folder cannot be read; what is shown is from before", why)
}

pub fn theme(why: &str) -> Trouble {
    one("The theme cannot be used; what is shown is from before", why)
}

/// A fault of this program, whose own words are on standard error.
pub fn ours() -> Trouble {
    let why = "this is a fault of the program: please report it with what it printed";
    one("The preview failed at the last change; what is shown is from before", why)
}

fn one(title: &str, why: &str) -> Trouble {
    let fault = Fault { place: String::new(), message: why.to_owned(), hint: None };
    Trouble { title: title.to_owned(), faults: vec![fault], more: 0 }
}
