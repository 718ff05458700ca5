//! None, one, and around what fills a burst, a queue, and two; lines of unlike length; every pace.

use crate::feed::{BURST, CAPACITY, Feed, Pace};
use crate::message::Message;
use crate::{Job, line};

/// Hand-made jobs, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let full: [&[usize]; 14] = [
        &[0],
        &[1],
        &[BURST],
        &[BURST + 1],
        &[CAPACITY - 1],
        &[CAPACITY],
        &[CAPACITY + 1],
        &[2 * CAPACITY],
        &[5 * CAPACITY + 7],
        &[0, 0],
        &[0, 1],
        &[1, 2 * CAPACITY + 1],
        &[3 * CAPACITY, 3 * CAPACITY],
        &[7, 0, 1_000],
    ];
    let single: [&[usize]; 4] = [&[0], &[1], &[9], &[3, 0, 5]];
    let full = full.map(|lengths| (Pace::Full, lengths));
    let answered = single.map(|lengths| (Pace::Answered, lengths));
    let quiet = single.map(|lengths| (Pace::Quiet, lengths));
    let all = full.into_iter().chain(answered).chain(quiet);
    all.flat_map(|(pace, lengths)| {
        [Job::Numbers(feed(pace, lengths)), Job::Ticks(feed(pace, lengths))]
    })
    .collect()
}

fn feed<M: Message>(pace: Pace, lengths: &[usize]) -> Feed<M> {
    let line = |(at, &length)| line(at as u8, length, at as u64);
    Feed::new(pace, lengths.iter().enumerate().map(line).collect())
}
