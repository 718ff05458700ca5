//! The rungs of billion-rows as whole programs, and what else can do the same job, if it is there:
//! what each is given and on which rows.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use cases::Workspace;

use crate::build;
use crate::builds::room;
use crate::child;
use crate::programs::{Job, Program};

/// Ways of the case's program: a rung, and how it gets at the file if there are several. The first
/// is what the others are held against.
const WAYS: [(&str, &[&str]); 11] = [
    ("naive", &[]),
    ("reused_line", &[]),
    ("bytes", &[]),
    ("tenths", &[]),
    ("swar", &[]),
    ("prefixes", &[]),
    ("cursors", &["--by", "map"]),
    ("cursors, read", &["--by", "reads"]),
    ("optimized", &["--by", "map"]),
    ("optimized, read", &["--by", "reads"]),
    ("peer", &[]),
];

/// Bytes of a row, and some to spare.
const ROW: u64 = 15;

/// What is there to be measured, and what is not.
#[derive(Debug)]
pub struct Contest {
    /// The programs, the base first.
    pub programs: Vec<Program>,
    /// Programs that are not here: their names, and how to get them.
    pub missing: Vec<(&'static str, String)>,
}

/// The case's program, built as its users build it.
///
/// # Errors
/// If it cannot be built.
pub fn binary(workspace: &Workspace) -> Result<PathBuf> {
    let mut cargo = build::cargo_in(&workspace.root, &workspace.target);
    cargo.args(["build", "--release", "--package=billion-rows", "--bin=rows"]);
    build::executables(&mut cargo)?.remove("rows").context("billion-rows could not be built")
}

/// A file of so many rows, made if it is not there.
///
/// # Errors
/// If there is no room for it, or it cannot be written.
pub fn input(workspace: &Workspace, binary: &Path, rows: u64) -> Result<PathBuf> {
    let folder = folder(workspace);
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let path = folder.join(format!("{rows}.txt"));
    if path.exists() {
        return Ok(path);
    }
    let free = room::free(&folder).unwrap_or(u64::MAX);
    if free < rows * ROW {
        bail!(
            "{rows} rows take {} MB, and {} MB are free",
            rows * ROW / 1_000_000,
            free / 1_000_000
        );
    }
    // Under another name until it is whole.
    let begun = path.with_extension("begun");
    let mut command = child::command(binary);
    command.args(["generate", "--rows", &rows.to_string()]).arg(&begun);
    let made = command.status().context("the rows could not be made")?;
    if !made.success() {
        bail!("the rows could not be made: {made}");
    }
    std::fs::rename(&begun, &path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// Where rows are, and what runs on them leave.
pub fn folder(workspace: &Workspace) -> PathBuf {
    workspace.scratch().join("rows")
}

/// All programs on a file; with `slow`, also what takes several times as long as naive.
///
/// # Errors
/// If the empty file, on which the start is timed, cannot be written.
pub fn contest(workspace: &Workspace, binary: &Path, file: &Path, slow: bool) -> Result<Contest> {
    let empty = folder(workspace).join("0.txt");
    std::fs::create_dir_all(folder(workspace))?;
    std::fs::write(&empty, "").with_context(|| format!("cannot write {}", empty.display()))?;
    let program = |name: &str, path: &Path, args: &[&str]| {
        let job = |file: &Path| {
            let words = args.iter().map(|&arg| arg.to_owned());
            let args = words.chain([file.to_string_lossy().into_owned()]).collect();
            Job { args, input: None }
        };
        let (path, job, empty) = (path.to_owned(), job(file), Some(job(&empty)));
        Program { name: name.to_owned(), path, env: Vec::new(), job, empty }
    };
    let ways = WAYS.iter().map(|(name, by)| {
        let rung = name.split(',').next().unwrap_or(name);
        program(name, binary, &[&["run", "--rung", rung], *by].concat())
    });
    let mut contest = Contest { programs: ways.collect(), missing: Vec::new() };
    let python = on_path("python3");
    for (name, script) in [
        ("polars", include_str!("rows/of_polars.py")),
        ("duckdb", include_str!("rows/of_duckdb.py")),
    ] {
        match &python {
            Some(python) if runs(python, &["-c", &format!("import {name}")]) => {
                let program = program(name, python, &["-c", script]);
                contest.programs.push(Program { empty: None, ..program });
            }
            _ => contest.missing.push((name, format!("`pip install {name}`, for python3"))),
        }
    }
    match on_path("awk") {
        Some(awk) if slow => {
            let program = program("awk", &awk, &["-F;", include_str!("rows/report.awk")]);
            // Names are compared as bytes.
            let env = vec![("LC_ALL".to_owned(), "C".to_owned())];
            contest.programs.push(Program { env, ..program });
        }
        Some(_) => contest.missing.push(("awk", "left out where rows are many".to_owned())),
        None => contest.missing.push(("awk", "there is no such program".to_owned())),
    }
    Ok(contest)
}

/// Where a program is that one would call by its name.
fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Whether a program does this.
fn runs(program: &Path, args: &[&str]) -> bool {
    let mut command = child::command(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|ended| ended.success())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_on_the_path_and_asked_what_it_can() {
        let shell = on_path("sh").unwrap();
        assert!(runs(&shell, &["-c", "exit 0"]) && !runs(&shell, &["-c", "exit 1"]));
        assert_eq!(on_path("no program has such a name"), None);
    }
}
