//! What rounds of whole programs say of each: as each of its processes ran next to one of the base,
//! in the logarithm of the base's time over its own, and with the base against itself as the floor.

use record::{ProgramRound, ProgramRun};

use crate::stats::{self, Interval, Verdict};

/// Rounds below which nothing is told: the interval of few is too narrow.
const LEAST_ROUNDS: usize = 6;

/// How a program stands to the base.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Nanoseconds until it ended: the median.
    pub wall: f64,
    /// Nanoseconds of processor time.
    pub cpu: Option<f64>,
    /// Bytes of memory at its fullest: the median.
    pub peak: Option<f64>,
    /// Nanoseconds of a process with nothing to do.
    pub start_up: Option<f64>,
    /// How many times as fast as the base.
    pub ratio: Interval,
    /// What a difference must exceed, as a share.
    pub floor: f64,
    /// What the ratio means.
    pub verdict: Verdict,
    /// Rounds in which neither it nor the base was disturbed.
    pub rounds: usize,
}

impl Standing {
    /// Whether there were rounds enough to tell anything.
    pub fn is_enough(&self) -> bool {
        self.rounds >= LEAST_ROUNDS
    }

    /// The same beside a floor that another look at the base has shown.
    pub fn with_floor(self, floor: f64) -> Self {
        let floor = self.floor.max(floor);
        let verdict =
            if self.is_enough() { stats::verdict(self.ratio, floor) } else { Verdict::CannotTell };
        Self { floor, verdict, ..self }
    }
}

/// Every program of some rounds, the base first; none of one that never ran.
pub fn standings(rounds: &[ProgramRound]) -> Vec<Option<Standing>> {
    let programs = rounds.first().map_or(0, |round| round.runs.len().saturating_sub(1));
    let quiet = Quiet::of(rounds);
    let twin = quiet.logs(programs);
    let floor = stats::interval(&twin).map_or(stats::LEAST_FLOOR, stats::floor);
    (0..programs).map(|program| quiet.standing(program, floor)).collect()
}

/// Rounds, and the slowest that the sentinel may have been in a quiet one.
struct Quiet<'r> {
    rounds: &'r [ProgramRound],
    slowest: f64,
}

impl<'r> Quiet<'r> {
    fn of(rounds: &'r [ProgramRound]) -> Self {
        let all = rounds.iter().flat_map(|round| &round.runs).flatten();
        let mut sentinels: Vec<f64> = all.map(|run| run.sentinel as f64).collect();
        Self { rounds, slowest: stats::slowest_quiet(&mut sentinels, protocol::QUIET_SLACK) }
    }

    fn run(&self, round: &'r ProgramRound, program: usize) -> Option<&'r ProgramRun> {
        let run = round.runs.get(program)?.as_ref()?;
        (run.sentinel as f64 <= self.slowest).then_some(run)
    }

    /// The logarithm of the base's time over a program's in every round where both were quiet.
    fn logs(&self, program: usize) -> Vec<Vec<f64>> {
        let log = |round| {
            let (base, run) = (self.run(round, 0)?, self.run(round, program)?);
            Some(vec![(base.wall as f64 / run.wall as f64).ln()])
        };
        self.rounds.iter().filter_map(log).collect()
    }

    fn standing(&self, program: usize, floor: f64) -> Option<Standing> {
        let middle = |of: fn(&ProgramRun) -> Option<u64>| {
            let runs = self.rounds.iter().filter_map(|round| self.run(round, program));
            let mut known: Vec<f64> = runs.filter_map(of).map(|value| value as f64).collect();
            (!known.is_empty()).then(|| stats::median(&mut known))
        };
        let logs = self.logs(program);
        let standing = Standing {
            wall: middle(|run| Some(run.wall))?,
            cpu: middle(|run| run.cpu),
            peak: middle(|run| run.peak),
            start_up: middle(|run| run.start_up),
            ratio: stats::interval(&logs)?.map(f64::exp),
            floor,
            verdict: Verdict::CannotTell,
            rounds: logs.len(),
        };
        Some(standing.with_floor(floor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Dice;

    /// Rounds of a base, of programs that take so many times its time, and of the base again, on a
    /// machine that drifts, varies by so much, and is disturbed in one run of ten.
    fn rounds(times: &[f64], count: usize, noise: f64, seed: u64) -> Vec<ProgramRound> {
        let mut dice = Dice(seed);
        let mut round = |at: usize| {
            let drift = 1.0 + 0.2 * at as f64 / count as f64;
            let all = [1.0].iter().chain(times).chain(&[1.0]).copied();
            let run = |times: f64| {
                let busy = if dice.share() < 0.1 { 1.6 } else { 1.0 };
                let wall = 1e8 * times * drift * busy * (noise * dice.normal()).exp();
                let sentinel = (1e6 * busy) as u64;
                Some(ProgramRun { wall: wall as u64, sentinel, ..ProgramRun::default() })
            };
            ProgramRound { runs: all.map(run).collect() }
        };
        (0..count).map(&mut round).collect()
    }

    fn verdicts(times: f64, noise: f64, wanted: Verdict) -> usize {
        let judged = |seed: &u64| {
            let standing = standings(&rounds(&[times], 20, noise, *seed << 32))[1].unwrap();
            standing.verdict == wanted
        };
        (0..200).filter(judged).count()
    }

    #[test]
    fn equal_programs_hardly_ever_differ_and_a_difference_is_found() {
        for noise in [0.005, 0.03] {
            let level = verdicts(1.0, noise, Verdict::CannotTell);
            assert!(level >= 196, "{level} of 200 at {noise}");
        }
        assert!(verdicts(0.95, 0.01, Verdict::Faster) >= 190);
        assert!(verdicts(1.1, 0.03, Verdict::Slower) >= 180);
    }

    #[test]
    fn few_rounds_tell_nothing_and_what_never_ran_has_no_standing() {
        let few = standings(&rounds(&[0.5], 5, 0.001, 1))[1].unwrap();
        assert_eq!(few.verdict, Verdict::CannotTell);
        let mut gone = rounds(&[0.5, 2.0], 20, 0.01, 1);
        gone.iter_mut().for_each(|round| round.runs[1] = None);
        let found = standings(&gone);
        assert!(found[0].is_some() && found[1].is_none());
        assert_eq!(found[2].unwrap().verdict, Verdict::Slower);
        assert!(standings(&[]).is_empty());
    }

    #[test]
    fn a_higher_floor_takes_a_verdict_back() {
        let standing = standings(&rounds(&[0.9], 20, 0.005, 1))[1].unwrap();
        assert_eq!(standing.verdict, Verdict::Faster);
        assert_eq!(standing.with_floor(0.3).verdict, Verdict::CannotTell);
        assert_eq!(standing.with_floor(0.0), standing);
    }
}
