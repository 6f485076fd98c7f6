//! The text that was put to a body for decision, and the one published since.

use crate::handbook::{Authority, Edition, Status};

/// Two texts of an authority: one put forward, or adopted, and the one published since.
#[derive(Clone, Copy)]
pub struct Decided<'h> {
    pub put: &'h Edition,
    /// Whether the adoption of `put` is recorded; else no more is known than that it was put
    /// forward.
    pub adopted: bool,
    /// The current edition.
    pub published: &'h Edition,
}

/// Why there is nothing to compare.
#[derive(Clone, Copy)]
pub enum Undecided<'h> {
    /// No text of the authority is held.
    NoText,
    /// The current edition is itself the one put forward or adopted: none published since is held.
    NoneSince(&'h Edition),
    /// None of the texts that the current edition goes back to is known to have been put forward.
    NonePut(&'h Edition),
}

/// The current edition of an authority, and the nearest of those it goes back to that was put
/// forward for decision or whose adoption is recorded. What was rejected or withdrawn is passed
/// over.
///
/// # Errors
///
/// If there are no two such texts.
pub fn decided(authority: &Authority) -> Result<Decided<'_>, Undecided<'_>> {
    let published = authority.current_edition().ok_or(Undecided::NoText)?;
    let was_put = |it: &Edition| it.status == Status::Proposed || it.was_adopted();
    if was_put(published) {
        return Err(Undecided::NoneSince(published));
    }
    let mut edition = published;
    // Editions that follow each other in a circle are an error of the content, and end all the same.
    for _ in 0..authority.editions.len() {
        edition = match edition.follows.as_ref().and_then(|it| authority.editions.get(it)) {
            Some(before) => before,
            None => break,
        };
        if was_put(edition) {
            return Ok(Decided { put: edition, adopted: edition.was_adopted(), published });
        }
    }
    Err(Undecided::NonePut(published))
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
    fn what_was_put_forward_is_compared_with_what_was_published_since() {
        check("proposed", "published", "2020-01-02 > 2021");
        check("adopted\ndates: {adopted: 2020-01-02}", "published", "2020-01-02 > 2021, adopted");
        check("superseded\ndates: {adopted: 2020-01-02}", "published", "2020-01-02 > 2021, adopted");
        check("superseded", "published", "none put before 2021");
        check("rejected", "published", "none put before 2021");
        check("proposed", "adopted\ndates: {adopted: 2021-01-02}", "none since 2021");
    }
}
