//! Only these processes, and of each only what is wanted: the same crate, asked less.

use std::io;

use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

use super::naive::usage;
use super::process::{Usage, Watched};
use super::units::Units;

/// Watches processes.
pub struct Agent {
    watched: Vec<Watched>,
    pids: Vec<Pid>,
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
        let pids = watched.iter().map(|watched| Pid::from_u32(watched.pid)).collect();
        Ok(Self { watched: watched.to_vec(), pids, units, system, boot })
    }

    /// What each has used until now; nothing of one that has gone.
    ///
    /// # Errors
    /// None: of what cannot be read, nothing is said.
    pub fn sample(&mut self) -> io::Result<Vec<Option<Usage>>> {
        let these = ProcessesToUpdate::Some(&self.pids);
        let wanted = ProcessRefreshKind::nothing()
            .without_tasks()
            .with_cpu()
            .with_memory()
            .with_disk_usage();
        self.system.refresh_processes_specifics(these, true, wanted);
        Ok(self.watched.iter().map(|watched| self.usage(watched)).collect())
    }

    fn usage(&self, watched: &Watched) -> Option<Usage> {
        let process = self.system.process(Pid::from_u32(watched.pid))?;
        // To the second: the crate keeps ticks to itself.
        let started = self.boot + watched.started / self.units.ticks;
        (process.start_time() == started).then(|| usage(process))
    }
}
