//! The index as files that a browser loads one by one.
//!
//! Each is a classic script that hands its JSON to `handbookIndex(name, …)`: browsers refuse to
//! fetch files from a disk, and run scripts from there.
//!
//! | file | holds |
//! |---|---|
//! | `manifest` | how many documents there are, the pairs that codes stand for, the first token of each shard, concepts and their spellings |
//! | `s0`, `s1`, … | tokens in their order with their places: `{token: [field, [Δdocument, code, …], …]}` |
//! | `d0`, `d1`, … | [`CHUNK`] documents each, for the results that are shown |
//! | `f` | kind, authority, topics and principles of each document, to count and choose by |

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::concepts::Concepts;
use super::documents::{Document, Kind};
use super::index::{Code, FIELDS, Index, WORD_FIELDS};
use crate::handbook::{Authority, Handbook};
use crate::site::Link;

/// How many documents stand in one file.
const CHUNK: usize = 16;

/// Below this many bytes all tokens stand in one file: what a second word would cost to load
/// then weighs more than what the first one saves.
const ONE_SHARD: usize = 96 * 1024;

/// About how large a shard is where there are several.
const SHARD: usize = 16 * 1024;

/// How much more each field weighs than the words themselves.
const BOOSTS: [f64; FIELDS.len()] = [2.0, 1.5, 1.0, 0.0, 0.0];

/// The files of an index, by name.
pub fn parts(
    handbook: &Handbook,
    documents: &[Document],
    index: &Index,
    concepts: &Concepts,
    href: &dyn Fn(&Link) -> String,
) -> BTreeMap<String, Vec<u8>> {
    let mut parts = BTreeMap::new();
    let codes = codes(index);
    let (bounds, shards) = shards(index, &codes);
    for (number, shard) in shards.into_iter().enumerate() {
        put(&mut parts, &format!("s{number}"), &shard);
    }
    for (number, chunk) in documents.chunks(CHUNK).enumerate() {
        let rows: Vec<Value> = chunk
            .iter()
            .enumerate()
            .map(|(at, it)| row(it, &index.concepts[number * CHUNK + at], href))
            .collect();
        put(&mut parts, &format!("d{number}"), &json!(rows).to_string());
    }
    let authorities: Vec<_> = handbook.authorities.values().collect();
    let principles = &handbook.principles.principles;
    let facets = documents.iter().map(|it| facet(handbook, it)).collect::<Vec<_>>();
    put(
        &mut parts,
        "f",
        &json!({
            "authorities": authorities.iter().map(|it| [it.slug.as_str(), &it.short_name]).collect::<Vec<_>>(),
            "topics": handbook.topics.topics.iter().map(|it| [it.slug.as_str(), &it.name]).collect::<Vec<_>>(),
            "principles": principles.iter().map(|it| [it.slug.as_str(), &it.name]).collect::<Vec<_>>(),
            "documents": facets,
        })
        .to_string(),
    );
    let mut by_number: Vec<(&Code, usize)> = codes.iter().map(|(code, at)| (code, *at)).collect();
    by_number.sort_by_key(|(_, at)| *at);
    put(
        &mut parts,
        "manifest",
        &json!({
            "n": index.documents,
            "boosts": BOOSTS,
            "lengths": lengths(index),
            "codes": by_number.iter().flat_map(|((count, length), _)| [*count, *length]).collect::<Vec<_>>(),
            "chunk": CHUNK,
            "bounds": bounds,
            "names": names(&authorities),
            "starts": starts(&authorities, documents),
            "terms": handbook.terms.len(),
            "concepts": concepts.names,
            "spellings": concepts.asked_by(),
        })
        .to_string(),
    );
    parts
}

/// What each authority is asked for by, in small letters: its short name, the initials of its
/// whole one, and the first word of the short one where no other authority begins so.
fn names(authorities: &[&Authority]) -> Vec<Vec<String>> {
    let whole = |it: &Authority| it.short_name.to_lowercase();
    let first = |it: &Authority| whole(it).split(' ').next().unwrap_or_default().to_owned();
    let alone = |it: &Authority| authorities.iter().filter(|other| first(other) == first(it)).count() == 1;
    let names = authorities.iter().map(|it| {
        let first = Some(first(it)).filter(|word| alone(it) && *word != whole(it));
        let initials = Some(initials(&it.name)).filter(|it| it.len() > 2);
        std::iter::once(whole(it)).chain(initials).chain(first).collect()
    });
    names.collect()
}

/// `Kent County Council` is `kcc`.
fn initials(name: &str) -> String {
    let firsts = name.split_whitespace().filter_map(|it| it.chars().next());
    firsts.filter(|it| it.is_uppercase()).collect::<String>().to_lowercase()
}

