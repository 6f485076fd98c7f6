//! How long it takes to read a handbook from its files, once they are in memory.

mod generator;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use handbook::source::Sources;
use handbook::{intake, source};

/// The generated handbook of this size as the files that a reader has read.
fn sources(clauses: usize) -> Sources {
    let content = concat!(env!("CARGO_MANIFEST_DIR"), "/content");
    let real = source::read(content.as_ref()).expect("the content is there");
    let (handbook, _) = intake::read(&real);
    let files = generator::generate(&real, &handbook, clauses);
    Sources {
        files: files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect(),
        ..Sources::default()
    }
}

fn intake_of_sizes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("intake");
    group.sample_size(10);
    for clauses in [300, 4_000] {
        let sources = sources(clauses);
        group.throughput(Throughput::Elements(clauses as u64));
        group.bench_with_input(BenchmarkId::from_parameter(clauses), &sources, |bencher, sources| {
            bencher.iter_batched(|| (), |()| intake::read(sources), BatchSize::LargeInput);
        });
    }
    group.finish();
}

criterion_group!(benches, intake_of_sizes);
criterion_main!(benches);
