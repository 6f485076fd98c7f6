//! A redline as a Word document with native tracked changes.
//!
//! The body is the two texts and nothing else: with all changes accepted it is the later one, with
//! all rejected the earlier one, each from beginning to end. What we say of them stands in the
//! header. A clause that moved is removed at one place and added at the other, since not every
//! program knows moves. The marks bear no day: the same texts make the same marks.

use std::io::Cursor;

use docx::{
    AlignmentType, Delete, Docx, Footer, Header, Insert, LineSpacing, NumPages, PageMargin, PageNum,
    Paragraph, Run, RunFonts, RunProperty, SpecialIndentType, Style, StyleType,
};

use crate::handbook::Authority;
use crate::site::edition_name;
use crate::view::redline::{Line, Number, Numbers, Of, Passage, Piece, Redline, Start};

/// Who the marks say made the changes.
const AUTHOR: &str = "Handbook (compared by program)";

/// A day has to be given, and is taken out again.
const DATE: &str = "1970-01-01T00:00:00Z";

/// A millimetre in twentieths of a point.
const MILLIMETRE: i32 = 57;

/// Where words or the end of a paragraph stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    Both,
    Before,
    After,
}

/// A paragraph of the document.
struct Row {
    style: &'static str,
    depth: usize,
    before: bool,
    after: bool,
    runs: Vec<(In, String)>,
}

/// The document, as bytes.
///
/// # Errors
///
/// If it cannot be packed.
pub fn write(authority: &Authority, redline: &Redline) -> Result<Vec<u8>, String> {
    let mut rows: Vec<Row> = redline.passages.iter().flat_map(|it| rows(redline, it)).collect();
    // The last end of a paragraph cannot be taken away, so one stands there that is in both.
    rows.push(Row { style: "Normal", depth: 0, before: true, after: true, runs: Vec::new() });
    let ends = ends(&rows);
    let mut document = frame(authority, redline);
    for (row, end) in rows.into_iter().zip(ends) {
        document = document.add_paragraph(paragraph(row, end));
    }
    let mut parts = document.build();
    for part in [&mut parts.document, &mut parts.doc_props.core] {
        let text = String::from_utf8(std::mem::take(part)).map_err(|error| error.to_string())?;
        *part = text.replace(&format!(" w:date=\"{DATE}\""), "").into_bytes();
    }
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

/// The document without its body.
fn frame(authority: &Authority, redline: &Redline) -> Docx {
    let said = format!(
        "{}: {}. Changes from the {} to the {}, compared by program. Accept all changes for the later text, \
         reject all for the earlier one.{}",
        authority.name,
        redline.after.title,
        edition_name(redline.before),
        edition_name(redline.after),
        match redline.numbers {
            Numbers::Compared => "",
            _ => " Numbers are not compared: those of one of the texts are not known, or not printed.",
        }
    );
    let small = |text: &str| Run::new().add_text(text).size(16);
    let pages = Paragraph::new()
        .align(AlignmentType::Right)
        .add_run(small("Page "))
        .add_page_num(PageNum::new())
        .add_run(small(" of "))
        .add_num_pages(NumPages::new());
    let heading = |id: &str, name: &str, size: usize, level: usize| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .size(size)
            .bold()
            .outline_lvl(level)
            .line_spacing(LineSpacing::new().before(240).after(120))
    };
    let edge = 20 * MILLIMETRE;
    Docx::new()
        .page_size(11906, 16838)
        .page_margin(PageMargin::new().top(edge + 10 * MILLIMETRE).bottom(edge).left(edge).right(edge))
        .default_fonts(RunFonts::new().ascii("Arial").hi_ansi("Arial").cs("Arial"))
        .default_size(22)
        .add_style(heading("Heading1", "heading 1", 28, 0))
        .add_style(heading("Heading2", "heading 2", 24, 1))
        .header(Header::new().add_paragraph(Paragraph::new().add_run(small(&said))))
        .footer(Footer::new().add_paragraph(pages))
}

fn paragraph(row: Row, end: In) -> Paragraph {
    let mut paragraph = Paragraph::new();
    if row.style != "Normal" {
        paragraph = paragraph.style(row.style).keep_next(true);
    } else {
        let step = 10 * MILLIMETRE;
        let left = 15 * MILLIMETRE + step * row.depth as i32;
        let hanging = if row.depth > 0 { step } else { 15 * MILLIMETRE };
        paragraph = paragraph
            .indent(Some(left), Some(SpecialIndentType::Hanging(hanging)), None, None)
            .line_spacing(LineSpacing::new().after(120));
    }
    for (place, text) in row.runs {
        paragraph = match place {
            In::Both => paragraph.add_run(run(&text, false)),
            In::After => paragraph.add_insert(Insert::new(run(&text, false)).author(AUTHOR).date(DATE)),
            In::Before => {
                paragraph.add_delete(Delete::new().add_run(run(&text, true)).author(AUTHOR).date(DATE))
            }
        };
    }
    let property = RunProperty::new();
    match end {
        In::Both => paragraph,
        In::After => {
            paragraph.run_property(property.insert(Insert::new_with_empty().author(AUTHOR).date(DATE)))
        }
        In::Before => paragraph.run_property(property.delete(Delete::new().author(AUTHOR).date(DATE))),
    }
}

