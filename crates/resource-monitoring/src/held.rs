//! The files stay open: a sample is one `pread` for each of them.

use std::io;

use super::descriptors;
use super::opened::{Buffers, Opened};
use super::process::{Usage, Watched};
use super::text;
use super::units::Units;

/// Watches processes.
pub struct Agent {
    watched: Vec<(u64, Option<Opened>)>,
    units: Units,
    buffers: Box<Buffers>,
}

impl Agent {
    /// One for these.
    ///
    /// # Errors
    /// If the system tells nothing of itself, or lets nobody have so many open files.
    pub fn new(watched: &[Watched]) -> io::Result<Self> {
        descriptors::room_for(3 * watched.len());
        let open = |watched: &Watched| Ok((watched.started, Opened::new(&watched.folder)?));
        let watched = watched.iter().map(open).collect::<io::Result<_>>()?;
        Ok(Self { watched, units: Units::of_system()?, buffers: Buffers::new() })
    }

    /// What each has used until now; nothing of one that has gone.
    ///
    /// # Errors
    /// The first that a file reports, unless it is that the process has gone.
    pub fn sample(&mut self) -> io::Result<Vec<Option<Usage>>> {
        let (units, buffers) = (self.units, &mut *self.buffers);
        let usage = |(started, files): &mut (u64, Option<Opened>)| {
            let read = files.as_ref().map_or(Ok(None), |files| files.read(buffers))?;
            let usage =
                read.and_then(|[statm, io, stat]| text::usage(units, *started, statm, io, stat));
            if usage.is_none() {
                *files = None; // it will not come back
            }
            Ok(usage)
        };
        self.watched.iter_mut().map(usage).collect()
    }
}
