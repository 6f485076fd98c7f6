//! An adoption that is learnt of when the text has long been published, or superseded.

use std::collections::BTreeSet;

use super::adopt::Adoption;
use super::desk::Desk;
use super::propose::{add_step, awaited, dated, not_before};
use super::{Next, Refusal, Step, before};
use crate::Checked;
use crate::handbook::{Authority, Edition, Status};

/// Whether a text is public and its adoption not recorded, and no adoption could still make it the
/// current one: it is that already, or the current one followed it.
pub fn is_past(authority: &Authority, edition: &Edition) -> bool {
    let Some(current) = authority.current_edition() else { return false };
    let followed = before(authority, current).iter().any(|it| it.slug == edition.slug);
    let open = match edition.status {
        Status::Published | Status::Superseded => true,
        Status::Proposed => followed,
        Status::Draft | Status::Adopted | Status::Rejected | Status::Withdrawn => false,
    };
    open && !edition.was_adopted() && (followed || current.slug == edition.slug)
}

/// Records the adoption of a text that [`is_past`]. Which text is the current one stays.
///
/// # Errors
///
/// If an earlier step is dated later.
pub fn learnt(
    checked: &Checked,
    words: &Adoption,
    authority: &Authority,
    edition: &Edition,
) -> Result<Step, Refusal> {
    if words.name.is_some() {
        return Err(Refusal::new(
            format!("the edition `{}` is public, and its name stays", edition.slug),
            "leave out --name",
        ));
    }
    not_before(words.date, &edition.adoption)?;
    let is_current = authority.current.as_ref() == Some(&edition.slug);
    let mut desk = Desk::new(checked);
    let mut front = desk.yaml(&edition.file)?;
    front.set("status", if is_current { "adopted" } else { "superseded" });
    dated(&mut front, "adopted", words.date);
    if let Some(date) = words.commences {
        dated(&mut front, "commenced", date);
    }
    let awaited = awaited(&edition.adoption, &words.body, Some(words.date));
    let said = add_step(&mut front, &edition.adoption, awaited, &words.step());
    desk.put(&edition.file, front.write());
    desk.record(&authority.slug, &BTreeSet::from([edition.slug.clone()]));
    let mut did = vec![words.told(authority, &edition.slug)];
    did.extend(said);
    did.push(match is_current {
        true => "it is the current edition, as before".to_owned(),
        false => "a later text is the current edition, as before".to_owned(),
    });
    Ok(desk.step(did, vec![Next::run("build", "publish it"), Next::undo()]))
}
