//! Each verb on the example of two invented councils: what it writes, what it refuses, what readers
//! see of it.

use handbook::output::{self, Publishing};
use handbook::revise::clause::{self, Spot};
use handbook::revise::{self, Outcome, Step};
use handbook::site::{Setting, Theme, plan};

use super::ground::*;

#[test]
fn a_draft_is_a_copy_that_no_public_page_shows() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let book = ground.checked().handbook;
    let council = &book.authorities[COUNCIL];
    let (draft, current) = (&council.editions["draft"], council.current_edition().unwrap());
    let words = |it: &handbook::handbook::Edition| -> Vec<_> {
        it.clauses().map(|it| (it.id.clone(), it.number.clone(), it.plain(), it.topics.clone())).collect()
    };
    assert_eq!(words(draft), words(current));
    assert_eq!(draft.follows.as_ref(), Some(&current.slug));

    let address = format!("{FOLDER}/draft/");
    assert_eq!(ground.page(&address, false), None);
    holds(&ground.page(&address, true).unwrap(), &["a draft", "It has been put to nobody."]);
    for file in ["sitemap.xml", "feed.xml"] {
        assert!(!ground.page(file, true).unwrap_or_default().contains("/draft/"), "{file}");
    }
    assert!(ground.page("robots.txt", true).unwrap().contains("Disallow: /\n"));
    assert!(ground.page("robots.txt", false).unwrap().contains("Allow: /\n"));

    let again = ground.take(|it| revise::draft(it, &drafting()));
    assert!(again.did[0].contains("`draft-2`"), "{:?}", again.did);
    let taken = revise::Drafting { name: Some("2019-06".to_owned()), ..drafting() };
    assert!(ground.refused(|it| revise::draft(it, &taken)).contains("has an edition `2019-06` already"));
    let nowhere = revise::Drafting { authority: "atlantis".to_owned(), ..drafting() };
    assert!(ground.refused(|it| revise::draft(it, &nowhere)).contains("no authority `atlantis`"));
}

#[test]
fn of_many_files_that_someone_changed_the_first_are_named() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let checked = ground.checked();
    let [first, second] = [(); 2].map(|()| revise::adopt(&checked, &adoption()).unwrap());
    revise::write(&ground.content(), &first, None).unwrap();
    let error = revise::write(&ground.content(), &second, None).unwrap_err().to_string();
    let (names, more) = error.split_once(" and ").unwrap();
    assert_eq!(names.matches(".md").count() + names.matches(".yaml").count(), 3, "{error}");
    assert!(more.ends_with(" more meanwhile; nothing was written"), "{error}");
}

#[test]
fn what_is_published_is_not_edited_by_the_verbs() {
    let ground = Ground::new();
    let words = clause::Withdrawal {
        draft: clause::Draft { edition: Some("2024-05-16".to_owned()), ..draft_of() },
        clause: "1.1".to_owned(),
        reason: None,
    };
    assert!(ground.refused(|it| clause::withdraw(it, &words)).contains("is adopted, not a draft"));
}

#[test]
fn a_text_goes_from_a_draft_through_two_bodies_to_being_the_current_one() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    ground.edit(&format!("{FOLDER}/draft/edition.yaml"), "status: draft", "status: draft # ours");
    ground.take(|it| revise::propose(it, &proposal()));
    let file = format!("{FOLDER}/2026-04-14-proposed/edition.yaml");
    assert!(ground.text(&file).contains("status: proposed # ours\n"), "{}", ground.text(&file));
    let page = ground.page(&format!("{FOLDER}/2026-04-14-proposed/"), false).unwrap();
    holds(
        &page,
        &[
            "a proposal",
            "Standards Committee, 14 April 2026: put to this body; its decision is not recorded; minute not recorded; \
             papers: https://example.org/item-7",
        ],
    );

    let decision = revise::Decision {
        authority: COUNCIL.to_owned(),
        edition: None,
        body: "Standards Committee".to_owned(),
        date: None,
        outcome: Outcome::Deferred,
        minute: Some("7".to_owned()),
        note: Some("for a shorter clause 1.2".to_owned()),
    };
    ground.take(|it| revise::decide(it, &decision));
    holds(
        &ground.page(&format!("{FOLDER}/2026-04-14-proposed/"), false).unwrap(),
        &["Standards Committee, 14 April 2026: deferred: for a shorter clause 1.2; minute 7; papers:"],
    );

    let adopted = revise::Adoption { commences: Some(day("2026-06-01")), ..adoption() };
    let step = ground.take(|it| revise::adopt(it, &adopted));
    assert!(step.did[0].contains("minute not recorded"), "{:?}", step.did);
    let book = ground.checked().handbook;
    let council = &book.authorities[COUNCIL];
    assert_eq!(council.current.as_ref().unwrap().as_str(), "2026-04-14-proposed");
    assert_eq!(council.editions["2024-05-16"].status, handbook::handbook::Status::Superseded);
    holds(
        &ground.page(&format!("{FOLDER}/2026-04-14-proposed/"), false).unwrap(),
        &["County Council, 21 May 2026: adopted; minute not recorded", "In force from 1 June 2026"],
    );
    holds(
        &ground.page(&format!("{FOLDER}/2024-05-16/"), false).unwrap(),
        &["an earlier text", "The latest text held is the text adopted 21 May 2026"],
    );
    assert!(ground.page("feed.xml", false).unwrap().contains("text adopted 21 May 2026"));
}

