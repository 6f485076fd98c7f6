//! **Printed numbers out of step.** The numbers of the sections of a document and of the
//! clauses of a section are read as runs.
//!
//! - `number-missing` (warning): 5.5 is followed by 5.7. Has a clause been lost, or is its
//!   number? If the source prints it so, accept the warning with that reason. Nothing is said of
//!   the number of a clause of the text before whose going is recorded, nor of a gap that the text
//!   before has as well.
//! - `number-repeated` (warning): a number stands twice. A second 4.1 where 4.10 is missing
//!   is most often a 4.10 that was written without quotes somewhere.
//! - `number-order` (warning): a number stands after a higher one.
//! - `number-misread` (warning): a capital I, an O or a small l among figures, as in "I.01".
//!   Is it a 1 or a 0? The map of the source can declare how it is read.

mod before;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Date;
use super::documents::of;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Handbook, Section, SectionKind};
use before::{Before, Numbers, bare};

/// A printed number in a run.
struct Entry<'h> {
    printed: &'h str,
    /// Without point or brackets, cut at the points; at least one. Of a misread number as it is
    /// likely meant.
    segments: Vec<Cow<'h, str>>,
    /// Whether it holds a letter that a conversion takes a figure for.
    misread: bool,
    /// Where a flaw of the run is shown.
    place: Place,
}

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    for document in of(authority) {
        let numbered = |it: &&Section| it.kind == SectionKind::Section;
        let sections = document.sections.iter().filter(numbered).filter_map(|it| {
            let number = it.number.as_deref()?;
            Some((number, Place::words(&it.file, number)))
        });
        let follows =
            document.edition.and_then(|it| Some((it, authority.editions.get(it.follows.as_ref()?)?)));
        let before = follows.map(|(here, before)| Before::of(here, before)).unwrap_or_default();
        if handbook.has_words(document.folder()) {
            run(&Entry::all(sections), 0, &before.sections, report);
        }
        // Some texts number their clauses through, whatever section they stand in.
        let mut through = 0;
        // Where a number such as 4.1 stands first. An annex may begin its own again.
        let mut first: BTreeMap<&str, &Section> = BTreeMap::new();
        for section in document.sections.iter().filter(|it| handbook.has_words(it.folder())) {
            let clauses = section
                .clauses()
                .filter(|it| !it.is_footnote())
                .filter_map(|it| Some((it.number.as_deref()?, Place::words(&section.file, it.id.as_str()))));
            let clauses = Entry::all(clauses);
            run(&clauses, through, &before.clauses, report);
            let of_two = |it: &&Entry| it.segments.len() > 1 && section.kind == SectionKind::Section;
            let elsewhere = clauses.iter().filter(of_two).filter_map(|entry| {
                let other = *first.entry(bare(entry.printed)).or_insert(section);
                (other.slug != section.slug).then_some((entry, other))
            });
            if let Some(warning) = in_two_sections(&elsewhere.collect::<Vec<_>>()) {
                report.add(warning);
            }
            let plain = clauses.iter().filter(|it| it.prefix().is_empty()).filter_map(Entry::value);
            through = plain.max().unwrap_or(through);
        }
    }
}

impl<'h> Entry<'h> {
    /// The entries of one section, or of all sections.
    fn all(numbers: impl Iterator<Item = (&'h str, Place)>) -> Vec<Self> {
        let numbers: Vec<_> = numbers.collect();
        // Where all begin with one roman number it is one: `I.1`, `I.2`.
        let roman = |it: &str| {
            it.split_once('.').map(|(first, _)| first).filter(|it| is_roman(it)).map(str::to_owned)
        };
        let first = numbers.first().and_then(|(it, _)| roman(bare(it)));
        let all_roman =
            first.is_some() && numbers.len() > 1 && numbers.iter().all(|(it, _)| roman(bare(it)) == first);
        let entry = |(printed, place): (&'h str, Place)| {
            let misread = !all_roman
                && printed.contains(['I', 'l', 'O'])
                && printed.contains(|it: char| it.is_ascii_digit());
            let meant = |it: &'h str| match misread {
                true => Cow::Owned(it.replace(['I', 'l'], "1").replace('O', "0")),
                false => Cow::Borrowed(it),
            };
            Entry { printed, segments: bare(printed).split('.').map(meant).collect(), misread, place }
        };
        numbers.into_iter().map(entry).collect()
    }

    fn prefix(&self) -> &[Cow<'h, str>] {
        &self.segments[..self.segments.len() - 1]
    }

    /// The last segment as a figure; `None` where it is none.
    fn value(&self) -> Option<u32> {
        self.segments.last()?.parse().ok()
    }
}

/// Of the numbers of a section those that stand in another one too, each with that: one warning for all,
/// since some texts begin anew in each section.
fn in_two_sections(repeated: &[(&Entry, &Section)]) -> Option<Diagnostic> {
    let (entry, other) = repeated.first()?;
    let others = match repeated.len() - 1 {
        0 => String::new(),
        1 => " and one more of its section".to_owned(),
        more => format!(" and {more} more of its section"),
    };
    let message = format!("the number `{}`{others} stands in another section too", entry.printed);
    Some(
        Diagnostic::warning(entry.place.clone(), "number-repeated", message)
            .hint(format!("the other is in {}; if the source prints both, accept the warning", other.file)),
    )
}

