//! Records for tests, with known answers.

use protocol::{Claim, Description, Effort, Expect, Machine, RungInfo, Scenario};

use super::Comparison;
use crate::stats::Verdict;
use record::{
    CaseRecord, Counted, Evidence, Found, Pair, Record, ScenarioRecord, Simulated, Toolchain,
};

/// A scenario of so many words: naive takes `naive` nanoseconds, the others are so much faster
/// (as logarithms in ten-thousandths). The processes differ by a few tenths of a per cent.
pub fn scenario(n: usize, naive: f64, logs: &[i32]) -> ScenarioRecord {
    let noise = |log: i32| -> Vec<Vec<i32>> {
        let process = |at| (0..5).map(|chunk| log + 10 * (at - 4) + 5 * (chunk - 2)).collect();
        (0..8).map(process).collect()
    };
    let pair = |(rung, log): (usize, &i32)| Pair { base: 0, rung, logs: noise(*log) };
    let of = |log: &i32| naive * (-f64::from(*log) * 1e-4).exp();
    let all: Vec<i32> = std::iter::once(0).chain(logs.iter().copied()).collect();
    ScenarioRecord {
        scenario: Scenario { input: "words".into(), n, effort: Effort::Quick },
        inputs: 1,
        work: 0.0,
        within: 0.0,
        data_bytes: vec![None; all.len()],
        handover: 0.0,
        blocks: 100,
        quiet: 1.0,
        times: vec![all.iter().map(of).collect(); 8],
        cpu: Vec::new(),
        faults: Vec::new(),
        pairs: all.iter().enumerate().map(pair).collect(),
        solo: Vec::new(),
        allocations: Vec::new(),
        tails: Vec::new(),
        alone: Vec::new(),
    }
}

pub fn case(rungs: &[&str], scenarios: Vec<ScenarioRecord>) -> CaseRecord {
    let rung = |name: &&str| RungInfo { name: (*name).into(), unavailable: None };
    let claim =
        |n, expect| Claim { rung: "fast".into(), input: "words".into(), n, expect, over: None };
    CaseRecord {
        failure: None,
        description: Some(Description {
            item: "word".into(),
            rungs: rungs.iter().map(rung).collect(),
            claims: vec![claim(1_000, Expect::Faster), claim(10, Expect::DoesNotPay)],
            ..Description::default()
        }),
        scenarios,
        evidence: None,
        seconds: 1.0,
    }
}

pub fn record(cases: &[(&str, CaseRecord)]) -> Record {
    let toolchain = Toolchain { rustc: "rustc".into(), target: "x".into(), ..Toolchain::default() };
    let machine = Machine { processor: "chip".into(), system: "os".into(), ..Machine::default() };
    let mut record = Record::new(Effort::Quick, Some("abc".into()), toolchain, machine);
    record.cases = cases.iter().map(|(name, case)| ((*name).to_owned(), case.clone())).collect();
    record
}

/// One case, one scenario, the rungs `fast` and `peer`.
pub fn one(naive: f64, fast: i32, peer: i32) -> Record {
    let scenarios = vec![scenario(1_000, naive, &[fast, peer])];
    record(&[("arenas", case(&["naive", "fast", "peer"], scenarios))])
}

pub fn verdicts(comparison: &Comparison) -> Vec<(&str, Verdict)> {
    comparison.rungs().map(|line| (line.rung.as_str(), line.verdict)).collect()
}

/// Gives the record's case instruction counts at so many words.
pub fn counted(record: &mut Record, n: usize, instructions: &[f64]) {
    let simulated = |instructions: &f64| {
        let (branches, mispredictions, l1_misses, last_level_misses) = (1.0, 0.0, 0.0, 0.0);
        let (instructions, system) = (*instructions, None);
        Some(Simulated {
            instructions,
            branches,
            mispredictions,
            mispredictions_today: None,
            l1_misses,
            last_level_misses,
            system,
        })
    };
    let scenario = Scenario { input: "words".into(), n, effort: Effort::Quick };
    let rungs = instructions.iter().map(simulated).collect();
    let simulated = Found::Here(Counted { scenario, rungs });
    let case = record.cases.get_mut("arenas").expect("the example's case");
    case.evidence = Some(Evidence { simulated, ..Evidence::default() });
}
