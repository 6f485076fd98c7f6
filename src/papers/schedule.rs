//! A schedule of changes in Markdown: reference, current words, proposed words, reason.

use crate::handbook::Authority;
use crate::site::{edition_name, passage_name, stood, what_was_done};
use crate::view::history::Place as Where;
use crate::view::redline::{Fate, Line, Numbers, Of, Passage, Piece, Redline, What};

/// What stands where no reason is recorded.
const NOT_RECORDED: &str = "not recorded";

/// The schedule of a redline. Words removed are struck through, words added bold; paragraphs that
/// are the same in both texts are left out, which is marked.
pub fn write(authority: &Authority, redline: &Redline) -> String {
    let Redline { before, after, .. } = redline;
    let mut out = format!(
        "# {}: {}, schedule of changes\n\nCurrent: {}. Proposed: {}. Changes in all: {}.\n\n",
        plain(&authority.name),
        plain(&after.title),
        plain(&edition_name(before)),
        plain(&edition_name(after)),
        redline.changes.len()
    );
    out.push_str(
        "The texts were compared by the program; words removed are ~~struck through~~, words added \
         **bold**, and […] stands for paragraphs that are the same.\n\n",
    );
    out.push_str("| Reference | Current | Proposed | Reason |\n|---|---|---|---|\n");
    for (at, passage) in redline.passages.iter().enumerate() {
        if redline.changes_of(at).is_empty() {
            continue;
        }
        let cells = [
            reference(redline, at),
            side(redline, passage, false),
            side(redline, passage, true),
            reason(redline, passage),
        ];
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}

/// What the passage is called, and what was done to it as a whole.
fn reference(redline: &Redline, at: usize) -> String {
    let done = redline.changes_of(at).iter().filter_map(|it| match it.what {
        What::Split | What::Merged => what_was_done(redline, it),
        What::Moved => Some("moved".to_owned()),
        What::Added | What::Removed | What::Numbered | What::Set | What::Words { .. } => None,
    });
    let done: Vec<String> = done.collect();
    let name = passage_name(&redline.passages[at]);
    plain(&if done.is_empty() { name } else { format!("{name} ({})", done.join("; ")) })
}

/// What is recorded of why a passage was changed: why a clause was withdrawn. For all else no text
/// has a field, so it is left to whoever puts the schedule forward. Our own notes on the texts are
/// no reasons, and say whose they are.
fn reason(redline: &Redline, passage: &Passage) -> String {
    if let (Of::Clauses { before, .. }, Fate::Removed) = (&passage.of, passage.fate) {
        let recorded = before.iter().filter_map(|it| redline.after.withdrawn.get(&it.clause.id));
        let recorded: Vec<&str> = recorded.map(String::as_str).collect();
        if !recorded.is_empty() {
            return plain(&recorded.join(" "));
        }
    }
    let notes: Vec<&str> = match &passage.of {
        Of::Clauses { after, .. } => after.iter().filter_map(|it| it.clause.source_note.as_deref()).collect(),
        Of::Section { after, .. } => after.iter().filter_map(|it| it.source_note.as_deref()).collect(),
        Of::SubHeading => Vec::new(),
    };
    match notes.is_empty() {
        true => NOT_RECORDED.to_owned(),
        false => format!("{NOT_RECORDED} (editors’ note on the text: {})", plain(&notes.join(" "))),
    }
}

/// One side of a passage, its changes marked. Where it moved its place is told, where it has several
/// clauses the number of each.
fn side(redline: &Redline, passage: &Passage, later: bool) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    let (places, others): (&[Where], &[Where]) = match (&passage.of, later) {
        (Of::Clauses { before, after }, false) => (before, after),
        (Of::Clauses { before, after }, true) => (after, before),
        (Of::Section { .. } | Of::SubHeading, _) => (&[], &[]),
    };
    if passage.moved {
        let edition = if later { redline.after } else { redline.before };
        paragraphs.push(format!("({})", plain(&stood(edition, places))));
    }
    let number = if later { passage.number.after } else { passage.number.before };
    let other = if later { passage.number.before } else { passage.number.after };
    let compared = matches!(redline.numbers, Numbers::Compared);
    let in_other = |number: &str| {
        others.iter().filter_map(|it| it.clause.number.as_deref()).chain(other).any(|it| it == number)
    };
    let numbered = |it: &str| mark(it, compared && !in_other(it), later);
    // Beside the numbers of its parts that of a clause that was divided stands too.
    let is_told = passage.number.changed || passage.fate.is_split() || passage.fate.is_merged();
    if let Some(number) = number.filter(|_| is_told && places.len() < 2) {
        paragraphs.push(numbered(number));
    }
    let mut begun = None;
    for line in &passage.lines {
        let start = if later { &line.after } else { &line.before };
        let clause = start.as_ref().map(|it| it.clause).filter(|it| places.len() > 1 && begun != Some(*it));
        if let Some(clause) = clause {
            begun = Some(clause);
            let number = places[clause].clause.number.as_deref();
            paragraphs.extend(number.map(numbered));
        }
        let text: String = line.pieces.iter().map(|it| piece(it, later)).collect();
        match start {
            Some(start) => {
                let label = start.item.then(|| start.label.as_deref().unwrap_or("•"));
                let [old, new] = [&line.before, &line.after].map(|it| it.as_ref().map(|it| &it.label));
                let label = label.map(|it| format!("{} ", mark(it, old != new, later))).unwrap_or_default();
                paragraphs.push(match is_same(line) {
                    true => String::new(),
                    false => format!("{label}{}", text.trim()),
                });
            }
            None => match paragraphs.last_mut() {
                Some(last) if !text.trim().is_empty() => {
                    // The line before was left out, and this one goes on its paragraph.
                    if last.is_empty() {
                        last.push_str("[…]");
                    }
                    last.push(' ');
                    last.push_str(text.trim());
                }
                _ => {}
            },
        }
    }
    // Paragraphs left out, however many, are marked once.
    let mut cell: Vec<&str> = Vec::new();
    for it in &paragraphs {
        match (it.is_empty(), cell.last()) {
            (true, Some(&"[…]")) => {}
            (true, _) => cell.push("[…]"),
            (false, _) => cell.push(it),
        }
    }
    match cell.is_empty() {
        true => "–".to_owned(),
        false => cell.join("<br>"),
    }
}

