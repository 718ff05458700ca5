//! No message and one, messages that are all alike, and as many as a ring holds, for every kind of
//! work.

use crate::job::Job;
use crate::lane::{SLOTS, Waits};
use crate::stages::Work;

/// Hand-made jobs, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Job> {
    let (ping, stream, ticks) = (Work::PingPong, Work::Stream, Work::Ticks);
    let (spinning, sleeping) = (Waits::Spinning, Waits::Sleeping);
    let mut edges = Vec::new();
    for messages in [&[][..], &[0], &[u64::MAX], &[0, 0, 1], &[1, 0, 0], &[7; 9]] {
        for (work, waits) in
            [(ping, spinning), (ping, sleeping), (stream, spinning), (ticks, spinning)]
        {
            edges.push(Job::new(work, waits, messages.to_vec()));
        }
    }
    for messages in [SLOTS - 1, SLOTS, SLOTS + 1, 3 * SLOTS] {
        edges.push(Job::new(stream, spinning, (0..messages as u64).collect()));
    }
    edges.push(Job::new(ping, spinning, (0..20).collect()));
    edges
}
