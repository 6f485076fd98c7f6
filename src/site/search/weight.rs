//! How much a browser loads before the first results of a search.
//!
//! What a reader will ask cannot be known, so this counts what a heavy question costs: the scripts,
//! the manifest and the lengths, the four largest shards (two words, and another word for each) and the ten largest
//! results, with the largest lists of tags. All of it as it is sent, each file packed by gzip. What results are counted and
//! chosen by comes after them and is left out.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::str::FromStr;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Indexes;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::site::Theme;

/// Bytes above which editors are told. On a slow mobile line (1.6 Mbit/s) they take more than
/// half a second.
const BUDGET: usize = 110_000;

const SHARDS: usize = 4;
const RESULTS: usize = 10;

/// By their names, as they are published.
type Files = BTreeMap<String, Arc<[u8]>>;

/// Bytes, packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    scripts: usize,
    manifest: usize,
    shards: usize,
    results: usize,
}

impl Weight {
    /// What the heavier of the indexes of a site weighs, with the scripts of its theme.
    pub fn of_site(indexes: &Indexes, theme: &Theme) -> Self {
        let is_script = |name: &str| name.starts_with("search") && name.ends_with(".js");
        let scripts: Vec<&[u8]> =
            theme.assets().filter(|(name, _)| is_script(name)).map(|(_, it)| it.bytes.as_slice()).collect();
        let weights = indexes.parts().map(|it| {
            let shown: Vec<_> = it.shown.iter().chain([&it.tags]).map(|it| &it.parts).collect();
            Weight::of(&it.asked.parts, &shown, &scripts)
        });
        weights.max_by_key(Weight::all).unwrap_or_default()
    }

    /// The code of the one warning of [`Weight::review`].
    pub const CODE: &str = "search-heavy";

    /// What editors should know of it: at most one warning. It says nothing against the content.
    pub fn review(&self) -> Report {
        let mut report = Report::default();
        if let Some(warning) = self.warning() {
            report.add(warning);
        }
        report
    }

    /// Weighs the files of an index by which a question is answered, by their names, those that its
    /// results show, and the scripts that ask it.
    fn of(asked: &Files, shown: &[&Files], scripts: &[&[u8]]) -> Self {
        Weight {
            scripts: scripts.iter().map(|it| packed(it)).sum(),
            manifest: ["manifest", "l"].iter().filter_map(|it| asked.get(*it)).map(|it| packed(it)).sum(),
            shards: largest(&[asked], 's', SHARDS),
            results: largest(shown, 'd', RESULTS) + largest(shown, 't', RESULTS),
        }
    }

    fn all(&self) -> usize {
        self.scripts + self.manifest + self.shards + self.results
    }

    /// What to tell editors; `None` while it is within the budget.
    fn warning(&self) -> Option<Diagnostic> {
        let Weight { scripts, manifest, shards, results } = *self;
        let all = self.all();
        if all <= BUDGET {
            return None;
        }
        let shares = [
            (results, "give clauses with very long texts as several clauses, as they are printed"),
            (
                shards,
                "words that stand in most clauses weigh most: publish fewer authorities in one handbook",
            ),
            (manifest, "publish fewer authorities in one handbook"),
            (scripts, "make the scripts of the theme that begin with `search` smaller"),
        ];
        let hint = shares.iter().max_by_key(|(share, _)| *share).map(|(_, hint)| *hint).unwrap_or_default();
        let message = format!(
            "a search loads up to {} kB before its first results, more than {} kB: scripts {}, words {}, \
             results {}",
            kilobytes(all),
            kilobytes(BUDGET),
            kilobytes(scripts),
            kilobytes(manifest + shards),
            kilobytes(results),
        );
        Some(Diagnostic::warning(Place::file("handbook.yaml"), Self::CODE, message).hint(hint))
    }
}

/// Four numbers, to be read again.
impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Weight { scripts, manifest, shards, results } = self;
        write!(f, "{scripts} {manifest} {shards} {results}")
    }
}

