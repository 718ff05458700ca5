//! A line on which nothing happens, more is wished than is there, or all wraps around.

use crate::line::Event::{self, Arrive, Send, TimeOut, Write};
use crate::line::Line;

/// Hand-made lines, for the tests and for the gate before the clock.
pub fn edges() -> Vec<Line> {
    let table: &[&[Event]] = &[
        &[],
        &[TimeOut, Send(1), Arrive(1), Write(0)], // on nothing at all
        &[Write(1), Arrive(1), Send(9), TimeOut, Arrive(9), Send(9), Arrive(9), Arrive(1)],
        &[Write(8), Send(8), Arrive(7), Write(7), Send(7), Arrive(8)], // full, and wraps around
        &[Write(5), Send(5), Arrive(4), Write(4), Send(2), TimeOut, Send(9), Arrive(9)],
        &[Write(3), Send(2), TimeOut, TimeOut, Send(1), Arrive(3), Send(3), Arrive(u32::MAX)],
        &[Write(3), Send(2), TimeOut, Send(3), Arrive(2)],
        &[Write(1), Send(1), Arrive(1), Write(1), Send(1), TimeOut, Send(1), Arrive(1)],
    ];
    let mut edges: Vec<Line> = table.iter().map(|events| Line::new(events.to_vec(), 1)).collect();
    // Around every power of two that a ring may have, filled, half emptied and filled again.
    for size in [1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65, 200] {
        let events = [
            Write(size),
            Send(size),
            Arrive(size / 2),
            Write(size),
            TimeOut,
            Send(size),
            Arrive(size),
            Send(size),
            Arrive(2 * size),
        ];
        edges.push(Line::new(events.repeat(3), 1));
    }
    edges
}
