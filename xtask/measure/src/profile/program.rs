//! Runs a reader's program under a sampler. The program is not changed, its output goes where it
//! went, and how it ended is told.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use protocol::Sampled;

use crate::child;

/// How a program ran to its end.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    /// How it ended.
    pub status: ExitStatus,
    /// How long it ran, without what was made of its samples afterwards.
    pub wall: Duration,
    /// How often its threads went to sleep by themselves, where the system counts that.
    pub sleeps: Option<u64>,
}

impl Ended {
    /// Runs a command to its end.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(super) fn of(command: &mut Command) -> io::Result<Self> {
        let (before, start) = (sleeps(), Instant::now());
        let status = command.status()?;
        let wall = start.elapsed();
        let sleeps = before.zip(sleeps()).map(|(before, after)| after.saturating_sub(before));
        Ok(Self { status, wall, sleeps })
    }

    /// How often its threads went to sleep in a second.
    pub fn sleeps_in_a_second(&self) -> Option<f64> {
        self.sleeps.map(|sleeps| sleeps as f64 / self.wall.as_secs_f64())
    }
}

/// How often children went to sleep that have ended, and theirs.
#[cfg(unix)]
fn sleeps() -> Option<u64> {
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the place is ours, and large enough.
    let told = unsafe { libc::getrusage(libc::RUSAGE_CHILDREN, usage.as_mut_ptr()) };
    // SAFETY: all of it is numbers, for which zero is one.
    let usage = unsafe { usage.assume_init() };
    (told == 0).then_some(usage.ru_nvcsw as u64)
}

#[cfg(not(unix))]
fn sleeps() -> Option<u64> {
    None
}

/// Has it sample itself, with this library loaded beside it.
///
/// # Errors
/// If it cannot be run, or nothing was written: it is static, or ended without its last words.
pub fn by_timer(library: &Path, program: &[OsString]) -> Result<(Sampled, Ended)> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder for the stacks")?;
    let file = folder.path().join("stacks.json");
    let loader = if cfg!(target_os = "macos") { "DYLD_INSERT_LIBRARIES" } else { "LD_PRELOAD" };
    let (first, rest) = program.split_first().context("which program?")?;
    let mut command = child::command(first);
    command.args(rest).env(loader, library).env("CASEBOOK_STACKS", &file);
    let ended = Ended::of(&mut command).with_context(|| cannot(first))?;
    let Ok(bytes) = std::fs::read(&file) else {
        bail!(
            "the program wrote no stacks: it is linked statically, or was killed ({}); \
             `--sampler valgrind` needs neither",
            ended.status
        );
    };
    Ok((serde_json::from_slice(&bytes).context("the stacks cannot be read")?, ended))
}

/// Has callgrind count its instructions; its file.
///
/// # Errors
/// If it cannot be run.
pub fn by_callgrind(program: &[OsString]) -> Result<(Vec<u8>, Ended)> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder for callgrind")?;
    let file = folder.path().join("callgrind.out");
    let mut option = OsString::from("--callgrind-out-file=");
    option.push(&file);
    let mut command = child::command("valgrind");
    command.args(["--quiet", "--tool=callgrind"]).arg(option).arg("--").args(program);
    let ended = Ended::of(&mut command).context(
        "valgrind is not installed (Debian: `apt install valgrind`, Fedora: `dnf install valgrind`)",
    )?;
    match std::fs::read(&file) {
        Ok(bytes) => Ok((bytes, ended)),
        Err(_) => bail!("callgrind wrote nothing; it ended with {}", ended.status),
    }
}

fn cannot(program: &OsString) -> String {
    format!("cannot run {}; a path begins with `./` or `/`", Path::new(program).display())
}
