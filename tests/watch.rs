//! A content folder that is watched: what editors do, and what is shown, told and published of it.
#![cfg(all(feature = "serve", unix))]

mod watching;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;
use std::thread;
use std::time::Duration;

use handbook::watch::Pace;
use watching::habits::HABITS;
use watching::{Desk, Heard, UNTIL_TOLD, copy, files, today};

const ABOUT: &str = "content/pages/about.md";
const CLAUSE: &str = "content/authorities/specimen-on-sea/protocol/2023-02/02-help/b3.md";
const CLAUSE_PAGE: &str = "/authorities/specimen-on-sea/clauses/b3/";

/// An error that takes nothing from the handbook, so that no other follows from it.
fn misspell_a_topic(desk: &Desk) {
    desk.change(CLAUSE, "[conduct/respect]", "[conduct/respect, informaton]");
}

fn mend_the_topic(desk: &Desk) {
    desk.change(CLAUSE, "[conduct/respect, informaton]", "[conduct/respect]");
}

#[test]
fn a_save_is_one_rebuild_whatever_the_editors_habit() {
    let desk = Desk::example(UNTIL_TOLD);
    desk.settled();
    for (number, (habit, save)) in HABITS.iter().enumerate() {
        let words = format!("Saved by habit number {number}.");
        let mut text = desk.read(ABOUT);
        text = format!("{}\n{words}\n", text.trim_end().rsplit_once('\n').unwrap().0);
        save(&desk.at(ABOUT), &text);
        let heard = desk.settled();
        assert_eq!(heard[0], Heard::Made("pages/about.md changed".to_owned()), "{habit}");
        assert_eq!(heard[1], Heard::Published { added: 0, changed: 1, removed: 0 }, "{habit}");
        assert_eq!(heard.len(), 2, "{habit}: {heard:?}");
        assert!(desk.get("/about/").1.contains(&words), "{habit}");
        assert!(String::from_utf8_lossy(&desk.published()["about/index.html"]).contains(&words), "{habit}");
    }
}

#[test]
fn what_editors_leave_about_and_saves_without_a_change_rebuild_nothing() {
    let desk = Desk::example(UNTIL_TOLD);
    desk.settled();
    let at = |name: &str| desk.at("content/pages").join(name);
    for name in [".about.md.swp", "about.md~", "#about.md#", ".hidden", "x.tmp", "x.swp", ".DS_Store"] {
        fs::write(at(name), "x").unwrap();
        assert_eq!(desk.settled(), [], "{name}");
        fs::remove_file(at(name)).unwrap();
    }
    fs::create_dir(at(".git")).unwrap();
    fs::write(at(".git/index"), "x").unwrap();
    symlink("me@desk.1:1", at(".#about.md")).unwrap();
    let file = fs::File::options().append(true).open(desk.at(ABOUT)).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    drop(file);
    let text = desk.read(ABOUT);
    desk.write(ABOUT, &text);
    fs::rename(desk.at(ABOUT), at("moved.md")).unwrap();
    fs::rename(at("moved.md"), desk.at(ABOUT)).unwrap();
    fs::create_dir(desk.at("content/empty")).unwrap();
    assert_eq!(desk.settled(), []);
}

#[test]
fn a_page_that_is_asked_for_is_never_older_than_the_last_save() {
    // At the pace of every day, on the heels of each save.
    let desk = Desk::example(Pace::default());
    let text = desk.read(ABOUT);
    for number in 0..40 {
        let words = format!("Sentence number {number}.");
        let save = HABITS[number % HABITS.len()];
        (save.1)(&desk.at(ABOUT), &format!("{}\n\n{words}\n", text.trim_end()));
        assert!(desk.get("/about/").1.contains(&words), "{}: {words}", save.0);
    }
}

