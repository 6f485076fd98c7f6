//! What the system tells of changes, boiled down to which files are worth another look.
//!
//! - Folders are watched, never files: an editor that puts a new file in the place of the old one
//!   would leave a watch on nothing.
//! - That something was read is dropped first of all: we read ourselves, and would never end.
//! - What a new folder held before it was watched is not told, so a new folder is watched once more
//!   and then read whole ([`Eye::cover`]).
//! - Where the system has lost count, a new watcher takes the place of the old, and everything is
//!   read again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::content::{Stirred, is_dropping};
use super::dress::PARTS;
use super::poll::Lookout;
use super::progress::Progress;
use super::pulse::Pulse;
use super::{Order, disk};

/// A message to the desk.
pub enum Sight {
    /// Something happened at these places in the content.
    Content(Stirred),
    /// A file of the content was written and closed, or put in its place whole.
    Saved(String),
    /// Something happened to the theme.
    Theme,
    /// All may have changed, and what was watched may be another folder by now.
    Everything,
    /// The system watches no more folders.
    Limit(String),
    /// Nothing more is to be waited for.
    NoMore,
    Stop,
}

impl Sight {
    /// Whether it is one of those that [`Progress`] counts.
    pub fn is_counted(&self) -> bool {
        !matches!(self, Sight::Stop)
    }
}

/// Watches the content and the theme, in the one way or the other.
pub struct Eye {
    /// The folders as they are named, and where those names led when they were last watched.
    content: PathBuf,
    theme: Option<PathBuf>,
    identities: Vec<Option<Identity>>,
    mouth: Mouth,
    way: Way,
    interval: std::time::Duration,
}

enum Way {
    Told(RecommendedWatcher),
    /// Why the files are looked at, and who does.
    Looking(String, #[allow(dead_code, reason = "it looks until it is dropped")] Lookout),
    /// There is no content folder.
    Blind,
}

/// What a folder is, apart from its name.
type Identity = (PathBuf, u64, u64);

/// Sends messages to the desk, and counts them.
#[derive(Clone)]
pub struct Mouth {
    pub desk: Sender<Sight>,
    pub progress: Arc<Progress>,
    pub pulse: Arc<Pulse>,
}

impl Mouth {
    pub fn say(&self, sight: Sight) {
        self.progress.see();
        if self.desk.send(sight).is_err() {
            // Nobody is at the desk any more, and nobody is to wait for it.
            self.progress.done(1);
        }
    }
}

impl Eye {
    /// Begins to watch. Where the system does not tell, the files are looked at instead.
    pub fn new(
        order: &Order,
        theme: Option<&Path>,
        progress: &Arc<Progress>,
        pulse: &Arc<Pulse>,
        desk: Sender<Sight>,
    ) -> Eye {
        let mouth = Mouth { desk, progress: Arc::clone(progress), pulse: Arc::clone(pulse) };
        let mut eye = Eye {
            content: order.content.clone(),
            theme: theme.map(Path::to_path_buf),
            identities: Vec::new(),
            mouth,
            way: Way::Blind,
            interval: order.pace.poll,
        };
        if order.poll {
            eye.look("it was asked for".to_owned());
        } else if let Some(why) = cannot_tell(&order.content, theme, remote) {
            eye.look(why);
        } else {
            eye.open();
        }
        eye
    }

    /// Why the files are looked at in place of waiting to be told; `None` where they are not.
    pub fn looks_because(&self) -> Option<&str> {
        match &self.way {
            Way::Looking(why, _) => Some(why),
            Way::Told(_) | Way::Blind => None,
        }
    }

    /// Watches anew, whatever the folders are by now. What was told before may have been lost.
    pub fn open(&mut self) {
        self.identities = self.identify();
        if matches!(self.way, Way::Looking(..)) {
            return;
        }
        self.way = Way::Blind;
        self.mouth.pulse.release();
        match self.watcher() {
            Ok(watcher) => {
                self.way = Way::Told(watcher);
                self.mouth.pulse.listen();
            }
            Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
            Err(error) if !self.content.is_dir() => drop(error),
            Err(error) => self.look(why(&error)),
        }
    }

    /// Looks at the files from now on.
    pub fn look(&mut self, why: String) {
        self.identities = self.identify();
        self.way = Way::Blind;
        let mut folders = vec![(self.content.clone(), false)];
        folders.extend(self.theme.clone().map(|it| (it, true)));
        self.way = Way::Looking(why, Lookout::new(folders, self.interval, self.mouth.clone()));
        self.mouth.pulse.release();
    }

