//! Single calls, and how long the slowest of them take.

use std::time::Duration;

use protocol::Tail;

use crate::job::Inputs;

/// Most calls kept.
pub(crate) const MOST: usize = 1 << 20;

/// How long calls took, in nanoseconds.
pub(crate) struct Singles {
    times: Vec<u32>,
}

impl Default for Singles {
    /// Of none, with room for as many as are kept: a rung's heap then sees nothing of them.
    fn default() -> Self {
        Self { times: Vec::with_capacity(MOST) }
    }
}

impl Singles {
    /// Times so many calls one by one.
    pub(crate) fn time(&mut self, inputs: &mut dyn Inputs, rung: usize, count: u64) {
        for _ in 0..count {
            self.times.push(nanoseconds(inputs.time(rung, 1)));
        }
    }

    /// What is to be told of them; nothing of none.
    pub(crate) fn tail(self) -> Option<Tail> {
        let mut times = self.times;
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
}

fn nanoseconds(time: Duration) -> u32 {
    time.as_nanos().try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail(times: Vec<u32>) -> Option<Tail> {
        Singles { times }.tail()
    }

    #[test]
    fn quantiles_are_those_of_the_calls() {
        let found = tail((1..=10_000).rev().collect()).unwrap();
        assert_eq!(
            [found.p50, found.p90, found.p99, found.p99_9, found.p99_99],
            [5_000.0, 9_000.0, 9_900.0, 9_990.0, 9_999.0]
        );
        assert_eq!(found.calls, 10_000);
        assert_eq!(tail(vec![7]).unwrap().p99_99, 7.0);
        assert_eq!(tail(vec![]), None);
    }
}
