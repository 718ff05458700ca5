//! How far verdicts can be trusted, from experiments whose answer is known: this file says what an
//! experiment is and counts them; its rooms measure and save. Whether rungs that take turns disturb
//! each other is another question, which [`alone`] measures on the cases themselves.

pub mod alone;
pub mod measure;
pub mod saved;
#[cfg(test)]
mod synthetic;

use protocol::{Description, Effort, Machine, Round, RungInfo, Scenario};

use judge::reduce;
use judge::stats::Verdict;
use judge::summary::{CaseSummary, ScenarioSummary};
use record::{CalibratedKind, CaseRecord, ScenarioRecord};

/// The slowdown that `xtask/calibration` plants.
pub const SLOWDOWN: f64 = 0.03;
/// The rungs of `xtask/calibration`, in its order.
const RUNGS: [&str; 3] = ["naive", "same", "slower"];

/// Counts one experiment.
fn count(kind: &mut CalibratedKind, scenario: &ScenarioSummary) {
    let verdict = |rung: usize| {
        let compared = scenario.rungs[rung].as_ref().and_then(|rung| rung.against_naive);
        compared.map_or(Verdict::CannotTell, |compared| compared.verdict)
    };
    // Among busy neighbours there are verdicts on large differences: a false one must be counted.
    if !scenario.believable && [verdict(1), verdict(2)] == [Verdict::CannotTell; 2] {
        kind.too_busy += 1;
        return;
    }
    kind.experiments += 1;
    kind.false_verdicts += u64::from(verdict(1) != Verdict::CannotTell);
    kind.found += u64::from(verdict(2) == Verdict::Slower);
    kind.hidden += u64::from(scenario.floor >= SLOWDOWN);
}

/// What the rounds of an experiment say, judged as the book judges a case; `None` before the first.
fn judge<T>(
    scenario: &Scenario,
    rounds: &[Round],
    look: impl FnOnce(&ScenarioSummary) -> T,
) -> Option<T> {
    if rounds.is_empty() {
        return None;
    }
    let case = case(reduce::reduce(scenario, RUNGS.len(), rounds, &[]));
    let summary = CaseSummary::new(&case, &Machine::default())?;
    Some(look(summary.headline()))
}

/// An experiment as a case of one scenario.
fn case(measured: ScenarioRecord) -> CaseRecord {
    CaseRecord {
        failure: None,
        description: Some(description(&measured.scenario)),
        scenarios: vec![measured],
        evidence: None,
        seconds: 0.0,
    }
}

fn description(scenario: &Scenario) -> Description {
    let rung = |name: &&str| RungInfo { name: (*name).to_owned(), unavailable: None };
    Description {
        item: "item".to_owned(),
        rungs: RUNGS.iter().map(rung).collect(),
        scenarios: vec![Scenario { effort: Effort::Quick, ..scenario.clone() }],
        ..Description::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::fixture;

    /// What is counted of naive under another name, so many times as fast beside busy neighbours.
    fn counted(ratio: f64) -> [u64; 3] {
        let mut record = fixture::record();
        let case = record.cases.get_mut("words").unwrap();
        let scenario = &mut case.scenarios[0];
        scenario.pairs[1].rung = 1;
        scenario.times.iter_mut().for_each(|times| times.swap(1, 2));
        fixture::busy(scenario, 1, ratio);
        let summary = CaseSummary::new(case, &record.machine).unwrap();
        let mut kind = CalibratedKind::new("busy", 1);
        count(&mut kind, &summary.scenarios[0]);
        [kind.experiments, kind.false_verdicts, kind.too_busy]
    }

    #[test]
    fn a_false_verdict_among_busy_neighbours_is_counted() {
        assert_eq!(counted(1.5), [0, 0, 1]);
        assert_eq!(counted(3.0), [1, 1, 0]);
        assert_eq!(counted(0.3), [1, 1, 0]);
    }
}
