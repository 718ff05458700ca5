//! Rungs of stand-ins for bench binaries: shell scripts that write down what they were asked.

#![cfg(unix)]

use std::fs;

use protocol::{Block, Description, RungInfo};
use record::{Check as _, ScenarioRecord, fixture};

use super::*;
use crate::stand_in;

/// One rung's answer, of so many nanoseconds.
fn answer(ns: f64) -> String {
    columns(vec![0], vec![ns])
}

/// What a process answers that has these columns, of so many nanoseconds each.
fn columns(columns: Vec<usize>, ns: Vec<f64>) -> String {
    let block = Block { ns, compute: 10.0, ..Block::default() };
    let round = Round {
        inputs: 1,
        untimed: vec![1; columns.len()],
        columns,
        blocks: vec![block; 9],
        work: 0.0,
        within: 0.0,
        data_bytes: Vec::new(),
        handover: 0.0,
    };
    serde_json::to_string(&round).unwrap()
}

/// What the fixture's case says of itself, with these rungs.
fn description(rungs: &[RungInfo]) -> Description {
    let known = fixture::record().cases["words"].description.clone().unwrap();
    Description { rungs: rungs.to_vec(), ..known }
}

/// A folder with a binary that notes what it is asked, and the record of a run.
struct Stage {
    folder: tempfile::TempDir,
    record: Record,
}

impl Stage {
    /// The fixture's scenario, and the same at twice the size.
    fn new() -> Self {
        let mut record = fixture::record();
        let scenarios = &mut record.cases.get_mut("words").unwrap().scenarios;
        scenarios[0].alone.clear();
        scenarios.push(scenarios[0].clone());
        scenarios[1].scenario.n = 2_000;
        Self { folder: tempfile::tempdir().unwrap(), record }
    }

    /// Naive takes 100 ns; the other rung answers with a piece of shell. In turns it takes 25.
    fn binary(&self, optimized: &str) -> BTreeMap<String, Binary> {
        let log = self.log();
        let script = format!(
            "echo \"$2\" >> {}\ncase \"$2\" in\n*duel*) echo '{}';;\n*naive*) echo '{}';;\n\
             *) {optimized};;\nesac",
            log.display(),
            columns(vec![0, 2, 0], vec![100.0, 25.0, 100.0]),
            answer(100.0),
        );
        [("words".to_owned(), stand_in::binary(self.folder.path(), "words", &script))].into()
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("record.json")
    }

    fn run(&mut self, optimized: &str) -> Result<Measured> {
        let plan = Plan::of(&self.record, &[]).unwrap();
        let binaries = self.binary(optimized);
        let path = self.path();
        run(&plan, &binaries, &mut self.record, &path)
    }

    /// Rung, size and seed of each process; the rung is "all" where they take turns.
    fn asked(&self) -> Vec<(String, u64, u64)> {
        let text = fs::read_to_string(self.log()).unwrap();
        let asked = text.lines().map(|line| {
            let question: serde_json::Value = serde_json::from_str(line).unwrap();
            let (rung, of) = match question.get("alone") {
                Some(of) => (of["rung"].as_str().unwrap(), of),
                None => ("all", &question["duel"]),
            };
            let n = of["scenario"]["n"].as_u64().unwrap();
            (rung.to_owned(), n, of["seed"].as_u64().unwrap())
        });
        asked.collect()
    }
}

#[test]
fn each_rung_has_three_processes_and_only_their_times_are_new_in_the_record() {
    let mut stage = Stage::new();
    let before = stage.record.clone();
    let measured = stage.run(&format!("echo '{}'", answer(25.5))).unwrap();
    assert_eq!(measured, Measured { scenarios: 2, again: 0 });

    let mut asked = stage.asked();
    let in_order = ["naive", "naive", "naive", "optimized", "optimized", "optimized"];
    let order: Vec<&str> = asked.iter().map(|(rung, ..)| rung.as_str()).collect();
    assert_ne!(order, in_order.repeat(2), "scenario by scenario, in random order");
    asked.sort_by_key(|(rung, n, seed)| (*n, rung.clone(), *seed));
    let seeds = [0, 1, 2].map(schedule::seed);
    let rungs = |n: u64| {
        ["naive", "optimized"]
            .into_iter()
            .flat_map(move |rung| seeds.map(|seed| (rung.to_owned(), n, seed)))
    };
    assert_eq!(asked, rungs(1_000).chain(rungs(2_000)).collect::<Vec<_>>());

    let saved = Record::load(&stage.path()).unwrap();
    assert_eq!(saved, stage.record);
    let mut but_for_those = stage.record;
    for scenario in &mut but_for_those.cases.get_mut("words").unwrap().scenarios {
        assert_eq!(scenario.alone, [Some(100.0), None, Some(25.5)]);
        scenario.alone.clear();
    }
    assert_eq!(but_for_those, before);
}

#[test]
fn where_alone_and_paired_are_apart_both_get_more_processes_once() {
    let mut stage = Stage::new();
    let before = stage.record.clone();
    let measured = stage.run(&format!("echo '{}'", answer(50.0))).unwrap();
    assert_eq!(measured, Measured { scenarios: 2, again: 2 });
    let asked = stage.asked();
    for (rung, seeds) in [("naive", 0..16), ("optimized", 0..16), ("all", 11..24)] {
        let of_rung = asked.iter().filter(|(asked, n, _)| asked == rung && *n == 1_000);
        let mut of_rung: Vec<u64> = of_rung.map(|(.., seed)| *seed).collect();
        of_rung.sort_unstable();
        assert_eq!(of_rung, seeds.map(schedule::seed).collect::<Vec<u64>>(), "{rung}");
    }
    assert_eq!(asked.len(), 2 * (2 * 16 + 13));

    let [before, after] =
        [&before, &stage.record].map(|record| &record.cases["words"].scenarios[0]);
    assert_eq!(after.alone, [Some(100.0), None, Some(50.0)]);
    let (known, more) = after.times.split_at(before.times.len());
    assert_eq!(known, before.times);
    assert_eq!(more, vec![vec![100.0, 0.0, 25.0]; 13]);
    let logs = |of: &ScenarioRecord| of.pairs.iter().map(|pair| pair.logs.len()).sum::<usize>();
    assert!(logs(after) >= logs(before) + 13, "{} {}", logs(after), logs(before));
    stage.record.check().unwrap();
}

