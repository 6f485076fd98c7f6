//! An editor who does anything, in any order, to a copy of the real content: after each step what
//! is published is what a fresh build would give, by one rebuild, and what is served is the same.
//!
//! `HANDBOOK_LONG=1 cargo test --release --test watch_random` does a thousand steps, and some
//! hundreds where a base URL is given and where the files are looked at;
//! `HANDBOOK_SEED` names another order of them.
#![cfg(all(feature = "serve", unix))]

mod watching;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use handbook::{Failure, Order};
use tempfile::TempDir;
use watching::habits::HABITS;
use watching::{Desk, UNTIL_TOLD, copy, files, today};

/// Steps in every run of the tests, and in a long one.
const STEPS: usize = 4;
const ON_EXAMPLE: usize = 20;
const LONG: usize = 1_000;
const LONG_ON_EXAMPLE: usize = 300;

/// How the handbook is watched.
#[derive(Clone, Copy)]
struct Way {
    base_url: Option<&'static str>,
    /// Where its pages stand on the server.
    root: &'static str,
    poll: bool,
}

const PLAIN: Way = Way { base_url: None, root: "/", poll: false };

/// The same steps for the same seed.
struct Chance(u64);

impl Chance {
    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        // SplitMix64, by Steele, Lea and Flood (2014).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// How to take back what an editor did.
enum Undo {
    Write(PathBuf, Vec<u8>),
    Move(PathBuf, PathBuf),
    Remove(PathBuf),
}

struct Editor {
    root: PathBuf,
    way: Way,
    chance: Chance,
    step: usize,
    /// What keeps the site from being sound, or may.
    undo: Vec<Undo>,
}

impl Editor {
    fn content(&self) -> PathBuf {
        self.root.join("content")
    }

    /// A file of the content whose path below it is as wanted.
    fn file(&mut self, wanted: impl Fn(&str) -> bool) -> Option<PathBuf> {
        let all: Vec<String> =
            files(&self.content()).into_keys().filter(|it| is_read(it) && wanted(it)).collect();
        (!all.is_empty()).then(|| self.content().join(self.chance.one_of(&all)))
    }

    fn folder(&mut self) -> Option<PathBuf> {
        let file = self.file(|it| it.starts_with("authorities/"))?;
        let up = 1 + self.chance.below(3);
        file.ancestors()
            .nth(up)
            .map(Path::to_path_buf)
            .filter(|it| it.starts_with(self.content().join("authorities/")))
    }

    fn save(&mut self, path: &Path, text: &str) {
        if !path.exists() {
            return fs::write(path, text).unwrap();
        }
        // The last writes one line only.
        (self.chance.one_of(&HABITS[..8]).1)(path, text);
    }

    /// A change of our own words, which leaves the content sound.
    fn edit(&mut self) -> String {
        let step = self.step;
        let (wanted, mark): (fn(&str) -> bool, &str) = match self.chance.below(6) {
            0 | 1 => (|it| it.starts_with("pages/"), "\n## "),
            2 => (|it| it == "terms.yaml", "scope: "),
            3 => (|it| it == "topics.yaml", "scope: "),
            4 => (|it| it == "handbook.yaml", "description: "),
            _ => (|it| it.starts_with("authorities/"), "why: "),
        };
        let Some(path) = self.file(wanted) else { return "nothing to edit".to_owned() };
        let text = fs::read_to_string(&path).unwrap();
        let places: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).collect();
        if places.is_empty() {
            return "nothing to edit".to_owned();
        }
        let at = *self.chance.one_of(&places);
        let fresh = match mark.starts_with('\n') {
            true => format!("{}\nSentence {step}.\n{}", &text[..at], &text[at..]),
            false => {
                // Inside the quotation marks, where there are any.
                let quote = usize::from(text[at + mark.len()..].starts_with(['"', '\'']));
                let (before, after) = text.split_at(at + mark.len() + quote);
                format!("{before}Noted {step} {after}")
            }
        };
        self.save(&path, &fresh);
        format!("edited {}", path.display())
    }

