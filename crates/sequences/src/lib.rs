#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod cursor;
pub mod deque;
pub mod edges;
mod line;
pub mod naive;
pub mod optimized;
pub mod peer;
mod traffic;

use harness::Rung;

pub use line::{Event, Line, Packet, Report};
pub use traffic::{bad, good};

/// Every rung, slowest first. All say what a sender did, and in which order.
pub const RUNGS: &[Rung<Line, Report>] = &[
    Rung::new("naive", naive::play),
    Rung::new("deque", deque::play),
    Rung::new("cursor", cursor::play),
    Rung::new("optimized", optimized::play),
    Rung::new("peer", peer::play),
];

#[cfg(test)]
mod tests {
    use super::*;
    use Event::{Arrive, Send, TimeOut, Write};
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, good);
        harness::agree(RUNGS, bad);
        harness::agree(RUNGS, |n, seed| good(n * 40, seed));
        harness::agree(RUNGS, |n, seed| bad(n * 40, seed));
    }

    #[test]
    fn rungs_agree_on_edges() {
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn packets_go_out_oldest_first_and_again_after_a_time_out() {
        let line = Line::new(vec![Write(3), Send(2), TimeOut, Send(3), Arrive(2)], 1);
        let mut expected = Report::default();
        for number in [0, 1, 0, 1, 2] {
            expected.send(&line.packets[number]);
        }
        expected.arrive(&line.packets[0], 4);
        expected.arrive(&line.packets[1], 4);
        assert_eq!(naive::play(&line), expected);
    }

    fn event() -> impl Strategy<Value = Event> {
        (0_u8..4, 0_u32..20).prop_map(|(kind, count)| match kind {
            0 => Write(count),
            1 => Send(count),
            2 => Arrive(count),
            _ => TimeOut,
        })
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_events(events in proptest::collection::vec(event(), 0..200)) {
            harness::agree_on(RUNGS, Line::new(events, 1));
        }
    }
}
