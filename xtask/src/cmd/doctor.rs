//! `cargo xtask doctor`: what on this machine, or in what cargo builds with, disturbs measurements,
//! and what mends it.

use anyhow::Result;

use crate::outcome::Outcome;
use cases::Workspace;
use measure::build::Settings;
use measure::doctor;

/// Prints every finding. Succeeds whatever was found: a busy machine is no error.
///
/// # Errors
/// None.
pub fn run() -> Result<Outcome> {
    let settings = Workspace::load().and_then(|workspace| Settings::of(&workspace));
    record::output::out(doctor::report(&doctor::examine(settings.as_ref())));
    Ok(Outcome::Fine)
}
