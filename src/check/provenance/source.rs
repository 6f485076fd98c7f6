//! The words of a source text as its map has them read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::document::space_before;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::diff;
use crate::handbook::{Move, Reading, SourcePart, SourceText, View, Words};
use crate::markdown;

/// One word of a source.
#[derive(Clone, Debug)]
pub struct SourceWord {
    pub text: String,
    /// From 1.
    pub line: usize,
    /// Whether a block begins with it: after a blank line, or after a list dash.
    pub opens: bool,
    /// The space before it, where that is no ordinary one.
    pub space: Option<char>,
}

/// A source text with its map laid over it.
pub struct Mapped<'h> {
    pub source: &'h SourceText,
    furniture: BTreeSet<usize>,
    /// By line: where in it each reading stands, left to right.
    readings: BTreeMap<usize, Vec<(Range<usize>, &'h Reading)>>,
}

/// An entry of a map that declares what is not there.
fn unused(source: &SourceText, words: String, message: String) -> Diagnostic {
    Diagnostic::error(Place::words(&source.map_file, words), "source-map-unused", message)
}

impl<'h> Mapped<'h> {
    /// Lays the map over the text. Entries that meet nothing, lines that nobody accounts for
    /// and markers that nobody declared go into the report.
    pub fn new(source: &'h SourceText, report: &mut Report) -> Self {
        let mut mapped = Mapped { source, furniture: BTreeSet::new(), readings: BTreeMap::new() };
        mapped.lay_furniture(report);
        mapped.lay_readings(report);
        mapped.redactions(report);
        for it in source.moves.iter().filter(|it| !mapped.moves_something(it)) {
            report.add(
                unused(
                    source,
                    lines_as_written(it),
                    format!("moving lines {}–{} before line {} changes nothing that is read", it.lines.first, it.lines.last, it.before),
                )
                .hint("`before` is a line of the part in which the lines are read, and not inside or right after them"),
            );
        }
        for (index, line) in source.lines.iter().enumerate() {
            let number = index + 1;
            let accounted = is_blank(line) || mapped.furniture.contains(&number) || mapped.is_read(number);
            if !accounted {
                report.add(
                    Diagnostic::error(
                        Place::line(&source.text_file, number),
                        "source-line-unaccounted",
                        format!("line {number} belongs to no part and is not declared as furniture"),
                    )
                    .hint(format!(
                        "extend a part in `{}`, or list the line under `furniture`",
                        source.map_file
                    )),
                );
            }
        }
        mapped
    }

