//! What stops a publication, in which words, and that it leaves everything as it was.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use handbook::output::{PublishError, publish};
use handbook::site::{Address, Page, Plan, RenderError};

use super::ROADS;
use super::ground::*;

/// What stops a publication of [`NEW`] over [`OLD`] and its strangers, after `spoil`.
#[track_caller]
fn check_refused(spoil: impl Fn(&Ground), words: &[&str]) {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        spoil(&ground);
        let before = (ground.files(), ground.beside());
        let error = ground.publish(NEW, &how).unwrap_err().to_string();
        for words in words {
            assert!(error.contains(words), "{error}");
        }
        assert_eq!((ground.files(), ground.beside()), before);
        assert_eq!(names(&ground.public.join(".handbook")), ["manifest.json"]);
    }
}

#[test]
fn what_we_must_not_overwrite_stops_the_publication() {
    let edited = "index.html was changed after it was published; make the change in the content";
    check_refused(|it| it.write("index.html", "edited"), &[edited]);
    check_refused(
        |it| {
            it.write("gone/index.html", "edited");
            it.write("kent/protocol/index.html", "edited");
        },
        &["gone/index.html was changed", "kent/protocol/index.html was changed"],
    );
    check_refused(
        |it| it.write("assets/style.css", "mine"),
        &["assets/style.css was not written by this tool", "move it away"],
    );
    check_refused(|it| it.write("assets", "mine"), &["assets was not written by"]);
    check_refused(
        |it| it.write("assets/style.css/mine", "mine"),
        &["assets/style.css was not written by this tool"],
    );
    check_refused(
        |it| symlink(".git", it.public.join("assets")).unwrap(),
        &["assets was not written by this tool"],
    );
    check_refused(
        |it| {
            fs::rename(it.public.join("kent"), it.public.join("Kent")).unwrap();
            symlink("Kent", it.public.join("kent")).unwrap();
        },
        &["kent was not written by this tool"],
    );
    check_refused(
        |it| it.write(".handbook/manifest.json", "{\"index.html\": 1}"),
        &["manifest.json is damaged"],
    );
}

#[test]
fn only_a_folder_that_is_free_is_taken_over() {
    let check = |holds: &[&str], refused: Option<&str>| {
        for how in ROADS {
            let ground = Ground::new();
            fs::create_dir(&ground.public).unwrap();
            holds.iter().for_each(|path| ground.write(path, "mine"));
            let before = files(&ground.public);
            match (ground.publish(NEW, &how), refused) {
                (Ok(_), None) => {
                    let mut files = expected(NEW);
                    files.extend(before);
                    assert_eq!(ground.files(), files);
                }
                (Err(PublishError::Foreign { holds, .. }), Some(refused)) => {
                    assert_eq!(holds, Path::new(refused));
                    assert_eq!(files(&ground.public), before);
                    assert_eq!(ground.beside(), ["public"]);
                }
                (done, _) => panic!("{holds:?}: {done:?}"),
            }
        }
    };
    check(&[], None);
    check(&[".gitignore"], None);
    check(&[".gitkeep", "CNAME", ".git/config"], None);
    check(&["letter.odt"], Some("letter.odt"));
    check(&[".gitignore", "index.html"], Some("index.html"));
    check(&["kent/photo.jpg"], Some("kent/photo.jpg"));
    check(&[".ssh/id"], Some(".ssh"));
}

#[test]
fn a_failed_page_leaves_the_old_site_and_the_first_is_named_however_many_threads() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        let mut plan = plan(NEW);
        for number in 0..50 {
            let message = format!("page.html:{number}: no `title`");
            let fail = move || Err(RenderError { message: message.clone() });
            plan.add(Address::file(format!("n/{number:02}.html")), Page::new(fail));
        }
        let error = publish(&plan.finish(), &ground.public, &how).unwrap_err().to_string();
        assert_eq!(
            error,
            "n/00.html could not be made, so nothing is published: page.html:0: no `title`\n\
             (and 49 other pages)"
        );
        assert_eq!(ground.files(), with_strangers(OLD));
        assert_eq!(ground.beside(), ["public"]);
    }
}

