//! What an editor should mend in the content: [`Diagnostic`], and all of them together: [`Report`].
//!
//! A diagnostic is for whoever edits the content. What fails for other reasons (a disk, a
//! theme) is an error of the part that failed, not a diagnostic.
//!
//! How a report looks to a person is for [`present`], how a program reads it for [`json`].

pub mod json;
pub mod present;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Whether the content can be published as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published while it stands.
    Error,
    /// Worth an editor's look; most often a slip of the source, which is kept.
    Warning,
}

/// Where in the content something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path below the content folder, with `/`.
    pub file: String,
    pub at: At,
}

/// Where in a file: what the finder of a flaw knows of it.
///
/// The checks do not hold the text of the files, so they name the words; the line is found
/// by [`Report::locate`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The file as a whole.
    File,
    /// Line and column, both from 1, the column in characters.
    Line(usize, usize),
    /// The first line that holds these words.
    Words(Box<str>),
    /// The first line of the text below the keys that holds these words.
    Text(Box<str>),
}

impl Place {
    /// The file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Place { file: file.into(), at: At::File }
    }

    /// A line of a file, from 1.
    pub fn line(file: impl Into<String>, line: usize) -> Self {
        Place { file: file.into(), at: At::Line(line, 1) }
    }

    /// The first place in a file where `words` stand.
    pub fn words(file: impl Into<String>, words: impl Into<String>) -> Self {
        Place { file: file.into(), at: At::Words(words.into().into()) }
    }

    /// The first place in the text below the keys of a file where `words` stand: keys and comments
    /// may hold the same words.
    pub fn text(file: impl Into<String>, words: impl Into<String>) -> Self {
        Place { file: file.into(), at: At::Text(words.into().into()) }
    }
}

/// Something an editor should mend in the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub place: Place,
    pub severity: Severity,
    /// Names the flaw, not the cure: `unknown-topic`, `number-missing`.
    pub code: &'static str,
    /// One line, lower case, no full stop.
    pub message: String,
    /// What would mend it, where that can be known.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A flaw that keeps the handbook from being published.
    pub fn error(place: Place, code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic::new(place, Severity::Error, code, message.into())
    }

    /// A flaw that does not.
    pub fn warning(place: Place, code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic::new(place, Severity::Warning, code, message.into())
    }

    fn new(place: Place, severity: Severity, code: &'static str, message: String) -> Self {
        Diagnostic { place, severity, code, message: one_line(message), hint: None }
    }

    /// The same with a word on what would mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(one_line(hint.into()));
        self
    }
}

/// Words of the content stand in messages, and may hold anything.
fn one_line(words: String) -> String {
    if words.contains(is_unseen) { words.replace(is_unseen, "\u{fffd}") } else { words }
}

/// Whether a character shows nothing itself and changes what is seen of others, or may: control
/// characters, ends of lines among them, marks and embeddings that turn the direction of writing,
/// and other formats without width. Joiners, which some scripts need, are not among them.
pub fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A path with such characters spelled out, `\u{202e}`, so that they cannot pass for another.
fn path_shown(path: &str) -> String {
    let spelled = |it: char| if is_unseen(it) { it.escape_unicode().to_string() } else { it.to_string() };
    if path.contains(is_unseen) { path.chars().map(spelled).collect() } else { path.to_owned() }
}

/// A warning that the editors have looked at and let stand, with their reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub code: String,
    /// The file, below the content folder.
    pub file: String,
    /// Words that the message must hold; empty for any message.
    pub about: String,
    /// Why it stands, in the words of the editors.
    pub reason: String,
    /// Where the acceptance itself stands.
    pub place: Place,
}

/// All that was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    accepted: Vec<(Diagnostic, String)>,
    /// Where words were looked for and found: how many characters they have.
    lengths: BTreeMap<Place, usize>,
    /// Files that stand before all others.
    first: BTreeSet<String>,
}

impl Report {
    /// Adds what was found.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds all that another report holds.
    pub fn join(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
        self.accepted.extend(other.accepted);
        self.lengths.extend(other.lengths);
        self.first.extend(other.first);
    }

    /// Adds what the rules found, but for files with an error from which others follow, as
    /// `others_follow` says of it: a clause without an id lacks much besides.
    pub fn join_where_sound(&mut self, other: Report, others_follow: impl Fn(&Diagnostic) -> bool) {
        let broken: BTreeSet<String> = (self.diagnostics.iter())
            .filter(|it| it.severity == Severity::Error && others_follow(it))
            .map(|it| it.place.file.clone())
            .collect();
        self.diagnostics.extend(other.diagnostics.into_iter().filter(|it| !broken.contains(&it.place.file)));
        self.accepted.extend(other.accepted);
        self.lengths.extend(other.lengths);
    }

