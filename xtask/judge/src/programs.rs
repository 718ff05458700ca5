//! What rounds of whole programs say of each: as each of its processes ran next to one of the base,
//! in the logarithm of the base's time over its own, and with the base against itself as the floor.

use record::{ProgramRound, ProgramRun};

use crate::stats::{self, Interval, Verdict};
use crate::summary::Compared;

/// Rounds below which nothing is told: the interval of few is too narrow.
const LEAST_ROUNDS: usize = 6;

/// The share of a core's time that others may take during a run.
const OTHERS: u64 = 20;

/// Whether others took so much of the processor during a run that it does not count.
pub fn is_disturbed(run: &ProgramRun) -> bool {
    run.others.is_some_and(|others| others > run.wall / OTHERS)
}

/// How often others took too much during some rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disturbance {
    /// Runs, those that were repeated among them.
    pub runs: usize,
    /// Runs that were disturbed.
    pub disturbed: usize,
    /// Those of them that were not repeated, and so are missing.
    pub lost: usize,
}

impl Disturbance {
    /// Of all runs of some rounds.
    pub fn of(rounds: &[ProgramRound]) -> Self {
        let runs = || rounds.iter().flat_map(|round| &round.runs).flatten();
        let again: usize = runs().map(|run| run.again as usize).sum();
        let lost = runs().filter(|run| is_disturbed(run)).count();
        Self { runs: runs().count() + again, disturbed: again + lost, lost }
    }

    /// Whether a reader has to know it: more than one in ten.
    pub fn are_many(&self) -> bool {
        10 * self.disturbed > self.runs
    }
}

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
    /// Rounds in which neither it nor the base was disturbed, by others or beside the sentinel.
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
        Self { floor, verdict: verdict(self.ratio, floor, self.rounds), ..self }
    }
}

/// Every program of some rounds, the base first; none of one that never ran.
pub fn standings(rounds: &[ProgramRound]) -> Vec<Option<Standing>> {
    let programs = rounds.first().map_or(0, |round| round.runs.len().saturating_sub(1));
    let quiet = Quiet::of(rounds);
    let floor = quiet.floor(programs);
    (0..programs).map(|program| quiet.standing(program, floor)).collect()
}

/// How many times as fast as `base` a program was, in the rounds in which both were quiet; none if
/// there were none.
pub fn between(rounds: &[ProgramRound], base: usize, program: usize) -> Option<Compared> {
    let programs = rounds.first()?.runs.len().checked_sub(1)?;
    let quiet = Quiet::of(rounds);
    let logs = quiet.logs(base, program);
    let ratio = stats::interval(&logs)?.map(f64::exp);
    let verdict = verdict(ratio, quiet.floor(programs), logs.len());
    Some(Compared { ratio, verdict })
}

/// What a ratio over so many rounds means beside a floor.
fn verdict(ratio: Interval, floor: f64, rounds: usize) -> Verdict {
    if rounds < LEAST_ROUNDS { Verdict::CannotTell } else { stats::verdict(ratio, floor) }
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
        (run.sentinel as f64 <= self.slowest && !is_disturbed(run)).then_some(run)
    }

    /// By how much the first program differs from itself, the last of so many and one.
    fn floor(&self, twin: usize) -> f64 {
        stats::interval(&self.logs(0, twin)).map_or(stats::LEAST_FLOOR, stats::floor)
    }

    /// The logarithm of a program's time over another's in every round where both were quiet.
    fn logs(&self, base: usize, program: usize) -> Vec<Vec<f64>> {
        let log = |round| {
            let (base, run) = (self.run(round, base)?, self.run(round, program)?);
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
        let logs = self.logs(0, program);
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
    fn a_run_that_others_disturb_does_not_count_and_is_told() {
        // Every fourth run of the program takes thrice as long, while others take a core.
        let mut disturbed = rounds(&[0.5], 24, 0.005, 1);
        for round in disturbed.iter_mut().step_by(4) {
            let run = round.runs[1].as_mut().unwrap();
            run.wall *= 3;
            run.others = Some(run.wall);
        }
        let middle = |rounds: &[ProgramRound]| standings(rounds)[1].unwrap();
        let found = middle(&disturbed);
        assert!((found.ratio.high - 2.0).abs() < 0.1 && found.rounds <= 18, "{found:?}");
        let told = Disturbance::of(&disturbed);
        assert_eq!((told.runs, told.disturbed, told.lost), (72, 6, 6));
        assert!(!told.are_many());
        for round in &mut disturbed {
            round.runs[0].as_mut().unwrap().again = 1;
        }
        let told = Disturbance::of(&disturbed);
        assert_eq!((told.runs, told.disturbed, told.lost), (96, 30, 6));
        assert!(told.are_many());
    }

    #[test]
    fn a_twentieth_of_a_core_is_what_others_may_take_and_no_figure_is_no_others() {
        let run = |others| ProgramRun { wall: 1_000, others, ..ProgramRun::default() };
        let disturbed =
            [None, Some(0), Some(50), Some(51)].map(|others| is_disturbed(&run(others)));
        assert_eq!(disturbed, [false, false, false, true]);
    }

    #[test]
    fn two_programs_are_compared_as_each_is_with_the_base() {
        let rounds = rounds(&[0.5, 2.0], 20, 0.01, 1);
        let found = between(&rounds, 2, 1).unwrap();
        assert!((found.ratio.mid - 4.0).abs() < 0.1, "{found:?}");
        assert_eq!(found.verdict, Verdict::Faster);
        assert_eq!(between(&rounds[..5], 2, 1).unwrap().verdict, Verdict::CannotTell);
        let standing = standings(&rounds)[1].unwrap();
        let again = between(&rounds, 0, 1).unwrap();
        assert_eq!((again.ratio, again.verdict), (standing.ratio, standing.verdict));
        assert_eq!(between(&[], 0, 1), None);
    }

    #[test]
    fn a_higher_floor_takes_a_verdict_back() {
        let standing = standings(&rounds(&[0.9], 20, 0.005, 1))[1].unwrap();
        assert_eq!(standing.verdict, Verdict::Faster);
        assert_eq!(standing.with_floor(0.3).verdict, Verdict::CannotTell);
        assert_eq!(standing.with_floor(0.0), standing);
    }
}
