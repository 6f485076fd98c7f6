//! What a text prints when it refers to a numbered place: `paragraph 10.3`, `sections 1(1) and 2`.
//!
//! [`mentions`] finds such words; whether they name a place of the same document, of another
//! one or of an Act is seen from the words around them ([`Mention::names_this_document`],
//! [`super::acts`]).

use std::ops::Range;

/// A word for a division with the numbers after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub division: Division,
    /// In order, at least one.
    pub places: Vec<Place>,
}

/// One number of a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number with the word before it, for the first; the number alone for those after it.
    pub range: Range<usize>,
    /// `10.3`, `100A`, `II`.
    pub number: String,
    /// What follows in brackets: `a`, `ii`.
    pub items: Vec<String>,
}

/// What kind of division a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    Section,
    /// Clause, paragraph.
    Clause,
    Footnote,
    /// Appendix, annex, schedule: bears a letter, a number or a roman number.
    Attached,
    /// Part, chapter: of a larger work, most often.
    Large,
    /// Regulation, article, `s`: only ever of an Act or instrument.
    OfAnAct,
}

/// The words, in lower case; whether they are the plural, and whether they count only with a
/// capital.
const WORDS: &[(&str, Division, bool, bool)] = &[
    ("section", Division::Section, false, false),
    ("sections", Division::Section, true, false),
    ("clause", Division::Clause, false, false),
    ("clauses", Division::Clause, true, false),
    ("paragraph", Division::Clause, false, false),
    ("paragraphs", Division::Clause, true, false),
    ("para", Division::Clause, false, false),
    ("paras", Division::Clause, true, false),
    ("footnote", Division::Footnote, false, false),
    ("footnotes", Division::Footnote, true, false),
    ("appendix", Division::Attached, false, false),
    ("appendices", Division::Attached, true, false),
    ("annex", Division::Attached, false, false),
    ("annexe", Division::Attached, false, false),
    ("annexes", Division::Attached, true, false),
    ("schedule", Division::Attached, false, true),
    ("schedules", Division::Attached, true, true),
    ("part", Division::Large, false, true),
    ("parts", Division::Large, true, true),
    ("chapter", Division::Large, false, true),
    ("chapters", Division::Large, true, true),
    ("regulation", Division::OfAnAct, false, false),
    ("regulations", Division::OfAnAct, true, false),
    ("article", Division::OfAnAct, false, true),
    ("articles", Division::OfAnAct, true, true),
    ("s", Division::OfAnAct, false, false),
    ("ss", Division::OfAnAct, true, false),
];

/// All mentions in `text`, in order.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((start, end)) = next_word(text, at) {
        at = end;
        let Some((division, plural)) = division(&text[start..end]) else { continue };
        // `para. 4`, `s.2`
        let point = usize::from(text[end..].starts_with('.') && end - start <= 5);
        let gap = spaces(&text[end + point..]);
        if gap == 0 && point == 0 {
            continue;
        }
        let Some(first) = place(text, start, end + point + gap, division) else { continue };
        at = first.range.end;
        let mut places = vec![first];
        while plural && let Some(number) = after_joint(text, at) {
            let Some(next) = place(text, number, number, division) else { break };
            at = next.range.end;
            places.push(next);
        }
        found.push(Mention { division, places });
    }
    found
}

/// The first run of letters at or after `from` that no letter or digit touches.
fn next_word(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let start = at + text[at..].find(|it: char| it.is_alphanumeric())?;
        let end = text[start..].find(|it: char| !it.is_alphanumeric()).map_or(text.len(), |it| start + it);
        if text[start..end].chars().all(char::is_alphabetic) {
            return Some((start, end));
        }
        at = end;
    }
}

fn division(word: &str) -> Option<(Division, bool)> {
    let lower = word.to_ascii_lowercase();
    let (_, division, plural, capital) = WORDS.iter().find(|it| it.0 == lower)?;
    let is_capital = word.starts_with(|it: char| it.is_uppercase());
    // `S 2` and `Ss` begin a sentence about something else; the abbreviation is always small.
    let fits = if lower.len() <= 2 { !is_capital } else { is_capital || !capital };
    fits.then_some((*division, *plural))
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{a0}']).len()
}

/// Where a further number of the same list begins: after `, `, ` and `, ` or `, ` to `, a dash.
fn after_joint(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    [", and ", ", or ", " and ", " or ", " to ", " & ", ", ", "–", "-"]
        .iter()
        .find(|it| rest.starts_with(**it))
        .map(|it| at + it.len())
}

