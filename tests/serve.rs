//! The server of the preview, spoken to as browsers, strangers and broken clients speak: bytes
//! over a socket.
#![cfg(feature = "serve")]

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use handbook::serve::{self, Fault, Ground, Pages, Server, Shelf, Trouble};
use handbook::site::{Address, RenderError};

/// A site of fixed files; one that begins with `!` cannot be made.
struct Files(BTreeMap<&'static str, &'static str>);

impl Pages for Files {
    fn has(&self, address: &Address) -> bool {
        self.0.contains_key(address.as_path())
    }

    fn make(&self, address: &Address) -> Option<Result<Vec<u8>, RenderError>> {
        let text = self.0.get(address.as_path())?;
        Some(match text.strip_prefix('!') {
            Some(message) => Err(RenderError { message: message.to_owned() }),
            None => Ok(text.as_bytes().to_vec()),
        })
    }
}

const SITE: &[(&str, &str)] = &[
    ("index.html", "<head><title>Home</title></head><body>Home</body>"),
    ("404.html", "<head></head><body><a href=\"topics/index.html\">Topics</a></body>"),
    ("topics/index.html", "<head></head>Topics"),
    ("café/index.html", "<head></head>Café"),
    ("assets/style.0a.css", "body { color: red }"),
    ("assets/site.0a.js", "0123456789"),
    ("assets/icon.svg", "<svg/>"),
    ("feed.xml", "<feed/>"),
    ("topics/feed.xml", "<feed/>"),
    ("opensearch.xml", "<OpenSearchDescription/>"),
    ("sitemap.xml", "<urlset/>"),
    ("robots.txt", "User-agent: *"),
    ("broken/index.html", "!no such variable"),
];

struct Preview {
    shelf: Arc<Shelf>,
    server: Server,
}

fn files(site: &[(&'static str, &'static str)]) -> Arc<dyn Pages> {
    Arc::new(Files(site.iter().copied().collect()))
}

fn preview_below(root: &str) -> Preview {
    let shelf = Arc::new(Shelf::new(|| {}));
    shelf.put(files(SITE), root, &[], None);
    let server = Server::start(serve::listen(20_000).unwrap(), Arc::clone(&shelf)).unwrap();
    Preview { shelf, server }
}

fn preview() -> Preview {
    preview_below("/")
}

/// A response, taken apart.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    /// The value of a header, or the empty string.
    fn header(&self, name: &str) -> &str {
        let line = |it: &'_ &str| it.split(':').next().is_some_and(|it| it.eq_ignore_ascii_case(name));
        self.head.lines().find(line).and_then(|it| it.split_once(':')).map_or("", |it| it.1.trim())
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Preview {
    fn host(&self) -> String {
        self.server.address().to_string()
    }

    /// Sends bytes as they are, and reads until the server closes.
    fn raw(&self, request: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.server.address()).unwrap();
        // Only so that a fault shows: an answer comes at once.
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // It may have turned us away before we had said all.
        let _ = stream.write_all(request);
        // An end before the answer means that the client has left, so only who has not finished
        // the head of a request ends here.
        let is_whole = request.trim_ascii_start().windows(4).any(|it| it == b"\r\n\r\n");
        if !is_whole {
            let _ = stream.shutdown(Shutdown::Write);
        }
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, head, body: bytes[end + 4..].to_vec() })
    }

    #[track_caller]
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.host()));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        self.raw(request.as_bytes()).expect("an answer")
    }

    #[track_caller]
    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }
}

#[test]
fn pages_and_files_come_with_their_types() {
    let preview = preview();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/topics/?q=a", "text/html; charset=utf-8"),
        ("/caf%C3%A9/", "text/html; charset=utf-8"),
        ("/assets/style.0a.css", "text/css; charset=utf-8"),
        ("/assets/site.0a.js", "text/javascript; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/topics/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/opensearch.xml", "application/opensearchdescription+xml"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/-/reload.js", "text/javascript; charset=utf-8"),
        ("/-/reload.css", "text/css; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("content-length"), answer.body.len().to_string(), "{path}");
    }
    assert_eq!(preview.get("/assets/site.0a.js").text(), "0123456789", "a file is sent as it is");
    assert!(preview.get("/").text().contains("<title>Home</title><link"), "a page gets its script");
}

#[test]
fn a_folder_without_its_stroke_leads_to_the_folder() {
    let preview = preview();
    for (path, to) in [
        ("/topics", "/topics/"),
        ("/topics?q=a+b", "/topics/?q=a+b"),
        ("/caf%C3%A9", "/caf%C3%A9/"),
        ("/%74opics", "/topics/"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("location")), (302, to), "{path}");
    }
    let below = preview_below("/sub/path/");
    for path in ["/", "/sub/path"] {
        assert_eq!(below.get(path).header("location"), "/sub/path/", "{path}");
    }
    assert!(below.get("/sub/path/topics/").text().contains("Topics"));
    assert_eq!(below.get("/topics/").status, 404);
}