    fn act(&mut self) -> String {
        let taken_back = !self.undo.is_empty() && self.chance.below(3) > 0;
        if taken_back {
            return self.take_back();
        }
        let step = self.step;
        match self.chance.below(20) {
            0..=5 => self.edit(),
            6 => {
                for _ in 0..12 {
                    self.edit();
                }
                "many edits in a row".to_owned()
            }
            7 => {
                let Some(path) = self.file(|it| it.ends_with(".yaml") || it.ends_with(".md")) else {
                    return String::new();
                };
                let text = fs::read_to_string(&path).unwrap();
                self.undo.push(Undo::Write(path.clone(), text.clone().into_bytes()));
                self.save(&path, &format!("---\nbroken: [{step}\n{text}"));
                format!("broke {}", path.display())
            }
            8 => {
                let Some(path) = self.file(|it| it.starts_with("authorities/")) else { return String::new() };
                let bytes = fs::read(&path).unwrap();
                fs::remove_file(&path).unwrap();
                self.undo.push(Undo::Write(path.clone(), bytes));
                format!("removed {}", path.display())
            }
            9 => {
                let Some(path) = self.file(|it| it.ends_with(".md")) else { return String::new() };
                let to = path.with_file_name(format!("moved-{step}.md"));
                fs::rename(&path, &to).unwrap();
                self.undo.push(Undo::Move(to, path.clone()));
                format!("renamed {}", path.display())
            }
            10 | 11 => {
                let Some(path) = self.folder() else { return String::new() };
                let inside = self.chance.below(2) == 0;
                let to = match inside {
                    true => path.with_file_name(format!("moved-{step}")),
                    false => self.root.join(format!("away-{step}")),
                };
                fs::rename(&path, &to).unwrap();
                self.undo.push(Undo::Move(to.clone(), path.clone()));
                format!("moved {} to {}", path.display(), to.display())
            }
            12 => {
                let Some(path) = self.folder() else { return String::new() };
                let to = path.with_file_name(format!("copy-{step}"));
                copy(&path, &to);
                self.undo.push(Undo::Remove(to.clone()));
                format!("copied a folder to {}", to.display())
            }
            13 | 14 => self.retouch_theme(),
            15 => {
                fs::write(
                    self.root.join("own/assets/own.css"),
                    format!(":root {{ --measure: {}rem }}", 30 + step % 7),
                )
                .unwrap();
                "changed the style".to_owned()
            }
            16 => {
                let Some(path) = self.file(|_| true) else { return String::new() };
                let bytes = fs::read(&path).unwrap();
                fs::write(&path, &bytes).unwrap();
                fs::File::options()
                    .append(true)
                    .open(&path)
                    .unwrap()
                    .set_modified(std::time::SystemTime::now())
                    .unwrap();
                for name in [".x.swp", "x~", "#x#"] {
                    fs::write(path.with_file_name(name), "x").unwrap();
                    fs::remove_file(path.with_file_name(name)).unwrap();
                }
                format!("saved {} without a change", path.display())
            }
            17 => {
                let away = self.root.join("content-away");
                fs::rename(self.content(), &away).unwrap();
                fs::rename(&away, self.content()).unwrap();
                "moved the content folder away and back".to_owned()
            }
            18 => {
                let fresh = self.root.join("content-fresh");
                copy(&self.content(), &fresh);
                fs::remove_dir_all(self.content()).unwrap();
                fs::rename(&fresh, self.content()).unwrap();
                let done = self.edit();
                format!("put a copy in the place of the content folder, and {done}")
            }
            _ => {
                let (Some(one), Some(other)) =
                    (self.file(|it| it.starts_with("pages/")), self.file(|it| it.starts_with("pages/")))
                else {
                    return String::new();
                };
                let aside = one.with_file_name(".aside");
                fs::rename(&one, &aside).unwrap();
                if one != other {
                    fs::rename(&other, &one).unwrap();
                }
                fs::rename(&aside, &other).unwrap();
                format!("swapped {} and {}", one.display(), other.display())
            }
        }
    }

