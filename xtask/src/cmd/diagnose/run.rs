//! Runs the reader's program under what this machine has.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitStatus;

use anyhow::{Context, Result, bail};
use cases::Workspace;
use clap::ValueEnum;
use diagnose::{Place, Profile, read};
use measure::evidence::assembly;
use measure::profile::{perf, program};
use measure::{build, interrupt};
use protocol::Spot;

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

/// What was seen of a program, which has run to its end. perf takes so many samples a second.
pub fn profile(
    workspace: &Workspace,
    wanted: Option<Sampler>,
    hertz: Option<u32>,
    words: &[OsString],
) -> Result<Profile> {
    interrupt::listen()?;
    let (mut profile, hertz, ended) = match choose(wanted)? {
        Sampler::Perf => {
            let hertz = hertz.unwrap_or(perf::HERTZ);
            let (text, ended) = perf::program(words, hertz)?;
            let mut profile = read::perf::read(&text)?;
            profile.how = format!("{} at {hertz} Hz", perf::NAME);
            (profile, hertz, ended)
        }
        Sampler::Timer => {
            let library = build::sampler(workspace)?.context("xtask/sampler does not compile")?;
            let (sampled, ended) = program::by_timer(&library, words)?;
            let how = format!("its own samples, by a timer of {} Hz", sampled.hertz);
            let places = places(&sampled.spots);
            let samples = Profile::samples(how, sampled.stacks);
            (Profile { lost: sampled.lost, places, ..samples }, sampled.hertz, ended)
        }
        Sampler::Valgrind => {
            let (bytes, ended) = program::by_callgrind(words)?;
            (read::profile(&bytes)?, 0, ended)
        }
    };
    record::errln!("the program {}", told(ended.status));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let most = ended.wall.as_secs_f64() * cores as f64 * f64::from(hertz);
    profile.busy = (hertz > 0 && cores > 1).then(|| profile.total() as f64 / most);
    profile.sleeps = ended.sleeps_in_a_second();
    if profile.total() == 0 {
        bail!("it ended before anything was seen of it; let it run for a second or longer");
    }
    look_at_code(&mut profile);
    if profile.lost > 0 {
        record::errln!("{} samples were lost: it ran for longer than is kept", profile.lost);
    }
    Ok(profile)
}

/// The places by the names of their functions, where a file has any: whoever sampled itself knows
/// of addresses only.
fn places(spots: &[Option<Spot>]) -> Vec<Option<Place>> {
    let files = by_file(spots.iter().map(|spot| Some(&*spot.as_ref()?.file)));
    let mut places = vec![None; spots.len()];
    for (file, at) in files {
        let distances = at.iter().filter_map(|at| Some(spots[*at].as_ref()?.distance));
        let distances: Vec<u64> = distances.collect();
        let symbols = assembly::symbols_at(Path::new(file), &distances).unwrap_or_default();
        for (at, symbol) in at.into_iter().zip(symbols) {
            let place = |(symbol, distance)| Place { file: file.to_owned(), symbol, distance };
            places[at] = symbol.map(place);
        }
    }
    places
}

/// Which samples fell into each file: a file is read once.
fn by_file<'a>(files: impl Iterator<Item = Option<&'a str>>) -> BTreeMap<&'a str, Vec<usize>> {
    let mut samples: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.enumerate().filter_map(|(at, file)| Some((at, file?))) {
        samples.entry(file).or_default().push(at);
    }
    samples
}

/// Reads the machine code at the places of samples, where it is not the language's own. A binary
/// that cannot be read leaves its stacks as they are: they say less, and nothing wrong.
fn look_at_code(profile: &mut Profile) {
    let places = profile.places.iter().zip(profile.of_chosen_code());
    let files =
        by_file(places.map(|(place, chosen)| Some(&*place.as_ref().filter(|_| chosen)?.file)));
    let mut code = vec![None; profile.stacks.len()];
    for (file, stacks) in files {
        let of_stack = |at: &usize| Some((profile.places[*at].as_ref()?, &profile.stacks[*at]));
        let places = stacks.iter().filter_map(of_stack);
        let places: Vec<(&str, u64, u64)> = places
            .map(|(place, stack)| (place.symbol.as_str(), place.distance, stack.samples))
            .collect();
        let known = assembly::code_at(Path::new(file), &places).unwrap_or_default();
        for (at, known) in stacks.into_iter().zip(known) {
            code[at] = known;
        }
    }
    profile.code = code;
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
