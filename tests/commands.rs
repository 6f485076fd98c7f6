//! The commands as a clerk or a script runs them: whole processes, what they print, what they
//! write, and how they end.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use snapbox::{assert_data_eq, str};
use tempfile::TempDir;

/// A day near that of the example, so that no warning depends on the clock.
const TODAY: &str = "2026-11-23";

/// What a run printed, and its exit code.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    #[track_caller]
    fn ends(self, code: i32) -> Run {
        assert_eq!(self.code, code, "\n{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}:\n{}", self.out))
    }
}

/// Runs the program in `folder` with `words`, parted by spaces.
fn handbook(folder: &Path, words: &str) -> Run {
    let output = command(folder, words).output().unwrap();
    Run {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn command(folder: &Path, words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbook"));
    command.args(words.split_whitespace()).current_dir(folder).stdin(Stdio::null());
    for name in ["NO_COLOR", "NO_GRAPHICS", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

/// A folder with the example handbook.
fn example() -> TempDir {
    let folder = TempDir::new().unwrap();
    handbook(folder.path(), &format!("new . --today {TODAY}")).ends(0);
    folder
}

/// Puts `to` in the place of `from` in a file of the content.
#[track_caller]
fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join("content").join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} holds no {from:?}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// An error that takes nothing from the handbook, so that no other follows from it.
fn misspell_a_topic(folder: &Path) {
    let clause = "authorities/specimen-on-sea/protocol/2023-02/02-help/b3.md";
    change(folder, clause, "[conduct/respect]", "[conduct/respect, informaton]");
}

/// Every file below `folder` with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            all.extend(files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            all.insert(name, fs::read(&path).unwrap());
        }
    }
    all
}

const COMMANDS: [&str; 16] = [
    "build",
    "check",
    "record",
    "redline",
    "compare-adopted",
    "new",
    "draft",
    "clause",
    "propose",
    "decide",
    "adopt",
    "correct",
    "undo",
    "restore",
    "completions",
    "manual",
];

#[test]
fn help_names_every_command_and_tells_the_exit_codes() {
    let folder = TempDir::new().unwrap();
    let help = handbook(folder.path(), "--help").ends(0).out;
    for name in COMMANDS {
        assert!(help.contains(&format!("\n  {name} ")), "{name} in:\n{help}");
        let own = handbook(folder.path(), &format!("{name} --help")).ends(0).out;
        assert!(own.contains("Example") || own.contains("Exit code"), "{own}");
    }
    for words in ["Examples:", "handbook new trial", "  0   done", "  1   the content", "  2   the command"] {
        assert!(help.contains(words), "{words} in:\n{help}");
    }
    assert_eq!(handbook(folder.path(), "--version").ends(0).out, "handbook 0.1.0\n");
}

#[test]
fn wrong_words_end_with_2_and_say_what_would_be_right() {
    let folder = example();
    for (words, says) in [
        ("", "Usage: handbook <COMMAND>"),
        ("biuld", "build"),
        ("build --baseurl https://example.org/", "--base-url"),
        ("build --base-url example.org", "https://example.org/handbook/"),
        ("build --base-url https:///x", "https://example.org/handbook/"),
        ("build --base-url https://example.org:99999/", "port"),
        ("build --base-url https://example.org/?a", "https://example.org/handbook/"),
        ("check --today 23/11/2026", "2026-11-22"),
        ("check --today 2026-02-30", "2026-11-22"),
        ("check --today 2026-11-22T10:00", "2026-11-22"),
        ("check --format xml", "human, json"),
        ("check content", "unexpected argument"),
        ("new", "<DIR>"),
        ("completions dos", "bash"),
        ("manual biuld", "no command `biuld`"),
        ("build --theme nowhere", "nowhere"),
    ] {
        let run = handbook(folder.path(), words).ends(2);
        assert!(run.err.contains(says), "{words}: {}", run.err);
        assert_eq!(run.out, "", "{words}");
    }
    assert!(!folder.path().join("public").exists());
}

