//! The words of the command line: commands, flags, and what `--help` says of them.
//!
//! One definition makes the help, the shell completions and the manual page. What the commands
//! do is for [`crate::run`] to know.

pub mod clause;
pub mod verbs;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use handbook::handbook::BaseUrl;
use jiff::civil::Date;

/// Publishes the protocols by which councillors and council officers work together: clause by
/// clause, council beside council, as one website.
#[derive(Parser)]
#[command(name = "handbook", version, after_help = AFTER, max_term_width = 90)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const AFTER: &str = "\
Examples:
  handbook new trial     make a small handbook in the folder trial, to try things out
  cd trial
  handbook check         see what should be mended in it; this writes nothing
  handbook build         publish it; the last line says which file to open

How a command ends (the exit code, for scripts):
  0   done: published, or nothing to mend but warnings
  1   the content has errors; nothing was published, the website is what it was
  2   the command could not work: a word it does not know, a missing folder, a full disk

`handbook build --help` tells more of a command, and so for each.";

#[derive(Subcommand)]
pub enum Command {
    /// Check the content and publish it as a website
    #[command(
        long_about = "Checks the content and publishes it as a website.\n\n\
            The website is replaced whole or not at all: while the content has an error, or if \
            anything goes wrong, the website stays what it was. Files in the output folder that \
            this program did not write are left alone.",
        after_help = "Examples:\n  \
            handbook build\n  \
            handbook build --base-url https://example.org/handbook/\n  \
            handbook build --content draft --out /tmp/preview\n\n\
            Exit code: 0 published, 1 the content has errors, 2 could not work."
    )]
    Build(Build),
    /// Look through the content and say what should be mended; writes nothing
    #[command(
        long_about = "Looks through the content and says what should be mended. Writes nothing.\n\n\
            An error keeps the handbook from being published. A warning does not: most often it \
            points to a slip of the source, which is kept as printed. A warning that you have \
            looked at and want to keep is accepted, with your reason, in handbook.yaml.",
        after_help = "Examples:\n  \
            handbook check\n  \
            handbook check --strict           warnings count as errors, unless accepted\n  \
            handbook check --accepted         show the accepted warnings too, with the reasons\n  \
            handbook check > report.txt       keep the report in a file\n\n\
            With NO_COLOR=1 before the command there are no colours; with NO_GRAPHICS=1 there are \
            plain sentences for a screen reader.\n\n\
            Exit code: 0 no errors, 1 the content has errors, 2 could not work."
    )]
    Check(Check),
    /// Show the website in a browser of this computer, and make it anew as files are saved
    #[cfg(feature = "serve")]
    #[command(
        long_about = "Shows the website in a browser of this computer, and makes it anew as files are \
            saved: the open page shows what was saved at once. When no more is saved the website is \
            published too, as `build` does it.\n\n\
            While the content or the theme has an error the last good website stays, shown and \
            published, and the open page says what to mend. Nobody on another computer can see the \
            preview. Ctrl-C ends it.",
        after_help = "Examples:\n  \
            handbook watch --open                  and look at it in your browser\n  \
            handbook watch --no-publish            leave the published website alone\n  \
            handbook watch --theme council         a theme of yours, made anew as well\n\n\
            Exit code: 0 ended by Ctrl-C, 2 could not work."
    )]
    Watch(Watch),
    /// Note the clauses and addresses in use, so that they are kept for ever
    #[command(
        long_about = "Notes every clause, list item and address of the handbook in its ledger: \
            ids.yaml in each authority's folder, and addresses.yaml. From then on `handbook check` \
            says when one of them is missing, so that a citation never leads nowhere. The words of \
            each edition are frozen with it, in frozen.yaml.\n\n\
            Run it when something new has been published. It only adds; what is in the ledger \
            stays. When a clause or address goes for good, write moved_to or gone beside its \
            entry by hand. Drafts are not recorded. Comments are kept.",
        after_help = "Example of an entry whose clause has gone:\n  \
            \"4.2\": {items: [a, b], gone: {on: 2026-05-21, reason: \"left out of the revised text\"}}\n\n\
            Exit code: 0 the ledger is complete, 1 the content has errors (nothing is recorded), \
            2 could not work."
    )]
    Record(Record),
    /// Show what changed between two texts, as a page, a Word document or a schedule
    #[command(
        long_about = "Compares two editions of one authority word by word and makes one file of it.\n\n\
            As a web page that needs no other file; as a Word document with tracked changes, in which \
            accepting all changes gives the later text and rejecting all the earlier one; as a schedule \
            of changes (reference, current, proposed, reason); or as JSON. Without --out it is printed. \
            A file that is there already is left as it is.",
        after_help = "Examples:\n  \
            handbook redline kensington-and-chelsea before-2023 2023-02-01-proposed --out redline.html\n  \
            handbook redline kensington-and-chelsea before-2023 2023-02-01-proposed --out redline.docx\n  \
            handbook redline kent 2013-05-23 2026-draft --format md > schedule.md\n\n\
            Exit code: 0 made, 1 the content has errors, 2 could not work (an unknown edition, a file in \
            the way)."
    )]
    Redline(Redline),
    /// List where the published text differs from the one put to Council, or adopted
    #[command(
        long_about = "Compares the text that was put forward for decision, or whose adoption is recorded, with \
            the latest text held, and lists every difference by kind: wording first, then punctuation and \
            capitals, numbering, layout.\n\n\
            It says where the two differ, and not why: a text may have been changed again by a later \
            decision. Writes nothing.",
        after_help = "Example:\n  \
            handbook compare-adopted kensington-and-chelsea\n\n\
            Exit code: 0 compared, 1 the content has errors, 2 could not work (there may be no two such \
            texts)."
    )]
    CompareAdopted(CompareAdopted),
    /// Make a small handbook of two invented councils, to learn from
    #[command(
        long_about = "Makes a small handbook of two invented councils: a text in two editions, \
            topics, terms, an Act, a source text. Every file says in comments what it is for. Try \
            changes on it, or replace the councils by your own.\n\n\
            The folder must be new or empty.",
        after_help = "Example:\n  \
            handbook new trial\n  \
            cd trial\n  \
            handbook build\n\n\
            Exit code: 0 made, 2 could not work."
    )]
    New {
        /// The folder to make it in
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// The day to put in as that on which the sources were read [default: today by this
        /// computer's clock, UTC]
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        today: Option<Date>,
    },
    /// Put back the website that was published before this one
    #[command(
        long_about = "Puts back the website that was published before this one. The one that \
            stands now is kept in its place, so to restore twice is to restore nothing.\n\n\
            The content is not changed: the next build publishes it again. A website with drafts is not \
            put where one without stands, nor the other way round.",
        after_help = "Exit code: 0 put back, 2 could not work (there may be nothing to put back)."
    )]
    Restore {
        #[command(flatten)]
        out: Out,
        #[command(flatten)]
        format: FormatFlag,
    },
    #[command(flatten)]
    Verb(verbs::Verb),
    /// Print what lets the Tab key complete the words of this program
    #[command(after_help = "\
        Examples (each once, then open a new terminal):\n  \
            handbook completions bash > ~/.local/share/bash-completion/completions/handbook\n  \
            handbook completions zsh > ~/.zfunc/_handbook      with ~/.zfunc in your fpath\n  \
            handbook completions fish > ~/.config/fish/completions/handbook.fish")]
    Completions {
        /// The shell you use
        shell: clap_complete::Shell,
    },
    /// Print the manual page of the program, or of one command
    #[command(after_help = "\
        Examples:\n  \
            handbook manual > handbook.1 && man ./handbook.1\n  \
            handbook manual build > handbook-build.1 && man ./handbook-build.1")]
    Manual {
        /// The command whose manual page is wanted; none for the whole program's
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
}

