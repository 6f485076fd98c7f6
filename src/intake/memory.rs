//! What was read before: an authority of which no file has changed, and nothing that its files
//! name, is not read again.
//!
//! Reading an authority is a function of the files in its folder, of the files outside of all
//! such folders (registers above all), and of which folders there are. A [`Memory`] holds these
//! beside what came of them, and compares them byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Intake;
use super::registers::Registers;
use crate::abreast;
use crate::diagnostic::Report;
use crate::handbook::{Authorities, Authority, AuthoritySlug};
use crate::source::Sources;

/// The files that a result was read from, by path.
type Files = BTreeMap<String, Vec<u8>>;

/// What [`read_again`](super::read_again) knows from the time before; empty at first.
#[derive(Default)]
pub struct Memory {
    /// Files outside of the authorities' folders, and the names of these.
    beside: (Files, Vec<String>),
    /// By the name of the folder.
    authorities: BTreeMap<String, (Files, Arc<Reading>)>,
}

/// What came of reading one authority.
struct Reading {
    /// `None` if its `authority.yaml` cannot be read.
    authority: Option<Arc<Authority>>,
    report: Report,
    unread: BTreeSet<String>,
}

const AUTHORITIES: &str = "authorities/";

impl Intake<'_> {
    /// All authorities, by slug. One whose `authority.yaml` cannot be read is left out.
    pub fn authorities(&mut self, registers: &Registers, memory: &mut Memory) -> Authorities {
        // One that is a file has been reported as unknown.
        let is_folder = |name: &&str| !self.sources.files.contains_key(&format!("{AUTHORITIES}{name}"));
        let names: Vec<&str> = self.folders.iter().copied().filter(is_folder).collect();
        memory.look_beside(self.sources, &names);
        let mut known = std::mem::take(&mut memory.authorities);
        let readings = abreast::map(&names, |name| match known.get(*name) {
            Some((files, reading)) if files_of(self.sources, name).eq(files) => (None, reading.clone()),
            _ => {
                let files = files_of(self.sources, name).map(|(path, it)| (path.clone(), it.clone()));
                (Some(files.collect()), Arc::new(self.one(name, registers)))
            }
        });
        let mut authorities = Vec::new();
        for (name, (files, reading)) in names.into_iter().zip(readings) {
            self.report.join(reading.report.clone());
            self.unread.extend(reading.unread.iter().cloned());
            authorities.extend(reading.authority.clone());
            let files = files.or_else(|| Some(known.remove(name)?.0)).unwrap_or_default();
            memory.authorities.insert(name.to_owned(), (files, reading));
        }
        authorities.into_iter().collect()
    }

    /// One authority, by itself.
    fn one(&self, name: &str, registers: &Registers) -> Reading {
        let mut intake = Intake {
            sources: self.sources,
            folders: self.folders.clone(),
            report: Report::default(),
            unread: self.unread.clone(),
        };
        let folder = format!("{AUTHORITIES}{name}");
        let slug = intake.name(&folder, name, AuthoritySlug::parse);
        let authority = slug.and_then(|it| intake.authority(it, &folder, registers));
        let Intake { report, unread, .. } = intake;
        Reading { authority: authority.map(Arc::new), report, unread }
    }
}

impl Memory {
    /// Forgets all authorities if what they are read beside has changed.
    fn look_beside(&mut self, sources: &Sources, names: &[&str]) {
        let beside = || sources.files.iter().filter(|(path, _)| !path.starts_with(AUTHORITIES));
        let (files, folders) = &self.beside;
        if beside().ne(files) || folders != names {
            let files = beside().map(|(path, it)| (path.clone(), it.clone())).collect();
            *self = Memory {
                beside: (files, names.iter().map(|it| (*it).to_owned()).collect()),
                authorities: BTreeMap::new(),
            };
        }
    }
}

/// The files in the folder of an authority.
fn files_of<'s>(sources: &'s Sources, name: &str) -> impl Iterator<Item = (&'s String, &'s Vec<u8>)> {
    let folder = format!("{AUTHORITIES}{name}/");
    let from = sources.files.range(folder.clone()..);
    from.take_while(move |(path, _)| path.starts_with(&folder))
}
