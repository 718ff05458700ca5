//! The course of the heap: what is alive after each event of the allocator.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use protocol::HeapPoint;

/// More than a plot has pixels, few enough to be printed as JSON.
const MOST_POINTS: usize = 1 << 14;

static TRACING: AtomicBool = AtomicBool::new(false);
static TRACE: Mutex<Option<Trace>> = Mutex::new(None);

/// Points with all their room taken beforehand, since a trace may not allocate. When they are full,
/// neighbours are joined: each keeps its extremes, so that no peak is lost.
pub(crate) struct Trace {
    /// Bytes alive beyond those at its start.
    pub(crate) live: i64,
    pub(crate) points: Vec<HeapPoint>,
    /// Events that belong to one point.
    pub(crate) stride: u64,
    /// Events in the last point.
    filled: u64,
}

impl Trace {
    fn new(most: usize) -> Self {
        let points = Vec::with_capacity(most);
        Self { live: 0, points, stride: 1, filled: 1 }
    }

    fn record(&mut self, change: i64) {
        self.live += change;
        let live = self.live;
        if self.filled < self.stride
            && let Some(last) = self.points.last_mut()
        {
            *last = HeapPoint { low: last.low.min(live), high: last.high.max(live) };
            self.filled += 1;
            return;
        }
        if self.points.len() == self.points.capacity() {
            self.halve();
        }
        self.points.push(HeapPoint { low: live, high: live });
        self.filled = 1;
    }

    /// Joins each two points into one.
    fn halve(&mut self) {
        let half = self.points.len() / 2;
        for at in 0..half {
            let (a, b) = (self.points[2 * at], self.points[2 * at + 1]);
            self.points[at] = HeapPoint { low: a.low.min(b.low), high: a.high.max(b.high) };
        }
        self.points.truncate(half);
        self.stride *= 2;
    }
}

/// Notes a change of the bytes that are alive. Called by the allocator, so it must not allocate.
pub(crate) fn record(change: i64) {
    if !TRACING.load(Relaxed) {
        return;
    }
    if let Ok(mut trace) = TRACE.lock()
        && let Some(trace) = trace.as_mut()
    {
        trace.record(change);
    }
}

/// Gets a trace ready. Its points and its lock are made here: while it is on, it allocates nothing.
pub(crate) fn prepare() {
    *TRACE.lock().expect("nobody panics with it") = Some(Trace::new(MOST_POINTS));
}

/// Switches it on or off.
pub(crate) fn switch(on: bool) {
    TRACING.store(on, Relaxed);
}

/// Bytes alive now.
pub(crate) fn live() -> i64 {
    let trace = TRACE.lock().expect("nobody panics with it");
    trace.as_ref().map_or(0, |trace| trace.live)
}

/// What was traced since it was prepared.
pub(crate) fn take() -> Trace {
    TRACE.lock().expect("nobody panics with it").take().expect("it was prepared")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_trace_loses_detail_but_no_peak() {
        let mut trace = Trace::new(8);
        for event in 0..100 {
            trace.record(if event == 41 { 1000 } else { 1 });
            if event == 41 {
                trace.record(-999);
            }
        }
        assert!(trace.points.len() <= 8 && trace.stride == 16, "{}", trace.stride);
        assert_eq!(trace.live, 100);
        let peak = trace.points.iter().map(|point| point.high).max();
        assert_eq!(peak, Some(1041));
        assert_eq!(trace.points[0].low, 1);
        assert_eq!(trace.points.last().unwrap().high, 100);
    }

    #[test]
    fn detail_is_kept_while_there_is_room() {
        let mut trace = Trace::new(8);
        for change in [10, -4, -6] {
            trace.record(change);
        }
        let point = |live| HeapPoint { low: live, high: live };
        assert_eq!(trace.points, [point(10), point(6), point(0)]);
    }
}
