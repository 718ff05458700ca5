//! What stands for a rung where there is no `/proc`. It is never called: its rung is not on such a
//! system.

use std::io;

use super::process::{Usage, Watched};

/// Watches nobody.
pub struct Agent(());

impl Agent {
    /// None.
    ///
    /// # Errors
    /// Always.
    pub fn new(_: &[Watched]) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Nothing.
    ///
    /// # Errors
    /// Always.
    pub fn sample(&mut self) -> io::Result<Vec<Option<Usage>>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
