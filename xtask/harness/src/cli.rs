//! The command line of a bench binary: what cargo passes, and the questions that the tool asks.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::exit;
use std::time::{Duration, Instant};

use protocol::{ASK, AllocationCounts, Effort, Patience, Question, REFUSED, Refusal};
use serde::Serialize;

use crate::job::{Inputs, Job, gate};
use crate::source::{Source, describe, source};
use crate::watch::Until;
use crate::{allocations, counters, duel, heap, hot, profile, solo, tail};

/// Runs whatever the arguments ask for and exits.
///
/// - `ask QUESTION`, one of [`Question`] as JSON,
/// - `--file PATH` first, and inputs come from the user's file,
/// - `--bench`, as cargo passes it, is criterion,
/// - anything else, as `cargo test` passes it, is a smoke run at the smallest sizes.
pub(crate) fn main(job: &dyn Job) {
    let start = Instant::now();
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let (path, args) = match args.as_slice() {
        [flag, path, rest @ ..] if flag == "--file" => (Some(Path::new(path)), rest),
        rest => (None, rest),
    };
    let has = |flag: &str| args.iter().any(|arg| arg == flag);
    let answer = match args {
        [ask, question] if ask == ASK => answer(job, path, question, start),
        // Whoever asks must not take a smoke run for an answer.
        [ask, ..] if ask.to_string_lossy().trim() == ASK => {
            Err(Refusal::Usage(format!("`{ASK}` takes one question")))
        }
        _ if has("--bench") => solo::run(job, &case_name(), Effort::Standard, solo::by_hand()),
        _ if has("--list") => {
            println!("smoke: test");
            Ok(())
        }
        _ => smoke(job),
    };
    if let Err(refusal) = answer {
        eprintln!("{refusal}");
        print(refusal);
        exit(REFUSED);
    }
}

/// Answers one question on standard output.
fn answer(
    job: &dyn Job,
    path: Option<&Path>,
    question: &OsStr,
    start: Instant,
) -> Result<(), Refusal> {
    let frame = job.frame();
    let question = Question::parse(&question.to_string_lossy()).map_err(Refusal::Usage)?;
    let inputs = |scenario, seed| source(job, path, scenario, seed, usize::MAX);
    match &question {
        Question::Describe => print(describe(job, path)?),
        Question::Duel { scenario, seed, millis, patience } => {
            let mut checked = checked(job, inputs(scenario, *seed)?)?;
            let until = until(start, *millis, patience.as_ref());
            print(duel::round(frame, &mut *checked, *seed, &until));
        }
        Question::Tails { scenario, seed, millis } => {
            let mut checked = checked(job, inputs(scenario, *seed)?)?;
            print(tail::tails(frame, &mut *checked, start + Duration::from_millis(*millis)));
        }
        Question::Allocations { scenario } => print(count(job, &mut *inputs(scenario, 0)?.inputs)),
        Question::Counters { scenario } => {
            print(counters::answer(frame, || inputs(scenario, 0))?);
        }
        Question::Once { rung, scenario, calls, inputs } => {
            let rung = frame.rung(rung)?;
            source(job, path, scenario, 0, *inputs)?.inputs.time(rung, *calls);
        }
        Question::Hot { rung, scenario, millis } => {
            let rung = frame.rung(rung)?;
            print(hot::sample(&mut *inputs(scenario, 0)?.inputs, rung, *millis));
        }
        Question::Heap { rung, scenario } => {
            let rung = frame.rung(rung)?;
            print(heap::of(&mut *inputs(scenario, 0)?.inputs, rung));
        }
        Question::Profile { rung, scenario, millis, sampler } => {
            let rung = frame.rung(rung)?;
            let time = Duration::from_millis(*millis);
            print(profile::run(&mut *inputs(scenario, 0)?.inputs, rung, time, *sampler)?);
        }
        Question::Criterion { effort } => {
            solo::run(job, &case_name(), *effort, solo::brief())?;
        }
    }
    Ok(())
}

/// Inputs on which every rung was just held against naive.
fn checked<'a>(job: &dyn Job, mut source: Source<'a>) -> Result<Box<dyn Inputs + 'a>, Refusal> {
    gate(job.frame(), &mut *source.inputs, &source.name, source.seed)?;
    Ok(source.inputs)
}

