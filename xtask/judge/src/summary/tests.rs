//! A case whose ratios are known, and what is made of it.

use super::*;
use crate::stats::Interval;
use crate::stats::Verdict;
use protocol::{Absent, Description, Effort, LimitKind, RungInfo, Scenario};
use record::fixture;
use record::{Pair, ScenarioRecord, Solo};

/// naive, optimized and peer at 10 and 1,000 items: optimized twice as slow at first, four
/// times as fast then.
fn case() -> CaseRecord {
    let rung = |name: &str| RungInfo { name: name.into(), unavailable: None };
    let scenario = |n: usize, log: i32| ScenarioRecord {
        scenario: Scenario { input: "words".into(), n, effort: Effort::Quick },
        inputs: 1,
        work: 100.0,
        within: 100.0,
        data_bytes: vec![Some(800), Some(100), None],
        handover: 0.0,
        blocks: 100,
        quiet: 1.0,
        times: vec![vec![100.0, 100.0 * (-f64::from(log) * 1e-4).exp(), 50.0]; 4],
        cpu: Vec::new(),
        faults: Vec::new(),
        pairs: [((0, 0), 0), ((0, 1), log), ((0, 2), 6931), ((2, 1), log - 6931)]
            .map(|((base, rung), log)| Pair { base, rung, logs: vec![vec![log; 5]; 4] })
            .to_vec(),
        solo: Vec::new(),
        allocations: Vec::new(),
        tails: Vec::new(),
        alone: Vec::new(),
    };
    let claim = |n, expect| Claim {
        rung: "optimized".into(),
        input: "words".into(),
        n,
        expect,
        over: None,
    };
    CaseRecord {
        failure: None,
        description: Some(Description {
            item: "word".into(),
            rungs: vec![rung("naive"), rung("optimized"), rung("peer")],
            claims: vec![
                claim(1_000, Expect::Faster),
                claim(10, Expect::Faster),
                claim(10, Expect::DoesNotPay),
                claim(1_000, Expect::DoesNotPay),
                claim(1_000, Expect::MemoryAtMost(0.125)),
                claim(1_000, Expect::MemoryAtMost(0.1)),
                claim(7, Expect::DoesNotPay),
            ],
            limit: Some(LimitKind::Read),
            ..Description::default()
        }),
        scenarios: vec![scenario(10, -6931), scenario(1_000, 13_863)],
        evidence: None,
        seconds: 1.0,
    }
}

#[test]
fn claims_are_held_against_what_was_measured() {
    let (case, machine) = (case(), Machine::default());
    let summary = CaseSummary::new(&case, &machine).unwrap();
    let outcomes: Vec<Outcome> = summary.claims.iter().map(|(_, outcome)| *outcome).collect();
    use Outcome::*;
    assert_eq!(outcomes, [Held, Broken, Held, Broken, Held, Broken, NotMeasured]);
    assert_eq!(summary.headline, 1);
}

#[test]
fn an_interval_across_the_claim_decides_nothing() {
    let judged = |expect, low, high, verdict| {
        judge_ratio(expect, Compared { ratio: Interval { low, mid: 1.02, high }, verdict })
    };
    use Outcome::*;
    for (low, high, verdict, faster, does_not_pay) in [
        (0.9, 1.1, Verdict::CannotTell, Undecided, Undecided),
        (0.98, 1.04, Verdict::CannotTell, Broken, Held),
        (1.01, 1.04, Verdict::Faster, Held, Held),
        (1.06, 1.2, Verdict::Faster, Held, Broken),
        (0.7, 0.9, Verdict::Slower, Broken, Held),
    ] {
        assert_eq!(judged(Expect::Faster, low, high, verdict), faster, "{low} to {high}");
        assert_eq!(judged(Expect::DoesNotPay, low, high, verdict), does_not_pay, "{low}");
    }
}

