#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod cursor;
pub mod edges;
pub mod for_each;
mod line;
pub mod linked_lists;
pub mod naive;
pub mod optimized;
pub mod peer;
mod traffic;

use harness::Rung;

pub use line::{Event, Line, Packet, Report};
pub use traffic::{bad, good};

/// Every rung, naive first. All say what a sender did, and in which order.
pub const RUNGS: &[Rung<Line, Report>] = &[
    Rung::new("naive", naive::play),
    Rung::new("linked_lists", linked_lists::play),
    Rung::new("cursor", cursor::play),
    Rung::new("for_each", for_each::play),
    Rung::new("optimized", optimized::play),
    Rung::new("peer", peer::play),
];

#[cfg(test)]
mod tests {
    use super::*;
    use Event::{Arrive, Send, TimeOut, Write};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

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

    /// All rungs report by the same two functions: what these leave out, no rung can be held to.
    #[test]
    fn a_report_counts_what_went_out_and_what_arrived() {
        let one = Packet { number: 0x0300_0001, bytes: 100, written: 3, stream: 2 };
        let two = Packet { number: 7, bytes: 40, written: 5, stream: 0 };
        let mut report = Report::default();
        report.send(&one); // 0x0300_0001 without the stream's bit, and 100 bytes
        report.send(&two); // twice what is 7 and 40 bytes
        report.arrive(&one, 10);
        report.arrive(&two, 12);
        let digest = 0x0100_0001 + 100 + 2 * (7 + 40);
        assert_eq!(report, Report { sent: 2, digest, bytes: 140, delay: 7 + 7 });
    }

    /// Rungs of a fixed size have room for `most` packets and no more.
    #[test]
    fn a_line_knows_how_many_packets_are_held_at_most() {
        let most = |events: &[Event]| Line::new(events.to_vec(), 1).most;
        assert_eq!(most(&[Write(3), Send(2), Arrive(5), Write(4)]), 5); // two of three arrive
        assert_eq!(most(&[Write(3), Send(1), Send(1), Arrive(9), Write(4), Arrive(4)]), 5);
        assert_eq!(most(&[Write(3), Send(2), TimeOut, Arrive(2), Write(4)]), 7); // none arrives
        assert_eq!(most(&[Write(3), Send(3), Arrive(2), Arrive(1), Write(1)]), 3);
        assert_eq!(most(&[Write(3), Send(9), Arrive(1), Write(1), Send(1), Arrive(9)]), 3);
        assert_eq!(Line::new(vec![Write(3), TimeOut, Write(2)], 1).record_bytes(), 5 * 16);
    }

    #[test]
    fn packets_are_numbered_and_most_of_them_full() {
        let packets = Line::new(vec![Write(5), Write(20_000)], 1).packets;
        assert!(packets.iter().map(|packet| packet.number).eq(0..20_005));
        let written = |from: &[Packet], event| from.iter().all(|packet| packet.written == event);
        assert!(written(&packets[..5], 0) && written(&packets[5..], 1));
        let others: Vec<u32> =
            packets.iter().map(|packet| packet.bytes).filter(|bytes| *bytes != 1_440).collect();
        assert!((4_500..5_500).contains(&others.len()), "{}", others.len());
        assert!(others.iter().all(|bytes| (40..1_440).contains(bytes)));
        assert!(BTreeSet::from_iter(others).len() > 1_300, "sizes of all kinds");
        assert_eq!(BTreeSet::from_iter(packets.iter().map(|packet| packet.stream)).len(), 16);
        assert!(packets.iter().all(|packet| packet.stream < 16));
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
