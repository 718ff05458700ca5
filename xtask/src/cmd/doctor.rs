//! `cargo xtask doctor`: what on this machine, or in what cargo builds with, disturbs measurements,
//! and what mends it.

mod class;

use anyhow::Result;

use crate::outcome::Outcome;
use cases::Workspace;
use measure::build::Settings;
use measure::doctor;

/// What the command line says.
#[derive(clap::Args)]
pub struct Args {
    /// Say instead which labs this machine can grade
    #[arg(long)]
    class: bool,
}

/// Prints every finding. Succeeds whatever was found: a busy machine is no error.
///
/// # Errors
/// If the labs cannot be read.
pub fn run(args: &Args) -> Result<Outcome> {
    if args.class {
        record::output::out(class::report(&Workspace::load()?)?);
        return Ok(Outcome::Fine);
    }
    let settings = Workspace::load().and_then(|workspace| Settings::of(&workspace));
    record::output::out(doctor::report(&doctor::examine(settings.as_ref())));
    Ok(Outcome::Fine)
}
