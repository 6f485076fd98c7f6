//! The files of the content as they were last read, and what has changed in them since.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::disk::DiskError;
use crate::output::together;
use crate::source::{self, Sources};

/// What is to be read again.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Stirred {
    #[default]
    Nothing,
    /// These files and folders: paths below the content folder, with `/`.
    Paths(BTreeSet<String>),
    Everything,
}

impl Stirred {
    pub fn add(&mut self, more: Stirred) {
        match (self, more) {
            (Stirred::Everything, _) | (_, Stirred::Nothing) => {}
            (Stirred::Paths(paths), Stirred::Paths(more)) => paths.extend(more),
            (it, more) => *it = more,
        }
    }
}

/// The content folder, as it was last read.
pub struct Content {
    dir: PathBuf,
    /// Whether something in it is a link: what is told of one place then holds for another too,
    /// and everything is read again each time.
    has_links: bool,
    pub sources: Sources,
}

/// What differs from the time before; sorted paths below the content folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
    /// From where to where, if one file was moved and nothing else happened.
    moved: Option<(String, String)>,
}

impl Content {
    /// The folder at `dir`, of which nothing has been read yet.
    pub fn unread(dir: &Path) -> Content {
        Content { dir: dir.to_owned(), has_links: false, sources: Sources::default() }
    }

    /// Reads again what is stirred. `None` if every byte is as it was.
    ///
    /// # Errors
    ///
    /// If there is no such folder; then what was read before is kept.
    pub fn again(&mut self, stirred: &Stirred) -> Result<Option<Difference>, DiskError> {
        let fresh = match stirred {
            Stirred::Nothing => return Ok(None),
            Stirred::Everything => None,
            Stirred::Paths(paths) => self.some_again(paths)?,
        };
        let (old, fresh) = match (fresh, stirred) {
            (Some(fresh), Stirred::Paths(paths)) => (self.take_out(paths), fresh),
            _ => {
                let fresh = together::read(&self.dir)?;
                self.has_links = has_link(&self.dir);
                (std::mem::take(&mut self.sources), fresh)
            }
        };
        let mut difference = Difference::between(&old, &fresh);
        difference.find_move(&old, &fresh);
        // What cannot be read is in the report alone.
        let is_same = difference.is_empty() && old.report.diagnostics() == fresh.report.diagnostics();
        self.sources.files.extend(fresh.files);
        self.sources.report = fresh.report;
        Ok((!is_same).then_some(difference))
    }

    /// Some files and folders read again; `None` where that cannot be said without reading
    /// everything: what could not be read has no place in the list of files.
    fn some_again(&self, paths: &BTreeSet<String>) -> Result<Option<Sources>, DiskError> {
        // While a step of a verb is being made, or was broken off, the files are not what counts.
        let in_a_step = together::is_unfinished(&self.dir);
        if in_a_step || self.has_links || !self.sources.report.diagnostics().is_empty() {
            return Ok(None);
        }
        // All files are gone if the folder is, and that is another matter.
        fs::read_dir(&self.dir).map_err(DiskError::at("read the content folder", &self.dir))?;
        let mut fresh = Sources::default();
        for path in paths {
            let at = self.dir.join(path);
            if fs::symlink_metadata(&at).is_ok_and(|it| it.is_symlink()) || has_link(&at) {
                return Ok(None);
            }
            let found = match fs::metadata(&at) {
                Ok(found) => found,
                Err(error)
                    if is_nothing(&error) && fs::symlink_metadata(&at).is_err_and(|it| is_nothing(&it)) =>
                {
                    continue;
                }
                Err(_) => return Ok(None),
            };
            if found.is_dir() {
                let Ok(below) = source::read(&at) else { return Ok(None) };
                if !below.report.diagnostics().is_empty() {
                    return Ok(None);
                }
                let below = below.files.into_iter();
                fresh.files.extend(below.map(|(name, bytes)| (format!("{path}/{name}"), bytes)));
            } else if !found.is_file() || found.len() > source::MOST_BYTES {
                return Ok(None);
            } else {
                match fs::read(&at) {
                    Ok(bytes) if bytes.len() as u64 <= source::MOST_BYTES => {
                        fresh.files.insert(path.clone(), bytes.into());
                    }
                    Err(error) if is_nothing(&error) => {}
                    _ => return Ok(None),
                }
            }
        }
        Ok(Some(fresh))
    }

