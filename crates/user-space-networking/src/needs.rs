//! Whether this system does what a rung asks of it: found out by asking it, on loopback.

use std::io;
use std::ops::Range;

use crate::job::Job;
use crate::ledger::{Arrived, Ledger};
use crate::link::Link;
use crate::naive;

/// Delivers a few messages with a rung's two halves, and says what went wrong.
///
/// # Errors
/// What the system refused, or what it made of the messages.
pub(crate) fn delivers<E>(
    open: impl Fn(Link) -> io::Result<E>,
    send: impl Fn(&mut E, &Job, Range<usize>) -> io::Result<()>,
    receive: impl Fn(&mut E, &mut Ledger) -> io::Result<()>,
) -> Result<(), String> {
    let job = Job { messages: vec![vec![7; 100]; 5], at_a_time: 5 };
    let ends = Link::direct().and_then(open);
    let mut ends = ends.map_err(|error| format!("the system refuses the sockets: {error}"))?;
    let arrived = job.exchange(&mut ends, send, receive);
    match arrived.map_err(|error| format!("the system refuses the datagrams: {error}"))? {
        Arrived { messages: 5, lost: 0, doubled: 0, overtaken: 0, strange: 0, .. } => Ok(()),
        other => Err(format!("datagrams do not arrive as they were sent: {other:?}")),
    }
}

/// Whether there is a loopback that delivers datagrams at all.
///
/// # Errors
/// Why not.
pub fn loopback() -> Result<(), String> {
    delivers(naive::Ends::open, naive::Ends::send, naive::Ends::receive)
}

/// Whether there are rings into which datagrams come by themselves.
///
/// # Errors
/// Why not.
pub(crate) fn rings() -> Result<(), String> {
    use crate::multishot::Ends;
    delivers(Ends::open, Ends::send, Ends::receive)
}

/// Whether the kernel cuts and joins datagrams.
///
/// # Errors
/// Why not.
pub(crate) fn offloads() -> Result<(), String> {
    use crate::optimized::Ends;
    delivers(Ends::open, Ends::send, Ends::receive)
}
