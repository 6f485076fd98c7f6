//! Publishes the newest site when nothing more comes, and proves that every page can be made.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Notice;
use super::planned::Planned;
use super::progress::Progress;
use crate::abreast;
use crate::output::{self, Changes, PublishError, Publishing};
use crate::serve::{Fault, Ground, Pages, Shelf, Trouble};
use crate::site::{Address, Page, Plan, RenderError};

/// Whoever hears what happens, one thing at a time.
pub type Tell = Arc<Mutex<dyn FnMut(&Notice) + Send>>;

pub fn tell(tell: &Tell, notice: &Notice) {
    (tell.lock().unwrap_or_else(PoisonError::into_inner))(notice);
}

/// Works until all is over. Into `out` if there is one; otherwise pages are only made.
pub fn run(out: Option<&Path>, idle: Duration, progress: &Arc<Progress>, shelf: &Shelf, to: &Tell) {
    while let Some(planned) = progress.to_publish(idle) {
        let started = Instant::now();
        let work = || {
            let whole = make_whole(&planned, progress, shelf);
            let (is_proved, came) = bring_out(&whole, out, progress);
            (is_proved.then_some(whole), came)
        };
        let tried = catch_unwind(AssertUnwindSafe(|| abreast::aside(work)));
        // A fault of this program, whose own words are on standard error.
        let (proved, came) = tried
            .unwrap_or_else(|_| (None, Err(trouble(out, vec![fault("the program failed at a page")], 0))));
        // What broke off for a newer site has nothing to say.
        if !progress.is_superseded() {
            if let Some(site) = proved {
                let site: Arc<dyn Pages> = site;
                shelf.prove(&site);
            }
            match &came {
                Ok(Some(changes)) => {
                    tell(to, &Notice::Published { changes, took: started.elapsed() });
                }
                Ok(None) => {}
                Err(trouble) => tell(to, &Notice::NotPublished(trouble)),
            }
            shelf.trouble(Ground::Publication, came.err());
        }
        progress.published(planned.number());
    }
}

/// Publishes a site, or only makes its pages: whether all of them can be made, and what came of it.
fn bring_out(
    site: &Planned,
    out: Option<&Path>,
    progress: &Progress,
) -> (bool, Result<Option<Changes>, Trouble>) {
    let published = out.map(|it| publish(site, it, progress));
    let (mut faults, mut more) = (Vec::new(), 0);
    match published {
        Some(Ok(changes)) => return (true, Ok(Some(changes))),
        Some(Err(PublishError::Render { page, error, others })) => {
            faults.push(Fault::page(&Address::file(page), &error));
            return (false, Err(trouble(out, faults, others)));
        }
        // It may have failed before any page was made.
        Some(Err(error)) => faults.push(fault(error.to_string())),
        None => {}
    }
    let proved = prove(site, progress);
    let is_proved = proved.is_ok();
    if let Err((fault, others)) = proved {
        faults.push(fault);
        more = others;
    }
    let came = if faults.is_empty() { Ok(None) } else { Err(trouble(out, faults, more)) };
    (is_proved, came)
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
fn publish(planned: &Planned, out: &Path, progress: &Progress) -> Result<Changes, PublishError> {
    let broken_off = || RenderError { message: "broken off".to_owned() };
    let mut plan = Plan::default();
    for (address, page) in planned.site().pages() {
        let make = move || match progress.is_superseded() {
            true => Err(broken_off()),
            false => page.render(),
        };
        plan.add(address.clone(), Page::new(make));
    }
    let site = plan.finish();
    let base_url = planned.setting().base_url.as_deref();
    let publishing = Publishing { base_url, ..Publishing::default() };
    let published = progress.write(|| output::publish(&site, out, &publishing));
    published
        .unwrap_or_else(|| Err(PublishError::Render { page: String::new(), error: broken_off(), others: 0 }))
}

/// Makes every page and keeps none. The first that cannot be made, and how many others cannot.
fn prove(planned: &Planned, progress: &Progress) -> Result<(), (Fault, usize)> {
    let mut faults = planned.site().pages().map_while(|(address, page)| {
        let made = (!progress.is_superseded()).then(|| page.render())?;
        Some(made.err().map(|error| Fault::page(address, &error)))
    });
    match faults.by_ref().flatten().next() {
        None => Ok(()),
        Some(first) => Err((first, faults.flatten().count())),
    }
}

fn fault(message: impl Into<String>) -> Fault {
    Fault { place: String::new(), message: message.into(), hint: None }
}

fn trouble(out: Option<&Path>, faults: Vec<Fault>, more: usize) -> Trouble {
    let title = match (out, more) {
        (Some(_), _) => "The website is not published; what was published before stays",
        (None, 0) => "A page cannot be made",
        (None, _) => "Some pages cannot be made",
    };
    Trouble { title: title.to_owned(), faults, more }
}
