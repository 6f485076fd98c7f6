//! Asking whoever is at the terminal for what a command lacks.

use std::io::{self, IsTerminal, Write as _};

/// What was answered to a question; `None` where nobody is at a terminal, or nothing was answered.
///
/// # Errors
///
/// If the terminal can be neither written to nor read.
pub fn ask(question: &str) -> io::Result<Option<String>> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Ok(None);
    }
    let mut terminal = io::stderr().lock();
    write!(terminal, "{question}: ")?;
    terminal.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(Some(answer.trim().to_owned()).filter(|it| !it.is_empty()))
}
