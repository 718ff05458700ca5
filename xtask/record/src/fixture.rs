//! The record that tests share: every field of it holds something.

use protocol::{
    Absent, Allocations, Axis, Build, Claim, Description, Effort, Expect, Items, LimitKind,
    Machine, RungInfo, Scenario, Tail, Understood,
};

use crate::{
    Assembly, BuildCost, BuildOutcome, Builds, BuiltProgram, BuiltVariant, CalibratedKind,
    Calibration, CaseRecord, Counted, Evidence, Found, Host, Pair, ProgramJob, ProgramRound,
    ProgramRun, Record, Rows, RowsOutcome, RowsProgram, RunAgreement, RungCost, ScenarioRecord,
    Second, Shards, Simulated, Simulator, Solo, SystemCalls, Toolchain, UserFile,
};

/// A record in which every field holds something: `optimized` is four times as fast as naive
/// and reaches half of the limit, `wide` cannot run.
pub fn record() -> Record {
    let toolchain = Toolchain {
        rustc: "rustc 1.95.0".into(),
        target: "x86_64-unknown-linux-gnu".into(),
        flags: "-C opt-level=3".into(),
        alignment: 64,
        ..Toolchain::default()
    };
    let machine = Machine {
        processor: "Example, \"fast\" one".into(),
        cores: 2,
        read: vec![(1.0, 8.0)],
        ..Machine::default()
    };
    let mut record = Record::new(Effort::Quick, None, toolchain, machine);
    record.file = Some(UserFile {
        name: "words.txt".into(),
        bytes: 100,
        measured: 90,
        lines: 9,
        refused: [("sums".to_owned(), "line 1: `a` is no number".to_owned())].into(),
    });
    record.calibration = Some(Calibration {
        started: 1,
        processor: "Example, \"fast\" one".into(),
        effort: Effort::Quick,
        processes: 4,
        slowdown: 0.03,
        kinds: vec![CalibratedKind {
            name: "branches".into(),
            millis: 60,
            experiments: 100,
            false_verdicts: 1,
            found: 97,
            hidden: 1,
            too_busy: 2,
        }],
        agreement: Some(RunAgreement {
            all: 50,
            same: 49,
            opposite: 0,
            commit: "abc".into(),
            effort: Effort::Standard,
        }),
    });
    record.shards = Some(Shards { numbers: [1].into(), of: 2 });
    let case = CaseRecord {
        failure: Some("interrupted".into()),
        description: Some(description()),
        scenarios: vec![scenario()],
        evidence: Some(evidence()),
        seconds: 1.0,
    };
    record.cases.insert("words".into(), case);
    record
}

/// Has the times of rungs say what their pairs with naive do, after these were changed.
pub fn set_times(scenario: &mut ScenarioRecord) {
    for pair in scenario.pairs.iter().filter(|pair| pair.base == 0 && pair.rung > 0) {
        let mut logs: Vec<i32> = pair.logs.iter().flatten().copied().collect();
        logs.sort_unstable();
        let ratio = (f64::from(logs[logs.len() / 2]) * 1e-4).exp();
        scenario.times.iter_mut().for_each(|process| process[pair.rung] = process[0] / ratio);
    }
}

fn evidence() -> Evidence {
    fn counted<T: Clone>(of: T) -> Found<Counted<T>> {
        let rungs = vec![Some(of.clone()), None, Some(of)];
        Found::Here(Counted { scenario: scenario().scenario, rungs })
    }
    let simulated = Simulated {
        instructions: 100.0,
        branches: 20.0,
        mispredictions: 0.5,
        mispredictions_today: Some(0.25),
        l1_misses: 2.0,
        last_level_misses: 0.0,
        system: Some(SystemCalls { calls: 0.5, bytes: 8.0, threads: 0.0 }),
    };
    let assembly = Assembly {
        function: "words::naive::count".into(),
        share: 0.9,
        second: Some(Second { function: "memchr::memchr".into(), share: 0.06 }),
        instructions: 16,
        packed: vec![(128, 3)],
        calls: 1,
        panics: 2,
        text: "ret".into(),
    };
    let cost = RungCost {
        lines: 10,
        unsafe_blocks: 0,
        crates: vec!["memchr".into()],
        packages: 1,
        code_bytes: Some(96),
        code: None,
    };
    Evidence {
        simulated: counted(simulated),
        simulator: Some(Simulator {
            program: "valgrind-3.19.0".into(),
            as_advertised: true,
            first_level: 32 << 10,
            last_level: 32 << 20,
            inputs: 1,
            calls: 10,
        }),
        counters: Found::Unavailable("no counters".into()),
        assembly: counted(assembly),
        cost: vec![cost; 3],
    }
}

