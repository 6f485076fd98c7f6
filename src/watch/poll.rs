//! Looks at the files once in a while, where the system does not tell of changes.
//!
//! The library's own way of doing so knows the time of a file to the second only, and so misses
//! the second of two quick saves unless it reads every file each time. Here a file is compared by
//! all that the disk says of it, and one that changed is looked at once more the time after, in
//! case it was saved again within one tick of the disk's clock.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::content::{Stirred, is_dropping};
use super::dress::PARTS;
use super::eye::{Mouth, Sight};
use super::pulse::Look;

/// Deeper than any content; a link may lead back to a folder above it.
const DEEPEST: usize = 24;

/// What the disk says of a file: its number, its length, the times of its content and its entry,
/// its rights.
type Stamp = (u64, u64, i64, i64, i64, i64, u32);

/// Looks until it is dropped.
pub struct Lookout {
    /// Whoever holds the other end looks for as long as this one is there.
    _alive: mpsc::Sender<()>,
    pulse: std::sync::Arc<super::pulse::Pulse>,
}

impl Lookout {
    /// Looks at folders every `interval`; of a theme (`true`) only at the parts that are read.
    pub fn new(folders: Vec<(PathBuf, bool)>, interval: Duration, mouth: Mouth) -> Lookout {
        let (looker, asked) = mpsc::channel();
        let (alive, ends) = mpsc::channel();
        let pulse = std::sync::Arc::clone(&mouth.pulse);
        pulse.set_looker(Some(looker));
        let mut known: Vec<Known> =
            folders.into_iter().map(|(folder, is_theme)| Known::new(folder, is_theme)).collect();
        thread::spawn(move || look(&mut known, interval, &mouth, &asked, &ends));
        Lookout { _alive: alive, pulse }
    }
}

impl Drop for Lookout {
    fn drop(&mut self) {
        self.pulse.set_looker(None);
    }
}

fn look(
    known: &mut [Known],
    interval: Duration,
    mouth: &Mouth,
    asked: &Receiver<Look>,
    alive: &Receiver<()>,
) {
    loop {
        let asked = match asked.recv_timeout(interval) {
            Ok(done) => Some(done),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if matches!(alive.try_recv(), Err(mpsc::TryRecvError::Disconnected)) {
            return;
        }
        for folder in known.iter_mut() {
            let paths = folder.again();
            if paths.is_empty() {
                continue;
            }
            match folder.is_theme {
                true => mouth.say(Sight::Theme),
                false => mouth.say(Sight::Content(Stirred::Paths(paths))),
            }
        }
        if let Some(done) = asked {
            // Who asked may have lost patience.
            let _ = done.try_send(());
        }
    }
}

/// A folder as it was when it was last looked at.
struct Known {
    folder: PathBuf,
    is_theme: bool,
    stamps: BTreeMap<String, Stamp>,
    /// What had changed the last time.
    young: BTreeSet<String>,
}

impl Known {
    fn new(folder: PathBuf, is_theme: bool) -> Known {
        let mut known = Known { folder, is_theme, stamps: BTreeMap::new(), young: BTreeSet::new() };
        known.again();
        // What was saved just before may be saved again within the same tick.
        known.young = known.stamps.keys().cloned().collect();
        known
    }

    /// What may have changed since the last time.
    fn again(&mut self) -> BTreeSet<String> {
        let mut now = BTreeMap::new();
        match self.is_theme {
            true => PARTS.iter().for_each(|it| walk(&self.folder.join(it), it, 0, &mut now)),
            false => walk(&self.folder, "", 0, &mut now),
        }
        let both = self.stamps.keys().chain(now.keys());
        let changed: BTreeSet<String> =
            both.filter(|it| self.stamps.get(*it) != now.get(*it)).cloned().collect();
        self.stamps = now;
        let young = std::mem::replace(&mut self.young, changed.clone());
        &changed | &young
    }
}

fn walk(folder: &Path, below: &str, depth: usize, stamps: &mut BTreeMap<String, Stamp>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        if is_dropping(Path::new(&name)) {
            continue;
        }
        let name = name.to_string_lossy();
        let name = if below.is_empty() { name.into_owned() } else { format!("{below}/{name}") };
        match fs::metadata(&path) {
            Ok(found) if found.is_dir() && depth < DEEPEST => walk(&path, &name, depth + 1, stamps),
            Ok(found) => drop(stamps.insert(name, stamp(&found))),
            // It leads nowhere, or may not be looked at: that it is there counts.
            Err(_) => drop(stamps.insert(name, (0, 0, 0, 0, 0, 0, 0))),
        }
    }
}

#[cfg(unix)]
fn stamp(of: &Metadata) -> Stamp {
    use std::os::unix::fs::MetadataExt as _;
    (of.ino(), of.len(), of.mtime(), of.mtime_nsec(), of.ctime(), of.ctime_nsec(), of.mode())
}

#[cfg(not(unix))]
fn stamp(of: &Metadata) -> Stamp {
    let since =
        of.modified().ok().and_then(|it| it.duration_since(std::time::UNIX_EPOCH).ok()).unwrap_or_default();
    (
        0,
        of.len(),
        since.as_secs() as i64,
        i64::from(since.subsec_nanos()),
        0,
        0,
        u32::from(of.permissions().readonly()),
    )
}
