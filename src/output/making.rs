//! Makes every page once, in parallel, and puts those that changed into a staging folder.

use std::collections::BTreeSet;
use std::path::Path;

use crate::abreast;
use crate::disk::{self, Digest, DiskError};
use crate::site::{Address, Page, RenderError, Site};

use super::error::{Obstacle, PublishError};
use super::hand::Hand;
use super::links::{Links, PageLinks};
use super::manifest::{Manifest, folders, is_sound};
use super::survey::Survey;
use super::{Changes, Road};

/// What is to be published, and what is there.
pub(super) struct Making<'a> {
    pub site: &'a Site<'a>,
    pub base_url: Option<&'a str>,
    /// The output folder, our files in it by their list, and what of them is really there.
    pub public: &'a Path,
    pub old: &'a Manifest,
    pub survey: &'a Survey,
    /// Where changed files go, at their paths.
    pub staging: &'a Path,
    pub road: Road,
}

struct Made {
    digest: Digest,
    links: PageLinks,
    change: Change,
}

#[derive(PartialEq)]
enum Change {
    Added,
    Changed,
    Unchanged,
}

enum Failure {
    Render(RenderError),
    Edited(String),
    Disk(DiskError),
}

/// Refuses a site whose addresses cannot all be files below one folder, each for one page.
pub(super) fn check_addresses(site: &Site) -> Result<(), PublishError> {
    if let Some(address) = site.twice().first() {
        return Err(PublishError::Twice(address.to_string()));
    }
    let paths = || site.pages().map(|(address, _)| address.as_path());
    let folders = folders(paths());
    match paths().find(|it| !is_sound(it) || folders.contains(it)) {
        Some(path) => Err(PublishError::Address(path.to_owned())),
        None => Ok(()),
    }
}

impl Making<'_> {
    /// Makes all pages; the new list, and what it changes. Pages that are as they stand are
    /// not written. The result does not depend on the number of threads.
    ///
    /// # Errors
    ///
    /// Pages that cannot be made come before what the disk refuses, broken links before
    /// obstacles; of pages the first by address.
    pub fn make(&self, hand: &Hand) -> Result<(Manifest, Changes), PublishError> {
        let pages: Vec<(&Address, &Page)> = self.site.pages().collect();
        let addresses: Vec<&str> = pages.iter().map(|(it, _)| it.as_path()).collect();
        let links = Links::new(addresses.iter().copied(), self.base_url);
        let made =
            abreast::map(&pages, |(address, page)| self.make_page(address.as_path(), page, &links, hand));
        let mut obstacles = Vec::new();
        let made = sort_failures(&addresses, made, &mut obstacles)?;

        let mut manifest = Manifest::default();
        let mut changes = Changes::new(self.road);
        let mut read = Vec::with_capacity(made.len());
        for (address, made) in addresses.iter().zip(made) {
            let Some(made) = made else { continue };
            manifest.files.insert((*address).to_owned(), made.digest);
            read.push(made.links);
            match made.change {
                Change::Added => changes.added.push((*address).to_owned()),
                Change::Changed => changes.changed.push((*address).to_owned()),
                Change::Unchanged => changes.unchanged += 1,
            }
        }
        if read.len() == addresses.len() {
            let broken = links.verify(&read);
            if !broken.is_empty() {
                return Err(PublishError::Links(broken));
            }
        }
        changes.removed = self.removed(&addresses, &mut obstacles)?;
        refuse(self.public, obstacles)?;
        Ok((manifest, changes))
    }

    fn make_page(&self, path: &str, page: &Page, links: &Links, hand: &Hand) -> Result<Made, Failure> {
        let bytes = page.render().map_err(Failure::Render)?;
        let digest = Digest::of(&bytes);
        let change = match self.survey.present.contains(path) {
            false => Change::Added,
            true => {
                let there = disk::read(&self.public.join(path)).map_err(Failure::Disk)?;
                if there == bytes {
                    Change::Unchanged
                } else if self.old.files.get(path) == Some(&Digest::of(&there)) {
                    Change::Changed
                } else {
                    return Err(Failure::Edited(path.to_owned()));
                }
            }
        };
        if change != Change::Unchanged {
            hand.write_new(&self.staging.join(path), &bytes).map_err(Failure::Disk)?;
        }
        Ok(Made { digest, links: links.read(path, &bytes), change })
    }

    /// Files of ours that the new site no longer has, sorted.
    fn removed(&self, addresses: &[&str], obstacles: &mut Vec<Obstacle>) -> Result<Vec<String>, DiskError> {
        let kept: BTreeSet<&str> = addresses.iter().copied().collect();
        let mut removed = Vec::new();
        for path in &self.survey.present {
            if kept.contains(path.as_str()) {
                continue;
            }
            match is_as_listed(&self.public.join(path), path, self.old)? {
                true => removed.push(path.clone()),
                false => obstacles.push(Obstacle::Edited(path.clone())),
            }
        }
        Ok(removed)
    }
}

/// Whether the file at `file` is there with the bytes that `manifest` lists for `path`.
pub(super) fn is_as_listed(file: &Path, path: &str, manifest: &Manifest) -> Result<bool, DiskError> {
    let there = disk::read_if_there(file)?.map(|bytes| Digest::of(&bytes));
    Ok(there.is_some() && there.as_ref() == manifest.files.get(path))
}

/// Fails with all obstacles, if there are any.
pub(super) fn refuse(folder: &Path, mut obstacles: Vec<Obstacle>) -> Result<(), PublishError> {
    obstacles.sort();
    match obstacles.is_empty() {
        true => Ok(()),
        false => Err(PublishError::Obstacles { folder: folder.to_path_buf(), obstacles }),
    }
}

/// The pages that were made, with `None` for those that meet an obstacle. All were tried, so
/// that the first failure is the first by address, however the threads ran.
fn sort_failures(
    addresses: &[&str],
    made: Vec<Result<Made, Failure>>,
    obstacles: &mut Vec<Obstacle>,
) -> Result<Vec<Option<Made>>, PublishError> {
    let (mut render, mut others, mut refused) = (None, 0, None);
    let mut pages = Vec::with_capacity(made.len());
    for (address, made) in addresses.iter().zip(made) {
        match made {
            Ok(made) => {
                pages.push(Some(made));
                continue;
            }
            Err(Failure::Render(error)) if render.is_none() => render = Some((*address, error)),
            Err(Failure::Render(_)) => others += 1,
            Err(Failure::Edited(path)) => obstacles.push(Obstacle::Edited(path)),
            Err(Failure::Disk(error)) => {
                refused.get_or_insert(error);
            }
        }
        pages.push(None);
    }
    match (render, refused) {
        (Some((page, error)), _) => Err(PublishError::Render { page: page.to_owned(), error, others }),
        (None, Some(error)) => Err(error.into()),
        (None, None) => Ok(pages),
    }
}
