//! Records the stacks of programs: of those of this package, or of any command.
//!
//! `record NAME…` runs the named programs, or all, and writes `NAME.folded` beside each one's
//! source. `record --as FILE -- PROGRAM ARGS…` writes where any program was seen, packed if the
//! file's name ends in `gz`. Runs them by `cargo xtask diagnose`, which needs `perf`, and takes as
//! many samples a second as the variable `HERTZ` says; where `CALLS` is set, debug builds run as
//! well, and their calls are counted. A program runs as it is, its output is thrown away.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Frames of a stack beyond which its outer end is cut off.
const DEEPEST: usize = 64;
/// The kernel's frames that are kept: what it was asked for and of which file, and not all of how
/// it does it.
const OF_THE_KERNEL: usize = 10;
/// Where a program enters the kernel.
const KERNEL: [&str; 5] = ["entry_SYSCALL", "asm_", "ret_from_fork", "el0t_64_", "[kernel"];
/// Where a thread begins, which signs ask for.
const THREAD: &str = "spawn_unchecked";
/// Bytes of a file beyond which its rarest stacks are left out.
const LARGEST: usize = 96_000;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The sources of this package's programs: of each lot, which has a list and a folder.
fn sources(package: &Path) -> Result<Vec<PathBuf>> {
    let files = |folder: &Path, wanted: &str| -> Result<Vec<PathBuf>> {
        let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
        let mut paths = paths.collect::<Result<Vec<PathBuf>>>()?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == wanted));
        Ok(paths)
    };
    let mut sources = Vec::new();
    for list in files(package, "toml")? {
        let lot = list.with_extension("");
        if lot.is_dir() {
            sources.extend(files(&lot, "rs")?);
        }
    }
    sources.sort();
    Ok(sources)
}

fn run(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.stderr(Stdio::inherit()).output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(format!("{command:?} ended with {}", output.status).into())
}

/// The diagnosis, built as the tool's own workspace has it.
fn diagnosis(root: &Path) -> Result<Command> {
    let target = root.join("target");
    let mut build = Command::new("cargo");
    build.args(["build", "--quiet", "--package", "xtask"]).current_dir(root);
    run(build.env("CARGO_TARGET_DIR", &target))?;
    let mut xtask = Command::new(target.join("debug/xtask"));
    // It looks for the cases where cargo says that it runs, which is here otherwise.
    xtask.env("CARGO_MANIFEST_DIR", root.join("xtask")).env("CARGO_TARGET_DIR", target);
    Ok(xtask)
}

/// What the diagnosis saw while a command ran, as it saves it: stacks, with what it knows of the
/// machine code in the hottest loops.
fn seen(command: &[String], calls: Option<&Path>) -> Result<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let saved = std::env::temp_dir().join(format!("truth-{}.folded", std::process::id()));
    let hertz = std::env::var("HERTZ").unwrap_or("997".to_owned());
    let mut diagnose = diagnosis(&root)?;
    diagnose.args(["diagnose", "--sampler", "perf", "--hertz", &hertz, "--save"]);
    diagnose.arg(&saved).args(calls.iter().flat_map(|build| [Path::new("--calls"), build]));
    run(diagnose.arg("--").args(command))?;
    let folded = fs::read_to_string(&saved)?;
    fs::remove_file(saved)?;
    Ok(folded)
}

/// Whether a function is a program's own.
fn is_own(function: &str, program: &str) -> bool {
    let name = function.trim_start_matches(['<', '&']);
    name.strip_prefix(program).is_some_and(|rest| rest.starts_with("::"))
}

/// Equal stacks with their number, outermost function first. What the runtime does before it calls
/// the program is left out, but for that it began a thread: it is the same in all.
fn fold(folded: &str, program: &str) -> HashMap<String, usize> {
    let mut stacks = HashMap::new();
    for (frames, count) in folded.lines().filter_map(|line| line.rsplit_once(' ')) {
        let mut frames: Vec<&str> = frames.split(';').collect();
        let of_the_kernel = |frame: &&str| KERNEL.iter().any(|entry| frame.starts_with(entry));
        if let Some(entry) = frames.iter().position(of_the_kernel) {
            frames.truncate(entry + OF_THE_KERNEL);
        }
        let outermost = frames.iter().position(|frame| is_own(frame, program)).unwrap_or(0);
        let starts = |frame: &&&str| frame.contains(THREAD);
        let thread = frames[..outermost].iter().rfind(starts).copied();
        let outermost = outermost.max(frames.len().saturating_sub(DEEPEST));
        let kept: Vec<&str> =
            thread.into_iter().chain(frames[outermost..].iter().copied()).collect();
        *stacks.entry(kept.join(";")).or_insert(0) += count.parse().unwrap_or(0);
    }
    stacks
}

/// The most frequent stacks that fit into a file, and the share of samples that this leaves out.
fn small(stacks: HashMap<String, usize>, largest: usize) -> (String, f64) {
    let all: usize = stacks.values().sum();
    let mut stacks: Vec<(String, usize)> = stacks.into_iter().collect();
    // What is known of calls has no samples, and is kept.
    stacks.sort_by(|a, b| {
        let order = (a.1 > 0).cmp(&(b.1 > 0));
        order.then_with(|| b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0))
    });
    let mut text = String::new();
    let mut kept = 0;
    for (stack, count) in stacks {
        let line = format!("{stack} {count}\n");
        if text.len() + line.len() <= largest {
            text += &line;
            kept += count;
        }
    }
    (text, 1.0 - kept as f64 / all.max(1) as f64)
}

fn record(command: &[String], calls: Option<&Path>, program: &str, to: &Path) -> Result<()> {
    let stacks = fold(&seen(command, calls)?, program);
    let samples: usize = stacks.values().sum();
    let packed = to.extension().is_some_and(|extension| extension == "gz");
    let (text, lost) = small(stacks, if packed { usize::MAX } else { LARGEST });
    let plain = if packed { to.with_extension("") } else { to.to_path_buf() };
    fs::write(&plain, text)?;
    if packed {
        run(Command::new("gzip").args(["-9", "--force", "--no-name"]).arg(&plain))?;
    }
    println!("{}: {samples} samples, {:.1} % left out", to.display(), lost * 100.0);
    Ok(())
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, to, dashes, command @ ..] = arguments.as_slice()
        && (flag.as_str(), dashes.as_str()) == ("--as", "--")
    {
        let program = command.first().and_then(|program| Path::new(program).file_stem());
        let program = program.unwrap_or_default().to_string_lossy().replace('-', "_");
        return record(command, None, &program, Path::new(to));
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut build = Command::new("cargo");
    build.args(["build", "--release"]).current_dir(package);
    if arguments.is_empty() {
        build.arg("--bins");
    }
    let named = arguments.iter().flat_map(|name| ["--bin", name.as_str()]);
    run(build.args(named.clone()))?;
    let calls = std::env::var_os("CALLS").is_some();
    if calls {
        let bins = arguments.is_empty().then_some("--bins");
        run(Command::new("cargo").arg("build").current_dir(package).args(bins).args(named))?;
    }
    for source in sources(package)? {
        let name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if arguments.is_empty() || arguments.contains(&name) {
            let program = std::env::current_exe()?.with_file_name(&name);
            let program = program.to_string_lossy().into_owned();
            let debug = std::env::current_exe()?.with_file_name("../debug").join(&name);
            let debug = calls.then_some(debug.as_path());
            record(&[program], debug, &name, &source.with_extension("folded"))?;
        }
    }
    Ok(())
}
