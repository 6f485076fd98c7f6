//! The commands: each calls the library, tells what came of it, and ends with an exit code.

mod redline;
mod verbs;
#[cfg(feature = "serve")]
mod watch;

use std::env;
use std::io::{self, ErrorKind, Write as _};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use handbook::diagnostic::Report;
use handbook::diagnostic::present::count;
use handbook::disk::{self, Digest, DiskError};
use handbook::output::{self, Changes, Publishing};
use handbook::{Checked, Order, Publication, new, record};
use jiff::civil::Date;
use serde::Serialize;

use crate::cli::{self, Command, Format};
use crate::say::{self, Outcome, Told};

const DONE: ExitCode = ExitCode::SUCCESS;

/// The content has errors.
fn unsound() -> ExitCode {
    ExitCode::from(1)
}

/// The command could not work.
fn stuck() -> ExitCode {
    ExitCode::from(2)
}

/// Runs a command; `today` is asked only where the day was not given.
///
/// # Errors
///
/// If what there is to tell cannot be printed.
pub fn run(command: Command, today: impl Fn() -> Date) -> io::Result<ExitCode> {
    match command {
        Command::Build(it) => {
            let day = it.strictness.day.today.unwrap_or_else(today);
            build(&it, day)
        }
        Command::Check(it) => {
            let day = it.strictness.day.today.unwrap_or_else(today);
            check(&it, day)
        }
        #[cfg(feature = "serve")]
        Command::Watch(it) => {
            let day = it.strictness.day.today.unwrap_or_else(today);
            watch::watch(it, day)
        }
        Command::Record(it) => {
            let day = it.day.today.unwrap_or_else(today);
            record(&it, day)
        }
        Command::Redline(it) => redline::redline(&it, today()),
        Command::CompareAdopted(it) => redline::compare_adopted(&it, today()),
        Command::New { folder, today: day } => make(&folder, day.unwrap_or_else(today)),
        Command::Verb(verb) => verbs::run(verb, today),
        Command::Restore { out, format } => restore(&out.folder, format.format),
        Command::Completions { shell } => say::bytes(&cli::completions(shell)).map(|()| DONE),
        Command::Manual { command } => match cli::manual(command.as_deref())? {
            Some(page) => say::bytes(&page).map(|()| DONE),
            None => {
                let name = command.unwrap_or_default();
                failed(
                    "manual",
                    Format::Human,
                    &format!("there is no command `{name}`"),
                    "see `handbook --help`",
                )
            }
        },
    }
}

/// What `build` and `restore` tell programs.
#[derive(Serialize)]
struct Published<'a> {
    out: &'a Path,
    open: PathBuf,
    base_url: Option<&'a str>,
    added: &'a [String],
    changed: &'a [String],
    removed: &'a [String],
    unchanged: usize,
    lost: &'a [String],
    set_aside: &'a [PathBuf],
}

impl<'a> Published<'a> {
    fn new(out: &'a Path, changes: &'a Changes, base_url: Option<&'a str>) -> Self {
        Published {
            out,
            open: home_page(out),
            base_url,
            added: &changes.added,
            changed: &changes.changed,
            removed: &changes.removed,
            unchanged: changes.unchanged,
            lost: &changes.lost,
            set_aside: &changes.set_aside,
        }
    }

    /// What was published, and what changed by it.
    fn sentences(&self, verb: &str) -> String {
        let total = self.added.len() + self.changed.len() + self.unchanged;
        let out = self.out.display();
        let mut text = format!("{verb} {out}: {}", count(total, "file"));
        if self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty() {
            text.push_str(", all as they were before.");
        } else {
            let parts = [(self.added, "new"), (self.changed, "changed"), (self.removed, "removed")];
            for (files, word) in parts.iter().filter(|(files, _)| !files.is_empty()) {
                text.push_str(&format!(", {} {word}", files.len()));
            }
            text.push('.');
        }
        text.push_str(&say::to_look_at(self.out, self.lost, self.set_aside));
        text
    }
}

