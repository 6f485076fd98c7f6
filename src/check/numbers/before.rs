//! What the text before explains of the numbers of one that follows it.

use std::collections::BTreeSet;

use crate::handbook::Edition;

/// The numbers of the text before, apart from the point or brackets that they are printed with.
#[derive(Default)]
pub struct Before<'h> {
    pub sections: Numbers<'h>,
    pub clauses: Numbers<'h>,
}

#[derive(Default)]
pub struct Numbers<'h> {
    pub all: BTreeSet<&'h str>,
    /// Of what is here no more. Where and why it went is recorded, or an error of its own.
    pub gone: BTreeSet<&'h str>,
}

impl<'h> Before<'h> {
    pub fn of(here: &Edition, before: &'h Edition) -> Self {
        let ids: BTreeSet<_> = here.clauses().map(|it| &it.id).collect();
        let slugs: BTreeSet<_> = here.sections.iter().map(|it| &it.slug).collect();
        let sections = before.sections.iter().map(|it| (&it.number, slugs.contains(&it.slug)));
        let clauses = before.clauses().filter(|it| !it.is_footnote());
        let clauses = clauses.map(|it| (&it.number, ids.contains(&it.id)));
        Before { sections: Numbers::of(sections), clauses: Numbers::of(clauses) }
    }
}

impl<'h> Numbers<'h> {
    /// `all`: each number, and whether what bears it is still here.
    fn of(all: impl Iterator<Item = (&'h Option<String>, bool)>) -> Self {
        let mut numbers = Numbers::default();
        for (number, stays) in all.filter_map(|(number, stays)| Some((bare(number.as_deref()?), stays))) {
            numbers.all.insert(number);
            if !stays {
                numbers.gone.insert(number);
            }
        }
        numbers
    }

    /// Whether it is known why a number is missing between two others; the first `None` where none
    /// stands before it.
    pub fn explain(&self, last: Option<&str>, missing: &str, next: &str) -> bool {
        let had = |it: &str| self.all.contains(it);
        self.gone.contains(missing) || last.is_none_or(had) && had(next) && !had(missing)
    }
}

/// A number without the point or brackets that it is printed with.
pub fn bare(printed: &str) -> &str {
    printed.trim_matches(['(', ')']).trim_end_matches(['.', ')'])
}
