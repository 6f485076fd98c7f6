//! Random cycles of draft, edit and adopt on the content of the repository: after each, every
//! address that was ever published leads to the right thing, the redline holds both texts, and the
//! content checks clean.
//!
//! `HANDBOOK_CYCLES=50 cargo test --release --test adoption cycles` runs a long chain; each run has
//! a few. What is right is kept by [`Oracle`], which knows nothing of how the program records it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use handbook::handbook::{Authority, ClauseId, Edition, ItemId, Part};
use handbook::output::{self, Publishing};
use handbook::revise::clause::{self, Draft, Spot};
use handbook::revise::{self, Outcome, Refusal, Step};
use handbook::site::{Address, Setting, Site, Theme, plan};
use handbook::source::{self, Sources};
use handbook::view::history::{is_citable, places};
use handbook::view::items;
use handbook::view::redline::{Line, Of, Redline};
use handbook::{Checked, look_through};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::ground::sound;

/// A day after all cycles.
const TODAY: Date = date(2099, 1, 1);

/// The authorities whose text is held.
const HELD: [&str; 3] = ["kensington-and-chelsea", "kent", "london-councils"];

/// What is done to a draft: which verb, and what it is pointed at.
#[derive(Clone, Copy, Debug)]
struct Edit {
    verb: u8,
    at: u16,
    to: u16,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (0u8..7, any::<u16>(), any::<u16>()).prop_map(|(verb, at, to)| Edit { verb, at, to });
    proptest::collection::vec(edit, 3..9)
}

/// What became of a clause that was ever published.
#[derive(Clone, Debug, PartialEq)]
enum Fate {
    /// With these words, and this number.
    Stands {
        words: String,
        number: Option<String>,
    },
    WentInto(ClauseId),
    Withdrawn {
        reason: String,
        cycle: usize,
    },
    /// It stood in a proposal alone, which was rejected, or taken back.
    Failed {
        how: &'static str,
    },
}

/// What should be, kept apart from what the program records.
#[derive(Default)]
struct Oracle {
    published: BTreeMap<ClauseId, Fate>,
    /// The words of each item of theirs, as last published.
    items: BTreeMap<(ClauseId, ItemId), String>,
    /// The names of all editions that were public.
    editions: BTreeSet<String>,
    verbs: BTreeMap<&'static str, usize>,
}

/// The draft while it is edited: the words of each clause that can be cited, apart from footnotes.
struct Draught {
    words: BTreeMap<ClauseId, (String, Option<String>)>,
    gone: BTreeMap<ClauseId, Fate>,
    /// The clauses of the proposal that it amends.
    proposed: BTreeSet<ClauseId>,
    /// How that proposal came to nothing.
    failed: Option<&'static str>,
}

fn apply(sources: Sources, step: &Step) -> Sources {
    let mut files = sources.files;
    for (path, it) in &step.files {
        assert_eq!(files.get(path), it.before.as_ref(), "{path}");
        match &it.after {
            Some(bytes) => files.insert(path.clone(), bytes.clone()),
            None => files.remove(path),
        };
    }
    Sources { files, ..Sources::default() }
}

/// As [`look_through`], without the rules, which are asked at the end of a cycle.
fn read(sources: Sources) -> Checked {
    let (handbook, report) = handbook::intake::read(&sources);
    Checked { sources, handbook, report }
}

fn council<'c>(checked: &'c Checked, slug: &str) -> &'c Authority {
    checked.handbook.authorities.get(slug).expect("it is in the content")
}

/// The clauses of a text that can be cited, in their order.
fn citable(edition: &Edition) -> Vec<&handbook::handbook::Clause> {
    places(&edition.sections).filter(|it| is_citable(it.section)).map(|it| it.clause).collect()
}

/// Words without the spaces between them, so that paragraphs do not count.
fn squeezed(words: &str) -> String {
    words.split_whitespace().collect()
}

