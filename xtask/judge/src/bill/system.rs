//! What of a rung's time the system has: pages that it hands over, calls of it, threads.

use protocol::price;
use record::{Assembly, ScenarioRecord, Simulated, SystemCalls};

use super::prices::Prices;
use crate::stats;

/// Processor time over time from which threads work at once: less is a thread that helps a little,
/// or a clock.
const TOGETHER: f64 = 1.1;
/// System calls of a thread's own from its start to its end, which the price of a thread includes:
/// its stack, its signals, and who waits for it.
const OF_A_THREAD: f64 = 20.0;

/// A rung's threads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Threads {
    /// How many share the work.
    pub together: f64,
    /// How many a call starts.
    pub started: f64,
}

impl Threads {
    /// From processor time over time, and from counts; where these are not known, all cores if what
    /// is known of the rung says that they `share` its work.
    pub(super) fn of(
        cores: usize,
        measured: Option<f64>,
        counts: Option<&Simulated>,
        share: bool,
    ) -> Self {
        let cores = cores.max(1) as f64;
        let measured = measured.map(|of| if of < TOGETHER { 1.0 } else { of.min(cores) });
        let guessed = if share { cores } else { 1.0 };
        let counted = counts.and_then(|counts| counts.system).map(|system| system.threads);
        Self {
            together: measured.unwrap_or(guessed),
            started: counted.unwrap_or(if guessed > 1.0 { guessed } else { 0.0 }),
        }
    }
}

/// Whether samples fell into the library's own threads.
pub(super) fn is_in_a_thread(hot: &Assembly) -> bool {
    const NAMES: [&str; 3] = ["std::thread::scoped", "std::sys::backtrace", "rayon"];
    NAMES.iter().any(|name| hot.function.contains(name))
}

/// Times in nanoseconds, of all threads together.
pub(super) struct System {
    /// Pages.
    pub faults: f64,
    /// Calls, and the bytes that they move.
    pub calls: f64,
    /// Reads of the device.
    pub device: f64,
    /// Starting threads and waiting for their end.
    pub threads: f64,
}

impl System {
    /// Works it out; nothing where nobody counted.
    pub(super) fn of(
        prices: &Prices,
        scenario: &ScenarioRecord,
        rung: usize,
        counts: Option<&Simulated>,
        threads: Threads,
    ) -> Self {
        let handed = handed(scenario, rung);
        let asked = counts.and_then(|counts| counts.system);
        // Pages that are handed over in each call are given back in each, and that takes a system
        // call: where there is none, those that were counted were touched for the first time.
        let handed = handed.filter(|_| asked.is_none_or(|asked| asked.calls > 0.0));
        let calls = asked.map_or(0.0, |SystemCalls { calls, bytes, threads }| {
            let own = (calls - OF_A_THREAD * threads).max(0.0);
            let moved = if bytes > 0.0 { bytes * prices.copied(scenario.within) } else { 0.0 };
            own * prices.other(price::SYSTEM_CALL) + moved
        });
        Self {
            faults: handed.unwrap_or(0.0)
                * (prices.other(price::FAULT) + prices.other(price::GIVEN_BACK)),
            calls,
            device: 0.0,
            threads: threads.started * prices.other(price::THREAD),
        }
    }
}

/// Pages that a call is handed where it is timed, in the typical process. Of a call that consumes
/// its input those are not known, and none in any process: then what was counted apart, once.
fn handed(scenario: &ScenarioRecord, rung: usize) -> Option<f64> {
    let timed = scenario.faults.iter().filter_map(|of| of.get(rung).copied());
    let mut timed: Vec<f64> = timed.collect();
    if timed.iter().any(|pages| *pages > 0.0) {
        return Some(stats::median(&mut timed));
    }
    scenario.allocations.get(rung).copied().flatten().and_then(|it| it.faults)
}

