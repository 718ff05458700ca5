//! Each rung alone: in fresh processes in which no other is called, as a user's program calls one
//! of them. What paired rounds found has to agree with it, or rungs that take turns disturb each
//! other. Where the two are apart, both are measured in more processes, at the same time: what
//! differs by the process or by the hour is no disturbance.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use protocol::{Machine, Round, Scenario, machine};

use crate::binary::{Binary, Failure};
use crate::interrupt;
use crate::progress::Progress;
use crate::schedule::{self, Budget};
use judge::alone::Ratios;
use judge::pairing;
use judge::reduce;
use judge::stats::Dice;
use judge::summary::{ScenarioSummary, summaries};
use record::{CaseRecord, Circumstance, Record, Toolchain};

/// Fresh processes of each rung: odd, so that the median is one of them, and one that was disturbed
/// or lay badly in memory does not decide.
const PROCESSES: u64 = 3;
/// Processes that are added, once, where those before contradict the paired ratio, and as many in
/// which rungs take turns: together as many as a scenario has rounds at most, since rungs that
/// differ by the process need that many.
const MORE: u64 = 13;
/// Milliseconds of each. What prepares it is part of them, but never of their second half: about 60
/// are left for blocks.
const MILLIS: u64 = 80;
/// Seconds that a process takes beside those, if calls are short: it starts, and checks the rungs.
const STARTING: f64 = 0.02;
/// Calls of its rung that a process makes at least: to find out how long one takes, to warm up, and
/// in two blocks.
const CALLS: f64 = 5.0;
/// A scenario in which a rung takes more nanoseconds a call than this is left out: a few of them
/// would take as long as all others.
const LONGEST: f64 = 1e9;

/// What is measured.
pub struct Plan {
    /// By case.
    cases: BTreeMap<String, Vec<Wanted>>,
    /// Scenarios with a rung that takes too long, each with its case.
    pub left_out: Vec<String>,
}

/// A scenario that is measured.
struct Wanted {
    /// Where it stands in the record.
    at: usize,
    scenario: Scenario,
    /// Every rung that was timed, naive first.
    rungs: Vec<Rung>,
    /// Milliseconds of a process in which they take turns.
    millis: u64,
}

/// A rung that is measured.
struct Rung {
    /// Where it stands in the record.
    at: usize,
    name: String,
    /// Nanoseconds per call, in turns with the others.
    time: f64,
    /// How many times as fast as naive, in turns; `None` of naive.
    paired: Option<f64>,
}

impl Plan {
    /// All that a record has of these cases; of all cases, without a name.
    ///
    /// # Errors
    /// If the record has nothing of one of them.
    pub fn of(record: &Record, only: &[String]) -> Result<Self> {
        let known = summaries(record);
        if let Some(missing) = only.iter().find(|name| !known.contains_key(name.as_str())) {
            bail!(
                "the latest record has no measurements of `{missing}`; `cargo xtask bench-all` makes \
                 them"
            );
        }
        let mut plan = Self { cases: BTreeMap::new(), left_out: Vec::new() };
        for (name, case) in &known {
            if !only.is_empty() && !only.iter().any(|wanted| wanted == name) {
                continue;
            }
            let scenarios = case.scenarios.iter().enumerate();
            let count = case.scenarios.len();
            let scenarios =
                scenarios.filter_map(|(at, known)| Wanted::of(at, known, &case.rungs, count));
            let (long, wanted): (Vec<Wanted>, Vec<Wanted>) = scenarios.partition(Wanted::too_long);
            let long = long.iter().map(|wanted| format!("{name} at {}", wanted.scenario));
            plan.left_out.extend(long);
            plan.cases.insert((*name).to_owned(), wanted);
        }
        if plan.scenarios() == 0 {
            bail!("the latest record has nothing that could be measured alone");
        }
        Ok(plan)
    }

    /// The cases, by name.
    pub fn cases(&self) -> Vec<String> {
        self.cases.keys().cloned().collect()
    }

