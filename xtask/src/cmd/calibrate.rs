//! `cargo xtask calibrate`: how often are verdicts wrong on this machine, now?

mod alone;

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};
use protocol::Effort;

use cases::Workspace;
use judge::rate::{self, LEAST_AGREED, LEAST_FOUND, MOST_FALSE, Rate, Target};
use judge::records::agreement;
use judge::words::format;
use measure::binary::Binary;
use measure::build;
use measure::calibrate::measure::{self as experiments, Plan};
use measure::calibrate::{SLOWDOWN, saved};
use measure::doctor;
use measure::interrupt;
use measure::limits;
use record::{CalibratedKind, Calibration, Record, whole};

use crate::outcome::Outcome;
use crate::table::Side::{Left, Right};
use crate::table::Table;

/// The package and its bench.
const NAME: &str = "calibration";

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// In a minute: fewer experiments, each with the processes of a quick run
    #[arg(long, conflicts_with = "runs")]
    quick: bool,
    /// Measure nothing, but say on how many verdicts two runs of one commit agree
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    runs: Vec<PathBuf>,
    /// Measure each rung of the latest record alone, and say how far its ratios are from the paired
    /// ones
    #[arg(long, conflicts_with_all = ["quick", "runs"])]
    alone: bool,
    /// Only this case (may be repeated)
    #[arg(long, value_name = "CASE", requires = "alone")]
    only: Vec<String>,
}

/// Does what was asked for.
///
/// # Errors
/// If the jobs cannot be built or run, or the records not be compared.
pub fn run(args: &Args) -> Result<Outcome> {
    match args.runs.as_slice() {
        _ if args.alone => alone::run(&args.only),
        [old, new] => runs(old, new),
        _ => experiment(if args.quick { Effort::Quick } else { Effort::Standard }),
    }
}

/// Makes the experiments, prints and saves what became of them. The exit status is 1 if a target is
/// missed beyond chance.
///
/// # Errors
/// If the jobs cannot be built or run.
fn experiment(effort: Effort) -> Result<Outcome> {
    let workspace = Workspace::load()?;
    whole::try_file(&workspace.calibration())?;
    interrupt::listen()?;
    let settings = build::Settings::of(&workspace);
    record::output::err(doctor::short(&doctor::examine(settings.as_ref())));
    let built = build::build_benches(&workspace, &[NAME])?;
    let Some(path) = built.get(NAME).cloned() else {
        bail!("xtask/calibration does not compile; cargo's messages above say why");
    };
    let binary = Binary::new(path);
    let scenarios = experiments::kinds(&binary)?;
    let plan = Plan::of(effort);
    record::errln!(
        "{} experiments with each of {} kinds of job, {} processes each: about {} s. Ctrl-C keeps \
         what is measured.",
        plan.experiments(),
        scenarios.len(),
        plan.processes,
        plan.seconds(&scenarios),
    );
    let started = seconds_since_1970();
    let kinds = experiments::run(&binary, &scenarios, &plan)?;
    let processor = limits::measure(built.get("machine").map(PathBuf::as_path)).processor;
    let agreement = saved::load(&workspace, &processor).and_then(|before| before.agreement);
    let calibration = Calibration {
        started,
        processor,
        effort,
        processes: plan.processes,
        slowdown: SLOWDOWN,
        kinds,
        agreement,
    };
    record::output::out(table(&calibration));
    save(&workspace, &calibration)?;
    Ok(outcome(&rate::targets(&calibration)))
}

