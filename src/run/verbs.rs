//! The verbs that write into the content: each is planned, proven, and then written whole.

use std::io;
use std::process::ExitCode;

use handbook::Checked;
use handbook::diagnostic::Report;
use handbook::handbook::PartialDate;
use handbook::revise::clause::{self, Renumbered, Spot};
use handbook::revise::{self, Refusal, Step};
use jiff::civil::Date;
use serde::Serialize;

use super::{DONE, content_hint, failed, stuck, told, unsound, why};
use crate::ask::ask;
use crate::cli::verbs::{self, Clause, Verb, Writing};
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

/// Runs a verb; `today` is asked only where the day was not given.
///
/// # Errors
///
/// If what there is to tell cannot be printed.
pub fn run(verb: Verb, today: impl Fn() -> Date) -> io::Result<ExitCode> {
    match verb {
        Verb::Draft(it) => {
            let words = revise::Drafting { authority: it.authority, from: it.from, name: it.name };
            take("draft", &it.writing, today, |checked| revise::draft(checked, &words))
        }
        Verb::Clause(it) => edit(it, today),
        Verb::Propose(it) => {
            let name = "propose";
            let Some(body) = given(name, &it.writing, it.body, "body", "To which body is it put?")? else {
                return Ok(stuck());
            };
            let Some(date) = day(name, &it.writing, it.date, "On what day does it meet?")? else {
                return Ok(stuck());
            };
            let mut papers = it.papers;
            if papers.is_empty() {
                papers.extend(ask("Address or name of a paper, or nothing")?);
            }
            let words = revise::Proposal {
                authority: it.authority,
                edition: it.edition,
                body,
                date,
                papers,
                name: it.name,
            };
            take(name, &it.writing, today, |checked| revise::propose(checked, &words))
        }
        Verb::Decide(it) => {
            let name = "decide";
            let outcome = match it.outcome {
                Some(outcome) => Some(outcome),
                None => ask("What was decided: recommended, deferred, rejected or withdrawn?")?
                    .and_then(|it| verbs::Outcome::of(&it)),
            };
            let Some(outcome) = outcome else {
                return lacks(name, &it.writing, "outcome");
            };
            let Some(body) = given(name, &it.writing, it.body, "body", "Which body decided?")? else {
                return Ok(stuck());
            };
            let words = revise::Decision {
                authority: it.authority,
                edition: it.edition,
                body,
                date: it.date,
                outcome: match outcome {
                    verbs::Outcome::Recommended => revise::Outcome::Recommended,
                    verbs::Outcome::Deferred => revise::Outcome::Deferred,
                    verbs::Outcome::Rejected => revise::Outcome::Rejected,
                    verbs::Outcome::Withdrawn => revise::Outcome::Withdrawn,
                },
                minute: it.minute,
                note: it.note,
            };
            take(name, &it.writing, today, |checked| revise::decide(checked, &words))
        }
        Verb::Adopt(it) => {
            let name = "adopt";
            let asked = it.body.is_none() || it.date.is_none();
            let Some(body) = given(name, &it.writing, it.body, "body", "Which body adopted it?")? else {
                return Ok(stuck());
            };
            let Some(date) = day(name, &it.writing, it.date, "On what day?")? else { return Ok(stuck()) };
            let minute = match it.minute {
                None if asked => ask("Number of the minute, or nothing if it is not recorded")?,
                minute => minute,
            };
            let commences = match it.commences {
                None if asked => ask("In force from what day, or nothing if it is not recorded")?
                    .and_then(|it| PartialDate::parse(&it)),
                commences => commences,
            };
            let words = revise::Adoption {
                authority: it.authority,
                edition: it.edition,
                body,
                date,
                minute,
                commences,
                name: it.name,
            };
            take(name, &it.writing, today, |checked| revise::adopt(checked, &words))
        }
        Verb::Correct(it) => {
            let name = "correct";
            let asked = it.what.is_none() || it.why.is_none();
            let Some(what) = given(name, &it.writing, it.what, "what", "What was changed?")? else {
                return Ok(stuck());
            };
            let Some(reason) = given(name, &it.writing, it.why, "why", "Why?")? else { return Ok(stuck()) };
            let or_ask = |known: Option<String>, question: &str| match known {
                None if asked => ask(question),
                known => Ok(known),
            };
            let words = revise::Amends {
                authority: it.authority,
                edition: it.edition,
                what,
                why: reason,
                decided_by: or_ask(it.by, "Who decided it, or nothing if it is not recorded")?,
                under: or_ask(it.under, "Under what power, or nothing if it is not recorded")?,
                on: it.date,
            };
            take(name, &it.writing, today, |checked| revise::correct(checked, &words))
        }
        Verb::Undo(it) => undo(&it, today),
    }
}

