//! Builds variants: what takes long is done once, and kept by the sources, the compiler and the
//! settings that it was made of.

use std::cell::Cell;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Instant, SystemTime};

use anyhow::{Context as _, Result, ensure};
use cases::Workspace;
use object::{Object as _, ObjectSection as _, SectionKind};
use record::{BuildCost, write_json};

use super::Subject;
use super::room;
use super::source;
use super::tools::{self, Rustc};
use super::variants::{Trained, Variant, lacking};
use crate::build::{cargo_in, executables};
use crate::child;
use crate::programs::{Digest, Job};

/// Bytes that a build of a small program takes at least.
const LEAST_ROOM: u64 = 1 << 30;
/// How much more than the base's build others may take: debug information, and code twice over.
const MORE_ROOM: u64 = 4;

/// A place where one program is built.
pub struct Workshop<'a> {
    subject: &'a Subject,
    folder: PathBuf,
    rustc: Rustc,
    /// Of the sources and the compiler.
    made_of: Digest,
    /// Bytes of the largest build so far.
    largest: Cell<u64>,
}

impl<'a> Workshop<'a> {
    /// Looks at what there is.
    ///
    /// # Errors
    /// If sources cannot be read, rustc not be run, or there is no room.
    pub fn new(workspace: &Workspace, subject: &'a Subject, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let rustc = Rustc::of(&workspace.root).map_err(anyhow::Error::msg)?;
        let mut made_of = Digest::default();
        made_of.add(rustc.says.as_bytes());
        subject.sources.iter().try_for_each(|path| source::add(&mut made_of, path))?;
        subject.flags.iter().for_each(|flag| made_of.add(flag.as_bytes()));
        let workshop =
            Self { subject, folder: folder.to_owned(), rustc, made_of, largest: Cell::new(0) };
        workshop.needs(LEAST_ROOM)?;
        Ok(workshop)
    }

    /// The triple that is built for.
    pub fn target(&self) -> &str {
        &self.subject.target
    }

    /// What others will take is known when the base is built: they stand in its place one after
    /// the other.
    ///
    /// # Errors
    /// If there is no room for them.
    pub fn has_room_for_more(&self) -> Result<()> {
        self.needs(LEAST_ROOM.max(MORE_ROOM * self.largest.get()))
    }

    fn needs(&self, bytes: u64) -> Result<()> {
        let Some(free) = room::free(&self.folder) else { return Ok(()) };
        let gib = |bytes: u64| bytes as f64 / f64::from(1 << 30);
        let place = self.folder.display();
        record::errln!(
            "builds of {} take up to {:.1} GiB in {place}, of which a few MiB are kept",
            self.subject.name,
            gib(bytes)
        );
        ensure!(
            free >= bytes,
            "only {:.1} GiB are free: make room; `cargo xtask clean` removes what earlier runs left",
            gib(free)
        );
        Ok(())
    }

    /// Removes all but finished programs.
    pub fn clear(&self) {
        let _ = fs::remove_dir_all(self.build_folder());
    }

