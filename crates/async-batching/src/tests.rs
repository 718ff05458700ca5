//! Rungs against naive over a real connection, and one by one over a backend whose clock stands
//! still: how many calls are in flight, when the next one begins, and what is left behind.

use std::pin::{Pin, pin};

use futures_util::future::poll_immediate;
use proptest::prelude::*;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;
use tokio::task::yield_now;
use tokio::time::{Instant, timeout};

use super::*;
use crate::backend::{Backend, Value};
use crate::coalesced::{BATCH, Coalesced};
use crate::mock::{Fate, Mock};

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

/// One thread, and a clock that moves only when everybody waits for it.
fn paused() -> Runtime {
    Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

fn milliseconds(since: Instant) -> u64 {
    since.elapsed().as_millis() as u64
}

#[test]
fn rungs_agree() {
    harness::agree_at(RUNGS, edges::edges());
    for make in [far, near] {
        for n in [2, 64, 1_025, 5_000] {
            harness::agree_on(RUNGS, make(n, n as u64));
        }
    }
    harness::agree_on(RUNGS, heavy(100, 1));
    for limit in [1, 63, 64, 300] {
        harness::agree_on(RUNGS, Job { keys: near(200, 1).keys, ..in_flight(limit, 1) });
    }
}

/// All rungs ask the same backend: one that says nonsense would be wrong in all of them alike.
#[test]
fn values_are_those_of_the_keys_in_their_order() {
    let job = near(3_000, 7);
    let report =
        job.bounded(async |client, limit| chunks::aggregate(client, &job.keys, limit).await);
    for (&key, value) in job.keys.iter().zip(&report.values) {
        assert_eq!(value.is_none(), key % 97 == 3, "{key}");
        assert_eq!(value.map_or(0, std::num::NonZero::get), server::value(key));
    }
    assert_eq!((report.values.len(), report.beyond), (3_000, 0));
    assert!(report.values.contains(&None), "some keys are unknown");
}

#[test]
fn a_limit_that_is_not_kept_is_told() {
    let job = in_flight(64, 1);
    let report = job.bounded(async |client, limit| {
        buffer_unordered::aggregate(client, &job.keys, limit + 1).await
    });
    assert_eq!(report.beyond, 1);
    let report = job
        .bounded(async |client, limit| buffer_unordered::aggregate(client, &job.keys, limit).await);
    assert_eq!(report.beyond, 0);
}

#[test]
fn a_backend_that_is_a_millisecond_away_takes_one() {
    let job = far(1, 1);
    for _ in 0..20 {
        let start = std::time::Instant::now();
        job.bounded(async |client, limit| chunks::aggregate(client, &job.keys, limit).await);
        assert!(start.elapsed() >= FAR);
    }
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

/// Who has been told that a key is asked for may go: the key is asked for all the same, once.
#[test]
fn a_key_that_was_accepted_is_asked_for() {
    async fn accepted<F: Future<Output = ()> + Send + 'static>(
        gather: impl FnOnce(Mock, mpsc::UnboundedReceiver<coalesced::Call>) -> F,
    ) {
        let mock = Mock::new(|_| Fate::Answers(1));
        let (calls, queue) = mpsc::unbounded_channel();
        let gather = tokio::spawn(gather(mock.clone(), queue));
        let backend = Coalesced { calls, backend: mock.clone() };
        for key in 0..300 {
            if key == 100 {
                yield_now().await; // some are on their way when the rest comes
            }
            assert_eq!(poll_immediate(pin!(backend.get(key))).await, None);
        }
        drop(backend);
        gather.await.unwrap();
        yield_now().await;
        assert_eq!(mock.requests().concat(), (0..300).collect::<Vec<_>>());
    }
    paused().block_on(accepted(coalesced::gather));
    paused().block_on(accepted(yielding::gather));
}

#[test]
fn who_gives_up_takes_nobody_with_him() {
    paused().block_on(async {
        let mock = Mock::new(|_| Fate::Answers(1));
        let (calls, queue) = mpsc::unbounded_channel();
        tokio::spawn(yielding::gather(mock.clone(), queue));
        let backend = Coalesced { calls, backend: mock.clone() };
        let call = |key| {
            let backend = backend.clone();
            tokio::spawn(async move { backend.get(key).await })
        };
        let calls: Vec<_> = (0..100).map(call).collect();
        yield_now().await;
        yield_now().await;
        calls.iter().skip(1).step_by(2).for_each(tokio::task::JoinHandle::abort);
        for (key, call) in calls.into_iter().enumerate().step_by(2) {
            assert_eq!(call.await.unwrap(), mock.value(key as u64));
        }
    });
}

/// Over a real connection: answers to a job that was dropped reach nobody, and the next is whole.
#[test]
fn a_connection_outlives_a_job_that_was_dropped() {
    let job = far(500, 3);
    let expected = job.unbounded(async |client| naive::aggregate(client, &job.keys).await);
    for _ in 0..3 {
        job.unbounded(async |client| {
            let mut dropped = pin!(buffer_unordered::aggregate(client, &job.keys, 200));
            assert!(poll_immediate(dropped.as_mut()).await.is_none());
            yield_now().await;
            Vec::new()
        });
        let again = job.unbounded(async |client| chunks::aggregate(client, &job.keys, 128).await);
        assert_eq!(again, expected);
    }
}

#[test]
fn a_connection_that_is_closed_answers_nothing() {
    let runtime = Builder::new_current_thread().enable_io().build().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let stream = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    runtime.block_on(async {
        let client = client::Client::new(stream, 0).unwrap();
        let mut waits = pin!(client.get(1));
        assert!(poll_immediate(waits.as_mut()).await.is_none());
        drop(listener.accept().unwrap());
        assert_eq!(waits.await, None);
        assert_eq!(client.get(1).await, None);
        assert_eq!(client.get_many(vec![1, 2]).await, [None, None]);
    });
}

#[test]
fn a_system_without_loopback_says_so() {
    let refused = std::io::Error::from(std::io::ErrorKind::NetworkUnreachable);
    let words = server::needed::<()>(Err(refused)).unwrap_err();
    assert_eq!(words, "no connection over loopback: network unreachable");
    assert_eq!(loopback(), Ok(()));
}

/// A stream may be cut anywhere.
#[test]
fn frames_come_in_pieces() {
    let mut bytes = Vec::new();
    let words: Vec<u64> = (0..20_000).collect();
    frame::put(&mut bytes, 7, [].into_iter());
    frame::put(&mut bytes, 8, words.iter().copied());
    frame::put(&mut bytes, u64::MAX, [1, u64::MAX].into_iter());
    for piece in [1, 7, 8, 15, 16, 4_096, bytes.len()] {
        let (mut incoming, mut frames) = (frame::Incoming::new(), Vec::new());
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            let piece = &rest[..piece.min(rest.len())];
            rest = &rest[incoming.read(piece).unwrap()..];
            while let Some((id, words)) = incoming.next() {
                frames.push((id, words.collect::<Vec<_>>()));
            }
        }
        assert_eq!(frames, [(7, vec![]), (8, words.clone()), (u64::MAX, vec![1, u64::MAX])]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn rungs_agree_on_any_keys(
        keys in proptest::collection::vec(any::<u64>(), 0..300),
        limit in 1_usize..200,
    ) {
        harness::agree_on(RUNGS, Job { keys, limit, ..near(0, 0) });
    }
}
