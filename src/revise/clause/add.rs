//! A clause that no text had before.

use super::place::put;
use super::{Draft, Spot, flow, next, open};
use crate::Checked;
use crate::record::{plain, quoted};
use crate::revise::front::Front;
use crate::revise::{Refusal, Step};

/// The new clause.
#[derive(Clone, Debug)]
pub struct Addition {
    pub draft: Draft,
    pub number: Option<String>,
    /// By its number where none is given.
    pub id: Option<String>,
    /// Whether it is the clause that another text has or had under this id.
    pub again: bool,
    /// Its words, as in the file of a clause.
    pub words: String,
    pub to: Spot,
    /// A new sub-heading over it.
    pub under: Option<String>,
    /// With their questions: `elections/help`.
    pub topics: Vec<String>,
}

/// Adds a clause to a draft.
///
/// # Errors
///
/// If there is no such place, it has neither number nor id, or the id is or was another's.
pub fn add(checked: &Checked, words: &Addition) -> Result<Step, Refusal> {
    let mut open = open(checked, &words.draft)?;
    let id = match (&words.id, &words.number) {
        (Some(id), _) if words.again => open.known_id(id)?,
        (Some(id), _) => open.own_id(id)?,
        (None, Some(number)) => open.free_id(number)?,
        (None, None) => {
            return Err(Refusal::new(
                "the clause has neither a number nor an id",
                "give --number as it is to be printed, or --id in short words",
            ));
        }
    };
    if words.words.trim().is_empty() {
        return Err(Refusal::new("the clause has no words", "give them with --words"));
    }
    let mut front = Front::fenced("---\nid: x\n---\n").expect("it is such a file");
    front.set("id", &plain(id.as_str()));
    if let Some(number) = &words.number {
        front.set("number", &quoted(number));
    }
    front.set("topics", &flow(&words.topics));
    front.body = Some(format!("{}\n", words.words.trim()));
    let section = put(&mut open, &words.to, id.as_str(), words.under.as_deref())?;
    let file = format!("{}/{id}.md", section.folder());
    open.desk.put(&file, front.write());
    let mut did = vec![format!("clause `{id}` added to the section `{}`", section.slug)];
    if words.id.is_none() && words.number.as_deref().is_some_and(|it| it != id.as_str()) {
        did.push(format!("`{id}` is its id, since that of its number is no id, or another clause's"));
    }
    if open.edition.withdrawn.contains_key(&id) {
        let mut front = open.desk.yaml(&open.edition.file)?;
        front.remove_in("withdrawn", id.as_str());
        open.desk.put(&open.edition.file, front.write());
        did.push("it is withdrawn no more".to_owned());
    }
    did.extend(words.under.as_ref().map(|it| format!("it stands under a new sub-heading, “{it}”")));
    if words.topics.is_empty() {
        did.push(
            "it has no topic yet, and cannot be adopted without one: write `topics` in its file".to_owned(),
        );
    }
    let next = next(open.authority, open.edition);
    Ok(open.desk.step(did, next))
}