    /// Whether another folder stands where one was watched, as far as the system never tells. Who
    /// looks at the files goes by their names, and sees it without being told.
    pub fn is_elsewhere(&self) -> bool {
        !matches!(self.way, Way::Looking(..)) && self.identities != self.identify()
    }

    /// Makes sure that everything below these paths is watched, before they are read. Whether it
    /// is, or the folder had gone or changed meanwhile, is told by messages.
    pub fn cover(&mut self, stirred: &Stirred) {
        let (Way::Told(watcher), Stirred::Paths(paths)) = (&mut self.way, stirred) else { return };
        let Ok(content) = disk::real(&self.content) else { return };
        for path in paths.iter().map(|it| content.join(it)).filter(|it| it.is_dir()) {
            match watcher.watch(&path, RecursiveMode::Recursive) {
                Ok(()) => {}
                Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                    self.mouth.say(Sight::Limit(why(&error)));
                }
                // A folder below it went while it was walked through: the rest was not.
                Err(_) if path.is_dir() => self.mouth.say(Sight::Everything),
                Err(_) => {}
            }
        }
    }

    fn watcher(&self) -> notify::Result<RecommendedWatcher> {
        let content = disk::real(&self.content).map_err(|it| notify::Error::io(it.source))?;
        let theme = self.theme.as_ref().and_then(|it| disk::real(it).ok()).filter(|it| it.is_dir());
        let (root, worn, mouth) = (content.clone(), theme.clone(), self.mouth.clone());
        let handler = move |event: notify::Result<Event>| hear(event, &root, worn.as_deref(), &mouth);
        let mut watcher = notify::recommended_watcher(handler)?;
        if let Some(folder) = self.mouth.pulse.folder() {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        watcher.watch(&content, RecursiveMode::Recursive)?;
        if let Some(theme) = &theme {
            // Not what stands beside its parts, which may be anything.
            watcher.watch(theme, RecursiveMode::NonRecursive)?;
            for part in PARTS.map(|it| theme.join(it)).iter().filter(|it| it.is_dir()) {
                watcher.watch(part, RecursiveMode::NonRecursive)?;
            }
        }
        // Once it has answered, it has done what was asked of it.
        watcher.configure(Config::default())?;
        Ok(watcher)
    }

    fn identify(&self) -> Vec<Option<Identity>> {
        let theme = self.theme.iter().flat_map(|it| [it.clone(), it.join(PARTS[0]), it.join(PARTS[1])]);
        std::iter::once(self.content.clone()).chain(theme).map(|it| identity(&it)).collect()
    }
}

fn identity(folder: &Path) -> Option<Identity> {
    let real = fs::canonicalize(folder).ok()?;
    let found = fs::metadata(&real).ok().filter(fs::Metadata::is_dir)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Some((real, found.dev(), found.ino()))
    }
    #[cfg(not(unix))]
    {
        drop(found);
        Some((real, 0, 0))
    }
}

/// Passes on what is worth a look.
fn hear(event: notify::Result<Event>, content: &Path, theme: Option<&Path>, mouth: &Mouth) {
    let event = match event {
        Ok(event) => event,
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
            return mouth.say(Sight::Limit(why(&error)));
        }
        Err(_) => return mouth.say(Sight::Everything),
    };
    if event.need_rescan() {
        return mouth.say(Sight::Everything);
    }
    if !matters(event.kind) {
        return;
    }
    for path in &event.paths {
        if mouth.pulse.is_beat(path) {
            continue;
        }
        if let Ok(below) = path.strip_prefix(content) {
            match below.to_str() {
                Some("") if is_own_end(event.kind) => mouth.say(Sight::Everything),
                Some("") => {}
                _ if is_dropping(below) => {}
                Some(below) => {
                    let below = below.replace(std::path::MAIN_SEPARATOR, "/");
                    mouth.say(match is_whole(event.kind) && event.paths.last() == Some(path) {
                        true => Sight::Saved(below),
                        false => Sight::Content(Stirred::Paths([below].into())),
                    });
                }
                // A name that is not UTF-8 is found by the reader alone.
                None => mouth.say(Sight::Content(Stirred::Everything)),
            }
        }
        let Some(below) = theme.and_then(|it| path.strip_prefix(it).ok()) else { continue };
        let part = below.iter().next().is_none_or(|it| PARTS.iter().any(|part| it == *part));
        // A folder that comes or goes is watched anew.
        let is_folder = below.iter().count() < 2;
        match part {
            true if is_folder && !matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_))) => {
                mouth.say(Sight::Everything);
            }
            true => mouth.say(Sight::Theme),
            false => {}
        }
    }
}

