//! The sentences and list items of the real texts, and the chance by which they are drawn.

use std::collections::BTreeMap;

use handbook::handbook::{Block, Handbook, Inline, Topic, TopicSlug};

/// What clauses are put together from.
pub struct Quarry {
    sentences: BTreeMap<TopicSlug, Vec<String>>,
    /// Paragraphs that end in a colon before a list.
    leads: Vec<String>,
    items: Vec<String>,
}

impl Quarry {
    /// Takes the texts of the current editions apart.
    pub fn open(real: &Handbook) -> Self {
        let mut sentences: BTreeMap<TopicSlug, Vec<String>> = BTreeMap::new();
        let mut all = Vec::new();
        let (mut leads, mut items) = (Vec::new(), Vec::new());
        for authority in real.authorities.values() {
            let edition = authority.current.as_ref().and_then(|it| authority.editions.get(it));
            for clause in edition.into_iter().flat_map(|it| it.clauses()).filter(|it| !it.is_footnote()) {
                for (index, block) in clause.blocks.iter().enumerate() {
                    let Block::Paragraph(words) = block else { continue };
                    let words = Inline::plain(words);
                    let before_list = matches!(clause.blocks.get(index + 1), Some(Block::List(_)));
                    if before_list && words.ends_with(':') && stands_alone(&words) {
                        leads.push(words);
                        continue;
                    }
                    for sentence in split(&words) {
                        all.push(sentence.to_owned());
                        for tag in &clause.topics {
                            sentences.entry(tag.topic.clone()).or_default().push(sentence.to_owned());
                        }
                    }
                }
                for item in clause.all_items() {
                    if let [Block::Paragraph(words)] = item.blocks.as_slice() {
                        items.push(Inline::plain(words));
                    }
                }
            }
        }
        items.retain(|it| stands_alone(it) && (10..300).contains(&it.len()));
        for topic in &real.topics.topics {
            let own = sentences.entry(topic.slug.clone()).or_default();
            // A topic with few sentences of its own takes some of any.
            if own.len() < 8 {
                own.extend(all.iter().step_by(all.len() / 8).cloned());
            }
        }
        Quarry { sentences, leads, items }
    }

    /// A sentence from a clause on the topic.
    pub fn sentence(&self, topic: &Topic, chance: &mut Chance) -> &str {
        chance.one_of(&self.sentences[&topic.slug])
    }

    /// Words that end in a colon.
    pub fn lead(&self, chance: &mut Chance) -> &str {
        chance.one_of(&self.leads)
    }

    /// The words of an item.
    pub fn item(&self, chance: &mut Chance) -> &str {
        chance.one_of(&self.items)
    }
}

/// The sentences of a paragraph that can stand in another.
fn split(words: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = words;
    while let Some(end) = rest.find(". ") {
        sentences.push(&rest[..=end]);
        rest = &rest[end + 2..];
    }
    sentences.push(rest);
    sentences.retain(|it| {
        it.ends_with('.')
            && it.starts_with(|it: char| it.is_uppercase())
            && (40..400).contains(&it.len())
            && stands_alone(it)
    });
    sentences
}

/// Whether words name no other place of their text and hold no marks.
fn stands_alone(words: &str) -> bool {
    const PLACES: [&str; 12] = [
        "paragraph",
        "section",
        "appendix",
        "annex",
        "clause",
        "above",
        "below",
        "see ",
        "schedule",
        "part ",
        "protocol",
        "following",
    ];
    let lower = words.to_lowercase();
    !PLACES.iter().any(|it| lower.contains(it))
        && !words.contains(['[', ']', '*', '_', '<', '>', '\\', '`', '&', '#'])
        && !words.contains(|it: char| it.is_ascii_digit() || "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(it))
}

/// Numbers that look like chance and are the same in every run (SplitMix64).
pub struct Chance(u64);

impl Chance {
    /// A run of numbers that belongs to these.
    pub fn of(seed: &[usize]) -> Self {
        let mut chance = Chance(0x5eed);
        for part in seed {
            chance.0 ^= chance.next() ^ (*part as u64);
        }
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one_of<'s>(&mut self, words: &'s [String]) -> &'s str {
        &words[self.below(words.len())]
    }
}
