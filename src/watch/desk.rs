//! Where the site is made anew: what happened is gathered until a save is complete, then the files
//! are read, looked through and planned.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::content::{Content, Stirred};
use super::dress::{self, Dress};
use super::eye::{Eye, Sight};
use super::planned::Planned;
use super::progress::Progress;
use super::publisher::{Tell, tell};
use super::{Notice, Order, Pace, troubles};
use crate::serve::{Ground, Pages, Shelf};
use crate::site::{Indexes, Setting, Theme};
use crate::{Checked, Memory};

/// How often it is asked whether another folder stands where one was watched.
const ROUND: Duration = Duration::from_secs(1);

/// And while there is none.
const WATCHING_OUT: Duration = Duration::from_millis(200);

/// From so many places on it is no save but a copy or another branch, which takes longer.
const MANY: usize = 40;

pub struct Desk {
    order: Order,
    eye: Eye,
    content: Content,
    dress: Dress,
    /// Whether a page of each template could be made, since the theme changed; `None` before that
    /// was tried.
    tried: Option<Result<(), String>>,
    /// What was found in what has not changed since.
    memory: Memory,
    /// What the content came to when it was last read; of its files those that the report names.
    checked: Option<Arc<Checked>>,
    /// The newest site.
    planned: Option<Arc<Planned>>,
    /// The one before, for as long as someone waits for the newest.
    spent: Option<Arc<Planned>>,
    /// There is no content folder.
    is_gone: bool,
    /// Why the files are looked at, once that was told.
    looks_because: Option<String>,
    /// The lock of the repository that the content is in.
    git_lock: Option<PathBuf>,
    shelf: Arc<Shelf>,
    progress: Arc<Progress>,
    tell: Tell,
}

/// What happened, until it is acted on.
#[derive(Default)]
struct Gathered {
    content: Stirred,
    /// What may still be being written.
    unfinished: BTreeSet<String>,
    theme: bool,
    anew: bool,
    limit: Option<String>,
    /// How many messages that are counted.
    messages: u64,
    no_more: bool,
    stop: bool,
}

impl Gathered {
    fn add(&mut self, sight: Sight) {
        self.messages += u64::from(sight.is_counted());
        match sight {
            Sight::Content(stirred) => {
                if let Stirred::Paths(paths) = &stirred {
                    self.unfinished.extend(paths.iter().cloned());
                }
                self.content.add(stirred);
            }
            Sight::Saved(file) => {
                self.unfinished.remove(&file);
                self.content.add(Stirred::Paths([file].into()));
            }
            Sight::Theme => self.theme = true,
            Sight::Everything => {
                self.content = Stirred::Everything;
                (self.theme, self.anew) = (true, true);
            }
            Sight::Limit(why) => {
                self.content = Stirred::Everything;
                self.limit = Some(why);
            }
            Sight::NoMore => self.no_more = true,
            Sight::Stop => self.stop = true,
        }
    }

    /// Whether nothing happened.
    fn is_idle(&self) -> bool {
        self.content == Stirred::Nothing && !self.theme && !self.anew
    }

    fn is_many(&self) -> bool {
        match &self.content {
            Stirred::Nothing => false,
            Stirred::Paths(paths) => paths.len() >= MANY,
            Stirred::Everything => true,
        }
    }
}

impl Desk {
    pub fn new(
        order: Order,
        eye: Eye,
        dress: Dress,
        shelf: Arc<Shelf>,
        progress: Arc<Progress>,
        tell: Tell,
    ) -> Desk {
        Desk {
            content: Content::unread(&order.content),
            git_lock: git_lock(&order.content),
            // One that is built in holds no faults of an editor.
            tried: dress.folder().is_none().then_some(Ok(())),
            memory: Memory::default(),
            checked: None,
            planned: None,
            spent: None,
            is_gone: false,
            looks_because: None,
            order,
            eye,
            dress,
            shelf,
            progress,
            tell,
        }
    }

    /// Works until it is told to stop.
    pub fn work(mut self, inbox: &Receiver<Sight>) {
        while let Some(gathered) = self.gather(inbox) {
            let acted = catch_unwind(AssertUnwindSafe(|| self.act(&gathered)));
            if acted.is_err() {
                self.fail();
            }
            self.progress.done(gathered.messages);
            // To take a large site apart takes its time, and nobody waits for it.
            self.spent = None;
        }
    }