fn description() -> Description {
    let rung = |name: &str, unavailable: Option<&str>| RungInfo {
        name: name.into(),
        unavailable: unavailable.map(Into::into),
    };
    let claim = |expect| Claim {
        rung: "optimized".into(),
        input: "short, mixed".into(),
        n: 1_000,
        expect,
        over: (expect == Expect::DoesNotPay).then(|| "wide".into()),
    };
    Description {
        item: "word".into(),
        rungs: vec![rung("naive", None), rung("wide", Some("no avx2")), rung("optimized", None)],
        scenarios: vec![scenario().scenario],
        claims: vec![
            claim(Expect::Faster),
            claim(Expect::DoesNotPay),
            claim(Expect::MemoryAtMost(0.5)),
        ],
        limit: Some(LimitKind::Read),
        reads_files: true,
        understood: Some(Understood {
            how: "words of a text".into(),
            unit: "line".into(),
            there: 9,
            used: 8,
        }),
        axes: vec![Axis {
            input: "mixed".into(),
            quantity: "short".into(),
            unit: " %".into(),
            items: Items::Always(100),
        }],
        tails: vec![scenario().scenario],
        beyond: vec![scenario().scenario],
        cold: vec!["cold".into()],
        absent: vec![Absent {
            scenario: Scenario { input: "cold".into(), n: 64, effort: Effort::Standard },
            why: "its pages stay in `tmpfs`".into(),
        }],
        build: Some(Build {
            rustc: "rustc 1.95.0".into(),
            target: "x86_64-unknown-linux-gnu".into(),
            flags: vec!["-C".into(), "opt-level=3".into()],
            opt_level: "3".into(),
            debug_assertions: false,
            panic: "unwind".into(),
            features: vec!["sse2".into()],
            alignment: 64,
        }),
    }
}

fn scenario() -> ScenarioRecord {
    let pair = |base, rung, log: f64| Pair::new(base, rung, &vec![vec![log, log]; 3]);
    let tail = Tail { calls: 320, p50: 1.0, p90: 2.0, p99: 3.0, p99_9: 4.0, p99_99: 5.0 };
    let counts = Allocations {
        allocations: 3,
        reallocations: 2,
        bytes: 90,
        peak: 64,
        repeatable: true,
        faults: Some(0.5),
    };
    ScenarioRecord {
        scenario: Scenario { input: "short, mixed".into(), n: 1_000, effort: Effort::Quick },
        inputs: 1,
        work: 100.0,
        within: 100.0,
        data_bytes: vec![Some(800), None, Some(100)],
        handover: 0.0,
        blocks: 100,
        quiet: 1.0,
        times: vec![vec![100.0, 0.0, 25.0]; 3],
        cpu: vec![vec![100.0, 0.0, 50.0]; 3],
        faults: vec![vec![2.0, 0.0, 0.0]; 3],
        pairs: vec![pair(0, 0, 0.0), pair(0, 2, 4.0_f64.ln())],
        solo: vec![None, None, Some(Solo { ns: 26.0, low: 25.5, high: 27.0 })],
        tails: vec![Some(tail), None, None],
        alone: vec![Some(101.0), None, Some(24.0)],
        allocations: vec![Some(counts), None, None],
    }
}

/// Makes neighbours busy in most blocks of a scenario, and a rung so many times as fast as naive.
pub fn busy(scenario: &mut ScenarioRecord, rung: usize, ratio: f64) {
    scenario.quiet = 0.1;
    let log = (ratio.ln() * 1e4) as i32;
    let pairs = scenario.pairs.iter_mut().filter(|pair| (pair.base, pair.rung) == (0, rung));
    pairs.flat_map(|pair| &mut pair.logs).flatten().for_each(|known| *known = log);
    set_times(scenario);
}

/// Builds of two programs: of `rules`, `fat` is a quarter faster and smaller, `small` half as large
/// and half as fast, `layout-1` a hundredth off, and `bolt` is not to be had; on other input `fat`
/// gains nothing. Of `kernel` no variant differs. The rounds vary by less than a thousandth.
pub fn builds() -> Builds {
    let mut builds = Builds::new(
        Some("abc".into()),
        "Example, \"fast\" one".into(),
        "rustc 1.95.0".into(),
        "x86_64-unknown-linux-gnu".into(),
    );
    builds.started = 1;
    builds.programs = vec![
        built_program("rules", &[("train", 0.8), ("other", 1.0)], 2.0),
        built_program("kernel", &[("steps", 1.0)], 1.0),
    ];
    builds
}

