//! A slip in a published edition is put right: what, why, who decided it under what power, when.

use std::collections::BTreeSet;

use super::desk::Desk;
use super::{Next, Refusal, Step, authority, edition};
use crate::Checked;
use crate::handbook::{Departure, Frozen, PartialDate};
use crate::record::{plain, quoted};

/// What is said of a correction. What is `None` is not recorded.
#[derive(Clone, Debug)]
pub struct Amends {
    pub authority: String,
    pub edition: String,
    pub what: String,
    pub why: String,
    pub decided_by: Option<String>,
    /// The power under which it was decided.
    pub under: Option<String>,
    pub on: Option<PartialDate>,
}

/// Records how an edition differs from what was frozen as a correction, and freezes it anew. The
/// words have been edited before, by hand.
///
/// # Errors
///
/// If there is no such edition, it is not frozen, it is as it was frozen, or it is dated later.
pub fn correct(checked: &Checked, words: &Amends) -> Result<Step, Refusal> {
    let authority = authority(checked, &words.authority)?;
    let edition = edition(authority, &words.edition)?;
    let Some(frozen) = authority.frozen.get(&edition.slug) else {
        return Err(Refusal::new(
            format!("the edition `{}` is not frozen: it can be edited freely", edition.slug),
            "`handbook record` freezes what is public",
        ));
    };
    if let (Some(on), Some(day)) = (words.on, edition.date())
        && on.is_before(day)
    {
        return Err(Refusal::new(
            format!("{} is before the date of the edition, {}", on.in_words(), day.in_words()),
            "is the day right? it is that on which the correction was decided",
        ));
    }
    let departures = frozen.departures(&Frozen::of(edition));
    if departures.is_empty() {
        return Err(Refusal::new(
            format!("the edition `{}` is as it was published", edition.slug),
            "edit the file first, then record the correction",
        ));
    }
    let clauses: Vec<String> = departures
        .iter()
        .filter_map(|it| match it {
            Departure::Words(id) => Some(plain(id.as_str())),
            _ => None,
        })
        .collect();
    let mut keys = Vec::new();
    if !clauses.is_empty() {
        keys.push(format!("clauses: [{}]", clauses.join(", ")));
    }
    keys.push(format!("what: {}", quoted(&words.what)));
    keys.push(format!("why: {}", quoted(&words.why)));
    keys.extend(words.decided_by.as_ref().map(|it| format!("decided_by: {}", quoted(it))));
    keys.extend(words.under.as_ref().map(|it| format!("under: {}", quoted(it))));
    keys.extend(words.on.map(|it| format!("on: {it}")));
    let mut desk = Desk::new(checked);
    let mut front = desk.yaml(&edition.file)?;
    front.push("corrections", &format!("{{{}}}", keys.join(", ")));
    desk.put(&edition.file, front.write());
    desk.record(&authority.slug, &BTreeSet::from([edition.slug.clone()]));
    let mut did = vec![format!("{}: edition `{}` corrected", authority.short_name, edition.slug)];
    did.extend(departures.iter().map(ToString::to_string));
    did.push("it is frozen as it stands now; the correction is shown on its page".to_owned());
    let next = vec![Next::run("build", "publish it"), Next::run("undo", "take the record of it back")];
    Ok(desk.step(did, next))
}
