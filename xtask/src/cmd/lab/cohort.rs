//! `lab cohort`: how a class went, from the logs that learners handed in.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use courses::cohort::{Cohort, FEWEST};
use labs::Progress;
use record::output;

use super::Desk;
use crate::drawn::Drawer;
use crate::outcome::Outcome;
use crate::tidy::files::below;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// A folder with a log of each learner in it, progress.jsonl or NAME.jsonl, at any depth
    folder: PathBuf,
    /// Where to put the page; without it, cohort.html beside the logs
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Says it in lines, and as a page.
///
/// # Errors
/// If there are logs of too few people, or one cannot be read.
pub fn run(desk: &Desk, args: &Args) -> Result<Outcome> {
    let paths = below(&args.folder, "jsonl")?;
    if paths.is_empty() {
        bail!(
            "{} has no logs: a learner's is progress.jsonl, in the folder that `cargo xtask lab \
             list` names; put each into a folder of its own, or call it NAME.jsonl",
            args.folder.display()
        );
    }
    let logs = paths.iter().map(|path| Progress::read(path)).collect::<Result<Vec<_>>>()?;
    for (path, log) in paths.iter().zip(&logs) {
        if let Some(unreadable) = log.says_unreadable() {
            record::errln!("{}: {unreadable}", path.display());
        }
    }
    let Some(cohort) = Cohort::new(&logs, &desk.labs) else {
        bail!(
            "{} has {} logs, of fewer than {FEWEST} people, and of so few nothing is said: one \
             could tell who they are",
            args.folder.display(),
            logs.len()
        );
    };
    cohort.lines().iter().for_each(|line| record::outln!("{line}"));
    let page = args.output.clone().unwrap_or_else(|| args.folder.join("cohort.html"));
    let html = Drawer::build(&desk.workspace)?.cohort(&cohort)?;
    output::write(&html, Some(&page)).context("the page could not be written")?;
    record::outln!("page: {}", page.display());
    Ok(Outcome::Fine)
}
