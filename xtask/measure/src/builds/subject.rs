//! What is built: the book's own two programs, or a crate of the user's.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail, ensure};
use cargo_metadata::{Metadata, MetadataCommand, Package};
use cases::Workspace;

use crate::build::{Settings, cargo_in, executables};
use crate::child;
use crate::programs::Job;

/// A program that is built in many ways.
#[derive(Debug)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// Whether no variant is expected to be faster.
    pub null: bool,
    /// Its package's manifest.
    pub manifest: PathBuf,
    /// Its package.
    pub package: String,
    /// Its binary.
    pub bin: String,
    /// The package that is touched to see what building again takes.
    pub touched: String,
    /// Folders whose files it is made of.
    pub sources: Vec<PathBuf>,
    /// What rustc is given in every variant.
    pub flags: Vec<String>,
    /// The triple that it is built for.
    pub target: String,
    /// What is measured; the first decides.
    pub jobs: Vec<(String, Job)>,
    /// A job with nothing to do.
    pub empty: Option<Job>,
    /// What profiles are trained on.
    pub alike: Job,
    /// The inverse of that.
    pub unlike: Option<Job>,
    /// Features that its package has.
    pub features: Vec<String>,
}

impl Subject {
    /// Whether its package has a feature.
    pub fn has_feature(&self, feature: &str) -> bool {
        self.features.iter().any(|known| known == feature)
    }
}

/// What the user says of a crate of his own.
#[derive(Debug)]
pub struct OwnCrate<'a> {
    /// Its manifest.
    pub manifest: &'a Path,
    /// Its binary.
    pub bin: &'a str,
    /// What is measured.
    pub job: Job,
    /// A job with nothing to do.
    pub empty: Option<Job>,
    /// What profiles are trained on; the measured job without it.
    pub train: Option<Job>,
}

/// The book's own programs, and their input, which is made if it is not there.
///
/// # Errors
/// If the program that makes input cannot be built or run.
pub fn ours(workspace: &Workspace) -> Result<Vec<Subject>> {
    let root = workspace.root.join("builds");
    let metadata = metadata(&root.join("Cargo.toml"))?;
    let folder = super::folder(workspace).join("input");
    let made = Input::new(&root, &folder)?;
    let job = |rules: &str, input: PathBuf| Job {
        args: vec![root.join("rules").join(rules).to_string_lossy().into_owned()],
        input: Some(input),
    };
    let rules = Subject {
        jobs: vec![
            ("like training".to_owned(), job("test.rules", made.of("train", 2, 60_000)?)),
            ("its inverse".to_owned(), job("test.rules", made.of("other", 2, 40_000)?)),
        ],
        empty: Some(job("test.rules", made.of("train", 2, 0)?)),
        alike: job("train.rules", made.of("train", 1, 60_000)?),
        unlike: Some(job("train.rules", made.of("other", 1, 40_000)?)),
        touched: "vm".to_owned(),
        flags: Vec::new(), // as most users have it: the book's own flags are for its cases
        ..of_package(&metadata, package_of(&metadata, "rules")?, "rules")?
    };
    let steps = |count: u64| Job { args: vec![count.to_string()], input: None };
    let kernel = Subject {
        null: true,
        jobs: vec![("steps".to_owned(), steps(30_000_000))],
        empty: Some(steps(0)),
        alike: steps(20_000_000),
        flags: Vec::new(),
        ..of_package(&metadata, package_of(&metadata, "kernel")?, "kernel")?
    };
    Ok(vec![rules, kernel])
}

/// A crate of the user's.
///
/// # Errors
/// If there is no such manifest or binary, or no lock file, which would have to be written.
pub fn own(own: OwnCrate<'_>) -> Result<Subject> {
    let metadata = metadata(own.manifest)?;
    let package = package_of(&metadata, own.bin)?;
    let subject = of_package(&metadata, package, own.bin)?;
    let alike = own.train.unwrap_or_else(|| own.job.clone());
    let jobs = vec![("its job".to_owned(), own.job)];
    Ok(Subject { jobs, empty: own.empty, alike, ..subject })
}

/// What cargo says of a workspace, without writing a lock file.
fn metadata(manifest: &Path) -> Result<Metadata> {
    let manifest = std::path::absolute(manifest)?;
    ensure!(manifest.is_file(), "there is no {}: name a Cargo.toml", manifest.display());
    let ask = |more: &[&str]| {
        let mut command = MetadataCommand::new();
        command
            .manifest_path(&manifest)
            .other_options(more.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
        command.exec().with_context(|| format!("cargo cannot read {}", manifest.display()))
    };
    let root = ask(&["--no-deps"])?.workspace_root;
    ensure!(
        root.join("Cargo.lock").is_file(),
        "there is no Cargo.lock in {root}, and this writes none: run `cargo generate-lockfile` there"
    );
    ask(&["--locked"])
}

/// The workspace's package with a binary of this name.
fn package_of<'m>(metadata: &'m Metadata, bin: &str) -> Result<&'m Package> {
    let has = |package: &&&Package| {
        package.targets.iter().any(|target| target.is_bin() && target.name == bin)
    };
    let packages = metadata.workspace_packages();
    if let Some(package) = packages.iter().find(has) {
        return Ok(package);
    }
    let bins = packages.iter().flat_map(|package| &package.targets);
    let bins: Vec<&str> =
        bins.filter(|target| target.is_bin()).map(|target| target.name.as_str()).collect();
    bail!("there is no binary `{bin}`; there are: {}", bins.join(", "))
}

