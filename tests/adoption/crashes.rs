//! Killed at any point, the content is as before a step or as after it.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use handbook::output::Witness;
use handbook::revise::{self, Step};

use super::ground::*;

/// Ends the program, as far as a test can, before a change to the disk: nothing that would tidy up
/// after an error is run, and nothing is printed.
struct Killer {
    at: usize,
    count: AtomicUsize,
}

impl Witness for Killer {
    fn before(&self, _doing: &str, _path: &Path) -> io::Result<()> {
        match self.count.fetch_add(1, Ordering::SeqCst) == self.at {
            true => resume_unwind(Box::new("killed")),
            false => Ok(()),
        }
    }
}

/// A disk that refuses one change.
struct Full {
    at: usize,
    count: AtomicUsize,
}

impl Witness for Full {
    fn before(&self, _doing: &str, _path: &Path) -> io::Result<()> {
        match self.count.fetch_add(1, Ordering::SeqCst) == self.at {
            true => Err(io::ErrorKind::StorageFull.into()),
            false => Ok(()),
        }
    }
}

/// A draft with edits, and the step that adopts it under its lasting name.
fn ready() -> (Ground, Step) {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let words = revise::clause::Withdrawal {
        draft: revise::clause::Draft { authority: COUNCIL.to_owned(), edition: None },
        clause: "1.2".to_owned(),
        reason: None,
    };
    ground.take(|it| revise::clause::withdraw(it, &words));
    let step = revise::adopt(&ground.checked(), &adoption()).unwrap();
    assert!(step.files.len() > 15, "{:?}", step.did);
    let replaces = |now: bool, then: bool| {
        step.files.values().any(|it| it.before.is_some() == now && it.after.is_some() == then)
    };
    assert!(replaces(true, true) && replaces(false, true) && replaces(true, false), "of every kind");
    (ground, step)
}

#[test]
fn adoption_killed_at_any_point_leaves_the_content_as_before_or_as_after() {
    let (mut killed, mut as_before, mut as_after) = (0, 0, 0);
    let (base, step) = ready();
    let before = base.files();
    let after = {
        let ground = base.copy();
        revise::write(&ground.content(), &step, None).unwrap();
        ground.files()
    };
    for at in 0.. {
        let ground = base.copy();
        let killer = Killer { at, count: AtomicUsize::new(0) };
        let run = catch_unwind(AssertUnwindSafe(|| revise::write(&ground.content(), &step, Some(&killer))));
        let files = ground.files();
        match &files {
            it if *it == before => as_before += 1,
            it if *it == after => as_after += 1,
            _ => panic!("killed at {at}: neither as before nor as after"),
        }
        sound(&ground.checked());
        // The next step, whichever it is, puts the files where they belong.
        ground.take(|it| {
            let name = Some("next".to_owned());
            revise::draft(it, &revise::Drafting { name, authority: "specimen-on-sea".to_owned(), from: None })
        });
        let mut on_disk = ground.on_disk();
        on_disk.retain(|path, _| !path.contains("/protocol/next/"));
        assert_eq!(on_disk, files, "killed at {at}");
        if run.is_ok() {
            break;
        }
        killed += 1;
    }
    assert!(killed > 60 && as_before > 20 && as_after > 20, "{killed}: {as_before}, {as_after}");
}

#[test]
fn taking_a_step_back_killed_at_any_point_leaves_one_of_the_two() {
    let (base, step) = ready();
    let before = base.files();
    revise::write(&base.content(), &step, None).unwrap();
    let after = base.files();
    let out = base.folder().join("public");
    let shown = revise::undo(&base.checked(), &base.content(), &out).unwrap().step;
    for at in 0.. {
        let ground = base.copy();
        let killer = Killer { at, count: AtomicUsize::new(0) };
        let take_back = || revise::take_back(&ground.content(), &shown, Some(&killer));
        let run = catch_unwind(AssertUnwindSafe(take_back));
        let files = ground.files();
        assert!(files == before || files == after, "killed at {at}");
        if run.is_ok() {
            assert_eq!(files, before);
            assert_eq!(ground.on_disk(), before);
            break;
        }
    }
}

#[test]
fn a_disk_that_refuses_leaves_the_content_as_before_or_says_that_the_step_counts() {
    let (base, step) = ready();
    let before = base.files();
    for at in 0.. {
        let ground = base.copy();
        let full = Full { at, count: AtomicUsize::new(0) };
        let Err(error) = revise::write(&ground.content(), &step, Some(&full)) else { break };
        let counts = error.to_string().contains("the step is decided and counts");
        assert_eq!(ground.files() != before, counts, "{at}: {error}");
        assert!(counts || error.to_string().contains("nothing was written"), "{at}: {error}");
    }
}

#[test]
fn a_file_edited_before_a_broken_step_was_completed_is_not_overwritten() {
    let (base, step) = ready();
    let file = "authorities/exampleshire/authority.yaml";
    for at in 0.. {
        let ground = base.copy();
        let killer = Killer { at, count: AtomicUsize::new(0) };
        let run = catch_unwind(AssertUnwindSafe(|| revise::write(&ground.content(), &step, Some(&killer))));
        assert!(run.is_err(), "no step was decided and not completed");
        let (read, on_disk) = (ground.files(), ground.on_disk());
        if read[file] == on_disk[file] {
            continue; // not decided, or in its place already
        }
        let warned = ground.checked().report;
        assert!(warned.diagnostics().iter().any(|it| it.code == "step-unfinished"));
        ground.edit(file, "name:", "# ours\nname:");
        let refused = revise::complete(&ground.content()).unwrap_err().to_string();
        assert!(refused.contains(&format!("{file} was edited before it could be completed")), "{refused}");
        assert!(ground.text(file).contains("# ours"));
        std::fs::remove_file(ground.file(file)).unwrap();
        revise::complete(&ground.content()).unwrap();
        assert_eq!(ground.on_disk(), read);
        break;
    }
}
