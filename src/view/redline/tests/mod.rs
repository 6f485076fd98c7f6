//! Texts of a few clauses, and how what changed from one to the other is written in a line.

pub mod chance;
mod clauses;
mod wording;

use super::paragraphs::Paragraph;
use super::*;
use crate::handbook::{
    AuthoritySlug, Block, ClauseId, ClauseKind, Handbook, Inline, Item, Part, Provenance, SectionKind,
    SectionSlug,
};
use crate::sample::handbook;

/// A clause: id, printed number, words; a line that begins with `#` is a sub-heading, one that
/// begins with `##` a section's.
type Text<'t> = &'t [(&'t str, Option<&'t str>, &'t str)];

fn sample() -> Handbook {
    handbook(&[])
}

/// An edition with these clauses. A paragraph is a line; one that begins with `-` or `(a)` an item.
fn edition(book: &Handbook, clauses: &[(String, Option<String>, String)], provenance: Provenance) -> Edition {
    let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
    let mut edition = alpha.editions.values().next().unwrap().clone();
    edition.provenance = provenance;
    let template = edition.clauses().next().unwrap().clone();
    let mut section = edition.sections[0].clone();
    section.parts.clear();
    edition.sections.clear();
    for (id, number, words) in clauses {
        if let Some(heading) = words.strip_prefix("## ") {
            edition.sections.push(std::mem::replace(
                &mut section,
                Section { parts: Vec::new(), ..edition_section(id, heading) },
            ));
        } else if let Some(heading) = words.strip_prefix("# ") {
            section.parts.push(Part::SubHeading(heading.to_owned()));
        } else {
            let clause = Clause {
                id: ClauseId::parse(id).unwrap(),
                number: number.clone(),
                blocks: blocks(words),
                kind: ClauseKind::Clause,
                ..template.clone()
            };
            section.parts.push(Part::Clause(Box::new(clause)));
        }
    }
    edition.sections.push(section);
    edition
}

fn edition_section(slug: &str, heading: &str) -> Section {
    Section {
        slug: SectionSlug::parse(slug).unwrap(),
        kind: SectionKind::Section,
        number: None,
        heading: Some(heading.to_owned()),
        parts: Vec::new(),
        source_note: None,
        file: String::new(),
    }
}

fn blocks(words: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in words.lines() {
        let paragraph = |it: &str| Block::Paragraph(vec![Inline::Text(it.to_owned())]);
        let label = line.split_once(' ').filter(|(it, _)| *it == "-" || it.ends_with(')'));
        match label {
            None => blocks.push(paragraph(line)),
            Some((label, rest)) => {
                let item = Item {
                    id: crate::handbook::ItemId::parse("a").unwrap(),
                    label: Some(label.to_owned()).filter(|it| it != "-"),
                    blocks: vec![paragraph(rest)],
                };
                match blocks.last_mut() {
                    Some(Block::List(items)) => items.push(item),
                    _ => blocks.push(Block::List(vec![item])),
                }
            }
        }
    }
    blocks
}

fn owned(text: Text) -> Vec<(String, Option<String>, String)> {
    text.iter().map(|(id, number, words)| ((*id).into(), number.map(Into::into), (*words).into())).collect()
}

/// What each passage that changed came to, with its words as `[-removed-]{+added+}`.
fn told(redline: &Redline) -> Vec<String> {
    let mut told = Vec::new();
    for (at, passage) in redline.passages.iter().enumerate() {
        let changes = redline.changes_of(at);
        if passage.is_unchanged(redline, at) {
            continue;
        }
        let name = match &passage.of {
            Of::Section { .. } => "section".to_owned(),
            Of::SubHeading => "sub-heading".to_owned(),
            Of::Clauses { before, after } => {
                let ids =
                    |it: &[Where]| it.iter().map(|it| it.clause.id.to_string()).collect::<Vec<_>>().join("+");
                match (ids(before), ids(after)) {
                    (a, b) if a == b || a.is_empty() => b,
                    (a, b) if b.is_empty() => a,
                    (a, b) => format!("{a}>{b}"),
                }
            }
        };
        let said = changes.iter().map(|it| match it.what {
            What::Words { .. } => match it.kind {
                Kind::Wording => "words",
                Kind::Print => "print",
                Kind::Numbering => "numbers",
                Kind::Layout => "space",
            },
            What::Added => "added",
            What::Removed => "removed",
            What::Split => "split",
            What::Merged => "merged",
            What::Moved => "moved",
            What::Numbered => "numbered",
            What::Set => "set",
        });
        let lines: Vec<String> = passage.lines.iter().map(line).collect();
        told.push(format!("{name} {}: {}", said.collect::<Vec<_>>().join(" "), lines.join(" / ")));
    }
    told
}

fn line(line: &Line) -> String {
    let mut out = match (&line.before, &line.after) {
        (Some(_), None) => "<".to_owned(),
        (None, Some(_)) => ">".to_owned(),
        _ => String::new(),
    };
    for piece in &line.pieces {
        match piece {
            Piece::Kept(text) => out.push_str(text),
            Piece::Changed(place) => {
                if !place.removed.is_empty() {
                    out.push_str(&format!("[-{}-]", place.removed));
                }
                if !place.added.is_empty() {
                    out.push_str(&format!("{{+{}+}}", place.added));
                }
            }
        }
    }
    out
}

#[track_caller]
fn check(before: Text, after: Text, expected: &[&str]) {
    check_of(Provenance::DraftedHere, before, after, expected);
}

#[track_caller]
fn check_of(provenance: Provenance, before: Text, after: Text, expected: &[&str]) {
    let book = sample();
    let before = edition(&book, &owned(before), provenance);
    let after = edition(&book, &owned(after), Provenance::DraftedHere);
    let redline = Redline::of(&before, &after);
    assert_eq!(told(&redline), expected);
    rebuilds(&redline);
    rebuilds_in_order(&Redline::in_order(&before, &after));
    for (at, change) in redline.changes.iter().enumerate() {
        assert_eq!(change.number, at + 1);
    }
}

/// The changes of words alone, of one clause.
#[track_caller]
fn check_words(before: &str, after: &str, expected: &str) {
    let paragraphs = |it: &str| paragraphs::paragraphs(0, &blocks(it));
    let (before, after) = (paragraphs(before), paragraphs(after));
    let found = words::lines(&before, &after);
    assert_eq!(found.iter().map(line).collect::<Vec<_>>().join(" / "), expected);
    assert_eq!(sides(&found), (before, after));
}

/// The paragraphs of both sides, of one clause of each.
fn sides(lines: &[Line]) -> (Vec<Paragraph>, Vec<Paragraph>) {
    let mut sides = (Vec::new(), Vec::new());
    for line in lines {
        let all = [
            (&mut sides.0, &line.before, Piece::before as fn(&Piece) -> &str),
            (&mut sides.1, &line.after, Piece::after),
        ];
        for (side, start, words) in all {
            if let Some(start) = start {
                side.push(Paragraph { start: start.clone(), words: String::new() });
            }
            let text: String = line.pieces.iter().map(words).collect();
            match side.last_mut() {
                Some(last) => last.words.push_str(&text),
                None => assert_eq!(text, ""),
            }
        }
    }
    sides
}

/// Each clause, put together again from either side, is what its text has.
fn rebuilds(redline: &Redline) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for passage in &redline.passages {
        let Of::Clauses { before: old, after: new } = &passage.of else { continue };
        let sides = sides(&passage.lines);
        for (places, found, all) in [(old, sides.0, &mut before), (new, sides.1, &mut after)] {
            for (at, place) in places.iter().enumerate() {
                let own: Vec<_> = found.iter().filter(|it| it.start.clause == at).cloned().collect();
                assert_eq!(own, paragraphs::paragraphs(at, &place.clause.blocks));
                all.push(&place.clause.id);
            }
        }
    }
    for (edition, mut found) in [(redline.before, before), (redline.after, after)] {
        let mut all: Vec<&ClauseId> = edition.clauses().map(|it| &it.id).collect();
        all.sort();
        found.sort();
        assert_eq!(found, all, "each clause stands once");
    }
}

/// Each text, read from the beginning to the end of one side, is what it is.
fn rebuilds_in_order(redline: &Redline) {
    let whole = |edition: &Edition| -> Vec<String> {
        let mut all = Vec::new();
        for section in &edition.sections {
            all.extend(section.heading.clone());
            for part in &section.parts {
                match part {
                    Part::SubHeading(it) => all.push(it.clone()),
                    Part::Clause(it) => {
                        all.extend(paragraphs::paragraphs(0, &it.blocks).into_iter().map(|it| it.words))
                    }
                }
            }
        }
        all
    };
    let mut found = (Vec::new(), Vec::new());
    for passage in &redline.passages {
        let sides = sides(&passage.lines);
        found.0.extend(sides.0.into_iter().map(|it| it.words));
        found.1.extend(sides.1.into_iter().map(|it| it.words));
    }
    assert_eq!(found.0, whole(redline.before));
    assert_eq!(found.1, whole(redline.after));
}

#[test]
fn drafts_are_left_out_unless_asked_for() {
    let edition = |status: &str| {
        format!(
            "title: P\nstatus: {status}\nfollows: 2020-01-02\nlanguage: en-GB\nsource: {{title: P}}\nprovenance: drafted-here\n"
        )
    };
    let (draft, adopted) = (edition("draft"), edition("proposed"));
    for (edition, drafts, expected) in [(&draft, false, 1), (&draft, true, 2), (&adopted, false, 2)] {
        let book = handbook(&[("authorities/alpha/protocol/2021/edition.yaml", edition)]);
        let alpha = &book.authorities[&AuthoritySlug::parse("alpha").unwrap()];
        assert_eq!(steps(alpha, drafts).len(), expected);
    }
}
