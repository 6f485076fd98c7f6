//! `handbook clause`: clauses of a draft, edited where their identity is at stake.

use std::process::ExitCode;

use handbook::revise::clause::{self, Renumbered, Spot};
use jiff::civil::Date;

use super::asking::{Clerk, Halt};
use super::step::take;
use crate::cli::clause::{Clause, OfDraft, To};

const WHICH: &str = "Which clause, by its id or number?";

pub fn edit(verb: Clause, today: impl Fn() -> Date) -> Result<ExitCode, Halt> {
    let of = |it: OfDraft| clause::Draft { authority: it.authority, edition: it.edition };
    match verb {
        Clause::Split { draft, clause, at, number, id, writing } => {
            let mut clerk = Clerk::new("clause split", &writing);
            let words = clause::Split {
                draft: of(draft),
                clause: which(&mut clerk, clause, WHICH)?,
                at: clerk.needs(at, "at", "With what words does the second part begin?")?,
                number: clerk.may(number, "Printed number of the second part, or nothing")?,
                id,
            };
            take("clause split", &writing, today, |checked| clause::split(checked, &words))
        }
        Clause::Merge { draft, clause, into, writing } => {
            let mut clerk = Clerk::new("clause merge", &writing);
            let words = clause::Merger {
                draft: of(draft),
                clause: which(&mut clerk, clause, "Which clause goes, by its id or number?")?,
                into: clerk.needs(into, "into", "Into which clause?")?,
            };
            take("clause merge", &writing, today, |checked| clause::merge(checked, &words))
        }
        Clause::Move { draft, clause, to, writing } => {
            let mut clerk = Clerk::new("clause move", &writing);
            let clause = which(&mut clerk, clause, WHICH)?;
            let words = clause::Removal { draft: of(draft), clause, to: spot(&mut clerk, to)? };
            take("clause move", &writing, today, |checked| clause::relocate(checked, &words))
        }
        Clause::Withdraw { draft, clause, reason, writing } => {
            let mut clerk = Clerk::new("clause withdraw", &writing);
            let words = clause::Withdrawal {
                draft: of(draft),
                clause: which(&mut clerk, clause, WHICH)?,
                reason: clerk.may(reason, "Why, or nothing if it is not recorded")?,
            };
            take("clause withdraw", &writing, today, |checked| clause::withdraw(checked, &words))
        }
        Clause::Renumber { draft, words, section, all, sections, writing } => {
            let mut clerk = Clerk::new("clause renumber", &writing);
            let mut words = words.into_iter();
            let what = match (section, all, words.next(), words.next()) {
                (None, Some(like), None, None) => Renumbered::All { like, sections },
                (Some(section), None, number, None) => {
                    Renumbered::Section { section, number: new_number(&mut clerk, number)? }
                }
                (None, None, clause, number) => Renumbered::Clause {
                    clause: which(&mut clerk, clause, WHICH)?,
                    number: new_number(&mut clerk, number)?,
                },
                _ => return clerk.refuse("it is not said what is to bear which number"),
            };
            let words = clause::Numbering { draft: of(draft), what };
            take("clause renumber", &writing, today, |checked| clause::renumber(checked, &words))
        }
        Clause::Add { draft, number, id, again, words, under, topics, to, writing } => {
            let mut clerk = Clerk::new("clause add", &writing);
            let words = clerk.needs(words, "words", "Its words")?;
            let to = spot(&mut clerk, to)?;
            let number = match &id {
                Some(_) => number,
                None => clerk.may(number, "Its number as it is to be printed")?,
            };
            let topics = match topics.is_empty() {
                true => clerk
                    .may(None, "Its topic with the question, such as gifts/limits")?
                    .into_iter()
                    .collect(),
                false => topics,
            };
            let words = clause::Addition { draft: of(draft), number, id, again, words, to, under, topics };
            take("clause add", &writing, today, |checked| clause::add(checked, &words))
        }
    }
}

fn which(clerk: &mut Clerk, clause: Option<String>, question: &str) -> Result<String, Halt> {
    clerk.needs_one(clause, "the name of a clause", question, |it| Some(it.to_owned()))
}

fn new_number(clerk: &mut Clerk, number: Option<String>) -> Result<String, Halt> {
    clerk.needs_one(number, "the new number", "What is its new number?", |it| Some(it.to_owned()))
}

fn spot(clerk: &mut Clerk, to: To) -> Result<Spot, Halt> {
    let To { after, before, first_in, last_in } = to;
    let flag = [
        after.map(Spot::After),
        before.map(Spot::Before),
        first_in.map(Spot::FirstIn),
        last_in.map(Spot::LastIn),
    ];
    let names = "--after, --before, --first-in or --last-in";
    clerk.needs_one(flag.into_iter().flatten().next(), names, "After which clause?", |it| {
        Some(Spot::After(it.to_owned()))
    })
}