#[test]
fn what_is_amended_at_the_meeting_keeps_the_path_and_the_origins_of_what_was_put() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let merger = clause::Merger { draft: draft_of(), clause: "2.1".to_owned(), into: "2.2".to_owned() };
    ground.take(|it| clause::merge(it, &merger));
    let reason = Some("said in the Code of Conduct".to_owned());
    let withdrawal = clause::Withdrawal { draft: draft_of(), clause: "3.1".to_owned(), reason };
    ground.take(|it| clause::withdraw(it, &withdrawal));
    ground.take(|it| revise::propose(it, &proposal()));
    let from = Some("2026-04-14-proposed".to_owned());
    ground.take(|it| revise::draft(it, &revise::Drafting { from, ..drafting() }));
    // What the proposal had made of two clauses goes into a third.
    let merger = clause::Merger { draft: draft_of(), clause: "2.2".to_owned(), into: "1.2".to_owned() };
    ground.take(|it| clause::merge(it, &merger));
    ground.take(|it| revise::adopt(it, &adoption()));
    let book = ground.checked().handbook;
    let council = &book.authorities[COUNCIL];
    assert_eq!(council.current.as_ref().unwrap().as_str(), "2026-05-21");
    let put = &council.editions["2026-04-14-proposed"];
    assert_eq!(put.status, handbook::handbook::Status::Superseded);
    assert_eq!(put.adoption.last().unwrap().outcome, "adopted with amendments");
    assert!(!put.was_adopted());
    let adopted = council.current_edition().unwrap();
    assert_eq!(adopted.follows.as_ref().unwrap().as_str(), "2024-05-16");
    assert_eq!(adopted.amends.as_ref(), Some(&put.slug));
    assert_eq!(adopted.dates.proposed, put.dates.proposed);
    let path: Vec<_> = adopted.adoption.iter().map(|it| (it.body.as_str(), it.papers.len())).collect();
    assert_eq!(path, [("Standards Committee", 1), ("County Council", 0)]);
    let from = |id: &str| -> Vec<String> {
        let clause = adopted.clauses().find(|it| it.id.as_str() == id).unwrap();
        clause.from.iter().map(ToString::to_string).collect()
    };
    assert_eq!(from("1.2"), ["2.1", "2.2"]);
    let withdrawn: Vec<_> = adopted.withdrawn.iter().map(|(id, why)| (id.as_str(), why.as_str())).collect();
    assert_eq!(withdrawn, [("3.1", "said in the Code of Conduct")]);

    let clauses = "authorities/exampleshire/clauses";
    holds(
        &ground.page(&format!("{clauses}/2.1/"), false).unwrap(),
        &["Its words went into", "with the text adopted 21 May 2026"],
    );
    holds(
        &ground.page(&format!("{FOLDER}/2026-05-21/redline/"), false).unwrap(),
        &["text adopted 16 May 2024"],
    );
    holds(
        &ground.page(&format!("{FOLDER}/2026-05-21/"), false).unwrap(),
        &["As it was put, before it was amended: text put to the Standards Committee on 14 April 2026"],
    );
    holds(
        &ground.page(&format!("{FOLDER}/2026-04-14-proposed/"), false).unwrap(),
        &["As it was amended and adopted: text adopted 21 May 2026"],
    );
    holds(
        &ground.page("authorities/exampleshire/put-and-published/", false).unwrap(),
        &["The text put forward, and the text adopted", "was amended before it was adopted"],
    );
}