    /// Puts what was found in these files before all else: they could not be read, and other
    /// flaws may follow from that.
    pub fn lead_with(&mut self, files: impl IntoIterator<Item = String>) {
        self.first.extend(files);
    }

    /// What was found and not accepted: sorted by file, line, code and message once
    /// [`Report::locate`] has run, what [`Report::lead_with`] names before the rest, in the order of finding before.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Warnings that the editors let stand, each with the reason.
    pub fn accepted(&self) -> &[(Diagnostic, String)] {
        &self.accepted
    }

    /// How many characters the words in question have that stand at `place`, a line and its
    /// column; 0 where no words were looked for.
    pub fn length(&self, place: &Place) -> usize {
        self.lengths.get(place).copied().unwrap_or(0)
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are that the editors have not accepted.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|it| it.severity == severity).count()
    }

    /// Sets accepted warnings apart. An acceptance that meets no warning becomes a warning
    /// itself, so that the list does not outlive its reasons; not while there are errors, since
    /// rules wait for these.
    pub fn accept(&mut self, acceptances: &[Accepted]) {
        let mut met = vec![false; acceptances.len()];
        for diagnostic in std::mem::take(&mut self.diagnostics) {
            let found = acceptances.iter().position(|it| {
                diagnostic.severity == Severity::Warning
                    && it.code == diagnostic.code
                    && it.file == diagnostic.place.file
                    && diagnostic.message.contains(&it.about)
            });
            match found {
                Some(index) => {
                    met[index] = true;
                    self.accepted.push((diagnostic, acceptances[index].reason.clone()));
                }
                None => self.diagnostics.push(diagnostic),
            }
        }
        if self.errors() > 0 {
            return;
        }
        for (acceptance, _) in acceptances.iter().zip(met).filter(|(_, met)| !met) {
            self.add(
                Diagnostic::warning(
                    acceptance.place.clone(),
                    "accepted-not-found",
                    format!("no warning `{}` in {} to accept", acceptance.code, acceptance.file),
                )
                .hint("take the entry out of `accepted`"),
            );
        }
    }

    /// Turns words into lines and columns, and sorts. `text` gives the text of a file below
    /// the content folder, or `None` where it has none.
    pub fn locate<'t>(&mut self, text: impl Fn(&str) -> Option<&'t str>) {
        let all = self.diagnostics.iter_mut().chain(self.accepted.iter_mut().map(|(it, _)| it));
        for diagnostic in all {
            let Place { file, at } = &mut diagnostic.place;
            let in_text = matches!(at, At::Text(_));
            if let At::Words(words) | At::Text(words) = at {
                let length = words.lines().next().unwrap_or_default().chars().count();
                let text = text(file);
                let below = text.filter(|_| in_text).map_or(0, below_keys);
                let found = |words: &str| text.and_then(|text| find(text, words, below));
                let written = || otherwise_written(words).iter().find_map(|it| found(it));
                *at = found(words).or_else(written).unwrap_or(At::File);
                self.lengths.insert(diagnostic.place.clone(), length);
            }
        }
        let first = &self.first;
        self.diagnostics.sort_by(|a, b| {
            let (a_waits, b_waits) = (!first.contains(&a.place.file), !first.contains(&b.place.file));
            (a_waits, &a.place, a.severity, a.code, &a.message)
                .cmp(&(b_waits, &b.place, b.severity, b.code, &b.message))
        });
        self.diagnostics.dedup();
        self.accepted.sort_by(|(a, _), (b, _)| (&a.place, a.code).cmp(&(&b.place, b.code)));
    }

    /// How many diagnostics of each code there are, by code.
    pub fn by_code(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in &self.diagnostics {
            *counts.entry(diagnostic.code).or_default() += 1;
        }
        counts
    }
}

/// Where the text begins below the keys of a file: after the second line `---`, else at the start.
fn below_keys(text: &str) -> usize {
    let mut end = 0;
    let mut rules = text.split_inclusive('\n').filter_map(|line| {
        end += line.len();
        (line.trim_end() == "---").then_some(end)
    });
    rules.nth(1).unwrap_or(0)
}

/// How else YAML may have a key with its value: `date: 2013-05-23` in quotation marks, `line: 57,` on a
/// line of its own.
fn otherwise_written(words: &str) -> Vec<String> {
    let Some((key, value)) = words.split_once(": ") else { return Vec::new() };
    let value = value.trim_end_matches(',');
    ["\"", "'", ""].iter().map(|mark| format!("{key}: {mark}{value}{mark}")).collect()
}

