//! `cargo xtask profile`: a picture of where a rung's time goes, or of what it keeps alive.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;
use protocol::{Heap, Scenario};

use cases::names::known;
use cases::rungs::rung_modules;
use cases::{Case, Workspace, text};
use judge::drawing::Drawing;
use judge::words::{format, scenario};
use judge::{headline, stacks};
use labs::form::DIAGNOSIS;
use labs::{Kind, Lab};
use measure::binary::Binary;
use measure::build;
use measure::interrupt;
use measure::profile::{Wanted, perf};
use record::Record;

use crate::drawn::Drawer;
use crate::outcome::Outcome;
use record::whole;

/// Milliseconds of calls that perf samples.
const PERF_MILLIS: u64 = 2_000;
/// A timer that counts processor time ticks less often than asked for, on most kernels.
const TIMER_MILLIS: u64 = 5_000;
/// A function with more than this share makes a flame that says nothing.
const TRIVIAL: f64 = 0.95;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// What to profile: hashing/optimized
    #[arg(value_name = "CASE/RUNG")]
    target: String,
    /// A distribution of inputs; without one, the case's headline
    #[arg(long)]
    input: Option<String>,
    /// The number of items
    #[arg(long)]
    n: Option<usize>,
    /// Profile on this file of yours, if the case can read one
    #[arg(long, conflicts_with = "input")]
    file: Option<PathBuf>,
    /// Draw the bytes alive during one call instead
    #[arg(long, conflicts_with = "sampler")]
    heap: bool,
    /// Who samples; without a name, perf if it may be used
    #[arg(long, value_enum)]
    sampler: Option<Sampler>,
    /// Write here instead of to target/casebook/profiles
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Who looks at the stacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sampler {
    /// The kernel, by `perf record`
    Perf,
    /// The process itself, at the ticks of a timer
    Timer,
}

/// What was seen of a rung's stacks, and how.
struct Samples {
    /// "perf (cpu-clock)".
    sampler: String,
    /// Samples asked for in a second of processor time.
    hertz: u32,
    /// Samples for which there was no room.
    lost: u64,
    /// All of them, those outside the rung included.
    stacks: Vec<protocol::Stack>,
}

/// What is profiled.
struct Subject<'a> {
    binary: Binary,
    case: &'a Case,
    rung: &'a str,
    scenario: Scenario,
    /// "hashing/optimized at 250,000 words, prose".
    title: String,
}

/// Profiles one rung and writes an SVG.
///
/// # Errors
/// If there is no such case, rung or input; if it does not build; if nothing can be sampled here.
pub fn run(args: &Args) -> Result<Outcome> {
    let workspace = Workspace::load()?;
    let (case, rung) = target(&workspace, &args.target)?;
    interrupt::listen()?;
    let default = workspace.scratch().join("profiles").join(if args.heap {
        format!("{}-{rung}-heap.svg", case.name)
    } else {
        format!("{}-{rung}.svg", case.name)
    });
    let output = args.output.clone().unwrap_or(default);
    whole::try_file(&output)?;
    let answer = if args.heap {
        draw_heap(&workspace, &case, rung, args, &output)
    } else {
        draw_flame(&workspace, &case, rung, args, &output)
    };
    if interrupt::came() {
        record::errln!("interrupted: nothing was written");
        return Ok(Outcome::Interrupted);
    }
    answer.map(|()| Outcome::Fine)
}

/// "CASE/RUNG", held against what there is before anything is built. Labs that are no cases have
/// rungs as those have.
fn target<'a>(workspace: &Workspace, text: &'a str) -> Result<(Case, &'a str)> {
    let (name, rung) = text.split_once('/').unwrap_or((text, ""));
    let labs = Lab::find(workspace)?.into_iter().filter(|lab| lab.kind == Kind::Diagnosis);
    let all: Vec<Case> =
        workspace.cases.iter().cloned().chain(labs.map(|lab| lab.case())).collect();
    known("case", name, all.iter().map(|case| case.name.as_str()))
        .map_err(|error| anyhow!("{error} (`cargo xtask list` shows all)"))?;
    let case = all.into_iter().find(|case| case.name == name).context("it was there just now")?;
    let lib = text::read(&case.source("lib"))
        .with_context(|| format!("cannot read the rungs of `{name}`"))?;
    let rungs = rung_modules(&lib);
    if rung.is_empty() {
        bail!("which rung of `{name}`? There are: {}", rungs.join(", "));
    }
    known("rung", rung, rungs.iter().map(String::as_str))?;
    Ok((case, rung))
}

