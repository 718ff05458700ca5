//! Synthetic records whose flips are known.

use protocol::{Claim, Description, Effort, Expect, Machine, RungInfo, Scenario};

use super::*;
use record::{CaseRecord, Pair, ScenarioRecord, Toolchain};

/// A record without cases.
pub fn empty(processor: &str) -> Record {
    let toolchain =
        Toolchain { rustc: "rustc 1.95.0".into(), target: "x".into(), ..Toolchain::default() };
    let machine = Machine { processor: processor.into(), cores: 2, ..Machine::default() };
    let mut record = Record::new(Effort::Quick, Some("abc".into()), toolchain, machine);
    record.started = 0;
    record
}

/// A record of one case, "bitsets", with naive, words, optimized and peer: for each size the ratios
/// of the last three to naive, known to a hundredth.
pub fn record(processor: &str, ratios: &[(usize, [f64; 3])]) -> Record {
    let mut record = empty(processor);
    let rung = |name: &str| RungInfo { name: name.into(), unavailable: None };
    let claim = |rung: &str, expect, over: Option<&str>| Claim {
        rung: rung.into(),
        input: "dense".into(),
        n: 1_000,
        expect,
        over: over.map(str::to_owned),
    };
    let description = Description {
        item: "row".into(),
        rungs: ["naive", "words", "optimized", "peer"].map(rung).to_vec(),
        claims: vec![
            claim("optimized", Expect::Faster, Some("peer")),
            claim("words", Expect::DoesNotPay, None),
        ],
        ..Description::default()
    };
    let case = CaseRecord {
        failure: None,
        description: Some(description),
        scenarios: ratios.iter().map(|(n, ratios)| scenario(*n, *ratios)).collect(),
        evidence: None,
        seconds: 1.0,
    };
    record.cases.insert("bitsets".into(), case);
    record
}

fn scenario(n: usize, ratios: [f64; 3]) -> ScenarioRecord {
    let pair = |base, rung, ratio: f64| {
        let process = |at: usize| vec![ratio.ln() + 0.01 * (at as f64 / 7.0 - 0.5); 5];
        Pair::new(base, rung, &(0..8).map(process).collect::<Vec<_>>())
    };
    let [words, optimized, peer] = ratios;
    ScenarioRecord {
        scenario: Scenario { input: "dense".into(), n, effort: Effort::Quick },
        inputs: 1,
        work: 0.0,
        within: 0.0,
        data_bytes: vec![None; 4],
        handover: 0.0,
        blocks: 100,
        quiet: 1.0,
        times: vec![vec![100.0, 100.0 / words, 100.0 / optimized, 100.0 / peer]; 8],
        cpu: Vec::new(),
        faults: Vec::new(),
        pairs: vec![
            pair(0, 0, 1.0),
            pair(0, 1, words),
            pair(0, 2, optimized),
            pair(0, 3, peer),
            pair(3, 2, optimized / peer),
        ],
        solo: Vec::new(),
        allocations: Vec::new(),
        tails: Vec::new(),
        alone: Vec::new(),
    }
}

/// Rung, kind and sides of each flip.
fn told(records: &[&Record]) -> Vec<String> {
    let across = Across::new(records);
    let at = |side: &[(usize, f64)]| side.iter().map(|(at, _)| *at).collect::<Vec<_>>();
    let text = |flip: &Flip| {
        let kind = match flip.kind {
            Kind::Claim(_) => "Claim".to_owned(),
            kind => format!("{kind:?}"),
        };
        let n = flip.scenario.map_or(0, |scenario| scenario.n);
        format!("{n} {} {kind} {:?} {:?}", flip.rung, at(&flip.yes), at(&flip.no))
    };
    across.flips.iter().map(text).collect()
}

#[test]
fn machines_that_agree_flip_nothing_whatever_their_speed() {
    let (one, two) =
        (record("A", &[(1_000, [2.0, 4.0, 3.0])]), record("B", &[(1_000, [1.5, 9.0, 5.0])]));
    let across = Across::new(&[&one, &two]);
    assert_eq!(across.flips, []);
    // Three rungs against naive, optimized against the peer, and one claim.
    assert_eq!((across.compared, across.open), (5, 0));
}

#[test]
fn faster_here_and_slower_there_flips() {
    let (one, two) =
        (record("A", &[(1_000, [3.1, 4.0, 3.5])]), record("B", &[(1_000, [0.7, 4.0, 3.5])]));
    assert_eq!(told(&[&one, &two]), ["1000 words Faster [0] [1]"]);
    assert!((Across::new(&[&one, &two]).flips[0].by - (3.1_f64 / 0.7).ln()).abs() < 0.01);
}

#[test]
fn paying_flips_without_opposite_verdicts_and_knows_its_claim() {
    let (one, two) =
        (record("A", &[(1_000, [1.5, 4.0, 3.5])]), record("B", &[(1_000, [1.0, 4.0, 3.5])]));
    assert_eq!(told(&[&one, &two]), ["1000 words Pays(true) [0] [1]"]);
    let (one, two) = (record("A", &[(9, [1.5, 4.0, 3.5])]), record("B", &[(9, [1.0, 4.0, 3.5])]));
    assert_eq!(told(&[&one, &two]), ["9 words Pays(false) [0] [1]"]);
}

#[test]
fn peers_claims_and_the_fastest_rung_flip_in_the_order_of_their_size() {
    let one = record("A", &[(1_000, [2.0, 4.0, 3.0])]);
    let two = record("B", &[(1_000, [2.5, 2.0, 2.2])]);
    assert_eq!(
        told(&[&one, &two]),
        [
            "1000 optimized Ahead(\"words\") [0] [1]",
            "1000 optimized Peer [0] [1]",
            "1000 optimized Claim [0] [1]"
        ]
    );
}

