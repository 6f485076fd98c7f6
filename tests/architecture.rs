//! The floors of the house, held: who may name whom, where each outside crate is named, and
//! the words that have no place here. Read from the text of `src`, tests left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of each floor, from the ground up. A module names only modules of lower floors.
const FLOORS: &[&[&str]] = &[
    &["diagnostic", "disk", "markdown", "diff", "abreast"],
    &["handbook", "source"],
    &["view", "intake"],
    &["site", "check"],
    &["output"],
];

/// They stand outside and may name any floor; no floor names them.
const OUTSIDE: &[&str] =
    &["lib", "main", "cli", "run", "say", "watch", "serve", "record", "revise", "new", "papers", "ask"];

/// Each outside crate with the one place, below `src`, that names it: a file or a folder.
const CRATES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diagnostic"]),
    ("clap", &["cli", "main"]), // one program, in two files
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("docx", &["papers/word"]),
    ("elasticlunr", &["site/search/words"]),
    ("flate2", &["site/search/weight"]),
    ("html5gum", &["output/outline"]),
    ("http_body_util", &["serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("include_dir", &["site/theme", "new"]), // each holds its own folder
    ("indexmap", &["output/links", "site/search/words"]),
    // The type of a day is in the signatures of the rules and of whoever asks them.
    ("jiff", &["handbook/date", "check", "new", "revise", "lib", "main", "cli", "run", "watch"]),
    ("mimalloc", &["main"]),
    ("notify", &["watch"]),
    ("open", &["run"]),
    ("pulldown_cmark", &["markdown"]),
    ("quick_xml", &["site/xml"]),
    ("rayon", &["abreast"]),
    ("rustix", &["output", "watch/eye", "abreast"]), // what kind of disk a folder is on; which thread gives way
    ("self_cell", &["watch/planned"]),
    // What is derived stands on the types: of the files that are read, of the reports that are written.
    ("serde", &["intake", "diagnostic", "papers/json", "say", "run", "serve"]),
    ("serde_json", &["output/manifest", "diagnostic", "papers/json", "site", "serve"]),
    ("serde_yaml", &["intake/yaml"]),
    ("sha2", &["disk"]),
    ("similar", &["diff"]),
    ("strsim", &["intake/suggest"]),
    ("tera", &["site/theme"]),
    ("tokio", &["serve"]),
    ("rustc_hash", &["output/links", "site/search/words"]),
    ("unicode_normalization", &["site/search/words"]),
    ("walkdir", &["source"]),
    ("yaml_edit", &["revise/front"]),
];

/// Words that could stand in any program and hide a better one.
const WORDS: &[&str] = &["util", "utils", "helper", "helpers", "common", "manager"];

/// What would let the order of a hash into the output.
const UNORDERED: &[&str] = &["HashMap", "HashSet", "DefaultHasher"];

/// What a clock or the environment would let in; only `main` asks them, and what stands outside.
const CLOCKS: &[&str] =
    &["SystemTime", "Instant", "now()", "today()", "env::var", "env::var_os", "env::vars", "temp_dir()"];

/// A file below `src`: its path without the ending, `mod` left out (`intake/yaml`, `intake`), and
/// its code without comments, strings and tests.
struct File {
    path: String,
    code: String,
}

impl File {
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    /// The names in the code: letters, digits and `_`.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.code.split(|it: char| !it.is_alphanumeric() && it != '_').filter(|it| !it.is_empty())
    }
}

fn files() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&src, &mut paths);
    paths.sort();
    let read: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            let below = path.strip_prefix(&src).expect("it is below src").with_extension("");
            let name = below.to_str().expect("names are UTF-8").replace('\\', "/");
            let name = name.strip_suffix("/mod").unwrap_or(&name).to_owned();
            (name, fs::read_to_string(path).expect("a source file can be read"))
        })
        .collect();
    // `#[cfg(test)] mod tests;` makes a file of its own a test.
    let tests: BTreeSet<String> = read
        .iter()
        .flat_map(|(path, text)| {
            let declared = text.split("#[cfg(test)]").skip(1).filter_map(|it| {
                let line = it.trim_start().lines().find(|it| !it.starts_with("#["))?;
                Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
            });
            let root = matches!(path.as_str(), "lib" | "main");
            declared.map(move |it| if root { it } else { format!("{path}/{it}") }).collect::<Vec<_>>()
        })
        .collect();
    let is_test = |path: &str| tests.iter().any(|it| is_in(path, it));
    let files: Vec<File> = read
        .into_iter()
        .filter(|(path, _)| !is_test(path))
        .map(|(path, text)| File { path, code: code(&text) })
        .collect();
    assert!(files.len() > 20, "the source was found");
    files
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, paths);
        } else if path.extension().is_some_and(|it| it == "rs") {
            paths.push(path);
        }
    }
}

