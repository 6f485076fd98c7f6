//! The index as files that a browser loads one by one.
//!
//! Each is a classic script that hands its JSON to `handbook.part(…)`: browsers refuse to fetch files
//! from a disk, and run scripts from there. A search loads twenty or thirty, so that what is around the
//! JSON is short.
//!
//! | file | holds |
//! |---|---|
//! | `manifest` | how many documents there are, where each shard begins, the authorities, the folders of results, how many words each way to ask a tag has |
//! | `s0`, `s1`, … | tokens in their order, each with an entry: `{token: [field, places, …]}`, see [`postings`] |
//! | `l` | how long the fields of each document are |
//! | `wa`, `wb`, … | all words that begin with a letter, for who makes a slip |
//! | `f` | kind, authority, topics and principles of each document, to count and choose by |
//!
//! Most files are of results. They stand in folders of their own, which the manifest names, so that a
//! word that changes leaves the addresses of most as they were: results of a few authorities in each
//! folder, and all tags in one.
//!
//! | file | holds |
//! |---|---|
//! | `d0`, `d1`, … | some documents each, for the results that are shown |
//! | `t0`, `t1`, … | the tags of many documents each, which the first results are asked for |

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::{Value, json};

use super::concepts::Concepts;
use super::documents::{Document, Kind};
use super::folder::Folder;
use super::index::Index;
use super::postings;
use super::tags::Tags;
use crate::abreast;
use crate::handbook::{Authority, AuthoritySlug, Handbook};
use crate::site::{Address, Link};

/// How many documents stand in one file. Ten results stand in as many places, so that most of a
/// larger file is loaded for nothing; but a disk with a file for each of many is slow to copy.
fn documents_together(documents: usize) -> usize {
    match documents {
        0..=1_000 => 1,
        _ => 2,
    }
}

/// How many documents have their tags in one file: tags are short, and ten lists of them are asked for.
fn tagged_together(documents: usize) -> usize {
    match documents {
        0..=1_000 => 256,
        _ => 32,
    }
}

/// How many folders of results there are at most: the name of each stands in the manifest, which every
/// search loads.
const FOLDERS: usize = 64;

/// The files of an index.
pub struct Parts {
    /// What a question is answered by.
    pub asked: Folder,
    /// What results show, of a few authorities each; the last also holds what is no authority's.
    pub shown: Vec<Folder>,
    pub tags: Folder,
}

impl Parts {
    pub fn folders(&self) -> impl Iterator<Item = &Folder> {
        [&self.asked, &self.tags].into_iter().chain(&self.shown)
    }
}

/// The files of an index of documents, which stand in the order of their authorities, and what is no
/// authority's after them.
pub fn parts(
    handbook: &Handbook,
    documents: &[Document],
    index: &Index,
    concepts: &Concepts,
    tags: &Tags,
    href: &(dyn Fn(&Link) -> String + Sync),
) -> Parts {
    let authorities: Vec<_> = handbook.authorities.values().collect();
    let held = held(&authorities, documents);
    let together = authorities.len().div_ceil(FOLDERS).max(1);
    let (chunk, tagged) = (documents_together(documents.len()), tagged_together(documents.len()));
    let shown = abreast::map(&shares(&held, together, documents.len()), |share| {
        let rows = documents[share.clone()].iter().zip(&index.terms[share.clone()]);
        let rows: Vec<_> = rows.map(|(it, terms)| row(handbook, it, terms, tags, href)).collect();
        Folder::of(numbered('d', &rows, chunk))
    });
    let tags_in = Folder::of(numbered('t', &abreast::map(documents, |it| json!(tags.borne(it))), tagged));

    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    let mut put = |name: &str, json: String| parts.insert(name.to_owned(), json);
    let lengths = postings::Lengths::of(index);
    let asked_by = concepts.asked_by();
    let (bounds, shards) = postings::shards(index, concepts, &asked_by);
    for (number, shard) in shards.into_iter().enumerate() {
        put(&format!("s{number}"), shard);
    }
    put("l", lengths.packed(index).to_string());
    let spelt = spelt(index, &asked_by);
    for (letter, words) in &spelt {
        let words: Vec<&str> = words.iter().copied().collect();
        put(&format!("w{letter}"), json!(words.join(" ")).to_string());
    }
    let principles = &handbook.principles.principles;
    let numbers: BTreeMap<&AuthoritySlug, usize> =
        handbook.authorities.keys().enumerate().map(|(number, it)| (it, number)).collect();
    let facets = abreast::map(documents, |it| facet(handbook, &numbers, it));
    let facets = json!({
        "authorities": authorities.iter().map(|it| [it.slug.as_str(), &it.short_name]).collect::<Vec<_>>(),
        "topics": handbook.topics.topics.iter().map(|it| [it.slug.as_str(), &it.name]).collect::<Vec<_>>(),
        "principles": principles.iter().map(|it| [it.slug.as_str(), &it.name]).collect::<Vec<_>>(),
        "documents": facets,
    });
    put("f", facets.to_string());
    let not_held = authorities.iter().enumerate().filter(|(_, it)| it.not_held.is_some());
    let not_held = not_held.map(|(at, it)| (at.to_string(), href(&Address::authority(&it.slug).into())));
    let manifest = json!({
        "n": index.documents,
        "lengths": lengths.of_classes(),
        "chunk": chunk,
        "tagged": tagged,
        "tagsIn": tags_in.hash,
        "folders": shown.iter().map(|it| it.hash.as_str()).collect::<Vec<_>>(),
        "together": together,
        "bounds": bounds,
        "letters": spelt.keys().collect::<String>(),
        "names": names(&authorities),
        "held": held,
        "notHeld": not_held.collect::<BTreeMap<_, _>>(),
        "terms": handbook.terms.len(),
        "tags": borne(index, tags),
        "ways": index.ways,
    });
    put("manifest", manifest.to_string());
    Parts { asked: Folder::of(parts), shown, tags: tags_in }
}

