//! Runs of stand-ins for bench binaries: shell scripts that write down what they were asked.

#![cfg(unix)]

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use cases::Case;
use protocol::{Block, Effort, Machine, Round, Scenario};
use record::{Record, Toolchain};

use super::*;
use crate::journal::Plan;
use crate::stand_in;

const FIRST: &str = "first/1";

fn case(name: &str) -> Case {
    Case {
        name: name.to_owned(),
        title: name.to_owned(),
        part: "Memory".to_owned(),
        minutes: 1,
        order: 1,
        symptom: String::new(),
        look: String::new(),
        peer: String::new(),
        signs: Vec::new(),
        seen: None,
        folder: PathBuf::from("/nowhere"),
        bench: PathBuf::from("/nowhere"),
        dependencies: Vec::new(),
    }
}

fn scenario(input: &str) -> Scenario {
    Scenario { input: input.to_owned(), n: 1, effort: Effort::Quick }
}

fn answer() -> Round {
    let block =
        Block { ns: vec![100.0, 50.0, 100.0], compute: 10.0, stream: 0.0, ..Block::default() };
    Round {
        inputs: 1,
        columns: vec![0, 1, 0],
        untimed: Vec::new(),
        blocks: vec![block; 50],
        work: 0.0,
        within: 0.0,
        data_bytes: vec![None; 2],
        handover: 0.0,
    }
}

/// A folder with a log of all questions, and binaries that write it.
struct Stage {
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A binary of two scenarios that answers a duel with `duel`, a piece of shell.
    fn binary(&self, name: &str, duel: &str) -> Binary {
        self.binary_with(name, "echo null", duel)
    }