/// The line and column where `words` first stand in `text`, from a place of it on, by themselves if
/// they do anywhere: `gift` is looked for before `gifts` and `gift/taking`, and neither in a line
/// that is a comment while it stands elsewhere too.
fn find(text: &str, words: &str, from: usize) -> Option<At> {
    if words.is_empty() {
        return None;
    }
    let goes_on = |it: char| it.is_alphanumeric() || it == '-' || it == '/' || it == '_';
    let alone = |start: usize| {
        let (before, after) = (&text[..start], &text[start + words.len()..]);
        let before = before.strip_suffix('.').unwrap_or(before);
        let after = after.strip_prefix('.').unwrap_or(after);
        !before.ends_with(goes_on) && !after.starts_with(goes_on)
    };
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |it| it + 1);
    let in_comment = |at: usize| text[line_start(at)..].trim_start().starts_with('#');
    let places = || text[from..].match_indices(words).map(|(start, _)| from + start);
    let outside = || places().filter(|it| !in_comment(*it));
    let best = outside().find(|it| alone(*it)).or_else(|| outside().next());
    let start = best.or_else(|| places().find(|it| alone(*it))).or_else(|| places().next())?;
    let line_start = line_start(start);
    let line = text[..start].matches('\n').count() + 1;
    Some(At::Line(line, text[line_start..start].chars().count() + 1))
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.at {
            At::Line(line, column) => write!(f, "{}:{line}:{column}", path_shown(&self.file)),
            At::File | At::Words(_) | At::Text(_) => f.write_str(&path_shown(&self.file)),
        }
    }
}

/// `kent/….md:5:9: error[unknown-topic]: no topic `confidental``, and the hint below it.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Diagnostic { place, severity, code, message, hint } = self;
        write!(f, "{place}: {severity}[{code}]: {message}")?;
        match hint {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand_alone_and_else_where_they_first_stand() {
        let text = "topics: [gifts/taking, a]\nbé: [gifts]\n- 1.20\n- \"1.2\"\n";
        for (words, line, column) in
            [("gifts", 2, 6), ("gift", 1, 10), ("1.2", 4, 4), ("1.20", 3, 3), ("a", 1, 24), ("topics:", 1, 1)]
        {
            assert_eq!(find(text, words, 0), Some(At::Line(line, column)), "{words}");
        }
        let text = "# 1.10 is quoted\nnumber: 1.10\n  # mark: here alone\n";
        assert_eq!(find(text, "1.10", 0), Some(At::Line(2, 9)));
        assert_eq!(find(text, "here", 0), Some(At::Line(3, 11)));
        assert_eq!(find(text, "elsewhere", 0), None);
        assert_eq!(find(text, "", 0), None);
    }

    #[test]
    fn words_of_the_text_are_not_taken_for_those_of_keys_and_comments() {
        let text = "---\nid: a\nsource_note: clause 9\n---\nSee clause 9.\n";
        for (place, expected) in [
            (Place::words("a.md", "clause 9"), "a.md:3:14"),
            (Place::text("a.md", "clause 9"), "a.md:5:5"),
            (Place::text("a.md", "id:"), "a.md"),
        ] {
            let mut report = Report::default();
            report.add(Diagnostic::warning(place, "dangling-reference", "x"));
            report.locate(|_| Some(text));
            assert_eq!(report.diagnostics()[0].place.to_string(), expected);
        }
        assert_eq!(below_keys("No keys.\n---\nNone.\n"), 0);
    }

    #[test]
    fn what_cannot_be_seen_is_not_printed() {
        let place = Place::line("a\n\u{1b}[31m\u{202e}b.md", 2);
        let diagnostic = Diagnostic::error(place, "x", "\u{2066}words\u{7}");
        assert_eq!(
            diagnostic.to_string(),
            "a\\u{a}\\u{1b}[31m\\u{202e}b.md:2:1: error[x]: \u{fffd}words\u{fffd}"
        );
        for seen in ['é', '\u{a0}', '\u{200d}', '\u{301}', '“'] {
            assert!(!is_unseen(seen), "{seen:?}");
        }
    }

    #[test]
    fn what_the_rules_find_in_a_broken_file_waits_until_it_is_mended() {
        let place = |file: &str| Place::file(file);
        let mut report = Report::default();
        report.add(Diagnostic::error(place("a"), "bad-name", "x"));
        report.add(Diagnostic::warning(place("b"), "dangling-reference", "x"));
        report.add(Diagnostic::error(place("c"), "unknown-topic", "x"));
        let mut found = Report::default();
        for file in ["a", "b", "c"] {
            found.add(Diagnostic::error(place(file), "frozen-words", "x"));
        }
        report.join_where_sound(found, |it| it.code != "unknown-topic");
        let files: Vec<&str> = report.diagnostics().iter().map(|it| it.place.file.as_str()).collect();
        assert_eq!(files, ["a", "b", "c", "b", "c"]);
    }
}
