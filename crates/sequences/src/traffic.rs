//! Lines as they are, good and bad: where inputs come from.

use harness::data::{rand::RngExt, rng};

use crate::line::{Event, Line};

/// `n` packets on a good line: the program writes ahead of it, until the sender's buffer is full.
pub fn good(n: usize, seed: u64) -> Line {
    let mut rng = rng(seed);
    let buffer = (n / 16).clamp(32, 1 << 16);
    let (mut events, mut written, mut held, mut sent) = (Vec::new(), 0, 0, 0);
    while written < n {
        let most = 1 + rng.random_range(0..8) * rng.random_range(0..16);
        match rng.random_range(0..100) {
            0..40 if held < buffer => {
                let count = most.min(n - written).min(buffer - held);
                (written, held) = (written + count, held + count);
                events.push(Event::Write(count as u32));
            }
            0..65 if sent < held => {
                sent += most.min(held - sent);
                events.push(Event::Send(most as u32));
            }
            65..100 if sent > 0 => {
                let count = most.min(sent);
                (held, sent) = (held - count, sent - count);
                events.push(Event::Arrive(count as u32));
            }
            _ if rng.random_range(0..1_000) == 0 => {
                sent = 0;
                events.push(Event::TimeOut);
            }
            _ => {}
        }
    }
    Line::new(events, seed)
}

/// `n` packets on a bad line: some hundreds are sent at once, and time and again none arrives.
pub fn bad(n: usize, seed: u64) -> Line {
    let mut rng = rng(seed);
    let (mut events, mut written) = (Vec::new(), 0);
    while written < n {
        let count = rng.random_range(1..=800).min(n - written);
        written += count;
        events.push(Event::Write(count as u32));
        while rng.random_range(0..60) > 0 {
            events.push(Event::Send(rng.random_range(100..600)));
            events.push(Event::TimeOut);
        }
        events.push(Event::Send(rng.random_range(100..2_000)));
        events.push(Event::Arrive(rng.random_range(1..2_000)));
    }
    Line::new(events, seed)
}
