//! How far verdicts can be trusted, from experiments whose answer is known. This file counts and
//! holds the counts against the targets; its rooms measure, save, and hold two runs together.

pub mod agreement;
mod binomial;
pub mod measure;
pub mod saved;
#[cfg(test)]
mod synthetic;

use protocol::{Description, Effort, Machine, Round, RungInfo, Scenario};

use crate::record::{CalibratedKind, Calibration, CaseRecord, ScenarioRecord};
use crate::samples;
use crate::stats::Verdict;
use crate::summary::{CaseSummary, ScenarioSummary};

/// Naive against itself may give a verdict in this share of the experiments.
pub const MOST_FALSE: f64 = 0.01;
/// A planted slowdown must be found in this share of them.
pub const LEAST_FOUND: f64 = 0.95;
/// Two runs must agree on this share of their verdicts.
pub const LEAST_AGREED: f64 = 0.98;
/// The slowdown that `crates/calibration` plants.
pub const SLOWDOWN: f64 = 0.03;
/// The rungs of `crates/calibration`, in its order.
const RUNGS: [&str; 3] = ["naive", "same", "slower"];

/// A share that was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How often it happened.
    pub hits: u64,
    /// How often it could have.
    pub of: u64,
}

/// A rate held against a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The rate keeps it.
    Held,
    /// The rate misses it, by no more than chance allows.
    MissedPerhaps,
    /// The rate misses it beyond chance.
    Missed,
    /// Nothing was counted.
    Unknown,
}

impl Rate {
    /// The share itself; NaN of nothing.
    pub fn share(self) -> f64 {
        self.hits as f64 / self.of as f64
    }

    /// The exact 95 % interval of the chance behind it.
    pub fn interval(self) -> (f64, f64) {
        binomial::interval(self.hits, self.of)
    }

    /// Whether the chance is at most this.
    pub fn at_most(self, most: f64) -> Target {
        self.held(self.share() <= most, self.interval().0 > most)
    }

    /// Whether the chance is at least this.
    pub fn at_least(self, least: f64) -> Target {
        self.held(self.share() >= least, self.interval().1 < least)
    }

    fn held(self, keeps: bool, beyond_chance: bool) -> Target {
        match (self.of, keeps, beyond_chance) {
            (0, ..) => Target::Unknown,
            (_, true, _) => Target::Held,
            (_, _, true) => Target::Missed,
            _ => Target::MissedPerhaps,
        }
    }
}

impl CalibratedKind {
    /// A kind of which nothing was counted yet.
    pub fn new(name: &str, millis: u64) -> Self {
        Self {
            name: name.to_owned(),
            millis,
            experiments: 0,
            false_verdicts: 0,
            found: 0,
            hidden: 0,
            too_busy: 0,
        }
    }

    /// How often naive against itself gave a verdict.
    pub fn false_verdicts(&self) -> Rate {
        Rate { hits: self.false_verdicts, of: self.experiments }
    }

    /// How often the planted slowdown was found.
    pub fn found(&self) -> Rate {
        Rate { hits: self.found, of: self.experiments }
    }

    /// Counts one experiment.
    fn count(&mut self, scenario: &ScenarioSummary) {
        if !scenario.believable {
            self.too_busy += 1;
            return;
        }
        let verdict = |rung: usize| {
            let compared = scenario.rungs[rung].as_ref().and_then(|rung| rung.against_naive);
            compared.map_or(Verdict::CannotTell, |compared| compared.verdict)
        };
        self.experiments += 1;
        self.false_verdicts += u64::from(verdict(1) != Verdict::CannotTell);
        self.found += u64::from(verdict(2) == Verdict::Slower);
        self.hidden += u64::from(scenario.floor >= SLOWDOWN);
    }
}

impl Calibration {
    /// All kinds together.
    pub fn total(&self) -> CalibratedKind {
        self.kinds.iter().fold(CalibratedKind::new("all", 0), |sum, kind| CalibratedKind {
            experiments: sum.experiments + kind.experiments,
            false_verdicts: sum.false_verdicts + kind.false_verdicts,
            found: sum.found + kind.found,
            hidden: sum.hidden + kind.hidden,
            too_busy: sum.too_busy + kind.too_busy,
            ..sum
        })
    }

    /// What became of the targets, all kinds together: of false verdicts, and of finding.
    pub fn targets(&self) -> [Target; 2] {
        let total = self.total();
        [total.false_verdicts().at_most(MOST_FALSE), total.found().at_least(LEAST_FOUND)]
    }
}

/// What the rounds of an experiment say, judged as the book judges a case; `None` before the first.
fn judge<T>(
    scenario: &Scenario,
    rounds: &[Round],
    look: impl FnOnce(&ScenarioSummary) -> T,
) -> Option<T> {
    if rounds.is_empty() {
        return None;
    }
    let case = case(samples::reduce(scenario, RUNGS.len(), rounds, &[]));
    let summary = CaseSummary::new(&case, &Machine::default())?;
    Some(look(summary.headline()))
}

/// An experiment as a case of one scenario.
fn case(measured: ScenarioRecord) -> CaseRecord {
    CaseRecord {
        failure: None,
        description: Some(description(&measured.scenario)),
        scenarios: vec![measured],
        evidence: None,
        seconds: 0.0,
    }
}

fn description(scenario: &Scenario) -> Description {
    let rung = |name: &&str| RungInfo { name: (*name).to_owned(), unavailable: None };
    Description {
        item: "item".to_owned(),
        rungs: RUNGS.iter().map(rung).collect(),
        scenarios: vec![Scenario { effort: Effort::Quick, ..scenario.clone() }],
        claims: Vec::new(),
        limit: None,
        reads_files: false,
        axes: Vec::new(),
        tails: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_missed_for_certain_only_beyond_chance() {
        let rate = |hits, of| Rate { hits, of };
        assert_eq!(rate(4, 480).at_most(0.01), Target::Held);
        assert_eq!(rate(6, 480).at_most(0.01), Target::MissedPerhaps);
        assert_eq!(rate(20, 480).at_most(0.01), Target::Missed);
        assert_eq!(rate(460, 480).at_least(0.95), Target::Held);
        assert_eq!(rate(450, 480).at_least(0.95), Target::MissedPerhaps);
        assert_eq!(rate(400, 480).at_least(0.95), Target::Missed);
        assert_eq!(rate(0, 0).at_least(0.95), Target::Unknown);
    }

    #[test]
    fn kinds_add_up() {
        let kind = |experiments, found| CalibratedKind {
            experiments,
            false_verdicts: 1,
            found,
            hidden: 1,
            too_busy: 3,
            ..CalibratedKind::new("x", 60)
        };
        let calibration = Calibration {
            started: 0,
            processor: String::new(),
            effort: Effort::Quick,
            processes: 4,
            slowdown: SLOWDOWN,
            kinds: vec![kind(100, 96), kind(50, 48)],
            agreement: None,
        };
        let total = calibration.total();
        assert_eq!((total.experiments, total.found), (150, 144));
        assert_eq!((total.false_verdicts, total.hidden, total.too_busy), (2, 2, 6));
        assert_eq!(calibration.targets(), [Target::MissedPerhaps, Target::Held]);
    }
}
