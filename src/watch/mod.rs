//! Makes the site anew as files are saved, and keeps the newest sound one on a [`Shelf`].
//!
//! ```text
//!   the system ──eye──▶ desk: read again, look through, plan ──▶ Shelf ──▶ whoever serves it
//!                         │                                        ▲
//!                         └──▶ publisher: once nothing more comes ─┘ proved, or what is wrong
//! ```
//!
//! - The **eye** ([`eye`], or [`poll`] where the system cannot tell) says *where* something
//!   happened, never what. Whatever it says, the files themselves are read and compared: a touch,
//!   or a save without a change, comes to nothing.
//! - The **desk** ([`desk`]) waits until a save is complete: until nothing has happened for a few
//!   milliseconds, fewer where the system tells that a file was closed. Then it makes the [`planned`] site out of what is in the files *now*, by the
//!   calls that a build makes. It remembers what was read, and nothing else that could be out of
//!   date. While the content or the theme has an error the site before stays.
//! - The **publisher** ([`publisher`]) publishes the newest site when nothing more comes, so that
//!   many saves are one publication. It proves at the same time that every page can be made.
//!
//! Nothing is missed between a save and a request: before a page is answered, a mark is put among
//! the system's messages ([`pulse`]), and once that has come back, all that happened before it is
//! known and waited for.

mod content;
mod desk;
mod dress;
mod eye;
mod planned;
mod poll;
mod progress;
mod publisher;
mod pulse;
mod troubles;

use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::civil::Date;

use crate::output::Changes;
use crate::serve::{Shelf, Trouble};
use crate::{Checked, Failure, disk, keep_apart};

use desk::Desk;
use dress::Dress;
use eye::{Eye, Sight};
use progress::Progress;
use pulse::Pulse;

/// What is to be watched, and what for.
#[derive(Clone)]
pub struct Order {
    pub content: PathBuf,
    /// Where sound sites are published; `None` to show them only.
    pub out: Option<PathBuf>,
    /// The name of a theme that is built in, or the folder of another, which is watched too.
    pub theme: String,
    /// Goes before the base URL of the handbook.
    pub base_url: Option<String>,
    /// Whether warnings keep the site what it was too.
    pub strict: bool,
    /// Whether drafts have pages. Such a site is never published.
    pub drafts: bool,
    /// Looks at the files once a second in place of waiting for what the system tells.
    pub poll: bool,
    pub today: Date,
    pub pace: Pace,
}

/// How long to wait for more. None of this bears on what is made.
#[derive(Clone, Copy)]
pub struct Pace {
    /// A file that was there before, and of which the system tells that it has been written and
    /// closed, is complete when nothing has happened for so long.
    pub saved: Duration,
    /// Any other save is complete when nothing has happened for so long; an editor writes in several steps.
    pub quiet: Duration,
    /// No save is waited for longer than this.
    pub patience: Duration,
    /// The site is published when nothing has changed for so long.
    pub idle: Duration,
    /// How often the files are looked at where the system does not tell.
    pub poll: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Pace {
            saved: Duration::from_millis(5),
            quiet: Duration::from_millis(15),
            patience: Duration::from_millis(300),
            idle: Duration::from_millis(400),
            poll: Duration::from_secs(1),
        }
    }
}

/// What happened, for whoever runs the program.
pub enum Notice<'a> {
    /// The system does not tell of changes, for this reason, so the files are looked at.
    Polling(&'a str),
    /// A site was made, and is shown.
    Made {
        what: &'a str,
        pages: usize,
        took: Duration,
        checked: &'a Checked,
    },
    /// The content has errors; what is shown stays.
    Unsound {
        what: &'a str,
        took: Duration,
        checked: &'a Checked,
    },
    /// The theme cannot be used; what is shown stays.
    Theme {
        what: &'a str,
        why: &'a str,
    },
    /// The content folder is not there; what is shown stays.
    Gone(&'a str),
    Published {
        changes: &'a Changes,
        took: Duration,
    },
    /// What was published stays, or, where nothing is published, some page cannot be made.
    NotPublished(&'a Trouble),
}

/// A content folder that is being watched, until this is dropped.
pub struct Watch {
    shelf: Arc<Shelf>,
    progress: Arc<Progress>,
    pulse: Arc<Pulse>,
    desk: Sender<Sight>,
    threads: Vec<JoinHandle<()>>,
}

impl Watch {
    /// Begins to watch; the first site is made at once, and `tell` hears what comes of it.
    ///
    /// # Errors
    ///
    /// If there is no such content folder or no such theme, or the content folder and the output
    /// folder are inside each other.
    pub fn start(order: Order, tell: impl FnMut(&Notice) + Send + 'static) -> Result<Watch, Failure> {
        if let Some(out) = &order.out {
            keep_apart(out, &order.content)?;
        }
        std::fs::read_dir(&order.content)
            .map_err(disk::DiskError::at("read the content folder", &order.content))?;
        let dress = Dress::put_on(&order.theme)?;
        let progress = Arc::new(Progress::default());
        let pulse = Arc::new(Pulse::new());
        let shelf = {
            let (progress, pulse) = (Arc::clone(&progress), Arc::clone(&pulse));
            Arc::new(Shelf::new(move || {
                pulse.wait(false);
                progress.until_done(progress.seen());
            }))
        };
        let (desk, inbox) = mpsc::channel();
        let tell: publisher::Tell = Arc::new(Mutex::new(tell));
        // Watched before it is first read, so that nothing falls between.
        let eye = Eye::new(&order, dress.folder(), &progress, &pulse, desk.clone());
        progress.see();
        // The desk cannot have gone: it is about to begin.
        let _ = desk.send(Sight::Everything);
        let publisher = {
            let (progress, shelf, tell) = (Arc::clone(&progress), Arc::clone(&shelf), Arc::clone(&tell));
            let out = order.out.clone().filter(|_| !order.drafts);
            let idle = order.pace.idle;
            thread::spawn(move || publisher::run(out.as_deref(), idle, &progress, &shelf, &tell))
        };
        let at_desk = {
            let (progress, shelf) = (Arc::clone(&progress), Arc::clone(&shelf));
            thread::spawn(move || Desk::new(order, eye, dress, shelf, progress, tell).work(&inbox))
        };
        Ok(Watch { shelf, progress, pulse, desk, threads: vec![at_desk, publisher] })
    }

    /// Where the newest sound site is found.
    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Waits for nothing more: returns once all that happened up to now is shown and published, or
    /// found to be wrong. `false` if that takes longer than a minute.
    pub fn settle(&self) -> bool {
        self.pulse.wait(true);
        self.progress.see();
        let seen = self.progress.seen();
        // If the desk is gone there is nothing to wait for.
        let _ = self.desk.send(Sight::NoMore);
        self.progress.until_done(seen) && self.progress.until_published()
    }

    /// How many sites have been made, and how many attempts were in vain because of an error.
    pub fn made(&self) -> (u64, u64) {
        self.progress.made()
    }

    /// Ends: breaks off a publication that does not show yet, and waits a moment for one that
    /// does. What was published stays whole in any case. Only what is in memory is left to be
    /// taken apart, which for a large site takes a while: who ends altogether may leave that to
    /// the system.
    pub fn end(&self) {
        self.progress.stop();
        // If the desk is gone it need not be told.
        let _ = self.desk.send(Sight::Stop);
        self.progress.until_at_rest(Duration::from_millis(500));
        self.pulse.end();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.end();
        for thread in self.threads.drain(..).filter(JoinHandle::is_finished) {
            // What it had to say when it failed has been said.
            let _ = thread.join();
        }
    }
}
