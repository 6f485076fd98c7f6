//! Every string of the handbook with the place where it stands, for rules that look at words
//! whatever they are.

use std::borrow::Cow;

use super::documents::{self, Document};
use crate::handbook::{Authority, Block, Clause, ClauseKind, Handbook, Inline, ItemTags, Part, PrincipleTag};

/// One string of the content.
pub struct Words<'h> {
    pub file: &'h str,
    /// The key under which it stands; `text` for the words of a clause, a page or a source.
    pub key: &'static str,
    /// What is written before it in a list of one line under that key; `None` for what is no list.
    pub after: Option<&'static str>,
    pub text: Cow<'h, str>,
}

/// What is gathered, with the file that is being read.
struct Gathered<'h> {
    all: Vec<Words<'h>>,
    file: &'h str,
}

impl<'h> Gathered<'h> {
    fn add(&mut self, key: &'static str, text: &'h str) {
        self.all.push(Words { file: self.file, key, after: None, text: Cow::Borrowed(text) });
    }

    /// As [`Gathered::add`], for what other rules ask for where it is wanted.
    fn any(&mut self, key: &'static str, text: &'h str) {
        if !text.trim().is_empty() {
            self.add(key, text);
        }
    }

    fn list(&mut self, key: &'static str, texts: &'h [String]) {
        for (at, text) in texts.iter().enumerate() {
            let after = Some(if at == 0 { "[" } else { ", " });
            self.all.push(Words { file: self.file, key, after, text: Cow::Borrowed(text) });
        }
    }

    fn option(&mut self, key: &'static str, text: &'h Option<String>) {
        if let Some(text) = text {
            self.add(key, text);
        }
    }
}

/// The strings that may be published of what is no authority's. The address for corrections is
/// not among them: it is the one that may be there.
pub fn of_registers(handbook: &Handbook) -> Vec<Words<'_>> {
    let mut words = Gathered { all: Vec::new(), file: "handbook.yaml" };
    words.add("title", &handbook.title);
    words.add("publisher", &handbook.publisher);
    words.add("description", &handbook.description);
    for it in &handbook.accepted {
        words.add("code", &it.code);
        words.any("place", &it.file);
        words.any("about", &it.about);
        words.add("reason", &it.reason);
    }
    words.file = "addresses.yaml";
    for it in handbook.addresses.iter().filter_map(|it| it.gone.as_ref()) {
        words.any("reason", &it.reason);
    }
    registers(handbook, &mut words);
    for page in handbook.pages.values() {
        words.file = &page.file;
        words.add("title", &page.title);
        words.add("description", &page.description);
        words.add("text", &page.text);
    }
    for source in handbook.sources.values() {
        words.file = &source.map_file;
        words.add("title", &source.title);
        let reasons = (source.furniture.iter().map(|it| &it.reason))
            .chain(source.joins.iter().map(|it| &it.reason))
            .chain(source.moves.iter().map(|it| &it.reason))
            .chain(source.redactions.iter().map(|it| &it.reason))
            .chain(source.readings.iter().map(|it| &it.reason));
        reasons.for_each(|it| words.add("reason", it));
        source.readings.iter().for_each(|it| words.option("confidence", &it.confidence));
        words.file = &source.text_file;
        // Line by line, so that an empty line is no empty text.
        source.lines.iter().filter(|it| !it.trim().is_empty()).for_each(|it| words.add("text", it));
    }
    words.all
}

/// The strings that may be published of an authority, in its own file and its texts.
pub fn of_authority(authority: &Authority) -> Vec<Words<'_>> {
    let mut words = Gathered { all: Vec::new(), file: &authority.file };
    self::authority(authority, &mut words);
    words.all
}

