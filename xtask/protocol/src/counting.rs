//! What a bench binary answers to `counters`: events as the processor counted them, unscaled.

use serde::{Deserialize, Serialize};

/// Answer to `counters`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// One entry per rung; null where it is unavailable.
    Counted(Vec<Option<RungCounts>>),
    /// Why nothing can be counted here, and what to do.
    Unavailable(String),
}

/// What was counted while one rung ran.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RungCounts {
    /// Calls of the rung.
    pub calls: u64,
    /// One entry per event that this processor can count.
    pub events: Vec<EventCount>,
}

/// One counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventCount {
    /// What it counts.
    pub event: Event,
    /// Events while it ran.
    pub count: u64,
    /// Nanoseconds for which it was wanted, all threads together.
    pub enabled: u64,
    /// Nanoseconds of these for which it ran: less if counters took turns.
    pub running: u64,
}

/// What can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Core cycles.
    Cycles,
    /// Instructions retired.
    Instructions,
    /// Branches retired.
    Branches,
    /// Branches predicted wrongly.
    Mispredictions,
    /// Reads that missed the first level.
    L1Misses,
    /// Reads that missed the last level.
    LastLevelMisses,
}

impl EventCount {
    /// Events that it would have counted had it always run; `None` if it never did.
    #[must_use]
    pub fn scaled(&self) -> Option<f64> {
        let scale = self.enabled as f64 / self.running as f64;
        (self.running > 0).then_some(self.count as f64 * scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_that_took_turns_are_scaled_up() {
        let count =
            |count, enabled, running| EventCount { event: Event::Cycles, count, enabled, running };
        assert_eq!(count(300, 10, 10).scaled(), Some(300.0));
        assert_eq!(count(300, 40, 10).scaled(), Some(1200.0));
        assert_eq!(count(0, 40, 0).scaled(), None, "never ran, which is not zero events");
        assert_eq!(count(0, 0, 0).scaled(), None);
    }
}
