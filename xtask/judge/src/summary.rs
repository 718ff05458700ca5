//! What a record says: times, ratios with verdicts, shares of the limit, claims held or broken.
//! Everything that shows figures (the table, the book) reads this and computes nothing of its own.

mod scenario;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use protocol::{Axis, Claim, Expect, Items, Machine, Scenario};

use crate::ahead::{Ahead, At};
use crate::headline;
use crate::pairing;
use crate::stats::{self, Verdict};
use record::{CaseRecord, Record};

pub use self::scenario::{Compared, RungSummary, ScenarioSummary};

/// A case in one run.
pub struct CaseSummary<'a> {
    /// The record behind it.
    pub record: &'a CaseRecord,
    /// Rung names in table order.
    pub rungs: Vec<&'a str>,
    /// Index of the last of our rungs, the one that a case is about.
    pub optimized: usize,
    /// Index of the peer.
    pub peer: Option<usize>,
    /// One entry per measured scenario.
    pub scenarios: Vec<ScenarioSummary<'a>>,
    /// Index of the scenario that stands for the case.
    pub headline: usize,
    /// Every claim and what became of it.
    pub claims: Vec<(&'a Claim, Outcome)>,
}

/// What was measured of a claim.
pub struct Claimed<'s, 'a> {
    /// Where it applies.
    pub scenario: &'s ScenarioSummary<'a>,
    /// What it holds its rung against.
    pub base: &'s RungSummary,
    /// What it speaks of.
    pub rung: &'s RungSummary,
    /// The two held against each other.
    pub compared: Option<Compared>,
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The run bears it out.
    Held,
    /// The run contradicts it.
    Broken,
    /// The interval allows both.
    Undecided,
    /// Its scenario or rung was not measured.
    NotMeasured,
    /// Its scenario is none that this system can do.
    Absent,
    /// It speaks of data beyond the caches, and on this machine one of them holds it.
    Elsewhere,
}

impl Outcome {
    /// Whether a run had anything to say on the claim.
    pub fn is_judged(self) -> bool {
        !matches!(self, Self::NotMeasured | Self::Absent | Self::Elsewhere)
    }
}

/// Everything that was measured in a run, by case.
pub type Summaries<'a> = BTreeMap<&'a str, CaseSummary<'a>>;

/// Summarizes a run, on all cores: intervals are drawn a thousand times each.
pub fn summaries(record: &Record) -> Summaries<'_> {
    let summarize = |case| CaseSummary::new(case, &record.machine);
    let cases = record.cases.par_iter();
    cases.filter_map(|(name, case)| Some((name.as_str(), summarize(case)?))).collect()
}

impl<'a> CaseSummary<'a> {
    /// Summarizes a case; `None` if nothing was measured.
    pub fn new(record: &'a CaseRecord, machine: &Machine) -> Option<Self> {
        let description = record.description.as_ref()?;
        let rungs: Vec<&str> = description.rungs.iter().map(|rung| rung.name.as_str()).collect();
        let (peer, optimized) = (pairing::peer(description), pairing::optimized(description));
        let scenarios: Vec<ScenarioSummary> = record
            .scenarios
            .iter()
            .map(|scenario| ScenarioSummary::new(scenario, description, machine))
            .collect();
        let headline = headline::index(record)?;
        let mut summary =
            Self { record, rungs, optimized, peer, scenarios, headline, claims: Vec::new() };
        summary.claims =
            description.claims.iter().map(|claim| (claim, summary.judge(claim))).collect();
        Some(summary)
    }

    /// The fastest of our rungs but naive in a scenario. Where nobody can tell the last one from
    /// it, that is the one: it is what the case arrives at.
    pub fn fastest(&self, scenario: &ScenarioSummary) -> Option<usize> {
        let fastest = scenario.fastest(self.ours().filter(|rung| *rung > 0));
        let time = |rung: usize| scenario.rungs[rung].as_ref().map(|rung| rung.time.mid);
        let by_time =
            |a: &usize, b: &usize| time(*a).partial_cmp(&time(*b)).unwrap_or(Ordering::Equal);
        let last = fastest.contains(&self.optimized).then_some(self.optimized);
        last.or_else(|| fastest.into_iter().min_by(by_time))
    }

    /// The same in the headline scenario.
    pub fn best(&self) -> Option<usize> {
        self.fastest(self.headline())
    }

    /// What was measured of it.
    pub fn best_rung(&self) -> Option<&RungSummary> {
        self.headline().rungs[self.best()?].as_ref()
    }

    /// It against the peer.
    pub fn best_against_peer(&self) -> Option<Compared> {
        self.headline().between(self.peer?, self.best()?)
    }

