//! Publishing a site into a folder: all of it or nothing, and nobody else's files harmed.

#[path = "publishing/crashes.rs"]
mod crashes;
#[path = "publishing/disks.rs"]
mod disks;
#[path = "publishing/ground.rs"]
mod ground;
#[path = "publishing/refusals.rs"]
mod refusals;

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use handbook::output::{Changes, PublishError, Publishing, Road, publish, restore};
use handbook::site::{Address, DRAFTS_ROBOTS, Page};

use ground::*;

const ROADS: [Publishing; 2] = [
    Publishing { base_url: None, seal: None, file_by_file: false, witness: None },
    Publishing { base_url: None, seal: None, file_by_file: true, witness: None },
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
            unchanged: 5,
            road: if how.file_by_file { Road::FileByFile } else { Road::Exchange },
            lost: vec![],
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
    let mut plan = plan(NEW);
    plan.add(Address::file("z.html"), Page::new(page));
    let site = plan.finish();
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
    let how = Publishing { witness: Some(&leaves), ..ROADS[0] };
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
        assert_eq!((back.changed.len(), back.unchanged), (2, 5));
        restore(&ground.public, &how).unwrap();
        assert_eq!(ground.files(), with_strangers(NEW));
    }
}

#[test]
fn a_site_with_drafts_is_not_put_back_where_one_without_stands_nor_the_other_way_round() {
    const DRAFTS: Pages = &[("index.html", "<p>draft"), ("robots.txt", DRAFTS_ROBOTS)];
    let drafts_before = "a website with drafts is not put where one without stands";
    let public_before = "a website without drafts is not put where one with drafts stands";
    for how in ROADS {
        for (before, now, words) in [(DRAFTS, OLD, drafts_before), (OLD, DRAFTS, public_before)] {
            let ground = Ground::new();
            ground.publish(before, &how).unwrap();
            ground.publish(now, &how).unwrap();
            for _ in 0..2 {
                let error = restore(&ground.public, &how).unwrap_err().to_string();
                assert!(error.contains(words) && error.contains("`handbook build"), "{error}");
                assert_eq!(ground.files(), expected(now));
            }
        }
        // Of two with drafts the one before is put back as any other.
        let ground = Ground::new();
        ground.publish(&DRAFTS[1..], &how).unwrap();
        ground.publish(DRAFTS, &how).unwrap();
        restore(&ground.public, &how).unwrap();
        assert_eq!(ground.files(), expected(&DRAFTS[1..]));
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

#[test]
fn a_file_that_someone_edited_to_what_we_would_write_or_deleted_is_no_obstacle() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        ground.write("index.html", NEW[1].1);
        fs::remove_dir_all(ground.public.join("gone")).unwrap();
        fs::remove_file(ground.public.join("kent/protocol/index.html")).unwrap();
        let changes = ground.publish(NEW, &how).unwrap();
        assert_eq!(changes.added, ["assets/style.css", "kent/protocol/index.html"]);
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
            false => ground.around.path().join(".public.handbook-before/gone/index.html"),
        };
        fs::write(&kept, "tampered").unwrap();
        let error = restore(&ground.public, &how).unwrap_err();
        assert!(matches!(error, PublishError::Spoilt { file } if file.ends_with("gone/index.html")));
        assert_eq!(ground.files(), with_strangers(NEW));
    }
}

#[test]
fn a_page_that_someone_deleted_is_put_back_and_the_publication_before_stays_what_it_was() {
    for how in ROADS {
        let ground = Ground::with_old(&how);
        ground.publish(NEW, &how).unwrap();
        fs::remove_dir_all(ground.public.join("assets")).unwrap();
        let changes = ground.publish(NEW, &how).unwrap();
        assert_eq!((changes.added.as_slice(), changes.unchanged), (&["assets/style.css".to_owned()][..], 7));
        assert_eq!(ground.files(), with_strangers(NEW));
        assert_eq!(changes.lost, [""; 0]);
        restore(&ground.public, &how).unwrap();
        assert_eq!(ground.files(), with_strangers(OLD));
    }
}

#[test]
fn a_page_that_someone_deleted_before_restoring_is_not_missing_when_that_is_restored() {
    let ground = Ground::with_old(&ROADS[0]);
    ground.publish(NEW, &ROADS[0]).unwrap();
    fs::remove_file(ground.public.join("kent/index.html")).unwrap();
    assert_eq!(restore(&ground.public, &ROADS[0]).unwrap().lost, [""; 0]);
    assert_eq!(ground.files(), with_strangers(OLD));
    fs::remove_file(ground.public.join("index.html")).unwrap();
    assert_eq!(restore(&ground.public, &ROADS[0]).unwrap().lost, ["index.html"]);
    assert_eq!(ground.files(), with_strangers(NEW));
}

#[test]
fn a_publication_from_which_a_page_was_deleted_can_be_put_back_or_it_is_told_why_not() {
    type Spoil = fn(&Ground);
    let cases: [(&str, Spoil, &[&str]); 5] = [
        ("nothing", |_| {}, &[]),
        // The page is made again as it was.
        ("one that stays", |it| fs::remove_file(it.public.join("kent/index.html")).unwrap(), &[]),
        ("one that changes", |it| fs::remove_file(it.public.join("index.html")).unwrap(), &["index.html"]),
        ("one that goes", |it| fs::remove_dir_all(it.public.join("gone")).unwrap(), &["gone/index.html"]),
        ("one edited to what it becomes", |it| it.write("index.html", NEW[1].1), &["index.html"]),
    ];
    for how in ROADS {
        for (what, spoil, lost) in &cases {
            let ground = Ground::with_old(&how);
            spoil(&ground);
            let changes = ground.publish(NEW, &how).unwrap();
            assert_eq!(changes.lost, *lost, "{what}");
            assert_eq!(ground.files(), with_strangers(NEW), "{what}");
            match (restore(&ground.public, &how), lost.is_empty()) {
                (Ok(_), true) => assert_eq!(ground.files(), with_strangers(OLD), "{what}"),
                (Err(PublishError::Spoilt { .. }), false) => {}
                (done, _) => panic!("{what}: {done:?}"),
            }
        }
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
    assert_eq!(Vec::from_iter(files(&aside)), [("gone/index.html".into(), "edited".into())]);
}

#[test]
fn the_same_site_is_the_same_bytes_whatever_the_folder_the_road_and_the_threads() {
    let mut published: Vec<Files> = Vec::new();
    for how in ROADS {
        for threads in [1, 7] {
            let ground = Ground::new();
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
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
