//! The pages of topics, from a handful of authorities to all there are.

use std::collections::{BTreeMap, BTreeSet};

use handbook::handbook::Handbook;
use handbook::site::{Address, Setting, Theme, plan};

mod councils;
use councils::Councils;

/// So many councils: each third says something of one question, each third keeps silent, and
/// of each third only a report is held. Their names go through the alphabet.
fn councils(number: usize) -> Handbook {
    councils_featuring(number, &["a0", "b1", "c2"])
}

fn councils_featuring(number: usize, featured: &[&str]) -> Handbook {
    let mut small = Councils::new().featured(featured);
    for index in 0..number {
        let slug = format!("{}{index}", char::from(b'a' + (index % 26) as u8));
        small = match index % 3 {
            0 => small.council(&slug).clause(&slug, "1", "topics: [contact/hours, other]", "By day."),
            1 => small.council(&slug).silence(&slug, "contact", "not-addressed", "nothing"),
            _ => small.without_text(&slug).report_clause(
                &slug,
                "1",
                "topics: [contact/level]",
                "It says whom.",
            ),
        };
    }
    small.read()
}

/// The pages below `topics/`, by address.
fn pages(book: &Handbook) -> BTreeMap<String, String> {
    let theme = Theme::load("default").unwrap();
    let setting = Setting::default();
    let site = plan(book, &theme, &setting);
    let topics = site.pages().filter(|(it, _)| it.on_web().starts_with("topics/"));
    let text = |page: &handbook::site::Page| String::from_utf8(page.render().unwrap()).unwrap();
    topics.map(|(it, page)| (it.as_path().to_owned(), text(page))).collect()
}

/// The values of an attribute, in the order of the page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    page.split(&format!(" {attribute}=\"")).skip(1).filter_map(|it| it.split('"').next()).collect()
}

fn names(pages: &BTreeMap<String, String>) -> Vec<&str> {
    pages.keys().filter_map(|it| it.strip_suffix("index.html")).collect()
}

#[test]
fn up_to_forty_authorities_stand_on_the_page_of_the_topic() {
    for number in [3, 6, 7, 40] {
        let pages = pages(&councils(number));
        assert_eq!(names(&pages), ["topics/contact/", "topics/", "topics/other/"], "{number}");
        let page = &pages["topics/contact/index.html"];
        assert_eq!(page.matches("<td ").count(), 2 * number);
        // Then they stand one below another, until the reader chooses among them.
        assert_eq!(page.contains("class=\"comparison linear many\""), number > 6, "{number}");
        assert_eq!(values(page, "data-featured"), ["a0 b1 c2"]);
        assert_eq!(values(page, "data-council").len(), number);
    }
}

