//! The handbook: what the content says, once it has been read and found to hang together.
//!
//! Plain data. A value of these types was put together by [`crate::intake`] in one go and
//! does not change; what can be worked out from it is in [`crate::view`].

mod authorities;
mod authority;
mod base_url;
mod date;
mod document;
mod frozen;
mod id;
mod register;
mod source_text;
mod statute_book;
mod text;

pub use authorities::Authorities;
pub use authority::{Authority, Coverage, NotHeld, RecordedClause, Silence, Vocabulary};
pub use base_url::{BaseUrl, NotABaseUrl};
pub use date::PartialDate;
pub use document::{
    AdoptionStep, Clause, ClauseKind, Correction, Dates, Dating, Edition, ItemTags, Part, Provenance, Report,
    Section, SectionKind, SourceRef, Status,
};
pub use frozen::{Departure, Fingerprint, Frozen};
pub use id::{
    AspectSlug, AuthoritySlug, ClauseId, DocumentSlug, ItemId, LegislationSlug, PrincipleSlug, SectionSlug,
    TermSlug, TopicSlug,
};
pub use register::{
    Alias, Aspect, Basis, EarlierWording, FalseFriend, Group, Law, Legislation, Principle, PrincipleTag,
    Principles, SetHistory, StatusNote, Term, Topic, TopicTag, Topics,
};
pub use source_text::{
    Furniture, Join, Lines, Move, Reading, Redaction, SourcePart, SourceText, View, Words,
};
pub use text::{Block, Inline, Item, Target};

use std::collections::BTreeMap;

use crate::diagnostic::Accepted;

/// All that is published together: the authorities with their texts, and the registers by
/// which these are compared.
#[derive(Clone, Debug)]
pub struct Handbook {
    pub title: String,
    /// Who publishes this handbook.
    pub publisher: String,
    /// One sentence for search engines and the head of the home page.
    pub description: String,
    /// The address at which the site will stand, ending in `/`; `None` for a site that is
    /// opened from disk.
    pub base_url: Option<String>,
    /// A role address or URL to which mistakes can be reported; `None` while none is declared.
    pub corrections: Option<String>,
    /// The authorities set beside a clause on its own page: at most five, in the editors' order.
    pub featured: Vec<AuthoritySlug>,
    pub accepted: Vec<Accepted>,
    pub authorities: Authorities,
    pub topics: Topics,
    pub principles: Principles,
    /// In the order of the register.
    pub terms: Vec<Term>,
    /// Sets of everyday words for one thing, for the search alone; the first names the set.
    pub thesaurus: Vec<Vec<String>>,
    /// In the order of the register.
    pub legislation: Vec<Legislation>,
    /// Editors' pages by name: `about`, `cite`, …
    pub pages: BTreeMap<String, EditorsPage>,
    /// Source texts with their maps, by name.
    pub sources: BTreeMap<String, SourceText>,
    /// Addresses outside clauses that have been published, from `addresses.yaml`.
    pub addresses: Vec<RecordedAddress>,
    /// Files and folders, below the content folder, of which an error kept something out, and
    /// what. Empty for a handbook that can be published.
    pub broken: BTreeMap<String, Lack>,
}

/// What an error kept out of the handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// The editors' tags alone: a misspelt topic. The council's words are here.
    Tags,
    /// Words too, or it is not known what.
    Words,
}

/// A page written by the editors of the handbook.
#[derive(Clone, Debug)]
pub struct EditorsPage {
    pub title: String,
    pub description: String,
    /// Markdown.
    pub text: String,
    /// The file it stands in, below the content folder.
    pub file: String,
}

/// An address that was published once and so resolves for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedAddress {
    /// Below the site's root, without `index.html`: `topics/elections/`.
    pub address: String,
    /// Where it went, when it moved.
    pub moved_to: Option<String>,
    /// Why nothing stands there any more, with the day, when it went.
    pub gone: Option<Gone>,
}

/// Why and since when something published is no longer there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    pub on: PartialDate,
    pub reason: String,
}

impl Handbook {
    /// Whether all that stands at `path` or below it, a file or a folder below the content
    /// folder, is here as a whole; `authorities/kent`, and not `authorities/kent/`.
    pub fn is_whole(&self, path: &str) -> bool {
        self.broken_below(path).next().is_none()
    }

    /// As [`Handbook::is_whole`], but for the tags: whether all words are here.
    pub fn has_words(&self, path: &str) -> bool {
        self.broken_below(path).all(|(_, lack)| *lack == Lack::Tags)
    }

    /// The files and folders at `path` or below it of which an error kept something out, sorted.
    pub fn broken_below(&self, path: &str) -> impl Iterator<Item = (&String, &Lack)> {
        let at_or_below = move |it: &str| {
            it.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.broken.iter().filter(move |(it, _)| at_or_below(it))
    }

    /// The register entry of a topic, or `None` if there is none.
    pub fn topic(&self, slug: &TopicSlug) -> Option<&Topic> {
        self.topics.topics.iter().find(|it| it.slug == *slug)
    }

    /// The register entry of an Act or instrument, or `None` if there is none.
    pub fn legislation(&self, slug: &LegislationSlug) -> Option<&Legislation> {
        self.legislation.iter().find(|it| it.slug == *slug)
    }
}
