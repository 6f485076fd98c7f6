//! Publishes the protocols by which councillors and council officers work together, clause by
//! clause and council beside council, as one static website.
//!
//! # The house
//!
//! ```text
//!    content/ ──read──▶ Sources ──intake──▶ Handbook ──view──▶ Comparison, …
//!                                   │            │                  │
//!                                   └─▶ Report ◀─┘ check            ▼
//!                                        │                 site: pages + search index
//!                                        │ errors? stop             │
//!                                        ▼                          ▼
//!                                   the editor            Site ──publish──▶ public/
//! ```
//!
//! | floor | module | is for |
//! |---|---|---|
//! | roof | this file | [`check()`] and [`build()`]: the calls below in their order |
//! | 4 | [`output`] | publishes a site into a folder, whole or not at all |
//! | 3 | [`site`], [`mod@check`] | the website, page by page, with its search; the rules, one file each |
//! | 2 | [`view`], [`intake`] | what can be worked out from a handbook; text → handbook |
//! | 1 | [`handbook`](mod@handbook), [`source`] | the validated model, plain data; the reader of a folder |
//! | 0 | [`diagnostic`], [`disk`], [`markdown`], [`diff`], [`abreast`] | what everyone above may use |
//! | outside | [`record`], [`revise`], [`new`], [`papers`] | the three that write into `content/`; a redline as a file; the command line |
//! | outside | `watch`, `serve` | the site made anew as files are saved; shown on this machine (feature `serve`) |
//!
//! ```text
//! source::read(dir)                        -> Result<Sources, DiskError>
//! intake::read(&Sources)                   -> (Handbook, Report)    never stops at the first problem
//! check::run(&Handbook, today)             -> Report                the rules
//! site::taken::review(&Handbook)           -> Report                two pages at one address
//! record::review(&Handbook, &addresses)    -> Report                the ledger of addresses
//! site::plan(&Handbook, &Theme, &Setting)  -> Site                  pages, made when they are asked for
//! output::publish(&Site, dir, …)           -> Result<Changes, PublishError>
//! site::Weight::of_site(&Indexes, &Theme)  -> Weight                a search that loads too much
//! ```
//!
//! - A module names only lower floors, and each outside crate is named in one module.
//! - Each stage has a type of its own: none gains fields later, and no `Option` means "not yet".
//! - There are two channels. A [`Diagnostic`] is for whoever edits the content: all are collected,
//!   sorted and shown together. A [`Failure`] is for whoever runs the program.
//! - The same content gives the same bytes: nothing asks for the time, the environment or the
//!   order of a hash. The day is an argument, and bears on warnings alone.
//! - The content is never written to but by [`record`], [`revise`] and [`new`], and only where a
//!   command asks for it; what people wrote is not overwritten but by a verb that says so, and keeps
//!   what it replaced until the next.

pub mod abreast;
pub mod check;
pub mod diagnostic;
pub mod diff;
pub mod disk;
pub mod handbook;
pub mod intake;
pub mod markdown;
pub mod new;
pub mod output;
pub mod papers;
pub mod record;
pub mod revise;
#[cfg(test)]
mod sample;
#[cfg(feature = "serve")]
pub mod serve;
pub mod site;
pub mod source;
pub mod view;
#[cfg(feature = "serve")]
pub mod watch;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use diagnostic::{Accepted, Diagnostic, Report};
use disk::{Digest, DiskError};
use handbook::{Handbook, Lack};
use output::{Changes, PublishError, Publishing, Seal};
use site::{Indexes, Setting, Theme, ThemeError, Weight};
use source::Sources;

/// A content folder, read and looked through.
pub struct Checked {
    pub sources: Sources,
    /// Whole only if the report holds no errors.
    pub handbook: Handbook,
    /// Located and sorted; what the editors accepted is set apart.
    pub report: Report,
}

/// What is to be built.
pub struct Order<'a> {
    pub content: &'a Path,
    pub out: &'a Path,
    /// The name of a theme that is built in, or the folder of another.
    pub theme: &'a str,
    /// Ends in `/`; goes before the base URL of the handbook.
    pub base_url: Option<&'a str>,
    /// Whether warnings keep the handbook from being published too.
    pub strict: bool,
    /// Whether drafts have pages too. Such a site is not put in the place of a public one.
    pub drafts: bool,
    pub today: Date,
    /// The hash of the program that builds. A site that it made from the same and that still
    /// stands is left as it is; `None` makes every page anew.
    pub program: Option<Digest>,
}

