//! How long it takes to plan a site, on all processors, and to make all its pages one after another;
//! without a disk.

mod generator;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
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
        group.bench_function(BenchmarkId::new("make", clauses), |bencher| {
            // Pages remember what several of them show, so each time they are others.
            let plan = || site::plan(&handbook, &theme, &setting);
            let make = |site: &mut site::Site| {
                let sizes = site.pages().map(|(_, page)| page.render().expect("the page can be made").len());
                sizes.sum::<usize>()
            };
            bencher.iter_batched_ref(plan, make, BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, make);
criterion_main!(benches);