/// One cycle on an authority; the content after it.
fn cycle(mut content: Checked, slug: &str, number: usize, edits: &[Edit], oracle: &mut Oracle) -> Checked {
    let take =
        |content: Checked, verb: &mut dyn FnMut(&Checked) -> Result<Step, Refusal>| match verb(&content) {
            Ok(step) => (read(apply(content.sources, &step)), Ok(())),
            Err(refusal) => (content, Err(refusal)),
        };
    let authority = slug.to_owned();
    let drafting = revise::Drafting { authority: authority.clone(), ..Default::default() };
    let (drafted, done) = take(content, &mut |it| revise::draft(it, &drafting));
    done.unwrap();
    content = drafted;
    let draft = || Draft { authority: authority.clone(), edition: None };
    let mut draught =
        Draught { words: BTreeMap::new(), gone: BTreeMap::new(), proposed: BTreeSet::new(), failed: None };
    for clause in citable(&council(&content, slug).editions["draft"]) {
        draught.words.insert(clause.id.clone(), (squeezed(&clause.plain()), clause.number.clone()));
    }
    // In some cycles it is put to a body half-way, and amended before it is adopted; or it is rejected
    // or taken back there, and begun again from what was put.
    let put = Some(edits.len() / 2).filter(|_| edits[0].to.is_multiple_of(2));
    let outcome = [None, Some(Outcome::Rejected), Some(Outcome::Withdrawn)][usize::from(edits[0].at) % 3];
    let name = format!("{}-04-14-proposed", 2030 + number);
    for (index, Edit { verb, at, to }) in edits.iter().enumerate() {
        if put == Some(index) {
            let proposal = revise::Proposal {
                authority: authority.clone(),
                edition: None,
                body: "Committee".to_owned(),
                date: super::ground::day(&format!("{}-04-14", 2030 + number)),
                papers: Vec::new(),
                name: None,
            };
            let (mut proposed, done) = take(content, &mut |it| revise::propose(it, &proposal));
            done.unwrap();
            if let Some(outcome) = outcome {
                let decision = revise::Decision {
                    authority: authority.clone(),
                    edition: None,
                    body: "Committee".to_owned(),
                    date: None,
                    outcome,
                    minute: None,
                    note: None,
                };
                draught.failed = Some(if outcome == Outcome::Rejected { "rejected" } else { "withdrawn" });
                let (decided, done) = take(proposed, &mut |it| revise::decide(it, &decision));
                done.unwrap();
                proposed = decided;
                *oracle.verbs.entry("begin again").or_default() += 1;
            }
            let from = Some(name.clone());
            let again = revise::Drafting { authority: authority.clone(), from, name: None };
            let (drafted, done) = take(proposed, &mut |it| revise::draft(it, &again));
            done.unwrap();
            content = drafted;
            draught.proposed.extend(draught.words.keys().cloned());
            oracle.editions.insert(name.clone());
        }
        let edition = &council(&content, slug).editions["draft"];
        let clauses: Vec<_> = citable(edition).into_iter().filter(|it| !it.is_footnote()).collect();
        if clauses.len() < 4 {
            break;
        }
        let one = clauses[usize::from(*at) % clauses.len()].clone();
        let other = clauses[usize::from(*to) % clauses.len()].clone();
        let (id, into) = (one.id.to_string(), other.id.to_string());
        let ids = || -> BTreeSet<ClauseId> { edition.clauses().map(|it| it.id.clone()).collect() };
        let before = ids();
        let verb = ["reword", "renumber", "move", "split", "merge", "withdraw", "add"][usize::from(*verb)];
        let (edited, done) = match verb {
            "reword" => {
                let more = format!(" Reworded in cycle {number}, edit {index}.");
                let text = content.sources.text(&one.file).unwrap().trim_end().to_owned() + &more + "\n";
                draught.words.get_mut(&one.id).unwrap().0 += &squeezed(&more);
                content.sources.files.insert(one.file.clone(), text.into_bytes().into());
                (read(content.sources), Ok(()))
            }
            "renumber" => {
                let new = format!("{}.{}", 40 + number, index + 1);
                let words = clause::Numbering {
                    draft: draft(),
                    what: clause::Renumbered::Clause { clause: id, number: new.clone() },
                };
                let taken = take(content, &mut |it| clause::renumber(it, &words));
                draught.words.get_mut(&one.id).unwrap().1 = Some(new);
                taken
            }
            "move" if id != into => {
                let words = clause::Removal { draft: draft(), clause: id, to: Spot::After(into) };
                take(content, &mut |it| clause::relocate(it, &words))
            }
            "split" => {
                // Where its last paragraph at the margin begins, if there are two.
                let text = content.sources.text(&one.file).unwrap();
                let body = text.splitn(3, "---\n").nth(2).unwrap();
                let blocks: Vec<&str> =
                    body.split("\n\n").filter(|it| !it.trim().is_empty() && !it.starts_with(' ')).collect();
                let Some(last) = blocks.get(1..).and_then(|it| it.last()) else { continue };
                let at = last.lines().next().unwrap().to_owned();
                let words = clause::Split { draft: draft(), clause: id, at, number: None, id: None };
                take(content, &mut |it| clause::split(it, &words))
            }
            "merge" if id != into => {
                let words = clause::Merger { draft: draft(), clause: id, into };
                take(content, &mut |it| clause::merge(it, &words))
            }
            "withdraw" => {
                let reason = Some(format!("withdrawn in cycle {number}, edit {index}"));
                let words = clause::Withdrawal { draft: draft(), clause: id, reason };
                take(content, &mut |it| clause::withdraw(it, &words))
            }
            "add" => {
                let topics = one.topics.iter().map(|it| match &it.aspect {
                    Some(aspect) => format!("{}/{aspect}", it.topic),
                    None => it.topic.to_string(),
                });
                let words = clause::Addition {
                    draft: draft(),
                    number: Some(format!("{}.{}", 70 + number, index + 1)),
                    id: None,
                    again: false,
                    words: format!("Added in cycle {number}, edit {index}."),
                    to: Spot::Before(id),
                    under: None,
                    topics: topics.collect(),
                };
                take(content, &mut |it| clause::add(it, &words))
            }
            _ => continue,
        };
        content = edited;
        match done {
            Ok(()) => *oracle.verbs.entry(verb).or_default() += 1,
            // A paragraph whose words begin another one as well.
            Err(refusal) if verb == "split" && refusal.why.contains("begin") => continue,
            Err(refusal) => panic!("{verb}: {} ({})", refusal.why, refusal.hint),
        }
        let edition = &council(&content, slug).editions["draft"];
        let after: BTreeMap<ClauseId, _> =
            citable(edition).into_iter().map(|it| (it.id.clone(), it)).collect();
        let words = |id: &ClauseId| squeezed(&after[id].plain());
        match verb {
            "split" => {
                let new =
                    after.keys().find(|it| !before.contains(*it)).expect("there is a second part").clone();
                let whole = draught.words[&one.id].0.clone();
                assert_eq!(words(&one.id) + &words(&new), whole, "no word is lost");
                draught.words.get_mut(&one.id).unwrap().0 = words(&one.id);
                draught.words.insert(new.clone(), (words(&new), None));
            }
            "merge" => {
                let (part, _) = draught.words.remove(&one.id).unwrap();
                let whole = &mut draught.words.get_mut(&other.id).unwrap().0;
                whole.push_str(&part);
                for fate in draught.gone.values_mut() {
                    if *fate == Fate::WentInto(one.id.clone()) {
                        *fate = Fate::WentInto(other.id.clone());
                    }
                }
                draught.gone.insert(one.id.clone(), Fate::WentInto(other.id.clone()));
            }
            "withdraw" => {
                let reason = format!("withdrawn in cycle {number}, edit {index}");
                // Its footnotes go with it.
                for id in
                    draught.words.keys().filter(|it| !after.contains_key(*it)).cloned().collect::<Vec<_>>()
                {
                    draught.words.remove(&id);
                    draught.gone.insert(id, Fate::Withdrawn { reason: reason.clone(), cycle: number });
                }
                // What went into it within this draft has nowhere to lead to either.
                for fate in draught.gone.values_mut() {
                    if *fate == Fate::WentInto(one.id.clone()) {
                        *fate = Fate::Withdrawn { reason: reason.clone(), cycle: number };
                    }
                }
            }
            "add" => {
                let new = after.keys().find(|it| !before.contains(*it)).expect("there is a new one").clone();
                let number = after[&new].number.clone();
                draught.words.insert(new.clone(), (words(&new), number));
            }
            _ => {}
        }
    }
    let adoption = revise::Adoption {
        authority,
        edition: None,
        body: format!("Council of cycle {number}"),
        date: super::ground::day(&format!("{}-05-21", 2030 + number)),
        minute: None,
        commences: None,
        name: None,
    };
    let as_put = revise::Adoption { edition: Some(name), ..adoption.clone() };
    let step = match revise::adopt(&content, &adoption) {
        Err(refusal) if refusal.why.contains("word for word") => revise::adopt(&content, &as_put),
        step => step,
    };
    let step = step.unwrap_or_else(|it| panic!("{} ({})", it.why, it.hint));
    let content = look_through(apply(content.sources, &step), TODAY);
    sound(&content);
    settle(oracle, draught);
    oracle.editions.insert(council(&content, slug).current.as_ref().unwrap().to_string());
    content
}

