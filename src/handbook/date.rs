//! Dates as a source gives them: to the day, the month or the year.

use std::fmt;

use jiff::civil::Date;

/// A date known to the day, to the month or to the year. Sorts by its beginning, the less
/// precise first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// Reads `2013`, `2013-05` or `2013-05-23`; `None` for anything else, a day that no
    /// calendar holds included.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|it| number(it, 2)).map_or(Some(None), |it| it.map(Some))?;
        let day = parts.next().map(|it| number(it, 2)).map_or(Some(None), |it| it.map(Some))?;
        if parts.next().is_some() {
            return None;
        }
        let month = month.map(|it| it as i8);
        let day = day.map(|it| it as i8);
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(PartialDate { year, month, day })
    }

    /// The day, where it is known to the day.
    pub fn day(self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }

    /// The first day that it may mean.
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("parse admits only days of the calendar")
    }

    /// Whether it is certainly before another: 2013 is not before May 2013.
    pub fn is_before(self, other: Self) -> bool {
        let (mut own, other) = (self.to_string(), other.to_string());
        own.truncate(other.len());
        own.as_str() < &other[..own.len()]
    }

    /// As part of a sentence: `on 23 May 2013`, `in May 2013`, `in 2013`.
    pub fn when(self) -> String {
        let preposition = if self.day().is_some() { "on" } else { "in" };
        format!("{preposition} {}", self.in_words())
    }

    /// `23 May 2013`, `June 2019`, `1995`.
    pub fn in_words(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = self.month.map(|it| MONTHS[it as usize - 1]);
        match (self.day, month) {
            (Some(day), Some(month)) => format!("{day} {month} {}", self.year),
            (None, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }
}

fn number(text: &str, digits: usize) -> Option<i16> {
    (text.len() == digits && text.bytes().all(|it| it.is_ascii_digit())).then(|| text.parse().ok())?
}

/// As it is written in the content: `2013-05`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_the_precision_of_its_source() {
        for (text, words) in [("2013-05-23", "23 May 2013"), ("2019-06", "June 2019"), ("1995", "1995")] {
            let date = PartialDate::parse(text).unwrap();
            assert_eq!((date.to_string().as_str(), date.in_words().as_str()), (text, words));
        }
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for text in ["", "13", "2013-5", "2013-13", "2013-02-30", "2013-05-23-1", "23/05/2013", "+013"] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_before_another_only_where_both_are_known_so_far() {
        let before = |a, b| PartialDate::parse(a).unwrap().is_before(PartialDate::parse(b).unwrap());
        assert!(before("2013-05-22", "2013-05-23"));
        assert!(before("2012", "2013-05-23"));
        assert!(before("2013-04", "2013-05-23"));
        assert!(!before("2013", "2013-05-23"));
        assert!(!before("2013-05-23", "2013-05"));
        assert!(!before("2013-05-23", "2013-05-23"));
    }

    #[test]
    fn dates_sort_by_their_beginning() {
        let parse = |it| PartialDate::parse(it).unwrap();
        assert!(parse("2013") < parse("2013-01") && parse("2013-12-31") < parse("2014"));
    }
}
