//! Each thread has counters of its own, to which nobody else adds; whoever asks adds them up.

use tracing::{Dispatch, debug, dispatcher, info_span, level_filters::LevelFilter};
use tracing_subscriber::fmt::{self, format::FmtSpan};

use crate::counters::{Counters, Threads};
use crate::request::{Request, Work};
use crate::seen::{Log, Totals};
use crate::text::Lines;

/// Where everything goes that is said of requests.
pub struct Telemetry {
    lines: Lines,
    dispatch: Dispatch,
    threads: Threads,
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
        Self { lines, dispatch: Dispatch::new(subscriber), threads: Threads::default() }
    }

    /// Answers requests on one thread.
    pub fn serve(&self, requests: &[Request], work: &Work) -> u64 {
        let _here = dispatcher::set_default(&self.dispatch);
        let counters = self.threads.join();
        let answers = requests.iter().map(|request| self.handle(request, work, &counters));
        answers.fold(0, u64::wrapping_add)
    }

    fn handle(&self, request: &Request, work: &Work, counters: &Counters) -> u64 {
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
        counters.count(request);
        debug!(?request, answer, "answered");
        answer
    }

    /// What was counted, and what was traced.
    pub fn seen(self) -> (Totals, Box<dyn Log>) {
        (self.threads.totals(), Box::new(self.lines.take()))
    }
}
