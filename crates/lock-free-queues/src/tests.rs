//! Rungs against naive, and agreement against rungs that are wrong.

use std::panic::catch_unwind;

use book::Came;
use proptest::prelude::*;

use super::*;

#[test]
fn rungs_agree() {
    for make in [numbers, ticks, two_lines] {
        harness::agree(RUNGS, make);
    }
    harness::agree_at(RUNGS, edges::edges());
}

#[test]
fn nothing_is_lost_under_contention() {
    for lines in [1, 2, 3] {
        let lines = (0..lines).map(|at| line(at, 20_001, u64::from(at)));
        let feed = Feed::<Tick>::new(Pace::Full, lines.collect());
        let seen = feed.through(
            |lines| one_for_each(lines, optimized::queue),
            optimized::Sender::send,
            |queue, book| queue.receive(|tick| book.take(tick)),
        );
        assert!(seen.book.lines.iter().all(|came| (came.messages, came.misplaced) == (20_001, 0)));
        harness::agree_on(RUNGS, Job::Ticks(feed));
    }
}

/// What one core is enough for must not wait for a second one.
#[cfg(target_os = "linux")]
#[test]
fn all_rungs_come_to_an_end_on_one_core() {
    let alone = std::thread::spawn(|| {
        // SAFETY: a set is an array of bits, for which zeros are a value; the call reads one of the
        // size that it is told. It is about this thread and those that it starts, all of which end.
        let refused = unsafe {
            let mut only: libc::cpu_set_t = std::mem::zeroed();
            libc::CPU_SET(usize::try_from(libc::sched_getcpu()).unwrap(), &mut only);
            libc::sched_setaffinity(0, size_of_val(&only), &raw const only)
        };
        assert_eq!(refused, 0, "a thread may stay where it is");
        for make in [numbers, two_lines] {
            harness::agree_on(RUNGS, make(5_000, 1));
        }
        harness::agree_on(RUNGS, answered(100, 1));
    });
    alone.join().unwrap();
}

/// Rungs that do to each hundredth message what a queue must not.
#[test]
fn what_is_lost_doubled_swapped_or_invented_is_found() {
    type Wrong = fn(&Job) -> Seen;
    fn through(job: &Job, spoil: impl Fn(u64, &mut Book) + Sync) -> Seen {
        let Job::Numbers(feed) = job else { unreachable!("numbers are what it is made for") };
        feed.through(
            |lines| one_for_all(lines, naive::queue),
            naive::Sender::send,
            |queue, book: &mut Book| {
                queue.receive(|message: u64| match message.place() % 100 {
                    50 => spoil(message, book),
                    _ => book.take(message),
                })
            },
        )
    }
    let wrong: [(&str, Wrong); 4] = [
        ("loses", |job| through(job, |_, _| ())),
        ("doubles", |job| {
            through(job, |message, book| {
                book.take(message);
                book.take(message);
            })
        }),
        ("swaps bits", |job| through(job, |message, book| book.take(message ^ 3))),
        ("invents", |job| through(job, |message, book| book.take(message | 1 << 63))),
    ];
    for (how, run) in wrong {
        let right = RUNGS[0];
        let agrees =
            harness::check(&[right, Rung::new("wrong", run)], &mut numbers(300, 1), harness::exact);
        assert!(agrees.is_err(), "a rung that {how} messages passes");
    }
}

#[test]
fn a_book_knows_what_is_not_in_its_place() {
    let messages: Vec<u64> = line(1, 4, 7);
    let took = |order: &[usize]| {
        let mut book = Book::new(2);
        order.iter().for_each(|&at| book.take(messages[at]));
        book
    };
    let right = took(&[0, 1, 2, 3]);
    assert_eq!(right.lines[0], Came::default());
    assert_eq!((right.lines[1].messages, right.lines[1].misplaced, right.strangers), (4, 0, 0));
    for wrong in [&[0, 1, 3][..], &[0, 1, 1, 2, 3], &[0, 2, 1, 3]] {
        assert!(took(wrong).lines[1].misplaced > 0, "{wrong:?}");
        assert_ne!(took(wrong).lines[1].sum, right.lines[1].sum, "{wrong:?}");
    }
    let mut book = Book::new(1);
    book.take(messages[0]);
    assert_eq!((book.strangers, book.lines[0].messages), (1, 0));
}

