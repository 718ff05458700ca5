//! Runs the reader's program under what this machine has.

use std::ffi::OsString;
use std::process::ExitStatus;

use anyhow::{Context, Result, bail};
use cases::Workspace;
use clap::ValueEnum;
use diagnose::{Profile, read};
use measure::profile::{perf, program};
use measure::{build, interrupt};

/// Who looks at the stacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sampler {
    /// The kernel, by `perf record`
    Perf,
    /// The process itself, at the ticks of a timer: a library is loaded beside it
    Timer,
    /// valgrind's callgrind, which counts instructions and takes fifty times as long
    Valgrind,
}

/// What was seen of a program, which has run to its end.
pub fn profile(
    workspace: &Workspace,
    wanted: Option<Sampler>,
    words: &[OsString],
) -> Result<Profile> {
    interrupt::listen()?;
    let began = std::time::Instant::now();
    let (mut profile, hertz, ended) = match choose(wanted)? {
        Sampler::Perf => {
            let (text, ended) = perf::program(words)?;
            let mut profile = read::perf::read(&text)?;
            profile.how = format!("{} at {} Hz", perf::NAME, perf::HERTZ);
            (profile, perf::HERTZ, ended)
        }
        Sampler::Timer => {
            let library = build::sampler(workspace)?.context("xtask/sampler does not compile")?;
            let (sampled, ended) = program::by_timer(&library, words)?;
            let how = format!("its own samples, by a timer of {} Hz", sampled.hertz);
            (
                Profile { lost: sampled.lost, ..Profile::samples(how, sampled.stacks) },
                sampled.hertz,
                ended,
            )
        }
        Sampler::Valgrind => {
            let (bytes, ended) = program::by_callgrind(words)?;
            (read::profile(&bytes)?, 0, ended)
        }
    };
    record::errln!("the program {}", told(ended));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let seconds = began.elapsed().as_secs_f64() * cores as f64 * f64::from(hertz);
    profile.busy = (hertz > 0 && cores > 1).then(|| profile.total() as f64 / seconds);
    if profile.total() == 0 {
        bail!("it ended before anything was seen of it; let it run for a second or longer");
    }
    if profile.lost > 0 {
        record::errln!("{} samples were lost: it ran for longer than is kept", profile.lost);
    }
    Ok(profile)
}

/// "ended with exit status: 1".
fn told(ended: ExitStatus) -> String {
    if ended.success() { "ended as wished".to_owned() } else { format!("ended with {ended}") }
}

/// perf where it may be used, unless somebody wants something else.
fn choose(wanted: Option<Sampler>) -> Result<Sampler> {
    match (wanted, wanted.is_none_or(|wanted| wanted == Sampler::Perf).then(perf::refusal)) {
        (Some(Sampler::Perf), Some(Some(why))) => bail!("unavailable: {why}"),
        (None, Some(Some(why))) => {
            record::errln!("{why}: the process samples itself instead");
            Ok(Sampler::Timer)
        }
        (Some(sampler), _) => Ok(sampler),
        (None, _) => Ok(Sampler::Perf),
    }
}