#[derive(Args)]
pub struct Build {
    #[command(flatten)]
    pub content: Content,
    /// The folder that holds the website; with --drafts another one than that of the public
    /// website [default: public; with --drafts: drafts]
    #[arg(id = "out", long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Give drafts pages too, for those who work on them
    ///
    /// They bear a banner and stay out of search, sitemap, feeds and topics. Goes into a folder of
    /// its own, and search engines are asked to leave all of it alone.
    #[arg(long)]
    pub drafts: bool,
    /// The look of the website: the name of one that comes with this program, or a folder with
    /// your own
    #[arg(long, value_name = "NAME|DIR", default_value = "default")]
    pub theme: String,
    /// The web address at which the website will stand, such as https://example.org/handbook/
    ///
    /// Goes before `base_url` in handbook.yaml. Without either the website can be opened from
    /// disk, and what needs its full address (sitemap, feeds) is left out.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    #[command(flatten)]
    pub strictness: Strictness,
    #[command(flatten)]
    pub format: FormatFlag,
}

#[cfg(feature = "serve")]
#[derive(Args)]
pub struct Watch {
    #[command(flatten)]
    pub content: Content,
    #[command(flatten)]
    pub out: Out,
    /// The port of the preview's address; if it is taken, the next that is free
    #[arg(long, value_name = "NUMBER", default_value_t = 4000)]
    pub port: u16,
    /// Open the preview in your browser
    #[arg(long)]
    pub open: bool,
    /// Show drafts too; nothing is published
    #[arg(long, conflicts_with = "out")]
    pub drafts: bool,
    /// Leave the published website alone
    #[arg(long, conflicts_with = "out")]
    pub no_publish: bool,
    /// Look at the files once a second, where the computer does not tell of changes (network drives)
    #[arg(long)]
    pub poll: bool,
    /// The look of the website: the name of one that comes with this program, or a folder with
    /// your own
    #[arg(long, value_name = "NAME|DIR", default_value = "default")]
    pub theme: String,
    /// The web address at which the website will stand, such as https://example.org/handbook/
    ///
    /// Goes before `base_url` in handbook.yaml. The preview then stands below the same path.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    #[command(flatten)]
    pub strictness: Strictness,
}

