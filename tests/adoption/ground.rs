//! A content folder to write in, and how its pages are read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use handbook::handbook::PartialDate;
use handbook::output::together;
use handbook::revise::{self, Refusal, Step, clause};
use handbook::site::{Address, Setting, Theme, plan};
use handbook::{Checked, new};
use jiff::civil::{Date, date};
use tempfile::TempDir;

pub const TODAY: Date = date(2026, 11, 22);
pub const COUNCIL: &str = "exampleshire";
pub const FOLDER: &str = "authorities/exampleshire/protocol";

/// The example of two invented councils in a folder of its own.
pub struct Ground {
    folder: TempDir,
}

impl Ground {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        new::make(folder.path(), TODAY).unwrap();
        Ground { folder }
    }

    /// Another folder with the same files, those of the tool included.
    pub fn copy(&self) -> Self {
        let folder = TempDir::new().unwrap();
        copy(self.folder.path(), folder.path());
        Ground { folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn content(&self) -> PathBuf {
        self.folder.path().join("content")
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.content().join(path)
    }

    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{from} in {path}:\n{text}");
        fs::write(self.file(path), text.replacen(from, to, 1)).unwrap();
    }

    pub fn checked(&self) -> Checked {
        handbook::check(&self.content(), TODAY).unwrap()
    }

    /// Plans a step, proves it and writes it.
    #[track_caller]
    pub fn take(&self, verb: impl FnOnce(&Checked) -> Result<Step, Refusal>) -> Step {
        let checked = self.checked();
        let step = verb(&checked).unwrap_or_else(|it| panic!("{} ({})", it.why, it.hint));
        sound(&revise::prove(&checked, &step, TODAY));
        revise::write(&self.content(), &step, None).unwrap();
        step
    }

    /// Why a verb is refused.
    #[track_caller]
    pub fn refused(&self, verb: impl FnOnce(&Checked) -> Result<Step, Refusal>) -> String {
        let before = self.files();
        let refusal = verb(&self.checked()).unwrap_err();
        assert_eq!(self.files(), before);
        refusal.why
    }

    /// All files as any command reads them.
    pub fn files(&self) -> BTreeMap<String, String> {
        let files = together::read(&self.content()).unwrap().files;
        files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes.to_vec()).unwrap())).collect()
    }

    /// All files as they lie on the disk.
    pub fn on_disk(&self) -> BTreeMap<String, String> {
        let files = handbook::source::read(&self.content()).unwrap().files;
        files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes.to_vec()).unwrap())).collect()
    }

    /// A page of the public website, or of that with drafts.
    pub fn page(&self, address: &str, drafts: bool) -> Option<String> {
        page(&self.checked(), address, drafts)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(fs::copy(&path, &target).unwrap()),
        }
    }
}

/// The page at an address below the site's root, without `index.html`.
pub fn page(checked: &Checked, address: &str, drafts: bool) -> Option<String> {
    let theme = Theme::load("default").unwrap();
    let setting = Setting { base_url: Some("https://example.org/b/".to_owned()), drafts };
    let site = plan(&checked.handbook, &theme, &setting);
    let path = if address.ends_with('/') { format!("{address}index.html") } else { address.to_owned() };
    let page = site.page(&Address::file(&path))?.render().unwrap();
    Some(String::from_utf8(page).unwrap())
}

#[track_caller]
pub fn sound(checked: &Checked) {
    let errors: Vec<String> = checked
        .report
        .diagnostics()
        .iter()
        .filter(|it| it.severity == handbook::diagnostic::Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert_eq!(errors, [""; 0]);
}

pub fn day(text: &str) -> PartialDate {
    PartialDate::parse(text).unwrap()
}

pub fn drafting() -> revise::Drafting {
    revise::Drafting { authority: COUNCIL.to_owned(), ..Default::default() }
}

pub fn adoption() -> revise::Adoption {
    revise::Adoption {
        authority: COUNCIL.to_owned(),
        edition: None,
        body: "County Council".to_owned(),
        date: day("2026-05-21"),
        minute: None,
        commences: None,
        name: None,
    }
}

pub fn proposal() -> revise::Proposal {
    revise::Proposal {
        authority: COUNCIL.to_owned(),
        edition: None,
        body: "Standards Committee".to_owned(),
        date: day("2026-04-14"),
        papers: vec!["https://example.org/item-7".to_owned()],
        name: None,
    }
}

pub fn draft_of() -> clause::Draft {
    clause::Draft { authority: COUNCIL.to_owned(), edition: None }
}

/// Whether readers of a page read these words.
#[track_caller]
pub fn holds(page: &str, words: &[&str]) {
    // Markup aside: what is asked for is what readers read.
    let mut plain = String::new();
    let mut inside = false;
    for it in page.replace("</dt>", " </dt>").chars() {
        match it {
            '<' => inside = true,
            '>' => inside = false,
            it if !inside => plain.push(it),
            _ => {}
        }
    }
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    for it in words {
        assert!(plain.contains(it), "{it} in:\n{plain}");
    }
}