/// When a round ends. Inputs and their check are part of the time, but never of its second half.
fn until(start: Instant, millis: u64, patience: Option<&Patience>) -> Until {
    let time = Duration::from_millis(millis);
    Until {
        end: (start + time).max(Instant::now() + time / 2),
        most: Duration::from_millis(patience.map_or(0, |patience| patience.millis)),
        quiet: patience.and_then(|patience| patience.quiet),
    }
}

fn count(job: &dyn Job, inputs: &mut dyn Inputs) -> AllocationCounts {
    let rungs = job.frame().rungs().iter().enumerate();
    rungs
        .map(|(at, rung)| rung.unavailable.is_none().then(|| allocations::of(inputs, at)))
        .collect()
}

/// Every scenario's gate at the smallest size of its distribution, so that `cargo test` keeps
/// benches from rotting.
fn smoke(job: &dyn Job) -> Result<(), Refusal> {
    let frame = job.frame();
    for (at, distribution) in frame.distributions.iter().enumerate() {
        let Some(&(n, _)) = distribution.sizes.iter().min() else {
            return Err(Refusal::Usage(format!(
                "distribution `{}` has no sizes",
                distribution.name
            )));
        };
        let mut inputs = job.make(at, n, 0, 1);
        gate(frame, &mut *inputs, &format!("{}/{n}", distribution.name), 0)?;
        duel::round(frame, &mut *inputs, 0, &Until::now());
    }
    println!("test smoke ... ok");
    Ok(())
}

/// The case that this binary is named for.
fn case_name() -> String {
    let path = std::env::args_os().next().unwrap_or_default();
    let stem = Path::new(&path).file_stem();
    stem.map_or("case".into(), |stem| case_of(&stem.to_string_lossy()))
}

