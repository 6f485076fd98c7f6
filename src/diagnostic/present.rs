//! How a report looks to whoever edits the content: file, line and column, the line itself with
//! a mark under the words in question, and what would mend it.
//!
//! The library that draws this is named here alone. Where the words go, and whether a terminal
//! stands at the other end, is for the command line to know.

use annotate_snippets::{
    Annotation, AnnotationKind, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::{At, Diagnostic, Report, Severity, path_shown};

/// What the reader's end can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Colours, which are escape codes that only a terminal understands.
    pub colour: bool,
    /// Plain sentences in place of drawn lines and marks, for screen readers and Braille.
    pub spoken: bool,
}

/// A clause is one long line; what is shown of it is the part around the words.
const WIDTH: usize = 100;

/// All that `report` holds and the editors have not accepted, in its order, with an empty line
/// after each; the empty string if there is nothing.
///
/// `folder` goes before the files, so that a path can be opened from where the program runs.
/// `text` gives the text of a file below the content folder, or `None` where it has none.
pub fn diagnostics<'t>(
    report: &Report,
    folder: &str,
    text: impl Fn(&str) -> Option<&'t str>,
    look: Look,
) -> String {
    let drawn = report.diagnostics().iter();
    drawn.map(|it| draw(it, None, report.length(&it.place), folder, text(&it.place.file), look)).collect()
}

/// As [`diagnostics`], for the warnings that the editors let stand, each with the reason.
pub fn accepted<'t>(
    report: &Report,
    folder: &str,
    text: impl Fn(&str) -> Option<&'t str>,
    look: Look,
) -> String {
    let accepted = report.accepted().iter();
    accepted
        .map(|(it, reason)| {
            draw(it, Some(reason), report.length(&it.place), folder, text(&it.place.file), look)
        })
        .collect()
}

/// `3 errors, 1 warning`; `no errors, no warnings`.
pub fn tally(report: &Report) -> String {
    format!("{}, {}", count(report.errors(), "error"), count(report.warnings(), "warning"))
}