#[derive(Args)]
pub struct Check {
    #[command(flatten)]
    pub content: Content,
    #[command(flatten)]
    pub strictness: Strictness,
    /// Show the warnings that the editors have accepted, each with the reason
    #[arg(long)]
    pub accepted: bool,
    #[command(flatten)]
    pub format: FormatFlag,
}

#[derive(Args)]
pub struct Record {
    #[command(flatten)]
    pub content: Content,
    #[command(flatten)]
    pub day: Day,
    #[command(flatten)]
    pub format: FormatFlag,
}

#[derive(Args)]
pub struct Redline {
    /// The folder name of the authority, such as kensington-and-chelsea
    pub authority: String,
    /// The folder name of the earlier edition, such as before-2023
    pub old: String,
    /// The folder name of the later edition, such as 2023-02-01-proposed
    pub new: String,
    /// What to make [default: what the name of the file asks for, else html]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Paper>,
    /// The file to write; without it the redline is printed
    #[arg(id = "paper", long = "out", value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub content: Content,
    /// The look of the page: the name of one that comes with this program, or a folder with your
    /// own
    #[arg(long, value_name = "NAME|DIR", default_value = "default")]
    pub theme: String,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// One web page with its styles in it
    Html,
    /// A Word document with tracked changes
    Docx,
    /// A schedule of changes in Markdown
    Md,
    /// All of it for another program
    Json,
}

#[derive(Args)]
pub struct CompareAdopted {
    /// The folder name of the authority, such as kensington-and-chelsea
    pub authority: String,
    #[command(flatten)]
    pub content: Content,
    #[command(flatten)]
    pub format: FormatFlag,
}

#[derive(Args)]
pub struct Content {
    /// The folder that holds the files of the handbook
    #[arg(id = "content", long, value_name = "DIR", default_value = "content")]
    pub folder: PathBuf,
}

#[derive(Args)]
pub struct Out {
    /// The folder that holds the website
    #[arg(id = "out", long, value_name = "DIR", default_value = "public")]
    pub folder: PathBuf,
}

#[derive(Args)]
pub struct Strictness {
    /// Treat warnings as errors, unless they are accepted in handbook.yaml
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub day: Day,
}

#[derive(Args)]
pub struct Day {
    /// The day to check against, for warnings such as "not checked for two years"; nothing that
    /// is published depends on it [default: today by this computer's clock, UTC]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,
}

#[derive(Args)]
pub struct FormatFlag {
    /// How to print the report: for people, or as JSON for another program
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Sentences, with the line in question
    Human,
    /// One JSON object with command, outcome, errors, warnings, accepted, failure, result and
    /// diagnostics (file, line, column, severity, code, message, hint, accepted)
    Json,
}

/// The lines that a shell reads to complete the words of this program.
pub fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "handbook", &mut out);
    out
}

/// A manual page; `None` if there is no such command.
///
/// # Errors
///
/// None in practice: it is written into memory.
pub fn manual(command: Option<&str>) -> std::io::Result<Option<Vec<u8>>> {
    let mut program = Cli::command();
    program.build();
    let page = match command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(found) => found.clone(),
            None => return Ok(None),
        },
    };
    let mut out = Vec::new();
    let version = concat!("handbook ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(page).source(version).manual("Handbook").render(&mut out)?;
    Ok(Some(out))
}

/// A day of the calendar, written in full: the library would read much else as well.
fn day(text: &str) -> Result<Date, String> {
    let day = (text.len() == "2026-11-22".len()).then(|| text.parse().ok()).flatten();
    day.ok_or_else(|| "write the day as 2026-11-22".to_owned())
}

/// A web address of a folder, with the stroke at its end.
fn base_url(text: &str) -> Result<String, String> {
    let url = BaseUrl::parse(text);
    url.map(|it| it.to_string())
        .map_err(|why| format!("{why}; write the whole address, such as https://example.org/handbook/"))
}
