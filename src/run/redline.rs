//! `redline` and `compare-adopted`: two texts of an authority beside each other.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use handbook::Checked;
use handbook::diagnostic::Report;
use handbook::diagnostic::present::count;
use handbook::handbook::{Authority, AuthoritySlug, DocumentSlug, Edition, Handbook};
use handbook::intake::nearest;
use handbook::papers::{self, Changed, Form, tally};
use handbook::site::{Theme, decision_words, edition_name, kind_of_change, passage_name, what_was_done};
use handbook::view::redline::{Change, Decided, Kind, Redline, Undecided, What, decided};
use jiff::civil::Date;
use serde::Serialize;

use super::{DONE, content_hint, failed, told, unsound, why};
use crate::cli::{self, Format, Paper};
use crate::say::{self, Outcome, Told};

/// Why a command cannot go on: what is wrong, and what would mend it.
struct Stuck {
    why: String,
    hint: String,
}

/// Makes the redline of two editions as a file, or prints it.
pub fn redline(words: &cli::Redline, today: Date) -> io::Result<ExitCode> {
    let checked = match sound("redline", &words.content.folder, Format::Human, today)? {
        Ok(checked) => checked,
        Err(code) => return Ok(code),
    };
    match file(words, &checked.handbook) {
        Ok(said) => {
            say::print(&said)?;
            Ok(DONE)
        }
        Err(Stuck { why, hint }) => failed("redline", Format::Human, &why, &hint),
    }
}

/// Makes the file, and returns what there is to say of it.
fn file(words: &cli::Redline, handbook: &Handbook) -> Result<String, Stuck> {
    let authority = authority(handbook, &words.authority)?;
    let (before, after) = (edition(authority, &words.old)?, edition(authority, &words.new)?);
    if before.slug == after.slug {
        return Err(Stuck {
            why: format!("`{}` is named twice: there is nothing to compare", before.slug),
            hint: format!("name two of: {}", editions(authority)),
        });
    }
    let paper = paper(words.format, words.out.as_deref())?;
    let form = match paper {
        Paper::Html => Form::Html,
        Paper::Docx => Form::Word,
        Paper::Md => Form::Schedule,
        Paper::Json => Form::Json,
    };
    let theme =
        Theme::load(&words.theme).map_err(|error| Stuck { why: error.to_string(), hint: String::new() })?;
    let bytes = papers::write(form, &theme, authority, before, after)
        .map_err(|error| Stuck { why: error.to_string(), hint: String::new() })?;
    let Some(out) = &words.out else {
        if paper == Paper::Docx && io::stdout().is_terminal() {
            return Err(Stuck {
                why: "a Word document cannot be shown here".to_owned(),
                hint: "name a file for it, with --out FILE.docx".to_owned(),
            });
        }
        let printed = say::bytes(&bytes);
        return printed.map(|()| String::new()).map_err(|error| Stuck {
            why: format!("cannot print the redline: {error}"),
            hint: "name a file for it, with --out FILE".to_owned(),
        });
    };
    // A file that this program did not write is not overwritten, and it cannot tell.
    let written = OpenOptions::new().write(true).create_new(true).open(out).and_then(|mut file| {
        let whole = file.write_all(&bytes).and_then(|()| file.sync_all());
        // Half a paper would be taken for a whole one, and kept from being written again.
        whole.inspect_err(|_| drop(fs::remove_file(out)))
    });
    if let Err(error) = written {
        let (why, hint) = match error.kind() {
            ErrorKind::AlreadyExists => (
                format!("{} is there already, and is left as it is", out.display()),
                "name another file with --out, or delete this one first".to_owned(),
            ),
            ErrorKind::NotFound => (
                format!("cannot write {}: there is no such folder", out.display()),
                "make the folder first, or name another with --out FILE".to_owned(),
            ),
            _ => (format!("cannot write {}: {error}", out.display()), String::new()),
        };
        return Err(Stuck { why, hint });
    }
    let redline = Redline::of(before, after);
    let next = match paper {
        Paper::Html => "Open it in a browser; print it for the papers.",
        Paper::Docx => {
            "Open it in Word: accept all changes for the later text, reject all for the earlier one."
        }
        Paper::Md => "The column of reasons is for you to fill in.",
        Paper::Json => "",
    };
    let said = format!(
        "Wrote {}: {}, the {} against the {}; {}.\n",
        out.display(),
        authority.name,
        edition_name(after),
        edition_name(before),
        tally(&redline)
    );
    Ok(if next.is_empty() { said } else { format!("{said}{next}\n") })
}

