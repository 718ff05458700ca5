//! Two records side by side: what got faster or slower, whose claims flipped, what only one of them
//! has. Pure: it reads records and prints nothing.
//!
//! A machine drifts between two runs, so their times say little of each other. Each run measured
//! its ratios to naive pairwise; those are what is compared, where there are no instruction counts.

pub mod agreement;
mod claims;
pub mod code;
#[cfg(test)]
pub(crate) mod examples;
mod facts;
mod instructions;
mod missing;
mod side;

use protocol::Scenario;

use crate::stats::{Interval, Verdict};
use crate::summary::{CaseSummary, ScenarioSummary, Summaries, summaries};
use record::{Aspect, Record};

pub use claims::{Agreement, Flip};
pub use facts::Fact;
pub use instructions::{Grounds, Instructions};
use missing::Measured;
use side::{Change, Side};

/// Why instruction counts of both records are not compared.
const INCOMPARABLE: &str = "another target or other vector extensions, so other machine code ran";

/// All that can be said of two records.
pub struct Comparison {
    /// What made the two: equal or not.
    pub facts: Vec<Fact>,
    /// Every rung that both measured, naive first within its scenario.
    pub lines: Vec<Line>,
    /// Claims of both whose outcome is another now.
    pub flips: Vec<Flip>,
    /// Cases that were measured without failure in the old record, with what fails now.
    pub failures: Vec<(String, String)>,
    /// What only the new record has: case, scenario or rung.
    pub added: Vec<String>,
    /// What only the old record has.
    pub removed: Vec<String>,
    /// Verdicts against naive that both records have, and on how many of them they agree.
    pub agreement: Agreement,
    /// Why counts that both records have were not compared.
    pub incomparable_counts: Option<&'static str>,
}

/// One rung in one scenario of both records.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The case.
    pub case: String,
    /// Distribution and size.
    pub scenario: Scenario,
    /// The rung's name.
    pub rung: String,
    /// Its ratio to naive in the old record; of naive itself the nanoseconds per call.
    pub old: Interval,
    /// The same in the new record.
    pub new: Interval,
    /// How many times as fast as in the old record.
    pub change: Interval,
    /// What the change means; of naive without counts, whose time drifts with the machine, only a
    /// hint.
    pub verdict: Verdict,
    /// What the verdict rests on.
    pub grounds: Grounds,
    /// Simulated instructions, where both records counted them.
    pub instructions: Option<Instructions>,
    /// What paired times alone say.
    pub timed: Verdict,
    /// Whether this is naive.
    pub naive: bool,
}

impl Line {
    /// Whether a slower verdict is a regression: naive's is none where only its time tells.
    pub fn is_judged(&self) -> bool {
        !self.naive || self.instructions.is_some()
    }

    /// Whether the other is of the same scenario of the same case.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.case == other.case && self.scenario.same_place(&other.scenario)
    }
}

impl Comparison {
    /// Compares two records.
    pub fn new(old: &Record, new: &Record) -> Self {
        let mut answer = Self {
            facts: facts::facts(old, new),
            lines: Vec::new(),
            flips: Vec::new(),
            failures: missing::failures(old, new),
            added: Vec::new(),
            removed: Vec::new(),
            agreement: Agreement::default(),
            incomparable_counts: None,
        };
        let (before, after) = (summaries(old), summaries(new));
        let (had, has) = (Measured::new(&before), Measured::new(&after));
        answer.added = has.beyond(&had);
        answer.removed = had.beyond(&has);
        let same_code = old.toolchain.target == new.toolchain.target
            && old.machine.features == new.machine.features;
        for (name, before) in &before {
            if let Some(after) = after.get(name) {
                answer.case(name, before, after, same_code);
                answer.flips.extend(claims::flips(name, before, after));
            }
        }
        answer
    }

