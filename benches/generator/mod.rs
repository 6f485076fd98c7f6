//! Handbooks of any size, to measure with: invented authorities whose clauses are put together
//! from the sentences of the real ones.
//!
//! Topics, aspects, principles, terms and legislation are the real registers. The sentences of a
//! clause come from real clauses on the same topic; those that refer to another place are left
//! out, and references are written anew, so that each leads somewhere. The same size gives the
//! same bytes, and no text claims a source: all of it is `drafted-here`.

mod quarry;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use handbook::handbook::{Handbook, Topic};
use handbook::source::{self, Sources};

use mimalloc::MiMalloc;
use quarry::{Chance, Quarry};

/// The program's own, so that time and memory are the program's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Path below the content folder → text.
type Files = BTreeMap<String, String>;

/// Sections of each protocol.
const SECTIONS: usize = 10;

/// Makes a handbook whose current editions hold `clauses` clauses, in one authority for each
/// hundred but at least four. A tenth of the authorities, one at the least, hold two earlier
/// editions, which count beyond that number.
///
/// The real content is read from its folder beside the manifest.
///
/// # Panics
///
/// If it cannot be read: then there is nothing to measure.
pub fn generate(clauses: usize) -> Sources {
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let real = source::read(content.as_ref()).expect("the content is there");
    let (handbook, _) = handbook::intake::read(&real);
    let files = files(&real, &handbook, clauses);
    let files = files.into_iter().map(|(path, text)| (path, text.into_bytes().into())).collect();
    Sources { files, ..Sources::default() }
}

/// `sources` are the files of the real content, `real` is what they make.
fn files(sources: &Sources, real: &Handbook, clauses: usize) -> Files {
    let authorities = (clauses / 100).max(4);
    let quarry = Quarry::open(real);
    let mut files = Files::new();
    for name in ["topics.yaml", "principles.yaml", "terms.yaml", "legislation.yaml"] {
        let text = sources.text(name).expect("the real content has its registers");
        files.insert(name.to_owned(), for_all_authorities(text));
    }
    for index in 0..authorities {
        // What is left of the division goes to the first authorities.
        let count = clauses / authorities + usize::from(index < clauses % authorities);
        Authority { index, count, quarry: &quarry, real }.write(&mut files);
    }
    let featured: Vec<String> = (0..4).map(|it| slug(&authority_name(it))).collect();
    let title = format!("Handbook of {authorities} invented authorities");
    files.insert(
        "handbook.yaml".to_owned(),
        format!(
            "title: {title}\npublisher: nobody\ndescription: Texts put together at random, to measure with.\n\
             corrections: https://example.org/corrections\nfeatured: [{}]\n",
            featured.join(", ")
        ),
    );
    for (page, title) in [
        ("about", "About"),
        ("accessibility", "Accessibility"),
        ("cite", "How to cite"),
        ("privacy", "Privacy"),
    ] {
        let text = format!("---\ntitle: {title}\ndescription: {title}\n---\nThese texts mean nothing.\n");
        files.insert(format!("pages/{page}.md"), text);
    }
    files
}

/// A register without what holds only for some of the real authorities.
fn for_all_authorities(register: &str) -> String {
    let mut text = String::new();
    for line in register.split_inclusive('\n') {
        match line.split_once("authorities: [") {
            None => text.push_str(line),
            Some((before, rest)) => {
                let after = rest.split_once(']').map_or("", |(_, after)| after);
                // A line of its own goes as a whole.
                if !before.trim().is_empty() {
                    text.push_str(before.trim_end().trim_end_matches(','));
                    text.push_str(after);
                }
            }
        }
    }
    text
}

/// Names of places that are none, 480 of them, spread over the alphabet.
fn authority_name(index: usize) -> String {
    const FIRST: [&str; 24] = [
        "Quel", "Varn", "Ostr", "Brind", "Melk", "Thorv", "Ilv", "Penq", "Carv", "Dwim", "Eskl", "Fenv",
        "Gorm", "Hasp", "Jarv", "Kelm", "Lunq", "Marv", "Norv", "Orl", "Rusk", "Selv", "Ulm", "Yarv",
    ];
    const LAST: [&str; 20] = [
        "enholt", "abysse", "emerre", "iwicke", "ostowe", "erleye", "icoombe", "athorpe", "aminstre",
        "egatte", "iseye", "ohamme", "ingate", "afelde", "erwode", "ibrigg", "oforde", "astede", "ebourn",
        "icastre",
    ];
    format!("{}{}", FIRST[index % FIRST.len()], LAST[index / FIRST.len() % LAST.len()])
}

fn slug(name: &str) -> String {
    name.to_lowercase()
}

/// A value of YAML in double quotes.
fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

struct Authority<'q> {
    index: usize,
    /// Clauses of its current edition.
    count: usize,
    quarry: &'q Quarry,
    real: &'q Handbook,
}

/// The text of a clause as it is written into its file, and the ids of its items.
struct Text {
    words: String,
    items: Vec<String>,
}

