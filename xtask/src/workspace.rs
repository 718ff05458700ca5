//! Finds the cases: workspace members with `package.metadata.case`. Nothing else lists them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};
use cargo_metadata::{Message, MetadataCommand, Package};
use serde::Deserialize;

use crate::names::known;
use crate::record::{Record, Toolchain};

/// The parts of the book in reading order; their opening pages are `docs/src/part-*.md`.
pub const PARTS: [(&str, &str); 5] = [
    ("Memory", "part-memory.md"),
    ("Avoiding work", "part-avoiding-work.md"),
    ("The CPU", "part-cpu.md"),
    ("Data structures", "part-data-structures.md"),
    ("Many cores, and the system", "part-many-cores.md"),
];

/// The workspace and its cases.
pub struct Workspace {
    /// Its root folder.
    pub root: PathBuf,
    /// cargo's target folder.
    pub target: PathBuf,
    /// Every case, by part and then in reading order.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Clone)]
pub struct Case {
    /// Folder, package, bench and chapter.
    pub name: String,
    /// Title of its chapter.
    pub title: String,
    /// Part of the book.
    pub part: String,
    /// Reading time.
    pub minutes: u32,
    /// Its place among the chapters of its part.
    pub order: u32,
    /// What a reader sees who needs the technique.
    pub symptom: String,
    /// What to look at then.
    pub look: String,
    /// The crate behind the peer rung.
    pub peer: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Its bench's source.
    pub bench: PathBuf,
    /// Packages that it depends on beside the harness.
    pub dependencies: Vec<String>,
}

#[derive(Deserialize)]
struct CaseMetadata {
    title: String,
    part: String,
    minutes: u32,
    order: u32,
    symptom: String,
    look: String,
    peer: String,
}

impl Workspace {
    /// Asks cargo.
    ///
    /// # Errors
    /// If cargo cannot read the workspace, or a case's metadata is not complete.
    pub fn load() -> Result<Self> {
        let metadata = MetadataCommand::new()
            .no_deps()
            .exec()
            .context("`cargo metadata` failed; run xtask inside the Casebook workspace")?;
        let mut cases = metadata
            .workspace_packages()
            .into_iter()
            .filter_map(|package| Some((package, package.metadata.get("case")?)))
            .map(|(package, case)| Case::new(package, case))
            .collect::<Result<Vec<_>>>()?;
        cases.sort_by_key(|case| {
            let part = PARTS.iter().position(|(part, _)| *part == case.part);
            (part, case.order, case.name.clone())
        });
        Ok(Self {
            root: metadata.workspace_root.into_std_path_buf(),
            target: metadata.target_directory.into_std_path_buf(),
            cases,
        })
    }

    /// Where runs and intermediate files are kept.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("casebook")
    }

    /// The latest run's record.
    pub fn latest_record(&self) -> PathBuf {
        self.scratch().join("record.json")
    }

    /// What the latest `calibrate` found.
    pub fn calibration(&self) -> PathBuf {
        self.scratch().join("calibration.json")
    }

    /// The record of the latest run on a file of the user's.
    pub fn file_record(&self) -> PathBuf {
        self.scratch().join("your-file.json")
    }

    /// The journal of a run that was cut short.
    pub fn journal(&self) -> PathBuf {
        self.scratch().join("journal.jsonl")
    }

    /// The same of a run on a file of the user's.
    pub fn file_journal(&self) -> PathBuf {
        self.scratch().join("your-file.journal.jsonl")
    }

    /// What commands read that are given no record: the latest run's, else the first committed
    /// reference.
    pub fn best_record(&self) -> Option<PathBuf> {
        let latest = self.latest_record();
        if latest.exists() {
            return Some(latest);
        }
        self.committed_records().into_iter().next()
    }

    /// The committed references that can be read; one that cannot is no reason to have no book.
    pub fn references(&self) -> Vec<Record> {
        let load = |path: &PathBuf| match Record::load(path) {
            Ok(record) => Some(record),
            Err(error) => {
                eprintln!("left out: {error:#}");
                None
            }
        };
        self.committed_records().iter().filter_map(load).collect()
    }

