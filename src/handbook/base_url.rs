//! The address at which a site will stand: one rule for `handbook.yaml` and the command line.

use std::fmt;
use std::net::Ipv4Addr;

/// The web address of a folder, such as `https://example.org/handbook/`: scheme and host in
/// lower case, ending in `/`. It holds nothing that a page, a sitemap or a relative link would
/// read as something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

/// Why words are no base URL: one line, lower case, for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotABaseUrl(&'static str);

impl BaseUrl {
    /// Reads an address; the last `/` may be left out.
    ///
    /// # Errors
    ///
    /// If the scheme is neither `https` nor `http`, the host is not a name of ASCII letters,
    /// digits and hyphens or four numbers, the port is none, or the path is not plain: a user's
    /// name, a query, a fragment, an empty, `.` or `..` segment, quotes, brackets, spaces,
    /// letters beyond ASCII and percent signs that stand for no byte are refused.
    pub fn parse(text: &str) -> Result<BaseUrl, NotABaseUrl> {
        let (scheme, rest) =
            text.split_once("://").ok_or(NotABaseUrl("it begins neither with https:// nor with http://"))?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "https" && scheme != "http" {
            return Err(NotABaseUrl("it begins neither with https:// nor with http://"));
        }
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if authority.contains('@') {
            return Err(NotABaseUrl("a user's name or a password stands before the host"));
        }
        let host = match authority.split_once(':') {
            Some((host, port)) if is_port(port) => host,
            Some(_) => return Err(NotABaseUrl("what follows the colon is no port from 1 to 65535")),
            None => authority,
        };
        if !is_host(host) {
            return Err(NotABaseUrl("its host is no name of letters, digits, hyphens and single points"));
        }
        let (path, whole) = (path.strip_suffix('/').unwrap_or(path), path);
        if !whole.is_empty() {
            path.split('/').try_for_each(segment)?;
        }
        let stroke = if path.is_empty() { "" } else { "/" };
        Ok(BaseUrl(format!("{scheme}://{}/{path}{stroke}", authority.to_ascii_lowercase())))
    }

    /// The whole address, ending in `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|it| it > 0)
}

fn is_host(text: &str) -> bool {
    let is_label = |it: &str| {
        (1..=63).contains(&it.len())
            && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
            && !it.starts_with('-')
            && !it.ends_with('-')
    };
    // A browser reads a host whose last label is a number as four numbers.
    let numbers = text.rsplit('.').next().is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
    text.len() <= 253 && text.split('.').all(is_label) && (!numbers || text.parse::<Ipv4Addr>().is_ok())
}

/// One folder of the path.
fn segment(text: &str) -> Result<(), NotABaseUrl> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~!$&*+,;=:@".contains(&byte);
        decoded.push(match byte {
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                let (Some(high), Some(low)) = (digit(), digit()) else {
                    return Err(NotABaseUrl("a percent sign stands before no two hexadecimal digits"));
                };
                (high * 16 + low) as u8
            }
            byte if plain => byte,
            _ => return Err(NotABaseUrl("its path holds a character that no plain address holds")),
        });
    }
    match decoded.as_slice() {
        b"" | b"." | b".." => Err(NotABaseUrl("a segment of its path is empty, `.` or `..`")),
        name if name.iter().any(|it| it.is_ascii_control() || b"/\\".contains(it)) => {
            Err(NotABaseUrl("a percent sign stands for a stroke or a character that cannot be seen"))
        }
        _ => Ok(()),
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NotABaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for NotABaseUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_folder_is_read_and_ends_with_a_stroke() {
        for (text, expected) in [
            ("https://example.org", "https://example.org/"),
            ("https://example.org/", "https://example.org/"),
            ("http://localhost:8000/x", "http://localhost:8000/x/"),
            ("HTTPS://Example.ORG/Handbook/", "https://example.org/Handbook/"),
            ("https://a-b.gov.uk/a/b.c/", "https://a-b.gov.uk/a/b.c/"),
            ("http://127.0.0.1:1/", "http://127.0.0.1:1/"),
            ("https://example.org/a%20b/~c", "https://example.org/a%20b/~c/"),
            ("https://xn--mller-kva.example/", "https://xn--mller-kva.example/"),
        ] {
            assert_eq!(BaseUrl::parse(text).as_ref().map(BaseUrl::as_str), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_a_page_would_read_as_something_else_is_refused() {
        for text in [
            "",
            "example.org",
            "//example.org/",
            "ftp://example.org/",
            "https://",
            "https:///x",
            "https://:80",
            "https://:80/",
            "https://.../",
            "https://a..b/",
            "https://example.org./",
            "https://-a.org/",
            "https://1.2.3/",
            "https://256.1.1.1/",
            "https://user:pw@example.org/",
            "https://user@example.org/",
            "https://example.org:99999/",
            "https://example.org:0/",
            "https://example.org:/",
            "https://example.org:+80/",
            "https://ex.org/<x>",
            "https://ex.org/a\"b",
            "https://ex.org/a'b",
            "https://ex.org/a b/",
            "https://ex.org/a\\b/",
            "https://ex.org/{{x}}",
            "https://ex.org/[x]/",
            "https://ex.org/é/",
            "https://{{x}}/",
            "https://ex.org//x/",
            "https://ex.org/x//",
            "https://ex.org//",
            "https://ex.org/a/../../b",
            "https://ex.org/./",
            "https://ex.org/%2e%2E/",
            "https://ex.org/a%2fb/",
            "https://ex.org/a%00/",
            "https://ex.org/%zz",
            "https://ex.org/%4",
            "https://ex.org/?a",
            "https://ex.org/#a",
            "https://ex.org?a",
            " https://ex.org/",
            "https://ex.org/\n",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text}");
        }
    }
}
