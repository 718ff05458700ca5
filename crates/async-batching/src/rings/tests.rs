//! What a thread keeps open, and a connection that a ring drives, by itself.

use std::net::TcpListener;
use std::pin::pin;
use std::rc::Rc;
use std::thread;

use ::compio::runtime::Runtime;
use futures_util::future::poll_immediate;

use super::*;
use crate::backend::Backend;
use crate::{chunks, value};

/// Ports of the connections that the cores have.
fn ports(rings: &Rings) -> Vec<u16> {
    rings.each_core(|_, _, line| line.stream.local_addr().unwrap().port())
}

#[test]
fn a_system_without_rings_says_so() {
    let refused = io::Error::from(io::ErrorKind::PermissionDenied);
    let words = needed::<()>(Err(refused)).unwrap_err();
    assert_eq!(
        words,
        "this system, or a container's rules, refuses io_uring_setup: permission denied"
    );
    assert_eq!(needed(Ok(())), Ok(()));
}

#[test]
fn a_line_is_kept_for_its_backend_and_for_no_other() {
    if available().is_err() {
        return;
    }
    let [one, other] = [Duration::ZERO, Duration::from_millis(1)].map(|it| Rings::new(it, 0));
    let first = ports(&one);
    assert_eq!(first.len(), thread::available_parallelism().map_or(1, usize::from));
    assert_eq!(ports(&one), first);
    let others = ports(&other);
    assert!(first.iter().all(|port| !others.contains(port)), "{first:?} {others:?}");
    assert_eq!(ports(&other), others);
}

/// Nor at the end of a child's thread.
#[test]
fn what_a_parent_has_open_is_left_to_it() {
    let this = process::id();
    for (opener, left) in [(this, 1), (this ^ 1, 2)] {
        let line = Rc::new(());
        let kept = Kept(RefCell::new(None));
        kept.put(opener, Rc::clone(&line));
        drop(kept);
        assert_eq!(Rc::strong_count(&line), left);
        let kept = Kept(RefCell::new(None));
        kept.put(opener, line);
        assert_eq!(kept.take(this).is_some(), opener == this);
    }
}

/// Answers to a job that was dropped reach nobody, and the next is whole.
#[test]
fn a_line_outlives_a_job_that_was_dropped() {
    if available().is_err() {
        return;
    }
    let rings = Rings::new(Duration::from_millis(1), 0);
    let keys: Vec<u64> = (0..500).collect();
    let line = Line::open(&rings).unwrap();
    for _ in 0..3 {
        line.block_on(async |client| {
            let mut dropped = pin!(chunks::aggregate(client, &keys, 200));
            assert!(poll_immediate(dropped.as_mut()).await.is_none());
            assert_eq!(client.get(7).await, value::read(value::known(7), 0));
        });
        let values = line.block_on(async |client| chunks::aggregate(client, &keys, 128).await);
        let expected = keys.iter().map(|&key| value::read(value::known(key), 0));
        assert_eq!(values, expected.collect::<Vec<_>>());
    }
    drop(line);
    assert_eq!(Arc::strong_count(&rings.in_flight), 1, "its server has ended");
}

#[test]
fn a_connection_that_is_closed_answers_nothing() {
    if available().is_err() {
        return;
    }
    let runtime = Runtime::new().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let client = Client::new(&runtime, stream, 0).unwrap();
    runtime.block_on(async {
        let mut waits = pin!(client.get(1));
        assert!(poll_immediate(waits.as_mut()).await.is_none());
        drop(listener.accept().unwrap());
        assert_eq!(waits.await, None);
        assert_eq!(client.get(1).await, None);
        assert_eq!(client.get_many(vec![1, 2]).await, [None, None]);
    });
}
