//! Acts and instruments that a text cites, by their titles and by the editors' aliases.

use std::ops::Range;

use super::printed::{Mention, mentions};
use crate::handbook::{AuthoritySlug, Legislation, LegislationSlug};

/// The titles and aliases that count in one authority's texts, the longest first.
pub struct Acts<'l> {
    names: Vec<(&'l str, &'l LegislationSlug)>,
    register: &'l [Legislation],
}

/// Words of a text that cite an Act.
#[derive(Debug)]
pub struct Citation {
    /// The provision and the title: `Section 2 of the Local Government and Housing Act 1989`.
    pub range: Range<usize>,
    pub slug: LegislationSlug,
    /// As printed: `Section 2`.
    pub provision: Option<String>,
}

impl<'l> Acts<'l> {
    /// The names that count in the texts of `authority`.
    pub fn new(authority: &AuthoritySlug, register: &'l [Legislation]) -> Self {
        let mut names = Vec::new();
        for act in register {
            names.push((act.title.as_str(), &act.slug));
            for alias in &act.aliases {
                if alias.authorities.is_empty() || alias.authorities.contains(authority) {
                    names.push((alias.words.as_str(), &act.slug));
                }
            }
        }
        names.retain(|(words, _)| !words.trim().is_empty());
        names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Acts { names, register }
    }

    /// The entry with a slug.
    pub fn named(&self, slug: &str) -> Option<&'l LegislationSlug> {
        self.register.iter().map(|it| &it.slug).find(|it| it.as_str() == slug)
    }

    /// The slugs of the register, in its order.
    pub fn slugs(&self) -> impl Iterator<Item = &'l str> {
        self.register.iter().map(|it| it.slug.as_str())
    }

    /// The citations in `text`, with the numbered places that it mentions; none overlaps another.
    pub fn citations(&self, text: &str, mentions: &[Mention]) -> Vec<Citation> {
        let provisions: Vec<Range<usize>> = mentions.iter().map(Mention::range).collect();
        let mut found: Vec<Citation> = Vec::new();
        for (words, slug) in &self.names {
            for (start, _) in text.match_indices(words) {
                let title = start..start + words.len();
                if !stands_alone(text, &title) || found.iter().any(|it| overlap(&it.range, &title)) {
                    continue;
                }
                // "Data Protection Act" is no name of the Data Protection Act 1984.
                let dated = words.ends_with(|it: char| it.is_ascii_digit());
                if !dated && year(text[title.end..].trim_start()).is_some() {
                    continue;
                }
                let (mut range, mut provision) = with_provision(text, title.clone(), &provisions);
                // What stands between two titles is the other's already.
                if found.iter().any(|it| overlap(&it.range, &range)) {
                    (range, provision) = (title, None);
                }
                found.push(Citation { range, slug: (*slug).clone(), provision });
            }
        }
        found
    }
}

/// The provision that the words around a title name, with the range that takes it in.
fn with_provision(
    text: &str,
    title: Range<usize>,
    provisions: &[Range<usize>],
) -> (Range<usize>, Option<String>) {
    // `paragraph 44 of Schedule 19 to the …`: each goes before what stands already.
    let mut start = title.start;
    let mut words: Option<Range<usize>> = None;
    while let Some(it) = provisions.iter().find(|it| {
        it.end <= start && [" of the ", " of ", " to the ", " to "].contains(&&text[it.end..start])
    }) {
        start = it.start;
        words = Some(it.start..words.map_or(it.end, |it| it.end));
    }
    if let Some(words) = words {
        return (start..title.end, Some(text[words].to_owned()));
    }
    // `…, section 32 of the Housing Act 1985` is of what comes after.
    let is_of_another = |it: &Range<usize>| {
        let rest = &text[it.end..];
        let named = rest.strip_prefix(" to the ").is_some_and(|it| it.starts_with(char::is_uppercase));
        rest.starts_with(" of ") || named
    };
    let is_next = |it: &&Range<usize>| it.start >= title.end && &text[title.end..it.start] == ", ";
    match provisions.iter().find(is_next).filter(|it| !is_of_another(it)) {
        Some(it) => (title.start..it.end, Some(text[it.clone()].to_owned())),
        None => (title, None),
    }
}

