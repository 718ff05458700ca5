//! That all rungs say the same, and that what they say is what happened.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::request::FORMATTED;
use crate::seen::Span;

#[test]
fn rungs_agree() {
    for make in [one_thread, two_threads, one_in_64] {
        for n in [0, 1, 2, 3, 17, 64, 300] {
            harness::agree_on(RUNGS, make(n, n as u64));
        }
    }
    harness::agree_on(RUNGS, many_rows(3, 1));
    harness::agree_on(RUNGS, long_handlers(1, 1));
}

#[test]
fn rungs_agree_at_the_edges() {
    harness::agree_at(RUNGS, edges::edges());
}

/// What a rung says of a job.
fn said_by(name: &str, job: &Job) -> Seen {
    match name {
        "naive" => {
            use naive::Telemetry;
            job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
        }
        "level" => {
            use level::Telemetry;
            job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
        }
        "sampled" => {
            use sampled::Telemetry;
            job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
        }
        "records" => {
            use records::Telemetry;
            job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
        }
        "optimized" => {
            use optimized::Telemetry;
            job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
        }
        "peer" => {
            use peer::Telemetry;
            job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
        }
        _ => {
            use crate::fastrace::Telemetry;
            job.on(Telemetry::new(job.one_in), Telemetry::serve, Telemetry::seen)
        }
    }
}

/// All rungs agree with naive; this is what it says of a single request.
#[test]
fn a_request_is_counted_and_traced_as_it_happened() {
    let mut job = one_thread(1, 1);
    let plain =
        Request { id: 0, route: 8, user: 7, key: 9, body: 300, status: 200, size: 1_025, rows: 2 };
    job.requests = vec![plain.clone()];
    let seen = said_by("naive", &job);
    let mut expected = Totals::default();
    expected.requests[8] = 1;
    expected.bytes[8] = 1_025;
    plain.kinds().for_each(|kind| expected.rows[kind] += 1);
    expected.buckets[11] = 1;
    expected.sum = 1_025;
    assert_eq!(seen.totals, expected);
    assert_eq!(seen.totals.rows.iter().sum::<u64>(), 2);
    let span = |path: &str, field: &str| Span {
        trace: 0,
        path: path.to_owned(),
        field: field.to_owned(),
        timed: true,
    };
    let expected = [
        span("request", "route=/orders"),
        span("request/load", "user=7"),
        span("request/load/fetch", "key=9"),
        span("request/parse", "bytes=300"),
        span("request/render", "status=200"),
    ];
    assert_eq!(seen.spans(), expected);
    let steps = |request: &Request, work: &Work| {
        let loaded = work.load(request, work.parse(request));
        work.render(request, work.fetch(request, loaded))
    };
    let answer = steps(&plain, &Work::new(1));
    assert_eq!(seen.answers, answer);
    assert_ne!(answer, steps(&plain, &Work::new(2)), "work is done as often as asked");
    for other in [
        Request { body: 299, ..plain.clone() },
        Request { user: 8, ..plain.clone() },
        Request { key: 8, ..plain.clone() },
        Request { status: 503, ..plain.clone() },
    ] {
        assert_ne!(answer, steps(&other, &Work::new(1)), "{other:?}");
    }
}

/// Every agreement is one of these comparisons: if all that is seen were equal, so would all rungs
/// be.
#[test]
fn what_differs_in_one_part_is_told() {
    let job = one_thread(3, 1);
    let seen = || said_by("naive", &job);
    assert_eq!(seen(), seen());
    let other = Seen { answers: 12_345, ..seen() };
    assert!(format!("{other:?}").contains("12345"), "{other:?}");
    assert_ne!(other, seen());
    assert_ne!(Seen { totals: Totals::default(), ..seen() }, seen());
    assert_ne!(Seen { log: Box::new(Vec::<record::Record>::new()), ..seen() }, seen());
}

/// All rungs ask a request for the kinds of its rows.
#[test]
fn rows_are_of_all_kinds() {
    let mut job = many_rows(2, 1);
    job.requests[0].user = u32::MAX;
    for request in &job.requests {
        assert_eq!(request.kinds().count(), 4_000);
        assert_eq!(request.kinds().collect::<BTreeSet<_>>().len(), KINDS.len());
    }
}

/// Nobody reads what is below the level: then nobody puts it together.
#[test]
fn what_is_not_written_is_not_formatted() {
    let job = one_thread(10, 1);
    for (rung, times) in [("naive", 20), ("level", 0), ("sampled", 0), ("peer", 0)] {
        FORMATTED.set(0);
        assert_eq!(said_by(rung, &job).totals.requests.iter().sum::<u64>(), 10);
        assert_eq!(FORMATTED.get(), times, "{rung}");
    }
}

/// Naive writes all traces and its reader passes over most; the others must not have written them.
#[test]
fn what_is_not_kept_is_not_written() {
    let job = one_in_64(500, 1);
    let kept: BTreeSet<u64> = (0..500).filter(|&id| Request::is_kept(id, 64)).collect();
    assert!((3..20).contains(&kept.len()), "{}", kept.len());
    for rung in ["sampled", "records", "optimized", "peer", "fastrace"] {
        let seen = said_by(rung, &job);
        let written: Vec<u64> = seen.log.spans().iter().map(|span| span.trace).collect();
        assert_eq!(written.len(), kept.len() * 5, "{rung}");
        assert_eq!(written.into_iter().collect::<BTreeSet<_>>(), kept, "{rung}");
    }
    let all = said_by("naive", &job).log.spans().len();
    assert_eq!(all, 500 * 5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn rungs_agree_on_any_requests(
        fields in proptest::collection::vec(any::<(u8, u32, u32, u16, u32, u8)>(), 0..40),
        threads in 1_usize..4,
        one_in in 1_u64..5,
    ) {
        let requests = (0..).zip(fields).map(|(id, (route, user, key, status, size, rows))| {
            let (route, body) = (usize::from(route) % ROUTES.len(), id as usize);
            Request { id, route, user, key, body, status, size, rows: u32::from(rows) }
        });
        let requests = requests.collect();
        let (crew, work) = (Crew::new(threads), Work::new(1));
        harness::agree_on(RUNGS, Job { crew, requests, work, one_in });
    }
}

/// What loom tries in all orders with three records, in few orders with many.
#[test]
fn a_collector_beside_the_thread_that_traces_loses_nothing() {
    for room in [1, 2, 3, 7, record::ROOM] {
        let (ring, sink) = (ring::Ring::new(room), ring::Sink::default());
        let record = |n| record::Record { place: n, field: n + 1, start: n + 2, end: n + 3 };
        std::thread::scope(|scope| {
            scope.spawn(|| (0..20_000).for_each(|n| ring.push(record(n), &sink)));
            (0..500).for_each(|_| ring.collect(&sink));
        });
        ring.collect(&sink);
        let seen = sink.into_inner().expect("nobody panicked");
        assert_eq!(seen, (0..20_000).map(record).collect::<Vec<_>>(), "{room}");
    }
}
