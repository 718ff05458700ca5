//! Two revisions' rounds of one scenario: what changed. Pure statistics on what was measured.
//!
//! The processes of both revisions take turns, so that whatever the machine does, it does to both
//! alike, and times can be compared directly: in each pair of processes, the logarithm of old time
//! over new time. Processes differ among themselves (memory comes at other addresses), so the
//! interval is over pairs of processes, not over blocks.

use protocol::Round;

use crate::reduce;
use crate::stats::{self, Interval, Verdict};

/// Changes below this share are never told, however steady: two binaries lay out even the same
/// machine code differently, and every one of their processes has that layout.
pub const LEAST_CHANGE: f64 = 0.03;
/// Pairs of processes below which nothing is told: the interval of few is too narrow.
const LEAST_PAIRS: usize = 6;

/// The quantile of a process's blocks that stands for it. Below the middle: the two processes are
/// not disturbed at the same moments, a disturbance only ever adds time, and the sentinel does not
/// see one that falls between its runs.
const TYPICAL: f64 = 0.25;

/// Rounds of both revisions; those at the same place ran one right after the other.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    /// The base's.
    pub old: Vec<Round>,
    /// The tree's.
    pub new: Vec<Round>,
}

/// What became of a rung in one scenario.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Nanoseconds per call before: the median over processes.
    pub old: f64,
    /// The same now.
    pub new: f64,
    /// How many times as fast as before.
    pub speed: Interval,
    /// What the change must exceed, as a share.
    pub floor: f64,
    /// What it means.
    pub verdict: Verdict,
}

impl Pairs {
    /// Whether enough blocks of both were quiet.
    pub fn is_believable(&self) -> bool {
        let quiet = |rounds| !reduce::too_busy(rounds);
        self.old.len() >= LEAST_PAIRS && quiet(&self.old) && quiet(&self.new)
    }

    /// The change of a rung, given as its indices in both; `None` where it did not run. With
    /// `same_ruler`, both were timed by the same harness, whose sentinel then takes the same time.
    pub fn change(&self, rung: [usize; 2], same_ruler: bool) -> Option<Change> {
        let [old, new] = [times(&self.old, rung[0]), times(&self.new, rung[1])];
        let logs = paired(&old, &new);
        let log = interval(&logs)?;
        let middle = |times: &[Option<f64>]| {
            stats::median(&mut times.iter().flatten().copied().collect::<Vec<f64>>())
        };
        let floor = self.floor(same_ruler);
        let speed = log.map(f64::exp);
        let enough = logs.len() >= LEAST_PAIRS && self.is_believable();
        let verdict = if enough { stats::verdict(speed, floor) } else { Verdict::CannotTell };
        Some(Change { old: middle(&old), new: middle(&new), speed, floor, verdict })
    }

    /// What is known to be no change and yet differs: the sentinel's computation in the one process
    /// against that in the other, and naive against itself within each. Not its walk through
    /// memory: that varies by a fifth without anybody's doing.
    fn floor(&self, same_ruler: bool) -> f64 {
        let compute = |rounds: &[Round]| per_process(rounds, |block| block.compute);
        let sentinel = interval(&paired(&compute(&self.old), &compute(&self.new))).map(|log| {
            // Of two sentinels, only how much they vary.
            let offset = if same_ruler { 0.0 } else { log.mid };
            log.map(|log| log - offset)
        });
        let itself = |rounds: &[Round]| -> Vec<f64> {
            let log = |(round, quiet): (&Round, Vec<bool>)| {
                let last = round.columns.len() - 1;
                let own = calm(round, &quiet, |block| block.ns[0])?;
                Some((own / calm(round, &quiet, |block| block.ns[last])?).ln())
            };
            rounds.iter().zip(reduce::quiet_blocks(rounds)).filter_map(log).collect()
        };
        let naive = interval(&[itself(&self.old), itself(&self.new)].concat());
        [sentinel, naive].into_iter().flatten().map(stats::floor).fold(LEAST_CHANGE, f64::max)
    }
}