    /// The scenario that stands for the case.
    pub fn headline(&self) -> &ScenarioSummary<'a> {
        &self.scenarios[self.headline]
    }

    /// What an input has many of, in the singular: "row".
    pub fn item(&self) -> &'a str {
        self.record.description.as_ref().map_or("item", |description| description.item.as_str())
    }

    /// What `n` is in a distribution, where it is not a size.
    pub fn axis(&self, input: &str) -> Option<&'a Axis> {
        self.record.description.as_ref()?.axis(input)
    }

    /// How many items an input of a scenario has.
    pub fn items(&self, scenario: &Scenario) -> usize {
        let description = self.record.description.as_ref();
        description.map_or(scenario.n, |description| description.items(scenario))
    }

    /// Distributions in their order, each with its scenarios from small to large.
    pub fn distributions(&self) -> Vec<(&'a str, Vec<&ScenarioSummary<'a>>)> {
        let mut distributions: Vec<(&str, Vec<&ScenarioSummary>)> = Vec::new();
        for scenario in &self.scenarios {
            let name = scenario.record.scenario.input.as_str();
            match distributions.iter_mut().find(|(known, _)| *known == name) {
                Some((_, scenarios)) => scenarios.push(scenario),
                None => distributions.push((name, vec![scenario])),
            }
        }
        for (_, scenarios) in &mut distributions {
            scenarios.sort_by_key(|scenario| scenario.record.scenario.n);
        }
        distributions
    }

    /// The first distribution along which the size varies.
    pub fn sizes(&self) -> Option<(&'a str, Vec<&ScenarioSummary<'a>>)> {
        let fixed = |input: &str| {
            self.axis(input).is_some_and(|axis| matches!(axis.items, Items::Always(_)))
        };
        self.distributions().into_iter().find(|(input, _)| !fixed(input))
    }

    /// From which size on the last of our rungs is ahead of naive, along the first distribution in
    /// which the size varies; `None` where none does. One size says nothing of others.
    pub fn ahead(&self) -> Option<Ahead> {
        let (_, scenarios) = self.sizes().filter(|(_, scenarios)| scenarios.len() > 1)?;
        let at = |scenario: &&ScenarioSummary| {
            let Compared { ratio, verdict } =
                scenario.rungs[self.optimized].as_ref()?.against_naive?;
            Some(At { n: scenario.record.scenario.n, ratio: ratio.mid, verdict })
        };
        Ahead::new(&scenarios.iter().filter_map(at).collect::<Vec<_>>())
    }

    /// All rungs but those that are crates.
    pub fn ours(&self) -> impl Iterator<Item = usize> {
        (0..self.rungs.len()).filter(|rung| !self.is_crate(*rung))
    }

    /// Whether a rung is somebody's crate, as it is: the peer, or one behind our last that is named
    /// for the crate that it uses. (Before it, such a rung is a step of ours by means of that.)
    pub fn is_crate(&self, rung: usize) -> bool {
        let cost = self.record.evidence.as_ref().and_then(|evidence| evidence.cost.get(rung));
        let named = |of: &String| of.replace('-', "_") == self.rungs[rung];
        let another =
            rung > self.optimized && cost.is_some_and(|cost| cost.crates.iter().any(named));
        Some(rung) == self.peer || another
    }

    /// What was measured of a claim; `None` if its scenario or a rung of it was not.
    pub fn claimed(&self, claim: &Claim) -> Option<Claimed<'_, 'a>> {
        let scenario = &self.scenarios[self.record.claimed(claim)?];
        let (base, rung) = (self.rung_index(claim.base())?, self.rung_index(&claim.rung)?);
        Some(Claimed {
            scenario,
            base: scenario.rungs[base].as_ref()?,
            rung: scenario.rungs[rung].as_ref()?,
            compared: scenario.compared(base, rung),
        })
    }

    /// Why this system cannot do the scenario that a claim is about, if it cannot.
    pub fn absent(&self, claim: &Claim) -> Option<&'a str> {
        self.record.description.as_ref()?.absent(&claim.input, claim.n)
    }

    /// Where a rung stands in the table.
    pub fn rung_index(&self, name: &str) -> Option<usize> {
        self.rungs.iter().position(|rung| *rung == name)
    }

    fn judge(&self, claim: &Claim) -> Outcome {
        let Some(Claimed { scenario, base, rung, compared }) = self.claimed(claim) else {
            let absent = self.absent(claim).is_some();
            return if absent { Outcome::Absent } else { Outcome::NotMeasured };
        };
        if let Expect::MemoryAtMost(share) = claim.expect {
            return match (rung.data, base.data) {
                (Some(bytes), Some(all)) if bytes as f64 <= share * all as f64 => Outcome::Held,
                (Some(_), Some(_)) => Outcome::Broken,
                _ => Outcome::NotMeasured,
            };
        }
        match compared {
            None => Outcome::NotMeasured,
            Some(_) if scenario.held.is_some() => Outcome::Elsewhere,
            Some(compared) if !scenario.believable => judge_verdict(claim.expect, compared.verdict),
            Some(compared) => judge_ratio(claim.expect, compared),
        }
    }
}

/// Where only large differences can be told.
fn judge_verdict(expect: Expect, verdict: Verdict) -> Outcome {
    match (expect, verdict) {
        (Expect::Faster, Verdict::Faster) | (Expect::DoesNotPay, Verdict::Slower) => Outcome::Held,
        (Expect::Faster, Verdict::Slower) | (Expect::DoesNotPay, Verdict::Faster) => {
            Outcome::Broken
        }
        _ => Outcome::Undecided,
    }
}

fn judge_ratio(expect: Expect, Compared { ratio, verdict }: Compared) -> Outcome {
    let (held, broken) = match expect {
        // A gain that is surely too small for anybody to care is none.
        Expect::Faster => (verdict == Verdict::Faster, ratio.high <= stats::PAYS),
        Expect::DoesNotPay => (ratio.high <= stats::PAYS, ratio.low > stats::PAYS),
        Expect::MemoryAtMost(_) => (false, false),
    };
    match (held, broken) {
        (true, _) => Outcome::Held,
        (_, true) => Outcome::Broken,
        _ => Outcome::Undecided,
    }
}
