//! How long the whole way takes, from the files on the disk to the published site.

mod generator;

use std::path::Path;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use handbook::Order;
use handbook::disk::Digest;

fn build(content: &Path, public: &Path) {
    let order = Order {
        content,
        out: public,
        theme: "default",
        base_url: None,
        strict: false,
        drafts: false,
        today: jiff::civil::date(2026, 11, 22),
        program: Some(Digest::of(b"bench")),
    };
    let built = handbook::build(&order).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(built.publication.is_some());
}

fn whole(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build");
    group.sample_size(10);
    for clauses in [300, 4_000] {
        let content = tempfile::tempdir().expect("a temporary folder");
        for (path, bytes) in generator::generate(clauses).files {
            let path = content.path().join(path);
            let folder = path.parent().expect("a file stands in a folder");
            std::fs::create_dir_all(folder).expect("a folder can be made");
            std::fs::write(path, bytes).expect("a file can be written");
        }
        group.bench_function(BenchmarkId::from_parameter(clauses), |bencher| {
            let folder = || tempfile::tempdir().expect("a temporary folder");
            let once = |folder: tempfile::TempDir| {
                build(content.path(), &folder.path().join("public"));
                folder
            };
            bencher.iter_batched(folder, once, BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, whole);
criterion_main!(benches);
