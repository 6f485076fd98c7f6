//! Who is let in. The handbook may hold drafts, and any web page that is open in the same
//! browser can send requests here.

use hyper::header::{HOST, ORIGIN};
use hyper::http::uri::Authority;
use hyper::{HeaderMap, Method, Request, StatusCode};

/// Why a request is turned away: the status, and a sentence for whoever sent it.
pub type Refusal = (StatusCode, &'static str);

/// Looks at a request before anything else does.
///
/// - It must name this machine as its host. A name that someone else's server first leads to
///   itself and then to this machine would make their page one of ours to the browser.
/// - It must not come from a page of another origin: neither by `Origin`, nor by what the browser
///   says of itself (`Sec-Fetch-Site`), except that someone may follow a link to here.
/// - It may only ask, not send.
pub fn refuse<B>(request: &Request<B>) -> Result<(), Refusal> {
    let headers = request.headers();
    let Some(host) = host(request) else {
        return Err((StatusCode::BAD_REQUEST, "The request names no host, or several.\n"));
    };
    if !is_this_machine(&host) {
        return Err((
            StatusCode::MISDIRECTED_REQUEST,
            "This preview answers to localhost and 127.0.0.1 alone.\n",
        ));
    }
    let own = |it: &str| {
        let rest = it.strip_prefix("http://");
        rest.is_some_and(|it| it.eq_ignore_ascii_case(host.as_str()))
    };
    let strange = headers.get_all(ORIGIN).iter().any(|it| !it.to_str().is_ok_and(own));
    if strange || is_embedded_elsewhere(headers) {
        return Err((StatusCode::FORBIDDEN, "A page of another site may not read this preview.\n"));
    }
    match *request.method() {
        Method::GET | Method::HEAD => Ok(()),
        _ => Err((StatusCode::METHOD_NOT_ALLOWED, "This preview can only be read.\n")),
    }
}

/// The host of a request, named once; of a whole address in its first line as well, the same.
fn host<B>(request: &Request<B>) -> Option<Authority> {
    let mut named = request.headers().get_all(HOST).iter();
    let (first, second) = (named.next()?, named.next());
    let host: Authority = first.to_str().ok()?.parse().ok()?;
    let in_line = request.uri().authority();
    (second.is_none() && in_line.is_none_or(|it| *it == host)).then_some(host)
}

/// Any port is good: a tunnel may end at another one, and a port makes no stranger's name ours.
fn is_this_machine(host: &Authority) -> bool {
    let name = host.host();
    let is_plain =
        host.as_str() == name || host.port_u16().is_some_and(|it| host.as_str() == format!("{name}:{it}"));
    is_plain && ["localhost", "127.0.0.1", "[::1]"].iter().any(|it| name.eq_ignore_ascii_case(it))
}

/// Scripts, pictures and frames of other sites come without `Origin`, but browsers say so. The
/// parts of the search are scripts.
fn is_embedded_elsewhere(headers: &HeaderMap) -> bool {
    let says =
        |name: &str, value: &str| headers.get(name).is_some_and(|it| it.as_bytes() == value.as_bytes());
    let from_elsewhere = says("sec-fetch-site", "cross-site") || says("sec-fetch-site", "same-site");
    let by_link = says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document");
    from_elsewhere && !by_link
}
