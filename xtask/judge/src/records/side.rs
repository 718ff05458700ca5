//! One rung in one run, and how it differs from another run of it.

use crate::stats::{self, Interval, LEAST_PROCESSES, Verdict};
use crate::summary::ScenarioSummary;

/// One rung in one run, ready to be held against another run of it.
pub(super) struct Side {
    /// Logarithms of its speed, relative to naive's or, of naive itself, absolute.
    speed: Vec<Vec<f64>>,
    /// The ratio to naive, or naive's time.
    pub(super) shown: Interval,
    /// Its verdict against naive; naive has none.
    pub(super) verdict: Option<Verdict>,
    floor: f64,
    believable: bool,
}

impl Side {
    /// `None` where the rung was not measured.
    pub(super) fn new(scenario: &ScenarioSummary, rung: usize) -> Option<Self> {
        let summary = scenario.rungs[rung].as_ref()?;
        let (floor, believable) = (scenario.floor, scenario.believable);
        if rung > 0 {
            let compared = summary.against_naive?;
            let pair = scenario.record.pairs.iter().find(|p| (p.base, p.rung) == (0, rung))?;
            let (speed, verdict) = (pair.log_ratios(), Some(compared.verdict));
            return Some(Self { speed, shown: compared.ratio, verdict, floor, believable });
        }
        // By process, since how much those differ says how far the two runs can be told apart.
        let times = scenario.record.times.iter().map(|process| process[0]);
        let speed: Vec<Vec<f64>> = times.filter(|ns| *ns > 0.0).map(|ns| vec![-ns.ln()]).collect();
        let log = stats::interval(&speed)?;
        let shown =
            Interval { low: (-log.high).exp(), mid: (-log.mid).exp(), high: (-log.low).exp() };
        Some(Self { speed, shown, verdict: None, floor, believable })
    }
}

/// How the speed changed, and what must be exceeded for that to mean anything.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Change {
    /// How many times as fast as before.
    pub(super) speed: Interval,
    /// The noise floor of both runs, as a share; `None` where one of them cannot be believed.
    pub(super) floor: Option<f64>,
}

impl Change {
    /// `None` if either was not measured.
    pub(super) fn new(old: &Side, new: &Side) -> Option<Self> {
        let speed = stats::difference(&new.speed, &old.speed)?.map(f64::exp);
        let enough = old.speed.len().min(new.speed.len()) >= LEAST_PROCESSES;
        let believable = enough && old.believable && new.believable;
        let floor = believable.then(|| stats::floor_of_both(old.floor, new.floor));
        Some(Self { speed, floor })
    }

    /// Whether the change is beyond chance and both runs' noise.
    pub(super) fn verdict(&self) -> Verdict {
        self.floor.map_or(Verdict::CannotTell, |floor| stats::verdict(self.speed, floor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Comparison;
    use crate::records::examples::one;

    #[test]
    fn a_change_within_the_noise_of_either_run_is_none() {
        let (old, new) = (one(100.0, 11_000, 6_931), one(100.0, 11_300, 6_931));
        assert_eq!(Comparison::new(&old, &new).count(Verdict::Faster), 1);
        for noisy_is_old in [true, false] {
            let (mut old, mut new) = (old.clone(), new.clone());
            let noisy = if noisy_is_old { &mut old } else { &mut new };
            let scenario = &mut noisy.cases.get_mut("arenas").unwrap().scenarios[0];
            scenario.pairs[0].logs = vec![vec![500; 5]; 8];
            assert_eq!(Comparison::new(&old, &new).count(Verdict::CannotTell), 2);
        }
        // Beyond each floor of one per cent, within both together.
        let slight = Comparison::new(&old, &one(100.0, 11_120, 6_931));
        assert_eq!(slight.count(Verdict::CannotTell), 2);
    }

    #[test]
    fn a_contended_run_gives_no_verdicts() {
        let (old, mut new) = (one(100.0, 11_000, 6_931), one(100.0, 5_000, 6_931));
        new.cases.get_mut("arenas").unwrap().scenarios[0].quiet = 0.1;
        let comparison = Comparison::new(&old, &new);
        assert_eq!((comparison.regressions(), comparison.count(Verdict::CannotTell)), (0, 2));
    }

    #[test]
    fn a_run_of_few_processes_gives_no_verdicts() {
        let slower = |processes: usize| {
            let (old, mut new) = (one(100.0, 11_000, 6_931), one(100.0, 5_000, 6_931));
            let scenario = &mut new.cases.get_mut("arenas").unwrap().scenarios[0];
            scenario.pairs.iter_mut().for_each(|pair| pair.logs.truncate(processes));
            Comparison::new(&old, &new).count(Verdict::Slower)
        };
        assert_eq!([slower(LEAST_PROCESSES), slower(LEAST_PROCESSES - 1)], [1, 0]);
    }
}