fn of_package(metadata: &Metadata, package: &Package, bin: &str) -> Result<Subject> {
    let root = metadata.workspace_root.as_std_path();
    let own = |package: &&Package| package.source.is_none();
    let folders = metadata.packages.iter().filter(own).filter_map(|it| it.manifest_path.parent());
    let mut sources: Vec<PathBuf> = folders.map(|it| it.as_std_path().to_owned()).collect();
    sources.extend(["Cargo.lock", "Cargo.toml", ".cargo"].map(|name| root.join(name)));
    let around = Workspace { root: root.to_owned(), target: root.into(), cases: Vec::new() };
    let settings = Settings::of(&around)?;
    Ok(Subject {
        name: bin.to_owned(),
        null: false,
        manifest: package.manifest_path.as_std_path().to_owned(),
        package: package.name.to_string(),
        bin: bin.to_owned(),
        touched: package.name.to_string(),
        sources,
        flags: settings.flags().to_vec(),
        target: settings.toolchain.target,
        jobs: Vec::new(),
        empty: None,
        alike: Job::default(),
        unlike: None,
        features: package.features.keys().cloned().collect(),
    })
}

/// Makes input of `rules`.
struct Input<'a> {
    program: PathBuf,
    folder: &'a Path,
}

impl<'a> Input<'a> {
    fn new(root: &Path, folder: &'a Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let mut cargo = cargo_in(root, &folder.join("target"));
        cargo.args(["build", "--quiet", "--release", "--locked", "--package", "rules"]);
        let program = executables(cargo.args(["--bin", "rules-input"]))?.remove("rules-input");
        let program = program.context("what makes the input of `rules` does not compile")?;
        Ok(Self { program, folder })
    }

    fn of(&self, distribution: &str, seed: u64, lines: usize) -> Result<PathBuf> {
        let path = self.folder.join(format!("{distribution}-{seed}-{lines}.jsonl"));
        record::whole::replace(&path, |file| {
            let args = [distribution.to_owned(), seed.to_string(), lines.to_string()];
            let mut command = child::command(&self.program);
            let status =
                command.args(args).stdin(Stdio::null()).stdout(file.try_clone()?).status()?;
            if status.success() { Ok(()) } else { Err(std::io::Error::other("rules-input failed")) }
        })?;
        Ok(path)
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use std::fs;

    /// A package with one binary, in a folder of its own.
    pub fn package(locked: bool) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        fs::create_dir(folder.path().join("src")).unwrap();
        write("Cargo.toml", "[package]\nname = \"tool\"\nedition = \"2024\"\n[workspace]\n");
        write("src/main.rs", "fn main() {}\n");
        if locked {
            let own = "[[package]]\nname = \"tool\"\nversion = \"0.0.0\"\n";
            write("Cargo.lock", &format!("version = 4\n\n{own}"));
        }
        folder
    }

    /// Its binary of this name.
    pub fn subject(folder: &Path, bin: &str) -> Result<Subject> {
        let manifest = &folder.join("Cargo.toml");
        own(OwnCrate { manifest, bin, job: Job::default(), empty: None, train: None })
    }

    #[test]
    fn a_crate_of_ones_own_is_read_and_not_changed() {
        let folder = package(true);
        let found = subject(folder.path(), "tool").unwrap();
        assert_eq!((found.package.as_str(), found.jobs.len()), ("tool", 1));
        assert!(found.sources.iter().any(|path| path.ends_with("Cargo.lock")));
        let error = format!("{:#}", subject(folder.path(), "tol").unwrap_err());
        assert!(error.contains("no binary `tol`; there are: tool"), "{error}");
        let error = format!("{:#}", subject(&folder.path().join("no"), "tool").unwrap_err());
        assert!(error.contains("name a Cargo.toml"), "{error}");
    }

    #[test]
    fn no_lock_file_is_written() {
        let folder = package(false);
        let error = format!("{:#}", subject(folder.path(), "tool").unwrap_err());
        assert!(error.contains("cargo generate-lockfile"), "{error}");
        assert!(!folder.path().join("Cargo.lock").exists());
    }
}
