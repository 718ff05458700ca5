//! Simulated instruction counts of two records. They repeat to the instruction, whatever the
//! machine is busy with; so where both records have them, they decide. But a processor is not paid
//! by the instruction: where paired times certainly contradict them by a lot, times decide.

use super::side::Change;
use crate::stats::{Interval, Verdict};
use protocol::Scenario;
use record::CaseRecord;

/// Changes below this share are none. Most counts repeat to the instruction, but the standard
/// library's hash maps draw random keys for each process, and chains of other lengths then differ
/// by nearly two per cent.
const LEAST: f64 = 0.03;
/// How much paired times must certainly differ from what the counts explain before they overrule
/// them: two runs at different hours differ by a few per cent in caches, layout and neighbours.
const LARGE: f64 = 0.1;

/// Instructions of one call, before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Instructions {
    /// In the old record.
    pub old: f64,
    /// In the new one.
    pub new: f64,
}

/// What a line's verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grounds {
    /// Paired times: there are no counts, or they cannot be compared.
    Times,
    /// More instructions.
    More,
    /// Fewer instructions.
    Fewer,
    /// As many instructions, and no time that contradicts.
    Equal,
    /// More instructions, yet certainly a lot faster.
    MoreYetFaster,
    /// Fewer instructions, yet slower by paired times, if not by much.
    FewerYetNoFaster,
    /// Certainly a lot slower than the instructions explain.
    Unexplained,
}

/// Whether the same calls on the same inputs were counted by one version of valgrind: its tools
/// count the same instructions.
fn counted_alike(old: &CaseRecord, new: &CaseRecord) -> bool {
    let how = |case: &CaseRecord| {
        let simulator = case.evidence.as_ref()?.simulator.as_ref()?;
        let version = simulator.program.rsplit(' ').next()?;
        Some((version.to_owned(), simulator.inputs, simulator.calls))
    };
    how(old) == how(new)
}

impl Instructions {
    /// Of a rung in both cases; `None` unless both have counts of it at this scenario.
    pub(super) fn find(
        old: &CaseRecord,
        new: &CaseRecord,
        scenario: &Scenario,
        rungs: [usize; 2],
    ) -> Option<Self> {
        if !counted_alike(old, new) {
            return None;
        }
        let [old, new] = [(old, rungs[0]), (new, rungs[1])].map(|(case, rung)| {
            let counted = case.evidence.as_ref()?.simulated.here()?;
            let instructions = counted.of(scenario, rung)?.instructions;
            (instructions.is_finite() && instructions > 0.0).then_some(instructions)
        });
        Some(Self { old: old?, new: new? })
    }

    /// How many times as many as before.
    pub fn growth(&self) -> f64 {
        self.new / self.old
    }
}

/// The verdict on a rung, and what it rests on. `naive` are naive's counts: times are ratios to
/// naive, so what naive did is taken out of them first. Naive's own time drifts and says nothing.
pub(super) fn judge(
    own: Option<Instructions>,
    naive: Option<Instructions>,
    change: &Change,
    is_naive: bool,
) -> (Verdict, Grounds) {
    let Some(own) = own else { return (change.verdict(), Grounds::Times) };
    let growth = own.growth();
    let speed = own_speed(change.speed, naive);
    let large = change.floor.filter(|_| !is_naive).map(|floor| 1.0 + floor.max(LARGE));
    let much_faster = large.is_some_and(|large| speed.low > large);
    let unexplained = large.is_some_and(|large| speed.high * large < (1.0 / growth).min(1.0));
    if unexplained {
        (Verdict::Slower, Grounds::Unexplained)
    } else if growth > 1.0 + LEAST {
        let grounds = if much_faster { Grounds::MoreYetFaster } else { Grounds::More };
        (if much_faster { Verdict::Faster } else { Verdict::Slower }, grounds)
    } else if growth >= 1.0 / (1.0 + LEAST) {
        (Verdict::CannotTell, Grounds::Equal)
    } else if !is_naive && change.verdict() == Verdict::Slower && speed.mid < 1.0 {
        (Verdict::CannotTell, Grounds::FewerYetNoFaster)
    } else {
        (Verdict::Faster, Grounds::Fewer)
    }
}