    /// Judged lines with this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.judged().filter(|line| line.verdict == verdict).count()
    }

    /// Every line whose verdict counts.
    pub fn judged(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.is_judged())
    }

    /// Every line that is not naive's.
    pub fn rungs(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| !line.naive)
    }

    /// Claims that the old run bore out and the new one contradicts.
    pub fn broken(&self) -> usize {
        self.flips.iter().filter(|flip| flip.is_regression()).count()
    }

    /// Slower rungs, broken claims and failing cases. Naive is none of them where only its time
    /// tells: that drifts.
    pub fn regressions(&self) -> usize {
        self.count(Verdict::Slower) + self.broken() + self.failures.len()
    }

    /// Whether all facts that belong to something are known to be equal.
    pub fn equal(&self, aspect: Aspect) -> bool {
        self.facts.iter().filter(|fact| fact.aspect == aspect).all(|fact| fact.equal)
    }

    /// Naive's lines where it is naive that seems to have changed: the rungs that changed, two or
    /// more, all did so the other way. Instruction counts would tell, so only without them.
    pub fn naive_changed(&self) -> Vec<&Line> {
        let suspect = |lines: &[Line]| {
            let changed = lines[1..].iter().filter(|line| line.timed != Verdict::CannotTell);
            let opposite = match lines[0].timed {
                Verdict::Faster => Verdict::Slower,
                Verdict::Slower => Verdict::Faster,
                Verdict::CannotTell => return false,
            };
            let verdicts: Vec<Verdict> = changed.map(|line| line.timed).collect();
            let alike = verdicts.iter().all(|verdict| *verdict == opposite);
            lines[0].naive && lines[0].instructions.is_none() && verdicts.len() >= 2 && alike
        };
        let scenarios = self.lines.chunk_by(Line::is_beside).filter(|lines| suspect(lines));
        scenarios.map(|lines| &lines[0]).collect()
    }

    fn case(&mut self, name: &str, old: &CaseSummary, new: &CaseSummary, same_code: bool) {
        for before in &old.scenarios {
            let same = |other: &&ScenarioSummary| {
                other.record.scenario.same_place(&before.record.scenario)
            };
            let Some(after) = new.scenarios.iter().find(same) else { continue };
            let scenario = &after.record.scenario;
            let mut naive_counts = None;
            for (at, rung) in old.rungs.iter().enumerate() {
                let Some(now_at) = new.rungs.iter().position(|other| other == rung) else {
                    continue;
                };
                let sides = [Side::new(before, at), Side::new(after, now_at)];
                let [Some(then), Some(now)] = sides else { continue };
                self.agreement.take(then.verdict, now.verdict);
                let Some(change) = Change::new(&then, &now) else { continue };
                let counts = Instructions::find(old.record, new.record, scenario, [at, now_at]);
                if counts.is_some() && !same_code {
                    self.incomparable_counts = Some(INCOMPARABLE);
                }
                let counts = counts.filter(|_| same_code);
                if at == 0 {
                    naive_counts = counts;
                }
                let (verdict, grounds) =
                    instructions::judge(counts, naive_counts, &change, at == 0);
                self.lines.push(Line {
                    case: name.to_owned(),
                    scenario: scenario.clone(),
                    rung: (*rung).to_owned(),
                    old: then.shown,
                    new: now.shown,
                    change: change.speed,
                    verdict,
                    grounds,
                    instructions: counts,
                    timed: change.verdict(),
                    naive: at == 0,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::examples::{case, one, record, scenario, verdicts};
    use super::*;
    use protocol::Effort;

    #[test]
    fn a_record_does_not_differ_from_itself() {
        let record = one(100.0, 11_000, 6_931);
        let comparison = Comparison::new(&record, &record);
        assert!(comparison.lines.iter().all(|line| line.change.mid == 1.0));
        assert_eq!(comparison.count(Verdict::CannotTell), 2);
        assert_eq!(comparison.regressions(), 0);
        assert_eq!(comparison.agreement, Agreement { same: 2, opposite: 0, all: 2 });
        assert!(comparison.flips.is_empty() && comparison.facts.iter().all(|fact| fact.equal));
        assert!(comparison.added.is_empty() && comparison.removed.is_empty());
    }

    #[test]
    fn ratios_are_compared_and_drift_is_not() {
        // The machine runs at half its speed, `fast` lost a tenth, the peer won a fifth.
        let (old, new) = (one(100.0, 11_000, 6_931), one(200.0, 10_000, 8_931));
        let comparison = Comparison::new(&old, &new);
        use Verdict::*;
        assert_eq!(verdicts(&comparison), [("fast", Slower), ("peer", Faster)]);
        let changes: Vec<f64> = comparison.lines.iter().map(|line| line.change.mid.ln()).collect();
        for (change, expected) in changes.iter().zip([-2.0_f64.ln(), -0.1, 0.2]) {
            assert!((change - expected).abs() < 1e-9, "{change} {expected}");
        }
        assert_eq!(comparison.regressions(), 1);

        let drifted = Comparison::new(&old, &one(200.0, 11_000, 6_931));
        assert!(drifted.lines[0].naive && drifted.lines[0].verdict == Slower);
        assert_eq!(drifted.regressions(), 0);
    }

    #[test]
    fn a_naive_that_changed_is_suspected() {
        let old = one(100.0, 11_000, 6_931);
        let suspects = |new: &Record| Comparison::new(&old, new).naive_changed().len();
        assert_eq!(suspects(&one(80.0, 11_000 - 2_231, 6_931 - 2_231)), 1, "naive got faster");
        assert_eq!(suspects(&one(80.0, 11_000, 6_931)), 0, "the machine got faster");
        assert_eq!(suspects(&one(100.0, 11_000 - 2_231, 6_931 - 2_231)), 0, "the rungs did");
        assert_eq!(suspects(&one(80.0, 11_000 - 2_231, 6_931)), 0, "one rung did");
    }

    #[test]
    fn rungs_are_matched_by_name_and_scenarios_at_any_effort() {
        let old = record(&[(
            "arenas",
            case(&["naive", "gone", "fast"], vec![scenario(10, 1.0, &[500, 7_000])]),
        )]);
        let mut now = scenario(10, 1.0, &[7_000, 900]);
        now.scenario.effort = Effort::Full;
        let new = record(&[("arenas", case(&["naive", "fast", "fresh"], vec![now]))]);
        let comparison = Comparison::new(&old, &new);
        assert_eq!(verdicts(&comparison), [("fast", Verdict::CannotTell)]);
        assert_eq!(comparison.removed, ["arenas: rung gone"]);
        assert_eq!(comparison.added, ["arenas: rung fresh"]);
    }
}
