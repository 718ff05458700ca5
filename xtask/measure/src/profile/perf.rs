//! perf from outside: whether it may be used, a recording, and its text.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use protocol::{Question, Sampler, Scenario};

use crate::binary::Binary;
use crate::child;
use crate::profile::program::Ended;

/// Not a divisor of anything: work that repeats at a round rate would meet each tick at the same
/// place.
pub const HERTZ: u32 = 997;
/// Who sampled, in words.
pub const NAME: &str = "perf (cpu-clock, DWARF)";
/// By the tables for unwinding: the C library's `malloc` has no frame pointers. 16 KiB of stack
/// with each sample hold a recursion.
const CALL_GRAPH: &str = "--call-graph=dwarf,16384";

/// Why perf cannot be used here, if it cannot.
pub fn refusal() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("perf is a tool of Linux".to_owned());
    }
    let probe = tempfile::tempdir().ok()?;
    let output = record(&probe.path().join("probe"), "10").arg("true").output();
    match output {
        Err(_) => Some(
            "perf is not installed (Debian: `apt install linux-perf`, Fedora: `dnf install perf`)"
                .to_owned(),
        ),
        Ok(output) if output.status.success() => None,
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let line = said.lines().map(str::trim).find(|line| !line.is_empty());
            Some(format!(
                "perf is refused ({}); `sysctl kernel.perf_event_paranoid=2` or lower allows it",
                line.unwrap_or("without a word").trim_end_matches(':')
            ))
        }
    }
}

/// Records `millis` milliseconds of calls of a rung; what `perf script` says of it.
///
/// # Errors
/// If perf fails, or the rung does.
pub fn sample(binary: &Binary, rung: &str, scenario: &Scenario, millis: u64) -> Result<String> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder for perf's data")?;
    let data = folder.path().join("perf.data");
    let mut command = record(&data, &HERTZ.to_string());
    let question = Question::Profile {
        rung: rung.to_owned(),
        scenario: scenario.clone(),
        millis,
        sampler: Sampler::Outside,
    };
    let asking = binary.asking(&question);
    command.arg(asking.get_program()).args(asking.get_args());
    let output = command.stdin(Stdio::null()).output().context("cannot run perf")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("perf ended with {}: {}", output.status, said.trim());
    }
    script(&data)
}

/// Runs somebody's program, whose output goes where it went, with so many samples a second; what
/// `perf script` says of it, and how it ended.
///
/// # Errors
/// If perf fails, or the program cannot be started.
pub fn program(program: &[OsString], hertz: u32) -> Result<(String, Ended)> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder for perf's data")?;
    let data = folder.path().join("perf.data");
    let ended = Ended::of(record(&data, &hertz.to_string()).args(program));
    let ended = ended.context("cannot run perf")?;
    if !data.exists() {
        bail!("perf recorded nothing; it ended with {}", ended.status);
    }
    let text = script(&data).with_context(|| {
        let name = program.first().map(|name| Path::new(name).display().to_string());
        format!("was {} run? perf ended with {}", name.unwrap_or_default(), ended.status)
    });
    Ok((text?, ended))
}

fn record(data: &Path, hertz: &str) -> Command {
    let mut command = child::command("perf");
    command.args(["record", "--quiet", "--event=cpu-clock", "--freq", hertz, CALL_GRAPH]);
    command.arg("--output").arg(data).arg("--");
    command
}

fn script(data: &Path) -> Result<String> {
    let output = child::command("perf")
        .args(["script", "--no-demangle", "--show-lost-events"])
        .arg("--fields=comm,tid,event,ip,sym,symoff,dso")
        .arg("--input")
        .arg(data)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .context("cannot run perf")?;
    if !output.status.success() {
        bail!("`perf script` ended with {}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