#[test]
fn what_was_complete_before_a_process_failed_is_kept() {
    let mut stage = Stage::new();
    let fails =
        format!("case \"$2\" in *2000*) echo why >&2; exit 7;; esac; echo '{}'", answer(25.0));
    let error = stage.run(&fails).unwrap_err().to_string();
    assert!(error.contains("words/optimized at short, mixed/2000: it ended with"), "{error}");
    let scenarios = &Record::load(&stage.path()).unwrap().cases["words"].scenarios;
    assert_eq!(scenarios[0].alone, [Some(100.0), None, Some(25.0)]);
    assert!(scenarios[1].alone.is_empty());
}

#[test]
fn plans_name_what_takes_too_long_and_what_there_is_nothing_of() {
    let mut stage = Stage::new();
    let plan = Plan::of(&stage.record, &["words".to_owned()]).unwrap();
    assert_eq!((plan.scenarios(), plan.processes(), plan.cases()), (2, 12, vec!["words".into()]));
    assert!((plan.seconds() - 12.0 * 0.1).abs() < 1e-3, "{}", plan.seconds());
    assert!(plan.left_out.is_empty());

    let scenarios = &mut stage.record.cases.get_mut("words").unwrap().scenarios;
    scenarios[1].times = vec![vec![1.2e9, 0.0, 3e8]; 3];
    let plan = Plan::of(&stage.record, &[]).unwrap();
    assert_eq!((plan.scenarios(), plan.left_out), (1, vec!["words at short, mixed/2000".into()]));

    let error = |record: &Record, only: &[&str]| {
        let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
        Plan::of(record, &only).map(drop).unwrap_err().to_string()
    };
    assert!(error(&stage.record, &["bitsets"]).contains("no measurements of `bitsets`"));
    stage.record.cases.clear();
    assert!(error(&stage.record, &[]).contains("nothing that could be measured alone"));
}

#[test]
fn long_calls_are_planned_for() {
    let mut stage = Stage::new();
    let scenarios = &mut stage.record.cases.get_mut("words").unwrap().scenarios;
    scenarios[1].times = vec![vec![8e8, 0.0, 2e8]; 3];
    // A check of all, and so many calls of each, in three processes.
    let long = 3.0 * (2.0 * (1.0 + STARTING) + CALLS * (0.8 + 0.2));
    let planned = Plan::of(&stage.record, &[]).unwrap().seconds();
    assert!((planned - 6.0 * 0.1 - long).abs() < 1e-3, "{planned}");
}

#[test]
fn a_record_of_other_ground_is_refused() {
    let Record { toolchain, machine, .. } = fixture::record();
    let record = Record { commit: Some("abc".into()), ..fixture::record() };
    assert_eq!(same_commit(&record, Some("abc")).unwrap(), None);
    let error = same_commit(&record, Some("def")).unwrap_err().to_string();
    assert!(error.contains("commit: then abc, now def") && error.contains("bench-all"), "{error}");
    let changed = Record { commit: Some("abc+".into()), ..fixture::record() };
    assert!(same_commit(&changed, Some("abc")).is_err());
    assert!(same_commit(&changed, Some("abc+")).unwrap().unwrap().contains("cannot be told"));

    same_ground(&record, &toolchain, &machine).unwrap();
    let newer = Toolchain { rustc: "rustc 2".into(), ..toolchain.clone() };
    let error = same_ground(&record, &newer, &machine).unwrap_err().to_string();
    assert!(error.contains("compiler: then rustc 1.95.0, now rustc 2"), "{error}");
    let other = Machine { processor: "Other".into(), ..machine.clone() };
    let error = same_ground(&record, &toolchain, &other).unwrap_err().to_string();
    assert!(error.contains("machine: processor Example, \"fast\" one / Other"), "{error}");
    let unknown = Machine::default();
    let error = same_ground(&record, &toolchain, &unknown).unwrap_err().to_string();
    assert!(error.contains("it could be any"), "{error}");
}

#[test]
fn a_case_that_does_not_build_or_has_other_rungs_is_refused() {
    let stage = Stage::new();
    let plan = Plan::of(&stage.record, &[]).unwrap();
    let refused = |built: &[(String, PathBuf)]| {
        let built = built.iter().cloned().collect();
        binaries(&plan, &stage.record, &built).map(drop).map_err(|error| error.to_string())
    };
    assert!(refused(&[]).unwrap_err().contains("words does not compile"));
    let says = |name: &str, rungs: &[RungInfo]| {
        let text = serde_json::to_string(&description(rungs)).unwrap();
        let binary = stand_in::binary(stage.folder.path(), name, &format!("echo '{text}'"));
        refused(&[("words".to_owned(), binary.path)])
    };
    let known = &stage.record.cases["words"].description.as_ref().unwrap().rungs;
    assert_eq!(says("same", known), Ok(()));
    assert!(
        says("fewer", &known[..2]).unwrap_err().contains("words: it has other rungs than then")
    );
}