    /// Takes out what stood at some paths: files, or folders with all files in them.
    fn take_out(&mut self, paths: &BTreeSet<String>) -> Sources {
        let files = &mut self.sources.files;
        let mut taken = Sources::default();
        for path in paths {
            taken.files.extend(files.remove_entry(path));
            let inside = format!("{path}/");
            let below = files.range(inside.clone()..).map(|(it, _)| it);
            let below: Vec<String> = below.take_while(|it| it.starts_with(&inside)).cloned().collect();
            taken.files.extend(below.iter().filter_map(|it| files.remove_entry(it)));
        }
        taken
    }
}

/// Whether a folder, or one below it, holds a link that is read. For anything else: no.
fn has_link(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().filter(|it| !is_dropping(Path::new(&it.file_name()))).any(|it| match it.file_type() {
        Ok(kind) => kind.is_symlink() || (kind.is_dir() && has_link(&it.path())),
        Err(_) => false,
    })
}

fn is_nothing(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

impl Difference {
    fn between(old: &Sources, new: &Sources) -> Difference {
        let mut difference = Difference::default();
        for (path, bytes) in &new.files {
            match old.files.get(path) {
                None => difference.added.push(path.clone()),
                Some(before) if before != bytes => difference.changed.push(path.clone()),
                Some(_) => {}
            }
        }
        difference.removed = old.files.keys().filter(|it| !new.files.contains_key(*it)).cloned().collect();
        difference
    }

    fn find_move(&mut self, old: &Sources, new: &Sources) {
        if let ([to], [], [from]) = (&self.added[..], &self.changed[..], &self.removed[..])
            && old.files.get(from) == new.files.get(to)
        {
            self.moved = Some((from.clone(), to.clone()));
        }
    }

    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// The one file that is new or was changed, if nothing else happened.
    pub fn only(&self) -> Option<&str> {
        match (&self.added[..], &self.changed[..], &self.removed[..]) {
            ([file], [], []) | ([], [file], []) => Some(file),
            ([file], [], [_]) if self.moved.is_some() => Some(file),
            _ => None,
        }
    }

    /// `topics.yaml changed`; `a.md is new, b.md is gone`; `12 files changed, 3 are gone`.
    pub fn in_words(&self) -> String {
        if let Some((from, to)) = &self.moved {
            return format!("{from} is now {to}");
        }
        let kinds = [
            (&self.changed, "changed", "changed"),
            (&self.added, "is new", "are new"),
            (&self.removed, "is gone", "are gone"),
        ];
        let mut words: Vec<String> = Vec::new();
        for (files, one, more) in kinds {
            match &files[..] {
                [] => {}
                [file] => words.push(format!("{file} {one}")),
                files => words.push(format!("{} files {more}", files.len())),
            }
        }
        match words.is_empty() {
            true => "what can be read changed".to_owned(),
            false => words.join(", "),
        }
    }
}

/// Whether a file or folder is passed over by the reader of the content: what editors leave beside
/// a file while it is being saved, and what is hidden.
pub fn is_dropping(path: &Path) -> bool {
    path.iter().any(|it| it.to_str().is_some_and(source::is_passed_over))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn sources(files: &[(&str, &str)]) -> Sources {
        let files: BTreeMap<_, _> =
            files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().into())).collect();
        Sources { files, ..Sources::default() }
    }

    #[test]
    fn what_changed_is_said_in_a_few_words() {
        #[track_caller]
        fn check(old: &[(&str, &str)], new: &[(&str, &str)], words: &str, only: Option<&str>) {
            let (old, new) = (sources(old), sources(new));
            let mut difference = Difference::between(&old, &new);
            difference.find_move(&old, &new);
            assert_eq!((difference.in_words().as_str(), difference.only()), (words, only));
        }
        check(&[("a", "1")], &[("a", "2")], "a changed", Some("a"));
        check(&[("a", "1")], &[("b", "1")], "a is now b", Some("b"));
        check(&[("a", "1")], &[("b", "2")], "b is new, a is gone", None);
        check(&[], &[("b", "2")], "b is new", Some("b"));
        check(
            &[("a", "1"), ("b", "1")],
            &[("a", "2"), ("b", "2"), ("c", "")],
            "2 files changed, c is new",
            None,
        );
    }

    /// Refuses the second file that is put in its place.
    #[derive(Default)]
    struct Stops(std::sync::atomic::AtomicUsize);

    impl crate::output::Witness for Stops {
        fn before(&self, doing: &str, path: &Path) -> std::io::Result<()> {
            let is_move = doing == "write"
                && path.extension().is_some_and(|it| it == "md")
                && !path.iter().any(|it| it == ".handbook");
            match is_move && self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 1 {
                true => Err(std::io::Error::other("stopped")),
                false => Ok(()),
            }
        }
    }

    #[test]
    fn a_step_of_a_verb_that_was_broken_off_is_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let replaced = |before: &str, after: &str| together::Replaced {
            before: Some(before.as_bytes().into()),
            after: Some(after.as_bytes().into()),
        };
        let step = ["a.md", "b.md"].map(|it| (it.to_owned(), replaced("1", "2")));
        for (path, _) in &step {
            fs::write(folder.path().join(path), "1").unwrap();
        }
        let mut content = Content::unread(folder.path());
        content.again(&Stirred::Everything).unwrap();
        together::change(folder.path(), &step.into(), Some(&Stops::default())).unwrap_err();
        let on_disk = ["a.md", "b.md"].map(|it| fs::read_to_string(folder.path().join(it)).unwrap());
        assert_ne!(on_disk[0], on_disk[1]);
        content.again(&Stirred::Paths(["a.md".to_owned()].into())).unwrap();
        assert_eq!(content.sources.files, sources(&[("a.md", "2"), ("b.md", "2")]).files);
    }

    #[test]
    fn a_part_read_again_is_as_everything_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let at = |it: &str| folder.path().join(it);
        let put = |path: &str, text: &str| {
            fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            fs::write(at(path), text).unwrap();
        };
        put("a/b/c.md", "1");
        put("a/b-c.md", "1");
        put("d.yaml", "1");
        let mut content = Content::unread(folder.path());
        content.again(&Stirred::Everything).unwrap();
        let mut check = |paths: &[&str], words: &str| {
            let paths = paths.iter().map(|it| (*it).to_owned()).collect();
            let difference = content.again(&Stirred::Paths(paths)).unwrap();
            assert_eq!(difference.map(|it| it.in_words()).unwrap_or_default(), words);
            assert_eq!(content.sources.files, source::read(folder.path()).unwrap().files);
        };
        check(&["d.yaml", "a", "nothing"], "");
        put("d.yaml", "2");
        check(&["d.yaml"], "d.yaml changed");
        fs::rename(at("a/b"), at("a/e")).unwrap();
        check(&["a/b", "a/e"], "a/b/c.md is now a/e/c.md");
        fs::remove_dir_all(at("a/e")).unwrap();
        put("a/e", "a file in the place of a folder");
        check(&["a/e", "a/e/c.md"], "a/e is new, a/e/c.md is gone");
        std::os::unix::fs::symlink("nowhere", at("link.md")).unwrap();
        check(&["link.md"], "what can be read changed");
        fs::remove_file(at("link.md")).unwrap();
        check(&["link.md"], "what can be read changed");
        check(&["link.md"], "");
        // A second way to a folder: what changes is told of one of them.
        std::os::unix::fs::symlink("a", at("second")).unwrap();
        check(&["second"], "2 files are new");
        put("a/e", "changed");
        check(&["a/e"], "2 files changed");
        fs::remove_dir_all(folder.path()).unwrap();
        assert!(content.again(&Stirred::Paths(["d.yaml".to_owned()].into())).is_err());
        assert!(content.sources.files.contains_key("d.yaml"), "what was read is kept");
    }
}
