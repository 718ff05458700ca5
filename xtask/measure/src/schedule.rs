//! The order in which a run measures: rounds outermost, so that each case's processes are spread
//! over the whole run and a noisy minute hits every case a little instead of one case wholly. Then
//! more rounds for the scenarios whose verdicts hang by a hair, and only for those.

mod running;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::ops::Range;
use std::panic::resume_unwind;
use std::path::Path;
use std::thread;
use std::time::Instant;

use anyhow::Result;
use cases::Case;
use judge::reduce;
use judge::summary::ScenarioSummary;
use protocol::{Effort, Patience, Round, Scenario};
use record::{CaseRecord, Evidence, Record};

use self::running::Running;
use crate::binary::Binary;
use crate::evidence;
use crate::forecast::{Pace, Spent};
use crate::journal::{Entry, Journal, Piece};
use crate::progress::Progress;

/// Processes that every scenario gets, however long they take.
const FEWEST: usize = 4;

/// How many times as long as it measures a process may wait for neighbours. They are busy for up to
/// a second at a time: who waits less measures through most of it.
const PATIENT: u64 = 4;

/// How much an effort measures.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Fresh processes per scenario.
    pub rounds: u64,
    /// Milliseconds per case for all these rounds.
    duels: u64,
    /// Seconds after which a scenario gets no more processes, if it had [`FEWEST`] of them: some
    /// calls take seconds.
    patience: f64,
}

impl Budget {
    /// The budget of an effort.
    pub fn of(effort: Effort) -> Self {
        match effort {
            Effort::Quick => Self { rounds: 4, duels: 1_600, patience: 10.0 },
            Effort::Standard => Self { rounds: 8, duels: 6_000, patience: 40.0 },
            Effort::Full => Self { rounds: 12, duels: 60_000, patience: 240.0 },
        }
    }

    /// The rounds that are added where those before decide too little. Two goes and not more: who
    /// looks again and again until a verdict falls will see one fall.
    pub fn more(&self) -> [Range<u64>; 2] {
        let half = self.rounds / 2;
        [self.rounds..self.rounds + half, self.rounds + half..self.all()]
    }

    /// How many rounds a scenario has at most.
    pub fn all(&self) -> u64 {
        2 * self.rounds
    }

    /// Whether more rounds would be for nothing. A quick run asks only whether neighbours let it
    /// measure at all.
    pub fn suffices(&self, effort: Effort, scenario: &ScenarioSummary) -> bool {
        match effort {
            Effort::Quick => scenario.believable,
            Effort::Standard | Effort::Full => scenario.settled(self.rounds as usize),
        }
    }

    /// Milliseconds of each process of a case that has so many scenarios.
    pub fn millis(&self, scenarios: usize) -> u64 {
        (self.duels / (self.rounds * scenarios.max(1) as u64)).max(10)
    }
}

/// How a process that measures for so many milliseconds waits for neighbours, and what earlier ones
/// have found out.
pub fn wait(millis: u64, earlier: &[Round]) -> Patience {
    let (quiet, untimed) = (reduce::quiet(earlier), reduce::untimed(earlier));
    Patience { millis: millis * PATIENT, quiet, untimed }
}

/// Where a run leaves what it finds out, and how it goes.
pub struct Desk<'a> {
    /// What each process answered.
    pub journal: &'a RefCell<Journal>,
    /// How far the whole run is.
    pub progress: &'a Progress,
    /// The record's file.
    pub path: &'a Path,
    /// Where criterion writes.
    pub scratch: &'a Path,
}

/// Measures all binaries into the record, which is saved after every round. What the journal has
/// already is not measured again. `planned` is what the progress was told of.
///
/// # Errors
/// If the record or the journal cannot be written.
pub fn run(
    record: &mut Record,
    binaries: Vec<(&Case, Binary)>,
    desk: &Desk,
    planned: Spent,
) -> Result<Measured> {
    let mut run = Run::new(record, binaries, desk, planned);
    let measured = run.measure(record);
    // Also when the journal could not be written: the record has room perhaps.
    run.update(record);
    let saved = record.save(desk.path);
    let spent = run.cases.iter().map(|case| (case.case.name.clone(), case.spent)).collect();
    measured.and(saved).map(|()| Measured { spent })
}

/// What a run took, by case.
pub struct Measured {
    spent: BTreeMap<String, Spent>,
}

impl Measured {
    /// Keeps it for the next forecast.
    pub fn teach(self, effort: Effort, pace: &mut Pace) {
        for (case, spent) in self.spent {
            pace.learn(effort, &case, spent);
        }
    }
}

/// All cases under way.
struct Run<'a> {
    cases: Vec<Running<'a>>,
    budget: Budget,
    desk: &'a Desk<'a>,
    planned: Spent,
}

