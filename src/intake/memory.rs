//! What was read before: the registers and all else beside the authorities, and each authority, are
//! not read again while no file has changed from which they follow.
//!
//! What stands beside the authorities is a function of the files outside of their folders, and of
//! which folders there are. An authority is one of the same and of the files in its folder. A
//! [`Memory`] holds these beside what came of them, and compares them byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Intake;
use super::registers::Registers;
use crate::abreast;
use crate::diagnostic::Report;
use crate::handbook::{Authorities, Authority, AuthoritySlug, Handbook};
use crate::source::{Files, Sources};

/// What [`read_again`](super::read_again) knows from the time before; empty at first.
#[derive(Default)]
pub struct Memory {
    beside: Option<Beside>,
    /// By the name of the folder.
    authorities: BTreeMap<String, (Files, Arc<Reading>)>,
}

/// What came of reading all but the authorities.
struct Beside {
    /// Files outside of the authorities' folders, and the names of these.
    files: Files,
    folders: Vec<String>,
    /// Without authorities.
    handbook: Handbook,
    report: Report,
    unread: BTreeSet<String>,
}

/// What came of reading one authority.
struct Reading {
    /// `None` if its `authority.yaml` cannot be read.
    authority: Option<Arc<Authority>>,
    report: Report,
    unread: BTreeSet<String>,
}

/// The folder of the authorities' folders.
pub const AUTHORITIES: &str = "authorities/";

/// Whether a file stands in the folder of an authority.
pub fn is_own(path: &str) -> bool {
    path.strip_prefix(AUTHORITIES).is_some_and(|it| it.contains('/'))
}

impl Memory {
    /// The handbook whose files are being taken in.
    pub(super) fn handbook(&mut self, intake: &mut Intake) -> Handbook {
        // One that is a file has been reported as unknown.
        let is_folder = |name: &&str| !intake.sources.files.contains_key(&format!("{AUTHORITIES}{name}"));
        let names: Vec<&str> = intake.folders.iter().copied().filter(is_folder).collect();
        let Beside { handbook, report, unread, .. } = self.beside(intake, &names);
        let mut handbook = handbook.clone();
        intake.report.join(report.clone());
        intake.unread.extend(unread.iter().cloned());
        let registers = Registers {
            topics: &handbook.topics,
            principles: &handbook.principles,
            terms: &handbook.terms,
            legislation: &handbook.legislation,
        };
        handbook.authorities = self.authorities(intake, &names, &registers);
        handbook
    }

    /// What stands beside the authorities. If anything of it has changed, they are forgotten.
    fn beside(&mut self, intake: &Intake, names: &[&str]) -> &Beside {
        let sources = intake.sources;
        let known =
            self.beside.take().filter(|it| it.folders == names && files_beside(sources).eq(&it.files));
        if known.is_none() {
            self.authorities.clear();
        }
        self.beside.insert(known.unwrap_or_else(|| {
            let mut own = intake.beginning();
            let handbook = own.beside();
            Beside {
                files: files_beside(sources).map(|(path, it)| (path.clone(), it.clone())).collect(),
                folders: names.iter().map(|it| (*it).to_owned()).collect(),
                handbook,
                report: own.report,
                unread: own.unread,
            }
        }))
    }

    /// All authorities, by slug. One whose `authority.yaml` cannot be read is left out.
    fn authorities(&mut self, intake: &mut Intake, names: &[&str], registers: &Registers) -> Authorities {
        let mut known = std::mem::take(&mut self.authorities);
        let sources = intake.sources;
        let readings = abreast::map(names, |name| match known.get(*name) {
            Some((files, reading)) if files_of(sources, name).eq(files) => (None, reading.clone()),
            _ => {
                let files = files_of(sources, name).map(|(path, it)| (path.clone(), it.clone()));
                (Some(files.collect()), Arc::new(intake.one(name, registers)))
            }
        });
        let mut authorities = Vec::new();
        for (name, (files, reading)) in names.iter().zip(readings) {
            intake.report.join(reading.report.clone());
            intake.unread.extend(reading.unread.iter().cloned());
            authorities.extend(reading.authority.clone());
            let files = files.or_else(|| Some(known.remove(*name)?.0)).unwrap_or_default();
            self.authorities.insert((*name).to_owned(), (files, reading));
        }
        authorities.into_iter().collect()
    }
}

impl<'s> Intake<'s> {
    /// The same files, and nothing found yet.
    fn beginning(&self) -> Intake<'s> {
        Intake {
            sources: self.sources,
            folders: self.folders.clone(),
            report: Report::default(),
            unread: BTreeSet::new(),
        }
    }

    /// One authority, by itself.
    fn one(&self, name: &str, registers: &Registers) -> Reading {
        let mut intake = Intake { unread: self.unread.clone(), ..self.beginning() };
        let folder = format!("{AUTHORITIES}{name}");
        let paths = files_of(self.sources, name).map(|(path, _)| path.as_str());
        intake.unknown_files(&format!("{folder}/"), paths);
        let slug = intake.name(&folder, name, AuthoritySlug::parse);
        let authority = slug.and_then(|it| intake.authority(it, &folder, registers));
        let Intake { report, unread, .. } = intake;
        Reading { authority: authority.map(Arc::new), report, unread }
    }
}

/// The files outside of the authorities' folders.
fn files_beside(sources: &Sources) -> impl Iterator<Item = (&String, &Arc<[u8]>)> {
    sources.files.iter().filter(|(path, _)| !is_own(path))
}

/// The files in the folder of an authority.
fn files_of<'s>(sources: &'s Sources, name: &str) -> impl Iterator<Item = (&'s String, &'s Arc<[u8]>)> {
    let folder = format!("{AUTHORITIES}{name}/");
    let from = sources.files.range(folder.clone()..);
    from.take_while(move |(path, _)| path.starts_with(&folder))
}
