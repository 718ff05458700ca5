//! `cargo xtask lab`: jobs of the book that a learner does himself, graded by its statistics.
//!
//! A file for each thing to do. `package` builds an attempt as the book's own rungs are built,
//! `trial` holds it against naive and times it, `evident` says what was tampered with, and `told`
//! has the words.

mod check;
mod cohort;
mod evident;
mod pack;
mod package;
mod reveal;
mod selftest;
mod small;
mod start;
mod told;
mod trial;
mod verify;
mod watch;
mod why;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use cases::Workspace;
use clap::Subcommand;
use labs::{Event, Folder, Lab};
use measure::{build, interrupt};

use crate::outcome::Outcome;

pub use selftest::hold;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// The learner's folder; without it $CASEBOOK_LABS, or casebook-labs beside the checkout
    #[arg(long, global = true, value_name = "FOLDER")]
    dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List the labs, with what you have reached
    List,
    /// Begin: make your file, print the task, and ask for a guess
    Start(start::Args),
    /// Look at your file: after each save build it, hold it against naive, and time it roughly
    Watch(watch::Args),
    /// Grade your attempt; status 1 if it is wrong or not faster than naive
    Check(check::Args),
    /// Show the next of three hints
    Hint(OfLab),
    /// Say where your attempt spends its time, beside naive
    Why(why::Args),
    /// Say how far you are in each lab
    Status,
    /// Put your file back to the start; what it was is kept beside it
    Reset(OfLab),
    /// Show the book's solution beside yours, in a page of its own
    Reveal(OfLab),
    /// Grade the attempts of a learner's folder again, from a clean copy of this commit
    Verify(verify::Args),
    /// Say how a class went, from the logs of its learners; nobody is named
    Cohort(cohort::Args),
    /// Make one archive with which a class needs no network
    Pack(pack::Args),
    /// Hold labs against themselves: the start, copies, planted mistakes; status 1 if one fails
    Selftest(selftest::Args),
}

/// A lab that is named, or the one at which something was done last.
#[derive(clap::Args)]
pub struct OfLab {
    /// The lab; without a name, the one that you worked at last
    name: Option<String>,
}

/// What every command needs.
struct Desk {
    workspace: Workspace,
    labs: Vec<Lab>,
    folder: Folder,
}

/// Does one of these things.
///
/// # Errors
/// If it cannot be done.
pub fn run(args: &Args) -> Result<Outcome> {
    let workspace = Workspace::load()?;
    let labs = Lab::find(&workspace)?;
    let folder = Folder::choose(&workspace, args.dir.as_deref());
    if let Some(dir) = &args.dir {
        let _ = CALLED.set(called_with(dir));
    }
    let desk = Desk { workspace, labs, folder };
    interrupt::listen()?;
    let ended = match &args.command {
        Command::List => small::list(&desk),
        Command::Start(args) => start::run(&desk, args),
        Command::Watch(args) => watch::run(&desk, args),
        Command::Check(args) => check::run(&desk, args),
        Command::Hint(args) => small::hint(&desk, args),
        Command::Why(args) => why::run(&desk, args),
        Command::Status => small::status(&desk),
        Command::Reset(args) => small::reset(&desk, args),
        Command::Reveal(args) => reveal::run(&desk, args),
        Command::Verify(args) => verify::run(&desk, args),
        Command::Cohort(args) => cohort::run(&desk, args),
        Command::Pack(args) => pack::run(&desk, args),
        Command::Selftest(args) => selftest::run(&desk, args),
    };
    if interrupt::came() { Ok(Outcome::Interrupted) } else { ended }
}

impl Desk {
    /// The lab that is meant.
    ///
    /// # Errors
    /// If there is none of that name, or none was begun.
    fn lab(&self, named: Option<&str>) -> Result<&Lab> {
        let progress = self.folder.progress()?;
        let name = named.or(progress.latest()).with_context(
            || format!("which lab? None was begun in {}: `{lab} list` shows them, and `{lab} start NAME` begins \
             one", self.folder.root.display(), lab = called())
        )?;
        Lab::named(&self.labs, name)
    }

    /// The lab that is meant, of which there is an attempt.
    ///
    /// # Errors
    /// If it was not begun.
    fn begun(&self, named: Option<&str>) -> Result<&Lab> {
        let lab = self.lab(named)?;
        let attempt = self.folder.attempt(lab);
        if !attempt.exists() {
            anyhow::bail!(
                "{name} was not begun: there is no {}; `{} start {name}` begins it; if your files \
                 are elsewhere, name their folder with --dir",
                attempt.display(),
                called(),
                name = lab.name
            );
        }
        Ok(lab)
    }

    /// Notes in the log what happened.
    fn note(&self, lab: &Lab, event: Event) -> Result<()> {
        self.folder.note(lab, build::commit(&self.workspace).as_deref(), event)
    }
}

/// How these commands begin.
const LAB: &str = "cargo xtask lab";
/// How they begin where `--dir` was given.
static CALLED: OnceLock<String> = OnceLock::new();

/// How a command begins that does something in the folder of this one, to be typed as it stands.
fn called() -> &'static str {
    CALLED.get().map_or(LAB, String::as_str)
}

fn called_with(dir: &Path) -> String {
    let dir = dir.display().to_string();
    let plain = |letter: char| letter.is_alphanumeric() || "/\\.:_-+".contains(letter);
    if dir.chars().all(plain) {
        format!("{LAB} --dir {dir}")
    } else {
        format!("{LAB} --dir \"{dir}\"")
    }
}

/// A text of a lab, the commands in which are for this folder.
fn for_here(text: &str) -> String {
    text.replace(LAB, called())
}

/// A seed that nobody knows beforehand: small enough to be typed again.
fn fresh_seed() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    1 + u64::from(now.subsec_nanos()) % 999_983
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_names_the_folder_so_that_it_can_be_typed() {
        assert_eq!(called(), "cargo xtask lab");
        assert_eq!(called_with(Path::new("/a/b-c")), "cargo xtask lab --dir /a/b-c");
        assert_eq!(called_with(Path::new("my labs")), "cargo xtask lab --dir \"my labs\"");
    }
}
