//! A lab held against itself: nobody should be the first to find that it ships solved, that its own
//! mistakes pass, or that its reference misses gold.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use cases::{Workspace, text};
use labs::{Disagreement, Lab, Level, Outcome as Reached};
use measure::{child, interrupt};

use super::package::Place;
use super::trial::{Budget, Trial};
use super::{Desk, fresh_seed};
use crate::outcome::Outcome;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// The labs; without a name, all
    names: Vec<String>,
    /// Time the copies of all of these, not only hold attempts against naive
    #[arg(long)]
    timed: bool,
}

/// Holds labs against themselves.
///
/// # Errors
/// If a lab is not as it must be, or cannot be built.
pub fn run(desk: &Desk, args: &Args) -> Result<Outcome> {
    let mut labs = desk.labs.iter().collect::<Vec<_>>();
    if !args.names.is_empty() {
        labs = args.names.iter().map(|name| desk.lab(Some(name))).collect::<Result<_>>()?;
    }
    let timed = |_: usize| args.timed;
    let problems = problems(&desk.workspace, &labs, timed)?;
    problems.iter().for_each(|problem| record::outln!("{problem}"));
    Ok(Outcome::found(!problems.is_empty()))
}

/// All labs, as `check` does it: agreement of each, times of one in turn, by the number of commits.
///
/// # Errors
/// What is wrong with which.
pub fn hold(workspace: &Workspace) -> Result<()> {
    let labs = Lab::find(workspace)?;
    let turn = commits(workspace) % labs.len().max(1);
    let labs = labs.iter().collect::<Vec<_>>();
    let problems = problems(workspace, &labs, |at| at == turn)?;
    if !problems.is_empty() {
        bail!("{}", problems.join("\n"));
    }
    Ok(())
}

/// How many commits there are; 0 outside a repository.
fn commits(workspace: &Workspace) -> usize {
    let mut git: Command = child::command("git");
    let output = git.args(["rev-list", "--count", "HEAD"]).current_dir(&workspace.root).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    text.ok().and_then(|count| count.parse().ok()).unwrap_or(0)
}

fn problems(
    workspace: &Workspace,
    labs: &[&Lab],
    timed: impl Fn(usize) -> bool,
) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for (at, lab) in labs.iter().enumerate() {
        if interrupt::came() {
            break;
        }
        let found = of_lab(workspace, lab, timed(at))?;
        record::outln!("{}: {}", lab.name, if found.is_empty() { "sound" } else { "NOT sound" });
        problems.extend(found.into_iter().map(|problem| format!("{}: {problem}", lab.name)));
    }
    Ok(problems)
}

/// Everything that is wrong with a lab.
fn of_lab(workspace: &Workspace, lab: &Lab, timed: bool) -> Result<Vec<String>> {
    let (place, mut found) = (Place::new(workspace, lab), Vec::new());
    if lab.file("hints.md").exists() {
        lab.hints()?;
    }
    let folder = tempfile::tempdir().context("no folder to work in")?;
    let bench = Bench { place: &place, path: folder.path().join("attempt.rs") };
    let start = bench.of(&lab.start()?)?;
    found
        .extend(start.wrong()?.map(|wrong| format!("start.rs differs from naive at {}", wrong.at)));
    if timed {
        found.extend(start.level()?.is_above(Level::None).map(|it| format!("start.rs is {it}")));
    }
    for wrong in lab.wrong()? {
        let planted = bench.of(&text::read(&wrong.path)?)?;
        if planted.wrong()?.is_none() {
            found.push(format!("{} passes: {}", wrong.path.display(), wrong.about));
        }
    }
    if timed {
        let naive = bench.of(&bench.copy("naive")?)?.level()?;
        found.extend(naive.is_above(Level::None).map(|it| format!("a copy of naive is {it}")));
        let copy = bench.of(&bench.copy(&lab.reference)?)?.level()?;
        found.extend(copy.misses(Level::Gold).map(|it| format!("a copy of the reference is {it}")));
    }
    Ok(found)
}

/// Where attempts are made that nobody wrote.
struct Bench<'a> {
    place: &'a Place<'a>,
    path: PathBuf,
}

impl<'a> Bench<'a> {
    fn of(&self, source: &str) -> Result<Trial<'a>> {
        fs::write(&self.path, source).context("cannot write an attempt")?;
        let binary = self.place.build(&self.path)?;
        let binary =
            binary.with_context(|| format!("{}: it does not compile", self.place.lab.name))?;
        Trial::new(self.place.lab, binary, fresh_seed())
    }

    /// A rung as somebody would copy it: what it takes from its crate is taken from the case.
    fn copy(&self, rung: &str) -> Result<String> {
        let source = text::read(&self.place.lab.source(rung))?;
        Ok(source.replace("crate::", &format!("{}::", self.place.lab.name.replace('-', "_"))))
    }
}

impl Trial<'_> {
    fn wrong(&self) -> Result<Option<Disagreement>> {
        Ok(self.agree()?.err())
    }

    fn level(&self) -> Result<Reached> {
        let mut headline = self.at(&self.lab.headline)?;
        if let Err(failure) = self.measure(&mut headline, Budget::CHECK) {
            bail!("{}: {failure}", self.lab.name);
        }
        Ok(headline.grade().map_or(Reached::NotGradable, |grade| grade.outcome))
    }
}

/// What a copy must not be.
trait Expected {
    /// The outcome, if it is certainly above a level.
    fn is_above(&self, level: Level) -> Option<String>;
    /// The outcome, if it is certainly below a level.
    fn misses(&self, level: Level) -> Option<String>;
}

impl Expected for Reached {
    fn is_above(&self, level: Level) -> Option<String> {
        match self {
            Self::Certain(least) | Self::Between(least, _) if *least > level => {
                Some(least.to_string())
            }
            _ => None,
        }
    }

    fn misses(&self, level: Level) -> Option<String> {
        match self {
            Self::Certain(most) | Self::Between(_, most) if *most < level => Some(most.to_string()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_may_be_what_nobody_can_tell() {
        use Level::*;
        let between = Reached::Between(Bronze, Gold);
        assert_eq!(
            (between.is_above(None), between.misses(Gold)),
            (Some("bronze".into()), Option::None)
        );
        assert_eq!(Reached::Certain(Silver).misses(Gold).as_deref(), Some("silver"));
        assert_eq!(Reached::Between(None, Bronze).is_above(None), Option::None);
        assert_eq!(
            Reached::TooBusy.misses(Gold).or(Reached::NotGradable.is_above(None)),
            Option::None
        );
    }
}
