//! What `cargo test` and nextest run of a bench binary: every rung on the smallest input of each
//! distribution, so that no bench can rot, and what is held against naive without being timed.
//! Lists, filters and threads are libtest-mimic's.

use std::ffi::OsString;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use protocol::{Effort, Scenario};

use crate::edges;
use crate::job::{Asked, Job, gate};
use crate::scenario::Distribution;

/// Runs or lists what the arguments of a test runner choose, and exits as it expects.
pub(crate) fn run(job: &'static dyn Job, args: &[OsString]) -> ! {
    let (filters, options) = split(args);
    let program = std::env::args_os().next().unwrap_or_default();
    let mut args = Arguments::from_iter([program].into_iter().chain(options));
    let mut trials = trials(job);
    match filters.as_slice() {
        [] | [_] => args.filter = filters.into_iter().next(),
        // libtest takes any number of them, libtest-mimic one.
        several => trials.retain(|trial| {
            let fits = |filter: &String| match args.exact {
                true => trial.name() == filter,
                false => trial.name().contains(filter),
            };
            several.iter().any(fits)
        }),
    }
    libtest_mimic::run(&args, trials).exit()
}

/// Filters, and all other arguments.
fn split(args: &[OsString]) -> (Vec<String>, Vec<OsString>) {
    /// Behind these stands a value.
    const VALUED: [&str; 6] =
        ["--color", "--format", "--logfile", "--skip", "--test-threads", "-Z"];
    let (mut filters, mut options) = (Vec::new(), Vec::new());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let text = arg.to_string_lossy();
        match &*text {
            // libtest has both spellings.
            "--no-capture" => options.push("--nocapture".into()),
            option if option.starts_with('-') => {
                options.push(arg.clone());
                let value = VALUED.contains(&option).then(|| args.next()).flatten();
                options.extend(value.cloned());
            }
            filter => filters.push(filter.to_owned()),
        }
    }
    (filters, options)
}

/// Inputs of a distribution that are looked at for an answer: of one that is small, it may be
/// empty.
const ANSWERED: usize = 64;

/// One for each rung and distribution, named for both: "one_in_thirty::naive". And one for what a
/// run would refuse of a distribution, and of what is not timed.
fn trials(job: &'static dyn Job) -> Vec<Trial> {
    let frame = job.frame();
    let held = move || edges::check(job).map_err(|refusal| refusal.to_string().into());
    let mut trials = vec![Trial::test("edges", held)];
    for (at, distribution) in frame.distributions.iter().enumerate() {
        let passes = move || passes(job, at, distribution);
        trials
            .push(Trial::ignorable_test(format!("{}::gate", one_word(distribution.name)), passes));
        for (rung, info) in frame.rungs().iter().enumerate() {
            let name = format!("{}::{}", one_word(distribution.name), info.name);
            trials.push(Trial::ignorable_test(name, move || trial(job, at, distribution, rung)));
        }
    }
    trials
}

/// Lets the smallest inputs of a distribution through the gate.
fn passes(job: &dyn Job, at: usize, distribution: &Distribution) -> Result<Completion, Failed> {
    if let Some(why) = &distribution.absent {
        return Ok(Completion::ignored_with(why));
    }
    let n = smallest(distribution)?;
    let scenario = Scenario { input: distribution.name.to_owned(), n, effort: Effort::Quick };
    let asked = Asked { path: None, scenario: &scenario, seed: 0 };
    let mut inputs = job.make(at, n, 0, distribution.count(n, ANSWERED));
    let passed = gate(job.frame(), &mut *inputs, &asked).map(|()| Completion::Completed);
    passed.map_err(|refusal| refusal.to_string().into())
}

/// The smallest size of a distribution.
fn smallest(distribution: &Distribution) -> Result<usize, Failed> {
    let sizes = distribution.sizes.iter().map(|(n, _)| *n);
    sizes.min().ok_or_else(|| format!("distribution `{}` has no sizes", distribution.name).into())
}

/// Times a rung between two checks: the first shows what it does, the second what it left behind.
fn trial(
    job: &dyn Job,
    at: usize,
    distribution: &Distribution,
    rung: usize,
) -> Result<Completion, Failed> {
    let rungs = job.frame().rungs();
    // Without naive there is nothing to hold it against.
    let missing = [0, rung].iter().find_map(|&rung| rungs[rung].unavailable.as_ref());
    if let Some(why) = distribution.absent.as_ref().or(missing) {
        return Ok(Completion::ignored_with(why));
    }
    let mut inputs = job.make(at, smallest(distribution)?, 0, 1);
    inputs.recheck(rung)?;
    inputs.time(rung, 1);
    inputs.recheck(rung)?;
    if let Err(refusal) = inputs.held_cold() {
        return Ok(Completion::ignored_with(refusal.to_string()));
    }
    Ok(Completion::Completed)
}

/// A distribution's name as runners' filters and lists take it best.
fn one_word(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || ".-".contains(letter);
    name.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect()
}
