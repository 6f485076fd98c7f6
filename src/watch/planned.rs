//! A site together with all that it is made from, so that it lives as long as anyone shows it.

use std::sync::Arc;

use self_cell::self_cell;

use crate::Checked;
use crate::handbook::Handbook;
use crate::serve::{Fault, Pages};
use crate::site::{self, Address, Indexes, RenderError, Setting, Site, Theme};

/// What a site borrows.
struct Ground {
    checked: Arc<Checked>,
    theme: Arc<Theme>,
    setting: Setting,
}

self_cell!(
    struct Bound {
        owner: Ground,
        #[covariant]
        dependent: Site,
    }
);

/// The site of one state of the content and the theme. Its pages are made when they are asked for.
pub struct Planned {
    number: u64,
    bound: Bound,
}

impl Planned {
    /// Plans the site of a sound handbook; `number` counts the sites from 1. The indexes of its
    /// search may be those of a site before.
    pub fn new(
        number: u64,
        checked: Arc<Checked>,
        theme: Arc<Theme>,
        setting: Setting,
        indexes: Arc<Indexes>,
    ) -> Planned {
        let ground = Ground { checked, theme, setting };
        let bound =
            Bound::new(ground, |it| site::plan_with(&it.checked.handbook, &it.theme, &it.setting, indexes));
        Planned { number, bound }
    }

    /// The same site with indexes of its own, and these.
    pub fn whole(&self) -> (Planned, Arc<Indexes>) {
        let Ground { checked, theme, setting } = self.bound.borrow_owner();
        let indexes = Arc::new(Indexes::of(&checked.handbook, setting));
        let (checked, theme) = (Arc::clone(checked), Arc::clone(theme));
        let whole = Planned::new(self.number, checked, theme, setting.clone(), Arc::clone(&indexes));
        (whole, indexes)
    }

    pub fn number(&self) -> u64 {
        self.number
    }

    pub fn site(&self) -> &Site<'_> {
        self.bound.borrow_dependent()
    }

    /// How many web pages it has.
    pub fn pages(&self) -> usize {
        self.site().pages().filter(|(it, _)| it.as_path().ends_with(".html")).count()
    }

    /// Makes a page from each template.
    ///
    /// # Errors
    ///
    /// The first page that cannot be made, and why.
    pub fn try_templates(&self) -> Result<(), String> {
        self.site().one_of_each_template().try_for_each(|(address, page)| match page.render() {
            Ok(_) => Ok(()),
            Err(error) => {
                let Fault { place, message, .. } = Fault::page(address, &error);
                Err(format!("{place} cannot be made: {message}"))
            }
        })
    }

    pub fn setting(&self) -> &Setting {
        &self.bound.borrow_owner().setting
    }

    pub fn theme(&self) -> &Theme {
        &self.bound.borrow_owner().theme
    }

    /// The page that shows the clause in a file of the content, if it is one.
    pub fn page_of(&self, file: &str) -> Option<Address> {
        let handbook: &Handbook = &self.bound.borrow_owner().checked.handbook;
        let slug = file.strip_prefix("authorities/")?.split('/').next()?;
        let authority = handbook.authorities.values().find(|it| it.slug.as_str() == slug)?;
        let mut clauses = authority.editions.values().flat_map(|it| it.clauses());
        let found = match clauses.find(|it| it.file == file) {
            Some(clause) => Address::clause(&authority.slug, &clause.id),
            None => {
                let report = authority.reports.values().find(|it| it.clauses().any(|it| it.file == file))?;
                Address::report(&authority.slug, &report.slug)
            }
        };
        self.has(&found).then_some(found)
    }
}

impl Pages for Planned {
    fn has(&self, address: &Address) -> bool {
        self.site().page(address).is_some()
    }

    fn make(&self, address: &Address) -> Option<Result<Vec<u8>, RenderError>> {
        self.site().page(address).map(site::Page::render)
    }
}
