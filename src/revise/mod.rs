//! The verbs by which an edition comes to be: it is drafted, edited where the identity of clauses
//! is at stake, put to a body, decided on, adopted, corrected; and the last step is taken back.
//!
//! ```text
//! draft, clause::…, propose, decide, adopt, correct   (&Checked, words) -> Result<Step, Refusal>
//! prove(&Checked, &Step, today)                       -> Checked            the content as it would be
//! write(content, &Step)                               -> Result<(), WriteError>
//! ```
//!
//! A verb writes nothing: it says which files would change. [`prove`] reads them as if they had,
//! and what has an error then is not to be written. [`write()`] changes all files or none, also
//! where the program is killed on the way ([`crate::output::together`]), and keeps what it replaced,
//! so that [`undo()`] can take the step back.
//!
//! Files keep the comments and the layout that people gave them ([`front`]). What is not said on
//! the command line is not invented: it is left out, and shown as not recorded.

mod adopt;
mod belated;
pub mod clause;
mod correct;
mod desk;
mod draft;
mod front;
mod propose;
mod rebase;
mod undo;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use jiff::civil::Date;

use crate::Checked;
use crate::handbook::{Authority, DocumentSlug, Edition, Status};
use crate::output::together::{self, Replaced};
use crate::output::{Obstacle, PublishError, Witness};

pub use adopt::{Adoption, adopt};
pub use correct::{Amends, correct};
pub use draft::{Drafting, draft};
pub use propose::{Decision, Outcome, Proposal, decide, propose};
pub use undo::{Undoing, undo};

/// What a verb would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Paths below the content folder.
    pub files: BTreeMap<String, Replaced>,
    /// What it comes to, a line each.
    pub did: Vec<String>,
    pub next: Vec<Next>,
}

/// What may be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A command by its words after the name of the program, and what it is for.
    Run { words: String, to: &'static str },
    /// Words to edit, in the files of clauses of this folder below the content folder.
    Edit { folder: String },
}

impl Next {
    fn run(words: impl Into<String>, to: &'static str) -> Self {
        Next::Run { words: words.into(), to }
    }

    fn undo() -> Self {
        Next::run("undo", "take this step back")
    }
}

/// Why a verb cannot be followed: the content does not have what it speaks of, or is not in the
/// state for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub why: String,
    /// Empty where the reason says all.
    pub hint: String,
}

impl Refusal {
    fn new(why: impl Into<String>, hint: impl Into<String>) -> Self {
        Refusal { why: why.into(), hint: hint.into() }
    }
}

/// The content as it would be after a step, looked through as on the day `today`.
pub fn prove(checked: &Checked, step: &Step, today: Date) -> Checked {
    let mut sources = crate::source::Sources {
        files: checked.sources.files.clone(),
        report: checked.sources.report.clone(),
    };
    for (path, it) in &step.files {
        match &it.after {
            Some(bytes) => sources.files.insert(path.clone(), bytes.clone()),
            None => sources.files.remove(path),
        };
    }
    crate::look_through(sources, today)
}

/// Why a step was not written.
#[derive(Debug)]
pub struct WriteError {
    error: PublishError,
    /// Whether it was a step broken off before that could not be completed.
    completing: bool,
}

impl WriteError {
    fn new(error: PublishError) -> Self {
        WriteError { error, completing: false }
    }
}

/// Writes a step into the folder `content`, whole or not at all.
///
/// # Errors
///
/// Then nothing is changed; or, where the disk refuses once the step is decided, all of it counts
/// and the next one completes it. The words say which.
pub fn write(content: &Path, step: &Step, witness: Option<&dyn Witness>) -> Result<(), WriteError> {
    together::change(content, &step.files, witness).map_err(WriteError::new)
}

/// Completes a step that was decided and broken off, so that the files lie as they are read.
///
/// # Errors
///
/// If the disk refuses, or one of its files has been edited since.
pub fn complete(content: &Path) -> Result<(), WriteError> {
    together::complete(content).map_err(|error| WriteError { error, completing: true })
}

/// Takes the last step back, as [`undo()`] planned it.
///
/// # Errors
///
/// As for [`write()`], and if by now another step is the last.
pub fn take_back(content: &Path, undoing: &Step, witness: Option<&dyn Witness>) -> Result<(), WriteError> {
    together::take_back(content, &undoing.files, witness).map_err(WriteError::new)
}