    fn line(&self, number: usize) -> Option<&'h str> {
        self.source.lines.get(number.checked_sub(1)?).map(String::as_str)
    }

    /// The places in the map of the parts that have the line.
    fn parts_of(&self, line: usize) -> Vec<usize> {
        let parts = self.source.parts.iter().enumerate();
        parts.filter(|(_, it)| it.lines.contains(line)).map(|(index, _)| index).collect()
    }

    /// Whether some document has the line.
    fn in_part(&self, line: usize) -> bool {
        self.source.parts.iter().any(|it| it.lines.contains(line))
    }

    fn lay_furniture(&mut self, report: &mut Report) {
        for it in &self.source.furniture {
            let words = format!("line: {},", it.line);
            match self.line(it.line) {
                Some(line) if !is_blank(line) && line.trim() == it.text.trim() => {
                    if !self.furniture.insert(it.line) {
                        let message = format!("line {} is declared as furniture twice", it.line);
                        report.add(unused(self.source, words, message));
                    }
                }
                line => report.add(
                    unused(
                        self.source,
                        words,
                        format!("the furniture “{}” is not what line {} holds", it.text, it.line),
                    )
                    .hint(match line {
                        Some(line) => format!("the line reads “{}”", line.trim()),
                        None => format!("the text has {} lines", self.source.lines.len()),
                    }),
                ),
            }
        }
    }

    fn lay_readings(&mut self, report: &mut Report) {
        for it in &self.source.readings {
            let number = it.line;
            let line = self.line(number).filter(|_| self.is_read(number));
            let laid = self.readings.entry(number).or_default();
            let from = laid.last().map_or(0, |(range, _)| range.end);
            match line.and_then(|it| it.get(from..)).and_then(|rest| rest.find(&it.printed)) {
                Some(at) if !it.printed.is_empty() => {
                    let start = from + at;
                    laid.push((start..start + it.printed.len(), it));
                }
                _ => report.add(
                    unused(
                        self.source,
                        printed_as_written(it),
                        format!("the print “{}” of a reading is not in line {number}", it.printed),
                    )
                    .hint("readings of one line are listed left to right; give the words as they stand in the line, marks included"),
                ),
            }
            let plain = |part: &SourcePart| part.view == View::Plain && part.lines.contains(number);
            if matches!(it.words, Words::Each { .. }) && self.source.parts.iter().any(plain) {
                report.add(
                    Diagnostic::error(
                        Place::words(&self.source.map_file, printed_as_written(it)),
                        "source-reading-view",
                        format!(
                            "line {number} is read plain, the reading of “{}” tells before from after",
                            it.printed
                        ),
                    )
                    .hint("give `read` alone"),
                );
            }
        }
    }

    /// Whether the words of a line go into some document.
    fn is_read(&self, line: usize) -> bool {
        !self.furniture.contains(&line) && (self.in_part(line) || self.is_moved(line))
    }

    fn is_moved(&self, line: usize) -> bool {
        self.source.moves.iter().any(|it| it.lines.contains(line))
    }

    fn redactions(&self, report: &mut Report) {
        let source = self.source;
        let mut declared = BTreeSet::new();
        for it in &source.redactions {
            let holds = self.line(it.line).is_some_and(|line| line.contains(SourceText::MARKER));
            if !holds || !declared.insert(it.line) {
                report.add(
                    unused(
                        source,
                        format!("line: {},", it.line),
                        match holds {
                            true => format!("the redaction of line {} is declared twice", it.line),
                            false => format!("line {} does not hold the marker of a redaction", it.line),
                        },
                    )
                    .hint(format!("the marker is `{}`", SourceText::MARKER)),
                );
            }
        }
        for (index, line) in source.lines.iter().enumerate() {
            if line.contains(SourceText::MARKER) && !declared.contains(&(index + 1)) {
                report.add(
                    Diagnostic::error(
                        Place::line(&source.text_file, index + 1),
                        "source-redaction-undeclared",
                        "the marker stands in a line that no redaction declares",
                    )
                    .hint(format!(
                        "list the line under `redactions` in `{}`, with the reason",
                        source.map_file
                    )),
                );
            }
        }
    }

    /// Whether a move has words to move, and another place to move them to.
    fn moves_something(&self, it: &Move) -> bool {
        let has_words = |lines: Range<usize>| {
            lines.into_iter().any(|line| {
                !self.furniture.contains(&line) && self.line(line).is_some_and(|it| !is_blank(it))
            })
        };
        let passed =
            if it.before < it.lines.first { it.before..it.lines.first } else { it.lines.last + 1..it.before };
        // Before the line after the last one of a part is its end.
        let to = match self.in_part(it.before) {
            true => self.parts_of(it.before),
            false => self.parts_of(it.before.saturating_sub(1)),
        };
        !it.lines.contains(it.before)
            && !to.is_empty()
            && has_words(it.lines.first..it.lines.last + 1)
            && (has_words(passed) || to != self.parts_of(it.lines.first))
    }

    /// The words of the parts of one document, in reading order.
    pub fn words(&self, parts: &[&SourcePart]) -> Vec<SourceWord> {
        let mut words = Vec::new();
        for part in parts {
            // A block whose words are all left out in this view does not begin at the next one.
            let mut opens = true;
            for (line, begins) in self.order(part) {
                opens |= begins;
                let text = self.text(line, part.view);
                let mut text = text.trim();
                if text == "-" || text.starts_with("- ") || text.starts_with("-\t") {
                    opens = true;
                    text = text[1..].trim_start();
                }
                for (index, (at, word)) in diff::tokens(text).enumerate() {
                    let space = if index == 0 { None } else { space_before(text, at) };
                    words.push(SourceWord { text: word.to_owned(), line, opens, space });
                    opens = false;
                }
            }
        }
        words
    }

    /// The lines of a part as they are read, blank ones and furniture left out, each with
    /// whether a block begins at it.
    fn order(&self, part: &SourcePart) -> Vec<(usize, bool)> {
        let mut order = Vec::new();
        // What is left out does not hide the blank line before it.
        let mut blank = true;
        for line in part.lines.first..=part.lines.last {
            for it in self.source.moves.iter().filter(|it| it.before == line) {
                self.moved(it, &mut order);
            }
            if self.is_moved(line) {
                continue;
            }
            match self.line(line) {
                None => break,
                Some(text) if is_blank(text) => blank = true,
                Some(_) if self.furniture.contains(&line) => {}
                Some(_) => order.push((line, std::mem::take(&mut blank))),
            }
        }
        let end = part.lines.last + 1;
        for it in self.source.moves.iter().filter(|it| it.before == end && !self.in_part(end)) {
            self.moved(it, &mut order);
        }
        order
    }

    fn moved(&self, it: &Move, order: &mut Vec<(usize, bool)>) {
        let mut blank = true;
        for line in it.lines.first..=it.lines.last {
            match self.line(line) {
                Some(text) if is_blank(text) => blank = true,
                Some(_) if !self.furniture.contains(&line) => order.push((line, std::mem::take(&mut blank))),
                _ => {}
            }
        }
    }

    /// A line in one view: readings put in, then marks taken out.
    fn text(&self, number: usize, view: View) -> String {
        let line = self.line(number).unwrap_or_default();
        let (mut text, mut rest) = (String::new(), 0);
        for (range, reading) in self.readings.get(&number).into_iter().flatten() {
            text.push_str(&line[rest..range.start]);
            text.push_str(match (&reading.words, view) {
                (Words::Same(words), _) => words,
                (Words::Each { before, .. }, View::Before) => before,
                (Words::Each { after, .. }, View::After | View::Plain) => after,
            });
            rest = range.end;
        }
        text.push_str(&line[rest..]);
        let text = match view {
            View::Plain => text.replace("**", ""),
            View::Before => unmarked(&without(&text, "**"), "~~"),
            View::After => unmarked(&without(&text, "~~"), "**"),
        };
        unlinked(&unmarked(&text, "*"))
    }
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The lines of a move as its map has them: `300-301`, `"300"`.
fn lines_as_written(it: &Move) -> String {
    match it.lines.first == it.lines.last {
        true => format!("lines: \"{}\"", it.lines.first),
        false => format!("{}-{}", it.lines.first, it.lines.last),
    }
}