/// Files that are called by a letter and a number, with so many of the things in each.
fn numbered(letter: char, things: &[Value], together: usize) -> impl Iterator<Item = (String, String)> {
    let chunks = things.chunks(together).enumerate();
    chunks.map(move |(at, it)| (format!("{letter}{at}"), json!(it).to_string()))
}

/// Which documents stand in each folder of results: those of some authorities together, and in the
/// last also what is no authority's.
fn shares(held: &[usize], together: usize, documents: usize) -> Vec<Range<usize>> {
    let mut shares: Vec<Range<usize>> = Vec::new();
    let mut begin = 0;
    for authorities in held.chunks(together).filter(|it| it.len() == together) {
        let end = begin + authorities.iter().sum::<usize>();
        shares.push(begin..end);
        begin = end;
    }
    shares.push(begin..documents);
    shares
}

/// Words as they are spelt, by their first letter: those of the documents, and those by which
/// concepts are asked for. A number, or a word of three letters, is never a slip of another.
fn spelt<'i>(
    index: &'i Index,
    asked_by: &BTreeMap<String, BTreeSet<usize>>,
) -> BTreeMap<char, BTreeSet<&'i str>> {
    let asking: BTreeSet<&str> = asked_by.keys().flat_map(|it| it.split(' ')).collect();
    let mut spelt: BTreeMap<char, BTreeSet<&str>> = BTreeMap::new();
    for (word, token) in &index.spelt {
        let word = word.trim_matches(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        let Some(first) = word.chars().next().filter(char::is_ascii_lowercase) else { continue };
        let stands = asking.contains(token.as_str()) || index.tokens.contains_key(token);
        if stands && word.len() > 3 && !word.contains(|it: char| it.is_ascii_digit()) {
            spelt.entry(first).or_default().insert(word);
        }
    }
    spelt
}

/// How many documents bear each tag.
fn borne(index: &Index, tags: &Tags) -> Vec<usize> {
    let of = |number| index.tokens.get(&format!("@{number}")).into_iter().flatten();
    (0..tags.words.len()).map(|number| of(number).map(|(_, places)| places.len()).sum()).collect()
}

