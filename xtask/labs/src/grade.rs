//! What an attempt has reached, from plain numbers: log ratios of naive, the attempt and the
//! reference, which took turns in the same processes.
//!
//! A level is given only if all that the samples allow lies above its line. Otherwise the grade is
//! the certain level and the possible one, which is an answer and no failure.

use judge::stats::{self, Interval, LEAST_QUIET, Verdict};
use record::ScenarioRecord;

use crate::level::Level;

/// Noise floors by which the reference must be ahead of naive, or there is no way to grade.
pub const FLOORS: f64 = 3.0;
/// A noise floor above which neighbours decide, and not what the machine is.
const NOISY: f64 = 0.1;
/// Shares of the way from naive to the reference at which levels begin. The first is above what the
/// very same code may gain by standing in another crate, which is not the learner's doing.
const BRONZE: f64 = 0.1;
const SILVER: f64 = 0.5;
const GOLD: f64 = 0.9;

/// Log ratios by process and chunk.
type Logs = Vec<Vec<f64>>;

/// What was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Naive against itself.
    pub itself: Logs,
    /// Naive's time over the attempt's.
    pub attempt: Logs,
    /// Naive's time over the reference's.
    pub reference: Logs,
    /// The reference's time over the attempt's.
    pub ahead: Logs,
    /// The share of blocks that nobody disturbed.
    pub quiet: f64,
}

/// What follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grade {
    /// How many times as fast as naive the attempt is; ends of 99 %.
    pub ratio: Interval,
    /// The same of the reference.
    pub reference: Interval,
    /// The logarithm of the one over that of the other, where there is a way to go.
    pub share: Option<Interval>,
    /// What the noise of this machine hides, as a share.
    pub floor: f64,
    /// The level.
    pub outcome: Outcome,
}

/// A level, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// This one, beyond doubt.
    Certain(Level),
    /// The first is certain, and no more than the second is possible.
    Between(Level, Level),
    /// The reference is not ahead of naive by enough on this machine.
    NotGradable,
    /// Too few blocks were undisturbed to be believed, or nothing stands out of the noise.
    TooBusy,
}

impl Sample {
    /// Of a scenario of three rungs: naive, the attempt and the reference. `None` if one of them
    /// was not measured.
    pub fn of(scenario: &ScenarioRecord) -> Option<Self> {
        let logs = |base: usize, rung: usize| {
            let pair = scenario.pairs.iter().find(|pair| (pair.base, pair.rung) == (base, rung));
            Some(pair?.log_ratios())
        };
        Some(Self {
            itself: logs(0, 0)?,
            attempt: logs(0, 1)?,
            reference: logs(0, 2)?,
            ahead: logs(2, 1)?,
            quiet: scenario.quiet,
        })
    }
}

impl Grade {
    /// Grades a sample; `None` of an empty one.
    pub fn new(sample: &Sample) -> Option<Self> {
        let attempt = stats::interval(&sample.attempt)?;
        let reference = stats::interval(&sample.reference)?;
        let ahead = stats::interval(&sample.ahead)?;
        let floor = stats::floor(stats::interval(&sample.itself)?);
        let way = FLOORS * floor.ln_1p();
        let gradable = reference.surely().low > 0.0 && reference.mid > way;
        // It may be ahead by enough in a quieter hour.
        let noisy = !gradable && (reference.mid > way || floor > NOISY);
        let share = stats::share(&sample.attempt, &sample.reference).filter(|_| gradable);
        let outcome = match share {
            _ if sample.quiet < LEAST_QUIET || noisy => Outcome::TooBusy,
            None => Outcome::NotGradable,
            Some(share) => Lines { attempt, share, ahead, floor }.outcome(),
        };
        Some(Self {
            ratio: attempt.surely().map(f64::exp),
            reference: reference.surely().map(f64::exp),
            share: share.map(Interval::surely),
            floor,
            outcome,
        })
    }

    /// Whether more of the same may decide what is open.
    pub fn is_open(&self) -> bool {
        matches!(self.outcome, Outcome::Between(..) | Outcome::TooBusy)
    }
}

/// What is held against the lines of levels.
struct Lines {
    attempt: Interval,
    share: Interval,
    ahead: Interval,
    floor: f64,
}

/// On which side of its line an attempt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
    Either,
}

impl Side {
    /// The side on which something is for which both must be above.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Below, _) | (_, Self::Below) => Self::Below,
            (Self::Above, Self::Above) => Self::Above,
            _ => Self::Either,
        }
    }
}

impl Lines {
    fn outcome(&self) -> Outcome {
        let sides = [
            self.faster(self.attempt).and(self.beyond(BRONZE)),
            self.beyond(SILVER),
            self.beyond(GOLD),
            self.faster(self.ahead),
        ];
        let reached = |allowed: &[Side]| {
            let lines = sides.iter().take_while(|side| allowed.contains(side));
            Level::ALL[lines.count()]
        };
        let (least, most) = (reached(&[Side::Above]), reached(&[Side::Above, Side::Either]));
        if least == most { Outcome::Certain(least) } else { Outcome::Between(least, most) }
    }

    /// Whether something is faster than what it is held against, by a verdict.
    fn faster(&self, log: Interval) -> Side {
        match stats::verdict(log.map(f64::exp), self.floor) {
            Verdict::Faster => Side::Above,
            Verdict::CannotTell if log.surely().high > self.floor.ln_1p() => Side::Either,
            _ => Side::Below,
        }
    }

