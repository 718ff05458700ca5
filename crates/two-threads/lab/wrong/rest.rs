//! Gives each thread an equal stretch, rounded down: what is left over is nobody's.

use std::thread;

use two_threads::{Event, Report, Stream, is_whole};

/// A report of all events.
pub fn count(stream: &Stream) -> Report {
    let share = stream.events.len() / stream.threads;
    let mut all = Report::default();
    thread::scope(|scope| {
        let events = &stream.events;
        let threads: Vec<_> = (0..stream.threads)
            .map(|at| scope.spawn(move || count_part(&events[at * share..][..share])))
            .collect();
        for thread in threads {
            merge(&mut all, &thread.join().expect("counting does not panic"));
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

fn merge(all: &mut Report, part: &Report) {
    all.events += part.events;
    all.bytes += part.bytes;
    all.damaged += part.damaged;
    all.kinds.iter_mut().zip(&part.kinds).for_each(|(all, part)| all.merge(part));
}
