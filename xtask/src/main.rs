//! `cargo xtask`: measure every case, make the book, keep the house in order.
//!
//! The command line alone: [`cmd`] has a file for each command, with its flags; [`outcome`] says
//! with which status one ends; [`drawn`] has the book's program built and run; [`table`] aligns
//! what commands print; [`tidy`] holds written rules that a program can check, [`statements`] what
//! chapters say against what was measured. What is measured is in the crate `measure`, what it
//! means in `judge`.

#![forbid(unsafe_code)]
#![warn(clippy::print_stdout, clippy::print_stderr)] // `record::output` prints

mod cmd;
mod drawn;
mod effort;
mod outcome;
mod paths;
mod source;
mod statements;
mod table;
mod tidy;
#[cfg(test)]
mod walls;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

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
    BenchAll(cmd::bench_all::Args),
    /// Build a program in many ways, the book's or your own, and say what each gains and costs
    #[command(after_help = cmd::builds::HELP)]
    Builds(cmd::builds::Args),
    /// Make the book from a record; without one, from the latest run or the committed reference
    Book(cmd::book::Args),
    /// Write a record's figures for other tools
    Export(cmd::export::Args),
    /// Print the JSON Schema of records
    Schema,
    /// Say what got faster or slower between two records, or since another revision; status 1 if
    /// something regressed
    #[command(after_help = cmd::compare::HELP)]
    Compare(cmd::compare::Args),
    /// Draw where the time of a rung goes, or what it keeps alive
    Profile(cmd::profile::Args),
    /// Say which case may help a program of yours, by its stacks
    #[command(after_help = cmd::diagnose::HELP)]
    Diagnose(cmd::diagnose::Args),
    /// Say how often verdicts are wrong on this machine, now; status 1 if too often
    Calibrate(cmd::calibrate::Args),
    /// Do a job of the book yourself, graded on this machine
    Lab(cmd::lab::Args),
    /// List the cases
    List,
    /// Print what this machine can do at best, and what things cost on it
    Machine,
    /// Put the records of several shards together
    Merge(cmd::merge::Args),
    /// Say whether a wrong rung would be caught, by cargo-mutants; status 1 if too few are
    Mutants(cmd::mutants::Args),
    /// Run everything that CI checks
    Check(cmd::check::Args),
    /// Remove what runs left below the target folder, all but the latest records
    Clean(cmd::clean::Args),
    /// Say what on this machine disturbs measurements, and what mends it
    Doctor(cmd::doctor::Args),
    /// Say whether records bear out what chapters say; status 1 if not all of it
    #[command(after_help = cmd::statements::HELP)]
    Statements(cmd::statements::Args),
    /// Make the slides of a course
    Slides(cmd::slides::Args),
    /// Make an exam and its key of a record
    Exam(cmd::exam::Args),
    /// Run the rungs of billion-rows as whole programs, on ten million rows or on a file of yours
    #[command(after_help = cmd::rows::HELP)]
    Rows(cmd::rows::Args),
    /// Make a new case that compiles, passes and appears in the book
    NewCase(cmd::new_case::Args),
}

fn main() -> ExitCode {
    measure::file_limit::turn_into_error();
    table::fit_terminal();
    let args = Args::from_arg_matches(&command().get_matches());
    let ended = match args.unwrap_or_else(|error| error.exit()).command {
        Command::BenchAll(args) => cmd::bench_all::run(&args),
        Command::Builds(args) => cmd::builds::run(&args),
        Command::Book(args) => cmd::book::run(&args),
        Command::Export(args) => cmd::export::run(&args),
        Command::Schema => cmd::schema::run(),
        Command::Compare(args) => cmd::compare::run(&args),
        Command::Profile(args) => cmd::profile::run(&args),
        Command::Diagnose(args) => cmd::diagnose::run(&args),
        Command::Calibrate(args) => cmd::calibrate::run(&args),
        Command::Lab(args) => cmd::lab::run(&args),
        Command::List => cmd::list::run(),
        Command::Machine => cmd::machine::run(),
        Command::Merge(args) => cmd::merge::run(&args),
        Command::Mutants(args) => cmd::mutants::run(&args),
        Command::Check(args) => cmd::check::run(&args),
        Command::Clean(args) => cmd::clean::run(&args),
        Command::Doctor(args) => cmd::doctor::run(&args),
        Command::Statements(args) => cmd::statements::run(&args),
        Command::Slides(args) => cmd::slides::run(&args),
        Command::Exam(args) => cmd::exam::run(&args),
        Command::Rows(args) => cmd::rows::run(&args),
        Command::NewCase(args) => cmd::new_case::run(&args),
    };
    outcome::status(ended)
}

/// The command line, with what holds of every command in the help of each.
fn command() -> clap::Command {
    Args::command().after_help(outcome::HELP).mut_subcommands(|command| {
        let own = command.get_after_help().map(|help| format!("{help}\n\n")).unwrap_or_default();
        command.after_help(format!("{own}{}", outcome::HELP))
    })
}

#[cfg(test)]
mod tests {
    /// clap looks at a command's flags only when the command is called.
    #[test]
    fn every_command_can_be_called() {
        super::command().debug_assert();
    }
}
