//! What one call asks of the allocator.

use protocol::Allocations;

use crate::allocator;
use crate::job::Inputs;

/// Calls after which counts that still change are said to vary.
const PATIENCE: usize = 8;

/// Counts one call, once three in a row ask for the same: pools, arenas and lazily made tables take
/// a few calls to settle. If they never do, the largest counts are marked as not repeatable.
pub(crate) fn of(inputs: &mut dyn Inputs, rung: usize) -> Allocations {
    let mut last = [once(inputs, rung), once(inputs, rung), once(inputs, rung)];
    let mut most = last[0];
    for _ in 0..PATIENCE {
        if last[0] == last[1] && last[1] == last[2] {
            return last[2];
        }
        most = largest(most, last[1]);
        last = [last[1], last[2], once(inputs, rung)];
    }
    Allocations { repeatable: false, ..last.into_iter().fold(most, largest) }
}

fn largest(one: Allocations, other: Allocations) -> Allocations {
    Allocations {
        allocations: one.allocations.max(other.allocations),
        reallocations: one.reallocations.max(other.reallocations),
        bytes: one.bytes.max(other.bytes),
        peak: one.peak.max(other.peak),
        repeatable: false,
        faults: None,
    }
}

fn once(inputs: &mut dyn Inputs, rung: usize) -> Allocations {
    let mut counts = None;
    inputs.one(rung, 0, &mut |call| {
        counts = Some(allocator::counted(|| {
            call.run();
            call.drop_result();
        }));
    });
    counts.expect("the call was looked at")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Rung;
    use crate::stopwatch::rotation;

    fn counts<I, O>(rung: Rung<I, O>, input: I) -> Allocations {
        of(&mut rotation(vec![input], &[rung]), 0)
    }

    // One test: the counters belong to the process, and tests run side by side.
    #[test]
    fn counts_are_those_of_the_call() {
        let settles = Rung::reusing("settles", |_| (), |kept: &mut Vec<u8>| kept.reserve(1000));
        assert_eq!(counts(settles, Vec::new()).allocations, 0);
        let never = Rung::reusing(
            "never",
            |_| (),
            |n: &mut usize| {
                *n += 1;
                vec![0u8; *n]
            },
        );
        assert!(!counts(never, 0).repeatable);

        let grow = Rung::new("grow", |n: &usize| {
            let mut v: Vec<u8> = Vec::with_capacity(*n);
            v.resize(2 * n, 1);
            v
        });
        let grown = counts(grow, 1000);
        assert!(grown.allocations >= 1 && grown.reallocations >= 1, "{grown:?}");
        assert!(grown.bytes >= 3000 && grown.peak >= 2000, "{grown:?}");

        let sort = Rung::in_place("sort", |v: &mut Vec<u8>| v.sort_unstable());
        let clone_is_free = counts(sort, vec![3; 1 << 20]);
        assert!(clone_is_free.bytes < 1 << 20, "{clone_is_free:?}");
    }
}
