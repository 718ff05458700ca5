//! No crate between: the three files that have the answer, each opened, read and closed.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::ended::ended;
use super::process::{Usage, Watched};
use super::text;
use super::units::Units;

/// Watches processes.
pub struct Agent {
    watched: Vec<Watched>,
    units: Units,
}

impl Agent {
    /// One for these.
    ///
    /// # Errors
    /// If the system tells nothing of itself.
    pub fn new(watched: &[Watched]) -> io::Result<Self> {
        Ok(Self { watched: watched.to_vec(), units: Units::of_system()? })
    }

    /// What each has used until now; nothing of one that has gone.
    ///
    /// # Errors
    /// The first that a file reports, unless it is that the process has gone.
    pub fn sample(&mut self) -> io::Result<Vec<Option<Usage>>> {
        self.watched.iter().map(|watched| self.usage(watched)).collect()
    }

    fn usage(&self, watched: &Watched) -> io::Result<Option<Usage>> {
        // The number is not given away while its process is there: whose the other files were,
        // the last one says.
        let read = |name| fs::read(watched.folder.join(name));
        let files =
            read("statm").and_then(|statm| Ok((statm, io(&watched.folder)?, read("stat")?)));
        match files {
            Err(error) if ended(&error) => Ok(None),
            Err(error) => Err(error),
            Ok((statm, io, stat)) => {
                Ok(text::usage(self.units, watched.started, &statm, &io, &stat))
            }
        }
    }
}

/// Nothing where the system does not tell, or not us.
fn io(folder: &Path) -> io::Result<Vec<u8>> {
    match fs::read(folder.join("io")) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => {
            Ok(Vec::new())
        }
        read => read,
    }
}
