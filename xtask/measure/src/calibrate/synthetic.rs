//! Experiments on made-up blocks, through the very code that judges measured ones: quiet filter,
//! chunks, bootstrap, floor, verdict. Here the truth is known, and each kind of noise comes alone.

use protocol::{Block, Effort, Round, Scenario};

use super::{count, judge};
use crate::schedule::Budget;
use judge::rate::{self, LEAST_FOUND, MOST_FALSE};
use judge::stats::Dice;
use judge::summary::ScenarioSummary;
use record::CalibratedKind;

/// Experiments for each kind of noise and each effort.
const EXPERIMENTS: u64 = 200;
/// What the third column takes longer.
const PLANTED: f64 = 1.03;

/// What disturbs a process while it runs.
#[derive(Default)]
struct Noise {
    /// Blocks in a process.
    blocks: usize,
    /// Spread of every slice, as a share.
    slice: f64,
    /// Share of slices that something interrupts, and how much longer those take on average.
    interrupted: (f64, f64),
    /// Share of slices whose time has no expected value at all (Pareto's law with index 1).
    wild: f64,
    /// Chance at each block that a neighbour comes, or goes again; while there, it slows down every
    /// slice by between nothing and twice this share, and the sentinel by half.
    neighbour: (f64, f64),
    /// How far the clock wanders from slice to slice, as a share.
    wander: f64,
    /// How much slower everything is at the end of a process than at its start.
    trend: f64,
    /// Chance at each slice that the clock jumps, by up to a fifth.
    jumps: f64,
    /// By how much a process likes one column better than another.
    taste: f64,
}

impl Noise {
    fn round(&self, dice: &mut Dice) -> Round {
        let tastes = [0; 3].map(|_| self.taste * dice.normal());
        let (mut clock, mut busy) = (0.0, false);
        let mut block = |at: usize| {
            if dice.share() < self.neighbour.0 {
                busy = !busy;
            }
            let trend = self.trend * at as f64 / self.blocks as f64;
            let mut ns = vec![0.0; 4];
            for column in shuffled(dice) {
                clock += self.wander * dice.normal();
                if dice.share() < self.jumps {
                    clock = 0.4 * (dice.share() - 0.5);
                }
                let rung = [0, 1, 2, 0][column];
                let log = clock + trend + tastes[rung] + self.slice * dice.normal();
                let work = if rung == 2 { PLANTED } else { 1.0 };
                ns[column] = 1e4 * work * f64::exp(log) * self.disturbed(busy, dice);
            }
            let sentinel = if busy { 1.5 } else { 1.0 + 0.02 * dice.share() };
            Block {
                ns,
                compute: 1e4 * f64::exp(clock + trend) * sentinel,
                stream: 0.0,
                ..Block::default()
            }
        };
        Round {
            inputs: 1,
            columns: vec![0, 1, 2, 0],
            untimed: Vec::new(),
            blocks: (0..self.blocks).map(&mut block).collect(),
            work: 0.0,
            within: 0.0,
            data_bytes: vec![None; 3],
            handover: 0.0,
        }
    }

    /// How many times as long a slice takes for what others do.
    fn disturbed(&self, busy: bool, dice: &mut Dice) -> f64 {
        let mut factor = 1.0;
        if dice.share() < self.interrupted.0 {
            factor -= self.interrupted.1 * dice.share().max(1e-12).ln();
        }
        if dice.share() < self.wild {
            factor += 0.01 / dice.share().max(1e-12);
        }
        if busy { factor * (1.0 + 2.0 * self.neighbour.1 * dice.share()) } else { factor }
    }

    /// Counts experiments as `calibrate` makes them.
    fn count(&self, effort: Effort) -> CalibratedKind {
        let scenario = Scenario { input: "synthetic".into(), n: 1, effort: Effort::Quick };
        let mut kind = CalibratedKind::new("synthetic", 0);
        let budget = Budget::of(effort);
        let mut dice = Dice(budget.rounds);
        for _ in 0..EXPERIMENTS {
            let mut rounds = Vec::new();
            let [more, yet_more] = budget.more();
            for range in [0..budget.rounds, more, yet_more] {
                let suffices = |it: &ScenarioSummary| budget.suffices(effort, it);
                if judge(&scenario, &rounds, suffices) != Some(true) {
                    rounds.extend(range.map(|_| self.round(&mut dice)));
                }
            }
            judge(&scenario, &rounds, |it| count(&mut kind, it));
        }
        kind
    }
}