/// The print of a reading as its map has it: `printed: "I.01"`.
fn printed_as_written(it: &Reading) -> String {
    format!("printed: \"{}\"", it.printed.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The text without what stands between two marks, marks included. A mark without a second
/// one stays, and so comes to light as a word that differs.
fn without(text: &str, mark: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, inside)) = rest.split_once(mark) {
        let Some((_, after)) = inside.split_once(mark) else { break };
        out.push_str(before);
        rest = after;
    }
    out + rest
}

/// The text without pairs of marks; the words between them stay.
fn unmarked(text: &str, mark: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, inside)) = rest.split_once(mark) {
        let Some((words, after)) = inside.split_once(mark) else { break };
        if words.is_empty() {
            // No words between two single marks: what is left of a double one.
            out.push_str(&rest[..before.len() + mark.len()]);
            rest = inside;
            continue;
        }
        out.push_str(before);
        out.push_str(words);
        rest = after;
    }
    out + rest
}

/// The text with links as their words, and addresses without the brackets around them.
fn unlinked(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(['<', '[']) {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        let (kept, after) = address(mark).or_else(|| link(mark)).unwrap_or(mark.split_at(1));
        out.push_str(kept);
        rest = after;
    }
    out + rest
}

/// `<http://…>` at the beginning of the text: the address, and what follows.
fn address(text: &str) -> Option<(&str, &str)> {
    let (address, after) = text.strip_prefix('<')?.split_once('>')?;
    (markdown::is_web(address) && !address.contains(char::is_whitespace)).then_some((address, after))
}

/// `[words](address)` at the beginning of the text: the words, and what follows.
fn link(text: &str) -> Option<(&str, &str)> {
    let (words, rest) = text.strip_prefix('[')?.split_once(']')?;
    let (address, after) = rest.strip_prefix('(')?.split_once(')')?;
    (!words.contains('[') && markdown::is_web(address) && !address.contains(char::is_whitespace))
        .then_some((words, after))
}
