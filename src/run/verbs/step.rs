//! A step on its way into the content: planned, proven, written whole, and told.

use std::io;
use std::process::ExitCode;

use handbook::Checked;
use handbook::diagnostic::present::count;
use handbook::diagnostic::{Diagnostic, Report, Severity};
use handbook::revise::{self, Refusal, Step};
use jiff::civil::Date;
use serde::Serialize;

use crate::cli::verbs::{Undo, Writing};
use crate::run::{DONE, content_hint, failed, told, unsound, why};
use crate::say::{Outcome, Told};

/// What the verbs tell programs.
#[derive(Serialize)]
struct Done<'a> {
    dry_run: bool,
    did: &'a [String],
    next: &'a [String],
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    change: &'static str,
}

/// Plans a step, proves it and writes it, unless it is only to be shown.
pub(super) fn take(
    command: &'static str,
    writing: &Writing,
    today: impl Fn() -> Date,
    verb: impl FnOnce(&Checked) -> Result<Step, Refusal>,
) -> io::Result<ExitCode> {
    let content = &writing.content.folder;
    let format = writing.format.format;
    let day = writing.day.today.unwrap_or_else(today);
    if !writing.dry_run
        && let Err(error) = revise::complete(content)
    {
        return failed(command, format, &error.to_string(), "");
    }
    let checked = match handbook::check(content, day) {
        Ok(checked) => checked,
        Err(error) => return failed(command, format, &error.to_string(), &content_hint(content, &error)),
    };
    // What a correction is for are these errors themselves.
    let mended = |it: &Diagnostic| command == "correct" && it.code.starts_with("frozen-");
    let errors = checked.report.diagnostics().iter().filter(|it| it.severity == Severity::Error);
    if !errors.into_iter().all(mended) {
        let text = format!("{}; nothing was written. Mend the errors first.", why(&checked, false));
        told(command, format, Outcome::Errors, &checked, content).print::<()>(&text, None)?;
        return Ok(unsound());
    }
    let step = match verb(&checked) {
        Ok(step) => step,
        Err(Refusal { why, hint }) => return failed(command, format, &why, &hint),
    };
    let after = revise::prove(&checked, &step, day);
    if !after.is_sound(false) {
        let text = format!("{} once this is done, as shown; so nothing was written.", why(&after, false));
        told(command, format, Outcome::Errors, &after, content).print::<()>(&text, None)?;
        return Ok(unsound());
    }
    if !writing.dry_run
        && let Err(error) = revise::write(content, &step, None)
    {
        return failed(command, format, &error.to_string(), "");
    }
    tell(command, writing, &step, &after)
}

/// Takes the last step back, unless it is only to be shown.
pub(super) fn undo(words: &Undo, today: impl Fn() -> Date) -> io::Result<ExitCode> {
    let writing = &words.writing;
    let content = &writing.content.folder;
    let format = writing.format.format;
    let day = writing.day.today.unwrap_or_else(today);
    if !writing.dry_run
        && let Err(error) = revise::complete(content)
    {
        return failed("undo", format, &error.to_string(), "");
    }
    let checked = match handbook::check(content, day) {
        Ok(checked) => checked,
        Err(error) => return failed("undo", format, &error.to_string(), &content_hint(content, &error)),
    };
    let step = match revise::undo(content, &words.out.folder) {
        Ok(step) => step,
        Err(Refusal { why, hint }) => return failed("undo", format, &why, &hint),
    };
    let after = revise::prove(&checked, &step, day);
    // To take back the record of a correction leaves the words as they are, which is an error then.
    if after.report.errors() > checked.report.errors()
        && after
            .report
            .diagnostics()
            .iter()
            .any(|it| !it.code.starts_with("frozen-") && it.severity == Severity::Error)
    {
        let text = format!("{} once this is done, as shown; so nothing was written.", why(&after, false));
        told("undo", format, Outcome::Errors, &after, content).print::<()>(&text, None)?;
        return Ok(unsound());
    }
    if !writing.dry_run
        && let Err(error) = revise::take_back(content, None)
    {
        return failed("undo", format, &error.to_string(), "");
    }
    tell("undo", writing, &step, &after)
}

/// Says what was done, or would be, and what may be done next.
fn tell(command: &'static str, writing: &Writing, step: &Step, after: &Checked) -> io::Result<ExitCode> {
    let content = &writing.content.folder;
    let files: Vec<File> = step
        .files
        .iter()
        .map(|(file, it)| {
            let change = match (&it.before, &it.after) {
                (None, _) => "new",
                (_, Some(_)) => "changed",
                (_, None) => "removed",
            };
            File { file, change }
        })
        .collect();
    let mut lines = Vec::new();
    if writing.dry_run {
        lines.push("Nothing was written (--dry-run). This would be done:".to_owned());
    } else {
        lines.push("Done:".to_owned());
    }
    lines.extend(step.did.iter().map(|it| format!("  {it}")));
    let most = if writing.dry_run { usize::MAX } else { 12 };
    lines.push(format!("{}:", count(files.len(), "file")));
    lines.extend(
        files.iter().take(most).map(|it| format!("  {} {}", it.change, content.join(it.file).display())),
    );
    if files.len() > most {
        lines.push(format!("  … and {} more (--dry-run lists all)", files.len() - most));
    }
    let warnings = after.report.warnings();
    if warnings > 0 {
        let verb = if writing.dry_run { "would have" } else { "has" };
        lines
            .push(format!("The content {verb} {}: `handbook check` shows them.", count(warnings, "warning")));
    }
    if !writing.dry_run {
        lines.push("Next:".to_owned());
        lines.extend(step.next.iter().map(|it| format!("  {it}")));
    }
    let quiet = Report::default();
    let outcome = if writing.dry_run { "shown" } else { "done" };
    let told = Told {
        command,
        format: writing.format.format,
        outcome: Outcome::Done(outcome),
        report: &quiet,
        content: None,
        accepted: false,
    };
    let done = Done { dry_run: writing.dry_run, did: &step.did, next: &step.next, files };
    told.print(&lines.join("\n"), Some(&done))?;
    Ok(DONE)
}
