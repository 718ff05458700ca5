//! Records the stacks of programs: of those of this package, or of any command.
//!
//! `record NAME…` runs the named programs, or all, and writes `NAME.folded` beside each one's
//! source. `record --as FILE -- PROGRAM ARGS…` writes where any program was seen, packed if the
//! file's name ends in `gz`. Needs `perf`, and takes as many samples a second as the variable
//! `HERTZ` says. A program runs as it is, its output is thrown away.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Frames of a stack beyond which its outer end is cut off.
const DEEPEST: usize = 64;
/// The kernel's frames that are kept: what it was asked for, and not how it does it.
const OF_THE_KERNEL: usize = 4;
/// Bytes of a file beyond which its rarest stacks are left out.
const LARGEST: usize = 96_000;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The sources of this package's programs.
fn sources(package: &Path) -> Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    for lot in ["learn", "kept", "third"] {
        for entry in fs::read_dir(package.join(lot))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push(path);
            }
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

/// What `perf` saw while a command ran, as its own text.
fn seen(command: &[String]) -> Result<String> {
    let data = std::env::temp_dir().join(format!("truth-{}.data", std::process::id()));
    let mut perf = Command::new("perf");
    let hertz = std::env::var("HERTZ").unwrap_or("997".to_owned());
    perf.args(["record", "--quiet", "-F", &hertz, "-g", "--call-graph", "dwarf", "-o"]);
    run(perf.arg(&data).arg("--").args(command))?;
    let mut perf = Command::new("perf");
    let script = run(perf.args(["script", "--inline", "-F", "ip,sym,dso", "-i"]).arg(&data))?;
    fs::remove_file(data)?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}

/// The function of a line of `perf script`: address, name, and where it is or that it was inlined.
fn function(line: &str) -> Option<String> {
    let name = line.trim().split_once(' ')?.1;
    let name = name.rsplit_once(" (").map_or(name, |(name, _)| name);
    Some(name.replace(';', ":")) // which parts frames
}

/// Whether a function is a program's own.
fn is_own(function: &str, program: &str) -> bool {
    let name = function.trim_start_matches(['<', '&']);
    name.strip_prefix(program).is_some_and(|rest| rest.starts_with("::"))
}

/// Equal stacks with their number, outermost function first. What the runtime does before it calls
/// the program is left out: it is the same in all.
fn fold(script: &str, program: &str) -> HashMap<String, usize> {
    let mut stacks = HashMap::new();
    for sample in script.split("\n\n") {
        let lines: Vec<&str> = sample.lines().collect();
        let kernel = lines.iter().take_while(|line| line.ends_with("([kernel.kallsyms])")).count();
        let deep = kernel.saturating_sub(OF_THE_KERNEL);
        let mut frames: Vec<String> = lines[deep..].iter().copied().filter_map(function).collect();
        if let Some(outermost) = frames.iter().rposition(|frame| is_own(frame, program)) {
            frames.truncate(outermost + 1);
        }
        frames.truncate(DEEPEST);
        frames.reverse();
        if !frames.is_empty() {
            *stacks.entry(frames.join(";")).or_insert(0) += 1;
        }
    }
    stacks
}

/// The most frequent stacks that fit into a file, and the share of samples that this leaves out.
fn small(stacks: HashMap<String, usize>, largest: usize) -> (String, f64) {
    let all: usize = stacks.values().sum();
    let mut stacks: Vec<(String, usize)> = stacks.into_iter().collect();
    stacks.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
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

fn record(command: &[String], program: &str, to: &Path) -> Result<()> {
    let stacks = fold(&seen(command)?, program);
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
        return record(command, &program, Path::new(to));
    }
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    run(Command::new("cargo").args(["build", "--release", "--bins"]).current_dir(package))?;
    for source in sources(package)? {
        let name = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if arguments.is_empty() || arguments.contains(&name) {
            let program = std::env::current_exe()?.with_file_name(&name);
            let program = program.to_string_lossy().into_owned();
            record(&[program], &name, &source.with_extension("folded"))?;
        }
    }
    Ok(())
}