/// What came of it.
pub struct Built {
    pub checked: Checked,
    /// `None` if the report kept the handbook from being published.
    pub publication: Option<Publication>,
}

/// A site that was published.
pub struct Publication {
    pub changes: Changes,
    pub base_url: Option<String>,
}

/// What keeps the program from working, for whoever runs it.
#[derive(Debug)]
pub enum Failure {
    Disk(DiskError),
    Theme(ThemeError),
    Publish(PublishError),
    /// Drafts were to be published where the public website stands.
    DraftsOverPublic(PathBuf),
    /// The output folder and the content folder are one, or one is inside the other.
    OutAndContent {
        out: PathBuf,
        content: PathBuf,
    },
}

impl Checked {
    /// Whether nothing in the report stands against publishing.
    pub fn is_sound(&self, strict: bool) -> bool {
        self.report.errors() == 0 && !(strict && self.report.warnings() > 0)
    }
}

/// Reads the folder `content` and looks through it, as on the day `today`. Nothing is written.
///
/// # Errors
///
/// If there is no such folder. What is wrong with the files in it stands in the report.
pub fn check(content: &Path, today: Date) -> Result<Checked, DiskError> {
    let mut checked = look_through(output::together::read(content)?, today);
    if output::together::is_unfinished(content) {
        let place = diagnostic::Place::file(".handbook");
        checked.report.add(
            Diagnostic::warning(place, "step-unfinished", "the last step was broken off; all of it counts, and is read so")
                .hint("the next command that writes into the content puts its files in place, such as `handbook record`"),
        );
    }
    Ok(checked)
}

/// What [`look_through_again`] knows from the time before; empty at first. Nothing of it shows in
/// a result: it only spares work.
#[derive(Default)]
pub struct Memory {
    intake: intake::Memory,
    check: check::Memory,
}

/// Looks through files that have been read, as on the day `today`.
pub fn look_through(sources: Sources, today: Date) -> Checked {
    let (handbook, report) = look_through_again(&sources, today, &mut Memory::default());
    Checked { sources, handbook, report }
}

/// As [`look_through`], and quicker where much is as it was when `memory` was last used: the
/// handbook, whole only if the report holds no errors, and the report, located and sorted.
pub fn look_through_again(sources: &Sources, today: Date, memory: &mut Memory) -> (Handbook, Report) {
    let (handbook, mut report) = intake::read_again(sources, &mut memory.intake);
    report.join_where_sound(check::run_again(&handbook, today, &mut memory.check), intake::others_follow);
    report.join(site::taken::review(&handbook));
    // What could not be read has no address, and has not gone.
    if handbook.broken.values().all(|it| *it == Lack::Tags) {
        report.join(record::review(&handbook, &record::addresses(&handbook)));
    }
    report.accept(&accepted(&handbook, false));
    report.locate(|it| sources.text(it));
    (handbook, report)
}

/// Publishes a content folder, if nothing in its report stands against it.
///
/// # Errors
///
/// If the content folder, the theme or the output folder cannot be used; the site that was
/// published before then stays as it was, but for what [`output::publish`] says. If one of the
/// two folders is inside the other.
pub fn build(order: &Order) -> Result<Built, Failure> {
    keep_apart(order.out, order.content)?;
    if order.drafts {
        keep_public(order.out)?;
    }
    let mut checked = check(order.content, order.today)?;
    if !checked.is_sound(order.strict) {
        return Ok(Built { checked, publication: None });
    }
    let (publication, report) = publish(&checked, order)?;
    checked.report.join(report);
    Ok(Built { checked, publication })
}

/// What the editors accepted of the site as a whole, which is known when it is made; or all else.
fn accepted(handbook: &Handbook, of_site: bool) -> Vec<Accepted> {
    handbook.accepted.iter().filter(|it| (it.code == Weight::CODE) == of_site).cloned().collect()
}

