//! What every page has in common: its frame, the site's own values, the spelling of links.

use std::sync::Arc;

use super::address::Link;
use super::feeds::Feeds;
use super::formerly::{self, Formerly};
use super::metadata::{self, About, Seen};
use super::theme::{Theme, Value, Values, list, map};
use super::{Address, Page, Plan, RenderError, Setting};
use crate::handbook::Handbook;
use crate::view::comparison::Bearings;

/// What pages are made with. Pages share one, and each holds it as long as it may be asked for.
pub struct Press<'a> {
    pub handbook: &'a Handbook,
    pub setting: &'a Setting,
    pub formerly: Formerly<'a>,
    pub feeds: Feeds<'a>,
    pub bearings: Bearings<'a>,
    theme: &'a Theme,
}

/// The head of a page: what it is called and where it belongs.
pub struct Head {
    /// Without the name of the site.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// The pages above it, from the home page down, without either end.
    pub trail: Vec<(String, Link)>,
    /// Language of its main words.
    pub language: String,
    /// The page that readers are to be led to instead; `None` for the page itself.
    pub canonical: Option<Address>,
    /// What it tells programs.
    pub about: About,
}

impl Head {
    /// A page of ours, in our language.
    pub fn new(title: impl Into<String>, description: impl Into<String>) -> Self {
        Head {
            title: title.into(),
            description: description.into(),
            trail: Vec::new(),
            language: "en-GB".to_owned(),
            canonical: None,
            about: About::Page,
        }
    }

    /// The same page below another one.
    pub fn below(mut self, name: impl Into<String>, link: impl Into<Link>) -> Self {
        self.trail.push((name.into(), link.into()));
        self
    }
}

impl<'a> Press<'a> {
    pub fn new(handbook: &'a Handbook, theme: &'a Theme, setting: &'a Setting) -> Self {
        let (formerly, feeds) = (Formerly::of(handbook), Feeds::of(handbook, setting));
        let bearings = Bearings::of(handbook);
        Press { handbook, setting, formerly, feeds, bearings, theme }
    }

    /// Puts a page into the plan: at `address`, from the template `template`, with the values
    /// that `make` gives when the page is asked for.
    pub fn add(
        self: &Arc<Self>,
        plan: &mut Plan<'a>,
        address: Address,
        template: &'static str,
        make: impl Fn(&Press<'a>, &Address) -> (Head, Values) + Send + Sync + 'a,
    ) {
        let page = self.page(&address, template, make);
        plan.add(address, page);
    }

    /// A page that is to stand at `address`.
    pub fn page(
        self: &Arc<Self>,
        address: &Address,
        template: &'static str,
        make: impl Fn(&Press<'a>, &Address) -> (Head, Values) + Send + Sync + 'a,
    ) -> Page<'a> {
        let press = Arc::clone(self);
        let here = address.clone();
        let page = Page::new(move || {
            let (head, values) = make(&press, &here);
            press.render(&here, template, head, values)
        });
        page.with_template(template)
    }

    fn render(
        &self,
        here: &Address,
        template: &str,
        head: Head,
        mut values: Values,
    ) -> Result<Vec<u8>, RenderError> {
        let Handbook { title, publisher, description, corrections, .. } = self.handbook;
        let on_home = *here == Address::home();
        let trail: Vec<(String, Link)> = match on_home {
            true => Vec::new(),
            false => {
                [("Home".to_owned(), Address::home().into())].into_iter().chain(head.trail.clone()).collect()
            }
        };
        let canonical = self.setting.whole(head.canonical.as_ref().unwrap_or(here));
        let seen = Seen { handbook: self.handbook, setting: self.setting, here, head: &head, trail: &trail };
        let metadata = metadata::value(&seen);
        let feeds = self.feeds(here, &head.about);
        let navigation = Address::registers().map(|(name, address)| {
            let within = here.on_web().starts_with(address.on_web());
            map([
                ("name", name.into()),
                ("here", (*here == address).into()),
                ("within", within.into()),
                ("href", self.href(here, address).into()),
            ])
        });
        let about = self.handbook.pages.iter().map(|(name, page)| {
            let address = Address::editors(name);
            map([
                ("name", page.title.as_str().into()),
                ("here", (*here == address).into()),
                ("href", self.href(here, address).into()),
            ])
        });
        values
            .set(
                "site",
                map([
                    ("title", title.as_str().into()),
                    ("publisher", publisher.as_str().into()),
                    ("description", description.as_str().into()),
                    ("corrections", corrections.as_deref().into()),
                    ("home", self.href(here, Address::home()).into()),
                ]),
            )
            .set(
                "page",
                map([
                    ("title", head.title.as_str().into()),
                    ("description", head.description.as_str().into()),
                    ("language", head.language.as_str().into()),
                    ("canonical", canonical.filter(|_| *here != Address::not_found()).into()),
                    ("home", on_home.into()),
                    ("feed", feeds.last().cloned().unwrap_or_else(Value::none)),
                    ("feeds", list(feeds)),
                ]),
            )
            .set("metadata", metadata)
            .set("formerly", self.formerly(here))
            .set(
                "open_search",
                self.setting.base_url.is_some().then(|| self.href(here, Address::open_search())),
            )
            // The page of the search has a field of its own.
            .set("search", (*here != Address::search()).then(|| self.href(here, Address::search())))
            .set("navigation", list(navigation))
            .set("about", list(about))
            .set(
                "trail",
                list(trail.into_iter().map(|(name, link)| {
                    map([("name", name.into()), ("href", self.href(here, link).into())])
                })),
            )
            .set("assets", self.assets(here));
        self.theme.render(template, &values)
    }

    /// A link as it is written in the page at `here`.
    pub fn href(&self, here: &Address, link: impl Into<Link>) -> String {
        self.setting.href(here, &link.into())
    }

    /// The feeds that readers of a page may follow: that of all authorities, then that of what the
    /// page is about. Those that are not made are left out.
    fn feeds(&self, here: &Address, about: &About) -> Vec<Value> {
        let mut addresses = vec![Address::feed(), about.feed()];
        addresses.dedup();
        let made = addresses.into_iter().filter_map(|it| Some((self.feeds.at(&it)?, it)));
        made.map(|(feed, address)| {
            map([("title", feed.title.as_str().into()), ("href", self.href(here, address).into())])
        })
        .collect()
    }

    /// The places that have moved or gone from the page at `here`; their anchors stay.
    fn formerly(&self, here: &Address) -> Value {
        let places = self.formerly.at(here).into_iter().flat_map(|it| &it.places);
        list(places.map(|(anchor, entry)| {
            let new = entry.moved_to.as_ref().and_then(|it| Link::recorded(it));
            map([
                ("anchor", anchor.as_str().into()),
                ("name", new.as_ref().map(|it| formerly::name(self.handbook, it)).into()),
                ("href", new.map(|it| self.href(here, it)).into()),
                ("on", entry.gone.as_ref().map(|it| it.on.in_words()).into()),
                ("reason", entry.gone.as_ref().map(|it| it.reason.as_str()).into()),
            ])
        }))
    }

    /// The way to each asset, by what it is called in templates: `assets.style_css`.
    fn assets(&self, here: &Address) -> Value {
        let assets = self
            .theme
            .assets()
            .map(|(_, asset)| (asset.field.clone(), Value::from(self.href(here, asset.address.clone()))));
        Value::from(assets.collect::<std::collections::BTreeMap<_, _>>())
    }
}
