//! What a verb lacks is asked of whoever is at the terminal; elsewhere it is said what is missing.

use std::io::{self, Write as _};
use std::process::ExitCode;

use handbook::handbook::PartialDate;

use crate::ask::ask;
use crate::cli::verbs::Writing;
use crate::run::failed;

/// Why a verb does not go on.
pub enum Halt {
    /// It has been said why.
    Told(ExitCode),
    /// Nothing can be said, or asked.
    Mute(io::Error),
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Halt::Mute(error)
    }
}

/// Who asks for the words that a verb needs.
pub struct Clerk<'w> {
    command: &'static str,
    writing: &'w Writing,
    /// Whether anything that it cannot do without was asked for; else what it can do without is not
    /// asked for either.
    asked: bool,
}

impl<'w> Clerk<'w> {
    /// `command` by its words: `clause split`.
    pub fn new(command: &'static str, writing: &'w Writing) -> Self {
        Clerk { command, writing, asked: false }
    }

    /// What a flag gives, or the answer to a question.
    pub fn needs(&mut self, flag: Option<String>, name: &str, question: &str) -> Result<String, Halt> {
        let flag = flag.filter(|it| !it.trim().is_empty());
        self.needs_one(flag, &format!("--{name}"), question, |it| Some(it.to_owned()))
    }

    /// The same for a date.
    pub fn needs_date(&mut self, flag: Option<PartialDate>, question: &str) -> Result<PartialDate, Halt> {
        self.needs_one(flag, "--date", &format!("{question} (2026-05-21)"), PartialDate::parse)
    }

    /// The same for what `read` can make of an answer; asked again while it can make nothing of it.
    /// `name` as it is written on the command line.
    pub fn needs_one<T>(
        &mut self,
        flag: Option<T>,
        name: &str,
        question: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Halt> {
        if let Some(it) = flag {
            return Ok(it);
        }
        self.asked = true;
        match answer(question, read)? {
            Some(it) => Ok(it),
            None => self.refuse(&format!("`handbook {}` needs {name}", self.command)),
        }
    }

    /// What a flag gives, or the answer to a question where others were asked.
    pub fn may(&self, flag: Option<String>, question: &str) -> Result<Option<String>, Halt> {
        match flag {
            None if self.asked => Ok(ask(question)?),
            flag => Ok(flag),
        }
    }

    /// The same for a date.
    pub fn may_date(&self, flag: Option<PartialDate>, question: &str) -> Result<Option<PartialDate>, Halt> {
        match flag {
            None if self.asked => Ok(answer(question, PartialDate::parse)?),
            flag => Ok(flag),
        }
    }

    /// Says that the verb cannot go on so.
    pub fn refuse<T>(&self, why: &str) -> Result<T, Halt> {
        let hint = format!("see `handbook {} --help`", self.command);
        Err(Halt::Told(failed(self.command, self.writing.format.format, why, &hint)?))
    }
}

fn answer<T>(question: &str, read: impl Fn(&str) -> Option<T>) -> io::Result<Option<T>> {
    while let Some(words) = ask(question)? {
        match read(&words) {
            Some(it) => return Ok(Some(it)),
            None => drop(writeln!(io::stderr(), "“{words}” cannot be read so.")),
        }
    }
    Ok(None)
}