fn draw_heap(
    workspace: &Workspace,
    case: &Case,
    rung: &str,
    args: &Args,
    output: &Path,
) -> Result<()> {
    let drawer = Drawer::build(workspace)?;
    let built = build::build(workspace, &[case])?;
    let subject = subject(workspace, built.get(&case.name), case, rung, args)?;
    let heap = subject
        .binary
        .heap(rung, &subject.scenario)
        .map_err(|failure| anyhow!("{}: {failure}", case.name))?;
    record::outln!("{}\n\n{}", subject.title, table(&heap));
    let title = format!("Heap of {}", subject.title);
    let svg = drawer.draw(&Drawing::Heap { heap, title })?;
    if svg.is_empty() {
        record::outln!("no file: once settled, a call asks nothing of the allocator");
    } else {
        save(&svg, output)?;
        record::outln!("file: {}", output.display());
    }
    Ok(())
}

fn draw_flame(
    workspace: &Workspace,
    case: &Case,
    rung: &str,
    args: &Args,
    output: &Path,
) -> Result<()> {
    let sampler = choose(args.sampler)?;
    let drawer = Drawer::build(workspace)?;
    let built = build::build_profiling(workspace, case, sampler == Sampler::Timer)?;
    let subject = subject(workspace, built.as_ref(), case, rung, args)?;
    record::errln!("sampling {}", subject.title);
    let samples = match sampler {
        Sampler::Perf => by_perf(&subject)?,
        Sampler::Timer => by_timer(&subject)?,
    };
    let cut = stacks::cut(&samples.stacks);
    let how = format!(
        "{} samples by {} at {} Hz of processor time, {} lost",
        format::count(cut.inside as usize),
        samples.sampler,
        samples.hertz,
        samples.lost
    );
    let report = report(&subject, &samples, &cut);
    let svg = drawer.draw(&Drawing::Flame { cut, title: subject.title, how })?;
    save(&svg, output)?;
    record::outln!("{report}file:    {}", output.display());
    Ok(())
}

/// What the samples say, in lines.
fn report(subject: &Subject, samples: &Samples, cut: &stacks::Cut) -> String {
    let mut text = format!(
        "{}\nsampler: {}, {} Hz of processor time\nsamples: {} in the rung; {} elsewhere (making \
         the input) left out; {} lost\n",
        subject.title,
        samples.sampler,
        samples.hertz,
        format::count(cut.inside as usize),
        format::count(cut.outside as usize),
        samples.lost
    );
    if let Some((function, share)) = &cut.hottest {
        let _ =
            writeln!(text, "hottest: {function}, {} of the rung's samples", format::share(*share));
        if *share > TRIVIAL {
            let name = &subject.case.name;
            let more = if subject.case.part == DIAGNOSIS {
                format!("what `cargo xtask lab why {name}` counts in it")
            } else {
                format!("its machine code on the case's page (docs/book/{name}.html)")
            };
            let _ = writeln!(
                text,
                "         One function takes nearly all: {more} says more than this graph.",
            );
        }
    }
    text
}

/// The figures of one call, a line each.
fn table(heap: &Heap) -> String {
    let lines = [
        ("allocations", format::count(heap.allocations as usize)),
        ("reallocations", format::count(heap.reallocations as usize)),
        ("bytes asked for", format::bytes(heap.bytes as f64)),
        ("peak", format::signed_bytes(heap.peak as f64)),
        ("alive when it returned", format::signed_bytes(heap.returned as f64)),
        ("alive at the end", format::signed_bytes(heap.end as f64)),
    ];
    lines.map(|(what, figure)| format!("{what:<24}{figure:>12}\n")).concat()
}

