//! What lives as long as the input: runtimes, connections, and the backend at their other end. All
//! of it starts at the first call in each process, since the harness forks after inputs are made,
//! and a child has none of its parent's threads.

use std::fmt;
use std::mem;
use std::sync::{Arc, OnceLock};
use std::thread::{JoinHandle, available_parallelism};
use std::time::Duration;

use harness::Crew;
use tokio::runtime::{Builder, Runtime};

use crate::client::Client;
use crate::due::InFlight;
use crate::server;

/// A backend that answers after some delay, and how much effort it takes to read an answer.
pub(crate) struct Site {
    delay: Duration,
    effort: u32,
    in_flight: Arc<InFlight>,
    shared: OnceLock<Line>,
    each_core: OnceLock<(Crew, Vec<Line>)>,
}

/// A runtime, and a connection that it drives.
pub(crate) struct Line {
    runtime: Option<Runtime>,
    pub(crate) client: Client,
    server: Option<JoinHandle<()>>,
}

impl Site {
    pub(crate) fn new(delay: Duration, effort: u32) -> Self {
        let (shared, each_core) = (OnceLock::new(), OnceLock::new());
        Self { delay, effort, in_flight: Arc::default(), shared, each_core }
    }

    /// Has the future made and driven by a runtime as `#[tokio::main]` makes it: as many threads as
    /// cores, which steal each other's tasks.
    pub(crate) fn shared<T>(&self, work: impl AsyncFnOnce(&Client) -> T) -> T {
        let line = self.shared.get_or_init(|| self.line(Builder::new_multi_thread()));
        line.runtime().block_on(work(&line.client))
    }

    /// Has the work done on each core at once, by a runtime and over a connection of its own.
    pub(crate) fn each_core<T: Send>(
        &self,
        work: impl Fn(usize, usize, &Line) -> T + Sync,
    ) -> Vec<T> {
        let (crew, lines) = self.each_core.get_or_init(|| {
            let cores = available_parallelism().map_or(1, usize::from);
            let lines = (0..cores).map(|_| self.line(Builder::new_current_thread()));
            (Crew::new(cores), lines.collect())
        });
        crew.run(|me| work(me, lines.len(), &lines[me]))
    }

    /// The most keys that were in flight at one time since this was asked last.
    pub(crate) fn most_in_flight(&self) -> usize {
        self.in_flight.take_most()
    }

    fn line(&self, mut runtime: Builder) -> Line {
        let runtime = runtime.enable_io().build().expect("the system gives threads");
        let (stream, server) =
            server::connect(self.delay, &self.in_flight).expect("the system gives a connection");
        let client = {
            let _within = runtime.enter();
            Client::new(stream, self.effort).expect("a socket need not block")
        };
        Line { runtime: Some(runtime), client, server: Some(server) }
    }
}

impl Line {
    pub(crate) fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("it is taken at the end only")
    }
}

impl Drop for Line {
    /// The connection is closed with the runtime, and the server's thread ends with that.
    fn drop(&mut self) {
        drop(mem::take(&mut self.runtime));
        if let Some(server) = mem::take(&mut self.server) {
            let _ = server.join(); // it has no result, and reports no error
        }
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { delay, effort, .. } = self;
        write!(f, "Site({delay:?}, {effort})")
    }
}
