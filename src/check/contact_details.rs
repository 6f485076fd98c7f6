//! **Contact details** (`contact-details`, error). E-mail addresses, telephone numbers and
//! the name after "Contact officer:" are personal data and go out of date; none may stand in
//! anything that is published, source texts and notes included. Put
//! `[contact details removed]` in their place, in the source text and in the clause. By-lines
//! and signatures of official reports stay. The one address for corrections is declared as
//! `corrections` in handbook.yaml.

use super::Date;
use super::documents::of;
use super::holding::Holdings;
use super::strings::{self, Words};
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Authority, Gone, Handbook, Part, SourceText};

/// Adds what the guidance above names to the report.
pub fn check(_handbook: &Handbook, authority: &Authority, _today: Date, report: &mut Report) {
    look(&strings::of_authority(authority), report);
    let file = format!("{}/ids.yaml", authority.folder());
    let gone = authority.ledger.values().filter_map(|it| it.gone.as_ref());
    let reason =
        |it: &'_ Gone| Words { file: &file, key: "reason", after: None, text: it.reason.clone().into() };
    look(&gone.map(reason).collect::<Vec<_>>(), report);
    // A line "Contact Officer:" alone speaks of what comes next.
    for section in of(authority).flat_map(|it| it.sections) {
        let mut after_contact = false;
        for part in &section.parts {
            match part {
                Part::SubHeading(heading) => after_contact = contact_line(heading) == Some(""),
                Part::Clause(clause) => {
                    if after_contact && is_name(&clause.plain()) {
                        report.add(flaw(Place::words(&clause.file, "id:"), "a contact officer"));
                    }
                    after_contact = false;
                }
            }
        }
    }
}

/// The same of the registers, the editors' pages and the source texts.
pub fn registers(handbook: &Handbook, _holdings: &Holdings, _today: Date, report: &mut Report) {
    look(&strings::of_registers(handbook), report);
    for source in handbook.sources.values() {
        let mut lines = source.lines.iter().filter(|it| !it.trim().is_empty()).peekable();
        while let Some(line) = lines.next() {
            if contact_line(line) == Some("") && lines.peek().is_some_and(|it| is_name(it)) {
                report.add(flaw(Place::words(&source.text_file, line.as_str()), "a contact officer"));
            }
        }
    }
}

fn look(words: &[Words], report: &mut Report) {
    for words in words {
        let mut lines = words.text.lines().filter(|it| !it.trim().is_empty()).peekable();
        while let Some(line) = lines.next() {
            for (found, what) in [(email(line), "an e-mail address"), (telephone(line), "a telephone number")]
            {
                if let Some(found) = found {
                    report.add(flaw(Place::words(words.file, found), what));
                }
            }
            // A line "Contact officer:" alone speaks of a name that comes next.
            let next = lines.peek().copied().filter(|it| is_of_a_person(it));
            let named = contact_line(line).and_then(|it| if it.is_empty() { next } else { Some(it) });
            if let Some(name) = named.filter(|it| is_name(it)) {
                report.add(flaw(Place::words(words.file, name), "a contact officer"));
            }
        }
    }
}

fn flaw(place: Place, what: &str) -> Diagnostic {
    Diagnostic::error(place, "contact-details", format!("{what} stands in the content"))
        .hint(format!("put `{}` in its place, in the source text too", SourceText::MARKER))
}

/// The first e-mail address in a line.
fn email(line: &str) -> Option<&str> {
    line.match_indices('@').find_map(|(at, _)| {
        let local = |it: char| it.is_ascii_alphanumeric() || "._%+-'".contains(it);
        let start = line[..at]
            .rfind(|it| !local(it))
            .map_or(0, |it| it + line[it..].chars().next().map_or(1, char::len_utf8));
        let host = |it: char| it.is_ascii_alphanumeric() || it == '.' || it == '-';
        let length = line[at + 1..].find(|it| !host(it)).unwrap_or(line.len() - at - 1);
        let domain = line[at + 1..at + 1 + length].trim_end_matches(['.', '-']);
        let (name, end) = domain.rsplit_once('.')?;
        let sound = start < at
            && !name.is_empty()
            && end.len() >= 2
            && end.bytes().all(|it| it.is_ascii_alphabetic());
        sound.then(|| &line[start..at + 1 + domain.len()])
    })
}

/// More characters than a telephone number takes, however it is spaced.
const MOST_TELEPHONE: usize = 32;

