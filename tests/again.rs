//! A site that was made from the same, by the same program, is not made again; all else is.

use std::fs;
use std::path::{Path, PathBuf};

use handbook::disk::Digest;
use handbook::output::{self, Publishing};
use handbook::{Built, Failure, Order};
use jiff::civil::date;
use tempfile::TempDir;

struct Desk {
    folder: TempDir,
    program: &'static str,
    base_url: Option<&'static str>,
    theme: String,
    strict: bool,
}

impl Desk {
    /// With a handbook that has been published.
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        handbook::new::make(folder.path(), date(2026, 11, 25)).unwrap();
        let desk =
            Desk { folder, program: "one", base_url: None, theme: "default".to_owned(), strict: false };
        desk.build().unwrap();
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn build(&self) -> Result<Built, Failure> {
        handbook::build(&Order {
            content: &self.path("content"),
            out: &self.path("public"),
            theme: &self.theme,
            base_url: self.base_url,
            strict: self.strict,
            drafts: false,
            today: date(2026, 11, 25),
            program: Some(Digest::of(self.program.as_bytes())),
        })
    }

    /// Lets the seal say that the search is heavy. Whoever makes the site anew finds that it is not.
    fn mark(&self) {
        let seal = self.path("public/.handbook/made-from");
        let text = fs::read_to_string(&seal).unwrap();
        let (digests, _) = text.trim_end().rsplit_once('\n').unwrap();
        fs::write(seal, format!("{digests}\n500000 0 0 0\n")).unwrap();
    }

    /// Whether the site that stands was left as it is, once `change` was done to it or to what it
    /// is made from.
    fn stands_after(change: impl Fn(&mut Desk)) -> bool {
        let mut desk = Desk::new();
        desk.mark();
        change(&mut desk);
        let built = desk.build().unwrap_or_else(|failure| panic!("{failure}"));
        let publication = built.publication.expect("it is sound");
        let stands = built.checked.report.diagnostics().iter().any(|it| it.code == "search-heavy");
        assert!(!stands || publication.changes.is_empty() && publication.changes.unchanged > 20);
        stands
    }
}

fn add(path: &Path, words: &str) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, format!("{text}{words}")).unwrap();
}

#[test]
fn a_site_is_made_anew_unless_all_that_it_is_made_from_is_the_same_and_every_file_stands() {
    assert!(Desk::stands_after(|_| {}));
    assert!(Desk::stands_after(|desk| fs::write(desk.path("public/CNAME"), "example.org").unwrap()));
    type Change = fn(&mut Desk);
    let changes: [(&str, Change); 7] = [
        ("a page of the content", |it| add(&it.path("content/pages/about.md"), "\nMore.\n")),
        ("a file that is not read as text", |it| fs::write(it.path("content/x.bin"), [1, 2]).unwrap()),
        ("the program", |it| it.program = "two"),
        ("the base URL", |it| it.base_url = Some("https://example.org/")),
        ("the theme", |it| {
            fs::create_dir_all(it.path("own/assets")).unwrap();
            fs::write(it.path("own/assets/more.css"), "p {}").unwrap();
            it.theme = it.path("own").to_str().unwrap().to_owned();
        }),
        ("a file that is gone", |it| fs::remove_file(it.path("public/404.html")).unwrap()),
        ("a damaged seal", |it| fs::write(it.path("public/.handbook/made-from"), "{").unwrap()),
    ];
    for (what, change) in changes {
        assert!(!Desk::stands_after(change), "{what}");
    }
}

#[test]
fn a_file_that_someone_changed_is_an_error_as_ever() {
    let desk = Desk::new();
    add(&desk.path("public/index.html"), "<p>Mine.</p>");
    assert!(matches!(desk.build(), Err(Failure::Publish(_))));
}

#[test]
fn what_was_put_back_is_not_taken_for_what_came_after_it() {
    let desk = Desk::new();
    let about = desk.path("content/pages/about.md");
    let before = fs::read(&about).unwrap();
    add(&about, "\nMore.\n");
    desk.build().unwrap();
    output::restore(&desk.path("public"), &Publishing::default()).unwrap();
    let page = || fs::read_to_string(desk.path("public/about/index.html")).unwrap();
    assert!(!page().contains("More."));
    desk.build().unwrap();
    assert!(page().contains("More."));
    fs::write(&about, before).unwrap();
    desk.build().unwrap();
    assert!(!page().contains("More."));
}

#[test]
fn what_was_set_aside_is_told_where_nothing_is_made_anew_too() {
    let desk = Desk::new();
    fs::create_dir(desk.path(".public.handbook-set-aside-2")).unwrap();
    let changes = desk.build().unwrap().publication.unwrap().changes;
    assert!(changes.is_empty());
    assert!(changes.set_aside[0].ends_with(".public.handbook-set-aside-2"), "{changes:?}");
}

/// A theme whose script of the search is far too long.
fn heavy(desk: &mut Desk) {
    let assets = desk.path("theme/assets");
    fs::create_dir_all(&assets).unwrap();
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (state >> 24) as u8 % 26)
    });
    fs::write(assets.join("search-more.js"), noise.take(400_000).collect::<String>()).unwrap();
    desk.theme = desk.path("theme").to_str().unwrap().to_owned();
}

#[test]
fn a_heavy_search_is_a_warning_as_any_other_to_be_accepted_and_counted_by_strict() {
    let codes = |built: &Built| -> Vec<&str> {
        built.checked.report.diagnostics().iter().map(|it| it.code).collect()
    };
    let mut desk = Desk::new();
    heavy(&mut desk);
    desk.strict = true;
    let built = desk.build().unwrap();
    assert_eq!(codes(&built), ["search-heavy"]);
    assert!(built.publication.is_none());
    let settings = desk.path("content/handbook.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    let accepted = "accepted:\n  - {code: search-heavy, place: handbook.yaml, reason: a script of ours}";
    fs::write(&settings, text.replace("accepted: []", accepted)).unwrap();
    for _ in 0..2 {
        let built = desk.build().unwrap();
        assert_eq!(codes(&built), [""; 0]);
        assert!(built.publication.is_some());
    }
    desk.theme = "default".to_owned();
    let built = desk.build().unwrap();
    assert_eq!(codes(&built), ["accepted-not-found"]);
}