/// Cargo turns a case's dashes into underscores and adds a hash.
fn case_of(stem: &str) -> String {
    let case = match stem.rsplit_once('-') {
        Some((case, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            case
        }
        _ => stem,
    };
    case.replace('_', "-")
}

fn print(answer: impl Serialize) {
    println!("{}", serde_json::to_string(&answer).expect("plain data is always JSON"));
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

    use protocol::{Sampler, Scenario};

    use super::*;
    use crate::{Bench, Rung};

    const RUNGS: &[Rung<u64, u64>] = &[
        Rung::new("naive", |n| *n),
        Rung::new("elsewhere", |_| unreachable!()).needs(|| Err("another machine".to_owned())),
    ];
    const WRONG: &[Rung<u64, u64>] =
        &[Rung::new("naive", |n| *n), Rung::new("doubled", |n| 2 * *n)];

    fn ask(job: &dyn Job, question: &Question) -> Result<(), Refusal> {
        let [_, text] = question.arguments();
        answer(job, None, text.as_ref(), Instant::now())
    }

    fn scenario(input: &str) -> Scenario {
        Scenario { input: input.to_owned(), n: 4, effort: Effort::Quick }
    }

    fn usage(text: &str) -> Refusal {
        Refusal::Usage(text.to_owned())
    }

    /// Every question about one rung.
    fn of_rung(rung: &str, input: &str) -> [Question; 4] {
        let (rung, scenario, millis) = (rung.to_owned(), scenario(input), 1);
        let sampler = Sampler::Outside;
        [
            Question::Once { rung: rung.clone(), scenario: scenario.clone(), calls: 1, inputs: 1 },
            Question::Hot { rung: rung.clone(), scenario: scenario.clone(), millis },
            Question::Heap { rung: rung.clone(), scenario: scenario.clone() },
            Question::Profile { rung, scenario, millis, sampler },
        ]
    }

    #[test]
    fn what_is_no_question_is_refused() {
        let job = Bench::new(RUNGS).job();
        let refusal = answer(&job, None, "\"sing\"".as_ref(), Instant::now()).unwrap_err();
        assert!(refusal.to_string().contains("`\"sing\"` is no question"), "{refusal}");
    }

    #[test]
    fn an_unknown_rung_is_refused_before_inputs_are_made() {
        let job = Bench::new(RUNGS).input("any", |_, _| unreachable!()).quick([4]).job();
        for rung in ["niave", "elsewhere"] {
            let refusal = usage(&format!("there is no rung `{rung}` on this machine"));
            for question in of_rung(rung, "any") {
                assert_eq!(ask(&job, &question), Err(refusal.clone()), "{question:?}");
            }
        }
    }

    #[test]
    fn an_unknown_distribution_is_refused_whatever_is_asked() {
        let job = Bench::new(RUNGS).input("any", |n, _| n as u64).quick([4]).job();
        let (seed, millis) = (0, 1);
        let of_scenario = [
            Question::Duel { scenario: scenario("some"), seed, millis, patience: None },
            Question::Tails { scenario: scenario("some"), seed, millis },
            Question::Allocations { scenario: scenario("some") },
        ];
        for question in of_scenario.into_iter().chain(of_rung("naive", "some")) {
            let refusal = usage("there is no distribution `some`");
            assert_eq!(ask(&job, &question), Err(refusal), "{question:?}");
        }
    }

    #[test]
    fn once_makes_few_inputs_and_calls_as_often_as_is_asked() {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        static CALLED: AtomicUsize = AtomicUsize::new(0);
        const COUNTED: &[Rung<u64, usize>] =
            &[Rung::new("naive", |_| CALLED.fetch_add(1, Relaxed))];
        let make = |_, seed| {
            MADE.fetch_add(1, Relaxed);
            seed
        };
        let job = Bench::new(COUNTED).input("any", make).quick([4]).job();
        let (rung, scenario) = ("naive".to_owned(), scenario("any"));
        ask(&job, &Question::Once { rung, scenario, calls: 5, inputs: 2 }).unwrap();
        assert_eq!((MADE.load(Relaxed), CALLED.load(Relaxed)), (2, 5));
    }

    #[test]
    fn what_disagrees_is_not_timed() {
        let job = Bench::new(WRONG).input("seeds", |_, seed| seed - 6).quick([4]).job();
        let scenario = scenario("seeds");
        let name = scenario.to_string();
        let duel =
            Question::Duel { scenario: scenario.clone(), seed: 6, millis: 1, patience: None };
        for question in [duel, Question::Tails { scenario, seed: 6, millis: 1 }] {
            let Err(Refusal::Disagreement { rung, scenario, seed, .. }) = ask(&job, &question)
            else {
                panic!("{question:?} was answered");
            };
            // Twice nothing is nothing: the second input is the first that tells.
            assert_eq!((rung.as_str(), scenario, seed), ("doubled", name.clone(), 7));
        }
    }

    #[test]
    fn a_smoke_run_checks_the_smallest_size_of_each_distribution() {
        let small = |n, _| {
            assert_eq!(n, 2, "larger ones take longer");
            n as u64
        };
        let bench = || Bench::new(RUNGS).input("any", small).standard([8, 2]);
        assert_eq!(smoke(&bench().job()), Ok(()));
        let without = smoke(&bench().input("none", |n, _| n as u64).job());
        assert_eq!(without, Err(usage("distribution `none` has no sizes")));
        let wrong = Bench::new(WRONG).input("any", |n, _| n as u64).quick([2]);
        assert!(matches!(smoke(&wrong.job()), Err(Refusal::Disagreement { .. })));
    }

    #[test]
    fn slow_inputs_leave_a_round_half_of_its_time() {
        let start = Instant::now();
        let later = start + Duration::from_millis(20);
        std::thread::sleep(later - start);
        assert!(until(start, 20, None).end >= later + Duration::from_millis(10));
        assert_eq!(until(start, 100_000, None).end, start + Duration::from_secs(100));
        let patience = Patience { millis: 70, quiet: None };
        assert_eq!(until(start, 1, Some(&patience)).most, Duration::from_millis(70));
    }

    #[test]
    fn a_binary_is_named_for_its_case() {
        assert_eq!(case_of("small_vectors-0123456789abcdef"), "small-vectors");
        assert_eq!(case_of("small-vectors"), "small-vectors");
        assert_eq!(case_of("bits-0123456789abcdeg"), "bits-0123456789abcdeg", "that is no hash");
    }
}
