//! `handbook watch` as a clerk runs it: a whole process, what it prints, and how it ends.
#![cfg(all(feature = "serve", unix))]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;

const TODAY: &str = "2026-11-23";

struct Run {
    child: Child,
    out: BufReader<ChildStdout>,
    address: String,
}

fn example() -> TempDir {
    let folder = TempDir::new().unwrap();
    let made = command(folder.path(), &format!("new example --today {TODAY}")).output().unwrap();
    assert!(made.status.success());
    fs::rename(folder.path().join("example/content"), folder.path().join("content")).unwrap();
    folder
}

fn command(folder: &Path, words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbook"));
    command.args(words.split_whitespace()).current_dir(folder).stdin(Stdio::null()).env_remove("NO_GRAPHICS");
    // Nobody else's temporary files are looked at.
    fs::create_dir_all(folder.join("tmp")).unwrap();
    command.env("TMPDIR", folder.join("tmp"));
    command
}

/// Starts it, and reads as far as the address.
fn watch(folder: &Path, words: &str) -> Run {
    let mut child =
        command(folder, &format!("watch --today {TODAY} {words}")).stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    let address = first.strip_prefix("The preview: http://").expect(&first);
    let address = address.split('/').next().unwrap().to_owned();
    Run { child, out, address }
}

impl Drop for Run {
    fn drop(&mut self) {
        // Only one that a test that failed has left running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Run {
    /// The next lines, up to one that contains `words`.
    fn until(&mut self, words: &str) -> String {
        let mut lines = String::new();
        while !lines.contains(words) {
            let mut line = String::new();
            assert!(self.out.read_line(&mut line).unwrap() > 0, "it ended: {lines}");
            lines.push_str(&line);
        }
        lines
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends it without a chance to do anything.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Ends it as Ctrl-C does; its exit code, and what it printed last.
    fn interrupt(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

/// The text with each time, which is never the same twice, as `…`.
fn without_times(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let is_time =
        |at: usize| words.get(at + 1).is_some_and(|it| it.starts_with("ms") || it.starts_with("s)"));
    let shown = words.iter().enumerate().map(|(at, word)| if is_time(at) { "…" } else { word });
    shown.collect::<Vec<_>>().join(" ")
}

/// How many web pages there are below a folder.
fn html_files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    entries
        .map(|it| {
            if it.is_dir() {
                html_files(&it)
            } else {
                usize::from(it.extension().is_some_and(|it| it == "html"))
            }
        })
        .sum()
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[test]
fn it_tells_what_it_shows_what_changed_and_what_is_wrong() {
    let folder = example();
    let mut run = watch(folder.path(), "--port 23000");
    assert_eq!(run.until("Ctrl-C"), "Ctrl-C ends it.\n");
    let first = without_times(&run.until("public:"));
    assert!(first.contains("the handbook was read: ") && first.contains(" pages in … ms.\n"), "{first}");
    assert!(first.contains(" new … "), "{first}");
    let pages = html_files(&folder.path().join("public"));
    assert!(first.contains(&format!("the handbook was read: {pages} pages")), "{pages}: {first}");
    assert!(run.get("/").starts_with("HTTP/1.1 200 "));
    let about = folder.path().join("content/pages/about.md");
    let text = fs::read_to_string(&about).unwrap();
    fs::write(&about, text.replace("An example.", "No example.")).unwrap();
    let told = without_times(&run.until("public:"));
    assert!(told.starts_with("pages/about.md changed: ") && told.lines().count() == 2, "{told}");
    assert!(told.contains("  public: 1 changed … "), "{told}");
    fs::write(&about, text.replace("title:", "titel:")).unwrap();
    let told = run.until("The website stays what it was.");
    assert!(told.contains("content/pages/about.md:3") && told.contains("pages/about.md changed: "), "{told}");
    fs::write(&about, &text).unwrap();
    run.until("public: 1 changed");
    let (code, last) = run.interrupt();
    assert_eq!((code, last.as_str()), (Some(0), "\nThe preview has ended.\n"));
    let built = command(folder.path(), &format!("build --today {TODAY}")).output().unwrap();
    let built = String::from_utf8(built.stdout).unwrap();
    assert!(built.contains("all as they were before."), "what a build makes stands already: {built}");
}

#[test]
fn a_port_that_is_taken_is_not_waited_for_and_a_second_start_works() {
    let folder = example();
    let taken = (23_200..).find_map(|it| TcpListener::bind(("127.0.0.1", it)).ok()).unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut one = watch(folder.path(), &format!("--port {port}"));
    assert!(!one.address.ends_with(&port.to_string()));
    let mut other = watch(folder.path(), &format!("--port {port}"));
    assert_ne!(one.address, other.address);
    for run in [&mut one, &mut other] {
        run.until("public:");
        assert!(run.get("/").starts_with("HTTP/1.1 200 "));
    }
    assert_eq!(one.interrupt().0, Some(0));
    let mut again = watch(folder.path(), &format!("--port {port}"));
    again.until("public: all files as they were");
    assert_eq!(again.interrupt().0, Some(0));
    assert_eq!(other.interrupt().0, Some(0));
}

#[test]
fn an_end_at_any_moment_is_an_end_at_once() {
    let folder = example();
    for _ in 0..5 {
        // Right after the address has been printed the first site is only being made.
        let run = watch(folder.path(), "--port 23400");
        assert_eq!(run.interrupt().0, Some(0));
        let left = names(folder.path());
        assert!(!left.iter().any(|it| it == ".public.handbook-staging"), "{left:?}");
        assert_eq!(names(&folder.path().join("tmp")), [] as [&str; 0]);
    }
}

#[test]
fn nothing_is_left_among_the_temporary_files() {
    let folder = example();
    let temporary = folder.path().join("tmp");
    let about = folder.path().join("content/pages/about.md");
    for number in 0..4 {
        let mut run = watch(folder.path(), "--port 23600");
        run.until("public:");
        let text = fs::read_to_string(&about).unwrap();
        fs::write(&about, format!("{text}\nSentence {number}.\n")).unwrap();
        assert!(run.get("/about/index.html").contains(&format!("Sentence {number}.")));
        assert_eq!(run.interrupt().0, Some(0));
        assert_eq!(names(&temporary), [] as [&str; 0]);
    }
    // One that was killed could not clear up: the next does, and leaves alone what is in use or strange.
    let mut killed = watch(folder.path(), "--port 23600");
    killed.until("public:");
    let left = names(&temporary);
    assert_eq!(left.len(), 1);
    killed.kill();
    fs::create_dir(temporary.join("handbook-watch-strange")).unwrap();
    fs::write(temporary.join("handbook-watch-strange/mine"), "mine").unwrap();
    let mut one = watch(folder.path(), "--port 23600");
    one.until("public:");
    assert!(!names(&temporary).contains(&left[0]));
    let other = watch(folder.path(), "--port 23600 --no-publish");
    assert_eq!(names(&temporary).len(), 3, "two in use, and the strange one");
    for run in [one, other] {
        assert_eq!(run.interrupt().0, Some(0));
    }
    assert_eq!(names(&temporary), ["handbook-watch-strange"]);
}

#[test]
fn a_page_that_cannot_be_made_is_named_also_where_nothing_is_published() {
    let folder = example();
    let templates = folder.path().join("own/templates");
    fs::create_dir_all(&templates).unwrap();
    let text = "{% extends \"default/editors.html\" %}\
                {% block main %}{% if page.title == \"Privacy\" %}{{ nothing.here }}{% endif %}{% endblock main %}";
    fs::write(templates.join("editors.html"), text).unwrap();
    let mut run = watch(folder.path(), "--port 23800 --theme own --no-publish");
    let told = run.until("nothing.here");
    assert!(told.contains("A page cannot be made.\n  page /privacy/: "), "{told}");
    assert!(!told.contains("tried again"), "{told}");
    assert_eq!(run.interrupt().0, Some(0));
}

#[test]
fn what_cannot_work_is_said_with_what_would_help() {
    let folder = example();
    #[track_caller]
    fn check(folder: &Path, words: &str, expected: &str) {
        let ran = command(folder, &format!("watch {words}")).output().unwrap();
        let told = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{told}");
        assert!(told.contains(expected), "{told}");
    }
    check(folder.path(), "--content nowhere", "name another with --content DIR");
    for words in ["--drafts --out elsewhere", "--no-publish --out elsewhere"] {
        check(folder.path(), words, "cannot be used with '--out <DIR>'");
    }
    check(folder.path(), "--theme nosuch", "there is no theme `nosuch`");
    check(folder.path(), "--out content/public", "choose an output folder beside it");
}
