//! The source texts and their maps.

use std::collections::BTreeMap;

use super::{Intake, files};
use crate::diagnostic::{Diagnostic, Place};
use crate::handbook::{
    Furniture, Join, Lines, Move, Reading, Redaction, SourcePart, SourceText, View, Words,
};

impl Intake<'_> {
    /// The source texts, by the name of their files without the ending.
    pub fn source_texts(&mut self) -> BTreeMap<String, SourceText> {
        let mut texts = BTreeMap::new();
        let children = self.children("sources");
        for name in &children {
            let map_file = format!("sources/{name}");
            if let Some(stem) = name.strip_suffix(".txt")
                && !children.contains(&format!("{stem}.yaml").as_str())
            {
                self.report.add(
                    Diagnostic::error(
                        Place::file(&map_file),
                        "source-without-map",
                        "the source text has no map",
                    )
                    .hint(format!("write `sources/{stem}.yaml`: which lines are which document")),
                );
            }
            let Some(stem) = name.strip_suffix(".yaml") else { continue };
            let text_file = format!("sources/{stem}.txt");
            if !self.sources.files.contains_key(&text_file) {
                self.report.add(Diagnostic::error(
                    Place::file(&map_file),
                    "map-without-source",
                    format!("there is no source text `{text_file}`"),
                ));
                continue;
            }
            let entry = self.yaml::<files::SourceMapFile>(&map_file);
            let (Some(entry), Some(text)) = (entry, self.text(&text_file)) else { continue };
            let lines = text.lines().map(str::to_owned).collect();
            texts.insert((*stem).to_owned(), self.source_text(entry, lines, text_file, map_file));
        }
        texts
    }

    fn source_text(
        &mut self,
        entry: files::SourceMapFile,
        lines: Vec<String>,
        text_file: String,
        map_file: String,
    ) -> SourceText {
        self.lines_exist(&map_file, &entry, lines.len());
        let mut parts = Vec::new();
        for part in entry.parts {
            let Some(lines) = self.lines(&map_file, &part.lines, lines.len()) else { continue };
            let view = match part.view {
                files::ViewEntry::Plain => View::Plain,
                files::ViewEntry::Before => View::Before,
                files::ViewEntry::After => View::After,
            };
            parts.push(SourcePart { lines, document: part.document, view });
        }
        let mut moves = Vec::new();
        for it in entry.moves {
            let Some(from) = self.lines(&map_file, &it.lines, lines.len()) else { continue };
            moves.push(Move { lines: from, before: it.before, reason: it.reason });
        }
        let mut readings = Vec::new();
        for it in entry.readings {
            let words = match (it.read, it.before, it.after) {
                (Some(read), None, None) => Words::Same(read),
                (None, Some(before), Some(after)) => Words::Each { before, after },
                _ => {
                    self.report.add(
                        Diagnostic::error(
                            Place::words(&map_file, it.printed.as_str()),
                            "bad-reading",
                            format!("the reading of line {} says neither one thing nor two", it.line),
                        )
                        .hint("give `read`, or both `before` and `after`"),
                    );
                    continue;
                }
            };
            readings.push(Reading {
                line: it.line,
                printed: it.printed,
                words,
                reason: it.reason,
                confidence: it.confidence,
            });
        }
        SourceText {
            title: entry.title,
            lines,
            parts,
            furniture: entry
                .furniture
                .into_iter()
                .map(|it| Furniture { line: it.line, text: it.text, reason: it.reason })
                .collect(),
            joins: entry.joins.into_iter().map(|it| Join { line: it.line, reason: it.reason }).collect(),
            moves,
            redactions: entry
                .redactions
                .into_iter()
                .map(|it| Redaction { line: it.line, reason: it.reason })
                .collect(),
            readings,
            text_file,
            map_file,
        }
    }

    /// An error for each line that the map names and the text has not.
    fn lines_exist(&mut self, file: &str, entry: &files::SourceMapFile, count: usize) {
        let named = (entry.furniture.iter().map(|it| it.line))
            .chain(entry.joins.iter().map(|it| it.line))
            .chain(entry.redactions.iter().map(|it| it.line))
            .chain(entry.readings.iter().map(|it| it.line))
            .map(|line| (line, count, format!("line: {line}")))
            // What is moved to the end is read before the line after the last.
            .chain(entry.moves.iter().map(|it| (it.before, count + 1, format!("before: {}", it.before))));
        for (line, last, words) in named {
            if !(1..=last).contains(&line) {
                self.report.add(
                    Diagnostic::error(
                        Place::words(file, words),
                        "bad-lines",
                        format!("the text has {count} lines and no line {line}"),
                    )
                    .hint("lines are counted from 1"),
                );
            }
        }
    }

    /// `12-34`, or `12` for one line.
    fn lines(&mut self, file: &str, text: &str, count: usize) -> Option<Lines> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let lines = first.trim().parse().ok().zip(last.trim().parse().ok());
        match lines {
            Some((first, last)) if 1 <= first && first <= last && last <= count => {
                Some(Lines { first, last })
            }
            _ => {
                self.report.add(
                    Diagnostic::error(
                        Place::words(file, text),
                        "bad-lines",
                        format!("`{text}` are no lines of a text that has {count}"),
                    )
                    .hint("write \"12-34\", counted from 1"),
                );
                None
            }
        }
    }
}