#[test]
fn what_was_drafted_anew_from_a_rejected_text_follows_the_text_that_it_supersedes() {
    let ground = Ground::new();
    let add = |number: &str, to: &str| clause::Addition {
        draft: draft_of(),
        number: Some(number.to_owned()),
        id: None,
        again: false,
        words: format!("Only the proposal had {number}."),
        to: Spot::After(to.to_owned()),
        under: None,
        topics: vec!["information/asking".to_owned()],
    };
    let merger = |clause: &str, into: &str| clause::Merger {
        draft: draft_of(),
        clause: clause.to_owned(),
        into: into.to_owned(),
    };
    ground.take(|it| revise::draft(it, &drafting()));
    ground.take(|it| clause::merge(it, &merger("2.1", "2.2")));
    ground.take(|it| clause::add(it, &add("7.1", "2.2")));
    ground.take(|it| clause::add(it, &add("7.2", "7.1")));
    ground.take(|it| clause::add(it, &add("7.3", "7.2")));
    ground.take(|it| revise::propose(it, &proposal()));
    let decision = revise::Decision {
        authority: COUNCIL.to_owned(),
        edition: None,
        body: "Standards Committee".to_owned(),
        date: None,
        outcome: Outcome::Rejected,
        minute: None,
        note: None,
    };
    ground.take(|it| revise::decide(it, &decision));
    let from = Some("2026-04-14-proposed".to_owned());
    ground.take(|it| revise::draft(it, &revise::Drafting { from, ..drafting() }));
    ground.take(|it| clause::merge(it, &merger("7.1", "1.2")));
    let reason = Some("the committee thought it too long".to_owned());
    let withdrawal = clause::Withdrawal { draft: draft_of(), clause: "7.2".to_owned(), reason };
    ground.take(|it| clause::withdraw(it, &withdrawal));
    ground.take(|it| revise::adopt(it, &adoption()));
    let book = ground.checked().handbook;
    let council = &book.authorities[COUNCIL];
    let adopted = council.current_edition().unwrap();
    assert_eq!(adopted.follows.as_ref().unwrap().as_str(), "2024-05-16");
    assert_eq!(adopted.amends.as_ref().unwrap().as_str(), "2026-04-14-proposed");
    // What was rejected is no step on the way to what was adopted, and stays rejected.
    assert_eq!(adopted.adoption.len(), 1);
    let put = &council.editions["2026-04-14-proposed"];
    assert_eq!((put.status, put.adoption.len()), (handbook::handbook::Status::Rejected, 1));
    let from = |id: &str| -> Vec<String> {
        let taker = adopted.clauses().find(|it| it.id.as_str() == id).unwrap();
        taker.from.iter().map(ToString::to_string).collect()
    };
    assert_eq!((from("2.2"), from("1.2")), (vec!["2.1".to_owned()], vec!["7.1".to_owned()]));
    let page = |id: &str| ground.page(&format!("authorities/exampleshire/clauses/{id}/"), false).unwrap();
    let adopted = "with the text adopted 21 May 2026";
    holds(&page("2.1"), &["Its words went into", adopted]);
    holds(&page("7.1"), &["Its words went into", adopted]);
    // It was never in force.
    let failed = ["Put forward, and rejected.", "Standards Committee, 14 April 2026: rejected"];
    holds(&page("7.2"), &failed);
    holds(&page("7.3"), &["From the latest text held"]);
    holds(
        &ground.page(&format!("{FOLDER}/2026-05-21/"), false).unwrap(),
        &[
            "Made out of a text that came to nothing: text put to the Standards Committee on 14 April 2026",
            "Left out 7.2: the committee thought it too long",
        ],
    );
    holds(
        &ground.page(&format!("{FOLDER}/2026-04-14-proposed/"), false).unwrap(),
        &["Taken up again in: text adopted 21 May 2026"],
    );
}

#[test]
fn impossible_dates_are_refused() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let on = |date: &str| revise::Adoption { date: day(date), ..adoption() };
    let why = ground.refused(|it| revise::adopt(it, &on("2023-01-01")));
    assert!(why.contains("1 January 2023 is before the date of the current text `2024-05-16`"), "{why}");
    ground.take(|it| revise::propose(it, &proposal()));
    let why = ground.refused(|it| revise::adopt(it, &on("2026-04-13")));
    assert!(
        why.contains("13 April 2026 is before 14 April 2026, when the text was before Standards Committee"),
        "{why}"
    );
    let again = revise::Proposal { date: day("2026-03"), ..proposal() };
    assert!(ground.refused(|it| revise::propose(it, &again)).contains("March 2026 is before"));
    let from = Some("2026-04-14-proposed".to_owned());
    ground.take(|it| revise::draft(it, &revise::Drafting { from, ..drafting() }));
    let why = ground.refused(|it| revise::adopt(it, &adoption()));
    assert!(why.contains("is word for word as `2026-04-14-proposed` was put"), "{why}");
    ground.edit(&format!("{FOLDER}/draft/01-purpose/1.2.md"), "\n---\n", "\n---\nAmended: ");
    assert!(ground.refused(|it| revise::adopt(it, &on("2026-04-13"))).contains("is before 14 April 2026"));
    // What is known to the month may still be right.
    ground.take(|it| revise::adopt(it, &on("2026-04")));
}

