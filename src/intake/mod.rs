//! The text of a content folder into a [`Handbook`], or into a report of all that is wrong with it.
//!
//! 1. Each file is read by itself: YAML ([`yaml`], [`files`]) and the text of clauses
//!    ([`clause_text`]).
//! 2. The registers are put together ([`registers`]), then each authority with its documents
//!    ([`authority`], [`document`]) and the source texts ([`source_map`]).
//! 3. Words that name something are tied to it ([`references`]).
//!
//! It never stops at the first problem: what cannot be read is left out of the handbook and
//! stands in the report, and a report with errors keeps the handbook from being published.
//! Whether what was read makes sense is for [`mod@crate::check`].

mod authority;
mod clause_text;
mod document;
mod files;
mod memory;
mod pasted;
mod references;
mod registers;
mod source_map;
mod suggest;
mod traps;
mod unseen;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Accepted, Diagnostic, Place, Report, Severity};
use crate::handbook::{Authorities, AuthoritySlug, BaseUrl, Block, Handbook, ItemId, Lack, PartialDate};
use crate::source::Sources;
pub use suggest::{is_slip, nearest};

/// Errors that leave all in its place: the words stand, and only lead nowhere.
const LEAVES_WHOLE: &[&str] = &[
    "reference-not-in-text",
    "unknown-target",
    "unknown-footnote",
    "footnote-in-link",
    "file-name",
    "footnote-keys",
];

/// Errors that keep out tags and notes of the editors, and no words of a council.
const KEEPS_TAGS_OUT: &[&str] = &[
    "unknown-topic",
    "unknown-aspect",
    "unknown-principle",
    "unknown-item",
    "unknown-term",
    "unknown-authority",
    "bad-day-of-review",
];

pub use memory::Memory;

/// Reads the handbook that the files of a content folder make.
pub fn read(sources: &Sources) -> (Handbook, Report) {
    read_again(sources, &mut Memory::default())
}

/// As [`read`], and quicker where much is as it was when `memory` was last used. The result is
/// the same.
pub fn read_again(sources: &Sources, memory: &mut Memory) -> (Handbook, Report) {
    let mut report = Report::default();
    report.join(sources.report.clone());
    let mut intake = Intake { sources, folders: Vec::new(), report, unread: BTreeSet::new() };
    intake.folders = intake.children("authorities");
    let mut handbook = memory.handbook(&mut intake);
    let Intake { mut report, unread, .. } = intake;
    let left_out = |it: &&Diagnostic| it.severity == Severity::Error && !LEAVES_WHOLE.contains(&it.code);
    for error in report.diagnostics().iter().filter(left_out) {
        let lack = if KEEPS_TAGS_OUT.contains(&error.code) { Lack::Tags } else { Lack::Words };
        let known = handbook.broken.entry(error.place.file.clone()).or_insert(lack);
        *known = lack.max(*known);
    }
    report.lead_with(unread);
    (handbook, report)
}

/// Whether what the rules find in a file with this error may only follow from it. Where tags are
/// kept out, or words lead nowhere, the words are what they are.
pub fn others_follow(error: &Diagnostic) -> bool {
    let leads_nowhere = ["reference-not-in-text", "unknown-target", "unknown-footnote", "footnote-in-link"];
    !leads_nowhere.contains(&error.code) && !KEEPS_TAGS_OUT.contains(&error.code)
}

/// The ids that the items of a clause's text get by themselves, in their order, with `tail` where
/// it has one; what is wrong with the text is passed over.
pub fn item_ids(text: &str) -> Vec<ItemId> {
    let blocks = clause_text::parse("", text, 1, None, &mut Report::default());
    let mut ids: Vec<ItemId> = Block::items(&blocks).into_iter().map(|it| it.id.clone()).collect();
    if !Block::tail(&blocks).is_empty() {
        ids.extend(ItemId::parse("tail"));
    }
    ids
}

/// The files, and what has been found wrong with them so far.
struct Intake<'s> {
    sources: &'s Sources,
    /// What stands in `authorities/`, in the order of the paths.
    folders: Vec<&'s str>,
    report: Report,
    /// Files of which something that others name could not be read. What is not found in one of
    /// them may stand there.
    unread: BTreeSet<String>,
}

/// The most that a front matter may hold, in bytes; no real one has a tenth of it.
const MOST_FRONT_MATTER: usize = 64 << 10;

/// A file with front matter: the YAML between the fences, and the text after them.
struct Fenced<'s> {
    front: &'s str,
    text: &'s str,
    /// Line on which the text begins, from 1.
    text_line: usize,
}

