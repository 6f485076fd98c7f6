//! Tokens with their places, packed and cut into files.
//!
//! The entry of a token is a list of a number and what it says, again and again:
//!
//! | number | says |
//! |---|---|
//! | a field of words | documents, then how often it stands in each, packed |
//! | another field | documents, packed |
//! | [`SPELLINGS`] | which concepts the token stands for, alone (`""`) or with the tokens after it |
//! | [`SAID`] | the words of the concept, of which this is the token |
//!
//! Where a concept is asked for by several words, it stands with the first of them, which is looked
//! up in any case. Packed are numbers, each of as few letters as it needs: for each document how
//! far it is from the one before, and then, in a field of words, for each the count less one. What
//! is alike stands together, which gzip packs better.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::concepts::Concepts;
use super::index::{Count, FIELDS, Index, WORD_FIELDS};
use crate::abreast;

/// What follows the fields in an entry.
const SPELLINGS: usize = FIELDS.len();
const SAID: usize = FIELDS.len() + 1;

/// About how large a shard is, in bytes: what a browser loads for one word beyond what stands of
/// it there. Smaller ones are more files, and a longer list of them in the manifest.
const SHARD: usize = 3 * 1024;

/// How many classes of length there are.
const CLASSES: u32 = 4;

/// How long fields of words are, by classes: that is enough to rank by. The length itself is the sum
/// of the counts.
pub struct Lengths {
    /// For each field the average of the documents that have any words there.
    averages: [f64; WORD_FIELDS],
    /// For each field and class the average of its documents, as a share of the above.
    classes: [[f64; CLASSES as usize]; WORD_FIELDS],
}

impl Lengths {
    pub fn of(index: &Index) -> Self {
        let mut lengths =
            Lengths { averages: [1.0; WORD_FIELDS], classes: [[1.0; CLASSES as usize]; WORD_FIELDS] };
        for field in 0..WORD_FIELDS {
            let all = || index.lengths.iter().map(|it| it[field]).filter(|it| *it > 0);
            if all().next().is_none() {
                continue;
            }
            lengths.averages[field] = average(all());
            for class in 0..CLASSES {
                let of_class = || all().filter(|it| lengths.class(field, *it) == class);
                if of_class().next().is_some() {
                    let share = average(of_class()) / lengths.averages[field];
                    lengths.classes[field][class as usize] = (share * 100.0).round() / 100.0;
                }
            }
        }
        lengths
    }

    /// Up to half of the average, up to it, up to twice as much, more.
    fn class(&self, field: usize, length: u32) -> u32 {
        let share = f64::from(length) / self.averages[field];
        [0.5, 1.0, 2.0].iter().filter(|it| share > **it).count() as u32
    }

    /// For each field of words the classes of all documents, packed by threes: in each place of a
    /// token they would be a quarter of the index.
    pub fn packed(&self, index: &Index) -> Value {
        let packed = (0..WORD_FIELDS).map(|field| {
            let mut packed = String::new();
            for three in index.lengths.chunks(3) {
                let classes = three.iter().rev().map(|it| self.class(field, it[field]));
                put(&mut packed, classes.fold(0, |number, class| number * CLASSES + class));
            }
            packed
        });
        json!(packed.collect::<Vec<String>>())
    }

    /// For each field of words the lengths of its classes, in averages.
    pub fn of_classes(&self) -> Value {
        json!(self.classes)
    }
}

fn average(numbers: impl Iterator<Item = u32>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for it in numbers {
        sum += f64::from(it);
        count += 1.0;
    }
    sum / count
}