#[test]
fn an_empty_folder_of_somebody_else_outlasts_a_failed_publication() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        fs::create_dir(ground.public.join("assets")).unwrap();
        let mut plan = plan(NEW);
        let fail = || Err(RenderError { message: "no `title`".to_owned() });
        plan.add(Address::file("n/index.html"), Page::new(fail));
        publish(&plan.finish(), &ground.public, &how).unwrap_err();
        assert!(ground.public.join("assets").is_dir());
        assert!(!ground.public.join("n").exists());
    }
}

#[test]
fn two_pages_at_one_address_are_refused() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        let mut plan = plan(NEW);
        plan.add(Address::file("index.html"), Page::file("another"));
        let error = publish(&plan.finish(), &ground.public, &how).unwrap_err().to_string();
        assert_eq!(error, "two pages are to stand at index.html, so nothing is published");
        assert_eq!(ground.files(), with_strangers(OLD));
    }
}

#[test]
fn what_stands_behind_a_link_is_not_removed() {
    // The folder of a page that goes was moved, and a link to it put in its place.
    for how in ROADS {
        let ground = Ground::with_old(&how);
        fs::rename(ground.public.join("gone"), ground.public.join("kept")).unwrap();
        symlink("kept", ground.public.join("gone")).unwrap();
        ground.publish(NEW, &how).unwrap();
        assert!(ground.public.join("kept/index.html").is_file());
        assert!(ground.public.join("gone").is_symlink());
    }
}

#[test]
fn a_failed_first_publication_leaves_no_folder() {
    for how in ROADS {
        let ground = Ground::new();
        ground.publish(&[("index.html", "<a href=gone>")], &how).unwrap_err();
        assert_eq!(ground.beside(), [""; 0]);
    }
}

#[test]
fn broken_links_missing_anchors_and_doubled_ids_stop_the_publication_and_are_named() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        let pages = &[
            ("a/index.html", "<p id=x><p id=x><a href='../b.html#y'>"),
            ("b.html", "<a href='c.html'><a href='a/#x'><a href='a'>"),
        ];
        let error = ground.publish(pages, &how).unwrap_err().to_string();
        assert_eq!(
            error,
            "4 links are broken, so nothing is published:
  a/index.html: #x: two elements of the page have this id
  a/index.html: ../b.html#y: nothing in b.html has the id \"y\"
  b.html: a: it names a folder, so it must end with /
  b.html: c.html: there is no c.html"
        );
        assert_eq!(ground.files(), with_strangers(OLD));
    }
}

#[test]
fn of_many_broken_links_the_words_show_the_first_and_the_value_has_all() {
    let mut plan = Plan::default();
    let links: String = (0..300).map(|it| format!("<a href='{it:03}'>")).collect();
    plan.add(Address::file("index.html"), Page::file(links));
    let error = publish(&plan.finish(), &Ground::new().public, &ROADS[0]).unwrap_err();
    let words = error.to_string();
    assert!(words.contains("index.html: 019: there is no 019"), "{words}");
    assert!(words.ends_with("\n  … and 280 more"), "{words}");
    assert!(matches!(error, PublishError::Links(all) if all.len() == 300));
}

#[test]
fn an_address_that_leads_elsewhere_is_refused() {
    for address in ["../x", "/etc/x", "a//b", "a/./b", "", ".handbook/manifest.json", "a\0"] {
        let ground = Ground::new();
        let mut plan = plan(&[("a/b/c", "")]);
        plan.add(Address::file(address), Page::file(""));
        let error = publish(&plan.finish(), &ground.public, &ROADS[0]).unwrap_err();
        assert!(matches!(error, PublishError::Address(it) if it == address));
    }
    let error = Ground::new().publish(&[("a", ""), ("a/b", "")], &ROADS[0]);
    assert!(matches!(error, Err(PublishError::Address(it)) if it == "a"));
}