/// The change of a rung whose measurement was repeated because it seemed to have changed: told only
/// if both agree. One in some hundred unchanged rungs seems to have changed by chance, and a run
/// has hundreds; to do so twice the same way is rare enough.
pub fn confirmed(all: Change, first: Verdict, second: Verdict) -> Change {
    let agree = [first, second].iter().all(|verdict| *verdict == all.verdict);
    Change { verdict: if agree { all.verdict } else { Verdict::CannotTell }, ..all }
}

/// Nanoseconds per call of a rung, by process; `None` where it had no quiet block.
fn times(rounds: &[Round], rung: usize) -> Vec<Option<f64>> {
    let of = |(round, quiet): (&Round, Vec<bool>)| {
        let column = round.columns.iter().position(|at| *at == rung)?;
        calm(round, &quiet, |block| block.ns[column])
    };
    rounds.iter().zip(reduce::quiet_blocks(rounds)).map(of).collect()
}

fn per_process(rounds: &[Round], part: fn(&protocol::Block) -> f64) -> Vec<Option<f64>> {
    let of = |(round, quiet): (&Round, Vec<bool>)| calm(round, &quiet, part);
    rounds.iter().zip(reduce::quiet_blocks(rounds)).map(of).collect()
}

/// The lower quartile over quiet blocks of something; `None` if there is no such block.
fn calm(round: &Round, quiet: &[bool], of: impl Fn(&protocol::Block) -> f64) -> Option<f64> {
    let kept = round.blocks.iter().zip(quiet).filter(|(_, quiet)| **quiet);
    let mut values: Vec<f64> = kept.map(|(block, _)| of(block)).collect();
    (!values.is_empty()).then(|| stats::quantile(&mut values, TYPICAL))
}

/// log(old / new) of each pair in which both are known.
fn paired(old: &[Option<f64>], new: &[Option<f64>]) -> Vec<f64> {
    let both = old.iter().zip(new).filter_map(|(old, new)| Some((old.as_ref()?, new.as_ref()?)));
    both.filter(|(old, new)| **old > 0.0 && **new > 0.0)
        .map(|(old, new)| (old / new).ln())
        .collect()
}

