//! `tracing` with a layer that keeps records instead of text, and `prometheus-client` with handles
//! that are looked up once.
//!
//! A program would set its subscriber for all threads, once. Here one is made in each call, so each
//! thread is told of it.

use tracing::{Dispatch, debug, dispatcher, info_span};

use crate::layer::Records;
use crate::meters::Meters;
use crate::request::{Request, Work};
use crate::seen::{Log, Totals};

/// Where everything goes that is said of requests.
pub struct Telemetry {
    records: Records,
    dispatch: Dispatch,
    one_in: u64,
    meters: Meters,
}

impl Telemetry {
    /// Nothing said yet.
    pub fn new(one_in: u64) -> Self {
        let records = Records::new();
        let dispatch = records.dispatch();
        Self { records, dispatch, one_in, meters: Meters::new() }
    }

    /// Answers requests on one thread.
    pub fn serve(&self, requests: &[Request], work: &Work) -> u64 {
        let _here = dispatcher::set_default(&self.dispatch);
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
        self.meters.count(request);
        debug!(?request, answer, "answered");
        answer
    }

    /// What was counted, and what was traced.
    pub fn seen(self) -> (Totals, Box<dyn Log>) {
        (self.meters.totals(), Box::new(self.records.take()))
    }
}