/// Whether a file is one of those that make a handbook, by its path.
fn is_looked_for(path: &str) -> bool {
    let is_file = |name: &str, ending| !name.contains('/') && name.ends_with(ending);
    match path.split_once('/') {
        None => ["handbook", "topics", "principles", "terms", "legislation", "addresses"]
            .iter()
            .any(|it| path.strip_suffix(".yaml") == Some(it)),
        Some(("pages", file)) => is_file(file, ".md"),
        Some(("sources", file)) => is_file(file, ".txt") || is_file(file, ".yaml"),
        Some(("authorities", below)) => {
            let Some((_, file)) = below.split_once('/') else { return false };
            let (folder, below) = match file.split_once('/') {
                None => return ["authority.yaml", "frozen.yaml", "ids.yaml"].contains(&file),
                Some((folder, below)) => (folder, below.split_once('/').map(|(_document, it)| it)),
            };
            let own = match folder {
                "protocol" => "edition.yaml",
                "reports" => "report.yaml",
                _ => return false,
            };
            let in_section = |it: &str| it.split_once('/').is_some_and(|(_, file)| is_file(file, ".md"));
            below.is_some_and(|it| it == own || in_section(it))
        }
        Some(_) => false,
    }
}

impl<'s> Intake<'s> {
    /// All but the authorities.
    fn beside(&mut self) -> Handbook {
        // Each authority tells of those in its own folder.
        let paths = self.sources.files.keys().map(String::as_str).filter(|it| !memory::is_own(it));
        self.unknown_files("", paths);
        let file = "handbook.yaml";
        let entry: Option<files::HandbookFile> = self.yaml(file);
        let entry = entry.unwrap_or_else(|| files::HandbookFile {
            title: String::new(),
            publisher: String::new(),
            description: String::new(),
            base_url: None,
            corrections: None,
            featured: Vec::new(),
            accepted: Vec::new(),
        });
        let topics = self.topics();
        let principles = self.principles();
        let (terms, thesaurus) = self.terms();
        let legislation = self.legislation();
        let featured = entry.featured.iter().filter_map(|it| self.authority_slug(file, it)).collect();
        let accepted = entry.accepted.into_iter().map(|it| Accepted {
            place: Place::words(file, it.place.clone()),
            code: it.code,
            file: it.place,
            about: it.about,
            reason: it.reason,
        });
        Handbook {
            title: entry.title,
            publisher: entry.publisher,
            description: entry.description,
            // One that cannot be read is kept as it stands, for the check to show.
            base_url: entry.base_url.map(|it| BaseUrl::parse(&it).map_or(it, |url| url.to_string())),
            corrections: entry.corrections,
            featured,
            accepted: accepted.collect(),
            pages: self.pages(),
            sources: self.source_texts(),
            addresses: self.addresses(),
            broken: BTreeMap::new(),
            authorities: Authorities::default(),
            topics,
            principles,
            terms,
            thesaurus,
            legislation,
        }
    }