/// The provision that stands at the beginning of an editor's words for a citation.
pub fn provision_before(words: &str) -> Option<String> {
    let first = mentions(words).first()?.range();
    (first.start == 0).then(|| words[first].to_owned())
}

/// Whether no letter or digit touches the words.
pub fn stands_alone(text: &str, words: &Range<usize>) -> bool {
    !text[..words.start].ends_with(char::is_alphanumeric)
        && !text[words.end..].starts_with(char::is_alphanumeric)
}

pub fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The length of a year at the beginning of `text`.
fn year(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 4 && (text.starts_with("19") || text.starts_with("20"))).then_some(4)
}

/// Words inside a title that have no capital.
const JOINTS: &[&str] = &["of", "and", "the", "in", "for", "to", "on", "by", "with", "&"];
/// Words before a title that are not of it, capital or not.
const BEFORE: &[&str] =
    &["The", "This", "That", "Any", "An", "A", "Under", "See", "In", "Section", "By", "Every", "Each"];

/// Words that look like the title of an Act or instrument: `Equality Act`,
/// `Local Authorities (Model Code) Order 2007`. Regulations, orders and rules count only with
/// a year, since councils have their own.
pub fn lookalikes(text: &str) -> Vec<Range<usize>> {
    let words = words(text);
    let mut found = Vec::new();
    // No title reaches back over the one before it.
    let mut floor = 0;
    for (index, range) in words.iter().enumerate() {
        let word = &text[range.clone()];
        let core = word.trim_end_matches([',', '.', ';', ':', ')', '’', '\'', '"', '”']);
        let act = core == "Act";
        if !act && !["Regulations", "Order", "Rules", "Measure"].contains(&core) {
            continue;
        }
        let next = words.get(index + 1).filter(|_| core == word);
        let dated = next.and_then(|it| year(&text[it.clone()]).map(|length| it.start + length));
        if !act && dated.is_none() {
            continue;
        }
        let mut first = index;
        while first > floor && in_title(&text[words[first - 1].clone()]) {
            first -= 1;
        }
        while first < index {
            let word = &text[words[first].clone()];
            if !BEFORE.contains(&word) && !JOINTS.contains(&word) {
                break;
            }
            first += 1;
        }
        floor = index + 1;
        if first < index {
            found.push(words[first].start..dated.unwrap_or(range.start + core.len()));
        }
    }
    found
}

