//! Counters and a histogram of `prometheus-client`, for rungs that name that crate.

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::{
    counter::Counter,
    family::Family,
    histogram::{Histogram, exponential_buckets},
};
use prometheus_client::registry::Registry;

use crate::request::{BUCKETS, KINDS, ROUTES, Request};
use crate::seen::Totals;

type Labelled = Family<[(&'static str, &'static str); 1], Counter>;

/// Handles to all that is counted.
pub struct Meters {
    registry: Registry,
    requests: [Counter; ROUTES.len()],
    bytes: [Counter; ROUTES.len()],
    rows: [Counter; KINDS.len()],
    size: Histogram,
}

impl Meters {
    /// Nothing counted yet.
    pub fn new() -> Self {
        let mut registry = Registry::default();
        let (requests, bytes, rows) =
            (Labelled::default(), Labelled::default(), Labelled::default());
        registry.register("requests", "Requests by route", requests.clone());
        registry.register("bytes", "Bytes of answers by route", bytes.clone());
        registry.register("rows", "Rows of answers by kind", rows.clone());
        let size = Histogram::new(exponential_buckets(1.0, 2.0, BUCKETS as u16 - 1));
        registry.register("size", "Bytes of an answer", size.clone());
        Self {
            registry,
            requests: ROUTES.map(|route| requests.get_or_create_owned(&[("route", route)])),
            bytes: ROUTES.map(|route| bytes.get_or_create_owned(&[("route", route)])),
            rows: KINDS.map(|kind| rows.get_or_create_owned(&[("kind", kind)])),
            size,
        }
    }

    /// Counts a request.
    pub fn count(&self, request: &Request) {
        self.requests[request.route].inc();
        self.bytes[request.route].inc_by(u64::from(request.size));
        for kind in request.kinds() {
            self.rows[kind].inc();
        }
        self.size.observe(f64::from(request.size));
    }

    /// What was counted; a histogram is told in the text that a server is scraped for.
    pub fn totals(&self) -> Totals {
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("a string takes any text");
        let value = |line: &str| line.rsplit(' ').next().and_then(|value| value.parse().ok());
        let told = |what: &str| -> Vec<f64> {
            text.lines().filter(|line| line.starts_with(what)).filter_map(value).collect()
        };
        let (mut buckets, mut before) = ([0; BUCKETS], 0);
        for (bucket, up_to) in buckets.iter_mut().zip(told("size_bucket{")) {
            *bucket = up_to as u64 - before;
            before = up_to as u64;
        }
        Totals {
            requests: self.requests.each_ref().map(Counter::get),
            bytes: self.bytes.each_ref().map(Counter::get),
            rows: self.rows.each_ref().map(Counter::get),
            buckets,
            sum: told("size_sum").iter().sum::<f64>() as u64,
        }
    }
}
