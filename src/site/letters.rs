//! Ranges of the alphabet, by which long rows of authorities divide.
//!
//! They are fixed, so that an authority stands at the same address however many others come
//! or go; pages that are counted would move it with each newcomer.

use std::fmt;

use crate::handbook::AuthoritySlug;

/// One range of first letters, such as `c-d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Letters {
    first: char,
    last: char,
}

/// Cut so that the principal councils of the United Kingdom, about 400, come to some 50 in
/// each: B, C, N, S and W begin many names, I to K and T to V few.
const RANGES: [(char, char); 10] = [
    ('a', 'b'),
    ('c', 'd'),
    ('e', 'g'),
    ('h', 'k'),
    ('l', 'm'),
    ('n', 'o'),
    ('p', 'r'),
    ('s', 's'),
    ('t', 'v'),
    ('w', 'z'),
];

impl Letters {
    /// All ranges, in the order of the alphabet.
    pub fn all() -> impl Iterator<Item = Letters> {
        RANGES.into_iter().map(|(first, last)| Letters { first, last })
    }

    /// The range in which an authority stands: by the first letter of its slug, which stays
    /// when its name changes. What begins with a digit stands in the last.
    pub fn of(authority: &AuthoritySlug) -> Letters {
        let begins = authority.as_str().chars().next().unwrap_or('z');
        let (first, last) = *RANGES
            .iter()
            .find(|(first, last)| (*first..=*last).contains(&begins))
            .unwrap_or(&RANGES[RANGES.len() - 1]);
        Letters { first, last }
    }

    /// For people: `C to D`, `S`.
    pub fn in_words(self) -> String {
        let capital = |it: char| it.to_ascii_uppercase();
        match self.first == self.last {
            true => capital(self.first).to_string(),
            false => format!("{} to {}", capital(self.first), capital(self.last)),
        }
    }
}

/// As it stands in an address: `c-d`, `s`.
impl fmt::Display for Letters {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.first == self.last {
            true => write!(f, "{}", self.first),
            false => write!(f, "{}-{}", self.first, self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_stands_in_the_range_of_its_first_letter() {
        for (slug, address, words) in [
            ("aberdeen", "a-b", "A to B"),
            ("buckinghamshire", "a-b", "A to B"),
            ("camden", "c-d", "C to D"),
            ("kensington-and-chelsea", "h-k", "H to K"),
            ("london-councils", "l-m", "L to M"),
            ("sandwell", "s", "S"),
            ("york", "w-z", "W to Z"),
            ("4-boroughs", "w-z", "W to Z"),
        ] {
            let letters = Letters::of(&AuthoritySlug::parse(slug).unwrap());
            assert_eq!(
                (letters.to_string().as_str(), letters.in_words().as_str()),
                (address, words),
                "{slug}"
            );
        }
    }

    #[test]
    fn the_ranges_go_through_the_alphabet_without_gaps() {
        let all: String = RANGES.iter().flat_map(|(first, last)| *first..=*last).collect();
        assert_eq!(all, ('a'..='z').collect::<String>());
    }
}
