//! Adds up what threads know of a kind, and the longest body with it.

use std::thread;

use two_threads::{Event, Report, Stream, is_whole};

/// A report of all events.
pub fn count(stream: &Stream) -> Report {
    let share = stream.events.len().div_ceil(stream.threads).max(1);
    let mut all = Report::default();
    thread::scope(|scope| {
        let count = |part| scope.spawn(move || count_part(part));
        let threads: Vec<_> = stream.events.chunks(share).map(count).collect();
        for thread in threads {
            let part = thread.join().expect("counting does not panic");
            all.events += part.events;
            all.bytes += part.bytes;
            all.damaged += part.damaged;
            for (all, kind) in all.kinds.iter_mut().zip(part.kinds) {
                all.events += kind.events;
                all.longest += kind.longest;
            }
        }
    });
    all
}

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
