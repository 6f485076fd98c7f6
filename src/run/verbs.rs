//! The verbs that write into the content: from the words of the command line to a step.

mod step;

use std::io;
use std::process::ExitCode;

use handbook::handbook::PartialDate;
use handbook::revise;
use handbook::revise::clause::{self, Renumbered, Spot};
use jiff::civil::Date;

use self::step::{take, undo};
use super::{failed, stuck};
use crate::ask::ask;
use crate::cli::verbs::{self, Clause, Verb, Writing};

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