#[test]
fn what_chance_allows_is_open_not_flipped() {
    let one = record("A", &[(1_000, [1.5, 4.0, 3.0])]);
    let mut two = record("B", &[(1_000, [0.5, 0.5, 3.0])]);
    two.cases.get_mut("bitsets").unwrap().scenarios[0].quiet = 0.1;
    let across = Across::new(&[&one, &two]);
    assert_eq!((across.flips.len(), across.compared), (0, 0));
    assert_eq!(across.open, 5);
    let mut short = record("B", &[(1_000, [0.5, 0.5, 3.0])]);
    short.cases.get_mut("bitsets").unwrap().scenarios[0].times.truncate(2);
    assert_eq!(told(&[&one, &short]), [""; 0]);
}

#[test]
fn break_even_sizes_flip_beyond_a_factor_of_four() {
    let late = record("A", &[(10, [0.9, 0.5, 0.6]), (100_000, [0.9, 2.0, 1.8])]);
    let early = record("B", &[(10, [0.95, 0.9, 0.93]), (100_000, [0.9, 2.0, 1.8])]);
    assert_eq!(told(&[&late, &early]), ["0 optimized BreakEven [1] [0]"]);
    let elsewhere = record("B", &[(10, [0.95, 0.9, 0.93]), (50_000, [0.9, 2.0, 1.8])]);
    assert_eq!(told(&[&late, &elsewhere]), [""; 0]);
}

#[test]
fn break_even_sizes_flip_only_where_no_range_allows_both() {
    let sized = |name: &str, optimized: [f64; 5]| {
        let sizes = [10, 100, 1_000, 10_000, 100_000].into_iter().zip(optimized);
        record(name, &sizes.map(|(n, ratio)| (n, [1.0, ratio, 1.0])).collect::<Vec<_>>())
    };
    let early = sized("A", [0.5, 2.0, 2.0, 2.0, 2.0]);
    let sizes = |other: &Record| {
        let mut told = told(&[&early, other]);
        told.retain(|flip| flip.contains("BreakEven"));
        told
    };
    // Nobody can tell at one size, and yet it is later for certain.
    let late = sized("B", [0.5, 0.5, 0.5, 1.0, 2.0]);
    assert_eq!(sizes(&late), ["0 optimized BreakEven [0] [1]"]);
    let anywhere = sized("B", [0.5, 1.0, 1.0, 1.0, 2.0]);
    assert_eq!(sizes(&anywhere), [""; 0]);
}

#[test]
fn rungs_are_ahead_of_each_other_only_where_either_is_certainly_the_fastest() {
    let one = record("A", &[(9, [3.0, 4.0, 2.0])]);
    let other = record("B", &[(9, [4.0, 3.0, 2.0])]);
    assert_eq!(told(&[&one, &other]), ["9 optimized Ahead(\"words\") [0] [1]"]);
    // By a midpoint one of them is ahead; nobody can tell.
    let even = record("B", &[(9, [4.0, 3.99, 2.0])]);
    let across = Across::new(&[&one, &even]);
    // Three rungs against naive, and optimized against the peer.
    assert_eq!((across.flips.len(), across.compared, across.open), (0, 4, 0));
}

#[test]
fn three_machines_make_one_flip() {
    let records = [
        record("A", &[(9, [3.0, 4.0, 3.5])]),
        record("B", &[(9, [0.7, 4.0, 3.5])]),
        record("C", &[(9, [2.0, 4.0, 3.5])]),
    ];
    let all: Vec<&Record> = records.iter().collect();
    assert_eq!(told(&all), ["9 words Faster [0, 2] [1]"]);
}

#[test]
fn a_case_is_shown_where_most_machines_measured_it() {
    let full = record("A", &[(9, [1.0, 2.0, 1.0]), (1_000, [1.0, 2.0, 1.0])]);
    let quick = record("B", &[(9, [1.0, 2.0, 1.0])]);
    assert_eq!(Across::new(&[&full, &quick]).shown("bitsets").unwrap().n, 9);
    assert_eq!(Across::new(&[&full, &full]).shown("bitsets").unwrap().n, 1_000);
    assert_eq!(Across::new(&[&full, &full]).shown("arenas"), None);
}

#[test]
fn a_case_that_had_other_rungs_flips_nothing_and_is_a_caution() {
    let one = record("A", &[(1_000, [3.1, 4.0, 3.5])]);
    let mut two = record("B", &[(1_000, [0.7, 4.0, 3.5])]);
    let description = two.cases.get_mut("bitsets").unwrap().description.as_mut().unwrap();
    description.rungs[1].name = "bytes".into();
    let across = Across::new(&[&one, &two]);
    assert_eq!((across.flips.len(), across.compared), (0, 0));
    let [own, other] = [0, 1].map(|at| &across.machines[at]);
    assert!(across.has_same_rungs(own, "bitsets") && !across.has_same_rungs(other, "bitsets"));
    assert!(!across.has_same_rungs(own, "arenas"), "nobody measured it");
    let cautions = across.cautions();
    assert!(cautions[0].starts_with("different rungs (bitsets): "), "{cautions:?}");
}

#[test]
fn other_circumstances_are_cautions() {
    let (one, mut two) = (empty("A"), empty("B"));
    assert!(Across::new(&[&one, &two]).cautions().is_empty());
    (two.commit, two.effort) = (None, Effort::Full);
    let cautions = Across::new(&[&one, &two]).cautions();
    assert!(cautions[0].contains("different commits (abc, unknown)"), "{cautions:?}");
    assert!(cautions[1].contains("quick, full") && cautions.len() == 2);
    assert!(Across::new(&[&one, &one]).one_machine() && !Across::new(&[&one, &two]).one_machine());
}