#[test]
fn many_saves_in_a_row_are_one_publication() {
    let (saved, quiet) = (Duration::from_millis(1), Duration::from_millis(50));
    let desk = Desk::example(Pace { saved, quiet, ..UNTIL_TOLD });
    desk.settled();
    let text = desk.read(ABOUT);
    for number in 0..10 {
        desk.write(ABOUT, &format!("{text}\nSentence {number}.\n"));
        assert!(desk.get("/about/").1.contains(&format!("Sentence {number}.")));
    }
    let heard = desk.settled();
    let made = heard.iter().filter(|it| matches!(it, Heard::Made(_))).count();
    assert!(made >= 10, "each was shown: {heard:?}");
    assert_eq!(heard.last(), Some(&Heard::Published { added: 0, changed: 1, removed: 0 }));
    assert_eq!(heard.len(), made + 1, "{heard:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_closed_is_not_waited_for() {
    let desk = Desk::example(Pace { saved: Duration::from_millis(1), ..UNTIL_TOLD });
    desk.settled();
    let text = desk.read(ABOUT);
    desk.write(ABOUT, &format!("{text}\nClosed.\n"));
    assert!(desk.get("/about/").1.contains("Closed."));
    fs::write(desk.at("content/pages/.about.md"), format!("{text}\nPut in its place.\n")).unwrap();
    fs::rename(desk.at("content/pages/.about.md"), desk.at(ABOUT)).unwrap();
    assert!(desk.get("/about/").1.contains("Put in its place."));
    // One that is still open may get more words, and one that is new may be on its way elsewhere.
    desk.settled();
    let made = desk.watch.made();
    let mut open = fs::OpenOptions::new().append(true).open(desk.at(ABOUT)).unwrap();
    open.write_all(b"\nHalf").unwrap();
    desk.write("content/pages/fresh.md", "");
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(desk.watch.made(), made);
    open.write_all(b" and half.\n").unwrap();
    drop(open);
    fs::remove_file(desk.at("content/pages/fresh.md")).unwrap();
    assert!(matches!(&desk.settled()[..], [Heard::Made(_), Heard::Published { .. }]));
    assert!(desk.get("/about/").1.contains("Half and half."));
}

#[test]
fn an_error_leaves_the_last_good_site_until_it_is_mended() {
    let desk = Desk::example(UNTIL_TOLD);
    let (page, published) = (desk.get(CLAUSE_PAGE), desk.published());
    desk.settled();
    misspell_a_topic(&desk);
    assert!(matches!(&desk.settled()[..], [Heard::Unsound(_)]));
    assert_eq!(desk.get(CLAUSE_PAGE), page);
    assert_eq!(desk.published(), published);
    let troubles = desk.troubles();
    assert_eq!(troubles[0], "The content has 1 error; what is shown is from before");
    assert!(troubles[1].ends_with("02-help/b3.md:4:27: no topic `informaton`"), "{troubles:?}");
    // Another change beside the error is not shown either.
    desk.change(ABOUT, "An example.", "No example.");
    assert!(matches!(&desk.settled()[..], [Heard::Unsound(_)]));
    assert!(!desk.get("/about/").1.contains("No example."));
    mend_the_topic(&desk);
    let heard = desk.settled();
    assert_eq!(heard[1], Heard::Published { added: 0, changed: 1, removed: 0 }, "{heard:?}");
    assert_eq!(desk.troubles(), [] as [&str; 0]);
    assert!(desk.get("/about/").1.contains("No example."));
}

#[test]
fn what_begins_with_an_error_shows_it_and_then_the_site() {
    let folder = tempfile::TempDir::new().unwrap();
    handbook::new::make(folder.path(), today()).unwrap();
    let clause = folder.path().join(CLAUSE);
    let text = fs::read_to_string(&clause).unwrap();
    fs::write(&clause, text.replace("[conduct/respect]", "[informaton]")).unwrap();
    let desk = Desk::open(folder, UNTIL_TOLD, |_| {});
    let (status, page) = desk.get("/topics/");
    assert_eq!(status, 503);
    assert!(page.contains("no topic `informaton`") && page.contains("/-/reload.js"), "{page}");
    assert!(!desk.at("public").exists(), "nothing is published");
    desk.write(CLAUSE, &text);
    desk.settled();
    assert_eq!(desk.get("/topics/").0, 200);
}

#[test]
fn folders_come_and_go_and_are_moved_whole() {
    let desk = Desk::example(UNTIL_TOLD);
    desk.settled();
    let authority = desk.at("content/authorities/specimen-on-sea");
    let away = desk.at("away");
    fs::rename(&authority, &away).unwrap();
    assert_eq!(desk.rebuilds(), 1);
    // Copied in, file by file and folder by folder: what comes first is not told of.
    copy(&away, &authority);
    assert_eq!(desk.rebuilds(), 1);
    // A file in a folder that is new is told of.
    desk.change(CLAUSE, "number:", "source_note: Our first note.\nnumber:");
    assert_eq!(desk.rebuilds(), 1);
    assert!(desk.get(CLAUSE_PAGE).1.contains("Our first note."));
    // As deep as it goes, and by another name in between.
    fs::rename(desk.at("content/authorities"), desk.at("content/elsewhere")).unwrap();
    assert_eq!(desk.rebuilds(), 1);
    fs::rename(desk.at("content/elsewhere"), desk.at("content/authorities")).unwrap();
    assert_eq!(desk.rebuilds(), 1);
    desk.change(CLAUSE, "Our first note.", "Our second note.");
    assert_eq!(desk.rebuilds(), 1);
    assert!(desk.get(CLAUSE_PAGE).1.contains("Our second note."));
    fs::remove_dir_all(&authority).unwrap();
    assert_eq!(desk.rebuilds(), 1);
    fs::rename(&away, &authority).unwrap();
    desk.settled();
    assert_eq!(desk.troubles(), [] as [&str; 0]);
}

#[test]
fn a_content_folder_that_goes_away_may_return() {
    let desk = Desk::example(UNTIL_TOLD);
    let published = desk.published();
    desk.settled();
    fs::rename(desk.at("content"), desk.at("away")).unwrap();
    assert_eq!(desk.settled(), [Heard::Gone]);
    assert_eq!(desk.get("/about/").0, 200, "the last good site stays");
    assert_eq!(desk.published(), published);
    assert_eq!(desk.troubles()[0], "The content folder cannot be read; what is shown is from before");
    fs::rename(desk.at("away"), desk.at("content")).unwrap();
    assert!(matches!(&desk.settled()[..], [Heard::Made(_), Heard::Published { .. }]));
    assert_eq!(desk.troubles(), [] as [&str; 0]);
    // It is the folder that is there now that is watched.
    desk.change(ABOUT, "An example.", "No example.");
    assert_eq!(desk.rebuilds(), 1);
    assert!(desk.get("/about/").1.contains("No example."));
    // Another one in its place, at once.
    copy(&desk.at("content"), &desk.at("other"));
    fs::rename(desk.at("content"), desk.at("away")).unwrap();
    fs::rename(desk.at("other"), desk.at("content")).unwrap();
    desk.settled();
    desk.change(ABOUT, "No example.", "Another.");
    assert_eq!(desk.rebuilds(), 1);
    assert!(desk.get("/about/").1.contains("Another."));
}

#[test]
fn a_link_to_the_content_may_lead_elsewhere() {
    let folder = tempfile::TempDir::new().unwrap();
    for name in ["one", "other"] {
        handbook::new::make(&folder.path().join(name), today()).unwrap();
    }
    let about = folder.path().join("other").join(ABOUT);
    fs::write(&about, fs::read_to_string(&about).unwrap().replace("An example.", "The other.")).unwrap();
    symlink("one/content", folder.path().join("content")).unwrap();
    let desk = Desk::open(folder, UNTIL_TOLD, |_| {});
    assert!(desk.get("/about/").1.contains("An example."));
    desk.settled();
    symlink("other/content", desk.at("next")).unwrap();
    fs::rename(desk.at("next"), desk.at("content")).unwrap();
    assert_eq!(desk.rebuilds(), 1);
    desk.change("other/content/pages/about.md", "The other.", "The other, edited.");
    desk.settled();
    assert!(desk.get("/about/").1.contains("The other, edited."));
}

/// Waits for what is found out by looking once in a while, not by being told.
#[track_caller]
fn until(is_so: impl Fn() -> bool) {
    for _ in 0..3_000 {
        if is_so() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("it never came about");
}

#[test]
fn another_branch_with_thousands_of_other_files_is_one_rebuild() {
    let folder = tempfile::TempDir::new().unwrap();
    handbook::new::make(folder.path(), today()).unwrap();
    let git = |words: &str| {
        let run = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=first"])
            .args(words.split(' '))
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    };
    git("init -q");
    git("add .");
    git("commit -qm one");
    git("checkout -qb second");
    let about = folder.path().join(ABOUT);
    let text = fs::read_to_string(&about).unwrap();
    fs::write(&about, text.replace("An example.", "The second branch.")).unwrap();
    let pages = folder.path().join("content/pages");
    for number in 0..3_000 {
        let page = "---\ntitle: T\ndescription: D\n---\nWords.\n";
        fs::write(pages.join(format!("page-{number}.md")), page).unwrap();
    }
    git("add .");
    git("commit -qm two");
    git("checkout -q first");
    let path = folder.path().to_path_buf();
    // Where nothing but the lock of git says when it is over.
    let pace = Pace { quiet: Duration::from_millis(100), ..UNTIL_TOLD };
    let desk = Desk::open(folder, pace, |it| it.out = None);
    desk.settled();
    for (number, (branch, words)) in
        [("second", "The second branch."), ("first", "An example.")].iter().enumerate()
    {
        let run = Command::new("git").args(["checkout", "-q", branch]).current_dir(&path).status().unwrap();
        assert!(run.success());
        assert!(desk.get("/about/").1.contains(*words), "{branch}");
        assert_eq!(desk.watch.made(), (1 + number as u64 + 1, 0), "{branch}");
        assert_eq!(desk.get("/page-2999/").0 == 200, *branch == "second");
    }
}

#[test]
fn a_theme_of_ones_own_is_watched_as_well() {
    let folder = tempfile::TempDir::new().unwrap();
    handbook::new::make(folder.path(), today()).unwrap();
    let theme = folder.path().join("own");
    fs::create_dir_all(theme.join("assets")).unwrap();
    fs::write(theme.join("assets/own.css"), ":root { --accent: red }").unwrap();
    let name = theme.to_str().unwrap().to_owned();
    let desk = Desk::open(folder, UNTIL_TOLD, |it| it.theme = name);
    desk.settled();
    let sheet = |desk: &Desk| {
        let page = desk.get("/").1;
        let at = page.find("assets/own.").unwrap();
        page[at..].split('"').next().unwrap().to_owned()
    };
    let before = sheet(&desk);
    desk.write("own/assets/own.css", ":root { --accent: blue }");
    assert_eq!(desk.rebuilds(), 1);
    let now = sheet(&desk);
    assert_ne!(now, before);
    assert!(desk.get(&format!("/{now}")).1.contains("blue"));
    // The folder of templates is new.
    fs::create_dir(desk.at("own/templates")).unwrap();
    desk.write(
        "own/templates/base.html",
        "{% extends \"default/base.html\" %}{% block footer %}Our own{% endblock footer %}",
    );
    assert_eq!(desk.rebuilds(), 1);
    assert!(desk.get("/").1.contains("Our own"));
    let published = desk.published();
    // One that cannot be read, then one that cannot be filled in.
    desk.write("own/templates/base.html", "{% extends \"default/base.html\" %}{% block footer %}");
    assert!(matches!(&desk.settled()[..], [Heard::Theme(_)]));
    assert!(desk.get("/").1.contains("Our own"));
    assert!(desk.troubles()[1].contains("base.html"), "{:?}", desk.troubles());
    desk.write(
        "own/templates/base.html",
        "{% extends \"default/base.html\" %}{% block footer %}{{ nothing.here }}{% endblock footer %}",
    );
    assert!(matches!(&desk.settled()[..], [Heard::Theme(_)]), "it is not told as a success first");
    assert!(desk.get("/").1.contains("Our own"), "what cannot be made is shown as it was");
    assert!(desk.troubles().iter().any(|it| it.contains("nothing.here")), "{:?}", desk.troubles());
    assert_eq!(desk.published(), published);
    // An error in the content besides: each is told until it is mended.
    misspell_a_topic(&desk);
    desk.settled();
    assert!(desk.troubles().iter().any(|it| it.contains("nothing.here")), "{:?}", desk.troubles());
    mend_the_topic(&desk);
    assert!(matches!(&desk.settled()[..], [Heard::Theme(_)]));
    desk.write(
        "own/templates/base.html",
        "{% extends \"default/base.html\" %}{% block footer %}Our own{% endblock footer %}",
    );
    desk.settled();
    assert_eq!(desk.troubles(), [] as [&str; 0]);
    desk.write("own/assets/own.css", ":root { --accent: blue }");
    desk.write("own/notes.txt", "beside the theme");
    for name in ["#base.html#", ".#base.html", "base.html~", "base.html.swp", "base.html.tmp"] {
        desk.write(&format!("own/templates/{name}"), "{% what an editor leaves beside a file");
    }
    assert_eq!(desk.settled(), [], "neither the same words nor what is not read");
    desk.write("own/assets/own.css", ":root { --accent: green }");
    assert!(matches!(&desk.settled()[..], [Heard::Made(_), Heard::Published { .. }]));
}

#[test]
fn what_cannot_be_read_is_told_and_what_can_again_is_shown() {
    // Who may read everything is not stopped by rights.
    let desk = Desk::example(UNTIL_TOLD);
    desk.settled();
    fs::rename(desk.at(ABOUT), desk.at("about.md")).unwrap();
    symlink("nowhere", desk.at(ABOUT)).unwrap();
    assert_eq!(desk.rebuilds(), 1);
    assert!(desk.troubles()[1].contains("cannot be read"), "{:?}", desk.troubles());
    fs::remove_file(desk.at(ABOUT)).unwrap();
    fs::rename(desk.at("about.md"), desk.at(ABOUT)).unwrap();
    assert_eq!(desk.rebuilds(), 1);
    assert_eq!(desk.troubles(), [] as [&str; 0]);
    fs::set_permissions(desk.at(ABOUT), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(desk.settled(), []);
}

#[test]
fn what_is_only_to_be_shown_is_never_published() {
    for change in
        [|it: &mut handbook::watch::Order| it.out = None, |it: &mut handbook::watch::Order| it.drafts = true]
    {
        let desk = Desk::example_with(UNTIL_TOLD, change);
        desk.change(ABOUT, "An example.", "No example.");
        let heard = desk.settled();
        assert!(!heard.iter().any(|it| matches!(it, Heard::Published { .. })), "{heard:?}");
        assert!(desk.get("/about/").1.contains("No example."));
        assert!(!desk.at("public").exists());
    }
}

#[test]
fn where_the_system_does_not_tell_the_files_are_looked_at() {
    let pace = Pace { poll: Duration::from_millis(5), quiet: Duration::from_millis(1), ..UNTIL_TOLD };
    let desk = Desk::example_with(pace, |it| it.poll = true);
    assert!(matches!(&desk.settled()[0], Heard::Polling(why) if why.contains("asked")));
    for number in 0..6 {
        let words = format!("Sentence number {number}.");
        desk.change(ABOUT, "\n## What this is", &format!("\n{words}\n\n## What this is"));
        until(|| desk.get("/about/").1.contains(&words));
    }
    desk.settled();
    let text = desk.read(ABOUT);
    desk.write(ABOUT, &text);
    assert_eq!(desk.settled(), []);
    fs::rename(desk.at("content/authorities"), desk.at("content/elsewhere")).unwrap();
    assert!(matches!(desk.settled()[..], [Heard::Unsound(_)]));
    fs::rename(desk.at("content"), desk.at("away")).unwrap();
    desk.settled();
    fs::rename(desk.at("away/elsewhere"), desk.at("away/authorities")).unwrap();
    fs::rename(desk.at("away"), desk.at("content")).unwrap();
    until(|| desk.troubles().is_empty());
}

#[test]
fn a_file_that_someone_changed_in_the_output_is_not_overwritten() {
    let desk = Desk::example(UNTIL_TOLD);
    desk.settled();
    desk.write("public/about/index.html", "mine");
    desk.change(ABOUT, "An example.", "No example.");
    let heard = desk.settled();
    assert!(
        matches!(&heard[..], [Heard::Made(_), Heard::NotPublished(why)] if why.contains("about/index.html")),
        "{heard:?}"
    );
    assert_eq!(desk.read("public/about/index.html"), "mine");
    assert!(desk.get("/about/").1.contains("No example."), "it is shown all the same");
    assert!(desk.troubles()[0].contains("not published"));
}

#[test]
fn the_last_good_site_is_known_also_where_it_cannot_be_published() {
    let folder = tempfile::TempDir::new().unwrap();
    handbook::new::make(folder.path(), today()).unwrap();
    fs::create_dir_all(folder.path().join("own/assets")).unwrap();
    fs::create_dir(folder.path().join("public")).unwrap();
    fs::write(folder.path().join("public/mine"), "mine").unwrap();
    let theme = folder.path().join("own").to_str().unwrap().to_owned();
    let desk = Desk::open(folder, UNTIL_TOLD, |it| it.theme = theme);
    assert!(matches!(&desk.settled()[..], [Heard::Made(_), Heard::NotPublished(_)]));
    let whole = desk.get("/privacy/");
    fs::create_dir(desk.at("own/templates")).unwrap();
    // The first page of this template can be made.
    desk.write(
        "own/templates/editors.html",
        "{% extends \"default/editors.html\" %}\
         {% block main %}{% if page.title == \"Privacy\" %}{{ nothing.here }}{% endif %}{% endblock main %}",
    );
    let heard = desk.settled();
    let [Heard::Made(_), Heard::NotPublished(why)] = &heard[..] else { panic!("{heard:?}") };
    assert!(why.contains("mine") && why.contains("nothing.here"), "both are told: {why}");
    assert_eq!(desk.get("/privacy/"), whole, "it is shown as it was before");
    assert!(desk.get("/about/").1.contains("</html>"), "and the others as they are");
}

#[test]
fn that_an_error_is_mended_is_one_message() {
    let desk = Desk::example(UNTIL_TOLD);
    let before = desk.news();
    misspell_a_topic(&desk);
    desk.settled();
    assert_eq!(desk.news(), before + 1);
    mend_the_topic(&desk);
    desk.settled();
    assert_eq!(desk.news(), before + 2, "what changed with it cannot be lost");
}

#[test]
fn a_site_with_a_base_url_stands_below_its_path() {
    let base = "https://example.org/sub/path/";
    let desk = Desk::example_with(UNTIL_TOLD, |it| it.base_url = Some(base.to_owned()));
    assert_eq!(desk.get("/sub/path/about/").0, 200);
    assert_eq!(desk.get("/about/").0, 404);
    assert!(desk.get("/about/").1.contains("href=\"/sub/path/"), "the page for what is not there leads home");
    assert!(desk.get("/sub/path/sitemap.xml").1.contains(base));
}

#[test]
fn who_ends_it_at_any_moment_leaves_a_whole_site() {
    let folder = tempfile::TempDir::new().unwrap();
    handbook::new::make(folder.path(), today()).unwrap();
    let path = folder.path().to_path_buf();
    let build = |out: &str| {
        let order = handbook::Order {
            content: &path.join("content"),
            out: &path.join(out),
            theme: "default",
            base_url: None,
            strict: false,
            drafts: false,
            today: today(),
            program: None,
        };
        handbook::build(&order).unwrap();
        files(&path.join(out))
    };
    let first = build("public");
    let about = path.join(ABOUT);
    let text = fs::read_to_string(&about).unwrap();
    fs::write(&about, text.replace("An example.", "No example.")).unwrap();
    let second = build("second");
    let mut folder = folder;
    for number in 0..12 {
        // The pages are as they were before each end, as far as it came.
        let words = if number % 2 == 0 { &text } else { &text.replace("An example.", "No example.") };
        let desk =
            Desk::open(folder, Pace { idle: Duration::ZERO, quiet: Duration::ZERO, ..UNTIL_TOLD }, |_| {});
        fs::write(&about, words).unwrap();
        thread::sleep(Duration::from_millis(7 * number));
        folder = desk.end();
        let left = files(&path.join("public"));
        let pages = |it: &std::collections::BTreeMap<String, Vec<u8>>| {
            it.iter()
                .filter(|(path, _)| !path.starts_with(".handbook/"))
                .map(|(a, b)| (a.clone(), b.clone()))
                .collect::<Vec<_>>()
        };
        assert!(pages(&left) == pages(&first) || pages(&left) == pages(&second), "one of the two, whole");
        assert!(!path.join(".public.handbook-staging").exists(), "nothing half-written is left");
    }
}
