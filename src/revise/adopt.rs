//! A text is adopted: it becomes the current one, and the one before is superseded, in one step.

use std::collections::BTreeSet;

use super::belated::{is_past, learnt};
use super::desk::Desk;
use super::propose::{add_step, awaited, dated, not_before, settle_name, was_before, written};
use super::rebase::rebase;
use super::{Next, Refusal, Step, authority, before, edition_in};
use crate::Checked;
use crate::handbook::{
    AdoptionStep, Authority, Coverage, DocumentSlug, Edition, Frozen, PartialDate, Status,
};
use crate::record::quoted;

/// That a text was adopted. What is `None` is not recorded.
#[derive(Clone, Debug)]
pub struct Adoption {
    pub authority: String,
    /// The proposal as it was put, or the draft that holds it as amended at the meeting; the only
    /// one where none is named.
    pub edition: Option<String>,
    pub body: String,
    pub date: PartialDate,
    pub minute: Option<String>,
    pub commences: Option<PartialDate>,
    /// The lasting name of a folder that was only called `draft`; by the date where none is given.
    pub name: Option<String>,
}

impl Adoption {
    /// What is written into the path of the text.
    pub(super) fn step(&self) -> AdoptionStep {
        AdoptionStep {
            body: self.body.clone(),
            date: Some(self.date),
            outcome: "adopted".to_owned(),
            minute: self.minute.clone(),
            papers: Vec::new(),
        }
    }

    /// What is told of it.
    pub(super) fn told(&self, authority: &Authority, slug: &DocumentSlug) -> String {
        let minute =
            self.minute.as_ref().map_or("minute not recorded".to_owned(), |it| format!("minute {it}"));
        let commences = self.commences.map_or("day of commencement not recorded".to_owned(), |it| {
            format!("in force from {}", it.in_words())
        });
        format!(
            "{}: edition `{slug}` adopted by {} {}, {minute}, {commences}",
            authority.short_name,
            self.body,
            self.date.when(),
        )
    }
}

/// Makes an edition the adopted and current one, with all that goes with it: status, dates, path,
/// the superseded edition, the proposal that it amends, the current edition and the ledger.
///
/// # Errors
///
/// If there is no such edition, it is neither drafted nor proposed, it was not drafted from the
/// current edition, an earlier step or that edition is dated later, or the body is named nearly as
/// one that it was put to.
///
/// Of a text that was published without a record of its adoption, or that the current one followed,
/// the adoption alone is recorded.
pub fn adopt(checked: &Checked, words: &Adoption) -> Result<Step, Refusal> {
    let authority = authority(checked, &words.authority)?;
    let edition = chosen(authority, words.edition.as_deref())?;
    was_before(edition, &words.body)?;
    if is_past(authority, edition) {
        return learnt(checked, words, authority, edition);
    }
    let earlier = before(authority, edition);
    let current = authority.current_edition();
    if let Some(current) = current.filter(|it| !earlier.iter().any(|other| other.slug == it.slug)) {
        return Err(Refusal::new(
            format!("the edition `{}` does not follow the current one, `{}`", edition.slug, current.slug),
            format!(
                "start from the current text with `handbook draft {}`; or mend `follows` in {}",
                authority.slug, edition.file
            ),
        ));
    }
    let between = earlier.iter().take_while(|it| current.is_none_or(|current| current.slug != it.slug));
    let between: Vec<&Edition> = between.copied().collect();
    // What was put to a body and amended before it was adopted, the nearest first.
    let amended: Vec<&Edition> = between.iter().copied().filter(|it| it.status == Status::Proposed).collect();
    // A proposal that came to nothing is no step on the way, but what it had is public all the same.
    let amends = between.iter().copied().find(|it| it.status != Status::Draft);
    if let Some(put) = amended.first().filter(|it| is_as_put(edition, it)) {
        return Err(Refusal::new(
            format!("the edition `{}` is word for word as `{}` was put", edition.slug, put.slug),
            format!("adopt that one: `handbook adopt {} {}`", authority.slug, put.slug),
        ));
    }
    let carried: Vec<AdoptionStep> =
        amended.iter().rev().flat_map(|it| it.adoption.iter().cloned()).collect();
    let path = [carried.as_slice(), &edition.adoption].concat();
    not_before(words.date, &path)?;
    current.map_or(Ok(()), |it| not_before_text(words.date, it))?;
    let mut desk = Desk::new(checked);
    let slug = settle_name(&mut desk, authority, edition, words.name.as_deref(), || words.date.to_string())?;
    let folder = format!("{}/protocol/{slug}", authority.folder());
    if let Some(current) = current.filter(|_| !between.is_empty()) {
        rebase(&mut desk, edition, &folder, &between, amends, current)?;
    }
    let file = format!("{folder}/edition.yaml");
    let mut front = desk.yaml(&file)?;
    front.set("status", "adopted");
    if let Some(it) = amends {
        front.set_after("follows", "amends", &quoted(it.slug.as_str()));
    }
    let proposed =
        amended.iter().find_map(|it| it.dates.proposed).filter(|_| edition.dates.proposed.is_none());
    proposed.into_iter().for_each(|it| dated(&mut front, "proposed", it));
    carried.iter().enumerate().for_each(|(at, it)| front.insert("adoption", at, &written(it)));
    dated(&mut front, "adopted", words.date);
    if let Some(date) = words.commences {
        dated(&mut front, "commenced", date);
    }
    let step = words.step();
    let said = add_step(&mut front, &path, awaited(&path, &words.body, Some(words.date)), &step);
    desk.put(&file, front.write());
    let mut anew = BTreeSet::from([slug.clone()]);
    let mut did = vec![words.told(authority, &slug)];
    did.extend(said);
    if current.is_some_and(|it| is_as_put(edition, it)) {
        did.push("it is word for word the text that it supersedes".to_owned());
    }
    for proposal in amended {
        let mut front = desk.yaml(&proposal.file)?;
        front.set("status", "superseded");
        let outcome = "adopted with amendments".to_owned();
        let awaited = awaited(&proposal.adoption, &words.body, Some(words.date));
        add_step(&mut front, &proposal.adoption, awaited, &AdoptionStep { outcome, ..step.clone() });
        desk.put(&proposal.file, front.write());
        anew.insert(proposal.slug.clone());
        did.push(format!("`{}`, as it was put, is superseded by the text as amended", proposal.slug));
    }
    if let Some(current) = current {
        let mut front = desk.yaml(&current.file)?;
        front.set("status", "superseded");
        desk.put(&current.file, front.write());
        did.push(format!("`{}` is superseded, and stays at its address", current.slug));
    }
    let mut front = desk.yaml(&authority.file)?;
    front.set("current", &quoted(slug.as_str()));
    front.remove("not_held");
    let addressed = addressed(authority, edition);
    for index in addressed.iter().rev() {
        front.take("coverage", *index);
    }
    desk.put(&authority.file, front.write());
    if !addressed.is_empty() {
        did.push(format!(
            "{} silences under `coverage` are taken out: the new text addresses them",
            addressed.len()
        ));
    }
    did.push("it is the current edition: topics, comparisons and search take their words from it".to_owned());
    desk.record(&authority.slug, &anew);
    did.push("its ids and address are in the ledger, its words are frozen".to_owned());
    let next = vec![
        Next::run("check", "see what tags and silences want a look"),
        Next::run("build", "publish it"),
        Next::run("undo", "take this step back, until it is published"),
    ];
    Ok(desk.step(did, next))
}

