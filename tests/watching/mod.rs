//! A handbook in a folder of its own that is watched and served, and what is heard of it.
#![allow(dead_code, reason = "each of the tests uses a part")]

pub mod habits;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use handbook::serve::{self, Server};
use handbook::watch::{Notice, Order, Pace, Watch};
use jiff::civil::{Date, date};
use tempfile::TempDir;

/// Nothing here is waited for: what happened is complete when a test says so.
pub const UNTIL_TOLD: Pace = Pace {
    saved: Duration::from_secs(600),
    quiet: Duration::from_secs(600),
    patience: Duration::from_secs(600),
    idle: Duration::from_secs(600),
    poll: Duration::from_secs(600),
};

/// A day near that of the examples, so that no warning depends on the clock.
pub fn today() -> Date {
    date(2026, 11, 23)
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Polling(String),
    Made(String),
    Unsound(String),
    Theme(String),
    Gone,
    Published { added: usize, changed: usize, removed: usize },
    NotPublished(String),
}

pub struct Desk {
    folder: TempDir,
    heard: Arc<Mutex<Vec<Heard>>>,
    pub watch: Watch,
    server: Server,
    /// Whether nothing is complete before a test says so.
    is_told: bool,
}

/// A copy of a folder, file by file.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::write(&target, fs::read(&path).unwrap()).unwrap();
        }
    }
}

/// Every file below `folder`, by its path.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    walk(folder, "", &mut all);
    all
}

fn walk(folder: &Path, below: &str, all: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            walk(&path, &format!("{name}/"), all);
        } else {
            all.insert(name, fs::read(&path).unwrap());
        }
    }
}

impl Desk {
    /// The example handbook, watched.
    pub fn example(pace: Pace) -> Desk {
        Desk::example_with(pace, |_| {})
    }

    /// The example handbook, watched in a way of its own.
    pub fn example_with(pace: Pace, change: impl FnOnce(&mut Order)) -> Desk {
        let folder = TempDir::new().unwrap();
        handbook::new::make(folder.path(), today()).unwrap();
        Desk::open(folder, pace, change)
    }

    /// Watches `content` in a folder, and publishes into `public` beside it.
    pub fn open(folder: TempDir, pace: Pace, change: impl FnOnce(&mut Order)) -> Desk {
        let mut order = Order {
            content: folder.path().join("content"),
            out: Some(folder.path().join("public")),
            theme: "default".to_owned(),
            base_url: None,
            strict: false,
            drafts: false,
            poll: false,
            today: today(),
            pace,
        };
        change(&mut order);
        let Pace { saved, quiet, .. } = order.pace;
        let is_told = saved == UNTIL_TOLD.saved && quiet == UNTIL_TOLD.quiet;
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let watch = Watch::start(order, move |it| ear.lock().unwrap().push(put_down(it))).unwrap();
        let server = Server::start(serve::listen(22_000).unwrap(), Arc::clone(watch.shelf())).unwrap();
        let desk = Desk { folder, heard, watch, server, is_told };
        assert!(desk.watch.settle());
        desk
    }

    /// Ends, as Ctrl-C does; the folder stays.
    pub fn end(self) -> TempDir {
        drop(self.server);
        drop(self.watch);
        self.folder
    }

    /// A path below the folder.
    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    pub fn write(&self, path: &str, text: &str) {
        fs::write(self.at(path), text).unwrap();
    }

    /// Puts `to` in the place of `from` in a file.
    #[track_caller]
    pub fn change(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds no {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    /// What has been heard since the last time, once all is shown and published.
    #[track_caller]
    pub fn settled(&self) -> Vec<Heard> {
        assert!(self.watch.settle(), "it comes to rest");
        std::mem::take(&mut *self.heard.lock().unwrap())
    }

    /// How often something was made of a change since the last time, in vain or not.
    #[track_caller]
    pub fn rebuilds(&self) -> usize {
        let heard = self.settled();
        heard.iter().filter(|it| matches!(it, Heard::Made(_) | Heard::Unsound(_) | Heard::Theme(_))).count()
    }

    /// The status of a page and its text, as a browser gets it now. Where nothing is complete before
    /// it is said, that is said first: what the system tells late would hold up the page for good.
    pub fn get(&self, path: &str) -> (u16, String) {
        let (status, bytes) = self.get_bytes(path);
        (status, String::from_utf8(bytes).unwrap())
    }

    pub fn get_bytes(&self, path: &str) -> (u16, Vec<u8>) {
        if self.is_told {
            assert!(self.watch.settle(), "it comes to rest");
        }
        let mut stream = TcpStream::connect(self.server.address()).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|it| it == b"\r\n\r\n").expect("a whole head");
        let status = std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap();
        (status, answer[end + 4..].to_vec())
    }

    /// The published files.
    pub fn published(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.at("public"))
    }

    /// How many messages have been sent to open pages.
    pub fn news(&self) -> u64 {
        let mut stream = TcpStream::connect(self.server.address()).unwrap();
        write!(stream, "GET /-/news HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut told = String::new();
        loop {
            let mut bytes = [0; 4096];
            let read = stream.read(&mut bytes).unwrap();
            assert!(read > 0, "it ended: {told}");
            told.push_str(&String::from_utf8_lossy(&bytes[..read]));
            let number = told.split_once("\"number\":").and_then(|(_, it)| it.split_once(','));
            if let Some((number, _)) = number {
                return number.parse().unwrap();
            }
        }
    }

    /// What is wrong, in the words of the banner.
    pub fn troubles(&self) -> Vec<String> {
        self.watch.shelf().troubles().iter().flat_map(words).collect()
    }
}

fn words(trouble: &serve::Trouble) -> Vec<String> {
    let fault = |it: &serve::Fault| format!("{}: {}", it.place, it.message);
    std::iter::once(trouble.title.clone()).chain(trouble.faults.iter().map(fault)).collect()
}

fn put_down(notice: &Notice) -> Heard {
    match notice {
        Notice::Polling(why) => Heard::Polling((*why).to_owned()),
        Notice::Made { what, .. } => Heard::Made((*what).to_owned()),
        Notice::Unsound { what, .. } => Heard::Unsound((*what).to_owned()),
        Notice::Theme { what, .. } => Heard::Theme((*what).to_owned()),
        Notice::Gone(_) => Heard::Gone,
        Notice::Published { changes, .. } => Heard::Published {
            added: changes.added.len(),
            changed: changes.changed.len(),
            removed: changes.removed.len(),
        },
        Notice::NotPublished(trouble) => Heard::NotPublished(words(trouble).join("\n")),
    }
}
