//! The files of a content folder while a step is being prepared: as they were read, and as they
//! are to be.

use std::collections::{BTreeMap, BTreeSet};

use super::front::Front;
use super::{Next, Refusal, Step};
use crate::Checked;
use crate::handbook::{Authority, AuthoritySlug, DocumentSlug, Handbook};
use crate::intake;
use crate::output::together::Replaced;
use crate::record;
use crate::source::{Files, Sources};

pub struct Desk<'c> {
    pub checked: &'c Checked,
    sources: Sources,
    touched: BTreeSet<String>,
}

impl<'c> Desk<'c> {
    pub fn new(checked: &'c Checked) -> Self {
        let sources =
            Sources { files: checked.sources.files.clone(), report: checked.sources.report.clone() };
        Desk { checked, sources, touched: BTreeSet::new() }
    }

    /// Puts a file there, whole.
    pub fn put(&mut self, file: &str, text: String) {
        self.touched.insert(file.to_owned());
        self.sources.files.insert(file.to_owned(), text.into_bytes().into());
    }

    pub fn remove(&mut self, file: &str) {
        self.touched.insert(file.to_owned());
        self.sources.files.remove(file);
    }

    /// The files in a folder, with the folder's name taken from their paths.
    pub fn below(&self, folder: &str) -> Files {
        let before = format!("{folder}/");
        let range =
            self.sources.files.range(before.clone()..).take_while(|(path, _)| path.starts_with(&before));
        range.map(|(path, bytes)| (path[before.len()..].to_owned(), bytes.clone())).collect()
    }

    /// Gives a folder another name.
    pub fn rename(&mut self, from: &str, to: &str) {
        for (path, bytes) in self.below(from) {
            self.remove(&format!("{from}/{path}"));
            self.touched.insert(format!("{to}/{path}"));
            self.sources.files.insert(format!("{to}/{path}"), bytes);
        }
    }

    /// The keys of a clause or section file.
    pub fn fenced(&self, file: &str) -> Result<Front, Refusal> {
        self.sources.text(file).and_then(Front::fenced).ok_or_else(|| unreadable(file))
    }

    /// The keys of a file that is YAML alone.
    pub fn yaml(&self, file: &str) -> Result<Front, Refusal> {
        self.sources.text(file).and_then(Front::yaml).ok_or_else(|| unreadable(file))
    }

    /// Reads the handbook as it is to be.
    pub fn handbook(&self) -> Handbook {
        intake::read(&self.sources).0
    }

    /// Brings the ledger of an authority and that of addresses up to what is to stand, and freezes
    /// the editions among `anew` as they are to be.
    pub fn record(&mut self, authority: &AuthoritySlug, anew: &BTreeSet<DocumentSlug>) {
        let handbook = self.handbook();
        let Some(it) = handbook.authorities.get(authority) else { return };
        let own = format!("{}/", Authority::folder(it));
        let mut updates = record::plan(&self.sources, &handbook, &record::addresses(&handbook));
        updates.retain(|it| !it.file.contains('/') || it.file.starts_with(&own));
        if let Some(frozen) = record::freeze(&self.sources, it, anew) {
            updates.retain(|it| it.file != frozen.file);
            updates.push(frozen);
        }
        for update in updates {
            self.put(&update.file, update.text);
        }
    }

    /// What is on the desk, as a step.
    pub fn step(self, did: Vec<String>, next: Vec<Next>) -> Step {
        let before = &self.checked.sources.files;
        let mut files: BTreeMap<String, Replaced> = BTreeMap::new();
        for path in self.touched {
            let it = Replaced {
                before: before.get(&path).cloned(),
                after: self.sources.files.get(&path).cloned(),
            };
            if it.before != it.after {
                files.insert(path, it);
            }
        }
        Step { files, did, next }
    }
}

fn unreadable(file: &str) -> Refusal {
    Refusal::new(format!("{file} is not written so that it can be edited here"), "edit it by hand")
}
