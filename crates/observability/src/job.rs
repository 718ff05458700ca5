//! A service under observation: requests are divided among threads, which handle, count and trace.

use harness::Crew;

use crate::request::{Request, Work};
use crate::seen::{Log, Seen, Totals};

/// Requests, and what is asked about them.
#[derive(Debug, Clone)]
pub struct Job {
    /// Those who handle them, each a stretch.
    pub crew: Crew,
    /// In the order in which they came, numbered from 0.
    pub requests: Vec<Request>,
    /// What a handler does besides being observed.
    pub work: Work,
    /// One trace in so many will be looked at.
    pub one_in: u64,
}

impl Job {
    /// Lets each thread serve its stretch, and then asks what was seen.
    pub(crate) fn on<T: Sync>(
        &self,
        telemetry: T,
        serve: impl Fn(&T, &[Request], &Work) -> u64 + Sync,
        seen: impl Fn(T) -> (Totals, Box<dyn Log>),
    ) -> Seen {
        let share = self.requests.len().div_ceil(self.crew.threads()).max(1);
        let stretch = |me: usize| self.requests.chunks(share).nth(me).unwrap_or_default();
        let answers = self.crew.run(|me| serve(&telemetry, stretch(me), &self.work));
        let answers = answers.into_iter().fold(0, u64::wrapping_add);
        let (totals, log) = seen(telemetry);
        Seen { answers, totals, log, one_in: self.one_in }
    }
}
