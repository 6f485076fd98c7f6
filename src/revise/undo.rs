//! The last step is taken back, while nothing was published on it.

use std::path::Path;

use super::{Next, Refusal, Step};
use crate::Checked;
use crate::handbook::{AuthoritySlug, DocumentSlug, Status};
use crate::output::{self, Obstacle, PublishError, together};
use crate::site::Address;

/// What taking the last step back would change.
pub struct Undoing {
    pub step: Step,
    /// The file of a public edition that the step made or changed, where no website stands by which
    /// to tell whether it has been published since.
    pub unknown: Option<String>,
}

/// Looks at the last step; `out` is the folder of the website. A website that was published
/// elsewhere is not known of.
///
/// # Errors
///
/// If no step is kept, its files have been edited since, or the website in `out` was published since
/// with a page of an edition that it made or changed, even where the one before it was put back.
pub fn undo(checked: &Checked, content: &Path, out: &Path) -> Result<Undoing, Refusal> {
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
    let public: Vec<(&String, Address)> =
        files.keys().filter_map(|it| Some((it, public(checked, it)?))).collect();
    // A website in whose place the one before it was put back is kept, and may have been read.
    let is_out =
        |page: &Address| output::places(out, page.as_path()).iter().any(|it| together::is_newer(content, it));
    // Best told by a text that the step made.
    let out_since = public.iter().filter(|(_, page)| is_out(page));
    if let Some((file, _)) = out_since.min_by_key(|(file, _)| files[*file].after.is_some()) {
        return Err(Refusal::new(
            format!("{file} has been published since, so its address is out in the world"),
            "record what became of it instead: `handbook decide`, `handbook correct`, or a new draft",
        ));
    }
    let stands = out.join(Address::home().as_path()).exists();
    let unknown = public.last().filter(|_| !stands).map(|(file, _)| (*file).clone());
    let count = |now: bool, then: bool| {
        files.values().filter(|it| it.before.is_some() == now && it.after.is_some() == then).count()
    };
    let mut did = vec!["the last step is taken back".to_owned()];
    if stands && !public.is_empty() {
        did.push(format!("no page of it has been published in {} since", out.display()));
    }
    for (number, what) in [
        (count(true, true), "as they were before"),
        (count(true, false), "removed again"),
        (count(false, true), "put back"),
    ] {
        if number > 0 {
            did.push(format!("{number} {} {what}", if number == 1 { "file" } else { "files" }));
        }
    }
    let next = vec![Next::run("check", "see where the content stands")];
    Ok(Undoing { step: Step { files, did, next }, unknown })
}

/// The page of the public edition whose `edition.yaml` this is.
fn public(checked: &Checked, file: &str) -> Option<Address> {
    let mut parts = file.strip_prefix("authorities/")?.strip_suffix("/edition.yaml")?.split("/protocol/");
    let (authority, edition) = (AuthoritySlug::parse(parts.next()?)?, DocumentSlug::parse(parts.next()?)?);
    let known = checked.handbook.authorities.get(&authority)?.editions.get(&edition)?;
    (known.status != Status::Draft).then(|| Address::edition(&authority, &edition))
}