#[test]
fn a_clause_that_was_withdrawn_comes_back_as_itself() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let reason = Some("thought better of".to_owned());
    let withdrawal = clause::Withdrawal { draft: draft_of(), clause: "2.1".to_owned(), reason };
    ground.take(|it| clause::withdraw(it, &withdrawal));
    let again = clause::Addition {
        draft: draft_of(),
        number: Some("2.1".to_owned()),
        id: Some("2.1".to_owned()),
        again: true,
        words: "Members are told in time.".to_owned(),
        to: Spot::Before("2.2".to_owned()),
        under: None,
        topics: vec!["information/asking".to_owned()],
    };
    let step = ground.take(|it| clause::add(it, &again));
    assert!(step.did.iter().any(|it| it == "it is withdrawn no more"), "{:?}", step.did);
    let book = ground.checked().handbook;
    assert!(book.authorities[COUNCIL].editions["draft"].withdrawn.is_empty());
}

#[test]
fn an_item_keeps_its_id_or_its_words_are_found_from_it() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let file = format!("{FOLDER}/draft/02-information/2.1.md");
    let text = ground.text(&file);
    let (first, second) = ("(a) within five working days;\n", "(b) by the next working day");
    assert!(text.contains(first), "{text}");
    let shifted = text.replacen(first, "", 1).replacen(second, "(a) by the next working day", 1);
    let shifted = shifted.replacen("  b: {topics: [information/time]}\n", "", 1);
    std::fs::write(ground.file(&file), &shifted).unwrap();
    let report = ground.checked().report;
    let found: Vec<_> = report.diagnostics().iter().filter(|it| it.code == "item-shifted").collect();
    assert_eq!(found.len(), 1, "{report:?}");
    assert!(found[0].hint.as_ref().unwrap().contains("`item_ids: [b]`"), "{:?}", found[0]);
    std::fs::write(ground.file(&file), text).unwrap();

    // What a split took away, and a merger puts other words in the place of.
    let at = "(b) by".to_owned();
    let split = clause::Split {
        draft: draft_of(),
        clause: "2.1".to_owned(),
        at,
        number: Some("2.1A".to_owned()),
        id: None,
    };
    ground.take(|it| clause::split(it, &split));
    let merger = clause::Merger { draft: draft_of(), clause: "1.1".to_owned(), into: "2.1".to_owned() };
    ground.take(|it| clause::merge(it, &merger));
    ground.take(|it| revise::adopt(it, &adoption()));
    let page = ground.page("authorities/exampleshire/clauses/2.1/", false).unwrap();
    holds(
        &page,
        &[
            "(b): its words stand now as Clause 2.1A, (b).",
            "Closing words: in the text adopted 16 May 2024 other words stood here, which stand now as Clause 2.1A,",
        ],
    );
    assert!(page.contains("id=\"item-b\""), "{page}");
}

#[test]
fn slips_in_what_a_body_decided_are_refused() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    ground.take(|it| revise::propose(it, &proposal()));
    let decision = |body: &str| revise::Decision {
        authority: COUNCIL.to_owned(),
        edition: None,
        body: body.to_owned(),
        date: None,
        outcome: Outcome::Deferred,
        minute: None,
        note: None,
    };
    let why = ground.refused(|it| revise::decide(it, &decision("Standard Comittee")));
    assert!(why.contains("was put to Standards Committee, not to Standard Comittee"), "{why}");
    ground.take(|it| revise::decide(it, &decision("Standards Committee")));
    let why = ground.refused(|it| revise::decide(it, &decision("Standards Committee")));
    assert!(why.contains("that Standards Committee deferred `2026-04-14-proposed` is recorded"), "{why}");
    ground.take(|it| revise::decide(it, &decision("Audit Committee")));
}

#[test]
fn what_is_left_out_is_not_missed_and_takes_its_section_with_it() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let merger = clause::Merger { draft: draft_of(), clause: "2.1".to_owned(), into: "2.2".to_owned() };
    ground.take(|it| clause::merge(it, &merger));
    let referring = format!("{FOLDER}/draft/01-purpose/1.2.md");
    ground.edit(&referring, "\n---\n", "\nreferences: {\"more about conduct\": conduct}\n---\n");
    let withdrawal = clause::Withdrawal { draft: draft_of(), clause: "3.1".to_owned(), reason: None };
    let step = ground.take(|it| clause::withdraw(it, &withdrawal));
    assert!(
        step.did.iter().any(|it| it.contains("the section `conduct` has no clause left")),
        "{:?}",
        step.did
    );
    // What an editor had led there leads nowhere now.
    assert!(ground.text(&referring).contains("\"more about conduct\": none"), "{}", ground.text(&referring));
    ground.take(|it| revise::adopt(it, &adoption()));
    let next = revise::Drafting { name: Some("2027".to_owned()), ..drafting() };
    ground.take(|it| revise::draft(it, &next));
    let report = ground.checked().report;
    let found: Vec<&str> = report.diagnostics().iter().map(|it| it.code).collect();
    // The words of other clauses still speak of the section.
    assert_eq!(found, ["not-reviewed", "dangling-reference", "dangling-reference"]);
}