fn is_in(path: &str, folder: &str) -> bool {
    path == folder || path.strip_prefix(folder).is_some_and(|it| it.starts_with('/'))
}

/// The text without comments, strings and what stands after the first `#[cfg(test)] mod … {`.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(hashes) = raw_string(rest) {
            let end = format!("\"{}", "#".repeat(hashes));
            let start = hashes + 2;
            rest[start..].find(&end).map_or(rest.len(), |it| start + it + end.len())
        } else if rest.starts_with('"') && !code.ends_with('\'') {
            string(rest)
        } else if rest.starts_with("#[cfg(test)]\nmod ")
            && rest.lines().nth(1).is_some_and(|it| it.ends_with('{'))
        {
            rest.len()
        } else {
            code.push(first);
            first.len_utf8()
        };
        if skipped > 1 && !rest.starts_with(char::is_alphanumeric) {
            code.push(' ');
        }
        rest = &rest[skipped..];
    }
    code
}

/// The number of `#` of a raw string that begins here.
fn raw_string(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('r')?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// The length of a string that begins here.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, it) in text.char_indices().skip(1) {
        match it {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The modules at the root that a file names: `crate::x`, `crate::{x, y::z}`, and `super::x`
/// where that reaches the root.
fn named(file: &File) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let depth = file.path.split('/').count();
    let to_root = "super::".repeat(depth);
    for root in ["crate::", to_root.as_str()] {
        for (at, _) in file.code.match_indices(root) {
            let before = &file.code[..at];
            if before.ends_with("super::") || before.ends_with(|it: char| it.is_alphanumeric() || it == '_') {
                continue;
            }
            let rest = &file.code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(group) => names.extend(group_heads(group)),
                None => names.extend(head(rest)),
            }
        }
    }
    names
}

/// The first name of a path.
fn head(path: &str) -> Option<String> {
    let end = path.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(path.len());
    (end > 0).then(|| path[..end].to_owned())
}

/// The first names in a group of imports: `a::b, c::{d, e}` → a, c.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut heads) = (0, 0, Vec::new());
    for (at, it) in group.char_indices() {
        match it {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                heads.extend(head(group[start..at].trim_start()));
                start = at + 1;
                if it == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    heads
}

/// What is wrong with the house that these files make; empty where it stands.
fn faults(files: &[File]) -> Vec<String> {
    let floor: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, names)| names.iter().map(move |it| (*it, floor)))
        .collect();
    let mut faults = Vec::new();
    for file in files {
        let (path, module) = (&file.path, file.module());
        let Some(here) = floor.get(module) else {
            if !OUTSIDE.contains(&module) {
                faults.push(format!("{path}: `{module}` is on no floor"));
            }
            continue;
        };
        for name in named(file).iter().map(String::as_str).filter(|it| *it != module) {
            match floor.get(name) {
                Some(there) if there < here => {}
                Some(there) => faults.push(format!("{path} (floor {here}) names {name} (floor {there})")),
                None if OUTSIDE.contains(&name) => {
                    faults.push(format!("{path} names {name}, which stands outside"))
                }
                // An item of the crate's root: the root is above all.
                None => faults.push(format!("{path} names {name} of the roof")),
            }
        }
        for clock in CLOCKS.iter().filter(|it| contains(&file.code, it)) {
            faults.push(format!("{path}: `{clock}` below main"));
        }
        for name in file.names().filter(|it| UNORDERED.contains(it)) {
            faults.push(format!("{path}: `{name}`"));
        }
    }
    for file in files {
        for (name, places) in CRATES {
            let names_it = contains(&file.code, &format!("{name}::"))
                || contains(&file.code, &format!("use {name};"))
                || contains(&file.code, &format!("use {name} as"));
            if names_it && !places.iter().any(|it| is_in(&file.path, it)) {
                faults.push(format!(
                    "{} names the crate {name}, which is for {}",
                    file.path,
                    places.join(", ")
                ));
            }
        }
        let declared = file.code.split_whitespace().collect::<Vec<_>>();
        let declared =
            declared.windows(2).filter(|it| matches!(it[0], "mod" | "struct" | "enum" | "trait" | "type"));
        for pair in declared {
            let words = snake(pair[1]);
            if words.iter().any(|it| WORDS.contains(&it.as_str())) {
                faults.push(format!("{}: a thing called {}", file.path, pair[1]));
            }
        }
        if file.path.split(['/', '_']).any(|it| WORDS.contains(&it)) {
            faults.push(format!("a file called {}", file.path));
        }
    }
    faults
}

