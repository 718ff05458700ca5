//! Rungs against naive over a real connection, and that connection by itself.

use std::pin::pin;

use futures_util::future::poll_immediate;
use proptest::prelude::*;
use tokio::runtime::Builder;
use tokio::task::yield_now;

use super::*;
use crate::backend::Backend;

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
        assert_eq!(value.map_or(0, std::num::NonZero::get), value::known(key));
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
    if rings::available().is_ok() {
        let alone = Job { keys: vec![1; 6], limit: 1, ..in_flight(1, 1) };
        for more in [2, 0] {
            let report =
                alone.each_ring(|line, keys, limit| compio::aggregate(line, keys, limit + more));
            assert_eq!(report.beyond, more);
        }
    }
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