impl<'a> Run<'a> {
    /// Asks each case what it has, and takes over what the journal knows of it.
    fn new(
        record: &mut Record,
        binaries: Vec<(&'a Case, Binary)>,
        desk: &'a Desk<'a>,
        planned: Spent,
    ) -> Self {
        let mut cases = Vec::new();
        let mut earlier = by_case(desk.journal.borrow_mut().earlier());
        for (case, binary) in binaries {
            match Running::new(case, binary, record.effort, desk.journal) {
                Ok(mut case) => {
                    for (seconds, piece) in earlier.remove(&case.case.name).into_iter().flatten() {
                        case.take(seconds, piece);
                    }
                    cases.push(case);
                }
                Err(failure) => {
                    record::errln!("{}: {failure}", case.name);
                    record.cases.insert(case.name.clone(), failed(&failure));
                }
            }
        }
        Self { cases, budget: Budget::of(record.effort), desk, planned }
    }

    fn measure(&mut self, record: &mut Record) -> Result<()> {
        let progress = self.desk.progress;
        let processes = self.scenarios() as f64 * self.budget.rounds as f64;
        let planned = self.planned.rounds / processes.max(1.0);
        self.edges()?;
        for round in 0..self.budget.rounds {
            for case in &mut self.cases {
                case.round(round, &self.budget, None, progress, planned)?;
            }
            self.save(record)?;
            progress.say(&format!("round {} of {}", round + 1, self.budget.rounds));
        }
        self.more(record, planned)?;
        self.edges()?;
        self.look(record)
    }

    /// Has the rungs of all cases held against naive on what is not timed.
    fn edges(&mut self) -> Result<()> {
        for case in &mut self.cases {
            self.desk.progress.at(&format!("{} edges", case.case.name));
            case.edges()?;
        }
        Ok(())
    }

    /// Measures again what is not settled yet, all cases taking turns.
    fn more(&mut self, record: &mut Record, planned: f64) -> Result<()> {
        let progress = self.desk.progress;
        let mut left = self.planned.more;
        for rounds in self.budget.more() {
            let open: Vec<BTreeSet<Scenario>> = self
                .cases
                .iter_mut()
                .map(|case| case.unsettled(&self.budget, &record.machine))
                .collect();
            let scenarios: usize = open.iter().map(BTreeSet::len).sum();
            let count = rounds.end - rounds.start;
            progress.replan(left, scenarios as f64 * count as f64 * planned);
            left = 0.0;
            for round in rounds {
                for (case, open) in self.cases.iter_mut().zip(&open) {
                    case.round(round, &self.budget, Some(open), progress, planned)?;
                }
                if scenarios > 0 {
                    self.desk.journal.borrow().sync();
                    progress
                        .say(&format!("more rounds where those decided too little: {scenarios}"));
                }
            }
            self.save(record)?;
        }
        Ok(())
    }

    /// Looks at what is not timed in pairs. What is timed at all comes first, a case after the
    /// other; what is only counted and read keeps all cores busy.
    fn look(&mut self, record: &Record) -> Result<()> {
        let progress = self.desk.progress;
        let planned = self.planned.looks / self.cases.len().max(1) as f64 / 2.0;
        for case in &mut self.cases {
            progress.say(&format!("{}: calls alone, allocations", case.case.name));
            case.allocations()?;
            case.tails()?;
            case.solo(self.desk.scratch)?;
            progress.did(planned);
        }
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        for cases in self.cases.chunks_mut(cores) {
            let names: Vec<&str> = cases.iter().map(|case| case.case.name.as_str()).collect();
            progress.say(&format!("{}: why it takes its time", names.join(", ")));
            let start = Instant::now();
            let subjects = cases.iter_mut().map(|case| case.unexplained(&record.machine));
            let found = together(subjects.collect());
            let seconds = start.elapsed().as_secs_f64() / cases.len() as f64;
            for (case, evidence) in cases.iter_mut().zip(found) {
                if let Some(evidence) = evidence {
                    case.explain(seconds, evidence)?;
                }
                progress.did(planned);
            }
        }
        Ok(())
    }

    fn scenarios(&self) -> usize {
        self.cases.iter().map(|case| case.rounds.len()).sum()
    }

    fn save(&mut self, record: &mut Record) -> Result<()> {
        self.desk.journal.borrow().sync();
        self.update(record);
        record.save(self.desk.path)
    }

    fn update(&mut self, record: &mut Record) {
        for case in &mut self.cases {
            record.cases.insert(case.case.name.clone(), case.record().clone());
        }
    }
}

/// Looks at all of these at once.
fn together(subjects: Vec<Option<evidence::Subject>>) -> Vec<Option<Evidence>> {
    let gather = |subject: &Option<_>| subject.as_ref().map(evidence::gather);
    thread::scope(|scope| {
        // Without room for a thread it is looked at here, one after the other.
        let look = |subject| {
            thread::Builder::new().spawn_scoped(scope, move || gather(subject)).map_err(|_| subject)
        };
        let looks: Vec<_> = subjects.iter().map(look).collect();
        let found = looks.into_iter().map(|look| match look {
            Ok(look) => look.join().unwrap_or_else(|why| resume_unwind(why)),
            Err(subject) => gather(subject),
        });
        found.collect()
    })
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
