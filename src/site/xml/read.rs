//! XML read back, for tests.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element as it was read.
#[derive(Debug, Default)]
pub struct Read {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// The words that stand in it directly; white space alone is left out where it holds elements.
    pub text: String,
    pub children: Vec<Read>,
}

impl Read {
    /// The elements of a name that stand in it directly.
    pub fn all(&self, name: &str) -> Vec<&Read> {
        self.children.iter().filter(|it| it.name == name).collect()
    }

    /// The words of the one element of a name; `None` if there is none.
    ///
    /// # Panics
    ///
    /// If there are several.
    pub fn one(&self, name: &str) -> Option<&str> {
        let all = self.all(name);
        assert!(all.len() < 2, "several <{name}>");
        all.first().map(|it| it.text.as_str())
    }
}

/// The outermost element of a file.
///
/// # Panics
///
/// If the file is not well-formed.
#[track_caller]
pub fn file(xml: &[u8]) -> Read {
    let mut reader = Reader::from_str(std::str::from_utf8(xml).expect("it is UTF-8"));
    let mut open = vec![Read::default()];
    loop {
        let event = reader.read_event().expect("it is well-formed");
        let innermost = open.last_mut().expect("the file itself is open");
        match event {
            Event::Start(it) => open.push(started(&it)),
            Event::Empty(it) => innermost.children.push(started(&it)),
            Event::Text(it) => innermost.text.push_str(&it),
            Event::GeneralRef(it) => {
                innermost
                    .text
                    .push_str(quick_xml::escape::resolve_predefined_entity(&it).expect("it is known"));
            }
            Event::End(_) => {
                let mut done = open.pop().expect("it was open");
                if !done.children.is_empty() {
                    assert_eq!(done.text.trim(), "", "words beside elements");
                    done.text.clear();
                }
                open.last_mut().expect("the file itself is open").children.push(done);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "every element is closed");
    let mut roots = open.remove(0).children;
    assert_eq!(roots.len(), 1, "there is one outermost element");
    roots.remove(0)
}

fn started(start: &BytesStart) -> Read {
    let attributes = start.attributes().map(|it| {
        let it = it.expect("an attribute is sound");
        let value = it.normalized_value(quick_xml::XmlVersion::Implicit1_0).expect("its value is sound");
        (it.key.as_ref().to_owned(), value.into_owned())
    });
    Read { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), ..Read::default() }
}
