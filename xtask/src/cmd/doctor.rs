//! `cargo xtask doctor`: what on this machine, or in what cargo builds with, disturbs measurements,
//! and what mends it.

use std::process::ExitCode;

use anyhow::Result;

use cases::Workspace;
use measure::build::Settings;
use measure::doctor;

/// Prints every finding. Succeeds whatever was found: a busy machine is no error.
///
/// # Errors
/// None.
pub fn run() -> Result<ExitCode> {
    let settings = Workspace::load().and_then(|workspace| Settings::of(&workspace));
    print!("{}", doctor::report(&doctor::examine(settings.as_ref())));
    Ok(ExitCode::SUCCESS)
}
