//! `metrics` for the counters, with the peer's spans: its macros find a counter by name and label
//! each time, in a table of many shards.

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Label, Metadata, Recorder, SharedString};
use metrics::{Unit, counter, histogram, set_default_local_recorder};
use metrics_util::registry::{AtomicStorage, Registry};
use tracing::{Dispatch, debug, dispatcher, info_span};

use crate::layer::Records;
use crate::request::{KINDS, ROUTES, Request, Work, bucket};
use crate::seen::{Log, Totals};

/// Where everything goes that is said of requests.
pub struct Telemetry {
    records: Records,
    dispatch: Dispatch,
    one_in: u64,
    recorder: Counts,
}

/// Where the macros find counters.
struct Counts(Registry<Key, AtomicStorage>);

impl Recorder for Counts {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        self.0.get_or_create_counter(key, |counter| counter.clone().into())
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        self.0.get_or_create_gauge(key, |gauge| gauge.clone().into())
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        self.0.get_or_create_histogram(key, |histogram| histogram.clone().into())
    }
}

impl Telemetry {
    /// Nothing said yet.
    pub fn new(one_in: u64) -> Self {
        let records = Records::new();
        let dispatch = records.dispatch();
        Self { records, dispatch, one_in, recorder: Counts(Registry::atomic()) }
    }

    /// Answers requests on one thread.
    pub fn serve(&self, requests: &[Request], work: &Work) -> u64 {
        let _here = dispatcher::set_default(&self.dispatch);
        let _counts = set_default_local_recorder(&self.recorder);
        let answers = requests.iter().map(|request| {
            Records::keep(Request::is_kept(request.id, self.one_in));
            self.handle(request, work)
        });
        answers.fold(0, u64::wrapping_add)
    }

    fn handle(&self, request: &Request, work: &Work) -> u64 {
        let _request = info_span!("request", id = request.id, route = request.route).entered();
        debug!(?request, "received");
        let parsed = info_span!("parse", bytes = request.body).in_scope(|| work.parse(request));
        let fetched = {
            let _load = info_span!("load", user = request.user).entered();
            let loaded = work.load(request, parsed);
            info_span!("fetch", key = request.key).in_scope(|| work.fetch(request, loaded))
        };
        let answer = info_span!("render", status = request.status)
            .in_scope(|| work.render(request, fetched));
        count(request);
        debug!(?request, answer, "answered");
        answer
    }

    /// What was counted, and what was traced.
    pub fn seen(self) -> (Totals, Box<dyn Log>) {
        let mut totals = Totals::default();
        self.recorder.0.visit_counters(|key, counter| {
            let counter = counter.load(std::sync::atomic::Ordering::Relaxed);
            let label = key.labels().next().map_or("", Label::value);
            let of = |names: &[&str]| names.iter().position(|&name| name == label);
            match (key.name(), of(&ROUTES), of(&KINDS)) {
                ("requests", Some(route), _) => totals.requests[route] = counter,
                ("bytes", Some(route), _) => totals.bytes[route] = counter,
                ("rows", _, Some(kind)) => totals.rows[kind] = counter,
                _ => {}
            }
        });
        self.recorder.0.visit_histograms(|_, histogram| {
            histogram.clear_with(|sizes| {
                for size in sizes.iter().map(|&size| size as u64) {
                    totals.buckets[bucket(size as u32)] += 1;
                    totals.sum += size;
                }
            });
        });
        (totals, Box::new(self.records.take()))
    }
}

fn count(request: &Request) {
    counter!("requests", "route" => request.path()).increment(1);
    counter!("bytes", "route" => request.path()).increment(u64::from(request.size));
    for kind in request.kinds() {
        counter!("rows", "kind" => KINDS[kind]).increment(1);
    }
    histogram!("size").record(request.size);
}
