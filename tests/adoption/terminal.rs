//! The program itself, as a clerk runs it: at a terminal, in scripts, and with what it says is next.

use handbook::revise;

use super::ground::*;

/// Runs the program as at a terminal, which `script` gives it, with these answers.
#[track_caller]
fn at_a_terminal(ground: &Ground, words: &str, answers: &str) -> String {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let program = env!("CARGO_BIN_EXE_handbook");
    let words = format!("{program} {words} --today {TODAY} --content {}", ground.content().display());
    let mut run = Command::new("script")
        .args(["-qec", &words, "/dev/null"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`script` of util-linux is installed");
    run.stdin.as_mut().unwrap().write_all(answers.as_bytes()).unwrap();
    let run = run.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{said}");
    said
}

#[test]
fn at_a_terminal_the_program_asks_for_what_is_missing_and_elsewhere_says_so() {
    use std::process::{Command, Stdio};
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    for (words, says) in [
        ("adopt exampleshire", "`handbook adopt` needs --body"),
        ("decide exampleshire", "`handbook decide` needs --outcome"),
        ("clause split exampleshire 1.1", "`handbook clause split` needs --at"),
        ("clause merge exampleshire", "`handbook clause merge` needs the name of a clause"),
        ("clause move exampleshire 1.1", "`handbook clause move` needs --after, --before, --first-in or"),
        ("clause renumber exampleshire 1.1", "`handbook clause renumber` needs the new number"),
    ] {
        let mut piped = Command::new(env!("CARGO_BIN_EXE_handbook"));
        let piped = piped.args(words.split(' ')).arg("--content").arg(ground.content());
        let piped = piped.stdin(Stdio::null()).output().unwrap();
        assert_eq!(piped.status.code(), Some(2), "{words}");
        let error = String::from_utf8_lossy(&piped.stderr).into_owned();
        assert!(error.contains(says), "{words}: {error}");
    }
    at_a_terminal(&ground, "clause merge exampleshire", "2.1\n2.2\n");
    at_a_terminal(&ground, "clause move exampleshire", "1.1\n1.2\n");
    at_a_terminal(&ground, "clause renumber exampleshire", "2.2\n2.1\n");
    let withdrawn = at_a_terminal(&ground, "clause withdraw exampleshire", "3.1\nsaid elsewhere\n");
    assert!(withdrawn.contains("recorded in edition.yaml: said elsewhere"), "{withdrawn}");
    at_a_terminal(&ground, "clause add exampleshire", "Members ask.\n2.2\n2.2\ninformation/asking\n");

    let said = at_a_terminal(&ground, "adopt exampleshire", "County Council\n21 May\n2026-05-21\n12\n\n");
    for it in [
        "Which body adopted it?",
        "On what day?",
        "“21 May” cannot be read so.",
        "minute 12",
        "day of commencement not recorded",
    ] {
        assert!(said.contains(it), "{it} in {said}");
    }
    let book = ground.checked().handbook;
    let adopted = &book.authorities[COUNCIL].editions["2026-05-21"];
    assert_eq!(adopted.adoption[0].minute.as_deref(), Some("12"));
    assert_eq!(adopted.dates.commenced, None);
    let ids: Vec<&str> = adopted.clauses().map(|it| it.id.as_str()).collect();
    assert_eq!(ids[1..5], ["1.2", "1.1", "2.2", "2.2-2"]);
    let undone = at_a_terminal(&ground, "undo", "no\n");
    assert!(undone.contains("the last step is taken back"), "{undone}");
}

#[test]
fn what_is_said_to_be_next_can_be_pasted() {
    use std::process::Command;
    let ground = Ground::new();
    let folder = tempfile::TempDir::new().unwrap();
    let content = folder.path().join("the council's");
    std::os::unix::fs::symlink(ground.content(), &content).unwrap();
    let shell = |line: &str| {
        let path = std::path::Path::new(env!("CARGO_BIN_EXE_handbook")).parent().unwrap();
        let path = format!("{}:{}", path.display(), std::env::var("PATH").unwrap());
        let mut run = Command::new("sh");
        let run = run.args(["-c", line]).env("PATH", path).current_dir(folder.path());
        let run = run.stdin(std::process::Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        assert!(run.status.success(), "{line}: {said}{}", String::from_utf8_lossy(&run.stderr));
        said
    };
    let said = shell("handbook draft exampleshire --content \"the council's\"");
    let lines: Vec<&str> = said.lines().skip_while(|it| *it != "Next:").skip(1).collect();
    assert!(lines[0].contains("the council's/authorities/exampleshire/protocol/draft"), "{said}");
    for line in lines[1..].iter().filter(|it| !it.contains("propose")) {
        shell(line.trim_start().split("   ").next().unwrap());
    }
}

#[test]
fn a_dry_run_shows_what_would_change_and_writes_nothing() {
    use std::process::Command;
    let ground = Ground::new();
    let run = |words: &str| {
        let program = Command::new(env!("CARGO_BIN_EXE_handbook"))
            .args(words.split(' '))
            .args(["--today", &TODAY.to_string(), "--format", "json"])
            .current_dir(ground.folder())
            .output()
            .unwrap();
        assert!(program.status.success(), "{words}: {}", String::from_utf8_lossy(&program.stderr));
        serde_json::from_slice::<serde_json::Value>(&program.stdout).unwrap()
    };
    let before = ground.on_disk();
    let shown = run("draft exampleshire --dry-run");
    assert_eq!((&shown["outcome"], &shown["result"]["dry_run"]), (&"shown".into(), &true.into()));
    assert_eq!(ground.on_disk(), before);
    let done = run("draft exampleshire");
    assert_eq!((&done["outcome"], &done["result"]["files"]), (&"done".into(), &shown["result"]["files"]));
    assert_ne!(ground.on_disk(), before);
    run("undo");
    assert_eq!(ground.on_disk(), before);

    // The record of a correction can be taken back too; what was edited then is an error again.
    ground.edit(
        "authorities/exampleshire/protocol/2024-05-16/edition.yaml",
        "minute: \"12\"",
        "minute: \"13\"",
    );
    run("correct exampleshire 2024-05-16 --what number --why slip");
    assert_eq!(ground.checked().report.errors(), 0);
    run("undo --unpublished");
    assert_eq!(ground.checked().report.errors(), 1);
}
