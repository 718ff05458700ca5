//! A process that is watched, and what a sample says of it.

use std::path::PathBuf;

/// A process, told from others that had its number before or will have it later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Its number, which is given to another one when it has gone.
    pub pid: u32,
    /// When it was started, in ticks of the system's clock since the machine was.
    pub started: u64,
    /// Its folder, where the system has one for each process.
    pub folder: PathBuf,
}

/// What one process has used until now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Time on a processor, its own and the system's for it, in milliseconds.
    pub cpu: u64,
    /// Bytes of it that are in memory.
    pub resident: u64,
    /// Bytes that were fetched from storage for it; 0 where the system does not tell.
    pub read: u64,
    /// Bytes that are to go to storage for it; 0 where the system does not tell.
    pub written: u64,
}
