//! Disks that are full, and folders that are disks. Left out where this user may not mount one.

use std::fs;
use std::process::Command;

use handbook::output::{Road, publish};
use handbook::site::{Address, Page, Site};

use super::ROADS;
use super::ground::*;

/// A disk of a few hundred kilobytes, or `None` where this user may not mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(test: &str) -> Option<SmallDisk> {
        let at = tempfile::tempdir().unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=400k", "tmpfs"]).arg(at.path()).output();
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
    let mut plan = plan(NEW);
    for number in 0..40 {
        let page = Page::file(vec![b' '; 40_000]);
        plan.add(Address::file(format!("large/{number}.html")), page);
    }
    plan.finish()
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
        let error = publish(&large_site(), &public, &how).unwrap_err().to_string();
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
    let mounted =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=100k", "tmpfs"]).arg(&photos).output();
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
