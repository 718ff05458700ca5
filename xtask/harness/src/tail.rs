//! How long single calls take: what a median hides is in the slowest ones.

use std::time::{Duration, Instant};

use protocol::{Tail, Tails};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;

use crate::job::{Frame, Inputs};

/// Calls of one rung before another takes its turn: an interruption that lasts hits all alike.
const TURN: usize = 64;
/// Most calls kept for each rung.
const MOST: usize = 1 << 20;

/// Times calls one by one, the rungs taking turns in random order, until the deadline.
pub(crate) fn tails(frame: &Frame, inputs: &mut dyn Inputs, deadline: Instant) -> Tails {
    let rungs = frame.rungs().iter();
    let mut times: Vec<Vec<u32>> = rungs.map(|_| Vec::with_capacity(MOST)).collect();
    let mut order: Vec<usize> = frame.available().collect();
    let mut dice = Pcg64Mcg::seed_from_u64(0);
    loop {
        order.shuffle(&mut dice);
        for &at in &order {
            for _ in 0..TURN {
                times[at].push(nanoseconds(inputs.time(at, 1)));
            }
        }
        let full = order.first().is_none_or(|&at| times[at].len() + TURN > MOST);
        if full || Instant::now() >= deadline {
            return times.into_iter().map(summarize).collect();
        }
    }
}

fn nanoseconds(time: Duration) -> u32 {
    time.as_nanos().try_into().unwrap_or(u32::MAX)
}

fn summarize(mut times: Vec<u32>) -> Option<Tail> {
    if times.is_empty() {
        return None;
    }
    times.sort_unstable();
    let at = |share: f64| {
        let rank = (share * times.len() as f64).ceil() as usize;
        f64::from(times[rank.clamp(1, times.len()) - 1])
    };
    Some(Tail {
        calls: times.len() as u64,
        p50: at(0.5),
        p90: at(0.9),
        p99: at(0.99),
        p99_9: at(0.999),
        p99_99: at(0.9999),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::Job as _;
    use crate::{Bench, Rung};

    #[test]
    fn quantiles_are_those_of_the_calls() {
        let times = (1..=10_000).rev().collect();
        let tail = summarize(times).unwrap();
        assert_eq!(
            [tail.p50, tail.p90, tail.p99, tail.p99_9, tail.p99_99],
            [5_000.0, 9_000.0, 9_900.0, 9_990.0, 9_999.0]
        );
        assert_eq!(tail.calls, 10_000);
        assert_eq!(summarize(vec![7]).unwrap().p99_99, 7.0);
        assert_eq!(summarize(vec![]), None);
    }

    #[test]
    fn every_rung_that_can_run_is_timed() {
        const RUNGS: &[Rung<u64, u64>] = &[
            Rung::new("naive", |n| *n),
            Rung::new("missing", |n| *n).needs(|| Err("nothing has it".to_owned())),
            Rung::new("optimized", |n| *n),
        ];
        let job = Bench::new(RUNGS).input("any", |_, _| 1).quick([1]).job();
        let mut inputs = job.make(0, 1, 0, 1);
        let tails = tails(job.frame(), &mut *inputs, Instant::now());
        let calls: Vec<_> = tails.iter().map(|tail| tail.map(|tail| tail.calls)).collect();
        assert_eq!(calls, [Some(TURN as u64), None, Some(TURN as u64)]);
    }
}
