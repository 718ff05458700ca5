//! The processor's own counter is the clock: one instruction, and whoever reads the records works
//! out what its ticks are in nanoseconds.

use std::cell::Cell;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use quanta::Clock;

use crate::counters::{Counters, Threads};
use crate::record::{Name, ROOM, Record, place, within};
use crate::request::{Request, Work};
use crate::ring::{Ring, Sink};
use crate::seen::{Log, Totals};

/// Made once: whoever makes a clock asks the processor about its counter, which takes its time.
static CLOCK: LazyLock<Clock> = LazyLock::new(Clock::new);

/// Where everything goes that is said of requests.
pub struct Telemetry {
    clock: Clock,
    sink: Sink,
    rings: Mutex<Vec<Arc<Ring>>>,
    one_in: u64,
    threads: Threads,
}

/// What one thread says.
struct Here<'a> {
    telemetry: &'a Telemetry,
    ring: Arc<Ring>,
    counters: Arc<Counters>,
    /// The place of the innermost span, if the request is traced.
    inside: Cell<Option<u64>>,
}

/// A span that has begun, and ends when it is dropped.
struct Span<'a> {
    here: &'a Here<'a>,
    around: Option<u64>,
    place: u64,
    field: u64,
    start: u64,
}

impl Telemetry {
    /// Nothing said yet.
    pub fn new(one_in: u64) -> Self {
        let (sink, rings, threads) = (Sink::default(), Mutex::default(), Threads::default());
        Self { clock: CLOCK.clone(), sink, rings, one_in, threads }
    }

    /// Answers requests on one thread.
    pub fn serve(&self, requests: &[Request], work: &Work) -> u64 {
        let (ring, counters) = (Arc::new(Ring::new(ROOM)), self.threads.join());
        self.rings.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&ring));
        let here = Here { telemetry: self, ring, counters, inside: Cell::new(None) };
        let answers = requests.iter().map(|request| here.handle(request, work));
        answers.fold(0, u64::wrapping_add)
    }

    #[inline]
    fn now(&self) -> u64 {
        self.clock.raw()
    }

    /// What was counted, and what was traced.
    pub fn seen(self) -> (Totals, Box<dyn Log>) {
        for ring in self.rings.into_inner().unwrap_or_else(PoisonError::into_inner) {
            ring.collect(&self.sink);
        }
        let records = self.sink.into_inner().unwrap_or_else(PoisonError::into_inner);
        (self.threads.totals(), Box::new(records))
    }
}

impl Here<'_> {
    fn handle(&self, request: &Request, work: &Work) -> u64 {
        let _request = self.root(request);
        let parsed = {
            let _parse = self.span(Name::Parse, request.body as u64);
            work.parse(request)
        };
        let fetched = {
            let _load = self.span(Name::Load, u64::from(request.user));
            let loaded = work.load(request, parsed);
            let _fetch = self.span(Name::Fetch, u64::from(request.key));
            work.fetch(request, loaded)
        };
        let answer = {
            let _render = self.span(Name::Render, u64::from(request.status));
            work.render(request, fetched)
        };
        self.counters.count(request);
        answer
    }

    #[inline]
    fn root(&self, request: &Request) -> Option<Span<'_>> {
        Request::is_kept(request.id, self.telemetry.one_in)
            .then(|| self.begin(None, place(request.id, None, Name::Request), request.route as u64))
    }

    #[inline]
    fn span(&self, name: Name, field: u64) -> Option<Span<'_>> {
        let around = self.inside.get()?;
        Some(self.begin(Some(around), within(around, name), field))
    }

    #[inline]
    fn begin(&self, around: Option<u64>, place: u64, field: u64) -> Span<'_> {
        self.inside.set(Some(place));
        Span { here: self, around, place, field, start: self.telemetry.now() }
    }
}

impl Drop for Span<'_> {
    #[inline]
    fn drop(&mut self) {
        let Self { here, around, place, field, start } = *self;
        here.inside.set(around);
        let end = here.telemetry.now();
        here.ring.push(Record { place, field, start, end }, &here.telemetry.sink);
    }
}
