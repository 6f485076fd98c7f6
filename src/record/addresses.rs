//! The addresses outside clauses: which there are, and whether those recorded still stand.

use std::collections::BTreeSet;

use super::ADDRESSES;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{Handbook, Status};
use crate::site::address::{Address, Link, anchor};
use crate::view::redline::{decided, followed};

/// The addresses of the site outside clauses, as the web asks for them, below the site's root,
/// with the places in pages that others may cite: `topics/`, `topics/elections/`,
/// `topics/elections/#aspect-publicity`. Drafts have none.
pub fn addresses(handbook: &Handbook) -> BTreeSet<String> {
    let mut pages = Vec::from(Address::registers().map(|(_, address)| address));
    for authority in handbook.authorities.values() {
        pages.push(Address::authority(&authority.slug));
        if authority.current.is_some() {
            pages.push(Address::protocol(&authority.slug));
        }
        let editions = authority.editions.values().filter(|it| it.status != Status::Draft);
        for edition in editions {
            pages.push(Address::edition(&authority.slug, &edition.slug));
            if followed(authority, edition, false).is_some() {
                pages.push(Address::redline(&authority.slug, &edition.slug));
            }
        }
        if decided(authority).is_ok() {
            pages.push(Address::put_and_published(&authority.slug));
        }
        pages.extend(authority.reports.keys().map(|it| Address::report(&authority.slug, it)));
    }
    pages.extend(handbook.topics.topics.iter().map(|it| Address::topic(&it.slug)));
    pages.extend(handbook.principles.principles.iter().map(|it| Address::principle(&it.slug)));
    pages.extend(handbook.pages.keys().map(|it| Address::editors(it)));
    let mut all: BTreeSet<String> = pages.iter().map(|it| it.on_web().to_owned()).collect();
    let mut place = |page: &Address, anchor: String| all.insert(format!("{}#{anchor}", page.on_web()));
    for topic in &handbook.topics.topics {
        for aspect in &topic.aspects {
            place(&Address::topic(&topic.slug), anchor::aspect(&aspect.slug));
        }
    }
    for term in &handbook.terms {
        place(&Address::terms(), anchor::term(&term.slug));
    }
    for entry in &handbook.legislation {
        place(&Address::legislation(), anchor::legislation(&entry.slug));
    }
    all
}

/// Whether the ledger of addresses and `addresses` agree.
///
/// - `address-not-recorded` (warning): addresses are not in the ledger yet.
/// - `address-lost` (error): a recorded address stands no more, and the ledger does not say where
///   it went. Bring it back, or write `moved_to` or `gone` beside it.
/// - `address-moved-nowhere` (error): `moved_to` names an address that there is not.
/// - `address-gone-but-there` (error): an address is said to have moved or gone and stands. The
///   page could not be told from the note of its going.
/// - `bad-address` (error): an address is not written as the site spells it.
/// - `frozen-missing` (error): the address of an edition is recorded, and what its words were then is
///   not: somebody took the fingerprints out. [`super::plan`] would freeze the words of today.
pub fn review(handbook: &Handbook, addresses: &BTreeSet<String>) -> Report {
    let mut report = Report::default();
    let recorded: BTreeSet<&str> = handbook.addresses.iter().map(|it| it.address.as_str()).collect();
    let missing: Vec<&String> = addresses.iter().filter(|it| !recorded.contains(it.as_str())).collect();
    let message = match (recorded.is_empty(), missing.as_slice()) {
        (_, []) => None,
        (true, _) => Some("no address has been recorded".to_owned()),
        (false, [one]) => Some(format!("the address `{one}` has not been recorded")),
        (false, [one, ..]) => {
            Some(format!("{} addresses have not been recorded, `{one}` the first", missing.len()))
        }
    };
    if let Some(message) = message {
        report.add(
            Diagnostic::warning(Place::file(ADDRESSES), "address-not-recorded", message)
                .hint("run `handbook record`"),
        );
    }
    for authority in handbook.authorities.values() {
        let bare = authority.editions.values().filter(|it| !authority.frozen.contains_key(&it.slug));
        for edition in bare {
            let address = Address::edition(&authority.slug, &edition.slug);
            if recorded.contains(address.on_web()) {
                report.add(
                    Diagnostic::error(
                        Place::file(&edition.file),
                        "frozen-missing",
                        format!(
                            "the edition was published, and {}/frozen.yaml has no fingerprints of it",
                            authority.folder()
                        ),
                    )
                    .hint("put them back from a copy or the history of the content"),
                );
            }
        }
    }
    for it in &handbook.addresses {
        let place = Place::words(ADDRESSES, it.address.as_str());
        let stands = addresses.contains(&it.address);
        if !stands && Link::recorded(&it.address).is_none() {
            report.add(
                Diagnostic::error(
                    place,
                    "bad-address",
                    format!("`{}` is not the address of a page or of a place in one", it.address),
                )
                .hint("write it below the site's root, with a stroke at its end: `topics/elections/`"),
            );
        } else if stands && (it.moved_to.is_some() || it.gone.is_some()) {
            report.add(
                Diagnostic::error(
                    place,
                    "address-gone-but-there",
                    format!("the address `{}` is said to have moved or gone, and stands", it.address),
                )
                .hint("take `moved_to` or `gone` out: `{}` is enough for an address that stands"),
            );
        } else if it.moved_to.is_none() && it.gone.is_none() && !stands {
            report.add(
                Diagnostic::error(
                    place,
                    "address-lost",
                    format!("the address `{}` was published and stands no more", it.address),
                )
                .hint("bring it back, or say `moved_to: …` or `gone: {on: …, reason: …}` here"),
            );
        } else if let Some(target) = it.moved_to.as_ref().filter(|it| !addresses.contains(*it)) {
            report.add(
                Diagnostic::error(
                    place,
                    "address-moved-nowhere",
                    format!("`{}` moved to `{target}`, which there is not", it.address),
                )
                .hint("write the address as it stands in this file, such as `topics/elections/`"),
            );
        }
    }
    report
}
