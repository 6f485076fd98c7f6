//! Words of a text that name something: a footnote, a clause, a section, an Act.
//!
//! In each run of words the first of these that claims a place has it:
//!
//! 1. the editors' own word, from the clause's `references`;
//! 2. an Act or instrument of the register, with its provision ([`acts`]);
//! 3. a printed reference to a place of the same document ([`printed`], [`places`]).
//!
//! A reference of the council's that leads nowhere stays plain and is a warning; one of ours
//! is an error. Words that run over the edge of bold or italic are not tied.

mod acts;
mod places;
mod printed;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use self::acts::{Acts, overlap, stands_alone};
use self::places::{Places, Unresolved};
use self::printed::Mention;
use super::suggest;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::handbook::{AuthoritySlug, Block, Clause, Inline, Item, Legislation, Section, Target};

/// How many letters after a number tell of what work it is.
const MOST_AHEAD: usize = 64;

/// What can be named in one document.
pub struct Known<'l> {
    places: Places,
    acts: Acts<'l>,
    /// Whether all of the document could be read: what is not found in it may else stand in what
    /// was not.
    whole_document: bool,
    /// The same of the register of legislation.
    whole_register: bool,
}

/// The editors' word on some words of a clause.
struct Override<'r> {
    words: &'r str,
    /// `None` leaves the words plain.
    target: Option<Target>,
}

/// One clause while its words are being tied.
struct Tie<'t> {
    clause: &'t Clause,
    /// The longest words first.
    overrides: Vec<Override<'t>>,
    /// The overrides whose words have been found.
    met: BTreeSet<&'t str>,
    report: &'t mut Report,
}

