//! No contact detail gets past the check, whatever key it stands under.

use std::collections::BTreeSet;
use std::path::Path;

use handbook::diagnostic::Severity;
use handbook::source::{self, Sources};
use handbook::{Memory, look_through_again};
use jiff::civil::{Date, date};
use serde_yaml::Value;

const TODAY: Date = date(2026, 11, 22);
const ADDRESS: &str = "Jo jo.bloggs@ashby.example";

/// Where a string stands in a file, the numbers of lists left out: `adoption.minute`.
type Keys = String;

/// One step down a YAML value.
#[derive(Clone)]
enum Step {
    Key(Value),
    Index(usize),
}

/// The strings below a value, each with the way to it.
fn leaves(value: &Value, way: &mut Vec<Step>, found: &mut Vec<(Keys, Vec<Step>)>) {
    match value {
        Value::String(_) => {
            let keys = way.iter().filter_map(|it| match it {
                Step::Key(key) => Some(key.as_str().unwrap_or("?")),
                Step::Index(_) => None,
            });
            found.push((keys.collect::<Vec<_>>().join("."), way.clone()));
        }
        Value::Sequence(all) => {
            for (index, inner) in all.iter().enumerate() {
                way.push(Step::Index(index));
                leaves(inner, way, found);
                way.pop();
            }
        }
        Value::Mapping(all) => {
            for (key, inner) in all {
                way.push(Step::Key(key.clone()));
                leaves(inner, way, found);
                way.pop();
            }
        }
        _ => {}
    }
}

fn at<'v>(value: &'v mut Value, way: &[Step]) -> &'v mut Value {
    way.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::Index(index) => &mut value[*index],
    })
}

/// What a file is, whichever authority, text, section or clause it is of.
fn kind(file: &str) -> String {
    let parts: Vec<&str> = file.split('/').collect();
    match parts[..] {
        ["authorities", _, what, _, _, name] if name != "_section.md" => format!("{what}/clause"),
        ["authorities", _, what, .., name] => format!("{what}/{name}"),
        [folder, name] => format!("{folder}/{}", name.rsplit('.').next().unwrap_or_default()),
        _ => file.to_owned(),
    }
}

/// The YAML of a file, and what follows it.
fn cut<'t>(file: &str, text: &'t str) -> Option<(&'t str, &'t str)> {
    match file.rsplit('.').next()? {
        "yaml" => Some((text, "")),
        "md" => text.strip_prefix("---\n")?.split_once("\n---\n"),
        _ => None,
    }
}

#[test]
fn an_address_under_any_key_of_any_file_is_an_error() {
    let handbooks = ["left-and-rejected", "moved-and-gone", "text-not-held", "two-councils"];
    let handbooks = handbooks.map(|it| format!("tests/handbooks/{it}/content"));
    let mut tried = BTreeSet::new();
    let mut passed = Vec::new();
    for folder in handbooks.iter().map(String::as_str).chain(["examples/new/content", "content"]) {
        let sources = source::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        let mut memory = Memory::default();
        for file in sources.files.keys() {
            let text = sources.text(file).unwrap_or_default();
            let Some((yaml, rest)) = cut(file, text) else { continue };
            let value: Value = serde_yaml::from_str(yaml).unwrap();
            let mut found = Vec::new();
            leaves(&value, &mut Vec::new(), &mut found);
            for (keys, way) in found {
                // By what address readers reach the editors is the one that may be told.
                let place = format!("{}: {keys}", kind(file));
                if place == "handbook.yaml: corrections" || !tried.insert(place.clone()) {
                    continue;
                }
                let mut changed = value.clone();
                *at(&mut changed, &way) = ADDRESS.into();
                let yaml = serde_yaml::to_string(&changed).unwrap();
                let text = if rest.is_empty() { yaml } else { format!("---\n{yaml}---\n{rest}") };
                let mut sources = Sources { files: sources.files.clone(), ..Sources::default() };
                sources.files.insert(file.clone(), text.into_bytes().into());
                let (_, report) = look_through_again(&sources, TODAY, &mut memory);
                if !report.diagnostics().iter().any(|it| it.severity == Severity::Error) {
                    passed.push(place);
                }
            }
        }
    }
    assert!(tried.len() > 100, "{}", tried.len());
    assert_eq!(passed, [""; 0]);
}
