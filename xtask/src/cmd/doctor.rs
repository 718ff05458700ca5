//! `cargo xtask doctor`: what on this machine disturbs measurements, and what mends it.

use std::process::ExitCode;

use anyhow::Result;

use measure::doctor;

/// Prints every finding. Succeeds whatever was found: a busy machine is no error.
///
/// # Errors
/// None.
pub fn run() -> Result<ExitCode> {
    print!("{}", doctor::report(&doctor::examine()));
    Ok(ExitCode::SUCCESS)
}
