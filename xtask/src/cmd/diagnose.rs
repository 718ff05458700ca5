//! `cargo xtask diagnose`: from a slow program of the reader's to the chapter that may help.

mod calls;
mod run;
mod text;
mod truth;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use cases::Workspace;
use diagnose::find::find;
use diagnose::saved::Diagnosis;
use diagnose::{Profile, built, read};
use record::{Record, output};

use crate::outcome::Outcome;

/// What `--help` says at its end.
pub const HELP: &str = "\
  cargo xtask diagnose -- target/release/app data.csv   runs it and looks at its stacks
  cargo xtask diagnose --calls target/debug/app -- target/release/app data.csv
                                                        and counts who is asked the same again
  cargo xtask diagnose --stacks perf.txt                reads what others recorded
  cargo xtask diagnose --stacks strace.txt              of `strace -c`: system calls
Build with CARGO_PROFILE_RELEASE_DEBUG=limited: names of inlined functions tell most.
An answer is a hint, to be measured: of programs with a known problem that nobody had seen who wrote
its rules, about two of three were told right (xtask/truth/README.md counts them).";

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// Read this instead: folded stacks, `perf script`, pprof, Firefox or samply JSON, `strace -c`,
    /// `perf trace -s`, DHAT JSON, `heaptrack_print`, callgrind's file; packed or not
    #[arg(long, value_name = "FILE")]
    stacks: Option<PathBuf>,
    /// Who looks at the stacks; without a name, perf if it may be used
    #[arg(long, value_enum, conflicts_with = "stacks")]
    sampler: Option<run::Sampler>,
    /// How many samples perf takes a second, for what runs only for moments between two waits
    #[arg(
        long,
        value_name = "N",
        conflicts_with = "stacks",
        value_parser = clap::value_parser!(u32).range(1..100_000)
    )]
    hertz: Option<u32>,
    /// Run this debug build of the program as well, for some seconds and without its output, and
    /// count with which arguments its hottest functions are called
    #[arg(long, value_name = "BUILD", conflicts_with_all = ["stacks", "truth"])]
    calls: Option<PathBuf>,
    /// A crate of yours, beside that of `main` (may be repeated)
    #[arg(long, value_name = "CRATE")]
    own: Vec<String>,
    /// How many items your data has: ratios are those of the size that is nearest
    #[arg(long, value_name = "N")]
    size: Option<u64>,
    /// Keep the stacks here, folded
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Say how often the answer is right for the programs recorded in this folder
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["stacks", "save", "size"])]
    truth: Option<PathBuf>,
    /// The program to run, with its arguments
    #[arg(last = true, value_name = "PROGRAM", conflicts_with_all = ["stacks", "truth"])]
    program: Vec<OsString>,
}

/// Diagnoses a program or what was recorded of one.
///
/// # Errors
/// If there is nothing to look at, it cannot be read, or the answer cannot be kept.
pub fn run(args: &Args) -> Result<Outcome> {
    let workspace = Workspace::load()?;
    if let Some(folder) = &args.truth {
        return truth::run(folder, &workspace);
    }
    if !args.program.is_empty() {
        let mut profile = run::profile(&workspace, args.sampler, args.hertz, &args.program)?;
        if let Some(build) = &args.calls {
            calls::look(&mut profile, build, &args.program[1..], &args.own);
        }
        let words = args.program.iter().map(|word| word.to_string_lossy());
        return answer(&profile, &words.collect::<Vec<_>>().join(" "), args, &workspace);
    }
    let Some(path) = &args.stacks else {
        bail!("what is slow? `-- PROGRAM ARGS…` is run and looked at, `--stacks FILE` is read");
    };
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let profile = read::profile(&bytes).with_context(|| format!("{}", path.display()))?;
    answer(&profile, &path.display().to_string(), args, &workspace)
}

/// Says what a profile shows, and keeps it for the book.
fn answer(profile: &Profile, program: &str, args: &Args, workspace: &Workspace) -> Result<Outcome> {
    if let Some(path) = &args.save {
        output::write(&folded(profile), Some(path))?;
    }
    let found = find(profile, &workspace.cases, &args.own);
    let mut diagnosis = Diagnosis::new(program.to_owned(), now(), processor());
    diagnosis.how.clone_from(&profile.how);
    diagnosis.kind = profile.kind;
    diagnosis.samples = profile.total();
    diagnosis.size = args.size;
    diagnosis.warnings = built::warnings(profile);
    diagnosis.findings = found.findings;
    diagnosis.asides = found.asides;
    diagnosis.widest = found.widest;
    output::out(text::text(&diagnosis, workspace, &measured(workspace, &diagnosis)));
    std::fs::create_dir_all(workspace.scratch()).context("cannot make the folder of results")?;
    output::write(&diagnosis.json()?, Some(&workspace.diagnosis()))?;
    Ok(Outcome::Fine)
}

/// What records have of the cases that fit, each case of the first that has it: the latest run may
/// be one of other cases alone. Nobody waits for the figures of the others.
fn measured(workspace: &Workspace, diagnosis: &Diagnosis) -> Vec<(PathBuf, Record)> {
    let mut open: BTreeSet<&str> =
        diagnosis.findings.iter().map(|found| found.case.as_str()).collect();
    let mut records = Vec::new();
    let committed = workspace.committed_records();
    for path in workspace.best_record().into_iter().chain(committed) {
        if open.is_empty() {
            break;
        }
        let Ok(mut record) = Record::load(&path) else { continue };
        record.cases.retain(|name, case| !case.scenarios.is_empty() && open.remove(&**name));
        if !record.cases.is_empty() {
            records.push((path, record));
        }
    }
    records
}

/// The stacks as other tools read them, the same ones together. What is known of the machine code
/// is one more frame, inside the innermost; what is known of a function's calls is a stack without
/// samples.
fn folded(profile: &Profile) -> String {
    let mut folded: BTreeMap<String, u64> = BTreeMap::new();
    for (at, stack) in profile.stacks.iter().enumerate() {
        // A semicolon separates frames, and array types have one.
        let mut frames: Vec<String> =
            stack.frames.iter().map(|frame| frame.replace(';', ",")).collect();
        frames.extend(profile.code.get(at).and_then(|code| Some(code.as_ref()?.frame())));
        *folded.entry(frames.join(";")).or_default() += stack.samples;
    }
    for (name, repeats) in &profile.repeats {
        folded.insert(format!("{};{}", name.replace(';', ","), repeats.frame()), 0);
    }
    folded.into_iter().map(|(frames, count)| format!("{frames} {count}\n")).collect()
}

/// What the system calls the processor, or what it was built for.
fn processor() -> String {
    let known = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = known.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    name.map_or(std::env::consts::ARCH, |(_, name)| name.trim()).to_owned()
}

fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_read_again_with_what_is_known_of_code_and_calls() {
        let text = "app::main;app::go;[code loads=1 chains=1] 7\napp::main;app::go 2\n\
                    app::go;[calls seen=900 different=3 instructions=70] 0\n";
        let profile = read::profile(text.as_bytes()).unwrap();
        let saved = folded(&profile);
        let expected = "app::go;[calls seen=900 different=3 instructions=70] 0\n\
                        app::main;app::go 2\napp::main;app::go;[code loads=1 chains=1] 7\n";
        assert_eq!(saved, expected);
        assert_eq!(read::profile(saved.as_bytes()).unwrap().code[0], None);
    }
}
