//! How long the indexes of the search take, and how much memory beyond that of the handbook.
//!
//! `cargo bench --bench search` measures invented handbooks of 4,000 and 40,000 clauses, each five
//! times; `cargo bench --bench search -- 4000` one of them. The time is the median and the best; the
//! memory is the highest that the system saw, less what was taken before (Linux alone tells).

mod generator;

use std::fs;
use std::time::{Duration, Instant};

use handbook::intake;
use handbook::site::{Indexes, Setting};

const TIMES: usize = 5;

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![4_000, 40_000] } else { asked };
    println!("{:>8} {:>12} {:>12} {:>12}", "clauses", "median", "best", "memory");
    for size in sizes {
        let (handbook, _) = intake::read(&generator::generate(size));
        let mut times = Vec::new();
        let mut most = None;
        for _ in 0..TIMES {
            let before = begin();
            let started = Instant::now();
            let indexes = Indexes::of(&handbook, &Setting::default());
            times.push(started.elapsed());
            drop(indexes);
            most = most.max(status("VmHWM:").zip(before).map(|(most, before)| most.saturating_sub(before)));
        }
        times.sort();
        let memory = most.map_or_else(|| "?".to_owned(), |it| format!("{} MB", it / 1024));
        let shown = |it: Duration| format!("{} ms", it.as_millis());
        println!("{size:>8} {:>12} {:>12} {memory:>12}", shown(times[TIMES / 2]), shown(times[0]));
    }
}

/// Forgets the highest memory so far; how much is taken now, in kB, where the system tells.
fn begin() -> Option<u64> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    status("VmRSS:")
}

/// A figure of the process, in kB.
fn status(key: &str) -> Option<u64> {
    let told = fs::read_to_string("/proc/self/status").ok()?;
    told.lines().find_map(|it| it.strip_prefix(key)?.split_whitespace().next()?.parse().ok())
}
