//! The links and anchors of a finished page, as a browser would read them.

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, Error, ForwardingEmitter, Span, Tokenizer};

/// What a page says of links and anchors, in its own order.
#[derive(Default)]
pub(super) struct Outline {
    pub ids: Vec<String>,
    pub links: Vec<String>,
    /// Where in `ids` those of the element that is being read begin.
    of_element: usize,
}

impl Outline {
    pub fn of(html: &[u8]) -> Outline {
        let mut outline = Outline::default();
        let (mut tag, mut attribute) = (Vec::new(), Vec::new());
        let mut refresh = (false, None);
        let read = |event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
            match event {
                CallbackEvent::OpenStartTag { name } => {
                    tag.clear();
                    tag.extend_from_slice(name);
                    outline.of_element = outline.ids.len();
                    refresh = (false, None);
                }
                CallbackEvent::AttributeName { name } => {
                    attribute.clear();
                    attribute.extend_from_slice(name);
                }
                CallbackEvent::AttributeValue { value } => {
                    let value = || String::from_utf8_lossy(value).into_owned();
                    match (tag.as_slice(), attribute.as_slice()) {
                        // An end tag, whose attributes mean nothing.
                        (b"", _) => {}
                        (_, b"id") | (b"a", b"name") => outline.add_id(value()),
                        (_, b"href" | b"src" | b"poster" | b"action")
                        | (b"object", b"data")
                        | (b"use", b"xlink:href") => outline.links.push(value().trim().to_owned()),
                        (_, b"srcset") => {
                            let value = value();
                            let sources = value.split(',');
                            let sources = sources.filter_map(|it| it.split_whitespace().next());
                            outline.links.extend(sources.map(str::to_owned));
                        }
                        (b"meta", b"http-equiv") => {
                            refresh.0 = value().eq_ignore_ascii_case("refresh");
                        }
                        (b"meta", b"content") => refresh.1 = Some(value()),
                        _ => {}
                    }
                }
                CallbackEvent::CloseStartTag { .. } => {
                    if let (true, Some(content)) = (refresh.0, refresh.1.take()) {
                        outline.links.extend(refresh_target(&content));
                    }
                    tag.clear();
                }
                _ => {}
            }
            None
        };
        let mut emitter = CallbackEmitter::new(read);
        // So that what looks like a tag inside a script or a style sheet is none.
        emitter.naively_switch_states(true);
        Tokenizer::new_with_emitter(html, Unfaulted(emitter)).for_each(drop);
        outline
    }

    fn add_id(&mut self, id: String) {
        // `<a id="x" name="x">` is one anchor in two spellings.
        let again = self.ids[self.of_element..].contains(&id);
        if !id.is_empty() && !again {
            self.ids.push(id);
        }
    }
}

/// The address in `0; url=there/`.
fn refresh_target(content: &str) -> Option<String> {
    let (_, rest) = content.split_once([';', ','])?;
    let (key, address) = rest.split_once('=')?;
    let named = key.trim().eq_ignore_ascii_case("url");
    named.then(|| address.trim().trim_matches(['"', '\'']).to_owned())
}

/// Leaves faults of the markup alone: they are not what is looked for, and to look for them takes
/// as long as the rest.
struct Unfaulted<F: Callback<(), ()>>(CallbackEmitter<F, (), ()>);

impl<F: Callback<(), ()>> ForwardingEmitter for Unfaulted<F> {
    type Token = ();

    fn inner(&mut self) -> &mut impl Emitter<Token = ()> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}
}
