//! A committee report whole.

use std::sync::Arc;

use super::cite::{Cited, cite};
use super::document::{self, Shown};
use super::edition;
use super::owner::owner;
use crate::handbook::{Authority, PartialDate, Report, Status};
use crate::site::metadata::{About, Kind, Work};
use crate::site::press::{Head, Press};
use crate::site::theme::{Value, Values, list, map};
use crate::site::{Address, Plan};

pub fn plan<'a>(press: &Arc<Press<'a>>, plan: &mut Plan<'a>) {
    for authority in press.handbook.authorities.values() {
        for report in authority.reports.values() {
            let address = Address::report(&authority.slug, &report.slug);
            press.add(plan, address, "report.html", move |press, here| page(press, here, authority, report));
        }
    }
}

fn page(press: &Press, here: &Address, authority: &Authority, report: &Report) -> (Head, Values) {
    let head = Head {
        language: report.source.language.clone(),
        about: About::Work(Box::new(work(authority, report))),
        ..Head::new(
            title(authority, report),
            format!("{} of {}, {}, paragraph by paragraph.", report.title, authority.name, name(report)),
        )
    }
    .below("Authorities", Address::authorities())
    .below(authority.short_name.as_str(), Address::authority(&authority.slug));
    let shown = Shown { authority: &authority.slug, here, clause_pages: false };
    let mut values = Values::default();
    values
        .set("authority", owner(press, here, authority))
        .set(
            "report",
            map([
                ("title", report.title.as_str().into()),
                ("language", report.source.language.as_str().into()),
                ("name", name(report).into()),
                ("body", report.body.as_str().into()),
                ("date", report.date.map(PartialDate::in_words).into()),
                ("note", document::note(report.note.as_deref())),
            ]),
        )
        .set("source", document::source(&report.source, report.provenance))
        .set("appended", appended(press, here, authority, report))
        .set("held", authority.current.is_some())
        .set("contents", document::contents(&report.sections))
        .set("sections", document::sections(press, &shown, &report.sections))
        .set("cite", cite(press, here, here, &Cited::report(authority, report)));
    (head, values)
}

/// A report among those of all authorities: `Westminster: Review of the Member/Officer Protocol
/// (report to the Standards Committee, 13 February 2024)`.
pub fn title(authority: &Authority, report: &Report) -> String {
    format!("{}: {} ({})", authority.short_name, report.title, name(report))
}

/// What a report tells programs.
fn work(authority: &Authority, report: &Report) -> Work {
    Work {
        address: Address::report(&authority.slug, &report.slug),
        name: report.title.clone(),
        authority: authority.slug.clone(),
        creator: authority.name.clone(),
        language: report.source.language.clone(),
        date: report.date,
        source: document::taken_from(&report.source, report.provenance),
        rights: document::rights(&report.source),
        part_of: None,
        kind: Kind::Report,
    }
}

/// A report's name for people: `report to the Standards Committee, 13 February 2024`.
pub fn name(report: &Report) -> String {
    match report.date {
        Some(date) => format!("report to the {}, {}", report.body, date.in_words()),
        None => format!("report to the {}, date not known", report.body),
    }
}

/// The texts of the protocol that were appended to the report.
fn appended(press: &Press, here: &Address, authority: &Authority, report: &Report) -> Value {
    let texts = authority.editions_newest_first().into_iter();
    let texts = texts.filter(|it| it.status != Status::Draft || press.setting.drafts);
    list(texts.filter(|it| it.part_of.as_ref() == Some(&report.slug)).map(|it| {
        map([
            ("title", it.title.as_str().into()),
            ("name", edition::name(it).into()),
            ("href", press.href(here, Address::edition(&authority.slug, &it.slug)).into()),
        ])
    }))
}
