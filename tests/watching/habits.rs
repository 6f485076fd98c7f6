//! How editors and tools save a file.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How one editor or tool saves `text` in the file at `path`.
pub type Save = fn(path: &Path, text: &str);

fn beside(path: &Path, name: &str) -> PathBuf {
    path.with_file_name(name.replace('*', path.file_name().unwrap().to_str().unwrap()))
}

pub const HABITS: &[(&str, Save)] = &[
    ("plain write", |path, text| fs::write(path, text).unwrap()),
    ("emptied, then written in parts", |path, text| {
        let mut file = fs::File::create(path).unwrap();
        let (first, second) = text.split_at(text.len() / 2);
        file.write_all(first.as_bytes()).unwrap();
        file.sync_all().unwrap();
        file.write_all(second.as_bytes()).unwrap();
    }),
    ("temporary file and rename", |path, text| {
        fs::write(beside(path, ".*.tmp"), text).unwrap();
        fs::rename(beside(path, ".*.tmp"), path).unwrap();
    }),
    ("vim", |path, text| {
        fs::write(beside(path, ".*.swp"), "b0VIM").unwrap();
        fs::write(beside(path, "4913"), "").unwrap();
        fs::remove_file(beside(path, "4913")).unwrap();
        fs::rename(path, beside(path, "*~")).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(beside(path, "*~")).unwrap();
        fs::remove_file(beside(path, ".*.swp")).unwrap();
    }),
    ("emacs", |path, text| {
        symlink("me@desk.1:1", beside(path, ".#*")).unwrap();
        fs::write(beside(path, "#*#"), text).unwrap();
        fs::rename(path, beside(path, "*~")).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(beside(path, "#*#")).unwrap();
        fs::remove_file(beside(path, ".#*")).unwrap();
    }),
    ("VS Code", |path, text| {
        let mut file = fs::OpenOptions::new().write(true).truncate(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.sync_all().unwrap();
    }),
    ("a JetBrains editor", |path, text| {
        fs::write(beside(path, "*___jb_tmp___"), text).unwrap();
        fs::rename(path, beside(path, "*___jb_old___")).unwrap();
        fs::rename(beside(path, "*___jb_tmp___"), path).unwrap();
        fs::remove_file(beside(path, "*___jb_old___")).unwrap();
    }),
    ("removed, then written", |path, text| {
        fs::remove_file(path).unwrap();
        fs::write(path, text).unwrap();
    }),
    ("sed -i", |path, text| {
        let last = text.lines().last().unwrap();
        let ran = Command::new("sed").arg("-i").arg(format!("$ s/.*/{last}/")).arg(path).status().unwrap();
        assert!(ran.success());
    }),
    ("cp over it", |path, text| {
        let from = tempfile::NamedTempFile::new().unwrap();
        fs::write(from.path(), text).unwrap();
        fs::copy(from.path(), path).unwrap();
    }),
];
