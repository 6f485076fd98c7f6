//! What the handbook holds along the years: texts and reports by the date that is known of each,
//! what bodies did with the texts, and what was put right in them.
//!
//! [`timeline`] lists all of it, the newest first. Drafts are not in it, and neither is what has no
//! date: a day is never made up, least of all that on which the handbook was built.
//!
//! What was in it once stays as it was: a text that was put forward is told of as that for ever, and
//! what bodies decided on it, its adoption too, by itself.

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

/// What happened. A step stands with its place in the path, counted from 1.
#[derive(Clone, Copy)]
pub enum What<'h> {
    /// The text or report itself, and what its date is the date of.
    Itself(Dating),
    /// The text was before a body.
    Before(usize, &'h AdoptionStep),
    /// What a body decided, short of adopting the text as it was put, in a word or a few.
    Decided(usize, &'h AdoptionStep, &'static str),
    /// A body adopted the text, which had been put forward before.
    Adopted(usize, &'h AdoptionStep),
    /// What was put right in the text, and its place among the corrections, counted from 1.
    Corrected(usize, &'h Correction),
}

/// All public texts and reports with a date, the dated steps that this does not tell, and dated
/// corrections. Those of one day stand in the order of their authorities, each text before what
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
        if let Some((date, dating)) = itself(authority, edition) {
            add(text, Some(date), What::Itself(dating));
        }
        for what in steps(authority, edition) {
            add(text, what.date(), what);
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

/// When a text was first put forward, and by which step of its path, if that is what is told of it:
/// not of one that went on to be published, which is known by the date that it bears, or of which no
/// step tells how it was adopted.
pub fn put_forward<'h>(
    authority: &Authority,
    edition: &'h Edition,
) -> Option<(PartialDate, Option<(usize, &'h AdoptionStep)>)> {
    let adoption_is_told = edition.dates.adopted.is_none() || edition.adopted_by().is_some();
    edition
        .first_put(amended(authority, edition))
        .filter(|_| adoption_is_told && edition.status != Status::Published)
}

/// The date by which a text is told of, and what it is the date of.
fn itself(authority: &Authority, edition: &Edition) -> Option<(PartialDate, Dating)> {
    put_forward(authority, edition).map(|(date, _)| (date, Dating::PutForward)).or(edition.dated())
}

/// The proposal that was amended before it was adopted as this text.
fn amended<'h>(authority: &'h Authority, edition: &Edition) -> Option<&'h Edition> {
    let made_from = edition.amends.as_ref().and_then(|it| authority.editions.get(it));
    made_from.filter(|it| !it.came_to_nothing())
}

/// What the path of an edition tells beyond its own date and the path of the proposal that it amends.
fn steps<'h>(authority: &'h Authority, edition: &'h Edition) -> Vec<What<'h>> {
    let amended = amended(authority, edition);
    let own_date = itself(authority, edition).map(|(date, _)| date);
    let put = put_forward(authority, edition).map(|(_, step)| step.map(|(number, _)| number));
    let adopted = edition.adopted_by().map(|(number, _)| number);
    let mut all = Vec::new();
    for (at, step) in edition.adoption.iter().enumerate() {
        if amended.is_some_and(|it| it.adoption.contains(step)) {
            continue;
        }
        let number = at + 1;
        let decided = match step.decided() {
            Some(it) => Some(What::Decided(number, step, it)),
            None if put.is_some() && adopted == Some(number) => Some(What::Adopted(number, step)),
            None => None,
        };
        let before = match put {
            // A decision is recorded in the place of the step that awaited it, which was told of.
            Some(first) => first != Some(number),
            None => decided.is_none() && step.date != own_date,
        };
        all.extend(before.then_some(What::Before(number, step)));
        all.extend(decided);
    }
    all
}

impl What<'_> {
    /// The day of a step or correction; `None` where it is not recorded, and for what has a date of
    /// its own.
    fn date(&self) -> Option<PartialDate> {
        match self {
            What::Before(_, it) | What::Decided(_, it, _) | What::Adopted(_, it) => it.date,
            What::Corrected(_, it) => it.on,
            What::Itself(_) => None,
        }
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
        let meant = |it: &Clause| match self.what {
            What::Corrected(_, all) => all.clauses.contains(&it.id),
            _ => true,
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
            _ => panic!("the text stands before what became of it"),
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

    /// A handbook in which an edition with these lines has this path.
    fn with_path(lines: &str, path: &[(&str, &str)]) -> Handbook {
        let path: Vec<String> =
            path.iter().map(|(date, it)| format!("{{body: B, date: {date}, outcome: {it}}}")).collect();
        let text = format!(
            "title: P\nlanguage: en-GB\nsource: {{title: P}}\nprovenance: drafted-here\nfollows: 2020-01-02\n{lines}\n\
             adoption: [{}]\n",
            path.join(", ")
        );
        handbook(&[("authorities/alpha/protocol/new/edition.yaml", &text)])
    }

    fn in_short(what: What) -> String {
        match what {
            What::Itself(dating) => format!("{dating:?}"),
            What::Before(number, _) => number.to_string(),
            What::Decided(number, _, decided) => format!("{number} {decided}"),
            What::Adopted(number, _) => format!("{number} adopted"),
            What::Corrected(number, _) => format!("correction {number}"),
        }
    }

    /// What is told of an edition with this path beside the edition itself: the place of each step,
    /// with what was decided.
    #[track_caller]
    fn check_steps(lines: &str, path: &[(&str, &str)], expected: &[&str]) {
        let book = with_path(lines, path);
        let alpha = &book.authorities["alpha"];
        let found = steps(alpha, &alpha.editions["new"]).into_iter().map(in_short);
        assert_eq!(found.collect::<Vec<_>>(), expected, "{lines} {path:?}");
    }

    #[test]
    fn each_step_of_a_decision_is_told_and_none_twice() {
        let put = "status: proposed\ndates: {proposed: 2021-03-01}";
        check_steps(put, &[("2021-03-01", "put to it")], &[]);
        check_steps(put, &[("2021-03-01", "\"deferred: for advice\"")], &["1 deferred"]);
        let later = ("2021-03-01", "put to it");
        check_steps(put, &[("2021-02-01", "recommended"), later], &["1 recommended", "2"]);
        check_steps(put, &[("2021-02-01", "drafted by officers"), later], &["1"]);
        check_steps(
            "status: rejected\ndates: {proposed: 2021-03-01}",
            &[("2021-03-01", "rejected")],
            &["1 rejected"],
        );
        let both = "status: adopted\ndates: {proposed: 2021-03-01, adopted: 2021-04-01}";
        check_steps(both, &[later, ("2021-04-01", "adopted")], &["2", "2 adopted"]);
        // Nothing tells of the adoption but the text's own date.
        check_steps(both, &[("2021-02-01", "put to it"), later], &["1", "2"]);
        let adopted = "status: adopted\ndates: {adopted: 2021-04-01}";
        check_steps(
            adopted,
            &[("2021-03-01", "recommended"), ("2021-04-01", "approved")],
            &["1 recommended"],
        );
    }

    #[test]
    fn what_was_told_stays_whatever_is_recorded_later() {
        let [one, two, three] = ["2021-02-01", "2021-03-01", "2021-04-01"];
        let awaited = "put to this body; its decision is not recorded";
        let stages: [(&str, &[(&str, &str)]); 5] = [
            ("status: proposed\ndates: {proposed: 2021-02-01}", &[(one, awaited)]),
            ("status: proposed\ndates: {proposed: 2021-02-01}", &[(one, "recommended")]),
            ("status: proposed\ndates: {proposed: 2021-03-01}", &[(one, "recommended"), (two, awaited)]),
            (
                "status: adopted\ndates: {proposed: 2021-03-01, adopted: 2021-03-01}",
                &[(one, "recommended"), (two, "adopted")],
            ),
            (
                "status: withdrawn\ndates: {proposed: 2021-03-01, adopted: 2021-03-01}",
                &[(one, "recommended"), (two, "adopted"), (three, "withdrawn")],
            ),
        ];
        let mut told: Vec<String> = Vec::new();
        for (lines, path) in stages {
            let book = with_path(lines, path);
            let all: Vec<Event> = timeline(&book);
            let new = all.into_iter().filter(|it| slug(&it.document).as_str() == "new");
            let now: Vec<String> = new.map(|it| format!("{} {}", it.date, in_short(it.what))).collect();
            let lost: Vec<&String> = told.iter().filter(|it| !now.contains(it)).collect();
            assert_eq!(lost, [""; 0], "{lines} {path:?}: {now:?}");
            assert!(now.len() > told.len());
            told = now;
        }
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