    fn committed_records(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.root.join("docs/results")).into_iter().flatten();
        let mut paths: Vec<PathBuf> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ext| ext == "json"))
            .collect();
        paths.sort();
        paths
    }

    /// Where the book is made.
    pub fn book(&self) -> PathBuf {
        self.root.join("docs/book")
    }

    /// The cases with these names, or all.
    ///
    /// # Errors
    /// For an unknown name, with the nearest known one.
    pub fn select(&self, names: &[String]) -> Result<Vec<&Case>> {
        for name in names {
            let all = self.cases.iter().map(|case| case.name.as_str());
            known("case", name, all)
                .map_err(|error| anyhow!("{error} (`cargo xtask list` shows all)"))?;
        }
        Ok(self
            .cases
            .iter()
            .filter(|case| names.is_empty() || names.contains(&case.name))
            .collect())
    }

    /// Builds benches and the machine probe; paths of the binaries by package. What does not
    /// compile is left out, after the compiler has said why.
    ///
    /// # Errors
    /// If cargo cannot be run at all.
    pub fn build(&self, cases: &[&Case]) -> Result<BTreeMap<String, PathBuf>> {
        self.build_benches(&cases.iter().map(|case| case.name.as_str()).collect::<Vec<_>>())
    }

    /// The same for the packages with these names; each has a bench of its own name.
    ///
    /// # Errors
    /// If cargo cannot be run at all.
    pub fn build_benches(&self, packages: &[&str]) -> Result<BTreeMap<String, PathBuf>> {
        let mut cargo = bench_build(&self.root);
        cargo.args(["--package", "machine", "--bin=machine"]);
        for name in packages {
            cargo.args(["--package", name, "--bench", name]);
        }
        executables(&mut cargo)
    }

    /// Builds a case's bench to be profiled: the code that is measured with its names beside it,
    /// and a sampler of its own if asked for. `None` if it does not compile.
    ///
    /// # Errors
    /// If cargo cannot be run at all.
    pub fn build_profiling(&self, case: &Case, sampler: bool) -> Result<Option<PathBuf>> {
        let mut cargo = Command::new(cargo());
        cargo.current_dir(&self.root).args(["build", "--profile=profiling"]);
        cargo.args(["--package", &case.name, "--bench", &case.name]);
        if sampler {
            cargo.arg("--features=harness/profile");
        }
        Ok(executables(&mut cargo)?.remove(&case.name))
    }

    /// Compiler, target and flags of the build.
    pub fn toolchain(&self) -> Toolchain {
        let verbose = self.output("rustc", &["--version", "--verbose"]).unwrap_or_default();
        let target =
            verbose.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or("unknown");
        let config =
            std::fs::read_to_string(self.root.join(".cargo/config.toml")).unwrap_or_default();
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
    pub fn commit(&self) -> Option<String> {
        let commit = self.output("git", &["rev-parse", "--short=10", "HEAD"])?;
        let changed = !self.output("git", &["status", "--porcelain"])?.is_empty();
        Some(format!("{}{}", commit.trim(), if changed { "+" } else { "" }))
    }

    fn output(&self, program: &str, args: &[&str]) -> Option<String> {
        let output = Command::new(program).args(args).current_dir(&self.root).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

impl Case {
    fn new(package: &Package, case: &serde_json::Value) -> Result<Self> {
        let name = package.name.to_string();
        let context = || format!("package.metadata.case of `{name}`");
        let metadata: CaseMetadata = serde_json::from_value(case.clone()).with_context(context)?;
        if !PARTS.iter().any(|(part, _)| *part == metadata.part) {
            let known: Vec<&str> = PARTS.iter().map(|(part, _)| *part).collect();
            bail!(
                "{}: there is no part `{}`; the parts are {}",
                context(),
                metadata.part,
                known.join(" · ")
            );
        }
        let bench = package.targets.iter().find(|target| target.is_bench());
        let dependencies = package
            .dependencies
            .iter()
            .filter(|dep| {
                dep.kind == cargo_metadata::DependencyKind::Normal && dep.name != "harness"
            })
            .map(|dep| dep.name.clone())
            .collect();
        Ok(Self {
            title: metadata.title,
            part: metadata.part,
            minutes: metadata.minutes,
            order: metadata.order,
            symptom: metadata.symptom,
            look: metadata.look,
            peer: metadata.peer,
            folder: package.manifest_path.parent().context("a manifest has a folder")?.into(),
            bench: bench
                .with_context(|| format!("`{name}` has no bench target"))?
                .src_path
                .clone()
                .into(),
            dependencies,
            name,
        })
    }

    /// Files of one rung: its module.
    pub fn source(&self, rung: &str) -> PathBuf {
        self.folder.join("src").join(format!("{rung}.rs"))
    }
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

/// The cargo that runs xtask.
pub fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| Path::new("cargo").to_owned(), PathBuf::from)
}