fn registers<'h>(handbook: &'h Handbook, words: &mut Gathered<'h>) {
    words.file = "topics.yaml";
    handbook.topics.groups.iter().for_each(|it| words.add("name", &it.name));
    for topic in &handbook.topics.topics {
        words.add("name", &topic.name);
        words.add("scope", &topic.scope);
        words.option("note", &topic.note);
        for aspect in &topic.aspects {
            words.add("question", &aspect.question);
            words.list("asked", &aspect.asked);
        }
    }
    words.file = "principles.yaml";
    let principles = &handbook.principles;
    words.add("source", &principles.source);
    words.add("licence", &principles.licence);
    for it in &principles.history {
        words.any("year", &it.year);
        words.add("title", &it.title);
        words.add("text", &it.text);
        words.add("source", &it.source);
    }
    for principle in &principles.principles {
        words.add("name", &principle.name);
        words.add("wording", &principle.wording);
        for it in &principle.earlier {
            words.any("year", &it.year);
            words.any("extent", &it.extent);
            words.add("words", &it.words);
            words.add("source", &it.source);
        }
    }
    for law in &principles.law {
        words.add("text", &law.text);
        words.any("source", &law.source);
    }
    words.file = "terms.yaml";
    for term in &handbook.terms {
        words.add("name", &term.name);
        words.add("scope", &term.scope);
        for it in &term.false_friends {
            words.add("words", &it.words);
            words.add("text", &it.text);
        }
    }
    handbook.thesaurus.iter().for_each(|it| words.list("thesaurus", it));
    words.file = "legislation.yaml";
    for act in &handbook.legislation {
        words.add("title", &act.title);
        act.aliases.iter().for_each(|it| words.add("words", &it.words));
        for it in &act.notes {
            words.add("text", &it.text);
            words.any("source", &it.source);
        }
    }
}

fn authority<'h>(authority: &'h Authority, words: &mut Gathered<'h>) {
    words.file = &authority.file;
    words.add("name", &authority.name);
    words.add("short_name", &authority.short_name);
    words.add("kind", &authority.kind);
    words.add("jurisdiction", &authority.jurisdiction);
    words.option("kind_note", &authority.kind_note);
    words.option("gss_code", &authority.gss_code);
    words.option("register_code", &authority.register_code);
    words.option("facts_from", &authority.facts_from);
    words.option("note", &authority.note);
    if let Some(it) = &authority.not_held {
        words.add("reason", &it.reason);
    }
    for vocabulary in authority.vocabulary.values() {
        words.list("words", &vocabulary.words);
        words.option("note", &vocabulary.note);
    }
    authority.coverage.iter().for_each(|it| words.add("reason", &it.reason));
    for document in documents::of(authority) {
        self::document(&document, words);
    }
    for report in authority.reports.values() {
        words.file = &report.file;
        words.add("body", &report.body);
    }
}

fn document<'h>(document: &Document<'h>, words: &mut Gathered<'h>) {
    words.file = document.file;
    words.add("title", document.title);
    words.add("source title", &document.source.title);
    words.add("language", &document.source.language);
    words.any("licence", &document.source.licence);
    if let Some(note) = document.note {
        words.add("note", note);
    }
    for step in document.edition.iter().flat_map(|it| &it.adoption) {
        words.add("body", &step.body);
        words.add("outcome", &step.outcome);
        words.option("minute", &step.minute);
        words.list("papers", &step.papers);
    }
    for correction in document.edition.iter().flat_map(|it| &it.corrections) {
        words.add("what", &correction.what);
        words.add("why", &correction.why);
        words.option("decided_by", &correction.decided_by);
        words.option("under", &correction.under);
    }
    for why in document.edition.iter().flat_map(|it| it.withdrawn.values()) {
        words.any("withdrawn", why);
    }
    for section in document.sections {
        words.file = &section.file;
        words.option("number", &section.number);
        words.option("heading", &section.heading);
        words.option("source_note", &section.source_note);
        for part in &section.parts {
            match part {
                Part::SubHeading(heading) => {
                    words.file = &section.file;
                    words.add("heading", heading);
                }
                Part::Clause(it) => clause(it, words),
            }
        }
    }
}

fn clause<'h>(clause: &'h Clause, words: &mut Gathered<'h>) {
    words.file = &clause.file;
    let text = Cow::Owned(clause.plain());
    words.all.push(Words { file: &clause.file, key: "text", after: None, text });
    for run in Block::paragraphs(&clause.blocks) {
        Inline::hrefs(run).into_iter().for_each(|it| words.add("text", it));
    }
    words.option("number", &clause.number);
    words.option("source_note", &clause.source_note);
    words.list("asked", &clause.asked);
    clause.items.values().for_each(|it| words.list("asked", &it.asked));
    if let ClauseKind::Footnote { printed_at, .. } = &clause.kind {
        words.option("printed_at", printed_at);
    }
    let of_items = clause.items.values().flat_map(|ItemTags { principles, .. }| principles);
    for PrincipleTag { why, .. } in clause.principles.iter().chain(of_items) {
        words.add("why", why);
    }
}
