//! A step on its way into the content: planned, proven, written whole, and told.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use handbook::Checked;
use handbook::diagnostic::present::count;
use handbook::diagnostic::{Diagnostic, Report, Severity};
use handbook::revise::{self, Next, Refusal, Step, WriteError};
use jiff::civil::Date;
use serde::Serialize;

use super::asking::Halt;
use crate::ask::ask;
use crate::cli::verbs::{Undo, Writing};
use crate::run::{DONE, content_hint, failed, told, unsound, why};
use crate::say::{Outcome, Told};

/// What the verbs tell programs.
#[derive(Serialize)]
struct Done<'a> {
    dry_run: bool,
    did: &'a [String],
    next: &'a [Line],
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    change: &'static str,
}

/// What may be done next, as it is told.
#[derive(Serialize)]
struct Line {
    /// Whole, as it may be pasted; `None` where it is done by hand.
    command: Option<String>,
    to: String,
}

/// Plans a step, proves it and writes it, unless it is only to be shown.
pub(super) fn take(
    command: &'static str,
    writing: &Writing,
    today: impl Fn() -> Date,
    verb: impl FnOnce(&Checked) -> Result<Step, Refusal>,
) -> Result<ExitCode, Halt> {
    let run = Run { command, writing, day: writing.day.today.unwrap_or_else(today) };
    let checked = run.content()?;
    // What a correction is for are these errors themselves.
    let mended = |it: &Diagnostic| command == "correct" && it.code.starts_with("frozen-");
    if !errors(&checked).all(mended) {
        return run.unsound(&checked, "; nothing was written. Mend the errors first.");
    }
    let step = verb(&checked).or_else(|it| run.refused(&it))?;
    let after = revise::prove(&checked, &step, run.day);
    if !after.is_sound(false) {
        return run.unsound(&after, " once this is done, as shown; so nothing was written.");
    }
    run.write(|| revise::write(&writing.content.folder, &step, None))?;
    Ok(run.tell(&step, &after)?)
}

/// Takes the last step back, unless it is only to be shown.
pub(super) fn undo(words: &Undo, today: impl Fn() -> Date) -> Result<ExitCode, Halt> {
    let writing = &words.writing;
    let content = &writing.content.folder;
    let run = Run { command: "undo", writing, day: writing.day.today.unwrap_or_else(today) };
    let checked = run.content()?;
    // What stands in the folder where the command is run may be the website of another content.
    let out = &words.out.clone().unwrap_or_else(|| content.with_file_name("public"));
    let undoing = revise::undo(&checked, content, out).or_else(|it| run.refused(&it))?;
    if let Some(file) = undoing.unknown.filter(|_| !words.unpublished) {
        let answer = ask("Has the website been published with it, here or elsewhere? (yes or no)")?;
        if answer.is_none_or(|it| !it.eq_ignore_ascii_case("no")) {
            let why = format!(
                "no website stands in {}, so it is not known whether {file} has been published since",
                out.display()
            );
            let hint =
                "name the folder of the website with --out, or say --unpublished if it has not".to_owned();
            return run.refused(&Refusal { why, hint });
        }
    }
    let after = revise::prove(&checked, &undoing.step, run.day);
    // To take back the record of a correction leaves the words as they are, which is an error then.
    if after.report.errors() > checked.report.errors()
        && errors(&after).any(|it| !it.code.starts_with("frozen-"))
    {
        return run.unsound(&after, " once this is done, as shown; so nothing was written.");
    }
    run.write(|| revise::take_back(content, &undoing.step, None))?;
    Ok(run.tell(&undoing.step, &after)?)
}

fn errors(checked: &Checked) -> impl Iterator<Item = &Diagnostic> {
    checked.report.diagnostics().iter().filter(|it| it.severity == Severity::Error)
}

/// One run of a verb.
struct Run<'w> {
    command: &'static str,
    writing: &'w Writing,
    day: Date,
}