    /// How many scenarios are measured.
    pub fn scenarios(&self) -> usize {
        self.wanted().count()
    }

    /// How many processes are started, if none contradicts.
    pub fn processes(&self) -> u64 {
        self.wanted().map(|wanted| wanted.rungs.len() as u64 * PROCESSES).sum()
    }

    /// Seconds that all of them take, if the machine is quiet.
    pub fn seconds(&self) -> f64 {
        self.wanted().map(Wanted::seconds).sum()
    }

    fn wanted(&self) -> impl Iterator<Item = &Wanted> {
        self.cases.values().flatten()
    }
}

impl Wanted {
    /// `None` without a time of naive, against which the others could be held. The case has so many
    /// scenarios.
    fn of(at: usize, known: &ScenarioSummary, names: &[&str], scenarios: usize) -> Option<Self> {
        known.rungs.first()?.as_ref()?;
        let rungs = known.rungs.iter().zip(names).enumerate().filter_map(|(at, (rung, name))| {
            let rung = rung.as_ref()?;
            let paired = rung.against_naive.map(|compared| compared.ratio.mid);
            Some(Rung { at, name: (*name).to_owned(), time: rung.time.mid, paired })
        });
        let scenario = known.record.scenario.clone();
        let millis = Budget::of(scenario.effort).millis(scenarios);
        Some(Self { at, scenario, rungs: rungs.collect(), millis })
    }

    fn too_long(&self) -> bool {
        self.rungs.iter().any(|rung| rung.time > LONGEST)
    }

    fn seconds(&self) -> f64 {
        let all: f64 = (0..self.rungs.len()).map(|rung| self.planned(rung)).sum();
        all * PROCESSES as f64
    }

    /// Seconds of one process. Before it times its rung, all are called and checked.
    fn planned(&self, rung: usize) -> f64 {
        let calls = CALLS * self.rungs[rung].time;
        STARTING + self.check() + f64::max(calls / 1e9, MILLIS as f64 / 1e3)
    }

    /// Seconds of a process in which all take turns.
    fn in_turns(&self) -> f64 {
        STARTING + f64::max((1.0 + CALLS) * self.check(), self.millis as f64 / 1e3)
    }

    /// Seconds in which each rung is called once.
    fn check(&self) -> f64 {
        self.rungs.iter().map(|rung| rung.time).sum::<f64>() / 1e9
    }
}

/// Refuses a record of another commit: another one's cases would be measured. A tree with changes
/// is believed to have the same ones; says so then.
///
/// # Errors
/// Says what differs, and what to do.
pub fn same_commit(record: &Record, commit: Option<&str>) -> Result<Option<&'static str>> {
    let (then, now) =
        (Circumstance::commit(record.commit.as_deref()), Circumstance::commit(commit));
    refuse(&then.became(&now).into_iter().collect::<Vec<_>>())?;
    let unsure = "whether the sources are still those of the latest record cannot be told from the \
                  commit alone";
    Ok((!then.surely_equals(&now)).then_some(unsure))
}

/// Refuses a record of another compiler, other flags, another profile, or another kind of machine.
///
/// # Errors
/// Says what differs, and what to do.
pub fn same_ground(record: &Record, toolchain: &Toolchain, here: &Machine) -> Result<()> {
    let pairs = record.toolchain.circumstances().into_iter().zip(toolchain.circumstances());
    let mut differences: Vec<String> = pairs.filter_map(|(then, now)| then.became(&now)).collect();
    if here.processor.is_empty() {
        differences.push("processor: unknown, so that it could be any".to_owned());
    }
    let machines = machine::differences(&record.machine, here);
    differences.extend(machines.into_iter().map(|what| format!("machine: {what}")));
    refuse(&differences)
}

fn refuse(differences: &[String]) -> Result<()> {
    if differences.is_empty() {
        return Ok(());
    }
    bail!(
        "the latest record was made otherwise, so its ratios say nothing of what would be measured \
         now:\n  {}\nmeasure again with `cargo xtask bench-all`",
        differences.join("\n  ")
    )
}

