//! The command line of a bench binary: what cargo passes, and the modes that xtask asks for.

use std::path::Path;
use std::process::exit;
use std::time::{Duration, Instant};

use protocol::{AllocationCounts, Effort, REFUSED, Refusal};
use serde::Serialize;

use crate::bench::Bench;
use crate::file::{self, BadLine};
use crate::rung::Rung;
use crate::sentinel::Reading;
use crate::stopwatch::Rotation;
use crate::watch::Until;
use crate::{allocations, counters, duel, heap, hot, profile, solo, tail};

/// Runs whatever the arguments ask for and exits.
///
/// - `describe` prints the case,
/// - `duel INPUT N SEED MILLISECONDS [MORE [COMPUTE STREAM]]` one paired round; it takes up to MORE
///   milliseconds longer to wait while the parts of the sentinel take more nanoseconds than these
///   (without them, while its arithmetic is a tenth slower than at its fastest), and to make up for
///   what was disturbed,
/// - `tail INPUT N SEED MILLISECONDS` how long single calls of each rung take,
/// - `allocations INPUT N` what each rung asks of the allocator,
/// - `counters INPUT N` what the processor counts in each rung,
/// - `once RUNG INPUT N TIMES [INPUTS]` calls one rung and prints nothing, for simulators; at most
///   INPUTS inputs take turns, since simulators make them slowly,
/// - `hot RUNG INPUT N MILLISECONDS` where in the program a rung spends its time,
/// - `heap RUNG INPUT N` what is alive during one call,
/// - `profile RUNG INPUT N MILLISECONDS perf|timer` calls one rung again and again, for a sampler
///   from outside or under our own,
/// - `--file PATH` first, and INPUT and N come from the user's file,
/// - `--bench`, as cargo passes it, is criterion,
/// - anything else, as `cargo test` passes it, is a smoke run at the smallest sizes.
pub(crate) fn main<I, O>(bench: &Bench<I, O>) {
    let start = Instant::now();
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (path, args) = match args.as_slice() {
        ["--file", path, rest @ ..] => (Some(Path::new(*path)), rest),
        rest => (None, rest),
    };
    let answer = match args {
        ["describe"] => describe(bench, path).map(print),
        ["duel", input, n, seed, millis, wait @ ..] => {
            source(bench, path, input, n, seed).and_then(|mut source| {
                let time = Duration::from_millis(number(millis)?);
                let (most, quiet) = patience(wait)?;
                bench.gate(&source.name, source.seed, &mut source.rotation)?;
                // Inputs and their check are part of the time, but never of its second half.
                let end = (start + time).max(Instant::now() + time / 2);
                let until = Until { end, most, quiet };
                print(duel::round(bench, &mut source.rotation, source.seed, &until));
                Ok(())
            })
        }
        ["tail", input, n, seed, millis] => {
            source(bench, path, input, n, seed).and_then(|mut source| {
                let deadline = start + Duration::from_millis(number(millis)?);
                bench.gate(&source.name, source.seed, &mut source.rotation)?;
                print(tail::tails(bench.rungs, &mut source.rotation, deadline));
                Ok(())
            })
        }
        ["allocations", input, n] => source(bench, path, input, n, "0")
            .map(|mut source| print(count(bench, &mut source.rotation))),
        ["counters", input, n] => {
            counters::answer(bench, || source(bench, path, input, n, "0")).map(print)
        }
        ["once", rung, input, n, times] => once(bench, path, rung, input, n, times, None),
        ["once", rung, input, n, times, inputs] => {
            once(bench, path, rung, input, n, times, Some(inputs))
        }
        ["hot", rung, input, n, millis] => known(bench, rung).and_then(|rung| {
            let mut source = source(bench, path, input, n, "0")?;
            print(hot::sample(rung, &mut source.rotation.inputs, number(millis)?));
            Ok(())
        }),
        ["heap", rung, input, n] => known(bench, rung).and_then(|rung| {
            let mut source = source(bench, path, input, n, "0")?;
            print(heap::of(rung, &mut source.rotation.inputs[0]));
            Ok(())
        }),
        ["profile", rung, input, n, millis, sampler] => known(bench, rung).and_then(|rung| {
            let mut source = source(bench, path, input, n, "0")?;
            let time = Duration::from_millis(number(millis)?);
            print(profile::run(rung, &mut source.rotation, time, sampler)?);
            Ok(())
        }),
        args if args.contains(&"--bench") => solo::run(bench, &case_name(), effort()),
        args if args.contains(&"--list") => {
            println!("smoke: test");
            Ok(())
        }
        _ => smoke(bench),
    };
    if let Err(refusal) = answer {
        eprintln!("{refusal}");
        print(refusal);
        exit(REFUSED);
    }
}

/// The inputs of one scenario, whether seeded or from a file.
pub(crate) struct Source<I> {
    pub(crate) name: String,
    pub(crate) seed: u64,
    pub(crate) rotation: Rotation<I>,
}

fn source<I, O>(
    bench: &Bench<I, O>,
    path: Option<&Path>,
    input: &str,
    n: &str,
    seed: &str,
) -> Result<Source<I>, Refusal> {
    few_inputs(bench, path, input, n, seed, usize::MAX)
}