impl Run<'_> {
    fn folder(&self) -> &Path {
        &self.writing.content.folder
    }

    /// The content as it stands, a step that was broken off before completed.
    fn content(&self) -> Result<Checked, Halt> {
        self.write(|| revise::complete(self.folder()))?;
        handbook::check(self.folder(), self.day)
            .or_else(|error| self.fail(&error.to_string(), &content_hint(self.folder(), &error)))
    }

    /// Writes, unless it is a dry run.
    fn write(&self, write: impl FnOnce() -> Result<(), WriteError>) -> Result<(), Halt> {
        match self.writing.dry_run {
            true => Ok(()),
            false => write().or_else(|error| self.fail(&error.to_string(), "")),
        }
    }

    fn fail<T>(&self, why: &str, hint: &str) -> Result<T, Halt> {
        Err(Halt::Told(failed(self.command, self.writing.format.format, why, hint)?))
    }

    fn refused<T>(&self, refusal: &Refusal) -> Result<T, Halt> {
        self.fail(&refusal.why, &placed(&refusal.hint, self.folder()))
    }

    fn unsound(&self, checked: &Checked, so: &str) -> Result<ExitCode, Halt> {
        let told = told(self.command, self.writing.format.format, Outcome::Errors, checked, self.folder());
        told.print::<()>(&format!("{}{so}", why(checked, false)), None)?;
        Ok(unsound())
    }

    /// Says what was done, or would be, and what may be done next.
    fn tell(&self, step: &Step, after: &Checked) -> io::Result<ExitCode> {
        let (content, dry_run) = (self.folder(), self.writing.dry_run);
        let change = |it: &handbook::output::together::Replaced| match (&it.before, &it.after) {
            (None, _) => "new",
            (_, Some(_)) => "changed",
            (_, None) => "removed",
        };
        let files: Vec<File> =
            step.files.iter().map(|(file, it)| File { file, change: change(it) }).collect();
        let next: Vec<Line> = step.next.iter().map(|it| Line::of(it, content)).collect();
        let mut lines = vec![match dry_run {
            true => "Nothing was written (--dry-run). This would be done:".to_owned(),
            false => "Done:".to_owned(),
        }];
        lines.extend(step.did.iter().map(|it| format!("  {it}")));
        let most = if dry_run { usize::MAX } else { 12 };
        lines.push(format!("{}:", count(files.len(), "file")));
        lines.extend(
            files.iter().take(most).map(|it| format!("  {} {}", it.change, content.join(it.file).display())),
        );
        if files.len() > most {
            lines.push(format!("  … and {} more", files.len() - most));
        }
        let warnings = after.report.warnings();
        if warnings > 0 {
            let verb = if dry_run { "would have" } else { "has" };
            let shows = placed("`handbook check`", content);
            lines.push(format!("The content {verb} {}: {shows} shows them.", count(warnings, "warning")));
        }
        if !dry_run {
            let width = next.iter().filter_map(|it| it.command.as_ref()).map(String::len).max().unwrap_or(0);
            lines.push("Next:".to_owned());
            lines.extend(next.iter().map(|it| match &it.command {
                Some(command) => format!("  {command:width$}   {}", it.to),
                None => format!("  {}", it.to),
            }));
        }
        let told = Told {
            command: self.command,
            format: self.writing.format.format,
            outcome: Outcome::Done(if dry_run { "shown" } else { "done" }),
            report: &Report::default(),
            content: None,
            accepted: false,
        };
        let done = Done { dry_run, did: &step.did, next: &next, files };
        told.print(&lines.join("\n"), Some(&done))?;
        Ok(DONE)
    }
}

impl Line {
    fn of(next: &Next, content: &Path) -> Self {
        match next {
            Next::Run { words, to } => {
                Line { command: Some(format!("handbook {words}{}", flag(content))), to: (*to).to_owned() }
            }
            Next::Edit { folder } => Line {
                command: None,
                to: format!("edit the words in the files of clauses in {}", content.join(folder).display()),
            },
        }
    }
}

/// What tells a command where this content is; empty where it looks there by itself.
fn flag(content: &Path) -> String {
    match content.to_string_lossy().as_ref() {
        "content" => String::new(),
        it if it.contains(|it: char| !(it.is_ascii_alphanumeric() || "/._-".contains(it))) => {
            format!(" --content '{}'", it.replace('\'', "'\\''"))
        }
        it => format!(" --content {it}"),
    }
}

/// The commands in a text, between backquotes, for this content.
fn placed(text: &str, content: &Path) -> String {
    let parts =
        text.split('`').enumerate().map(|(at, it)| match at % 2 == 1 && it.starts_with("handbook ") {
            true => format!("{it}{}", flag(content)),
            false => it.to_owned(),
        });
    parts.collect::<Vec<_>>().join("`")
}
