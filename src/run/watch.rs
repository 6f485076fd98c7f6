//! `handbook watch`: starts what watches and what serves, and tells what they do.

use std::io::{self, ErrorKind};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use handbook::diagnostic::present::count;
use handbook::diagnostic::{Diagnostic, Report};
use handbook::output::Changes;
use handbook::serve::{self, Fault, Server, Trouble};
use handbook::watch::{Notice, Order, Pace, Watch};
use handbook::{Checked, Failure};
use jiff::civil::Date;

use super::{DONE, content_hint, failed, told, why};
use crate::cli::{self, Format};
use crate::say::{self, Outcome};

pub fn watch(words: cli::Watch, today: Date) -> io::Result<ExitCode> {
    let content = words.content.folder;
    let out = Some(words.out.folder).filter(|_| !(words.no_publish || words.drafts));
    let order = Order {
        content: content.clone(),
        out: out.clone(),
        theme: words.theme,
        base_url: words.base_url,
        strict: words.strictness.strict,
        drafts: words.drafts,
        poll: words.poll,
        today,
        pace: Pace::default(),
    };
    let (listener, taken) = match listen(words.port) {
        Ok(listening) => listening,
        Err(error) => {
            let (why, hint) = cannot_listen(words.port, error.kind());
            return failed("watch", Format::Human, &why, hint);
        }
    };
    let port = listener.local_addr()?.port();
    let mut teller =
        Teller { content: content.clone(), out, strict: words.strictness.strict, warned: Vec::new() };
    let address = format!("http://127.0.0.1:{port}/");
    let watch = match Watch::start(order, move |it| teller.tell(it)) {
        Ok(watch) => watch,
        Err(failure) => {
            let hint = match &failure {
                Failure::Disk(error) => content_hint(&content, error),
                _ => String::new(),
            };
            return failed("watch", Format::Human, &failure.to_string(), &hint);
        }
    };
    let server = match Server::start(listener, Arc::clone(watch.shelf())) {
        Ok(server) => server,
        Err(error) => {
            return failed("watch", Format::Human, &format!("cannot serve the preview: {error}"), "");
        }
    };
    // Before anyone reads the address, so that Ctrl-C is heeded from then on.
    let interrupts = server.interrupts()?;
    let note = if taken { format!(" (port {} is taken)", words.port) } else { String::new() };
    say::print(&format!("The preview: {address}{note}\nCtrl-C ends it.\n"))?;
    if words.open && open::that_detached(&address).is_err() {
        say::print("No browser could be opened; open that address yourself.\n")?;
    }
    interrupts.wait();
    watch.end();
    say::print("\nThe preview has ended.\n")?;
    // To take a large site apart takes seconds; the system does it at once.
    std::mem::forget((server, watch));
    Ok(DONE)
}

/// Why there is no preview at a port, and what would help.
fn cannot_listen(port: u16, kind: ErrorKind) -> (String, &'static str) {
    match (kind, port.checked_add(serve::PORTS - 1)) {
        (ErrorKind::PermissionDenied, _) => (
            format!("this system does not let you listen on port {port}"),
            "name one from 1024 on with --port",
        ),
        (ErrorKind::AddrInUse, Some(last)) => {
            (format!("the ports {port} to {last} are all taken"), "name another with --port")
        }
        (ErrorKind::AddrInUse, None) if port < u16::MAX => {
            (format!("the ports {port} to {} are all taken", u16::MAX), "name a lower one with --port")
        }
        (ErrorKind::AddrInUse, None) => {
            (format!("port {port} is taken, and it is the last one"), "name a lower one with --port")
        }
        (kind, _) => (format!("cannot listen on port {port}: {kind}"), "name another with --port"),
    }
}

/// A port, and whether the one that was wanted is taken.
fn listen(port: u16) -> io::Result<(TcpListener, bool)> {
    let listener = serve::listen(port)?;
    let taken = listener.local_addr()?.port() != port && port != 0;
    Ok((listener, taken))
}

