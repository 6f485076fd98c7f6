//! The words of a document as its source prints them.

use std::borrow::Cow;

use crate::diff;
use crate::handbook::{Block, Clause, Inline, Part, Section};

/// How a word stands to the paragraph it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    Inside,
    /// First after a number or a label: a source may print the two on one line or on two.
    AfterLabel,
    Paragraph,
}

/// One word of a document.
#[derive(Clone, Debug)]
pub struct DocumentWord<'h> {
    pub text: String,
    /// The clause or section file it stands in.
    pub file: &'h str,
    /// Whether it stands there below the keys.
    pub in_text: bool,
    pub opens: Opens,
    /// The space before it, where that is no ordinary one.
    pub space: Option<char>,
    /// Its own place in an unbroken run of text: the run, first byte and last. `None` for a
    /// word that is put together, as by the mark of a footnote.
    pub run: Option<(&'h str, usize, usize)>,
}

/// All words of a document in reading order: of each section its number, heading and
/// sub-headings; of each clause its number, labels and text.
pub fn words(sections: &[Section]) -> Vec<DocumentWord<'_>> {
    let mut words = Words { words: Vec::new(), file: "", in_text: false, after_label: false };
    for section in sections {
        words.file = &section.file;
        if let Some(number) = &section.number {
            words.label(number);
        }
        if let Some(heading) = &section.heading {
            words.line(heading);
        }
        words.after_label = false;
        for part in &section.parts {
            match part {
                Part::SubHeading(heading) => {
                    words.file = &section.file;
                    words.line(heading);
                }
                Part::Clause(clause) => words.clause(clause),
            }
        }
    }
    words.words
}

/// A word without what typography does to it: quotes straight, dashes short, marks without
/// width left out.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() && !word.contains('`') {
        return Cow::Borrowed(word);
    }
    let fold = |letter| match letter {
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => Some('\''),
        '“' | '”' | '„' | '‟' | '″' => Some('"'),
        '‐' | '\u{2011}' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => None,
        other => Some(other),
    };
    Cow::Owned(word.chars().filter_map(fold).collect())
}

/// The space before the word that begins at byte `at` of `text`, where it is no ordinary one.
pub fn space_before(text: &str, at: usize) -> Option<char> {
    let before = &text[..at];
    let ordinary = |it: &char| !matches!(it, ' ' | '\t' | '\n' | '\r');
    before.chars().rev().take_while(|it| it.is_whitespace()).find(ordinary)
}

struct Words<'h> {
    words: Vec<DocumentWord<'h>>,
    file: &'h str,
    in_text: bool,
    after_label: bool,
}

impl<'h> Words<'h> {
    fn clause(&mut self, clause: &'h Clause) {
        self.file = &clause.file;
        match &clause.number {
            Some(number) if clause.is_footnote() => {
                let number = superscript(number);
                self.push(&number, &[], true);
            }
            Some(number) => self.label(number),
            None => {}
        }
        self.in_text = true;
        self.blocks(&clause.blocks);
        self.in_text = false;
        self.after_label = false;
    }

    fn blocks(&mut self, blocks: &'h [Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) => {
                    let (mut text, mut runs) = (String::new(), Vec::new());
                    flatten(inlines, &mut text, &mut runs);
                    self.push(&text, &runs, false);
                }
                Block::Address(address) => self.line(address),
                Block::List(items) => {
                    for item in items {
                        if let Some(label) = &item.label {
                            self.label(label);
                        }
                        self.blocks(&item.blocks);
                    }
                }
            }
        }
    }

    fn label(&mut self, text: &'h str) {
        self.push(text, &[(0, text)], true);
    }

    fn line(&mut self, text: &'h str) {
        self.push(text, &[(0, text)], false);
    }

    /// Adds the words of a paragraph. `runs` are the pieces of text that it is made of, each
    /// with the byte at which it begins.
    fn push(&mut self, text: &str, runs: &[(usize, &'h str)], is_label: bool) {
        for (index, (at, word)) in diff::tokens(text).enumerate() {
            let opens = match index {
                0 if self.after_label => Opens::AfterLabel,
                0 => Opens::Paragraph,
                _ => Opens::Inside,
            };
            let run = runs.iter().rfind(|(start, _)| *start <= at).and_then(|(start, run)| {
                let first = at - start;
                (first + word.len() <= run.len()).then_some((*run, first, first + word.len()))
            });
            let space = if index == 0 { None } else { space_before(text, at) };
            let (text, file, in_text) = (word.to_owned(), self.file, self.in_text);
            self.words.push(DocumentWord { text, file, in_text, opens, space, run });
        }
        self.after_label = is_label;
    }
}

/// The words of a paragraph in one text, and the runs it is made of.
fn flatten<'h>(inlines: &'h [Inline], text: &mut String, runs: &mut Vec<(usize, &'h str)>) {
    for inline in inlines {
        match inline {
            Inline::Text(words) | Inline::Reference { words, .. } => {
                runs.push((text.len(), words));
                text.push_str(words);
            }
            Inline::Strong(words) | Inline::Emphasis(words) | Inline::Link { words, .. } => {
                flatten(words, text, runs);
            }
            Inline::Footnote { number, .. } => {
                let mark = superscript(number);
                text.push_str(&mark);
            }
        }
    }
}

/// The number of a footnote as it is printed: its digits raised, whatever else it holds as it is.
fn superscript(number: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.chars().map(|it| it.to_digit(10).map_or(it, |digit| RAISED[digit as usize])).collect()
}
