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

/// The binary is named for its case; cargo turns dashes into underscores and adds a hash.
fn case_name() -> String {
    let path = std::env::args_os().next().unwrap_or_default();
    let stem = Path::new(&path).file_stem();
    let name = stem.map_or("case".into(), |stem| stem.to_string_lossy());
    let case = match name.rsplit_once('-') {
        Some((case, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            case
        }
        _ => &name,
    };
    case.replace('_', "-")
}

fn print(answer: impl Serialize) {
    println!("{}", serde_json::to_string(&answer).expect("plain data is always JSON"));
}
