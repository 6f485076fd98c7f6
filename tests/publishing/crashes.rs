//! What is left when the program dies at any moment, and what the next run makes of it.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use handbook::output::{PublishError, Publishing, Road, Witness, publish, restore};

use super::ground::*;

const EXCHANGE: Publishing = Publishing { base_url: None, seal: None, file_by_file: false, witness: None };
const FILE_BY_FILE: Publishing = Publishing { file_by_file: true, ..EXCHANGE };

/// What dies: a publication of [`NEW`] over [`OLD`], the same where an earlier site is kept, or the
/// restoring of [`OLD`] after it.
#[derive(Clone, Copy, PartialEq)]
enum What {
    First,
    Publish,
    Again(Page),
    Restore,
}

fn ground(what: What, how: &Publishing) -> Ground {
    match what {
        What::First => {
            let ground = Ground::new();
            ground.write(".gitignore", "*");
            ground
        }
        What::Publish => Ground::with_old(how),
        What::Again(page) => Ground::with_old_after(earlier(page), how),
        What::Restore => {
            let ground = Ground::with_old(how);
            ground.publish(NEW, how).unwrap();
            ground
        }
    }
}

fn run(what: What, public: &Path, how: &Publishing) -> Result<(), PublishError> {
    match what {
        What::First | What::Publish | What::Again(_) => publish(&site(NEW), public, how).map(drop),
        What::Restore => restore(public, how).map(drop),
    }
}

/// The folder holds one of the two sites, whole, with all strangers.
#[track_caller]
fn is_whole(what: What, ground: &Ground, when: &str) {
    let files = ground.files();
    let sites = match what {
        What::First => [&[][..], NEW].map(|pages| {
            let mut files = expected(pages);
            files.insert(".gitignore".into(), "*".into());
            files
        }),
        _ => [OLD, NEW].map(with_strangers),
    };
    assert!(sites.contains(&files), "{when}: a mix: {files:#?}");
}

/// Each file is one of the two sites' and all strangers are there.
#[track_caller]
fn files_are_whole(what: What, ground: &Ground, when: &str) {
    let files = ground.files();
    let strangers = match what {
        What::First => 1,
        _ => STRANGERS.len() + 1,
    };
    let (old, new) = (with_strangers(OLD), with_strangers(NEW));
    let mut met = 0;
    for (path, bytes) in &files {
        let of_a_site = old.get(path) == Some(bytes) || new.get(path) == Some(bytes);
        met += usize::from(!expected(OLD).contains_key(path) && !expected(NEW).contains_key(path));
        assert!(of_a_site || path == ".gitignore", "{when}: {path}");
    }
    assert_eq!(met, strangers, "{when}: strangers are missing: {files:#?}");
}

/// After the next publication all is as if nothing had happened.
#[track_caller]
fn is_put_right(what: What, ground: &Ground, how: &Publishing, when: &str) {
    let changes = ground.publish(NEW, how);
    let changes = changes.unwrap_or_else(|error| panic!("{when}: {error}"));
    assert_eq!(changes.set_aside, [] as [&Path; 0], "{when}");
    let left = match (what, how.file_by_file) {
        (What::First, _) | (_, true) => &["public"][..],
        _ => &[".public.handbook-before", "public"],
    };
    assert_eq!(ground.beside(), left, "{when}");
    if what == What::First {
        let mut files = expected(NEW);
        files.insert(".gitignore".into(), "*".into());
        assert_eq!(ground.files(), files, "{when}");
        assert!(matches!(restore(&ground.public, how), Err(PublishError::NothingToRestore(_))));
        return;
    }
    assert_eq!(ground.files(), with_strangers(NEW), "{when}");
    restore(&ground.public, how).unwrap_or_else(|error| panic!("{when}: {error}"));
    assert_eq!(ground.files(), with_strangers(OLD), "{when}: restored");
}

const ALL: [What; 5] = [What::First, What::Publish, What::Again(FILE), What::Again(FOLDER), What::Restore];