/// perf where it may be used, unless somebody wants something else.
fn choose(wanted: Option<Sampler>) -> Result<Sampler> {
    let refusal = if wanted == Some(Sampler::Timer) { None } else { perf::refusal() };
    match (wanted, refusal) {
        (Some(Sampler::Perf), Some(why)) => bail!("unavailable: {why}; or use `--sampler timer`"),
        (Some(Sampler::Timer), _) | (None, Some(_)) if !cfg!(unix) => bail!(
            "unavailable: this system has neither perf nor a timer that signals; build with \
             `cargo build --profile profiling --bench CASE` and use its own profiler"
        ),
        (None, Some(why)) => {
            record::errln!("{why}: the process samples itself instead");
            Ok(Sampler::Timer)
        }
        (Some(sampler), _) => Ok(sampler),
        (None, None) => Ok(Sampler::Perf),
    }
}

fn by_perf(subject: &Subject) -> Result<Samples> {
    let text = perf::sample(&subject.binary, subject.rung, &subject.scenario, PERF_MILLIS)?;
    let diagnose::Profile { stacks, lost, .. } = diagnose::read::perf::read(&text)?;
    Ok(Samples { sampler: perf::NAME.to_owned(), hertz: perf::HERTZ, lost, stacks })
}

fn by_timer(subject: &Subject) -> Result<Samples> {
    let sampled = subject
        .binary
        .sample(subject.rung, &subject.scenario, TIMER_MILLIS)
        .map_err(|failure| anyhow!("{}: {failure}", subject.case.name))?;
    let sampled = sampled.context("the binary did not sample itself")?;
    Ok(Samples {
        sampler: "a timer signal (ITIMER_PROF)".to_owned(),
        hertz: sampled.hertz,
        lost: sampled.lost,
        stacks: sampled.stacks,
    })
}

fn subject<'a>(
    workspace: &Workspace,
    built: Option<&PathBuf>,
    case: &'a Case,
    rung: &'a str,
    args: &Args,
) -> Result<Subject<'a>> {
    let path = built.with_context(|| format!("`{}` does not compile", case.name))?.clone();
    let file = args.file.as_ref().map(|file| {
        file.canonicalize().with_context(|| format!("there is no file {}", file.display()))
    });
    let binary = Binary { file: file.transpose()?, ..Binary::new(path) };
    let description = binary.describe().map_err(|failure| anyhow!("{}: {failure}", case.name))?;
    let wanted = Wanted { rung, input: args.input.as_deref(), n: args.n };
    let headline = if args.file.is_some() { None } else { headline(workspace, case) };
    let scenario = wanted.scenario(&description, headline.as_ref())?;
    let size = scenario::described(&description, &scenario);
    let title = format!("{}/{rung} at {size}, {}", case.name, scenario.input);
    Ok(Subject { binary, case, rung, scenario, title })
}

/// The scenario that stands for the case in the book.
fn headline(workspace: &Workspace, case: &Case) -> Option<Scenario> {
    let record = Record::load(&workspace.best_record()?).ok()?;
    Some(headline::of(record.cases.get(&case.name)?)?.scenario.clone())
}

fn save(svg: &str, path: &Path) -> Result<()> {
    if interrupt::came() {
        bail!("interrupted");
    }
    whole::replace(path, |file| file.write_all(svg.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_known_before_anything_is_built() {
        let workspace = Workspace::load().unwrap();
        let (case, rung) = target(&workspace, "hashing/optimized").unwrap();
        assert_eq!((case.name.as_str(), rung), ("hashing", "optimized"));
        let (lab, rung) = target(&workspace, "slow-report/naive").unwrap();
        assert_eq!((lab.name.as_str(), rung), ("slow-report", "naive"));
        let trouble = |text| format!("{:#}", target(&workspace, text).err().unwrap());
        assert!(trouble("hash/naive").contains("did you mean `hashing`"));
        assert!(trouble("hashing/naiv").contains("did you mean `naive`"));
        assert!(trouble("hashing").contains("There are: naive, "), "{}", trouble("hashing"));
    }

    #[test]
    fn the_table_says_what_is_given_back_too_much() {
        let heap = Heap { allocations: 1234, end: -512, ..Heap::default() };
        let table = table(&heap);
        assert!(table.contains("1,234") && table.contains("−512 B"), "{table}");
        assert!(table.contains("0 B"));
    }
}
