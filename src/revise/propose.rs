//! A text is put to a body, and the body decides: what is recorded of both.

use std::collections::BTreeSet;

use super::desk::Desk;
use super::draft::free;
use super::front::Front;
use super::{Next, Refusal, Step, authority, edition_in, folder, is_called_draft};
use crate::Checked;
use crate::handbook::{AdoptionStep, Authority, DocumentSlug, Edition, PartialDate, Status};
use crate::intake::is_slip;
use crate::record::quoted;

/// What stands in the path while nothing is recorded of what the body decided.
pub const PENDING: &str = "put to this body; its decision is not recorded";

/// To whom a text is put.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub authority: String,
    /// The draft, or a proposal that goes on to a further body; the only one where none is named.
    pub edition: Option<String>,
    pub body: String,
    pub date: PartialDate,
    /// Addresses or names of the papers.
    pub papers: Vec<String>,
    /// The lasting name of a folder that was only called `draft`; by the date where none is given.
    pub name: Option<String>,
}

/// What a body decided, short of adopting it.
#[derive(Clone, Debug)]
pub struct Decision {
    pub authority: String,
    pub edition: Option<String>,
    pub body: String,
    pub date: Option<PartialDate>,
    pub outcome: Outcome,
    pub minute: Option<String>,
    /// What else is to be said of it.
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It goes on to another body.
    Recommended,
    Deferred,
    Rejected,
    /// Taken back by those who proposed it.
    Withdrawn,
}

/// Puts a draft to a body: its words are frozen, and its address is public from now on. One that
/// is proposed already goes to a further body.
///
/// # Errors
///
/// If there is no such edition, it is neither drafted nor proposed, or an earlier step is dated later.
pub fn propose(checked: &Checked, words: &Proposal) -> Result<Step, Refusal> {
    let authority = authority(checked, &words.authority)?;
    let states: &[Status] = match words.edition {
        Some(_) => &[Status::Draft, Status::Proposed],
        None if authority.editions.values().any(|it| it.status == Status::Draft) => &[Status::Draft],
        None => &[Status::Proposed],
    };
    let edition = edition_in(authority, words.edition.as_deref(), states, "a draft or proposed")?;
    not_before(words.date, &edition.adoption)?;
    let mut desk = Desk::new(checked);
    let slug = settle_name(&mut desk, authority, edition, words.name.as_deref(), || {
        format!("{}-proposed", words.date)
    })?;
    let file = format!("{}/protocol/{slug}/edition.yaml", authority.folder());
    let mut front = desk.yaml(&file)?;
    front.set("status", "proposed");
    dated(&mut front, "proposed", words.date);
    let step = AdoptionStep {
        body: words.body.clone(),
        date: Some(words.date),
        outcome: PENDING.to_owned(),
        minute: None,
        papers: words.papers.clone(),
    };
    add_step(&mut front, &edition.adoption, None, &step);
    desk.put(&file, front.write());
    desk.record(&authority.slug, &BTreeSet::from([slug.clone()]));
    let did = vec![
        format!("{}: edition `{slug}` put to {} {}", authority.short_name, words.body, words.date.when()),
        "its words, numbers, headings and order are frozen; its address is kept for ever once it is built"
            .to_owned(),
    ];
    let own = &authority.slug;
    let next = vec![
        Next::run("build", "publish it as a proposal"),
        Next::run(format!("propose {own} {slug}"), "put it to a further body"),
        Next::run(
            format!("decide {own} {slug}"),
            "record that it was recommended, deferred, rejected or withdrawn",
        ),
        Next::run(format!("adopt {own} {slug}"), "record that it was adopted"),
        Next::undo(),
    ];
    Ok(desk.step(did, next))
}

