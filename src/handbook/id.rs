//! Names that stay: each parses itself and says what it may hold.

use std::borrow::Borrow;
use std::fmt;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident: $rule:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads the name; `None` when `text` holds a character that such a name may not hold.
            pub fn parse(text: &str) -> Option<Self> {
                $rule(text).then(|| $name(text.to_owned()))
            }

            /// The name as it is written in files and addresses.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

names! {
    /// `kensington-and-chelsea`: an authority's folder and address.
    AuthoritySlug: slug;
    /// `2013-05-23`, `consolidated`: an edition's or a report's folder and address.
    DocumentSlug: slug;
    /// `scrutiny`: a section's folder without the number before it; unique within its document.
    SectionSlug: slug;
    /// `scrutiny`: a topic's entry and address.
    TopicSlug: slug;
    /// `time-to-answer`: unique within its topic.
    AspectSlug: slug;
    /// `honesty`: a principle's entry and address.
    PrincipleSlug: slug;
    /// `chair`: a term's entry and its place on the page of terms.
    TermSlug: slug;
    /// `local-government-act-1972`: an entry's name in the register and its place on its page.
    LegislationSlug: slug;
    /// `1.03`, `complaint-about-officer`: permanent, and unique within an authority.
    ClauseId: dotted;
    /// `a`, `b2`, `2.a`, `a.ii`, `tail`: permanent, and unique within a clause.
    ItemId: dotted;
}

/// Lower-case words of letters and digits, joined by single hyphens.
fn slug(text: &str) -> bool {
    text.split('-')
        .all(|word| !word.is_empty() && word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit()))
}

/// As [`slug`], in parts joined by single points.
fn dotted(text: &str) -> bool {
    text.split('.').all(slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_lower_case_words_joined_by_hyphens_or_points() {
        for good in ["1.03", "complaint-about-officer", "2.a", "a.ii", "annex-honesty"] {
            assert!(ClauseId::parse(good).is_some(), "{good}");
        }
        for bad in ["", "1..03", ".1", "1.", "A", "a b", "a/b", "..", "a--b", "-a", "é"] {
            assert!(ClauseId::parse(bad).is_none(), "{bad}");
        }
        assert!(TopicSlug::parse("1.03").is_none());
    }
}