fn build(words: &cli::Build, today: Date) -> io::Result<ExitCode> {
    let drafts = words.drafts;
    let own = if drafts { "drafts" } else { "public" };
    let (content, out) = (&words.content.folder, &words.folder.clone().unwrap_or_else(|| own.into()));
    let strict = words.strictness.strict;
    let base_url = words.base_url.as_deref();
    let order =
        Order { content, out, theme: &words.theme, base_url, strict, drafts, today, program: program() };
    let built = match handbook::build(&order) {
        Ok(built) => built,
        Err(failure) => {
            let hint = match &failure {
                handbook::Failure::Disk(error) => content_hint(content, error),
                _ => String::new(),
            };
            return failed("build", words.format.format, &failure.to_string(), &hint);
        }
    };
    // The program ends with this, and the system takes back all memory at once, sooner than the
    // handbook is taken to pieces.
    let built = ManuallyDrop::new(built);
    match &built.publication {
        Some(publication) => {
            let Publication { changes, base_url } = publication;
            let published = Published::new(out, changes, base_url.as_deref());
            let mut text = format!(
                "{}.\n{}",
                say::summary(&built.checked.report, false),
                published.sentences("Published in")
            );
            match base_url {
                Some(url) => text.push_str(&format!(
                    "\nThe site is made for {url} : put there what is in {}, and open that address.",
                    out.display()
                )),
                None => text.push_str(&format!(
                    "\nNo base URL is set, so what needs the site's full address is left out (sitemap, \
                     feeds, canonical links; see --base-url).\nOpen in a browser: {}",
                    published.open.display()
                )),
            }
            told("build", words.format.format, Outcome::Done("published"), &built.checked, content)
                .print(&text, Some(&published))?;
            Ok(DONE)
        }
        None => {
            let stands = match home_page(out).exists() {
                true => format!("; the site in {} is unchanged", out.display()),
                false => String::new(),
            };
            let text = format!("{}; nothing was published{stands}.", why(&built.checked, strict));
            told("build", words.format.format, Outcome::Errors, &built.checked, content)
                .print::<()>(&text, None)?;
            Ok(unsound())
        }
    }
}

/// The hash of this program; `None` where it cannot be read, and every page is made anew.
fn program() -> Option<Digest> {
    disk::read(&env::current_exe().ok()?).ok().map(|it| Digest::of(&it))
}

fn check(words: &cli::Check, today: Date) -> io::Result<ExitCode> {
    let content = &words.content.folder;
    let format = words.format.format;
    let checked = match handbook::check(content, today) {
        Ok(checked) => checked,
        Err(error) => return failed("check", format, &error.to_string(), &content_hint(content, &error)),
    };
    let sound = checked.is_sound(words.strictness.strict);
    let (outcome, code) = match (sound, checked.report.warnings()) {
        (false, _) => (Outcome::Errors, unsound()),
        (true, 0) => (Outcome::Done("clean"), DONE),
        (true, _) => (Outcome::Done("warnings"), DONE),
    };
    let text = match sound {
        true => format!("{}. The handbook can be published.", say::summary(&checked.report, words.accepted)),
        false => {
            let note = say::summary(&checked.report, words.accepted);
            match checked.report.errors() {
                0 => format!(
                    "{note}; --strict counts warnings as errors. The handbook cannot be published so."
                ),
                _ => format!("{note}. The handbook cannot be published so."),
            }
        }
    };
    let told = Told { accepted: words.accepted, ..told("check", format, outcome, &checked, content) };
    told.print::<()>(&text, None)?;
    Ok(code)
}

/// What `record` tells programs.
#[derive(Serialize)]
struct Recorded<'a> {
    files: Vec<RecordedFile<'a>>,
}

#[derive(Serialize)]
struct RecordedFile<'a> {
    file: &'a str,
    added: &'a [String],
}

fn record(words: &cli::Record, today: Date) -> io::Result<ExitCode> {
    let content = &words.content.folder;
    let format = words.format.format;
    if let Err(error) = handbook::revise::complete(content) {
        return failed("record", format, &error.to_string(), "");
    }
    let checked = match handbook::check(content, today) {
        Ok(checked) => checked,
        Err(error) => return failed("record", format, &error.to_string(), &content_hint(content, &error)),
    };
    if !checked.is_sound(false) {
        let text = format!("{}; nothing was recorded.", why(&checked, false));
        told("record", format, Outcome::Errors, &checked, content).print::<()>(&text, None)?;
        return Ok(unsound());
    }
    let addresses = record::addresses(&checked.handbook);
    let updates = record::plan(&checked.sources, &checked.handbook, &addresses);
    let written = match record::edited(content, &checked.sources, &updates) {
        Ok(Some(file)) => {
            let why = format!("{} was edited meanwhile; nothing was recorded", content.join(file).display());
            return failed("record", format, &why, "run the command again");
        }
        Ok(None) => record::write(content, &updates),
        Err(error) => Err(error),
    };
    if let Err(error) = written {
        return failed("record", format, &error.to_string(), "");
    }
    let mut lines: Vec<String> = Vec::new();
    for update in &updates {
        let file = content.join(&update.file);
        let entries = if update.added.len() == 1 { "entry" } else { "entries" };
        lines.push(format!("{}: {} {entries} added", file.display(), update.added.len()));
        lines.push(format!("  {}", say::some(&update.added, 12)));
        if update.comments > 0 {
            lines.push(format!("  {} kept", count(update.comments, "comment")));
        }
    }
    match updates.is_empty() {
        true => lines.push("Everything is in the ledger already; nothing was written.".to_owned()),
        false => lines.push("Recorded. From now on these are kept for ever.".to_owned()),
    }
    let files = updates.iter().map(|it| RecordedFile { file: &it.file, added: &it.added }).collect();
    // The warnings are for `check`; among them are those about what has just been recorded.
    let quiet = Report::default();
    let told = Told {
        command: "record",
        format,
        outcome: Outcome::Done("recorded"),
        report: &quiet,
        content: None,
        accepted: false,
    };
    told.print(&lines.join("\n"), Some(&Recorded { files }))?;
    Ok(DONE)
}