/// What the draft made of the clauses is so from now on.
fn settle(oracle: &mut Oracle, draught: Draught) {
    for (id, mut fate) in draught.gone {
        let is_new = !oracle.published.contains_key(&id);
        if let (true, Fate::Withdrawn { .. }, Some(how)) = (is_new, &fate, draught.failed) {
            fate = Fate::Failed { how };
        }
        // What was made and merged again within the draft was never published.
        if !is_new || draught.proposed.contains(&id) {
            oracle.published.insert(id, fate);
        }
    }
    for (id, (words, number)) in draught.words {
        oracle.published.insert(id, Fate::Stands { words, number });
    }
}

/// Either side of the redline of an authority's current edition is the text that it is of: each clause
/// by itself where what moved stands once, and the whole from beginning to end where both texts are
/// told in their order.
fn redline_holds_both_texts(content: &Checked, slug: &str) {
    let authority = council(content, slug);
    let after = authority.current_edition().unwrap();
    let before = &authority.editions[after.follows.as_ref().unwrap()];
    let mut clauses = [BTreeMap::new(), BTreeMap::new()];
    for passage in &Redline::of(before, after).passages {
        let Of::Clauses { before, after } = &passage.of else { continue };
        for (side, places) in [before, after].into_iter().enumerate() {
            let lines = read_side(&passage.lines, side);
            for (at, place) in places.iter().enumerate() {
                let own: Vec<&str> =
                    lines.iter().filter(|(clause, _)| *clause == at).map(|(_, it)| it.as_str()).collect();
                assert_eq!(own.join("\n"), place.clause.plain(), "{slug}: {}", place.clause.id);
                assert!(clauses[side].insert(place.clause.id.clone(), ()).is_none());
            }
        }
    }
    let in_order = Redline::in_order(before, after);
    for (side, edition) in [before, after].into_iter().enumerate() {
        let all: BTreeSet<&ClauseId> = edition.clauses().map(|it| &it.id).collect();
        assert!(clauses[side].keys().eq(all), "{slug}: each clause stands once");
        let lines = in_order.passages.iter().flat_map(|it| read_side(&it.lines, side));
        let lines: Vec<String> = lines.map(|(_, it)| it).collect();
        assert_eq!(lines.join("\n"), read_through(edition), "{slug}");
    }
}

