//! No key and one, one that is unknown, the same key over and over, and limits of one, of less than
//! a batch, of no whole number of batches, and beyond the number of keys.

use std::time::Duration;

use crate::job::Job;

/// Hand-made jobs, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let mut edges = Vec::new();
    for (keys, limit) in [
        (vec![], 1),
        (vec![0], 1),
        (vec![3], 7),
        (vec![3; 70], 64),
        (vec![u64::MAX, 0, 1 << 63, 0, 3, 100], 2),
        ((0..63).collect(), 64),
        ((0..64).collect(), 63),
        ((0..65).collect(), 64),
        ((0..129).rev().collect(), 65),
        ((0..300).collect(), 200),
        ((0..300).collect(), 1_000),
    ] {
        for delay in [Duration::ZERO, Duration::from_millis(1)] {
            edges.push(Job::new(Clone::clone(&keys), limit, delay, 0));
        }
    }
    edges
}
