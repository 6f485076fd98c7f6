//! **What handbook.yaml declares.**
//!
//! - `no-corrections-address` (warning): readers who find a mistake in a council's text need
//!   an address: a role's e-mail address or a URL.
//! - `bad-corrections-address` (error): it is neither of the two.
//! - `too-many-featured` (error): at most five authorities stand beside a clause.
//!   `featured-twice` (error): one of them is named twice.
//! - `base-url` (error): the address of the site is that of a folder on the web, as
//!   [`BaseUrl::parse`] reads it.

use super::Date;
use super::holding::Holdings;

use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{BaseUrl, Handbook};

const FILE: &str = "handbook.yaml";
const MOST_FEATURED: usize = 5;

/// Adds what the guidance above names to the report.
pub fn check(handbook: &Handbook, _holdings: &Holdings, _today: Date, report: &mut Report) {
    match &handbook.corrections {
        None => report.add(
            Diagnostic::warning(
                Place::file(FILE),
                "no-corrections-address",
                "no address is declared to which mistakes can be reported",
            )
            .hint("add `corrections: …` with a role's e-mail address or a URL"),
        ),
        Some(address) => {
            let email = address.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && host.contains('.') && !address.contains(char::is_whitespace)
            });
            let (page, asked) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
            let is_url = BaseUrl::parse(page).is_ok()
                && !asked.contains(|it: char| it.is_whitespace() || matches!(it, '"' | '<' | '>' | '\\'));
            if !email && !is_url {
                report.add(
                    Diagnostic::error(
                        Place::words(FILE, "corrections:"),
                        "bad-corrections-address",
                        format!("`{address}` is neither an e-mail address nor a URL"),
                    )
                    .hint("a role's address, not a person's: democratic.services@example.gov.uk"),
                );
            }
        }
    }
    if handbook.featured.len() > MOST_FEATURED {
        report.add(
            Diagnostic::error(
                Place::words(FILE, "featured:"),
                "too-many-featured",
                format!("{} authorities are featured, at most {MOST_FEATURED} can be", handbook.featured.len()),
            )
            .hint("every authority has its place on the pages of the topics; keep the five that readers compare most"),
        );
    }
    for (index, slug) in handbook.featured.iter().enumerate() {
        if handbook.featured[..index].contains(slug) {
            report.add(Diagnostic::error(
                Place::words(FILE, "featured:"),
                "featured-twice",
                format!("`{slug}` is featured twice"),
            ));
        }
    }
    if let Some(url) = &handbook.base_url
        && let Err(why) = BaseUrl::parse(url)
    {
        report.add(
            Diagnostic::error(
                Place::words(FILE, "base_url:"),
                "base-url",
                format!("`{}` is no address for a site: {why}", url.trim_end_matches('/')),
            )
            .hint("write it whole: https://www.example.gov.uk/handbook/"),
        );
    }
}
