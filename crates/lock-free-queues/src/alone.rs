//! Queues message by message, on one thread: what goes in, what comes out, and what is left.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use proptest::prelude::*;

use super::*;

/// Before the largest number: indices wrap around after three messages.
const START: usize = usize::MAX - 2;

/// The ends of a queue of four messages, tried one by one against a `VecDeque`.
macro_rules! alone {
    ($($queue:expr, $name:literal;)*) => {
        fn try_all(steps: &[(bool, usize)]) {
            $(
                let (mut sender, mut receiver) = $queue;
                let (mut expected, mut next) = (VecDeque::<u64>::new(), 0_u64);
                for &(sends, count) in steps {
                    if sends {
                        let messages: Vec<u64> = (next..next + count as u64).collect();
                        let sent = sender.send(&messages);
                        assert_eq!(sent, count.min(4 - expected.len()), $name);
                        expected.extend(&messages[..sent]);
                        next += sent as u64;
                    } else {
                        let mut came = Vec::new();
                        let count = receiver.receive(|message| came.push(message));
                        assert_eq!(count, expected.len(), $name);
                        assert!(came.into_iter().eq(expected.drain(..)), $name);
                    }
                }
            )*
        }
    };
}

alone! {
    stamped_slots::queue_at(4, START), "stamped_slots";
    ring::queue_at(4, START), "ring";
    padded::queue_at(4, START), "padded";
    cached::queue_at(4, START), "cached";
    optimized::queue_at(4, START), "optimized";
    crossbeam_queue::queue(4), "crossbeam_queue";
    ringbuf::queue(4), "ringbuf";
    peer::queue(4), "peer";
}

#[test]
fn a_queue_takes_what_it_has_room_for_and_gives_all_that_is_there() {
    let (send, receive) = (|count| (true, count), (false, 0));
    try_all(&[send(0), receive, send(1), send(4), send(1), receive, receive]);
    try_all(&[send(3), receive, send(3), receive, send(9), receive, send(4), receive]);
}

/// A message that can be counted while it is alive, and that cannot always be cloned.
#[derive(Clone)]
struct Counted(#[expect(dead_code, reason = "it is there to be dropped")] Arc<()>);

macro_rules! dropped_once {
    ($($rung:ident)*) => {
        $(
            let alive = Arc::new(());
            let messages = [(); 4].map(|()| Counted(Arc::clone(&alive)));
            for first_sent in 0..4 {
                let (mut sender, mut receiver) = $rung::queue_at(4, START);
                sender.send(&messages[..first_sent]);
                receiver.receive(drop);
                assert_eq!(sender.send(&messages), 4);
                assert_eq!(Arc::strong_count(&alive), 1 + 4 + 4, stringify!($rung));
                drop(receiver);
                drop(sender);
                assert_eq!(Arc::strong_count(&alive), 1 + 4, stringify!($rung));
            }
            // Whoever takes messages may give up: those that it had are gone, and no other.
            let (mut sender, mut receiver) = $rung::queue_at(4, START);
            sender.send(&messages);
            let mut left = 2;
            let give_up = AssertUnwindSafe(|| receiver.receive(|_| {
                left -= 1;
                assert!(left > 0, "gives up");
            }));
            assert!(catch_unwind(give_up).is_err());
            assert_eq!(Arc::strong_count(&alive), 1 + 4 + 2, stringify!($rung));
            assert_eq!(receiver.receive(drop), 2, stringify!($rung));
        )*
    };
}

#[test]
fn every_message_is_dropped_once() {
    dropped_once!(stamped_slots ring padded cached);
}

#[test]
fn a_batch_that_is_given_up_half_way_goes_on_behind_what_was_taken() {
    let (mut sender, mut receiver) = optimized::queue_at(4, START);
    sender.send(&[1, 2, 3, 4]);
    let give_up = AssertUnwindSafe(|| receiver.receive(|message| assert!(message < 2)));
    assert!(catch_unwind(give_up).is_err());
    assert_eq!(sender.send(&[5, 6, 7]), 2, "two were taken");
    let mut came = Vec::new();
    receiver.receive(|message| came.push(message));
    assert_eq!(came, [3, 4, 5, 6]);
}

#[test]
fn messages_need_no_size() {
    let (mut sender, mut receiver) = optimized::queue_at(2, START);
    assert_eq!(sender.send(&[(); 3]), 2);
    assert_eq!(receiver.receive(|()| ()), 2);
    let (mut sender, mut receiver) = stamped_slots::queue_at(2, START);
    assert_eq!(sender.send(&[(); 3]), 2);
    assert_eq!(receiver.receive(|()| ()), 2);
}

#[test]
fn a_capacity_that_positions_cannot_wrap_around_in_is_refused() {
    for capacity in [0, 3, 6] {
        assert!(catch_unwind(|| ring::queue::<u8>(capacity)).is_err());
        assert!(catch_unwind(|| stamped_slots::queue::<u8>(capacity)).is_err());
    }
    assert!(
        catch_unwind(|| stamped_slots::queue::<u8>(1)).is_err(),
        "a stamp says too little there"
    );
    assert_eq!(ring::queue(1).0.send(&[7, 7]), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_queue_is_a_queue_whatever_is_done(
        steps in proptest::collection::vec((any::<bool>(), 0_usize..7), 0..50),
    ) {
        try_all(&steps);
    }
}