/// The entries cut into pieces of about one size, with the beginning of the first token of each: as
/// many letters as tell it from the token before. Each beginning is packed by what it shares with that
/// of the piece before: how many letters, as a digit to the base of 36, and the others.
pub fn shards(
    index: &Index,
    concepts: &Concepts,
    asked_by: &BTreeMap<String, BTreeSet<usize>>,
) -> (Vec<String>, Vec<String>) {
    let mut spellings: BTreeMap<&str, BTreeMap<&str, &BTreeSet<usize>>> = BTreeMap::new();
    for (tokens, concepts) in asked_by {
        let (first, others) = tokens.split_once(' ').unwrap_or((tokens, ""));
        spellings.entry(first).or_default().insert(others, concepts);
    }
    let tokens: BTreeSet<&str> =
        index.tokens.keys().map(String::as_str).chain(spellings.keys().copied()).collect();
    let tokens: Vec<&str> = tokens.into_iter().collect();
    let entries = abreast::map(&tokens, |token| {
        let token: &str = token;
        let mut entry: Vec<Value> = Vec::new();
        for (field, places) in index.tokens.get(token).into_iter().flatten() {
            entry.extend([json!(field), json!(packed(*field, places))]);
        }
        if let Some(its) = spellings.get(token) {
            entry.extend([json!(SPELLINGS), json!(its)]);
        }
        if let Some(words) =
            token.strip_prefix('~').and_then(|it| concepts.words.get(it.parse::<usize>().ok()?))
        {
            entry.extend([json!(SAID), json!(words)]);
        }
        format!("{}:{}", json!(token), json!(entry))
    });
    let (mut bounds, mut shards) = (Vec::new(), Vec::new());
    let mut shard = String::new();
    let (mut before, mut bound) = ("", "");
    for (token, entry) in tokens.into_iter().zip(entries) {
        if !shard.is_empty() && shard.len() + entry.len() > SHARD {
            shards.push(format!("{{{shard}}}"));
            shard.clear();
        }
        if shard.is_empty() {
            let told = told_apart(before, token);
            bounds.push(beyond(bound, told));
            bound = told;
        } else {
            shard.push(',');
        }
        shard.push_str(&entry);
        before = token;
    }
    if !shard.is_empty() {
        shards.push(format!("{{{shard}}}"));
    }
    (bounds, shards)
}

/// The beginning of a token, as short as still comes after the token before it.
fn told_apart<'t>(before: &str, token: &'t str) -> &'t str {
    let ends = token.char_indices().map(|(at, letter)| at + letter.len_utf8());
    ends.map(|end| &token[..end]).find(|it| *it > before).unwrap_or(token)
}

/// A text as what it shares with the beginning of another, and what follows. A browser counts letters
/// beyond ASCII by twos, so that only those of ASCII are shared.
fn beyond(other: &str, text: &str) -> String {
    let is_shared = |(one, other): &(u8, u8)| one == other && one.is_ascii();
    let shared = other.bytes().zip(text.bytes()).take_while(is_shared).count().min(35);
    let digit = char::from_digit(shared as u32, 36).expect("at most 35 letters are shared");
    format!("{digit}{}", &text[shared..])
}

fn packed(field: usize, places: &[(u32, Count)]) -> String {
    let mut packed = String::new();
    let mut before = 0;
    for (document, _) in places {
        put(&mut packed, document - before);
        before = *document;
    }
    if field < WORD_FIELDS {
        for (_, count) in places {
            put(&mut packed, u32::from(*count) - 1);
        }
    }
    packed
}

/// The letters of packed numbers: printed ASCII, but for those that a script would have to escape.
const LETTERS: &[u8] =
    b" !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// How many of the letters end a number; those after them go on.
const LAST: u32 = 62;
const MORE: u32 = LETTERS.len() as u32 - LAST;

/// Writes a number: its last digit to the base of [`LAST`], and before it the others to that of
/// [`MORE`]. So most numbers are one letter, and none needs a mark between it and the next.
fn put(packed: &mut String, number: u32) {
    let mut letters = vec![LETTERS[(number % LAST) as usize]];
    let mut rest = number / LAST;
    while rest > 0 {
        letters.push(LETTERS[(LAST + rest % MORE) as usize]);
        rest /= MORE;
    }
    packed.extend(letters.iter().rev().map(|it| char::from(*it)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_begins_where_its_first_token_is_told_from_the_one_before() {
        let check =
            |before: &str, token: &str, expected: &str| assert_eq!(told_apart(before, token), expected);
        check("", "abil", "a");
        check("abil", "abl", "abl");
        check("abil", "about", "abo");
        check("abil", "ability", "abili");
        check("cafe", "café", "café");
    }

    #[test]
    fn the_beginning_of_a_shard_says_only_what_differs_from_the_one_before() {
        let check = |other: &str, text: &str, expected: &str| assert_eq!(beyond(other, text), expected);
        check("", "abil", "0abil");
        check("abil", "abl", "2l");
        check("abil", "b", "0b");
        check("#10.", "#10.3b", "43b");
        check("caf", "café", "3é");
        check("café", "cafés", "3és");
        let long = "x".repeat(40);
        check(&long, &format!("{long}y"), "zxxxxxy");
    }

    #[test]
    fn numbers_are_packed_into_few_letters() {
        let check = |number: u32, expected: &str| {
            let mut packed = String::new();
            put(&mut packed, number);
            assert_eq!(packed, expected, "{number}");
        };
        check(0, " ");
        check(1, "!");
        check(2, "#");
        check(61, "_");
        check(62, "a ");
        check(62 * 30 + 61, "~_");
        check(62 * 31, "a` ");
    }
}
