//! A round's processes, from outside: this program is a bench binary and asks itself, both where
//! children are forked and where they are started.

use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use harness::{Bench, Rung};
use libtest_mimic::{Arguments, Trial};
use protocol::{ASK, BEGUN, Effort, OVER, Question, REFUSED, Refusal, Round, Scenario, Tails};

/// What a job is and what it wants of those who do it: the seed, and a name.
type Job = (u64, &'static str);

/// Calls in this process, by rung.
static CALLS: [AtomicUsize; 2] = [const { AtomicUsize::new(0) }; 2];

/// Whether the next call was made cold, how often one was, and how many calls were not.
static COLD: AtomicBool = AtomicBool::new(false);
static COOLED: AtomicUsize = AtomicUsize::new(0);
static WARM: AtomicUsize = AtomicUsize::new(0);

/// More calls than a check makes, fewer than a round.
const MANY: usize = 20;

const RUNGS: &[Rung<Job, u64>] = &[
    Rung::new("naive", |&(seed, _)| {
        CALLS[0].fetch_add(1, Relaxed);
        work(seed)
    }),
    Rung::new("other", |&(seed, kind)| {
        let calls = CALLS[1].fetch_add(1, Relaxed);
        match kind {
            "company" if CALLS[0].load(Relaxed) > MANY => panic!("naive was timed here"),
            "wrong" if seed == 7 => work(seed) + 1,
            "tired" if calls > MANY => work(seed) + 1,
            // The check before and the one after are not timed.
            "cold" if !COLD.swap(false, Relaxed) && WARM.fetch_add(1, Relaxed) > 1 => {
                panic!("a call was not made cold")
            }
            "mortal" if calls > MANY => std::process::abort(),
            _ => work(seed),
        }
    })
    .data(|_| CALLS[1].load(Relaxed)),
    Rung::new("elsewhere", |_| unreachable!()).needs(|| Err("another machine".to_owned())),
];

/// No answer is empty.
const COUNTS: fn(&u64) -> usize = |_| 1;

/// Some microseconds of it.
fn work(seed: u64) -> u64 {
    (0..2_000).fold(seed, |x, at| std::hint::black_box(x.rotate_left(7) ^ at))
}

fn bench() -> Bench<Job, u64> {
    let bench =
        Bench::new(RUNGS).substance(COUNTS).input("plain", |_, seed| (seed, "plain")).quick([1]);
    let bench = bench.input("wrong", |_, seed| (seed, "wrong")).rotating(2).quick([1]);
    let bench = bench.input("company", |_, seed| (seed, "company")).fixed().quick([1]);
    let bench = bench.input("tired", |_, seed| (seed, "tired")).fixed().quick([1]);
    let bench = bench.input("mortal", |_, seed| (seed, "mortal")).fixed().quick([1]);
    let bench = bench.input("cold", |_, seed| (seed, "cold")).rotating(2).quick([1]);
    let bench = bench.cold(|_| {
        COLD.store(true, Relaxed);
        Ok(())
    });
    let bench = bench.input("stays", |_, seed| (seed, "stays")).quick([1]);
    bench.cold(|_| match COOLED.fetch_add(1, Relaxed) {
        MANY.. => Err("its pages stay".to_owned()),
        _ => Ok(()),
    })
}

/// Who asks, and whether children are forked for it.
#[derive(Clone, Copy)]
struct Asker {
    forks: bool,
}

impl Asker {
    fn ask(self, question: &Question) -> Output {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(question.arguments());
        if !self.forks {
            command.env("CASEBOOK_NO_FORK", "1");
        }
        command.output().unwrap()
    }

    fn answer<T: serde::de::DeserializeOwned>(self, question: &Question) -> T {
        let output = self.ask(question);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn refusal(self, question: &Question) -> Refusal {
        let output = self.ask(question);
        assert_eq!(output.status.code(), Some(REFUSED), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    fn all_that_can_run_are_timed(self) {
        let round: Round = self.answer(&duel("plain"));
        assert_eq!(round.columns, [0, 1, 0]);
        assert!(round.blocks.len() >= 2 && round.inputs > 1);
        // What a rung works on may be what its process has come to hold: it is asked once it was
        // called, and nobody but itself.
        let [None, Some(calls), None] = round.data_bytes[..] else { panic!("{round:?}") };
        assert!(calls > MANY as u64, "asked after {calls} calls");
        for block in round.blocks {
            assert!(block.ns.len() == 3 && block.ns.iter().all(|ns| *ns > 0.0));
            assert!(block.cpu.is_empty(), "the case works on one core");
        }
        let tails: Tails = self.answer(&tails("plain"));
        let calls: Vec<bool> = tails.iter().map(Option::is_some).collect();
        assert_eq!(calls, [true, true, false]);
    }

    fn no_rung_meets_what_another_left(self) {
        let _: Round = self.answer(&duel("company"));
        let _: Tails = self.answer(&tails("company"));
        let round: Round = self.answer(&alone("naive", "company"));
        assert_eq!(round.columns, [0]);
        let round: Round = self.answer(&alone("other", "company"));
        assert!(round.columns == [1] && round.blocks.len() >= 2);
    }

    fn what_disagrees_is_not_timed(self) {
        for question in [duel("wrong"), tails("wrong"), alone("naive", "wrong")] {
            let refusal = self.refusal(&question);
            let Refusal::Disagreement { rung, seed, difference, .. } = refusal else {
                panic!("{refusal}")
            };
            // Of the two inputs the second.
            assert_eq!((rung.as_str(), seed), ("other", 7));
            assert!(!difference.contains("timed"), "{difference}");
        }
    }

    fn what_goes_wrong_while_it_is_timed_is_found(self) {
        for question in [duel("tired"), tails("tired")] {
            let refusal = self.refusal(&question);
            let Refusal::Disagreement { rung, difference, .. } = refusal else {
                panic!("{refusal}")
            };
            assert_eq!(rung, "other");
            assert!(difference.ends_with("(after it was timed)"), "{difference}");
        }
    }

    fn every_timed_call_is_made_cold(self) {
        let round: Round = self.answer(&duel("cold"));
        assert_eq!(round.untimed, [0; 3], "no call warms up");
        let _: Tails = self.answer(&tails("cold"));
        let _: Round = self.answer(&alone("other", "cold"));
    }

    fn what_cannot_be_made_cold_is_not_timed_and_says_why(self) {
        for question in [duel("stays"), tails("stays"), alone("other", "stays")] {
            let refusal = self.refusal(&question);
            assert_eq!(refusal, Refusal::NotCold("its pages stay".to_owned()));
        }
    }

    fn a_rung_that_ends_its_process_is_named(self) {
        for question in [duel("mortal"), tails("mortal")] {
            let refusal = self.refusal(&question).to_string();
            assert!(refusal.starts_with("the process of rung `other` ended: "), "{refusal}");
        }
    }

    /// Where there is a valgrind: callgrind is told of the calls that are to be counted, and of
    /// what surrounds them.
    fn what_callgrind_counts_are_the_calls(self) {
        let counted = [2, 4].map(|calls| {
            let [before, none, all, _] = self.callgrind(calls)?[..] else { panic!("four parts") };
            assert!(before > none, "a call was made before");
            Some(all - none)
        });
        let [Some(two), Some(four)] = counted else {
            eprintln!("not tested, because there is no valgrind");
            return;
        };
        // A loop of no turn ends otherwise: an instruction or two.
        assert!(four.abs_diff(2 * two) < 5, "{two} in two calls, {four} in four");
        assert!(two > 2 * 2_000, "a call has as many turns");
    }

    /// Instructions that callgrind counted in each part of so many calls; `None` without it.
    fn callgrind(self, calls: u64) -> Option<Vec<u64>> {
        let file = std::env::temp_dir().join(format!(
            "casebook-{}-{}-{calls}",
            std::process::id(),
            self.forks
        ));
        let (rung, scenario, before, inputs) = ("naive".to_owned(), scenario("plain"), 1, 1);
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--instr-atstart=no", "--combine-dumps=yes"]);
        command.arg(format!("--callgrind-out-file={}", file.display()));
        command.arg(std::env::current_exe().unwrap());
        command.args(Question::Once { rung, scenario, before, calls, inputs }.arguments());
        let output = command.output().ok()?;
        assert!(output.status.success(), "{output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr).matches(OVER).count(), 3);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        let totals = text.lines().filter_map(|line| line.strip_prefix("totals: "));
        Some(totals.map(|total| total.parse().unwrap()).collect())
    }

    fn who_dies_in_a_survey_has_said_of_which_input(self) {
        let output = self.ask(&Question::Survey { seed: 6 });
        assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        let mut begun = said.lines().filter_map(|line| line.strip_prefix(BEGUN));
        assert!(begun.next_back().is_some_and(|at| at.starts_with("mortal/")), "{said}");
    }
}

fn scenario(input: &str) -> Scenario {
    Scenario { input: input.to_owned(), n: 1, effort: Effort::Quick }
}

fn duel(input: &str) -> Question {
    Question::Duel { scenario: scenario(input), seed: 6, millis: 20, patience: None }
}

fn tails(input: &str) -> Question {
    Question::Tails { scenario: scenario(input), seed: 6, millis: 20 }
}

fn alone(rung: &str, input: &str) -> Question {
    let (rung, scenario) = (rung.to_owned(), scenario(input));
    Question::Alone { rung, scenario, seed: 6, millis: 20, patience: None }
}

/// What is held of a round, by name.
type Held = (&'static str, fn(Asker));

const TRIALS: [Held; 9] = [
    ("what_callgrind_counts_are_the_calls", Asker::what_callgrind_counts_are_the_calls),
    (
        "who_dies_in_a_survey_has_said_of_which_input",
        Asker::who_dies_in_a_survey_has_said_of_which_input,
    ),
    ("all_that_can_run_are_timed", Asker::all_that_can_run_are_timed),
    ("no_rung_meets_what_another_left", Asker::no_rung_meets_what_another_left),
    ("what_disagrees_is_not_timed", Asker::what_disagrees_is_not_timed),
    (
        "what_goes_wrong_while_it_is_timed_is_found",
        Asker::what_goes_wrong_while_it_is_timed_is_found,
    ),
    ("every_timed_call_is_made_cold", Asker::every_timed_call_is_made_cold),
    (
        "what_cannot_be_made_cold_is_not_timed_and_says_why",
        Asker::what_cannot_be_made_cold_is_not_timed_and_says_why,
    ),
    ("a_rung_that_ends_its_process_is_named", Asker::a_rung_that_ends_its_process_is_named),
];

fn main() {
    if std::env::args().nth(1).is_some_and(|first| first == ASK) {
        return bench().main();
    }
    let mut trials = Vec::new();
    for (how, forks) in [("forked", true), ("started", false)] {
        for (name, holds) in TRIALS {
            let ask = move || {
                holds(Asker { forks });
                Ok(())
            };
            trials.push(Trial::test(format!("{how}::{name}"), ask));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
