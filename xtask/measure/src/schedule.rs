//! The order in which a run measures: rounds outermost, so that each case's processes are spread
//! over the whole run and a noisy minute hits every case a little instead of one case wholly. Then
//! more rounds for the scenarios whose verdicts hang by a hair, and only for those.

mod running;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use anyhow::Result;
use protocol::{Effort, Patience, Round};

use self::running::Running;
use crate::binary::Binary;
use crate::journal::{Entry, Journal, Piece};
use crate::progress::Progress;
use cases::Case;
use judge::reduce;
use judge::summary::ScenarioSummary;
use record::{CaseRecord, Record};

/// Processes that every scenario gets, however long they take.
const FEWEST: usize = 4;

/// How many times as long as it measures a process may wait for neighbours. They are busy for up to
/// a second at a time: who waits less measures through most of it.
const PATIENT: u64 = 4;

/// How much an effort measures.
pub struct Budget {
    /// Fresh processes per scenario.
    pub rounds: u64,
    /// Milliseconds per case for all these rounds.
    duels: u64,
    /// Seconds after which a scenario gets no more processes, if it had [`FEWEST`] of them: some
    /// calls take seconds.
    patience: f64,
    /// Seconds that a case should take, all in all: what the user is told.
    pub seconds: u64,
}

impl Budget {
    /// The budget of an effort.
    pub fn of(effort: Effort) -> Self {
        match effort {
            Effort::Quick => Self { rounds: 4, duels: 1_600, patience: 10.0, seconds: 3 },
            Effort::Standard => Self { rounds: 8, duels: 9_000, patience: 40.0, seconds: 30 },
            Effort::Full => Self { rounds: 12, duels: 60_000, patience: 240.0, seconds: 180 },
        }
    }

    /// The rounds that are added where those before decide too little. Two goes and not more: who
    /// looks again and again until a verdict falls will see one fall.
    pub fn more(&self) -> [Range<u64>; 2] {
        let half = self.rounds / 2;
        [self.rounds..self.rounds + half, self.rounds + half..2 * self.rounds]
    }

    /// Whether more rounds would be for nothing. A quick run asks only whether neighbours let it
    /// measure at all.
    pub fn suffices(&self, effort: Effort, scenario: &ScenarioSummary) -> bool {
        match effort {
            Effort::Quick => scenario.believable,
            Effort::Standard | Effort::Full => scenario.settled(self.rounds as usize),
        }
    }
}

/// How a process that measures for so many milliseconds waits for neighbours.
pub fn wait(millis: u64, earlier: &[Round]) -> Patience {
    Patience { millis: millis * PATIENT, quiet: reduce::quiet(earlier) }
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
            case.round(round, &budget, None, progress, journal)?;
        }
        journal.sync();
        update(record, running);
        record.save(path)?;
        progress.say(&format!("round {} of {}", round + 1, budget.rounds));
    }
    for rounds in budget.more() {
        more(running, record, rounds, progress, journal)?;
        update(record, running);
        record.save(path)?;
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

/// Measures again what is not settled yet, all cases taking turns.
fn more(
    running: &mut [Running],
    record: &Record,
    rounds: Range<u64>,
    progress: &Progress,
    journal: &mut Journal,
) -> Result<()> {
    let budget = Budget::of(record.effort);
    let mut open = Vec::new();
    for case in &mut *running {
        open.push(case.unsettled(&budget, record.effort, &record.machine));
    }
    let scenarios: usize = open.iter().map(BTreeSet::len).sum();
    if scenarios > 0 {
        progress.bar.inc_length(scenarios as u64 * (rounds.end - rounds.start));
        progress.say(&format!("{scenarios} scenarios need more rounds"));
    }
    for round in rounds {
        for (case, open) in running.iter_mut().zip(&open) {
            case.round(round, &budget, Some(open), progress, journal)?;
        }
        journal.sync();
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