#[test]
fn a_rejection_of_the_text_of_2023_can_be_recorded_and_its_comparison_stays() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let checked = handbook::check(&root, TODAY).unwrap();
    let decision = revise::Decision {
        authority: "kensington-and-chelsea".to_owned(),
        edition: Some("2023-02-01-proposed".to_owned()),
        body: "Full Council".to_owned(),
        date: None,
        outcome: Outcome::Rejected,
        minute: None,
        note: None,
    };
    let step = revise::decide(&checked, &decision).unwrap();
    let after = revise::prove(&checked, &step, TODAY);
    sound(&after);
    holds(
        &page(&after, "authorities/kensington-and-chelsea/put-and-published/", false).unwrap(),
        &["The earlier text was put forward and rejected."],
    );
}

#[test]
fn what_bodies_decided_takes_the_place_of_what_awaited_it_in_whatever_order_it_is_learnt() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut checked = handbook::check(&root, TODAY).unwrap();
    let (council, edition) = ("kensington-and-chelsea", "2023-02-01-proposed");
    let recommended = revise::Decision {
        authority: council.to_owned(),
        edition: Some(edition.to_owned()),
        body: "Administration Committee".to_owned(),
        date: Some(day("2023-01-10")),
        outcome: Outcome::Recommended,
        minute: None,
        note: None,
    };
    let step = revise::decide(&checked, &recommended).unwrap_or_else(|it| panic!("{}", it.why));
    assert!(step.did.iter().any(|it| it.starts_with("recorded in the place of: “invited")), "{:?}", step.did);
    checked = revise::prove(&checked, &step, TODAY);
    let words = revise::Adoption {
        authority: council.to_owned(),
        edition: Some(edition.to_owned()),
        body: "Full Council".to_owned(),
        date: day("2023-02-01"),
        ..adoption()
    };
    let step = revise::adopt(&checked, &words).unwrap_or_else(|it| panic!("{}", it.why));
    checked = revise::prove(&checked, &step, TODAY);
    sound(&checked);
    let authority = checked.handbook.authorities.values().find(|it| it.slug.as_str() == council).unwrap();
    let path: Vec<_> = authority.editions[edition].adoption.iter().map(|it| it.outcome.as_str()).collect();
    assert_eq!(path, ["recommended", "adopted"]);

    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    ground.take(|it| revise::propose(it, &proposal()));
    let withdrawn = |date: Option<&str>| revise::Decision {
        authority: COUNCIL.to_owned(),
        edition: None,
        body: "Standards Committee".to_owned(),
        date: date.map(day),
        outcome: Outcome::Withdrawn,
        ..recommended.clone()
    };
    for (date, expected) in [(None, None), (Some("2026-04-13"), Some("2026-04-13"))] {
        let ground = ground.copy();
        ground.take(|it| revise::decide(it, &withdrawn(date)));
        let book = ground.checked().handbook;
        let path = &book.authorities[COUNCIL].editions["2026-04-14-proposed"].adoption;
        let recorded = path.iter().map(|it| (it.outcome.as_str(), it.date)).collect::<Vec<_>>();
        assert_eq!(recorded, [("withdrawn", expected.map(day))]);
    }
    let checked = ground.checked();
    let to_come = revise::decide(&checked, &withdrawn(Some("2027-04-13"))).unwrap();
    let report = revise::prove(&checked, &to_come, TODAY).report;
    assert!(report.diagnostics().iter().any(|it| it.code == "decided-in-future"));
    let elsewhere = revise::Decision { body: "Audit Committee".to_owned(), ..withdrawn(None) };
    let step = revise::decide(&checked, &elsewhere).unwrap();
    assert!(step.did[1].contains("nothing is recorded of its having been put to Audit"), "{:?}", step.did);
}