#[test]
fn what_is_not_there_is_told_by_the_page_of_the_site() {
    let preview = preview();
    for path in ["/nothing", "/topics/nothing/at/all/", "/assets/", "/favicon.ico"] {
        let answer = preview.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (404, "text/html; charset=utf-8"),
            "{path}"
        );
        assert!(
            answer.text().contains("<a href=\"/topics/index.html\">"),
            "its links lead on: {}",
            answer.text()
        );
    }
    assert_eq!(preview.get("/-/nothing").status, 404);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let preview = preview();
    let ways = [
        "/../Cargo.toml",
        "/../../../../etc/passwd",
        "/topics/../../Cargo.toml",
        "/./index.html",
        "/%2e%2e/Cargo.toml",
        "/%2e%2e%2fCargo.toml",
        "/..%2fCargo.toml",
        "/.%2e/Cargo.toml",
        "/%252e%252e%252fetc%252fpasswd",
        "/%c0%ae%c0%ae/etc/passwd",
        "/%e0%80%ae%e0%80%ae/etc/passwd",
        "/%uff0e%uff0e/etc/passwd",
        "/..%5c..%5cCargo.toml",
        "/..\\Cargo.toml",
        "//etc/passwd",
        "///etc/passwd",
        "/%2fetc%2fpasswd",
        "/etc/passwd%00.html",
        "/index.html%00",
        "/index.html/",
        "/index.html/../topics/",
        "/topics/..;/",
        "/C:/Windows/win.ini",
        "/file:///etc/passwd",
        "/content/handbook.yaml",
        "/.handbook/manifest.json",
        "/%",
        "/%2",
        "/%zz",
        "/\u{2025}/etc/passwd",
        "/src/lib.rs",
        "/-/../index.html",
        "/-/%2e%2e/index.html",
        "//evil.example/%2e%2e",
    ];
    for path in ways {
        let Some(answer) = preview.raw(
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", preview.host())
                .as_bytes(),
        ) else {
            continue;
        };
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.head);
        for words in ["[package]", "root:", "pub mod", "title:"] {
            assert!(!answer.text().contains(words), "{path}");
        }
        assert_eq!(answer.header("location"), "", "{path}");
    }
}

