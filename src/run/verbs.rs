//! The verbs that write into the content: from the words of the command line to a step.

mod asking;
mod clause;
mod step;

use std::io;
use std::process::ExitCode;

use handbook::revise;
use jiff::civil::Date;

use self::asking::{Clerk, Halt};
use self::step::{take, undo};
use crate::cli::verbs::{Adopt, Correct, Decide, Draft, Outcome, Propose, Verb};

/// Runs a verb; `today` is asked only where the day was not given.
///
/// # Errors
///
/// If what there is to tell cannot be printed.
pub fn run(verb: Verb, today: impl Fn() -> Date) -> io::Result<ExitCode> {
    let done = match verb {
        Verb::Draft(it) => draft(it, today),
        Verb::Clause(it) => clause::edit(it, today),
        Verb::Propose(it) => propose(it, today),
        Verb::Decide(it) => decide(it, today),
        Verb::Adopt(it) => adopt(it, today),
        Verb::Correct(it) => correct(it, today),
        Verb::Undo(it) => undo(&it, today),
    };
    match done {
        Ok(code) | Err(Halt::Told(code)) => Ok(code),
        Err(Halt::Mute(error)) => Err(error),
    }
}

fn draft(it: Draft, today: impl Fn() -> Date) -> Result<ExitCode, Halt> {
    let words = revise::Drafting { authority: it.authority, from: it.from, name: it.name };
    take("draft", &it.writing, today, |checked| revise::draft(checked, &words))
}

fn propose(it: Propose, today: impl Fn() -> Date) -> Result<ExitCode, Halt> {
    let mut clerk = Clerk::new("propose", &it.writing);
    let meeting = it.meeting;
    let body = clerk.needs(meeting.body, "body", "To which body is it put?")?;
    let date = clerk.needs_date(meeting.date, "On what day does it meet?")?;
    let mut papers = it.papers;
    if papers.is_empty() {
        papers.extend(clerk.may(None, "Address or name of a paper, or nothing")?);
    }
    let (authority, edition) = (meeting.authority, meeting.edition);
    let words = revise::Proposal { authority, edition, body, date, papers, name: it.name };
    take("propose", &it.writing, today, |checked| revise::propose(checked, &words))
}

fn decide(it: Decide, today: impl Fn() -> Date) -> Result<ExitCode, Halt> {
    let mut clerk = Clerk::new("decide", &it.writing);
    let meeting = it.meeting;
    let question = "What was decided: recommended, deferred, rejected or withdrawn?";
    let outcome = clerk.needs_one(it.outcome, "--outcome", question, Outcome::of)?;
    let body = clerk.needs(meeting.body, "body", "Which body decided?")?;
    let words = revise::Decision {
        authority: meeting.authority,
        edition: meeting.edition,
        body,
        date: clerk.may_date(meeting.date, "On what day, or nothing for that on which it was put to it")?,
        outcome: match outcome {
            Outcome::Recommended => revise::Outcome::Recommended,
            Outcome::Deferred => revise::Outcome::Deferred,
            Outcome::Rejected => revise::Outcome::Rejected,
            Outcome::Withdrawn => revise::Outcome::Withdrawn,
        },
        minute: clerk.may(it.minute, "Number of the minute, or nothing if it is not recorded")?,
        note: it.note,
    };
    take("decide", &it.writing, today, |checked| revise::decide(checked, &words))
}

fn adopt(it: Adopt, today: impl Fn() -> Date) -> Result<ExitCode, Halt> {
    let mut clerk = Clerk::new("adopt", &it.writing);
    let meeting = it.meeting;
    let words = revise::Adoption {
        authority: meeting.authority,
        edition: meeting.edition,
        body: clerk.needs(meeting.body, "body", "Which body adopted it?")?,
        date: clerk.needs_date(meeting.date, "On what day?")?,
        minute: clerk.may(it.minute, "Number of the minute, or nothing if it is not recorded")?,
        commences: clerk
            .may_date(it.commences, "In force from what day, or nothing if it is not recorded")?,
        name: it.name,
    };
    take("adopt", &it.writing, today, |checked| revise::adopt(checked, &words))
}

fn correct(it: Correct, today: impl Fn() -> Date) -> Result<ExitCode, Halt> {
    let mut clerk = Clerk::new("correct", &it.writing);
    let words = revise::Amends {
        authority: it.authority,
        edition: it.edition,
        what: clerk.needs(it.what, "what", "What was changed?")?,
        why: clerk.needs(it.why, "why", "Why?")?,
        decided_by: clerk.may(it.by, "Who decided it, or nothing if it is not recorded")?,
        under: clerk.may(it.under, "Under what power, or nothing if it is not recorded")?,
        on: clerk.may_date(it.date, "When was it decided, or nothing if it is not recorded")?,
    };
    take("correct", &it.writing, today, |checked| revise::correct(checked, &words))
}
