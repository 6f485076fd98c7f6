//! A redline as a file for the papers of a committee.
//!
//! [`write()`] makes the bytes of one file: a web page that needs no other, a Word document with
//! native tracked changes ([`word`]), a schedule of changes ([`schedule`]), or all of it for
//! programs ([`json`]).

mod json;
mod schedule;
#[cfg(feature = "docx")]
mod word;

pub use json::{Changed, changes};

use std::fmt;

use crate::handbook::{Authority, Edition};
use crate::site::{self, RenderError, Theme};
use crate::view::redline::Redline;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One page with its styles in it.
    Html,
    /// A Word document. All changes accepted, it is the later text; all rejected, the earlier one.
    Word,
    /// A table of reference, current words, proposed words and reason, in Markdown.
    Schedule,
    Json,
}

/// Why a file could not be made.
#[derive(Debug)]
pub enum PaperError {
    Render(RenderError),
    /// This program was built without the part that writes Word documents.
    NoWord,
    Word(String),
}

/// A redline of two editions of an authority as a file of some form.
///
/// # Errors
///
/// If a template of the theme is at fault, or Word documents are not a part of this program.
pub fn write(
    form: Form,
    theme: &Theme,
    authority: &Authority,
    before: &Edition,
    after: &Edition,
) -> Result<Vec<u8>, PaperError> {
    let redline = || Redline::of(before, after);
    match form {
        Form::Html => site::redline_file(theme, authority, &redline()).map_err(PaperError::Render),
        Form::Schedule => Ok(schedule::write(authority, &redline()).into_bytes()),
        Form::Json => Ok(json::write(authority, &redline()).into_bytes()),
        #[cfg(feature = "docx")]
        Form::Word => word::write(authority, &Redline::in_order(before, after)).map_err(PaperError::Word),
        #[cfg(not(feature = "docx"))]
        Form::Word => Err(PaperError::NoWord),
    }
}

/// How many changes a redline has, and of what kinds: `31 changes: 31 wording`.
pub fn tally(redline: &Redline) -> String {
    use crate::view::redline::Kind;
    let kinds = Kind::ALL.into_iter().filter(|it| redline.count(*it) > 0);
    let kinds: Vec<String> =
        kinds.map(|it| format!("{} {}", redline.count(it), site::kind_of_change(it))).collect();
    match redline.changes.len() {
        0 => "no changes".to_owned(),
        1 => format!("1 change: {}", kinds.join(", ")),
        all => format!("{all} changes: {}", kinds.join(", ")),
    }
}

impl fmt::Display for PaperError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            PaperError::Render(error) => error.fmt(f),
            PaperError::NoWord => write!(
                f,
                "this program was built without Word documents; build it with `--features docx`, or choose \
                 another format"
            ),
            PaperError::Word(error) => write!(f, "the Word document could not be made: {error}"),
        }
    }
}

impl std::error::Error for PaperError {}
