//! `cargo xtask check`: all that CI checks, in the order in which it fails fastest.

mod names;

use std::io;
use std::process::Command;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::cmd::lab;
use crate::drawn::Drawer;
use crate::outcome::Outcome;
use crate::paths;
use crate::statements;
use crate::tidy;
use cases::Workspace;
use measure::build;

/// The cases of the trial run: one that only computes, one that allocates.
const TRIAL: [&str; 2] = ["bitsets", "small-vectors"];

/// The variable with the features of the processor on which CI promises to run, if it does.
const PROMISED: &str = "CASEBOOK_PROMISED_FEATURES";

/// What to check.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Leaves out `cargo test --workspace`, for who has just run it
    #[arg(long)]
    tested: bool,
}

/// Runs every check; stops at the first that fails, and says which.
///
/// # Errors
/// If a check cannot be made.
pub fn run(args: &Args) -> Result<Outcome> {
    match all(&Workspace::load()?, args) {
        Ok(()) => {
            record::outln!("all checks passed");
            Ok(Outcome::Fine)
        }
        Err(error) if error.chain().any(|cause| cause.is::<io::Error>()) => Err(error),
        Err(error) => {
            record::errln!("{error:#}");
            Ok(Outcome::Found)
        }
    }
}

fn all(workspace: &Workspace, args: &Args) -> Result<()> {
    // Asked now: the tests build the tool anew, and then this file is no longer there.
    let exe = std::env::current_exe().context("xtask does not know where it is")?;
    step("tidy", || {
        let problems = tidy::problems(workspace)?;
        if !problems.is_empty() {
            bail!("{}", problems.join("\n"));
        }
        Ok(())
    })?;
    step("statements", || {
        let problems = statements::problems(workspace)?;
        if !problems.is_empty() {
            bail!("{}", problems.join("\n"));
        }
        Ok(())
    })?;
    let cargo_runs = |args: &[&str], env: &[(&str, &str)]| cargo_runs(workspace, args, env);
    step("formatting", || cargo_runs(&["fmt", "--all", "--check"], &[]))?;
    step("clippy", || {
        cargo_runs(
            &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"],
            &[],
        )
    })?;
    let deny = [("RUSTDOCFLAGS", "-D warnings")];
    step("rustdoc", || {
        cargo_runs(
            &["doc", "--workspace", "--no-deps", "--document-private-items", "--quiet"],
            &deny,
        )
    })?;
    if !args.tested {
        step("tests", || cargo_runs(&["test", "--workspace", "--quiet"], &[]))?;
    }
    step("a hundred thousand wrong records", || {
        let test = "page::mutated::nor_does_any_of_a_hundred_thousand";
        cargo_runs(&["test", "-p", "book", "--quiet", "--", "--ignored", "--exact", test], &[])
    })?;
    // Before the run of real cases: its record replaces that of these.
    step("cases of hostile names", || names::hold(workspace, &exe))?;
    step("a quick run of two cases", || {
        let only = TRIAL.iter().flat_map(|case| ["--only", case]);
        succeed(Command::new(&exe).args(["bench-all", "--quick"]).args(only))
    })?;
    // The faults mostly wait for what they provoke, and the labs for one compiler.
    step("labs held against themselves, and a hundred faults", || {
        let test = ["test", "--package", "xtask", "--test", "faults", "--quiet", "--", "--ignored"];
        thread::scope(|scope| {
            let faults = scope.spawn(|| cargo_runs(&test, &[]));
            let labs = lab::hold(workspace);
            let faults = faults.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            faults.and(labs)
        })
    })?;
    step("links in the book", || Drawer::build(workspace)?.check_links())?;
    step("paths that ran", || {
        let promised = std::env::var(PROMISED).unwrap_or_default();
        let promised: Vec<&str> = promised.split_whitespace().collect();
        for path in paths::untested(workspace, &promised)? {
            record::outln!("not tested, since this processor has no such path: {path}");
        }
        Ok(())
    })
}

fn step(name: &str, check: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    record::outln!("check: {name}");
    check().with_context(|| format!("the check «{name}» failed"))?;
    record::outln!("check: {name} passed in {} s", start.elapsed().as_secs());
    Ok(())
}

fn cargo_runs(workspace: &Workspace, args: &[&str], env: &[(&str, &str)]) -> Result<()> {
    let mut cargo = build::cargo_in(&workspace.root, &workspace.target);
    succeed(cargo.args(args).envs(env.iter().copied()))
}

/// Runs a command to its end.
///
/// # Errors
/// If it cannot be run, or ends with another status than 0.
pub(super) fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {command:?}"))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What takes minutes tries names that can be had; this is known at once.
    #[test]
    fn hostile_names_are_accepted_by_the_workspace_as_it_is() {
        let workspace = Workspace::load().unwrap();
        let (packages, pages) = (workspace.packages().unwrap(), workspace.pages());
        for name in names::ACCEPTED {
            let packages = packages.iter().map(String::as_str);
            cases::naming::free(name, packages, pages.iter().map(String::as_str)).unwrap();
        }
    }
}
