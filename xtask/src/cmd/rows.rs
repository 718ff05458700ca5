//! `cargo xtask rows`: the rungs of billion-rows as whole programs, side by side with others that
//! do the same job.

use std::path::PathBuf;

use anyhow::{Result, bail};
use cases::Workspace;
use judge::programs::{Standing, standings};
use judge::stats::Verdict;
use judge::words::format;
use measure::interrupt;
use measure::programs::{self, Budget, Measured, Program};
use measure::rows;
use protocol::Effort;

use crate::effort::EffortArgs;
use crate::outcome::Outcome;
use crate::table::Side::{Left, Right};
use crate::table::Table;

/// What `--help` says beside the flags.
pub const HELP: &str = "\
A million rows with --quick, ten million without a flag, a hundred million with --full, which take
1.4 GB below the target folder until `cargo xtask clean`. Every program reads them from the system's
cache of files, starts anew, and must print what naive prints. polars, duckdb and awk take part if
they are there; the python3 on the path is asked. With --input, the challenge's own file or any
other of its form.";

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    effort: EffortArgs,
    /// A file of names and degrees instead of rows that are made up
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

/// Builds, measures and prints.
///
/// # Errors
/// If the program cannot be built, there is no room for its rows, or naive does not run on them.
pub fn run(args: &Args) -> Result<Outcome> {
    let (rows, budget, slow) = match args.effort.effort() {
        Effort::Quick => (1_000_000, Budget { rounds: 8, least: 6, seconds: 60.0 }, true),
        Effort::Standard => (10_000_000, Budget { rounds: 16, least: 6, seconds: 240.0 }, true),
        Effort::Full => (100_000_000, Budget { rounds: 16, least: 6, seconds: 1_200.0 }, false),
    };
    let workspace = Workspace::load()?;
    interrupt::listen()?;
    let binary = rows::binary(&workspace)?;
    let file = match &args.input {
        Some(path) if !path.is_file() => bail!("there is no file {}", path.display()),
        Some(path) => std::path::absolute(path)?,
        None => rows::input(&workspace, &binary, rows)?,
    };
    let contest = rows::contest(&workspace, &binary, &file, slow)?;
    let folder = rows::folder(&workspace).join("runs");
    let measured = programs::run(&contest.programs, budget, &folder)?;
    if interrupt::came() {
        record::errln!("interrupted: the same command goes on with what is measured");
        return Ok(Outcome::Interrupted);
    }
    let count = args.input.is_none().then_some(rows as f64);
    record::output::out(table(&contest.programs, &measured, count));
    for (name, why) in contest.missing {
        record::outln!("{name}: unavailable: {why}");
    }
    Ok(Outcome::Fine)
}

/// A row for each program; times are for each of `rows`, if it is known how many there are.
fn table(programs: &[Program], measured: &Measured, rows: Option<f64>) -> String {
    let mut table = Table::new([Left, Right, Right, Right, Right, Right, Left]);
    let time = if rows.is_some() { "time/row" } else { "time" };
    table.row(["program", time, "processor", "start", "memory", "speed", ""]);
    let mut notes = String::new();
    for ((program, standing), refused) in
        programs.iter().zip(standings(&measured.rounds)).zip(&measured.refused)
    {
        match (standing, refused) {
            (Some(standing), None) => {
                let row = row(&program.name, standing, rows.unwrap_or(1.0));
                table.row(row.each_ref().map(String::as_str));
            }
            (_, Some(why)) => notes += &format!("{}: REFUSED: {why}\n", program.name),
            (None, None) => notes += &format!("{}: no quiet round\n", program.name),
        }
    }
    format!("{table}{notes}")
}

fn row(name: &str, standing: Standing, rows: f64) -> [String; 7] {
    let known = |value: Option<f64>, text: fn(f64) -> String| value.map_or("–".into(), text);
    let [mid, low, high] = format::interval(standing.ratio, &[1.0]);
    let verdict = match standing.verdict {
        Verdict::CannotTell => "",
        verdict => format::word(verdict),
    };
    [
        name.to_owned(),
        format::time(standing.wall / rows),
        known(standing.cpu.map(|cpu| cpu / rows), format::time),
        known(standing.start_up, format::time),
        known(standing.peak, format::bytes),
        format!("{mid}× [{low}, {high}]"),
        verdict.to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use measure::programs::Job;
    use record::{ProgramRound, ProgramRun};

    #[test]
    fn programs_are_shown_by_row_and_one_that_is_refused_with_why() {
        let program = |name: &str| Program {
            name: name.to_owned(),
            path: "/bin/true".into(),
            env: Vec::new(),
            job: Job::default(),
            empty: None,
        };
        let run = |wall: u64| {
            Some(ProgramRun { wall, cpu: Some(2 * wall), sentinel: 1, ..ProgramRun::default() })
        };
        let round = |at: u64| ProgramRound {
            runs: vec![run(800_000 + at), run(80_000 + at), None, run(800_000)],
        };
        let refused = vec![None, None, Some("it prints something else".to_owned())];
        let measured = Measured { rounds: (0..8).map(round).collect(), refused };
        let programs = ["naive", "cursors", "polars"].map(program);
        let table = table(&programs, &measured, Some(10_000.0));
        for part in ["time/row", "   8 ns", "  16 ns", "faster", "polars: REFUSED: it prints"] {
            assert!(table.contains(part), "{part} is not in\n{table}");
        }
    }
}
