//! The order in which a run measures: rounds outermost, so that each case's processes are spread
//! over the whole run and a noisy minute hits every case a little instead of one case wholly.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use protocol::{Description, Effort, Refusal, Round, Scenario};

use crate::binary::{Binary, Failure};
use crate::record::{CaseRecord, Evidence, Record};
use crate::workspace::Case;
use crate::{criterion, evidence, samples};

/// Set by Ctrl-C: stop after the process that is running, and keep what there is.
pub static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// How much an effort measures.
pub struct Budget {
    /// Fresh processes per scenario.
    pub rounds: u64,
    /// Milliseconds per case for all its paired rounds.
    duels: u64,
    /// Seconds that a case should take, all in all: what the user is told.
    pub seconds: u64,
}

impl Budget {
    /// The budget of an effort.
    pub fn of(effort: Effort) -> Self {
        match effort {
            Effort::Quick => Self { rounds: 4, duels: 1_600, seconds: 3 },
            Effort::Standard => Self { rounds: 8, duels: 9_000, seconds: 20 },
            Effort::Full => Self { rounds: 12, duels: 60_000, seconds: 180 },
        }
    }
}

/// A case under way.
struct Running<'a> {
    case: &'a Case,
    binary: Binary,
    description: Description,
    rounds: Vec<(Scenario, Vec<Round>)>,
    failure: Option<String>,
    solo: BTreeMap<(String, String), crate::record::Solo>,
    allocations: BTreeMap<Scenario, protocol::AllocationCounts>,
    evidence: Option<Evidence>,
    spent: Duration,
}

/// Measures all binaries into the record, which is saved after every round.
///
/// # Errors
/// If the record cannot be written.
pub fn run(
    record: &mut Record,
    binaries: Vec<(&Case, Binary)>,
    path: &Path,
    scratch: &Path,
) -> Result<()> {
    let budget = Budget::of(record.effort);
    let mut running = Vec::new();
    for (case, binary) in binaries {
        match Running::new(case, binary, record.effort) {
            Ok(case) => running.push(case),
            Err(failure) => {
                eprintln!("{}: {failure}", case.name);
                record.cases.insert(case.name.clone(), failed(&failure));
            }
        }
    }

    let scenarios: usize = running.iter().map(|case| case.rounds.len()).sum();
    let progress = Progress::new(scenarios as u64 * budget.rounds);
    for round in 0..budget.rounds {
        for case in &mut running {
            case.round(round, &budget, false, &progress);
        }
        for case in &running {
            record.cases.insert(case.case.name.clone(), case.record());
        }
        record.save(path)?;
        progress.say(&format!("round {} of {}", round + 1, budget.rounds));
    }
    for case in &mut running {
        // A neighbour was busy in most blocks: once more with as many processes, then the book says
        // inconclusive.
        for round in budget.rounds..2 * budget.rounds {
            case.round(round, &budget, true, &progress);
        }
    }
    for case in &mut running {
        progress.say(&format!(
            "{}: allocations{}",
            case.case.name,
            if record.effort == Effort::Quick { "" } else { " and criterion" }
        ));
        case.solo_and_allocations(record.effort, scratch);
        case.gather_evidence(record.effort);
        record.cases.insert(case.case.name.clone(), case.record());
    }
    progress.bar.finish_and_clear();
    record.save(path)
}

/// The first input's seed in a round; the others count up from it.
pub fn seed(round: u64) -> u64 {
    1 + (round << 20)
}

/// The record of a case of which nothing could be measured.
pub fn failed(failure: &impl ToString) -> CaseRecord {
    CaseRecord {
        failure: Some(failure.to_string()),
        description: None,
        scenarios: Vec::new(),
        evidence: None,
        seconds: 0.0,
    }
}

impl<'a> Running<'a> {
    fn new(case: &'a Case, binary: Binary, effort: Effort) -> Result<Self, Failure> {
        let description = binary.describe()?;
        let wanted = description.scenarios.iter().filter(|scenario| scenario.effort <= effort);
        let rounds = wanted.map(|scenario| (scenario.clone(), Vec::new())).collect();
        Ok(Self {
            case,
            binary,
            description,
            rounds,
            failure: None,
            solo: BTreeMap::new(),
            allocations: BTreeMap::new(),
            evidence: None,
            spent: Duration::ZERO,
        })
    }

