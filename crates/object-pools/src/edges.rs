//! Messages that are empty, as long as a buffer, answered late, twice or never; and a buffer that
//! is taken so often that a short count of it begins again.

use crate::traffic::{Event, Traffic};

/// Hand-made traffic, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Traffic> {
    let arrive = |len| Event::Arrive { start: 0, len, key: 0xA1B2_C3D4 };
    let (answer, hang_up) = (Event::Answer, Event::HangUp);
    let mut edges = vec![
        traffic(256, vec![]),
        traffic(256, vec![arrive(0), answer(0)]),
        traffic(256, vec![arrive(256), answer(0)]),
        // A long message, then a short one in the same buffer: stale bytes would be summed.
        traffic(256, vec![arrive(256), answer(0), arrive(3), answer(1)]),
        // The late answer to message 0 must not be given the buffer of message 1.
        traffic(256, vec![arrive(9), hang_up(0), arrive(8), answer(0), answer(1)]),
        traffic(256, vec![arrive(9), answer(0), answer(0), hang_up(0), hang_up(0)]),
        traffic(256, vec![arrive(7), arrive(5)]), // never answered
        traffic(4_096, vec![arrive(256), arrive(1), answer(1), answer(0)]),
        // More at once than a pool keeps.
        traffic(16, (0..70).map(|_| arrive(5)).chain((0..70).map(answer)).collect()),
    ];
    // The buffer of message 0 is taken again and again before the late answer comes: a handle whose
    // count is kept in 8 or 16 bits would find the buffer of the last message.
    for times in [1, 2, 127, 128, 255, 256, 32_768, 65_536] {
        let mut events = vec![arrive(9), hang_up(0)];
        for message in 1..times {
            events.extend([arrive(3), answer(message)]);
        }
        events.extend([arrive(8), answer(0), hang_up(0), answer(times)]);
        edges.push(traffic(16, events));
    }
    edges
}

/// What the events say of messages that all come from one wire.
fn traffic(capacity: usize, events: Vec<Event>) -> Traffic {
    let messages = events.iter().filter(|event| matches!(event, Event::Arrive { .. })).count();
    Traffic { capacity, messages, events, wire: (0..=255).collect() }
}