/// The content is only read: nothing is published into it, or over it.
fn keep_apart(out: &Path, content: &Path) -> Result<(), Failure> {
    let (real_out, real_content) = (disk::real(out)?, disk::real(content)?);
    if real_out.starts_with(&real_content) || real_content.starts_with(&real_out) {
        return Err(Failure::OutAndContent { out: out.to_owned(), content: content.to_owned() });
    }
    Ok(())
}

/// Drafts never take the place of a website that was published without them.
fn keep_public(out: &Path) -> Result<(), Failure> {
    let home = out.join(site::Address::home().as_path());
    let asks = disk::read_if_there(&out.join(site::Address::robots().as_path()))?;
    let with_drafts = asks.is_some_and(|it| it == site::DRAFTS_ROBOTS.as_bytes());
    match home.exists() && !with_drafts {
        true => Err(Failure::DraftsOverPublic(out.to_owned())),
        false => Ok(()),
    }
}

/// Gives also what editors should know of the site as a whole; if that stands against publishing,
/// there is no publication.
fn publish(checked: &Checked, order: &Order) -> Result<(Option<Publication>, Report), Failure> {
    let handbook = &checked.handbook;
    let theme = Theme::load(order.theme)?;
    let base_url = order.base_url.map(str::to_owned).or_else(|| handbook.base_url.clone());
    let setting = Setting { base_url, drafts: order.drafts };
    let made_from = order.program.map(|it| made_from(it, &checked.sources, &theme, &setting));
    let review = |weight: &Weight| {
        let mut report = weight.review();
        report.accept(&accepted(handbook, true));
        report.locate(|it| checked.sources.text(it));
        report
    };
    let stands_against = |report: &Report| order.strict && report.warnings() > 0;
    let standing = made_from.map(|it| output::standing(order.out, it)).transpose()?.flatten();
    if let Some((changes, weight)) = standing
        && let Ok(weight) = weight.parse::<Weight>()
    {
        let report = review(&weight);
        let publication = Publication { changes, base_url: setting.base_url };
        return Ok(((!stands_against(&report)).then_some(publication), report));
    }
    let indexes = Arc::new(Indexes::of(handbook, &setting));
    let (weight, site) = abreast::both(
        || Weight::of_site(&indexes, &theme),
        || site::plan_with(handbook, &theme, &setting, Arc::clone(&indexes)),
    );
    let report = review(&weight);
    if stands_against(&report) {
        return Ok((None, report));
    }
    let seal = made_from.map(|made_from| Seal { made_from, note: weight.to_string() });
    let publishing =
        Publishing { base_url: setting.base_url.as_deref(), seal: seal.as_ref(), ..Publishing::default() };
    let changes = output::publish(&site, order.out, &publishing)?;
    drop(site);
    Ok((Some(Publication { changes, base_url: setting.base_url }), report))
}

/// Of all that the bytes of a site follow from.
fn made_from(program: Digest, sources: &Sources, theme: &Theme, setting: &Setting) -> Digest {
    let files: Vec<_> = sources.files.iter().collect();
    let mut lines = abreast::map(&files, |(path, bytes)| format!("{} {path}\n", Digest::of(bytes)));
    lines.push(format!("{program} {} {setting:?}\n", theme.digest()));
    Digest::of_all(lines.iter().map(String::as_bytes))
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Failure::Disk(error) => error.fmt(f),
            Failure::Theme(error) => error.fmt(f),
            Failure::Publish(error) => error.fmt(f),
            Failure::DraftsOverPublic(out) => write!(
                f,
                "{} holds the website without drafts, and drafts are not put in its place; name another folder \
                 with --out, or leave --out away: then they go into the folder `drafts`",
                out.display()
            ),
            Failure::OutAndContent { out, content } => write!(
                f,
                "the website cannot be published into {}: that folder and the content folder {} are one or inside \
                 each other; choose an output folder beside it",
                out.display(),
                content.display()
            ),
        }
    }
}

impl std::error::Error for Failure {}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Self {
        Failure::Disk(error)
    }
}

impl From<ThemeError> for Failure {
    fn from(error: ThemeError) -> Self {
        Failure::Theme(error)
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        Failure::Publish(error)
    }
}