#[test]
fn an_adoption_that_is_learnt_of_later_is_recorded_of_the_text_that_was_adopted() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let checked = handbook::check(&root, TODAY).unwrap();
    let council = "kensington-and-chelsea";
    let of = |edition: &str, date: &str| {
        let words = revise::Adoption {
            authority: council.to_owned(),
            edition: Some(edition.to_owned()),
            date: day(date),
            ..adoption()
        };
        let step = revise::adopt(&checked, &words).unwrap_or_else(|it| panic!("{} ({})", it.why, it.hint));
        revise::prove(&checked, &step, TODAY)
    };
    let after = of("2023-02-01-proposed", "2023-02-08");
    sound(&after);
    let authority = &after.handbook.authorities.values().find(|it| it.slug.as_str() == council).unwrap();
    assert_eq!(authority.current.as_ref().unwrap().as_str(), "consolidated");
    let put = &authority.editions["2023-02-01-proposed"];
    assert!(put.was_adopted() && put.adoption.last().unwrap().body == "County Council");
    holds(
        &page(&after, "authorities/kensington-and-chelsea/put-and-published/", false).unwrap(),
        &["The text adopted, and the text published"],
    );
    let after = of("consolidated", "2024-05-01");
    sound(&after);
    let page = page(&after, "authorities/kensington-and-chelsea/protocol/", false).unwrap();
    holds(&page, &["Status adopted; latest text held", "County Council, 1 May 2024: adopted"]);
}

#[test]
fn a_text_that_does_not_follow_the_current_one_is_not_adopted() {
    let ground = Ground::new();
    let from = Some("2019-06".to_owned());
    ground.take(|it| revise::draft(it, &revise::Drafting { from, ..drafting() }));
    assert!(ground.refused(|it| revise::adopt(it, &adoption())).contains("does not follow the current one"));
}

#[test]
fn clauses_that_went_lead_to_where_their_words_are_or_say_that_they_are_gone() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let merger = clause::Merger { draft: draft_of(), clause: "2.1".to_owned(), into: "2.2".to_owned() };
    ground.take(|it| clause::merge(it, &merger));
    let reason = Some("said in the Code of Conduct".to_owned());
    let withdrawal = clause::Withdrawal { draft: draft_of(), clause: "3.1".to_owned(), reason };
    ground.take(|it| clause::withdraw(it, &withdrawal));
    let addition = clause::Addition {
        draft: draft_of(),
        number: Some("2.1".to_owned()),
        id: None,
        again: false,
        words: "Members are told in time.".to_owned(),
        to: Spot::Before("2.2".to_owned()),
        under: None,
        topics: vec!["information/asking".to_owned()],
    };
    // The number was another clause's, whose address leads elsewhere for ever.
    let step = ground.take(|it| clause::add(it, &addition));
    assert!(step.did[0].contains("`2.1-2`"), "{:?}", step.did);
    assert!(step.did[1].contains("`2.1-2` is its id"), "{:?}", step.did);
    let adopted = revise::Adoption { minute: Some("12".to_owned()), ..adoption() };
    ground.take(|it| revise::adopt(it, &adopted));
    let clauses = "authorities/exampleshire/clauses";
    holds(
        &ground.page(&format!("{clauses}/2.1/"), false).unwrap(),
        &[
            "Its words went into",
            "with the text adopted 21 May 2026",
            "County Council, 21 May 2026: adopted; minute 12.",
        ],
    );
    holds(
        &ground.page(&format!("{clauses}/3.1/"), false).unwrap(),
        &["Withdrawn with the text adopted 21 May 2026: said in the Code of Conduct.", "minute 12."],
    );
    holds(&ground.page(&format!("{clauses}/2.2/"), false).unwrap(), &["Words came from"]);
    let text = ground.page(&format!("{FOLDER}/2026-05-21/"), false).unwrap();
    holds(&text, &["Left out", "said in the Code of Conduct"]);
}

#[test]
fn what_the_editors_say_of_a_clause_goes_whole_into_the_one_that_it_is_merged_into() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let clause = format!("{FOLDER}/draft/02-information/2.1.md");
    let asked = ["can i get a report, please", "form # seven", "1.10", "plain one"];
    let topics = ground.text(&clause).lines().find(|it| it.starts_with("topics:")).unwrap().to_owned();
    let said = "principles:\n  accountability:\n    basis: inferred\n    why: says, openly, why\n";
    let listed = asked.map(|it| format!("\"{it}\"")).join(", ");
    ground.edit(&clause, &topics, &format!("{topics}\nasked: [{listed}]\n{said}"));
    let merger = clause::Merger { draft: draft_of(), clause: "2.1".to_owned(), into: "2.2".to_owned() };
    ground.take(|it| clause::merge(it, &merger));
    let checked = ground.checked();
    sound(&checked);
    let authority = checked.handbook.authorities.values().find(|it| it.slug.as_str() == COUNCIL).unwrap();
    let draft = authority.editions.values().find(|it| it.slug.as_str() == "draft").unwrap();
    let whole = draft.clauses().find(|it| it.id.as_str() == "2.2").unwrap();
    assert!(whole.asked.ends_with(&asked.map(str::to_owned)), "{:?}", whole.asked);
    let why: Vec<&str> = whole.principles.iter().map(|it| it.why.as_str()).collect();
    assert!(why.contains(&"says, openly, why"), "{why:?}");
}