fn shuffled(dice: &mut Dice) -> [usize; 4] {
    let mut order = [0, 1, 2, 3];
    for at in (1..4).rev() {
        order.swap(at, dice.below(at + 1));
    }
    order
}

/// Holds both targets at standard effort. A quick run has half the processes: through much noise it
/// may miss a small slowdown, but it may not invent one either.
fn holds(name: &str, noise: &Noise) {
    let [standard, _] = stays_silent(name, noise);
    assert!(rate::found(&standard).share() >= LEAST_FOUND, "{name}: {standard:?}");
}

/// Holds the target for false verdicts alone: so much noise hides a small slowdown, rightly.
fn stays_silent(name: &str, noise: &Noise) -> [CalibratedKind; 2] {
    [Effort::Standard, Effort::Quick].map(|effort| {
        let kind = noise.count(effort);
        let false_verdicts = rate::false_verdicts(&kind).share();
        assert!(false_verdicts <= MOST_FALSE, "{name}, {effort:?}: {kind:?}");
        kind
    })
}

/// What a quiet machine has.
fn calm() -> Noise {
    Noise { blocks: 90, slice: 0.01, ..Noise::default() }
}

#[test]
fn on_a_calm_machine() {
    holds("calm", &calm());
    let quick = calm().count(Effort::Quick);
    assert!(rate::found(&quick).share() >= LEAST_FOUND, "{quick:?}");
    holds("few blocks", &Noise { blocks: 11, ..calm() });
}

#[test]
fn through_interruptions() {
    holds("some", &Noise { interrupted: (0.2, 0.3), ..calm() });
    stays_silent("many", &Noise { interrupted: (0.6, 0.5), ..calm() });
}

#[test]
fn through_heavy_tails() {
    holds("some", &Noise { wild: 0.3, ..calm() });
    holds("few blocks", &Noise { wild: 0.3, blocks: 15, ..calm() });
    stays_silent("all", &Noise { wild: 1.0, blocks: 15, slice: 0.03, ..calm() });
}

#[test]
fn through_neighbours() {
    holds("now and then", &Noise { neighbour: (0.05, 0.5), ..calm() });
    stays_silent("few blocks", &Noise { neighbour: (0.1, 0.5), blocks: 15, ..calm() });
}

#[test]
fn through_drift() {
    holds("trend", &Noise { trend: 0.08, ..calm() });
    holds("wander", &Noise { wander: 0.002, ..calm() });
    stays_silent("steep", &Noise { trend: 0.5, wander: 0.01, ..calm() });
}

#[test]
fn through_jumps_of_the_clock() {
    holds("some", &Noise { jumps: 0.02, ..calm() });
    stays_silent("many", &Noise { jumps: 0.3, ..calm() });
}

#[test]
fn when_processes_differ() {
    holds("little", &Noise { taste: 0.003, ..calm() });
    stays_silent("much", &Noise { taste: 0.01, blocks: 5, ..calm() });
}

#[test]
fn in_great_noise() {
    stays_silent("many blocks", &Noise { slice: 0.1, ..calm() });
    stays_silent("few blocks", &Noise { slice: 0.1, blocks: 11, ..calm() });
}

#[test]
fn when_hardly_anything_was_measured() {
    let few = || Noise { blocks: 2, ..calm() };
    stays_silent("noise", &Noise { slice: 0.1, ..few() });
    stays_silent("wild", &Noise { wild: 1.0, slice: 0.03, ..few() });
    stays_silent("interruptions", &Noise { interrupted: (0.5, 2.0), ..few() });
    stays_silent("neighbours", &Noise { neighbour: (0.3, 0.5), ..few() });
}
