//! Trades at the ends of their type, none and few, for every kind of work.

use crate::job::{Job, Work};
use crate::totals::Trade;

/// Hand-made jobs, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let mut edges = Vec::new();
    for work in [Work::Publish, Work::Read, Work::Count, Work::Both] {
        for quantities in [
            &[][..],
            &[0],
            &[1],
            &[-1],
            &[i32::MAX, i32::MAX, i32::MAX],
            &[i32::MIN, i32::MIN, i32::MIN],
            &[i32::MIN, i32::MAX, 0, -1, 1],
            &[7; 1_000],
        ] {
            let trades = quantities.iter().map(|&quantity| Trade { quantity }).collect();
            edges.push(Job::new(work, trades));
        }
    }
    edges
}