#[test]
fn only_asking_is_allowed() {
    let preview = preview();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        let answer = preview.ask(method, "/", &[("Content-Length", "0")]);
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    let (get, head) = (preview.get("/"), preview.ask("HEAD", "/", &[]));
    assert_eq!((head.status, head.body.len()), (200, 0));
    for name in ["content-type", "content-length", "etag", "cache-control"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    assert_eq!(preview.ask("HEAD", "/nothing", &[]).status, 404);
}

#[test]
fn a_name_that_is_not_this_machines_is_turned_away() {
    let preview = preview();
    let port = preview.server.address().port();
    for host in ["localhost", "LOCALHOST:9", "127.0.0.1", "[::1]:4000", &format!("localhost:{port}")] {
        assert_eq!(preview.ask("GET", "/", &[("Host", host)]).status, 200, "{host}");
    }
    for host in [
        "evil.example",
        "localhost.evil.example",
        "evil.example:4000",
        "127.0.0.1.evil.example",
        "127.0.0.2",
        "0.0.0.0",
        "10.0.0.1",
        "[::2]",
        "localhost.",
        "2130706433",
    ] {
        let answer = preview.ask("GET", "/", &[("Host", host)]);
        assert_eq!(answer.status, 421, "{host}");
        assert!(!answer.text().contains("Home"));
    }
    for host in ["", "a b", "user@localhost", "localhost/", "localhost:port"] {
        let status = preview.ask("GET", "/", &[("Host", host)]).status;
        assert!(matches!(status, 400 | 421), "{host}: {status}");
    }
    let twice = [("Host", "localhost"), ("Host", "evil.example")];
    assert_eq!(preview.ask("GET", "/", &twice).status, 400);
    let none = preview.raw(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").unwrap();
    assert_eq!(none.status, 400);
    let in_line = preview.ask("GET", "http://evil.example/", &[("Host", "localhost")]);
    assert_eq!(in_line.status, 400);
}

#[test]
fn a_page_of_another_site_cannot_read_the_preview() {
    let preview = preview();
    let own = format!("http://{}", preview.host());
    assert_eq!(preview.ask("GET", "/", &[("Origin", &own)]).status, 200);
    for origin in
        ["http://evil.example", "null", "https://localhost", "http://localhost:3000", "http://127.0.0.1:1"]
    {
        assert_eq!(preview.ask("GET", "/", &[("Origin", origin)]).status, 403, "{origin}");
        assert_eq!(preview.ask("GET", "/-/news", &[("Origin", origin)]).status, 403, "{origin}");
    }
    #[track_caller]
    fn fetched(preview: &Preview, site: &str, mode: &str, dest: &str, status: u16) {
        let headers = [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", dest)];
        assert_eq!(preview.ask("GET", "/assets/site.0a.js", &headers).status, status, "{headers:?}");
    }
    fetched(&preview, "same-origin", "no-cors", "script", 200);
    fetched(&preview, "none", "navigate", "document", 200);
    fetched(&preview, "cross-site", "navigate", "document", 200);
    fetched(&preview, "cross-site", "no-cors", "script", 403);
    fetched(&preview, "same-site", "no-cors", "image", 403);
    fetched(&preview, "cross-site", "navigate", "iframe", 403);
    fetched(&preview, "cross-site", "cors", "empty", 403);
    let answer = preview.get("/");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    assert_eq!(answer.header("content-security-policy"), "frame-ancestors 'none'");
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

#[test]
fn a_browser_is_told_when_what_it_has_is_still_good() {
    let preview = preview();
    let first = preview.get("/topics/");
    let tag = first.header("etag");
    assert_eq!(first.header("cache-control"), "no-cache");
    for value in [tag.to_owned(), format!("\"x\", {tag}"), format!("W/{tag}"), "*".to_owned()] {
        let again = preview.ask("GET", "/topics/", &[("If-None-Match", &value)]);
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag), "{value}");
    }
    assert_eq!(preview.ask("GET", "/topics/", &[("If-None-Match", "\"x\"")]).status, 200);
    let mut site = SITE.to_vec();
    site[2].1 = "<head></head>Other topics";
    preview.shelf.put(files(&site), "/", &[], None);
    let other = preview.ask("GET", "/topics/", &[("If-None-Match", tag)]);
    assert_eq!(other.status, 200);
    assert_ne!(other.header("etag"), tag);
}

#[test]
fn a_part_of_a_file_can_be_asked_for() {
    let preview = preview();
    let path = "/assets/site.0a.js";
    let tag = preview.get(path).header("etag").to_owned();
    #[track_caller]
    fn check(preview: &Preview, headers: &[(&str, &str)], status: u16, body: &str, place: &str) {
        let answer = preview.ask("GET", "/assets/site.0a.js", headers);
        assert_eq!(
            (answer.status, answer.text().as_str(), answer.header("content-range")),
            (status, body, place)
        );
    }
    check(&preview, &[("Range", "bytes=2-4")], 206, "234", "bytes 2-4/10");
    check(&preview, &[("Range", "bytes=7-")], 206, "789", "bytes 7-9/10");
    check(&preview, &[("Range", "bytes=-2")], 206, "89", "bytes 8-9/10");
    check(&preview, &[("Range", "bytes=10-")], 416, "", "bytes */10");
    check(&preview, &[("Range", "bytes=1-2,4-5")], 200, "0123456789", "");
    check(&preview, &[("Range", "pages=1")], 200, "0123456789", "");
    check(&preview, &[("Range", "bytes=2-4"), ("If-Range", &tag)], 206, "234", "bytes 2-4/10");
    check(&preview, &[("Range", "bytes=2-4"), ("If-Range", "\"old\"")], 200, "0123456789", "");
    assert_eq!(preview.get(path).header("accept-ranges"), "bytes");
    let head = preview.ask("HEAD", path, &[("Range", "bytes=2-4")]);
    assert_eq!((head.status, head.header("content-length")), (200, "10"), "a part is asked for by GET alone");
}

#[test]
fn a_page_that_cannot_be_made_is_shown_as_it_was_before() {
    let preview = preview();
    let answer = preview.get("/broken/");
    assert_eq!((answer.status, answer.header("content-type")), (500, "text/html; charset=utf-8"));
    for words in
        ["<h2>A page cannot be made</h2>", "<code>page /broken/</code> no such variable", "/-/reload.js"]
    {
        assert!(answer.text().contains(words), "{words}: {}", answer.text());
    }
    assert_ne!(answer.header("etag"), "", "by which the open page finds out that it can be made by now");
    let mut before = SITE.to_vec();
    before.last_mut().unwrap().1 = "<head></head>Sound";
    preview.shelf.prove(&files(&before));
    let answer = preview.get("/broken/");
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("Sound"));
    let troubles = preview.shelf.troubles();
    assert_eq!(troubles[0].faults[0].message, "no such variable");
    assert_eq!(troubles[0].faults[0].place, "page /broken/");
}

#[test]
fn before_there_is_a_site_its_place_is_held_by_what_is_wrong() {
    let shelf = Arc::new(Shelf::new(|| {}));
    let server = Server::start(serve::listen(20_000).unwrap(), Arc::clone(&shelf)).unwrap();
    let preview = Preview { shelf, server };
    let fault = Fault { place: "content/a.md:3:1".into(), message: "no topic <x>".into(), hint: None };
    let trouble = Trouble { title: "The content has 1 error".into(), faults: vec![fault], more: 0 };
    preview.shelf.trouble(Ground::Content, Some(trouble));
    let answer = preview.get("/topics/");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("<code>content/a.md:3:1</code> no topic &lt;x&gt;"), "{}", answer.text());
    assert!(answer.text().contains("/-/reload.js"));
}