/// Whether an event may mean that files are others than before. Rights are among what may:
/// they decide whether a file can be read.
fn matters(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}

/// Whether the file that is last among those that an event tells of is complete by now.
fn is_whole(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
    )
}

/// Whether the watched folder itself went.
fn is_own_end(kind: EventKind) -> bool {
    matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

/// Why the system does not tell, and what would let it.
fn why(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the system watches no more folders for this user; to let it, run \
             `sudo sysctl fs.inotify.max_user_watches=524288` and start again"
            .to_owned(),
        ErrorKind::Io(error) if error.raw_os_error() == Some(EMFILE) => {
            "the system watches for no more programs of this user; to let it, end some of them or run \
             `sudo sysctl fs.inotify.max_user_instances=1024` and start again"
                .to_owned()
        }
        _ => format!("the system does not tell of changes here ({error})"),
    }
}

/// Too many open files: what Linux says as well where a user has too many watchers.
const EMFILE: i32 = 24;

/// Why nothing is told of changes in the content or the theme: other machines write to a network
/// drive too, unheard. `remote` gives the kind of drive.
fn cannot_tell(
    content: &Path,
    theme: Option<&Path>,
    remote: impl Fn(&Path) -> Option<&'static str>,
) -> Option<String> {
    let folders = [("content", Some(content)), ("theme", theme)];
    let (name, disk) = folders.iter().find_map(|(name, it)| Some((name, remote((*it)?)?)))?;
    Some(format!("the {name} is on a network drive ({disk}), where changes by other machines are not told"))
}

/// The kind of network drive that a folder is on; `None` for a disk of this machine.
#[cfg(target_os = "linux")]
fn remote(folder: &Path) -> Option<&'static str> {
    // Numbers from statfs(2).
    match rustix::fs::statfs(folder).ok()?.f_type as u32 {
        0x0000_6969 => Some("NFS"),
        0xff53_4d42 | 0xfe53_4d42 | 0x0000_517b => Some("SMB"),
        0x0102_1997 => Some("9P"),
        0x786f_4256 => Some("VirtualBox"),
        0x6573_5546 => Some("FUSE"),
        0x5346_414f | 0x6b41_4653 => Some("AFS"),
        0x00c3_6400 => Some("Ceph"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn remote(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, MetadataKind, RemoveKind};

    use super::*;

    #[test]
    fn what_is_only_read_is_no_change() {
        for kind in [
            EventKind::Access(AccessKind::Read),
            EventKind::Access(AccessKind::Open(AccessMode::Any)),
            EventKind::Access(AccessKind::Close(AccessMode::Read)),
            EventKind::Access(AccessKind::Any),
        ] {
            assert!(!matters(kind), "{kind:?}");
        }
        for kind in [
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
            EventKind::Create(CreateKind::Folder),
            EventKind::Modify(ModifyKind::Data(DataChange::Any)),
            EventKind::Modify(ModifyKind::Name(RenameMode::To)),
            EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)),
            EventKind::Remove(RemoveKind::File),
        ] {
            assert!(matters(kind), "{kind:?}");
        }
    }

    #[test]
    fn a_network_drive_is_told_of_whatever_is_on_it() {
        #[track_caller]
        fn check(content: &str, theme: Option<&str>, expected: Option<&str>) {
            let remote = |it: &Path| it.starts_with("/net").then_some("NFS");
            let why = cannot_tell(Path::new(content), theme.map(Path::new), remote);
            assert_eq!(why.as_deref().and_then(|it| it.split(", ").next()), expected);
        }
        check("content", None, None);
        check("content", Some("own"), None);
        check("/net/content", Some("own"), Some("the content is on a network drive (NFS)"));
        check("content", Some("/net/own"), Some("the theme is on a network drive (NFS)"));
    }

    #[test]
    fn at_a_limit_it_says_what_would_raise_it() {
        let limit = why(&notify::Error::new(ErrorKind::MaxFilesWatch));
        assert!(limit.contains("fs.inotify.max_user_watches="), "{limit}");
        let instances = why(&notify::Error::io(std::io::Error::from_raw_os_error(EMFILE)));
        assert!(instances.contains("fs.inotify.max_user_instances="), "{instances}");
    }
}