#[test]
fn a_message_knows_its_line_and_place() {
    fn check<M: Message>() {
        for (line, place) in [(0, 0), (1, 5), (255, (1 << 24) - 1)] {
            let message = M::new(line, place, u32::MAX);
            assert_eq!((message.line(), message.place()), (usize::from(line), u64::from(place)));
            assert_ne!(message.sum(), M::new(line, place, 7).sum());
        }
    }
    check::<u64>();
    check::<Tick>();
    assert_eq!((size_of::<Tick>(), align_of::<Tick>()), (64, 64));
    assert!(catch_unwind(|| <u64 as Message>::new(0, 1 << 24, 0)).is_err());
}

#[test]
fn messages_come_at_their_pace() {
    let sent = |pace, count| {
        let sizes = std::sync::Mutex::new(Vec::new());
        let feed = Feed::<u64>::new(pace, vec![line(0, count, 1)]);
        let seen = feed.through(
            |lines| one_for_each(lines, ring::queue),
            |queue, messages| {
                sizes.lock().unwrap().push(messages.len());
                queue.send(messages)
            },
            |queue, book| queue.receive(|message| book.take(message)),
        );
        assert_eq!(seen.book.lines[0].messages, count as u64);
        (sizes.into_inner().unwrap(), seen.answers)
    };
    let (sizes, answers) = sent(Pace::Full, 150);
    assert_eq!((sizes, answers), (vec![64, 64, 22], vec![Book::new(0)]));
    let (sizes, answers) = sent(Pace::Answered, 5);
    assert_eq!((sizes, answers[0].lines[0].messages), (vec![1; 10], 5));
    assert_eq!((answers[0].lines[0].misplaced, answers[0].strangers), (0, 0));
    let start = std::time::Instant::now();
    assert_eq!(sent(Pace::Quiet, 5).0, [1; 5]);
    assert!(start.elapsed() >= 5 * feed::PAUSE);
}

/// Their receivers sleep. One that came back with nothing instead would be called again and again.
#[test]
fn who_waits_for_a_message_gets_one_while_there_are_senders() {
    macro_rules! waits {
        ($rung:ident) => {
            let (mut sender, mut receiver) = $rung::queue(4);
            let last = sender.clone();
            std::thread::scope(|scope| {
                scope.spawn(move || {
                    std::thread::sleep(feed::PAUSE);
                    sender.send(&[1, 2, 3]);
                    drop((sender, last));
                });
                let mut came = Vec::new();
                while receiver.receive(|message| came.push(message)) > 0 {}
                assert_eq!(came, [1, 2, 3], stringify!($rung));
            });
        };
    }
    waits!(naive);
    waits!(mpsc);
    waits!(flume);
    waits!(thingbuf);
}

#[test]
fn only_what_is_answered_has_a_limit_and_it_needs_two_cores() {
    assert_eq!(ways(&answered(7, 1)), 14);
    assert_eq!((ways(&numbers(7, 1)), ways(&two_lines(7, 1)), ways(&quiet(7, 1))), (0, 0, 0));
    assert!(enough(2).is_ok());
    assert!(enough(1).unwrap_err().contains("one core only"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rungs_agree_on_any_lines(
        lengths in proptest::collection::vec(0_usize..3_000, 1..4),
        seed: u64,
    ) {
        let lines = lengths.iter().enumerate().map(|(at, &length)| line(at as u8, length, seed));
        harness::agree_on(RUNGS, Job::Ticks(Feed::new(Pace::Full, lines.collect())));
    }
}
