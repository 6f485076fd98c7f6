//! How a text, or one clause of it, is cited: in plain words and as BibTeX.

use super::edition;
use crate::handbook::{Authority, Edition, PartialDate, Provenance, Report};
use crate::site::press::Press;
use crate::site::theme::{Value, map};
use crate::site::{Address, Link};

/// What is cited: a document of an authority, or a part of it.
pub struct Cited<'c> {
    pub authority: &'c Authority,
    /// The document as printed.
    pub title: &'c str,
    /// What tells it from others of that title: `text adopted 23 May 2013`.
    pub name: String,
    /// `clause 9.4`; `None` for the whole document.
    pub part: Option<String>,
    pub provenance: Provenance,
    pub date: Option<PartialDate>,
    /// Tells the entry from others in a list of references: `kent-9.4`.
    pub key: String,
    /// For what is cited by an address that goes with the latest text.
    pub stays: Option<Stays>,
}

/// Where the very words stand for ever.
pub struct Stays {
    pub at: Link,
    /// What the address that goes with the latest text leads to.
    pub other: &'static str,
}

impl<'c> Cited<'c> {
    /// An edition, whole.
    pub fn edition(authority: &'c Authority, edition: &'c Edition) -> Self {
        Cited {
            authority,
            title: &edition.title,
            name: edition::name(edition),
            part: None,
            provenance: edition.provenance,
            date: edition.date(),
            key: format!("{}-{}", authority.slug, edition.slug),
            stays: None,
        }
    }

    /// A report, whole.
    pub fn report(authority: &'c Authority, report: &'c Report) -> Self {
        Cited {
            authority,
            title: &report.title,
            name: super::report::name(report),
            part: None,
            provenance: report.provenance,
            date: report.date,
            key: format!("{}-{}", authority.slug, report.slug),
            stays: None,
        }
    }
}

/// The citation of what stands at `address`, seen from the page at `here`.
pub fn cite(press: &Press, here: &Address, address: &Address, cited: &Cited) -> Value {
    let spelled = |it: &Address| press.setting.whole(it).unwrap_or_else(|| format!("/{}", it.on_web()));
    let stays = cited.stays.as_ref();
    let stays_at = stays.map(|it| match &it.at.anchor {
        Some(anchor) => format!("{}#{anchor}", spelled(&it.at.address)),
        None => spelled(&it.at.address),
    });
    map([
        ("words", words(cited).into()),
        ("bibtex", bibtex(cited, &press.handbook.title, press.setting.whole(address).as_deref()).into()),
        ("address", spelled(address).into()),
        ("text_address", stays_at.into()),
        ("text_href", stays.map(|it| press.href(here, it.at.clone())).into()),
        ("leads_to", stays.map(|it| it.other).into()),
        ("whole", press.setting.base_url.is_some().into()),
        (
            "guidance",
            press
                .handbook
                .pages
                .contains_key("cite")
                .then(|| press.href(here, Address::editors("cite")))
                .into(),
        ),
    ])
}

/// `Kent County Council, Convention on Member:Officer Relations, text adopted 23 May 2013,
/// clause 9.4.`
fn words(cited: &Cited) -> String {
    let mut words = format!("{}, {}, {}", cited.authority.name, cited.title, cited.name);
    if let Some(part) = &cited.part {
        words.push_str(&format!(", {part}"));
    }
    if let Some(made) = made_here(cited.provenance) {
        words.push_str(&format!(" ({made})"));
    }
    words + "."
}

/// What a citation has to say of a text that its authority did not print so.
fn made_here(provenance: Provenance) -> Option<&'static str> {
    match provenance {
        Provenance::Verbatim => None,
        Provenance::Reconstructed => Some("as reconstructed by the editors of this handbook"),
        Provenance::DraftedHere => Some("as drafted in this handbook"),
    }
}

/// An entry for a list of references, but for its last line: the day of reading goes before
/// that, and only the reader knows it.
///
/// Form: BibTeX, entry type `misc`; a field in double braces keeps its capitals.
fn bibtex(cited: &Cited, handbook: &str, url: Option<&str>) -> String {
    let mut title = format!("{{{}}}, {}", escape(cited.title), escape(&cited.name));
    if let Some(part) = &cited.part {
        title.push_str(&format!(", {}", escape(part)));
    }
    let year = cited.date.map(|it| it.first_day().year().to_string());
    let fields = [
        ("author", Some(format!("{{{}}}", escape(&cited.authority.name)))),
        ("title", Some(title)),
        ("year", year),
        ("howpublished", Some(escape(handbook))),
        ("note", made_here(cited.provenance).map(str::to_owned)),
        ("url", url.map(str::to_owned)),
    ];
    let fields =
        fields.iter().filter_map(|(name, value)| Some(format!("  {name} = {{{}}},\n", value.as_ref()?)));
    format!("@misc{{{},\n{}", cited.key, fields.collect::<String>())
}

/// Letters that LaTeX would read as commands.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', letter]),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handbook::AuthoritySlug;
    use crate::sample::handbook;

    #[track_caller]
    fn check(title: &str, part: Option<&str>, date: Option<&str>, url: Option<&str>, expected: &str) {
        let (book, provenance) = (handbook(&[]), Provenance::Verbatim);
        let cited = Cited {
            authority: &book.authorities[&AuthoritySlug::parse("alpha").unwrap()],
            title,
            name: "text of 2020".to_owned(),
            part: part.map(str::to_owned),
            provenance,
            date: date.and_then(PartialDate::parse),
            key: "alpha-1.1".to_owned(),
            stays: None,
        };
        assert_eq!(bibtex(&cited, "Book", url), expected);
    }

    #[test]
    fn an_entry_has_what_is_known_and_no_command_of_latex() {
        check(
            "Members & officers",
            Some("clause 1_1"),
            Some("2020-05"),
            Some("https://example.org/a_b/"),
            "@misc{alpha-1.1,\n  author = {{Alpha Council}},\n  title = {{Members \\& officers}, text of 2020, \
             clause 1\\_1},\n  year = {2020},\n  howpublished = {Book},\n  url = {https://example.org/a_b/},\n",
        );
        check(
            "50% {a} \\b",
            None,
            None,
            None,
            "@misc{alpha-1.1,\n  author = {{Alpha Council}},\n  title = {{50\\% \\{a\\} \\textbackslash{}b}, text of \
             2020},\n  howpublished = {Book},\n",
        );
    }
}