/// Counts on how many verdicts two runs agree, without measuring anything. The exit status is 1 if
/// they are too few beyond chance.
///
/// # Errors
/// If a record cannot be read, or the two are not runs of the same thing.
fn runs(old: &Path, new: &Path) -> Result<Outcome> {
    let workspace = Workspace::load()?;
    let (old, new) = (Record::load(old)?, Record::load(new)?);
    let agreement = agreement::of(&old, &new)?;
    let processor = new.machine.processor;
    let mut calibration = saved::load(&workspace, &processor).unwrap_or_else(|| Calibration {
        started: seconds_since_1970(),
        processor,
        effort: new.effort,
        processes: 0,
        slowdown: SLOWDOWN,
        kinds: Vec::new(),
        agreement: None,
    });
    let agreed = rate::agreed(&agreement);
    let target = agreed.at_least(LEAST_AGREED);
    record::outln!(
        "two runs of commit {} agree on {} verdicts of {}: {}; {} contradict each other",
        agreement.commit,
        agreed.hits,
        agreed.of,
        counted(agreed),
        agreement.opposite
    );
    record::outln!("at least {} agree: {}", format::share(LEAST_AGREED), words(target));
    calibration.agreement = Some(agreement);
    save(&workspace, &calibration)?;
    Ok(outcome(&[target]))
}

fn save(workspace: &Workspace, calibration: &Calibration) -> Result<()> {
    let in_record = saved::save(workspace, calibration)?;
    record::outln!("saved: {}", workspace.calibration().display());
    if in_record {
        record::outln!("and in the latest record: `cargo xtask book` shows it");
    }
    if interrupt::came() {
        record::errln!("interrupted: what was complete until then is counted");
    }
    Ok(())
}

/// Whether a target is missed beyond chance.
fn outcome(targets: &[Target]) -> Outcome {
    Outcome::found(targets.contains(&Target::Missed))
}

fn seconds_since_1970() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn table(calibration: &Calibration) -> String {
    let mut table = Table::new([Left, Right, Left, Left, Right, Right]);
    table.row([
        "job",
        "experiments",
        "false verdicts",
        "planted slowdown found",
        "noise hid it",
        "too busy",
    ]);
    let total = calibration.total();
    for kind in calibration.kinds.iter().chain([&total]) {
        let CalibratedKind { name, experiments, hidden, too_busy, .. } = kind;
        let (wrong, found) = (counted(rate::false_verdicts(kind)), counted(rate::found(kind)));
        let [experiments, hidden, too_busy] =
            [experiments, hidden, too_busy].map(|count| count.to_string());
        table.row([name, &experiments, &wrong, &found, &hidden, &too_busy]);
    }
    let [few, enough] = rate::targets(calibration);
    let (most, least) = (format::share(MOST_FALSE), format::share(LEAST_FOUND));
    let slowdown = format::share(calibration.slowdown);
    format!(
        "\n{table}\nfalse verdicts in at most {most}: {}\nslowdown of {slowdown} found in at \
         least {least}: {}\n",
        words(few),
        words(enough)
    )
}

/// "3, 0.6 % [0.1, 1.8]".
fn counted(rate: Rate) -> String {
    if rate.of == 0 {
        return "–".to_owned();
    }
    let (low, high) = rate.interval();
    format!(
        "{}, {:.1} % [{:.1}, {:.1}]",
        rate.hits,
        rate.share() * 100.0,
        low * 100.0,
        high * 100.0
    )
}

fn words(target: Target) -> &'static str {
    match target {
        Target::Held => "held",
        Target::MissedPerhaps => "NOT HELD, but by no more than chance allows",
        Target::Missed => "NOT HELD, beyond chance",
        Target::Unknown => "undecided: the machine was too busy throughout",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_is_missed_beyond_chance_is_told_by_the_status() {
        use Target::{Held, Missed, MissedPerhaps, Unknown};
        assert_eq!(outcome(&[Held, MissedPerhaps, Unknown]), Outcome::Fine);
        assert_eq!(outcome(&[Held, Missed]), Outcome::Found);
    }

    #[test]
    fn the_table_says_what_was_counted_and_what_it_means() {
        let calibration = record::fixture::record().calibration.unwrap();
        let table = table(&calibration);
        for part in ["1, 1.0 % [0.0, 5.4]", "97, 97.0 % [91.5, 99.4]", "at most 1.0 %: held"] {
            assert!(table.contains(part), "{part} is not in\n{table}");
        }
        assert!(table.lines().any(|line| line.starts_with("all ")));
        let none = Calibration { kinds: Vec::new(), ..calibration };
        assert!(super::table(&none).contains("undecided"));
    }
}
