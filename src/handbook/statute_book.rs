//! Where an Act or instrument stands on legislation.gov.uk.
//!
//! Form: legislation.gov.uk, developer documentation, "URIs": links go to identifier URIs,
//! `http://www.legislation.gov.uk/id/{type}/{year}/{number}[/{section}]`. The last part names
//! each level of the provision in turn: `section/6/9` is section 6(9), `schedule/2/paragraph/1`
//! paragraph 1 of Schedule 2. A document URI has no `id/`, and with a date at its end it is
//! the text as at that day.

use super::{Legislation, PartialDate};

impl Legislation {
    /// The identifier URI of the Act, or of a provision of it as a text prints it (`Section 2`,
    /// `Section 1(1)`, `Part II`). A provision whose form is not known here leads to the Act
    /// itself. `None` for what is not legislation.
    pub fn identifier_uri(&self, provision: Option<&str>) -> Option<String> {
        Some(format!("http://www.legislation.gov.uk/id/{}", self.path(provision)?))
    }

    /// The address of the text as at a day. `None` where the date is not known to the day,
    /// where legislation.gov.uk holds the text only as made, and for what is not legislation.
    pub fn text_as_at(&self, provision: Option<&str>, date: PartialDate) -> Option<String> {
        let day = date.day()?;
        let path = self.dated.then(|| self.path(provision))??;
        Some(format!("https://www.legislation.gov.uk/{path}/{day}"))
    }

    fn path(&self, provision: Option<&str>) -> Option<String> {
        let identifier = self.identifier.as_deref()?;
        // An Act of before 1963 is known by the years of a reign: `ukpga/Eliz2/8-9/67`.
        let of_a_reign =
            identifier.split('/').nth(1).is_some_and(|it| !it.bytes().all(|it| it.is_ascii_digit()));
        let whole = identifier.split('/').count() <= 3 + usize::from(of_a_reign);
        let below = provision.filter(|_| whole).and_then(provision_path).unwrap_or_default();
        Some(format!("{identifier}{below}"))
    }
}

/// `Section 1(1)` → `/section/1/1`; `paragraph 44 of Schedule 19` → `/schedule/19/paragraph/44`.
/// `None` for any other form, several provisions at once included.
fn provision_path(provision: &str) -> Option<String> {
    if let Some((inner, outer)) = provision.split_once(" of ") {
        let (inner, outer) = (level_path(inner)?, level_path(outer.trim_start_matches("the "))?);
        // These are counted anew in what holds them; a section is named without its Part.
        let within = inner.starts_with("/chapter/") && outer.starts_with("/part/")
            || inner.starts_with("/paragraph/") && outer.starts_with("/schedule/")
            || inner.starts_with("/part/") && outer.starts_with("/schedule/");
        return within.then(|| format!("{outer}{inner}"));
    }
    level_path(provision).filter(|it| !it.starts_with("/chapter/") && !it.starts_with("/paragraph/"))
}

/// A word for a division and a number: `section 1(1)` → `/section/1/1`.
fn level_path(provision: &str) -> Option<String> {
    let (word, number) = provision.split_once([' ', '\u{a0}'])?;
    let division = match word.to_ascii_lowercase().trim_end_matches('.') {
        "section" | "s" => "section",
        "regulation" | "reg" => "regulation",
        "article" | "art" => "article",
        "part" => "part",
        "chapter" => "chapter",
        "schedule" | "sch" => "schedule",
        "paragraph" | "para" => "paragraph",
        _ => return None,
    };
    let mut path = format!("/{division}");
    for level in number.split('(') {
        let level = level.strip_suffix(')').unwrap_or(level);
        if level.is_empty() || !level.bytes().all(|it| it.is_ascii_alphanumeric()) {
            return None;
        }
        path.push('/');
        path.push_str(level);
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::LegislationSlug;

    fn act(identifier: Option<&str>, dated: bool) -> Legislation {
        Legislation {
            slug: LegislationSlug::parse("act").unwrap(),
            title: "Act".to_owned(),
            identifier: identifier.map(str::to_owned),
            dated,
            aliases: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_provision_is_named_level_by_level() {
        let act = act(Some("ukpga/1989/42"), true);
        for (provision, below) in [
            (None, ""),
            (Some("Section 2"), "/section/2"),
            (Some("section 100A"), "/section/100A"),
            (Some("Section 1(1)"), "/section/1/1"),
            (Some("s 9(2)(a)"), "/section/9/2/a"),
            (Some("Part II"), "/part/II"),
            (Some("Schedule 12A"), "/schedule/12A"),
            (Some("regulation 3(1)"), "/regulation/3/1"),
            (Some("paragraph 44 of Schedule 19"), "/schedule/19/paragraph/44"),
        ] {
            let expected = format!("http://www.legislation.gov.uk/id/ukpga/1989/42{below}");
            assert_eq!(act.identifier_uri(provision), Some(expected));
        }
    }

    #[test]
    fn a_provision_of_another_form_leads_to_the_act_itself() {
        let act = act(Some("ukpga/1989/42"), true);
        for provision in [
            "sections 1(1) and 2",
            "the preamble",
            "Section",
            "section 1–3",
            "section 2 of Part I",
            "paragraph 3",
            "",
        ] {
            let expected = "http://www.legislation.gov.uk/id/ukpga/1989/42".to_owned();
            assert_eq!(act.identifier_uri(Some(provision)), Some(expected), "{provision}");
        }
    }

    #[test]
    fn a_text_as_at_a_day_needs_an_act_that_is_held_as_amended() {
        let day = PartialDate::parse("2013-05-23").unwrap();
        assert_eq!(
            act(Some("ukpga/1989/42"), true).text_as_at(Some("Section 2"), day).as_deref(),
            Some("https://www.legislation.gov.uk/ukpga/1989/42/section/2/2013-05-23")
        );
        assert_eq!(act(Some("uksi/1993/202"), false).text_as_at(None, day), None);
        assert_eq!(act(None, true).text_as_at(None, day), None);
        let month = PartialDate::parse("2013-05").unwrap();
        assert_eq!(act(Some("ukpga/1989/42"), true).text_as_at(None, month), None);
        assert_eq!(act(None, true).identifier_uri(None), None);
    }

    #[test]
    fn a_provision_of_an_act_that_is_known_by_a_reign_is_found() {
        let act = act(Some("ukpga/Eliz2/8-9/67"), true);
        assert_eq!(
            act.identifier_uri(Some("section 1")).as_deref(),
            Some("http://www.legislation.gov.uk/id/ukpga/Eliz2/8-9/67/section/1")
        );
    }

    #[test]
    fn an_entry_that_is_itself_a_provision_stays_so() {
        let act = act(Some("ukpga/1986/10/section/4"), true);
        assert_eq!(
            act.identifier_uri(Some("Section 2")).as_deref(),
            Some("http://www.legislation.gov.uk/id/ukpga/1986/10/section/4")
        );
    }
}
