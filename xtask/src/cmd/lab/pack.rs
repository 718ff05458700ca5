//! `lab pack`: one archive with everything that a build needs, so that nobody in class waits for
//! the network. It unpacks to a folder with the checkout of this commit, the crates beside it, and
//! cargo's configuration above both: the checkout stays as the commit has it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use cases::{Workspace, cargo};
use measure::{build, child};
use record::whole;

use super::Desk;
use crate::outcome::Outcome;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// Where to put the archive
    #[arg(short, long, value_name = "FILE.tar.gz", default_value = "casebook-class.tar.gz")]
    output: PathBuf,
}

/// The folder that the archive unpacks to.
const CLASS: &str = "casebook-class";

/// Makes it.
///
/// # Errors
/// If git, cargo or tar cannot do their part.
pub fn run(desk: &Desk, args: &Args) -> Result<Outcome> {
    whole::try_place(&args.output)?;
    if build::commit(&desk.workspace).is_some_and(|commit| commit.ends_with('+')) {
        record::errln!("what is not committed here is not in the archive");
    }
    archive(&desk.workspace, &args.output)?;
    let megabytes = fs::metadata(&args.output)?.len() / 1_000_000;
    record::outln!("{}: {megabytes} MB", args.output.display());
    record::outln!(
        "unpack it with `tar xzf`, and begin in {CLASS}/casebook: `cargo xtask lab list`; Rust \
         itself must be there already"
    );
    Ok(Outcome::Fine)
}

/// Makes the archive of the commit that is checked out.
pub fn archive(workspace: &Workspace, output: &Path) -> Result<()> {
    let folder = tempfile::tempdir().context("there is no room for temporary files")?;
    let class = folder.path().join(CLASS);
    let checkout = class.join("casebook");
    fs::create_dir_all(&checkout)?;
    record::errln!("the checkout");
    let address = format!("file://{}", workspace.root.display());
    let clone = ["clone", "--quiet", "--depth=1", "--no-tags", "-c", "advice.detachedHead=false"];
    done(child::command("git").args(clone).arg(address).arg(&checkout))?;
    // It leads to where nobody else is.
    let remove = ["remote", "remove", "origin"];
    done(child::command("git").args(remove).current_dir(&checkout))?;
    record::errln!("the crates");
    // It prints the configuration that leads to them, unless it is told to be quiet.
    let vendor = ["vendor", "--locked", "--manifest-path=casebook/Cargo.toml", "vendor"];
    let says = done(child::command(cargo()).args(vendor).current_dir(&class))?;
    fs::create_dir_all(class.join(".cargo"))?;
    fs::write(class.join(".cargo/config.toml"), says)?;
    record::errln!("the archive");
    let packed = folder.path().join("class.tar.gz");
    let tar = ["czf", "class.tar.gz", CLASS];
    done(child::command("tar").args(tar).current_dir(folder.path()))?;
    whole::replace(output, |file| std::io::copy(&mut fs::File::open(packed)?, file).map(drop))
}

/// What a program prints once it has done its part.
fn done(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("`{program}` cannot be run"))?;
    if !output.status.success() {
        bail!("`{program}` failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without crates of others: the tiny book has none, so that nothing is fetched.
    #[test]
    fn the_archive_has_what_is_committed_where_it_says_and_leads_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("book");
        fs::create_dir_all(root.join("src")).unwrap();
        let package = "[package]\nname = \"tiny\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        let lock = "version = 4\n\n[[package]]\nname = \"tiny\"\nversion = \"0.1.0\"\n";
        for (name, text) in [("Cargo.toml", package), ("Cargo.lock", lock), ("src/lib.rs", "")] {
            fs::write(root.join(name), text).unwrap();
        }
        let git = |folder: &Path, arguments: &[&str]| {
            let who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"];
            let mut git = child::command("git");
            done(git.args(who).args(arguments).current_dir(folder)).unwrap()
        };
        git(&root, &["init", "--quiet"]);
        git(&root, &["add", "."]);
        git(&root, &["commit", "--quiet", "--message=all"]);
        fs::write(root.join("src/mine.rs"), "").unwrap();
        let target = root.join("target");
        let path = folder.path().join("class.tar.gz");
        archive(&Workspace { root, target, cases: Vec::new() }, &path).unwrap();
        done(child::command("tar").args(["xzf", "class.tar.gz"]).current_dir(folder.path()))
            .unwrap();
        let class = folder.path().join(CLASS);
        let has = |name: &str| class.join(name).exists();
        assert!(
            has(".cargo/config.toml") && has("casebook/Cargo.lock") && has("casebook/src/lib.rs")
        );
        assert!(!has("casebook/src/mine.rs"), "it is not committed");
        assert_eq!(git(&class.join("casebook"), &["remote"]), "");
    }

    /// As on a machine that has Rust and nothing else: no crate in cargo's own folder, no network.
    #[test]
    #[ignore = "vendors every crate, and builds one case of them: minutes"]
    fn a_case_compiles_from_the_archive_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("class.tar.gz");
        archive(&Workspace::load().unwrap(), &path).unwrap();
        done(child::command("tar").args(["xzf", "class.tar.gz"]).current_dir(folder.path()))
            .unwrap();
        let checkout = folder.path().join(CLASS).join("casebook");
        let home = folder.path().join("home");
        fs::create_dir(&home).unwrap();
        let mut check = child::command(cargo());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO") {
                check.env_remove(&name);
            }
        }
        check.args(["check", "--offline", "--locked", "--quiet", "--package", "hashing"]);
        done(check.current_dir(&checkout).env("CARGO_HOME", &home)).unwrap();
        let status = ["status", "--porcelain"];
        let changed = done(child::command("git").args(status).current_dir(&checkout)).unwrap();
        assert_eq!(changed, "", "the checkout is as the commit has it");
    }
}
