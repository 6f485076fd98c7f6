//! The text that was put to a body for decision, and the one published since.

use crate::handbook::{Authority, Edition, Status};

/// Two texts of an authority: one put forward for decision, and the one that came of it.
#[derive(Clone, Copy)]
pub struct Decided<'h> {
    pub put: &'h Edition,
    pub became: Became,
    /// The text that was adopted in the place of `put`, or the newest one that was published with no
    /// record of its adoption: the current edition, or one that it goes back to.
    pub published: &'h Edition,
}

/// What is recorded to have become of a text that was put forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    NotRecorded,
    Adopted,
    /// Another text, made out of it, was adopted.
    Amended,
    Rejected,
    Withdrawn,
}

impl Became {
    /// As programs are told: `not-recorded`.
    pub fn name(self) -> &'static str {
        match self {
            Became::NotRecorded => "not-recorded",
            Became::Adopted => "adopted",
            Became::Amended => "amended",
            Became::Rejected => "rejected",
            Became::Withdrawn => "withdrawn",
        }
    }
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

/// The newest of an authority's texts that was adopted with amendments, with what was put forward;
/// or that was published without a record of its adoption, with the nearest before it that was put
/// forward or adopted; or that was adopted, with the one that it follows where no more is known of that than
/// that it was put forward. What was rejected or withdrawn stands back behind any other. The page of the
/// two stays when a newer text is adopted.
///
/// # Errors
///
/// If there are no two such texts.
pub fn decided(authority: &Authority) -> Result<Decided<'_>, Undecided<'_>> {
    let current = authority.current_edition().ok_or(Undecided::NoText)?;
    let before = |it: &&Edition| authority.editions.get(it.follows.as_ref()?);
    // Editions that follow each other in a circle are an error of the content, and end all the same.
    let line = || std::iter::successors(Some(current), before).take(authority.editions.len());
    for (at, published) in line().enumerate() {
        let amended = published.amends.as_ref().and_then(|it| authority.editions.get(it));
        if let Some(put) = amended.filter(|it| !it.came_to_nothing()) {
            return Ok(Decided { put, became: Became::Amended, published });
        }
        let earlier = || line().skip(at + 1).filter(|it| was_put(it));
        let put = earlier().find(|it| !it.came_to_nothing()).or_else(|| earlier().next());
        // What was adopted came of what was put forward before it, unless that was adopted itself.
        let came_of = |put: &Edition| {
            published.was_adopted()
                && became(put) == Became::NotRecorded
                && published.follows.as_ref() == Some(&put.slug)
        };
        if let Some(put) = put.filter(|put| !was_put(published) || came_of(put)) {
            return Ok(Decided { put, became: became(put), published });
        }
    }
    match was_put(current) {
        true => Err(Undecided::NoneSince(current)),
        false => Err(Undecided::NonePut(current)),
    }
}

fn was_put(it: &Edition) -> bool {
    became(it) != Became::NotRecorded || it.status == Status::Proposed || it.dates.proposed.is_some()
}

fn became(put: &Edition) -> Became {
    match put.status {
        _ if put.was_adopted() => Became::Adopted,
        Status::Rejected => Became::Rejected,
        Status::Withdrawn => Became::Withdrawn,
        _ => Became::NotRecorded,
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
            Ok(it) => format!("{} > {}, {}", it.put.slug, it.published.slug, it.became.name()),
            Err(Undecided::NoText) => "no text".to_owned(),
            Err(Undecided::NoneSince(it)) => format!("none since {}", it.slug),
            Err(Undecided::NonePut(it)) => format!("none put before {}", it.slug),
        };
        assert_eq!(found, expected, "{before}, {current}");
    }

    #[test]
    fn the_newest_text_that_came_of_one_put_forward_counts() {
        check_line("2022-proposed", ("2022-proposed", "2022"));
        // It was put forward itself: it is not what was published since the text of 2020.
        check_line("\"2021\"", ("2020-01-02", "2021"));
    }

    /// The two texts of a line of four, the last of which follows this one.
    #[track_caller]
    fn check_line(follows: &str, expected: (&str, &str)) {
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
                &edition("adopted", &format!("follows: {follows}\n"), "dates: {adopted: 2022-03-20}\n"),
            ),
            (
                "authorities/alpha/authority.yaml",
                "name: A\nshort_name: A\nkind: council\njurisdiction: England\ncurrent: \"2022\"\n",
            ),
        ]);
        let found = decided(&book.authorities["alpha"])
            .ok()
            .map(|it| (it.put.slug.as_str(), it.published.slug.as_str()));
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn what_was_put_forward_is_compared_with_what_was_published_since() {
        check("proposed", "published", "2020-01-02 > 2021, not-recorded");
        check("adopted\ndates: {adopted: 2020-01-02}", "published", "2020-01-02 > 2021, adopted");
        check("superseded\ndates: {adopted: 2020-01-02}", "published", "2020-01-02 > 2021, adopted");
        check("superseded", "published", "none put before 2021");
        check("proposed", "adopted\ndates: {adopted: 2021-01-02}", "2020-01-02 > 2021, not-recorded");
        check("superseded", "adopted\ndates: {adopted: 2021-01-02}", "none since 2021");
    }

    #[test]
    fn what_was_rejected_keeps_its_page_and_says_so() {
        check("rejected", "published", "2020-01-02 > 2021, rejected");
        check("withdrawn", "published", "2020-01-02 > 2021, withdrawn");
    }

    #[test]
    fn what_was_put_is_compared_with_what_was_adopted_in_its_place() {
        let amended = "adopted\namends: 2020-01-02\ndates: {adopted: 2021-01-02}";
        check("superseded\ndates: {proposed: 2020-01-02}", amended, "2020-01-02 > 2021, amended");
    }
}
