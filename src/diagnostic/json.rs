//! A report for a program to read: one JSON object for one run of a command.
//!
//! ```json
//! {
//!   "command": "check",
//!   "outcome": "errors",
//!   "errors": 1,
//!   "warnings": 0,
//!   "accepted": 1,
//!   "failure": null,
//!   "result": null,
//!   "diagnostics": [
//!     {
//!       "file": "authorities/kent/authority.yaml",
//!       "line": 12,
//!       "column": 3,
//!       "severity": "error",
//!       "code": "unknown-topic",
//!       "message": "no topic `elction`",
//!       "hint": "did you mean `elections`?",
//!       "accepted": null
//!     }
//!   ]
//! }
//! ```
//!
//! - All keys are always there, in this order; what is not known is `null`.
//! - `outcome` is what the command came to: `clean` or `warnings` (check), `published` (build),
//!   `restored` (restore), `recorded` (record), `errors` where the content has errors or, with
//!   `--strict`, warnings, `failed` where the command could not work.
//! - `failure` says why it could not work.
//! - `result` is what the command did; its keys are those of the command.
//! - `diagnostics` are sorted by file, line, column, severity, code and message. `file` is a
//!   path below the content folder; `line` and `column` count from 1, the column in characters,
//!   and are `null` for a file as a whole. Those that the editors accepted are among them:
//!   `accepted` then holds the reason, and they are counted under `accepted` alone. `record` and
//!   `restore` list none when they have done their work.

use serde::Serialize;

use super::{At, Diagnostic, Report};

#[derive(Serialize)]
struct Run<'a, R> {
    command: &'a str,
    outcome: &'a str,
    errors: usize,
    warnings: usize,
    accepted: usize,
    failure: Option<&'a str>,
    result: Option<&'a R>,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    severity: String,
    code: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
    accepted: Option<&'a str>,
}

/// The object for a run of `command` that came to `outcome`, with a line break at the end.
/// `report` must have been located.
pub fn run<R: Serialize>(
    command: &str,
    outcome: &str,
    failure: Option<&str>,
    result: Option<&R>,
    report: &Report,
) -> String {
    let accepted = report.accepted().iter().map(|(it, reason)| (it, Some(reason.as_str())));
    let mut found: Vec<(&Diagnostic, Option<&str>)> =
        report.diagnostics().iter().map(|it| (it, None)).chain(accepted).collect();
    found.sort_by_key(|(it, _)| (&it.place, it.severity, it.code, &it.message));
    let run = Run {
        command,
        outcome,
        errors: report.errors(),
        warnings: report.warnings(),
        accepted: report.accepted().len(),
        failure,
        result,
        diagnostics: found.into_iter().map(|(it, reason)| entry(it, reason)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&run).expect("all keys are text");
    text.push('\n');
    text
}

fn entry<'a>(diagnostic: &'a Diagnostic, accepted: Option<&'a str>) -> Entry<'a> {
    let (line, column) = match diagnostic.place.at {
        At::Line(line, column) => (Some(line), Some(column)),
        At::File | At::Words(_) | At::Text(_) => (None, None),
    };
    Entry {
        file: &diagnostic.place.file,
        line,
        column,
        severity: diagnostic.severity.to_string(),
        code: diagnostic.code,
        message: &diagnostic.message,
        hint: diagnostic.hint.as_deref(),
        accepted,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Accepted, Place};
    use super::*;

    const TEXT: &str = "a\nb elction\n";

    #[test]
    fn every_key_is_there_in_its_order_and_the_accepted_say_why() {
        let mut report = Report::default();
        report.add(Diagnostic::warning(Place::file("b.md"), "number-missing", "5.6 is missing"));
        report
            .add(Diagnostic::error(Place::words("a.md", "elction"), "unknown-topic", "no topic").hint("x?"));
        report.accept(&[Accepted {
            code: "number-missing".into(),
            file: "b.md".into(),
            about: "5.6".into(),
            reason: "so printed".into(),
            place: Place::file("handbook.yaml"),
        }]);
        report.locate(|_| Some(TEXT));
        let text = run::<()>("check", "errors", None, None, &report);
        let expected = r#"{
  "command": "check",
  "outcome": "errors",
  "errors": 1,
  "warnings": 0,
  "accepted": 1,
  "failure": null,
  "result": null,
  "diagnostics": [
    {
      "file": "a.md",
      "line": 2,
      "column": 3,
      "severity": "error",
      "code": "unknown-topic",
      "message": "no topic",
      "hint": "x?",
      "accepted": null
    },
    {
      "file": "b.md",
      "line": null,
      "column": null,
      "severity": "warning",
      "code": "number-missing",
      "message": "5.6 is missing",
      "hint": null,
      "accepted": "so printed"
    }
  ]
}
"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn words_that_would_break_the_object_do_not() {
        let mut report = Report::default();
        report.add(Diagnostic::error(Place::file("a\"b\n.md"), "x", "\u{1b}[31m \"red\" \\"));
        let text = run::<()>("build", "failed", Some("no \"disk\""), None, &report);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["failure"], "no \"disk\"");
        assert_eq!(value["diagnostics"][0]["message"], "\u{fffd}[31m \"red\" \\");
        assert_eq!(value["diagnostics"][0]["file"], "a\"b\n.md");
    }
}
