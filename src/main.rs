//! The command line: words in, exit code out.

mod ask;
mod cli;
mod run;
mod say;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use mimalloc::MiMalloc;

/// A build makes and drops tens of millions of short texts on all processors.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // A wrong word ends here, with exit code 2 and the words that would be right.
    let cli = cli::Cli::parse();
    match run::run(cli.command, today) {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: cannot write the report: {error}");
            ExitCode::from(2)
        }
    }
}

/// The only place where the clock is asked.
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