#[test]
fn at_every_step_a_reader_finds_one_whole_site_and_all_strangers() {
    struct Reader<'a>(What, &'a Ground, AtomicUsize);
    impl Witness for Reader<'_> {
        fn before(&self, doing: &str, path: &Path) -> io::Result<()> {
            is_whole(self.0, self.1, &format!("{doing} {}", path.display()));
            self.2.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
    }
    for what in ALL {
        let ground = ground(what, &EXCHANGE);
        let reader = Reader(what, &ground, AtomicUsize::new(0));
        let how = Publishing { witness: Some(&reader), ..EXCHANGE };
        run(what, &ground.public, &how).unwrap();
        assert!(reader.2.load(Ordering::SeqCst) > 10);
    }
}

#[test]
fn file_by_file_a_reader_finds_whole_files_and_all_strangers() {
    struct Reader<'a>(What, &'a Ground);
    impl Witness for Reader<'_> {
        fn before(&self, doing: &str, path: &Path) -> io::Result<()> {
            files_are_whole(self.0, self.1, &format!("{doing} {}", path.display()));
            Ok(())
        }
    }
    for what in ALL {
        let ground = ground(what, &FILE_BY_FILE);
        let reader = Reader(what, &ground);
        let how = Publishing { witness: Some(&reader), ..FILE_BY_FILE };
        run(what, &ground.public, &how).unwrap();
    }
}

#[test]
fn whoever_dies_at_any_step_is_put_right_by_the_next_run_even_if_that_dies_too() {
    for how in [EXCHANGE, FILE_BY_FILE] {
        for what in ALL {
            for first in 0.. {
                let mut again = 0;
                let first_died = loop {
                    let ground = ground(what, &how);
                    let dies = Dies::before_step(first);
                    let when = format!("{first}, then {again}");
                    let dying = Publishing { witness: Some(&dies), ..how };
                    let done = run(what, &ground.public, &dying);
                    assert_eq!(done.is_err(), dies.died(), "{when}");
                    look(what, &ground, &how, &when);
                    let dies_again = Dies::before_step(again);
                    let dying = Publishing { witness: Some(&dies_again), ..how };
                    let _ = run(What::Publish, &ground.public, &dying);
                    look(what, &ground, &how, &when);
                    is_put_right(what, &ground, &how, &when);
                    again += 1;
                    // From there on the second death is like the first.
                    if dies_again.began() || !dies_again.died() {
                        break dies.died();
                    }
                };
                if !first_died {
                    break;
                }
            }
        }
    }
}

#[test]
fn until_the_new_site_stands_the_one_kept_can_be_put_back_wherever_the_run_died_or_found_no_room() {
    let stays = |step: usize, witness: &dyn Witness| {
        let ground = ground(What::Again(FILE), &EXCHANGE);
        let done = run(What::Again(FILE), &ground.public, &Publishing { witness: Some(witness), ..EXCHANGE });
        let stands = ground.files() == with_strangers(OLD);
        if stands {
            restore(&ground.public, &EXCHANGE).unwrap_or_else(|error| panic!("step {step}: {error}"));
            assert_eq!(ground.files(), with_strangers(earlier(FILE)), "step {step}");
        }
        assert!(stands || step > 20, "step {step}");
        done.is_err()
    };
    for step in 0.. {
        if !stays(step, &Dies::before_step(step)) {
            break;
        }
    }
    for step in 0.. {
        if !stays(step, &Full { steps: Dies::before_step(step) }) {
            break;
        }
    }
}

#[test]
fn a_mixture_is_never_put_back_even_if_someone_removed_what_a_dead_run_had_noted() {
    for step in 0.. {
        let ground = ground(What::Again(FILE), &EXCHANGE);
        let dies = Dies::before_step(step);
        let _ = run(What::Again(FILE), &ground.public, &Publishing { witness: Some(&dies), ..EXCHANGE });
        for left in ["staging", "scrap"] {
            let _ = std::fs::remove_dir_all(ground.around.path().join(format!(".public.handbook-{left}")));
        }
        let restored = restore(&ground.public, &EXCHANGE);
        let files = ground.files();
        let sites = [earlier(FILE), OLD, NEW].map(with_strangers);
        assert!(sites.contains(&files), "step {step}, {restored:?}: {files:#?}");
        ground.publish(NEW, &EXCHANGE).unwrap_or_else(|error| panic!("step {step}: {error}"));
        assert_eq!(ground.files(), with_strangers(NEW), "step {step}");
        if !dies.died() {
            break;
        }
    }
}