fn in_title(word: &str) -> bool {
    let capital = word.trim_start_matches('(').starts_with(|it: char| it.is_uppercase());
    let ends_a_clause = word.ends_with([',', '.', ';', ':', '"', '”']);
    !ends_a_clause && (capital || JOINTS.contains(&word))
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split(char::is_whitespace) {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::Alias;

    fn act(slug: &str, title: &str, aliases: &[(&str, &[&str])]) -> Legislation {
        let authority = |it: &&str| AuthoritySlug::parse(it).unwrap();
        Legislation {
            slug: LegislationSlug::parse(slug).unwrap(),
            title: title.to_owned(),
            identifier: None,
            dated: true,
            aliases: aliases
                .iter()
                .map(|(words, of)| Alias {
                    words: (*words).to_owned(),
                    authorities: of.iter().map(authority).collect(),
                })
                .collect(),
            notes: Vec::new(),
        }
    }

    /// Citations in Kent's texts: `slug: words [provision]`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let register = [
            act("lga", "Local Government Act 1972", &[("Access to Information legislation", &["kent"])]),
            act("housing", "Local Government and Housing Act 1989", &[]),
            act("dpa", "Data Protection Act 1998", &[("Data Protection Act", &["kent"])]),
            act("dpa18", "Data Protection Act 2018", &[("Data Protection", &["dover"])]),
            act("so", "Local Authorities (Standing Orders) Regulations 1993", &[]),
        ];
        let acts = Acts::new(&AuthoritySlug::parse("kent").unwrap(), &register);
        let mut found = acts.citations(text, &mentions(text));
        found.sort_by_key(|it| it.range.start);
        let found: Vec<String> = found
            .into_iter()
            .map(|it| {
                let provision = it.provision.map(|it| format!(" [{it}]")).unwrap_or_default();
                format!("{}: {}{provision}", it.slug, &text[it.range])
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn an_act_is_found_by_its_title_with_the_provision_before_or_after_it() {
        check("the Local Government Act 1972).", &["lga: Local Government Act 1972"]);
        check(
            "Section 2 of the Local Government and Housing Act 1989.",
            &["housing: Section 2 of the Local Government and Housing Act 1989 [Section 2]"],
        );
        check(
            "The Local Authorities (Standing Orders) Regulations 1993, Part II Investigation",
            &["so: Local Authorities (Standing Orders) Regulations 1993, Part II [Part II]"],
        );
        check(
            "by paragraph 44 of Schedule 19 to the Data Protection Act 2018",
            &[
                "dpa18: paragraph 44 of Schedule 19 to the Data Protection Act 2018 [paragraph 44 of Schedule 19]",
            ],
        );
        check(
            "sections 1(1) and 2 of the Local Government and Housing Act 1989",
            &[
                "housing: sections 1(1) and 2 of the Local Government and Housing Act 1989 [sections 1(1) and 2]",
            ],
        );
    }

    #[test]
    fn a_provision_between_two_titles_is_of_the_one_that_it_is_said_to_be_of() {
        check(
            "the Local Government Act 1972, section 32 of the Data Protection Act 2018",
            &[
                "lga: Local Government Act 1972",
                "dpa18: section 32 of the Data Protection Act 2018 [section 32]",
            ],
        );
        check(
            "the Local Government Act 1972, section 28 to the extent that it applies",
            &["lga: Local Government Act 1972, section 28 [section 28]"],
        );
        check(
            "the Local Government Act 1972, section 1 of this Protocol",
            &["lga: Local Government Act 1972"],
        );
        check(
            "section 2 of the Data Protection Act 2018, section 3 of the Local Government Act 1972, section 4",
            &[
                "dpa18: section 2 of the Data Protection Act 2018 [section 2]",
                "lga: section 3 of the Local Government Act 1972 [section 3]",
            ],
        );
    }

    #[test]
    fn an_alias_counts_where_the_editors_say_so_and_as_it_is_printed() {
        check("under the Data Protection Act not", &["dpa: Data Protection Act"]);
        check("the Data Protection Act 2018", &["dpa18: Data Protection Act 2018"]);
        check("the Access to Information legislation", &["lga: Access to Information legislation"]);
        check("the access to information legislation", &[]);
        check("Data Protection officer", &[]);
        check("the Data Protection Act 1984", &[]);
        check("the Data Protection Actuary", &[]);
    }

    #[test]
    fn words_that_look_like_an_act_are_seen() {
        fn check(text: &str, expected: &[&str]) {
            let found: Vec<&str> = lookalikes(text).into_iter().map(|it| &text[it]).collect();
            assert_eq!(found, expected, "{text}");
        }
        check("under the Equality Act 2010, and", &["Equality Act 2010"]);
        check("Under the Human Rights Act.", &["Human Rights Act"]);
        check("the Representation of the People Act 1983", &["Representation of the People Act 1983"]);
        check(
            "The Local Authorities (Model Code) Order 2007",
            &["Local Authorities (Model Code) Order 2007"],
        );
        check("Section 5 of the Equality Act", &["Equality Act"]);
        check("the Care Act 2014 and the Equality Act", &["Care Act 2014", "Equality Act"]);
        for text in [
            "Act as a court of appeal",
            "Members must Act",
            "the Act",
            "the 1972 Act",
            "This Act",
            "Standing Orders or Financial Regulations",
            "the Council's Procedure Rules",
            "In order 2 of",
        ] {
            check(text, &[]);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_looked_through(text in "(Act|Order|1998|the|s|1\\(a\\)|\\PC| ){0,20}") {
            for range in lookalikes(&text) {
                proptest::prop_assert!(text.get(range).is_some());
            }
            for mention in mentions(&text) {
                for place in mention.places {
                    proptest::prop_assert!(text.get(place.range).is_some());
                }
            }
        }
    }
}