/// Tells what happens, a line each time.
struct Teller {
    content: PathBuf,
    out: Option<PathBuf>,
    strict: bool,
    /// The warnings that were last shown: they are not repeated with each save.
    warned: Vec<Diagnostic>,
}

impl Teller {
    fn tell(&mut self, notice: &Notice) {
        // Where nobody can read what is printed, the preview goes on all the same.
        let _ = match notice {
            Notice::Polling(why) => say::print(&format!("The files are looked at once a second: {why}.\n")),
            Notice::Made { what, pages, took, checked } => {
                let line = format!("{what}: {} in {}.", count(*pages, "page"), milliseconds(*took));
                self.report(checked, Outcome::Done("watch"), &line)
            }
            Notice::Unsound { what, took, checked } => {
                let why = why(checked, self.strict);
                let line = format!("{what}: {why} ({}). The website stays what it was.", milliseconds(*took));
                self.report(checked, Outcome::Errors, &line)
            }
            Notice::Theme { what, why } => {
                say::print(&format!("{what}: {why}\nThe website stays what it was.\n"))
            }
            Notice::Gone(why) => say::print(&format!(
                "{why}. The website stays what it was, and is made anew when the folder is back.\n"
            )),
            Notice::Published { changes, took } => match &self.out {
                Some(out) => say::print(&format!("  {}\n", published(out, changes, *took))),
                None => Ok(()),
            },
            Notice::NotPublished(trouble) => say::print(&not_published(trouble, self.out.is_some())),
        };
    }

    fn report(&mut self, checked: &Checked, outcome: Outcome, line: &str) -> io::Result<()> {
        let found = checked.report.diagnostics().to_vec();
        let has_errors = matches!(outcome, Outcome::Errors);
        let told = told("watch", Format::Human, outcome, checked, &self.content);
        if has_errors || found != self.warned {
            self.warned = found;
            return told.print::<()>(line, None);
        }
        let quiet = Report::default();
        say::Told { report: &quiet, content: None, ..told }.print::<()>(line, None)
    }
}

/// A line each: what is wrong, and every fault.
fn not_published(trouble: &Trouble, would_be: bool) -> String {
    let mut lines = format!("{}.\n", trouble.title);
    for Fault { place, message, .. } in &trouble.faults {
        let place = if place.is_empty() { String::new() } else { format!("{place}: ") };
        lines.push_str(&format!("  {place}{message}\n"));
    }
    if trouble.more > 0 {
        lines.push_str(&format!("  and {} more\n", trouble.more));
    }
    if would_be {
        lines.push_str("It is tried again after the next change.\n");
    }
    lines
}

/// `public: 2 new, 3 changed (0.2 s).`
fn published(out: &Path, changes: &Changes, took: Duration) -> String {
    let parts = [(&changes.added, "new"), (&changes.changed, "changed"), (&changes.removed, "removed")];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(files, _)| !files.is_empty())
        .map(|(files, word)| format!("{} {word}", files.len()))
        .collect();
    let what = if parts.is_empty() { "all files as they were".to_owned() } else { parts.join(", ") };
    let look = say::to_look_at(out, &changes.lost, &changes.set_aside);
    format!("{}: {what} ({}).{look}", out.display(), milliseconds(took))
}

/// `21 ms`, `1.4 s`.
fn milliseconds(took: Duration) -> String {
    match took.as_millis() {
        few @ 0..1_000 => format!("{few} ms"),
        _ => format!("{:.1} s", took.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_cannot_be_had_is_told_of_as_it_is() {
        #[track_caller]
        fn check(port: u16, kind: ErrorKind, expected: &str) {
            assert_eq!(cannot_listen(port, kind).0, expected);
        }
        check(4000, ErrorKind::AddrInUse, "the ports 4000 to 4099 are all taken");
        check(65_500, ErrorKind::AddrInUse, "the ports 65500 to 65535 are all taken");
        check(65_535, ErrorKind::AddrInUse, "port 65535 is taken, and it is the last one");
        check(80, ErrorKind::PermissionDenied, "this system does not let you listen on port 80");
        check(4000, ErrorKind::AddrNotAvailable, "cannot listen on port 4000: address not available");
    }
}