/// The paragraphs of one side, labels before them, each with its clause by its place on that side.
fn read_side(lines: &[Line], side: usize) -> Vec<(usize, String)> {
    let mut all: Vec<(usize, String)> = Vec::new();
    for line in lines {
        if let Some(start) = [&line.before, &line.after][side] {
            all.push((start.clause, start.label.as_ref().map_or(String::new(), |it| format!("{it} "))));
        }
        let words = line.pieces.iter().map(|it| [it.before(), it.after()][side]).collect::<String>();
        match all.last_mut() {
            Some((_, paragraph)) => paragraph.push_str(&words),
            None => assert_eq!(words, ""),
        }
    }
    all
}

/// The headings and clauses of a text in their order.
fn read_through(edition: &Edition) -> String {
    let mut all = Vec::new();
    for section in &edition.sections {
        all.extend(section.heading.clone());
        all.extend(section.parts.iter().map(|it| match it {
            Part::SubHeading(words) => words.clone(),
            Part::Clause(clause) => clause.plain(),
        }));
    }
    all.join("\n")
}

fn body(site: &Site, address: &Address) -> String {
    let page = site.page(address).unwrap_or_else(|| panic!("no page at {}", address.on_web()));
    String::from_utf8(page.render().unwrap()).unwrap()
}

