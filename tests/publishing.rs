//! Publishing a site into a folder: all of it or nothing, and nobody else's files harmed.

#[path = "publishing/crashes.rs"]
mod crashes;
#[path = "publishing/ground.rs"]
mod ground;

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use handbook::output::{Changes, PublishError, Publishing, Road, publish, restore};
use handbook::site::{Address, Page, RenderError, Site};

use ground::*;

const ROADS: [Publishing; 2] = [
    Publishing {
        base_url: None,
        file_by_file: false,
        witness: None,
    },
    Publishing {
        base_url: None,
        file_by_file: true,
        witness: None,
    },
];

#[test]
fn a_publication_says_what_it_changed() {
    for how in ROADS {
        let ground = Ground::on_disk();
        let first = ground.publish(OLD, &how).unwrap();
        assert_eq!(first.added.len(), OLD.len());
        let second = ground.publish(NEW, &how).unwrap();
        let expected = Changes {
            added: vec!["assets/style.css".into()],
            changed: vec!["index.html".into(), "kent/protocol/index.html".into()],
            removed: vec!["gone/index.html".into(), "left/index.html".into()],
            unchanged: 1,
            road: if how.file_by_file {
                Road::FileByFile
            } else {
                Road::Exchange
            },
            set_aside: vec![],
        };
        assert_eq!(second, expected);
        assert_eq!(ground.files(), ground::expected(NEW));
        assert!(!ground.public.join("gone").exists());
    }
}

#[test]
fn strangers_stay_through_publications_and_restorings() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        let git = fs::metadata(ground.public.join(".git")).unwrap().ino();
        for pages in [NEW, OLD, NEW] {
            ground.publish(pages, &how).unwrap();
            assert_eq!(ground.files(), with_strangers(pages));
        }
        restore(&ground.public, &how).unwrap();
        assert_eq!(ground.files(), with_strangers(OLD));
        let folder = fs::symlink_metadata(ground.public.join(".git")).unwrap();
        assert!(folder.is_dir() && folder.ino() == git, "moved, not copied");
    }
}

#[test]
fn a_stranger_that_comes_while_we_are_at_work_stays_and_one_that_goes_is_gone() {
    let ground = Ground::with_old(&ROADS[0]);
    let public = ground.public.clone();
    let page = move || {
        fs::write(public.join("late.txt"), "late").unwrap();
        fs::create_dir_all(public.join("kent/photos")).unwrap();
        fs::write(public.join("kent/photos/late.jpg"), "late").unwrap();
        Ok(b"<p>".to_vec())
    };
    let mut site = site(NEW);
    site.insert(Address::file("z.html"), Page::new(page));
    struct Leaves(PathBuf);
    impl handbook::output::Witness for Leaves {
        fn before(&self, doing: &str, path: &Path) -> std::io::Result<()> {
            match doing == "replace" && path.ends_with("public") {
                true => fs::remove_file(self.0.join("CNAME")),
                false => Ok(()),
            }
        }
    }
    let leaves = Leaves(ground.public.clone());
    let how = Publishing {
        witness: Some(&leaves),
        ..ROADS[0]
    };
    publish(&site, &ground.public, &how).unwrap();
    let mut files = with_strangers(NEW);
    files.remove("CNAME");
    files.insert("z.html".into(), "<p>".into());
    files.insert("late.txt".into(), "late".into());
    files.insert("kent/photos/late.jpg".into(), "late".into());
    assert_eq!(ground.files(), files);
    assert!(fs::symlink_metadata(ground.public.join("CNAME")).is_err());
}

#[test]
fn unchanged_files_keep_their_inode_and_time() {
    for how in ROADS {
        let ground = Ground::on_disk();
        ground.publish(OLD, &how).unwrap();
        let file = ground.public.join("kent/index.html");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let open = fs::File::options().write(true).open(&file).unwrap();
        open.set_modified(long_ago).unwrap();
        let inode = fs::metadata(&file).unwrap().ino();
        ground.publish(NEW, &how).unwrap();
        let found = fs::metadata(&file).unwrap();
        assert_eq!((found.ino(), found.modified().unwrap()), (inode, long_ago));
    }
}

#[test]
fn publishing_the_same_again_touches_nothing_and_keeps_the_publication_before() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        ground.publish(NEW, &how).unwrap();
        let folder = fs::metadata(&ground.public).unwrap();
        let changes = ground.publish(NEW, &how).unwrap();
        assert!(changes.is_empty());
        assert_eq!(fs::metadata(&ground.public).unwrap().ino(), folder.ino());
        restore(&ground.public, &how).unwrap();
        assert_eq!(ground.files(), with_strangers(OLD));
    }
}

#[test]
fn to_restore_twice_is_to_restore_nothing() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        ground.publish(NEW, &how).unwrap();
        let back = restore(&ground.public, &how).unwrap();
        assert_eq!(back.added, ["gone/index.html", "left/index.html"]);
        assert_eq!(back.removed, ["assets/style.css"]);
        assert_eq!((back.changed.len(), back.unchanged), (2, 1));
        restore(&ground.public, &how).unwrap();
        assert_eq!(ground.files(), with_strangers(NEW));
    }
}