    fn build_folder(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// A variant's program and what it took; built now, or as it was built before.
    ///
    /// # Errors
    /// Says why it cannot be had here.
    pub fn build(&self, variant: &Variant) -> Result<(PathBuf, BuildCost), String> {
        if let Some(why) = variant.flags.iter().find_map(|flag| lacking(flag)) {
            return Err(why);
        }
        let key = self.key(variant);
        let place = self.folder.join("kept").join(&key);
        let program = place.join(self.file_name());
        let cost = place.join("cost.json");
        let known = fs::read_to_string(&cost).ok().and_then(|it| serde_json::from_str(&it).ok());
        if let Some(known) = known.filter(|_| program.is_file()) {
            return Ok((program, known));
        }
        let failed = |error: anyhow::Error| format!("{error:#}");
        let found = self.built(variant, &key)?;
        fs::create_dir_all(&place).map_err(|error| error.to_string())?;
        fs::copy(&found.0, &program).map_err(|error| error.to_string())?;
        write_json(&found.1, &cost).map_err(failed)?;
        Ok((program, found.1))
    }

    fn file_name(&self) -> String {
        format!("{}{}", self.subject.bin, std::env::consts::EXE_SUFFIX)
    }

    /// What tells a build from all others.
    fn key(&self, variant: &Variant) -> String {
        let mut digest = self.made_of;
        variant.settings().iter().for_each(|setting| digest.add(setting.as_bytes()));
        if let Some(on) = variant.profiled {
            let job = self.job(on);
            job.args.iter().for_each(|arg| digest.add(arg.as_bytes()));
            // One that is missing is missed when it is read.
            job.input.iter().for_each(|input| drop(digest.add_file(input)));
        }
        digest.text()
    }

    fn built(&self, variant: &Variant, key: &str) -> Result<(PathBuf, BuildCost), String> {
        // What is missing is said before anything is built for nothing.
        let bolt = variant.bolted.then(|| tools::bolt(&self.rustc)).transpose()?;
        let start = Instant::now();
        let mut flags: Vec<String> = variant.flags.iter().map(|&flag| flag.to_owned()).collect();
        if let Some(on) = variant.profiled {
            let profile = self.profile(variant, on, key)?;
            flags.push(format!("-Cprofile-use={}", profile.display()));
        }
        if bolt.is_some() {
            flags.push("-Clink-arg=-Wl,--emit-relocs".to_owned());
        }
        self.clear();
        let mut program = self.cargo(variant, &flags)?;
        let mut clean = millis(start);
        self.largest.set(self.largest.get().max(room::taken(&self.build_folder())));
        self.age().map_err(|error| format!("{error:#}"))?;
        let start = Instant::now();
        self.cargo(variant, &flags)?;
        let mut incremental = millis(start);
        if let Some(bolt) = bolt {
            let start = Instant::now();
            program = self.bolted(&bolt, &program)?;
            (clean, incremental) = (clean + millis(start), incremental + millis(start));
        }
        let file = fs::metadata(&program).map_err(|error| error.to_string())?.len();
        let text = text(&program).map_err(|error| format!("{error:#}"))?;
        Ok((program, BuildCost { clean, incremental, file, text }))
    }

    /// Runs cargo; the program that it made.
    fn cargo(&self, variant: &Variant, flags: &[String]) -> Result<PathBuf, String> {
        let Subject { manifest, package, bin, target, .. } = self.subject;
        let folder = manifest.parent().unwrap_or(Path::new("."));
        let mut cargo = cargo_in(folder, &self.build_folder());
        cargo.args(["build", "--quiet", "--release", "--locked"]);
        cargo.args(["--package", package, "--bin", bin, "--target", target]);
        cargo.args(variant.feature.iter().flat_map(|feature| ["--features", feature]));
        let own = self.subject.flags.iter().map(String::as_str);
        let flags: Vec<&str> = own.chain(flags.iter().map(String::as_str)).collect();
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        // A cache of somebody's would be what is timed.
        cargo.env("RUSTC_WRAPPER", "").env("CARGO_INCREMENTAL", "0");
        for (key, value) in &variant.profile {
            let key = key.replace('-', "_").to_uppercase();
            cargo.env(format!("CARGO_PROFILE_RELEASE_{key}"), value.trim_matches('"'));
        }
        let built = executables(&mut cargo).map_err(|error| format!("{error:#}"))?;
        let program = built.into_iter().find(|(name, _)| name == bin);
        let program = program.ok_or("it does not compile; cargo's messages above say why")?;
        Ok(program.1)
    }

    /// Makes what cargo knows of one package older than its sources, which are not touched: cargo
    /// then builds it again, and what needs it.
    fn age(&self) -> Result<()> {
        let known = self.build_folder().join(&self.subject.target).join("release/.fingerprint");
        let prefix = format!("{}-", self.subject.touched);
        let mut aged = false;
        for entry in fs::read_dir(&known)?.flatten() {
            // "vm-0123456789abcdef": what stands behind the name is one word.
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_own = name.strip_prefix(&prefix).is_some_and(|hash| !hash.contains('-'));
            for file in fs::read_dir(entry.path())?.flatten().filter(|_| is_own) {
                if file.file_name().to_string_lossy().starts_with("dep-") {
                    File::options()
                        .append(true)
                        .open(file.path())?
                        .set_modified(SystemTime::UNIX_EPOCH)?;
                    aged = true;
                }
            }
        }
        ensure!(aged, "cargo keeps nothing of {} in {}", self.subject.touched, known.display());
        Ok(())
    }

    fn job(&self, on: Trained) -> &Job {
        match (on, &self.subject.unlike) {
            (Trained::Unlike, Some(unlike)) => unlike,
            _ => &self.subject.alike,
        }
    }

    /// What a program that counts found in its training.
    fn profile(&self, variant: &Variant, on: Trained, key: &str) -> Result<PathBuf, String> {
        let profdata = tools::profdata(&self.rustc)?;
        let io = |error: std::io::Error| error.to_string();
        let raw = self.folder.join("profiles").join(key);
        let _ = fs::remove_dir_all(&raw);
        fs::create_dir_all(&raw).map_err(io)?;
        self.clear();
        let flags = variant.flags.iter().map(|&flag| flag.to_owned());
        // Some who distribute the merger build it without what names are compressed with.
        let counting = ["-Cprofile-generate", "-Cllvm-args=-enable-name-compression=false"];
        let flags: Vec<String> = flags.chain(counting.map(str::to_owned)).collect();
        let program = self.cargo(variant, &flags)?;
        let variable = ("LLVM_PROFILE_FILE", raw.join("%m_%p.profraw"));
        train(child::command(program).env(variable.0, variable.1), self.job(on))?;
        let merged = self.folder.join("profiles").join(format!("{key}.profdata"));
        let mut merge = child::command(profdata);
        merge.arg("merge").arg("-o").arg(&merged).arg(&raw);
        done(&mut merge)?;
        fs::remove_dir_all(&raw).map_err(io)?;
        Ok(merged)
    }

    /// The program laid out anew, after a training of its own.
    fn bolted(&self, bolt: &tools::Bolt, program: &Path) -> Result<PathBuf, String> {
        let (counting, counts) =
            (program.with_extension("counting"), program.with_extension("fdata"));
        let mut instrument = child::command(&bolt.bolt);
        instrument.arg(program).arg("-instrument").arg("-o").arg(&counting);
        done(instrument.arg(format!("--instrumentation-file={}", counts.display())))?;
        train(&mut child::command(&counting), self.job(Trained::Alike))?;
        let result = program.with_extension("bolted");
        let mut optimize = child::command(&bolt.bolt);
        optimize.arg(program).arg("-o").arg(&result).arg(format!("-data={}", counts.display()));
        optimize.args(["-reorder-blocks=ext-tsp", "-reorder-functions=hfsort"]);
        done(optimize.args(["-split-functions", "-split-all-cold"]))?;
        record::errln!("laid out by BOLT {}", bolt.version);
        Ok(result)
    }
}

fn millis(start: Instant) -> u64 {
    (start.elapsed().as_millis() as u64).max(1)
}

/// Runs a program that counts what it does.
fn train(command: &mut Command, job: &Job) -> Result<(), String> {
    let input = match &job.input {
        Some(path) => File::open(path).map_err(|error| error.to_string())?.into(),
        None => Stdio::null(),
    };
    done(command.args(&job.args).stdin(input).stdout(Stdio::null()))
}

/// Runs a command to its end.
fn done(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let name = Path::new(&name).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last: String = said.trim().lines().last().unwrap_or_default().chars().take(300).collect();
    Err(format!("{name} ended with {}: {last}", output.status))
}

/// Bytes of machine code in a program.
fn text(path: &Path) -> Result<u64> {
    let data = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let file = object::File::parse(&*data).context("a program cannot be read")?;
    let code = file.sections().filter(|section| section.kind() == SectionKind::Text);
    Ok(code.map(|section| section.size()).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builds::subject::tests::{package, subject};

    /// Everything in a folder, with when it was changed.
    fn state(folder: &Path) -> Vec<(PathBuf, SystemTime)> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut all: Vec<_> = entries
            .flat_map(|path| {
                let below = if path.is_dir() { state(&path) } else { Vec::new() };
                let changed = path.metadata().unwrap().modified().unwrap();
                below.into_iter().chain([(path, changed)]).collect::<Vec<_>>()
            })
            .collect();
        all.sort();
        all
    }

    #[test]
    fn a_crate_is_built_beside_its_folder_once_for_each_of_its_states() {
        let (package, place) = (package(true), tempfile::tempdir().unwrap());
        let root = package.path().to_owned();
        let workspace = Workspace { target: place.path().into(), root, cases: Vec::new() };
        let built = || {
            let subject = subject(package.path(), "tool").unwrap();
            let workshop = Workshop::new(&workspace, &subject, place.path()).unwrap();
            let variant = Variant { name: "strip", ..Variant::default() };
            let (program, cost) = workshop.build(&variant).unwrap();
            workshop.clear();
            assert!(cost.file > cost.text && cost.text > 0 && cost.clean > 0, "{cost:?}");
            (program, cost)
        };
        let before = state(package.path());
        let first = built();
        assert!(child::command(&first.0).status().unwrap().success());
        assert_eq!(first, built(), "it was kept");
        assert_eq!(state(package.path()), before, "nothing of the user's was touched");
        fs::write(package.path().join("src/main.rs"), "fn main() { println!() }\n").unwrap();
        assert_ne!(built().0, first.0);
        fs::write(package.path().join("src/main.rs"), "fn main() { oops }\n").unwrap();
        let subject = subject(package.path(), "tool").unwrap();
        let workshop = Workshop::new(&workspace, &subject, place.path()).unwrap();
        let why = workshop.build(&Variant::default()).unwrap_err();
        assert!(why.contains("does not compile"), "{why}");
    }
}
