//! The text that was put to a body for decision, and the one published since.

use crate::handbook::{Authority, Edition, Status};

/// Two texts of an authority: one put forward, or adopted, and the one published since.
#[derive(Clone, Copy)]
pub struct Decided<'h> {
    pub put: &'h Edition,
    /// Whether the adoption of `put` is recorded; else no more is known than that it was put
    /// forward.
    pub adopted: bool,
    /// The newest text that was published with no such record, the current one or one that it
    /// goes back to.
    pub published: &'h Edition,
}

/// Why there is nothing to compare.
#[derive(Clone, Copy)]
pub enum Undecided<'h> {
    /// No text of the authority is held.
    NoText,
    /// The current edition is itself one put forward or adopted: none published since is held.
    NoneSince(&'h Edition),
    /// No text that was published is known to follow one that was put forward.
    NonePut(&'h Edition),
}

/// The newest of an authority's texts that was published without a record of its adoption, the
/// current edition or one that it goes back to, and the nearest before it that was put forward for
/// decision or whose adoption is recorded. What was rejected or withdrawn is passed over. The page
/// of the two stays when a newer text is adopted.
///
/// # Errors
///
/// If there are no two such texts.
pub fn decided(authority: &Authority) -> Result<Decided<'_>, Undecided<'_>> {
    let current = authority.current_edition().ok_or(Undecided::NoText)?;
    let passed_over = |it: &Edition| matches!(it.status, Status::Rejected | Status::Withdrawn);
    let was_put =
        |it: &Edition| it.status == Status::Proposed || it.was_adopted() || it.dates.proposed.is_some();
    let before = |it: &&Edition| authority.editions.get(it.follows.as_ref()?);
    // Editions that follow each other in a circle are an error of the content, and end all the same.
    let line = || std::iter::successors(Some(current), before).take(authority.editions.len());
    for (at, published) in line().enumerate().filter(|(_, it)| !was_put(it) && !passed_over(it)) {
        if let Some(put) = line().skip(at).find(|it| it.was_adopted() || was_put(it) && !passed_over(it)) {
            return Ok(Decided { put, adopted: put.was_adopted(), published });
        }
    }
    match was_put(current) {
        true => Err(Undecided::NoneSince(current)),
        false => Err(Undecided::NonePut(current)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::AuthoritySlug;
    use crate::sample::handbook;

    /// What is compared where the current edition, of the second status, follows one of the first.
    #[track_caller]
    fn check(before: &str, current: &str, expected: &str) {
        let edition = |status: &str, follows: &str| {
            format!(
                "title: P\nstatus: {status}\n{follows}language: en-GB\nsource: {{title: P}}\nprovenance: drafted-here\n"
            )
        };
        let book = handbook(&[
            ("authorities/alpha/protocol/2020-01-02/edition.yaml", &edition(before, "")),
            ("authorities/alpha/protocol/2021/edition.yaml", &edition(current, "follows: 2020-01-02\n")),
            (
                "authorities/alpha/authority.yaml",
                "name: A\nshort_name: A\nkind: council\njurisdiction: England\ncurrent: \"2021\"\n",
            ),
        ]);
        let found = match decided(&book.authorities[&AuthoritySlug::parse("alpha").unwrap()]) {
            Ok(it) => format!(
                "{} > {}{}",
                it.put.slug,
                it.published.slug,
                if it.adopted { ", adopted" } else { "" }
            ),
            Err(Undecided::NoText) => "no text".to_owned(),
            Err(Undecided::NoneSince(it)) => format!("none since {}", it.slug),
            Err(Undecided::NonePut(it)) => format!("none put before {}", it.slug),
        };
        assert_eq!(found, expected, "{before}, {current}");
    }

    #[test]
    fn a_text_that_was_put_forward_is_never_the_one_published_since() {
        let edition = |status: &str, follows: &str, dates: &str| {
            format!(
                "title: P\nstatus: {status}\n{follows}{dates}language: en-GB\nsource: {{title: P}}\nprovenance: drafted-here\n"
            )
        };
        let folder = "authorities/alpha/protocol";
        let book = handbook(&[
            (&format!("{folder}/2020-01-02/edition.yaml"), &edition("proposed", "", "")),
            (&format!("{folder}/2021/edition.yaml"), &edition("superseded", "follows: 2020-01-02\n", "")),
            (
                &format!("{folder}/2022-proposed/edition.yaml"),
                &edition("superseded", "follows: \"2021\"\n", "dates: {proposed: 2022-03-01}\n"),
            ),
            (
                &format!("{folder}/2022/edition.yaml"),
                &edition("adopted", "follows: 2022-proposed\n", "dates: {adopted: 2022-03-20}\n"),
            ),
            (
                "authorities/alpha/authority.yaml",
                "name: A\nshort_name: A\nkind: council\njurisdiction: England\ncurrent: \"2022\"\n",
            ),
        ]);
        let found = decided(&book.authorities["alpha"])
            .ok()
            .map(|it| (it.put.slug.as_str(), it.published.slug.as_str()));
        assert_eq!(found, Some(("2020-01-02", "2021")));
    }

    #[test]
    fn what_was_put_forward_is_compared_with_what_was_published_since() {
        check("proposed", "published", "2020-01-02 > 2021");
        check("adopted\ndates: {adopted: 2020-01-02}", "published", "2020-01-02 > 2021, adopted");
        check("superseded\ndates: {adopted: 2020-01-02}", "published", "2020-01-02 > 2021, adopted");
        check("superseded", "published", "none put before 2021");
        check("rejected", "published", "none put before 2021");
        check("proposed", "adopted\ndates: {adopted: 2021-01-02}", "none since 2021");
    }
}
