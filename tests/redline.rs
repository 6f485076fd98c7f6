//! The redlines of the real texts, held against the marks that the council's own redline bears.
//!
//! The oracle is the marked source itself: `**added**` and `~~deleted~~`, line by line, and where
//! the marks are garbled the readings that the map of the source declares, each with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use handbook::handbook::{AuthoritySlug, DocumentSlug, Edition, Handbook, Reading, SourceText, Words};
use handbook::view::redline::{Fate, Kind, Of, Passage, Piece, Redline, What};

const SOURCE: &str = "rbkc-2023-report-and-redline";

/// How often the source marks an addition or a deletion.
const MARKS: usize = 30;

fn content() -> Handbook {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let sources = handbook::source::read(&content).unwrap();
    handbook::intake::read(&sources).0
}

fn edition<'h>(book: &'h Handbook, slug: &str) -> &'h Edition {
    let rbkc = &book.authorities[&AuthoritySlug::parse("kensington-and-chelsea").unwrap()];
    &rbkc.editions[&DocumentSlug::parse(slug).unwrap()]
}

/// Words counted, as far as letters and digits tell them apart: more of them in the later text
/// than in the earlier one, or less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Net(BTreeMap<String, isize>);

impl Net {
    fn change(&mut self, before: &str, after: &str) {
        for (text, by) in [(before, -1), (after, 1)] {
            for word in words(text) {
                let count = self.0.entry(word.clone()).or_default();
                *count += by;
                if *count == 0 {
                    self.0.remove(&word);
                }
            }
        }
    }
}

fn words(text: &str) -> Vec<String> {
    let letter = |it: char| it.is_alphanumeric() || it == '&';
    text.split(|it| !letter(it)).filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
}

/// What the council marked in one clause.
#[derive(Default)]
struct Marked {
    /// Every mark, garbled or not.
    all: Vec<String>,
    /// Marks that are read as they stand: what was deleted, what was added.
    deleted: Vec<String>,
    added: Vec<String>,
    /// Places whose marks are garbled: before, after.
    read: Vec<(String, String)>,
}

impl Marked {
    fn net(&self) -> Net {
        let mut net = Net::default();
        self.deleted.iter().for_each(|it| net.change(it, ""));
        self.added.iter().for_each(|it| net.change("", it));
        self.read.iter().for_each(|(before, after)| net.change(before, after));
        net
    }
}

/// The number with which a line begins; the source has an `I` for many a `1`.
fn number(line: &str) -> Option<String> {
    let first = line.trim_start_matches("- ").split_whitespace().next()?;
    let number = first.replacen('I', "1", 1);
    let (section, clause) = number.split_once('.')?;
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    (section.len() == 1 && clause.len() == 2 && digits(section) && digits(clause)).then_some(number)
}

/// Whether a reading is no more than of a number: those before are not to be had.
fn is_number(reading: &Reading) -> bool {
    let label = reading.printed.trim_end_matches('.').replacen('I', "1", 1);
    !label.is_empty() && label.bytes().all(|it| it.is_ascii_digit() || it == b'.')
}

/// What stands between two marks.
fn between(text: &str, mark: &str, line: usize) -> Vec<String> {
    let parts: Vec<&str> = text.split(mark).collect();
    assert!(parts.len() % 2 == 1, "line {line}: a mark is not closed");
    parts.into_iter().skip(1).step_by(2).map(str::to_owned).collect()
}

/// The marks of the source by clause; those of headings by themselves, under no clause.
fn marked(source: &SourceText) -> BTreeMap<Option<String>, Marked> {
    let protocol = source.parts.iter().find(|it| it.document.ends_with("before-2023")).unwrap().lines;
    let mut all: BTreeMap<Option<String>, Marked> = BTreeMap::new();
    let mut clause = None;
    for line in protocol.first..=protocol.last {
        let mut text = source.lines[line - 1].clone();
        let is_heading = text.len() < 60 && !text.ends_with(['.', ';', ':']) && number(&text).is_none();
        clause = number(&text).or(clause);
        let own = all.entry(clause.clone().filter(|_| !is_heading)).or_default();
        own.all.extend(["**", "~~"].into_iter().flat_map(|it| between(&text, it, line)));
        for reading in source.readings.iter().filter(|it| it.line == line) {
            assert!(text.contains(&reading.printed), "line {line}: {}", reading.printed);
            assert!(!reading.reason.is_empty(), "line {line}: a reading has a reason");
            text = text.replacen(&reading.printed, " ", 1);
            match &reading.words {
                Words::Each { before, after } if !is_number(reading) => {
                    own.read.push((before.clone(), after.clone()));
                }
                _ => {}
            }
        }
        for (mark, found) in [("**", &mut own.added), ("~~", &mut own.deleted)] {
            found.extend(between(&text, mark, line));
        }
    }
    all
}

fn name(passage: &Passage) -> Option<String> {
    match &passage.of {
        Of::Clauses { before, after } => Some(after.iter().chain(before).next()?.clause.id.to_string()),
        Of::Section { .. } | Of::SubHeading => None,
    }
}

/// What the redline says was changed, by clause.
fn computed(redline: &Redline) -> BTreeMap<Option<String>, Net> {
    let mut all: BTreeMap<Option<String>, Net> = BTreeMap::new();
    for passage in &redline.passages {
        let net = all.entry(name(passage)).or_default();
        for piece in passage.lines.iter().flat_map(|it| &it.pieces) {
            if let Piece::Changed(place) = piece {
                net.change(&place.removed, &place.added);
            }
        }
    }
    all
}