impl Authority<'_> {
    fn write(&self, files: &mut Files) {
        let name = authority_name(self.index);
        let folder = format!("authorities/{}", slug(&name));
        let editions: &[&str] =
            if self.index.is_multiple_of(10) { &["2015-05", "2019-05", "2023-05"] } else { &["2023-05"] };
        let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut addressed = BTreeSet::new();
        let mut said = String::new();
        for (age, edition) in editions.iter().rev().enumerate() {
            // What the current edition says decides; an earlier one adds only to the ledger.
            let mut tags = BTreeSet::new();
            let text = self.edition(files, &format!("{folder}/protocol/{edition}"), age, &mut ids, &mut tags);
            if age == 0 {
                (addressed, said) = (tags, text);
            }
            let follows = editions.iter().rev().nth(age + 1);
            let follows = follows.map_or(String::new(), |it| format!("follows: {it}\n"));
            let status = if age == 0 { "published" } else { "superseded" };
            files.insert(
                format!("{folder}/protocol/{edition}/edition.yaml"),
                format!(
                    "title: Protocol on Relations between Members and Officers\nstatus: {status}\n\
                     dates: {{printed: {edition}}}\n{follows}language: en-GB\n\
                     source: {{title: no document}}\nprovenance: drafted-here\n\
                     licence: sentences of published protocols, out of their order\nchecked: 2026-11-21\n"
                ),
            );
        }
        let mut authority = format!(
            "name: {name} Council\nshort_name: {name}\nkind: invented council\njurisdiction: nowhere\n\
             current: 2023-05\nvocabulary:\n"
        );
        self.vocabulary(&said.to_lowercase(), &mut authority);
        authority.push_str("coverage:\n");
        for (topic, aspect) in self.all_aspects().filter(|it| !addressed.contains(it)) {
            writeln!(
                authority,
                "  - {{topic: {topic}/{aspect}, state: not-addressed, reason: invented, reviewed: 2026-11-21}}"
            )
            .expect("a text can be written to");
        }
        files.insert(format!("{folder}/authority.yaml"), authority);
        let mut ledger = "clauses:\n".to_owned();
        for (id, items) in ids {
            let items: Vec<String> = items.iter().map(|it| quoted(it)).collect();
            writeln!(ledger, "  {}: {{items: [{}]}}", quoted(&id), items.join(", ")).expect("as above");
        }
        files.insert(format!("{folder}/ids.yaml"), ledger);
    }

    fn all_aspects(&self) -> impl Iterator<Item = (String, String)> {
        let of = |topic: &Topic| {
            let slug = topic.slug.to_string();
            topic.aspects.iter().map(|it| (slug.clone(), it.slug.to_string())).collect::<Vec<_>>()
        };
        self.real.topics.topics.iter().flat_map(of)
    }

    /// The words for each term that one of the real authorities has and that stand in the text.
    fn vocabulary(&self, said: &str, authority: &mut String) {
        let stands = |words: &str| {
            said.match_indices(words).any(|(at, _)| {
                !said[..at].ends_with(char::is_alphanumeric)
                    && !said[at + words.len()..].starts_with(char::is_alphanumeric)
            })
        };
        for term in &self.real.terms {
            let words: BTreeSet<&String> = (self.real.authorities.values())
                .filter_map(|it| it.vocabulary.get(&term.slug))
                .flat_map(|it| &it.words)
                .filter(|it| stands(&it.to_lowercase()))
                .collect();
            let words: Vec<String> = words.into_iter().take(3).map(|it| quoted(it)).collect();
            if !words.is_empty() {
                writeln!(authority, "  {}: {{words: [{}]}}", term.slug, words.join(", ")).expect("as above");
            }
        }
    }

    /// Writes the sections and clauses of an edition that is `age` editions old, and returns its
    /// words. Adds its ids to the ledger, and to `tags` what it addresses.
    fn edition(
        &self,
        files: &mut Files,
        folder: &str,
        age: usize,
        ids: &mut BTreeMap<String, BTreeSet<String>>,
        tags: &mut BTreeSet<(String, String)>,
    ) -> String {
        let front = "---\nkind: front\nclauses: [title]\n---\n";
        files.insert(format!("{folder}/00-front/_section.md"), front.to_owned());
        let title = "---\nid: title\n---\nProtocol on Relations between Members and Officers\n";
        files.insert(format!("{folder}/00-front/title.md"), title.to_owned());
        ids.entry("title".to_owned()).or_default();
        let topics = &self.real.topics.topics;
        // A topic for each clause, so that all aspects of a topic follow each other in a section.
        // Two topics are left out, others in others' texts.
        let silent = [self.index * 7 % topics.len(), (self.index * 11 + 5) % topics.len()];
        let spoken: Vec<&Topic> =
            topics.iter().enumerate().filter(|(it, _)| !silent.contains(it)).map(|(_, it)| it).collect();
        let mut said = String::new();
        for section in 0..SECTIONS {
            let mut count = self.count / SECTIONS + usize::from(section < self.count % SECTIONS);
            // The oldest edition lacks what was added at the end of a section.
            if age == 2 && section % 3 == 0 {
                count -= 1;
            }
            let here = &spoken[section * spoken.len() / SECTIONS..(section + 1) * spoken.len() / SECTIONS];
            let number = section + 1;
            let folder = format!("{folder}/{number:02}-section-{number}");
            let mut parts = Vec::new();
            for clause in 0..count {
                let topic = here[clause % here.len()];
                let aspect = &topic.aspects[(clause / here.len() + self.index) % topic.aspects.len()];
                // A clause of an earlier edition is most often the same as today's.
                let same = Chance::of(&[self.index, section, clause]).below(5) != 0;
                let mut chance = Chance::of(&[self.index, section, clause, if same { 0 } else { age }]);
                let id = format!("{number}.{}", clause + 1);
                let text = self.text(topic, section, clause, count, &mut chance);
                let mut topics = format!("{}/{}", topic.slug, aspect.slug);
                tags.insert((topic.slug.to_string(), aspect.slug.to_string()));
                if chance.below(4) == 0 {
                    let other = spoken[chance.below(spoken.len())];
                    let aspect = &other.aspects[chance.below(other.aspects.len())];
                    if other.slug != topic.slug {
                        write!(topics, ", {}/{}", other.slug, aspect.slug).expect("as above");
                        tags.insert((other.slug.to_string(), aspect.slug.to_string()));
                    }
                }
                let mut file = format!("---\nid: \"{id}\"\nnumber: \"{id}\"\ntopics: [{topics}]\n");
                if chance.below(3) == 0 {
                    let principles = &self.real.principles.principles;
                    let principle = &principles[chance.below(principles.len())].slug;
                    let basis = ["wording", "inferred"][chance.below(2)];
                    write!(file, "principles:\n  {principle}: {{basis: {basis}, why: drawn by lot}}\n")
                        .expect("as above");
                }
                write!(file, "---\n{}\n", text.words).expect("as above");
                files.insert(format!("{folder}/{id}.md"), file);
                if clause % 7 == 3 {
                    parts.push(format!("{{heading: {}}}", quoted(&topic.name)));
                }
                parts.push(quoted(&id));
                said.push_str(&text.words);
                ids.entry(id).or_default().extend(text.items);
            }
            if section + 1 == SECTIONS {
                parts.push("note-1".to_owned());
                let text = "---\nid: note-1\nnumber: \"1\"\nkind: footnote\ntopics: [purpose]\nmark_in: \"1.1\"\n---\n\
                            The protocol is read with the constitution.\n";
                let home = &spoken[0];
                let home = format!("{}/{}", home.slug, home.aspects[0].slug);
                files.insert(format!("{folder}/note-1.md"), text.replace("purpose", &home));
                tags.insert((spoken[0].slug.to_string(), spoken[0].aspects[0].slug.to_string()));
                ids.entry("note-1".to_owned()).or_default();
            }
            let heading = quoted(&here[0].name);
            let section = format!(
                "---\nnumber: \"{number}\"\nheading: {heading}\nclauses: [{}]\n---\n",
                parts.join(", ")
            );
            files.insert(format!("{folder}/_section.md"), section);
        }
        said
    }

    /// The words of one clause: sentences, in some a list, in some a reference.
    fn text(&self, topic: &Topic, section: usize, clause: usize, count: usize, chance: &mut Chance) -> Text {
        let mut words = String::new();
        let mut items = Vec::new();
        for it in 0..2 + chance.below(4) {
            if it > 0 {
                words.push(' ');
            }
            words.push_str(self.quarry.sentence(topic, chance));
            if (section, clause, it) == (0, 0, 0) {
                words.push_str("[^1]");
            }
        }
        match clause % 6 {
            // The first clause of a section and the one before are in every edition.
            1 => write!(words, " This is to be read with paragraph {}.1.", (section + clause) % SECTIONS + 1),
            3 => write!(words, " Section {} of this Protocol applies.", (section + 4) % SECTIONS + 1),
            5 if clause < count => write!(words, " Paragraph {}.{clause} applies as well.", section + 1),
            _ => Ok(()),
        }
        .expect("as above");
        if clause % 5 == 2 {
            write!(words, "\n\n{}\n", self.quarry.lead(chance)).expect("as above");
            for index in 0..3 + chance.below(4) {
                let label = char::from(b'a' + index as u8);
                write!(words, "\n({label}) {}", self.quarry.item(chance)).expect("as above");
                items.push(label.to_string());
                if index == 1 && clause.is_multiple_of(2) {
                    for nested in ["i", "ii"] {
                        write!(words, "\n    ({nested}) {}", self.quarry.item(chance)).expect("as above");
                        items.push(format!("{label}.{nested}"));
                    }
                }
            }
            if clause.is_multiple_of(3) {
                write!(words, "\n\n{}", self.quarry.sentence(topic, chance)).expect("as above");
                items.push("tail".to_owned());
            }
        }
        Text { words, items }
    }
}
