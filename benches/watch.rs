//! How long it takes from a save until the new text is there over HTTP, beside a whole build.
//!
//! `cargo bench --bench watch` measures the handbook of this repository (about 300 clauses) and
//! invented ones of 4,000 and 40,000; `cargo bench --bench watch -- 4000` one of them. The page is
//! asked for at once after each save, as an open page asks. The next save follows soon, so that all
//! of them are one publication, which is measured by itself.

mod generator;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_handbook");
const REAL: usize = 300;
const SAVES: usize = 40;

/// Between two saves: no publication begins, and nothing is left to do of the one before.
const PAUSE: Duration = Duration::from_millis(150);

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![REAL, 4_000, 40_000] } else { asked };
    println!(
        "{:>8} {:>6} {:>10} {:>10} {:>15} {:>12} {:>12} {:>8}",
        "clauses", "saves", "median", "95 %", "of it, the site", "publication", "whole build", "memory"
    );
    for size in sizes {
        measure(size);
    }
}

fn measure(size: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let content = folder.path().join("content");
    match size {
        REAL => copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content"), &content),
        _ => write(size, &content),
    }
    let build = build(folder.path(), if size < 10_000 { 3 } else { 1 });
    let mut watch = Watch::start(folder.path());
    let clause = clause(&content);
    let text = fs::read_to_string(&clause.file).expect("a clause");
    let mut times = Vec::new();
    for save in 0..SAVES {
        let words = format!("Measured {save}.");
        let started = Instant::now();
        fs::write(&clause.file, clause.with(&text, &words)).expect("a clause can be saved");
        let page = watch.get(&clause.page);
        assert!(page.contains(&words), "{} does not show {words}", clause.page);
        times.push(started.elapsed());
        sleep(PAUSE);
    }
    let started = Instant::now();
    let mut made = watch.until_published(SAVES);
    // With the pause that is waited for before it.
    let publication = started.elapsed();
    times.sort();
    made.sort();
    println!(
        "{size:>8} {SAVES:>6} {:>10.1?} {:>10.1?} {:>15.1?} {publication:>12.1?} {build:>12.1?} {:>8}",
        times[SAVES / 2],
        times[SAVES * 95 / 100],
        made[SAVES / 2],
        watch.memory(),
    );
}

/// The best of some builds into an empty folder.
fn build(folder: &Path, times: usize) -> Duration {
    let once = |number: usize| {
        let out = format!("built-{number}");
        let started = Instant::now();
        let built = Command::new(PROGRAM)
            .args(["build", "--out", &out])
            .current_dir(folder)
            .stdout(Stdio::null())
            .status()
            .expect("it runs");
        let took = started.elapsed();
        assert!(built.success());
        fs::remove_dir_all(folder.join(out)).expect("it was just made");
        took
    };
    (0..times).map(once).min().expect("one at the least")
}

struct Watch {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    address: String,
}

impl Watch {
    fn start(folder: &Path) -> Watch {
        let mut child = Command::new(PROGRAM)
            .args(["watch", "--port", "25000"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs");
        let out = BufReader::new(child.stdout.take().expect("it was asked for"));
        let mut watch = Watch { child, out, address: String::new() };
        let first = watch.line();
        let address = first.split("http://").nth(1).and_then(|it| it.split('/').next());
        watch.address = address.expect("an address").to_owned();
        watch.until_published(1);
        watch
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert!(self.out.read_line(&mut line).expect("it tells") > 0, "it ended");
        line
    }

    /// Reads on until so many sites are made and the last is published; how long it said that each
    /// took to make.
    fn until_published(&mut self, sites: usize) -> Vec<Duration> {
        let mut made = Vec::new();
        loop {
            let line = self.line();
            assert!(!line.contains("error"), "{line}");
            if let Some((_, words)) = line.trim_end().trim_end_matches('.').rsplit_once("pages in ") {
                let (number, unit) = words.split_once(' ').expect("a number and a unit");
                let number: f64 = number.parse().expect("a number");
                made.push(Duration::from_secs_f64(if unit == "ms" { number / 1e3 } else { number }));
            }
            if line.starts_with("  public: ") && made.len() >= sites {
                return made;
            }
        }
    }

    /// The most that it has taken so far, where the system tells.
    fn memory(&self) -> String {
        let told = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let most = told.lines().find_map(|it| it.strip_prefix("VmHWM:")?.split_whitespace().next());
        let most = most.and_then(|it| it.parse::<u64>().ok());
        most.map_or_else(|| "?".to_owned(), |it| format!("{} MB", it / 1024))
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .expect("it hears");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{path}: {}", &answer[..answer.len().min(200)]);
        answer
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A clause to be edited over and over, and its page.
struct Clause {
    file: PathBuf,
    page: String,
}

impl Clause {
    /// The text with words of ours in it: in a note where it has one, for the council's words are
    /// compared with their source; else at its end.
    fn with(&self, text: &str, words: &str) -> String {
        match text.split_once("\nsource_note: ") {
            Some((before, after)) => format!("{before}\nsource_note: {words} {after}"),
            None => format!("{} {words}\n", text.trim_end()),
        }
    }
}

/// The first clause that can be edited, of the last authority of the invented ones.
fn clause(content: &Path) -> Clause {
    let mut files = Vec::new();
    walk(content, &mut files);
    files.sort();
    let is_noted = |it: &&PathBuf| {
        let text = fs::read_to_string(it).unwrap_or_default();
        let note = text.split_once("\nsource_note: ").map(|(_, it)| it);
        note.is_some_and(|it| {
            it.starts_with(|it: char| it.is_ascii_alphabetic())
                && !it.lines().next().unwrap_or_default().contains(": ")
        })
    };
    // What stands before the first section is shown without notes.
    let is_clause = |it: &&PathBuf| {
        let name = it.file_name().unwrap_or_default().to_string_lossy();
        let is_front = it.components().any(|it| it.as_os_str() == "00-front");
        name.ends_with(".md") && name != "_section.md" && !is_front
    };
    // Of an authority with one edition, so that its page shows what stands in this one.
    let is_only = |it: &&PathBuf| {
        let protocol = it.ancestors().find(|it| it.ends_with("protocol"));
        protocol.and_then(|it| fs::read_dir(it).ok()).is_some_and(|it| it.count() == 1)
    };
    let clauses = || files.iter().filter(is_clause).filter(is_only);
    let file = clauses().find(is_noted).or_else(|| clauses().next_back()).expect("a clause").clone();
    let text = fs::read_to_string(&file).expect("it can be read");
    let id = text
        .split_once("\nid: ")
        .and_then(|(_, it)| it.lines().next())
        .expect("an id")
        .trim_matches('"')
        .to_owned();
    let below = file.strip_prefix(content.join("authorities")).expect("of an authority");
    let authority = below.iter().next().expect("an authority").to_string_lossy();
    Clause { page: format!("/authorities/{authority}/clauses/{id}/"), file }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => walk(&path, files),
            false => files.push(path),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    let mut files = Vec::new();
    walk(from, &mut files);
    for file in files {
        put(&to.join(file.strip_prefix(from).expect("below it")), &fs::read(&file).expect("a file"));
    }
}

fn write(clauses: usize, to: &Path) {
    for (path, bytes) in generator::generate(clauses).files {
        put(&to.join(path), &bytes);
    }
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("it stands in a folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}
