//! The order in which a run measures: rounds outermost, so that each case's processes are spread
//! over the whole run and a noisy minute hits every case a little instead of one case wholly.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use protocol::{Description, Effort, Refusal, Round, Scenario};

use crate::binary::{Binary, Failure};
use crate::journal::{Entry, Journal, Piece};
use crate::record::{CaseRecord, Evidence, Record};
use crate::workspace::Case;
use crate::{criterion, evidence, samples, tails};

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
            Effort::Standard => Self { rounds: 8, duels: 9_000, seconds: 30 },
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
    /// Which rounds those are: after an interruption some may be missing.
    done: BTreeSet<(Scenario, u64)>,
    failure: Option<String>,
    /// Empty if criterion gave nothing.
    solo: Option<BTreeMap<(String, String), crate::record::Solo>>,
    allocations: BTreeMap<Scenario, protocol::AllocationCounts>,
    tails: BTreeMap<Scenario, protocol::Tails>,
    evidence: Option<Evidence>,
    spent: Duration,
}

/// Measures all binaries into the record, which is saved after every round. What the journal has
/// already is not measured again.
///
/// # Errors
/// If the record or the journal cannot be written.
pub fn run(
    record: &mut Record,
    binaries: Vec<(&Case, Binary)>,
    path: &Path,
    scratch: &Path,
    journal: &mut Journal,
) -> Result<()> {
    let budget = Budget::of(record.effort);
    let mut running = Vec::new();
    let mut earlier = by_case(journal.earlier());
    for (case, binary) in binaries {
        match Running::new(case, binary, record.effort) {
            Ok(mut case) => {
                for (seconds, piece) in earlier.remove(&case.case.name).into_iter().flatten() {
                    case.take(seconds, piece);
                }
                running.push(case);
            }
            Err(failure) => {
                eprintln!("{}: {failure}", case.name);
                record.cases.insert(case.name.clone(), failed(&failure));
            }
        }
    }

    let scenarios: usize = running.iter().map(|case| case.rounds.len()).sum();
    let progress = Progress::new(scenarios as u64 * budget.rounds);
    let measured = measure(&mut running, record, path, scratch, journal, &progress);
    progress.bar.finish_and_clear();
    // Also when the journal could not be written: the record has room perhaps.
    update(record, &running);
    let saved = record.save(path);
    measured.and(saved)
}

fn update(record: &mut Record, running: &[Running]) {
    for case in running {
        record.cases.insert(case.case.name.clone(), case.record());
    }
}

fn measure(
    running: &mut [Running],
    record: &mut Record,
    path: &Path,
    scratch: &Path,
    journal: &mut Journal,
    progress: &Progress,
) -> Result<()> {
    let budget = Budget::of(record.effort);
    for round in 0..budget.rounds {
        for case in &mut *running {
            case.round(round, &budget, false, progress, journal)?;
        }
        journal.sync();
        update(record, running);
        record.save(path)?;
        progress.say(&format!("round {} of {}", round + 1, budget.rounds));
    }
    for case in &mut *running {
        // A neighbour was busy in most blocks: once more with as many processes, then the book says
        // inconclusive.
        for round in budget.rounds..2 * budget.rounds {
            case.round(round, &budget, true, progress, journal)?;
        }
    }
    for case in running {
        progress.say(&format!(
            "{}: allocations{}",
            case.case.name,
            if record.effort == Effort::Quick { "" } else { " and criterion" }
        ));
        case.allocations(record.effort, journal)?;
        case.tails(record.effort, journal)?;
        case.solo(record.effort, scratch, journal)?;
        case.gather_evidence(record, journal)?;
    }
    Ok(())
}

