//! What lives as long as the input where a ring drives it: a runtime and a connection on each core.
//! A runtime of this kind never leaves its thread, so each thread keeps its own.

use std::cell::RefCell;
use std::fmt;
use std::io;
use std::mem;
use std::net::{Shutdown, TcpStream};
use std::process;
use std::sync::Arc;
use std::thread::{JoinHandle, available_parallelism};
use std::time::Duration;

use ::compio::runtime::Runtime;
use harness::Crew;

use crate::due::InFlight;
use crate::ring_client::Client;
use crate::server;

/// A backend that answers after some delay, and how much effort it takes to read an answer.
pub(crate) struct Rings {
    delay: Duration,
    effort: u32,
    in_flight: Arc<InFlight>,
    crew: Crew,
}

/// A runtime, and a connection that it drives.
pub(crate) struct Line {
    runtime: Runtime,
    client: Client,
    stream: TcpStream,
    server: Option<JoinHandle<()>>,
}

/// What a thread had open last, and the process that opened it.
struct Kept<L>(RefCell<Option<(u32, L)>>);

thread_local! {
    /// A line, and its backend, which those keys are counted for.
    static KEPT: Kept<(Arc<InFlight>, Line)> = const { Kept(RefCell::new(None)) };
}

impl Rings {
    pub(crate) fn new(delay: Duration, effort: u32) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self { delay, effort, in_flight: Arc::default(), crew: Crew::new(cores) }
    }

    /// Has the work done on each core at once, by a runtime and over a connection of its own.
    pub(crate) fn each_core<T: Send>(
        &self,
        work: impl Fn(usize, usize, &Line) -> T + Sync,
    ) -> Vec<T> {
        self.crew.run(|me| {
            // Taken out, and put back only if all is well.
            let kept = KEPT.with(|kept| kept.take(process::id()));
            let kept = kept.filter(|(to, _)| Arc::ptr_eq(to, &self.in_flight));
            let line = kept.map_or_else(|| Line::open(self), |(_, line)| Ok(line));
            let line = line.expect("the system gives a ring and a connection");
            let result = work(me, self.crew.threads(), &line);
            KEPT.with(|kept| kept.put(process::id(), (Arc::clone(&self.in_flight), line)));
            result
        })
    }

    /// The most keys that were in flight at one time since this was asked last.
    pub(crate) fn most_in_flight(&self) -> usize {
        self.in_flight.take_most()
    }
}

impl fmt::Debug for Rings {
    /// The job's site says the rest.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rings")
    }
}

impl<L> Kept<L> {
    /// What this process has opened. A parent's ring and threads are left alone: whoever ended
    /// them would wait for a thread that is not here.
    fn take(&self, this: u32) -> Option<L> {
        let (opener, line) = self.0.take()?;
        if opener == this {
            return Some(line);
        }
        mem::forget(line);
        None
    }

    fn put(&self, this: u32, line: L) {
        self.0.replace(Some((this, line)));
    }
}

impl<L> Drop for Kept<L> {
    /// Closes what is this process's.
    fn drop(&mut self) {
        self.take(process::id());
    }
}

impl Line {
    fn open(rings: &Rings) -> io::Result<Self> {
        let runtime = Runtime::new()?;
        let (stream, server) = server::connect(rings.delay, &rings.in_flight)?;
        let client = Client::new(&runtime, stream.try_clone()?, rings.effort)?;
        Ok(Self { runtime, client, stream, server: Some(server) })
    }

    /// Drives a future, and the connection meanwhile.
    pub(crate) fn block_on<T>(&self, work: impl AsyncFnOnce(&Client) -> T) -> T {
        self.runtime.block_on(work(&self.client))
    }
}

impl Drop for Line {
    /// The server's thread ends with the connection.
    fn drop(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Both); // it may be closed already
        if let Some(server) = mem::take(&mut self.server) {
            let _ = server.join(); // it has no result, and reports no error
        }
    }
}

/// Whether this system has rings for sockets.
///
/// # Errors
/// Says what is refused.
pub(crate) fn available() -> Result<(), String> {
    needed(Runtime::new())
}

/// What is said where the system gives no ring, as in a container that does not let it.
fn needed<T>(ring: io::Result<T>) -> Result<(), String> {
    ring.map(drop).map_err(|error| {
        format!("this system, or a container's rules, refuses io_uring_setup: {error}")
    })
}

#[cfg(test)]
mod tests;
