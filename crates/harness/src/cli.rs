//! The command line of a bench binary: what cargo passes, and the modes that xtask asks for.

use std::path::Path;
use std::process::exit;
use std::time::{Duration, Instant};

use protocol::{AllocationCounts, Effort, REFUSED, Refusal};
use serde::Serialize;

use crate::bench::Bench;
use crate::file::{self, BadLine};
use crate::rung::Rung;
use crate::stopwatch::Rotation;
use crate::{allocations, duel, hot, solo};

/// Runs whatever the arguments ask for and exits.
///
/// - `describe` prints the case,
/// - `duel INPUT N SEED MILLISECONDS` one paired round,
/// - `allocations INPUT N` what each rung asks of the allocator,
/// - `once RUNG INPUT N TIMES` calls one rung and prints nothing: for simulators and profilers,
/// - `hot RUNG INPUT N MILLISECONDS` where in the program a rung spends its time,
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
        ["duel", input, n, seed, millis] => {
            source(bench, path, input, n, seed).and_then(|mut source| {
                let deadline = start + Duration::from_millis(number(millis)?);
                bench.gate(&source.name, source.seed, &mut source.rotation)?;
                print(duel::round(
                    bench.rungs,
                    &mut source.rotation,
                    bench.limit.as_ref(),
                    source.seed,
                    deadline,
                ));
                Ok(())
            })
        }
        ["allocations", input, n] => source(bench, path, input, n, "0")
            .map(|mut source| print(count(bench, &mut source.rotation))),
        ["once", rung, input, n, times] => once(bench, path, rung, input, n, times),
        ["hot", rung, input, n, millis] => hot(bench, path, rung, input, n, millis),
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
struct Source<I> {
    name: String,
    seed: u64,
    rotation: Rotation<I>,
}

fn source<I, O>(
    bench: &Bench<I, O>,
    path: Option<&Path>,
    input: &str,
    n: &str,
    seed: &str,
) -> Result<Source<I>, Refusal> {
    let (n, seed): (usize, u64) = (number(n)?, number(seed)?);
    let inputs = if let Some(path) = path {
        let text = read(path)?;
        let prefix = file::prefixes(&text).into_iter().find(|prefix| file::lines(prefix) == n);
        vec![parse(bench, prefix.ok_or_else(|| unknown(input, n))?)?]
    } else {
        let distribution = bench.distributions.iter().find(|known| known.name == input);
        distribution.ok_or_else(|| unknown(input, n))?.inputs(n, seed)
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
        // A cut may fall into a record of several lines, and what is left then has no meaning.
        let whole = |prefix: &&[u8]| parse(bench, prefix).is_ok();
        description.scenarios = file::prefixes(&text)
            .into_iter()
            .filter(whole)
            .map(|prefix| protocol::Scenario {
                input: file::FILE.to_owned(),
                n: file::lines(prefix),
                effort: Effort::Quick,
            })
            .collect();
    }
    Ok(description)
}

fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    let refuse = |message: String| Refusal::BadInput { line: 0, message };
    let text =
        std::fs::read(path).map_err(|error| refuse(format!("cannot read the file: {error}")))?;
    if text.is_empty() {
        return Err(refuse("the file is empty".to_owned()));
    }
    Ok(text)
}

fn parse<I, O>(bench: &Bench<I, O>, text: &[u8]) -> Result<I, Refusal> {
    let read = bench.read.ok_or_else(|| Refusal::Usage("this case reads no files".to_owned()))?;
    read(text).map_err(|BadLine { line, message }| Refusal::BadInput { line, message })
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
) -> Result<(), Refusal> {
    let rung = available(bench, rung)?;
    source(bench, path, input, n, "0")?.rotation.time(rung, number(times)?);
    Ok(())
}

fn hot<I, O>(
    bench: &Bench<I, O>,
    path: Option<&Path>,
    rung: &str,
    input: &str,
    n: &str,
    millis: &str,
) -> Result<(), Refusal> {
    let rung = available(bench, rung)?;
    let mut source = source(bench, path, input, n, "0")?;
    print(hot::sample(rung, &mut source.rotation.inputs, number(millis)?));
    Ok(())
}

fn available<I, O>(bench: &Bench<I, O>, rung: &str) -> Result<&'static Rung<I, O>, Refusal> {
    bench
        .available()
        .find(|known| known.name == rung)
        .ok_or_else(|| Refusal::Usage(format!("there is no rung `{rung}` on this machine")))
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
        duel::round(bench.rungs, &mut rotation, bench.limit.as_ref(), 0, Instant::now());
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

fn number<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::Usage(format!("`{text}` is not a number")))
}

fn unknown(input: &str, n: usize) -> Refusal {
    Refusal::Usage(format!("there is no scenario {input}/{n}"))
}

fn print(answer: impl Serialize) {
    println!("{}", serde_json::to_string(&answer).expect("plain data is always JSON"));
}
