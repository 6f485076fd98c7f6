//! What the tests of publishing stand on: small sites, folders, and a way to look at them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use handbook::output::{Changes, PublishError, Publishing, Witness, publish};
use handbook::site::{self, Address, Plan, Site};
use tempfile::TempDir;

pub type Files = BTreeMap<String, String>;

/// A text file of a site, by its path.
pub type Page = (&'static str, &'static str);

/// A site of text files.
pub type Pages = &'static [Page];

pub const OLD: Pages = &[
    ("gone/index.html", "<p>goes, and its folder with it"),
    ("index.html", "<a href='kent/#1.03'>old</a>"),
    ("kent/index.html", "<p id='1.03'>stays as it is"),
    ("kent/protocol/index.html", "<p>is old, whole and old"),
    ("left/index.html", "<p>goes, but a stranger stays"),
    ("same/cite/index.html", "<p>is the same"),
    ("same/index.html", "<p>is the same"),
    ("same/privacy/index.html", "<p>is the same"),
    ("same/terms/index.html", "<p>is the same"),
];

pub const NEW: Pages = &[
    ("assets/style.css", "p { color: black }"),
    ("index.html", "<a href='kent/#1.03'>new</a>"),
    ("kent/index.html", "<p id='1.03'>stays as it is"),
    ("kent/protocol/index.html", "<p>is new"),
    ("same/cite/index.html", "<p>is the same"),
    ("same/index.html", "<p>is the same"),
    ("same/privacy/index.html", "<p>is the same"),
    ("same/terms/index.html", "<p>is the same"),
];

/// What stood before [`OLD`], near enough to [`NEW`] for its folder to be turned into that, but for one
/// page: see [`earlier`].
const EARLIER: Pages = &[
    ("early/index.html", "<p>is gone by now"),
    ("index.html", "<a href='kent/#1.03'>earlier</a>"),
    ("kent/index.html", "<p id='1.03'>stays as it is"),
    ("same/cite/index.html", "<p>is the same"),
    ("same/index.html", "<p>is the same"),
    ("same/privacy/index.html", "<p>is the same"),
    ("same/terms/index.html", "<p>is the same"),
];

/// A file by the name of a folder to come in [`NEW`], and the other way round.
pub const FILE: Page = ("assets", "a file");
pub const FOLDER: Page = ("assets/style.css/index.html", "<p>in a folder");

/// The earlier site, with `page` in it.
pub fn earlier(page: Page) -> Pages {
    [&[page], EARLIER].concat().leak()
}

/// Files of others, in the folder of [`OLD`] and [`NEW`]; `.git/config` also through a link.
pub const STRANGERS: Pages = &[
    (".git/config", "[core]"),
    (".git/refs/heads/pages", "0123"),
    ("CNAME", "handbook.example"),
    ("kent/notes.txt", "beside a page that stays"),
    ("left/notes.txt", "beside a page that goes"),
];

pub fn site(pages: Pages) -> Site<'static> {
    plan(pages).finish()
}

pub fn plan(pages: Pages) -> Plan<'static> {
    let mut plan = Plan::default();
    for (path, text) in pages {
        plan.add(Address::file(*path), site::Page::file(*text));
    }
    plan
}

/// A folder `public` of its own, not yet made.
pub struct Ground {
    pub around: TempDir,
    pub public: PathBuf,
}

impl Ground {
    /// In memory where the system has a place for that: what is tested there is not the disk.
    pub fn new() -> Ground {
        let memory = Path::new("/dev/shm");
        let around = match memory.is_dir() {
            true => tempfile::tempdir_in(memory),
            false => tempfile::tempdir(),
        };
        Ground::around(around.unwrap())
    }

    pub fn on_disk() -> Ground {
        Ground::around(tempfile::tempdir().unwrap())
    }

    fn around(around: TempDir) -> Ground {
        let public = around.path().join("public");
        Ground { around, public }
    }

    /// With [`OLD`] published, and strangers among it.
    pub fn with_old(publishing: &Publishing) -> Ground {
        Ground::new().publish_old(publishing)
    }

    /// The same, where another site was published before and is kept.
    pub fn with_old_after(earlier: Pages, publishing: &Publishing) -> Ground {
        let ground = Ground::new();
        ground.publish(earlier, publishing).unwrap();
        ground.publish_old(publishing)
    }

    fn publish_old(self, publishing: &Publishing) -> Ground {
        let ground = self;
        ground.publish(OLD, publishing).unwrap();
        for (path, text) in STRANGERS {
            ground.write(path, text);
        }
        symlink(".git/config", ground.public.join("link")).unwrap();
        ground
    }

    pub fn publish(&self, pages: Pages, publishing: &Publishing) -> Result<Changes, PublishError> {
        publish(&site(pages), &self.public, publishing)
    }

    pub fn write(&self, path: &str, text: &str) {
        let at = self.public.join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, text).unwrap();
    }

    /// All that a reader finds in the folder, the tool's own files left out.
    pub fn files(&self) -> Files {
        let mut files = files(&self.public);
        files.retain(|path, _| !path.starts_with(".handbook/"));
        files
    }

    /// Names beside the folder, sorted.
    pub fn beside(&self) -> Vec<String> {
        names(self.around.path())
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Every file below `folder`, reached as a reader reaches it: through links as well.
pub fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            // A link that leads nowhere is a difference too.
            let text = fs::read_to_string(&path).unwrap_or_else(|error| error.to_string());
            found.insert(name.to_owned(), text);
        }
    }
    found
}

pub fn expected(pages: Pages) -> Files {
    let pages = pages.iter();
    pages.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

pub fn with_strangers(pages: Pages) -> Files {
    let mut files = expected(pages);
    files.extend(expected(STRANGERS));
    files.insert("link".into(), "[core]".into());
    files
}

/// Lets a number of changes to the disk happen, then none: what the folder holds then is what
/// it would hold if the program had been killed.
pub struct Dies {
    taken: AtomicUsize,
    at: usize,
    /// Whether by then a new publication was being made: what a dead run left was put right.
    began: AtomicBool,
}

impl Dies {
    /// Dies before the change number `at`; the first is 0.
    pub fn before_step(at: usize) -> Dies {
        Dies { taken: AtomicUsize::new(0), at, began: AtomicBool::new(false) }
    }

    /// Whether there were so many changes.
    pub fn died(&self) -> bool {
        self.taken.load(Ordering::SeqCst) > self.at
    }

    pub fn began(&self) -> bool {
        self.began.load(Ordering::SeqCst)
    }
}

impl Witness for Dies {
    fn before(&self, doing: &str, path: &Path) -> io::Result<()> {
        let staged = path.to_string_lossy().contains(".handbook/staging/");
        if doing == "create" || doing == "write" && staged {
            self.began.store(true, Ordering::SeqCst);
        }
        match self.taken.fetch_add(1, Ordering::SeqCst) < self.at {
            true => Ok(()),
            false => Err(io::Error::other("the test stops here")),
        }
    }
}

/// The disk is full from some change on: nothing more can be written, but removed.
pub struct Full {
    pub steps: Dies,
}

impl Witness for Full {
    fn before(&self, doing: &str, path: &Path) -> io::Result<()> {
        match self.steps.before(doing, path) {
            Err(_) if doing != "remove" => Err(io::ErrorKind::StorageFull.into()),
            _ => Ok(()),
        }
    }
}