/// The text is not four numbers.
#[derive(Debug)]
pub struct NoWeight;

impl FromStr for Weight {
    type Err = NoWeight;

    fn from_str(text: &str) -> Result<Self, NoWeight> {
        let numbers: Result<Vec<usize>, _> = text.split(' ').map(str::parse).collect();
        match numbers.as_deref() {
            Ok([scripts, manifest, shards, results]) => {
                let [scripts, manifest, shards, results] = [*scripts, *manifest, *shards, *results];
                Ok(Weight { scripts, manifest, shards, results })
            }
            _ => Err(NoWeight),
        }
    }
}

fn kilobytes(bytes: usize) -> usize {
    bytes.div_ceil(1000)
}

/// The largest files of folders whose names are a letter and a number.
fn largest(folders: &[&Files], letter: char, most: usize) -> usize {
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let mut files: Vec<&Arc<[u8]>> = folders
        .iter()
        .flat_map(|it| it.iter())
        .filter(|(name, _)| name.strip_prefix(letter).is_some_and(is_number))
        .map(|(_, it)| it)
        .collect();
    files.sort_by_key(|it| Reverse(it.len()));
    files.into_iter().take(most).map(|it| packed(it)).sum()
}

fn packed(bytes: &[u8]) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail; what cannot be packed weighs as it is.
    match gzip.write_all(bytes).and_then(|()| gzip.finish()) {
        Ok(packed) => packed.len(),
        Err(_) => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that gzip cannot make fewer.
    fn dense(length: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..length).map(next).collect()
    }

    /// Each case: files by name with their bytes, the bytes of the script, how the warning begins and
    /// what its hint speaks of.
    #[test]
    fn editors_are_told_only_of_a_heavy_search_and_of_what_weighs_most_in_it() {
        let check = |files: &[(&str, usize)], script: usize, expected: Option<(&str, &str)>| {
            let files_of = |shown: bool| -> Files {
                let files = files.iter().filter(|(name, _)| name.starts_with(['d', 't']) == shown);
                files.map(|(name, length)| ((*name).to_owned(), dense(*length).into())).collect()
            };
            let script = dense(script);
            let warning = Weight::of(&files_of(false), &[&files_of(true)], &[script.as_slice()]).warning();
            let (begins, speaks) = expected.unwrap_or_default();
            assert_eq!(warning.is_some(), expected.is_some(), "{files:?}: {warning:?}");
            if let Some(it) = warning {
                assert_eq!(it.code, "search-heavy");
                assert!(it.message.starts_with(begins), "{}", it.message);
                assert!(it.hint.as_deref().is_some_and(|it| it.contains(speaks)), "{:?}", it.hint);
            }
        };
        check(&[("manifest", 1000), ("s0", 3000), ("d0", 900)], 15_000, None);
        check(&[("s0", 60_000), ("s1", 40_000)], 5000, None);
        check(&[("s0", 70_000), ("s1", 40_000)], 5000, Some(("a search loads up to 116 kB", "most clauses")));
        // Two words and another word for each: a fifth shard is another question's.
        check(&[("s0", 25_000), ("s1", 25_000), ("s2", 25_000), ("s3", 25_000), ("s4", 25_000)], 5000, None);
        check(&[("d0", 100_000), ("d10", 2000)], 10_000, Some(("a search loads up to 113 kB", "long texts")));
        check(&[("manifest", 1000)], 120_000, Some(("a search loads up to 122 kB", "scripts of the theme")));
        // What counts and filters comes after the results, and most words are spelt right.
        check(&[("f", 200_000), ("ws", 90_000), ("dx", 90_000)], 5000, None);
        // What packs well weighs little.
        let parts = BTreeMap::from([("s0".to_owned(), vec![b' '; 500_000].into())]);
        let weight = Weight::of(&parts, &[], &[]);
        assert_eq!(weight.warning(), None);
        assert_eq!(weight.to_string().parse::<Weight>().ok(), Some(weight));
    }
}
