//! **The register of legislation.**
//!
//! - `identifier-form` (error): an identifier on legislation.gov.uk is type, year and number,
//!   `ukpga/1972/70`; a provision may follow, `ukpga/1986/10/section/4`.
//! - `alias-unused` (warning): no text of the authorities for which it holds has the words.
//!   An Act that is listed for its notes alone needs no alias.
//! - `alias-is-title` (warning): the title of an entry is looked for anyway.
//! - `alias-of-two` (error): the same words mean two entries in the texts of one authority.
//! - `unknown-law` (error): principles.yaml names an Act that is not in the register.

use super::Date;
use super::holding::Holdings;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Alias, Handbook};

const FILE: &str = "legislation.yaml";

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, holdings: &Holdings, _today: Date, report: &mut Report) {
    for act in &handbook.legislation {
        if let Some(identifier) = act.identifier.as_deref().filter(|it| !is_identifier(it)) {
            report.add(
                Diagnostic::error(
                    Place::words(FILE, format!("identifier: {identifier}")),
                    "identifier-form",
                    format!("`{identifier}` is no identifier of legislation"),
                )
                .hint("type, year and number as in the address on legislation.gov.uk: ukpga/1972/70"),
            );
        }
    }
    aliases(handbook, holdings, report);
    for law in &handbook.principles.law {
        if handbook.is_whole(FILE) && handbook.legislation(&law.legislation).is_none() {
            report.add(Diagnostic::error(
                Place::words("principles.yaml", law.legislation.as_str()),
                "unknown-law",
                format!("no entry `{}` in {FILE}", law.legislation),
            ));
        }
    }
}

fn aliases(handbook: &Handbook, holdings: &Holdings, report: &mut Report) {
    let mut before: Vec<(&str, &Alias)> = Vec::new();
    for act in &handbook.legislation {
        for alias in &act.aliases {
            let place = Place::words(FILE, alias.words.as_str());
            if alias.words == act.title {
                report.add(
                    Diagnostic::warning(
                        Place::words(FILE, format!("words: {}", alias.words)),
                        "alias-is-title",
                        format!("the alias `{}` is the title of its entry", alias.words),
                    )
                    .hint("take the alias out"),
                );
            }
            let holds = |slug| alias.authorities.is_empty() || alias.authorities.contains(slug);
            if handbook.has_words("authorities")
                && !holdings.iter().any(|(slug, it)| holds(slug) && it.aliases.contains(&alias.words))
            {
                report.add(
                    Diagnostic::warning(
                        place.clone(),
                        "alias-unused",
                        format!("the words `{}` stand in no text", alias.words),
                    )
                    .hint("write them as printed, or take the alias out"),
                );
            }
            let meets = |other: &Alias| {
                other.words == alias.words
                    && (other.authorities.is_empty()
                        || alias.authorities.is_empty()
                        || other.authorities.iter().any(|it| alias.authorities.contains(it)))
            };
            if let Some((other, _)) = before.iter().find(|(slug, it)| *slug != act.slug.as_str() && meets(it))
            {
                report.add(
                    Diagnostic::error(
                        place,
                        "alias-of-two",
                        format!("`{}` is also an alias of `{other}`", alias.words),
                    )
                    .hint("limit each to the authorities whose texts mean it so: `authorities: […]`"),
                );
            }
            before.push((act.slug.as_str(), alias));
        }
    }
}

/// `ukpga/1972/70` or `ukpga/1986/10/section/4`. Acts of before 1963 have a regnal year,
/// `ukpga/Eliz2/10-11/…`, which takes two parts.
fn is_identifier(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    let sound = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !parts.iter().all(sound) {
        return false;
    }
    let kind = parts[0].bytes().all(|it| it.is_ascii_lowercase());
    match parts.as_slice() {
        [_, year, number, below @ ..] if digits(year) => {
            kind && year.len() == 4 && digits(number) && below.len() % 2 == 0
        }
        [_, reign, _, number, ..] => {
            kind && reign.starts_with(|it: char| it.is_ascii_uppercase()) && digits(number)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_identifier;

    #[test]
    fn an_identifier_is_type_year_and_number() {
        for good in ["ukpga/1972/70", "uksi/2012/2089", "ukpga/1986/10/section/4", "ukpga/Eliz2/10-11/46"] {
            assert!(is_identifier(good), "{good}");
        }
        for bad in [
            "",
            "1972/70",
            "ukpga/72/70",
            "ukpga/1972",
            "https://x",
            "ukpga/1972/c70",
            "/ukpga/1972/70",
            "ukpga/1986/10/4",
        ] {
            assert!(!is_identifier(bad), "{bad}");
        }
    }
}
