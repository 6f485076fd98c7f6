//! The same content gives the same bytes: on another day, in another folder, from another working
//! folder, with more or fewer threads, and from a copy of the content.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// Every file below `folder` with its bytes, the list of the publication included.
fn files(folder: &Path, below: &str, all: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{below}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            files(&path, &format!("{name}/"), all);
        } else {
            all.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// Copies a folder, the last of its entries first, so that the disk lists them otherwise.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let mut entries: Vec<PathBuf> = fs::read_dir(from).unwrap().map(|it| it.unwrap().path()).collect();
    entries.sort();
    for path in entries.iter().rev() {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(path, &target);
        } else {
            fs::copy(path, &target).unwrap();
        }
    }
}

/// Runs a build in `working` and reads what it published into `out`.
#[track_caller]
fn published(
    working: &Path,
    content: &Path,
    out: &Path,
    today: &str,
    threads: &str,
) -> BTreeMap<String, Vec<u8>> {
    let run = Command::new(env!("CARGO_BIN_EXE_handbook"))
        .current_dir(working)
        .stdin(Stdio::null())
        .env("RAYON_NUM_THREADS", threads)
        .args(["build", "--base-url", "https://example.org/handbook/", "--today", today])
        .arg("--content")
        .arg(content)
        .arg("--out")
        .arg(out)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut all = BTreeMap::new();
    files(&working.join(out), "", &mut all);
    all
}

#[test]
fn the_same_content_gives_the_same_bytes_wherever_and_whenever_it_is_built() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let content = root.join("content");
    let folder = TempDir::new().unwrap();
    let below = folder.path();
    let elsewhere = below.join("a copy");
    copy(&content, &elsewhere.join("content"));

    let first = published(root, Path::new("content"), &below.join("one"), "2026-11-23", "1");
    assert!(first.len() > 200, "the site was published: {} files", first.len());
    assert!(first.contains_key(".handbook/manifest.json") && first.contains_key("sitemap.xml"));
    for (what, again) in [
        ("another day, more threads", published(below, &content, Path::new("x/two"), "2031-02-28", "7")),
        (
            "a copy of the content",
            published(&elsewhere, Path::new("content"), Path::new("public"), "2024-02-29", "7"),
        ),
    ] {
        let names = |it: &BTreeMap<String, Vec<u8>>| it.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&again), names(&first), "{what}");
        let differ: Vec<&String> =
            first.iter().filter(|(name, bytes)| again[*name] != **bytes).map(|(name, _)| name).collect();
        assert_eq!(differ, [""; 0], "{what}");
    }
}
