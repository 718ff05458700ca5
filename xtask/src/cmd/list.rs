//! `cargo xtask list`: the cases by part.

use std::process::ExitCode;

use anyhow::Result;

use cases::Workspace;

/// Prints every case with its title, part and peer.
///
/// # Errors
/// If the workspace cannot be read.
pub fn run() -> Result<ExitCode> {
    let workspace = Workspace::load()?;
    let mut part = "";
    for case in &workspace.cases {
        if case.part != part {
            part = &case.part;
            println!("{part}");
        }
        println!("  {:<20} {} (peer: {})", case.name, case.title, case.peer);
    }
    Ok(ExitCode::SUCCESS)
}
