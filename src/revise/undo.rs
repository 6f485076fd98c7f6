//! The last step is taken back, while nothing was published on it.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Refusal, Step};
use crate::handbook::{AuthoritySlug, DocumentSlug};
use crate::output::together::{self, Replaced};
use crate::output::{Obstacle, PublishError};
use crate::site::Address;

/// What taking the last step back would change; `out` is the folder of the website.
///
/// # Errors
///
/// If no step is kept, its files have been edited since, or the website was published since with a
/// page of an edition that it made or changed.
pub fn undo(content: &Path, out: &Path) -> Result<Step, Refusal> {
    let kept = together::kept(content).map_err(|error| match error {
        PublishError::Obstacles { obstacles, .. } => {
            let names: Vec<&str> = obstacles
                .iter()
                .map(|it| match it {
                    Obstacle::Edited(path) | Obstacle::Stranger(path) => path.as_str(),
                })
                .collect();
            Refusal::new(
                format!("edited since the last step: {}", names.join(", ")),
                "taking the step back would lose these words; take them out first, or go on from here",
            )
        }
        other => Refusal::new(other.to_string(), ""),
    })?;
    let Some(files) = kept else {
        return Err(Refusal::new("there is no step to take back", "only the last one is kept"));
    };
    if let Some(page) = published(&files, content, out) {
        return Err(Refusal::new(
            format!("{page} has been published since, so its address is out in the world"),
            "record what became of it instead: `handbook decide`, `handbook correct`, or a new draft",
        ));
    }
    let count = |now: bool, then: bool| {
        files.values().filter(|it| it.before.is_some() == now && it.after.is_some() == then).count()
    };
    let mut did = vec!["the last step is taken back".to_owned()];
    for (number, what) in [
        (count(true, true), "as they were before"),
        (count(true, false), "removed again"),
        (count(false, true), "put back"),
    ] {
        if number > 0 {
            did.push(format!("{number} {} {what}", if number == 1 { "file" } else { "files" }));
        }
    }
    Ok(Step {
        files,
        did,
        next: vec!["handbook check                      see where the content stands".to_owned()],
    })
}

/// The page of an edition that the step made or changed, and that was published after it.
fn published<'f>(files: &'f BTreeMap<String, Replaced>, content: &Path, out: &Path) -> Option<&'f str> {
    files.keys().find_map(|path| {
        let mut parts = path.strip_prefix("authorities/")?.strip_suffix("/edition.yaml")?.split("/protocol/");
        let (authority, edition) =
            (AuthoritySlug::parse(parts.next()?)?, DocumentSlug::parse(parts.next()?)?);
        let page = Address::edition(&authority, &edition);
        together::is_newer(content, &out.join(page.as_path())).then_some(path.as_str())
    })
}
