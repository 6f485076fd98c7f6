//! The links and anchors of a finished page, as a browser would read them.

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, Error, ForwardingEmitter, Span, Tokenizer};

/// What a page says.
pub(super) enum Said<'s> {
    /// An element has this id.
    Id(&'s str),
    Link(&'s str),
}

/// Tells what the page `html` says of links and anchors, in its own order.
pub(super) fn read(html: &[u8], mut tell: impl FnMut(Said<'_>)) {
    let (mut tag, mut attribute) = (Vec::new(), Vec::new());
    // The ids of the element that is being read.
    let mut ids: Vec<String> = Vec::new();
    let mut refresh = (false, None);
    let event = |event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                tag.clear();
                tag.extend_from_slice(name);
                ids.clear();
                refresh = (false, None);
            }
            CallbackEvent::AttributeName { name } => {
                attribute.clear();
                attribute.extend_from_slice(name);
            }
            CallbackEvent::AttributeValue { value } => {
                let value = || String::from_utf8_lossy(value);
                match (tag.as_slice(), attribute.as_slice()) {
                    // An end tag, whose attributes mean nothing.
                    (b"", _) => {}
                    (_, b"id") | (b"a", b"name") => {
                        let id = value();
                        // `<a id="x" name="x">` is one anchor in two spellings.
                        if !id.is_empty() && !ids.iter().any(|it| *it == id) {
                            tell(Said::Id(&id));
                            ids.push(id.into_owned());
                        }
                    }
                    (_, b"href" | b"src" | b"poster" | b"action")
                    | (b"object", b"data")
                    | (b"use", b"xlink:href") => tell(Said::Link(value().trim())),
                    (_, b"srcset") => {
                        let value = value();
                        let sources = value.split(',').filter_map(|it| it.split_whitespace().next());
                        sources.for_each(|it| tell(Said::Link(it)));
                    }
                    (b"meta", b"http-equiv") => refresh.0 = value().eq_ignore_ascii_case("refresh"),
                    (b"meta", b"content") => refresh.1 = Some(value().into_owned()),
                    _ => {}
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                if let (true, Some(content)) = (refresh.0, refresh.1.take())
                    && let Some(target) = refresh_target(&content)
                {
                    tell(Said::Link(target));
                }
                tag.clear();
            }
            _ => {}
        }
        None
    };
    let mut emitter = CallbackEmitter::new(event);
    // So that what looks like a tag inside a script or a style sheet is none.
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(html, Unfaulted(emitter)).for_each(drop);
}

/// The address in `0; url=there/`.
fn refresh_target(content: &str) -> Option<&str> {
    let (_, rest) = content.split_once([';', ','])?;
    let (key, address) = rest.split_once('=')?;
    let named = key.trim().eq_ignore_ascii_case("url");
    named.then(|| address.trim().trim_matches(['"', '\'']))
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
