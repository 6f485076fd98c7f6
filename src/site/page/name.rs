//! What clauses, items and silences are called in running text.

use crate::handbook::{Basis, Block, Clause, Item, ItemId, Section, SectionKind, Silence};
use crate::site::words;
use crate::view::history::Place;

/// A clause of a protocol in a heading or a list: `Clause 1.03`, `Footnote 8`, `Section 13:
/// “Members should raise …”` where no number is printed.
pub fn clause(place: &Place) -> String {
    called("Clause", place)
}

/// The same in a report, whose paragraphs are no clauses of a protocol: `Paragraph 4.2`.
pub fn paragraph(place: &Place) -> String {
    called("Paragraph", place)
}

fn called(noun: &str, place: &Place) -> String {
    let clause = place.clause;
    let number = clause.number.as_deref().map(|it| it.trim_end_matches('.'));
    match (number, under(place)) {
        (Some(number), _) if clause.is_footnote() => format!("Footnote {number}"),
        (Some(number), _) if place.section.kind == SectionKind::Section => format!("{noun} {number}"),
        (Some(number), Some(under)) => format!("{}, {number}", capital(&under)),
        (Some(number), None) => format!("{noun} {number}"),
        (None, Some(under)) => format!("{}: {}", capital(&under), opening(clause)),
        (None, None) if place.section.kind == SectionKind::Front => {
            format!("Opening lines {}", opening(clause))
        }
        (None, None) => format!("{noun} {}", opening(clause)),
    }
}

/// A clause in a citation, after the name of its text.
pub fn citation(place: &Place) -> String {
    let clause = place.clause;
    let number = clause.number.as_deref().map(|it| it.trim_end_matches('.'));
    match (number, under(place)) {
        (Some(number), _) if clause.is_footnote() => format!("footnote {number}"),
        (Some(number), Some(under)) if place.section.kind != SectionKind::Section => {
            format!("{under}, clause {number}")
        }
        (Some(number), _) => format!("clause {number}"),
        (None, under) => {
            let mut words = under.map(|it| format!("{it}, ")).unwrap_or_default();
            if let Some(heading) = place.sub_heading {
                words.push_str(&format!("under “{heading}”, "));
            }
            words + &format!("the clause that begins {}", opening(clause))
        }
    }
}

/// A section that is named as a whole, with its heading as it is printed.
pub fn whole_section(section: &Section) -> String {
    let heading = section.heading.as_deref().map(|it| format!("“{}”", it.trim_end_matches(':')));
    match (self::section(section), heading) {
        (Some(name), Some(heading)) if !name.contains(&heading) => format!("{name} {heading}"),
        (Some(name), _) => name,
        (None, _) => "a section without number and heading".to_owned(),
    }
}

/// The section of a clause.
fn under(place: &Place) -> Option<String> {
    section(place.section)
}

/// A section: `section 13`, or its heading where it has no number.
fn section(section: &Section) -> Option<String> {
    let heading = section.heading.as_deref().map(|it| format!("“{}”", it.trim_end_matches(':')));
    match (&section.number, section.kind) {
        (Some(number), SectionKind::Section) => Some(format!("section {}", number.trim_end_matches('.'))),
        (Some(number), _) => Some(format!("annex {}", number.trim_end_matches('.'))),
        (None, SectionKind::Annex) => Some(match heading {
            // Some print the word itself as the heading, or begin it so.
            Some(heading) if says_annex(&heading) => heading,
            Some(heading) => format!("annex {heading}"),
            None => "annex".to_owned(),
        }),
        (None, _) => heading,
    }
}

fn says_annex(heading: &str) -> bool {
    let heading = heading.trim_start_matches('“').to_lowercase();
    ["annex", "appendix"].iter().any(|it| heading.starts_with(it))
}

/// The first words of a clause, in quotation marks.
pub fn opening(clause: &Clause) -> String {
    words::opening(&clause.plain())
}

/// Words with a capital at their beginning.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// An item as its clause prints it: `(a)`, `(a) (ii)`; by its first words where it has no label.
/// Where a clause has several lists, that of a label is named.
pub fn item(clause: &Clause, id: &ItemId) -> String {
    if id.as_str() == "tail" {
        return "closing words".to_owned();
    }
    let lists = clause.blocks.iter().filter_map(|it| match it {
        Block::List(items) => Some(items.as_slice()),
        Block::Paragraph(_) | Block::Address(_) => None,
    });
    let lists: Vec<&[Item]> = lists.collect();
    for (index, items) in lists.iter().enumerate() {
        if let Some(path) = path(items, id) {
            let path = path.join(" ");
            let labelled = items.iter().all(|it| it.label.is_some());
            return if lists.len() > 1 && labelled { format!("{path} of list {}", index + 1) } else { path };
        }
    }
    format!("item {id}")
}

/// The labels from an item of this list down to the one looked for.
fn path(items: &[Item], id: &ItemId) -> Option<Vec<String>> {
    items.iter().find_map(|it| {
        let label = it.label.clone().unwrap_or_else(|| words::opening(&words::plain(&it.blocks)));
        if it.id == *id {
            return Some(vec![label]);
        }
        let below = it.blocks.iter().find_map(|block| match block {
            Block::List(items) => path(items, id),
            Block::Paragraph(_) | Block::Address(_) => None,
        })?;
        Some([vec![label], below].concat())
    })
}

/// A number with the word for what is counted.
pub fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

pub fn silence(silence: Silence) -> &'static str {
    match silence {
        Silence::LeftOut => "Expressly left out",
        Silence::Elsewhere => "Dealt with in another document",
        Silence::NotAddressed => "Not addressed",
    }
}

/// On what a tag with a principle rests.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Explicit => "the council names it",
        Basis::Wording => "its words echo it",
        Basis::Inferred => "our reading",
    }
}
