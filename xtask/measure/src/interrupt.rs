//! Ctrl-C: whatever listens stops after what is under way, and keeps what there is.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From here on Ctrl-C does not end the process, but is asked for.
///
/// # Errors
/// If the system lets nobody listen.
pub fn listen() -> Result<()> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed))
        .context("cannot listen for Ctrl-C")
}

/// Whether Ctrl-C was pressed.
pub fn came() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}
