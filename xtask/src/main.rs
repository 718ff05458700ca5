//! `cargo xtask`: measure every case, make the book, keep the house in order.

mod binary;
mod calibrate;
mod cmd;
mod compare;
mod criterion;
mod doctor;
mod evidence;
mod export;
mod links;
mod machine;
mod output;
mod page;
mod plot;
mod record;
mod render;
mod samples;
mod schedule;
mod stats;
mod summary;
mod tidy;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use protocol::Effort;

/// Measures Rust optimization case studies on this machine and makes a book of the results.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prove that all rungs agree, measure them, write the record and the book
    BenchAll {
        /// A usable ratio for every case, in a few seconds each
        #[arg(long, conflicts_with = "full")]
        quick: bool,
        /// Every scenario, for as long as it takes
        #[arg(long)]
        full: bool,
        /// Only this case (may be repeated)
        #[arg(long, value_name = "CASE")]
        only: Vec<String>,
        /// Measure on this file of yours, in the cases that can read one
        #[arg(long, value_name = "FILE")]
        input: Option<PathBuf>,
    },
    /// Make the book from a record; without one, from the latest run or the committed reference
    Book {
        /// A record written by `bench-all`
        record: Option<PathBuf>,
    },
    /// Write a record's figures for other tools
    Export {
        /// A record written by `bench-all`; without one, the latest run or the committed reference
        record: Option<PathBuf>,
        /// What the other tool reads
        #[arg(long, value_enum)]
        format: export::Format,
        /// Write here instead of to standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Print the JSON Schema of records
    Schema,
    /// Say what got faster or slower between two records; status 1 if something regressed
    Compare {
        /// A record of the run before
        old: PathBuf,
        /// A record of the run after
        new: PathBuf,
        /// Show what did not change too
        #[arg(long)]
        all: bool,
    },
    /// Say how often verdicts are wrong on this machine, now; status 1 if too often
    Calibrate {
        /// In a minute: fewer experiments, each with the processes of a quick run
        #[arg(long, conflicts_with = "runs")]
        quick: bool,
        /// Measure nothing, but say on how many verdicts two runs of one commit agree
        #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
        runs: Vec<PathBuf>,
    },
    /// List the cases
    List,
    /// Print what this machine can do at best, and what things cost on it
    Machine,
    /// Run everything that CI checks
    Check,
    /// Say what on this machine disturbs measurements, and what mends it
    Doctor,
    /// Make a new case that compiles, passes and appears in the book
    NewCase {
        /// Its name: lower-case words joined by dashes
        name: String,
    },
}

fn main() -> ExitCode {
    let answer = match Args::parse().command {
        Command::BenchAll { quick, full, only, input } => {
            let effort = match (quick, full) {
                (true, _) => Effort::Quick,
                (_, true) => Effort::Full,
                _ => Effort::Standard,
            };
            cmd::bench_all::run(effort, &only, input.as_deref())
        }
        Command::Book { record } => cmd::book::run(record.as_deref()),
        Command::Export { record, format, output } => {
            cmd::export::run(record.as_deref(), format, output.as_deref())
        }
        Command::Schema => cmd::schema::run(),
        Command::Compare { old, new, all } => cmd::compare::run(&old, &new, all),
        Command::Calibrate { quick, runs } => match runs.as_slice() {
            [old, new] => cmd::calibrate::runs(old, new),
            _ => cmd::calibrate::run(if quick { Effort::Quick } else { Effort::Standard }),
        },
        Command::List => cmd::list::run(),
        Command::Machine => cmd::machine::run(),
        Command::Check => cmd::check::run(),
        Command::Doctor => cmd::doctor::run(),
        Command::NewCase { name } => cmd::new_case::run(&name),
    };
    answer.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
