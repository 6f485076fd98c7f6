//! Files in XML: one element and what stands in it.
//!
//! The writer of XML is named here alone, so that nothing that is written has to be escaped
//! elsewhere.

#[cfg(test)]
pub mod read;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element with its attributes, in their order, and what stands in it.
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    inside: Inside,
}

enum Inside {
    Nothing,
    Text(String),
    Elements(Vec<Element>),
}

impl Element {
    /// An element with nothing in it.
    pub fn new(name: &'static str) -> Self {
        Element { name, attributes: Vec::new(), inside: Inside::Nothing }
    }

    /// An element with words in it.
    pub fn text(name: &'static str, text: impl Into<String>) -> Self {
        Element { inside: Inside::Text(text.into()), ..Element::new(name) }
    }

    /// An element with others in it, in their order.
    pub fn of(name: &'static str, elements: impl IntoIterator<Item = Element>) -> Self {
        Element { inside: Inside::Elements(elements.into_iter().collect()), ..Element::new(name) }
    }

    /// The same element with an attribute after those it has.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }
}

/// The file whose outermost element is `root`, each element on a line of its own.
///
/// Control characters, which no such file can hold, are an error of the content long before.
pub fn file(root: &Element) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 0);
    writer
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
        .and_then(|()| write(root, &mut writer))
        .expect("memory takes what is written");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write(element: &Element, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
    let mut start = BytesStart::new(element.name);
    for (name, value) in &element.attributes {
        start.push_attribute((*name, value.as_str()));
    }
    match &element.inside {
        Inside::Nothing => return writer.write_event(Event::Empty(start)),
        Inside::Text(text) => {
            writer.write_event(Event::Start(start))?;
            writer.write_event(Event::Text(BytesText::new(text)))?;
        }
        Inside::Elements(elements) => {
            writer.write_event(Event::Start(start))?;
            elements.iter().try_for_each(|it| write(it, writer))?;
        }
    }
    writer.write_event(Event::End(BytesEnd::new(element.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["", "plain", "a & b < c > d", "\"it's\"", "]]>", "é – “ŵyl”", " two  spaces "] {
            let root = Element::of("a", [Element::text("b", text).with("c", text), Element::new("d")]);
            let read = read::file(&file(&root));
            assert_eq!((read.name.as_str(), read.children.len()), ("a", 2));
            let b = &read.children[0];
            assert_eq!((b.text.as_str(), b.attributes["c"].as_str()), (text, text));
        }
    }
}
