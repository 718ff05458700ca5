//! Builds what is measured, and says what made it: [`Settings`], and the commit.

mod profile;
mod settings;

pub use settings::{Imposed, Origin, Settings};

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use cargo_metadata::{ArtifactProfile, Message};
use cases::{Case, Workspace, cargo};

use crate::binary::Binary;
use crate::{child, interrupt};

/// Builds benches and the machine probe; paths of the binaries by package. What does not
/// compile is left out, after the compiler has said why.
///
/// # Errors
/// If cargo cannot be run at all, or is set to build for several targets.
pub fn build(workspace: &Workspace, cases: &[&Case]) -> Result<BTreeMap<String, PathBuf>> {
    build_benches(workspace, &names(cases))
}

/// The same, for a run that leaves a record: what the binaries say of how they were built, and
/// cargo of their profiles, is put into the settings, whatever was read there before. `began` is
/// called when the first of all packages is there: cargo has then downloaded what it needs, and
/// another need not wait for it.
///
/// # Errors
/// If cargo cannot be run at all, or is set to build for several targets.
pub fn build_recorded(
    workspace: &Workspace,
    cases: &[&Case],
    settings: &mut Settings,
    began: impl FnOnce(),
) -> Result<BTreeMap<String, PathBuf>> {
    let names = names(cases);
    let built = artifacts(&mut benches(workspace, &names)?, began)?;
    let benches = built.iter().filter(|(name, _)| names.contains(&name.as_str()));
    let said = benches.map(|(name, artifact)| (name.clone(), artifact.profile.clone()));
    settings.believe(&said.collect());
    let built = paths(built);
    let benches = built.iter().filter(|(name, _)| names.contains(&name.as_str()));
    // Why one does not answer is said when it is asked what it has.
    let answers = benches.filter_map(|(_, path)| Binary::new(path).describe().ok()?.build);
    settings.observe(&answers.collect::<Vec<_>>());
    Ok(built)
}

/// The same for the packages with these names; each has a bench of its own name.
///
/// # Errors
/// If cargo cannot be run at all, or is set to build for several targets.
pub fn build_benches(
    workspace: &Workspace,
    packages: &[&str],
) -> Result<BTreeMap<String, PathBuf>> {
    executables(&mut benches(workspace, packages)?)
}

fn names<'a>(cases: &[&'a Case]) -> Vec<&'a str> {
    cases.iter().map(|case| case.name.as_str()).collect()
}

/// The command that builds the machine probe, and the bench of each of these packages.
fn benches(workspace: &Workspace, packages: &[&str]) -> Result<Command> {
    settings::one_target(&workspace.root)?;
    let mut cargo = bench_build(&workspace.root, &workspace.target);
    cargo.args(["--package", "machine", "--bin=machine"]);
    for name in packages {
        cargo.args(["--package", name, "--bench", name]);
    }
    Ok(cargo)
}

/// Builds the program that makes the book. `None` if it does not compile.
///
/// # Errors
/// If cargo cannot be run at all, or is set to build for several targets.
pub fn book(workspace: &Workspace, quiet: bool) -> Result<Option<PathBuf>> {
    let mut cargo = cargo_in(&workspace.root, &workspace.target);
    cargo.args(["build", "--package", "book", "--bin", "book"]);
    if quiet {
        cargo.arg("--quiet");
    }
    Ok(executables(&mut cargo)?.remove("book"))
}

/// Builds a case's bench to be profiled: the code that is measured with its names beside it,
/// and a sampler of its own if asked for. `None` if it does not compile.
///
/// # Errors
/// If cargo cannot be run at all, or is set to build for several targets.
pub fn build_profiling(
    workspace: &Workspace,
    case: &Case,
    sampler: bool,
) -> Result<Option<PathBuf>> {
    settings::one_target(&workspace.root)?;
    let mut cargo = cargo_in(&workspace.root, &workspace.target);
    cargo.args(["build", "--profile=profiling"]);
    cargo.args(["--package", &case.name, "--bench", &case.name]);
    if sampler {
        cargo.arg("--features=harness/profile");
    }
    Ok(executables(&mut cargo)?.remove(&case.name))
}

/// Builds the library that lets a program sample itself; its path, if it compiles.
///
/// # Errors
/// If cargo cannot be run at all.
pub fn sampler(workspace: &Workspace) -> Result<Option<PathBuf>> {
    let mut cargo = cargo_in(&workspace.root, &workspace.target);
    cargo.args(["build", "--release", "--package", "sampler", "--features=profile", "--quiet"]);
    Ok(executables(&mut cargo)?.remove("sampler"))
}

/// The commit, with a plus sign if the tree has changes; `None` outside a repository.
pub fn commit(workspace: &Workspace) -> Option<String> {
    let commit = output(workspace, "git", &["rev-parse", "--short=10", "HEAD"])?;
    let changed = !output(workspace, "git", &["status", "--porcelain"])?.is_empty();
    Some(format!("{}{}", commit.trim(), if changed { "+" } else { "" }))
}