#[test]
fn the_folder_of_the_publication_kept_becomes_the_new_one_where_most_of_it_stays() {
    struct Counts(AtomicUsize);
    impl Witness for Counts {
        fn before(&self, doing: &str, path: &Path) -> io::Result<()> {
            let staged = path.to_string_lossy().contains("handbook-staging/same");
            self.0.fetch_add(usize::from(staged && doing == "write"), Ordering::SeqCst);
            Ok(())
        }
    }
    let named_anew = |edit: &dyn Fn(&Ground)| {
        let ground = ground(What::Again(FILE), &EXCHANGE);
        edit(&ground);
        let counts = Counts(AtomicUsize::new(0));
        ground.publish(NEW, &Publishing { witness: Some(&counts), ..EXCHANGE }).unwrap();
        assert_eq!(ground.files(), with_strangers(NEW));
        assert!(ground.public.join("assets/style.css").is_file());
        restore(&ground.public, &EXCHANGE).unwrap();
        assert_eq!(ground.files(), with_strangers(OLD));
        counts.0.load(Ordering::SeqCst)
    };
    assert_eq!(named_anew(&|_| {}), 0);
    // Not as it was published, it is set aside or removed as ever.
    let kept = |ground: &Ground, path: &str| ground.around.path().join(".public.handbook-before").join(path);
    assert_eq!(named_anew(&|it| std::fs::write(kept(it, "mine.txt"), "mine").unwrap()), 4);
    assert_eq!(named_anew(&|it| std::fs::remove_file(kept(it, "early/index.html")).unwrap()), 4);
    let exchanged = |words: &'static str| {
        move |it: &Ground| {
            std::fs::remove_file(kept(it, "same/index.html")).unwrap();
            std::fs::write(kept(it, "same/index.html"), words).unwrap();
        }
    };
    assert_eq!(named_anew(&exchanged("<p>forged")), 4);
    // A copy with the same bytes makes room for the file of the output folder, which has its time.
    assert_eq!(named_anew(&exchanged("<p>is the same")), 0);
}

#[test]
fn a_page_that_someone_deleted_is_given_back_wherever_the_run_died() {
    for how in [EXCHANGE, FILE_BY_FILE] {
        for step in 0.. {
            let ground = ground(What::Publish, &how);
            std::fs::remove_file(ground.public.join("kent/index.html")).unwrap();
            let dies = Dies::before_step(step);
            let _ = run(What::Publish, &ground.public, &Publishing { witness: Some(&dies), ..how });
            is_put_right(What::Publish, &ground, &how, &format!("died at {step}"));
            if !dies.died() {
                break;
            }
        }
    }
}

#[test]
fn what_was_set_aside_is_told_wherever_the_run_died_until_it_is_removed() {
    for step in 0.. {
        let ground = ground(What::Restore, &EXCHANGE);
        let before = ground.around.path().join(".public.handbook-before");
        std::fs::write(before.join("gone/index.html"), "edited").unwrap();
        let dies = Dies::before_step(step);
        let _ = ground.publish(OLD, &Publishing { witness: Some(&dies), ..EXCHANGE });
        let aside = ground.around.path().canonicalize().unwrap().join(".public.handbook-set-aside-1");
        for when in ["after it", "and again"] {
            let changes = ground.publish(OLD, &EXCHANGE).unwrap();
            assert_eq!(changes.set_aside, [aside.as_path()], "died at {step}, {when}");
        }
        let text = std::fs::read_to_string(aside.join("gone/index.html")).unwrap();
        assert_eq!(text, "edited", "died at {step}");
        std::fs::remove_dir_all(&aside).unwrap();
        assert_eq!(ground.publish(OLD, &EXCHANGE).unwrap().set_aside, [] as [&Path; 0]);
        if !dies.died() {
            break;
        }
    }
}