#[test]
fn ratios_peers_limits_and_break_even() {
    let machine = Machine { read: vec![(1.0, 8.0)], ..Machine::default() };
    let case = case();
    let summary = CaseSummary::new(&case, &machine).unwrap();
    let best = summary.best_rung().unwrap();
    assert!((best.against_naive.unwrap().ratio.mid - 4.0).abs() < 0.01);
    assert!((best.share.unwrap() - 0.5).abs() < 0.01);
    let peer = summary.headline().against_peer.unwrap();
    assert!((peer.ratio.mid - 2.0).abs() < 0.01 && peer.verdict == Verdict::Faster);
    // From half to four times over two decades of size: a third of the way.
    let Some(Ahead::From { near }) = summary.ahead() else { panic!("{:?}", summary.ahead()) };
    assert!((near.log10() - (1.0 + 2.0 / 3.0)).abs() < 0.01);
    let mut one = case.clone();
    one.scenarios.truncate(1);
    assert_eq!(CaseSummary::new(&one, &machine).unwrap().ahead(), None, "there is no other size");
}

#[test]
fn criterion_is_shown_and_changes_nothing() {
    let mut case = case();
    let figures = |case: &CaseRecord| {
        let summary = CaseSummary::new(case, &Machine::default()).unwrap();
        let rungs = summary.headline().rungs.iter().flatten();
        rungs.map(|rung| (rung.time, rung.against_naive, rung.share)).collect::<Vec<_>>()
    };
    let before = figures(&case);
    let alone = |ns: f64| Some(Solo { ns, low: ns, high: ns });
    case.scenarios[1].solo = vec![alone(50.0), alone(1.0), None];
    assert_eq!(figures(&case), before);
    let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
    assert_eq!(summary.best_rung().unwrap().criterion, alone(1.0));
}

/// A rung that waits for a millisecond, and naive, which every other time wakes too late for one
/// and waits for the next: no process has seen the middle of the two ratios.
#[test]
fn a_time_is_one_that_was_measured_and_the_interval_of_the_ratio_holds_what_it_says() {
    let mut case = case();
    let scenario = &mut case.scenarios[1];
    let naive = [1e6, 1e6, 1e6, 2e6];
    scenario.times = naive.map(|ns| vec![ns, 1e6, 1e6]).to_vec();
    scenario.pairs[1].logs = vec![vec![0, 0, 6931, 6931, 6931]; 4];
    let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
    let rungs = &summary.headline().rungs;
    let [naive, fast] = [0, 1].map(|rung| rungs[rung].as_ref().unwrap());
    assert!((fast.time.mid - 1e6).abs() < 1e-3 && fast.time.low > 0.999e6, "{:?}", fast.time);
    assert!((naive.time.mid - 1e6).abs() < 1e-3 && naive.time.high > 1.2e6, "{:?}", naive.time);
    let compared = fast.against_naive.unwrap();
    assert!((compared.ratio.mid - 2.0).abs() < 0.01, "{compared:?}");
    assert!(compared.ratio.low <= 1.0 && compared.verdict == Verdict::CannotTell, "{compared:?}");
}

#[test]
fn a_pair_whose_times_say_otherwise_has_an_interval_that_holds_both() {
    let mut case = case();
    // Twice as fast as the peer by what both are against naive; of their own pair half as much.
    for (off, verdict) in [(6931 / 2, Verdict::Faster), (-1000, Verdict::CannotTell)] {
        case.scenarios[1].pairs[3].logs = vec![vec![off; 5]; 4];
        let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
        let peer = summary.headline().against_peer.unwrap();
        assert!((peer.ratio.mid.ln() - f64::from(off) * 1e-4).abs() < 1e-9);
        assert!(peer.ratio.high > 1.999, "{peer:?}");
        assert_eq!(peer.verdict, verdict);
    }
}

#[test]
fn rungs_that_were_never_paired_are_compared_by_naive() {
    let mut case = case();
    case.scenarios[1].pairs.pop();
    let of = |case: &CaseRecord| {
        let summary = CaseSummary::new(case, &Machine::default()).unwrap();
        let scenario = summary.headline();
        assert_eq!(scenario.compared(2, 1), None);
        let [one, other] = [(2, 1), (1, 2)].map(|(base, rung)| scenario.between(base, rung));
        (one.unwrap(), other.unwrap(), scenario.fastest(0..3))
    };
    let (one, other, fastest) = of(&case);
    assert_eq!((one.verdict, other.verdict), (Verdict::Faster, Verdict::Slower));
    assert!((one.ratio.mid - 2.0).abs() < 0.01 && (other.ratio.mid - 0.5).abs() < 0.01);
    assert_eq!(fastest, [1]);
    // Four processes that see two to eight times: nobody can tell, and both are the fastest.
    let spread = [6931, 13_863, 13_863, 20_794].map(|log| vec![log; 5]);
    case.scenarios[1].pairs[1].logs = spread.to_vec();
    let (one, _, fastest) = of(&case);
    assert_eq!((one.verdict, fastest), (Verdict::CannotTell, vec![1, 2]));
}

