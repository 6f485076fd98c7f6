//! Which clauses bear on a principle of public life, and on what that rests.
//!
//! [`bearings`] goes through some authorities. A clause counts once,
//! under the strongest basis that it or one of its items has. Reports are heard only where no
//! text is held, and what they describe stands apart: it is never a provision.

use super::comparison::{Document, Items};
use crate::handbook::{Authority, Basis, Block, Clause, ItemId, PrincipleSlug, PrincipleTag};

/// One authority, one principle.
pub struct Bearing<'h> {
    pub authority: &'h Authority,
    /// From the current edition, in reading order.
    pub provisions: Vec<Tagged<'h>>,
    /// From reports on a text that is not held, in reading order.
    pub described: Vec<Tagged<'h>>,
}

/// A clause as far as it bears on a principle.
pub struct Tagged<'h> {
    pub document: Document<'h>,
    pub clause: &'h Clause,
    pub items: Items,
    /// The strongest of the reasons.
    pub basis: Basis,
    /// That of the clause as a whole first, then those of its items by their ids; never empty.
    pub reasons: Vec<Reason<'h>>,
}

/// On what a tag rests.
pub struct Reason<'h> {
    /// `None` for the clause as a whole.
    pub item: Option<&'h ItemId>,
    pub basis: Basis,
    pub why: &'h str,
}

/// The clauses of some authorities that bear on a principle, in the order in which the
/// authorities are given.
pub fn bearings<'h>(
    authorities: impl Iterator<Item = &'h Authority>,
    principle: &PrincipleSlug,
) -> Vec<Bearing<'h>> {
    let bearing = |authority: &'h Authority| {
        let edition = authority.current_edition();
        let provisions = edition.into_iter().flat_map(|edition| {
            edition.clauses().filter_map(|it| tagged(Document::Edition(edition), it, principle))
        });
        let reports = authority.reports.values().filter(|_| edition.is_none());
        let described = reports.flat_map(|report| {
            report.clauses().filter_map(|it| tagged(Document::Report(report), it, principle))
        });
        Bearing { authority, provisions: provisions.collect(), described: described.collect() }
    };
    authorities.map(bearing).collect()
}

impl<'h> Bearing<'h> {
    /// The provisions that rest on one basis.
    pub fn resting_on(&self, basis: Basis) -> impl Iterator<Item = &Tagged<'h>> {
        self.provisions.iter().filter(move |it| it.basis == basis)
    }
}

impl Tagged<'_> {
    /// Whether an item, or one nested in it, bears on the principle.
    pub fn shows(&self, item: &ItemId) -> bool {
        match &self.items {
            Items::All => true,
            Items::Only(items) => items.iter().any(|it| {
                it == item || it.as_str().strip_prefix(item.as_str()).is_some_and(|it| it.starts_with('.'))
            }),
        }
    }
}

