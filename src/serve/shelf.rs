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
    /// Neither the page nor an older one can be made, for these reasons.
    Broken(Vec<Trouble>),
}

impl View<'_> {
    /// Whether a page stands at an address.
    pub fn has(&self, address: &Address) -> bool {
        self.site.as_ref().is_some_and(|it| it.has(address))
    }

    /// The page at an address. Where the newest cannot be made it is the last that could.
    pub fn find(&self, address: Option<&Address>) -> Found {
        let Some(site) = &self.site else { return Found::NoSite(self.troubles.clone()) };
        let not_found = Address::not_found();
        let found = address.filter(|it| site.has(it));
        let address = found.unwrap_or(&not_found);
        let page = match site.make(address) {
            None => return Found::Nothing(None),
            Some(Ok(bytes)) => bytes,
            Some(Err(error)) => {
                let before = self.proved.as_ref().and_then(|it| it.make(address)?.ok());
                let title = match before {
                    Some(_) => "A page cannot be made; it is shown as it was before",
                    None => "A page cannot be made",
                };
                let faults = vec![Fault::page(address, &error)];
                let trouble = Trouble { title: title.to_owned(), faults, more: 0 };
                let troubles = self.shelf.trouble_with(site, trouble);
                match before {
                    Some(bytes) => bytes,
                    None => return Found::Broken(troubles),
                }
            }
        };
        match found {
            Some(_) => Found::Page(page),
            None => Found::Nothing(Some(page)),
        }
    }
}

impl Fault {
    /// That a page cannot be made.
    pub fn page(address: &Address, error: &RenderError) -> Fault {
        Fault { place: format!("page /{}", address.on_web()), message: error.message.clone(), hint: None }
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
        self.troubles_on([(ground, trouble)]);
    }

    /// The same of several grounds, in one message.
    pub fn troubles_on<const N: usize>(&self, grounds: [(Ground, Option<Trouble>); N]) {
        self.set(&mut self.shown(), grounds);
    }

    /// Says that a page of a site cannot be made, if that site is still shown; all that is wrong.
    fn trouble_with(&self, site: &Arc<dyn Pages>, trouble: Trouble) -> Vec<Trouble> {
        let mut shown = self.shown();
        if !shown.site.as_ref().is_some_and(|it| Arc::ptr_eq(it, site)) {
            return vec![trouble];
        }
        self.set(&mut shown, [(Ground::Page, Some(trouble))]);
        shown.troubles.values().cloned().collect()
    }

    fn set<const N: usize>(&self, shown: &mut Shown, grounds: [(Ground, Option<Trouble>); N]) {
        let before = shown.troubles.clone();
        for (ground, trouble) in grounds {
            match trouble {
                Some(trouble) => shown.troubles.insert(ground, trouble),
                None => shown.troubles.remove(&ground),
            };
        }
        if shown.troubles != before {
            self.tell(shown, News::default());
        }
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
