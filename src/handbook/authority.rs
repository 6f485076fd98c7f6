//! A council or joint body, and what it holds.

use std::collections::BTreeMap;

use super::{
    AspectSlug, AuthoritySlug, ClauseId, DocumentSlug, Edition, Frozen, Gone, ItemId, PartialDate, Report,
    TermSlug, TopicSlug,
};

/// A council or joint body: its facts, its texts and what is recorded of them.
#[derive(Clone, Debug)]
pub struct Authority {
    pub slug: AuthoritySlug,
    pub name: String,
    /// For headings of columns.
    pub short_name: String,
    /// `London borough`, `county council`, `joint committee`.
    pub kind: String,
    pub kind_note: Option<String>,
    pub jurisdiction: String,
    /// Code of its area in the register of the Office for National Statistics.
    pub gss_code: Option<String>,
    pub register_code: Option<String>,
    pub facts_from: Option<String>,
    pub start: Option<PartialDate>,
    pub end: Option<PartialDate>,
    pub successor: Option<AuthoritySlug>,
    pub note: Option<String>,
    /// The edition that feeds topics, matrix, principles and search: recorded, not computed.
    /// `None` where no text is held.
    pub current: Option<DocumentSlug>,
    /// Set where no text is held.
    pub not_held: Option<NotHeld>,
    pub vocabulary: BTreeMap<TermSlug, Vocabulary>,
    pub coverage: Vec<Coverage>,
    pub editions: BTreeMap<DocumentSlug, Edition>,
    pub reports: BTreeMap<DocumentSlug, Report>,
    /// The ledger: clause ids that have been published, with their items.
    pub ledger: BTreeMap<ClauseId, RecordedClause>,
    /// The same: editions that have been published, as they were then.
    pub frozen: BTreeMap<DocumentSlug, Frozen>,
    pub file: String,
}

/// Why no text is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotHeld {
    pub reason: String,
    pub reviewed: PartialDate,
}

/// An authority's words for a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    pub words: Vec<String>,
    pub note: Option<String>,
}

/// What the current text does not say on a topic, or on one aspect of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub topic: TopicSlug,
    /// `None`: the whole topic.
    pub aspect: Option<AspectSlug>,
    pub silence: Silence,
    pub reason: String,
    pub reviewed: PartialDate,
}

/// Why a text says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Silence {
    /// The text itself says that it leaves this out.
    LeftOut,
    /// The text itself says that another document deals with it.
    Elsewhere,
    NotAddressed,
}

/// A clause id in the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedClause {
    pub items: Vec<ItemId>,
    /// Where it went, when it moved.
    pub moved_to: Option<ClauseId>,
    /// Why it is in no text any more.
    pub gone: Option<Gone>,
}

impl Authority {
    /// Its folder, below the content folder: `authorities/kent`.
    pub fn folder(&self) -> &str {
        self.file.trim_end_matches("/authority.yaml")
    }

    /// The current edition; `None` where no text is held.
    pub fn current_edition(&self) -> Option<&Edition> {
        self.editions.get(self.current.as_ref()?)
    }

    /// Editions, the newest first: each before the one it follows or amends, those that follow
    /// nothing by their folder.
    pub fn editions_newest_first(&self) -> Vec<&Edition> {
        let mut order: Vec<&Edition> = Vec::new();
        let mut rest: Vec<&Edition> = self.editions.values().collect();
        // An edition is placed once nothing that is left follows it. Of those that qualify at
        // the same time the later folder name goes first.
        while !rest.is_empty() {
            let next = rest
                .iter()
                .rposition(|it| {
                    let after =
                        |other: &&Edition| [&other.follows, &other.amends].contains(&&Some(it.slug.clone()));
                    !rest.iter().any(after)
                })
                // Editions that follow each other in a circle are an error of the content; they
                // still have to stand somewhere.
                .unwrap_or(rest.len() - 1);
            order.push(rest.remove(next));
        }
        order
    }
}
