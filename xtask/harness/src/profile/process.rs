//! Samples all of a process, from its first function to its last: for programs that know nothing of
//! the harness and have it loaded beside them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::stacks;
use crate::signals;

/// Where to write what was seen.
static FILE: OnceLock<PathBuf> = OnceLock::new();

/// Begins to sample, for a file.
///
/// # Errors
/// If this system has no such signals.
pub fn begin(file: &Path) -> Result<(), String> {
    FILE.get_or_init(|| file.to_owned());
    // They come until the process ends.
    std::mem::forget(stacks::start()?);
    signals::watch(true);
    Ok(())
}

/// Ends it, and writes the stacks as JSON, of [`protocol::Sampled`]'s form.
///
/// # Errors
/// If the file cannot be written.
pub fn end() -> Result<(), String> {
    signals::watch(false);
    let Some(file) = FILE.get() else { return Ok(()) };
    let json =
        serde_json::to_vec(&stacks::noted(signals::taken())).map_err(|error| error.to_string())?;
    std::fs::write(file, json).map_err(|error| error.to_string())
}
