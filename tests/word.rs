//! Word documents before an independent program: with all changes accepted LibreOffice shows the
//! later text, with all rejected the earlier one, letter by letter.
//!
//! `cargo test --test word -- --ignored` runs it, and `tests/run` does; SOFFICE names the program,
//! if it is not the system's.
#![cfg(feature = "docx")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use handbook::handbook::{
    Authority, AuthoritySlug, Block, Clause, DocumentSlug, Edition, Handbook, Inline, Item, Part, Section,
};
use handbook::papers::{self, Form};
use handbook::site::Theme;

fn content() -> Handbook {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    handbook::intake::read(&handbook::source::read(&content).unwrap()).0
}

/// LibreOffice with a profile of its own, in which a macro settles the changes of a document.
struct Office {
    folder: tempfile::TempDir,
}

const MACRO: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Changes" script:language="StarBasic">Sub Settle(source As String, target As String, verb As String)
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden"
  opening(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, opening())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; verb &amp; "AllTrackedChanges", "", 0, Array())
  Dim saving(1) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = "Text (encoded)"
  saving(1).Name = "FilterOptions"
  saving(1).Value = "UTF8,LF,,,"
  document.storeToURL(target, saving())
  document.close(True)
End Sub
</script:module>
"#;

const LIBRARY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Changes"/>
</library:library>
"#;