    /// One that answers what is asked about its edges with `edges`.
    fn binary_with(&self, name: &str, edges: &str, duel: &str) -> Binary {
        let scenarios = serde_json::to_string(&[scenario("first"), scenario("second")]).unwrap();
        let script = format!(
            "case \"$2\" in\n*describe*) echo '{{\"item\":\"row\",\"rungs\":[{{\"name\":\"naive\"}},\
             {{\"name\":\"optimized\"}}],\"scenarios\":{scenarios},\"claims\":[],\"limit\":null,\
             \"reads_files\":false}}';;\n*edges*) {edges};;\n*duel*first*) echo {name} first >> {log}; {duel};;\n\
             *duel*) echo {name} second >> {log}; {duel};;\n*) exit 1;;\nesac",
            log = self.log().display(),
        );
        stand_in::binary(self.folder.path(), name, &script)
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    fn asked(&self) -> Vec<String> {
        let text = fs::read_to_string(self.log()).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    fn record(&self) -> Record {
        Record::new(Effort::Quick, None, Toolchain::default(), Machine::default())
    }

    fn journal(&self) -> PathBuf {
        self.folder.path().join("journal.jsonl")
    }

    fn run(&self, cases: &[Case], binaries: Vec<Binary>, journal: Journal) -> Record {
        let mut record = self.record();
        let (journal, progress) = (RefCell::new(journal), Progress::new(1.0, 0.0));
        let path = self.folder.path().join("record.json");
        let scratch = Path::new("/nowhere");
        let desk = Desk { journal: &journal, progress: &progress, path: &path, scratch };
        let binaries = cases.iter().zip(binaries).collect();
        run(&mut record, binaries, &desk, Spent::default()).unwrap();
        record
    }

    fn plan(&self) -> Plan {
        let record = self.record();
        Plan {
            commit: None,
            toolchain: record.toolchain,
            effort: Effort::Quick,
            only: Vec::new(),
            shard: None,
            cases: Vec::new(),
            file: None,
            binaries: std::collections::BTreeMap::new(),
        }
    }
}

fn answers() -> String {
    format!("echo '{}'", serde_json::to_string(&answer()).unwrap())
}

#[test]
fn cases_take_turns_in_every_round_and_more_rounds_only_where_they_are_needed() {
    let stage = Stage::new();
    let cases = [case("a"), case("b")];
    let binaries = ["a", "b"].map(|name| stage.binary(name, &answers())).to_vec();
    let journal = Journal::create(&stage.journal(), stage.plan()).unwrap();
    let record = stage.run(&cases, binaries, journal);

    let round = ["a first", "a second", "b first", "b second"];
    let rounds = Budget::of(Effort::Quick).rounds as usize;
    assert_eq!(stage.asked(), round.repeat(rounds), "quiet blocks ask for no more");
    let case = &record.cases["a"];
    assert_eq!((case.scenarios.len(), &case.failure), (2, &None));
    assert_eq!(case.scenarios[0].scenario.to_string(), FIRST);
    assert_eq!(case.scenarios[0].times.len(), rounds);
    assert!(case.seconds > 0.0);
}

#[test]
fn a_wrong_rung_gets_no_time_and_does_not_stop_the_others() {
    let stage = Stage::new();
    let wrong = "echo '{\"disagreement\":{\"rung\":\"optimized\",\"scenario\":\"first/1\",\"seed\":\
                 1,\"difference\":\"1, not 2\"}}'; exit 3";
    let cases = [case("a"), case("b")];
    let binaries = vec![stage.binary("a", wrong), stage.binary("b", &answers())];
    let journal = Journal::create(&stage.journal(), stage.plan()).unwrap();
    let record = stage.run(&cases, binaries, journal);

    let failure = record.cases["a"].failure.as_ref().unwrap();
    assert!(failure.contains("`optimized` disagrees") && failure.contains("1, not 2"), "{failure}");
    assert!(record.cases["a"].scenarios.is_empty());
    assert_eq!(record.cases["b"].scenarios.len(), 2);
    assert_eq!(stage.asked().iter().filter(|line| line.starts_with('a')).count(), 1);
}

#[test]
fn a_scenario_that_cannot_be_made_cold_says_why_and_the_others_are_measured() {
    let stage = Stage::new();
    let stays = "case \"$2\" in *second*) echo '{\"not_cold\":\"its pages stay\"}'; exit 3;; esac";
    let binary = stage.binary("a", &format!("{stays}; {}", answers()));
    let journal = Journal::create(&stage.journal(), stage.plan()).unwrap();
    let record = stage.run(&[case("a")], vec![binary], journal);
    let case = &record.cases["a"];
    assert_eq!((case.scenarios.len(), &case.failure), (1, &None));
    let description = case.description.as_ref().unwrap();
    assert_eq!(description.scenarios, [scenario("first")]);
    assert_eq!(description.absent("second", 1), Some("its pages stay"));
    assert_eq!(stage.asked().iter().filter(|line| *line == "a second").count(), 1);
}

/// A disagreement as a bench binary tells it.
const REFUSES: &str = "echo '{\"disagreement\":{\"rung\":\"optimized\",\"scenario\":\"edges/3\",\
                       \"seed\":1,\"difference\":\"1, not 2\"}}'; exit 3";

#[test]
fn a_rung_that_is_wrong_at_an_edge_is_never_timed() {
    let stage = Stage::new();
    let cases = [case("a"), case("b"), case("c")];
    let binaries = vec![
        stage.binary_with("a", REFUSES, &answers()),
        stage.binary_with("b", "kill -9 $$", &answers()),
        stage.binary("c", &answers()),
    ];
    let journal = Journal::create(&stage.journal(), stage.plan()).unwrap();
    let record = stage.run(&cases, binaries, journal);
    let failure = |case: &str| record.cases[case].failure.clone().unwrap();
    assert!(failure("a").contains("`optimized` disagrees with naive at edges/3"));
    assert!(failure("b").contains("signal: 9"));
    assert!(stage.asked().iter().all(|line| line.starts_with('c')));
    assert_eq!(record.cases["c"].failure, None);
}

#[test]
fn a_rung_that_is_wrong_at_an_edge_only_after_it_was_timed_has_no_times() {
    let stage = Stage::new();
    let later = format!("if [ -e {} ]; then {REFUSES}; else echo null; fi", stage.log().display());
    let binary = stage.binary_with("a", &later, &answers());
    let journal = Journal::create(&stage.journal(), stage.plan()).unwrap();
    let record = stage.run(&[case("a")], vec![binary], journal);
    assert!(!stage.asked().is_empty());
    assert!(record.cases["a"].failure.as_ref().unwrap().contains("edges/3"));
    assert!(record.cases["a"].scenarios.is_empty());
}

#[test]
fn a_binary_that_does_not_answer_fails_alone() {
    let stage = Stage::new();
    let missing = Binary::new(stage.folder.path().join("none"));
    let cases = [case("a"), case("b")];
    let journal = Journal::create(&stage.journal(), stage.plan()).unwrap();
    let record = stage.run(&cases, vec![missing, stage.binary("b", &answers())], journal);
    let failure = record.cases["a"].failure.as_ref().unwrap();
    assert!(failure.contains("cannot be started"), "{failure}");
    assert_eq!(record.cases["b"].scenarios.len(), 2);
}

#[test]
fn what_the_journal_has_is_not_measured_again() {
    let stage = Stage::new();
    let mut journal = Journal::create(&stage.journal(), stage.plan()).unwrap();
    let session = Entry::Session { machine: Machine::default(), conditions: Vec::new() };
    journal.write(&session).unwrap();
    for round in [0, 2] {
        let piece = Piece::Round { scenario: scenario("first"), round, answer: answer() };
        journal.write(&Entry::Case { case: "a".into(), seconds: 0.5, piece }).unwrap();
    }
    drop(journal);
    let journal = Journal::resume(&stage.journal(), &stage.plan()).unwrap();
    let record = stage.run(&[case("a")], vec![stage.binary("a", &answers())], journal);
    let first = stage.asked().iter().filter(|line| *line == "a first").count();
    assert_eq!((first, stage.asked().len()), (2, 6));
    assert_eq!(record.cases["a"].scenarios[0].times.len(), 4);
}

#[test]
fn scenarios_whose_calls_take_seconds_get_fewer_processes() {
    let stage = Stage::new();
    let journal = RefCell::new(Journal::create(&stage.journal(), stage.plan()).unwrap());
    let (case, binary) = (case("a"), stage.binary("a", &answers()));
    let mut running = Running::new(&case, binary, Effort::Quick, &journal).unwrap();
    let budget = Budget::of(Effort::Quick);
    let mut noisy = answer();
    for (at, block) in noisy.blocks.iter_mut().enumerate() {
        block.compute = if at % 4 == 0 { 10.0 } else { 100.0 };
    }
    for round in 0..budget.rounds {
        for (input, seconds) in [("first", budget.patience), ("second", 0.01)] {
            let piece = Piece::Round { scenario: scenario(input), round, answer: noisy.clone() };
            running.take(seconds, piece);
        }
    }
    let open = running.unsettled(&budget, &Machine::default());
    assert_eq!(open.into_iter().collect::<Vec<_>>(), [scenario("second")]);
    assert_eq!(running.spent.rounds, budget.rounds as f64 * (budget.patience + 0.01));
    let more = Piece::Round { scenario: scenario("second"), round: budget.rounds, answer: noisy };
    running.take(2.0, more);
    assert_eq!(running.spent.more, 2.0);
}
