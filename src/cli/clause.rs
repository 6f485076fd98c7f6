//! `handbook clause`: the words and flags by which clauses of a draft are edited.

use clap::{Args, Subcommand};

use super::verbs::Writing;

#[derive(Subcommand)]
pub enum Clause {
    /// Make two clauses of one; the first part keeps the id
    #[command(after_help = "Example:\n  \
        handbook clause split kensington-and-chelsea 2.03 --at \"On the Executive side\" --number 2.04")]
    Split {
        #[command(flatten)]
        draft: OfDraft,
        /// The clause, by its id or number
        clause: Option<String>,
        /// The words with which the second part begins: those of a paragraph or an item
        // The words of an item may begin with its bullet.
        #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
        at: Option<String>,
        /// The printed number of the second part
        #[arg(long)]
        number: Option<String>,
        /// The id of the second part [default: by its number]
        #[arg(long)]
        id: Option<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// Put the words of a clause at the end of another, whose id stays
    Merge {
        #[command(flatten)]
        draft: OfDraft,
        /// The clause that goes, by its id or number
        clause: Option<String>,
        /// The clause that stays
        #[arg(long, value_name = "CLAUSE")]
        into: Option<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// Move a clause to another place; its id and number stay
    Move {
        #[command(flatten)]
        draft: OfDraft,
        /// The clause, by its id or number
        clause: Option<String>,
        #[command(flatten)]
        to: To,
        #[command(flatten)]
        writing: Writing,
    },
    /// Leave a clause out, with nothing in its place
    Withdraw {
        #[command(flatten)]
        draft: OfDraft,
        /// The clause, by its id or number
        clause: Option<String>,
        /// Why [default: not recorded]
        #[arg(long)]
        reason: Option<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// Give a clause or a section another number; ids stay
    #[command(after_help = "Examples:\n  \
        handbook clause renumber kent 5.7 5.6\n  \
        handbook clause renumber kent --all 1.01            all clauses through, by their order\n  \
        handbook clause renumber kent --all 1.01 --sections 1.\n  \
        handbook clause renumber kent --section executive 6.")]
    Renumber {
        #[command(flatten)]
        draft: OfDraft,
        /// The clause, by its id or number, and its new number; after --section the number alone
        #[arg(value_name = "CLAUSE|NUMBER", num_args = 0..=2)]
        words: Vec<String>,
        /// Number a section, by its name
        #[arg(long, value_name = "SECTION", conflicts_with = "all")]
        section: Option<String>,
        /// Number all clauses through in the manner of this first number, such as 1.01; those that
        /// bear none and whose id is a word get none
        #[arg(long, value_name = "NUMBER")]
        all: Option<String>,
        /// With --all: number the sections too, in the manner of this first number: figures with
        /// what is printed after them (1. or 1), not letters
        #[arg(long, value_name = "NUMBER", requires = "all")]
        sections: Option<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// Add a clause that no text had before
    #[command(after_help = "Example:\n  \
        handbook clause add kent --number 9.10 --after 9.9 --topic access-to-information/kept-back \\\n      \
        --words \"Members are told when …\"")]
    Add {
        #[command(flatten)]
        draft: OfDraft,
        /// The printed number
        #[arg(long)]
        number: Option<String>,
        /// The id [default: by the number]
        #[arg(long)]
        id: Option<String>,
        /// It is the clause that another text has or had under this id
        #[arg(long, requires = "id")]
        again: bool,
        /// The words, as in the file of a clause
        #[arg(long, allow_hyphen_values = true)]
        words: Option<String>,
        /// A new sub-heading over it
        #[arg(long, value_name = "WORDS")]
        under: Option<String>,
        /// A topic with its question, the home topic first; may be given more than once
        #[arg(long = "topic", value_name = "TOPIC/QUESTION")]
        topics: Vec<String>,
        #[command(flatten)]
        to: To,
        #[command(flatten)]
        writing: Writing,
    },
}

#[derive(Args)]
pub struct OfDraft {
    /// The folder of the authority: kent
    pub authority: String,
    /// The draft [default: the only one]
    #[arg(long)]
    pub edition: Option<String>,
}

#[derive(Args)]
#[group(multiple = false)]
pub struct To {
    /// Right after this clause
    #[arg(long, value_name = "CLAUSE")]
    pub after: Option<String>,
    /// Right before this clause
    #[arg(long, value_name = "CLAUSE")]
    pub before: Option<String>,
    /// The first of this section
    #[arg(long, value_name = "SECTION")]
    pub first_in: Option<String>,
    /// The last of this section
    #[arg(long, value_name = "SECTION")]
    pub last_in: Option<String>,
}