#[test]
fn many_divide_by_fixed_letters() {
    let pages = pages(&councils(41));
    let names = names(&pages);
    for range in ["a-b", "c-d", "s", "w-z"] {
        for folder in ["coverage", "contact/hours", "contact/level", "other/answers"] {
            assert!(names.contains(&format!("topics/{folder}/{range}/").as_str()), "{folder}/{range}");
        }
    }
    let answers = |range: &str| {
        let page = &pages[&format!("topics/contact/hours/{range}/index.html")];
        values(page, "id")
            .into_iter()
            .filter(|it| it.starts_with("aspect-hours_"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(answers("s"), "aspect-hours_s18");
    assert_eq!(answers("c-d"), "aspect-hours_c2 aspect-hours_c28 aspect-hours_d29 aspect-hours_d3");
}

#[test]
fn no_page_of_a_topic_grows_with_the_number_of_authorities() {
    let [some, many] = [60, 400].map(|it| pages(&councils(it)));
    for page in ["topics/index.html", "topics/contact/index.html", "topics/other/index.html"] {
        let [some, many] = [&some, &many].map(|it| it[page].len());
        assert!(many < some + 200, "{page}: {some} bytes for 60 authorities, {many} for 400");
    }
}

#[test]
fn every_link_between_pages_of_topics_leads_to_its_place() {
    for number in [4, 8, 60] {
        let pages = pages(&councils(number));
        let mut followed = BTreeSet::new();
        for (from, page) in &pages {
            // What is told to programs names other sites.
            for href in values(page, "href").into_iter().filter(|it| !it.contains("://")) {
                let (way, anchor) = href.split_once('#').unwrap_or((href, ""));
                let to = if way.is_empty() { from.clone() } else { resolve(from, way) };
                if !to.starts_with("topics/") {
                    continue;
                }
                let target = pages.get(&to).unwrap_or_else(|| panic!("{from}: no page at {href}"));
                let found = anchor.is_empty() || values(target, "id").contains(&anchor);
                assert!(found, "{from}: nothing at {href}");
                followed.insert((to, anchor));
            }
        }
        assert!(followed.len() > 10, "only {} places are linked", followed.len());
    }
}

#[test]
fn no_anchor_stands_twice_on_a_page() {
    for number in [4, 8, 60] {
        for (address, page) in pages(&councils(number)) {
            let ids = values(&page, "id");
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{address}");
        }
    }
}

#[test]
fn without_featured_authorities_a_divided_topic_keeps_its_questions_and_has_no_table() {
    let pages = pages(&councils_featuring(41, &[]));
    for page in ["topics/index.html", "topics/contact/index.html"] {
        assert!(!pages[page].contains("<table"), "{page}");
    }
    let anchors = values(&pages["topics/contact/index.html"], "id");
    assert!(anchors.contains(&"aspect-level") && anchors.contains(&"aspect-hours"), "{anchors:?}");
}

#[test]
fn a_cell_says_in_words_why_nothing_is_there() {
    let book = Councils::new()
        .council("ayton")
        .silence("ayton", "contact/level", "left-out", "1.1 leaves it out")
        .silence("ayton", "contact/hours", "elsewhere", "the code has it")
        .council("beeford")
        .silence("beeford", "contact/level", "not-addressed", "no clause does")
        .without_text("ceeton")
        .report_clause("ceeton", "1", "topics: [contact/hours]", "The protocol has hours.")
        .read();
    let page = &pages(&book)["topics/contact/index.html"];
    for (cell, expected) in [
        ("aspect-level_ayton", "Expressly left out (reviewed on 2 January 2026): 1.1 leaves it out"),
        (
            "aspect-hours_ayton",
            "Dealt with in another document (reviewed on 2 January 2026): the code has it",
        ),
        ("aspect-level_beeford", "Not addressed (reviewed on 2 January 2026): no clause does"),
        ("aspect-hours_beeford", "Not yet reviewed"),
        ("aspect-level_ceeton", "Text not held (why the text of ceeton is not held)"),
        ("aspect-hours_ceeton", "describes; not provisions Paragraph 1 The protocol has hours."),
    ] {
        let cell = page.split(&format!("id=\"{cell}\"")).nth(1).unwrap().split("</td>").next().unwrap();
        let mut words = String::new();
        for piece in cell.split('<').skip(1) {
            words.push_str(piece.split_once('>').map_or(piece, |(_, it)| it));
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(expected), "{words}");
    }
}

/// The file to which a relative link leads.
fn resolve(from: &str, way: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in way.split('/') {
        match step {
            ".." => drop(folders.pop()),
            "." => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

#[test]
fn the_page_of_all_topics_counts_each_state_once_for_each_authority() {
    let pages = pages(&councils(9));
    let page = &pages[Address::topics().as_path()];
    let legend = page.split("id=\"legend-heading\"").nth(1).unwrap().split("</section>").next().unwrap();
    // Three councils have hours alone and the other topic, three are silent on the one and
    // not reviewed on the other, of three the text is not held.
    for expected in [
        "Addressed: 3",
        "Addressed in part: 3",
        "Not addressed: 3",
        "Not yet reviewed: 3",
        "Text not held: 6",
    ] {
        assert!(legend.contains(expected), "{expected} in {legend}");
    }
}

#[test]
fn the_clauses_of_many_authorities_that_bear_on_a_principle_stand_on_a_page_for_each_range_of_letters() {
    let mut small = Councils::new().featured(&["a0", "b1"]);
    small.file(
        "principles.yaml",
        "source: s\nlicence: l\nprinciples: [{slug: honesty, name: Honesty, wording: W}]\n",
    );
    for index in 0..41 {
        let slug = format!("{}{index}", char::from(b'a' + (index % 26) as u8));
        let tags = "topics: [contact/hours]\nprinciples: {honesty: {basis: inferred, why: because}}";
        small = small.council(&slug).clause(&slug, "1", tags, "By day.");
    }
    let book = small.read();
    let (theme, setting) = (Theme::load("default").unwrap(), Setting::default());
    let site = plan(&book, &theme, &setting);
    let text = |address: &str| {
        let (_, page) = site.pages().find(|(it, _)| it.as_path() == address).expect(address);
        String::from_utf8(page.render().unwrap()).unwrap()
    };
    let own = text("principles/honesty/index.html");
    assert_eq!(own.matches("By day.").count(), 2, "the featured authorities");
    let overview = text("principles/index.html");
    let mut led_to = BTreeSet::new();
    for link in values(&overview, "href").into_iter().filter(|it| it.contains("#authority-")) {
        let (page, anchor) = link.split_once('#').unwrap();
        assert!(text(&format!("principles/{page}")).contains(&format!("id=\"{anchor}\"")), "{link}");
        led_to.insert(anchor.to_owned());
    }
    assert_eq!(led_to.len(), 41);
    let range = text("principles/honesty/c-d/index.html");
    assert!(
        range.contains("<h1>Honesty: authorities C to D</h1>") && range.contains("href=\"../index.html\"")
    );
    assert_eq!(range.matches("By day.").count(), 4, "c2, d3, c28 and d29");
}
