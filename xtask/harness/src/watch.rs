//! Keeps neighbours out of the blocks: waits while they are busy, and has a slice that they
//! disturbed timed again.

use std::time::{Duration, Instant};

use protocol::{Patience, QUIET_SLACK, Reading};

use crate::sentinel::Sentinel;

/// How long a process may take, from its start.
pub(crate) struct Time<'a> {
    pub(crate) start: Instant,
    pub(crate) millis: u64,
    pub(crate) patience: Option<&'a Patience>,
}

impl Time<'_> {
    /// When a round ends that begins now. What was done to prepare it is part of the time, but
    /// never of its second half.
    pub(crate) fn until(&self) -> Until {
        let time = Duration::from_millis(self.millis);
        Until {
            end: (self.start + time).max(Instant::now() + time / 2),
            most: Duration::from_millis(self.patience.map_or(0, |patience| patience.millis)),
            quiet: self.patience.and_then(|patience| patience.quiet),
        }
    }

    /// What earlier processes found out of so many columns.
    pub(crate) fn untimed(&self, columns: usize) -> Option<&[u64]> {
        let untimed = self.patience?.untimed.as_slice();
        (untimed.len() == columns).then_some(untimed)
    }
}

/// When a round has measured enough.
pub(crate) struct Until {
    /// The end, if nobody disturbs it.
    pub(crate) end: Instant,
    /// How much later at most, to wait for neighbours and to make up for blocks they disturbed.
    pub(crate) most: Duration,
    /// How slow the sentinel may run before that is so, if earlier rounds have said.
    pub(crate) quiet: Option<Reading>,
}

/// Looks at the sentinel before and after each slice.
pub(crate) struct Watch {
    until: Until,
    sentinel: Sentinel,
    last: Reading,
    /// The fastest arithmetic so far, in nanoseconds.
    fastest: f64,
    /// The slowest reading around what the present block keeps.
    slowest: Reading,
    /// When the present block began.
    begun: Instant,
    /// Time spent on waiting and on what was disturbed, before this block and with it.
    lost_before: Duration,
    lost: Duration,
}

impl Watch {
    pub(crate) fn new(mut sentinel: Sentinel, until: Until) -> Self {
        let last = sentinel.run();
        let lost = Duration::ZERO;
        let (fastest, begun) = (last.compute, Instant::now());
        Self { until, sentinel, last, fastest, slowest: last, begun, lost_before: lost, lost }
    }

    /// When the round is over.
    pub(crate) fn end(&self) -> Instant {
        self.until.end + self.lost.min(self.until.most)
    }

    /// Time spent so far on waiting and on what was disturbed.
    pub(crate) fn lost(&self) -> Duration {
        self.lost
    }

    /// What may still be lost.
    fn left(&self) -> Duration {
        self.until.most.saturating_sub(self.lost)
    }

    /// How slow the sentinel may run. Who has not been told compares it with itself: some moment
    /// is quiet nearly always. Of memory that is not so, whose speed varies more.
    fn quiet(&self) -> Reading {
        let own = Reading { compute: self.fastest * QUIET_SLACK, ..Reading::ANY };
        self.until.quiet.unwrap_or(own)
    }

    fn look(&mut self, reading: Reading) {
        self.last = reading;
        self.fastest = self.fastest.min(reading.compute);
    }

    /// Begins a block, and says what was lost before it. While a neighbour is busy it would mostly
    /// be disturbed, and not be believed afterwards.
    pub(crate) fn begin(&mut self) -> Duration {
        if self.last.exceeds(self.quiet()) {
            let start = Instant::now();
            let reading = self.sentinel.wait(self.quiet(), start + self.left());
            self.look(reading);
            self.lost += start.elapsed();
        }
        self.slowest = self.last;
        self.begun = Instant::now();
        self.lost_before = self.lost;
        self.lost
    }

    /// Has something timed. If a neighbour disturbed it, it is timed again, as long as there is
    /// time for that: then it has not spoilt the block.
    pub(crate) fn slice<T>(&mut self, mut time: impl FnMut() -> T) -> T {
        loop {
            let start = Instant::now();
            let took = time();
            let before = self.last;
            let after = self.sentinel.cores();
            self.look(after);
            if !after.exceeds(self.quiet()) || start.elapsed() > self.left() {
                self.slowest = self.slowest.slower(before).slower(after);
                return took;
            }
            let reading = self.sentinel.wait_for_cores(self.quiet(), start + self.left());
            self.look(reading);
            self.lost += start.elapsed();
        }
    }

    /// Ends a block, and says how slow the sentinel was at most.
    pub(crate) fn finish(&mut self) -> Reading {
        // The arithmetic has just run, after the last slice.
        self.last.stream = self.sentinel.memory();
        let reading = self.slowest.slower(self.last);
        if reading.exceeds(self.quiet()) {
            self.lost = self.lost_before + self.begun.elapsed();
        }
        reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often a slice of a block is timed.
    fn times(quiet: Reading, most: Duration) -> usize {
        let until = Until { end: Instant::now(), most, quiet: Some(quiet) };
        let mut watch = Watch::new(Sentinel::new(false, false), until);
        let mut times = 0;
        let took = watch.slice(|| {
            times += 1;
            Duration::from_secs(times)
        });
        assert_eq!(took, Duration::from_secs(times), "the last one counts");
        let reading = watch.finish();
        assert!(reading.compute > 0.0);
        times as usize
    }

    #[test]
    fn slow_inputs_leave_a_round_half_of_its_time() {
        let start = Instant::now();
        let later = start + Duration::from_millis(20);
        std::thread::sleep(later - start);
        let until = |millis, patience| Time { start, millis, patience }.until();
        assert!(until(20, None).end >= later + Duration::from_millis(10));
        assert_eq!(until(100_000, None).end, start + Duration::from_secs(100));
        let patience = Patience { millis: 70, quiet: None, untimed: Vec::new() };
        assert_eq!(until(1, Some(&patience)).most, Duration::from_millis(70));
    }

    #[test]
    fn a_disturbed_slice_is_timed_again_while_there_is_time() {
        let never = Reading { compute: 0.0, stream: 0.0 };
        assert_eq!(times(Reading::ANY, Duration::from_secs(3_600)), 1, "nothing disturbs it");
        assert_eq!(times(never, Duration::from_millis(200)), 2, "the second after all the waiting");
        assert_eq!(times(never, Duration::ZERO), 1, "no time for another");
    }

    #[test]
    fn waiting_comes_out_of_the_same_time() {
        let never = Reading { compute: 0.0, stream: 0.0 };
        let until =
            Until { end: Instant::now(), most: Duration::from_millis(2), quiet: Some(never) };
        let mut watch = Watch::new(Sentinel::new(false, false), until);
        watch.begin();
        assert_eq!(watch.left(), Duration::ZERO);
        assert_eq!(watch.end(), watch.until.end + watch.until.most);
    }
}
