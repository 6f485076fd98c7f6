//! The texts and reports of authorities along the years.
//!
//! A date known to the month or the year stands at its beginning. What has no date stands apart
//! at the end of its row, in the order recorded: its place on the line would be invented.

use super::{Drawing, WIDTH};
use crate::handbook::{Authority, Edition, PartialDate, Status};
use crate::site::page::name;
use crate::view::history;

/// How high a row is, its name included.
const ROW: usize = 50;
/// Where the line of a row is, below its name.
const LINE: usize = 27;
/// Where the years begin and end, and where the marks without a date begin.
const FIRST: usize = 8;
const LAST: usize = 272;
const UNDATED: usize = 300;
/// How far these stand apart, and how many there is room for; the others are counted.
const STEP: usize = 18;
const ROOM: usize = 3;

/// The name of an authority and what stands on its line, with the date if there is one.
type Row<'r> = (&'r str, Vec<(Option<PartialDate>, Mark)>);

/// What a mark stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Its adoption is recorded.
    Adopted,
    /// Found in force or on a website; its adoption is not stated.
    Published,
    /// Put forward, or drafted; not more than that.
    Proposed,
    /// Not the text in use any more, or never that.
    Past,
    Report,
}

/// The picture of some authorities; `None` where none of them holds anything.
pub fn picture(authorities: &[&Authority], drafts: bool) -> Option<String> {
    let rows: Vec<Row> = authorities.iter().map(|it| (it.short_name.as_str(), marks(it, drafts))).collect();
    let all = || rows.iter().flat_map(|(_, marks)| marks);
    let (count, undated) = (all().count(), all().filter(|(date, _)| date.is_none()).count());
    if count == 0 {
        return None;
    }
    let years = all().filter_map(|(date, _)| date.map(|it| i64::from(it.first_day().year())));
    let (first, last) = years.fold((i64::MAX, i64::MIN), |(a, b), it| (a.min(it), b.max(it + 1)));
    let mut drawing = Drawing::new();
    let bottom = rows.len() * ROW;
    if undated > 0 {
        drawing.words_to(WIDTH, 14, "quiet", "no date");
    }
    for (row, (name, marks)) in rows.iter().enumerate() {
        let y = row * ROW + LINE;
        drawing.words(0, y - 13, "name", name);
        drawing.line((0, y), (LAST + 8, y), "axis");
        for (date, mark) in marks {
            if let Some(date) = date {
                draw(&mut drawing, across(*date, first, last), y, *mark);
            }
        }
        let undated: Vec<Mark> = marks.iter().filter(|(date, _)| date.is_none()).map(|(_, it)| *it).collect();
        for (at, mark) in undated.iter().take(ROOM).enumerate() {
            draw(&mut drawing, UNDATED + at * STEP, y, *mark);
        }
        if undated.len() > ROOM {
            drawing.words(
                UNDATED + ROOM * STEP - 6,
                y + 4,
                "quiet small",
                &format!("+{}", undated.len() - ROOM),
            );
        }
    }
    if first < last {
        axis(&mut drawing, first, last, rows.len());
    }
    let span = match first < last {
        true if last == first + 1 => format!(" of {first}"),
        true => format!(" from {first} to {}", last - 1),
        false => String::new(),
    };
    let texts = name::count(count, "text or report", "texts and reports");
    let without = match undated {
        0 => String::new(),
        _ => format!(", {undated} of them without a date"),
    };
    let sentence = format!("Timeline: {texts}{span}{without}.");
    Some(drawing.finish(bottom + 22, &sentence))
}

fn marks(authority: &Authority, drafts: bool) -> Vec<(Option<PartialDate>, Mark)> {
    let texts = history::texts(authority, drafts).into_iter().rev();
    let texts = texts.map(|it: &Edition| {
        let mark = match it.status {
            Status::Adopted => Mark::Adopted,
            Status::Published => Mark::Published,
            Status::Draft | Status::Proposed => Mark::Proposed,
            Status::Superseded | Status::Rejected | Status::Withdrawn => Mark::Past,
        };
        (it.date(), mark)
    });
    texts.chain(authority.reports.values().map(|it| (it.date, Mark::Report))).collect()
}

/// Where a date stands, from the beginning of the year `first` to that of `last`.
fn across(date: PartialDate, first: i64, last: i64) -> usize {
    let day = date.first_day();
    let years = (i64::from(day.year()) - first) as usize;
    let days = years * 365 + day.day_of_year() as usize;
    FIRST + days * (LAST - FIRST) / ((last - first) as usize * 365)
}

/// The years, as many as there is room for: a tick on each row, and the figures below them.
fn axis(drawing: &mut Drawing, first: i64, last: i64, rows: usize) {
    const MOST: i64 = 6;
    let every = (last - first + MOST - 1) / MOST;
    for year in (first..last).step_by(every.max(1) as usize) {
        let x = FIRST + (year - first) as usize * (LAST - FIRST) / (last - first) as usize;
        for y in (0..rows).map(|it| it * ROW + LINE) {
            drawing.line((x, y - 5), (x, y + 5), "axis");
        }
        drawing.words(x, rows * ROW + 14, "quiet", &year.to_string());
    }
}

fn draw(drawing: &mut Drawing, x: usize, y: usize, mark: Mark) {
    match mark {
        Mark::Adopted => drawing.circle(x, y, 7, "full"),
        Mark::Published => {
            drawing.circle(x, y, 6, "open");
            drawing.circle(x, y, 3, "full");
        }
        Mark::Proposed => drawing.circle(x, y, 6, "open"),
        Mark::Past => {
            drawing.circle(x, y, 6, "faint");
            drawing.line((x - 6, y + 6), (x + 6, y - 6), "struck");
        }
        // Below the line, since a text appended to a report bears its date.
        Mark::Report => drawing.rect(x - 4, y + 8, 8, 8, "faint-full"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_stand_in_their_order_between_the_years() {
        let at = |date| across(PartialDate::parse(date).unwrap(), 2013, 2024);
        let places = ["2013", "2013-05-23", "2019-06", "2023-02-01", "2023-12-31"].map(at);
        assert_eq!(places, [8, 17, 161, 250, 272]);
    }
}
