//! What each content file may say, key by key. An unknown key is an error.
//!
//! Everything is read as text and turned into the types of the handbook by the rest of
//! [`crate::intake`]: a number such as `1.10` would otherwise lose its last digit.

use std::collections::BTreeMap;

use serde::Deserialize;

macro_rules! files {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attr:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Deserialize, Debug)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$attr])* pub $field: $type,)*
        }
    )*};
}

files! {
    /// `handbook.yaml`
    HandbookFile {
        title: String,
        publisher: String,
        description: String,
        base_url: Option<String>,
        corrections: Option<String>,
        #[serde(default)] featured: Vec<String>,
        #[serde(default)] accepted: Vec<AcceptedEntry>,
    }
    AcceptedEntry {
        code: String,
        place: String,
        #[serde(default)] about: String,
        reason: String,
    }
    /// `topics.yaml`
    TopicsFile {
        groups: Vec<GroupEntry>,
        topics: Vec<TopicEntry>,
    }
    GroupEntry { slug: String, name: String, }
    TopicEntry {
        slug: String,
        name: String,
        group: String,
        scope: String,
        note: Option<String>,
        #[serde(default)] aspects: Vec<AspectEntry>,
    }
    AspectEntry { slug: String, question: String, #[serde(default)] asked: Vec<String>, }
    /// `principles.yaml`
    PrinciplesFile {
        source: String,
        licence: String,
        #[serde(default)] editions: Vec<SetEntry>,
        principles: Vec<PrincipleEntry>,
        #[serde(default)] law: Vec<LawEntry>,
    }
    SetEntry { year: String, title: String, text: String, source: String, }
    PrincipleEntry {
        slug: String,
        name: String,
        wording: String,
        #[serde(default)] earlier: Vec<EarlierEntry>,
    }
    EarlierEntry { year: String, words: String, extent: String, source: String, }
    LawEntry { legislation: String, text: String, source: String, checked: String, }
    /// `terms.yaml`
    TermsFile {
        terms: Vec<TermEntry>,
        #[serde(default)] thesaurus: Vec<Vec<String>>,
    }
    TermEntry {
        slug: String,
        name: String,
        scope: String,
        #[serde(default)] false_friends: Vec<FalseFriendEntry>,
    }
    FalseFriendEntry {
        words: String,
        #[serde(default)] authorities: Vec<String>,
        text: String,
    }
    /// `legislation.yaml`
    LegislationFile { legislation: Vec<LegislationEntry>, }
    LegislationEntry {
        slug: String,
        title: String,
        identifier: Option<String>,
        #[serde(default = "yes")] dated: bool,
        #[serde(default)] aliases: Vec<AliasEntry>,
        #[serde(default)] notes: Vec<NoteEntry>,
    }
    AliasEntry {
        words: String,
        #[serde(default)] authorities: Vec<String>,
    }
    NoteEntry { text: String, source: String, checked: Option<String>, }
    /// `addresses.yaml`
    AddressesFile { #[serde(deserialize_with = "once_each")] addresses: BTreeMap<String, AddressEntry>, }
    AddressEntry { moved_to: Option<String>, gone: Option<GoneEntry>, }
    GoneEntry { on: String, reason: String, }
    /// `pages/*.md`
    PageFront { title: String, description: String, }
    /// `sources/*.yaml`
    SourceMapFile {
        title: String,
        parts: Vec<PartEntry>,
        #[serde(default)] furniture: Vec<FurnitureEntry>,
        #[serde(default)] joins: Vec<LineEntry>,
        #[serde(default)] moves: Vec<MoveEntry>,
        #[serde(default)] redactions: Vec<LineEntry>,
        #[serde(default)] readings: Vec<ReadingEntry>,
    }
    PartEntry { lines: String, document: String, view: ViewEntry, }
    FurnitureEntry { line: usize, text: String, reason: String, }
    LineEntry { line: usize, reason: String, }
    MoveEntry { lines: String, before: usize, reason: String, }
    ReadingEntry {
        line: usize,
        printed: String,
        read: Option<String>,
        before: Option<String>,
        after: Option<String>,
        reason: String,
        confidence: Option<String>,
    }
    /// `authorities/*/authority.yaml`
    AuthorityFile {
        name: String,
        short_name: String,
        kind: String,
        kind_note: Option<String>,
        jurisdiction: String,
        gss_code: Option<String>,
        register_code: Option<String>,
        facts_from: Option<String>,
        start: Option<String>,
        end: Option<String>,
        successor: Option<String>,
        note: Option<String>,
        current: Option<String>,
        not_held: Option<NotHeldEntry>,
        #[serde(default, deserialize_with = "once_each")] vocabulary: BTreeMap<String, VocabularyEntry>,
        #[serde(default)] coverage: Vec<CoverageEntry>,
    }
    NotHeldEntry { reason: String, reviewed: String, }
    VocabularyEntry { words: Vec<String>, note: Option<String>, }
    CoverageEntry { topic: String, state: SilenceEntry, reason: String, reviewed: String, }
    /// `authorities/*/ids.yaml`
    IdsFile { #[serde(deserialize_with = "once_each")] clauses: BTreeMap<String, IdEntry>, }
    IdEntry {
        #[serde(default)] items: Vec<String>,
        moved_to: Option<String>,
        gone: Option<GoneEntry>,
    }
    /// `authorities/*/frozen.yaml`
    FrozenFile { #[serde(deserialize_with = "once_each")] editions: BTreeMap<String, FrozenEntry>, }
    FrozenEntry {
        status: StatusEntry,
        adoption: String,
        order: String,
        descent: Option<String>,
        corrections: Option<String>,
        #[serde(default, deserialize_with = "once_each")] clauses: BTreeMap<String, String>,
    }
    /// `authorities/*/protocol/*/edition.yaml`
    EditionFile {
        title: String,
        status: StatusEntry,
        #[serde(default)] dates: DatesEntry,
        follows: Option<String>,
        amends: Option<String>,
        #[serde(default)] adoption: Vec<AdoptionEntry>,
        language: String,
        source: SourceEntry,
        provenance: ProvenanceEntry,
        licence: Option<String>,
        checked: Option<String>,
        part_of: Option<String>,
        note: Option<String>,
        #[serde(default)] corrections: Vec<CorrectionEntry>,
        #[serde(default, deserialize_with = "once_each")] withdrawn: BTreeMap<String, String>,
    }
    SourceEntry { text: Option<String>, title: String, }
    AdoptionEntry {
        body: String,
        date: Option<String>,
        outcome: String,
        minute: Option<String>,
        #[serde(default)] papers: Vec<String>,
    }
    CorrectionEntry {
        #[serde(default)] clauses: Vec<String>,
        what: String,
        why: String,
        decided_by: Option<String>,
        under: Option<String>,
        on: Option<String>,
    }
    /// `authorities/*/reports/*/report.yaml`
    ReportFile {
        title: String,
        date: Option<String>,
        body: String,
        language: String,
        source: SourceEntry,
        provenance: ProvenanceEntry,
        licence: Option<String>,
        checked: Option<String>,
        note: Option<String>,
    }
    /// `_section.md`
    SectionFront {
        number: Option<String>,
        heading: Option<String>,
        #[serde(default)] kind: SectionKindEntry,
        clauses: Vec<SectionPart>,
        source_note: Option<String>,
    }
    /// A clause file.
    ClauseFront {
        id: String,
        number: Option<String>,
        #[serde(default)] kind: ClauseKindEntry,
        #[serde(default)] topics: Vec<String>,
        #[serde(default, deserialize_with = "once_each")] principles: BTreeMap<String, PrincipleTagEntry>,
        #[serde(default, deserialize_with = "once_each")] items: BTreeMap<String, ItemEntry>,
        item_ids: Option<Vec<String>>,
        #[serde(default)] from: Vec<String>,
        #[serde(default, deserialize_with = "once_each")] references: BTreeMap<String, String>,
        #[serde(default)] asked: Vec<String>,
        source_note: Option<String>,
        printed_at: Option<String>,
        mark_in: Option<String>,
    }
    PrincipleTagEntry { basis: BasisEntry, why: String, }
    ItemEntry {
        #[serde(default)] topics: Vec<String>,
        #[serde(default, deserialize_with = "once_each")] principles: BTreeMap<String, PrincipleTagEntry>,
        #[serde(default)] asked: Vec<String>,
    }
    SubHeadingEntry { heading: String, }
}

#[derive(Deserialize, Debug, Default)]
#[serde(deny_unknown_fields)]
pub struct DatesEntry {
    pub printed: Option<String>,
    pub proposed: Option<String>,
    pub adopted: Option<String>,
    pub commenced: Option<String>,
}

macro_rules! words {
    ($($name:ident { $($variant:ident,)* })*) => {$(
        #[derive(Deserialize, Clone, Copy, Debug)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($variant,)* }
    )*};
}

words! {
    ViewEntry { Plain, Before, After, }
    SilenceEntry { LeftOut, Elsewhere, NotAddressed, }
    StatusEntry { Draft, Proposed, Adopted, Published, Superseded, Rejected, Withdrawn, }
    ProvenanceEntry { Verbatim, Reconstructed, DraftedHere, }
    BasisEntry { Explicit, Wording, Inferred, }
}

#[derive(Deserialize, Clone, Copy, Debug, Default)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKindEntry {
    #[default]
    Section,
    Annex,
    Related,
    Front,
    Back,
}

#[derive(Deserialize, Clone, Copy, Debug, Default)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseKindEntry {
    #[default]
    Clause,
    Footnote,
}

/// A clause id, or a sub-heading: `"1.01"`, `{heading: Petitions}`.
///
/// Read by hand, since the library's untagged enums would pass an unquoted `1.10` through a
/// float.
#[derive(Debug)]
pub enum SectionPart {
    Clause(String),
    SubHeading(String),
}

impl<'de> Deserialize<'de> for SectionPart {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = SectionPart;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a clause id in quotes, or {heading: …}")
            }

            fn visit_str<E>(self, id: &str) -> Result<SectionPart, E> {
                Ok(SectionPart::Clause(id.to_owned()))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<SectionPart, A::Error> {
                let entry = SubHeadingEntry::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(SectionPart::SubHeading(entry.heading))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// A map in which a key that stands twice is an error; the library would keep the last.
fn once_each<'de, T, D>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error>
where
    T: Deserialize<'de>,
    D: serde::Deserializer<'de>,
{
    struct Visitor<T>(std::marker::PhantomData<T>);
    impl<'de, T: Deserialize<'de>> serde::de::Visitor<'de> for Visitor<T> {
        type Value = BTreeMap<String, T>;

        fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
            f.write_str("keys, each with its value")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = BTreeMap::new();
            while let Some(key) = map.next_key::<String>()? {
                if entries.contains_key(&key) {
                    return Err(serde::de::Error::custom(format!("duplicate field `{key}`")));
                }
                entries.insert(key, map.next_value()?);
            }
            Ok(entries)
        }
    }
    deserializer.deserialize_map(Visitor(std::marker::PhantomData))
}

fn yes() -> bool {
    true
}
