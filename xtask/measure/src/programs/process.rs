//! One process from its start to its end: how long, how much of the processor, how much memory, and
//! what it printed.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Instant;

use super::others::Busy;
use super::{Digest, Job, Program};
use crate::child;

/// What became of a process.
pub struct Ended {
    /// Nanoseconds from before its start until it was gone.
    pub wall: u64,
    /// Nanoseconds of processor time, its own and the system's for it.
    pub cpu: Option<u64>,
    /// Bytes at its fullest. It begins as a copy of this process: of a program that needs less than
    /// the few pages which that has for itself, this is as much as those.
    pub peak: Option<u64>,
    /// Nanoseconds of the processor that others took meanwhile, at least.
    pub others: Option<u64>,
    /// Of what it printed.
    pub digest: u64,
}

/// Runs a program on a job; what it prints goes into a file, which costs every program the same.
///
/// # Errors
/// Says why it could not be run, or how it failed.
pub fn run(program: &Program, job: &Job, output: &Path) -> Result<Ended, String> {
    let cannot = |what: &Path, error: std::io::Error| format!("{}: {error}", what.display());
    let errors = output.with_extension("errors");
    let input = match &job.input {
        Some(path) => File::open(path).map_err(|error| cannot(path, error))?.into(),
        None => Stdio::null(),
    };
    let printed = File::create(output).map_err(|error| cannot(output, error))?;
    let said = File::create(&errors).map_err(|error| cannot(&errors, error))?;
    let mut command = child::command(&program.path);
    command.args(&job.args).stdin(input).stdout(printed).stderr(said);
    command.envs(program.env.iter().map(|(name, value)| (name, value)));
    let before = Busy::now();
    let start = Instant::now();
    let child = command.spawn().map_err(|error| cannot(&program.path, error))?;
    let (failure, cpu, peak) = wait(child).map_err(|error| cannot(&program.path, error))?;
    let wall = start.elapsed().as_nanos() as u64;
    let others = before.zip(Busy::now()).zip(cpu);
    let others = others.map(|((before, after), own)| after.others(&before, own));
    if let Some(how) = failure {
        let said = std::fs::read(&errors).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let last: String =
            said.trim().lines().last().unwrap_or_default().chars().take(200).collect();
        return Err(format!("it ended with {how}: {last}"));
    }
    let mut digest = Digest::default();
    digest.add_file(output).map_err(|error| format!("{error:#}"))?;
    Ok(Ended { wall, cpu, peak, others, digest: digest.number() })
}

/// How a process failed, its nanoseconds of processor time, and its bytes at its fullest.
type Usage = (Option<String>, Option<u64>, Option<u64>);

#[cfg(unix)]
fn wait(child: Child) -> std::io::Result<Usage> {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::ExitStatus;

    let mut status = 0;
    // SAFETY: all of it is numbers, for which zero is one.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: both are ours, and the process is a child that nobody else waits for.
        let ended = unsafe { libc::wait4(child.id() as i32, &mut status, 0, &mut usage) };
        if ended != -1 {
            break;
        }
        let error = std::io::Error::last_os_error();
        if error.kind() != std::io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
    let status = ExitStatus::from_raw(status);
    let nanoseconds =
        |time: libc::timeval| (time.tv_sec as u64) * 1_000_000_000 + (time.tv_usec as u64) * 1_000;
    let cpu = nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1 << 10 };
    let peak = usage.ru_maxrss as u64 * unit;
    let known = |value: u64| (value > 0).then_some(value);
    Ok(((!status.success()).then(|| status.to_string()), known(cpu), known(peak)))
}

#[cfg(not(unix))]
fn wait(mut child: Child) -> std::io::Result<Usage> {
    let status = child.wait()?;
    Ok(((!status.success()).then(|| status.to_string()), None, None))
}
