//! The crate `procfs`: a process as a handle, its files as types with all that they say.

use std::io;

use procfs::process::Process;
use procfs::{ProcError, ProcResult};

use super::process::{Usage, Watched};
use super::units::Units;

/// Watches processes.
pub struct Agent {
    watched: Vec<(u64, Option<Process>)>,
    units: Units,
}

impl Agent {
    /// One for these.
    ///
    /// # Errors
    /// If the system tells nothing of itself, or lets nobody have so many open files.
    pub fn new(watched: &[Watched]) -> io::Result<Self> {
        let open = |watched: &Watched| {
            let process = unless_ended(Process::new_with_root(watched.folder.clone()))?;
            Ok((watched.started, process))
        };
        let watched = watched.iter().map(open).collect::<io::Result<_>>()?;
        Ok(Self { watched, units: Units::of_system()? })
    }

    /// What each has used until now; nothing of one that has gone.
    ///
    /// # Errors
    /// The first that a file reports, unless it is that the process has gone.
    pub fn sample(&mut self) -> io::Result<Vec<Option<Usage>>> {
        let units = self.units;
        let usage = |(started, process): &(u64, Option<Process>)| {
            let read = process.as_ref().map(|process| usage(process, *started, units));
            Ok(read.map_or(Ok(None), unless_ended)?.flatten())
        };
        self.watched.iter().map(usage).collect()
    }
}

fn usage(process: &Process, started: u64, units: Units) -> ProcResult<Option<Usage>> {
    let resident = process.statm()?.resident;
    let (read, written) = match process.io() {
        Ok(io) => (io.read_bytes, io.write_bytes),
        Err(ProcError::PermissionDenied(_) | ProcError::NotFound(_)) => (0, 0),
        Err(error) => return Err(error),
    };
    let stat = process.stat()?;
    Ok((stat.starttime == started).then(|| Usage {
        cpu: units.milliseconds(stat.utime.saturating_add(stat.stime)),
        resident: units.bytes(resident),
        read,
        written,
    }))
}

fn unless_ended<T>(result: ProcResult<T>) -> io::Result<Option<T>> {
    match result {
        Ok(read) => Ok(Some(read)),
        Err(ProcError::NotFound(_)) => Ok(None),
        Err(error) => Err(io::Error::other(error)),
    }
}
