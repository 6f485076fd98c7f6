//! What the program prints: the report and what was done go to standard output; what kept it
//! from working goes to standard error.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use handbook::diagnostic::Report;
use handbook::diagnostic::json;
use handbook::diagnostic::present::{self, Look, count, tally};
use handbook::source::Sources;
use serde::Serialize;

use crate::cli::Format;

/// What a command came to.
pub enum Outcome {
    Done(&'static str),
    /// The report keeps it from going on.
    Errors,
    Failed,
}

/// One run of a command, as it is told.
pub struct Told<'a> {
    pub command: &'static str,
    pub format: Format,
    pub outcome: Outcome,
    pub report: &'a Report,
    /// The sources and the folder they were read from; `None` if they were not.
    pub content: Option<(&'a Sources, &'a Path)>,
    /// Whether accepted warnings are shown to people too.
    pub accepted: bool,
}

impl Told<'_> {
    /// Prints the report, then `sentences` for people or `result` for programs.
    pub fn print<R: Serialize>(&self, sentences: &str, result: Option<&R>) -> io::Result<()> {
        match self.format {
            Format::Json => {
                let (outcome, failure) = match self.outcome {
                    Outcome::Done(outcome) => (outcome, None),
                    Outcome::Errors => ("errors", None),
                    Outcome::Failed => ("failed", Some(sentences)),
                };
                print(&json::run(self.command, outcome, failure, result, self.report))
            }
            Format::Human => {
                let mut text = String::new();
                if let Some((sources, folder)) = self.content {
                    let folder = folder.to_string_lossy();
                    let words = |file: &str| sources.text(file);
                    let look = look(io::stdout().is_terminal(), |it| std::env::var_os(it));
                    if self.accepted {
                        text.push_str(&present::accepted(self.report, &folder, words, look));
                    }
                    text.push_str(&present::diagnostics(self.report, &folder, words, look));
                }
                text.push_str(sentences);
                text.push('\n');
                print(&text)
            }
        }
    }
}

/// Prints as it is.
pub fn print(text: &str) -> io::Result<()> {
    bytes(text.as_bytes())
}

pub fn bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // Whoever read has seen enough (`handbook check | head`); the exit code still counts.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// `3 errors, 1 warning (2 accepted warnings not shown)`.
pub fn summary(report: &Report, accepted_shown: bool) -> String {
    let accepted = report.accepted().len();
    let note = match accepted {
        0 => String::new(),
        _ if accepted_shown => format!(" and {} above", count(accepted, "accepted warning")),
        _ => format!(" ({} not shown; `check --accepted` shows them)", count(accepted, "accepted warning")),
    };
    format!("{}{note}", tally(report))
}

/// At most `most` of `names`, and how many more there are.
pub fn some(names: &[String], most: usize) -> String {
    let shown = names.iter().take(most).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} … and {more} more"),
    }
}

/// What a person should know after a publication into `out`: `lost` files of the one before it, and
/// folders that were `set_aside`. A line each, with the end of a line before it; empty where all is well.
pub fn to_look_at(out: &Path, lost: &[String], set_aside: &[PathBuf]) -> String {
    let mut text = String::new();
    if !lost.is_empty() {
        text.push_str(&format!(
            "\nThe publication before cannot be put back with `handbook restore`: someone had deleted or \
             changed {} in {}.",
            some(lost, 3),
            out.display()
        ));
    }
    for folder in set_aside {
        text.push_str(&format!(
            "\n{} holds files of an older publication that someone has changed; keep what you need of it \
             and delete it.",
            folder.display()
        ));
    }
    text
}

/// Colours only on a terminal, and for nobody who asked for none (<https://no-color.org>);
/// plain sentences for who reads by ear or by hand.
fn look(terminal: bool, environment: impl Fn(&str) -> Option<OsString>) -> Look {
    let asks = |name| environment(name).is_some_and(|it| !it.is_empty());
    let dumb = environment("TERM").is_some_and(|it| it == "dumb");
    Look { colour: terminal && !asks("NO_COLOR") && !dumb, spoken: asks("NO_GRAPHICS") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_for_terminals_whose_users_want_them() {
        #[track_caller]
        fn check(terminal: bool, set: &[(&str, &str)], colour: bool, spoken: bool) {
            let value = |name: &str| set.iter().find(|it| it.0 == name).map(|it| it.1.into());
            assert_eq!(look(terminal, value), Look { colour, spoken });
        }
        check(true, &[], true, false);
        check(true, &[("TERM", "xterm-256color"), ("NO_COLOR", "")], true, false);
        check(true, &[("NO_COLOR", "1")], false, false);
        check(true, &[("TERM", "dumb")], false, false);
        check(false, &[("TERM", "xterm-256color")], false, false);
        check(true, &[("NO_GRAPHICS", "1")], true, true);
    }

    #[test]
    fn long_lists_are_cut_and_counted() {
        let names: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(some(&names, 3), "a, b, c");
        assert_eq!(some(&names, 2), "a, b … and 1 more");
        assert_eq!(some(&[], 2), "");
    }
}