fn make(folder: &Path, today: Date) -> io::Result<ExitCode> {
    match new::make(folder, today) {
        Ok(files) => {
            let shown = folder.display();
            say::print(&format!(
                "Made a small handbook of two invented councils in {shown}: {}.\n\
                 Begin with {}; comments in the files say what they are for.\n\
                 Then, in that folder:\n  handbook check\n  handbook build\n",
                count(files.len(), "file"),
                folder.join("content").join("handbook.yaml").display()
            ))?;
            Ok(DONE)
        }
        Err(error) => failed("new", Format::Human, &error.to_string(), ""),
    }
}

fn restore(out: &Path, format: Format) -> io::Result<ExitCode> {
    match output::restore(out, &Publishing::default()) {
        Ok(changes) => {
            let published = Published::new(out, &changes, None);
            let text = format!(
                "{}\nThe content is as it was: the next `handbook build` publishes it again.\n\
                 Open in a browser: {}",
                published.sentences("Put back the publication before in"),
                published.open.display()
            );
            let quiet = Report::default();
            let told = Told {
                command: "restore",
                format,
                outcome: Outcome::Done("restored"),
                report: &quiet,
                content: None,
                accepted: false,
            };
            told.print(&text, Some(&published))?;
            Ok(DONE)
        }
        Err(error) => failed("restore", format, &error.to_string(), ""),
    }
}

fn told<'a>(
    command: &'static str,
    format: Format,
    outcome: Outcome,
    checked: &'a Checked,
    content: &'a Path,
) -> Told<'a> {
    let Checked { sources, report, .. } = checked;
    Told { command, format, outcome, report, content: Some((sources, content)), accepted: false }
}

/// Why the content cannot be used, in a few words.
fn why(checked: &Checked, strict: bool) -> String {
    let summary = say::summary(&checked.report, false);
    match checked.report.errors() {
        0 if strict => format!("{summary}; --strict counts warnings as errors"),
        _ => summary,
    }
}

/// Says why a command could not work: to people on standard error, to programs in the object
/// that they wait for.
fn failed(command: &'static str, format: Format, why: &str, hint: &str) -> io::Result<ExitCode> {
    // If nobody can be told, the exit code still says it.
    let mut told = io::stderr().lock();
    let _ = writeln!(told, "error: {why}");
    if !hint.is_empty() {
        let _ = writeln!(told, "  hint: {hint}");
    }
    if format == Format::Json {
        let quiet = Report::default();
        let told = Told {
            command,
            format,
            outcome: Outcome::Failed,
            report: &quiet,
            content: None,
            accepted: false,
        };
        told.print::<()>(why, None)?;
    }
    Ok(stuck())
}

/// What helps where the content folder cannot be read; empty where the error says all.
fn content_hint(content: &Path, error: &DiskError) -> String {
    match error.source.kind() {
        ErrorKind::NotFound => format!(
            "run the command in the folder that holds `{}`, name another with --content DIR, or make a \
             handbook with `handbook new DIR`",
            content.display()
        ),
        ErrorKind::NotADirectory => {
            let folder = content.parent().filter(|it| *it != Path::new("")).unwrap_or(Path::new("."));
            format!("name the folder that holds the files, with --content {}", folder.display())
        }
        _ => String::new(),
    }
}

/// The file to open, from wherever the browser looks.
fn home_page(out: &Path) -> PathBuf {
    std::path::absolute(out).unwrap_or_else(|_| out.to_owned()).join("index.html")
}
