//! `cargo xtask rows`: the rungs of billion-rows as whole programs, side by side with others that
//! do the same job.

use std::path::PathBuf;

use anyhow::{Result, bail};
use cases::Workspace;
use judge::programs::Standing;
use judge::rows::RowsSummary;
use judge::stats::Verdict;
use judge::words::{self, format};
use measure::interrupt;
use measure::programs::{self, Budget};
use measure::rows;
use protocol::Effort;
use record::{Rows, RowsOutcome, whole};

use crate::effort::EffortArgs;
use crate::outcome::Outcome;
use crate::table::Side::{Left, Right};
use crate::table::Table;

/// What `--help` says beside the flags.
pub const HELP: &str = "\
A million rows with --quick, ten million without a flag, a hundred million with --full, which take
1.4 GB below the target folder until `cargo xtask clean`. Every program reads them from the system's
cache of files, starts anew, and must print what naive prints. A run during which others take more
than a twentieth of a core is repeated while there is time, and else does not count. polars, duckdb
and awk take part if they are there; the python3 on the path is asked. What came of it is kept, and
the book shows it with the chapter. With --input, the challenge's own file or any other of its form;
that is kept beside, and not shown.";

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    effort: EffortArgs,
    /// A file of names and degrees instead of rows that are made up
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

/// Builds, measures, prints and saves.
///
/// # Errors
/// If the program cannot be built, there is no room for its rows, naive does not run on them, or
/// the record cannot be written.
pub fn run(args: &Args) -> Result<Outcome> {
    let (rows, budget, slow) = match args.effort.effort() {
        Effort::Quick => (1_000_000, Budget { rounds: 8, least: 6, seconds: 60.0 }, true),
        Effort::Standard => (10_000_000, Budget { rounds: 16, least: 6, seconds: 240.0 }, true),
        Effort::Full => (100_000_000, Budget { rounds: 16, least: 6, seconds: 480.0 }, false),
    };
    let workspace = Workspace::load()?;
    let path = match args.input {
        Some(_) => workspace.scratch().join("rows-own.json"),
        None => workspace.latest_rows(),
    };
    whole::try_file(&path)?;
    interrupt::listen()?;
    let binary = rows::binary(&workspace)?;
    let file = match &args.input {
        Some(path) if !path.is_file() => bail!("there is no file {}", path.display()),
        Some(path) => std::path::absolute(path)?,
        None => rows::input(&workspace, &binary, rows)?,
    };
    let begun = rows::begun(&workspace, args.input.is_none().then_some(rows), &file)?;
    let contest = rows::contest(&workspace, &binary, &file, slow)?;
    let folder = rows::folder(&workspace).join("runs");
    let measured = programs::run(&contest.programs, budget, &folder)?;
    if interrupt::came() {
        record::errln!("interrupted: the same command goes on with what is measured");
        return Ok(Outcome::Interrupted);
    }
    let rows = contest.record(begun, measured);
    record::output::out(table(&rows));
    rows.save(&path)?;
    record::outln!("saved: {}", path.display());
    if args.input.is_none() {
        record::outln!("`cargo xtask book` shows it");
    }
    Ok(Outcome::Fine)
}

/// A row for each program; times are for each of the rows, if it is known how many there are.
fn table(rows: &Rows) -> String {
    let summary = RowsSummary::of(rows);
    let mut table = Table::new([Left, Right, Right, Right, Right, Right, Left]);
    let time = if rows.rows.is_some() { "time/row" } else { "time" };
    table.row(["program", time, "processor", "start", "memory", "speed", ""]);
    let mut notes = String::new();
    for (program, standing) in summary.programs() {
        let name = &program.name;
        match (&program.outcome, standing) {
            (RowsOutcome::Ran, Some(standing)) => {
                let row = row(name, standing, rows.rows.unwrap_or(1) as f64);
                table.row(row.each_ref().map(String::as_str));
            }
            (RowsOutcome::Ran, None) => notes += &format!("{name}: no quiet round\n"),
            (RowsOutcome::Refused(why), _) => notes += &format!("{name}: REFUSED: {why}\n"),
            (RowsOutcome::Unavailable(why), _) => {
                notes += &format!("{name}: unavailable: {why}\n");
            }
        }
    }
    if let Some(said) = words::programs::disturbance(&summary.disturbance) {
        notes += &format!("{said}\n");
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
    use record::fixture::rows;

    #[test]
    fn programs_are_shown_by_row_and_one_that_did_not_run_with_why() {
        let mut rows = rows();
        let shown = super::table(&rows);
        for part in [
            "time/row",
            "  20 ns",
            "  40 ns",
            "faster",
            "awk: REFUSED: it prints",
            "duckdb: unavailable: `pip install duckdb`",
        ] {
            assert!(shown.contains(part), "{part} is not in\n{shown}");
        }
        assert!(!shown.contains("others took"), "{shown}");
        // A file of one's own, and all the time somebody else at work.
        rows.rows = None;
        let runs = rows.rounds.iter_mut().flat_map(|round| &mut round.runs).flatten();
        runs.for_each(|run| run.others = Some(run.wall));
        let shown = super::table(&rows);
        assert!(!shown.contains("time/row"), "{shown}");
        assert!(
            shown.contains("naive: no quiet round") && shown.contains("others took"),
            "{shown}"
        );
    }
}
