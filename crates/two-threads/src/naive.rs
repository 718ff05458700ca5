//! A stretch of the stream for each thread, counters of its own for each, and what is known of the
//! kinds behind a lock.

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
    let share = stream.events.len().div_ceil(stream.threads).max(1);
    thread::scope(|scope| {
        for (part, counters) in stream.events.chunks(share).zip(&counters) {
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
