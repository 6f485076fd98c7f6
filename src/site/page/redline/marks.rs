//! Words with their changes as HTML.
//!
//! What was added stands in `ins`, what was removed in `del`, each between words that say where it
//! begins and ends: they are in the page itself, unseen, for those who hear it, and for whoever
//! copies the text.

use std::collections::BTreeSet;

use crate::handbook::SourceText;
use crate::markdown::{escape, escape_into};
use crate::site::address::anchor;
use crate::view::redline::{Line, Piece, Place, Start};

/// Writes lines, and gives each change an anchor at its first place.
#[derive(Default)]
pub struct Marks {
    anchored: BTreeSet<usize>,
}

impl Marks {
    /// Lines as paragraphs.
    pub fn lines(&mut self, lines: &[Line]) -> String {
        let mut out = String::new();
        for line in lines {
            let start = line.after.as_ref().or(line.before.as_ref());
            open(start, &mut out);
            if let Some(label) = label(line) {
                out.push_str(&format!("<span class=\"label\">{label}</span> "));
            }
            let kept = line.pieces.iter().any(|it| matches!(it, Piece::Kept(_)));
            let broken = if kept { [line.before.is_none(), line.after.is_none()] } else { [false, false] };
            match broken {
                [true, false] => change("ins", "addition", None, "¶", " new paragraph", &mut out),
                [false, true] => change("del", "deletion", None, "¶", " paragraph joined", &mut out),
                _ => {}
            }
            self.pieces(&line.pieces, &mut out);
            out.push_str("</p>\n");
        }
        out
    }

    /// The words of a line, without an element around them.
    pub fn inline(&mut self, lines: &[Line]) -> String {
        let mut out = String::new();
        for line in lines {
            self.pieces(&line.pieces, &mut out);
        }
        out
    }

    fn pieces(&mut self, pieces: &[Piece], out: &mut String) {
        for piece in pieces {
            match piece {
                Piece::Kept(text) => words(text, out),
                Piece::Changed(place) => self.place(place, out),
            }
        }
    }

    fn place(&mut self, place: &Place, out: &mut String) {
        let Place { removed, added, change: number } = place;
        let mut anchor = None;
        if *number > 0 && self.anchored.insert(*number) {
            anchor = Some(anchor::change(*number));
        }
        let (gone, new) = (removed.trim(), added.trim());
        let space = |text: &str, at_end: bool| {
            let at = if at_end { text.trim_end().len() } else { 0 };
            !text.is_empty() && text[at..].starts_with(char::is_whitespace)
        };
        if space(removed, false) || space(added, false) {
            out.push(' ');
        }
        if !gone.is_empty() {
            change("del", "deletion", anchor.take().as_deref(), gone, "", out);
        }
        if !gone.is_empty() && !new.is_empty() {
            out.push(' ');
        }
        if !new.is_empty() {
            change("ins", "addition", anchor.as_deref(), new, "", out);
        }
        if space(removed, true) || space(added, true) {
            out.push(' ');
        }
    }
}

/// One side of lines as paragraphs, without marks; each clause under its number, where there are
/// any.
pub fn side(lines: &[Line], later: bool, numbers: &[Option<&str>]) -> String {
    let mut out = String::new();
    let mut open_now = false;
    let mut numbers = numbers.iter().enumerate().peekable();
    for line in lines {
        let start = if later { &line.after } else { &line.before };
        let text: String = line.pieces.iter().map(if later { Piece::after } else { Piece::before }).collect();
        if let Some(it) = start {
            if std::mem::replace(&mut open_now, true) {
                out.push_str("</p>\n");
            }
            while let Some((_, number)) = numbers.next_if(|(at, _)| *at <= it.clause) {
                side_number(*number, &mut out);
            }
            open(Some(it), &mut out);
            if it.item {
                let label = it.label.as_deref().unwrap_or("•");
                out.push_str(&format!("<span class=\"label\">{}</span> ", escape(label)));
            }
        }
        words(&text, &mut out);
    }
    if open_now {
        out.push_str("</p>\n");
    }
    numbers.for_each(|(_, number)| side_number(*number, &mut out));
    out
}

fn side_number(number: Option<&str>, out: &mut String) {
    if let Some(number) = number {
        out.push_str(&format!("<p class=\"number\">{}</p>\n", escape(number)));
    }
}

/// A number or label that may have changed, as HTML; `None` where there is none on either side.
pub fn number(before: Option<&str>, after: Option<&str>, changed: bool) -> Option<String> {
    let mut out = String::new();
    match (before.filter(|_| changed), after.or(before.filter(|_| !changed))) {
        (None, None) => return None,
        (None, Some(after)) if changed => change("ins", "addition", None, after, "", &mut out),
        (None, Some(after)) => escape_into(after, &mut out),
        (Some(before), after) => {
            change("del", "deletion", None, before, "", &mut out);
            if let Some(after) = after {
                out.push(' ');
                change("ins", "addition", None, after, "", &mut out);
            }
        }
    }
    Some(out)
}

fn open(start: Option<&Start>, out: &mut String) {
    match start.filter(|it| it.depth > 0) {
        Some(it) if it.item => {
            out.push_str(&format!("<p class=\"item\" data-depth=\"{}\">", it.depth.min(4)))
        }
        Some(it) => out.push_str(&format!("<p class=\"within\" data-depth=\"{}\">", it.depth.min(4))),
        None => out.push_str("<p>"),
    }
}

/// The label of an item, with what became of it.
fn label(line: &Line) -> Option<String> {
    fn of(start: &Option<Start>) -> Option<&str> {
        let start = start.as_ref().filter(|it| it.item)?;
        Some(start.label.as_deref().unwrap_or("•"))
    }
    let (before, after) = (of(&line.before), of(&line.after));
    number(before, after, before != after)
}

/// A change in its element, between the words that say where it begins and ends.
fn change(element: &str, name: &str, id: Option<&str>, text: &str, unseen: &str, out: &mut String) {
    out.push_str(&format!("<{element}"));
    if let Some(id) = id {
        out.push_str(&format!(" id=\"{}\"", escape(id)));
    }
    out.push_str(&format!("><span class=\"hidden\" lang=\"en-GB\">[start of {name}] </span>"));
    words(text, out);
    out.push_str(&format!(
        "<span class=\"hidden\" lang=\"en-GB\">{unseen} [end of {name}]</span></{element}>"
    ));
}

/// Council words, with the marker for removed contact details set apart as ours.
fn words(text: &str, out: &mut String) {
    for (index, part) in text.split(SourceText::MARKER).enumerate() {
        if index > 0 {
            out.push_str("<span class=\"editors\">");
            escape_into(SourceText::MARKER, out);
            out.push_str("</span>");
        }
        escape_into(part, out);
    }
}