/// A program in the fixture's variants; `fat` takes so many times the base's time in each job,
/// `small` so many in all.
fn built_program(name: &str, jobs: &[(&str, f64)], small: f64) -> BuiltProgram {
    let cost = |size: f64, clean: u64| {
        let (file, text) = ((600_000.0 * size) as u64, (300_000.0 * size) as u64);
        BuildOutcome::Built(BuildCost { clean, incremental: clean / 2, file, text })
    };
    let variant = |name: &str, settings: &[&str], outcome| BuiltVariant {
        name: name.into(),
        settings: settings.iter().map(|&setting| setting.into()).collect(),
        layout: name.starts_with("layout"),
        outcome,
    };
    let bolt = BuildOutcome::Unavailable("BOLT is not here; Debian's package bolt has it".into());
    let variants = vec![
        variant("release", &[], cost(1.0, 4_000)),
        variant("fat", &["lto = \"fat\""], cost(0.8, 12_000)),
        variant("small", &["opt-level = \"z\""], cost(0.5, 3_000)),
        variant("bolt", &["llvm-bolt"], bolt),
        variant("layout-1", &["-C metadata=layout-1"], cost(1.0, 4_000)),
    ];
    let run = |round: u64, times: f64| {
        let wall = (1e8 * times) as u64 + round * 7_919 % 50_000;
        let start_up = Some(1_000_000 + round);
        Some(ProgramRun {
            wall,
            cpu: Some(wall),
            peak: Some(4 << 20),
            start_up,
            sentinel: 900_000,
            ..ProgramRun::default()
        })
    };
    let job = |&(name, fat): &(&str, f64)| {
        let round = |at: u64| ProgramRound {
            runs: vec![
                run(at, 1.0),
                run(at + 1, fat),
                run(at + 2, small),
                None,
                run(at + 3, if small > 1.0 { 1.01 } else { 1.0 }),
                run(at + 4, 1.0),
            ],
        };
        ProgramJob { name: name.into(), rounds: (0..8).map(round).collect() }
    };
    let (name, null) = (name.to_owned(), name == "kernel");
    BuiltProgram { name, null, variants, jobs: jobs.iter().map(job).collect() }
}

/// A million rows: `cursors` takes a tenth of naive's time, `peer` a half and `polars` a fifth;
/// `awk` is refused, and `duckdb` is not to be had. The rounds vary by less than a thousandth.
/// During one run others took a tenth of the time, and another one was repeated for that.
pub fn rows() -> Rows {
    let host = Host {
        processor: "Example, \"fast\" one".into(),
        cores: 2,
        rustc: "rustc 1.95.0".into(),
        target: "x86_64-unknown-linux-gnu".into(),
    };
    let program = |name: &str, version: &str, outcome| RowsProgram {
        name: name.into(),
        peer: !["naive", "cursors"].contains(&name),
        version: version.into(),
        outcome,
    };
    let run = |round: u64, times: f64| {
        let wall = (2e8 * times) as u64 + round * 7_919 % 50_000;
        Some(ProgramRun {
            wall,
            cpu: Some(2 * wall),
            peak: Some(4 << 20),
            start_up: (times != 0.2).then_some(1_000_000 + round),
            sentinel: 900_000,
            others: Some(0),
            again: 0,
        })
    };
    let round = |at: u64| ProgramRound {
        runs: vec![
            run(at, 1.0),
            run(at, 0.1),
            run(at, 0.5),
            run(at, 0.2),
            None,
            None,
            run(at, 1.0),
        ],
    };
    let mut rows = Rows::new(Some("abc".into()), host, Some(1_000_000), 13_795_000);
    rows.started = 1;
    rows.programs = vec![
        program("naive", "", RowsOutcome::Ran),
        program("cursors", "", RowsOutcome::Ran),
        program("peer", "", RowsOutcome::Ran),
        program("polars", "1.2.3", RowsOutcome::Ran),
        program("duckdb", "", RowsOutcome::Unavailable("`pip install duckdb`, for python3".into())),
        program("awk", "GNU Awk 5.1.0", RowsOutcome::Refused("it prints something else".into())),
    ];
    rows.rounds = (0..10).map(round).collect();
    for (round, others, again) in [(2, 20_000_000, 0), (3, 0, 1)] {
        if let Some(run) = &mut rows.rounds[round].runs[0] {
            (run.others, run.again) = (Some(others), again);
        }
    }
    rows
}