fn interval(logs: &[f64]) -> Option<Interval> {
    let pairs: Vec<Vec<f64>> = logs.iter().map(|log| vec![*log]).collect();
    stats::interval(&pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Dice;
    use protocol::Block;

    /// How bad a machine is: deviations of a process, of a block, and how often one is contended.
    #[derive(Clone, Copy)]
    struct Machine {
        process: f64,
        block: f64,
        contended: f64,
    }

    const QUIET: Machine = Machine { process: 0.01, block: 0.01, contended: 0.05 };
    const ROUGH: Machine = Machine { process: 0.05, block: 0.05, contended: 0.3 };

    /// Naive takes a hundred and the rung fifty, in the new revision so many times that. The
    /// machine's speed drifts by a fifth in the course of the run.
    fn pairs(machine: Machine, slower: f64, count: usize, noise: &mut Dice) -> Pairs {
        let mut process = |drift: f64, slower: f64| {
            let layout = [0, 1].map(|_| (machine.process * noise.normal()).exp());
            let blocks = (0..20).map(|_| {
                let busy = noise.share() < machine.contended;
                let speed = drift * if busy { 1.8 } else { 1.0 };
                let mut time = |ns: f64| ns * speed * (machine.block * noise.normal()).exp();
                let naive = [time(100.0 * layout[0]), time(100.0 * layout[0])];
                let ns = vec![naive[0], time(50.0 * slower * layout[1]), naive[1]];
                Block { ns, compute: time(10.0), stream: 0.0, ..Block::default() }
            });
            Round {
                inputs: 1,
                columns: vec![0, 1, 0],
                untimed: Vec::new(),
                blocks: blocks.collect(),
                work: 0.0,
                within: 0.0,
                data_bytes: Vec::new(),
                handover: 0.0,
            }
        };
        let mut pairs = Pairs::default();
        for at in 0..count {
            let drift = 1.0 + 0.2 * at as f64 / count as f64;
            pairs.old.push(process(drift, 1.0));
            pairs.new.push(process(drift, slower));
        }
        pairs
    }

    /// As a run does it: what seems to have changed is measured again.
    fn verdict(machine: Machine, slower: f64, seed: u64) -> Verdict {
        let mut noise = Dice(seed << 32);
        let first = pairs(machine, slower, 10, &mut noise);
        let seems = first.change([1, 1], true).unwrap();
        if seems.verdict == Verdict::CannotTell {
            return Verdict::CannotTell;
        }
        let second = pairs(machine, slower, 10, &mut noise);
        let again = second.change([1, 1], true).unwrap();
        let mut all = first;
        all.old.extend(second.old);
        all.new.extend(second.new);
        confirmed(all.change([1, 1], true).unwrap(), seems.verdict, again.verdict).verdict
    }

    #[test]
    fn equal_revisions_hardly_ever_differ() {
        for machine in [QUIET, ROUGH, Machine { process: 0.1, ..ROUGH }] {
            let told = |seed: &u64| verdict(machine, 1.0, *seed) != Verdict::CannotTell;
            let false_alarms = (0..400).filter(told).count();
            assert!(false_alarms <= 2, "{false_alarms} of 400");
        }
    }

    #[test]
    fn a_planted_slowdown_is_found() {
        let found = |machine, slower| {
            let slow = |seed: &u64| verdict(machine, slower, *seed) == Verdict::Slower;
            (0..100).filter(slow).count()
        };
        assert!(found(QUIET, 1.1) >= 99, "{}", found(QUIET, 1.1));
        assert!(found(QUIET, 1.05) >= 90, "{}", found(QUIET, 1.05));
        assert!(found(ROUGH, 1.3) >= 90, "{}", found(ROUGH, 1.3));
        assert_eq!(verdict(QUIET, 0.8, 1), Verdict::Faster);
    }

    #[test]
    fn drift_that_hits_both_is_no_change() {
        let pairs = pairs(QUIET, 1.0, 10, &mut Dice(1));
        let change = pairs.change([1, 1], true).unwrap();
        assert!((change.speed.mid - 1.0).abs() < 0.02, "{change:?}");
        assert!(change.floor >= LEAST_CHANGE && change.old > 50.0, "{change:?}");
    }

    #[test]
    fn a_sentinel_that_differs_raises_the_floor_unless_it_is_another_one() {
        let mut pairs = pairs(QUIET, 1.2, 10, &mut Dice(1));
        for round in &mut pairs.new {
            round.blocks.iter_mut().for_each(|block| block.compute *= 1.5);
        }
        assert_eq!(pairs.change([1, 1], true).unwrap().verdict, Verdict::CannotTell);
        assert_eq!(pairs.change([1, 1], false).unwrap().verdict, Verdict::Slower);
    }

    #[test]
    fn few_pairs_and_missing_rungs_tell_nothing() {
        let few = pairs(QUIET, 2.0, LEAST_PAIRS - 1, &mut Dice(1));
        assert_eq!(few.change([1, 1], true).unwrap().verdict, Verdict::CannotTell);
        assert_eq!(few.change([1, 7], true), None);
    }

    #[test]
    fn what_is_not_confirmed_is_not_told() {
        let change = pairs(QUIET, 1.2, 10, &mut Dice(1)).change([1, 1], true).unwrap();
        use Verdict::*;
        assert_eq!(confirmed(change, Slower, Slower).verdict, Slower);
        assert_eq!(confirmed(change, Slower, CannotTell).verdict, CannotTell);
        assert_eq!(confirmed(change, Faster, Slower).verdict, CannotTell);
    }
}
