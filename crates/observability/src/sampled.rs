//! Whether a request is traced is decided once, when it comes in, and holds for all that happens in
//! it: a trace is whole or not there.

use std::cell::Cell;

use tracing::{Dispatch, Level, debug, dispatcher, info_span, level_filters::LevelFilter};
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::{self, format::FmtSpan};
use tracing_subscriber::layer::SubscriberExt;

use crate::counters::{Counters, Threads};
use crate::request::{Request, Work};
use crate::seen::{Log, Totals};
use crate::text::Lines;

thread_local! {
    /// Whether the request is traced that this thread handles. The subscriber asks for it with each
    /// span; what a span's own place in the program is asked only once could not change.
    static KEPT: Cell<bool> = const { Cell::new(false) };
}

/// Where everything goes that is said of requests.
pub struct Telemetry {
    lines: Lines,
    dispatch: Dispatch,
    one_in: u64,
    threads: Threads,
}

impl Telemetry {
    /// Nothing said yet.
    pub fn new(one_in: u64) -> Self {
        let lines = Lines::default();
        let to = lines.clone();
        let subscriber = fmt::fmt()
            .with_max_level(LevelFilter::INFO)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(move || to.clone())
            .finish()
            .with(
                dynamic_filter_fn(|what, _| *what.level() <= Level::INFO && KEPT.get())
                    .with_max_level_hint(LevelFilter::INFO),
            );
        Self { lines, dispatch: Dispatch::new(subscriber), one_in, threads: Threads::default() }
    }

    /// Answers requests on one thread.
    pub fn serve(&self, requests: &[Request], work: &Work) -> u64 {
        let _here = dispatcher::set_default(&self.dispatch);
        let counters = self.threads.join();
        let answers = requests.iter().map(|request| {
            KEPT.set(Request::is_kept(request.id, self.one_in));
            self.handle(request, work, &counters)
        });
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
