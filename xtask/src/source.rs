//! Which record a command reads.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cases::Workspace;

/// The record that the user names; without a name, the latest run's or the committed reference.
///
/// # Errors
/// If there is none.
pub fn of(workspace: &Workspace, named: Option<&Path>) -> Result<PathBuf> {
    let named = named.map(Path::to_owned);
    named
        .or_else(|| workspace.best_record())
        .context("there is no record yet; make one with `cargo xtask bench-all`")
}