/// `1 page`, `2 pages`, `no pages`.
pub fn count(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

fn draw(
    diagnostic: &Diagnostic,
    reason: Option<&str>,
    length: usize,
    folder: &str,
    text: Option<&str>,
    look: Look,
) -> String {
    let Diagnostic { place, severity, code, message, hint } = diagnostic;
    let path = match folder.trim_end_matches('/') {
        "" => place.file.clone(),
        folder => format!("{folder}/{}", place.file),
    };
    // The library shows foreign words harmlessly, but for paths, notes and help.
    let path = path_shown(&path);
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(message).id(*code);
    let mut group = match (&place.at, text) {
        (At::Line(line, column), Some(text)) => match text.lines().nth(line - 1) {
            Some(words) => title.element(
                // The one line, since a snippet of the whole file is read through for each mark.
                Snippet::source(words).line_start(*line).path(path).annotation(mark(words, *column, length)),
            ),
            None => title.element(Origin::path(path).line(*line).char_column(*column)),
        },
        (At::Line(line, column), None) => title.element(Origin::path(path).line(*line).char_column(*column)),
        (At::File | At::Words(_) | At::Text(_), _) => title.element(Origin::path(path)),
    };
    if let Some(reason) = reason {
        group = group.element(Level::NOTE.message(normalize_untrusted_str(&format!("accepted: {reason}"))));
    }
    if let Some(hint) = hint {
        group = group.element(Level::HELP.message(normalize_untrusted_str(hint)));
    }
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    let drawn = renderer.term_width(WIDTH).no_graphics(look.spoken).render(&[group]);
    format!("{}\n\n", drawn.trim_end())
}

/// The mark under `length` characters of `line` from `column` on. Where the length is not known
/// it is the word that begins there; where only the line is known, all of it.
fn mark(line: &str, column: usize, length: usize) -> Annotation<'static> {
    let byte = |characters: usize| line.char_indices().nth(characters).map_or(line.len(), |(at, _)| at);
    let start = byte(column.saturating_sub(1));
    let span = if length > 0 {
        start..byte(column.saturating_sub(1) + length)
    } else if column <= 1 {
        line.len() - line.trim_start().len()..line.trim_end().len()
    } else {
        let word = line[start..].find(|it: char| it.is_whitespace() || ",:[]{}".contains(it));
        start..match word {
            Some(0) => byte(column),
            Some(end) => start + end,
            None => line.len(),
        }
    };
    AnnotationKind::Primary.span(span)
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;

    const TEXT: &str = "---\nid: \"1.1\"\ntopics: [elections, gfits]\n---\nÉvery Member shall see 5.6.\n";

    #[track_caller]
    fn check(diagnostic: Diagnostic, expected: &str) {
        let mut report = Report::default();
        report.add(diagnostic);
        report.locate(|_| Some(TEXT));
        let shown = diagnostics(&report, "content/", |_| Some(TEXT), Look::default());
        let trimmed: Vec<&str> = shown.lines().map(str::trim_end).collect();
        assert_eq!(trimmed.join("\n").trim_end(), expected.trim_matches('\n'), "\n{shown}");
    }

    fn error(place: Place) -> Diagnostic {
        Diagnostic::error(place, "unknown-topic", "no topic `gfits`")
    }

    #[test]
    fn the_words_in_question_are_marked_and_the_hint_stands_below() {
        check(
            error(Place::words("a.md", "gfits")).hint("did you mean `gifts`?"),
            "
error[unknown-topic]: no topic `gfits`
 --> content/a.md:3:21
  |
3 | topics: [elections, gfits]
  |                     ^^^^^
  |
  = help: did you mean `gifts`?
",
        );
    }

    #[test]
    fn a_line_is_marked_whole_where_no_more_is_known() {
        check(
            error(Place::line("a.md", 2)),
            "
error[unknown-topic]: no topic `gfits`
 --> content/a.md:2:1
  |
2 | id: \"1.1\"
  | ^^^^^^^^^
",
        );
    }

    #[test]
    fn a_column_alone_marks_the_word_that_begins_there() {
        check(
            error(Place { file: "a.md".into(), at: At::Line(3, 10) }),
            "
error[unknown-topic]: no topic `gfits`
 --> content/a.md:3:10
  |
3 | topics: [elections, gfits]
  |          ^^^^^^^^^
",
        );
    }

    #[test]
    fn columns_count_characters() {
        check(
            error(Place::words("a.md", "5.6")),
            "
error[unknown-topic]: no topic `gfits`
 --> content/a.md:5:24
  |
5 | Évery Member shall see 5.6.
  |                        ^^^
",
        );
    }

    #[test]
    fn a_file_is_named_where_no_line_is_known() {
        let expected = "error[unknown-topic]: no topic `gfits`\n--> content/a.md";
        check(error(Place::file("a.md")), expected);
        check(error(Place::words("a.md", "not there")), expected);
    }

    #[test]
    fn a_line_that_the_file_has_not_is_told_by_its_number() {
        check(
            error(Place::line("a.md", 99)),
            "error[unknown-topic]: no topic `gfits`\n--> content/a.md:99:1",
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        let long = format!("{} gfits {}", "Members shall ".repeat(60), "and officers ".repeat(60));
        let mut report = Report::default();
        report.add(error(Place::words("a.md", "gfits")));
        report.locate(|_| Some(&long));
        let shown = diagnostics(&report, "content", |_| Some(&long), Look::default());
        assert!(shown.lines().all(|it| it.chars().count() <= WIDTH + 10), "{shown}");
        assert!(shown.contains(" gfits ") && shown.contains("^^^^^"), "{shown}");
    }

    #[test]
    fn words_of_the_content_cannot_steer_the_terminal() {
        const STEERING: &str = "topics: [\u{1b}[2Jgfits\u{202e}]";
        let mut report = Report::default();
        let flaw = Diagnostic::error(Place::words("\u{1b}[31m.md", "gfits"), "x", "no topic \u{1b}[2J");
        report.add(flaw.hint("take \u{1b}[2J out"));
        report.locate(|_| Some(STEERING));
        let shown = diagnostics(&report, "content", |_| Some(STEERING), Look::default());
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    }

    #[test]
    fn colours_and_drawn_lines_are_only_for_those_who_can_see_them() {
        let mut report = Report::default();
        report.add(error(Place::words("a.md", "gfits")));
        report.locate(|_| Some(TEXT));
        let look = |colour, spoken| diagnostics(&report, "content", |_| Some(TEXT), Look { colour, spoken });
        assert!(look(true, false).contains('\u{1b}'));
        assert!(!look(false, false).contains('\u{1b}'));
        let spoken = look(false, true);
        assert!(!spoken.contains(['|', '^']) && spoken.contains("content/a.md:3:21"), "{spoken}");
    }

    #[test]
    fn what_the_editors_accepted_stands_with_its_reason() {
        let mut report = Report::default();
        report.add(Diagnostic::warning(Place::words("a.md", "5.6"), "number-missing", "5.5 is missing"));
        report.accept(&[super::super::Accepted {
            code: "number-missing".into(),
            file: "a.md".into(),
            about: String::new(),
            reason: "so printed".into(),
            place: Place::file("handbook.yaml"),
        }]);
        report.locate(|_| Some(TEXT));
        let shown = accepted(&report, "content", |_| Some(TEXT), Look::default());
        assert!(shown.contains("= note: accepted: so printed"), "{shown}");
        assert_eq!(diagnostics(&report, "content", |_| Some(TEXT), Look::default()), "");
        assert_eq!(tally(&report), "no errors, no warnings");
    }
}