impl<'l> Known<'l> {
    /// The places of a document and the register as the texts of `authority` cite it.
    pub fn new<'k>(
        authority: &AuthoritySlug,
        sections: impl Iterator<Item = &'k Section>,
        clauses: impl Iterator<Item = &'k Clause>,
        legislation: &'l [Legislation],
    ) -> Self {
        Known {
            places: Places::new(sections, clauses),
            acts: Acts::new(authority, legislation),
            whole_document: true,
            whole_register: true,
        }
    }

    /// The same where something of the document, or of the register, could not be read: then
    /// nothing is said of names that lead nowhere.
    pub fn except(self, part_of_document: bool, part_of_register: bool) -> Self {
        Known { whole_document: !part_of_document, whole_register: !part_of_register, ..self }
    }

    /// The blocks of a clause with their words tied to what they name.
    ///
    /// `references` holds the editors' own word on some of them: a clause id, `id/item`, the
    /// slug of a section, `legislation:` and a slug of the register; `none` leaves words plain.
    pub fn link(
        &self,
        clause: &Clause,
        blocks: Vec<Block>,
        references: &BTreeMap<String, String>,
        report: &mut Report,
    ) -> Vec<Block> {
        let mut overrides = self.overrides(clause, references, report);
        overrides.sort_by_key(|it| std::cmp::Reverse(it.words.len()));
        // The words as the reader sees them, for the case that an override misses them.
        let plain = (!references.is_empty()).then(|| {
            Block::paragraphs(&blocks).into_iter().map(Inline::plain).collect::<Vec<_>>().join("\n")
        });
        let mut tie = Tie { clause, overrides, met: BTreeSet::new(), report };
        let blocks = self.blocks(&mut tie, blocks);
        for words in references.keys().filter(|it| !tie.met.contains(it.as_str())) {
            let place = Place::words(&clause.file, words);
            let diagnostic = Diagnostic::error(
                place,
                "reference-not-in-text",
                format!("the text does not hold the words `{words}`"),
            );
            tie.report.add(diagnostic.hint(missed(words, plain.as_deref().unwrap_or_default())));
        }
        blocks
    }

    fn overrides<'r>(
        &self,
        clause: &Clause,
        references: &'r BTreeMap<String, String>,
        report: &mut Report,
    ) -> Vec<Override<'r>> {
        let mut overrides = Vec::new();
        for (words, name) in references {
            let target = if name == "none" {
                None
            } else if let Some(slug) = name.strip_prefix("legislation:") {
                let slug = self.acts.named(slug.trim()).cloned();
                slug.map(|slug| Target::Legislation { slug, provision: acts::provision_before(words) })
            } else {
                self.places.named(name)
            };
            let whole =
                if name.starts_with("legislation:") { self.whole_register } else { self.whole_document };
            if target.is_none() && name != "none" && whole {
                let diagnostic = Diagnostic::error(
                    Place::words(&clause.file, name),
                    "unknown-target",
                    format!("`{name}` names no clause, item, section or Act"),
                );
                let mut known = self.places.names(name);
                known.extend(self.acts.slugs().map(|it| format!("legislation:{it}")));
                report.add(suggest::with_nearest(diagnostic, name, known.iter().map(String::as_str)));
            }
            overrides.push(Override { words, target });
        }
        overrides
    }

    fn blocks(&self, tie: &mut Tie, blocks: Vec<Block>) -> Vec<Block> {
        let linked = blocks.into_iter().map(|it| match it {
            Block::Paragraph(words) => Block::Paragraph(self.inlines(tie, words, "")),
            Block::Address(address) => Block::Address(address),
            Block::List(items) => Block::List(
                items.into_iter().map(|it| Item { blocks: self.blocks(tie, it.blocks), ..it }).collect(),
            ),
        });
        linked.collect()
    }

    /// `after` is the text that follows these words on the same line.
    fn inlines(&self, tie: &mut Tie, inlines: Vec<Inline>, after: &str) -> Vec<Inline> {
        let mut linked = Vec::new();
        let mut rest = inlines.into_iter().peekable();
        while let Some(inline) = rest.next() {
            let next = rest.peek().map(|it| Inline::plain(std::slice::from_ref(it)));
            let after = next.as_deref().unwrap_or(after);
            match inline {
                Inline::Text(text) => self.text(tie, &text, after, &mut linked),
                Inline::Strong(words) => linked.push(Inline::Strong(self.inlines(tie, words, after))),
                Inline::Emphasis(words) => linked.push(Inline::Emphasis(self.inlines(tie, words, after))),
                Inline::Link { href, words } => {
                    tie.footnote_in_link(&Inline::plain(&words));
                    linked.push(Inline::Link { href, words });
                }
                other => linked.push(other),
            }
        }
        linked
    }

    /// Cuts the text at marks of footnotes, `[^8]`, and ties what is between.
    fn text(&self, tie: &mut Tie, text: &str, after: &str, linked: &mut Vec<Inline>) {
        let mut rest = text;
        while let Some(start) = rest.find("[^") {
            let Some(length) = rest[start..].find(']') else { break };
            let number = &rest[start + 2..start + length];
            let (before, behind) = (&rest[..start], &rest[start + length + 1..]);
            self.words(tie, before, behind, linked);
            match self.places.footnote(number) {
                Some(id) => linked.push(Inline::Footnote { number: number.to_owned(), clause: id.clone() }),
                None => {
                    if self.whole_document {
                        tie.unknown_footnote(number);
                    }
                    linked.push(Inline::Text(format!("[^{number}]")));
                }
            }
            rest = behind;
        }
        self.words(tie, rest, after, linked);
    }

    /// Ties one run of words, and adds it to `linked`.
    fn words(&self, tie: &mut Tie, text: &str, after: &str, linked: &mut Vec<Inline>) {
        let mut claims: Vec<(Range<usize>, Option<Target>)> = Vec::new();
        let free = |claims: &[(Range<usize>, _)], range: &Range<usize>| {
            !claims.iter().any(|it| overlap(&it.0, range))
        };
        for it in &tie.overrides {
            for (start, words) in text.match_indices(it.words) {
                let range = start..start + words.len();
                if stands_alone(text, &range) && free(&claims, &range) {
                    tie.met.insert(it.words);
                    claims.push((range, it.target.clone()));
                }
            }
        }
        let mentions = printed::mentions(text);
        // Where titles of Acts begin.
        let mut titles = Vec::new();
        for citation in self.acts.citations(text, &mentions) {
            titles.push(citation.range.start);
            if free(&claims, &citation.range) {
                let target = Target::Legislation { slug: citation.slug, provision: citation.provision };
                claims.push((citation.range, Some(target)));
            }
        }
        for range in acts::lookalikes(text) {
            titles.push(range.start);
            if self.whole_register && free(&claims, &range) {
                tie.unknown_act(&text[range]);
            }
        }
        // From the last, since a mention may be of what the next one is of.
        let mut next: Option<(&Mention, bool)> = None;
        for mention in mentions.iter().rev() {
            let whole = mention.range();
            let of_next = next.is_some_and(|(next, foreign)| {
                foreign && mention.goes_with(next, &text[whole.end..next.range().start])
            });
            let claimed = claims.iter().find(|it| overlap(&it.0, &whole)).map(|(_, target)| target.clone());
            let more = self.own(text, after, mention, &titles).filter(|_| claimed.is_none() && !of_next);
            let foreign = match &claimed {
                Some(target) => matches!(target, Some(Target::Legislation { .. })),
                None => more.is_none(),
            };
            next = Some((mention, foreign));
            let Some(more) = more else { continue };
            for place in &mention.places {
                let mut range = place.range.clone();
                let longer = range.start..whole.end + more;
                if range.end == whole.end && longer.end <= text.len() && free(&claims, &longer) {
                    range = longer;
                }
                match self.places.printed(mention.division, place) {
                    Ok(target) => claims.push((range, Some(target))),
                    Err(_) if !(self.whole_document && self.whole_register) => {}
                    Err(why) => tie.unresolved(&text[place.range.clone()], why),
                }
            }
        }
        claims.sort_by_key(|(range, _)| range.start);
        let mut done = 0;
        for (range, target) in claims {
            let Some(target) = target else { continue };
            if range.start > done {
                linked.push(Inline::Text(text[done..range.start].to_owned()));
            }
            linked.push(Inline::Reference { words: text[range.clone()].to_owned(), target });
            done = range.end;
        }
        if done < text.len() {
            linked.push(Inline::Text(text[done..].to_owned()));
        }
    }

    /// How far past a mention the words go on by which it names a place of this document; `None` where
    /// it names one of another.
    fn own(&self, text: &str, after: &str, mention: &Mention, titles: &[usize]) -> Option<usize> {
        let Range { start, end } = mention.range();
        let behind = &text[end..];
        // `section 1 Housing Act 1985`, `section 1, Housing Act 1985`
        if titles.contains(&(text.len() - behind.trim_start_matches([' ', '\u{a0}', ',']).len())) {
            return None;
        }
        let ahead: String = behind.chars().chain(after.chars()).take(MOST_AHEAD).collect();
        mention.names_this_document(&text[..start], &ahead)
    }
}

