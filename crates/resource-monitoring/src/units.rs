//! In what the system counts: ticks of processor time, pages of memory.

use std::io;

/// What makes milliseconds and bytes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units {
    /// Ticks in a second.
    pub ticks: u64,
    /// Bytes in a page.
    pub page: u64,
}

impl Units {
    /// This system's.
    ///
    /// # Errors
    /// If it does not say.
    #[cfg(target_os = "linux")]
    pub fn of_system() -> io::Result<Self> {
        use nix::unistd::{SysconfVar, sysconf};
        let of = |what| {
            let value = sysconf(what)?.unwrap_or(0).unsigned_abs();
            if value == 0 { Err(io::Error::from(io::ErrorKind::Unsupported)) } else { Ok(value) }
        };
        Ok(Self { ticks: of(SysconfVar::CLK_TCK)?, page: of(SysconfVar::PAGE_SIZE)? })
    }

    /// Unknown where there are no files that would have them.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(target_os = "linux"))]
    pub fn of_system() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Milliseconds of so many ticks.
    pub fn milliseconds(self, ticks: u64) -> u64 {
        ticks.saturating_mul(1_000) / self.ticks
    }

    /// Bytes of so many pages.
    pub fn bytes(self, pages: u64) -> u64 {
        pages.saturating_mul(self.page)
    }
}
