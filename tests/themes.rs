//! What every theme keeps, whatever it looks like, and what `docs/theming.md` says a council can do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use handbook::site::{Setting, Theme, plan};
use html5gum::{StartTag, Token, Tokenizer};
use tempfile::TempDir;

const GUIDE: &str = include_str!("../docs/theming.md");

/// A day near that of the small handbooks, so that no warning depends on the clock.
const TODAY: &str = "2026-11-23";

/// Elements that have no end.
const VOID: &[&str] = &["br", "hr", "img", "input", "link", "meta", "wbr", "source", "col", "area"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The themes that are built in.
fn themes() -> Vec<String> {
    let folders = fs::read_dir(root().join("themes")).unwrap();
    let mut names: Vec<String> = folders.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.len() > 1 && names.iter().any(|it| it == "default"), "{names:?}");
    names
}

/// The pages of a handbook in a theme, by their paths, or why one cannot be made.
fn pages(content: &Path, theme: &str, base_url: Option<&str>) -> BTreeMap<String, String> {
    let sources = handbook::source::read(content).unwrap();
    let (handbook, _) = handbook::intake::read(&sources);
    let theme = Theme::load(theme).unwrap_or_else(|error| panic!("{error}"));
    let setting = Setting { base_url: base_url.map(str::to_owned), drafts: false };
    let site = plan(&handbook, &theme, &setting);
    let pages = site.pages().filter(|(address, _)| address.as_path().ends_with(".html"));
    pages
        .map(|(address, page)| {
            let bytes = page.render().unwrap_or_else(|error| panic!("{address}: {error}"));
            (address.as_path().to_owned(), String::from_utf8(bytes).unwrap())
        })
        .collect()
}

/// What is in a page that no look may take away or add.
#[derive(Default)]
struct Page {
    /// The first element of the body, with its attributes.
    first: String,
    mains: usize,
    headings: usize,
    /// Names of landmarks, ids, links, and attributes for scripts.
    kept: BTreeSet<String>,
    /// What stands in the head apart from style sheets and scripts of the theme.
    head: Vec<String>,
    /// Council words, an entry an outermost element.
    council: Vec<String>,
    /// What the policy of the page forbids.
    forbidden: Vec<String>,
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let found = tag.attributes.iter().find(|(it, _)| ***it == *name.as_bytes());
    found.map(|(_, it)| String::from_utf8_lossy(it).into_owned())
}

fn read(text: &str) -> Page {
    let mut page = Page::default();
    let mut open: Vec<(String, bool)> = Vec::new();
    for Ok(token) in Tokenizer::new(text) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                note(&mut page, &tag, &name, &open);
                let class = attribute(&tag, "class").unwrap_or_default();
                let is_council = name == "blockquote"
                    || class.split(' ').any(|it| ["council", "words", "council-words"].contains(&it));
                let within = open.last().is_some_and(|(_, it)| *it);
                if is_council && !within {
                    page.council.push(String::new());
                }
                if !VOID.contains(&name.as_str()) && !tag.self_closing {
                    open.push((name, is_council || within));
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                let last = open.pop().map(|(it, _)| it);
                assert_eq!(last.as_deref(), Some(&*name), "elements are closed in order");
            }
            Token::String(words) if open.last().is_some_and(|(_, it)| *it) => {
                page.council.last_mut().unwrap().push_str(&String::from_utf8_lossy(&words));
            }
            _ => {}
        }
    }
    page
}