    fn retouch_theme(&mut self) -> String {
        let path = self.root.join("own/templates/base.html");
        let footer = |words: &str| {
            format!("{{% extends \"default/base.html\" %}}{{% block footer %}}{words}{{% endblock footer %}}")
        };
        let text = match self.chance.below(5) {
            0 => "{% extends \"default/base.html\" %}{% block footer %}".to_owned(),
            1 => footer("{{ nothing.here }}"),
            2 => {
                if path.exists() {
                    fs::remove_dir_all(path.parent().unwrap()).unwrap();
                }
                return "took the templates away".to_owned();
            }
            _ => footer(&format!("Footer {}", self.step)),
        };
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        self.undo.retain(|it| !matches!(it, Undo::Write(to, _) if *to == path));
        if !text.contains("Footer") {
            self.undo.push(Undo::Write(path.clone(), footer("Mended").into_bytes()));
        }
        self.save(&path, &text);
        format!("template: {text}")
    }

    /// Takes back the last of what may be wrong.
    fn take_back(&mut self) -> String {
        match self.undo.pop() {
            None => "nothing to take back".to_owned(),
            Some(Undo::Write(path, bytes)) => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, bytes).unwrap();
                format!("mended {}", path.display())
            }
            Some(Undo::Move(from, to)) => {
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::rename(&from, &to).unwrap();
                format!("moved back {}", to.display())
            }
            Some(Undo::Remove(path)) => {
                fs::remove_dir_all(&path).unwrap();
                format!("removed {}", path.display())
            }
        }
    }

    /// Every byte that bears on the site.
    fn state(&self) -> BTreeMap<String, Vec<u8>> {
        let mut state = files(&self.content());
        state.retain(|it, _| is_read(it));
        state.extend(
            files(&self.root.join("own")).into_iter().map(|(it, bytes)| (format!("theme:{it}"), bytes)),
        );
        state
    }

    /// What a build publishes into an empty folder; `None` if it refuses.
    fn fresh_build(&self) -> Option<BTreeMap<String, Vec<u8>>> {
        let out = self.root.join("fresh");
        let theme = self.root.join("own");
        let order = Order {
            content: &self.content(),
            out: &out,
            theme: theme.to_str().unwrap(),
            base_url: self.way.base_url,
            strict: false,
            drafts: false,
            today: today(),
            program: None,
        };
        let published = match handbook::build(&order) {
            Ok(built) => built.publication.is_some(),
            Err(Failure::Theme(_) | Failure::Publish(_)) => false,
            Err(other) => panic!("{other}"),
        };
        let made = published.then(|| files(&out));
        for left in ["fresh", ".fresh.handbook-before"] {
            if self.root.join(left).exists() {
                fs::remove_dir_all(self.root.join(left)).unwrap();
            }
        }
        made
    }
}

/// Whether a file is read, and not one of those that editors leave beside it.
fn is_read(path: &str) -> bool {
    !path.split('/').any(handbook::source::is_passed_over)
}

/// A page as it is published, out of one that was served.
fn without_reload(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(page.to_vec()).unwrap();
    match text.split_once("<link rel=\"stylesheet\" href=\"/-/reload.css\">") {
        Some((before, after)) => {
            format!("{before}{}", after.split_once("</script>\n").unwrap().1).into_bytes()
        }
        None => text.into_bytes(),
    }
}

#[test]
fn whatever_an_editor_does_to_the_handbook_the_output_is_that_of_a_fresh_build() {
    edit_at_random("content", steps(STEPS, LONG), PLAIN);
}

#[test]
fn whatever_an_editor_does_to_a_small_handbook_the_output_is_that_of_a_fresh_build() {
    edit_at_random(EXAMPLE, steps(ON_EXAMPLE, LONG_ON_EXAMPLE), PLAIN);
}

#[test]
fn whatever_an_editor_does_where_the_site_has_a_base_url_the_output_is_that_of_a_fresh_build() {
    let way = Way { base_url: Some("https://example.org/sub/path/"), root: "/sub/path/", ..PLAIN };
    edit_at_random(EXAMPLE, steps(ON_EXAMPLE, LONG_ON_EXAMPLE), way);
}

#[test]
fn whatever_an_editor_does_where_the_files_are_looked_at_the_output_is_that_of_a_fresh_build() {
    edit_at_random(EXAMPLE, steps(ON_EXAMPLE, LONG_ON_EXAMPLE), Way { poll: true, ..PLAIN });
}

const EXAMPLE: &str = "examples/new/content";