/// Whether a line is the same in both texts, to the last letter.
fn is_same(line: &Line) -> bool {
    line.before
        .as_ref()
        .zip(line.after.as_ref())
        .is_some_and(|(a, b)| a.label == b.label && a.clause == b.clause)
        && line.pieces.iter().all(|it| matches!(it, Piece::Kept(_)))
}

fn piece(piece: &Piece, later: bool) -> String {
    match piece {
        Piece::Kept(text) => plain(text),
        Piece::Changed(place) => {
            let text = if later { &place.added } else { &place.removed };
            let words = text.trim();
            if words.is_empty() {
                return if text.is_empty() { String::new() } else { " ".to_owned() };
            }
            let (lead, tail) = (text.len() - text.trim_start().len(), text.trim_end().len());
            format!("{}{}{}", &text[..lead], mark(words, true, later), &text[tail..])
        }
    }
}

/// Words as they are, or marked as added or removed.
fn mark(words: &str, changed: bool, later: bool) -> String {
    let words = plain(words);
    match (changed, later) {
        (false, _) => words,
        (true, true) => format!("**{words}**"),
        (true, false) => format!("~~{words}~~"),
    }
}

/// Text that stays what it is in a cell of a Markdown table.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("<br>"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' => {
                out.push('\\');
                out.push(letter);
            }
            '&' => out.push_str("&amp;"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    /// The row of the one clause whose words were `before` and are `after`.
    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        let clause = |words: &str| format!("---\nid: \"1\"\nnumber: \"1\"\ntopics: []\n---\n{words}\n");
        let folder = "authorities/alpha/protocol/2021";
        let book = sample::handbook(&[
            (sample::CLAUSE, &clause(before)),
            (
                &format!("{folder}/edition.yaml"),
                "title: P\nstatus: published\nfollows: 2020-01-02\nlanguage: en-GB\nsource: {title: P}\nprovenance: drafted-here\n",
            ),
            (&format!("{folder}/01-rules/_section.md"), "---\nclauses: [\"1\"]\n---\n"),
            (&format!("{folder}/01-rules/1.md"), &clause(after)),
        ]);
        let alpha = book.authorities.values().find(|it| it.slug.as_str() == "alpha").unwrap();
        let text = |slug: &str| alpha.editions.values().find(|it| it.slug.as_str() == slug).unwrap();
        let schedule = write(alpha, &Redline::of(text("2020-01-02"), text("2021")));
        let row = schedule.lines().find(|it| it.starts_with("| Clause 1 ")).unwrap_or(&schedule);
        assert_eq!(row, expected);
    }

    #[test]
    fn what_is_left_out_is_marked_where_paragraphs_are_joined_too() {
        check(
            "A stays.\n\nB stays.",
            "A stays. B stays. C comes.",
            "| Clause 1 | […]<br>B stays. | […] B stays. **C comes.** | not recorded |",
        );
        check(
            "A stays. B stays. C goes.",
            "A stays.\n\nB stays.",
            "| Clause 1 | […] B stays. ~~C goes.~~ | […]<br>B stays. | not recorded |",
        );
    }
}
