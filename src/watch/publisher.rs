//! Publishes the newest site when nothing more comes, and proves that every page can be made.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Notice;
use super::planned::Planned;
use super::progress::Progress;
use crate::output::{self, PublishError, Publishing};
use crate::serve::{Fault, Ground, Pages, Shelf, Trouble};
use crate::site::{Page, RenderError, Site};

/// Whoever hears what happens, one thing at a time.
pub type Tell = Arc<Mutex<dyn FnMut(&Notice) + Send>>;

pub fn tell(tell: &Tell, notice: &Notice) {
    (tell.lock().unwrap_or_else(PoisonError::into_inner))(notice);
}

/// Works until all is over. Into `out` if there is one; otherwise pages are only made.
pub fn run(out: Option<&Path>, idle: Duration, progress: &Arc<Progress>, shelf: &Shelf, to: &Tell) {
    while let Some(planned) = progress.to_publish(idle) {
        let started = Instant::now();
        let tried = catch_unwind(AssertUnwindSafe(|| {
            let whole = make_whole(&planned, progress, shelf);
            let changes = match out {
                Some(out) => publish(&whole, out, progress).map(Some).map_err(|it| trouble(it.to_string())),
                None => prove(&whole, progress).map(|()| None),
            };
            changes.map(|it| (whole, it))
        }));
        // A fault of this program, whose own words are on standard error.
        let came = tried.unwrap_or_else(|_| Err(trouble("the program failed at a page".to_owned())));
        match came {
            // What broke off for a newer site has nothing to say.
            _ if progress.is_superseded() => {}
            Ok((whole, changes)) => {
                let site: Arc<dyn Pages> = whole;
                shelf.prove(&site);
                shelf.trouble(Ground::Publication, None);
                if let Some(changes) = changes {
                    tell(to, &Notice::Published { changes: &changes, took: started.elapsed() });
                }
            }
            Err(trouble) => {
                tell(to, &Notice::NotPublished(&trouble.faults[0].message));
                shelf.trouble(Ground::Publication, Some(trouble));
            }
        }
        progress.published(planned.number());
    }
    progress.end();
}

/// A site with indexes of its own, shown in the place of the same with older ones.
fn make_whole(planned: &Arc<Planned>, progress: &Progress, shelf: &Shelf) -> Arc<Planned> {
    let (whole, indexes) = planned.whole();
    progress.keep(indexes);
    let whole = Arc::new(whole);
    let (site, before): (Arc<dyn Pages>, Arc<dyn Pages>) = (whole.clone(), planned.clone());
    shelf.exchange(&before, site);
    whole
}

/// Publishes a site, unless something newer comes before its pages are made.
fn publish(planned: &Planned, out: &Path, progress: &Progress) -> Result<output::Changes, PublishError> {
    let mut site = Site::default();
    for (address, page) in planned.site().pages() {
        let make = move || match progress.is_superseded() {
            true => Err(RenderError { message: "broken off".to_owned() }),
            false => page.render(),
        };
        site.insert(address.clone(), Page::new(make));
    }
    let base_url = planned.setting().base_url.as_deref();
    output::publish(&site, out, &Publishing { base_url, ..Publishing::default() })
}

/// Makes every page and keeps none.
fn prove(planned: &Planned, progress: &Progress) -> Result<(), Trouble> {
    for (address, page) in planned.site().pages() {
        if progress.is_superseded() {
            return Ok(());
        }
        page.render().map_err(|error| Trouble::page(address, &error))?;
    }
    Ok(())
}

fn trouble(message: String) -> Trouble {
    let fault = Fault { place: String::new(), message, hint: None };
    let title = "The website is not published; what was published before stays".to_owned();
    Trouble { title, faults: vec![fault], more: 0 }
}