fn note(page: &mut Page, tag: &StartTag<()>, name: &str, open: &[(String, bool)]) {
    let attributes: Vec<(String, String)> = tag
        .attributes
        .iter()
        .map(|(name, value)| {
            (String::from_utf8_lossy(name).into_owned(), String::from_utf8_lossy(value).into_owned())
        })
        .collect();
    let whole = format!("<{name} {attributes:?}>");
    if page.first.is_empty() && open.last().is_some_and(|(it, _)| it == "body") {
        page.first.clone_from(&whole);
    }
    let is_data = attribute(tag, "type").as_deref() == Some("application/ld+json");
    let is_asset = attribute(tag, "rel").as_deref() == Some("stylesheet") || (name == "script" && !is_data);
    if open.last().is_some_and(|(it, _)| it == "head") && !is_asset {
        page.head.push(whole.clone());
    }
    match name {
        "main" => page.mains += 1,
        "h1" => page.headings += 1,
        "style" => page.forbidden.push(whole.clone()),
        "script" if !is_data && attribute(tag, "src").is_none() => page.forbidden.push(whole.clone()),
        _ => {}
    }
    for (key, value) in attributes {
        let is_kept = ["id", "aria-label", "aria-labelledby", "lang", "role"].contains(&key.as_str())
            || key.starts_with("data-")
            || (name == "a" && key == "href");
        let loads = (key == "src" || (name == "link" && is_asset && key == "href")) && value.contains("//");
        if is_kept {
            page.kept.insert(format!("{name} {key}={value}"));
        }
        if key == "style" || key.starts_with("on") || loads {
            page.forbidden.push(whole.clone());
        }
    }
}

/// What a page in another theme lacks of the page of the default, or has too much.
fn faults(theirs: &str, default: &str) -> Vec<String> {
    let (page, default) = (read(theirs), read(default));
    let mut faults = Vec::new();
    if !(page.first.starts_with("<a ") && page.first.contains("\"skip\"") && page.first.contains("\"#main\""))
    {
        faults.push(format!("the first element is not the skip link: {}", page.first));
    }
    if (page.mains, page.headings) != (1, 1) {
        faults.push(format!("{} main parts, {} headings of the first level", page.mains, page.headings));
    }
    if page.head != default.head {
        faults.push(format!("the head is not that of the default: {:#?}", page.head));
    }
    if page.council != default.council {
        faults.push("the council words are not those of the default".to_owned());
    }
    faults.extend(default.kept.difference(&page.kept).map(|it| format!("lacks {it}")));
    faults.extend(page.forbidden.iter().map(|it| format!("the policy forbids {it}")));
    faults
}