/// The binaries of a plan's cases.
///
/// # Errors
/// If a case does not build, or has other rungs than in the record.
pub fn binaries(
    plan: &Plan,
    record: &Record,
    built: &BTreeMap<String, PathBuf>,
) -> Result<BTreeMap<String, Binary>> {
    let mut binaries = BTreeMap::new();
    for name in plan.cases.keys() {
        let Some(path) = built.get(name) else {
            bail!("{name} does not compile; cargo's messages above say why");
        };
        let binary = Binary::new(path);
        let now = binary.describe().map_err(|failure| anyhow!("{name}: {failure}"))?;
        let then = record.cases[name].description.as_ref();
        if then.map(|then| &then.rungs) != Some(&now.rungs) {
            refuse(&[format!("{name}: it has other rungs than then")])?;
        }
        binaries.insert(name.clone(), binary);
    }
    Ok(binaries)
}

/// What was done.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Scenarios.
    pub scenarios: usize,
    /// Rungs that got more processes, because the first ones contradicted the paired ratio.
    pub again: usize,
}

/// Measures every rung of the plan alone and puts its time into the record, which is saved after
/// each case. After Ctrl-C, the scenarios that were complete are kept.
///
/// # Errors
/// If a process fails, or the record cannot be written.
pub fn run(
    plan: &Plan,
    binaries: &BTreeMap<String, Binary>,
    record: &mut Record,
    path: &Path,
) -> Result<Measured> {
    let progress = Progress::new(plan.seconds(), 0.0);
    let mut measured = Measured::default();
    for (name, wanted) in &plan.cases {
        let (Some(case), Some(binary)) = (record.cases.get_mut(name), binaries.get(name)) else {
            continue;
        };
        let done = measure(name, binary, wanted, case, &progress, &mut measured);
        record.save(path)?;
        done?;
        if interrupt::came() {
            break;
        }
        progress.say(&format!("{name}: each rung alone"));
    }
    progress.end();
    Ok(measured)
}

/// A case.
fn measure(
    name: &str,
    binary: &Binary,
    wanted: &[Wanted],
    case: &mut CaseRecord,
    progress: &Progress,
    measured: &mut Measured,
) -> Result<()> {
    let Some(description) = case.description.as_ref() else { return Ok(()) };
    let (rungs, pairs) = (description.rungs.len(), pairing::wanted(description));
    for wanted in wanted {
        progress.at(&format!("{name} {}", wanted.scenario));
        let alone = wanted.rungs.iter().map(|_| Vec::new()).collect();
        let handover = case.scenarios[wanted.at].handover;
        let in_turns = Vec::new();
        let mut sitting = Sitting { name, binary, wanted, progress, handover, alone, in_turns };
        let Some(again) = sitting.measure()? else { break };
        let known = &mut case.scenarios[wanted.at];
        if !sitting.in_turns.is_empty() {
            reduce::join(known, reduce::reduce(&wanted.scenario, rungs, &sitting.in_turns, &pairs));
        }
        sitting.handover = known.handover;
        known.alone = vec![None; rungs];
        for (rung, time) in wanted.rungs.iter().zip(sitting.times()) {
            known.alone[rung.at] = time;
        }
        measured.scenarios += 1;
        measured.again += again;
    }
    Ok(())
}

/// A scenario under way.
struct Sitting<'a> {
    name: &'a str,
    binary: &'a Binary,
    wanted: &'a Wanted,
    progress: &'a Progress,
    /// Nanoseconds from core to core where all took turns; 0 where that is not known.
    handover: f64,
    /// What processes of one rung answered, by rung that is measured.
    alone: Vec<Vec<Round>>,
    /// What processes of all rungs answered.
    in_turns: Vec<Round>,
}

/// Who is called in a process.
#[derive(Clone, Copy)]
enum Called {
    /// This rung alone.
    Alone(usize),
    /// All, in turns.
    All,
}