impl Office {
    fn new() -> Self {
        let office = Office { folder: tempfile::TempDir::new().unwrap() };
        // It makes its profile on its first run, and takes the macro only after that.
        let empty = office.path("empty.txt");
        fs::write(&empty, "empty\n").unwrap();
        office.run(&[
            "--convert-to",
            "odt",
            "--outdir",
            office.folder.path().to_str().unwrap(),
            empty.to_str().unwrap(),
        ]);
        let basic = office.path("profile/user/basic/Standard");
        fs::create_dir_all(&basic).unwrap();
        fs::write(basic.join("Changes.xba"), MACRO).unwrap();
        fs::write(basic.join("script.xlb"), LIBRARY).unwrap();
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, words: &[&str]) {
        let program = std::env::var_os("SOFFICE").unwrap_or_else(|| "soffice".into());
        let profile = format!("-env:UserInstallation=file://{}", self.path("profile").display());
        let output = Command::new(&program)
            .args([&profile, "--headless", "--norestore"])
            .args(words)
            .output()
            .unwrap_or_else(|error| {
                panic!("LibreOffice cannot be run ({error}); install it, or name it in SOFFICE")
            });
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// The lines of a document with all its changes settled: `Accept` or `Reject`.
    fn settled(&self, document: &[u8], verb: &str) -> Vec<String> {
        let (source, target) = (self.path("redline.docx"), self.path("settled.txt"));
        fs::write(&source, document).unwrap();
        let _ = fs::remove_file(&target);
        let url = |it: &Path| format!("file://{}", it.display());
        self.run(&[&format!(
            "macro:///Standard.Changes.Settle(\"{}\",\"{}\",\"{verb}\")",
            url(&source),
            url(&target)
        )]);
        let text = fs::read_to_string(&target).expect("the macro wrote the text");
        let text = text.trim_start_matches('\u{feff}').trim_end_matches('\n');
        text.lines().map(str::to_owned).collect()
    }
}

/// A text as the document prints it: numbers and labels before a tab. Where the numbers of a text
/// are lost, or one prints none, those of the other stand for both.
fn lines(edition: &Edition, other: &Edition) -> Vec<String> {
    let bare = |it: &Edition| it.clauses().all(|it| it.number.is_none());
    let borrowed = bare(edition) || bare(other);
    let mut all = Vec::new();
    for section in &edition.sections {
        let theirs = other.sections.iter().find(|it| it.slug == section.slug);
        let own = section.number.clone();
        let number = if borrowed { own.or(theirs.and_then(|it| it.number.clone())) } else { own };
        let number = number.map(|it| format!("{it}\t")).unwrap_or_default();
        let heading = format!("{number}{}", section.heading.as_deref().unwrap_or(""));
        all.extend(Some(heading).filter(|it| !it.is_empty()));
        for part in &section.parts {
            match part {
                Part::SubHeading(heading) => all.push(heading.clone()),
                Part::Clause(clause) => {
                    let theirs = other.clause(&clause.id).and_then(|it| it.number.clone());
                    let own = clause.number.clone();
                    let number = if borrowed { own.or(theirs) } else { own };
                    let first = all.len();
                    blocks(&clause.blocks, &mut all);
                    if let Some(number) = number {
                        all[first] = format!("{number}\t{}", all[first].trim_start_matches('\t'));
                    }
                }
            }
        }
    }
    all
}

fn blocks(all: &[Block], out: &mut Vec<String>) {
    for block in all {
        match block {
            Block::Paragraph(words) => out.push(format!("\t{}", Inline::plain(words))),
            Block::Address(address) => out.push(format!("\t{address}")),
            Block::List(items) => {
                for Item { label, blocks: own, .. } in items {
                    let first = out.len();
                    blocks(own, out);
                    let words = out[first].trim_start_matches('\t').to_owned();
                    out[first] = format!("{}\t{words}", label.as_deref().unwrap_or("•"));
                }
            }
        }
    }
}

fn clauses(edition: &mut Edition) -> Vec<&mut Clause> {
    let parts = edition.sections.iter_mut().flat_map(|it| &mut it.parts);
    let clauses = parts.filter_map(|it| match it {
        Part::Clause(clause) => Some(clause.as_mut()),
        Part::SubHeading(_) => None,
    });
    clauses.collect()
}

/// A text with all that may be done to one: the first clause gone and the last, others in each
/// other's place, one divided into paragraphs and one joined, one after the end.
fn revised(edition: &Edition) -> Edition {
    let mut revised = edition.clone();
    let paragraph = |it: &str| Block::Paragraph(vec![Inline::Text(it.to_owned())]);
    fn part(section: &mut Section, clause: &str) -> Part {
        let is_it = |it: &Part| matches!(it, Part::Clause(clause_of) if clause_of.id.as_str() == clause);
        let at = section.parts.iter().position(is_it).unwrap();
        section.parts.remove(at)
    }
    let sections = &mut revised.sections;
    let roles = sections.iter().position(|it| it.slug.as_str() == "roles").unwrap();
    let moved = part(&mut sections[roles], "1.05");
    sections[roles + 1].parts.insert(0, moved);
    let moved = part(&mut sections[roles], "1.13");
    sections[roles].parts.insert(0, moved);
    part(&mut sections[roles], "1.07");
    sections[0].parts.clear();
    let last = sections.last_mut().unwrap();
    last.parts.pop();
    last.parts.push(Part::SubHeading("At the end".to_owned()));
    sections.swap(3, 4);
    for clause in clauses(&mut revised) {
        match clause.id.as_str() {
            "1.01" => {
                let words = clause.plain();
                let (first, rest) = words.split_once(". ").unwrap();
                clause.blocks = vec![paragraph(&format!("{first}.")), paragraph(rest)];
            }
            "1.06" => {
                let words = clause.plain().replace('\n', " ");
                clause.blocks = vec![paragraph(&words)];
            }
            "4.01" => clause.blocks.insert(0, paragraph("A paragraph of its own, before all others.")),
            "4.02" => clause.blocks.push(paragraph("And one after them.")),
            "5.01" => clause.number = Some("5.1".to_owned()),
            _ => {}
        }
    }
    revised
}

fn rbkc(book: &Handbook) -> &Authority {
    &book.authorities[&AuthoritySlug::parse("kensington-and-chelsea").unwrap()]
}

#[test]
#[ignore = "needs LibreOffice"]
fn all_accepted_is_the_later_text_and_all_rejected_the_earlier_one() {
    let book = content();
    let authority = rbkc(&book);
    let edition = |it: &str| &authority.editions[&DocumentSlug::parse(it).unwrap()];
    let consolidated = edition("consolidated");
    let revised = revised(consolidated);
    let office = Office::new();
    let theme = Theme::load("default").unwrap_or_else(|error| panic!("{error}"));
    for (before, after) in [
        (edition("before-2023"), edition("2023-02-01-proposed")),
        (edition("2023-02-01-proposed"), consolidated),
        (consolidated, edition("2023-02-01-proposed")),
        (consolidated, &revised),
        (&revised, consolidated),
    ] {
        let document = papers::write(Form::Word, &theme, authority, before, after).unwrap();
        let (accepted, rejected) = (office.settled(&document, "Accept"), office.settled(&document, "Reject"));
        same(&accepted, &lines(after, before), "accepted");
        same(&rejected, &lines(before, after), "rejected");
    }
}

#[track_caller]
fn same(found: &[String], expected: &[String], what: &str) {
    let first = found.iter().zip(expected).position(|(a, b)| a != b);
    let at = first.unwrap_or(found.len().min(expected.len()));
    let near = |it: &[String]| it[at.saturating_sub(1)..(at + 2).min(it.len())].join("\n    ");
    assert!(
        found == expected,
        "{what}, line {at}\n  is\n    {}\n  should be\n    {}",
        near(found),
        near(expected)
    );
}