/// What each authority is called and asked for by: its short name, the initials of its whole
/// one, and the beginning of either where no other authority begins so: the first word of the
/// short one, and of the whole one what stands before *of*, if that is more than a word.
fn names(authorities: &[&Authority]) -> Vec<Vec<String>> {
    let beginnings = |it: &Authority| {
        let first = it.short_name.split(' ').next().unwrap_or_default();
        let (style, _) = it.name.split_once(" of ").filter(|(it, _)| it.contains(' ')).unwrap_or_default();
        BTreeSet::from([first.to_owned(), style.to_owned()])
    };
    let mut begin: BTreeMap<String, usize> = BTreeMap::new();
    for beginning in authorities.iter().flat_map(|it| beginnings(it)) {
        *begin.entry(beginning).or_default() += 1;
    }
    let names = authorities.iter().map(|it| {
        let own = beginnings(it).into_iter();
        let own = own.filter(|word| !word.is_empty() && begin[word] == 1 && *word != it.short_name);
        let initials = Some(initials(&it.name)).filter(|it| it.len() > 2);
        std::iter::once(it.short_name.clone()).chain(initials).chain(own).collect()
    });
    names.collect()
}

/// `Kent County Council` is `KCC`.
fn initials(name: &str) -> String {
    let firsts = name.split_whitespace().filter_map(|it| it.chars().next());
    firsts.filter(|it| it.is_uppercase()).collect()
}

/// How many documents each authority has; they stand in the order of their authorities, and what is no
/// authority's after them.
fn held(authorities: &[&Authority], documents: &[Document]) -> Vec<usize> {
    let is_up_to = |document: &Document, authority: &Authority| {
        document.authority.is_some_and(|it| it.slug <= authority.slug)
    };
    let mut before = 0;
    let ends = authorities.iter().map(|authority| documents.partition_point(|it| is_up_to(it, authority)));
    ends.map(|end| end - std::mem::replace(&mut before, end)).collect()
}

/// What a result shows: name, headings, text, the way to it, passages with what an item says beyond
/// its clause and what is asked of it, its words for terms, kind, topics, what is asked of it.
fn row(
    handbook: &Handbook,
    document: &Document,
    terms: &[(usize, String)],
    tags: &Tags,
    href: &dyn Fn(&Link) -> String,
) -> Value {
    let passages = document.passages.iter().filter(|it| !it.words.is_empty());
    let passages = passages.map(|it| {
        let of_item = tags.of_topics(it.topics);
        let mut passage = vec![
            json!(it.anchor.as_deref().unwrap_or_default()),
            json!(it.label.as_deref().unwrap_or_default()),
            json!(it.words),
        ];
        if !(of_item.is_empty() && it.asked.is_empty()) {
            passage.push(json!(of_item));
        }
        passage.extend((!it.asked.is_empty()).then(|| json!(it.asked)));
        passage
    });
    let topics = topics(handbook, document);
    let topics = topics.iter().take(2).map(|it| handbook.topics.topics[*it].name.as_str());
    let mut row = vec![
        json!(document.name),
        json!(document.headings.join(" › ")),
        json!(document.text.as_deref().unwrap_or_default()),
        json!(href(&document.link)),
        json!(passages.collect::<Vec<_>>()),
        json!(terms.iter().map(|(term, words)| json!([term, words])).collect::<Vec<_>>()),
        json!(kind(document.kind)),
        json!(topics.collect::<Vec<_>>().join(", ")),
    ];
    row.extend((!document.asked.is_empty()).then(|| json!(document.asked)));
    json!(row)
}

/// The numbers of its topics, each once, the first the home topic.
fn topics(handbook: &Handbook, document: &Document) -> Vec<usize> {
    let mut topics = Vec::new();
    for tag in &document.topics {
        let number = handbook.topics.topics.iter().position(|it| it.slug == tag.topic);
        topics.extend(number.filter(|it| !topics.contains(it)));
    }
    topics
}

/// Kind, authority or −1, topics, principles, by their numbers.
fn facet(handbook: &Handbook, numbers: &BTreeMap<&AuthoritySlug, usize>, document: &Document) -> Value {
    let authority = document.authority.and_then(|it| numbers.get(&it.slug));
    let principles = document.principles.iter();
    let principles =
        principles.filter_map(|name| handbook.principles.principles.iter().position(|it| it.name == *name));
    json!([
        kind(document.kind),
        authority.map_or(-1, |it| *it as i64),
        topics(handbook, document),
        principles.collect::<Vec<_>>(),
    ])
}

fn kind(kind: Kind) -> usize {
    match kind {
        Kind::Clause => 0,
        Kind::Topic => 1,
        Kind::Principle => 2,
        Kind::Term => 3,
        Kind::Legislation => 4,
        Kind::Page => 5,
    }
}