/// What to make: what is asked for, in words or by the name of the file.
fn paper(format: Option<Paper>, out: Option<&Path>) -> Result<Paper, Stuck> {
    let named = out.and_then(of_name);
    match (format, out) {
        (Some(format), Some(out)) if named.is_some_and(|it| it != format) => Err(Stuck {
            why: format!("the name {} asks for another format than --format", out.display()),
            hint: "leave out --format, or name the file by it".to_owned(),
        }),
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Paper::Html),
        (None, Some(out)) => named.ok_or_else(|| Stuck {
            why: format!("what {} is to be cannot be told from its name", out.display()),
            hint: "end it in .html, .docx, .md or .json, or say --format; a PDF is made by printing the page from \
                   a browser, or by saving the Word document as one"
                .to_owned(),
        }),
    }
}

/// The format that the name of a file asks for.
fn of_name(out: &Path) -> Option<Paper> {
    match out.extension()?.to_str()? {
        "html" | "htm" => Some(Paper::Html),
        "docx" => Some(Paper::Docx),
        "md" => Some(Paper::Md),
        "json" => Some(Paper::Json),
        _ => None,
    }
}

/// What `compare-adopted` tells programs.
#[derive(Serialize)]
struct Compared<'a> {
    authority: &'a str,
    put: &'a str,
    became: &'a str,
    published: &'a str,
    changes: Vec<Changed<'a>>,
}

/// Lists every difference between the text put forward and the one published since, by kind.
pub fn compare_adopted(words: &cli::CompareAdopted, today: Date) -> io::Result<ExitCode> {
    let format = words.format.format;
    let checked = match sound("compare-adopted", &words.content.folder, format, today)? {
        Ok(checked) => checked,
        Err(code) => return Ok(code),
    };
    let found = authority(&checked.handbook, &words.authority).and_then(|it| Ok((it, texts(it)?)));
    let (authority, texts) = match found {
        Ok(found) => found,
        Err(Stuck { why, hint }) => return failed("compare-adopted", format, &why, &hint),
    };
    let Decided { put, became, published } = texts;
    let redline = Redline::of(put, published);
    let compared = Compared {
        authority: authority.slug.as_str(),
        put: put.slug.as_str(),
        became: became.name(),
        published: published.slug.as_str(),
        changes: papers::changes(&redline),
    };
    let quiet = Report::default();
    let told = Told {
        command: "compare-adopted",
        format,
        outcome: Outcome::Done("compared"),
        report: &quiet,
        content: None,
        accepted: false,
    };
    told.print(listed(authority, &texts, &redline).trim_end(), Some(&compared))?;
    Ok(DONE)
}

fn texts(authority: &Authority) -> Result<Decided<'_>, Stuck> {
    let hint = "`handbook redline` compares any two texts".to_owned();
    decided(authority).map_err(|it| match it {
        Undecided::NoText => {
            Stuck { why: format!("no text of {} is held", authority.name), hint: String::new() }
        }
        Undecided::NoneSince(it) => Stuck {
            why: format!(
                "nothing to compare: the latest text held of {} is itself the {}, and none published since is held",
                authority.name,
                edition_name(it)
            ),
            hint,
        },
        Undecided::NonePut(it) => Stuck {
            why: format!(
                "nothing to compare: no text that was put forward or adopted is held of {} before the {}",
                authority.name,
                edition_name(it)
            ),
            hint,
        },
    })
}