/// Records what a body decided on a proposal, short of its adoption.
///
/// # Errors
///
/// If there is no such edition, it is not proposed, an earlier step is dated later, this one is
/// recorded already, or a body is named nearly as the one that it was put to.
pub fn decide(checked: &Checked, words: &Decision) -> Result<Step, Refusal> {
    let authority = authority(checked, &words.authority)?;
    let edition = edition_in(authority, words.edition.as_deref(), &[Status::Proposed], "proposed")?;
    let withdrawn = words.outcome == Outcome::Withdrawn;
    // It may be taken back on another day than that on which a body would have dealt with it.
    let awaited = awaited(&edition.adoption, &words.body, words.date.filter(|_| !withdrawn));
    let date = words.date.or_else(|| edition.adoption[awaited?].date.filter(|_| !withdrawn));
    let decided = &edition.adoption[..awaited.unwrap_or(edition.adoption.len())];
    let decided: Vec<AdoptionStep> = decided.iter().filter(|it| !it.awaits_decision()).cloned().collect();
    date.map_or(Ok(()), |it| not_before(it, &decided))?;
    let (word, status) = match words.outcome {
        Outcome::Recommended => ("recommended", None),
        Outcome::Deferred => ("deferred", None),
        Outcome::Rejected => ("rejected", Some("rejected")),
        Outcome::Withdrawn => ("withdrawn", Some("withdrawn")),
    };
    was_before(edition, &words.body)?;
    let mut desk = Desk::new(checked);
    let mut front = desk.yaml(&edition.file)?;
    if let Some(status) = status {
        front.set("status", status);
    }
    let outcome = match &words.note {
        Some(note) => format!("{word}: {note}"),
        None => word.to_owned(),
    };
    let again = |it: &AdoptionStep| {
        it.body == words.body && it.outcome == outcome && date.is_none_or(|date| it.date == Some(date))
    };
    if awaited.is_none() && edition.adoption.iter().any(again) {
        return Err(Refusal::new(
            format!("that {} {word} `{}` is recorded already", words.body, edition.slug),
            "if it did so once more, give the day with --date",
        ));
    }
    let step = AdoptionStep {
        body: words.body.clone(),
        date,
        outcome,
        minute: words.minute.clone(),
        papers: Vec::new(),
    };
    let said = add_step(&mut front, &edition.adoption, awaited, &step);
    desk.put(&edition.file, front.write());
    desk.record(&authority.slug, &BTreeSet::from([edition.slug.clone()]));
    let slug = &edition.slug;
    let stays = match words.outcome {
        Outcome::Recommended | Outcome::Deferred => "it stays proposed".to_owned(),
        Outcome::Rejected | Outcome::Withdrawn => {
            format!("it stays at its address, as a text that was {word}")
        }
    };
    let mut did =
        vec![format!("{}: edition `{slug}` {word} by {}; {stays}", authority.short_name, words.body)];
    did.extend(said);
    let own = &authority.slug;
    let next = match words.outcome {
        Outcome::Recommended => Next::run(format!("propose {own} {slug}"), "put it to the next body"),
        Outcome::Deferred => Next::run(format!("propose {own} {slug}"), "put it to a body again"),
        Outcome::Rejected | Outcome::Withdrawn => {
            Next::run(format!("draft {own} --from {slug}"), "start again from this text")
        }
    };
    Ok(desk.step(did, vec![next, Next::undo()]))
}

/// Refuses the name of a body that is most likely a slip of the pen for one that the text was put to.
pub fn was_before(edition: &Edition, body: &str) -> Result<(), Refusal> {
    let mut bodies = edition.adoption.iter().map(|it| it.body.as_str());
    match bodies.find(|it| is_slip(body, it)) {
        None => Ok(()),
        Some(near) => Err(Refusal::new(
            format!("`{}` was put to {near}, not to {body}", edition.slug),
            format!("did you mean `{near}`? if not, put it to {body} first with `handbook propose`"),
        )),
    }
}

