//! The experiments: each is a scenario of `xtask/calibration`, measured as `bench-all` measures
//! one, with its number of fresh processes, its order, and more of them where they decide too
//! little.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};
use protocol::{Effort, Round, Scenario};

use super::{RUNGS, count, judge};
use crate::binary::Binary;
use crate::interrupt;
use crate::progress::Progress;
use crate::schedule::{self, Budget};
use record::CalibratedKind;

/// Experiments of each kind that take turns, as the scenarios of some cases do: the processes of
/// one are then spread over a dozen seconds.
const TOGETHER: u64 = 5;

/// The kind of job whose data is beyond the private caches.
const MEMORY: &str = "memory";

/// How many experiments there are, and how long each takes.
pub struct Plan {
    effort: Effort,
    /// Fresh processes for each experiment: as many as `bench-all` gives a scenario.
    pub processes: u64,
    /// Milliseconds of each. Less than most scenarios get, so that there can be enough experiments:
    /// what holds for the fewer blocks holds for more.
    millis: u64,
    /// The same where much memory must be made first, which alone would take all that time: what a
    /// scenario gets.
    memory_millis: u64,
    /// Times that [`TOGETHER`] experiments of each kind are made.
    sittings: u64,
}

impl Plan {
    /// The plan that puts an effort to the test.
    pub fn of(effort: Effort) -> Self {
        let processes = Budget::of(effort).rounds;
        match effort {
            Effort::Quick => {
                Self { effort, processes, millis: 80, memory_millis: 120, sittings: 6 }
            }
            Effort::Standard | Effort::Full => {
                Self { effort, processes, millis: 100, memory_millis: 200, sittings: 12 }
            }
        }
    }

    /// Experiments of each kind.
    pub fn experiments(&self) -> u64 {
        self.sittings * TOGETHER
    }

    /// Milliseconds of each process of a kind.
    fn millis(&self, kind: &Scenario) -> u64 {
        if kind.input == MEMORY { self.memory_millis } else { self.millis }
    }

    /// Seconds that these kinds take, if the machine is quiet.
    pub fn seconds(&self, kinds: &[Scenario]) -> u64 {
        let together: u64 = kinds.iter().map(|kind| self.millis(kind)).sum();
        self.experiments() * self.processes * together / 1_000
    }
}

/// The kinds of job that the binary has.
///
/// # Errors
/// If it does not answer, or its rungs are not the ones that are counted here.
pub fn kinds(binary: &Binary) -> Result<Vec<Scenario>> {
    let description = binary.describe().map_err(|failure| anyhow!("{failure}"))?;
    let rungs: Vec<&str> = description.rungs.iter().map(|rung| rung.name.as_str()).collect();
    if rungs != RUNGS {
        bail!("the rungs of xtask/calibration must be {}", RUNGS.join(", "));
    }
    Ok(description.scenarios)
}

/// Makes all experiments, or as many as a busy machine can make in half as long again. After
/// Ctrl-C, counts the sittings that were complete.
///
/// # Errors
/// If a process fails.
pub fn run(binary: &Binary, scenarios: &[Scenario], plan: &Plan) -> Result<Vec<CalibratedKind>> {
    let mut kinds: Vec<CalibratedKind> =
        scenarios.iter().map(|kind| CalibratedKind::new(&kind.input, plan.millis(kind))).collect();
    let progress = Progress::new(plan.seconds(scenarios) as f64, 0.0);
    let start = Instant::now();
    let patience = Duration::from_secs(plan.seconds(scenarios) * 3 / 2);
    for sitting in 0..plan.sittings {
        if start.elapsed() > patience {
            progress.say("the machine is too busy for more in this time");
            break;
        }
        let Some(experiments) = sit(binary, scenarios, plan, sitting, &progress)? else { break };
        for Experiment { kind, rounds, .. } in &experiments {
            judge(&scenarios[*kind], rounds, |scenario| count(&mut kinds[*kind], scenario));
        }
        progress.say(&format!("{} of {} sittings", sitting + 1, plan.sittings));
    }
    progress.end();
    Ok(kinds)
}

/// One experiment under way.
struct Experiment {
    kind: usize,
    /// Which of its kind, so that each has inputs of its own.
    number: u64,
    rounds: Vec<Round>,
}

/// Some experiments of each kind, the processes of all taking turns; `None` if Ctrl-C ended it.
fn sit(
    binary: &Binary,
    scenarios: &[Scenario],
    plan: &Plan,
    sitting: u64,
    progress: &Progress,
) -> Result<Option<Vec<Experiment>>> {
    let numbers = sitting * TOGETHER..(sitting + 1) * TOGETHER;
    let mut experiments: Vec<Experiment> = numbers
        .flat_map(|number| (0..scenarios.len()).map(move |kind| (number, kind)))
        .map(|(number, kind)| Experiment { kind, number, rounds: Vec::new() })
        .collect();
    let budget = Budget::of(plan.effort);
    let [more, yet_more] = budget.more();
    for rounds in [0..budget.rounds, more, yet_more] {
        let again = rounds.start > 0;
        let suffices = |known: &Experiment| {
            let scenario = &scenarios[known.kind];
            judge(scenario, &known.rounds, |it| budget.suffices(plan.effort, it)) == Some(true)
        };
        let open: Vec<bool> = experiments.iter().map(|known| !suffices(known)).collect();
        for round in rounds {
            for (experiment, _) in experiments.iter_mut().zip(&open).filter(|(_, open)| **open) {
                let scenario = &scenarios[experiment.kind];
                progress.at(&scenario.input);
                let seed = seed(round, experiment.number);
                let millis = plan.millis(scenario);
                let wait = schedule::wait(millis, &experiment.rounds);
                let answer = binary.duel(scenario, seed, millis, Some(wait));
                if interrupt::came() {
                    return Ok(None);
                }
                let answer = answer.map_err(|failure| anyhow!("{}: {failure}", scenario.input))?;
                experiment.rounds.push(answer);
                if !again {
                    progress.did(millis as f64 / 1e3);
                }
            }
        }
    }
    Ok(Some(experiments))
}

/// Inputs count up from here, by less than a few thousand.
fn seed(round: u64, experiment: u64) -> u64 {
    schedule::seed(round) + (experiment << 12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn plans_keep_to_their_minutes() {
        let kind = |name: &str| Scenario { input: name.into(), n: 1, effort: Effort::Quick };
        let kinds = ["arithmetic", "branches", "allocation", MEMORY, "company"].map(kind);
        let seconds = |effort| Plan::of(effort).seconds(&kinds);
        assert!(seconds(Effort::Quick) <= 60);
        assert!(seconds(Effort::Standard) <= 300);
    }

    #[test]
    fn every_process_has_inputs_of_its_own() {
        let plan = Plan::of(Effort::Standard);
        let all = (0..2 * plan.processes)
            .flat_map(|round| (0..plan.experiments()).map(move |number| seed(round, number)));
        let seeds: BTreeSet<u64> = all.collect();
        assert_eq!(seeds.len() as u64, 2 * plan.processes * plan.experiments());
        assert!(seeds.iter().zip(seeds.iter().skip(1)).all(|(a, b)| b - a >= 1 << 12));
    }
}