/// The place whose number begins at `number`; its words begin at `start`.
fn place(text: &str, start: usize, number: usize, division: Division) -> Option<Place> {
    let rest = &text[number..];
    let mut end = digits(rest);
    if end > 0 {
        while rest[end..].starts_with('.') && digits(&rest[end + 1..]) > 0 {
            end += 1 + digits(&rest[end + 1..]);
        }
        if rest[end..].starts_with(|it: char| it.is_ascii_uppercase()) {
            end += 1; // 100A
        }
    } else if matches!(division, Division::Attached | Division::Large) {
        let roman = rest.bytes().take_while(|it| b"IVXLC".contains(it)).count();
        let letter = usize::from(rest.starts_with(|it: char| it.is_ascii_uppercase()));
        end = roman.max(letter);
    }
    if end == 0 {
        return None;
    }
    let printed = &rest[..end];
    let mut items = Vec::new();
    while let Some(inner) = rest[end..].strip_prefix('(') {
        let Some((item, _)) = inner.split_once(')') else { break };
        if item.is_empty() || item.len() > 5 || !item.bytes().all(|it| it.is_ascii_alphanumeric()) {
            break;
        }
        items.push(item.to_ascii_lowercase());
        end += item.len() + 2;
    }
    if rest[end..].starts_with(|it: char| it.is_alphanumeric() || it == '%') {
        return None;
    }
    Some(Place { range: start..number + end, number: printed.to_owned(), items })
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The words by which a text speaks of itself. A constitution or a code is a larger or
/// another document.
const SELF: &[&str] = &["protocol", "convention", "document", "guidance", "note", "report"];

/// What a section of an Act gives its name to: `the Section 151 Officer`, `a section 5 report`. Where
/// neither an article stands before it nor the noun has a capital, it may be the subject of what follows:
/// `Under section 9 officers must …`.
const OF_A_SECTION: &[&str] =
    &["officer", "officers", "report", "reports", "notice", "notices", "agreement", "agreements"];
const ARTICLES: &[&str] = &["a", "an", "the", "any", "each", "every", "no", "this", "that", "such"];

/// Words after which a number belongs to what they name: `the Code of Conduct, paragraph 3`.
const OTHERS: &[&str] =
    &["Constitution", "Code", "Conduct", "Act", "Regulations", "Order", "Orders", "Rules"];

/// What may stand between a work and the place in it: `the Localism Act 2011, in particular section 3`.
const IN_PARTICULAR: &[&str] = &["in particular", "particularly", "especially", "including", "notably"];

impl Mention {
    /// From the word for the first place to the end of the last.
    pub fn range(&self) -> Range<usize> {
        let (first, last) = (self.places.first(), self.places.last());
        first.map_or(0, |it| it.range.start)..last.map_or(0, |it| it.range.end)
    }

    /// Whether it is of the same work as the next mention, of which `between` divides it: `section 1 and
    /// section 2 of the …`.
    pub fn goes_with(&self, next: &Mention, between: &str) -> bool {
        let like = self.division == next.division
            || (self.division, next.division) == (Division::Section, Division::Attached);
        like && [" and ", " or ", ", ", ", and ", ", or ", " and/or ", " to "].contains(&between)
    }

    /// Whether the mention is of a place in the document that prints it. Where the text goes
    /// on with words such as ` of this Protocol`, their length.
    ///
    /// `before` is the text up to the mention, `after` the text from its end.
    pub fn names_this_document(&self, before: &str, after: &str) -> Option<usize> {
        if self.division == Division::OfAnAct {
            return None;
        }
        let before = before.trim_end_matches([' ', '\u{a0}', ',', '(']);
        let before = before.strip_suffix("(as amended)").unwrap_or(before).trim_end();
        let particular = IN_PARTICULAR.iter().find_map(|it| before.strip_suffix(it));
        let before = particular.unwrap_or(before).trim_end_matches([' ', '\u{a0}', ',', '(']);
        // `the Equality Act 2010 (section 1)`
        let year = before.rsplit([' ', '\u{a0}']).next().filter(|it| it.len() == 4 && digits(it) == 4);
        let name = year.map_or(before, |it| before[..before.len() - it.len()].trim_end());
        if OTHERS.iter().any(|it| name.ends_with(it)) {
            return None;
        }
        if let Some(rest) = after.strip_prefix(" of this ") {
            let length = rest.find(|it: char| !it.is_alphanumeric()).unwrap_or(rest.len());
            let own = SELF.contains(&rest[..length].to_lowercase().as_str());
            return own.then_some(" of this ".len() + length);
        }
        let next = after.trim_start().split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
        let last = before.rsplit([' ', '\u{a0}']).next().unwrap_or_default().to_lowercase();
        let as_a_name = ARTICLES.contains(&last.as_str()) || capital(next);
        let named = OF_A_SECTION.contains(&next.to_lowercase().as_str());
        if self.division == Division::Section && named && as_a_name {
            return None;
        }
        if after.starts_with(" of ")
            || after.starts_with(" of,")
            || after.starts_with(" in the ") && capital(&after[" in the ".len()..])
        {
            return None;
        }
        let attached = matches!(self.division, Division::Attached | Division::Large);
        if attached && [" to the ", " to this ", " to that ", " to,"].iter().any(|it| after.starts_with(it)) {
            return None;
        }
        Some(0)
    }
}

fn capital(text: &str) -> bool {
    text.starts_with(|it: char| it.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each place as it is printed, with its number and items: `clause 1.3(a)=1.3/a`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = mentions(text)
            .into_iter()
            .flat_map(|it| it.places)
            .map(|it| {
                let items: String = it.items.iter().map(|it| format!("/{it}")).collect();
                format!("{}={}{items}", &text[it.range], it.number)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_number_after_the_word_for_a_division_is_a_mention() {
        check("Paragraph 10.3 does not", &["Paragraph 10.3=10.3"]);
        check("set out below in section 2 (subject to", &["section 2=2"]);
        check("see clause 5.03.", &["clause 5.03=5.03"]);
        check("(see Appendix A)", &["Appendix A=A"]);
        check("under para. 4 and footnote 7", &["para. 4=4", "footnote 7=7"]);
        check("section\u{a0}13", &["section\u{a0}13=13"]);
        check("Schedule 12A, Part II", &["Schedule 12A=12A", "Part II=II"]);
        check("section 100A(4)", &["section 100A(4)=100A/4"]);
        check("SECTION 4", &["SECTION 4=4"]);
    }

    #[test]
    fn items_stand_in_brackets_after_the_number() {
        check("paragraph 1.3(b)", &["paragraph 1.3(b)=1.3/b"]);
        check("clause 2.1(a)(ii) or", &["clause 2.1(a)(ii)=2.1/a/ii"]);
        check("section 4 (see below)", &["section 4=4"]);
    }

    #[test]
    fn a_plural_may_have_several_numbers() {
        check("paragraphs 4.2 and 4.3", &["paragraphs 4.2=4.2", "4.3=4.3"]);
        check("sections 1(1), 2 and 7–9.", &["sections 1(1)=1/1", "2=2", "7=7", "9=9"]);
        check("Appendices A and B", &["Appendices A=A", "B=B"]);
        check("section 2 and 3 officers", &["section 2=2"]);
        check("paragraphs 4.2 and others", &["paragraphs 4.2=4.2"]);
    }

    #[test]
    fn what_only_looks_like_a_mention_is_left_alone() {
        for text in [
            "in the following paragraphs",
            "a section of the Council",
            "Section Four",
            "Appendix and annex",
            "part 2 of the form",
            "on 3 May",
            "subsections 4",
            "section 5%",
            "paragraph 5th",
            "Members' 4.2",
            "",
            "section",
            "section ",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn the_words_around_a_mention_tell_whose_place_it_is() {
        fn own(text: &str) -> Option<String> {
            let it = &mentions(text)[0];
            let (start, end) = (it.places[0].range.start, it.places.last().unwrap().range.end);
            it.names_this_document(&text[..start], &text[end..]).map(|it| text[start..end + it].to_owned())
        }
        assert_eq!(
            own("Refer to section 13 of this Protocol to"),
            Some("section 13 of this Protocol".into())
        );
        assert_eq!(own("section 2, below"), Some("section 2".into()));
        assert_eq!(own("Appendix A of this report."), Some("Appendix A of this report".into()));
        assert_eq!(own("section 2 in the same way"), Some("section 2".into()));
        assert_eq!(own("since 2010 (section 2)"), Some("section 2".into()));
        assert_eq!(own("the Code of Conduct (see section 2)"), Some("section 2".into()));
        for other in [
            "paragraph 2.8 of the Code of Conduct for Employees",
            "Part 7 of this Constitution",
            "Appendix 1 to the report",
            "Chapter 7 of the Council's Constitution",
            "the Code of Conduct, paragraph 3, says",
            "the Members' Code of Conduct (paragraph 1)",
            "the Equality Act 2010, section 1",
            "the Equality Act 2010 (section 1)",
            "the Equality Act\u{a0}2010 (section 1)",
            "the Equality Act 2010 (as amended), section 1",
            "section 4 in the Constitution",
            "regulation 3",
        ] {
            assert_eq!(own(other), None, "{other}");
        }
    }
}