#[track_caller]
fn look(what: What, ground: &Ground, how: &Publishing, when: &str) {
    match how.file_by_file {
        true => files_are_whole(what, ground, when),
        false => is_whole(what, ground, when),
    }
}

#[test]
fn on_a_full_disk_the_old_site_stays_and_the_next_run_needs_only_room() {
    for how in [EXCHANGE, FILE_BY_FILE] {
        for what in ALL {
            for step in 0.. {
                let ground = ground(what, &how);
                let full = Full { steps: Dies::before_step(step) };
                let starved = Publishing { witness: Some(&full), ..how };
                let when = format!("step {step}");
                let done = run(what, &ground.public, &starved);
                match done {
                    Err(PublishError::Unfinished(_)) | Ok(()) => {}
                    Err(error) => assert!(error.to_string().contains("disk is full"), "{error}"),
                }
                look(what, &ground, &how, &when);
                is_put_right(what, &ground, &how, &when);
                if !full.steps.died() {
                    break;
                }
            }
        }
    }
}

#[test]
fn a_first_publication_for_which_there_was_no_room_leaves_no_folder() {
    for how in [EXCHANGE, FILE_BY_FILE] {
        for step in 0.. {
            let ground = Ground::new();
            let full = Full { steps: Dies::before_step(step) };
            let done = run(What::First, &ground.public, &Publishing { witness: Some(&full), ..how });
            if let Err(PublishError::Disk(_)) = done {
                assert_eq!(ground.beside(), [""; 0], "step {step}");
            }
            if !full.steps.died() {
                break;
            }
        }
    }
}

#[test]
fn file_by_file_an_edit_made_after_a_crash_is_not_overwritten() {
    let mut met = 0;
    for step in 0.. {
        let ground = ground(What::Publish, &FILE_BY_FILE);
        let dies = Dies::before_step(step);
        let dying = Publishing { witness: Some(&dies), ..FILE_BY_FILE };
        if run(What::Publish, &ground.public, &dying).is_ok() {
            break;
        }
        ground.write("kent/protocol/index.html", "edited");
        for _ in 0..2 {
            let error = ground.publish(NEW, &FILE_BY_FILE).unwrap_err().to_string();
            assert!(error.contains("kent/protocol/index.html was changed"), "{error}");
            assert_eq!(ground.files()["kent/protocol/index.html"], "edited");
        }
        std::fs::remove_file(ground.public.join("kent/protocol/index.html")).unwrap();
        ground.publish(NEW, &FILE_BY_FILE).unwrap();
        assert_eq!(ground.files(), with_strangers(NEW), "step {step}");
        met += 1;
    }
    assert!(met > 10);
}

#[test]
fn file_by_file_an_edit_made_at_the_last_moment_is_not_overwritten() {
    struct Edits<'a>(&'a Ground);
    impl Witness for Edits<'_> {
        fn before(&self, _: &str, path: &Path) -> io::Result<()> {
            if path.ends_with("next.json") {
                self.0.write("index.html", "edited");
            }
            Ok(())
        }
    }
    let ground = ground(What::Publish, &FILE_BY_FILE);
    let edits = Edits(&ground);
    let how = Publishing { witness: Some(&edits), ..FILE_BY_FILE };
    for how in [how, FILE_BY_FILE] {
        let error = ground.publish(NEW, &how).unwrap_err().to_string();
        assert!(error.contains("index.html was changed"), "{error}");
        files_are_whole_but(&ground, "index.html", "edited");
    }
    std::fs::remove_file(ground.public.join("index.html")).unwrap();
    ground.publish(NEW, &FILE_BY_FILE).unwrap();
    assert_eq!(ground.files(), with_strangers(NEW));
}

#[track_caller]
fn files_are_whole_but(ground: &Ground, path: &str, text: &str) {
    assert_eq!(ground.files()[path], text);
    ground.write(path, OLD[1].1);
    files_are_whole(What::Publish, ground, path);
    ground.write(path, text);
}

/// Announces on standard output that it has come to a step, and waits to be killed.
struct Waits {
    steps: Dies,
}