    fn beyond(&self, line: f64) -> Side {
        match self.share.surely() {
            share if share.low >= line => Side::Above,
            share if share.high < line => Side::Below,
            _ => Side::Either,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use judge::stats::Dice;

    /// Naive takes a hundred, the reference ten, the attempt as long as is said. Processes differ
    /// by so much, blocks by a fifth of that.
    fn grade(attempt: f64, noise: f64, processes: usize, seed: u64) -> Grade {
        let mut dice = Dice(seed << 20);
        let mut sample = Sample {
            itself: Logs::new(),
            attempt: Logs::new(),
            reference: Logs::new(),
            ahead: Logs::new(),
            quiet: 1.0,
        };
        for _ in 0..processes {
            let own: [f64; 4] = std::array::from_fn(|_| noise * dice.normal());
            let mut time = |at: usize, ns: f64| ns.ln() + own[at] + 0.2 * noise * dice.normal();
            let chunks: Vec<[f64; 4]> = (0..5)
                .map(|_| [time(0, 100.0), time(1, attempt), time(2, 10.0), time(3, 100.0)])
                .collect();
            let logs =
                |one: usize, other: usize| chunks.iter().map(|c| c[one] - c[other]).collect();
            sample.itself.push(logs(0, 3));
            sample.attempt.push(logs(0, 1));
            sample.reference.push(logs(0, 2));
            sample.ahead.push(logs(2, 1));
        }
        Grade::new(&sample).unwrap()
    }

    fn certain(attempt: f64) -> Vec<Outcome> {
        let mut all: Vec<Outcome> =
            (0..5).map(|seed| grade(attempt, 0.01, 12, seed).outcome).collect();
        all.dedup();
        all
    }

    #[test]
    fn levels_of_known_samples_are_certain_where_noise_is_small() {
        use Level::*;
        assert_eq!(certain(150.0), [Outcome::Certain(None)]);
        assert_eq!(certain(70.0), [Outcome::Certain(Bronze)]);
        assert_eq!(certain(20.0), [Outcome::Certain(Silver)]);
        assert_eq!(certain(11.0), [Outcome::Certain(Gold)]);
        assert_eq!(certain(8.0), [Outcome::Certain(Beyond)]);
    }

    #[test]
    fn a_copy_of_naive_is_never_called_faster_and_one_of_the_reference_never_misses_gold() {
        for noise in [0.003, 0.02, 0.08] {
            for seed in 0..12 {
                let naive = grade(100.0, noise, 12, seed);
                let told = matches!(naive.outcome, Outcome::Certain(level) if level > Level::None);
                assert!(!told, "{noise} {seed}: {naive:?}");
                let reference = grade(10.0, noise, 12, seed);
                let possible = match reference.outcome {
                    Outcome::Certain(level) | Outcome::Between(_, level) => level,
                    _ => Level::None,
                };
                assert!(possible >= Level::Gold, "{noise} {seed}: {reference:?}");
            }
        }
    }

    /// Code that is the same may be laid out better in another crate.
    #[test]
    fn a_few_hundredths_are_no_level() {
        assert_eq!(certain(94.0), [Outcome::Certain(Level::None)]);
        assert_eq!(certain(70.0), [Outcome::Certain(Level::Bronze)]);
    }

    #[test]
    fn near_a_line_nobody_can_tell_and_more_processes_decide() {
        // Half of the way is the root of a thousand.
        let near = 1_000_f64.sqrt() * 0.94;
        let open = |processes| {
            (0..10).filter(|seed| grade(near, 0.05, processes, *seed).is_open()).count()
        };
        assert!(open(8) > 5, "{}", open(8));
        assert!(open(60) < 3, "{}", open(60));
        let between = grade(near, 0.05, 8, 1);
        assert_eq!(between.outcome, Outcome::Between(Level::Bronze, Level::Silver));
    }

    #[test]
    fn where_the_reference_is_not_ahead_nothing_is_graded() {
        let mut sample = Sample {
            itself: vec![vec![0.001, -0.001]; 8],
            attempt: vec![vec![0.5]; 8],
            reference: vec![vec![0.02]; 8],
            ahead: vec![vec![0.48]; 8],
            quiet: 1.0,
        };
        assert_eq!(Grade::new(&sample).unwrap().outcome, Outcome::NotGradable);
        let noise = Sample { itself: vec![vec![0.3, -0.3]; 8], ..sample.clone() };
        assert_eq!(Grade::new(&noise).unwrap().outcome, Outcome::TooBusy, "that is no machine's");
        sample.reference = vec![vec![0.5]; 8];
        assert_ne!(Grade::new(&sample).unwrap().outcome, Outcome::NotGradable);
        sample.quiet = 0.1;
        let busy = Grade::new(&sample).unwrap();
        assert!(busy.outcome == Outcome::TooBusy && busy.is_open());
        sample.attempt.clear();
        assert_eq!(Grade::new(&sample), None);
    }

    #[test]
    fn a_sample_is_read_from_a_scenario_and_not_from_one_that_lacks_a_rung() {
        let record = record::fixture::record();
        let scenario = &record.cases["words"].scenarios[0];
        assert_eq!(
            Sample::of(scenario).is_some(),
            scenario.pairs.iter().any(|p| (p.base, p.rung) == (2, 1))
        );
    }
}