/// Words with their tabs.
fn run(text: &str, removed: bool) -> Run {
    let mut run = Run::new();
    for (index, part) in text.split('\t').enumerate() {
        if index > 0 {
            run = run.add_tab();
        }
        if !part.is_empty() {
            run = if removed { run.add_delete_text(part) } else { run.add_text(part) };
        }
    }
    run
}

/// The paragraphs of a passage.
fn rows(redline: &Redline, passage: &Passage) -> Vec<Row> {
    let style = match passage.of {
        Of::Section { .. } => "Heading1",
        Of::SubHeading => "Heading2",
        Of::Clauses { .. } => "Normal",
    };
    let is_clause = matches!(passage.of, Of::Clauses { .. });
    // A section may have a number and no heading.
    let start = Start { clause: 0, label: None, depth: 0, item: false };
    let number_alone = Line { before: Some(start.clone()), after: Some(start), pieces: Vec::new() };
    let lines = match passage.lines.is_empty() {
        true => std::slice::from_ref(&number_alone),
        false => passage.lines.as_slice(),
    };
    let mut seen = [None, None];
    let numbers = |later: bool, clause: usize| -> Option<&str> {
        match &passage.of {
            Of::Clauses { before, after } => {
                let places = if later { after } else { before };
                places.get(clause).and_then(|it| it.clause.number.as_deref())
            }
            _ => {
                let Number { before, after, .. } = passage.number;
                if later { after } else { before }
            }
        }
    };
    let mut rows = Vec::new();
    for line in lines {
        let mut prefix = |later: bool| {
            let start = if later { line.after.as_ref() } else { line.before.as_ref() }?;
            let first = seen[usize::from(later)].replace(start.clause) != Some(start.clause);
            let number = if first { numbers(later, start.clause) } else { None };
            Some((number, first, start))
        };
        let (old, new) = (prefix(false), prefix(true));
        let spell = |number: Option<&str>, start: &Start| {
            let number = number.map(|it| format!("{it}\t")).unwrap_or_default();
            let label = start.item.then(|| format!("{}\t", start.label.as_deref().unwrap_or("•")));
            // Clauses without a number, and paragraphs after the first, stand below the words.
            let indent =
                if is_clause && !start.item && start.depth == 0 && number.is_empty() { "\t" } else { "" };
            format!("{indent}{number}{}", label.unwrap_or_default())
        };
        let mut runs = Vec::new();
        match (old, new) {
            (Some((a, old_first, old)), Some((b, new_first, new))) => {
                // A number that cannot be compared is the same in both.
                let known = redline.numbers_differ(a, b) || !(old_first && new_first);
                let (a, b) = if known { (a, b) } else { (b.or(a), b.or(a)) };
                let (a, b) = (spell(a, old), spell(b, new));
                match a == b {
                    true => runs.push((In::Both, a)),
                    false => runs.extend([(In::Before, a), (In::After, b)]),
                }
            }
            (Some((number, _, start)), None) => runs.push((In::Before, spell(number, start))),
            (None, Some((number, _, start))) => runs.push((In::After, spell(number, start))),
            (None, None) => {}
        }
        for piece in &line.pieces {
            match piece {
                Piece::Kept(text) => runs.push((In::Both, text.clone())),
                Piece::Changed(place) => {
                    runs.extend([(In::Before, place.removed.clone()), (In::After, place.added.clone())]);
                }
            }
        }
        runs.retain(|(_, text)| !text.is_empty());
        let depth = line.after.as_ref().or(line.before.as_ref()).map_or(0, |it| it.depth);
        rows.push(Row { style, depth, before: line.before.is_some(), after: line.after.is_some(), runs });
    }
    rows
}