#[test]
fn the_redline_of_2023_holds_what_the_council_marked_and_nothing_that_is_not_declared() {
    let book = content();
    let marked = marked(&book.sources[SOURCE]);
    let redline = Redline::of(edition(&book, "before-2023"), edition(&book, "2023-02-01-proposed"));
    let computed = computed(&redline);

    assert!(marked.len() > 35, "the clauses were found");
    assert_eq!(marked.values().map(|it| it.all.len()).sum::<usize>(), MARKS);
    for clause in marked.keys().chain(computed.keys()).collect::<BTreeSet<_>>() {
        let expected = marked.get(clause).map(Marked::net).unwrap_or_default();
        let found = computed.get(clause).cloned().unwrap_or_default();
        assert_eq!(found, expected, "{clause:?}");
    }

    // What the council marked as one thing is not torn apart.
    for (clause, marked) in &marked {
        let changes = redline.changes.iter().filter(|it| name(&redline.passages[it.passage]) == *clause);
        let whole: Vec<(String, String)> = changes
            .map(|it| match &it.what {
                What::Words { before, after } => (before.clone(), after.clone()),
                _ => (String::new(), redline.passages[it.passage].lines.iter().map(after).collect()),
            })
            .collect();
        // However garbled a mark is, most of its words are part of a change.
        let touched: BTreeSet<String> =
            whole.iter().flat_map(|(before, after)| [words(before), words(after)].concat()).collect();
        for mark in &marked.all {
            let words = words(mark);
            let found = words.iter().filter(|it| touched.contains(*it)).count();
            assert!(2 * found > words.len(), "{clause:?}: {mark}");
        }
        let within = |text: &str, mark: &str| words(text).join(" ").contains(&words(mark).join(" "));
        for mark in &marked.added {
            let titles = mark.contains("Mayoralty"); // half of its words are those of the title before
            assert!(titles || whole.iter().any(|it| within(&it.1, mark)), "{clause:?}: {mark}");
        }
        for mark in &marked.deleted {
            let titles = mark.contains("Co-Ordination");
            assert!(titles || whole.iter().any(|it| within(&it.0, mark)), "{clause:?}: {mark}");
        }
    }

    // Numbers and order are not to be had of the text before.
    assert_eq!(Kind::ALL.map(|it| redline.count(it)).iter().skip(1).sum::<usize>(), 0);
    assert!(redline.passages.iter().all(|it| !it.moved && !it.number.changed));
    assert!(!redline.order_known);
}

fn after(line: &handbook::view::redline::Line) -> String {
    line.pieces.iter().map(Piece::after).collect()
}

#[test]
fn the_second_list_of_2_03_is_split_off_in_the_consolidated_text() {
    let book = content();
    let redline = Redline::of(edition(&book, "2023-02-01-proposed"), edition(&book, "consolidated"));
    let split: Vec<_> = redline.passages.iter().filter(|it| it.fate == Fate::Split).collect();
    let [passage] = split[..] else { panic!("{} clauses are split", split.len()) };
    let Of::Clauses { before, after } = &passage.of else { panic!("it is no clause") };
    let ids = |it: &[handbook::view::history::Place]| -> Vec<String> {
        it.iter().map(|it| it.clause.id.to_string()).collect()
    };
    assert_eq!((ids(before), ids(after)), (vec!["2.03".into()], vec!["2.03".into(), "2.04".into()]));
    let words = passage.lines.iter().flat_map(|it| &it.pieces);
    assert!(words.clone().all(|it| matches!(it, Piece::Kept(_))), "not a word of it changed");
    assert!(!redline.passages.iter().any(|it| it.fate == Fate::Added || it.fate == Fate::Removed));
}

/// A clause as its text has it: a paragraph a line, labels first.
fn side(lines: &[handbook::view::redline::Line], clause: usize, later: bool) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut own = false;
    for line in lines {
        let start = if later { &line.after } else { &line.before };
        if let Some(start) = start {
            own = start.clause == clause;
            if own {
                out.push(start.label.as_ref().map(|it| format!("{it} ")).unwrap_or_default());
            }
        }
        let text: String = line.pieces.iter().map(if later { Piece::after } else { Piece::before }).collect();
        if let (true, Some(last)) = (own, out.last_mut()) {
            last.push_str(&text);
        }
    }
    out.join("\n")
}

#[test]
fn both_sides_of_every_redline_are_the_texts_letter_by_letter() {
    let book = content();
    let mut compared = 0;
    for authority in book.authorities.values() {
        for before in authority.editions.values() {
            for after in authority.editions.values() {
                let redline = Redline::of(before, after);
                let mut seen = [0, 0];
                for passage in &redline.passages {
                    let Of::Clauses { before, after } = &passage.of else { continue };
                    for (later, places) in [(false, before), (true, after)] {
                        for (at, place) in places.iter().enumerate() {
                            assert_eq!(side(&passage.lines, at, later), place.clause.plain());
                            seen[usize::from(later)] += 1;
                        }
                    }
                }
                assert_eq!(seen, [before.clauses().count(), after.clauses().count()]);
                compared += 1;
            }
        }
    }
    assert!(compared >= 11, "{compared}");
}
