//! The verbs that write into the content: their words and flags.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use handbook::handbook::PartialDate;

use super::clause::Clause;
use super::{Content, Day, FormatFlag};

#[derive(Subcommand)]
pub enum Verb {
    /// Start the next edition of a protocol, as a draft
    #[command(
        long_about = "Starts the next edition of a protocol: a copy of the current one, or of another, \
            with the status draft. Ids, numbers, words and tags are kept; notes on what a source \
            printed are left behind. Drafts are on no website but one built with --drafts.",
        after_help = "Examples:\n  \
            handbook draft kent\n  \
            handbook draft kent --from 2026-05-21-proposed --name 2026-05-21\n\n\
            Exit code: 0 done, 1 the content has errors, 2 could not work."
    )]
    Draft(Draft),
    /// Edit clauses of a draft where their identity is at stake
    #[command(
        subcommand,
        long_about = "Edits clauses of a draft where their identity is at stake, and records what came \
            from what, so that each address that was ever published still leads somewhere. Words are \
            edited in the files of clauses, and need no command.",
        after_help = "Exit code: 0 done, 1 the content has errors, 2 could not work."
    )]
    Clause(Clause),
    /// Put a draft to a body: from then on its words stay
    #[command(
        long_about = "Puts a draft to a body. It becomes a public proposal with an address that is \
            kept; its words, numbers, headings and order are frozen. A proposal that goes to a further \
            body is proposed again. What the body decides is recorded with `handbook decide` or \
            `handbook adopt`; until then it is shown as not recorded.",
        after_help = "Example:\n  \
            handbook propose kent --body \"Standards Committee\" --date 2026-04-14 --paper \"item 7\"\n\n\
            Exit code: 0 done, 1 the content has errors, 2 could not work."
    )]
    Propose(Propose),
    /// Record what a body decided on a proposal, short of adopting it
    #[command(
        long_about = "Records what a body decided on a proposal, short of adopting it. Without --date the day \
            is that on which it was put to the body; that on which it was withdrawn is not recorded then.",
        after_help = "Example:\n  \
            handbook decide kent --outcome deferred --body \"Standards Committee\" --date 2026-04-14\n\n\
            Exit code: 0 done, 1 the content has errors, 2 could not work."
    )]
    Decide(Decide),
    /// Record that a text was adopted, as put or as amended
    #[command(
        long_about = "Records that a text was adopted: the proposal as it was put, or the draft that \
            holds it as amended at the meeting. Status, dates, adoption path, the superseded edition, \
            the current edition and the ledger change in one step, all of it or nothing, also if the \
            program is stopped on the way. What no flag gives is shown as not recorded.\n\n\
            Of a text that is published and of which no adoption is recorded yet, or that a later one \
            followed, the adoption alone is recorded; name it by its folder.",
        after_help = "Examples:\n  \
            handbook adopt kent --body \"County Council\" --date 2026-05-21 --minute 12\n  \
            handbook adopt kent --body \"County Council\" --date 2026-05-21 --commences 2026-06-01\n  \
            handbook adopt kent --body \"County Council\" --date 2026-05-21 --dry-run\n\n\
            Exit code: 0 done, 1 the content has errors, 2 could not work."
    )]
    Adopt(Adopt),
    /// Record that a slip in a published text was put right
    #[command(
        long_about = "Records that a slip in a published text was put right. Edit the file first: \
            `handbook check` then says that the text is not as it was published. This command records \
            what was changed, why, who decided it under what power and when; it is shown on the page \
            of the text.",
        after_help = "Example:\n  \
            handbook correct kent 2013-05-23 --what \"form for from in 9.4\" --why \"typing error\" \\\n      \
            --by \"Monitoring Officer\" --under \"Article 15.2\" --date 2026-05-21\n\n\
            Exit code: 0 done, 1 the content has errors, 2 could not work."
    )]
    Correct(Correct),
    /// Take the last of these steps back, while the website was not published on it
    #[command(
        long_about = "Takes the last step of draft, clause, propose, decide, adopt or correct back: its \
            files are as they were before it. Only the last step is kept. It is refused where a file of \
            the step was edited since, or the website in the folder of --out was published with it. \
            A website that was published elsewhere is not known of; where none stands in that folder, \
            say --unpublished.",
        after_help = "Exit code: 0 taken back, 1 the content would have errors, 2 could not work."
    )]
    Undo(Undo),
}

