//! Whether a rung remembers what it was given: the same calls take it longer on inputs that it has
//! never seen than on the same ones again, by far more than caches and predictors explain.

use std::time::Duration;

use protocol::{Fresh, Refusal};

use crate::job::{Asked, Job};

/// Inputs that each rung is given: fewer than a rotation has, since every one is new.
const INPUTS: usize = 8;
/// What the calls of a pass take at least; small inputs are more.
const SHORTEST: Duration = Duration::from_millis(1);
/// Inputs of a pass at most.
const MOST: usize = 1 << 12;

/// Both times of every rung; `None` where a rung is unavailable.
///
/// # Errors
/// If there is no such distribution on this system.
pub(crate) fn of(job: &dyn Job, asked: &Asked) -> Result<Vec<Option<Fresh>>, Refusal> {
    let frame = job.frame();
    let (input, n) = (&asked.scenario.input, asked.scenario.n);
    let at = frame.distribution(input)?;
    let mut found = vec![None; frame.rungs().len()];
    for rung in frame.available() {
        let mut count = INPUTS;
        // Whatever is made once, such as a pool of threads or a table, is made by other inputs.
        let mut seed = asked.seed;
        let warm = job.make(at, n, seed, INPUTS).time(rung, INPUTS as u64);
        while warm * ((count / INPUTS) as u32) < SHORTEST && count < MOST {
            count *= 2;
        }
        seed += INPUTS as u64;
        let mut inputs = job.make(at, n, seed, count);
        let mut pass = || inputs.time(rung, count as u64).as_nanos() as f64;
        found[rung] = Some(Fresh { first: pass(), again: pass() });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use protocol::{Effort, Scenario};

    use super::*;
    use crate::{Bench, Rung};

    static SEEN: Mutex<BTreeMap<u64, u64>> = Mutex::new(BTreeMap::new());

    fn long(from: &u64) -> u64 {
        (0..40_000).fold(*from, |x, step| std::hint::black_box(x ^ step))
    }

    const RUNGS: &[Rung<u64, u64>] = &[
        Rung::new("naive", long),
        Rung::new("remembers", |from| {
            *SEEN.lock().unwrap().entry(*from).or_insert_with(|| long(from))
        }),
    ];

    #[test]
    fn a_rung_that_remembers_is_told_from_one_that_computes() {
        let job = Bench::new(RUNGS).input("seeds", |_, seed| seed).quick([1]).job();
        let scenario = Scenario { input: "seeds".into(), n: 1, effort: Effort::Quick };
        let asked = |seed| Asked { path: None, scenario: &scenario, seed };
        let ratios = |seed| -> Vec<f64> {
            of(&job, &asked(seed))
                .unwrap()
                .into_iter()
                .map(|fresh| fresh.unwrap().ratio())
                .collect()
        };
        // The best of three: neighbours only ever add time.
        let least =
            |rung: usize| (1..4).map(|k| ratios(k << 20)[rung]).fold(f64::INFINITY, f64::min);
        assert!(least(0) < 3.0, "{}", least(0));
        assert!((10..13).all(|k| ratios(k << 20)[1] > 10.0));
    }
}
