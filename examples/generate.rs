//! Writes a handbook of invented authorities into a folder, to measure with:
//! `cargo run --release --example generate -- 4000 DIR`.

#[path = "../benches/generator/mod.rs"]
mod generator;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (clauses, dir) = match words.as_slice() {
        [clauses, dir] => (clauses.parse(), Path::new(dir)),
        _ => (Ok(0), Path::new("")),
    };
    let Some(clauses) = clauses.ok().filter(|it| *it >= 40) else {
        eprintln!("usage: generate CLAUSES DIR, with 40 clauses or more");
        return ExitCode::from(2);
    };
    if std::fs::read_dir(dir).is_ok_and(|mut it| it.next().is_some()) {
        eprintln!("{} holds something already", dir.display());
        return ExitCode::from(2);
    }
    match write(clauses, dir) {
        Ok(files) => {
            println!("{files} files in {}", dir.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot write into {}: {error}", dir.display());
            ExitCode::from(2)
        }
    }
}

fn write(clauses: usize, dir: &Path) -> std::io::Result<usize> {
    let files = generator::generate(clauses).files;
    for (path, text) in &files {
        let path = dir.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(dir))?;
        std::fs::write(path, text)?;
    }
    Ok(files.len())
}
