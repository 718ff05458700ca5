//! Signals in which a sum is easily lost: cancelled, tiny, huge, and in one element alone.

use crate::Job;

/// Hand-made signals, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let table: [&[f32]; 8] = [
        &[],
        &[0.0],
        &[-0.0, 0.0],
        &[1e-30, 1e-30, 1e-20],
        &[1e18, -1e18, 1.0, 1e18],
        &[f32::MIN_POSITIVE; 20],
        &[3.0e18; 31],
        &[1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0],
    ];
    let reversed = |signal: &[f32]| -> Vec<f32> { signal.iter().rev().copied().collect() };
    let mut edges: Vec<Job> =
        table.into_iter().map(|signal| Job::floats(signal, &reversed(signal))).collect();
    for signal in [vec![], vec![i16::MIN; 5], vec![i16::MAX; 70], vec![i16::MIN, i16::MAX]] {
        edges.push(Job::counts(&signal, &signal));
    }
    // Every element alone, wherever rows, vectors and tails begin and end.
    for n in [1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 71, 127, 128, 129, 145, 257, 273] {
        for at in [0, n / 2, n - 1] {
            let (mut floats, mut counts) = (vec![0.0; n], vec![0; n]);
            (floats[at], counts[at]) = (3.0, 3);
            edges.push(Job::floats(&floats, &vec![1.0; n]));
            edges.push(Job::counts(&vec![-5; n], &counts));
        }
        edges.push(Job::floats(&vec![1.0; n], &vec![1.0; n]));
    }
    edges
}