#[test]
fn every_theme_keeps_on_every_page_what_must_stay() {
    let mut seen = 0;
    for handbook in ["two-councils", "text-not-held", "moved-and-gone"] {
        let content = root().join("tests/handbooks").join(handbook).join("content");
        for base_url in [None, Some("https://example.org/handbook/")] {
            let default = pages(&content, "default", base_url);
            assert!(default.values().any(|it| !read(it).council.is_empty()));
            for theme in themes() {
                let own = pages(&content, &theme, base_url);
                assert_eq!(own.keys().collect::<Vec<_>>(), default.keys().collect::<Vec<_>>());
                for (path, page) in &own {
                    assert_eq!(faults(page, &default[path]), [""; 0], "{theme}: {path}");
                    let has_trail = page.contains("<nav class=\"trail\" aria-label=\"Breadcrumb\">");
                    assert_eq!(has_trail, path != "index.html", "{theme}: {path}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 200, "{seen} pages");
}

#[test]
fn a_page_that_lost_what_must_stay_is_found() {
    let good = "<html><head><meta charset=utf-8><link rel=stylesheet href=a.css></head>\
                <body><a class=\"skip\" href=\"#main\">Skip</a><main id=main><h1>A</h1>\
                <div class=\"words\">Members lead.</div></main></body></html>";
    assert_eq!(faults(good, good), [""; 0]);
    for (from, to, says) in [
        ("class=\"skip\"", "class=\"jump\"", "the first element is not the skip link"),
        ("<main id=main>", "<p></p><main id=text>", "lacks main id=main"),
        ("<h1>A</h1>", "<h1>A</h1><h1>B</h1>", "1 main parts, 2 headings"),
        ("<meta charset=utf-8>", "", "the head is not that of the default"),
        ("lead.", "follow.", "the council words are not those of the default"),
        ("<h1>", "<h1 style=\"color: red\">", "the policy forbids <h1"),
        ("<h1>", "<script>1</script><h1>", "the policy forbids <script"),
        ("a.css", "https://example.org/a.css", "the policy forbids <link"),
    ] {
        let found = faults(&good.replacen(from, to, 1), good);
        assert!(found.iter().any(|it| it.starts_with(says)), "{to}: {found:#?}");
    }
}

/// The names and values that a style sheet sets in its first `:root`.
fn tokens(sheet: &str) -> BTreeMap<String, String> {
    let start = sheet.find(":root {").expect("the tokens");
    let lines = sheet[start..].lines().skip(1).take_while(|it| *it != "}");
    let set = lines.filter_map(|it| it.trim().strip_suffix(';')?.split_once(": "));
    set.filter(|(name, _)| name.starts_with("--")).map(|(name, value)| (name.into(), value.into())).collect()
}

/// The two colours of `light-dark(#0b5568, #8bd0e2)`.
fn colours(value: &str) -> [&str; 2] {
    let inner = value.strip_prefix("light-dark(").and_then(|it| it.strip_suffix(')'));
    let (light, dark) = inner.and_then(|it| it.split_once(", ")).unwrap_or_else(|| panic!("{value}"));
    [light, dark]
}

/// Form: WCAG 2.2, "contrast ratio" and "relative luminance".
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let part = |at: usize| {
            let byte = u8::from_str_radix(&colour[at..at + 2], 16).expect("#rrggbb");
            let it = f64::from(byte) / 255.0;
            if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[track_caller]
fn check_contrast(theme: &str, tokens: &BTreeMap<String, String>) {
    let pairs = ["--accent", "--ink", "--quiet"]
        .into_iter()
        .flat_map(|words| ["--paper", "--band", "--editors"].map(|ground| (words, ground, 4.5)))
        .chain(["--paper", "--editors"].map(|ground| ("--editors-line", ground, 3.0)));
    for (words, ground, least) in pairs {
        for (one, other) in colours(&tokens[words]).into_iter().zip(colours(&tokens[ground])) {
            let ratio = contrast(one, other);
            assert!(ratio >= least, "{theme}: {words} {one} on {ground} {other}: {ratio:.2}");
        }
    }
}

#[test]
fn every_theme_keeps_the_contrast_that_the_guide_asks_for() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    assert!((contrast("#777777", "#ffffff") - 4.48).abs() < 0.01);
    let default = tokens(&fs::read_to_string(root().join("themes/default/assets/style.css")).unwrap());
    for theme in themes() {
        let mut its = default.clone();
        if let Ok(own) = fs::read_to_string(root().join(format!("themes/{theme}/assets/own.css"))) {
            its.extend(tokens(&own));
        }
        check_contrast(&theme, &its);
    }
    let mut example = default.clone();
    example.extend(tokens(&examples()["my-theme/assets/own.css"]));
    check_contrast("the guide", &example);
}

/// The files that the guide shows: a fence with a path after its language.
fn examples() -> BTreeMap<String, String> {
    let mut blocks = GUIDE.split("\n```").skip(1).step_by(2);
    let mut all = BTreeMap::new();
    for block in blocks.by_ref() {
        let (fence, text) = block.split_once('\n').unwrap();
        if let Some((_, path)) = fence.split_once(' ') {
            all.insert(path.to_owned(), format!("{text}\n"));
        }
    }
    all
}

/// Builds the small handbook as the guide says, with some of its files, and returns the folder.
fn built(files: &[&str]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &examples()[*file]).unwrap();
    }
    let (_, command) = GUIDE.split_once("```sh\nhandbook ").expect("the command");
    let command = command.lines().next().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_handbook"))
        .args(command.split_whitespace())
        .args(["--today", TODAY, "--content"])
        .arg(root().join("tests/handbooks/two-councils/content"))
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(run.status.success(), "{files:?}:\n{}", String::from_utf8_lossy(&run.stderr));
    folder
}

#[track_caller]
fn page(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join("public").join(path)).unwrap()
}

#[test]
fn the_five_lines_of_the_guide_make_the_site_a_councils_own() {
    let own = &examples()["my-theme/assets/own.css"];
    assert_eq!(own.lines().count(), 5, "{own}");
    let folder = built(&["my-theme/assets/own.css"]);
    let assets: Vec<PathBuf> =
        fs::read_dir(folder.path().join("public/assets")).unwrap().map(|it| it.unwrap().path()).collect();
    let name = |it: &PathBuf| it.file_name().unwrap().to_str().unwrap().to_owned();
    let sheet = assets.iter().find(|it| name(it).starts_with("own.")).expect("the sheet is published");
    assert_eq!(&fs::read_to_string(sheet).unwrap(), own);
    let home = page(&folder, "index.html");
    let links: Vec<_> = home.match_indices("rel=\"stylesheet\"").map(|(at, _)| &home[at..at + 40]).collect();
    assert!(links.last().unwrap().contains("assets/own."), "it stands last: {links:?}");
}

#[test]
fn the_templates_of_the_guide_add_to_those_of_the_default() {
    let folder = built(&["my-theme/templates/base.html"]);
    for path in ["index.html", "topics/index.html", "404.html"] {
        let page = page(&folder, path);
        let (_, footer) = page.split_once("<footer").expect("a footer");
        assert!(footer.contains("Example County Council</a></p>"), "{path}: {footer}");
        assert!(footer.contains("Back to top") && footer.contains("Published by"), "{path}: {footer}");
    }
    let folder = built(&["my-theme/templates/terms.html"]);
    let terms = page(&folder, "terms/index.html");
    assert!(terms.contains("All words from A to Z") && terms.contains("constitution, part 5."), "{terms}");
    let folder = built(&["my-theme/templates/marks.html"]);
    let edition = page(&folder, "authorities/ashby/protocol/2024/index.html");
    assert!(!edition.contains("<span class=\"mark\""), "the component of the council is used");
    let all: Vec<String> = examples().into_keys().collect();
    built(&all.iter().map(String::as_str).collect::<Vec<_>>());
}

/// The first two or three cells of the rows of the guide's tables, without backquotes where one
/// name stands alone.
fn rows() -> Vec<Vec<&'static str>> {
    let lines = GUIDE.lines().filter(|it| it.starts_with("| `"));
    lines.map(|it| it.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_guide_names_every_token_and_no_other() {
    let sheet = fs::read_to_string(root().join("themes/default/assets/style.css")).unwrap();
    let named: BTreeSet<String> =
        rows().iter().map(|it| quoted(it[0])[0].to_owned()).filter(|it| it.starts_with("--")).collect();
    assert_eq!(named, tokens(&sheet).into_keys().collect());
}

#[test]
fn the_guide_names_every_template_and_its_values_and_every_block_of_the_frame() {
    let templates = root().join("themes/default/templates");
    let text = |name: &str| fs::read_to_string(templates.join(name)).unwrap();
    let is_name = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
    let named: BTreeMap<&str, Vec<&str>> = rows()
        .into_iter()
        .filter(|it| it.len() == 3 && it[0].ends_with(".html`"))
        .map(|it| (quoted(it[0])[0], quoted(it[2])))
        .collect();
    let there: BTreeSet<String> =
        fs::read_dir(&templates).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(named.keys().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>(), there);
    for (name, values) in named {
        let text = text(name);
        let words: BTreeSet<&str> = text.split(|it| !is_name(it)).collect();
        let absent: Vec<&&str> = values.iter().filter(|it| !words.contains(**it)).collect();
        assert!(absent.is_empty(), "{name} knows no {absent:?}");
    }
    let base = text("base.html");
    let blocks: BTreeSet<&str> =
        base.split("block ").skip(1).filter_map(|it| it.split([' ', '%']).next()).collect();
    let listed: BTreeSet<&str> = rows()
        .iter()
        .filter(|it| it.len() == 2 && !it[0].contains(".js"))
        .map(|it| quoted(it[0])[0])
        .collect();
    assert_eq!(listed, blocks);
}

#[test]
fn what_the_guide_says_scripts_look_for_is_in_them() {
    let scripts: Vec<_> = rows().into_iter().filter(|it| it[0].ends_with(".js`")).collect();
    assert_eq!(scripts.len(), 4);
    for row in scripts {
        let name = quoted(row[0])[0];
        let script = fs::read_to_string(root().join("themes/default/assets").join(name)).unwrap();
        for it in quoted(row[1]) {
            let data = it.strip_prefix("data-").map(|it| format!("dataset.{}", it.replace('-', "")));
            let last = it.rsplit(['.', ' ']).next().unwrap();
            let is_there =
                script.contains(it) || script.contains(last) || data.is_some_and(|it| script.contains(&it));
            assert!(is_there, "{name} looks for no {it}");
        }
    }
}
