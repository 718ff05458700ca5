//! Takes the lock for a batch of events, and hands over only batches that are full.

use std::sync::{Mutex, PoisonError};
use std::thread;

use two_threads::{Event, Report, Stream, is_whole};

const BATCH: usize = 64;

/// A report of all events.
pub fn count(stream: &Stream) -> Report {
    let share = stream.events.len().div_ceil(stream.threads).max(1);
    let all = Mutex::new(Report::default());
    thread::scope(|scope| {
        for part in stream.events.chunks(share) {
            let all = &all;
            scope.spawn(move || part.chunks_exact(BATCH).for_each(|batch| add(all, batch)));
        }
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn add(all: &Mutex<Report>, batch: &[Event]) {
    let whole: Vec<bool> = batch.iter().map(is_whole).collect();
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    for (event, is_whole) in batch.iter().zip(whole) {
        all.events += 1;
        all.bytes += event.body.len() as u64;
        if is_whole {
            all.kinds[usize::from(event.kind)].add(event);
        } else {
            all.damaged += 1;
        }
    }
}