#[derive(Args)]
pub struct Writing {
    #[command(flatten)]
    pub content: Content,
    #[command(flatten)]
    pub day: Day,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub format: FormatFlag,
}

#[derive(Args)]
pub struct Draft {
    /// The folder of the authority: kent
    pub authority: String,
    /// The edition to start from [default: the current one]
    #[arg(long, value_name = "EDITION")]
    pub from: Option<String>,
    /// The name of its folder, for ever once it is public [default: draft, until it is public]
    #[arg(long, value_name = "EDITION")]
    pub name: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
}

/// A text before a body.
#[derive(Args)]
pub struct Meeting {
    /// The folder of the authority: kent
    pub authority: String,
    /// The draft or proposal, by its folder [default: the only one]
    pub edition: Option<String>,
    /// The body: "Standards Committee"
    #[arg(long)]
    pub body: Option<String>,
    /// The day of its meeting
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<PartialDate>,
}

#[derive(Args)]
pub struct Propose {
    #[command(flatten)]
    pub meeting: Meeting,
    /// The address or name of a paper; may be given more than once
    #[arg(long = "paper", value_name = "URL|WORDS")]
    pub papers: Vec<String>,
    /// The name of its folder, if it was only called draft [default: DATE-proposed]
    #[arg(long, value_name = "EDITION")]
    pub name: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Args)]
pub struct Decide {
    #[command(flatten)]
    pub meeting: Meeting,
    /// What was decided
    #[arg(long)]
    pub outcome: Option<Outcome>,
    /// The number of the minute [default: not recorded]
    #[arg(long)]
    pub minute: Option<String>,
    /// What else is to be said of it, in a few words
    #[arg(long)]
    pub note: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Outcome {
    /// It goes on to another body with a recommendation
    Recommended,
    /// It is to come back
    Deferred,
    Rejected,
    /// Taken back by those who proposed it
    Withdrawn,
}

impl Outcome {
    /// The outcome that a word names, in whatever capitals; `None` if it names none.
    pub fn of(word: &str) -> Option<Self> {
        <Self as ValueEnum>::from_str(word, true).ok()
    }
}

#[derive(Args)]
pub struct Adopt {
    #[command(flatten)]
    pub meeting: Meeting,
    /// The number of the minute [default: not recorded]
    #[arg(long)]
    pub minute: Option<String>,
    /// The day from which it is in force [default: not recorded]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub commences: Option<PartialDate>,
    /// The name of its folder, if it was only called draft [default: DATE]
    #[arg(long, value_name = "EDITION")]
    pub name: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Args)]
pub struct Correct {
    /// The folder of the authority: kent
    pub authority: String,
    /// The edition
    pub edition: String,
    /// What was changed
    #[arg(long)]
    pub what: Option<String>,
    /// Why
    #[arg(long)]
    pub why: Option<String>,
    /// Who decided it [default: not recorded]
    #[arg(long)]
    pub by: Option<String>,
    /// Under what power [default: not recorded]
    #[arg(long)]
    pub under: Option<String>,
    /// When it was decided [default: not recorded]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<PartialDate>,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Args)]
pub struct Undo {
    /// The folder that holds the website [default: `public` beside the content]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Nothing was published on the step, here or elsewhere, although no website stands in the
    /// folder by which to tell
    #[arg(long)]
    pub unpublished: bool,
    #[command(flatten)]
    pub writing: Writing,
}

/// A date as precise as it is known.
fn date(text: &str) -> Result<PartialDate, String> {
    PartialDate::parse(text).ok_or_else(|| "write 2026-05-21, 2026-05 or 2026".to_owned())
}