fn is_roman(letters: &str) -> bool {
    !letters.is_empty() && letters.bytes().all(|it| b"IVXLC".contains(&it))
}

/// A run may go on from the number `through`, at which that of the section before ended.
fn run(entries: &[Entry], through: u32, before: &Numbers, report: &mut Report) {
    for it in entries {
        if it.misread {
            report.add(
                Diagnostic::warning(
                    it.place.clone(),
                    "number-misread",
                    format!("the number `{}` holds a letter among figures", it.printed),
                )
                .hint("if the conversion misread it, write the figure and declare a reading in the source's map"),
            );
        }
    }
    // Numbers of several prefixes may stand in one section: each prefix is a run, and so are plain
    // numbers up to the next that has one (an unnumbered part between).
    let mut runs: Vec<Vec<&Entry>> = Vec::new();
    let mut was_plain = false;
    for entry in entries {
        let is_plain = entry.prefix().is_empty();
        let its = runs.iter_mut().rfind(|it| it[0].prefix() == entry.prefix());
        match its.filter(|_| !is_plain || was_plain) {
            Some(run) => run.push(entry),
            None => runs.push(vec![entry]),
        }
        was_plain = is_plain;
    }
    for run in &runs {
        let goes_on = run[0].prefix().is_empty() && run[0].value().is_some_and(|it| it > through);
        one_prefix(run, if goes_on { through } else { 0 }, before, report);
    }
}

fn one_prefix(entries: &[&Entry], through: u32, before: &Numbers, report: &mut Report) {
    // A number that was put in later (5.4A) is passed over.
    let (entries, values): (Vec<&Entry>, Vec<u32>) =
        entries.iter().filter_map(|it| Some((*it, it.value()?))).unzip();
    let width = entries
        .iter()
        .filter_map(|it| it.segments.last())
        .find(|it| it.starts_with('0'))
        .map_or(0, |it| it.len());
    let name = |value: u32| {
        let mut name: String =
            entries.iter().take(1).flat_map(|it| it.prefix()).map(|it| format!("{it}.")).collect();
        name.push_str(&format!("{value:0width$}"));
        name
    };
    let mut highest = through;
    let mut warn = |place: &Place, code, message: String, hint: String| {
        report.add(Diagnostic::warning(place.clone(), code, message).hint(hint));
    };
    for (index, (entry, &value)) in entries.iter().zip(&values).enumerate() {
        let printed = entry.printed;
        if values[..index].contains(&value) {
            // Ten lost its nought on the way through a tool that took it for a figure.
            let tenfold = value.saturating_mul(10);
            let lost = value < 10 && highest.saturating_add(1) == tenfold && !values.contains(&tenfold);
            warn(
                &entry.place,
                "number-repeated",
                format!("the number `{printed}` stands twice"),
                match lost {
                    true => {
                        format!("is it {}? quote the number: number: \"{}\"", name(tenfold), name(tenfold))
                    }
                    false => "if the source prints it twice, accept the warning with that reason".to_owned(),
                },
            );
            if lost {
                highest = tenfold;
            }
        } else if entry.misread {
            // As it is meant it may fill its place, and it is told of by itself.
        } else if value < highest {
            warn(
                &entry.place,
                "number-order",
                format!("the number `{printed}` stands after `{}`", name(highest)),
                "mend the order of `clauses`; if the source prints it so, accept the warning".to_owned(),
            );
        } else {
            let gap = gap(highest, value, &values).unwrap_or_default();
            let last = (highest > 0).then(|| name(highest));
            let explained = |it: u32| before.explain(last.as_deref(), &name(it), &name(value));
            let gap: Vec<u32> = gap.into_iter().filter(|it| !explained(*it)).collect();
            if !gap.is_empty() {
                let names: Vec<String> = gap.iter().map(|it| name(*it)).collect();
                let missing = match names.as_slice() {
                    [one] => format!("{one} is"),
                    [first, .., last] if gap[gap.len() - 1] - gap[0] + 1 == gap.len() as u32 => {
                        format!("{first} to {last} are")
                    }
                    several => format!("{} are", several.join(", ")),
                };
                warn(
                    &entry.place,
                    "number-missing",
                    format!("{missing} missing before {}", name(value)),
                    "has a clause or its number been lost? if the source prints it so, accept the warning"
                        .to_owned(),
                );
            }
            highest = value;
        }
    }
}

