//! What the handbook holds along the years: texts and reports by the date that is known of each,
//! what bodies did with the texts, and what was put right in them.
//!
//! [`timeline`] lists all of it, the newest first. Drafts are not in it, and neither is what has no
//! date: a day is never made up, least of all that on which the handbook was built.

use std::collections::BTreeSet;

use super::comparison::Document;
use crate::handbook::{
    AdoptionStep, Authority, Clause, Correction, Dating, Edition, Handbook, PartialDate, Status, TopicSlug,
};

/// A text or report, or what became of it, on a date.
#[derive(Clone, Copy)]
pub struct Event<'h> {
    pub authority: &'h Authority,
    pub document: Document<'h>,
    pub date: PartialDate,
    pub what: What<'h>,
}

/// What happened.
#[derive(Clone, Copy)]
pub enum What<'h> {
    /// The text or report itself, and what its date is the date of.
    Itself(Dating),
    /// What a body did with the text, and its place in the path, counted from 1.
    Step(usize, &'h AdoptionStep),
    /// What was put right in the text, and its place among the corrections, counted from 1.
    Corrected(usize, &'h Correction),
}

/// All public texts and reports with a date, the dated steps that their own date does not tell, and
/// dated corrections. Those of one day stand in the order of their authorities, each text before what
/// became of it, reports last.
pub fn timeline(handbook: &Handbook) -> Vec<Event<'_>> {
    let mut events: Vec<Event> = handbook.authorities.values().flat_map(of_authority).collect();
    // A month counts as its first day here as it does where it is written.
    events.sort_by_key(|it| std::cmp::Reverse(it.date.first_day()));
    events
}

fn of_authority(authority: &Authority) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut add = |document, date: Option<PartialDate>, what| {
        events.extend(date.map(|date| Event { authority, document, date, what }));
    };
    for edition in authority.editions.values().filter(|it| it.status != Status::Draft) {
        let text = Document::Edition(edition);
        if let Some((date, dating)) = edition.dated() {
            add(text, Some(date), What::Itself(dating));
        }
        for (number, step) in steps(authority, edition) {
            add(text, step.date, What::Step(number, step));
        }
        for (at, it) in edition.corrections.iter().enumerate() {
            add(text, it.on, What::Corrected(at + 1, it));
        }
    }
    for report in authority.reports.values() {
        add(Document::Report(report), report.date, What::Itself(Dating::Printed));
    }
    events
}

/// The steps of an edition's path that neither its own date tells nor the path of the proposal that
/// it amends, counted from 1.
fn steps<'h>(
    authority: &'h Authority,
    edition: &'h Edition,
) -> impl Iterator<Item = (usize, &'h AdoptionStep)> {
    let amended = edition.amends.as_ref().and_then(|it| authority.editions.get(it));
    let told = move |it: &AdoptionStep| {
        it.decided().is_none() && it.date == edition.date()
            || amended.is_some_and(|other| other.adoption.contains(it))
    };
    let numbered = edition.adoption.iter().enumerate().map(|(at, it)| (at + 1, it));
    numbered.filter(move |(_, it)| !told(it))
}

impl<'h> Event<'h> {
    /// The topics on which any of its clauses, or an item of one, bears; of a correction those of the
    /// clauses that it names.
    pub fn topics(&self) -> BTreeSet<&'h TopicSlug> {
        let clauses: Vec<&Clause> = match self.document {
            Document::Edition(it) => it.clauses().collect(),
            Document::Report(it) => it.clauses().collect(),
        };
        let meant = |it: &Clause| match self.what {
            What::Corrected(_, all) => all.clauses.contains(&it.id),
            What::Itself(_) | What::Step(..) => true,
        };
        let tags = |it: &'h Clause| it.topics.iter().chain(it.items.values().flat_map(|it| &it.topics));
        clauses.into_iter().filter(|it| meant(it)).flat_map(tags).map(|it| &it.topic).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::{DocumentSlug, Report};
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
        let dating = |it: Event| match it.what {
            What::Itself(dating) => dating,
            What::Step(..) | What::Corrected(..) => panic!("the text stands before what became of it"),
        };
        let found = found.map(|it| (it.date.to_string(), dating(it)));
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

    /// The steps of an edition with this path that are told by themselves.
    #[track_caller]
    fn check_steps(lines: &str, path: &[(&str, &str)], expected: &[usize]) {
        let path: Vec<String> =
            path.iter().map(|(date, it)| format!("{{body: B, date: {date}, outcome: {it}}}")).collect();
        let text = format!(
            "title: P\nlanguage: en-GB\nsource: {{title: P}}\nprovenance: drafted-here\nfollows: 2020-01-02\n{lines}\n\
             adoption: [{}]\n",
            path.join(", ")
        );
        let book = handbook(&[("authorities/alpha/protocol/new/edition.yaml", &text)]);
        let alpha = &book.authorities["alpha"];
        let found: Vec<usize> = steps(alpha, &alpha.editions["new"]).map(|it| it.0).collect();
        assert_eq!(found, expected, "{lines} {path:?}");
    }

    #[test]
    fn each_step_of_a_decision_is_told_and_none_twice() {
        let put = "status: proposed\ndates: {proposed: 2021-03-01}";
        check_steps(put, &[("2021-03-01", "put to it")], &[]);
        check_steps(put, &[("2021-03-01", "\"deferred: for advice\"")], &[1]);
        check_steps(put, &[("2021-02-01", "recommended"), ("2021-03-01", "put to it")], &[1]);
        check_steps("status: rejected\ndates: {proposed: 2021-03-01}", &[("2021-03-01", "rejected")], &[1]);
        let adopted = "status: adopted\ndates: {proposed: 2021-03-01, adopted: 2021-04-01}";
        check_steps(adopted, &[("2021-03-01", "put to it"), ("2021-04-01", "adopted")], &[1]);
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