/// The first UK telephone number in a line: `020 7946 0000`, `(01632) 960000`,
/// `+44 (0)20 7946 0000`.
///
/// Form: Ofcom, National Telephone Numbering Plan: ten or eleven digits with the `0` before
/// them, in groups of which the first has at least three.
fn telephone(line: &str) -> Option<&str> {
    let bytes = line.as_bytes();
    for start in 0..bytes.len() {
        let rest = &line.get(start..).unwrap_or_default();
        let opens = ["+44", "0", "(0"].iter().any(|it| rest.starts_with(it));
        let touched =
            start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || b"./-+(_".contains(&bytes[start - 1]));
        if !opens || touched {
            continue;
        }
        let longest = rest.char_indices().nth(MOST_TELEPHONE).map_or(rest.len(), |(at, _)| at);
        let between = |it: char| it.is_whitespace() || "-‐‑‒–—−.()+".contains(it);
        let end = rest[..longest].find(|it: char| !(it.is_ascii_digit() || between(it))).unwrap_or(longest);
        let number = rest[..end].trim_end_matches(between);
        // Points divide the groups of a telephone number, or the parts of something else.
        let pointed = number.contains('.') && number.split('.').any(|it| it.chars().count() < 3);
        if pointed {
            continue;
        }
        // A letter or a slash right after it makes it something else: a code, a date, a path.
        if rest[number.len()..].starts_with(|it: char| it.is_alphanumeric() || it == '/') {
            continue;
        }
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let first = number
            .trim_start_matches('(')
            .bytes()
            .take_while(|it| it.is_ascii_digit() || *it == b'+')
            .count();
        let foreign = number.starts_with('+');
        if foreign && (11..=13).contains(&digits) || !foreign && (10..=11).contains(&digits) && first >= 3 {
            return Some(number);
        }
    }
    None
}

/// What follows "Contact officer:" and the like in a line; `None` for other lines.
fn contact_line(line: &str) -> Option<&str> {
    let bare = line.trim_matches(|it: char| it.is_whitespace() || it == '*' || it == '-');
    let (label, rest) = bare.split_once(':')?;
    let label = label.trim().trim_matches('*').to_lowercase();
    let known = [
        "contact officer",
        "contact officers",
        "contact officer(s)",
        "contact",
        "contacts",
        "contact name",
        "contact details",
        "report contact",
        "officer contact",
    ];
    known.contains(&label.as_str()).then(|| rest.trim_matches(|it: char| it.is_whitespace() || it == '*'))
}

/// Whether there is anything but the marker.
fn is_name(text: &str) -> bool {
    text.replace(SourceText::MARKER, "").contains(char::is_alphanumeric)
}

/// Whether a line looks like the name of a person, with or without an office after it: `Jo Bloggs`,
/// `A. Person, Committee Clerk`.
fn is_of_a_person(line: &str) -> bool {
    let name = line.trim().split([',', '(', '–']).next().unwrap_or_default();
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_part = |it: &&str| it.starts_with(char::is_uppercase) && !it.ends_with(':');
    (2..=4).contains(&words.len()) && words.iter().all(is_part) && !line.trim_end().ends_with(['.', ':', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_and_addresses_are_seen_in_the_forms_that_councils_print() {
        for number in [
            "020 7946 0000",
            "(01632) 960000",
            "01632 960 000",
            "+44 (0)20 7946 0000",
            "+44 20 7946 0000",
            "02079460000",
            "07700-900000",
            // As word processors write it.
            "020\u{a0}7946\u{a0}0000",
            "020–7946–0000",
            "020\u{2011}7946\u{2011}0000",
            "020.7946.0000",
        ] {
            for (before, after) in [("call ", "."), ("Tel:", ""), ("tel:", ")"), ("(t: ", ", or write)")] {
                assert_eq!(telephone(&format!("{before}{number}{after}")), Some(number), "{number}");
            }
        }
        assert_eq!(email("to a.b-c@example.gov.uk."), Some("a.b-c@example.gov.uk"));
        assert_eq!(email("é@x a@b.org"), Some("a@b.org"));
    }

    #[test]
    fn other_figures_are_left_alone() {
        for text in [
            "E09000020",
            "SI 2012/2089",
            "2013-05-23",
            "10 January 2023",
            "1.03 1.04 1.05 1.06",
            "020.12.34.567",
            "0 1 2 3 4 5 6 7 8 9",
            "ISBN 0123456789X",
            "/0123456789/",
            "0123",
            "1995, 2013 and 2021",
        ] {
            assert_eq!(telephone(text), None, "{text}");
        }
        for text in ["@", "a@b", "@example.org", "see @ 4.30", "a@.uk"] {
            assert_eq!(email(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_line_can_be_looked_at(line in "[0-9 ()+@.é-]{0,40}|\\PC{0,40}") {
            for found in [email(&line), telephone(&line), contact_line(&line)].into_iter().flatten() {
                proptest::prop_assert!(line.contains(found));
            }
        }
    }

    #[test]
    fn a_contact_line_is_told_from_a_by_line() {
        assert_eq!(contact_line("**Contact Officer:** A Person"), Some("A Person"));
        assert_eq!(contact_line("Contact officer(s):"), Some(""));
        assert_eq!(contact_line("Report of: Executive Director"), None);
        assert_eq!(contact_line("Members should contact the director: it"), None);
        assert!(!is_name("[contact details removed]"));
        for line in ["Jo Bloggs", "A. Person, Committee Clerk", "Dr Jo O'Bloggs (Head of Law)"] {
            assert!(is_of_a_person(line), "{line}");
        }
        for line in
            ["members write to the directory;", "Background papers: none.", "Officers are asked.", "Kent"]
        {
            assert!(!is_of_a_person(line), "{line}");
        }
    }
}
