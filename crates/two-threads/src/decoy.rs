//! The plain way with stretches that are equal in bytes, and nothing else: no thread is done before
//! the other, which is what a time line seems to ask for.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::stream::{Event, KINDS, Kind, Report, Stream, is_whole};

/// What a thread counts.
#[derive(Default)]
struct Counters {
    events: AtomicU64,
    bytes: AtomicU64,
    damaged: AtomicU64,
}

/// A report of all events.
pub fn count(stream: &Stream) -> Report {
    let counters: Vec<Counters> = (0..stream.threads).map(|_| Counters::default()).collect();
    let kinds = Mutex::new([Kind::default(); KINDS]);
    let parts = even(&stream.events, stream.threads);
    thread::scope(|scope| {
        for (part, counters) in parts.into_iter().zip(&counters) {
            let kinds = &kinds;
            scope.spawn(move || count_part(part, counters, kinds));
        }
    });
    let sum =
        |of: fn(&Counters) -> &AtomicU64| counters.iter().map(|one| of(one).load(Relaxed)).sum();
    Report {
        events: sum(|one| &one.events),
        bytes: sum(|one| &one.bytes),
        damaged: sum(|one| &one.damaged),
        kinds: kinds.into_inner().unwrap_or_else(PoisonError::into_inner),
    }
}

/// Cuts a stream where a thread's share of all bytes is full.
fn even(mut events: &[Event], threads: usize) -> Vec<&[Event]> {
    let cost = |event: &Event| event.body.len() + 1;
    let share = events.iter().map(cost).sum::<usize>() / threads;
    let mut parts = Vec::new();
    for _ in 1..threads {
        let mut sum = 0;
        let end = events.iter().position(|event| {
            sum += cost(event);
            sum > share
        });
        let (part, rest) = events.split_at(end.unwrap_or(events.len()));
        parts.push(part);
        events = rest;
    }
    parts.push(events);
    parts
}

/// Counts what a thread was given.
fn count_part(part: &[Event], counters: &Counters, kinds: &Mutex<[Kind; KINDS]>) {
    for event in part {
        counters.events.fetch_add(1, Relaxed);
        counters.bytes.fetch_add(event.body.len() as u64, Relaxed);
        if is_whole(event) {
            let mut kinds = kinds.lock().unwrap_or_else(PoisonError::into_inner);
            kinds[usize::from(event.kind)].add(event);
        } else {
            counters.damaged.fetch_add(1, Relaxed);
        }
    }
}