/// The first document of each authority, and the first that is no authority's.
fn starts(authorities: &[&Authority], documents: &[Document]) -> Vec<usize> {
    // Clauses stand first, in the order of their authorities.
    let is_before = |document: &Document, authority: &Authority| {
        document.authority.is_some_and(|it| it.slug < authority.slug)
    };
    let starts = authorities.iter().map(|authority| documents.partition_point(|it| is_before(it, authority)));
    starts.chain([documents.partition_point(|it| it.authority.is_some())]).collect()
}

fn put(parts: &mut BTreeMap<String, Vec<u8>>, name: &str, json: &str) {
    parts.insert(name.to_owned(), format!("handbookIndex(\"{name}\",{json});\n").into_bytes());
}

/// Each pair that occurs, with its number: the most frequent first, so that numbers are short.
fn codes(index: &Index) -> BTreeMap<Code, usize> {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for (_, code) in index.tokens.values().flatten().flat_map(|(_, places)| places) {
        *counts.entry(*code).or_default() += 1;
    }
    let mut order: Vec<(Code, usize)> = counts.into_iter().collect();
    order.sort_by_key(|(code, count)| (std::cmp::Reverse(*count), *code));
    order.into_iter().enumerate().map(|(at, (code, _))| (code, at)).collect()
}

/// How many tokens each field of words has, on the average of the documents that have any.
fn lengths(index: &Index) -> Vec<f64> {
    let of_field = |field: usize| {
        let mut lengths: BTreeMap<u32, u32> = BTreeMap::new();
        let places = index.tokens.values().flatten().filter(|(it, _)| *it == field);
        for (document, (_, length)) in places.flat_map(|(_, places)| places) {
            lengths.insert(*document, *length);
        }
        let all: u32 = lengths.values().sum();
        (f64::from(all) / lengths.len().max(1) as f64 * 10.0).round() / 10.0
    };
    (0..WORD_FIELDS).map(of_field).collect()
}

/// The tokens cut into pieces of about one size, with the first token of each.
fn shards(index: &Index, codes: &BTreeMap<Code, usize>) -> (Vec<String>, Vec<String>) {
    let entries: Vec<(&String, String)> = index
        .tokens
        .iter()
        .map(|(token, fields)| {
            let fields = fields.iter().flat_map(|(field, places)| {
                let mut before = 0;
                let places = places.iter().flat_map(|(document, code)| {
                    let step = document - before;
                    before = *document;
                    [step as usize, codes[code]]
                });
                [json!(field), json!(places.collect::<Vec<usize>>())]
            });
            (token, format!("{}:{}", json!(token), json!(fields.collect::<Vec<_>>())))
        })
        .collect();
    let all: usize = entries.iter().map(|(_, it)| it.len() + 1).sum();
    let most = if all <= ONE_SHARD { all } else { SHARD };
    let (mut bounds, mut shards) = (Vec::new(), Vec::new());
    let mut shard = String::new();
    for (token, entry) in &entries {
        if !shard.is_empty() && shard.len() + entry.len() > most {
            shards.push(format!("{{{shard}}}"));
            shard.clear();
        }
        if shard.is_empty() {
            bounds.push((*token).clone());
        } else {
            shard.push(',');
        }
        shard.push_str(entry);
    }
    if !shard.is_empty() {
        shards.push(format!("{{{shard}}}"));
    }
    (bounds, shards)
}

/// What a result shows: name, headings, text, the way to it, passages, its words for concepts.
fn row(document: &Document, concepts: &[(usize, String)], href: &dyn Fn(&Link) -> String) -> Value {
    let passages = document.passages.iter().filter(|it| !it.words.is_empty());
    let passages = passages.map(|it| {
        json!([it.anchor.as_deref().unwrap_or_default(), it.label.as_deref().unwrap_or_default(), it.words])
    });
    json!([
        document.name,
        document.headings.join(" › "),
        document.text.as_deref().unwrap_or_default(),
        href(&document.link),
        passages.collect::<Vec<_>>(),
        concepts.iter().map(|(concept, words)| json!([concept, words])).collect::<Vec<_>>(),
    ])
}

/// Kind, authority or −1, topics, principles, by their numbers.
fn facet(handbook: &Handbook, document: &Document) -> Value {
    let authority =
        document.authority.and_then(|it| handbook.authorities.keys().position(|slug| *slug == it.slug));
    let topics = document.topics.iter();
    let mut topics: Vec<usize> =
        topics.filter_map(|tag| handbook.topics.topics.iter().position(|it| it.slug == tag.topic)).collect();
    let mut seen = std::collections::BTreeSet::new();
    topics.retain(|it| seen.insert(*it));
    let principles = document.principles.iter();
    let principles =
        principles.filter_map(|name| handbook.principles.principles.iter().position(|it| it.name == *name));
    json!(
        [kind(document.kind), authority.map_or(-1, |it| it as i64), topics, principles.collect::<Vec<_>>(),]
    )
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