#[test]
fn the_last_of_our_rungs_need_not_be_the_fastest() {
    let mut case = case();
    case.description.as_mut().unwrap().rungs[2].name = "wider".into();
    for scenario in &mut case.scenarios {
        scenario.pairs[2].logs = vec![vec![20_794; 5]; 4];
        scenario.pairs.truncate(3);
        record::fixture::set_times(scenario);
    }
    let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
    let scenario = summary.headline();
    assert_eq!(scenario.fastest(summary.ours()), [2]);
    assert!(scenario.is_faster(2, 1) && scenario.is_faster(1, 0) && !scenario.is_faster(1, 2));
    // At ten items naive is ahead of it too, for it is half as fast.
    let small = &summary.scenarios[0];
    assert!(small.is_faster(0, 1) && small.is_faster(2, 1) && !small.is_faster(1, 1));
    // A peer is none of ours.
    case.description.as_mut().unwrap().rungs[2].name = "peer".into();
    let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
    assert_eq!(summary.headline().fastest(summary.ours()), [1]);
    // Nor is a second crate, which stands behind our last; one that ours are made with is.
    let description = case.description.as_mut().unwrap();
    description.rungs[1].name = "optimized".into();
    description.rungs[2].name = "big_sets".into();
    let crates = [vec![], vec![], vec!["big-sets".into()]];
    let cost = |crates| record::RungCost {
        lines: 1,
        unsafe_blocks: 0,
        crates,
        packages: 0,
        code_bytes: None,
        code: None,
    };
    case.evidence.get_or_insert_default().cost = crates.map(cost).into();
    let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
    assert!(summary.is_crate(2) && summary.ours().eq([0, 1]));
    case.description.as_mut().unwrap().rungs[1].name = "wide".into();
    let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
    assert!(!summary.is_crate(2), "it is our last");
}

#[test]
fn a_limit_that_explains_less_than_a_tenth_is_none() {
    let case = case();
    let shares = |read| {
        let machine = Machine { read: vec![(1.0, read)], ..Machine::default() };
        let summary = CaseSummary::new(&case, &machine).unwrap();
        let rungs = summary.headline().rungs.iter().flatten();
        (summary.headline().least, rungs.map(|rung| rung.share).collect::<Vec<_>>())
    };
    let (least, of) = shares(16.0);
    assert_eq!((least, of[0]), (Some(6.25), None));
    assert!((of[1].unwrap() - 0.25).abs() < 0.01 && of[2].is_some(), "{of:?}");
    assert_eq!(shares(1_000.0), (None, vec![None; 3]));
}

#[test]
fn processor_time_belongs_to_the_time_that_is_shown() {
    let mut case = case();
    case.scenarios[1].times = [100.0, 200.0].map(|ns| vec![ns, ns / 4.0, 50.0]).to_vec();
    case.scenarios[1].cpu = [100.0, 200.0].map(|ns| vec![ns, ns / 2.0, 0.0]).to_vec();
    let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
    let of = |rung: usize| {
        let rung = summary.headline().rungs[rung].as_ref().unwrap();
        rung.cpu.unwrap() / rung.time.mid
    };
    assert!((of(0) - 1.0).abs() < 1e-9 && (of(1) - 2.0).abs() < 1e-9 && of(2) == 0.0);
    assert_eq!(summary.scenarios[0].rungs[0].as_ref().unwrap().cpu, None);
}

