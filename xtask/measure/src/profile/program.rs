//! Runs a reader's program under a sampler. The program is not changed, its output goes where it
//! went, and how it ended is told.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitStatus;

use anyhow::{Context, Result, bail};
use protocol::Sampled;

use crate::child;

/// Has it sample itself, with this library loaded beside it.
///
/// # Errors
/// If it cannot be run, or nothing was written: it is static, or ended without its last words.
pub fn by_timer(library: &Path, program: &[OsString]) -> Result<(Sampled, ExitStatus)> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder for the stacks")?;
    let file = folder.path().join("stacks.json");
    let loader = if cfg!(target_os = "macos") { "DYLD_INSERT_LIBRARIES" } else { "LD_PRELOAD" };
    let (first, rest) = program.split_first().context("which program?")?;
    let mut command = child::command(first);
    command.args(rest).env(loader, library).env("CASEBOOK_STACKS", &file);
    let ended = command.status().with_context(|| cannot(first))?;
    let Ok(bytes) = std::fs::read(&file) else {
        bail!(
            "the program wrote no stacks: it is linked statically, or was killed ({ended}); \
             `--sampler valgrind` needs neither"
        );
    };
    Ok((serde_json::from_slice(&bytes).context("the stacks cannot be read")?, ended))
}

/// Has callgrind count its instructions; its file.
///
/// # Errors
/// If it cannot be run.
pub fn by_callgrind(program: &[OsString]) -> Result<(Vec<u8>, ExitStatus)> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder for callgrind")?;
    let file = folder.path().join("callgrind.out");
    let mut option = OsString::from("--callgrind-out-file=");
    option.push(&file);
    let mut command = child::command("valgrind");
    command.args(["--quiet", "--tool=callgrind"]).arg(option).arg("--").args(program);
    let ended = command.status().context(
        "valgrind is not installed (Debian: `apt install valgrind`, Fedora: `dnf install valgrind`)",
    )?;
    match std::fs::read(&file) {
        Ok(bytes) => Ok((bytes, ended)),
        Err(_) => bail!("callgrind wrote nothing; it ended with {ended}"),
    }
}

fn cannot(program: &OsString) -> String {
    format!("cannot run {}; a path begins with `./` or `/`", Path::new(program).display())
}