/// The numbers between two that stand nowhere in the run; `None` where there are none. A leap
/// of more than a hundred is no gap: a year, or the number of something else.
fn gap(highest: u32, value: u32, values: &[u32]) -> Option<Vec<u32>> {
    if value - highest > 100 {
        return None;
    }
    let missing: Vec<u32> = (highest + 1..value).filter(|it| !values.contains(it)).collect();
    (!missing.is_empty()).then_some(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a run of numbers, each as code and message.
    #[track_caller]
    fn check(numbers: &[&str], expected: &[&str]) -> Report {
        check_after(&[], &[], numbers, expected)
    }

    /// The same where the text before had these numbers, of which some are known to have gone.
    #[track_caller]
    fn check_after(
        all: &[&'static str],
        gone: &[&'static str],
        numbers: &[&str],
        expected: &[&str],
    ) -> Report {
        let entries = Entry::all(numbers.iter().map(|it| (*it, Place::file("f"))));
        let mut report = Report::default();
        let set = |it: &[&'static str]| it.iter().copied().collect();
        run(&entries, 4, &Numbers { all: set(all), gone: set(gone) }, &mut report);
        let found: Vec<String> =
            report.diagnostics().iter().map(|it| format!("{}: {}", it.code, it.message)).collect();
        assert_eq!(found, expected, "{numbers:?}");
        report
    }

    #[test]
    fn a_run_in_step_is_left_alone() {
        check(&["1.", "2.", "3"], &[]);
        check(&["(1)", "(2)"], &[]);
        check(&["5.01", "5.02", "5.03."], &[]);
        check(&["1.1", "1.2", "A.1", "A.2"], &[]);
        check(&["1.1", "1.1A", "1.2"], &[]);
        check(&["a", "b"], &[]);
        check(&[], &[]);
        // The section before ended with 4.
        check(&["5", "6"], &[]);
        check(&["5", "7"], &["number-missing: 6 is missing before 7"]);
        check(&["6", "7"], &["number-missing: 5 is missing before 6"]);
        check(&["4", "5"], &["number-missing: 1 to 3 are missing before 4"]);
    }

    #[test]
    fn a_gap_is_named_as_its_neighbours_are_printed() {
        check(&["5.1", "5.2", "5.4"], &["number-missing: 5.3 is missing before 5.4"]);
        check(&["5.01", "5.05"], &["number-missing: 5.02 to 5.04 are missing before 5.05"]);
        check(&["2", "3"], &["number-missing: 1 is missing before 2"]);
        check(&["4.10"], &["number-missing: 4.1 to 4.9 are missing before 4.10"]);
    }

    #[test]
    fn what_is_recorded_to_have_gone_is_not_missed() {
        let all = ["5.01", "5.02", "5.03", "5.04"];
        check_after(&all, &["5.03"], &["5.01", "5.02", "5.04"], &[]);
        let expected = ["number-missing: 5.03 is missing before 5.04"];
        check_after(&all, &["5.02"], &["5.01", "5.04"], &expected);
    }

    #[test]
    fn a_gap_of_the_text_before_is_told_there() {
        check_after(&["5.1", "5.3"], &[], &["5.1", "5.3"], &[]);
        check_after(&["5.2", "5.3"], &[], &["5.2", "5.3"], &[]);
        check_after(&[], &[], &["5.1", "5.3"], &["number-missing: 5.2 is missing before 5.3"]);
    }

    #[test]
    fn a_ten_that_lost_its_nought_is_told_as_that() {
        let nine = ["4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9", "4.1", "4.11"];
        let report = check(&nine, &["number-repeated: the number `4.1` stands twice"]);
        let hint = report.diagnostics()[0].hint.as_deref();
        assert_eq!(hint, Some("is it 4.10? quote the number: number: \"4.10\""));
        check(&["4.1", "4.1"], &["number-repeated: the number `4.1` stands twice"]);
    }

    #[test]
    fn numbers_out_of_order_and_misread_numbers_are_seen() {
        check(&["1.1", "1.3", "1.2"], &["number-order: the number `1.2` stands after `1.3`"]);
        check(&["I.01"], &["number-misread: the number `I.01` holds a letter among figures"]);
        check(&["I", "II"], &[]);
        check(&["1.1", "I.2", "1.3"], &["number-misread: the number `I.2` holds a letter among figures"]);
        // Roman numbers are judged as others are.
        check(&["I.1", "I.2"], &[]);
        check(&["II.1", "II.3"], &["number-missing: II.2 is missing before II.3"]);
        check(&["I.1", "I.1"], &["number-repeated: the number `I.1` stands twice"]);
        check(&["3.1", "l.2", "3.2"], &["number-misread: the number `l.2` holds a letter among figures"]);
        check(&["5.1", "5.2", "4.3", "5.3"], &["number-missing: 4.1 to 4.2 are missing before 4.3"]);
        check(
            &["1", "3", "6", "5"],
            &[
                "number-missing: 2 is missing before 3",
                "number-missing: 4 is missing before 6",
                "number-order: the number `5` stands after `6`",
            ],
        );
        check(
            &["2", "5", "3"],
            &[
                "number-missing: 1 is missing before 2",
                "number-missing: 4 is missing before 5",
                "number-order: the number `3` stands after `5`",
            ],
        );
        check(&["1", "2013", "4294967295", "99999999999"], &[]);
    }
}