fn steps(few: usize, many: usize) -> usize {
    if std::env::var_os("HANDBOOK_LONG").is_some() { many } else { few }
}

/// Does so many steps on a copy of a folder of this repository.
fn edit_at_random(content: &str, steps: usize, way: Way) {
    let seed = std::env::var("HANDBOOK_SEED").map_or(1, |it| it.parse().unwrap());
    let folder = TempDir::new().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(content), &folder.path().join("content"));
    // A frozen text refuses nearly all that this editor does; one of which an address is recorded is
    // to be frozen.
    for file in files(folder.path()).keys().filter(|it| it.ends_with("/frozen.yaml")) {
        fs::remove_file(folder.path().join(file)).unwrap();
    }
    let addresses = folder.path().join("content/addresses.yaml");
    let recorded = fs::read_to_string(&addresses).unwrap();
    let stay = |it: &&str| !it.contains("/protocol/") || it.contains("/protocol/\":");
    let left: String = recorded.split_inclusive('\n').filter(stay).collect();
    fs::write(&addresses, left).unwrap();
    fs::create_dir_all(folder.path().join("own/assets")).unwrap();
    fs::write(folder.path().join("own/assets/own.css"), ":root {}").unwrap();
    let theme = folder.path().join("own").to_str().unwrap().to_owned();
    let root = folder.path().to_path_buf();
    let mut editor = Editor { root, way, chance: Chance(seed), step: 0, undo: Vec::new() };
    let mut last_good = editor.fresh_build().expect("the content is sound");
    let desk = Desk::open(folder, UNTIL_TOLD, |it| {
        it.theme = theme;
        it.base_url = way.base_url.map(str::to_owned);
        it.poll = way.poll;
    });
    desk.settled();
    assert!(desk.published() == last_good);
    let mut shows_last_good = true;
    let mut before = editor.state();
    let (mut sound, mut refused, mut same) = (0, 0, 0);
    let mut done = Vec::new();
    for step in 1..=steps {
        editor.step = step;
        if step % 50 == 0 {
            println!("step {step}: {sound} sound, {refused} refused, {same} without a change");
        }
        done.push(format!("{step}: {}", editor.act()));
        let told = |what: &str| {
            format!(
                "{what}\nseed {seed}, the last steps:\n{}",
                done[done.len().saturating_sub(6)..].join("\n")
            )
        };
        let heard = desk.settled();
        let after = editor.state();
        let rebuilds = heard.iter().filter(|it| {
            use watching::Heard::{Made, Theme, Unsound};
            matches!(it, Made(_) | Unsound(_) | Theme(_))
        });
        let expected = usize::from(after != before);
        assert_eq!(rebuilds.count(), expected, "{}", told(&format!("{heard:?}")));
        same += 1 - expected;
        before = after;
        let fresh = editor.fresh_build();
        let published = desk.published();
        if let Some(fresh) = fresh {
            sound += 1;
            last_good = fresh;
            shows_last_good = true;
        } else {
            refused += 1;
            // One that was made and could not be published is shown all the same.
            shows_last_good &= !heard.iter().any(|it| matches!(it, watching::Heard::Made(_)));
        }
        if published != last_good {
            let both = published.keys().chain(last_good.keys());
            let differ: Vec<_> = both.filter(|it| published.get(*it) != last_good.get(*it)).take(5).collect();
            panic!("{}", told(&format!("published is not a fresh build: {differ:?}, {heard:?}")));
        }
        if !shows_last_good {
            continue;
        }
        let paths: Vec<&String> = last_good.keys().filter(|it| !it.starts_with('.')).collect();
        for _ in 0..3 {
            let path = *editor.chance.one_of(&paths);
            let (status, served) = desk.get_bytes(&format!("{}{path}", way.root));
            assert_eq!(status, 200, "{}", told(path));
            let served = if path.ends_with(".html") { without_reload(&served) } else { served };
            assert!(served == last_good[path], "{}", told(path));
        }
    }
    println!("{steps} steps: {sound} sound, {refused} refused, {same} without a change");
    while !editor.undo.is_empty() {
        editor.take_back();
    }
    desk.settled();
    assert!(editor.fresh_build().is_none_or(|it| it == desk.published()));
}