#[test]
fn a_clause_is_split_where_a_paragraph_or_item_begins() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let file = format!("{FOLDER}/draft/01-purpose/1.1.md");
    let body = "Members decide:\n\n(a) what is done; and\n(b) what it costs.\n\nOfficers do it.\n";
    let front = ground.text(&file).split_inclusive("---\n").take(2).collect::<String>();
    // What readers ask goes to both parts, as tags do.
    let asked = "asked: [who decides, \"what it costs, and to whom\"]\n";
    let front = format!("{}{asked}---\n", front.strip_suffix("---\n").unwrap());
    std::fs::write(ground.file(&file), format!("{front}{body}")).unwrap();
    let split = |at: &str| clause::Split {
        draft: draft_of(),
        clause: "1.1".to_owned(),
        at: at.to_owned(),
        number: None,
        id: None,
    };
    let why = ground.refused(|it| clause::split(it, &split("Nobody")));
    assert!(why.contains("no paragraph or item of it but the first begins with “Nobody”"), "{why}");
    ground.take(|it| clause::split(it, &split("Officers do")));
    assert_eq!(ground.text(&file), format!("{front}{}", body.replace("\nOfficers do it.\n", "")));
    let new = ground.text(&format!("{FOLDER}/draft/01-purpose/1.1-2.md"));
    assert!(new.contains("from: [\"1.1\"]\n") && new.ends_with("---\nOfficers do it.\n"), "{new}");
    let book = ground.checked().handbook;
    let part = book.authorities[COUNCIL].editions["draft"].clauses().find(|it| it.id.as_str() == "1.1-2");
    assert_eq!(part.unwrap().asked, ["who decides", "what it costs, and to whom"]);
    let book = ground.checked().handbook;
    let ids: Vec<&str> =
        book.authorities[COUNCIL].editions["draft"].clauses().map(|it| it.id.as_str()).collect();
    assert_eq!(ids.windows(2).filter(|it| *it == ["1.1", "1.1-2"]).count(), 1, "{ids:?}");
    // Merged again it leaves no trace.
    let merger = clause::Merger { draft: draft_of(), clause: "1.1-2".to_owned(), into: "1.1".to_owned() };
    ground.take(|it| clause::merge(it, &merger));
    assert_eq!(ground.text(&file), format!("{front}{body}"));
}

#[test]
fn numbers_and_places_change_and_ids_stay() {
    let ground = Ground::new();
    ground.take(|it| revise::draft(it, &drafting()));
    let move_it = clause::Removal {
        draft: draft_of(),
        clause: "1.1".to_owned(),
        to: Spot::LastIn("conduct".to_owned()),
    };
    ground.take(|it| clause::relocate(it, &move_it));
    let all = clause::Numbering {
        draft: draft_of(),
        what: clause::Renumbered::All { like: "1.01".to_owned(), sections: Some("1.".to_owned()) },
    };
    ground.take(|it| clause::renumber(it, &all));
    let lettered = clause::Numbering {
        draft: draft_of(),
        what: clause::Renumbered::All { like: "1.01".to_owned(), sections: Some("A.".to_owned()) },
    };
    assert!(ground.refused(|it| clause::renumber(it, &lettered)).contains("they are numbered in figures"));
    let book = ground.checked().handbook;
    let draft = &book.authorities[COUNCIL].editions["draft"];
    let numbers: Vec<(&str, Option<&str>)> = draft
        .clauses()
        .filter(|it| !it.is_footnote())
        .map(|it| (it.id.as_str(), it.number.as_deref()))
        .collect();
    assert_eq!(
        numbers,
        [
            ("title", None),
            ("1.2", Some("1.01")),
            ("2.1", Some("2.01")),
            ("2.2", Some("2.02")),
            ("3.1", Some("3.01")),
            ("1.1", Some("3.02")),
        ]
    );
    let sections: Vec<Option<&str>> = draft.sections.iter().map(|it| it.number.as_deref()).collect();
    assert_eq!(sections, [None, Some("1."), Some("2."), Some("3.")]);
}

