//! All that can be known of all there is, and then those that are watched: sysinfo's first example.

use std::io;

use sysinfo::{Pid, Process, System};

use super::process::{Usage, Watched};
use super::units::Units;

/// Watches processes.
pub struct Agent {
    watched: Vec<Watched>,
    units: Units,
    system: System,
    boot: u64,
}

impl Agent {
    /// One for these.
    ///
    /// # Errors
    /// If the system tells nothing of itself.
    pub fn new(watched: &[Watched]) -> io::Result<Self> {
        let units = Units::of_system()?;
        let system = System::new().map_err(io::Error::other)?;
        let boot = System::boot_time().map_err(io::Error::other)?;
        Ok(Self { watched: watched.to_vec(), units, system, boot })
    }

    /// What each has used until now; nothing of one that has gone.
    ///
    /// # Errors
    /// None: of what cannot be read, nothing is said.
    pub fn sample(&mut self) -> io::Result<Vec<Option<Usage>>> {
        self.system.refresh_all();
        Ok(self.watched.iter().map(|watched| self.usage(watched)).collect())
    }

    fn usage(&self, watched: &Watched) -> Option<Usage> {
        let process = self.system.process(Pid::from_u32(watched.pid))?;
        // To the second: the crate keeps ticks to itself.
        let started = self.boot + watched.started / self.units.ticks;
        (process.start_time() == started).then(|| usage(process))
    }
}

/// What the crate knows of a process.
pub(crate) fn usage(process: &Process) -> Usage {
    let storage = process.disk_usage();
    Usage {
        cpu: process.accumulated_cpu_time(),
        resident: process.memory(),
        read: storage.total_read_bytes,
        written: storage.total_written_bytes,
    }
}