#[test]
fn open_pages_are_told_what_changed() {
    let preview = preview();
    let mut stream = TcpStream::connect(preview.server.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    write!(stream, "GET /-/news HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host()).unwrap();
    let mut told = String::new();
    let mut until = |words: &str| {
        let mut bytes = [0; 4096];
        while !told.contains(words) {
            let read = stream.read(&mut bytes).expect("news in time");
            assert!(read > 0, "the news ended: {told}");
            told.push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
        std::mem::take(&mut told)
    };
    assert!(until("event: state").contains("content-type: text/event-stream"));
    let style = |it: &str| Address::asset(it);
    preview.shelf.put(files(SITE), "/", &[(style("a.1.css"), style("a.2.css"))], None);
    let news = until("\"pages\":true}");
    assert!(news.contains("[[\"/assets/a.1.css\",\"/assets/a.2.css\"]]"), "{news}");
    preview.shelf.trouble(Ground::Theme, Some(Trouble { title: "T".into(), faults: vec![], more: 0 }));
    assert!(until("\"pages\":false}").contains("\"title\":\"T\""));
    preview.shelf.trouble(Ground::Theme, None);
    assert!(until("\"pages\":false}").contains("\"troubles\":[]"));
}

#[test]
fn what_is_no_request_harms_nobody() {
    let preview = preview();
    let long = "a".repeat(200_000);
    let broken: [Vec<u8>; 14] = [
        b"".to_vec(),
        b"\r\n\r\n".to_vec(),
        b"GET\r\n\r\n".to_vec(),
        b"GET /".to_vec(),
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nHost: local\0host\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        vec![0xff; 10_000],
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes(),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n").into_bytes(),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(500)).into_bytes(),
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzz\r\n".to_vec(),
    ];
    for request in &broken {
        if let Some(answer) = preview.raw(request) {
            assert!(
                (400..=505).contains(&answer.status),
                "{}: {}",
                String::from_utf8_lossy(&request[..request.len().min(60)]),
                answer.head
            );
        }
        assert_eq!(preview.get("/").status, 200);
    }
}

#[test]
fn those_who_are_slow_keep_nobody_waiting() {
    let preview = preview();
    // Some say nothing, some half a word, some ask and never read the answer.
    let mut slow = Vec::new();
    for number in 0..200 {
        let mut stream = TcpStream::connect(preview.server.address()).unwrap();
        match number % 3 {
            0 => {}
            1 => stream.write_all(b"GET / HTTP/1.1\r\nHo").unwrap(),
            _ => {
                let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host());
                stream.write_all(request.repeat(50).as_bytes()).unwrap();
            }
        }
        slow.push(stream);
    }
    for _ in 0..20 {
        assert_eq!(preview.get("/").status, 200);
    }
    drop(slow);
}

#[test]
fn those_who_wait_for_nothing_make_room() {
    let preview = preview();
    let connect = || TcpStream::connect(preview.server.address()).unwrap();
    // More than have a place: some say nothing, some half a word, some have had their answer.
    let mut idle = Vec::new();
    for number in 0..600 {
        let mut stream = connect();
        match number % 3 {
            0 => {}
            1 => stream.write_all(b"GET / HTTP/1.1\r\nHo").unwrap(),
            _ => write!(stream, "GET / HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host()).unwrap(),
        }
        idle.push(stream);
    }
    for _ in 0..20 {
        assert_eq!(preview.get("/").status, 200);
    }
    drop(idle);
}

#[test]
fn pages_that_wait_for_news_leave_room_for_others() {
    let preview = preview();
    let mut waiting = Vec::new();
    let refused = (0..1_000).find_map(|_| {
        let mut stream = TcpStream::connect(preview.server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "GET /-/news HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host()).unwrap();
        let mut bytes = [0; 1024];
        let read = stream.read(&mut bytes).unwrap();
        let head = String::from_utf8_lossy(&bytes[..read]).to_ascii_lowercase();
        let served = head.starts_with("http/1.1 200 ");
        waiting.push(stream);
        (!served).then_some(head)
    });
    let refused = refused.expect("not all thousand wait at once");
    assert!(refused.starts_with("http/1.1 503 ") && refused.contains("\r\nretry-after: 2\r\n"), "{refused}");
    assert_eq!(preview.get("/").status, 200);
    // Once one has left, another may wait.
    waiting.clear();
    let again = (0..3_000).any(|_| {
        thread::sleep(Duration::from_millis(10));
        // What is sent shows that they have left.
        preview.shelf.put(files(SITE), "/", &[], None);
        let mut stream = TcpStream::connect(preview.server.address()).unwrap();
        write!(stream, "GET /-/news HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host()).unwrap();
        let mut bytes = [0; 12];
        stream.read_exact(&mut bytes).is_ok() && bytes.ends_with(b"200")
    });
    assert!(again);
}

#[test]
fn a_thousand_at_once_are_all_answered() {
    let preview = preview();
    let (go, good) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for number in 0..1_000 {
            let (preview, go, good) = (&preview, &go, &good);
            let ask = move || {
                while !go.load(Ordering::Acquire) {
                    thread::yield_now();
                }
                let path = ["/", "/topics/", "/nothing", "/assets/site.0a.js"][number % 4];
                let expected = if number % 4 == 2 { 404 } else { 200 };
                if preview.get(path).status == expected {
                    good.fetch_add(1, Ordering::Relaxed);
                }
            };
            thread::Builder::new().stack_size(128 << 10).spawn_scoped(scope, ask).unwrap();
        }
        go.store(true, Ordering::Release);
    });
    assert_eq!(good.into_inner(), 1_000);
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn the_next_port_is_taken_if_one_is_not_free() {
    let first = serve::listen(21_500).unwrap();
    let second = serve::listen(first.local_addr().unwrap().port()).unwrap();
    let (one, other) = (first.local_addr().unwrap(), second.local_addr().unwrap());
    assert!(other.port() > one.port());
    assert!(one.ip().is_loopback() && other.ip().is_loopback());
    // A server that has stopped leaves its port to the next.
    let shelf = Arc::new(Shelf::new(|| {}));
    let server = Server::start(first, shelf).unwrap();
    let port = server.address().port();
    drop(server);
    let free = (0..500).any(|_| {
        thread::sleep(Duration::from_millis(10));
        serve::listen(port).unwrap().local_addr().unwrap().port() == port
    });
    assert!(free);
}
