#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod digits;
pub mod edges;
pub mod feed;
pub mod fixed_width;
pub mod line;
pub mod market;
pub mod message;
pub mod naive;
pub mod on_stack;
pub mod one_pass;
pub mod optimized;
pub mod peer;
pub mod reject;
pub mod reuse;
pub mod session;
pub mod words;

use harness::Rung;

pub use feed::{quiet, quotes, turmoil};
use market::Feed;
use session::Session;

/// Every rung, naive first. All answer a feed with the same bytes on the wire and in the journal.
///
/// The memory that rungs keep belongs to the thread, not to the input: inputs take turns, and if
/// each came with buffers of its own, those would be cold, which no gateway will see.
pub const RUNGS: &[Rung<Feed, Session>] = &[
    Rung::new("naive", naive::respond),
    Rung::new("reuse", reuse::respond),
    Rung::new("digits", digits::respond),
    Rung::new("one_pass", one_pass::respond),
    Rung::new("on_stack", on_stack::respond),
    Rung::new("fixed_width", fixed_width::respond),
    Rung::new("words", words::respond),
    Rung::new("optimized", optimized::respond),
    Rung::new("peer", peer::respond),
];

/// Bytes that the answer to a feed has.
pub fn answered(feed: &Feed) -> usize {
    let session = optimized::respond(feed);
    session.wire().len() + session.journal().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edges::DAY;
    use market::{Order, Tick};
    use proptest::prelude::*;

    #[test]
    fn rungs_agree() {
        harness::agree(RUNGS, quotes);
        harness::agree(RUNGS, turmoil);
        harness::agree(RUNGS, quiet);
    }

    #[test]
    fn rungs_agree_at_the_edges() {
        harness::agree_at(RUNGS, edges::edges());
    }

    #[test]
    fn a_message_is_valid() {
        let session = naive::respond(&quotes(1_000, 1));
        let text = std::str::from_utf8(session.wire()).unwrap();
        let messages: Vec<&str> = text.split_inclusive("\u{1}10=").collect();
        assert!(messages.len() > 900);
        let first = messages[0].strip_suffix("10=").unwrap();
        let (head, body) = first.split_at(first.find("35=").unwrap());
        assert_eq!(head, format!("8=FIX.4.4\u{1}9={}\u{1}", body.len()));
        let sum = first.bytes().map(u32::from).sum::<u32>() % 256;
        assert!(messages[1].starts_with(&format!("{sum:03}\u{1}")));
    }

    /// All rungs ask the tick what to send: worked out by hand.
    #[test]
    fn an_order_steps_in_front_of_the_longer_side() {
        let Some(&tick) = quiet(1, 1).ticks.first() else { unreachable!("one was asked for") };
        let decide =
            |bid, ask, bid_size, ask_size| Tick { bid, ask, bid_size, ask_size, ..tick }.decide();
        let order = |side, quantity, price| Some(Order { side, quantity, price });
        assert_eq!(decide(1_000, 1_199, 8, 7), None, "less than two cents between them");
        assert_eq!(decide(1_000, 1_200, 8, 7), order(b'1', 3, 1_100));
        assert_eq!(decide(1_000, 1_300, 7, 7), order(b'2', 2, 1_200));
        assert_eq!(decide(1_000, 1_300, 7, 8), order(b'2', 3, 1_200));
        assert_eq!(decide(1_000, 1_000, 0, 4), order(b'2', 2, 900)); // the check sees what is wrong
        assert_eq!(decide(1_300, 1_000, 4, 3), order(b'1', 2, 1_400));
    }

    #[test]
    fn every_kind_of_reject_occurs() {
        let session = naive::respond(&turmoil(1_000, 1));
        let journal = std::str::from_utf8(session.journal()).unwrap();
        for kind in [": quote is", ": bid ", ": quantity", ": price"] {
            assert!(journal.contains(kind), "{kind}");
        }
        assert_eq!(naive::respond(&quiet(1_000, 1)).journal(), b"");
    }

    prop_compose! {
        fn ticks()(
            received in 0..DAY,
            [sequence, age, bid, ask, bid_size, ask_size]: [u32; 6],
            instrument in 0_u16..100,
            shift in 0_u32..32,
        ) -> Tick {
            let (age, bid_size, ask_size) = (age >> shift, bid_size >> shift, ask_size >> shift);
            let ask = if shift % 2 == 0 { ask } else { bid ^ ask >> shift };
            Tick { received, sequence, age, bid, ask, bid_size, ask_size, instrument }
        }
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_ticks(ticks in proptest::collection::vec(ticks(), 0..20)) {
            harness::agree_on(RUNGS, Feed { ticks, ..quiet(0, 0) });
        }
    }
}
