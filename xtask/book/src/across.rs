//! Several machines side by side: which conclusions flip between them. Pure: it reads records and
//! writes nothing.
//!
//! Every conclusion is asked of every machine by itself, and only answers beyond chance and noise
//! count: two machines that differ in speed but agree on what to do are no news.

mod conclusions;
mod label;
#[cfg(test)]
pub mod tests;

use protocol::{Claim, Scenario};

use judge::summary::{CaseSummary, ScenarioSummary, Summaries, summaries};
use record::Record;

/// All that can be said of several records; of one alone, what it says itself.
pub struct Across<'a> {
    /// In the order given; the first is the book's own.
    pub machines: Vec<Machine<'a>>,
    /// Conclusions that flip, the greatest difference first.
    pub flips: Vec<Flip<'a>>,
    /// Conclusions on which at least two machines decide.
    pub compared: usize,
    /// Conclusions that at least two machines measured, but fewer than two decide.
    pub open: usize,
}

/// One record under a short name.
pub struct Machine<'a> {
    /// Distinct within the book.
    pub label: String,
    /// What was measured on it.
    pub record: &'a Record,
    /// The cases that have figures.
    pub cases: Summaries<'a>,
}

/// A conclusion that some machines draw one way and others the other way.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip<'a> {
    /// The case.
    pub case: &'a str,
    /// Distribution and size; none for a break-even size.
    pub scenario: Option<&'a Scenario>,
    /// The rung it is about.
    pub rung: &'a str,
    /// What is concluded of it.
    pub kind: Kind<'a>,
    /// Machines that answer yes, each with its figure.
    pub yes: Vec<(usize, f64)>,
    /// Machines that answer no.
    pub no: Vec<(usize, f64)>,
    /// How far apart: the logarithm of the largest figure over the smallest.
    pub by: f64,
}

/// What is concluded of a rung. The figure is a ratio of times unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind<'a> {
    /// It is faster than naive, not slower.
    Faster,
    /// It pays; whether the case claims that it does not.
    Pays(bool),
    /// It is faster than the peer, not slower.
    Peer,
    /// It is faster than this other rung, where either is the fastest on some machine.
    Ahead(&'a str),
    /// A claim on it holds; its figure may be a share of memory.
    Claim(&'a Claim),
    /// It breaks even early, not late; the figure is the size.
    BreakEven,
}

impl<'a> Across<'a> {
    /// Holds them side by side.
    pub fn new(records: &[&'a Record]) -> Self {
        let labels = label::labels(records);
        let machines = records.iter().zip(labels).map(|(record, label)| Machine {
            label,
            record,
            cases: summaries(record),
        });
        let machines: Vec<Machine> = machines.collect();
        let (flips, compared, open) = conclusions::all(&machines);
        Self { machines, flips, compared, open }
    }

    /// The scenario at which a case is shown: the first machine's headline, or else one that more
    /// machines measured, as where a quick run stands beside a full one.
    pub fn shown(&self, case: &str) -> Option<&'a Scenario> {
        let with_case = || self.machines.iter().filter_map(|machine| machine.cases.get(case));
        let measured = |key: &Scenario| with_case().filter(|c| find(c, key).is_some()).count();
        let headlines = with_case().map(|case| &case.headline().record.scenario);
        // Of equals the last is taken, so the first machine's goes last.
        headlines.rev().max_by_key(|key| measured(key))
    }

    /// Whether a machine measured a case when it had the rungs that it has on the first machine.
    pub fn has_same_rungs(&self, machine: &Machine, case: &str) -> bool {
        let own = self.machines.first().and_then(|own| own.cases.get(case));
        let other = machine.cases.get(case);
        own.zip(other).is_some_and(|(own, other)| own.rungs == other.rungs)
    }

    /// The cases that not all machines measured with the same rungs.
    fn other_rungs(&self) -> Vec<&'a str> {
        let own = self.machines.first().into_iter().flat_map(|own| own.cases.keys().copied());
        let differs = |machine: &Machine, case: &str| {
            machine.cases.contains_key(case) && !self.has_same_rungs(machine, case)
        };
        own.filter(|case| self.machines.iter().any(|machine| differs(machine, case))).collect()
    }

    /// What to know before the machines are compared, a sentence each.
    pub fn cautions(&self) -> Vec<String> {
        let differ = |of: fn(&Record) -> String| {
            let mut all: Vec<String> = Vec::new();
            for machine in &self.machines {
                let text = of(machine.record);
                if !all.contains(&text) {
                    all.push(text);
                }
            }
            (all.len() > 1).then(|| all.join(", "))
        };
        let effort = |record: &Record| record.effort.to_string();
        let compiler = |record: &Record| record.toolchain.rustc.clone();
        let flags = |record: &Record| match record.toolchain.flags.as_str() {
            "" => "none".to_owned(),
            flags => flags.to_owned(),
        };
        let sentences = [
            (differ(Record::commits), "different commits", "a rung may have changed between them"),
            (
                differ(effort),
                "different effort",
                "the smaller run has fewer scenarios and wider intervals",
            ),
            (differ(compiler), "different compilers", "what differs may be the compiler's doing"),
            (differ(flags), "different flags", "what differs may be their doing"),
        ];
        let rungs = self.other_rungs().join(", ");
        let rungs = (!rungs.is_empty()).then_some(rungs);
        let so = "one of the same name may have been other code, and no conclusion is compared";
        sentences
            .into_iter()
            .chain([(rungs, "different rungs", so)])
            .filter_map(|(found, what, so)| Some(format!("{what} ({}): {so}", found?)))
            .collect()
    }

    /// Whether all records come from the same processor: they then show how well runs repeat.
    pub fn one_machine(&self) -> bool {
        let machines = self.machines.windows(2);
        machines
            .map(|pair| [&pair[0], &pair[1]].map(|known| &known.record.machine))
            .all(|[one, next]| one.is_alike(next))
    }
}

/// A case's figures for a distribution and size.
pub fn find<'s, 'a>(case: &'s CaseSummary<'a>, key: &Scenario) -> Option<&'s ScenarioSummary<'a>> {
    case.scenarios.iter().find(|known| known.record.scenario.same_place(key))
}