/// A rung's change of speed, from the change of its ratio to naive: a naive that executes fewer
/// instructions lowers all ratios.
fn own_speed(ratio: Interval, naive: Option<Instructions>) -> Interval {
    let naive_speed = naive.map_or(1.0, |naive| 1.0 / naive.growth());
    ratio.map(|ratio| ratio * naive_speed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::examples::{counted, one};
    use crate::records::{Comparison, Line};
    use record::{Found, Record, Simulator};

    /// Of `fast`: its verdict when its log ratio and its instructions, and naive's, went to these;
    /// and how many of the two regressed.
    fn of(log: i32, fast: f64, naive: f64) -> (Verdict, Grounds, usize) {
        let mut old = one(100.0, 11_000, 6_931);
        let mut new = one(100.0, log, 6_931);
        counted(&mut old, 1_000, &[1_000.0, 300.0, 500.0]);
        counted(&mut new, 1_000, &[naive, fast, 500.0]);
        let comparison = Comparison::new(&old, &new);
        let slower = |line: &&Line| line.is_judged() && line.verdict == Verdict::Slower;
        let [naive, fast, _] = &comparison.lines[..] else { unreachable!("three rungs") };
        (fast.verdict, fast.grounds, [naive, fast].into_iter().filter(slower).count())
    }

    #[test]
    fn counts_decide_where_both_records_have_them() {
        use Verdict::*;
        assert_eq!(of(11_000, 300.0, 1_000.0), (CannotTell, Grounds::Equal, 0));
        assert_eq!(of(11_000, 308.9, 1_000.0), (CannotTell, Grounds::Equal, 0));
        assert_eq!(of(11_000, 309.1, 1_000.0), (Slower, Grounds::More, 1));
        assert_eq!(of(11_000, 290.0, 1_000.0), (Faster, Grounds::Fewer, 0));
        // Times that differ as much as two runs do change nothing of that.
        assert_eq!(of(10_400, 300.0, 1_000.0), (CannotTell, Grounds::Equal, 0));
        assert_eq!(of(11_600, 310.0, 1_000.0), (Slower, Grounds::More, 1));
        assert_eq!(of(10_400, 290.0, 1_000.0), (CannotTell, Grounds::FewerYetNoFaster, 0));
    }

    #[test]
    fn tools_of_one_version_count_alike() {
        let by = |program: &str, calls| {
            let mut record = one(100.0, 11_000, 6_931);
            counted(&mut record, 1_000, &[1_000.0, 300.0, 500.0]);
            let mut case = record.cases.remove("arenas").unwrap();
            let (program, as_advertised) = (program.to_owned(), false);
            let (first_level, last_level, inputs) = (1 << 15, 1 << 25, 5);
            case.evidence.as_mut().unwrap().simulator =
                Some(Simulator { program, as_advertised, first_level, last_level, inputs, calls });
            case
        };
        let new = by("callgrind of valgrind-3.19.0", 10);
        assert!(counted_alike(&by("valgrind-3.19.0", 10), &new));
        assert!(!counted_alike(&by("valgrind-3.18.1", 10), &new));
        assert!(!counted_alike(&by("valgrind-3.19.0", 5), &new));
    }

    #[test]
    fn large_and_certain_times_overrule_counts() {
        use Verdict::*;
        assert_eq!(of(9_000, 300.0, 1_000.0), (Slower, Grounds::Unexplained, 1));
        assert_eq!(of(9_000, 250.0, 1_000.0), (Slower, Grounds::Unexplained, 1));
        // A fifth more instructions explain a fifth more time, and no more than that.
        assert_eq!(of(11_000 - 1_823, 360.0, 1_000.0), (Slower, Grounds::More, 1));
        assert_eq!(of(11_000 - 5_000, 360.0, 1_000.0), (Slower, Grounds::Unexplained, 1));
        // More instructions may be the price of speed.
        assert_eq!(of(13_000, 400.0, 1_000.0), (Faster, Grounds::MoreYetFaster, 0));
    }

    #[test]
    fn what_naive_did_is_no_change_of_the_others() {
        use Verdict::*;
        // Naive executes a third less, so the ratio falls.
        let log = 11_000 + ((2.0_f64 / 3.0).ln() * 1e4) as i32;
        let naive = 1_000.0 * 2.0 / 3.0;
        assert_eq!(of(log, 300.0, naive), (CannotTell, Grounds::Equal, 0));
        // Naive executes half as much again: that is told of naive, whose time alone is not.
        assert_eq!(of(11_000 + 4_055, 300.0, 1_500.0), (CannotTell, Grounds::Equal, 1));
        assert_eq!(of(11_000 + 4_055, 310.0, 1_500.0), (Slower, Grounds::More, 2));
    }

    #[test]
    fn a_run_that_cannot_be_believed_overrules_nothing() {
        let mut old = one(100.0, 11_000, 6_931);
        let mut new = one(100.0, 5_000, 6_931);
        for record in [&mut old, &mut new] {
            counted(record, 1_000, &[1_000.0, 300.0, 500.0]);
        }
        assert_eq!(Comparison::new(&old, &new).count(Verdict::Slower), 1);
        new.cases.get_mut("arenas").unwrap().scenarios[0].quiet = 0.1;
        assert_eq!(Comparison::new(&old, &new).count(Verdict::Slower), 0);
    }

    #[test]
    fn counts_that_mean_something_else_are_not_compared() {
        let counted = |scenario: usize, change: &dyn Fn(&mut Record)| {
            let mut old = one(100.0, 11_000, 6_931);
            let mut new = old.clone();
            counted(&mut old, 1_000, &[1_000.0, 300.0, 500.0]);
            counted(&mut new, scenario, &[1_000.0, 400.0, 500.0]);
            change(&mut new);
            let comparison = Comparison::new(&old, &new);
            (comparison.regressions(), comparison.incomparable_counts.is_some())
        };
        assert_eq!(counted(1_000, &|_| ()), (1, false));
        assert_eq!(counted(10, &|_| ()), (0, false), "at another scenario");
        let target: &dyn Fn(&mut Record) = &|new| new.toolchain.target = "other".into();
        assert_eq!(counted(1_000, target), (0, true));
        let vectors: &dyn Fn(&mut Record) = &|new| new.machine.features = vec!["avx2".into()];
        assert_eq!(counted(1_000, vectors), (0, true));
        let compiler: &dyn Fn(&mut Record) = &|new| new.toolchain.rustc = "newer".into();
        assert_eq!(counted(1_000, compiler), (1, false));
        let none: &dyn Fn(&mut Record) = &|new| {
            let evidence = new.cases.get_mut("arenas").unwrap().evidence.as_mut().unwrap();
            evidence.simulated = Found::Unavailable("no valgrind".into());
        };
        assert_eq!(counted(1_000, none), (0, false));
    }
}
