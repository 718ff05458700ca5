//! Rungs one by one over a backend whose clock stands still: how many calls are in flight, when the
//! next one begins, and what is left behind.

use std::pin::Pin;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::task::yield_now;
use tokio::time::{Instant, timeout};

use crate::backend::Value;
use crate::coalesced::BATCH;
use crate::mock::{Fate, Mock, paused};
use crate::{buffer_unordered, chunks, coalesced, join_all, join_set, naive, peer, yielding};

type Call = fn(Mock, Vec<u64>, usize) -> Pin<Box<dyn Future<Output = Vec<Value>> + Send>>;

/// Every rung but the last of ours, which is `chunks` on each core.
fn calls() -> Vec<(&'static str, Call)> {
    [unbounded().to_vec(), one_each().to_vec(), vec![("chunks", chunks())]].concat()
}

fn unbounded() -> [(&'static str, Call); 2] {
    [
        ("naive", |mock, keys, _| Box::pin(async move { naive::aggregate(&mock, &keys).await })),
        ("join_all", |mock, keys, _| {
            Box::pin(async move { join_all::aggregate(&mock, &keys).await })
        }),
    ]
}

/// Those with a limit in which a call is one key.
fn one_each() -> [(&'static str, Call); 5] {
    macro_rules! rung {
        ($rung:ident) => {
            (stringify!($rung), |mock, keys, limit| {
                Box::pin(async move { $rung::aggregate(&mock, &keys, limit).await })
            })
        };
    }
    [rung!(buffer_unordered), rung!(join_set), rung!(coalesced), rung!(yielding), rung!(peer)]
}

fn chunks() -> Call {
    |mock, keys, limit| Box::pin(async move { chunks::aggregate(&mock, &keys, limit).await })
}

fn milliseconds(since: Instant) -> u64 {
    since.elapsed().as_millis() as u64
}

#[test]
fn as_many_calls_are_in_flight_as_the_limit_allows() {
    for limit in [1, 2, 63, 64, 65, 200, 1_000] {
        for (name, call) in one_each() {
            let mock = Mock::new(|key| Fate::Answers(1 + key % 3));
            paused().block_on(call(mock.clone(), (0..300).collect(), limit));
            assert_eq!(mock.most(), limit.min(300), "{name}, limit {limit}");
        }
        let mock = Mock::new(|_| Fate::Answers(1));
        paused().block_on(chunks()(mock.clone(), (0..300).collect(), limit));
        let batch = BATCH.min(limit);
        assert_eq!(mock.most(), (limit / batch * batch).min(300), "chunks, limit {limit}");
    }
    for (name, call) in unbounded() {
        let mock = Mock::new(|_| Fate::Answers(1));
        paused().block_on(call(mock.clone(), (0..300).collect(), 1));
        assert_eq!(mock.most(), 300, "{name}");
    }
}

/// Waves that wait for their slowest call would take longer. Those who gather do: a request is
/// answered when the slowest of its keys is.
#[test]
fn the_next_call_begins_when_any_has_ended() {
    let gather = ["coalesced", "yielding"];
    for (name, call) in one_each().into_iter().filter(|(name, _)| !gather.contains(name)) {
        let mock = Mock::new(|key| Fate::Answers(if key == 0 { 10 } else { 1 }));
        paused().block_on(async {
            let start = Instant::now();
            call(mock, (0..11).collect(), 2).await;
            assert_eq!(milliseconds(start), 10, "{name}");
        });
    }
}

#[test]
fn time_is_calls_by_latency_over_limit() {
    for (name, call) in one_each() {
        paused().block_on(async {
            let start = Instant::now();
            call(Mock::new(|_| Fate::Answers(3)), (0..100).collect(), 10).await;
            assert_eq!(milliseconds(start), 100 * 3 / 10, "{name}");
        });
    }
}

#[test]
fn a_call_that_fails_is_missing_in_its_place_and_nowhere_else() {
    for (name, call) in calls() {
        let mock =
            Mock::new(|key| if key % 5 == 2 { Fate::Fails } else { Fate::Answers(9 - key % 9) });
        let values = paused().block_on(call(mock.clone(), (0..200).collect(), 70));
        let expected: Vec<Value> = (0..200).map(|key| mock.value(key)).collect();
        assert_eq!(values, expected, "{name}");
        let mut asked = mock.requests().concat();
        asked.sort_unstable();
        assert_eq!(asked, (0..200).collect::<Vec<_>>(), "{name}: each key once");
    }
}

/// One that hangs keeps all others in flight from nothing but their place in the result. When
/// everybody gives up, only tasks that nobody owns go on: naive's, and requests that were gathered.
#[test]
fn a_backend_that_hangs_is_given_up() {
    for (name, call) in calls() {
        let mock = Mock::new(|key| if key == 5 { Fate::Hangs } else { Fate::Answers(1) });
        paused().block_on(async {
            let aggregate = call(mock.clone(), (0..130).collect(), 64);
            assert!(timeout(Duration::from_secs(1), aggregate).await.is_err(), "{name}");
            yield_now().await;
            let left = match name {
                "naive" => 1..=1,
                "coalesced" | "yielding" => 1..=BATCH,
                _ => 0..=0,
            };
            assert!(left.contains(&mock.in_flight()), "{name}: {}", mock.in_flight());
        });
    }
}

#[test]
fn requests_hold_a_batch_at_most() {
    for (name, call) in [one_each()[2], one_each()[3], ("chunks", chunks())] {
        let mock = Mock::new(|_| Fate::Answers(1));
        paused().block_on(call(mock.clone(), (0..1_000).collect(), 256));
        let sizes: Vec<usize> = mock.requests().iter().map(Vec::len).collect();
        assert_eq!(sizes.iter().max(), Some(&BATCH), "{name}");
        assert!(sizes.len() <= 20, "{name}: {sizes:?}");
    }
}

/// Why there is a rung that yields. On a runtime of several threads, what a task wakes runs next on
/// its core, before others that are ready: the task that gathers finds the key that woke it.
#[test]
fn a_scheduler_that_runs_what_was_just_woken_leaves_nothing_to_gather() {
    let requests = |call: Call| {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
        let mock = Mock::new(|_| Fate::Answers(1));
        let all = runtime.spawn(call(mock.clone(), (0..512).collect(), 256));
        runtime.block_on(all).unwrap();
        mock.requests().len()
    };
    let [.., coalesced, yielding, _] = one_each().map(|(_, call)| requests(call));
    assert!(coalesced > 4 * yielding, "{coalesced} and {yielding}");
}
