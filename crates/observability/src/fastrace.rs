//! `fastrace` for the spans, with the peer's counters: a span is kept with its thread, and a trace
//! that has ended goes to a thread of the crate's.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, Once, PoisonError};

use fastrace::collector::{Config, Reporter, SpanContext, SpanId, SpanRecord, TraceId};
use fastrace::prelude::{LocalSpan, Span};

use crate::meters::Meters;
use crate::request::{Request, Work};
use crate::seen::{self, Log, Totals};

/// All spans that have ended. There is one reporter in a process.
static ENDED: Mutex<Vec<SpanRecord>> = Mutex::new(Vec::new());

/// How many services there were in this process; the upper half of their traces' numbers.
static SERVICES: AtomicU64 = AtomicU64::new(0);

struct Ended;

impl Reporter for Ended {
    fn report(&mut self, spans: Vec<SpanRecord>) {
        ENDED.lock().unwrap_or_else(PoisonError::into_inner).extend(spans);
    }
}

/// Where everything goes that is said of requests.
pub struct Telemetry {
    service: u64,
    one_in: u64,
    meters: Meters,
}

impl Telemetry {
    /// Nothing said yet.
    pub fn new(one_in: u64) -> Self {
        static REPORTS: Once = Once::new();
        REPORTS.call_once(|| fastrace::set_reporter(Ended, Config::default()));
        Self { service: SERVICES.fetch_add(1, Relaxed), one_in, meters: Meters::new() }
    }

    /// Answers requests on one thread.
    pub fn serve(&self, requests: &[Request], work: &Work) -> u64 {
        let answers = requests.iter().map(|request| self.handle(request, work));
        answers.fold(0, u64::wrapping_add)
    }

    fn handle(&self, request: &Request, work: &Work) -> u64 {
        let trace = TraceId(u128::from(self.service) << 64 | u128::from(request.id));
        let context =
            SpanContext::new(trace, SpanId(0)).sampled(Request::is_kept(request.id, self.one_in));
        let root = Span::root("request", context).with_property(|| ("route", request.path()));
        let _request = root.set_local_parent();
        let parsed = {
            let _parse = LocalSpan::enter_with_local_parent("parse")
                .with_property(|| ("bytes", request.body.to_string()));
            work.parse(request)
        };
        let fetched = {
            let _load = LocalSpan::enter_with_local_parent("load")
                .with_property(|| ("user", request.user.to_string()));
            let loaded = work.load(request, parsed);
            let _fetch = LocalSpan::enter_with_local_parent("fetch")
                .with_property(|| ("key", request.key.to_string()));
            work.fetch(request, loaded)
        };
        let answer = {
            let _render = LocalSpan::enter_with_local_parent("render")
                .with_property(|| ("status", request.status.to_string()));
            work.render(request, fetched)
        };
        self.meters.count(request);
        answer
    }

    /// What was counted, and what was traced.
    pub fn seen(self) -> (Totals, Box<dyn Log>) {
        fastrace::flush();
        let mut ended = ENDED.lock().unwrap_or_else(PoisonError::into_inner);
        let ours = |span: &SpanRecord| (span.trace_id.0 >> 64) as u64 == self.service;
        let records: Vec<SpanRecord> = ended.extract_if(.., |span| ours(span)).collect();
        (self.meters.totals(), Box::new(records))
    }
}

impl Log for Vec<SpanRecord> {
    fn spans(&self) -> Vec<seen::Span> {
        let by_id: HashMap<SpanId, &SpanRecord> =
            self.iter().map(|record| (record.span_id, record)).collect();
        self.iter().map(|record| span(record, &by_id)).collect()
    }
}

fn span(record: &SpanRecord, by_id: &HashMap<SpanId, &SpanRecord>) -> seen::Span {
    let mut path = vec![record.name.as_ref()];
    let mut timed = record.begin_time_unix_ns > 0;
    let mut inner = record;
    while inner.parent_id != SpanId(0) {
        let around = by_id.get(&inner.parent_id).filter(|outer| outer.trace_id == inner.trace_id);
        let Some(outer) = around else {
            path.push("?");
            break;
        };
        timed &= inner.duration_ns <= outer.duration_ns;
        path.push(&outer.name);
        inner = outer;
    }
    path.reverse();
    let field = |(key, value): &(_, _)| format!("{key}={value}");
    let fields: Vec<String> = record.properties.iter().map(field).collect();
    let trace = record.trace_id.0 as u64;
    seen::Span { trace, path: path.join("/"), field: fields.join(" "), timed }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rung that loses a span, puts it where it is not, or reads no clock must not seem to agree.
    #[test]
    fn records_that_make_no_tree_are_told() {
        let outer = SpanRecord {
            trace_id: TraceId(1),
            span_id: SpanId(2),
            begin_time_unix_ns: 5,
            duration_ns: 10,
            name: "request".into(),
            ..SpanRecord::default()
        };
        let (parent_id, span_id) = (outer.span_id, SpanId(3));
        let inner = SpanRecord { parent_id, span_id, name: "load".into(), ..outer.clone() };
        let read = |inner: SpanRecord| {
            let spans = vec![inner, outer.clone()].spans();
            (spans[0].path.clone(), spans[0].timed)
        };
        assert_eq!(read(inner.clone()), ("request/load".to_owned(), true));
        assert!(
            !read(SpanRecord { duration_ns: 11, ..inner.clone() }).1,
            "longer than what is around it"
        );
        assert!(
            !read(SpanRecord { begin_time_unix_ns: 0, ..inner.clone() }).1,
            "no clock was read"
        );
        for lost in [
            SpanRecord { parent_id: SpanId(4), ..inner.clone() },
            SpanRecord { trace_id: TraceId(2), ..inner },
        ] {
            assert_eq!(read(lost).0, "?/load");
        }
    }
}
