//! Messages of no bytes, of all that a datagram holds, and of lengths that begin and end segments;
//! windows of none, one and more than there is.

use crate::datagram::{HEADER, LONGEST};
use crate::job::Job;

/// Hand-made jobs, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let mut edges = Vec::new();
    for lengths in [
        &[][..],
        &[0],
        &[1],
        &[0; 70],
        &[LONGEST - HEADER],
        &[LONGEST - HEADER; 3],
        &[60_000, 60_000, 10],
        &[100, 100, 99, 100, 100, 101, 100],
        &[99, 100, 100],
        &[200, 0, 200, 0],
        &[8, 16, 24, 32, 40, 32, 24, 16, 8],
        &[1_015; 66], // the 64th would be beyond what a datagram may be
        &[1_016; 130],
        &[192; 65],
        &[7; 129],
    ] {
        for at_a_time in [0, 1, 2, 33, 64, 1_000] {
            edges.push(Job { messages: messages(lengths), at_a_time });
        }
    }
    edges
}

/// Bytes that differ from message to message and within each.
fn messages(lengths: &[usize]) -> Vec<Vec<u8>> {
    let byte = |number: usize, at: usize| (number * 31 + at * 7 + at / 256) as u8;
    let message = |(number, &length)| (0..length).map(|at| byte(number, at)).collect();
    lengths.iter().enumerate().map(message).collect()
}
