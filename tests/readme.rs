//! What the README says can be done can be done, and what it names is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

const README: &str = include_str!("../README.md");

/// A day near that on which the sources were read, so that no warning depends on the clock.
const TODAY: &str = "2026-11-23";

/// Commands that are not run here, each with the reason.
const NOT_RUN: &[(&str, &str)] = &[
    ("tests/run", "it runs these tests"),
    ("cargo install --path .", "it would install a program for whoever runs the tests"),
    ("cargo doc --document-private-items --open", "it opens a browser"),
    ("handbook watch --open", "it opens a browser and goes on until it is ended; it has tests of its own"),
    ("handbook watch", "the same"),
    ("cargo bench --bench watch", "it takes minutes"),
    ("cargo bench --bench search", "it takes minutes"),
    ("UPDATE_EXPECTED=1 cargo test", "it rewrites what other tests compare with"),
    ("handbook completions", "the README names the command; it wants the name of a shell"),
    ("handbook clause", "the chapter on drafts runs it, with its words"),
    ("handbook undo", "it takes back a step of the chapter on drafts, whose test runs it"),
    ("handbook correct", "it wants a published text that was edited"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The blocks between fences: the word after the first fence, and the lines.
fn blocks() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Vec<&str>)> = None;
    for line in README.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(language), None) => open = Some((language, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// What stands between backquotes in the running text.
fn quoted() -> Vec<String> {
    let mut text = String::new();
    let mut inside = false;
    for line in README.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if !inside {
            text.push_str(line);
            text.push(' ');
        }
    }
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every command of the README once, in its order, without its comment: the lines of the blocks
/// for a shell, then those in the running text.
fn commands() -> Vec<String> {
    let lines = blocks().into_iter().filter(|(language, _)| *language == "sh").flat_map(|(_, lines)| lines);
    let lines = lines.map(|it| it.split(" #").next().unwrap_or(it).trim().to_owned());
    let is_command =
        |it: &String| ["handbook ", "cargo ", "UPDATE_EXPECTED"].iter().any(|start| it.starts_with(start));
    let mut seen = BTreeSet::new();
    lines
        .chain(quoted().into_iter().filter(is_command))
        .filter(|it| !it.is_empty() && seen.insert(it.clone()))
        .collect()
}

/// The words after the name of the program; `None` for another program.
fn words(command: &str) -> Option<&str> {
    command.strip_prefix("handbook ").or_else(|| command.strip_prefix("cargo run --release -- "))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Every path below the folder `at`, files and folders (these ending in `/`).
fn paths(folder: &Path, at: &str, all: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{at}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            all.insert(format!("{name}/"));
            paths(&path, &format!("{name}/"), all);
        } else {
            all.insert(name);
        }
    }
}

#[test]
fn every_command_in_the_readme_works() {
    let folder = TempDir::new().unwrap();
    copy(&root().join("content"), &folder.path().join("content"));
    let commands = commands();
    // A publication can be put back once there are two.
    let (last, first): (Vec<_>, Vec<_>) = commands.iter().partition(|it| it.ends_with(" restore"));
    let mut ran = 0;
    for command in first.into_iter().chain(last) {
        if NOT_RUN.iter().any(|(it, _)| it == command) {
            continue;
        }
        let words = words(command).unwrap_or_else(|| panic!("`{command}` is neither run nor on the list"));
        let mut run = Command::new(env!("CARGO_BIN_EXE_handbook"));
        run.args(words.split_whitespace()).current_dir(folder.path()).stdin(Stdio::null());
        if ["build", "check", "record", "new"].iter().any(|it| words.starts_with(it)) {
            run.args(["--today", TODAY]);
        }
        let run = run.output().unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        assert!(run.status.success(), "`{command}`:\n{said}");
        ran += 1;
    }
    assert!(ran >= 6, "the commands were found: {commands:#?}");
    assert!(folder.path().join("public/index.html").exists(), "the website is where it is said to be");
    assert!(folder.path().join("trial/content/handbook.yaml").exists());
}

#[test]
fn commands_that_are_not_run_are_in_the_readme_and_their_files_are_there() {
    let commands = commands();
    for (command, reason) in NOT_RUN {
        assert!(commands.iter().any(|it| it == command), "`{command}` ({reason}) is in the README no more");
    }
    assert!(root().join("tests/run").is_file());
}

#[test]
fn every_path_in_the_readme_is_there() {
    let mut there = BTreeSet::new();
    for folder in ["content", "docs", "tests", "examples"] {
        there.insert(format!("{folder}/"));
        paths(&root().join(folder), &format!("{folder}/"), &mut there);
    }
    // A name alone is that of a file anywhere in the content.
    let is_there = |path: &str| match path.contains('/') {
        true => there.contains(path),
        false => there.iter().any(|it| it.rsplit('/').next() == Some(path)) || root().join(path).is_file(),
    };
    let mut named: Vec<String> = quoted()
        .into_iter()
        .filter(|it| !it.contains(char::is_whitespace) && !it.contains("://"))
        .filter(|it| {
            ["content/", "docs/", "tests/", "examples/"].iter().any(|start| it.starts_with(start))
                || [".yaml", ".md", ".txt"].iter().any(|end| it.ends_with(end))
        })
        .collect();
    let links = README.split("](").skip(1).filter_map(|it| it.split(')').next());
    named.extend(links.filter(|it| !it.contains("://")).map(str::to_owned));
    assert!(named.len() > 6, "{named:#?}");
    let missing: Vec<&String> = named.iter().filter(|it| !is_there(it)).collect();
    assert_eq!(missing, [""; 0]);
}

/// The words of a line as a shell divides it: what stands in quotation marks is one.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('"').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}

#[test]
fn the_chapter_on_drafts_goes_from_the_text_before_2023_to_the_one_put_to_council() {
    use handbook::handbook::Frozen;
    let folder = TempDir::new().unwrap();
    copy(&root().join("content"), &folder.path().join("content"));
    let run = |line: &str| {
        let words = shell_words(line.strip_prefix("handbook ").expect(line));
        let mut run = Command::new(env!("CARGO_BIN_EXE_handbook"));
        let run = run.args(&words).args(["--today", TODAY]).current_dir(folder.path()).stdin(Stdio::null());
        let run = run.output().unwrap();
        let said =
            format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        assert!(run.status.success(), "`{line}`:\n{said}");
    };
    let editions = folder.path().join("content/authorities/kensington-and-chelsea/protocol");
    let blocks: Vec<_> = blocks().into_iter().filter(|(language, _)| *language == "shell").collect();
    let [(_, replay), (_, meeting)] = blocks.as_slice() else { panic!("two blocks: {blocks:?}") };
    assert!(replay.len() < 10, "a handful of commands");
    for line in replay {
        if line.starts_with('#') {
            new_words(&editions.join("2023-02-01-proposed"), &editions.join("replay"));
        } else {
            run(line);
        }
    }
    let book = handbook::check(&folder.path().join("content"), TODAY.parse().unwrap()).unwrap().handbook;
    let council = &book.authorities["kensington-and-chelsea"];
    let (made, put) = (&council.editions["replay"], &council.editions["2023-02-01-proposed"]);
    let (now, then) = (Frozen::of(made), Frozen::of(put));
    assert_eq!(
        (&now.order, &now.clauses),
        (&then.order, &then.clauses),
        "numbers, words, headings and order"
    );
    assert_eq!(made.dates.proposed, put.dates.proposed);
    let path = |it: &handbook::handbook::Edition| -> Vec<_> {
        it.adoption.iter().map(|it| (it.body.clone(), it.date, it.minute.clone())).collect()
    };
    assert_eq!(path(made), path(put));
    assert!(made.adoption.iter().all(|it| it.outcome.ends_with("its decision is not recorded")));

    meeting.iter().for_each(|it| run(it));
    let page =
        |it: &str| fs::read_to_string(folder.path().join("meeting/public/authorities").join(it)).unwrap();
    assert!(page("exampleshire/clauses/2.1/index.html").contains("Its words went into"));
    assert!(page("exampleshire/clauses/3.1/index.html").contains("said in the Code of Conduct"));
}

/// Puts the words of one text below the keys of another, file by file, where they differ.
fn new_words(from: &Path, to: &Path) {
    let mut files = BTreeSet::new();
    paths(to, "", &mut files);
    for path in files.iter().filter(|it| it.ends_with(".md") && !it.ends_with("_section.md")) {
        let read = |folder: &Path| fs::read_to_string(folder.join(path)).unwrap();
        let divide = |text: &str| {
            let at = text[3..].find("\n---\n").expect("a second line ---") + 3 + "\n---\n".len();
            (text[..at].to_owned(), text[at..].to_owned())
        };
        let (keys, words) = divide(&read(to));
        let (_, new) = divide(&read(from));
        if words != new {
            fs::write(to.join(path), keys + &new).unwrap();
        }
    }
}

/// The paths that the picture of the content folder shows, one below another by their indentation.
fn pictured() -> Vec<String> {
    let blocks = blocks();
    let (_, lines) =
        blocks.iter().find(|(_, lines)| lines.first() == Some(&"content/")).expect("the picture");
    let mut above: Vec<(usize, &str)> = Vec::new();
    let mut all = Vec::new();
    for line in lines {
        let depth = line.len() - line.trim_start().len();
        let words = line.trim().split("  ").next().unwrap_or_default();
        let name = words.split_whitespace().next().expect("a line names something");
        above.retain(|(it, _)| *it < depth);
        let folder: String = above.iter().map(|(_, name)| *name).collect();
        all.push(format!("{folder}{name}"));
        if name.ends_with('/') {
            above.push((depth, name));
        }
    }
    all
}

/// Whether a path is as the picture shows it: words in capitals stand for any name, `*` for a part
/// of one.
fn is_like(path: &str, picture: &str) -> bool {
    let parts = |it: &str| it.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (path, picture) = (parts(path), parts(picture));
    path.len() == picture.len()
        && path.iter().zip(&picture).all(|(name, shown)| {
            let fixed = shown.trim_start_matches(|it: char| it.is_ascii_uppercase() || "-*".contains(it));
            if fixed.len() == shown.len() {
                name == shown
            } else {
                name.len() > fixed.len() && name.ends_with(fixed)
            }
        })
}

#[test]
fn the_picture_of_the_content_folder_is_true() {
    let mut there = BTreeSet::from(["content/".to_owned()]);
    paths(&root().join("content"), "content/", &mut there);
    let pictured = pictured();
    let absent: Vec<&String> =
        pictured.iter().filter(|picture| !there.iter().any(|it| is_like(it, picture))).collect();
    assert_eq!(absent, [""; 0], "pictured, and not there");
    let files = pictured.iter().filter(|it| it.starts_with("content/") && !it.contains("authorities/"));
    let files: Vec<&String> = files.collect();
    let untold: Vec<&String> = there
        .iter()
        .filter(|it| !it.contains("authorities/") && !it.ends_with('/'))
        .filter(|it| !files.iter().any(|picture| is_like(it, picture)))
        .collect();
    assert_eq!(untold, [""; 0], "there, and not pictured");
}

#[test]
fn the_clause_in_the_readme_can_be_read() {
    let blocks = blocks();
    let (_, lines) = blocks.iter().find(|(_, lines)| lines.first() == Some(&"---")).expect("the clause");
    let text = lines.join("\n") + "\n";
    let mut sources = handbook::source::read(&root().join("content")).unwrap();
    let edition = "authorities/kensington-and-chelsea/protocol/consolidated/";
    let file: PathBuf = sources
        .files
        .keys()
        .find(|it| it.starts_with(edition) && it.ends_with("/1.03.md"))
        .expect("the council has the clause of the example")
        .into();
    let file = file.to_str().unwrap().to_owned();
    sources.files.insert(file.clone(), text.into_bytes().into());
    let (handbook, report) = handbook::intake::read(&sources);
    let found: Vec<String> =
        report.diagnostics().iter().filter(|it| it.place.file == file).map(ToString::to_string).collect();
    assert_eq!(found, [""; 0]);
    let authority = &handbook.authorities["kensington-and-chelsea"];
    let clause = authority.current_edition().unwrap().clauses().find(|it| it.id.as_str() == "1.03").unwrap();
    assert_eq!((clause.topics.len(), clause.principles.len(), clause.all_items().len()), (2, 1, 2));
}
