//! `tracing` writes a line for whatever happens, and counters are in a map by their names: no name
//! is known before it is used, and anything can be asked afterwards.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tracing::{Dispatch, debug, dispatcher, info_span, level_filters::LevelFilter};
use tracing_subscriber::fmt::{self, format::FmtSpan};

use crate::request::{BUCKETS, KINDS, ROUTES, Request, Work};
use crate::seen::{Log, Totals};
use crate::text::Lines;

/// Where everything goes that is said of requests.
pub struct Telemetry {
    lines: Lines,
    dispatch: Dispatch,
    counters: Mutex<HashMap<String, u64>>,
    sizes: Mutex<HashMap<String, [u64; BUCKETS]>>,
}

impl Telemetry {
    /// Nothing said yet.
    pub fn new(_one_in: u64) -> Self {
        let lines = Lines::default();
        let to = lines.clone();
        let subscriber = fmt::fmt()
            .with_max_level(LevelFilter::DEBUG)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(move || to.clone())
            .finish();
        let dispatch = Dispatch::new(subscriber);
        Self { lines, dispatch, counters: Mutex::default(), sizes: Mutex::default() }
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
        self.add("requests", "route", request.path(), 1);
        self.add("bytes", "route", request.path(), u64::from(request.size));
        for kind in request.kinds() {
            self.add("rows", "kind", KINDS[kind], 1);
        }
        self.add("size", "of", "answers", u64::from(request.size));
        let mut sizes = lock(&self.sizes);
        sizes.entry("size".to_owned()).or_insert([0; BUCKETS])[request.bucket()] += 1;
    }

    fn add(&self, name: &str, label: &str, value: &str, amount: u64) {
        *lock(&self.counters).entry(format!("{name}{{{label}={value}}}")).or_default() += amount;
    }

    fn get(&self, name: &str, label: &str, value: &str) -> u64 {
        let key = format!("{name}{{{label}={value}}}");
        lock(&self.counters).get(&key).copied().unwrap_or_default()
    }

    /// What was counted, and what was traced.
    pub fn seen(self) -> (Totals, Box<dyn Log>) {
        let totals = Totals {
            requests: ROUTES.map(|route| self.get("requests", "route", route)),
            bytes: ROUTES.map(|route| self.get("bytes", "route", route)),
            rows: KINDS.map(|kind| self.get("rows", "kind", kind)),
            buckets: lock(&self.sizes).get("size").copied().unwrap_or_default(),
            sum: self.get("size", "of", "answers"),
        };
        (totals, Box::new(self.lines.take()))
    }
}

/// A count is added as a whole: whoever panicked has left none half written.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
