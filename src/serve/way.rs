//! From the path of a request to an address of the site.
//!
//! A path is decoded once and looked up, letter by letter, in the list of addresses. `..`, `//`,
//! a backslash or a path of the disk are just names that no page has.

use crate::site::Address;

/// Where the path of a request leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Way {
    /// To this page, if it stands there.
    Page(Address),
    /// To no page of any site.
    Nowhere,
    /// To the path below which the site stands.
    Root,
}

/// The address meant by `path`, as it stands in the request, in a site below `root`.
pub fn find(path: &str, root: &str) -> Way {
    let Some(decoded) = decode(path) else { return Way::Nowhere };
    match decoded.strip_prefix(root) {
        Some(below) if below.is_empty() || below.ends_with('/') => {
            Way::Page(Address::file(format!("{below}index.html")))
        }
        Some(below) => Way::Page(Address::file(below)),
        None if decoded == "/" || format!("{decoded}/") == root => Way::Root,
        None => Way::Nowhere,
    }
}

/// The page of the folder that is named without its stroke: `topics` → `topics/index.html`.
pub fn folder(address: &Address) -> Address {
    Address::file(format!("{}/index.html", address.as_path()))
}

/// The way to an address as a browser is told it.
pub fn spell(root: &str, address: &Address) -> String {
    let mut path = String::new();
    for byte in format!("{root}{}", address.on_web()).bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                path.push(byte.into())
            }
            _ => path.push_str(&format!("%{byte:02X}")),
        }
    }
    path
}

/// `%C3%A9` → `é`; `None` where two digits are missing, for a zero byte, and for what is not UTF-8.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digit = |it: Option<u8>| char::from(it?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                bytes.push(u8::try_from(high * 16 + low).ok()?);
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok().filter(|it| !it.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, root: &str, page: &str) {
        assert_eq!(find(path, root), Way::Page(Address::file(page)), "{path}");
    }

    #[test]
    fn a_folder_is_its_page_and_a_file_is_itself() {
        check("/", "/", "index.html");
        check("/topics/", "/", "topics/index.html");
        check("/topics", "/", "topics");
        check("/assets/style.1a.css", "/", "assets/style.1a.css");
        check("/sub/path/", "/sub/path/", "index.html");
        check("/sub/path/topics/gifts/", "/sub/path/", "topics/gifts/index.html");
        check("/caf%C3%A9/", "/", "café/index.html");
        check("/%74opics/", "/", "topics/index.html");
    }

    #[test]
    fn a_site_below_a_path_is_found_from_the_root() {
        for path in ["/", "/sub/path"] {
            assert_eq!(find(path, "/sub/path/"), Way::Root, "{path}");
        }
        for path in ["/sub", "/elsewhere/", "/sub/pathology/"] {
            assert_eq!(find(path, "/sub/path/"), Way::Nowhere, "{path}");
        }
    }

    #[test]
    fn what_cannot_be_read_leads_nowhere() {
        for path in ["/%", "/%4", "/%zz", "/%00", "/a%00.html", "/%ff", "/%c0%ae%c0%ae/"] {
            assert_eq!(find(path, "/"), Way::Nowhere, "{path}");
        }
    }

    #[test]
    fn a_path_is_decoded_once() {
        check("/%252e%252e/x", "/", "%2e%2e/x");
        check("/..%2f..%2fetc/passwd", "/", "../../etc/passwd");
    }

    #[test]
    fn a_way_is_spelled_so_that_nothing_in_it_is_taken_for_more() {
        assert_eq!(spell("/", &Address::file("a b?#/index.html")), "/a%20b%3F%23/");
        assert_eq!(spell("/", &Address::file("café/index.html")), "/caf%C3%A9/");
    }
}