fn few_inputs<I, O>(
    bench: &Bench<I, O>,
    path: Option<&Path>,
    input: &str,
    n: &str,
    seed: &str,
    most: usize,
) -> Result<Source<I>, Refusal> {
    let (n, seed): (usize, u64) = (number(n)?, number(seed)?);
    let inputs = if let Some(path) = path {
        let text = read(path)?;
        vec![parse(bench, file::first_lines(&text, n))?]
    } else {
        let distribution = bench.distributions.iter().find(|known| known.name == input);
        distribution.ok_or_else(|| unknown(input, n))?.few_inputs(n, seed, most)
    };
    Ok(Source { name: format!("{input}/{n}"), seed, rotation: Rotation::new(inputs) })
}

fn describe<I, O>(
    bench: &Bench<I, O>,
    path: Option<&Path>,
) -> Result<protocol::Description, Refusal> {
    let mut description = bench.describe();
    if let Some(path) = path {
        let text = read(path)?;
        parse(bench, &text)?;
        description.item = "line".to_owned();
        description.claims.clear();
        description.axes.clear();
        description.tails.clear();
        // The whole was just read.
        let readable = |part: &[u8]| part.len() == text.len() || parse(bench, part).is_ok();
        description.scenarios = file::parts(&text, readable)
            .into_iter()
            .map(|(n, effort)| protocol::Scenario { input: file::FILE.to_owned(), n, effort })
            .collect();
    }
    Ok(description)
}

fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    file::read(path).map_err(bad)
}

fn parse<I, O>(bench: &Bench<I, O>, text: &[u8]) -> Result<I, Refusal> {
    let read = bench.read.ok_or_else(|| Refusal::Usage("this case reads no files".to_owned()))?;
    read(text).map_err(bad)
}

fn bad(BadLine { line, message }: BadLine) -> Refusal {
    Refusal::BadInput { line, message }
}

fn count<I, O>(bench: &Bench<I, O>, rotation: &mut Rotation<I>) -> AllocationCounts {
    let input = &mut rotation.inputs[0];
    let counts = bench
        .rungs
        .iter()
        .map(|rung| rung.unavailable().is_none().then(|| allocations::of(rung, input)));
    counts.collect()
}

fn once<I, O>(
    bench: &Bench<I, O>,
    path: Option<&Path>,
    rung: &str,
    input: &str,
    n: &str,
    times: &str,
    inputs: Option<&str>,
) -> Result<(), Refusal> {
    let most = inputs.map_or(Ok(usize::MAX), number)?;
    let rung = known(bench, rung)?;
    few_inputs(bench, path, input, n, "0", most)?.rotation.time(rung, number(times)?);
    Ok(())
}

fn known<I, O>(bench: &Bench<I, O>, name: &str) -> Result<&'static Rung<I, O>, Refusal> {
    let rung = bench.available().find(|known| known.name == name);
    rung.ok_or_else(|| Refusal::Usage(format!("there is no rung `{name}` on this machine")))
}

/// Every scenario's gate at the smallest size of its distribution, so that `cargo test` keeps
/// benches from rotting.
fn smoke<I, O>(bench: &Bench<I, O>) -> Result<(), Refusal> {
    for distribution in &bench.distributions {
        let Some(&(n, _)) = distribution.sizes.iter().min() else {
            return Err(Refusal::Usage(format!(
                "distribution `{}` has no sizes",
                distribution.name
            )));
        };
        let mut rotation = Rotation::new(vec![(distribution.make)(n, 0)]);
        bench.gate(&format!("{}/{n}", distribution.name), 0, &mut rotation)?;
        duel::round(bench, &mut rotation, 0, &Until::now());
    }
    println!("test smoke ... ok");
    Ok(())
}

fn effort() -> Effort {
    match std::env::var("CASEBOOK_EFFORT").as_deref() {
        Ok("quick") => Effort::Quick,
        Ok("full") => Effort::Full,
        _ => Effort::Standard,
    }
}

/// The binary is named for its case; cargo turns dashes into underscores and adds a hash.
fn case_name() -> String {
    let path = std::env::args().next().unwrap_or_default();
    let name = Path::new(&path).file_stem().map_or("case".into(), |stem| stem.to_string_lossy());
    let case = match name.rsplit_once('-') {
        Some((case, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            case
        }
        _ => &name,
    };
    case.replace('_', "-")
}

/// How long a round waits, and for how quiet a machine.
fn patience(words: &[&str]) -> Result<(Duration, Option<Reading>), Refusal> {
    let (millis, quiet) = match words {
        [] => return Ok((Duration::ZERO, None)),
        [millis] => (millis, None),
        [millis, compute, stream] => {
            (millis, Some(Reading { compute: number(compute)?, stream: number(stream)? }))
        }
        _ => {
            let usage = "to wait takes MILLISECONDS, and perhaps COMPUTE and STREAM";
            return Err(Refusal::Usage(usage.to_owned()));
        }
    };
    Ok((Duration::from_millis(number(millis)?), quiet))
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::Usage(format!("`{text}` is not a number")))
}

fn unknown(input: &str, n: usize) -> Refusal {
    Refusal::Usage(format!("there is no scenario {input}/{n}"))
}

fn print(answer: impl Serialize) {
    println!("{}", serde_json::to_string(&answer).expect("plain data is always JSON"));
}
