//! How long it takes to publish a site: into an empty folder, and again where nothing has changed.

mod generator;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use handbook::output::{self, Publishing};
use handbook::{intake, site};

fn publish(criterion: &mut Criterion) {
    let theme = site::Theme::load("default").unwrap_or_else(|error| panic!("{error}"));
    let setting = site::Setting::default();
    let mut group = criterion.benchmark_group("publish");
    group.sample_size(10);
    for clauses in [300, 4_000] {
        let (handbook, _) = intake::read(&generator::generate(clauses));
        // Pages remember what several of them show, so each publication has others.
        let plan = || site::plan(&handbook, &theme, &setting);
        let into = |site: &site::Site, folder: &tempfile::TempDir| {
            let changes = output::publish(site, &folder.path().join("public"), &Publishing::default());
            changes.unwrap_or_else(|error| panic!("{error}"))
        };
        let folder = || tempfile::tempdir().expect("a temporary folder");
        group.bench_function(BenchmarkId::new("first", clauses), |bencher| {
            let once = |(site, folder): (site::Site, tempfile::TempDir)| {
                into(&site, &folder);
                folder
            };
            bencher.iter_batched(|| (plan(), folder()), once, BatchSize::PerIteration);
        });
        let folder = folder();
        into(&plan(), &folder);
        group.bench_function(BenchmarkId::new("unchanged", clauses), |bencher| {
            bencher.iter_batched(plan, |site| into(&site, &folder), BatchSize::PerIteration);
        });
    }
    group.finish();
}

criterion_group!(benches, publish);
criterion_main!(benches);