fn tagged<'h>(document: Document<'h>, clause: &'h Clause, principle: &PrincipleSlug) -> Option<Tagged<'h>> {
    let of = |tags: &'h [PrincipleTag]| tags.iter().find(|it| it.principle == *principle);
    let reason = |item, tag: &'h PrincipleTag| Reason { item, basis: tag.basis, why: tag.why.as_str() };
    let whole = of(&clause.principles).map(|it| reason(None, it));
    let items = match whole {
        Some(_) => Items::All,
        None => {
            // What is nested in a tagged item goes with it; the tail is no item of a list.
            let tagged = |id: &ItemId| clause.items.get(id).is_some_and(|it| of(&it.principles).is_some());
            let items = clause.all_items().into_iter().filter(|it| tagged(&it.id));
            let nested = items.flat_map(|it| std::iter::once(it).chain(Block::items(&it.blocks)));
            Items::Only(nested.map(|it| it.id.clone()).collect())
        }
    };
    let of_items = clause.items.iter().filter_map(|(id, tags)| Some(reason(Some(id), of(&tags.principles)?)));
    let reasons: Vec<Reason> = whole.into_iter().chain(of_items).collect();
    let basis = reasons.iter().map(|it| it.basis).min()?;
    Some(Tagged { document, clause, items, basis, reasons })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{CLAUSE, handbook};

    /// Clause, basis and the items shown of all provisions, then those described.
    fn check(clauses: &[(&str, &str)], expected: &[&str]) {
        let book = handbook(clauses);
        let honesty = PrincipleSlug::parse("honesty").unwrap();
        let found = bearings(book.authorities.values(), &honesty);
        let line = |kind: &str, at: &Bearing, it: &Tagged| {
            let items = match &it.items {
                Items::All => "all".to_owned(),
                Items::Only(ids) => ids.iter().map(ItemId::as_str).collect::<Vec<_>>().join(" "),
            };
            let whys: Vec<_> = it.reasons.iter().map(|it| it.why).collect();
            format!(
                "{kind} {} {} {:?} {items}: {}",
                at.authority.slug,
                it.clause.id,
                it.basis,
                whys.join(", ")
            )
        };
        let lines: Vec<String> = found
            .iter()
            .flat_map(|at| {
                let provisions = at.provisions.iter().map(|it| line("provision", at, it));
                provisions.chain(at.described.iter().map(|it| line("described", at, it))).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_clause_counts_once_by_its_strongest_basis() {
        check(
            &[(
                CLAUSE,
                "---\nid: \"1\"\ntopics: []\nprinciples: {honesty: {basis: inferred, why: ours}}\n\
                 items: {b: {principles: {honesty: {basis: explicit, why: named}}}}\n---\nMembers:\n\n(a) act\n(b) tell\n",
            )],
            &["provision alpha 1 Explicit all: ours, named"],
        );
    }

    #[test]
    fn a_tag_of_an_item_shows_that_item_alone() {
        check(
            &[(
                CLAUSE,
                "---\nid: \"1\"\ntopics: []\n\
                 items: {b: {principles: {honesty: {basis: wording, why: echo}}}}\n---\nMembers:\n\n(a) act\n(b) tell\n",
            )],
            &["provision alpha 1 Wording b: echo"],
        );
    }

    #[test]
    fn what_is_nested_in_a_tagged_item_goes_with_it_and_the_tail_is_no_item() {
        let clause = |item: &str| {
            format!(
                "---\nid: \"1\"\ntopics: []\nitems: {{{item}: {{principles: {{honesty: {{basis: wording, why: echo}}}}}}}}\n---\n\
                 Members:\n\n(a) act\n    (i) well\n(b) tell\n\nand more.\n"
            )
        };
        check(&[(CLAUSE, &clause("a"))], &["provision alpha 1 Wording a a.i: echo"]);
        check(&[(CLAUSE, &clause("tail"))], &["provision alpha 1 Wording : echo"]);
    }

    #[test]
    fn another_principle_is_not_this_one() {
        check(
            &[(
                CLAUSE,
                "---\nid: \"1\"\ntopics: []\nprinciples: {openness: {basis: inferred, why: ours}}\n---\nMembers.\n",
            )],
            &[],
        );
    }

    #[test]
    fn a_report_is_heard_only_where_no_text_is_held() {
        let tagged = "---\nid: \"2\"\ntopics: []\nprinciples: {honesty: {basis: explicit, why: named}}\n---\nIt says.\n";
        let report = |authority: &str, file: &str| {
            format!("authorities/{authority}/reports/2024-01-01-committee/{file}")
        };
        let meta = "title: Report\nbody: Committee\nlanguage: en-GB\nsource: {title: Report}\nprovenance: drafted-here\n";
        let section = "---\nclauses: [\"2\"]\n---\n";
        let mut files = Vec::new();
        for authority in ["alpha", "beta"] {
            files.push((report(authority, "report.yaml"), meta));
            files.push((report(authority, "01-what/_section.md"), section));
            files.push((report(authority, "01-what/2.md"), tagged));
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        check(&files, &["described beta 2 Explicit all: named"]);
    }
}