/// How many files are named of those that someone has changed.
const SHOWN: usize = 3;

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.error {
            PublishError::Obstacles { obstacles, .. } => {
                let names: Vec<&str> = obstacles
                    .iter()
                    .map(|it| match it {
                        Obstacle::Edited(path) | Obstacle::Stranger(path) => path.as_str(),
                    })
                    .collect();
                let (shown, more) = names.split_at(names.len().min(SHOWN));
                let names = match more.len() {
                    0 => shown.join(", "),
                    more => format!("{} and {more} more", shown.join(", ")),
                };
                match self.completing {
                    false => write!(f, "someone has changed {names} meanwhile; nothing was written"),
                    true => write!(
                        f,
                        "the last step was broken off, and {names} was edited before it could be completed; put \
                         your copy elsewhere, remove the file, run the command again, and edit it then"
                    ),
                }
            }
            PublishError::Disk(error) => write!(f, "{error} (nothing was written)"),
            PublishError::Unfinished(error) => write!(
                f,
                "{error} (the step is decided and counts; the next command that writes completes its files)"
            ),
            PublishError::NothingToRestore(_) => f.write_str("there is no step to take back"),
            PublishError::AnotherChange(_) => f.write_str(
                "another step was made meanwhile, and it is the last now; nothing was written; run the command \
                 again to take that one back",
            ),
            PublishError::Spoilt { file } => {
                write!(f, "{} is not as the step kept it, so nothing is taken back", file.display())
            }
            other => write!(f, "{other}"),
        }
    }
}

impl std::error::Error for WriteError {}

/// The authority with a slug.
fn authority<'c>(checked: &'c Checked, slug: &str) -> Result<&'c Authority, Refusal> {
    checked.handbook.authorities.get(slug).ok_or_else(|| {
        let known: Vec<&str> = checked.handbook.authorities.keys().map(|it| it.as_str()).collect();
        Refusal::new(format!("there is no authority `{slug}`"), format!("one of {}", known.join(", ")))
    })
}

/// The edition of a name.
fn edition<'c>(authority: &'c Authority, slug: &str) -> Result<&'c Edition, Refusal> {
    authority.editions.get(slug).ok_or_else(|| {
        let known: Vec<&str> = authority.editions.keys().map(|it| it.as_str()).collect();
        let hint = match known.as_slice() {
            [] => "no text of it is held".to_owned(),
            known => format!("one of {}", known.join(", ")),
        };
        Refusal::new(format!("{} has no edition `{slug}`", authority.short_name), hint)
    })
}

/// The edition of a name, or the only one that is in one of the states.
fn edition_in<'c>(
    authority: &'c Authority,
    named: Option<&str>,
    states: &[Status],
    called: &str,
) -> Result<&'c Edition, Refusal> {
    if let Some(slug) = named {
        let found = edition(authority, slug)?;
        if states.contains(&found.status) {
            return Ok(found);
        }
        return Err(Refusal::new(
            format!(
                "the edition `{slug}` of {} is {}, not {called}",
                authority.short_name,
                status(found.status)
            ),
            match found.status {
                Status::Draft => "put it to a body with `handbook propose`, or adopt it",
                _ => "what has been published stays; `handbook draft` starts the next edition from it",
            },
        ));
    }
    // What the current text came after is history, whatever was recorded of it.
    let past: Vec<&DocumentSlug> = authority
        .current_edition()
        .map_or_else(Vec::new, |it| before(authority, it))
        .iter()
        .map(|it| &it.slug)
        .collect();
    let open = authority.editions.values().filter(|it| states.contains(&it.status));
    let open: Vec<&Edition> = open.filter(|it| !past.contains(&&it.slug)).collect();
    match open.as_slice() {
        [one] => Ok(one),
        [] => Err(Refusal::new(
            format!("{} has no edition that is {called}", authority.short_name),
            format!("`handbook draft {}` starts one", authority.slug),
        )),
        several => {
            let names: Vec<&str> = several.iter().map(|it| it.slug.as_str()).collect();
            Err(Refusal::new(
                format!("{} editions of {} are {called}", names.len(), authority.short_name),
                format!("say which: {} (`handbook clause` takes it as --edition)", names.join(", ")),
            ))
        }
    }
}

/// The editions that one follows, the nearest first.
fn before<'c>(authority: &'c Authority, edition: &'c Edition) -> Vec<&'c Edition> {
    let mut all: Vec<&Edition> = Vec::new();
    let mut next = edition.follows.as_ref();
    while let Some(it) = next.and_then(|it| authority.editions.get(it)) {
        if all.iter().any(|other| other.slug == it.slug) {
            break; // a circle, which is an error told elsewhere
        }
        all.push(it);
        next = it.follows.as_ref();
    }
    all
}

/// The state of an edition in a word.
fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "a draft",
        public => public.key(),
    }
}

/// Whether the folder of an edition is only called a draft, so that it gets a lasting name once
/// it is public: `draft`, `draft-2`.
fn is_called_draft(slug: &DocumentSlug) -> bool {
    let rest = slug.as_str().strip_prefix("draft");
    rest.is_some_and(|it| it.strip_prefix('-').unwrap_or(it).bytes().all(|it| it.is_ascii_digit()))
}

/// The folder of an edition, below the content folder.
fn folder(edition: &Edition) -> &str {
    edition.file.trim_end_matches("/edition.yaml")
}
