//! A clause moves to another place; its id and number stay.

use super::{Draft, Open, called, next, open, position};
use crate::Checked;
use crate::handbook::Section;
use crate::record::plain;
use crate::revise::{Refusal, Step};

/// What is to be moved where.
#[derive(Clone, Debug)]
pub struct Removal {
    pub draft: Draft,
    pub clause: String,
    pub to: Spot,
}

/// A place in the order of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Right after a clause, under the same sub-heading.
    After(String),
    /// Right before a clause, under the same sub-heading.
    Before(String),
    /// The first of a section, before its sub-headings.
    FirstIn(String),
    LastIn(String),
}

/// Moves a clause of a draft.
///
/// # Errors
///
/// If there is no such place.
pub fn relocate(checked: &Checked, words: &Removal) -> Result<Step, Refusal> {
    let mut open = open(checked, &words.draft)?;
    let found = open.find_clause(&words.clause, "moved")?;
    let (clause, id) = (found.clause, &found.clause.id);
    if let Spot::After(other) | Spot::Before(other) = &words.to
        && open.find(other)?.clause.id == *id
    {
        return Err(Refusal::new("a clause cannot be moved beside itself", "name another clause"));
    }
    if let Spot::FirstIn(name) | Spot::LastIn(name) = &words.to
        && found.section.clauses().count() == 1
        && open.section(name)?.slug == found.section.slug
    {
        return Err(Refusal::new("it is the only clause of that section already", "name another place"));
    }
    let went = open.take_out(found.section, id.as_str())?;
    let to = put(&mut open, &words.to, id.as_str(), None)?;
    let mut did = vec![format!("clause {} moved; its id stays, and so does its address", called(clause))];
    if to.slug != found.section.slug {
        let text = open.desk.fenced(&clause.file)?.write();
        open.desk.remove(&clause.file);
        open.desk.put(&format!("{}/{id}.md", to.folder()), text);
        did.push(format!("it stands in the section `{}` now", to.slug));
    }
    did.extend(went);
    let next = next(open.authority, open.edition);
    Ok(open.desk.step(did, next))
}

/// Puts a clause into the list of a section, below a sub-heading of its own if one is given; the
/// section.
pub(super) fn put<'c>(
    open: &mut Open<'c>,
    spot: &Spot,
    id: &str,
    under: Option<&str>,
) -> Result<&'c Section, Refusal> {
    let (section, beside) = match spot {
        Spot::After(name) | Spot::Before(name) => {
            let found = open.find(name)?;
            (found.section, Some(found.clause.id.as_str()))
        }
        Spot::FirstIn(name) | Spot::LastIn(name) => (open.section(name)?, None),
    };
    open.list(section, |front| {
        let at = match (spot, beside.and_then(|it| position(front, it))) {
            (Spot::After(_), Some(at)) => at + 1,
            (Spot::Before(_), Some(at)) => at,
            (Spot::FirstIn(_), _) => 0,
            _ => usize::MAX,
        };
        front.insert("clauses", at, &plain(id));
        if let Some(heading) = under {
            let at = position(front, id).unwrap_or(0);
            front.insert("clauses", at, &format!("{{heading: {}}}", crate::record::quoted(heading)));
        }
    })?;
    Ok(section)
}
