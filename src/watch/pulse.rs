//! Lets someone wait until the system has told all that has happened so far.
//!
//! What happens in watched folders is told in order. So a file is made in a folder of our own that
//! is watched by the same watcher: when that is told, all that happened before has been told too.

use std::fs::{self, DirBuilder, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The system tells within a millisecond or so; who hears nothing for so long is not told at all.
const AT_MOST: Duration = Duration::from_secs(1);

/// A request to look at all files now, and where to say that it is done.
pub type Look = SyncSender<()>;

/// See the module.
pub struct Pulse {
    /// Our own folder; `None` where none can be made, and then nothing is waited for.
    folder: Option<Folder>,
    /// How many beats have begun.
    begun: AtomicU64,
    /// The last beat that came back; held while one is on its way.
    turn: Mutex<u64>,
    heard: Mutex<u64>,
    hears: Condvar,
    /// Whether anyone listens; while there is nothing to watch nobody is waited for.
    listens: AtomicBool,
    /// Where the files are looked at, since the system does not tell: whom to ask for it.
    looker: Mutex<Option<mpsc::Sender<Look>>>,
}

impl Pulse {
    pub fn new() -> Pulse {
        Pulse {
            folder: Folder::make(),
            begun: AtomicU64::new(0),
            turn: Mutex::new(0),
            heard: Mutex::new(0),
            hears: Condvar::new(),
            listens: AtomicBool::new(false),
            looker: Mutex::new(None),
        }
    }

    /// The folder that a watcher must watch as well.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(|it| it.path.as_path())
    }

    /// From now on the files are looked at by whoever reads there, or, with `None`, the system tells.
    pub fn set_looker(&self, looker: Option<mpsc::Sender<Look>>) {
        *self.looker.lock().unwrap_or_else(PoisonError::into_inner) = looker;
    }

    /// Returns once all that happened before this call has been told. Where files are looked at
    /// once in a while that is not waited for, unless `thoroughly`.
    pub fn wait(&self, thoroughly: bool) {
        let looker = self.looker.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match looker {
            Some(looker) if thoroughly => {
                let (done, is_done) = mpsc::sync_channel(1);
                if looker.send(done).is_ok() {
                    let _ = is_done.recv_timeout(Duration::from_secs(30));
                }
            }
            None if self.listens.load(Ordering::SeqCst) => self.beat(),
            Some(_) | None => {}
        }
    }

    fn beat(&self) {
        let Some(folder) = self.folder() else { return };
        // Any beat that begins after this line will do, whoever began it.
        let enough = self.begun.load(Ordering::SeqCst) + 1;
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if *turn >= enough {
            return;
        }
        let beat = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let file = folder.join(beat.to_string());
        if File::create(&file).is_ok() {
            let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            drop(self.hears.wait_timeout_while(heard, AT_MOST, |it| *it < beat));
            // If it stays, it goes with the folder.
            let _ = fs::remove_file(&file);
        }
        *turn = beat;
    }

    /// Whether a path that was told of is a beat; who waits for it is woken.
    pub fn is_beat(&self, path: &Path) -> bool {
        let Some(name) = self.folder().and_then(|it| path.strip_prefix(it).ok()) else { return false };
        if let Some(beat) = name.to_str().and_then(|it| it.parse().ok()) {
            self.hear(beat);
        }
        true
    }

    /// From now on a watcher hears beats.
    pub fn listen(&self) {
        self.listens.store(true, Ordering::SeqCst);
    }

    /// Lets all go who wait: the watcher that they wait for is no more.
    pub fn release(&self) {
        self.listens.store(false, Ordering::SeqCst);
        self.hear(self.begun.load(Ordering::SeqCst));
    }

    /// Removes our folder; nothing is waited for any more.
    pub fn end(&self) {
        self.hear(u64::MAX);
        // Who was on the way to make a beat has done so.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = self.folder() {
            remove(folder);
        }
    }

    fn hear(&self, beat: u64) {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        *heard = beat.max(*heard);
        self.hears.notify_all();
    }
}

/// A folder among the temporary files that nobody else may write into. It is locked while we live,
/// so that who finds it unlocked knows that it was left over.
struct Folder {
    path: PathBuf,
    _lock: File,
}

const NAME: &str = "handbook-watch-";

impl Folder {
    /// Makes one, and removes those that a program that was killed could not remove.
    fn make() -> Option<Folder> {
        let temporary = fs::canonicalize(std::env::temp_dir()).ok()?;
        sweep(&temporary);
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        (0..1_000).find_map(|number| {
            let path = temporary.join(format!("{NAME}{}-{number}", std::process::id()));
            builder.create(&path).ok()?;
            let lock = File::open(&path).ok()?;
            lock.lock().ok()?;
            // Someone may have swept it up before it was locked.
            path.is_dir().then_some(Folder { path, _lock: lock })
        })
    }
}

fn sweep(temporary: &Path) {
    let Ok(entries) = fs::read_dir(temporary) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_str().is_some_and(|it| it.starts_with(NAME));
        if !is_ours || !entry.file_type().is_ok_and(|it| it.is_dir()) {
            continue;
        }
        let Ok(lock) = File::open(entry.path()) else { continue };
        if lock.try_lock().is_ok() {
            remove(&entry.path());
        }
    }
}

/// Removes a folder of beats. If anything else is in it, it stays.
fn remove(folder: &Path) {
    let beats = fs::read_dir(folder).into_iter().flatten().flatten();
    for beat in beats.filter(|it| it.file_name().to_str().is_some_and(|it| it.parse::<u64>().is_ok())) {
        let _ = fs::remove_file(beat.path());
    }
    // An empty folder among temporary files, if even that is refused.
    let _ = fs::remove_dir(folder);
}
