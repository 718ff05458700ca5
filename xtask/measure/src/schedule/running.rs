//! One case under way: what is known of it so far, and what is found out next.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use protocol::{Description, Effort, Machine, Refusal, Round, Scenario};

use super::{Budget, FEWEST, seed};
use crate::binary::{Binary, Failure};
use crate::criterion;
use crate::evidence;
use crate::interrupt;
use crate::journal::{Entry, Journal, Piece};
use crate::progress::Progress;
use crate::tails;
use cases::Case;
use judge::headline;
use judge::pairing;
use judge::reduce;
use judge::summary::CaseSummary;
use record::{CaseRecord, Evidence, Record};

/// A case under way.
pub struct Running<'a> {
    /// Which case.
    pub case: &'a Case,
    binary: Binary,
    description: Description,
    /// What was answered in each scenario.
    pub rounds: Vec<(Scenario, Vec<Round>)>,
    /// Which rounds those are: after an interruption some may be missing.
    done: BTreeSet<(Scenario, u64)>,
    /// Seconds of them all, by scenario.
    seconds: BTreeMap<Scenario, f64>,
    failure: Option<String>,
    /// Empty if criterion gave nothing.
    solo: Option<BTreeMap<(String, String), record::Solo>>,
    allocations: BTreeMap<Scenario, protocol::AllocationCounts>,
    tails: BTreeMap<Scenario, protocol::Tails>,
    evidence: Option<Evidence>,
    spent: Duration,
}

impl<'a> Running<'a> {
    /// A case of which nothing is measured yet.
    ///
    /// # Errors
    /// If its binary does not say what it has.
    pub fn new(case: &'a Case, binary: Binary, effort: Effort) -> Result<Self, Failure> {
        let description = binary.describe()?;
        let wanted = description.scenarios.iter().filter(|scenario| scenario.effort <= effort);
        let rounds = wanted.map(|scenario| (scenario.clone(), Vec::new())).collect();
        Ok(Self {
            case,
            binary,
            description,
            rounds,
            done: BTreeSet::new(),
            seconds: BTreeMap::new(),
            failure: None,
            solo: None,
            allocations: BTreeMap::new(),
            tails: BTreeMap::new(),
            evidence: None,
            spent: Duration::ZERO,
        })
    }

    /// Learns something, now or from the journal: all that is known of a case comes in here.
    pub fn take(&mut self, seconds: f64, piece: Piece) {
        self.spent += Duration::from_secs_f64(seconds.max(0.0));
        match piece {
            Piece::Round { scenario, round, answer } => {
                let of = self.rounds.iter_mut().find(|(known, _)| *known == scenario);
                if let Some((_, rounds)) = of
                    && self.done.insert((scenario.clone(), round))
                {
                    rounds.push(answer);
                    *self.seconds.entry(scenario).or_default() += seconds;
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
        interrupt::came() || self.failure.is_some()
    }

    /// The scenarios of which more rounds would tell more.
    pub fn unsettled(
        &self,
        budget: &Budget,
        effort: Effort,
        machine: &Machine,
    ) -> BTreeSet<Scenario> {
        let record = self.record();
        let Some(summary) = CaseSummary::new(&record, machine) else { return BTreeSet::new() };
        let open = summary.scenarios.iter().filter(|known| !budget.suffices(effort, known));
        open.map(|known| known.record.scenario.clone())
            .filter(|scenario| !self.took_long(scenario, budget))
            .collect()
    }

    fn took_long(&self, scenario: &Scenario, budget: &Budget) -> bool {
        let rounds = self.done.iter().filter(|(done, _)| done == scenario).count();
        let seconds = self.seconds.get(scenario).copied().unwrap_or_default();
        rounds >= FEWEST && seconds > budget.patience
    }

    /// One process per scenario, or per scenario in `only`.
    pub fn round(
        &mut self,
        round: u64,
        budget: &Budget,
        only: Option<&BTreeSet<Scenario>>,
        progress: &Progress,
        journal: &mut Journal,
    ) -> Result<()> {
        let millis = (budget.duels / (budget.rounds * self.rounds.len().max(1) as u64)).max(10);
        let scenarios: Vec<Scenario> =
            self.rounds.iter().map(|(scenario, _)| scenario.clone()).collect();
        for scenario in scenarios {
            if self.stops() {
                break;
            }
            if only.is_some_and(|only| !only.contains(&scenario)) {
                continue;
            }
            let long = self.took_long(&scenario, budget);
            let key = (scenario, round);
            if !long && !self.done.contains(&key) {
                progress.bar.set_message(format!("{} {}", self.case.name, key.0));
                self.duel(key.0, round, millis, journal)?;
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
        let known = self.rounds.iter().find(|(known, _)| *known == scenario);
        let wait = known.map(|(_, rounds)| super::wait(millis, rounds));
        match self.binary.duel(&scenario, seed(round), millis, wait) {
            Ok(answer) => {
                return self.learn(start, Piece::Round { scenario, round, answer }, journal);
            }
            Err(_) if interrupt::came() => {}
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

    /// Counts what a call allocates in each measured scenario.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn allocations(&mut self, effort: Effort, journal: &mut Journal) -> Result<()> {
        let record = self.record();
        // In a quick run the scenario that stands for the case shows what a call allocates; the
        // others cost a process each.
        let counted = match effort {
            Effort::Quick => headline::of(&record).into_iter().collect(),
            Effort::Standard | Effort::Full => record.scenarios.iter().collect::<Vec<_>>(),
        };
        let counted: Vec<Scenario> =
            counted.into_iter().map(|known| known.scenario.clone()).collect();
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

    /// Times single calls where the case asks for it.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn tails(&mut self, effort: Effort, journal: &mut Journal) -> Result<()> {
        let wanted = self.description.tails.iter().filter(|tail| tail.effort <= effort).cloned();
        for scenario in wanted.collect::<Vec<_>>() {
            if self.stops() {
                break;
            }
            if self.tails.contains_key(&scenario) {
                continue;
            }
            let start = Instant::now();
            if let Some(tails) = tails::gather(&self.case.name, &self.binary, &scenario, effort) {
                self.learn(start, Piece::Tails { scenario, tails }, journal)?;
            }
        }
        Ok(())
    }

    /// Absolute times, by criterion.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn solo(&mut self, effort: Effort, scratch: &Path, journal: &mut Journal) -> Result<()> {
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
            Err(_) if interrupt::came() => {}
            Err(failure) => eprintln!("{}: criterion gave no times: {failure}", self.case.name),
        }
        Ok(())
    }

    /// Finds out why each rung takes its time.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn gather_evidence(&mut self, record: &Record, journal: &mut Journal) -> Result<()> {
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
        if interrupt::came() {
            return Ok(()); // Ctrl-C ended its tools too: what it found is not all there is
        }
        self.learn(start, Piece::Evidence(evidence), journal)
    }

    /// All that is known, as the record keeps it.
    pub fn record(&self) -> CaseRecord {
        let rungs = &self.description.rungs;
        let pairs = pairing::wanted(&self.description);
        let measured = self.rounds.iter().filter(|(_, rounds)| !rounds.is_empty());
        let scenarios = measured.map(|(scenario, rounds)| {
            let mut reduced = reduce::reduce(scenario, rungs.len(), rounds, &pairs);
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
