//! Lines around the sizes of buffers and batches.

use crate::lines::Job;

/// What the rungs write at once at most.
const BATCH: usize = 64 * 1024;

/// Hand-made lines, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let table: [&[usize]; 14] = [
        &[],
        &[0],
        &[1],
        &[4095, 1, 0, 4096],
        &[8191, 1],
        &[8192, 0, 5],
        &[8193, 8193],
        &[BATCH - 1],
        &[BATCH - 1, 1],
        &[BATCH - 1, 2, 5],
        &[BATCH],
        &[5, BATCH, 5], // short, too long to be copied, short: the order must stay
        &[BATCH + 1, 0, 5],
        &[1, 2 * BATCH + 1, 3],
    ];
    let letters = |at: usize, len: &usize| ["a", "b", "c", "d"][at % 4].repeat(*len);
    let lines = |lengths: &[usize]| {
        lengths.iter().enumerate().map(|(at, len)| letters(at, len)).collect::<Vec<_>>()
    };
    let mut edges: Vec<_> = table.into_iter().map(lines).collect();
    // More than a system takes at once, empty ones among them; the last without a line's end.
    edges.push(vec![String::new(); 3_000]);
    edges.push((0..2_050).map(|at| "x".repeat(at % 3)).collect());
    edges.push(["a\n", "ö\n", "last"].map(str::to_owned).to_vec());
    edges.into_iter().map(Job::from).collect()
}
