//! Counted shares, held against targets: how often verdicts are wrong, and on how many two runs
//! agree.

use record::{CalibratedKind, Calibration, RunAgreement};

use crate::binomial;

/// Naive against itself may give a verdict in this share of the experiments.
pub const MOST_FALSE: f64 = 0.01;
/// A planted slowdown must be found in this share of them.
pub const LEAST_FOUND: f64 = 0.95;
/// Two runs must agree on this share of their verdicts.
pub const LEAST_AGREED: f64 = 0.98;

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

/// How often naive against itself gave a verdict.
pub fn false_verdicts(kind: &CalibratedKind) -> Rate {
    Rate { hits: kind.false_verdicts, of: kind.experiments }
}

/// How often the planted slowdown was found.
pub fn found(kind: &CalibratedKind) -> Rate {
    Rate { hits: kind.found, of: kind.experiments }
}

/// Share of the verdicts that are the same in both runs.
pub fn agreed(agreement: &RunAgreement) -> Rate {
    Rate { hits: agreement.same, of: agreement.all }
}

/// What became of the targets, all kinds together: of false verdicts, and of finding.
pub fn targets(calibration: &Calibration) -> [Target; 2] {
    let total = calibration.total();
    [false_verdicts(&total).at_most(MOST_FALSE), found(&total).at_least(LEAST_FOUND)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Effort;

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
            slowdown: 0.03,
            kinds: vec![kind(100, 96), kind(50, 48)],
            agreement: None,
        };
        let total = calibration.total();
        assert_eq!((total.experiments, total.found), (150, 144));
        assert_eq!((total.false_verdicts, total.hidden, total.too_busy), (2, 2, 6));
        assert_eq!(targets(&calibration), [Target::MissedPerhaps, Target::Held]);
    }
}