impl Sitting<'_> {
    /// How many rungs needed more processes; `None` if Ctrl-C came between.
    fn measure(&mut self) -> Result<Option<usize>> {
        let all: Vec<Called> = (0..self.alone.len()).map(Called::Alone).collect();
        if !self.ask(&all, 0..PROCESSES)? {
            return Ok(None);
        }
        let apart = self.apart();
        if apart.is_empty() {
            return Ok(Some(0));
        }
        let again = std::iter::once(0).chain(apart.iter().copied()).map(Called::Alone);
        let again: Vec<Called> = again.chain([Called::All]).collect();
        let planned: f64 = again.iter().map(|called| self.planned(*called)).sum();
        self.progress.replan(0.0, planned * MORE as f64);
        self.progress.at(&format!(
            "{} {}: more processes where alone and paired are apart",
            self.name, self.wanted.scenario
        ));
        let whole = self.ask(&again, PROCESSES..PROCESSES + MORE)?;
        Ok(whole.then_some(apart.len()))
    }

    /// Starts these processes, in random order, so that whatever changes on the machine meanwhile
    /// is no rung's own. Whether all of them answered; not if Ctrl-C came.
    fn ask(&mut self, who: &[Called], processes: Range<u64>) -> Result<bool> {
        let mut dice = Dice(processes.start + self.wanted.at as u64);
        let of_each = |&called: &Called| processes.clone().map(move |process| (called, process));
        for (called, process) in shuffled(who.iter().flat_map(of_each).collect(), &mut dice) {
            let answer = self.answer(called, process);
            if interrupt::came() {
                return Ok(false);
            }
            let name = match called {
                Called::Alone(rung) => &self.wanted.rungs[rung].name,
                Called::All => "all rungs",
            };
            let place = || format!("{}/{name} at {}", self.name, self.wanted.scenario);
            let answer = answer.map_err(|failure| anyhow!("{}: {failure}", place()))?;
            match called {
                Called::Alone(rung) => self.alone[rung].push(answer),
                Called::All => self.in_turns.push(answer),
            }
            self.progress.did(self.planned(called));
        }
        Ok(true)
    }

    /// Starts a process.
    fn answer(&self, called: Called, process: u64) -> Result<Round, Failure> {
        let Wanted { scenario, millis, .. } = self.wanted;
        match called {
            Called::Alone(rung) => {
                let wait = Some(schedule::wait(MILLIS, &self.alone[rung]));
                let name = &self.wanted.rungs[rung].name;
                self.binary.alone(name, scenario, schedule::seed(process), MILLIS, wait)
            }
            Called::All => {
                let wait = Some(schedule::wait(*millis, &self.in_turns));
                let seed = schedule::seed(Budget::of(scenario.effort).all() + process);
                self.binary.duel(scenario, seed, *millis, wait)
            }
        }
    }

    fn planned(&self, called: Called) -> f64 {
        match called {
            Called::Alone(rung) => self.wanted.planned(rung),
            Called::All => self.wanted.in_turns(),
        }
    }

    /// Rungs whose ratio is not near the paired one.
    fn apart(&self) -> Vec<usize> {
        let times = self.times();
        // Not near either: of which no process had its cores as near as those in turns.
        let near = |rung: &usize| {
            self.wanted.rungs[*rung].paired.is_none_or(|paired| {
                let alone = times[0].zip(times[*rung]).map(|(naive, rung)| naive / rung);
                alone.is_some_and(|alone| Ratios { paired, alone }.near())
            })
        };
        (1..times.len()).filter(|rung| !near(rung)).collect()
    }

    /// Nanoseconds per call, by rung that is measured.
    fn times(&self) -> Vec<Option<f64>> {
        self.alone.iter().map(|answers| reduce::alone(answers, self.handover)).collect()
    }
}

fn shuffled<T>(mut order: Vec<T>, dice: &mut Dice) -> Vec<T> {
    for at in (1..order.len()).rev() {
        order.swap(at, dice.below(at + 1));
    }
    order
}

#[cfg(test)]
mod tests;