/// What is read on a page, without markup, marks of footnotes and spaces.
fn plain(page: &str) -> String {
    let mut parts = page.split("<sup class=\"footnote-mark\">");
    let first = parts.next().unwrap_or_default().to_owned();
    let page = parts.fold(first, |page, it| page + it.split_once("</sup>").map_or(it, |(_, rest)| rest));
    let mut plain = String::new();
    let mut inside = false;
    for it in page.chars() {
        match it {
            '<' => inside = true,
            '>' => inside = false,
            it if !inside => plain.push(it),
            _ => {}
        }
    }
    let plain = plain.replace('•', "");
    squeezed(
        &plain
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'"),
    )
}

/// Every address of the authority that was ever published leads to the right thing.
fn addresses_last(content: &Checked, slug: &str, oracle: &Oracle) {
    let theme = Theme::load("default").unwrap();
    let setting = Setting::default();
    let site = plan(&content.handbook, &theme, &setting);
    let authority = council(content, slug);
    let latest = format!("authorities/{slug}/protocol/");
    for edition in &oracle.editions {
        let page = body(&site, &Address::file(format!("{latest}{edition}/index.html")));
        if authority.current.as_ref().is_some_and(|it| it.as_str() != edition) {
            assert!(plain(&page).contains("Thelatesttextheldisthe"), "{edition}");
        }
    }
    for (id, fate) in &oracle.published {
        let html = body(&site, &Address::clause(&authority.slug, id));
        let read = plain(&html);
        match fate {
            Fate::Stands { words, number } => {
                assert!(read.contains(words), "{id}: {words}\n{read}");
                assert!(read.contains("Fromthelatesttextheld"), "{id}");
                if let Some(number) = number {
                    assert!(read.contains(&squeezed(number)), "{id}: {number}");
                }
            }
            Fate::WentInto(other) => {
                assert!(read.contains("Itswordswentinto"), "{id} went into {other}:\n{read}");
                assert!(html.contains(&format!("../{other}/")), "{id} leads to {other}");
                assert!(oracle.published.contains_key(other), "{other}");
            }
            Fate::Failed { how } => {
                assert!(read.contains(&squeezed(&format!("Put forward, and {how}."))), "{id}:\n{read}");
            }
            Fate::Withdrawn { reason, cycle } => {
                assert!(read.contains("Withdrawnwiththetextadopted"), "{id}: {reason}\n{read}");
                assert!(read.contains(&squeezed(reason)), "{id}: {reason}");
                assert!(
                    read.contains(&squeezed(&format!(
                        "Council of cycle {cycle}, 21 May {}: adopted",
                        2030 + cycle
                    ))),
                    "{id}"
                );
            }
        }
        for item in authority.ledger.get(id).iter().flat_map(|it| &it.items) {
            assert!(html.contains(&format!(" id=\"item-{item}\"")), "{id}/{item} has its place");
        }
    }
    // Nothing that the ledger holds is without a page.
    for it in &content.handbook.addresses {
        let page = it.address.split('#').next().unwrap();
        let path = if page.ends_with('/') || page.is_empty() {
            format!("{page}index.html")
        } else {
            page.to_owned()
        };
        assert!(site.page(&Address::file(&path)).is_some(), "{}", it.address);
    }
    let citable: BTreeSet<&ClauseId> =
        authority.editions.values().flat_map(citable).map(|it| &it.id).collect();
    for id in authority.ledger.keys().filter(|it| citable.contains(*it)) {
        assert!(oracle.published.contains_key(id), "{id} is in the ledger and was never published");
    }
}