/// In which of the texts each paragraph ends.
///
/// The end of a paragraph that is in one text alone goes with it. That of any other one is there
/// where the next such paragraph begins: words that go on there in one text are not parted in it.
fn ends(rows: &[Row]) -> Vec<In> {
    let alone = |row: &Row| match (row.before, row.after) {
        (true, false) if !row.runs.iter().any(|it| it.0 == In::Both || it.0 == In::After) => Some(In::Before),
        (false, true) if !row.runs.iter().any(|it| it.0 == In::Both || it.0 == In::Before) => Some(In::After),
        _ => None,
    };
    let mut next = In::Both;
    let mut ends: Vec<In> = rows
        .iter()
        .rev()
        .map(|row| {
            alone(row).unwrap_or_else(|| {
                let own = match (row.before, row.after) {
                    (true, false) => In::Before,
                    (false, true) => In::After,
                    _ => In::Both,
                };
                std::mem::replace(&mut next, own)
            })
        })
        .collect();
    ends.reverse();
    ends
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::handbook::{AuthoritySlug, DocumentSlug};
    use crate::sample::handbook;
    use crate::view::redline::revised;

    /// The paragraphs that are left when all changes are accepted, or rejected, as a program for
    /// documents does it: words go, and a paragraph whose end goes is joined to the next.
    fn settled(rows: &[Row], ends: &[In], gone: In) -> Vec<String> {
        let mut all = vec![String::new()];
        for (row, end) in rows.iter().zip(ends) {
            let words = row.runs.iter().filter(|it| it.0 != gone).map(|it| it.1.as_str());
            if let Some(last) = all.last_mut() {
                last.extend(words);
            }
            if *end != gone {
                all.push(String::new());
            }
        }
        // The empty paragraph at the end, and what would stand after it.
        all.truncate(all.len() - 2);
        all
    }

    /// Both texts, a clause a line with its number: `1 One. / Two.` has two paragraphs.
    #[track_caller]
    fn check(before: &[&str], after: &[&str]) {
        let mut files = Vec::new();
        for (edition, clauses, follows) in
            [("2021", before, "follows: 2020-01-02\n"), ("2022", after, "follows: 2021\n")]
        {
            let folder = format!("authorities/alpha/protocol/{edition}");
            let meta = format!(
                "title: P\nstatus: published\nlanguage: en-GB\n{follows}source: {{title: P}}\nprovenance: drafted-here\n"
            );
            files.push((format!("{folder}/edition.yaml"), meta));
            let ids: Vec<&str> = clauses.iter().filter_map(|it| it.split(' ').next()).collect();
            files.push((
                format!("{folder}/01-rules/_section.md"),
                format!(
                    "---\nheading: Rules\nclauses: [{}]\n---\n",
                    ids.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(", ")
                ),
            ));
            for clause in clauses {
                let (id, words) = clause.split_once(' ').unwrap();
                let words = words.replace(" / ", "\n\n");
                files.push((
                    format!("{folder}/01-rules/{id}.md"),
                    format!("---\nid: \"{id}\"\nnumber: \"{id}\"\ntopics: []\n---\n{words}\n"),
                ));
            }
        }
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let book = handbook(&files);
        let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
        let edition = |it: &str| &alpha.editions[&DocumentSlug::parse(it).unwrap()];
        let redline = Redline::in_order(edition("2021"), edition("2022"));
        let mut all: Vec<Row> = redline.passages.iter().flat_map(|it| rows(&redline, it)).collect();
        all.push(Row { style: "Normal", depth: 0, before: true, after: true, runs: Vec::new() });
        let ends = ends(&all);
        for (gone, clauses) in [(In::Before, after), (In::After, before)] {
            let mut expected = vec!["Rules".to_owned()];
            for clause in clauses {
                let (number, words) = clause.split_once(' ').unwrap();
                let words = words.split(" / ").enumerate();
                expected.extend(
                    words.map(|(at, it)| if at == 0 { format!("{number}\t{it}") } else { format!("\t{it}") }),
                );
            }
            assert_eq!(settled(&all, &ends, gone), expected);
        }
    }

    #[test]
    fn all_accepted_is_the_later_text_and_all_rejected_the_earlier_one() {
        check(&["1 One.", "2 Two."], &["1 One.", "2 Two."]);
        check(&["1 One.", "2 Two."], &["2 Two."]);
        check(&["2 Two."], &["1 One.", "2 Two.", "3 Three."]);
        check(&["1 One.", "2 Two.", "3 Three."], &["3 Three.", "1 One.", "2 Two."]);
        check(&["1 One two. Three four."], &["1 One two. / Three four."]);
        check(&["1 One two. / Three four."], &["1 One two. Three four."]);
        check(&["1 One. / Two. / Three."], &["1 New. / One. / Other. / Three. / Last."]);
        check(
            &["1 The Council decides on all. / The Leader alone decides on those."],
            &["1 The Council decides on all.", "2 The Leader alone decides on those."],
        );
        check(
            &["1 All of it is gone.", "2 Old words here."],
            &["3 Nothing is as before.", "2 New text there."],
        );
    }

    /// The letters of each paragraph of a text, under the numbers of its clauses.
    fn letters(lines: impl IntoIterator<Item = String>) -> Vec<String> {
        let letter = |it: &char| !it.is_whitespace() && *it != '•';
        lines.into_iter().map(|it| it.chars().filter(letter).collect()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn clauses_split_merged_and_numbered_are_both_texts((before, after) in revised()) {
            let redline = Redline::in_order(&before, &after);
            let mut all: Vec<Row> = redline.passages.iter().flat_map(|it| rows(&redline, it)).collect();
            all.push(Row { style: "Normal", depth: 0, before: true, after: true, runs: Vec::new() });
            let ends = ends(&all);
            for (gone, edition) in [(In::Before, &after), (In::After, &before)] {
                let expected = edition.clauses().flat_map(|it| {
                    let text = format!("{}{}", it.number.as_deref().unwrap_or_default(), it.plain());
                    text.lines().map(str::to_owned).collect::<Vec<_>>()
                });
                prop_assert_eq!(letters(settled(&all, &ends, gone)), letters(expected));
            }
        }
    }
}
