//! The real texts beside their sources: they agree word for word, and no word can be changed,
//! lost, added or moved without an error that names the file.

mod chance;

use std::collections::BTreeMap;
use std::path::Path;

use chance::Chance;
use handbook::diagnostic::{Diagnostic, Severity};
use handbook::source::Sources;
use handbook::{check, intake, source};

fn content() -> Sources {
    source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content")).unwrap()
}

/// What the check says on where words come from.
fn provenance(sources: &Sources) -> Vec<Diagnostic> {
    read_and_provenance(sources).1
}

/// What the reader of the files says, and what the check says on where words come from.
fn read_and_provenance(sources: &Sources) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let (handbook, read) = intake::read(sources);
    let report = check::run(&handbook, jiff::civil::date(2026, 11, 22));
    let of_sources = |it: &&Diagnostic| it.code.starts_with("source-") || it.code == "unknown-source";
    (read.diagnostics().to_vec(), report.diagnostics().iter().filter(of_sources).cloned().collect())
}

#[test]
fn the_real_texts_are_those_of_their_sources() {
    assert_eq!(provenance(&content()), []);
}

#[test]
fn every_real_document_is_a_part_of_a_source() {
    let (handbook, _) = intake::read(&content());
    let parts: usize = handbook.sources.values().map(|it| it.parts.len()).sum();
    let documents: usize = handbook.authorities.values().map(|it| it.editions.len() + it.reports.len()).sum();
    assert_eq!((handbook.sources.len(), parts), (5, documents));
    assert!(documents >= 8);
}

#[test]
fn a_line_that_is_taken_out_of_a_source_is_missed() {
    let mut sources = content();
    let file = "sources/kent-2013-convention.txt";
    let text = sources.text(file).unwrap().replacen("- unfair treatment\n", "\n", 1);
    sources.files.insert(file.to_owned(), text.into_bytes().into());
    let found = provenance(&sources);
    assert_eq!(found.iter().map(|it| it.code).collect::<Vec<_>>(), ["source-word-added"]);
}

/// The letters of a word, by which two words differ in more than typography.
fn letters(word: &str) -> String {
    word.chars().filter(|it| it.is_alphanumeric()).collect()
}

/// The file of a clause with one word changed, lost or added, or two words in each other's
/// place, and what was done; `None` for a text of a single word.
fn tampered(text: &str, chance: &mut Chance) -> Option<(String, String)> {
    let body = text.match_indices("---\n").nth(1)?.0 + 4;
    // A dash alone is the bullet of a list, and counts on neither side.
    let words: Vec<(usize, &str)> = text[body..]
        .split_whitespace()
        .filter(|it| *it != "-")
        .map(|it| (it.as_ptr() as usize - text.as_ptr() as usize, it))
        .collect();
    if words.len() < 2 {
        return None;
    }
    let (at, word) = words[chance.below(words.len())];
    let (other_at, other) = words[chance.below(words.len())];
    let end = at + word.len();
    let put = |new: &str| format!("{}{new}{}", &text[..at], &text[end..]);
    Some(match chance.below(5) {
        0 => (put("zebra"), format!("`{word}` changed")),
        1 if word.contains(|it: char| it.is_lowercase()) => {
            (put(&word.to_uppercase()), format!("`{word}` in capitals"))
        }
        2 if letters(word) != letters(other) => {
            let ((a, first), (b, second)) =
                if at < other_at { ((at, word), (other_at, other)) } else { ((other_at, other), (at, word)) };
            let (from, to) = (a + first.len(), b + second.len());
            let swapped = format!("{}{second}{}{first}{}", &text[..a], &text[from..b], &text[to..]);
            (swapped, format!("`{first}` and `{second}` swapped"))
        }
        3 => (put(&format!("{other} {word}")), format!("`{other}` added before `{word}`")),
        _ => {
            // With the space after it; the last word leaves the one before it.
            let rest = text[end..].strip_prefix(' ').unwrap_or(&text[end..]);
            (format!("{}{rest}", &text[..at]), format!("`{word}` lost"))
        }
    })
}

#[test]
fn no_word_can_be_tampered_with_unseen() {
    let original = content();
    // By document, so that each round changes one clause of each.
    let mut documents: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for file in original.files.keys().filter(|it| it.ends_with(".md") && !it.ends_with("_section.md")) {
        let parts: Vec<&str> = file.split('/').collect();
        if let ["authorities", document @ .., _, _] = parts.as_slice() {
            documents.entry(document.join("/")).or_default().push(file);
        }
    }
    let mut chance = Chance::new(2026);
    let mut changes = 0;
    for _ in 0..60 {
        let mut sources = Sources { files: original.files.clone(), report: Default::default() };
        let mut done = Vec::new();
        for files in documents.values() {
            let file = files[chance.below(files.len())];
            let Some((text, what)) = tampered(original.text(file).unwrap(), &mut chance) else { continue };
            sources.files.insert(file.to_owned(), text.into_bytes().into());
            done.push((file, what));
        }
        // A label that moves may leave a tag of an item without its item: then the reader says so, and
        // the words are compared once that is mended.
        let (read, found) = read_and_provenance(&sources);
        let found: Vec<Diagnostic> = found.into_iter().chain(read).collect();
        for (file, what) in done {
            let named = found.iter().any(|it| {
                it.severity == Severity::Error && (it.place.file == file || it.message.contains(file))
            });
            let all: Vec<String> = found.iter().map(|it| it.to_string()).collect();
            assert!(named, "{file}: {what}\n{}", all.join("\n"));
            changes += 1;
        }
    }
    assert!(changes > 400, "{changes}");
}
