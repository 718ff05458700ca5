//! Each thread has a report of its own, to which nobody else writes, and they meet once, at the
//! end.

use std::thread;

use crate::stream::{Event, Report, Stream, is_whole};

/// A report of all events.
pub fn count(stream: &Stream) -> Report {
    let share = stream.events.len().div_ceil(stream.threads).max(1);
    let mut all = Report::default();
    thread::scope(|scope| {
        let count = |part| scope.spawn(move || count_part(part));
        let threads: Vec<_> = stream.events.chunks(share).map(count).collect();
        for thread in threads {
            merge(&mut all, &thread.join().expect("counting does not panic"));
        }
    });
    all
}

/// A report of what a thread was given.
fn count_part(part: &[Event]) -> Report {
    let mut report = Report::default();
    for event in part {
        report.events += 1;
        report.bytes += event.body.len() as u64;
        if is_whole(event) {
            report.kinds[usize::from(event.kind)].add(event);
        } else {
            report.damaged += 1;
        }
    }
    report
}

/// Takes in what another thread has counted.
fn merge(all: &mut Report, part: &Report) {
    all.events += part.events;
    all.bytes += part.bytes;
    all.damaged += part.damaged;
    all.kinds.iter_mut().zip(&part.kinds).for_each(|(all, part)| all.merge(part));
}
