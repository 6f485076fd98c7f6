//! Printed numbers change; ids, and with them addresses, stay.

use super::{Draft, Open, called, next, open};
use crate::Checked;
use crate::handbook::{Clause, SectionKind};
use crate::record::quoted;
use crate::revise::{Refusal, Step};

/// What is to be numbered.
#[derive(Clone, Debug)]
pub struct Numbering {
    pub draft: Draft,
    pub what: Renumbered,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renumbered {
    Clause {
        clause: String,
        number: String,
    },
    Section {
        section: String,
        number: String,
    },
    /// All clauses through, in the manner of the first: `1.01`. A clause whose id is a word and that
    /// bears no number gets none.
    All {
        like: String,
        sections: Option<String>,
    },
}

/// Gives clauses or a section of a draft other numbers.
///
/// # Errors
///
/// If there is no such clause or section, or the manner is none: for clauses it takes two figures
/// with something between them, for sections one.
pub fn renumber(checked: &Checked, words: &Numbering) -> Result<Step, Refusal> {
    let mut open = open(checked, &words.draft)?;
    let did = match &words.what {
        Renumbered::Clause { clause, number } => {
            let clause = open.find(clause)?.clause;
            set(&mut open, &clause.file, number, "id")?;
            vec![format!("clause {} is numbered {number}; its id and address stay", called(clause))]
        }
        Renumbered::Section { section, number } => {
            let section = open.section(section)?;
            set(&mut open, &section.file, number, "")?;
            vec![format!("section `{}` is numbered {number}", section.slug)]
        }
        Renumbered::All { like, sections } => all(&mut open, like, sections.as_deref())?,
    };
    let next = next(open.authority, open.edition);
    Ok(open.desk.step(did, next))
}

fn set(open: &mut Open, file: &str, number: &str, after: &str) -> Result<(), Refusal> {
    let mut front = open.desk.fenced(file)?;
    match front.has("number") || !after.is_empty() {
        true => front.set_after(after, "number", &quoted(number)),
        false => front.set_before_all("number", &quoted(number)),
    }
    open.desk.put(file, front.write());
    Ok(())
}

fn all(open: &mut Open, like: &str, sections: Option<&str>) -> Result<Vec<String>, Refusal> {
    let manner = Manner::of(like).ok_or_else(|| {
        Refusal::new(
            format!("`{like}` does not show how clauses are numbered"),
            "write the number of the first clause of the first section as it is to be printed: 1.01, 1.1, 1-1",
        )
    })?;
    let end = sections.map(|it| {
        after_figures(it).ok_or_else(|| {
            Refusal::new(
                format!("`{it}` does not show how sections are numbered: they are numbered in figures"),
                "write the number of the first section as it is to be printed: 1, 1., 1); letters are given one \
                 by one, with --section",
            )
        })
    });
    let end = end.transpose()?;
    let edition = open.edition;
    let (mut count, mut changed) = (0, 0);
    for (index, section) in edition.sections.iter().filter(|it| it.kind == SectionKind::Section).enumerate() {
        if let Some(end) = end {
            set(open, &section.file, &format!("{}{end}", index + 1), "")?;
        }
        let has_figures = |id: &str| id.starts_with(|it: char| it.is_ascii_digit());
        let is_numbered = |it: &&Clause| it.number.is_some() || has_figures(it.id.as_str());
        let clauses = section.clauses().filter(|it| !it.is_footnote()).filter(is_numbered);
        for (place, clause) in clauses.enumerate() {
            let number = manner.number(index + 1, place + 1);
            count += 1;
            if clause.number.as_ref() != Some(&number) {
                changed += 1;
                set(open, &clause.file, &number, "id")?;
            }
        }
    }
    let mut did =
        vec![format!("{count} clauses numbered through, {changed} of them anew; ids and addresses stay")];
    if let Some(first) = sections {
        did.push(format!("sections numbered through like {first}"));
    }
    Ok(did)
}

/// What is printed after the figures of a section's number; `None` where these are not all of it.
fn after_figures(number: &str) -> Option<&str> {
    number.strip_prefix('1').filter(|end| !end.contains(char::is_alphanumeric))
}

/// How a number is printed: section, what stands between, and the clause with so many figures.
struct Manner<'l> {
    between: &'l str,
    figures: usize,
}

impl<'l> Manner<'l> {
    fn of(like: &'l str) -> Option<Self> {
        let rest = like.trim_start_matches(|it: char| it.is_ascii_digit());
        let at = rest.find(|it: char| it.is_ascii_digit())?;
        let (between, clause) = rest.split_at(at);
        // What is numbered through begins with 1.
        let section = &like[..like.len() - rest.len()];
        let sound = section == "1"
            && !between.is_empty()
            && clause.bytes().all(|it| it.is_ascii_digit())
            && clause.trim_start_matches('0') == "1";
        sound.then_some(Manner { between, figures: clause.len() })
    }

    fn number(&self, section: usize, clause: usize) -> String {
        format!("{section}{}{clause:0figures$}", self.between, figures = self.figures)
    }
}

#[cfg(test)]
mod tests {
    use super::{Manner, after_figures};

    #[test]
    fn the_first_number_shows_how_all_are_printed() {
        for (like, expected) in [
            ("1.01", Some("2.03")),
            ("1.1", Some("2.3")),
            ("1-001", Some("2-003")),
            ("1", None),
            ("a.1", None),
            ("1.a", None),
            ("4.01", None),
            ("1.10", None),
        ] {
            assert_eq!(Manner::of(like).map(|it| it.number(2, 3)).as_deref(), expected, "{like}");
        }
    }

    #[test]
    fn sections_are_numbered_in_figures_alone() {
        for (first, expected) in [
            ("1.", Some(".")),
            ("1", Some("")),
            ("1)", Some(")")),
            ("A.", None),
            ("4.", None),
            ("1A.", None),
            ("1.1", None),
            ("Part 1", None),
            ("", None),
        ] {
            assert_eq!(after_figures(first), expected, "{first}");
        }
    }
}