#[cfg(test)]
mod tests {
    use super::super::prices::tests::machine;
    use super::*;
    use protocol::{Allocations, Cost, Effort, Machine, Scenario};

    fn counts(system: Option<SystemCalls>) -> Simulated {
        Simulated {
            instructions: 1.0,
            branches: 0.0,
            mispredictions: 0.0,
            mispredictions_today: None,
            l1_misses: 0.0,
            last_level_misses: 0.0,
            system,
        }
    }

    #[test]
    fn threads_are_those_that_were_seen_before_they_are_guessed() {
        let of = |measured, system, share| {
            let Threads { together, started } =
                Threads::of(4, measured, Some(&counts(system)), share);
            (together, started)
        };
        let two = Some(SystemCalls { calls: 40.0, bytes: 0.0, threads: 2.0 });
        assert_eq!(of(None, None, false), (1.0, 0.0));
        assert_eq!(of(None, None, true), (4.0, 4.0));
        assert_eq!(of(Some(1.7), two, false), (1.7, 2.0), "nobody had guessed it");
        assert_eq!(of(Some(1.02), two, true), (1.0, 2.0), "started, and waited for");
        assert_eq!(of(Some(9.0), None, true), (4.0, 4.0), "there are no more cores");
        assert_eq!(of(Some(0.0), None, false).0, 1.0, "who waits does not do more");
    }

    #[test]
    fn the_system_costs_what_was_counted_at_its_prices() {
        let cost = |name: &str, ns| Cost { name: name.into(), ns: Some(ns), how: String::new() };
        let costs = vec![
            cost(price::FAULT, 400.0),
            cost(price::GIVEN_BACK, 100.0),
            cost(price::SYSTEM_CALL, 100.0),
            cost(price::THREAD, 5e3),
        ];
        let machine = Machine { costs, ..machine() };
        let prices = Prices::of(&machine).unwrap();
        let allocations = Allocations {
            allocations: 0,
            reallocations: 0,
            bytes: 0,
            peak: 0,
            repeatable: true,
            faults: Some(2.5),
        };
        let mut scenario = ScenarioRecord {
            scenario: Scenario { input: "any".into(), n: 8, effort: Effort::Quick },
            inputs: 1,
            work: 0.0,
            within: 1e4,
            data_bytes: Vec::new(),
            handover: 0.0,
            blocks: 1,
            quiet: 1.0,
            times: Vec::new(),
            alone: Vec::new(),
            cpu: Vec::new(),
            faults: Vec::new(),
            pairs: Vec::new(),
            solo: Vec::new(),
            allocations: vec![Some(allocations)],
            tails: Vec::new(),
        };
        let of = |scenario: &ScenarioRecord, system| {
            let counts = counts(system);
            let threads = Threads::of(2, None, Some(&counts), false);
            let System { faults, calls, threads, .. } =
                System::of(&prices, scenario, 0, Some(&counts), threads);
            (faults, calls, threads)
        };
        let asked = |calls, bytes, threads| Some(SystemCalls { calls, bytes, threads });
        assert_eq!(of(&scenario, asked(3.0, 3200.0, 0.0)), (1250.0, 400.0, 0.0));
        assert_eq!(of(&scenario, asked(43.0, 0.0, 2.0)), (1250.0, 300.0, 1e4), "not twice");
        assert_eq!(of(&scenario, asked(0.0, 0.0, 0.0)).0, 0.0, "nobody gave a page back");
        assert_eq!(of(&scenario, None).0, 1250.0, "nobody counted who did");
        scenario.faults = [[0.0], [4.0], [6.0]].map(Vec::from).into();
        assert_eq!(of(&scenario, None).0, 2000.0, "those of the typical process");
        scenario.faults = vec![vec![0.0]; 3];
        assert_eq!(of(&scenario, None).0, 1250.0, "of a call that consumes its input");
        scenario.allocations.clear();
        assert_eq!(of(&scenario, None), (0.0, 0.0, 0.0));
    }
}
