//! How long it takes to plan a site and to make all its pages, on one thread and without a disk.

mod generator;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use handbook::{intake, site};

fn make(criterion: &mut Criterion) {
    let theme = site::Theme::load("default").unwrap_or_else(|error| panic!("{error}"));
    let setting = site::Setting::default();
    let mut group = criterion.benchmark_group("pages");
    group.sample_size(10);
    for clauses in [300, 4_000] {
        let (handbook, _) = intake::read(&generator::generate(clauses));
        group.throughput(Throughput::Elements(clauses as u64));
        group.bench_function(BenchmarkId::new("plan", clauses), |bencher| {
            bencher.iter_with_large_drop(|| site::plan(&handbook, &theme, &setting));
        });
        let site = site::plan(&handbook, &theme, &setting);
        group.bench_function(BenchmarkId::new("make", clauses), |bencher| {
            bencher.iter(|| {
                let sizes = site.pages().map(|(_, page)| page.render().expect("the page can be made").len());
                sizes.sum::<usize>()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, make);
criterion_main!(benches);