#[test]
fn data_lies_where_all_inputs_that_take_turns_find_room() {
    let machine = Machine { caches: vec![500, 10_000], ..Machine::default() };
    let mut case = case();
    let lies = |case: &CaseRecord| {
        let summary = CaseSummary::new(case, &machine).unwrap();
        let rungs = summary.headline().rungs.iter().flatten();
        (summary.headline().lies(), rungs.map(|rung| rung.lies.unwrap().nearest).collect())
    };
    // The peer does not say; what the case works within stands for it.
    assert_eq!(lies(&case), (None, vec![1, 0, 0]));
    case.scenarios[1].inputs = 6;
    assert_eq!(lies(&case).0.unwrap().nearest, 1);
    assert_eq!(lies(&case).1, [1, 1, 1]);
    // What all look for things in is there once.
    case.description.as_mut().unwrap().limit = Some(LimitKind::Accesses);
    assert_eq!(lies(&case).1, [1, 0, 0]);
}

#[test]
fn cold_data_lies_in_no_cache() {
    let machine = Machine { caches: vec![500, 10_000], ..Machine::default() };
    let mut case = case();
    let input = case.scenarios[1].scenario.input.clone();
    case.description.as_mut().unwrap().cold = vec![input];
    let summary = CaseSummary::new(&case, &machine).unwrap();
    assert!(summary.headline().cold);
    assert!(summary.headline().rungs.iter().flatten().all(|rung| rung.lies.is_none()));
}

#[test]
fn claims_on_what_this_system_cannot_do_are_neither_held_nor_broken() {
    let mut case = case();
    let gone = case.scenarios.remove(1).scenario;
    let outcome = |case: &CaseRecord| {
        let summary = CaseSummary::new(case, &Machine::default()).unwrap();
        let about = summary.claims.iter().find(|(claim, _)| claim.is_about(&gone));
        about.map(|(_, outcome)| (*outcome, outcome.is_judged()))
    };
    assert_eq!(outcome(&case), Some((Outcome::NotMeasured, false)));
    let why = "its pages stay".to_owned();
    case.description.as_mut().unwrap().absent = vec![Absent { scenario: gone.clone(), why }];
    assert_eq!(outcome(&case), Some((Outcome::Absent, false)));
}

#[test]
fn claims_on_what_is_not_beyond_the_caches_here_are_not_judged() {
    let mut case = case();
    let beyond = case.scenarios[1].scenario.clone();
    case.description.as_mut().unwrap().beyond = vec![beyond];
    let outcomes = |caches: Vec<u64>| {
        let machine = Machine { caches, ..Machine::default() };
        let summary = CaseSummary::new(&case, &machine).unwrap();
        assert!(summary.scenarios[0].held.is_none());
        summary.claims.iter().map(|(_, outcome)| *outcome).collect::<Vec<_>>()
    };
    use Outcome::*;
    let judged = [Held, Broken, Held, Broken, Held, Broken, NotMeasured];
    assert_eq!(outcomes(vec![100, 700]), judged);
    assert_eq!(outcomes(Vec::new()), judged, "nobody knows");
    // What is said of memory is true wherever it lies.
    let here = [Elsewhere, Broken, Held, Elsewhere, Held, Broken, NotMeasured];
    assert_eq!(outcomes(vec![100, 2_000]), here);
}

#[test]
fn a_contended_run_gives_verdicts_on_large_differences_alone() {
    let said = |ratio: f64| {
        let mut case = case();
        let claims = &mut case.description.as_mut().unwrap().claims;
        claims.truncate(1);
        claims.push(Claim { expect: Expect::DoesNotPay, ..claims[0].clone() });
        case.scenarios.iter_mut().for_each(|scenario| fixture::busy(scenario, 1, ratio));
        let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
        let found = summary.headline().compared(0, 1).unwrap().verdict;
        (found, summary.claims[0].1, summary.claims[1].1)
    };
    use Outcome::{Broken, Held, Undecided};
    assert_eq!(said(4.0), (Verdict::Faster, Held, Broken));
    assert_eq!(said(1.5), (Verdict::CannotTell, Undecided, Undecided));
    assert_eq!(said(0.7), (Verdict::CannotTell, Undecided, Undecided));
    assert_eq!(said(0.25), (Verdict::Slower, Broken, Held));
}
