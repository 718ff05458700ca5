//! The rungs of billion-rows as whole programs, and what else can do the same job, if it is there:
//! what each is given and on which rows.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use cases::Workspace;
use record::{Host, ProgramRound, Rows, RowsOutcome, RowsProgram};

use crate::build;
use crate::builds::{processor, room};
use crate::child;
use crate::programs::{Job, Measured, Program};

/// Which of the ways is what one would use instead.
const PEER: &str = "peer";

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
    (PEER, &[]),
];

/// Bytes of a row, and some to spare.
const ROW: u64 = 15;

/// What is there to be measured, and what is not.
#[derive(Debug)]
pub struct Contest {
    /// The programs that are there, the base first.
    pub programs: Vec<Program>,
    /// What a record says of each of them, and then of those that are not here.
    told: Vec<RowsProgram>,
}

impl Contest {
    fn takes_part(&mut self, program: Program, peer: bool, version: String) {
        let (name, outcome) = (program.name.clone(), RowsOutcome::Ran);
        self.told.insert(self.programs.len(), RowsProgram { name, peer, version, outcome });
        self.programs.push(program);
    }

    fn is_missing(&mut self, name: &str, how: impl Into<String>) {
        let (name, outcome) = (name.to_owned(), RowsOutcome::Unavailable(how.into()));
        self.told.push(RowsProgram { name, peer: true, version: String::new(), outcome });
    }

    /// What was measured, as a record has it: every run at the place of its program.
    pub fn record(self, mut rows: Rows, measured: Measured) -> Rows {
        rows.programs = self.told;
        for (program, why) in rows.programs.iter_mut().zip(measured.refused) {
            if let Some(why) = why {
                program.outcome = RowsOutcome::Refused(record::kept(&why));
            }
        }
        let missing = rows.programs.len() - self.programs.len();
        let spread = |mut round: ProgramRound| {
            let again = round.runs.pop().flatten();
            round.runs.extend(std::iter::repeat_n(None, missing));
            round.runs.push(again);
            round
        };
        rows.rounds = measured.rounds.into_iter().map(spread).collect();
        rows
    }
}

/// A record of so many rows in a file, in which nothing was measured yet.
///
/// # Errors
/// If cargo does not say what builds here, or there is no file.
pub fn begun(workspace: &Workspace, rows: Option<u64>, file: &Path) -> Result<Rows> {
    let toolchain = build::Settings::of(workspace)?.toolchain;
    let host = Host {
        processor: processor(),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        rustc: toolchain.rustc,
        target: toolchain.target,
    };
    let file = file.metadata().with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Rows::new(build::commit(workspace), host, rows, file.len()))
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
    // Written once: whoever finds it newer than it was takes it for another file.
    if !empty.metadata().is_ok_and(|known| known.len() == 0) {
        std::fs::write(&empty, "").with_context(|| format!("cannot write {}", empty.display()))?;
    }
    let program = |name: &str, path: &Path, args: &[&str]| {
        let job = |file: &Path| {
            let words = args.iter().map(|&arg| arg.to_owned());
            let args = words.chain([file.to_string_lossy().into_owned()]).collect();
            Job { args, input: None }
        };
        let (path, job, empty) = (path.to_owned(), job(file), Some(job(&empty)));
        Program { name: name.to_owned(), path, env: Vec::new(), job, empty }
    };
    let mut contest = Contest { programs: Vec::new(), told: Vec::new() };
    for (name, by) in WAYS {
        let rung = name.split(',').next().unwrap_or(name);
        let way = program(name, binary, &[&["run", "--rung", rung], by].concat());
        contest.takes_part(way, name == PEER, String::new());
    }
    let python = on_path("python3");
    for (name, script) in [
        ("polars", include_str!("rows/of_polars.py")),
        ("duckdb", include_str!("rows/of_duckdb.py")),
    ] {
        let version = format!("import {name}; print({name}.__version__)");
        let found =
            python.as_ref().and_then(|python| Some((python, said(python, &["-c", &version])?)));
        match found {
            Some((python, version)) => {
                let program = program(name, python, &["-c", script]);
                contest.takes_part(Program { empty: None, ..program }, true, version);
            }
            None => contest.is_missing(name, format!("`pip install {name}`, for python3")),
        }
    }
    match on_path("awk") {
        Some(awk) if slow => {
            let version = said(&awk, &["--version"]).or_else(|| said(&awk, &["-W", "version"]));
            let program = program("awk", &awk, &["-F;", include_str!("rows/report.awk")]);
            // Names are compared as bytes.
            let env = vec![("LC_ALL".to_owned(), "C".to_owned())];
            contest.takes_part(Program { env, ..program }, true, version.unwrap_or_default());
        }
        Some(_) => contest.is_missing("awk", "left out where rows are many, since it is slow"),
        None => contest.is_missing("awk", "a package `gawk` or `mawk` has it"),
    }
    Ok(contest)
}

/// Where a program is that one would call by its name.
fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// The first line that a program prints when it is asked so; none if it cannot answer.
fn said(program: &Path, args: &[&str]) -> Option<String> {
    let mut command = child::command(program);
    command.args(args).stdin(Stdio::null()).stderr(Stdio::null());
    let ended = command.output().ok().filter(|ended| ended.status.success())?;
    let said = String::from_utf8_lossy(&ended.stdout).lines().next().unwrap_or_default().to_owned();
    Some(record::shown(&said))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use record::ProgramRun;

    #[test]
    fn a_program_is_found_on_the_path_and_asked_what_it_can() {
        let shell = on_path("sh").unwrap();
        assert_eq!(said(&shell, &["-c", "echo 1.2; echo more"]).as_deref(), Some("1.2"));
        assert_eq!(said(&shell, &["-c", "exit 0"]).as_deref(), Some(""));
        assert_eq!(said(&shell, &["-c", "echo 1.2; exit 1"]), None);
        assert_eq!(on_path("no program has such a name"), None);
    }

    #[test]
    fn a_record_has_every_program_and_each_run_at_the_place_of_its_own() {
        let mut contest = Contest { programs: Vec::new(), told: Vec::new() };
        let program = |name: &str| Program {
            name: name.to_owned(),
            path: "/bin/true".into(),
            env: Vec::new(),
            job: Job::default(),
            empty: None,
        };
        contest.takes_part(program("naive"), false, String::new());
        contest.is_missing("polars", "get it");
        contest.takes_part(program("awk"), true, "awk 1".to_owned());
        let run = |wall: u64| Some(ProgramRun { wall, sentinel: 1, ..ProgramRun::default() });
        let measured = Measured {
            rounds: vec![ProgramRound { runs: vec![run(1), None, run(3)] }],
            refused: vec![None, Some("no\u{1b}".to_owned())],
        };
        let rows = contest.record(Rows::new(None, host(), Some(10), 130), measured);
        let told: Vec<_> = rows.programs.iter().map(|one| (&*one.name, &one.outcome)).collect();
        let [refused, missing] = ["no\u{fffd}", "get it"].map(str::to_owned);
        let expected = [
            ("naive", &RowsOutcome::Ran),
            ("awk", &RowsOutcome::Refused(refused)),
            ("polars", &RowsOutcome::Unavailable(missing)),
        ];
        assert_eq!(told, expected);
        assert_eq!(rows.rounds[0].runs, [run(1), None, None, run(3)]);
        Rows::read(&serde_json::to_string(&rows).unwrap()).unwrap();
    }

    fn host() -> Host {
        Host { cores: 2, ..Host::default() }
    }
}
