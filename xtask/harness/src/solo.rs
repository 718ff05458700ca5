//! criterion: absolute times, the way every Rust developer expects them from `cargo bench`. Its
//! settings stand here and nowhere else.

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode};
use protocol::{Effort, Refusal};

use crate::apart::forks;
use crate::edges;
use crate::job::{Asked, Job};
use crate::worker::check;

/// Calls longer than this are sampled flat: criterion's growing samples would take minutes.
const SLOW: Duration = Duration::from_millis(2);

/// Calls longer than this are left to the paired runs: the fewest samples would take a minute.
const VERY_SLOW: Duration = Duration::from_secs(1);

/// Resamples for an interval: as many as it needs to be steady, where criterion makes fifty times
/// as many.
const RESAMPLES: usize = 2_000;

/// What `cargo bench` asks for; the arguments behind it can change that.
pub(crate) fn by_hand() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20)
        .nresamples(RESAMPLES)
        .without_plots()
        .configure_from_args()
}

/// What a run of all cases asks for, in which ratios come from elsewhere.
pub(crate) fn brief() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(20))
        .measurement_time(Duration::from_millis(40))
        .sample_size(10)
        .nresamples(RESAMPLES)
        .without_plots()
}

/// Runs every scenario up to `effort` under criterion, in a group named for the case.
pub(crate) fn run(
    job: &dyn Job,
    case: &str,
    effort: Effort,
    mut criterion: Criterion,
) -> Result<(), Refusal> {
    edges::check(job)?;
    let frame = job.frame();
    for (at, distribution) in frame.present() {
        for scenario in distribution.scenarios().filter(|scenario| scenario.effort <= effort) {
            let count = distribution.count(scenario.n, usize::MAX);
            let mut inputs = job.make(at, scenario.n, 0, count);
            let asked = Asked { path: None, scenario: &scenario, seed: 0 };
            check(forks(), frame, &mut *inputs, &asked)?;
            for rung in frame.available() {
                let time = inputs.time(rung, 1);
                if let Err(refusal) = inputs.held_cold() {
                    eprintln!("{scenario}: {refusal}");
                    break;
                }
                if time > VERY_SLOW {
                    continue;
                }
                let mut group = criterion.benchmark_group(case);
                if time > SLOW {
                    group.sampling_mode(SamplingMode::Flat);
                }
                let id = BenchmarkId::new(&frame.rungs()[rung].name, &scenario);
                group.bench_function(id, |b| b.iter_custom(|calls| inputs.time(rung, calls)));
                group.finish();
                inputs.held_cold()?; // some of these times are none of cold calls
            }
        }
    }
    criterion.final_summary();
    Ok(())
}
