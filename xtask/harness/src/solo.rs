//! criterion: absolute times, the way every Rust developer expects them from `cargo bench`.

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode};

use crate::bench::Bench;
use crate::stopwatch::Rotation;

/// Calls longer than this are sampled flat: criterion's growing samples would take minutes.
const SLOW: Duration = Duration::from_millis(2);

/// Calls longer than this are left to the paired runs: the fewest samples would take a minute.
const VERY_SLOW: Duration = Duration::from_secs(1);

/// Runs every scenario up to `effort` under criterion, in a group named for the case.
pub(crate) fn run<I, O>(
    bench: &Bench<I, O>,
    case: &str,
    effort: protocol::Effort,
) -> Result<(), protocol::Refusal> {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20)
        .nresamples(2_000)
        .without_plots()
        .configure_from_args();
    for distribution in &bench.distributions {
        for scenario in distribution.scenarios().filter(|scenario| scenario.effort <= effort) {
            let mut rotation = Rotation::new(distribution.inputs(scenario.n, 0));
            bench.gate(&scenario.to_string(), 0, &mut rotation)?;
            for rung in bench.available() {
                let time = rotation.time(rung, 1);
                if time > VERY_SLOW {
                    continue;
                }
                let mut group = criterion.benchmark_group(case);
                if time > SLOW {
                    group.sampling_mode(SamplingMode::Flat);
                }
                group.bench_function(BenchmarkId::new(rung.name, &scenario), |b| {
                    b.iter_custom(|calls| rotation.time(rung, calls));
                });
                group.finish();
            }
        }
    }
    criterion.final_summary();
    Ok(())
}
