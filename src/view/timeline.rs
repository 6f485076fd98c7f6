//! The texts and reports of the handbook by the date that is known of each.
//!
//! [`timeline`] lists them, the newest first. Drafts are not in it, and neither is what has no
//! date: a day is never made up, least of all that on which the handbook was built.

use std::collections::BTreeSet;

use super::comparison::Document;
use crate::handbook::{Authority, Clause, Correction, Dating, Handbook, PartialDate, Status, TopicSlug};

/// A text or report with the date that counts for it.
#[derive(Clone, Copy)]
pub struct Event<'h> {
    pub authority: &'h Authority,
    pub document: Document<'h>,
    pub date: PartialDate,
    pub dating: Dating,
    /// What was put right in the text then, and its place among the corrections, counted from 1;
    /// `None` for the text or report itself.
    pub correction: Option<(usize, &'h Correction)>,
}

/// All public texts and reports with a date, and the dated corrections of texts. Those of one day
/// stand in the order of their authorities, texts before reports, corrections last.
pub fn timeline(handbook: &Handbook) -> Vec<Event<'_>> {
    let mut events: Vec<Event> = handbook.authorities.values().flat_map(of_authority).collect();
    // A month counts as its first day here as it does where it is written.
    events.sort_by_key(|it| std::cmp::Reverse(it.date.first_day()));
    events
}

fn of_authority(authority: &Authority) -> impl Iterator<Item = Event<'_>> {
    let texts = authority.editions.values().filter(|it| it.status != Status::Draft).map(Document::Edition);
    let reports = authority.reports.values().map(Document::Report);
    let documents = texts.chain(reports).filter_map(move |document| {
        let (date, dating) = dated(document)?;
        Some(Event { authority, document, date, dating, correction: None })
    });
    let public = authority.editions.values().filter(|it| it.status != Status::Draft);
    let corrections = public.flat_map(move |edition| {
        edition.corrections.iter().enumerate().filter_map(move |(index, it)| {
            let (document, correction) = (Document::Edition(edition), Some((index + 1, it)));
            Some(Event { authority, document, date: it.on?, dating: Dating::Corrected, correction })
        })
    });
    documents.chain(corrections)
}

/// The date that counts for a document: the only place where it is chosen.
fn dated(document: Document) -> Option<(PartialDate, Dating)> {
    match document {
        Document::Edition(it) => it.dated(),
        Document::Report(it) => Some((it.date?, Dating::Printed)),
    }
}

impl<'h> Event<'h> {
    /// The topics on which any of its clauses, or an item of one, bears; of a correction those of the
    /// clauses that it names.
    pub fn topics(&self) -> BTreeSet<&'h TopicSlug> {
        let clauses: Vec<&Clause> = match self.document {
            Document::Edition(it) => it.clauses().collect(),
            Document::Report(it) => it.clauses().collect(),
        };
        let meant = |it: &Clause| self.correction.is_none_or(|(_, all)| all.clauses.contains(&it.id));
        let tags = |it: &'h Clause| it.topics.iter().chain(it.items.values().flat_map(|it| &it.topics));
        clauses.into_iter().filter(|it| meant(it)).flat_map(tags).map(|it| &it.topic).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::{DocumentSlug, Edition, Report};
    use crate::sample::handbook;

    fn slug<'h>(document: &Document<'h>) -> &'h DocumentSlug {
        match document {
            Document::Edition(Edition { slug, .. }) | Document::Report(Report { slug, .. }) => slug,
        }
    }

    /// The date that counts for an edition with these lines, as it is written; `None` where the
    /// edition is not in the timeline.
    #[track_caller]
    fn check(lines: &str, expected: Option<(&str, Dating)>) {
        let text = format!(
            "title: P\nlanguage: en-GB\nsource: {{title: P}}\nprovenance: drafted-here\nfollows: 2020-01-02\n{lines}\n"
        );
        let book = handbook(&[("authorities/alpha/protocol/new/edition.yaml", &text)]);
        let found = timeline(&book).into_iter().find(|it| slug(&it.document).as_str() == "new");
        let found = found.map(|it| (it.date.to_string(), it.dating));
        assert_eq!(found, expected.map(|(date, dating)| (date.to_owned(), dating)), "{lines}");
    }

    #[test]
    fn the_day_of_adoption_counts_then_that_of_proposal_then_the_one_printed() {
        let all = "adopted: 2013-05-23, proposed: 2013-05-01, printed: 2013-04";
        check(&format!("status: adopted\ndates: {{{all}}}"), Some(("2013-05-23", Dating::Adopted)));
        check(
            "status: proposed\ndates: {proposed: 2013-05-01, printed: 2013-04}",
            Some(("2013-05-01", Dating::PutForward)),
        );
        check("status: published\ndates: {printed: 2019-06}", Some(("2019-06", Dating::Printed)));
        // What went on to be published is known by the date that it bears.
        check(
            "status: published\ndates: {proposed: 2013-05-01, printed: 2013-06}",
            Some(("2013-06", Dating::Printed)),
        );
        check("status: rejected\ndates: {proposed: 2013-05}", Some(("2013-05", Dating::PutForward)));
        check(
            "status: superseded\ndates: {adopted: 1999, commenced: 2000-01-01}",
            Some(("1999", Dating::Adopted)),
        );
    }

    #[test]
    fn what_has_no_date_and_what_is_a_draft_is_left_out() {
        check("status: published", None);
        check("status: superseded\ndates: {commenced: 2000-01-01}", None);
        check("status: published\nchecked: 2026-11-21", None);
        check("status: draft\ndates: {printed: 2019-06}", None);
    }

    #[test]
    fn the_newest_stands_first_and_a_month_counts_as_its_first_day() {
        let report = |date: &str| {
            format!(
                "title: R\ndate: {date}\nbody: Committee\nlanguage: en-GB\nsource: {{title: R}}\nprovenance: verbatim\n"
            )
        };
        let dates = ["2019-06", "2019-06-01", "2019-06-02", "2024", "2018-12-31"];
        let files: Vec<(String, String)> = dates
            .iter()
            .map(|it| (format!("authorities/beta/reports/{it}/report.yaml"), report(it)))
            .collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
        let book = handbook(&files);
        let found: Vec<&str> = timeline(&book).iter().map(|it| slug(&it.document).as_str()).collect();
        assert_eq!(found, ["2024", "2020-01-02", "2019-06-02", "2019-06", "2019-06-01", "2018-12-31"]);
    }
}