#[test]
fn the_last_publication_is_put_back_whichever_road_each_one_took() {
    for [first, second] in [[0, 1], [1, 0]] {
        let ground = Ground::with_old(&ROADS[0]);
        ground.publish(NEW, &ROADS[0]).unwrap();
        ground.publish(OLD, &ROADS[first]).unwrap();
        ground.publish(NEW, &ROADS[second]).unwrap();
        ground.publish(&NEW[1..], &ROADS[first]).unwrap();
        restore(&ground.public, &ROADS[0]).unwrap();
        assert_eq!(ground.files(), with_strangers(NEW), "{first} {second}");
    }
}

#[test]
fn without_a_publication_before_there_is_nothing_to_restore() {
    let ground = Ground::new();
    let nothing = |it| matches!(it, Err(PublishError::NothingToRestore(_)));
    assert!(nothing(restore(&ground.public, &ROADS[0])));
    assert!(!ground.public.exists());
    ground.publish(OLD, &ROADS[0]).unwrap();
    assert!(nothing(restore(&ground.public, &ROADS[0])));
}

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
        &[
            "gone/index.html was changed",
            "kent/protocol/index.html was changed",
        ],
    );
    check_refused(
        |it| it.write("assets/style.css", "mine"),
        &[
            "assets/style.css was not written by this tool",
            "move it away",
        ],
    );
    check_refused(
        |it| it.write("assets", "mine"),
        &["assets was not written by"],
    );
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
fn a_file_that_someone_edited_to_what_we_would_write_or_deleted_is_no_obstacle() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        ground.write("index.html", NEW[1].1);
        fs::remove_dir_all(ground.public.join("gone")).unwrap();
        fs::remove_file(ground.public.join("kent/protocol/index.html")).unwrap();
        let changes = ground.publish(NEW, &how).unwrap();
        assert_eq!(
            changes.added,
            ["assets/style.css", "kent/protocol/index.html"]
        );
        assert_eq!(ground.files(), with_strangers(NEW));
    }
}

#[test]
fn an_edited_file_is_not_lost_by_restoring() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        ground.publish(NEW, &how).unwrap();
        ground.write("index.html", "edited");
        let error = restore(&ground.public, &how).unwrap_err().to_string();
        assert!(error.contains("index.html was changed"), "{error}");
        assert_eq!(ground.files()["index.html"], "edited");
    }
}

#[test]
fn a_publication_before_that_was_tampered_with_is_not_put_back() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        ground.publish(NEW, &how).unwrap();
        let kept = match how.file_by_file {
            true => ground.public.join(".handbook/before/files/gone/index.html"),
            false => ground
                .around
                .path()
                .join(".public.handbook-before/gone/index.html"),
        };
        fs::write(&kept, "tampered").unwrap();
        let error = restore(&ground.public, &how).unwrap_err();
        assert!(
            matches!(error, PublishError::Spoilt { file } if file.ends_with("gone/index.html"))
        );
        assert_eq!(ground.files(), with_strangers(NEW));
    }
}

