//! A source document as text, and the map that accounts for each of its words.

/// The text of a source document, and what its map declares. Lines are counted from 1.
#[derive(Clone, Debug)]
pub struct SourceText {
    pub title: String,
    /// The text itself, line by line.
    pub lines: Vec<String>,
    pub parts: Vec<SourcePart>,
    pub furniture: Vec<Furniture>,
    pub joins: Vec<Join>,
    pub moves: Vec<Move>,
    pub redactions: Vec<Redaction>,
    pub readings: Vec<Reading>,
    /// `sources/<name>.txt` and `sources/<name>.yaml`, below the content folder.
    pub text_file: String,
    pub map_file: String,
}

/// Lines from first to last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    pub first: usize,
    pub last: usize,
}

impl Lines {
    /// Whether `line`, counted from 1, is one of them.
    pub fn contains(self, line: usize) -> bool {
        (self.first..=self.last).contains(&line)
    }
}

/// Which lines are which document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePart {
    pub lines: Lines,
    /// `kent/protocol/2013-05-23`, `kent/reports/2013-05-23-county-council`.
    pub document: String,
    pub view: View,
}

/// How marks of change are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// There are none; emphasis is only emphasis.
    Plain,
    /// Bold words are additions and left out, struck words stay.
    Before,
    /// Struck words are left out, bold words stay.
    After,
}

/// A line that is no part of any document: a running header, a legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    pub line: usize,
    pub text: String,
    pub reason: String,
}

/// A block of the source that goes on the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    pub line: usize,
    pub reason: String,
}

/// Lines that are read at another place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub lines: Lines,
    /// They are read before this line.
    pub before: usize,
    pub reason: String,
}

/// A line in which contact details were replaced by the marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redaction {
    pub line: usize,
    pub reason: String,
}

/// A garbled place of the source, and how it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub line: usize,
    /// As it stands in the line, marks included.
    pub printed: String,
    pub words: Words,
    pub reason: String,
    pub confidence: Option<String>,
}

/// What a reading puts in the place of the print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// The same in every view.
    Same(String),
    /// Apart for the text before and after the changes.
    Each { before: String, after: String },
}

impl SourceText {
    /// What stands in the place of contact details.
    pub const MARKER: &str = "[contact details removed]";
}
