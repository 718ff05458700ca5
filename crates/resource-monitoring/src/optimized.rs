//! Of itself, a process asks without a text between: `getrusage` has processor time and storage as
//! numbers. Of all others the answer is that of the rung before.

use std::io;
use std::process;

use nix::sys::resource::{UsageWho, getrusage};

use super::descriptors;
use super::digits;
use super::found;
use super::opened::{Buffers, Opened};
use super::process::{Usage, Watched};
use super::units::Units;

/// Watches processes.
pub struct Agent {
    watched: Vec<(Whose, Option<Opened>)>,
    units: Units,
    buffers: Box<Buffers>,
}

/// Whom the files are of.
enum Whose {
    Own,
    StartedAt(u64),
}

impl Agent {
    /// One for these.
    ///
    /// # Errors
    /// If the system tells nothing of itself, or lets nobody have so many open files.
    pub fn new(watched: &[Watched]) -> io::Result<Self> {
        descriptors::room_for(3 * watched.len());
        let own = found::process(process::id())?;
        let open = |watched: &Watched| {
            let own = own.as_ref() == Some(watched);
            let whose = if own { Whose::Own } else { Whose::StartedAt(watched.started) };
            Ok((whose, Opened::new(&watched.folder)?))
        };
        let watched = watched.iter().map(open).collect::<io::Result<_>>()?;
        Ok(Self { watched, units: Units::of_system()?, buffers: Buffers::new() })
    }

    /// What each has used until now; nothing of one that has gone.
    ///
    /// # Errors
    /// The first that a file reports, unless it is that the process has gone.
    pub fn sample(&mut self) -> io::Result<Vec<Option<Usage>>> {
        let (units, buffers) = (self.units, &mut *self.buffers);
        let usage = |(whose, files): &mut (Whose, Option<Opened>)| {
            let Some(open) = files else { return Ok(None) };
            let started = match whose {
                Whose::Own => return own(units, open, buffers).map(Some),
                Whose::StartedAt(started) => *started,
            };
            let usage = open
                .read(buffers)?
                .and_then(|[statm, io, stat]| digits::usage(units, started, statm, io, stat));
            if usage.is_none() {
                *files = None; // it will not come back
            }
            Ok(usage)
        };
        self.watched.iter_mut().map(usage).collect()
    }
}

/// What this very process has used. What `getrusage` has of memory is the most that there ever was,
/// so that one file is left; and the file that has storage counts what children did that were
/// waited for, too.
fn own(units: Units, files: &Opened, buffers: &mut Buffers) -> io::Result<Usage> {
    /// Bytes of a block, whatever the device has.
    const BLOCK: u64 = 512;
    let (own, children) =
        (getrusage(UsageWho::RUSAGE_SELF)?, getrusage(UsageWho::RUSAGE_CHILDREN)?);
    let microseconds: i64 = [own.user_time(), own.system_time()]
        .iter()
        .map(|time| 1_000_000 * time.tv_sec() + time.tv_usec())
        .sum();
    let bytes = |own: i64, children: i64| BLOCK * (own + children).unsigned_abs();
    Ok(Usage {
        cpu: microseconds.unsigned_abs() / 1_000,
        resident: digits::resident(units, files.memory(buffers)?).unwrap_or(0),
        read: bytes(own.block_reads(), children.block_reads()),
        written: bytes(own.block_writes(), children.block_writes()),
    })
}