/// The differences, a line each.
fn listed(authority: &Authority, texts: &Decided, redline: &Redline) -> String {
    let words = decision_words(texts.became);
    let mut out = format!(
        "{}\n  {}: {}\n  {}: {}\n{}\n",
        authority.name,
        words.before,
        edition_name(texts.put),
        words.after,
        edition_name(texts.published),
        words.record
    );
    out.push_str(&format!("{}\n", count(redline.changes.len(), "difference")));
    for kind in Kind::ALL {
        let changes: Vec<&Change> = redline.changes.iter().filter(|it| it.kind == kind).collect();
        out.push_str(&format!("\n{}: {}\n", kind_of_change(kind), changes.len()));
        for change in changes {
            out.push_str(&format!("  {}\n", sentence(redline, change)));
        }
    }
    out
}

fn sentence(redline: &Redline, change: &Change) -> String {
    let passage = &redline.passages[change.passage];
    let name = passage_name(passage);
    match &change.what {
        What::Words { before, after } => {
            let said = match (before.is_empty(), after.is_empty()) {
                (false, false) => format!("“{before}” became “{after}”"),
                (true, _) => format!("“{after}” added"),
                (false, true) => format!("“{before}” removed"),
            };
            let lead: Vec<&str> = passage.around(change.number).0.split_whitespace().collect();
            let lead = lead[lead.len().saturating_sub(4)..].join(" ");
            match lead.is_empty() {
                true => format!("{name}: {said}"),
                false => format!("{name}: {said}, after “{lead}”"),
            }
        }
        _ => format!("{name}: {}", what_was_done(redline, change).unwrap_or_default()),
    }
}

/// The handbook, if nothing in its report stands against using it; else the exit code, what there
/// is to say being said.
fn sound(
    command: &'static str,
    content: &Path,
    format: Format,
    today: Date,
) -> io::Result<Result<Checked, ExitCode>> {
    let checked = match handbook::check(content, today) {
        Ok(checked) => checked,
        Err(error) => {
            return failed(command, format, &error.to_string(), &content_hint(content, &error)).map(Err);
        }
    };
    if checked.is_sound(false) {
        return Ok(Ok(checked));
    }
    let text = format!("{}; nothing was compared.", why(&checked, false));
    told(command, format, Outcome::Errors, &checked, content).print::<()>(&text, None)?;
    Ok(Err(unsound()))
}

fn authority<'h>(handbook: &'h Handbook, name: &str) -> Result<&'h Authority, Stuck> {
    let found = AuthoritySlug::parse(name).and_then(|it| handbook.authorities.get(&it));
    found.ok_or_else(|| {
        let known: Vec<&str> = handbook.authorities.keys().map(AuthoritySlug::as_str).collect();
        Stuck { why: format!("there is no authority `{name}`"), hint: mean(name, &known) }
    })
}

fn edition<'h>(authority: &'h Authority, name: &str) -> Result<&'h Edition, Stuck> {
    let found = DocumentSlug::parse(name).and_then(|it| authority.editions.get(&it));
    found.ok_or_else(|| {
        let known: Vec<&str> = authority.editions.keys().map(DocumentSlug::as_str).collect();
        let hint = match known.is_empty() {
            true => "no text of this authority is held".to_owned(),
            false => mean(name, &known),
        };
        Stuck { why: format!("{} has no edition `{name}`", authority.name), hint }
    })
}

fn editions(authority: &Authority) -> String {
    authority.editions.keys().map(DocumentSlug::as_str).collect::<Vec<_>>().join(", ")
}

/// The name most likely meant, and all there are.
fn mean(name: &str, known: &[&str]) -> String {
    let all = known.join(", ");
    match nearest(name, known.iter().copied()) {
        Some(near) if known.len() > 1 => format!("did you mean `{near}`? There are: {all}"),
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {all}"),
    }
}
