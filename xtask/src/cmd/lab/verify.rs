//! `lab verify`: the attempts of a learner's folder once more, against case and harness as this
//! commit has them, whatever the tree around it looks like.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};
use cases::Workspace;
use labs::folder::digest;
use labs::{Folder, Lab, Level, Outcome as Reached};
use measure::interrupt;
use measure::revisions::checkout::Revision;

use super::check::{Verdict, judged};
use super::package::Place;
use super::{Desk, fresh_seed};
use crate::outcome::Outcome;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// The learner's folder: it has progress.jsonl
    folder: PathBuf,
}

/// Grades every attempt that has a level; one that does not reach it again is found.
///
/// # Errors
/// If there is no such folder, or no clean copy can be made.
pub fn run(desk: &Desk, args: &Args) -> Result<Outcome> {
    let folder = Folder { root: args.folder.clone() };
    if !folder.root.is_dir() {
        bail!("there is no folder {}", folder.root.display());
    }
    let progress = folder.progress()?;
    if !desk.labs.iter().any(|lab| folder.attempt(lab).exists()) {
        bail!(
            "{} has no attempt: a learner's folder has progress.jsonl, and attempt.rs in a folder \
             for each lab, as {}/attempt.rs",
            folder.root.display(),
            desk.labs.first().map_or("LAB", |lab| &lab.name)
        );
    }
    let revision = Revision::check_out(&desk.workspace, "HEAD")?;
    let clean = Workspace {
        root: revision.root().to_owned(),
        target: desk.workspace.target.clone(),
        cases: desk.workspace.cases.clone(),
    };
    let labs = Lab::find(&clean)?;
    record::outln!("against commit {}", revision.commit);
    let mut doubtful = false;
    for lab in &labs {
        let attempt = folder.attempt(lab);
        if interrupt::came() || !attempt.exists() {
            continue;
        }
        let digest = digest(&fs::read(&attempt)?);
        let claimed = progress.best_of(&lab.name, &digest);
        if progress.best(&lab.name) > claimed {
            record::outln!(
                "{}: the attempt was changed since its best level was reached",
                lab.name
            );
        }
        let place = Place { workspace: &desk.workspace, root: revision.root(), lab };
        let verdict = judged(&place, &attempt, fresh_seed(), 1)?;
        let (said, holds) = compared(claimed, &verdict);
        record::outln!("{}: {said}", lab.name);
        doubtful |= !holds;
    }
    Ok(Outcome::found(doubtful))
}

/// What is claimed beside what was found, and whether the one may be the other.
fn compared(claimed: Option<Level>, verdict: &Verdict) -> (String, bool) {
    let claims =
        claimed.map_or("no level is claimed".to_owned(), |level| format!("claims {level}"));
    let none = claimed.unwrap_or(Level::None) == Level::None;
    match verdict {
        Verdict::DoesNotCompile => (format!("{claims}; it does not compile"), none),
        Verdict::Wrong(wrong) => (format!("{claims}; it is wrong at {}", wrong.at), none),
        Verdict::Graded(graded) => {
            let (found, most) = match graded.grade.map(|grade| grade.outcome) {
                Some(Reached::Certain(level)) => (level.to_string(), level),
                Some(Reached::Between(least, most)) => (format!("{least} or {most}"), most),
                Some(Reached::TooBusy) => ("too busy to tell".to_owned(), Level::Beyond),
                Some(Reached::NotGradable) | None => {
                    ("not gradable here".to_owned(), Level::Beyond)
                }
            };
            let reasons = &graded.checked.tampered;
            let doubts = reasons.iter().map(|reason| format!("; {reason}")).collect::<String>();
            let holds = (most >= claimed.unwrap_or(Level::None)) && (reasons.is_empty() || none);
            (format!("{claims}; found {found}{doubts}"), holds)
        }
    }
}