/// What the journal says of each case, in the order in which it was found out.
fn by_case(entries: Vec<Entry>) -> BTreeMap<String, Vec<(f64, Piece)>> {
    let mut cases: BTreeMap<String, Vec<(f64, Piece)>> = BTreeMap::new();
    for entry in entries {
        if let Entry::Case { case, seconds, piece } = entry {
            cases.entry(case).or_default().push((seconds, piece));
        }
    }
    cases
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
            done: BTreeSet::new(),
            failure: None,
            solo: None,
            allocations: BTreeMap::new(),
            tails: BTreeMap::new(),
            evidence: None,
            spent: Duration::ZERO,
        })
    }

    /// Learns something, now or from the journal: all that is known of a case comes in here.
    fn take(&mut self, seconds: f64, piece: Piece) {
        self.spent += Duration::from_secs_f64(seconds.max(0.0));
        match piece {
            Piece::Round { scenario, round, answer } => {
                let of = self.rounds.iter_mut().find(|(known, _)| *known == scenario);
                if let Some((_, rounds)) = of
                    && self.done.insert((scenario, round))
                {
                    rounds.push(answer);
                }
            }
            Piece::Wrong(failure) => {
                self.failure = Some(failure);
                self.rounds.clear(); // a wrong rung gets no time, not even an earlier one
            }
            Piece::Allocations { scenario, counts } => {
                self.allocations.insert(scenario, counts);
            }
            Piece::Tails { scenario, tails } => {
                self.tails.insert(scenario, tails);
            }
            Piece::Criterion(times) => self.solo = Some(times.into_iter().collect()),
            Piece::Evidence(evidence) => self.evidence = Some(evidence),
        }
    }

    /// Learns something that was just found out, after it is in the journal.
    fn learn(&mut self, start: Instant, piece: Piece, journal: &mut Journal) -> Result<()> {
        let seconds = start.elapsed().as_secs_f64();
        let entry = Entry::Case { case: self.case.name.clone(), seconds, piece };
        journal.write(&entry)?;
        if let Entry::Case { piece, .. } = entry {
            self.take(seconds, piece);
        }
        Ok(())
    }

    fn stops(&self) -> bool {
        INTERRUPTED.load(Ordering::Relaxed) || self.failure.is_some()
    }

    /// One process per scenario; with `only_noisy`, where too few blocks were quiet.
    fn round(
        &mut self,
        round: u64,
        budget: &Budget,
        only_noisy: bool,
        progress: &Progress,
        journal: &mut Journal,
    ) -> Result<()> {
        let millis = (budget.duels / (budget.rounds * self.rounds.len().max(1) as u64)).max(10);
        for at in 0..self.rounds.len() {
            if self.stops() {
                break;
            }
            let (scenario, rounds) = &self.rounds[at];
            let done = self.done.contains(&(scenario.clone(), round));
            if only_noisy && (done || !samples::too_busy(rounds)) {
                continue;
            }
            if !done {
                progress.bar.set_message(format!("{} {scenario}", self.case.name));
                self.duel(scenario.clone(), round, millis, journal)?;
            }
            progress.bar.inc(1);
        }
        Ok(())
    }

    /// One process.
    fn duel(
        &mut self,
        scenario: Scenario,
        round: u64,
        millis: u64,
        journal: &mut Journal,
    ) -> Result<()> {
        let start = Instant::now();
        match self.binary.duel(&scenario, seed(round), millis) {
            Ok(answer) => {
                return self.learn(start, Piece::Round { scenario, round, answer }, journal);
            }
            Err(_) if INTERRUPTED.load(Ordering::Relaxed) => {}
            Err(failure) => {
                eprintln!("{}: {failure}", self.case.name);
                let text = failure.to_string();
                if matches!(failure, Failure::Refused(Refusal::Disagreement { .. })) {
                    return self.learn(start, Piece::Wrong(text), journal);
                }
                self.failure = Some(text);
            }
        }
        self.spent += start.elapsed();
        Ok(())
    }

    fn allocations(&mut self, effort: Effort, journal: &mut Journal) -> Result<()> {
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
            if self.stops() {
                break;
            }
            let start = Instant::now();
            if !self.allocations.contains_key(&scenario)
                && let Ok(counts) = self.binary.allocations(&scenario)
            {
                self.learn(start, Piece::Allocations { scenario, counts }, journal)?;
            }
        }
        Ok(())
    }

    fn tails(&mut self, effort: Effort, journal: &mut Journal) -> Result<()> {
        let wanted = self.description.tails.iter().filter(|tail| tail.effort <= effort).cloned();
        for scenario in wanted.collect::<Vec<_>>() {
            if self.stops() {
                break;
            }
            if self.tails.contains_key(&scenario) {
                continue;
            }
            let start = Instant::now();
            let tails = tails::gather(&self.binary, &scenario, effort);
            self.learn(start, Piece::Tails { scenario, tails }, journal)?;
        }
        Ok(())
    }

    fn solo(&mut self, effort: Effort, scratch: &Path, journal: &mut Journal) -> Result<()> {
        let wanted = effort != Effort::Quick && self.binary.file.is_none() && self.solo.is_none();
        if !wanted || self.stops() {
            return Ok(());
        }
        let start = Instant::now();
        let home = scratch.join("criterion").join(&self.case.name);
        let _ = std::fs::remove_dir_all(&home);
        let effort = if effort == Effort::Full { "full" } else { "standard" };
        match self.binary.criterion(effort, &home) {
            Ok(()) => {
                let times = criterion::read(&home).into_iter().collect();
                self.learn(start, Piece::Criterion(times), journal)?;
            }
            Err(_) if INTERRUPTED.load(Ordering::Relaxed) => {}
            Err(failure) => eprintln!("{}: criterion gave no times: {failure}", self.case.name),
        }
        Ok(())
    }

    fn gather_evidence(&mut self, record: &Record, journal: &mut Journal) -> Result<()> {
        if self.stops() || self.rounds.is_empty() || self.evidence.is_some() {
            return Ok(());
        }
        let start = Instant::now();
        let measured = self.record();
        let subject = evidence::Subject {
            case: self.case,
            binary: &self.binary,
            measured: &measured,
            machine: &record.machine,
            effort: record.effort,
        };
        let evidence = evidence::gather(&subject);
        if INTERRUPTED.load(Ordering::Relaxed) {
            return Ok(()); // Ctrl-C ended its tools too: what it found is not all there is
        }
        self.learn(start, Piece::Evidence(evidence), journal)
    }

    fn record(&self) -> CaseRecord {
        let rungs = &self.description.rungs;
        let index = |name: &str| rungs.iter().position(|rung| rung.name == name);
        let measured = self.rounds.iter().filter(|(_, rounds)| !rounds.is_empty());
        let scenarios = measured.map(|(scenario, rounds)| {
            let mut reduced =
                samples::reduce(scenario, rungs.len(), rounds, index("optimized"), index("peer"));
            if let Some(solo) = self.solo.as_ref().filter(|solo| !solo.is_empty()) {
                let key = |rung: &str| (rung.to_owned(), scenario.to_string());
                reduced.solo =
                    rungs.iter().map(|rung| solo.get(&key(&rung.name)).copied()).collect();
            }
            reduced.tails = self.tails.get(scenario).cloned().unwrap_or_default();
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
    /// What is done of what there is to do.
    pub bar: ProgressBar,
    start: Instant,
}

impl Progress {
    /// Of so many steps.
    pub fn new(steps: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{bar:30} {percent:>3} % · {eta} left · {msg}");
        bar.set_style(style.expect("the template is a constant"));
        Self { bar, start: Instant::now() }
    }

    /// What is done now.
    pub fn say(&self, line: &str) {
        if self.bar.is_hidden() {
            eprintln!("{line} · {} s", self.start.elapsed().as_secs());
        } else {
            self.bar.set_message(line.to_owned());
        }
    }
}
