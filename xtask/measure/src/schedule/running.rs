//! One case under way: what is known of it so far, and what is found out next.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use cases::Case;
use judge::summary::CaseSummary;
use judge::{headline, pairing, reduce};
use protocol::{Absent, Description, Effort, Machine, Refusal, Round, Scenario};
use record::{CaseRecord, Evidence, ScenarioRecord, Solo};

use super::{Budget, FEWEST, seed, wait};
use crate::binary::{Binary, Failure};
use crate::forecast::Spent;
use crate::journal::{Entry, Journal, Piece};
use crate::progress::Progress;
use crate::{criterion, evidence, interrupt, tails};

/// A case under way.
pub struct Running<'a> {
    /// Which case.
    pub case: &'a Case,
    /// What was answered in each scenario.
    pub rounds: Vec<Measured>,
    /// What it took, in this run and in what it goes on with.
    pub spent: Spent,
    binary: Binary,
    effort: Effort,
    journal: &'a RefCell<Journal>,
    /// What is known of it, as the record keeps it; behind by what stands in `changed`.
    record: CaseRecord,
    changed: bool,
    /// Empty if criterion gave nothing.
    solo: Option<BTreeMap<(String, String), Solo>>,
    allocations: BTreeMap<Scenario, protocol::AllocationCounts>,
    tails: BTreeMap<Scenario, protocol::Tails>,
}

/// A scenario under way.
pub struct Measured {
    scenario: Scenario,
    answers: Vec<Round>,
    /// Which rounds those are: after an interruption some may be missing.
    done: BTreeSet<u64>,
    /// Seconds of them all.
    seconds: f64,
    /// What the record keeps of them, until another comes.
    reduced: Option<ScenarioRecord>,
}

impl Measured {
    fn took_long(&self, budget: &Budget) -> bool {
        self.done.len() >= FEWEST && self.seconds > budget.patience
    }
}

impl<'a> Running<'a> {
    /// A case of which nothing is measured yet.
    ///
    /// # Errors
    /// If its binary does not say what it has.
    pub fn new(
        case: &'a Case,
        binary: Binary,
        effort: Effort,
        journal: &'a RefCell<Journal>,
    ) -> Result<Self, Failure> {
        let description = binary.describe()?;
        let wanted = description.scenarios.iter().filter(|scenario| scenario.effort <= effort);
        let nothing = |scenario: &Scenario| Measured {
            scenario: scenario.clone(),
            answers: Vec::new(),
            done: BTreeSet::new(),
            seconds: 0.0,
            reduced: None,
        };
        Ok(Self {
            case,
            rounds: wanted.map(nothing).collect(),
            spent: Spent::default(),
            binary,
            effort,
            journal,
            record: CaseRecord {
                failure: None,
                description: Some(description),
                scenarios: Vec::new(),
                evidence: None,
                seconds: 0.0,
            },
            changed: false,
            solo: None,
            allocations: BTreeMap::new(),
            tails: BTreeMap::new(),
        })
    }

    /// Learns something, now or from the journal: all that is known of a case comes in here.
    pub fn take(&mut self, seconds: f64, piece: Piece) {
        let seconds = seconds.max(0.0);
        self.record.seconds += seconds;
        self.changed = true;
        match piece {
            Piece::Round { scenario, round, answer } => {
                let first = round < Budget::of(self.effort).rounds;
                *(if first { &mut self.spent.rounds } else { &mut self.spent.more }) += seconds;
                let of = self.rounds.iter_mut().find(|known| known.scenario == scenario);
                if let Some(known) = of
                    && known.done.insert(round)
                {
                    known.answers.push(answer);
                    known.seconds += seconds;
                    known.reduced = None;
                }
                return;
            }
            Piece::Wrong(failure) => {
                self.record.failure = Some(failure);
                self.rounds.clear(); // a wrong rung gets no time, not even an earlier one
            }
            Piece::Allocations { scenario, counts } => {
                self.allocations.insert(scenario, counts);
            }
            Piece::Tails { scenario, tails } => {
                self.tails.insert(scenario, tails);
            }
            Piece::Criterion(times) => self.solo = Some(times.into_iter().collect()),
            Piece::Evidence(evidence) => self.record.evidence = Some(evidence),
        }
        self.spent.looks += seconds;
    }

    /// Learns something that was just found out, after it is in the journal.
    fn learn(&mut self, start: Instant, piece: Piece) -> Result<()> {
        self.write_down(start.elapsed().as_secs_f64(), piece)
    }