/// Refuses a date before that of the text that is to be superseded.
fn not_before_text(date: PartialDate, current: &Edition) -> Result<(), Refusal> {
    match current.date().filter(|it| date.is_before(*it)) {
        None => Ok(()),
        Some(day) => Err(Refusal::new(
            format!(
                "{} is before the date of the current text `{}`, {}",
                date.in_words(),
                current.slug,
                day.in_words()
            ),
            "is the day right? an earlier text can be added by hand, with what followed it",
        )),
    }
}

/// Whether nothing of a proposal was amended.
fn is_as_put(edition: &Edition, put: &Edition) -> bool {
    let [now, then] = [edition, put].map(Frozen::of);
    (now.order, now.clauses) == (then.order, then.clauses)
}

/// The silences declared of the text before that the new one breaks, by their places.
fn addressed(authority: &Authority, edition: &Edition) -> Vec<usize> {
    let tags = || {
        edition.clauses().flat_map(|it| it.topics.iter().chain(it.items.values().flat_map(|it| &it.topics)))
    };
    let speaks = |it: &Coverage| {
        tags().any(|tag| tag.topic == it.topic && (it.aspect.is_none() || tag.aspect == it.aspect))
    };
    (0..authority.coverage.len()).filter(|it| speaks(&authority.coverage[*it])).collect()
}

/// The edition to adopt. Without a name a draft that amends a proposal goes before that.
fn chosen<'c>(authority: &'c Authority, named: Option<&str>) -> Result<&'c Edition, Refusal> {
    let states = [Status::Draft, Status::Proposed];
    let called = "a draft or proposed";
    if let Some(past) = named.and_then(|it| authority.editions.get(&DocumentSlug::parse(it)?))
        && is_past(authority, past)
    {
        return Ok(past);
    }
    if named.is_none() {
        let current = authority.current_edition();
        let comes_after = |it: &Edition| {
            current.is_none_or(|current| before(authority, it).iter().any(|other| other.slug == current.slug))
        };
        let open: Vec<&Edition> = (authority.editions.values())
            .filter(|it| states.contains(&it.status) && comes_after(it))
            .collect();
        let followed: BTreeSet<_> = open.iter().filter_map(|it| it.follows.as_ref()).collect();
        let last: Vec<&&Edition> = open.iter().filter(|it| !followed.contains(&it.slug)).collect();
        if let [one] = last.as_slice() {
            return Ok(one);
        }
    }
    edition_in(authority, named, &states, called)
}