#[test]
fn what_is_not_ours_in_a_publication_no_longer_kept_is_set_aside() {
    let ground = Ground::with_old(&ROADS[0]);
    ground.publish(NEW, &ROADS[0]).unwrap();
    let before = ground.around.path().join(".public.handbook-before");
    fs::write(before.join("gone/index.html"), "edited").unwrap();
    let changes = ground.publish(OLD, &ROADS[0]).unwrap();
    let aside = ground.around.path().join(".public.handbook-set-aside-1");
    assert_eq!(changes.set_aside, [aside.canonicalize().unwrap()]);
    assert_eq!(
        Vec::from_iter(files(&aside)),
        [("gone/index.html".into(), "edited".into())]
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
        let mut site = site(NEW);
        for number in 0..50 {
            let message = format!("page.html:{number}: no `title`");
            let fail = move || {
                Err(RenderError {
                    message: message.clone(),
                })
            };
            site.insert(
                Address::file(format!("n/{number:02}.html")),
                Page::new(fail),
            );
        }
        let error = publish(&site, &ground.public, &how)
            .unwrap_err()
            .to_string();
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
fn a_failed_first_publication_leaves_no_folder() {
    for how in ROADS {
        let ground = Ground::new();
        ground
            .publish(&[("index.html", "<a href=gone>")], &how)
            .unwrap_err();
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
    let mut site = Site::default();
    let links: String = (0..300).map(|it| format!("<a href='{it:03}'>")).collect();
    site.insert(Address::file("index.html"), Page::file(links));
    let error = publish(&site, &Ground::new().public, &ROADS[0]).unwrap_err();
    let words = error.to_string();
    assert!(
        words.contains("index.html: 019: there is no 019"),
        "{words}"
    );
    assert!(words.ends_with("\n  … and 280 more"), "{words}");
    assert!(matches!(error, PublishError::Links(all) if all.len() == 300));
}

#[test]
fn an_address_that_leads_elsewhere_is_refused() {
    for address in [
        "../x",
        "/etc/x",
        "a//b",
        "a/./b",
        "",
        ".handbook/manifest.json",
        "a\0",
    ] {
        let ground = Ground::new();
        let mut site = site(&[("a/b/c", "")]);
        site.insert(Address::file(address), Page::file(""));
        let error = publish(&site, &ground.public, &ROADS[0]).unwrap_err();
        assert!(matches!(error, PublishError::Address(it) if it == address));
    }
    let error = Ground::new().publish(&[("a", ""), ("a/b", "")], &ROADS[0]);
    assert!(matches!(error, Err(PublishError::Address(it)) if it == "a"));
}

#[test]
fn the_same_site_is_the_same_bytes_whatever_the_folder_the_road_and_the_threads() {
    let mut published: Vec<Files> = Vec::new();
    for how in ROADS {
        for threads in [1, 7] {
            let ground = Ground::new();
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| ground.publish(NEW, &how)).unwrap();
            published.push(files(&ground.public));
        }
    }
    assert!(published.iter().all(|it| *it == published[0]));
    assert!(published[0].contains_key(".handbook/manifest.json"));
}

#[test]
fn a_folder_behind_a_link_is_published_where_it_is() {
    let ground = Ground::new();
    let real = ground.around.path().join("real");
    fs::create_dir(&real).unwrap();
    symlink("real", &ground.public).unwrap();
    ground.publish(OLD, &ROADS[0]).unwrap();
    ground.publish(NEW, &ROADS[0]).unwrap();
    assert_eq!(fs::read_link(&ground.public).unwrap(), Path::new("real"));
    assert_eq!(ground.files(), expected(NEW));
}

#[test]
fn the_folder_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt as _;
    let ground = Ground::with_old(&ROADS[0]);
    fs::set_permissions(&ground.public, fs::Permissions::from_mode(0o750)).unwrap();
    ground.publish(NEW, &ROADS[0]).unwrap();
    assert_eq!(fs::metadata(&ground.public).unwrap().mode() & 0o777, 0o750);
}

/// A disk of a few hundred kilobytes, or `None` where this user may not mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(test: &str) -> Option<SmallDisk> {
        let at = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=400k", "tmpfs"])
            .arg(at.path())
            .output();
        if mounted.is_ok_and(|it| it.status.success()) {
            return Some(SmallDisk(at));
        }
        println!("{test} is left out: this user may not mount a small disk");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

fn large_site() -> Site<'static> {
    let mut site = site(NEW);
    for number in 0..40 {
        let page = Page::file(vec![b' '; 40_000]);
        site.insert(Address::file(format!("large/{number}.html")), page);
    }
    site
}

#[test]
fn a_disk_that_is_really_full_leaves_the_old_site() {
    for (how, below) in [(ROADS[0], "public"), (ROADS[1], "public"), (ROADS[0], "")] {
        let Some(disk) = SmallDisk::mount("a full disk") else {
            return;
        };
        let public = disk.0.path().join(below);
        publish(&site(OLD), &public, &how).unwrap();
        let before = files(disk.0.path());
        let error = publish(&large_site(), &public, &how)
            .unwrap_err()
            .to_string();
        assert!(error.contains("the disk is full; make room"), "{error}");
        assert_eq!(files(disk.0.path()), before);
        publish(&site(NEW), &public, &how).unwrap();
    }
}

#[test]
fn the_root_of_a_mounted_disk_is_published_file_by_file() {
    let Some(disk) = SmallDisk::mount("a mounted folder") else {
        return;
    };
    let changes = publish(&site(OLD), disk.0.path(), &ROADS[0]).unwrap();
    assert_eq!(changes.road, Road::FileByFile);
    let changes = publish(&site(NEW), disk.0.path(), &ROADS[0]).unwrap();
    assert_eq!((changes.road, changes.removed.len()), (Road::FileByFile, 2));
}

#[test]
fn a_stranger_that_is_a_mounted_disk_is_left_where_it_is() {
    let ground = Ground::new();
    ground.publish(OLD, &ROADS[0]).unwrap();
    let photos = ground.public.join("photos");
    fs::create_dir(&photos).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=100k", "tmpfs"])
        .arg(&photos)
        .output();
    if !mounted.is_ok_and(|it| it.status.success()) {
        println!("a mounted stranger is left out: this user may not mount a disk");
        return;
    }
    fs::write(photos.join("a.jpg"), "mine").unwrap();
    let changes = ground.publish(NEW, &ROADS[0]);
    let kept = fs::read(photos.join("a.jpg"));
    let _ = Command::new("umount").arg(&photos).status();
    assert_eq!(changes.unwrap().road, Road::FileByFile);
    assert_eq!(kept.unwrap(), b"mine");
}
