//! How long rows of authorities are spread: on one page, or on a page for each range of letters.

use std::collections::BTreeMap;

use crate::handbook::{Authority, Handbook};
use crate::site::press::Press;
use crate::site::theme::{Value, list, map};
use crate::site::{Address, Letters, Link};

/// As many authorities as one page holds: with real texts some 60 kB, compressed.
pub const MOST_ON_A_PAGE: usize = 40;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    OnePage,
    ByLetters,
}

impl Spread {
    /// For all authorities of a handbook.
    pub fn of(handbook: &Handbook) -> Spread {
        match handbook.authorities.len() <= MOST_ON_A_PAGE {
            true => Spread::OnePage,
            false => Spread::ByLetters,
        }
    }
}

/// The ranges of letters in which any authority stands, each with its authorities; none where all
/// stand on one page.
pub fn ranges(handbook: &Handbook) -> BTreeMap<Letters, Vec<&Authority>> {
    let mut ranges: BTreeMap<Letters, Vec<&Authority>> = BTreeMap::new();
    if Spread::of(handbook) == Spread::ByLetters {
        for authority in handbook.authorities.values() {
            ranges.entry(Letters::of(&authority.slug)).or_default().push(authority);
        }
    }
    ranges
}

/// The ways to the ranges, for the component `ranges`; `current` is the one that is open.
pub fn ways<L: Into<Link>>(
    press: &Press,
    here: &Address,
    current: Option<Letters>,
    to: impl Fn(Letters) -> L,
) -> Value {
    list(ranges(press.handbook).into_iter().map(|(letters, authorities)| {
        map([
            ("name", letters.in_words().into()),
            ("count", authorities.len().into()),
            ("here", (Some(letters) == current).into()),
            ("href", press.href(here, to(letters)).into()),
        ])
    }))
}
