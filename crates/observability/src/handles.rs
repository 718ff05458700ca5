//! A counter is looked up by its name once, when the program starts; from then on it is a number
//! behind a handle, and an addition needs no lock.

use std::array;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, atomic::AtomicU64, atomic::Ordering::Relaxed};

use tracing::{Dispatch, debug, dispatcher, info_span, level_filters::LevelFilter};
use tracing_subscriber::fmt::{self, format::FmtSpan};

use crate::request::{BUCKETS, KINDS, ROUTES, Request, Work};
use crate::seen::{Log, Totals};
use crate::text::Lines;

/// All counters by name, for whoever wants to list them.
#[derive(Default)]
struct Registry(Mutex<HashMap<String, Arc<AtomicU64>>>);

impl Registry {
    /// A handle to the counter of this name.
    fn register(&self, name: &str, label: &str, value: &str) -> Arc<AtomicU64> {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(counters.entry(format!("{name}{{{label}={value}}}")).or_default())
    }
}

/// Where everything goes that is said of requests.
pub struct Telemetry {
    lines: Lines,
    dispatch: Dispatch,
    requests: [Arc<AtomicU64>; ROUTES.len()],
    bytes: [Arc<AtomicU64>; ROUTES.len()],
    rows: [Arc<AtomicU64>; KINDS.len()],
    buckets: [Arc<AtomicU64>; BUCKETS],
    sum: Arc<AtomicU64>,
}

impl Telemetry {
    /// Nothing said yet.
    pub fn new(_one_in: u64) -> Self {
        let lines = Lines::default();
        let to = lines.clone();
        let subscriber = fmt::fmt()
            .with_max_level(LevelFilter::INFO)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(move || to.clone())
            .finish();
        let registry = Registry::default();
        Self {
            lines,
            dispatch: Dispatch::new(subscriber),
            requests: ROUTES.map(|route| registry.register("requests", "route", route)),
            bytes: ROUTES.map(|route| registry.register("bytes", "route", route)),
            rows: KINDS.map(|kind| registry.register("rows", "kind", kind)),
            buckets: array::from_fn(|i| registry.register("size", "bucket", &i.to_string())),
            sum: registry.register("size", "of", "answers"),
        }
    }

    /// Answers requests on one thread.
    pub fn serve(&self, requests: &[Request], work: &Work) -> u64 {
        let _here = dispatcher::set_default(&self.dispatch);
        let answers = requests.iter().map(|request| self.handle(request, work));
        answers.fold(0, u64::wrapping_add)
    }

    fn handle(&self, request: &Request, work: &Work) -> u64 {
        let _request = info_span!("request", id = request.id, route = request.path()).entered();
        debug!(?request, "received");
        let parsed = info_span!("parse", bytes = request.body).in_scope(|| work.parse(request));
        let fetched = {
            let _load = info_span!("load", user = request.user).entered();
            let loaded = work.load(request, parsed);
            info_span!("fetch", key = request.key).in_scope(|| work.fetch(request, loaded))
        };
        let answer = info_span!("render", status = request.status)
            .in_scope(|| work.render(request, fetched));
        self.count(request);
        debug!(?request, answer, "answered");
        answer
    }

    fn count(&self, request: &Request) {
        self.requests[request.route].fetch_add(1, Relaxed);
        self.bytes[request.route].fetch_add(u64::from(request.size), Relaxed);
        for kind in request.kinds() {
            self.rows[kind].fetch_add(1, Relaxed);
        }
        self.buckets[request.bucket()].fetch_add(1, Relaxed);
        self.sum.fetch_add(u64::from(request.size), Relaxed);
    }

    /// What was counted, and what was traced.
    pub fn seen(self) -> (Totals, Box<dyn Log>) {
        let totals = Totals {
            requests: self.requests.map(|count| count.load(Relaxed)),
            bytes: self.bytes.map(|count| count.load(Relaxed)),
            rows: self.rows.map(|count| count.load(Relaxed)),
            buckets: self.buckets.map(|count| count.load(Relaxed)),
            sum: self.sum.load(Relaxed),
        };
        (totals, Box::new(self.lines.take()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_counter_whoever_asks_for_it() {
        let registry = Registry::default();
        let counter = registry.register("requests", "route", "/");
        assert!(Arc::ptr_eq(&counter, &registry.register("requests", "route", "/")));
        for (name, label, value) in
            [("bytes", "route", "/"), ("requests", "kind", "/"), ("requests", "route", "/stock")]
        {
            assert!(!Arc::ptr_eq(&counter, &registry.register(name, label, value)));
        }
    }
}