    fn write_down(&mut self, seconds: f64, piece: Piece) -> Result<()> {
        let entry = Entry::Case { case: self.case.name.clone(), seconds, piece };
        self.journal.borrow_mut().write(&entry)?;
        if let Entry::Case { piece, .. } = entry {
            self.take(seconds, piece);
        }
        Ok(())
    }

    fn stops(&self) -> bool {
        interrupt::came() || self.record.failure.is_some()
    }

    fn complain(&self, what: &str, failure: &Failure) {
        record::errln!("{}: {what}{failure}", self.case.name);
    }

    fn description(&self) -> &Description {
        self.record.description.as_ref().expect("it was there when the case began")
    }

    /// The scenarios of which more rounds would tell more.
    pub fn unsettled(&mut self, budget: &Budget, machine: &Machine) -> BTreeSet<Scenario> {
        let effort = self.effort;
        let Some(summary) = CaseSummary::new(self.record(), machine) else {
            return BTreeSet::new();
        };
        let open = summary.scenarios.iter().filter(|known| !budget.suffices(effort, known));
        let mut open: BTreeSet<Scenario> =
            open.map(|known| known.record.scenario.clone()).collect();
        for known in self.rounds.iter().filter(|known| known.took_long(budget)) {
            open.remove(&known.scenario);
        }
        open
    }

