//! `cargo xtask builds`: what build settings do to a program, side by side.

mod table;

use std::path::PathBuf;

use anyhow::{Result, bail};
use cases::Workspace;
use cases::names::known;
use measure::builds::{self, OwnCrate, Subject};
use measure::interrupt;
use measure::programs::{Budget, Job};
use protocol::Effort;
use record::{Builds, whole};

use crate::effort::EffortArgs;
use crate::outcome::Outcome;

/// What `--help` says beside the flags.
pub const HELP: &str = "\
Without --manifest, the book's own two programs are built, and the book shows what came of it. With
it, a program of yours; its folder stays as it is: cargo builds below the book's target folder, and
with --locked. Options before `--`, the program's arguments behind it:

  cargo xtask builds --manifest ~/tool/Cargo.toml --bin tool --input big.log -- --count error

What is built is kept until sources, compiler or settings change; Ctrl-C keeps what is measured, and
the same command goes on with it. `cargo xtask clean` removes all of it.";

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    effort: EffortArgs,
    /// Only this variant beside the base (may be repeated)
    #[arg(long, value_name = "VARIANT")]
    only: Vec<String>,
    #[command(flatten)]
    own: OwnArgs,
}

/// What is said of a crate of one's own.
#[derive(clap::Args)]
struct OwnArgs {
    /// A crate of your own
    #[arg(long, value_name = "CARGO_TOML", requires = "bin")]
    manifest: Option<PathBuf>,
    /// Its binary
    #[arg(long, value_name = "NAME", requires = "manifest")]
    bin: Option<String>,
    /// What it reads from standard input
    #[arg(long, value_name = "FILE", requires = "manifest")]
    input: Option<PathBuf>,
    /// Arguments with which it has nothing to do, to time its start
    #[arg(long, value_name = "ARGS", requires = "manifest", allow_hyphen_values = true)]
    empty: Option<String>,
    /// Arguments to train profiles with; without them, what is measured is trained with
    #[arg(long, value_name = "ARGS", requires = "manifest", allow_hyphen_values = true)]
    train: Option<String>,
    /// Standard input of that training
    #[arg(long, value_name = "FILE", requires = "manifest")]
    train_input: Option<PathBuf>,
    /// Arguments of the program
    #[arg(last = true, requires = "manifest")]
    args: Vec<String>,
}

impl Args {
    /// The effort of a run.
    fn budget(&self) -> Budget {
        match self.effort.effort() {
            Effort::Quick => Budget { rounds: 8, least: 6, seconds: 60.0 },
            Effort::Standard => Budget { rounds: 24, least: 8, seconds: 180.0 },
            Effort::Full => Budget { rounds: 60, least: 12, seconds: 900.0 },
        }
    }
}

/// Builds, measures, prints and saves.
///
/// # Errors
/// If a base cannot be built or run, or the record not be written.
pub fn run(args: &Args) -> Result<Outcome> {
    for name in &args.only {
        known("variant", name, builds::known().into_iter())?;
    }
    let workspace = Workspace::load()?;
    let path = match args.own.manifest {
        Some(_) => workspace.scratch().join("builds-own.json"),
        None => workspace.latest_builds(),
    };
    whole::try_file(&path)?;
    interrupt::listen()?;
    let subjects = match args.own.subject()? {
        Some(own) => vec![own],
        None => builds::ours(&workspace)?,
    };
    let commit = args.own.manifest.is_none().then(|| measure::build::commit(&workspace)).flatten();
    let toolchain = measure::build::Settings::of(&workspace)?.toolchain;
    let processor = builds::processor();
    let mut builds = Builds::new(commit, processor, toolchain.rustc, toolchain.target);
    for subject in &subjects {
        let built = builds::measure(&workspace, subject, &args.only, args.budget())?;
        if interrupt::came() {
            record::errln!("interrupted: the same command goes on with what is measured");
            return Ok(Outcome::Interrupted);
        }
        record::output::out(table::of(&built));
        builds.programs.push(built);
    }
    builds.save(&path)?;
    record::outln!("saved: {}", path.display());
    if args.own.manifest.is_none() {
        record::outln!("`cargo xtask book` shows it");
    }
    Ok(Outcome::Fine)
}

impl OwnArgs {
    /// The crate, if one is named.
    fn subject(&self) -> Result<Option<Subject>> {
        let (Some(manifest), Some(bin)) = (&self.manifest, &self.bin) else { return Ok(None) };
        let existing = |path: &Option<PathBuf>| match path {
            Some(path) if !path.is_file() => bail!("there is no file {}", path.display()),
            Some(path) => Ok(Some(std::path::absolute(path)?)),
            None => Ok(None),
        };
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let input = existing(&self.input)?;
        let job = Job { args: self.args.clone(), input };
        let empty = self.empty.as_deref().map(|text| Job { args: words(text), input: None });
        let train_input = existing(&self.train_input)?;
        let train = match (&self.train, train_input) {
            (None, None) => None,
            (args, input) => {
                Some(Job { args: args.as_deref().map_or_else(|| self.args.clone(), words), input })
            }
        };
        builds::own(OwnCrate { manifest, bin, job, empty, train }).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Args, String> {
        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            args: Args,
        }
        let words = std::iter::once("builds").chain(line.split_whitespace());
        let line = <Line as clap::Parser>::try_parse_from(words).map_err(|e| e.to_string())?;
        Ok(line.args)
    }

    #[test]
    fn a_crate_of_ones_own_needs_a_manifest_and_a_binary() {
        let own = parsed("--manifest a/Cargo.toml --bin a --empty --help -- -x y").unwrap().own;
        assert_eq!(
            (own.args, own.empty.as_deref()),
            (vec!["-x".into(), "y".into()], Some("--help"))
        );
        for wrong in ["--bin a", "--manifest a", "--input a", "-- x", "--quick --full"] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
        assert!(parsed("--quick --only lto-fat").unwrap().budget().seconds < 100.0);
    }
}
