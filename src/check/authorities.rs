//! **What is held of an authority.**
//!
//! - `nothing-current` (error): an authority has a `current` edition, or `not_held` with the
//!   reason. `current-and-not-held` (error): not both.
//! - `gss-code` (warning): codes of areas have a letter and eight figures, `E09000020`.

use super::Date;

use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Handbook};

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    match (&authority.current, &authority.not_held) {
        // An edition, or a day of review, that could not be read is not missing.
        (None, None) if !handbook.is_whole(authority.folder()) => {}
        (None, None) => report.add(
            Diagnostic::error(
                Place::file(&authority.file),
                "nothing-current",
                "the authority has neither a current edition nor a word on why no text is held",
            )
            .hint("add `current: …` with the folder of an edition, or `not_held: {reason: …, reviewed: …}`"),
        ),
        (Some(_), Some(_)) => report.add(
            Diagnostic::error(
                Place::words(&authority.file, "not_held:"),
                "current-and-not-held",
                "the authority has a current edition and is said to have no text held",
            )
            .hint("keep one of the two"),
        ),
        _ => {}
    }
    if let Some(code) = &authority.gss_code {
        let sound = code.len() == 9
            && code.starts_with(|it: char| it.is_ascii_uppercase())
            && code[1..].bytes().all(|it| it.is_ascii_digit());
        if !sound {
            report.add(
                Diagnostic::warning(
                    Place::words(&authority.file, "gss_code:"),
                    "gss-code",
                    format!("`{code}` is no code of an area"),
                )
                .hint("a letter and eight figures: E09000020"),
            );
        }
    }
}
