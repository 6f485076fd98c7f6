//! How long it takes to read a handbook from its files, once they are in memory.

mod generator;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use handbook::intake;

fn read(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("intake");
    group.sample_size(10);
    for clauses in [300, 4_000] {
        let sources = generator::generate(clauses);
        group.throughput(Throughput::Elements(clauses as u64));
        group.bench_with_input(BenchmarkId::from_parameter(clauses), &sources, |bencher, sources| {
            bencher.iter_with_large_drop(|| intake::read(sources));
        });
    }
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
