//! What of a rung's time is for memory: what is fetched in order and only costs bandwidth, and what
//! nobody could know to fetch.

use protocol::LimitKind;

use super::core::{Run, searches};
use super::prices::{LINE, Prices};
use super::work::{Known, Work};

/// Accesses that a core keeps under way where none waits for another.
const UNDER_WAY: f64 = 12.0;
/// Bytes within which everything is in the first level.
const FIRST: f64 = 8192.0;

/// Times in nanoseconds.
pub(super) struct Memory {
    /// What is read in order, beyond what hides behind instructions.
    pub fetching: f64,
    /// Waiting for what was asked for when it was needed.
    pub waiting: f64,
    /// Bytes that string instructions copy.
    pub copying: f64,
}

/// Bytes among which accesses fall: within a call, and over all inputs that take turns.
struct Bytes {
    call: f64,
    all: f64,
}

/// Whether the job is to look something up.
fn looked_up(known: &Known) -> bool {
    known.limit == Some(LimitKind::Accesses)
}

fn bytes(known: &Known, work: &Work, rung: usize) -> Bytes {
    let scenario = known.scenario;
    let data = scenario.data_bytes.get(rung).copied().flatten();
    let data = data.map_or(scenario.within, |bytes| bytes as f64);
    let allocated = scenario.allocations.get(rung).copied().flatten();
    let allocated = allocated.map_or(0.0, |it| it.peak as f64);
    // A pointer that skips most of what it passes reaches further than what it reads.
    let loops = work.parts.iter().zip(&work.times).filter(|(part, _)| part.is_loop);
    let passed = loops.map(|(part, times)| times * part.stride()).fold(0.0, f64::max);
    let reached = passed.min(work.misses * LINE);
    if reached > data + allocated {
        return Bytes { call: reached, all: reached };
    }
    // All inputs look up in the same.
    let inputs = if looked_up(known) { 1.0 } else { scenario.inputs as f64 };
    Bytes { call: data + allocated, all: data * inputs + allocated }
}

impl Memory {
    /// Works it out.
    pub(super) fn of(prices: &Prices, known: &Known, work: &Work, rung: usize) -> Self {
        let bytes = bytes(known, work, rung);
        let (late, each) = late(prices, work, bytes.call);
        // What is looked up in is there from call to call; all else is read once in order.
        let first = if looked_up(known) { 0.0 } else { known.scenario.within / LINE };
        let first = work.misses.min(first);
        let again = work.misses - first;
        let shown: f64 = work.parts.iter().map(|part| part.share).sum();
        let written: f64 = work.parts.iter().map(|part| part.share * part.written()).sum();
        let half = (2.0 * written / shown.max(f64::MIN_POSITIVE)).min(1.0);
        let line = |bytes: f64| {
            let (read, copied) = (prices.line(bytes), prices.copied_line(bytes));
            (1.0 - half) * read + half * copied.max(read)
        };
        let stream = (1.0 - late) * again * line(bytes.call) + first * line(bytes.all);
        // While instructions wait, nothing keeps what is fetched from coming.
        let left = (stream - work.idle).max(0.0);
        Self {
            fetching: left - prices.hidden * left.min(work.busy),
            waiting: late * again * each,
            copying: work.moved * prices.copied(bytes.call),
        }
    }
}

/// Share of the accesses that nobody could know to fetch, and what one costs that misses: what the
/// loop cannot hide of it.
fn late(prices: &Prices, work: &Work, bytes: f64) -> (f64, f64) {
    let (mut share, mut cost) = (0.0, 0.0);
    for part in work.parts.iter().filter(|part| part.is_loop && part.loads() > 0.0) {
        let search = searches(&part.lines);
        let latency = if search { prices.latency_of_steps(bytes) } else { prices.latency(bytes) };
        let least = (latency - prices.latency(FIRST)).max(0.0) / UNDER_WAY;
        let run = Run { load: latency / prices.cycle, passes: work.passes };
        let missing = prices.core.pass(&part.lines, run).total - part.pass.total;
        if missing > 0.0 {
            share += part.share;
            cost += part.share * (missing / part.loads() * prices.cycle).max(least);
        }
    }
    if share > 0.0 { (share, cost / share) } else { (0.0, 0.0) }
}