impl Witness for Waits {
    fn before(&self, doing: &str, path: &Path) -> io::Result<()> {
        if self.steps.before(doing, path).is_err() {
            println!("\nhere");
            io::stdout().flush()?;
            loop {
                std::thread::park();
            }
        }
        Ok(())
    }
}

/// Not a test by itself: the program that the tests below start and kill.
#[test]
#[ignore = "is started by other tests"]
fn a_program_that_is_killed() {
    let said = |name: &str| std::env::var(name).unwrap_or_default();
    let Ok(step) = said("STEP").parse() else {
        return;
    };
    let what = match said("WHAT").as_str() {
        "restore" => What::Restore,
        _ => What::Publish,
    };
    let waits = Waits { steps: Dies::before_step(step) };
    let how = Publishing {
        file_by_file: said("ROAD") == "file by file",
        witness: Some(&waits),
        seal: None,
        base_url: None,
    };
    run(what, Path::new(&said("FOLDER")), &how).unwrap();
}

/// Starts the program above and returns it once it has come to its step, or `None` if it
/// ended without.
fn start(what: What, ground: &Ground, how: &Publishing, step: usize) -> Option<Child> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "crashes::a_program_that_is_killed"])
        .arg("--nocapture")
        .env("STEP", step.to_string())
        .env("WHAT", if what == What::Restore { "restore" } else { "publish" })
        .env("ROAD", if how.file_by_file { "file by file" } else { "" })
        .env("FOLDER", &ground.public)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    if said.lines().map_while(Result::ok).any(|it| it == "here") {
        return Some(child);
    }
    assert!(child.wait().unwrap().success());
    None
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_program_killed_at_any_step_leaves_one_whole_site_that_the_next_completes() {
    for how in [EXCHANGE, FILE_BY_FILE] {
        for what in ALL {
            for step in 0.. {
                let ground = ground(what, &how);
                let Some(child) = start(what, &ground, &how, step) else {
                    assert!(step > 10, "the program did not do what it should");
                    break;
                };
                kill(child);
                look(what, &ground, &how, &format!("killed at {step}"));
                is_put_right(what, &ground, &how, &format!("killed at {step}"));
            }
        }
    }
}

#[test]
fn who_publishes_while_another_does_waits_until_that_one_ends_or_dies() {
    struct Sees<'a>(&'a AtomicBool, Mutex<bool>);
    impl Witness for Sees<'_> {
        fn before(&self, _: &str, _: &Path) -> io::Result<()> {
            *self.1.lock().unwrap() &= self.0.load(Ordering::SeqCst);
            Ok(())
        }
    }
    // Early, and after the exchange: the folder at the path is then another one.
    for step in [3, 26] {
        let ground = Ground::with_old(&EXCHANGE);
        let killed = AtomicBool::new(false);
        let sees = Sees(&killed, Mutex::new(true));
        let child = start(What::Publish, &ground, &EXCHANGE, step).unwrap();
        std::thread::scope(|scope| {
            let how = Publishing { witness: Some(&sees), ..EXCHANGE };
            let second = scope.spawn({
                let ground = &ground;
                move || ground.publish(OLD, &how).map(|it| it.road)
            });
            // Gives the second the time to go wrong; it is right however long this takes.
            std::thread::sleep(std::time::Duration::from_millis(100));
            killed.store(true, Ordering::SeqCst);
            kill(child);
            assert_eq!(second.join().unwrap().unwrap(), Road::Exchange);
        });
        assert!(*sees.1.lock().unwrap(), "step {step}: it did not wait");
        assert_eq!(ground.files(), with_strangers(OLD));
    }
}

#[test]
fn many_publications_at_once_leave_one_whole_site() {
    let ground = Ground::with_old(&EXCHANGE);
    std::thread::scope(|scope| {
        for number in 0..8 {
            let ground = &ground;
            scope.spawn(move || {
                let how = if number % 3 == 0 { FILE_BY_FILE } else { EXCHANGE };
                for pages in [OLD, NEW] {
                    ground.publish(pages, &how).unwrap();
                }
            });
        }
    });
    is_whole(What::Publish, &ground, "at the end");
}
