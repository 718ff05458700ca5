//! The command line of a bench binary: what cargo passes, and the questions that the tool asks.

use std::ffi::{OsStr, OsString};
use std::io::{stdin, stdout};
use std::path::Path;
use std::process::exit;
use std::time::{Duration, Instant};

use protocol::{
    ASK, AllocationCounts, Allocations, Effort, OVER, Question, REFUSED, Refusal, RungInfo,
};
use serde::Serialize;

use crate::job::{Asked, Inputs, Job, gate};
use crate::output::print;
use crate::source::{describe, source};
use crate::watch::Time;
use crate::worker::serve;
use crate::{
    allocations, built, callgrind, counters, duel, edges, faults, fresh, heap, hot, profile, solo,
    survey, tail, trials,
};

/// Runs whatever the arguments ask for and exits.
///
/// - `ask QUESTION`, one of [`Question`] as JSON,
/// - `--file PATH` first, and inputs come from the user's file,
/// - `--bench`, as cargo passes it, is criterion,
/// - anything else is what `cargo test` and nextest say to a binary of tests.
pub(crate) fn main(job: &'static dyn Job) {
    let start = Instant::now();
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let (path, args) = match args.as_slice() {
        [flag, path, rest @ ..] if flag == "--file" => (Some(Path::new(path)), rest),
        rest => (None, rest),
    };
    let answer = match args {
        [ask, question] if ask == ASK => answer(job, path, question, start),
        // Whoever asks must not take tests for an answer.
        [ask, ..] if ask.to_string_lossy().trim() == ASK => {
            Err(Refusal::Usage(format!("`{ASK}` takes one question")))
        }
        _ if path.is_some() => Err(Refusal::Usage(format!("a file comes before `{ASK}`"))),
        _ if args.iter().any(|arg| arg == "--bench") => {
            solo::run(job, &case_name(), Effort::Standard, solo::by_hand())
        }
        _ => trials::run(job, args),
    };
    if let Err(refusal) = answer {
        eprintln!("{refusal}");
        // Whoever did not ask has read it.
        if args.first().is_some_and(|first| first == ASK) {
            print(refusal);
        }
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
    let (early, question) = (question.as_encoded_bytes(), question.to_string_lossy());
    let question = Question::parse(&question).map_err(Refusal::Usage)?;
    let asked = |scenario, seed| Asked { path, scenario, seed };
    let inputs = |scenario, seed| source(job, &asked(scenario, seed), usize::MAX);
    match &question {
        Question::Describe => print(built::known_of(describe(job, path)?)),
        Question::Duel { scenario, seed, millis, patience } => {
            let time = Time { start, millis: *millis, patience: patience.as_ref() };
            let mut inputs = inputs(scenario, *seed)?;
            print(duel::round(frame, &mut *inputs, asked(scenario, *seed), &time)?);
        }
        Question::Alone { rung, scenario, seed, millis, patience } => {
            let rung = frame.rung(rung)?;
            let time = Time { start, millis: *millis, patience: patience.as_ref() };
            let mut inputs = inputs(scenario, *seed)?;
            print(duel::alone(frame, &mut *inputs, rung, asked(scenario, *seed), &time)?);
        }
        Question::Check { scenario, seed } => {
            gate(frame, &mut *inputs(scenario, *seed)?, &asked(scenario, *seed))?;
            print(None::<Refusal>);
        }
        Question::Edges => edges::check(job).map(|()| print(None::<Refusal>))?,
        Question::Survey { seed } => print(survey::alone(job, *seed)),
        Question::Fresh { scenario, seed } => print(fresh::of(job, &asked(scenario, *seed))?),
        Question::Work { rung, scenario, seed } => {
            let rung = frame.rung(rung)?;
            // Who asks sees that nobody answers any more, and says so.
            let _ = serve(frame, &mut *inputs(scenario, *seed)?, rung, stdin(), stdout());
        }
        Question::Tails { scenario, seed, millis } => {
            let time = Time { start, millis: *millis, patience: None };
            let mut inputs = inputs(scenario, *seed)?;
            print(tail::tails(frame, &mut *inputs, asked(scenario, *seed), &time)?);
        }
        Question::Allocations { scenario } => look(inputs(scenario, 0)?, |it| count(job, it))?,
        Question::Counters { scenario } => {
            print(counters::answer(frame, &asked(scenario, 0), || inputs(scenario, 0))?);
        }
        Question::Once { rung, scenario, before, calls, inputs } => {
            let rung = frame.rung(rung)?;
            let mut inputs = source(job, &asked(scenario, 0), *inputs)?;
            once(&mut *inputs, rung, early, [*before, 0, *calls]);
        }
        Question::Hot { rung, scenario, millis } => {
            let rung = frame.rung(rung)?;
            look(inputs(scenario, 0)?, |inputs| Ok(hot::sample(inputs, rung, *millis)))?;
        }
        Question::Heap { rung, scenario } => {
            let rung = frame.rung(rung)?;
            look(inputs(scenario, 0)?, |inputs| Ok(heap::of(inputs, rung)))?;
        }
        Question::Profile { rung, scenario, millis, sampler } => {
            let rung = frame.rung(rung)?;
            let time = Duration::from_millis(*millis);
            look(inputs(scenario, 0)?, |inputs| profile::run(inputs, rung, time, *sampler))?;
        }
        Question::Criterion { effort } => {
            solo::run(job, &case_name(), *effort, solo::brief())?;
        }
    }
    Ok(())
}

/// Calls a rung for who counts what the process does, as often as each part says.
fn once(inputs: &mut dyn Inputs, rung: usize, early: &[u8], parts: [u64; 3]) {
    inputs.warm(); // what makes a call cold is not to be counted
    callgrind::start(early);
    // What surrounds calls is counted with none of them too, and so is in no difference.
    for calls in parts {
        inputs.time(rung, calls);
        eprintln!("{OVER}");
        callgrind::write_down();
    }
    callgrind::stop();
    calls_are_over();
}

/// Found by its name where every step of a process is looked at: dropping inputs is no call.
#[inline(never)]
fn calls_are_over() {
    std::hint::black_box(());
}

/// Prints what was seen of inputs, if all calls were cold that had to be.
fn look<T: Serialize>(
    mut inputs: Box<dyn Inputs + '_>,
    of: impl FnOnce(&mut dyn Inputs) -> Result<T, Refusal>,
) -> Result<(), Refusal> {
    let seen = of(&mut *inputs)?;
    inputs.held_cold()?;
    print(seen);
    Ok(())
}

fn count(job: &dyn Job, inputs: &mut dyn Inputs) -> Result<AllocationCounts, Refusal> {
    let faults = faults::all(job.frame(), inputs)?;
    let rungs = job.frame().rungs().iter().zip(faults).enumerate();
    let of = |(at, (rung, faults)): (usize, (&RungInfo, Option<f64>))| {
        let counted = || Allocations { faults, ..allocations::of(inputs, at) };
        rung.unavailable.is_none().then(counted)
    };
    Ok(rungs.map(of).collect())
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
            Question::Once {
                rung: rung.clone(),
                scenario: scenario.clone(),
                before: 1,
                calls: 1,
                inputs: 1,
            },
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
        ask(&job, &Question::Once { rung, scenario, before: 2, calls: 5, inputs: 2 }).unwrap();
        assert_eq!((MADE.load(Relaxed), CALLED.load(Relaxed)), (2, 7));
    }

    #[test]
    fn a_binary_is_named_for_its_case() {
        assert_eq!(case_of("small_vectors-0123456789abcdef"), "small-vectors");
        assert_eq!(case_of("small-vectors"), "small-vectors");
        assert_eq!(case_of("bits-0123456789abcdeg"), "bits-0123456789abcdeg", "that is no hash");
    }
}
