//! What is shown at present, and what has to be said of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::watch;

use crate::site::{Address, RenderError};

/// A site whose pages are made when they are asked for.
pub trait Pages: Send + Sync {
    /// Whether something stands at an address.
    fn has(&self, address: &Address) -> bool;

    /// The file at an address, or `None` if nothing stands there.
    ///
    /// # Errors
    ///
    /// If the page cannot be made.
    fn make(&self, address: &Address) -> Option<Result<Vec<u8>, RenderError>>;
}

/// Where a fault lies; each ground has at most one trouble at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// What editors write.
    Content,
    /// Templates and assets.
    Theme,
    /// The output folder, or what only shows when the site is made whole.
    Publication,
    /// A page that was asked for and cannot be made.
    Page,
}

/// Why what is shown is not the newest, for who looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// One sentence.
    pub title: String,
    pub faults: Vec<Fault>,
    /// How many faults there are beyond those that are listed.
    pub more: usize,
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// `content/topics.yaml:3:21`; empty where no place is known.
    pub place: String,
    pub message: String,
    pub hint: Option<String>,
}

/// What open pages are told.
#[derive(Clone, Debug, Default, Serialize)]
pub struct News {
    /// Counts from 0; one that is left out was not told to a page that was slow.
    pub number: u64,
    /// By ground.
    pub troubles: Vec<Trouble>,
    /// Style sheets alone changed: the old path and the new, from the root of the server.
    pub styles: Vec<(String, String)>,
    /// Nothing changed but this clause: the path of its page.
    pub clause: Option<String>,
    /// Whether pages may have other content than before.
    pub pages: bool,
}

/// The one place from which pages are served. Sites are put here whole, so that no request sees
/// half of one.
pub struct Shelf {
    shown: Mutex<Shown>,
    news: watch::Sender<Arc<News>>,
    fresh: Box<dyn Fn() + Send + Sync>,
}

struct Shown {
    /// `None` until the first site is ready.
    site: Option<Arc<dyn Pages>>,
    /// The newest of which every page is known to be sound.
    proved: Option<Arc<dyn Pages>>,
    root: String,
    troubles: BTreeMap<Ground, Trouble>,
}

/// What is shown at one moment.
pub(super) struct View<'s> {
    shelf: &'s Shelf,
    site: Option<Arc<dyn Pages>>,
    proved: Option<Arc<dyn Pages>>,
    pub root: String,
    troubles: Vec<Trouble>,
}

/// What a request comes upon.
pub(super) enum Found {
    Page(Vec<u8>),
    /// Nothing stands at the address; the page that says so, if the site has one.
    Nothing(Option<Vec<u8>>),
    /// No site has been made yet, for these reasons.
    NoSite(Vec<Trouble>),
    /// Neither this page nor an older one can be made.
    Broken(String),
}

impl View<'_> {
    /// Whether a page stands at an address.
    pub fn has(&self, address: &Address) -> bool {
        self.site.as_ref().is_some_and(|it| it.has(address))
    }

    /// The page at an address. Where the newest cannot be made it is the last that could.
    pub fn find(&self, address: Option<&Address>) -> Found {
        let Some(site) = &self.site else { return Found::NoSite(self.troubles.clone()) };
        let before = |address: &Address| self.proved.as_ref()?.make(address)?.ok();
        match address.and_then(|it| Some((it, site.make(it)?))) {
            Some((_, Ok(bytes))) => Found::Page(bytes),
            Some((address, Err(error))) => {
                self.shelf.trouble(Ground::Page, Some(Trouble::page(address, &error)));
                before(address).map_or(Found::Broken(error.message), Found::Page)
            }
            None => {
                let not_found = &Address::not_found();
                let page = site.make(not_found).and_then(Result::ok);
                Found::Nothing(page.or_else(|| before(not_found)))
            }
        }
    }
}

impl Trouble {
    /// What is said of a page that cannot be made.
    pub fn page(address: &Address, error: &RenderError) -> Trouble {
        let place = format!("page {}", address.on_web());
        Trouble {
            title: "A page cannot be made; it is shown as it was before".to_owned(),
            faults: vec![Fault { place, message: error.message.clone(), hint: None }],
            more: 0,
        }
    }
}

impl Shelf {
    /// An empty one. `fresh` is called before each answer, and returns when what was saved up to
    /// then has been taken into account.
    pub fn new(fresh: impl Fn() + Send + Sync + 'static) -> Shelf {
        let shown = Shown { site: None, proved: None, root: "/".to_owned(), troubles: BTreeMap::new() };
        Shelf { shown: Mutex::new(shown), news: watch::Sender::new(Arc::default()), fresh: Box::new(fresh) }
    }

    /// Shows a site from now on, below `root` (`/` or `/handbook/`). Nothing is in the way of its
    /// content or theme any more.
    pub fn put(
        &self,
        site: Arc<dyn Pages>,
        root: &str,
        styles: &[(Address, Address)],
        clause: Option<&Address>,
    ) {
        let mut shown = self.shown();
        shown.site = Some(site);
        shown.root = root.to_owned();
        shown.troubles.clear();
        let path = |it: &Address| format!("{root}{}", it.as_path());
        let news = News {
            pages: true,
            styles: styles.iter().map(|(old, new)| (path(old), path(new))).collect(),
            clause: clause.map(|it| format!("{root}{}", it.on_web())),
            ..News::default()
        };
        self.tell(&shown, news);
    }

    /// Shows a site in the place of another, if that is still shown. Who has a page of it open is
    /// told nothing: it is the same but for what is found in it.
    pub fn exchange(&self, before: &Arc<dyn Pages>, site: Arc<dyn Pages>) {
        let mut shown = self.shown();
        if shown.site.as_ref().is_some_and(|it| Arc::ptr_eq(it, before)) {
            shown.site = Some(site);
        }
    }

    /// Takes note that every page of a site can be made.
    pub fn prove(&self, site: &Arc<dyn Pages>) {
        self.shown().proved = Some(Arc::clone(site));
    }

    /// Says what is wrong on a ground, or that nothing is any more. What is shown stays.
    pub fn trouble(&self, ground: Ground, trouble: Option<Trouble>) {
        let mut shown = self.shown();
        let before = shown.troubles.get(&ground);
        if before == trouble.as_ref() {
            return;
        }
        match trouble {
            Some(trouble) => shown.troubles.insert(ground, trouble),
            None => shown.troubles.remove(&ground),
        };
        self.tell(&shown, News::default());
    }

    /// What is wrong at present, by ground.
    pub fn troubles(&self) -> Vec<Trouble> {
        self.shown().troubles.values().cloned().collect()
    }

    pub(super) fn news(&self) -> watch::Receiver<Arc<News>> {
        self.news.subscribe()
    }

    /// What is shown once everything saved up to now has been taken into account: one site, for
    /// all that a request asks of it.
    pub(super) fn look(&self) -> View<'_> {
        (self.fresh)();
        let shown = self.shown();
        View {
            shelf: self,
            site: shown.site.clone(),
            proved: shown.proved.clone(),
            root: shown.root.clone(),
            troubles: shown.troubles.values().cloned().collect(),
        }
    }

    fn tell(&self, shown: &Shown, news: News) {
        let number = self.news.borrow().number + 1;
        let troubles = shown.troubles.values().cloned().collect();
        self.news.send_replace(Arc::new(News { number, troubles, ..news }));
    }

    /// A page that panicked has left nothing half-done here.
    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
