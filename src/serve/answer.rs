//! The response to a request: the right type, the right part, and what a browser may keep.

use std::convert::Infallible;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full, channel::Channel};
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{HeaderMap, Method, Request, Response, StatusCode};

use super::gate;
use super::page::{self, OWN, SCRIPT, STYLE};
use super::room::Seat;
use super::shelf::{Found, News, Shelf};
use super::way::{self, Way};
use crate::disk::Digest;
use crate::site::Address;

pub type Body = BoxBody<Bytes, Infallible>;

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// What is sent when nothing is: else a client that has left without a word is not noticed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// Answers a request of the connection that has this seat.
pub async fn to<B>(request: Request<B>, shelf: Arc<Shelf>, seat: &Seat) -> Response<Body> {
    let mut response = match gate::refuse(&request) {
        Err((status, words)) => plain(status, words),
        Ok(()) => {
            let (mut parts, _) = request.into_parts();
            if parts.method != Method::GET {
                // A part is defined for GET alone (RFC 9110, 14.2).
                parts.headers.remove(header::RANGE);
            }
            let path = parts.uri.path().to_owned();
            match path.strip_prefix(OWN) {
                Some("news") if parts.method == Method::GET => match seat.wait_for_news() {
                    true => news(&shelf),
                    false => plain(StatusCode::SERVICE_UNAVAILABLE, "Too many pages wait for news.\n"),
                },
                Some("reload.js") => file(StatusCode::OK, type_of("reload.js"), SCRIPT, &parts.headers),
                Some("reload.css") => file(StatusCode::OK, type_of("reload.css"), STYLE, &parts.headers),
                Some(_) => plain(StatusCode::NOT_FOUND, "Nothing stands here.\n"),
                None => {
                    let headers = parts.headers;
                    let query = parts.uri.query().map(str::to_owned);
                    // A page takes as long as it takes to make; others are answered meanwhile.
                    let made =
                        tokio::task::spawn_blocking(move || site(&shelf, &path, query.as_deref(), &headers));
                    made.await.unwrap_or_else(|_| {
                        plain(StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made.\n")
                    })
                }
            }
        }
    };
    guard(response.headers_mut());
    // For HEAD hyper sends what stands in the head, and leaves the body out.
    response
}

/// What stands in every head, so that no page elsewhere can show or read ours.
fn guard(headers: &mut HeaderMap) {
    for (name, value) in [
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("content-security-policy", "frame-ancestors 'none'"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        // Kept, and asked for again each time: what is saved shows at once.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
}

/// A file of the site.
fn site(shelf: &Shelf, path: &str, query: Option<&str>, headers: &HeaderMap) -> Response<Body> {
    let view = shelf.look();
    let root = &view.root;
    let address = match way::find(path, root) {
        Way::Root => return lead_to(root, query),
        Way::Page(address) if view.has(&address) => Some(address),
        Way::Page(address) => {
            let folder = way::folder(&address);
            if view.has(&folder) {
                return lead_to(&way::spell(root, &folder), query);
            }
            None
        }
        Way::Nowhere => None,
    };
    match (view.find(address.as_ref()), address) {
        (Found::Page(bytes), Some(address)) => match type_of(address.as_path()) {
            HTML => html(StatusCode::OK, &bytes, headers),
            kind => file(StatusCode::OK, kind, bytes, headers),
        },
        (Found::Nothing(Some(page)), _) => {
            html(StatusCode::NOT_FOUND, &page::from_anywhere(&page, root), headers)
        }
        (Found::NoSite(troubles), _) => {
            let page = page::in_its_place("There is no website to show yet", &troubles);
            html(StatusCode::SERVICE_UNAVAILABLE, &page, headers)
        }
        (Found::Broken(troubles), _) => {
            let page = page::in_its_place("This page cannot be shown yet", &troubles);
            html(StatusCode::INTERNAL_SERVER_ERROR, &page, headers)
        }
        (Found::Nothing(None) | Found::Page(_), _) => plain(StatusCode::NOT_FOUND, "Nothing stands here.\n"),
    }
}

/// A page, with what keeps it new.
fn html(status: StatusCode, bytes: &[u8], headers: &HeaderMap) -> Response<Body> {
    let tag = tag(bytes);
    answer(status, HTML, page::with_reload(bytes, &tag), &tag, headers)
}

fn file(
    status: StatusCode,
    kind: &'static str,
    bytes: impl Into<Bytes>,
    headers: &HeaderMap,
) -> Response<Body> {
    let bytes = bytes.into();
    let tag = tag(&bytes);
    answer(status, kind, bytes, &tag, headers)
}

fn tag(bytes: &[u8]) -> String {
    Digest::of(bytes).to_string()[..24].to_owned()
}

/// The whole of it, the part that was asked for, or that the client has it already.
fn answer(
    status: StatusCode,
    kind: &'static str,
    bytes: impl Into<Bytes>,
    tag: &str,
    headers: &HeaderMap,
) -> Response<Body> {
    let bytes: Bytes = bytes.into();
    let quoted = format!("\"{tag}\"");
    let value = |name| headers.get(name).and_then(|it: &HeaderValue| it.to_str().ok());
    let mut response = Response::new(whole(""));
    let set = response.headers_mut();
    set.insert(header::ETAG, HeaderValue::from_str(&quoted).expect("digits and quotation marks"));
    if status == StatusCode::OK {
        let has_it = |it: &str| {
            it.split(',').any(|it| it.trim().trim_start_matches("W/") == quoted || it.trim() == "*")
        };
        if value(header::IF_NONE_MATCH).is_some_and(has_it) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    }
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let asked = value(header::RANGE).filter(|_| status == StatusCode::OK);
    // A part of another version would not fit what the client has.
    let fits = value(header::IF_RANGE).is_none_or(|it| it == quoted);
    match asked.filter(|_| fits).and_then(|it| range(it, bytes.len())) {
        Some(Some(range)) => {
            let (from, to) = (*range.start(), *range.end());
            let place = format!("bytes {from}-{to}/{}", bytes.len());
            set.insert(header::CONTENT_RANGE, HeaderValue::from_str(&place).expect("digits"));
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            *response.body_mut() = whole(bytes.slice(range));
        }
        Some(None) => {
            let length = format!("bytes */{}", bytes.len());
            set.insert(header::CONTENT_RANGE, HeaderValue::from_str(&length).expect("digits"));
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
        }
        None => {
            *response.status_mut() = status;
            *response.body_mut() = whole(bytes);
        }
    }
    response
}

/// The bytes that `bytes=2-5`, `bytes=2-` or `bytes=-5` mean in a file of `length`; `Some(None)` if
/// there are none such. `None` for what is not understood, and for several parts at once: the whole
/// file is then an answer (RFC 9110, 14.2).
fn range(value: &str, length: usize) -> Option<Option<RangeInclusive<usize>>> {
    let number = |it: &str| match it.bytes().all(|it| it.is_ascii_digit()) && !it.is_empty() {
        // What is too large to count is beyond the end.
        true => Some(it.parse::<usize>().unwrap_or(usize::MAX)),
        false => None,
    };
    let (from, to) = value.strip_prefix("bytes=")?.trim().split_once('-')?;
    let range = match (from, to) {
        ("", last) => {
            let last = number(last)?;
            (last > 0 && length > 0).then(|| length.saturating_sub(last)..=length - 1)
        }
        (from, to) => {
            let from = number(from)?;
            let to = if to.is_empty() { usize::MAX } else { number(to)? };
            if to < from {
                return None;
            }
            (from < length).then(|| from..=to.min(length - 1))
        }
    };
    Some(range)
}

/// What is told to a page that is open, until it is left.
fn news(shelf: &Shelf) -> Response<Body> {
    let mut news = shelf.news();
    let (mut sender, body) = Channel::new(4);
    tokio::spawn(async move {
        let mut told: Option<u64> = None;
        loop {
            let latest: Arc<News> = Arc::clone(&news.borrow_and_update());
            let words = match told {
                // What was missed is not told in part: the page asks whether it is still the newest.
                Some(number) if latest.number == number + 1 => event("news", &latest),
                _ => event("state", &News { styles: Vec::new(), clause: None, ..(*latest).clone() }),
            };
            told = Some(latest.number);
            if sender.send_data(words.into()).await.is_err() {
                return;
            }
            loop {
                match tokio::time::timeout(SIGN_OF_LIFE, news.changed()).await {
                    Ok(Ok(())) => break,
                    Ok(Err(_)) => return,
                    Err(_) => {
                        if sender.send_data(Bytes::from_static(b": here\n\n")).await.is_err() {
                            return;
                        }
                    }
                }
            }
        }
    });
    let mut response = Response::new(body.boxed());
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn event(name: &str, news: &News) -> String {
    let data = serde_json::to_string(news).expect("all keys are text");
    format!("retry: 500\nevent: {name}\ndata: {data}\n\n")
}

fn lead_to(path: &str, query: Option<&str>) -> Response<Body> {
    let to = query.map_or_else(|| path.to_owned(), |it| format!("{path}?{it}"));
    let mut response = plain(StatusCode::FOUND, "");
    if let Ok(to) = HeaderValue::from_str(&to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

fn plain(status: StatusCode, words: &'static str) -> Response<Body> {
    let mut response = Response::new(whole(words));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(TEXT));
    let more = match status {
        StatusCode::METHOD_NOT_ALLOWED => Some((header::ALLOW, "GET, HEAD")),
        StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, "2")),
        _ => None,
    };
    response.headers_mut().extend(more.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}

fn whole(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).boxed()
}

/// The type of a file by its name; the feeds are the only files called `feed.xml`.
fn type_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    if Address::file(name) == Address::feed() {
        return "application/atom+xml; charset=utf-8";
    }
    if Address::file(path) == Address::open_search() {
        return "application/opensearchdescription+xml";
    }
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => TEXT,
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "zip" => "application/zip",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_understood_as_browsers_ask_for_it() {
        #[track_caller]
        fn check(value: &str, expected: Option<Option<RangeInclusive<usize>>>) {
            assert_eq!(range(value, 10), expected, "{value}");
        }
        check("bytes=2-5", Some(Some(2..=5)));
        check("bytes=2-", Some(Some(2..=9)));
        check("bytes=0-99", Some(Some(0..=9)));
        check("bytes=-3", Some(Some(7..=9)));
        check("bytes=-99", Some(Some(0..=9)));
        check("bytes=10-", Some(None));
        check("bytes=-0", Some(None));
        check("bytes=99999999999999999999999-", Some(None));
        for value in ["bytes=5-2", "bytes=a-b", "bytes=1-2,4-5", "bytes=+1-2", "bytes=-", "lines=1-2", ""] {
            check(value, None);
        }
        assert_eq!(range("bytes=0-", 0), Some(None));
    }
}
