#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod edges;
pub mod fit;
pub mod indices;
#[cfg_attr(not(target_arch = "x86_64"), expect(dead_code, reason = "one path elsewhere"))]
pub mod maxima;
pub mod naive;
pub mod narrow;
pub mod niches;
pub mod optimized;
pub mod peer;
pub mod recompiled;
pub mod report;
pub mod words;

use fit::DoesNotFit;

use harness::Rung;
use harness::data::{Rng, rand::RngExt, rng};
use naive::{Method, Request};
use report::{Report, Window};
use std::sync::Arc;

/// A log in every layout, so that conversion is never timed, and the window that is asked about.
#[derive(Debug)]
pub struct Log {
    /// Which requests to count.
    pub window: Window,
    /// The patterns of the router.
    pub routes: Vec<Arc<str>>,
    /// Wide rows.
    pub wide: Vec<Request>,
    /// Narrow fields.
    pub narrow: Vec<narrow::Request>,
    /// Narrow fields and nothing for `None`.
    pub niches: Vec<niches::Request>,
    /// Numbers for routes besides.
    pub indices: Vec<indices::Request>,
    /// Bits.
    pub packed: Vec<words::Request>,
    /// Bits, derived.
    pub derived: Vec<peer::Request>,
}

/// Every rung, naive first. All give the same report of the window.
pub const RUNGS: &[Rung<Log, Report>] = &[
    Rung::new("naive", |log: &Log| naive::report(&log.wide, &log.window))
        .data(|log| size_of_val(log.wide.as_slice())),
    Rung::new("narrow", |log: &Log| narrow::report(&log.narrow, &log.window))
        .data(|log| size_of_val(log.narrow.as_slice())),
    Rung::new("niches", |log: &Log| niches::report(&log.niches, &log.window))
        .data(|log| size_of_val(log.niches.as_slice())),
    Rung::new("indices", |log: &Log| indices::report(&log.indices, &log.routes, &log.window))
        .data(|log| size_of_val(log.indices.as_slice())),
    Rung::new("words", |log: &Log| words::report(&log.packed, &log.routes, &log.window))
        .data(Log::packed_bytes),
    Rung::new("recompiled", |log: &Log| recompiled::report(&log.packed, &log.routes, &log.window))
        .data(Log::packed_bytes)
        .needs(recompiled::available),
    Rung::new("maxima", |log: &Log| maxima::report(&log.packed, &log.routes, &log.window))
        .data(Log::packed_bytes)
        .needs(recompiled::available),
    Rung::new("optimized", |log: &Log| optimized::report(&log.packed, &log.routes, &log.window))
        .data(Log::packed_bytes),
    Rung::new("peer", |log: &Log| peer::report(&log.derived, &log.routes, &log.window))
        .data(|log| size_of_val(log.derived.as_slice())),
];

impl Log {
    /// Rows that carry the number of their route, in every layout.
    ///
    /// # Errors
    /// If a value of a row does not fit into the narrowest layout.
    pub fn new(
        window: Window,
        routes: Vec<Arc<str>>,
        rows: Vec<(Request, u16)>,
    ) -> Result<Self, DoesNotFit> {
        let each = || rows.iter().map(|(row, route)| (row, *route));
        Ok(Self {
            narrow: each().map(|(row, _)| narrow::Request::new(row)).collect::<Result<_, _>>()?,
            niches: each().map(|(row, _)| niches::Request::new(row)).collect::<Result<_, _>>()?,
            indices: each().map(|(w, r)| indices::Request::new(w, r)).collect::<Result<_, _>>()?,
            packed: each().map(|(w, r)| words::Request::new(w, r)).collect::<Result<_, _>>()?,
            derived: each().map(|(w, r)| peer::request(w, r)).collect::<Result<_, _>>()?,
            wide: rows.into_iter().map(|(row, _)| row).collect(),
            window,
            routes,
        })
    }

    /// Bytes of the narrowest rows.
    pub fn packed_bytes(&self) -> usize {
        size_of_val(self.packed.as_slice())
    }
}

const DAY: u64 = 86_400_000;

/// A day of `n` requests, as they ended, and a report of the middle half of it.
pub fn one_day(n: usize, seed: u64) -> Log {
    day(n, seed, DAY / 4..DAY / 4 * 3)
}

/// The same day, and a report of five minutes from noon on.
pub fn five_minutes(n: usize, seed: u64) -> Log {
    day(n, seed, DAY / 2..DAY / 2 + 300_000)
}

/// A day of `n` requests, as they ended, and what is asked about.
fn day(n: usize, seed: u64, window: Window) -> Log {
    let mut rng = rng(seed);
    let routes: Vec<Arc<str>> = (0..200).map(|at| format!("/api/v1/{at}/:id").into()).collect();
    let ends = |at: usize| DAY * (at as u64 + 1) / (n as u64 + 1);
    let rows = (0..n).map(|at| request(ends(at), &routes, &mut rng)).collect();
    Log::new(window, routes, rows).expect("a day of an ordinary service fits into the bits")
}

/// A request that ended at `end` milliseconds: one in three anonymous, one in four answered by no
/// machine, one in fifty failed; time and size with long tails.
fn request(end: u64, routes: &[Arc<str>], rng: &mut Rng) -> (Request, u16) {
    let [who, how, what]: [u64; 3] = std::array::from_fn(|_| rng.random());
    let micros = 50 + (how & 0xff_ffff) / (1 + (how >> 24 & 0xffff));
    // The smaller of two numbers: the first routes are the busiest.
    let route = ((what & 0xff).min(what >> 8 & 0xff) as usize * routes.len() / 256) as u16;
    let cached = what >> 16 & 3 == 0;
    let row = Request {
        at: end.saturating_sub(micros / 1_000),
        micros,
        bytes: 200 + (what >> 20 & 0x3ff_ffff) / (1 + (what >> 46 & 0xffff)),
        user: (who % 3 != 0).then_some(1 + (who >> 8 & 0xf_ffff)),
        backend: (!cached).then_some(1 + (who >> 32) as u32 % 40),
        route: Arc::clone(&routes[route as usize]),
        status: match how >> 40 & 0xff {
            0..5 => 503,
            5..20 => 404,
            20..40 => 304,
            _ => 200,
        },
        method: [Method::Get, Method::Get, Method::Post, Method::Put, Method::Delete]
            [(who >> 40) as usize % 5],
        cached,
    };
    (row, route)
}

#[cfg(test)]
mod tests;
