//! Numbers in which carries are born, travel far, or die.

use crate::job::{Job, Operation};

/// The limbs of which they are made.
pub(crate) const LIMBS: [u64; 6] = [0, 1, u64::MAX, u64::MAX - 1, 1 << 63, (1 << 52) - 1];

/// Hand-made numbers, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let mut edges = Vec::new();
    let mut add = |a: Vec<u64>, b: Vec<u64>| {
        edges.push(Job::new(Operation::Sum, a.clone(), b.clone()));
        edges.push(Job::new(Operation::Product, a, b));
    };
    add(Vec::new(), Vec::new());
    for n in [1, 2, 7, 8, 9, 13, 16, 17, 26, 64, 65, 104, 105, 131, 209, 419] {
        for (at, first) in LIMBS.into_iter().enumerate() {
            let second = LIMBS[(at + n) % LIMBS.len()];
            add(vec![first; n], vec![second; n]);
            let mixed = |limb: usize| if limb.is_multiple_of(3) { first } else { second };
            add((0..n).map(mixed).collect(), vec![u64::MAX; n]);
        }
        let mut one = vec![0; n];
        one[0] = 1;
        add(vec![u64::MAX; n], one); // the carry goes from one end to the other
    }
    edges
}