/// Whether the words stand in the code by themselves: not as part of a longer name, and a path
/// (`tera::`) not inside a longer one.
fn contains(code: &str, words: &str) -> bool {
    let own = |it: char| it.is_alphanumeric() || it == '_';
    let is_path = words.ends_with("::");
    code.match_indices(words).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + words.len()..]);
        let inside = is_path && before.trim_end_matches("::").ends_with(own) && before.ends_with("::");
        !before.ends_with(own) && !inside && (is_path || !after.starts_with(own))
    })
}

/// The words of a name: `PageManager` → page, manager.
fn snake(name: &str) -> Vec<String> {
    let name = &name[..name.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(name.len())];
    let mut words = vec![String::new()];
    for it in name.chars() {
        if (it.is_uppercase() || it == '_') && words.last().is_some_and(|it| !it.is_empty()) {
            words.push(String::new());
        }
        if let (Some(word), true) = (words.last_mut(), it != '_') {
            word.extend(it.to_lowercase());
        }
    }
    words
}

#[test]
fn the_floors_hold() {
    let faults = faults(&files());
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_outside_crate_has_its_place() {
    let manifest = include_str!("../Cargo.toml");
    let section = manifest.split("\n[dependencies]\n").nth(1).expect("there are dependencies");
    let mut names = BTreeSet::new();
    for line in section.lines().take_while(|it| !it.starts_with('[')) {
        if let Some((name, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            names.insert(name.trim().replace('-', "_").trim_end_matches("_rs").to_owned());
        }
    }
    let known: BTreeSet<String> = CRATES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names, known, "the list of crates above is that of Cargo.toml");
}

#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let file = File { path: path.to_owned(), code: code(text) };
    assert_eq!(faults(&[file]), expected, "{text}");
}

#[test]
fn a_lower_floor_may_be_named() {
    check("site/page/topic", "use crate::handbook::Handbook;\nuse crate::view::{self, comparison};\n", &[]);
    check("site/page", "use super::address::Address;\nuse crate::site::theme;\n", &[]);
    check("check/mod", "//! See [`crate::site`].\nlet x = \"crate::output\"; // crate::watch\n", &[]);
    check("intake", "#[cfg(test)]\nmod tests {\n    use crate::check;\n}\n", &[]);
    check("main", "use handbook::output; fn f() { let now = std::time::Instant::now(); }", &[]);
}

#[test]
fn a_higher_floor_or_a_neighbour_may_not() {
    check("handbook/text", "use crate::site;", &["handbook/text (floor 1) names site (floor 3)"]);
    check("intake", "fn f() { crate::view::x(); }", &["intake (floor 2) names view (floor 2)"]);
    check(
        "check/numbers",
        "use crate::{diagnostic::{A, B}, output::C, site};",
        &["check/numbers (floor 3) names output (floor 4)", "check/numbers (floor 3) names site (floor 3)"],
    );
    check("source", "use super::output::x;", &["source (floor 1) names output (floor 4)"]);
    check("view/links", "use super::super::check;", &["view/links (floor 2) names check (floor 3)"]);
    check("site", "use crate::watch;", &["site names watch, which stands outside"]);
    check("site", "use crate::build;", &["site names build of the roof"]);
    check("attic", "", &["attic: `attic` is on no floor"]);
}

#[test]
fn a_crate_is_named_in_its_place_alone() {
    check(
        "check/dates",
        "use serde_yaml::Value;",
        &["check/dates names the crate serde_yaml, which is for intake/yaml"],
    );
    check(
        "site/page",
        "fn f(it: tera::Value) {}",
        &["site/page names the crate tera, which is for site/theme"],
    );
    check("intake/yaml", "use serde_yaml::Value;", &[]);
    check("site/page", "use super::theme::tera::Value;", &[]);
}

#[test]
fn clocks_and_the_order_of_hashes_stay_out() {
    check("view", "use std::collections::HashMap;", &["view: `HashMap`"]);
    check(
        "output",
        "fn f() { std::time::SystemTime::now(); }",
        &["output: `SystemTime` below main", "output: `now()` below main"],
    );
    check("site", "std::env::var(\"x\")", &["site: `env::var` below main"]);
    check("site", "env!(\"CARGO\"); known(); let instant = 1;", &[]);
}

#[test]
fn words_that_could_stand_in_any_program_stay_out() {
    check("site", "pub struct PageManager;", &["site: a thing called PageManager;"]);
    check("site", "mod utils;", &["site: a thing called utils;"]);
    check("site/common", "", &["a file called site/common"]);
    check("site", "struct Commons; fn common() {}", &[]);
}