    /// All that belongs to one save, or to one change of many files; `None` at the end.
    fn gather(&self, inbox: &Receiver<Sight>) -> Option<Gathered> {
        let mut gathered = Gathered::default();
        let round = if self.is_gone { WATCHING_OUT } else { ROUND };
        match inbox.recv_timeout(round) {
            Ok(sight) => gathered.add(sight),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
        if gathered.is_idle() {
            if !self.eye.is_elsewhere() {
                return (!gathered.stop).then_some(gathered);
            }
            // Who waits for all that happened waits for this too.
            self.progress.see();
            gathered.add(Sight::Everything);
        }
        // The first site is not waited for.
        let began = Instant::now();
        let is_first = self.checked.is_none();
        while !(gathered.stop || gathered.no_more || is_first) {
            let (quiet, patience) = self.pace(&gathered);
            let left = patience.saturating_sub(began.elapsed());
            if left.is_zero() {
                break;
            }
            match inbox.recv_timeout(quiet.min(left)) {
                Ok(sight) => gathered.add(sight),
                Err(_) => break,
            }
        }
        (!gathered.stop).then_some(gathered)
    }

    /// How long to wait for the next message, and how long for the last.
    fn pace(&self, gathered: &Gathered) -> (Duration, Duration) {
        let Pace { saved, quiet, patience, .. } = self.order.pace;
        // Git says itself how long it is at work; a copy of a whole folder has pauses in it.
        if self.git_lock.as_ref().is_some_and(|it| it.exists()) {
            return (quiet * 20, patience * 100);
        }
        match gathered.is_many() {
            true => (quiet * 4, patience * 15),
            false if self.is_saved(gathered) => (saved, patience),
            false => (quiet, patience),
        }
    }

    /// Whether all that happened is that files which were there before have been saved.
    fn is_saved(&self, gathered: &Gathered) -> bool {
        let Stirred::Paths(paths) = &gathered.content else { return false };
        let known = &self.content.sources.files;
        !gathered.theme && gathered.unfinished.is_empty() && paths.iter().all(|it| known.contains_key(it))
    }

    fn act(&mut self, gathered: &Gathered) {
        let started = Instant::now();
        let say = Arc::clone(&self.tell);
        match (&gathered.limit, gathered.anew) {
            (Some(why), _) => self.eye.look(why.clone()),
            (None, true) => self.eye.open(),
            (None, false) => self.eye.cover(&gathered.content),
        }
        if self.looks_because.as_deref() != self.eye.looks_because() {
            self.looks_because = self.eye.looks_because().map(str::to_owned);
            if let Some(why) = &self.looks_because {
                tell(&say, &Notice::Polling(why));
            }
        }
        if gathered.is_idle() || (self.is_gone && gathered.content == Stirred::Nothing) {
            return;
        }
        let difference = match self.content.again(&gathered.content) {
            Ok(difference) => difference,
            Err(error) => return self.lose(&error.to_string()),
        };
        let has_returned = std::mem::take(&mut self.is_gone);
        let dressed = if gathered.theme { self.dress.again() } else { None };
        if dressed.is_some() {
            self.tried = None;
        }
        let is_first = self.checked.is_none();
        if difference.is_none() && dressed.is_none() && !has_returned && !is_first {
            return;
        }
        let what = match (&difference, dressed) {
            _ if is_first => "the handbook was read".to_owned(),
            (Some(difference), None) => difference.in_words(),
            (Some(difference), Some(_)) => format!("{}; the theme changed", difference.in_words()),
            (None, Some(_)) => "the theme changed".to_owned(),
            (None, None) => "the content folder is back".to_owned(),
        };
        let checked = match &self.checked {
            Some(checked) if difference.is_none() => Arc::clone(checked),
            _ => {
                let sources = &self.content.sources;
                let (handbook, report) =
                    crate::look_through_again(sources, self.order.today, &mut self.memory);
                Arc::new(Checked { sources: sources.told_of(&report), handbook, report })
            }
        };
        self.checked = Some(Arc::clone(&checked));
        let took = || started.elapsed();
        if !checked.is_sound(self.order.strict) {
            let theme =
                self.dress.theme.as_ref().err().or(self.tried.as_ref().and_then(|it| it.as_ref().err()));
            let theme = theme.map(|why| troubles::theme(why));
            let content = troubles::content(&checked.report, &self.order);
            self.shelf.troubles_on([(Ground::Content, Some(content)), (Ground::Theme, theme)]);
            self.progress.made_none();
            return tell(&say, &Notice::Unsound { what: &what, took: took(), checked: &checked });
        }
        let theme = self.dress.theme.clone();
        let planned = match theme.and_then(|it| self.plan(&checked, it)) {
            Ok(planned) => planned,
            Err(why) => {
                let theme = Some(troubles::theme(&why));
                self.shelf.troubles_on([(Ground::Content, None), (Ground::Theme, theme)]);
                self.progress.made_none();
                return tell(&say, &Notice::Theme { what: &what, why: &why });
            }
        };
        let styles = match (&self.planned, dressed) {
            (Some(before), Some(true)) if difference.is_none() => {
                dress::styles(before.theme(), planned.theme())
            }
            _ => Vec::new(),
        };
        let edited = difference.as_ref().filter(|_| !is_first).and_then(|it| planned.page_of(it.only()?));
        let site: Arc<dyn Pages> = planned.clone();
        // This clears all troubles in the same message.
        self.shelf.put(site, &root(planned.setting()), &styles, edited.as_ref());
        let notice = Notice::Made { what: &what, pages: planned.pages(), took: took(), checked: &checked };
        tell(&say, &notice);
        self.progress.made_site(Arc::clone(&planned));
        self.spent = self.planned.replace(planned);
    }

    /// The site of a sound handbook, or why the theme cannot be used for it.
    fn plan(&mut self, checked: &Arc<Checked>, theme: Arc<Theme>) -> Result<Arc<Planned>, String> {
        let handbook = &checked.handbook;
        let base_url = self.order.base_url.clone().or_else(|| handbook.base_url.clone());
        let setting = Setting { base_url, drafts: self.order.drafts };
        let number = self.planned.as_ref().map_or(0, |it| it.number()) + 1;
        // They take far longer than the rest, and are made before the site is published.
        let indexes = self.progress.indexes();
        let indexes = indexes.unwrap_or_else(|| Arc::new(Indexes::of(handbook, &setting)));
        self.progress.keep(Arc::clone(&indexes));
        let planned = Planned::new(number, Arc::clone(checked), theme, setting, indexes);
        if self.tried != Some(Ok(())) {
            self.tried = Some(planned.try_templates());
        }
        self.tried.clone().unwrap_or(Ok(())).map(|()| Arc::new(planned))
    }

    /// A fault of this program. The next change may be another matter.
    fn fail(&mut self) {
        self.progress.made_none();
        self.shelf.trouble(Ground::Content, Some(troubles::ours()));
    }

    /// There is no content folder: it may return.
    fn lose(&mut self, why: &str) {
        if std::mem::replace(&mut self.is_gone, true) {
            return;
        }
        self.shelf.trouble(Ground::Content, Some(troubles::gone(why)));
        tell(&self.tell, &Notice::Gone(why));
    }
}

/// The path of the base URL, so that the site stands where it will stand; `/` without one.
fn root(setting: &Setting) -> String {
    let path = setting
        .base_url
        .as_deref()
        .and_then(|it| it.split_once("://"))
        .and_then(|(_, it)| it.split_once('/'));
    path.map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"))
}

/// The file that is there while git changes the files of its repository, if the content is in one.
fn git_lock(content: &Path) -> Option<PathBuf> {
    let content = fs::canonicalize(content).ok()?;
    let git = content.ancestors().map(|it| it.join(".git")).find(|it| it.exists())?;
    if git.is_dir() {
        return Some(git.join("index.lock"));
    }
    // A second working folder of a repository names the place of its own state.
    let text = fs::read_to_string(&git).ok()?;
    let folder = text.strip_prefix("gitdir:")?.trim();
    Some(git.parent()?.join(folder).join("index.lock"))
}
