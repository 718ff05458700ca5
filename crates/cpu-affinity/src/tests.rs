//! Rungs hold against each other and against answers worked out without threads; pins come off
//! whatever happens.

#[cfg(target_os = "linux")]
mod places;

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::cores::{Pinned, allowed};

#[test]
fn rungs_agree() {
    for make in [spinning, sleeping, stream, ticks] {
        for n in [0, 1, 9] {
            harness::agree_on(RUNGS, make(n, 1));
        }
    }
    harness::agree_on(RUNGS, stream(5_000, 2));
    harness::agree_at(RUNGS, edges::edges());
}

/// All rungs share the stages, so no two would differ if these were wrong.
#[test]
fn answers_are_those_of_one_thread() {
    let decode = |message: u64| message.rotate_left(7) ^ 0x9e37_79b9_7f4a_7c15;
    let fold = |sum: u64, message: u64| {
        (sum ^ message).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(31)
    };
    for n in [0, 1, 5, 40] {
        let messages = spinning(n, 3).stages.messages;
        let sums: Vec<u64> = (messages.iter())
            .scan(0, |sum, &message| {
                *sum = fold(*sum, decode(message));
                Some(*sum)
            })
            .collect();
        let last = sums.last().copied().unwrap_or(0);
        let expected = Answer { digest: sums.iter().copied().fold(0, fold), handled: n, early: 0 };
        assert_eq!(naive::run(&spinning(n, 3)), expected);
        assert_eq!(naive::run(&sleeping(n, 3)).handled, n);
        let expected = Answer { digest: fold(0, last), handled: 1, early: 0 };
        assert_eq!(naive::run(&stream(n, 3)), expected);
    }
    let job = ticks(3, 3);
    let digest = job.stages.messages.iter().fold(0, |sum, &message| fold(sum, decode(message)));
    assert_eq!(naive::run(&job), Answer { digest, handled: 3, early: 0 });
}

#[test]
fn a_ring_keeps_order_and_refuses_when_full_or_empty() {
    let ring = ring::Ring::new(2);
    let (mut sender, mut taker) = (ring.sender(), ring.taker());
    for round in 0..5 {
        assert_eq!(taker.take(), None);
        assert_eq!(sender.send(round), Some(()));
        assert_eq!(sender.send(round + 100), Some(()));
        assert_eq!(sender.send(7), None);
        assert_eq!(taker.take(), Some(round));
        assert_eq!(sender.send(round + 200), Some(()));
        assert_eq!(taker.take(), Some(round + 100));
        assert_eq!(taker.take(), Some(round + 200));
    }
}

/// Else a call would come back while its second stage still runs.
#[test]
fn a_stage_has_ended_when_it_was_dropped_and_no_sooner() {
    let here = std::thread::current;
    let lane = lane::Lane::new(Waits::Sleeping, [here(), here()]);
    let (first, second) = (lane.stage(), lane.stage());
    let ended = || (lane.has_ended(1), lane.has_ended(2));
    assert_eq!(ended(), (None, None));
    drop(second);
    assert_eq!(ended(), (Some(()), None));
    drop(first);
    assert_eq!(ended(), (Some(()), Some(())));
}

/// Else every job would leave its threads behind.
#[test]
fn a_thread_ends_with_its_worker() {
    thread_local!(static HELD: Cell<Option<mpsc::Sender<()>>> = const { Cell::new(None) });
    let worker = worker::Worker::default();
    assert_eq!(format!("{worker:?}"), "Worker { started: false }");
    let (send, told) = mpsc::channel();
    worker.post(Duration::ZERO, || HELD.set(Some(send))); // until the thread ends
    assert_eq!(format!("{worker:?}"), "Worker { started: true }");
    drop(worker);
    assert_eq!(told.try_recv(), Err(mpsc::TryRecvError::Disconnected));
}

#[test]
fn a_tick_takes_a_millisecond() {
    for rung in [naive::run, optimized_or_naive()] {
        let since = Instant::now();
        rung(&ticks(5, 1));
        assert!(since.elapsed() >= Duration::from_millis(5));
    }
}

fn optimized_or_naive() -> fn(&Job) -> Answer {
    if cores::needs_two().is_ok() { optimized::run } else { naive::run }
}

/// One job serves all rungs, and its threads come back from each as they were.
#[test]
fn no_rung_leaves_a_thread_pinned() {
    let Ok(before) = allowed() else { return };
    let job = spinning(10, 1);
    for rung in RUNGS.iter().filter(|rung| rung.unavailable().is_none()) {
        let run = match rung.name() {
            "same_core" => same_core::run,
            "pinned" => pinned::run,
            "optimized" => optimized::run,
            "peer" => peer::run,
            _ => naive::run,
        };
        run(&job);
        assert_eq!(allowed().unwrap(), before, "{}", rung.name());
        let (send, seen) = mpsc::channel();
        job.run(|| (), move || send.send(allowed()), Duration::ZERO);
        assert_eq!(seen.recv().unwrap().unwrap(), before, "after {}", rung.name());
    }
}

#[test]
fn a_stage_that_panics_ends_the_other_and_all_pins_come_off() {
    let Ok(before) = allowed() else { return };
    let core = before[0];
    for mut job in [spinning(1_000_000, 1), sleeping(1_000_000, 1), stream(1_000_000, 1)] {
        let pin = move || Pinned::to(core).unwrap();
        let fails = move || {
            let _pinned = pin();
            panic::resume_unwind(Box::new("a stage fails"));
        };
        let second = AssertUnwindSafe(|| job.run(pin, fails, Duration::ZERO));
        assert!(panic::catch_unwind(second).is_err());
        let first = AssertUnwindSafe(|| job.run(fails, pin, Duration::ZERO));
        assert!(panic::catch_unwind(first).is_err());
        assert_eq!(allowed().unwrap(), before);
        // The thread of the second stage works on, from any core.
        let (send, seen) = mpsc::channel();
        job.stages.messages = [1].into();
        assert_eq!(job.run(|| (), move || send.send(allowed()), Duration::ZERO).handled, 1);
        assert_eq!(seen.recv().unwrap().unwrap(), before);
    }
}

/// Where one core is all there is, rungs that need two say so, and the others come to an end.
#[test]
fn one_core_is_enough_for_what_does_not_ask_for_two() {
    let Ok(core) = cores::first() else { return };
    let _pinned = Pinned::to(core).unwrap();
    for name in ["pinned", "optimized", "peer"] {
        let rung = RUNGS.iter().find(|rung| rung.name() == name).unwrap();
        assert!(rung.unavailable().unwrap().starts_with("two cores are needed"), "{name}");
    }
    for make in [spinning, sleeping, stream, ticks] {
        let job = make(20, 1);
        assert_eq!(naive::run(&job), same_core::run(&job));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn rungs_agree_on_any_messages(
        messages in proptest::collection::vec(any::<u64>(), 0..16),
        work in proptest::sample::select(vec![Work::PingPong, Work::Stream]),
    ) {
        harness::agree_on(RUNGS, Job::new(work, Waits::Spinning, messages));
    }
}
