//! `cargo xtask`: measure every case, make the book, keep the house in order.

mod across;
mod binary;
mod calibrate;
mod cmd;
mod compare;
mod criterion;
mod doctor;
mod evidence;
mod export;
mod file_limit;
mod headline;
mod interrupt;
mod journal;
mod links;
mod machine;
mod merge;
mod names;
mod output;
mod page;
mod pairs;
mod plot;
mod profile;
mod progress;
mod record;
mod render;
mod revision;
mod samples;
mod schedule;
mod shard;
mod stats;
mod summary;
mod tails;
mod tidy;
mod user_file;
mod versus;
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
        /// Only the K-th of N parts, so that N machines share the work
        #[arg(long, value_name = "K/N")]
        shard: Option<shard::Shard>,
        /// Go on with the run that was cut short
        #[arg(long)]
        resume: bool,
    },
    /// Make the book from a record; without one, from the latest run or the committed reference
    Book {
        /// Records written by `bench-all`; the first is the book's, the others stand beside it
        #[arg(value_name = "RECORD")]
        records: Vec<PathBuf>,
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
    /// Say what got faster or slower between two records, or since another revision; status 1 if
    /// something regressed
    #[command(after_help = cmd::compare::HELP)]
    Compare {
        /// A record of the run before
        #[arg(required_unless_present = "base")]
        old: Option<PathBuf>,
        /// A record of the run after
        #[arg(required_unless_present = "base")]
        new: Option<PathBuf>,
        /// Build this git revision too, and measure it against the tree as it is, interleaved
        #[arg(long, value_name = "REV", conflicts_with_all = ["old", "new"])]
        base: Option<String>,
        /// Only this case (may be repeated)
        #[arg(long, value_name = "CASE", requires = "base")]
        only: Vec<String>,
        /// The scenarios of a quick run, in few processes
        #[arg(long, requires = "base", conflicts_with = "full")]
        quick: bool,
        /// Every scenario, in many processes
        #[arg(long, requires = "base")]
        full: bool,
        /// Show what did not change too
        #[arg(long)]
        all: bool,
    },
    /// Draw where the time of a rung goes, or what it keeps alive
    Profile(cmd::profile::Args),
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
    /// Put the records of several shards together
    Merge {
        /// Records of the same commit, toolchain and effort
        #[arg(required = true, value_name = "RECORD")]
        records: Vec<PathBuf>,
        /// Write here instead of to the latest run's record
        #[arg(short, long, value_name = "PATH")]
        output: Option<PathBuf>,
        /// One record for each kind of machine, into the folder named with -o
        #[arg(long)]
        by_machine: bool,
    },
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
        Command::BenchAll { quick, full, only, input, shard, resume } => {
            let effort = effort(quick, full);
            let options = cmd::bench_all::Options { effort, only, shard, input, resume };
            cmd::bench_all::run(&options)
        }
        Command::Book { records } => cmd::book::run(&records),
        Command::Export { record, format, output } => {
            cmd::export::run(record.as_deref(), format, output.as_deref())
        }
        Command::Schema => cmd::schema::run(),
        Command::Compare { base: Some(base), only, quick, full, all, .. } => {
            cmd::compare::run_base(&base, &only, effort(quick, full), all)
        }
        Command::Compare { old, new, all, .. } => cmd::compare::run(
            &old.unwrap_or_default(), // clap has seen to it that both are there
            &new.unwrap_or_default(),
            all,
        ),
        Command::Profile(args) => cmd::profile::run(&args),
        Command::Calibrate { quick, runs } => match runs.as_slice() {
            [old, new] => cmd::calibrate::runs(old, new),
            _ => cmd::calibrate::run(effort(quick, false)),
        },
        Command::List => cmd::list::run(),
        Command::Machine => cmd::machine::run(),
        Command::Merge { records, output, by_machine } => {
            cmd::merge::run(&records, output.as_deref(), by_machine)
        }
        Command::Check => cmd::check::run(),
        Command::Doctor => cmd::doctor::run(),
        Command::NewCase { name } => cmd::new_case::run(&name),
    };
    answer.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn effort(quick: bool, full: bool) -> Effort {
    match (quick, full) {
        (true, _) => Effort::Quick,
        (_, true) => Effort::Full,
        _ => Effort::Standard,
    }
}
