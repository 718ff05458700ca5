//! How far into its slowest calls a tail can be told.

use protocol::Tail;

/// Calls that have to be expected beyond a quantile, of all that were timed. A tail is the middle
/// one of several processes, and the slowest call of the middle one is about as slow as one in a
/// third of all of them.
const BEYOND: f64 = 3.0;

/// How long one call in so many takes at least, as far as so many calls can tell.
pub fn told(tail: &Tail) -> Vec<(f64, f64)> {
    let all = [
        (2.0, tail.p50),
        (10.0, tail.p90),
        (100.0, tail.p99),
        (1e3, tail.p99_9),
        (1e4, tail.p99_99),
    ];
    all.into_iter().filter(|(one_in, _)| one_in * BEYOND <= tail.calls as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_told_if_calls_lie_beyond_it() {
        let rarest = |calls| {
            let tail = Tail { calls, p50: 1.0, p90: 2.0, p99: 3.0, p99_9: 4.0, p99_99: 5.0 };
            told(&tail).last().copied()
        };
        assert_eq!(rarest(5), None);
        assert_eq!(rarest(29), Some((2.0, 1.0)));
        assert_eq!(rarest(320), Some((100.0, 3.0)), "five times sixty-four");
        assert_eq!(rarest(2_999), Some((100.0, 3.0)));
        assert_eq!(rarest(3_000), Some((1e3, 4.0)));
        assert_eq!(rarest(30_000), Some((1e4, 5.0)));
    }
}