fn edit(verb: Clause, today: impl Fn() -> Date) -> io::Result<ExitCode> {
    let of = |it: verbs::OfDraft| clause::Draft { authority: it.authority, edition: it.edition };
    match verb {
        Clause::Split { draft, clause, at, number, id, writing } => {
            let question = "With what words does the second part begin?";
            let Some(at) = given("split", &writing, at, "at", question)? else { return Ok(stuck()) };
            let words = clause::Split { draft: of(draft), clause, at, number, id };
            take("split", &writing, today, |checked| clause::split(checked, &words))
        }
        Clause::Merge { draft, clause, into, writing } => {
            let words = clause::Merger { draft: of(draft), clause, into };
            take("merge", &writing, today, |checked| clause::merge(checked, &words))
        }
        Clause::Move { draft, clause, to, writing } => {
            let words = clause::Removal { draft: of(draft), clause, to: spot(to) };
            take("move", &writing, today, |checked| clause::relocate(checked, &words))
        }
        Clause::Withdraw { draft, clause, reason, writing } => {
            let words = clause::Withdrawal { draft: of(draft), clause, reason };
            take("withdraw", &writing, today, |checked| clause::withdraw(checked, &words))
        }
        Clause::Renumber { draft, words, section, all, sections, writing } => {
            let mut words = words.into_iter();
            let what = match (section, all, words.next(), words.next()) {
                (None, Some(like), None, None) => Renumbered::All { like, sections },
                (Some(section), None, Some(number), None) => Renumbered::Section { section, number },
                (None, None, Some(clause), Some(number)) => Renumbered::Clause { clause, number },
                _ => {
                    return failed(
                        "renumber",
                        writing.format.format,
                        "it is not said what is to bear which number",
                        "give a clause and its number, --section with a number, or --all with the first number",
                    );
                }
            };
            let words = clause::Numbering { draft: of(draft), what };
            take("renumber", &writing, today, |checked| clause::renumber(checked, &words))
        }
        Clause::Add { draft, number, id, again, words, under, topics, to, writing } => {
            let Some(words) = given("add", &writing, words, "words", "Its words")? else {
                return Ok(stuck());
            };
            let words =
                clause::Addition { draft: of(draft), number, id, again, words, to: spot(to), under, topics };
            take("add", &writing, today, |checked| clause::add(checked, &words))
        }
    }
}

fn spot(to: verbs::To) -> Spot {
    let verbs::To { after, before, first_in, last_in } = to;
    let spots = [
        after.map(Spot::After),
        before.map(Spot::Before),
        first_in.map(Spot::FirstIn),
        last_in.map(Spot::LastIn),
    ];
    spots.into_iter().flatten().next().unwrap_or_else(|| Spot::LastIn(String::new()))
}

/// What a flag gives, or who is at the terminal; `None` where neither does, which has been told.
fn given(
    command: &'static str,
    writing: &Writing,
    flag: Option<String>,
    name: &str,
    question: &str,
) -> io::Result<Option<String>> {
    let answer = match flag {
        Some(it) => Some(it),
        None => ask(question)?,
    };
    if answer.as_ref().is_none_or(|it| it.trim().is_empty()) {
        lacks(command, writing, name)?;
        return Ok(None);
    }
    Ok(answer)
}

/// The same for a date.
fn day(
    command: &'static str,
    writing: &Writing,
    flag: Option<PartialDate>,
    question: &str,
) -> io::Result<Option<PartialDate>> {
    let answer = match flag {
        Some(it) => Some(it),
        None => ask(&format!("{question} (2026-05-21)"))?.and_then(|it| PartialDate::parse(&it)),
    };
    if answer.is_none() {
        lacks(command, writing, "date")?;
    }
    Ok(answer)
}

fn lacks(command: &'static str, writing: &Writing, flag: &str) -> io::Result<ExitCode> {
    failed(
        command,
        writing.format.format,
        &format!("`handbook {command}` needs --{flag}"),
        "see the examples in its --help",
    )
}

/// Plans a step, proves it and writes it, unless it is only to be shown.
fn take(
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
    let mended =
        |it: &handbook::diagnostic::Diagnostic| command == "correct" && it.code.starts_with("frozen-");
    let errors =
        checked.report.diagnostics().iter().filter(|it| it.severity == handbook::diagnostic::Severity::Error);
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

fn undo(words: &verbs::Undo, today: impl Fn() -> Date) -> io::Result<ExitCode> {
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
            .any(|it| !it.code.starts_with("frozen-") && it.severity == handbook::diagnostic::Severity::Error)
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
    lines.push(format!("{}:", handbook::diagnostic::present::count(files.len(), "file")));
    lines.extend(
        files.iter().take(most).map(|it| format!("  {} {}", it.change, content.join(it.file).display())),
    );
    if files.len() > most {
        lines.push(format!("  … and {} more (--dry-run lists all)", files.len() - most));
    }
    let warnings = after.report.warnings();
    if warnings > 0 {
        let verb = if writing.dry_run { "would have" } else { "has" };
        lines.push(format!(
            "The content {verb} {}: `handbook check` shows them.",
            handbook::diagnostic::present::count(warnings, "warning")
        ));
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