/// The lasting name of an edition that becomes public; the folder of one that is only called
/// `draft` is renamed, which breaks no address, since drafts have none.
pub fn settle_name(
    desk: &mut Desk,
    authority: &Authority,
    edition: &Edition,
    named: Option<&str>,
    by_date: impl Fn() -> String,
) -> Result<DocumentSlug, Refusal> {
    let name = match (edition.status, named) {
        (Status::Draft, Some(name)) => name.to_owned(),
        (Status::Draft, None) if is_called_draft(&edition.slug) => by_date(),
        (_, None) => return Ok(edition.slug.clone()),
        (_, Some(_)) => {
            return Err(Refusal::new(
                format!("the edition `{}` is public, and its name stays", edition.slug),
                "leave out --name",
            ));
        }
    };
    if name == edition.slug.as_str() {
        return Ok(edition.slug.clone());
    }
    let slug = free(authority, &name)?;
    let to = format!("{}/protocol/{slug}", authority.folder());
    desk.rename(folder(edition), &to);
    // Other drafts may have been started from it.
    let follow = |it: &&Edition| it.follows.as_ref() == Some(&edition.slug) && it.slug != edition.slug;
    for other in authority.editions.values().filter(follow) {
        let mut front = desk.yaml(&other.file)?;
        front.set("follows", &quoted(slug.as_str()));
        desk.put(&other.file, front.write());
    }
    Ok(slug)
}

/// Refuses a date before one of a step that was taken already.
pub fn not_before(date: PartialDate, path: &[AdoptionStep]) -> Result<(), Refusal> {
    match path.iter().find_map(|it| Some((it, it.date.filter(|it| date.is_before(*it))?))) {
        None => Ok(()),
        Some((step, day)) => Err(Refusal::new(
            format!(
                "{} is before {}, when the text was before {}",
                date.in_words(),
                day.in_words(),
                step.body
            ),
            "is the day right? if the earlier step is recorded wrongly, mend it first",
        )),
    }
}

/// Writes one of the dates of an edition.
pub fn dated(front: &mut Front, name: &str, date: PartialDate) {
    if !front.has("dates") {
        front.set_after("status", "dates", &format!("{{{name}: {date}}}"));
    } else {
        front.set_in("dates", name, &date.to_string());
    }
}

/// The step by which a text was put to a body, on this day if one is given, and of whose decision
/// nothing is recorded yet.
pub fn awaited(path: &[AdoptionStep], body: &str, date: Option<PartialDate>) -> Option<usize> {
    path.iter().rposition(|it| {
        it.body == body && date.is_none_or(|date| it.date == Some(date)) && it.awaits_decision()
    })
}

/// Writes a step into the `path` of an edition: in the place of the one `awaited`, whose papers it
/// keeps, else at the end. What is to be told of it.
pub fn add_step(
    front: &mut Front,
    path: &[AdoptionStep],
    awaited: Option<usize>,
    step: &AdoptionStep,
) -> Option<String> {
    if let Some(at) = awaited {
        let before = &path[at];
        let papers = [before.papers.as_slice(), &step.papers].concat();
        front.replace("adoption", at, &written(&AdoptionStep { papers, ..step.clone() }));
        let by_hand = before.outcome != PENDING;
        return by_hand.then(|| format!("recorded in the place of: “{}”", before.outcome));
    }
    if front.has("adoption") {
        front.push("adoption", &written(step));
    } else {
        let after = if front.has("dates") { "dates" } else { "status" };
        front.set_after(after, "adoption", &format!("[{}]", written(step)));
    }
    let unknown = !path.is_empty() && path.iter().all(|it| it.body != step.body) && step.outcome != PENDING;
    unknown.then(|| format!("nothing is recorded of its having been put to {} before", step.body))
}

/// A step as it stands in an `edition.yaml`.
pub fn written(step: &AdoptionStep) -> String {
    let mut keys = vec![format!("body: {}", quoted(&step.body))];
    keys.extend(step.date.map(|it| format!("date: {it}")));
    keys.push(format!("outcome: {}", quoted(&step.outcome)));
    keys.extend(step.minute.as_ref().map(|it| format!("minute: {}", quoted(it))));
    if !step.papers.is_empty() {
        let papers: Vec<String> = step.papers.iter().map(|it| quoted(it)).collect();
        keys.push(format!("papers: [{}]", papers.join(", ")));
    }
    format!("{{{}}}", keys.join(", "))
}
