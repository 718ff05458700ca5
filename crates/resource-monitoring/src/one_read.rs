//! One call reads a file: a file of `/proc` has no size to ask for and no second part to look for.

use std::io;

use super::opened::{Buffers, Opened};
use super::process::{Usage, Watched};
use super::text;
use super::units::Units;

/// Watches processes.
pub struct Agent {
    watched: Vec<Watched>,
    units: Units,
    buffers: Box<Buffers>,
}

impl Agent {
    /// One for these.
    ///
    /// # Errors
    /// If the system tells nothing of itself.
    pub fn new(watched: &[Watched]) -> io::Result<Self> {
        let watched = watched.to_vec();
        Ok(Self { watched, units: Units::of_system()?, buffers: Buffers::new() })
    }

    /// What each has used until now; nothing of one that has gone.
    ///
    /// # Errors
    /// The first that a file reports, unless it is that the process has gone.
    pub fn sample(&mut self) -> io::Result<Vec<Option<Usage>>> {
        let (units, buffers) = (self.units, &mut *self.buffers);
        let usage = |Watched { started, folder, .. }: &Watched| {
            let files = Opened::new(folder)?;
            let read = files.as_ref().map_or(Ok(None), |files| files.read(buffers))?;
            Ok(read.and_then(|[statm, io, stat]| text::usage(units, *started, statm, io, stat)))
        };
        self.watched.iter().map(usage).collect()
    }
}