impl Tie<'_> {
    /// No link stands in another one, so that the mark would be printed as it is written.
    fn footnote_in_link(&mut self, words: &str) {
        let mark = words.find("[^").and_then(|at| words[at..].find(']').map(|end| &words[at..=at + end]));
        if let Some(mark) = mark {
            let place = Place::text(&self.clause.file, mark);
            let message = format!("the mark `{mark}` of a footnote stands within a link");
            self.report.add(
                Diagnostic::error(place, "footnote-in-link", message)
                    .hint("end the words of the link before the mark"),
            );
        }
    }

    fn unknown_footnote(&mut self, number: &str) {
        self.report.add(
            Diagnostic::error(
                Place::text(&self.clause.file, format!("[^{number}]")),
                "unknown-footnote",
                format!("the document has no footnote `{number}`"),
            )
            .hint("a footnote is a clause file with `kind: footnote` and the number of the mark"),
        );
    }

    fn unknown_act(&mut self, words: &str) {
        self.report.add(
            Diagnostic::warning(
                Place::text(&self.clause.file, words),
                "unknown-legislation",
                format!("`{words}` is in no entry of legislation.yaml"),
            )
            .hint("add an entry or an alias; `references: {\"…\": none}` if it is no Act"),
        );
    }

    fn unresolved(&mut self, words: &str, why: Unresolved) {
        let place = Place::text(&self.clause.file, words);
        let diagnostic = match why {
            Unresolved::Missing => Diagnostic::warning(
                place,
                "dangling-reference",
                format!("`{words}` names no place of this document"),
            )
            .hint("say under `references` what the words name; `none` if it is not held or not in this document"),
            Unresolved::Several(ids) => Diagnostic::warning(
                place,
                "ambiguous-reference",
                format!("`{words}` may name several places: {}", ids.join(", ")),
            )
            .hint("say under `references` which of them the words name"),
        };
        self.report.add(diagnostic);
    }
}

/// What would mend an override whose words were not met.
fn missed(words: &str, plain: &str) -> String {
    if plain.contains(words) {
        return "the words run over the edge of bold or italic, or over words that another override has: \
                name fewer of them"
            .to_owned();
    }
    let lower = plain.to_lowercase();
    // Lengths agree unless lower case changed one, and then there is no such hint.
    match lower.find(&words.to_lowercase()).and_then(|at| plain.get(at..at + words.len())) {
        Some(printed) => format!("did you mean `{printed}`?"),
        None => "write them as they stand in the text, or take the entry out".to_owned(),
    }
}

#[cfg(test)]
mod tests;