/// Which of these paths differ from the commit, or are not in it; `None` outside a repository.
pub fn changed(workspace: &Workspace, paths: &[&str]) -> Option<Vec<String>> {
    let arguments = [&["status", "--porcelain", "--"], paths].concat();
    let lines = output(workspace, "git", &arguments)?;
    Some(lines.lines().filter_map(|line| Some(line.get(3..)?.to_owned())).collect())
}

fn output(workspace: &Workspace, program: &str, args: &[&str]) -> Option<String> {
    let output = child::command(program).args(args).current_dir(&workspace.root).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command that builds benches in the workspace at `root`; what to build is still to be added.
pub fn bench_build(root: &Path, target: &Path) -> Command {
    let mut cargo = cargo_in(root, target);
    cargo.args(["build", "--profile=bench", "--keep-going"]);
    cargo
}

/// Cargo in the workspace at `root`, which builds into `target`. Where the user is, the variable
/// for that may be a relative path, which means another folder there.
pub fn cargo_in(root: &Path, target: &Path) -> Command {
    let mut command = child::command(cargo());
    command.current_dir(root).env("CARGO_TARGET_DIR", target);
    command
}

/// A program that cargo made.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Where it is: below the target's triple, if one was named.
    pub path: PathBuf,
    /// With what it was built.
    pub profile: ArtifactProfile,
}

/// Runs a build; paths of what it made, by target.
///
/// # Errors
/// If cargo cannot be run at all.
pub fn executables(cargo: &mut Command) -> Result<BTreeMap<String, PathBuf>> {
    Ok(paths(artifacts(cargo, || ())?))
}

/// Runs a build; what it made, by target. `began` is called when the first package is there.
///
/// # Errors
/// If cargo cannot be run at all.
pub fn artifacts(cargo: &mut Command, began: impl FnOnce()) -> Result<BTreeMap<String, Artifact>> {
    child::lead_a_group(cargo);
    let mut child = cargo
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run cargo")?;
    let output = std::io::BufReader::new(child.stdout.take().context("cargo has an output")?);
    // A compiler goes on for minutes, and its caller would not hear of Ctrl-C before.
    let (built, _) = child::watched(child.id(), Duration::MAX, || read(output, began));
    let status = child.wait()?;
    // What cargo could not compile it has said itself; who is ended says nothing.
    if status.code().is_none() && !interrupt::came() {
        bail!("cargo ended with {status}: perhaps there is too little memory for it");
    }
    built
}

/// What cargo's messages say that it made.
fn read(messages: impl BufRead, began: impl FnOnce()) -> Result<BTreeMap<String, Artifact>> {
    let mut built = BTreeMap::new();
    let mut began = Some(began);
    for message in Message::parse_stream(messages) {
        let message = message.context("cargo's messages could not be read")?;
        let Message::CompilerArtifact(artifact) = message else { continue };
        if let Some(began) = began.take() {
            began();
        }
        // A library that others load is run as much as a program.
        let is_loaded = artifact.target.is_cdylib();
        let file = artifact.filenames.into_iter().next().filter(|_| is_loaded);
        if let Some(path) = artifact.executable.or(file) {
            let path = path.into_std_path_buf();
            built.insert(artifact.target.name, Artifact { path, profile: artifact.profile });
        }
    }
    Ok(built)
}

/// Where they are.
pub fn paths(built: BTreeMap<String, Artifact>) -> BTreeMap<String, PathBuf> {
    built.into_iter().map(|(name, artifact)| (name, artifact.path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_where_cargo_says_and_libraries_are_none() {
        let message = |name: &str, path: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"{name}","manifest_path":"/a.toml",
                "target":{{"kind":["bench"],"crate_types":["bin"],"name":"{name}",
                "src_path":"/a.rs","edition":"2024","doc":false,"doctest":false,"test":false}},
                "profile":{{"opt_level":"s","debuginfo":0,"debug_assertions":false,
                "overflow_checks":true,"test":false}},
                "features":[],"filenames":[],"executable":{path},"fresh":true}}"#
            )
            .replace('\n', "")
        };
        let messages = [
            message("library", "null"),
            "what a build script prints".to_owned(),
            message("hashing", "\"/target/x86_64-unknown-linux-gnu/release/hashing\""),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
        ];
        let built = read(messages.join("\n").as_bytes(), || ()).unwrap();
        let hashing = &built["hashing"];
        assert_eq!(hashing.path, Path::new("/target/x86_64-unknown-linux-gnu/release/hashing"));
        assert_eq!((hashing.profile.opt_level.as_str(), built.len()), ("s", 1));
        assert!(
            read(r#"{"reason":"compiler-artifact"}"#.as_bytes(), || ()).is_ok_and(|b| b.is_empty())
        );
    }
}
