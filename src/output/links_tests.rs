use super::*;

const ADDRESSES: [&str; 5] =
    ["authorities/index.html", "authorities/kent/index.html", "index.html", "notes/a b.html", "style.css"];

/// What is wrong with one link or tag that stands in `authorities/kent/index.html`, a page
/// with the anchor `here`; the page above has the anchor `top-row`.
#[track_caller]
fn check(tag: &str, base: Option<&str>, expected: Option<Why>) {
    let links = Links::new(ADDRESSES.to_vec(), base);
    let read = ADDRESSES.map(|page| match page {
        "authorities/kent/index.html" => {
            let html = format!("<!doctype html><p id=here>Kent</p>{tag}");
            links.read(page, html.as_bytes())
        }
        "authorities/index.html" => links.read(page, b"<p id='top-row'><p id=\"\xc5\xb5yl\">"),
        page => links.read(page, b""),
    });
    let broken: Vec<Why> = links.verify(&read).into_iter().map(|it| it.why).collect();
    assert_eq!(broken, Vec::from_iter(expected), "{tag}");
}

#[track_caller]
fn sound(link: &str) {
    check(&format!("<a href=\"{link}\">"), None, None);
}

#[track_caller]
fn broken(link: &str, why: Why) {
    check(&format!("<a href=\"{link}\">"), None, Some(why));
}

fn no_page(address: &str) -> Option<Why> {
    Some(Why::NoPage(address.to_owned()))
}

#[test]
fn links_that_lead_somewhere_are_let_be() {
    for link in [
        "",
        "#here",
        "#",
        "#top",
        "#:~:text=Kent",
        "?print",
        "index.html#here",
        "./",
        ".",
        "../",
        "..",
        "../#top-row",
        "../index.html?q=1#top-row",
        "../#%C5%B5yl",
        "../#ŵyl",
        " ../#top-row ",
        "../../",
        "../../style.css#any",
        "../../notes/a%20b.html",
        "https://www.kent.gov.uk/x#y",
        "http://example.org",
        "mailto:clerk@example.org",
        "tel:+44",
        "data:,x",
    ] {
        sound(link);
    }
}

#[test]
fn links_that_lead_nowhere_are_named() {
    let anchor = |page: &str, id: &str| no_anchor(page, id);
    broken("kant/", Why::NoPage("authorities/kent/kant/index.html".into()));
    broken("../kant.html", Why::NoPage("authorities/kant.html".into()));
    broken("../kent", Why::FolderWithoutSlash);
    broken("../../../", Why::LeavesSite);
    broken("/", Why::FromRoot);
    broken("/style.css", Why::FromRoot);
    broken("//example.org/", Why::Unknown);
    broken("javascript:alert(1)", Why::Unknown);
    broken("file:///etc/passwd", Why::Unknown);
    broken("#there", anchor("authorities/kent/index.html", "there"));
    broken("#Here", anchor("authorities/kent/index.html", "Here"));
    broken("../#here", anchor("authorities/index.html", "here"));
    broken("../#%zz", anchor("authorities/index.html", "%zz"));
}

#[test]
fn every_kind_of_link_is_looked_at() {
    let gone = || no_page("authorities/kent/gone");
    check("<img src=gone>", None, gone());
    check("<img srcset='../../style.css 1x, gone 2x'>", None, gone());
    check("<link rel=stylesheet href=gone>", None, gone());
    check("<script src=gone></script>", None, gone());
    check("<form action=gone>", None, gone());
    check("<video poster=gone>", None, gone());
    check("<object data=gone>", None, gone());
    check("<svg><use href=gone /></svg>", None, gone());
    check("<svg><use href='#here' /></svg>", None, None);
    check("<meta http-equiv=refresh content='0; url=gone'>", None, gone());
    check("<meta content=\"0;URL='gone'\" http-equiv=Refresh>", None, gone());
}

#[test]
fn what_only_looks_like_a_link_is_not_looked_at() {
    check("<script>'<a href=gone>'</script>", None, None);
    check("<style>/* <a href=gone> */</style>", None, None);
    check("<!-- <a href=gone> -->", None, None);
    check("&lt;a href=gone>", None, None);
    check("<title><a href=gone></title>", None, None);
    check("</p href=gone id=here>", None, None);
    check("<div data='gone' content='0; url=gone'>", None, None);
}

#[test]
fn an_anchor_that_stands_twice_is_named() {
    check("<p id=here>", None, Some(Why::TwiceInPage));
    check("<a name=here>", None, Some(Why::TwiceInPage));
    check("<a id=there name=there>", None, None);
}

#[test]
fn with_a_base_url_its_addresses_are_links_inside_the_site() {
    let base = Some("https://example.org/handbook/");
    let check = |link: &str, expected| check(&format!("<a href='{link}'>"), base, expected);
    check("https://example.org/handbook/", None);
    check("https://example.org/handbook", None);
    check("https://example.org/handbook/authorities/#top-row", None);
    check("https://example.org/handbook/gone/", no_page("gone/index.html"));
    check("/handbook/authorities/#top-row", None);
    check("/handbook/gone.css", no_page("gone.css"));
    check("/style.css", Some(Why::FromRoot));
    check("/handbooks/", Some(Why::FromRoot));
    check("https://example.org/elsewhere", None);
    check("https://example.org/handbooks/", None);
    check("https://example.org.evil/handbook/gone", None);
}

#[test]
fn a_base_url_without_a_path_covers_its_whole_host() {
    let base = Some("https://example.org");
    check("<a href='/gone'>", base, no_page("gone"));
    check("<a href='/'>", base, None);
    check("<a href='//other.org/'>", base, Some(Why::Unknown));
    check("<a href='https://example.org'>", base, None);
}

#[test]
fn an_id_is_found_whole_and_nothing_else_is() {
    let ids = Ids::of(&["", "ab", "abc", "b", "ŵyl"].map(str::to_owned));
    for id in ["ŵyl", "b", "ab", "abc"] {
        assert!(ids.contains(id), "{id}");
    }
    for id in ["a", "bab", "c", "abcŵyl", "ŵ"] {
        assert!(!ids.contains(id), "{id}");
    }
    assert!(!Ids::default().contains("a"));
}

#[test]
fn only_web_pages_are_read() {
    let links = Links::new(vec!["feed.xml"], None);
    let read = links.read("feed.xml", b"<a href=gone><p id=a><p id=a>");
    assert_eq!(links.verify(&[read]), []);
}
