//! Builds what is measured, and says what made it: compiler, target, flags, commit.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use cargo_metadata::Message;
use cases::{Case, Workspace, cargo};
use record::Toolchain;

/// Builds benches and the machine probe; paths of the binaries by package. What does not
/// compile is left out, after the compiler has said why.
///
/// # Errors
/// If cargo cannot be run at all.
pub fn build(workspace: &Workspace, cases: &[&Case]) -> Result<BTreeMap<String, PathBuf>> {
    build_benches(workspace, &cases.iter().map(|case| case.name.as_str()).collect::<Vec<_>>())
}

/// The same for the packages with these names; each has a bench of its own name.
///
/// # Errors
/// If cargo cannot be run at all.
pub fn build_benches(
    workspace: &Workspace,
    packages: &[&str],
) -> Result<BTreeMap<String, PathBuf>> {
    let mut cargo = bench_build(&workspace.root);
    cargo.args(["--package", "machine", "--bin=machine"]);
    for name in packages {
        cargo.args(["--package", name, "--bench", name]);
    }
    executables(&mut cargo)
}

/// Builds the program that makes the book. `None` if it does not compile.
///
/// # Errors
/// If cargo cannot be run at all.
pub fn book(workspace: &Workspace) -> Result<Option<PathBuf>> {
    let mut cargo = Command::new(cargo());
    cargo.current_dir(&workspace.root).args(["build", "--package", "book", "--bin", "book"]);
    Ok(executables(&mut cargo)?.remove("book"))
}

/// Builds a case's bench to be profiled: the code that is measured with its names beside it,
/// and a sampler of its own if asked for. `None` if it does not compile.
///
/// # Errors
/// If cargo cannot be run at all.
pub fn build_profiling(
    workspace: &Workspace,
    case: &Case,
    sampler: bool,
) -> Result<Option<PathBuf>> {
    let mut cargo = Command::new(cargo());
    cargo.current_dir(&workspace.root).args(["build", "--profile=profiling"]);
    cargo.args(["--package", &case.name, "--bench", &case.name]);
    if sampler {
        cargo.arg("--features=harness/profile");
    }
    Ok(executables(&mut cargo)?.remove(&case.name))
}

/// Compiler, target and flags of the build.
pub fn toolchain(workspace: &Workspace) -> Toolchain {
    let verbose = output(workspace, "rustc", &["--version", "--verbose"]).unwrap_or_default();
    let target = verbose.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or("unknown");
    let config =
        std::fs::read_to_string(workspace.root.join(".cargo/config.toml")).unwrap_or_default();
    let configured =
        config.lines().find_map(|line| line.strip_prefix("rustflags = ")).unwrap_or("[]");
    // An environment variable replaces what is configured.
    let flags = std::env::var("RUSTFLAGS").unwrap_or_else(|_| {
        configured.chars().filter(|c| !"[]\",".contains(*c)).collect::<String>()
    });
    Toolchain {
        rustc: verbose.lines().next().unwrap_or("unknown").to_owned(),
        target: target.to_owned(),
        flags,
    }
}

/// The commit, with a plus sign if the tree has changes; `None` outside a repository.
pub fn commit(workspace: &Workspace) -> Option<String> {
    let commit = output(workspace, "git", &["rev-parse", "--short=10", "HEAD"])?;
    let changed = !output(workspace, "git", &["status", "--porcelain"])?.is_empty();
    Some(format!("{}{}", commit.trim(), if changed { "+" } else { "" }))
}

fn output(workspace: &Workspace, program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).current_dir(&workspace.root).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command that builds benches in the workspace at `root`; what to build is still to be added.
pub fn bench_build(root: &Path) -> Command {
    let mut cargo = Command::new(cargo());
    cargo.current_dir(root).args(["build", "--profile=bench", "--keep-going"]);
    cargo
}

/// Runs a build; paths of what it made, by target.
///
/// # Errors
/// If cargo cannot be run at all.
pub fn executables(cargo: &mut Command) -> Result<BTreeMap<String, PathBuf>> {
    let mut child = cargo
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run cargo")?;
    let output = std::io::BufReader::new(child.stdout.take().context("cargo has an output")?);
    let mut built = BTreeMap::new();
    for message in Message::parse_stream(output) {
        if let Message::CompilerArtifact(artifact) =
            message.context("cargo's messages could not be read")?
            && let Some(path) = artifact.executable
        {
            built.insert(artifact.target.name, path.into_std_path_buf());
        }
    }
    child.wait()?;
    Ok(built)
}