#[test]
fn the_last_step_is_taken_back_while_nothing_was_published_on_it() {
    let ground = Ground::new();
    let out = ground.folder().join("public");
    let before = ground.files();
    ground.take(|it| revise::draft(it, &drafting()));
    let undo = || revise::undo(&ground.checked(), &ground.content(), &out);
    // A draft is on no public website.
    assert_eq!(undo().unwrap().unknown, None);
    // Words that were edited since are not lost.
    let file = format!("{FOLDER}/draft/01-purpose/1.2.md");
    let text = ground.text(&file);
    std::fs::write(ground.file(&file), format!("{text}More.\n")).unwrap();
    assert!(undo().err().unwrap().why.contains("edited since the last step"));
    std::fs::write(ground.file(&file), text).unwrap();
    revise::take_back(&ground.content(), &undo().unwrap().step, None).unwrap();
    assert_eq!(ground.on_disk(), before);
    assert!(undo().err().unwrap().why.contains("no step to take back"));

    ground.take(|it| revise::draft(it, &drafting()));
    let drafted = ground.files();
    ground.take(|it| revise::adopt(it, &adoption()));
    // Where no website stands it may have been published from elsewhere.
    assert_eq!(undo().unwrap().unknown, Some(format!("{FOLDER}/2026-05-21/edition.yaml")));
    revise::take_back(&ground.content(), &undo().unwrap().step, None).unwrap();
    assert_eq!(ground.on_disk(), drafted);

    let order = handbook::Order {
        content: &ground.content(),
        out: &out,
        theme: "default",
        base_url: None,
        strict: false,
        drafts: false,
        today: TODAY,
        program: None,
    };
    handbook::build(&order).unwrap().publication.unwrap();
    ground.take(|it| revise::adopt(it, &adoption()));
    let undoing = undo().unwrap();
    assert_eq!(undoing.unknown, None);
    assert!(undoing.step.did[1].contains("no page of it has been published in"), "{:?}", undoing.step.did);
    handbook::build(&order).unwrap().publication.unwrap();
    assert!(undo().err().unwrap().why.contains("has been published since"));
    // Drafts never take the place of the public website.
    let drafts = handbook::Order { drafts: true, ..order };
    assert!(handbook::build(&drafts).is_err());
    let apart = ground.folder().join("drafts");
    let drafts = handbook::Order { out: &apart, ..drafts };
    handbook::build(&drafts).unwrap().publication.unwrap();
    handbook::build(&drafts).unwrap().publication.unwrap();
}

#[test]
fn a_step_whose_website_was_put_back_for_the_one_before_is_known_to_have_been_published() {
    for file_by_file in [false, true] {
        let ground = Ground::new();
        let out = ground.folder().join("public");
        let how = Publishing { file_by_file, ..Publishing::default() };
        let publish = || {
            let (checked, theme) = (ground.checked(), Theme::load("default").unwrap());
            let setting = Setting { base_url: None, drafts: false };
            output::publish(&plan(&checked.handbook, &theme, &setting), &out, &how).unwrap();
        };
        let undo = || revise::undo(&ground.checked(), &ground.content(), &out);
        ground.take(|it| revise::draft(it, &drafting()));
        publish();
        ground.edit("pages/about.md", "An example.", "An example, no more.");
        publish();
        // What is kept here is older than the step.
        ground.take(|it| revise::adopt(it, &adoption()));
        assert!(undo().is_ok());
        publish();
        output::restore(&out, &how).unwrap();
        let refused = undo().err().unwrap().why;
        assert!(refused.contains("2026-05-21/edition.yaml has been published since"), "{refused}");
    }
}

#[test]
fn the_step_that_was_shown_is_taken_back_or_none() {
    let ground = Ground::new();
    let out = ground.folder().join("public");
    let shown = || revise::undo(&ground.checked(), &ground.content(), &out).unwrap().step;
    let take_back = |it: &Step| revise::take_back(&ground.content(), it, None);
    let before = ground.on_disk();
    ground.take(|it| revise::draft(it, &drafting()));
    let first = shown();
    // While somebody thinks about the answer, somebody else goes on.
    ground.take(|it| revise::adopt(it, &adoption()));
    let adopted = ground.on_disk();
    let refused = take_back(&first).unwrap_err().to_string();
    assert!(refused.contains("another step was made meanwhile"), "{refused}");
    assert_eq!(ground.on_disk(), adopted);
    take_back(&shown()).unwrap();

    assert!(take_back(&first).unwrap_err().to_string().contains("no step to take back"));
    std::fs::remove_dir_all(ground.file(&format!("{FOLDER}/draft"))).unwrap();
    ground.take(|it| revise::draft(it, &drafting()));
    take_back(&first).expect("the same again");
    assert_eq!(ground.on_disk(), before);
}