/// The anchor of each item leads to its words, if only by way of a note, however the items changed.
fn items_keep_their_words(content: &Checked, slug: &str, oracle: &mut Oracle) {
    let theme = Theme::load("default").unwrap();
    let setting = Setting::default();
    let site = plan(&content.handbook, &theme, &setting);
    let authority = council(content, slug);
    for clause in citable(authority.current_edition().unwrap()) {
        for item in clause.item_ids() {
            let words = items::words(clause, &item).unwrap().join(" ");
            let published = (clause.id.clone(), item.clone());
            let had = oracle.items.insert(published, words.clone()).unwrap_or_default();
            // Words are only ever added at the end of a clause, or split off there.
            if !words.contains(&had) && !had.contains(&words) {
                let page = plain(&body(&site, &Address::clause(&authority.slug, &clause.id)));
                assert!(page.contains("otherwordsstoodhere"), "{}/{item}: {had} > {words}", clause.id);
            }
        }
    }
}

fn cycles(slug: &str, all: &[Vec<Edit>], verbs: &mut BTreeMap<&'static str, usize>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut content = look_through(source::read(&root).unwrap(), TODAY);
    let mut oracle = Oracle::default();
    let authority = council(&content, slug);
    let current = authority.current_edition().unwrap();
    oracle.editions.extend(authority.editions.keys().map(ToString::to_string));
    for clause in citable(current) {
        let fate = Fate::Stands { words: squeezed(&clause.plain()), number: clause.number.clone() };
        oracle.published.insert(clause.id.clone(), fate);
    }
    items_keep_their_words(&content, slug, &mut oracle);
    for (number, edits) in all.iter().enumerate() {
        content = cycle(content, slug, number + 1, edits, &mut oracle);
        addresses_last(&content, slug, &oracle);
        redline_holds_both_texts(&content, slug);
        items_keep_their_words(&content, slug, &mut oracle);
    }
    // Every link of the website leads somewhere.
    let theme = Theme::load("default").unwrap();
    let setting = Setting::default();
    let folder = tempfile::TempDir::new().unwrap();
    let site = plan(&content.handbook, &theme, &setting);
    output::publish(&site, folder.path(), &Publishing::default()).unwrap();
    for (verb, count) in oracle.verbs {
        *verbs.entry(verb).or_default() += count;
    }
}

#[test]
fn every_address_ever_published_leads_to_the_right_thing_after_random_cycles() {
    let number = std::env::var("HANDBOOK_CYCLES").ok().and_then(|it| it.parse().ok());
    let number: usize = number.unwrap_or(2);
    // Persistence would write beside this file; a failure prints what led to it.
    let config = Config { cases: 1, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let verbs = std::cell::RefCell::new(BTreeMap::new());
    for slug in HELD {
        let mut runner = TestRunner::new(config.clone());
        let all = proptest::collection::vec(edits(), number);
        let run = runner.run(&all, |all| {
            cycles(slug, &all, &mut verbs.borrow_mut());
            Ok(())
        });
        run.unwrap_or_else(|error| panic!("{slug}: {error}"));
    }
    println!("{number} cycles on each of {}: {:?}", HELD.join(", "), verbs.borrow());
}
