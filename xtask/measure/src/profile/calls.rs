//! Runs a build of a reader's program once more, with breakpoints where its hottest functions begin,
//! and counts with how many different arguments they are called. No stack shows that. What a
//! function is given is known from debug information; two arguments are the same if all that they
//! lead to is, within bounds. Whether a function only answers is not known, so it is held to be one
//! that does more wherever something says so: it may write behind an argument, answers nothing,
//! always the same, or the same question in two ways.

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod debug;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod shape;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod trace;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod value;

use std::ffi::OsString;
use std::path::Path;

use anyhow::Result;
use cases::repeats::Repeats;

/// What was seen of a function's calls, or why nothing is said of them.
pub type Seen = std::result::Result<Repeats, String>;

/// Runs a program for some seconds and looks at the calls of the functions by these names.
///
/// # Errors
/// If it cannot be run so, or its debug information does not say what functions are given.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub fn watch(
    program: &Path,
    arguments: &[OsString],
    names: &[String],
) -> Result<Vec<(String, Seen)>> {
    trace::watch(program, arguments, names)
}

/// Elsewhere nobody can look.
///
/// # Errors
/// Always.
#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
pub fn watch(_: &Path, _: &[OsString], _: &[String]) -> Result<Vec<(String, Seen)>> {
    anyhow::bail!("calls can be looked at on Linux with x86-64 only")
}