    /// One process per scenario; with `only_noisy`, where too few blocks were quiet.
    fn round(&mut self, round: u64, budget: &Budget, only_noisy: bool, progress: &Progress) {
        let start = Instant::now();
        let millis = (budget.duels / (budget.rounds * self.rounds.len().max(1) as u64)).max(10);
        let mut wrong = false;
        for (scenario, rounds) in &mut self.rounds {
            if INTERRUPTED.load(Ordering::Relaxed) || self.failure.is_some() {
                break;
            }
            if only_noisy && !samples::too_busy(rounds) {
                continue;
            }
            progress.bar.set_message(format!("{} {scenario}", self.case.name));
            match self.binary.duel(scenario, seed(round), millis) {
                Ok(answer) => rounds.push(answer),
                Err(_) if INTERRUPTED.load(Ordering::Relaxed) => break,
                Err(failure) => {
                    eprintln!("{}: {failure}", self.case.name);
                    wrong |= matches!(failure, Failure::Refused(Refusal::Disagreement { .. }));
                    self.failure = Some(failure.to_string());
                }
            }
            progress.bar.inc(1);
        }
        if wrong {
            self.rounds.clear(); // a wrong rung gets no time, not even an earlier one
        }
        self.spent += start.elapsed();
    }

    fn solo_and_allocations(&mut self, effort: Effort, scratch: &Path) {
        let start = Instant::now();
        let measured = self.rounds.iter().filter(|(_, rounds)| !rounds.is_empty());
        let scenarios: Vec<Scenario> = measured.map(|(scenario, _)| scenario.clone()).collect();
        // In a quick run one size shows what a call allocates; the others cost a process each.
        let counted = match effort {
            Effort::Quick => {
                scenarios.iter().max_by_key(|scenario| scenario.n).into_iter().cloned().collect()
            }
            _ => scenarios,
        };
        for scenario in counted {
            if INTERRUPTED.load(Ordering::Relaxed) || self.failure.is_some() {
                break;
            }
            if let Ok(counts) = self.binary.allocations(&scenario) {
                self.allocations.insert(scenario, counts);
            }
        }
        let stop = INTERRUPTED.load(Ordering::Relaxed) || self.failure.is_some();
        if effort != Effort::Quick && self.binary.file.is_none() && !stop {
            let home = scratch.join("criterion").join(&self.case.name);
            let _ = std::fs::remove_dir_all(&home);
            let effort = if effort == Effort::Full { "full" } else { "standard" };
            match self.binary.criterion(effort, &home) {
                Ok(()) => self.solo = criterion::read(&home),
                Err(_) if INTERRUPTED.load(Ordering::Relaxed) => {}
                Err(failure) => eprintln!("{}: criterion gave no times: {failure}", self.case.name),
            }
        }
        self.spent += start.elapsed();
    }

    fn gather_evidence(&mut self, effort: Effort) {
        if INTERRUPTED.load(Ordering::Relaxed) || self.failure.is_some() || self.rounds.is_empty() {
            return;
        }
        let start = Instant::now();
        let measured = self.record();
        let subject = evidence::Subject {
            case: self.case,
            binary: &self.binary,
            measured: &measured,
            effort,
        };
        self.evidence = Some(evidence::gather(&subject));
        self.spent += start.elapsed();
    }

    fn record(&self) -> CaseRecord {
        let rungs = &self.description.rungs;
        let index = |name: &str| rungs.iter().position(|rung| rung.name == name);
        let measured = self.rounds.iter().filter(|(_, rounds)| !rounds.is_empty());
        let scenarios = measured.map(|(scenario, rounds)| {
            let mut reduced =
                samples::reduce(scenario, rungs.len(), rounds, index("optimized"), index("peer"));
            if !self.solo.is_empty() {
                let key = |rung: &str| (rung.to_owned(), scenario.to_string());
                reduced.solo =
                    rungs.iter().map(|rung| self.solo.get(&key(&rung.name)).copied()).collect();
            }
            reduced.allocations = self.allocations.get(scenario).cloned().unwrap_or_default();
            reduced
        });
        CaseRecord {
            failure: self.failure.clone(),
            scenarios: scenarios.collect(),
            evidence: self.evidence.clone(),
            description: Some(self.description.clone()),
            seconds: self.spent.as_secs_f64(),
        }
    }
}

/// A bar with the time left on a terminal, plain lines elsewhere.
pub struct Progress {
    /// The bar.
    pub bar: ProgressBar,
    start: Instant,
}

impl Progress {
    /// A bar of so many steps.
    pub fn new(steps: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {percent:>3} % · {eta} left · {msg}");
        bar.set_style(style.expect("the template is a constant"));
        Self { bar, start: Instant::now() }
    }

    /// Says where the run is.
    pub fn say(&self, line: &str) {
        if self.bar.is_hidden() {
            eprintln!("{line} · {} s", self.start.elapsed().as_secs());
        } else {
            self.bar.set_message(line.to_owned());
        }
    }
}