#[test]
fn a_missing_content_folder_ends_with_2_and_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    for words in ["redline a b c", "compare-adopted a"] {
        let run = handbook(folder.path(), words).ends(2);
        assert!(run.err.contains("cannot read the content folder content"), "{words}: {}", run.err);
    }
    for name in ["build", "check", "record"] {
        let run = handbook(folder.path(), name).ends(2);
        assert_eq!(run.out, "");
        assert_data_eq!(
            run.err,
            str![[r#"
error: cannot read the content folder content: there is no such file or folder
  hint: run the command in the folder that holds `content`, name another with --content DIR, or make a handbook with `handbook new DIR`

"#]]
        );
        let json = handbook(folder.path(), &format!("{name} --format json")).ends(2).json();
        assert_eq!((json["command"].as_str(), json["outcome"].as_str()), (Some(name), Some("failed")));
        assert!(json["failure"].as_str().unwrap().contains("content"));
    }
    assert_eq!(files(folder.path()), BTreeMap::new());
}

#[test]
fn a_file_where_a_folder_belongs_is_called_so() {
    let folder = example();
    for name in ["build", "check", "record"] {
        let run = handbook(folder.path(), &format!("{name} --content content/handbook.yaml")).ends(2);
        assert_data_eq!(
            run.err,
            str![[r#"
error: cannot read the content folder content/handbook.yaml: it is a file, not a folder
  hint: name the folder that holds the files, with --content content

"#]]
        );
    }
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    for words in ["build --out notes.txt", "build --out notes.txt/public", "restore --out notes.txt"] {
        let run = handbook(folder.path(), words).ends(2);
        assert!(run.err.contains("notes.txt: it is a file, not a folder"), "{words}: {}", run.err);
    }
    assert_eq!(fs::read(folder.path().join("notes.txt")).unwrap(), b"mine");
}

#[test]
fn a_new_handbook_checks_clean_and_its_ledger_is_complete() {
    let folder = TempDir::new().unwrap();
    let made = handbook(folder.path(), &format!("new trial --today {TODAY}")).ends(0);
    assert!(made.out.contains("handbook build"), "{}", made.out);
    let trial = folder.path().join("trial");
    let checked = handbook(&trial, &format!("check --strict --today {TODAY}")).ends(0);
    assert_eq!(checked.out, "no errors, no warnings. The handbook can be published.\n");
    let before = files(&trial);
    let recorded = handbook(&trial, "record").ends(0);
    assert_eq!(recorded.out, "Everything is in the ledger already; nothing was written.\n");
    assert_eq!(files(&trial), before);
}

#[test]
fn a_new_handbook_is_as_read_on_the_day_it_was_made() {
    let folder = TempDir::new().unwrap();
    handbook(folder.path(), "new trial --today 2031-02-03").ends(0);
    let day = fs::read_to_string(
        folder.path().join("trial/content/authorities/specimen-on-sea/protocol/2023-02/edition.yaml"),
    );
    assert!(day.unwrap().contains("checked: 2031-02-03"));
    handbook(&folder.path().join("trial"), "check --strict --today 2031-02-03").ends(0);
}

#[test]
fn a_handbook_is_not_made_where_something_is() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/.hidden"), "mine").unwrap();
    fs::write(folder.path().join("file"), "mine").unwrap();
    let before = files(folder.path());
    let run = handbook(folder.path(), "new full").ends(2);
    assert_data_eq!(
        run.err,
        str![[r#"
error: full is not empty, so nothing is written there; choose a new or an empty folder

"#]]
    );
    handbook(folder.path(), "new file").ends(2);
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_report_shows_each_line_with_what_would_mend_it() {
    let folder = example();
    misspell_a_topic(folder.path());
    change(folder.path(), "topics.yaml", "    group: about\n", "    group: abuot\n");
    fs::write(folder.path().join("content/notes.txt"), "x").unwrap();
    let run = handbook(folder.path(), &format!("check --today {TODAY}")).ends(1);
    assert_eq!(run.err, "");
    assert_data_eq!(
        run.out,
        str![[r#"
error[unknown-topic]: no topic `informaton`
 --> content/authorities/specimen-on-sea/protocol/2023-02/02-help/b3.md:4:27
  |
4 | topics: [conduct/respect, informaton]
  |                           ^^^^^^^^^^
  |
  = help: did you mean `information`?

warning[unknown-file]: no part of the handbook is looked for here
--> content/notes.txt
 = help: is the name or the folder misspelt? see the list of files in the README

error[unknown-group]: no group `abuot` of topics
  --> content/topics.yaml:14:5
   |
14 |     group: abuot
   |     ^^^^^^^^^^^^
   |
   = help: did you mean `about`?

2 errors, 1 warning. The handbook cannot be published so.

"#]]
    );
}

#[test]
fn nothing_is_published_or_written_while_the_content_has_errors() {
    let folder = example();
    misspell_a_topic(folder.path());
    let before = files(folder.path());
    let run = handbook(folder.path(), &format!("build --today {TODAY}")).ends(1);
    assert_data_eq!(
        run.out,
        str![[r#"
error[unknown-topic]: no topic `informaton`
 --> content/authorities/specimen-on-sea/protocol/2023-02/02-help/b3.md:4:27
  |
4 | topics: [conduct/respect, informaton]
  |                           ^^^^^^^^^^
  |
  = help: did you mean `information`?

1 error, no warnings; nothing was published.

"#]]
    );
    handbook(folder.path(), "record").ends(1);
    assert_eq!(files(folder.path()), before);
    // With a site there, it is said that it stays.
    fs::create_dir(folder.path().join("public")).unwrap();
    fs::write(folder.path().join("public/index.html"), "old").unwrap();
    let run = handbook(folder.path(), "build").ends(1);
    assert!(run.out.ends_with("nothing was published; the site in public is unchanged.\n"), "{}", run.out);
    assert_eq!(fs::read(folder.path().join("public/index.html")).unwrap(), b"old");
}

#[test]
fn warnings_stop_only_the_strict_and_may_be_accepted() {
    let folder = example();
    fs::write(folder.path().join("content/notes.txt"), "x").unwrap();
    let check = |words: &str| handbook(folder.path(), &format!("check --today {TODAY} {words}"));
    let run = check("").ends(0);
    assert!(run.out.ends_with("no errors, 1 warning. The handbook can be published.\n"), "{}", run.out);
    let run = check("--strict").ends(1);
    assert!(run.out.contains("--strict counts warnings as errors"), "{}", run.out);
    handbook(folder.path(), &format!("build --strict --today {TODAY}")).ends(1);
    assert!(!folder.path().join("public").exists());

    let entry = "accepted: [{code: unknown-file, place: notes.txt, reason: a list of mine}]";
    change(folder.path(), "handbook.yaml", "accepted: []", entry);
    let run = check("--strict").ends(0);
    assert_eq!(
        run.out,
        "no errors, no warnings (1 accepted warning not shown; `check --accepted` shows them). The handbook \
         can be published.\n"
    );
    let run = check("--strict --accepted").ends(0);
    assert!(run.out.contains("accepted: a list of mine"), "{}", run.out);
    let json = check("--format json").ends(0).json();
    assert_eq!((&json["warnings"], &json["accepted"]), (&0.into(), &1.into()));
    assert_eq!(json["diagnostics"][0]["accepted"], "a list of mine");
}

#[test]
fn json_holds_the_whole_report_in_one_object() {
    let folder = example();
    misspell_a_topic(folder.path());
    let run = handbook(folder.path(), &format!("check --format json --today {TODAY}")).ends(1);
    run.json();
    assert_eq!(run.err, "");
    assert_data_eq!(
        run.out,
        str![[r#"
{
  "command": "check",
  "outcome": "errors",
  "errors": 1,
  "warnings": 0,
  "accepted": 0,
  "failure": null,
  "result": null,
  "diagnostics": [
    {
      "file": "authorities/specimen-on-sea/protocol/2023-02/02-help/b3.md",
      "line": 4,
      "column": 27,
      "severity": "error",
      "code": "unknown-topic",
      "message": "no topic `informaton`",
      "hint": "did you mean `information`?",
      "accepted": null
    }
  ]
}

"#]]
    );
}

#[test]
fn nothing_that_is_piped_has_colours_and_who_asks_gets_sentences() {
    let folder = example();
    misspell_a_topic(folder.path());
    for (name, value) in [("TERM", "xterm-256color"), ("NO_COLOR", "1"), ("NO_GRAPHICS", "1")] {
        let output = command(folder.path(), "check").env(name, value).output().unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(!out.contains('\u{1b}'), "{out}");
        assert_eq!(out.contains("^^^"), name != "NO_GRAPHICS", "{out}");
    }
}

#[test]
fn a_reader_who_stops_reading_changes_nothing() {
    let folder = example();
    misspell_a_topic(folder.path());
    let mut child =
        command(folder.path(), "check").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn what_is_new_is_recorded_once_and_comments_stay() {
    let folder = example();
    let section = "authorities/specimen-on-sea/protocol/2023-02/03-press/_section.md";
    change(folder.path(), section, "clauses: [c1]", "clauses: [c1, c2]");
    // A draft's words need no source; here the source is mended as well.
    let clause = "---\nid: c2\nnumber: \"C2\"\ntopics: [press/spokespersons]\n---\nIn haste:\n\n- any officer;\n- \
                  any Member.\n";
    fs::write(
        folder.path().join("content/authorities/specimen-on-sea/protocol/2023-02/03-press/c2.md"),
        clause,
    )
    .unwrap();
    change(
        folder.path(),
        "sources/specimen-on-sea-2023.txt",
        "No other officer does.\n",
        "No other officer does.\nC2 In haste:\n- any officer;\n- any Member.\n",
    );
    change(folder.path(), "sources/specimen-on-sea-2023.yaml", "1-34", "1-37");
    change(folder.path(), "sources/specimen-on-sea-2023.yaml", "line: 34", "line: 37");
    let ledger = "authorities/specimen-on-sea/ids.yaml";
    change(folder.path(), ledger, "  c1: {}", "  # ours\n  c1: {} # stays");
    let frozen = "authorities/specimen-on-sea/frozen.yaml";
    fs::remove_file(folder.path().join("content").join(frozen)).unwrap();
    // A text whose address is recorded is never frozen as it stands today.
    let run = handbook(folder.path(), "record").ends(1);
    assert!(run.out.contains("error[frozen-missing]"), "{}", run.out);
    change(folder.path(), "addresses.yaml", "  \"authorities/specimen-on-sea/protocol/2023-02/\": {}\n", "");
    let before = files(folder.path());

    let run = handbook(folder.path(), "record").ends(0);
    assert_data_eq!(
        run.out,
        str![[r#"
content/addresses.yaml: 1 entry added
  authorities/specimen-on-sea/protocol/2023-02/
  2 comments kept
content/authorities/specimen-on-sea/frozen.yaml: 1 entry added
  2023-02
content/authorities/specimen-on-sea/ids.yaml: 1 entry added
  c2 (b1, b2)
  2 comments kept
Recorded. From now on these are kept for ever.

"#]]
    );
    let after = files(folder.path());
    let text = String::from_utf8(after[&format!("content/{ledger}")].clone()).unwrap();
    assert!(text.contains("  # ours\n  c1: {} # stays\n  c2: {items: [b1, b2]}\n"), "{text}");
    let changed: Vec<&String> =
        after.iter().filter(|it| before.get(it.0) != Some(it.1)).map(|it| it.0).collect();
    let addresses = "content/addresses.yaml".to_owned();
    assert_eq!(changed, [&addresses, &format!("content/{frozen}"), &format!("content/{ledger}")]);

    let again = handbook(folder.path(), "record --format json").ends(0).json();
    assert_eq!(again["result"]["files"], serde_json::json!([]));
    assert_eq!(files(folder.path()), after);
}

#[test]
fn shells_and_man_get_theirs_from_the_same_words() {
    let folder = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let out = handbook(folder.path(), &format!("completions {shell}")).ends(0).out;
        assert!(out.contains("base-url") && out.contains("restore"), "{shell}: {out}");
    }
    let page = handbook(folder.path(), "manual").ends(0).out;
    assert!(page.contains(".TH handbook 1") && page.contains("handbook new trial"), "{page}");
    for name in COMMANDS {
        let page = handbook(folder.path(), &format!("manual {name}")).ends(0).out;
        assert!(page.contains(&format!(".TH handbook-{name} 1")), "{page}");
    }
}

#[test]
fn a_site_is_published_and_the_one_before_can_be_put_back() {
    let folder = example();
    let content = files(&folder.path().join("content"));
    let run = handbook(folder.path(), &format!("build --today {TODAY}")).ends(0);
    assert_data_eq!(
        &run.out,
        str![[r#"
no errors, no warnings.
Published in public: [..] files, [..] new.
No base URL is set, so what needs the site's full address is left out (sitemap, feeds, canonical links; see --base-url).
Open in a browser: [..]/public/index.html

"#]]
    );
    let opened = run.out.trim_end().rsplit("browser: ").next().unwrap();
    assert!(Path::new(opened).is_file(), "{opened}");
    let first = files(&folder.path().join("public"));

    let run = handbook(folder.path(), "build --today 2026-12-24").ends(0);
    assert!(run.out.contains("all as they were before"), "{}", run.out);
    assert_eq!(files(&folder.path().join("public")), first);

    change(folder.path(), "topics.yaml", "About the rules", "On the rules");
    let json = handbook(folder.path(), &format!("build --format json --today {TODAY}")).ends(0).json();
    assert_eq!(json["outcome"], "published");
    assert_ne!(json["result"]["changed"], serde_json::json!([]));
    change(folder.path(), "topics.yaml", "On the rules", "About the rules");
    assert_ne!(files(&folder.path().join("public")), first);

    let run = handbook(folder.path(), "restore").ends(0);
    assert!(run.out.contains("Put back the publication before in public"), "{}", run.out);
    assert_eq!(files(&folder.path().join("public")), first);
    assert_eq!(files(&folder.path().join("content")), content);
}

#[test]
fn a_page_deleted_by_hand_is_made_again_and_whether_its_publication_can_be_put_back_is_told() {
    let folder = example();
    let public = folder.path().join("public");
    handbook(folder.path(), "build").ends(0);
    let first = files(&public);
    change(folder.path(), "pages/about.md", "An example.", "Another.");
    handbook(folder.path(), "build").ends(0);
    fs::remove_file(public.join("about/index.html")).unwrap();
    let run = handbook(folder.path(), "build").ends(0);
    assert!(run.out.contains("1 new.") && !run.out.contains("cannot be put back"), "{}", run.out);
    handbook(folder.path(), "restore").ends(0);
    assert_eq!(files(&public), first);

    fs::remove_file(public.join("about/index.html")).unwrap();
    let run = handbook(folder.path(), "build").ends(0);
    let told = "The publication before cannot be put back with `handbook restore`: someone had deleted or \
                changed about/index.html in public.";
    assert!(run.out.lines().any(|it| it == told), "{}", run.out);
    let refused = handbook(folder.path(), "restore").ends(2).err;
    assert!(refused.contains("about/index.html is missing or changed"), "{refused}");
}

#[test]
fn drafts_are_not_put_back_where_the_public_website_stands() {
    let folder = example();
    handbook(folder.path(), "draft exampleshire").ends(0);
    // Shown to a few at first, under the name that the public website got later.
    handbook(folder.path(), "build --drafts --out public").ends(0);
    handbook(folder.path(), "build").ends(0);
    let public = files(&folder.path().join("public"));
    let refused = handbook(folder.path(), "restore").ends(2).err;
    assert!(refused.starts_with("error: the publication before shows drafts"), "{refused}");
    assert!(refused.contains("`handbook build --drafts` makes it in a folder of its own"), "{refused}");
    assert_eq!(files(&folder.path().join("public")), public);
}

#[test]
fn a_base_url_goes_before_that_of_the_handbook() {
    let folder = example();
    change(
        folder.path(),
        "handbook.yaml",
        "# base_url: https://example.org/handbook/",
        "base_url: https://a.example/",
    );
    let build =
        |words: &str| handbook(folder.path(), &format!("build --format json --today {TODAY} {words}"));
    assert_eq!(build("").ends(0).json()["result"]["base_url"], "https://a.example/");
    let json = build("--base-url https://b.example/x").ends(0).json();
    assert_eq!(json["result"]["base_url"], "https://b.example/x/");
}

#[test]
fn where_nothing_was_published_nothing_is_put_back() {
    let folder = TempDir::new().unwrap();
    let run = handbook(folder.path(), "restore").ends(2);
    assert!(run.err.starts_with("error: no publication before this one is kept"), "{}", run.err);
    assert_eq!(handbook(folder.path(), "restore --format json").ends(2).json()["outcome"], "failed");
    assert_eq!(files(folder.path()), BTreeMap::new());
}

const EXAMPLE: &str = "exampleshire 2019-06 2024-05-16";

#[test]
fn a_redline_is_printed_or_written_in_the_format_that_the_file_is_named_for() {
    let folder = example();
    let content = files(&folder.path().join("content"));
    let printed = handbook(folder.path(), &format!("redline {EXAMPLE}")).ends(0);
    assert!(printed.out.starts_with("<!doctype html>") && printed.out.contains("<ins"), "{}", printed.out);
    let style = printed.out.split("<style>").nth(1).and_then(|it| it.split("</style>").next()).unwrap();
    assert!(style.contains(" > ") && !style.contains("&gt;") && !style.contains("&quot;"), "{style}");
    for (name, begins, next) in [
        ("redline.html", &b"<!doctype html>"[..], "Open it in a browser"),
        ("redline.docx", b"PK", "Open it in Word"),
        ("schedule.md", b"# ", "reasons"),
        ("redline.json", b"{", "changes"),
    ] {
        if name.ends_with(".docx") && !cfg!(feature = "docx") {
            continue;
        }
        let run = handbook(folder.path(), &format!("redline {EXAMPLE} --out {name}")).ends(0);
        assert!(run.out.contains(&format!("Wrote {name}")) && run.out.contains(next), "{}", run.out);
        let bytes = fs::read(folder.path().join(name)).unwrap();
        assert!(bytes.starts_with(begins), "{name}");
        // What is there stays, and the same texts make the same bytes.
        let again = handbook(folder.path(), &format!("redline {EXAMPLE} --out {name}")).ends(2);
        assert!(again.err.contains("is there already") && again.err.contains("hint:"), "{}", again.err);
        fs::rename(folder.path().join(name), folder.path().join("before")).unwrap();
        handbook(folder.path(), &format!("redline {EXAMPLE} --out {name}")).ends(0);
        assert!(fs::read(folder.path().join(name)).unwrap() == bytes, "{name}: other bytes");
    }
    assert_eq!(files(&folder.path().join("content")), content);
}

#[test]
fn a_page_of_a_redline_needs_no_other_file() {
    let folder = example();
    let page = handbook(folder.path(), &format!("redline {EXAMPLE}")).ends(0).out;
    for from_elsewhere in ["src=", "<link", "<script", "http://", "https://", "@import", "url("] {
        assert!(!page.contains(from_elsewhere), "{from_elsewhere}");
    }
    let anchors: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
    for link in page.split("href=\"").skip(1).filter_map(|it| it.split('"').next()) {
        let anchor = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads out of the page"));
        assert!(anchors.contains(&anchor), "{link} leads nowhere");
    }
}

#[test]
fn whether_a_step_was_published_is_seen_in_the_website_beside_its_content() {
    let (here, there) = (example(), example());
    handbook(here.path(), "build").ends(0);
    let content = there.path().join("content");
    let content = content.to_str().unwrap();
    handbook(here.path(), &format!("draft exampleshire --content {content}")).ends(0);
    let adopt = format!("adopt exampleshire --body Council --date 2026-05-21 --content {content}");
    handbook(here.path(), &adopt).ends(0);
    handbook(there.path(), "build").ends(0);
    let refused = handbook(here.path(), &format!("undo --content {content}")).ends(2).err;
    assert!(refused.contains("has been published since"), "{refused}");
}

#[test]
fn a_schedule_has_a_row_for_each_passage_and_makes_no_reasons_up() {
    let folder = example();
    let schedule = handbook(folder.path(), &format!("redline {EXAMPLE} --format md")).ends(0).out;
    let rows: Vec<&str> = schedule.lines().filter(|it| it.starts_with('|')).collect();
    assert_eq!(rows[0], "| Reference | Current | Proposed | Reason |");
    assert!(rows.len() > 2, "{schedule}");
    for row in &rows[2..] {
        assert_eq!(row.matches(" | ").count(), 3, "{row}");
        assert!(row.contains("| not recorded"), "{row}");
    }
}

#[test]
fn a_schedule_gives_the_reason_that_is_recorded_of_a_withdrawal() {
    let folder = example();
    handbook(folder.path(), "draft exampleshire").ends(0);
    handbook(folder.path(), "clause withdraw exampleshire 2.1 --reason closed").ends(0);
    let schedule = handbook(folder.path(), "redline exampleshire 2024-05-16 draft --format md").ends(0).out;
    let row = schedule.lines().find(|it| it.starts_with("| Clause 2.1")).expect("it is gone");
    assert!(row.ends_with(" | closed |"), "{row}");
}

#[test]
fn a_schedule_tells_splits_mergers_and_moves_with_numbers_and_places() {
    let real = Path::new(env!("CARGO_MANIFEST_DIR"));
    let words = "redline kensington-and-chelsea 2023-02-01-proposed consolidated --format md";
    let schedule = handbook(real, words).ends(0).out;
    let row = schedule.lines().find(|it| it.starts_with("| Clause 2.03")).unwrap();
    assert!(row.starts_with("| Clause 2.03 (split into Clause 2.03 and Clause 2.04) | "), "{row}");
    assert!(row.contains("<br>**2.04**<br>On the Executive side"), "{row}");

    let folder = example();
    handbook(folder.path(), "draft exampleshire").ends(0);
    handbook(folder.path(), "clause merge exampleshire 2.1 --into 2.2").ends(0);
    handbook(folder.path(), "clause move exampleshire 1.1 --after 1.2").ends(0);
    let schedule = handbook(folder.path(), "redline exampleshire 2024-05-16 draft --format md").ends(0).out;
    let rows: Vec<&str> = schedule.lines().filter(|it| it.starts_with("| Clause")).collect();
    assert!(rows[0].starts_with("| Clause 1.2 (moved) | (after Clause 1.1)<br>"), "{schedule}");
    assert!(rows[0].contains(" | (at the beginning)<br>"), "{schedule}");
    assert!(
        rows[1].starts_with("| Clause 2.2 (merged from Clause 2.2 and Clause 2.1) | 2.2<br>"),
        "{schedule}"
    );
    assert!(rows[1].contains("<br>~~2.1~~<br>"), "{schedule}");
    assert!(rows[1].contains(" | 2.2<br>") && rows[1].matches("2.2<br>").count() == 2, "{schedule}");
    assert_eq!(rows.len(), 2, "{schedule}");
}

#[test]
fn a_clause_that_was_split_and_took_in_another_is_told_as_both_in_every_paper() {
    let folder = example();
    handbook(folder.path(), "draft exampleshire").ends(0);
    handbook(folder.path(), "clause split exampleshire 2.1 --at (b) --number 2.1A").ends(0);
    handbook(folder.path(), "clause merge exampleshire 1.1 --into 2.1").ends(0);
    let paper = |format: &str| {
        handbook(folder.path(), &format!("redline exampleshire 2024-05-16 draft --format {format}")).ends(0)
    };
    let both = ["split into Clause 2.1 and Clause 2.1A", "merged from Clause 1.1 and Clause 2.1"];
    for format in ["html", "md"] {
        let out = paper(format).out;
        assert!(both.iter().all(|it| out.contains(it)), "{format}: {out}");
    }
    let json = paper("json").json();
    let changes = json["changes"].as_array().unwrap().iter();
    let whole: Vec<&str> = changes.filter_map(|it| it["what"].as_str()).filter(|it| *it != "words").collect();
    assert_eq!(whole, ["split", "merged"]);
    let fates: Vec<&str> =
        json["passages"].as_array().unwrap().iter().filter_map(|it| it["fate"].as_str()).collect();
    assert!(fates.contains(&"split and merged"), "{fates:?}");
}

#[test]
fn a_clause_is_split_at_an_item_as_it_is_printed() {
    let folder = example();
    handbook(folder.path(), "draft exampleshire").ends(0);
    let clause = "authorities/exampleshire/protocol/draft/01-purpose/1.2.md";
    change(folder.path(), clause, "about conduct.", "about conduct:\n\n- of members;\n- of officers.");
    let words = "clause split exampleshire 1.2 --number 1.3 --at";
    let split = |at: &str| {
        let output = command(folder.path(), words).arg(at).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = split("zzz");
    assert!(code == Some(2) && said.contains("- of officers"), "{said}");
    assert_eq!(split("- of officers"), (Some(0), String::new()));
}

#[test]
fn the_lines_of_a_title_are_no_clause() {
    let folder = example();
    handbook(folder.path(), "draft exampleshire").ends(0);
    change(folder.path(), "authorities/exampleshire/protocol/draft/00-front/title.md", "As adopted on", "Of");
    let schedule = handbook(folder.path(), "redline exampleshire 2024-05-16 draft --format md").ends(0).out;
    assert!(schedule.contains("\n| Opening lines “Exampleshire County Council …” | "), "{schedule}");
}

#[test]
fn a_redline_of_what_there_is_not_says_what_there_is() {
    let folder = example();
    for (words, says) in [
        ("redline exampleshir 2019-06 2024-05-16", "did you mean `exampleshire`?"),
        ("redline exampleshire 2019-60 2024-05-16", "did you mean `2019-06`?"),
        ("redline exampleshire 2019-06 zzz", "there are: 2019-06, 2024-05-16"),
        ("redline exampleshire 2019-06 2019-06", "there is nothing to compare"),
        ("redline exampleshire 2019-06", "<NEW>"),
        ("redline exampleshire 2019-06 2024-05-16 --format pdf", "html, docx, md, json"),
        ("redline exampleshire 2019-06 2024-05-16 --out a.pdf", "cannot be told from its name"),
        ("redline exampleshire 2019-06 2024-05-16 --out a.html --format docx", "asks for another format"),
        ("redline exampleshire 2019-06 2024-05-16 --out nowhere/a.html", "there is no such folder"),
        ("compare-adopted exampleshir", "did you mean `exampleshire`?"),
    ] {
        let run = handbook(folder.path(), words).ends(2);
        assert!(run.err.contains(says), "{words}: {}", run.err);
        assert_eq!(run.out, "", "{words}");
    }
    misspell_a_topic(folder.path());
    let run = handbook(folder.path(), &format!("redline {EXAMPLE}")).ends(1);
    assert!(run.out.ends_with("nothing was compared.\n"), "{}", run.out);
}

#[test]
fn what_was_put_to_council_is_compared_with_what_was_published() {
    let real = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = handbook(real, "compare-adopted kensington-and-chelsea").ends(0);
    for words in [
        "put forward: text put to Full Council on 1 February 2023",
        "What became of the earlier text is not recorded in the sources held here",
        "Clause 1.10: “Director/” removed",
        "Clause 2.01: “including” became “include”",
        "Clause 3.01: “Scrutiny or” became “The Overview and Scrutiny Committee and the”",
        "Clause 5.06: “or disadvantage” removed",
    ] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    let kinds = ["\nwording: ", "\npunctuation and capitals: ", "\nnumbering: ", "\nlayout: "];
    let places: Vec<usize> = kinds.iter().map(|it| run.out.find(it).unwrap()).collect();
    assert!(places.is_sorted(), "wording first, layout last");

    let json = handbook(real, "compare-adopted kensington-and-chelsea --format json").ends(0).json();
    let result = &json["result"];
    assert_eq!(
        (result["became"].as_str(), result["put"].as_str()),
        (Some("not-recorded"), Some("2023-02-01-proposed"))
    );
    let changes = result["changes"].as_array().unwrap().len();
    assert!(run.out.contains(&format!("\n{changes} differences\n")), "{changes}");

    let run = handbook(real, "compare-adopted kent").ends(2);
    assert!(run.err.contains("is itself the text adopted 23 May 2013"), "{}", run.err);
}