    /// Has every rung held against naive on what is not timed: before the first round, so that no
    /// wrong rung is timed, and after the last one.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn edges(&mut self) -> Result<()> {
        if self.stops() {
            return Ok(());
        }
        let start = Instant::now();
        match self.binary.edges() {
            Ok(()) => self.record.seconds += start.elapsed().as_secs_f64(),
            Err(_) if interrupt::came() => {}
            // A rung that takes its process with it is as wrong as one that differs.
            Err(failure) => {
                self.complain("", &failure);
                return self.learn(start, Piece::Wrong(failure.to_string()));
            }
        }
        Ok(())
    }

    /// One process per scenario, or per scenario in `only`; the progress counts each as so many
    /// seconds.
    pub fn round(
        &mut self,
        round: u64,
        budget: &Budget,
        only: Option<&BTreeSet<Scenario>>,
        progress: &Progress,
        planned: f64,
    ) -> Result<()> {
        let millis = budget.millis(self.rounds.len());
        let scenarios = self.rounds.iter().map(|known| known.scenario.clone());
        for scenario in scenarios.collect::<Vec<_>>() {
            // A wrong rung takes all scenarios away, one that is not cold its own.
            let mut places = self.rounds.iter();
            let Some(at) = places.position(|known| known.scenario == scenario) else { continue };
            let known = &self.rounds[at];
            if only.is_some_and(|only| !only.contains(&known.scenario)) {
                continue;
            }
            if !self.stops() && !known.took_long(budget) && !known.done.contains(&round) {
                progress.at(&format!("{} {}", self.case.name, known.scenario));
                self.duel(at, round, millis)?;
            }
            progress.did(planned);
        }
        Ok(())
    }

    /// One process.
    fn duel(&mut self, at: usize, round: u64, millis: u64) -> Result<()> {
        let start = Instant::now();
        let known = &self.rounds[at];
        let scenario = known.scenario.clone();
        let patience = wait(millis, &known.answers);
        match self.binary.duel(&scenario, seed(round), millis, Some(patience)) {
            Ok(answer) => return self.learn(start, Piece::Round { scenario, round, answer }),
            Err(_) if interrupt::came() => {}
            Err(failure) => {
                self.complain("", &failure);
                if let Failure::Refused(Refusal::NotCold(why)) = failure {
                    self.give_up(at, why);
                    return Ok(());
                }
                let text = failure.to_string();
                if matches!(failure, Failure::Refused(Refusal::Disagreement { .. })) {
                    return self.learn(start, Piece::Wrong(text));
                }
                self.record.failure = Some(text);
            }
        }
        self.record.seconds += start.elapsed().as_secs_f64();
        Ok(())
    }

    /// Measures a scenario no more that could not be made cold: what was measured of it until then
    /// may have been warm.
    fn give_up(&mut self, at: usize, why: String) {
        let Measured { scenario, .. } = self.rounds.remove(at);
        let description = self.record.description.as_mut().expect("it was there when it began");
        description.scenarios.retain(|known| *known != scenario);
        description.tails.retain(|known| *known != scenario);
        description.absent.push(Absent { scenario, why });
        self.changed = true;
    }

    /// Counts what a call allocates in each measured scenario.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn allocations(&mut self) -> Result<()> {
        let effort = self.effort;
        let record = self.record();
        // In a quick run the scenario that stands for the case shows what a call allocates; the
        // others cost a process each.
        let counted = match effort {
            Effort::Quick => headline::of(record).into_iter().collect(),
            Effort::Standard | Effort::Full => record.scenarios.iter().collect::<Vec<_>>(),
        };
        let counted: Vec<Scenario> =
            counted.into_iter().map(|known| known.scenario.clone()).collect();
        for scenario in counted {
            if self.stops() {
                break;
            }
            if self.allocations.contains_key(&scenario) {
                continue;
            }
            let start = Instant::now();
            match self.binary.allocations(&scenario) {
                Ok(counts) => self.learn(start, Piece::Allocations { scenario, counts })?,
                Err(_) if interrupt::came() => {}
                Err(failure) => {
                    self.complain(&format!("allocations at {scenario} unavailable: "), &failure);
                }
            }
        }
        Ok(())
    }

    /// Times single calls where the case asks for it.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn tails(&mut self) -> Result<()> {
        let wanted = self.description().tails.iter().filter(|tail| tail.effort <= self.effort);
        for scenario in wanted.cloned().collect::<Vec<_>>() {
            if self.stops() {
                break;
            }
            if self.tails.contains_key(&scenario) {
                continue;
            }
            let start = Instant::now();
            if let Some(tails) =
                tails::gather(&self.case.name, &self.binary, &scenario, self.effort)
            {
                self.learn(start, Piece::Tails { scenario, tails })?;
            }
        }
        Ok(())
    }

    /// Absolute times, by criterion.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn solo(&mut self, scratch: &Path) -> Result<()> {
        let wanted =
            self.effort != Effort::Quick && self.binary.file.is_none() && self.solo.is_none();
        if !wanted || self.stops() {
            return Ok(());
        }
        let start = Instant::now();
        let home = scratch.join("criterion").join(&self.case.name);
        // What an earlier run left is not this run's; if it stays, criterion says so itself.
        let _ = std::fs::remove_dir_all(&home);
        match self.binary.criterion(self.effort, &home) {
            Ok(()) => {
                let times = criterion::read(&home).into_iter().collect();
                self.learn(start, Piece::Criterion(times))?;
            }
            Err(_) if interrupt::came() => {}
            Err(failure) => self.complain("criterion gave no times: ", &failure),
        }
        Ok(())
    }

    /// What there is to look at, if nobody did yet.
    pub fn unexplained<'s>(&'s mut self, machine: &'s Machine) -> Option<evidence::Subject<'s>> {
        if self.stops() || self.rounds.is_empty() || self.record.evidence.is_some() {
            return None;
        }
        self.refresh();
        Some(evidence::Subject {
            case: self.case,
            binary: &self.binary,
            measured: &self.record,
            machine,
            effort: self.effort,
        })
    }

    /// Learns why each rung takes its time, and how long it took to find that out.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn explain(&mut self, seconds: f64, evidence: Evidence) -> Result<()> {
        if interrupt::came() {
            return Ok(()); // Ctrl-C ended its tools too: what it found is not all there is
        }
        self.write_down(seconds, Piece::Evidence(evidence))
    }

    /// All that is known, as the record keeps it.
    pub fn record(&mut self) -> &CaseRecord {
        self.refresh();
        &self.record
    }

    /// Brings the record up to date: only scenarios with new rounds are reduced again.
    fn refresh(&mut self) {
        if !std::mem::take(&mut self.changed) {
            return;
        }
        let description = self.record.description.as_ref().expect("it was there at the beginning");
        let rungs = &description.rungs;
        let pairs = pairing::wanted(description);
        let measured = self.rounds.iter_mut().filter(|known| !known.answers.is_empty());
        let scenarios = measured.map(|Measured { scenario, answers, reduced, .. }| {
            let reduced = reduced
                .get_or_insert_with(|| reduce::reduce(scenario, rungs.len(), answers, &pairs));
            let mut reduced = reduced.clone();
            if let Some(solo) = self.solo.as_ref().filter(|solo| !solo.is_empty()) {
                let key = |rung: &str| (rung.to_owned(), scenario.to_string());
                reduced.solo =
                    rungs.iter().map(|rung| solo.get(&key(&rung.name)).copied()).collect();
            }
            reduced.tails = self.tails.get(scenario).cloned().unwrap_or_default();
            reduced.allocations = self.allocations.get(scenario).cloned().unwrap_or_default();
            reduced
        });
        self.record.scenarios = scenarios.collect();
    }
}
