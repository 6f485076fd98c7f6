//! What words bring along that were copied from elsewhere: marks that stand for themselves here.
//!
//! - `second-clause` (error): a line `---` and a key stand in the text, as another clause begins.
//! - `pasted-mark` (warning): a line that was a list, a table or a heading elsewhere would be read as
//!   running text. Where a council prints it so, accept the warning.

use super::clause_text::{has_dotted_labels, split_label};
use crate::diagnostic::{Diagnostic, Place, Report};

/// Looks through the text of a clause, which begins on line `first_line` of `file`.
pub fn look(file: &str, text: &str, first_line: usize, report: &mut Report) {
    let dotted = has_dotted_labels(text);
    let mut lines = text.lines().map(str::trim).zip(first_line..).peekable();
    while let Some((line, number)) = lines.next() {
        let place = || Place::line(file, number);
        if line == "---" && lines.peek().is_some_and(|(next, _)| is_key(next)) {
            report.add(
                Diagnostic::error(place(), "second-clause", "another clause seems to begin in the text")
                    .hint("a file holds one clause; give the next one a file of its own"),
            );
        } else if let Some((what, hint)) = pasted(line, dotted) {
            report.add(Diagnostic::warning(place(), "pasted-mark", what).hint(hint));
        }
    }
}

/// Whether a line is a key with or without its value: `id: "3.2"`.
fn is_key(line: &str) -> bool {
    let Some((name, _)) = line.split_once(':') else { return false };
    !name.is_empty() && name.bytes().all(|it| it.is_ascii_lowercase() || it == b'_')
}

/// What a line seems to have been, and what would make it that here.
fn pasted(line: &str, dotted: bool) -> Option<(&'static str, &'static str)> {
    let mut letters = line.chars();
    let (first, second) = (letters.next()?, letters.next());
    // Word's own bullets stand among the letters for private use.
    let bullet =
        matches!(first, '•' | '·' | '▪' | '■' | '●' | '○' | '◦' | '‣' | '⁃' | '\u{f000}'..='\u{f0ff}');
    // These open a list elsewhere where a space follows.
    let before_space = matches!(first, '*' | '+' | '–' | '—') && second == Some(' ');
    if bullet || before_space || first == 'o' && second == Some('\t') {
        return Some(("the line begins with a bullet and would be running text", "write `- ` in its place"));
    }
    // A label may have brought a tab with it, which does no harm.
    let (_, line) = split_label(line, dotted);
    if first == '|' || line.matches('\t').count() > 1 {
        let hint =
            "tables cannot be shown; write each row as an item, and say in `source_note` what was printed";
        return Some(("the line seems to be a row of a table and would be running text", hint));
    }
    if line.contains('\t') {
        return Some((
            "a tab stands in the line and would be a space",
            "write a space, or begin an item with its label",
        ));
    }
    let marks = line.trim_start_matches('#');
    if marks.len() < line.len() && marks.starts_with(' ') {
        let hint =
            "headings stand in `_section.md`: that of the section, and sub-headings in the list of clauses";
        return Some(("the line seems to be a heading and would be running text", hint));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut report = Report::default();
        look("a.md", text, 4, &mut report);
        let found: Vec<String> =
            report.diagnostics().iter().map(|it| format!("{} {}", it.place, it.message)).collect();
        let fits =
            found.len() == expected.len() && found.iter().zip(expected).all(|(it, words)| it.contains(words));
        assert!(fits, "{text:?}: {found:?}");
    }

    #[test]
    fn what_was_copied_from_elsewhere_is_told_on_its_line() {
        check("W\n---\nid: b\n---\nX\n", &["a.md:5:1 another clause"]);
        check("• one\n\u{f0b7}\ttwo\no\tthree", &["4:1 the line begins with a bullet", "5:1", "6:1"]);
        check("* one\n– two\n+ three", &["4:1 the line begins with a bullet", "5:1", "6:1"]);
        check("| a | b |\nName\tRole\tDay", &["4:1 the line seems to be a row", "5:1"]);
        check("3.3\tThe next", &["4:1 a tab"]);
        check("## Gifts", &["4:1 the line seems to be a heading"]);
    }

    #[test]
    fn what_only_looks_so_is_left_alone() {
        check(
            "*one* – two\n- one\n(a) two\n(b)\tthree\n    - three\nof course\n#1 of ten\na – b - c\n--\n---\nSigned: A\n---\n",
            &[],
        );
    }
}