    /// Those of the files at `paths`, all below `root`, that stand where no file is looked for: most
    /// often a slip in a name.
    fn unknown_files(&mut self, root: &str, paths: impl Iterator<Item = &'s str>) {
        let unknown: Vec<&str> = paths.filter(|it| !is_looked_for(it)).collect();
        if unknown.is_empty() {
            return;
        }
        fn folders(path: &str) -> impl Iterator<Item = &str> {
            path.match_indices('/').map(|(end, _)| &path[..=end])
        }
        let files = self.sources.files.keys().filter(|it| is_looked_for(it));
        let known: BTreeSet<&str> = files.flat_map(|it| folders(it)).collect();
        // The highest folder that holds nothing known is told in the place of its files.
        let folder = |path: &'s str| {
            let below_root = |it: &&str| it.len() >= root.len() && *it != memory::AUTHORITIES;
            folders(path).filter(below_root).find(|it| !known.contains(it)).unwrap_or(path)
        };
        let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in unknown {
            found.entry(folder(path)).or_default().push(path);
        }
        for (folder, files) in found {
            let (place, message) = match files.as_slice() {
                [file] => (*file, "no part of the handbook is looked for here".to_owned()),
                files => (
                    folder.trim_end_matches('/'),
                    format!("no part of the handbook is looked for in this folder of {} files", files.len()),
                ),
            };
            self.report.add(
                Diagnostic::warning(Place::file(place), "unknown-file", message)
                    .hint("is the name or the folder misspelt? see the list of files in the README"),
            );
        }
    }

    /// Whether a file is there and could not be read, which has been told; what it holds is not
    /// missing then.
    fn is_unreadable(&mut self, file: &str) -> bool {
        let mut told = self.sources.report.diagnostics().iter();
        let is_told = told.any(|it| it.severity == Severity::Error && it.place.file == file);
        if is_told {
            self.unread.insert(file.to_owned());
        }
        is_told
    }

    /// The text of a file; what keeps it from being text goes into the report.
    fn text(&mut self, file: &str) -> Option<&'s str> {
        let bytes = self.sources.files.get(file)?;
        match std::str::from_utf8(bytes) {
            Ok(_) => self.sources.text(file),
            Err(error) => {
                let line = bytes[..error.valid_up_to()].iter().filter(|it| **it == b'\n').count() + 1;
                self.report.add(
                    Diagnostic::error(Place::line(file, line), "not-utf-8", "the file is not UTF-8 text")
                        .hint("save it as UTF-8"),
                );
                self.unread.insert(file.to_owned());
                None
            }
        }
    }

    /// A file that is YAML from the first line to the last; an error if there is none.
    fn yaml<T: serde::de::DeserializeOwned>(&mut self, file: &str) -> Option<T> {
        if !self.sources.files.contains_key(file) {
            if !self.is_unreadable(file) {
                self.report.add(
                    Diagnostic::error(Place::file(file), "missing-file", "the file is missing")
                        .hint("`handbook new` makes a small handbook to copy it from"),
                );
            }
            self.unread.insert(file.to_owned());
            return None;
        }
        self.optional_yaml(file)
    }

    /// As [`Intake::yaml`], for a file that need not be there.
    fn optional_yaml<T: serde::de::DeserializeOwned>(&mut self, file: &str) -> Option<T> {
        let text = self.text(file)?;
        self.parse(file, text, 1)
    }

    /// The YAML `text`, which begins on line `first_line` of `file`.
    fn parse<T: serde::de::DeserializeOwned>(
        &mut self,
        file: &str,
        text: &str,
        first_line: usize,
    ) -> Option<T> {
        let value = yaml::parse(file, text, first_line, &mut self.report);
        if value.is_none() {
            self.unread.insert(file.to_owned());
        }
        value
    }

    /// A file with front matter.
    fn fenced(&mut self, file: &str) -> Option<Fenced<'s>> {
        let text = self.text(file)?;
        let missing = |line, message: &str| {
            Diagnostic::error(Place::line(file, line), "front-matter", message).hint(
                "the file begins with a line `---`, then the keys, then another line `---`, then the text",
            )
        };
        let mut offset = 0;
        let mut fences = Vec::new();
        for (index, line) in text.split_inclusive('\n').enumerate() {
            if line.trim_end() == "---" {
                fences.push((index, offset, offset + line.len()));
                if fences.len() == 2 {
                    break;
                }
            } else if index == 0 {
                break;
            }
            offset += line.len();
        }
        match fences[..] {
            [(_, _, start), (index, end, rest)] if end - start <= MOST_FRONT_MATTER => {
                unseen::in_text(file, &text[rest..], index + 2, &mut self.report);
                Some(Fenced { front: &text[start..end], text: &text[rest..], text_line: index + 2 })
            }
            [_, (index, ..)] => {
                self.unread.insert(file.to_owned());
                self.report.add(missing(index + 1, "the front matter is longer than 64 KiB"));
                None
            }
            [_] => {
                self.unread.insert(file.to_owned());
                self.report.add(missing(1, "the front matter is not closed"));
                None
            }
            _ => {
                self.unread.insert(file.to_owned());
                self.report.add(missing(1, "the front matter is missing"));
                None
            }
        }
    }

    /// The files and folders directly in `folder`, sorted: `authorities` → `kent`, …
    fn children(&self, folder: &str) -> Vec<&'s str> {
        let before = format!("{folder}/");
        let mut names = Vec::new();
        let mut from = before.clone();
        while let Some((path, _)) = self.sources.files.range(from..).next()
            && let Some(below) = path.strip_prefix(&before)
        {
            let name = below.split('/').next().unwrap_or_default();
            names.push(name);
            from = match below == name {
                true => format!("{path}\0"),
                // What stands in a folder is passed over at once: `0` comes next after `/`.
                false => format!("{before}{name}0"),
            };
        }
        names
    }

    /// A name that stays, or an error where it stands.
    fn name<T>(&mut self, file: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let name = parse(text);
        if name.is_none() {
            self.report.add(
                Diagnostic::error(Place::words(file, text), "bad-name", format!("`{text}` cannot be a name"))
                    .hint("names hold lower-case letters, digits and single hyphens; ids of clauses points as well"),
            );
        }
        name
    }

    /// The name of an entry to which others may refer, in the register `file`.
    fn entry_name<T>(&mut self, file: &str, text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let name = self.name(file, text, parse);
        if name.is_none() {
            self.unread.insert(file.to_owned());
        }
        name
    }

    fn authority_slug(&mut self, file: &str, text: &str) -> Option<AuthoritySlug> {
        if self.folders.contains(&text) {
            return AuthoritySlug::parse(text);
        }
        let diagnostic = Diagnostic::error(
            Place::words(file, text),
            "unknown-authority",
            format!("no authority `{text}` in `authorities/`"),
        );
        self.report.add(suggest::with_nearest(diagnostic, text, self.folders.iter().copied()));
        None
    }

    fn date(&mut self, file: &str, text: &str) -> Option<PartialDate> {
        self.dated(file, text, "bad-date")
    }

    /// The day on which an editor looked: nothing of a council's hangs on it.
    fn day_of_review(&mut self, file: &str, text: &str) -> Option<PartialDate> {
        self.dated(file, text, "bad-day-of-review")
    }

    fn dated(&mut self, file: &str, text: &str, code: &'static str) -> Option<PartialDate> {
        let date = PartialDate::parse(text);
        if date.is_none() {
            self.report
                .add(Diagnostic::error(Place::words(file, text), code, format!("`{text}` is no date")).hint(
                    "write 2013-05-23, 2013-05 or 2013; leave the key out where the date is not known",
                ));
        }
        date
    }

    fn optional_date(&mut self, file: &str, text: Option<&str>) -> Option<PartialDate> {
        text.and_then(|it| self.date(file, it))
    }
}
