//! A fixed piece of work between the slices: it runs slow when a neighbour takes the machine, which
//! nothing else inside a guest shows.

use std::hint::black_box;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::{AcqRel, Acquire};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Instant;

use protocol::Reading;

use crate::vectors;

/// Steps of the arithmetic kernel: about ten microseconds.
const STEPS: u32 = 9_000;
/// Independent chains of additions and exclusive ors in it. Being 128 bits wide, and so made of
/// additions with carry, they cannot be turned into vector code.
const WHOLE: usize = 4;
/// Independent sums of floats in it, which become vector code: eight registers of four numbers.
const REAL: usize = 32;
/// Bytes that the streaming kernel reads at a time, and the buffer through which it walks: past any
/// private cache.
const STRIDE: usize = 256 << 10;
const BUFFER: usize = 48 << 20;

/// The fixed work.
pub(crate) struct Sentinel {
    stream: Vec<u64>,
    at: usize,
    /// One for each further core that is watched.
    others: Vec<Other>,
    start: Arc<Start>,
}

impl Sentinel {
    /// With `streaming`, memory is watched too: for jobs that do not fit the private caches. With
    /// `all_cores`, all that this process may use are watched at the same time: a neighbour on
    /// another core than ours disturbs only jobs that work there too.
    pub(crate) fn new(streaming: bool, all_cores: bool) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        let others = if all_cores { cores - 1 } else { 0 };
        let start = Arc::<Start>::default();
        Self {
            stream: if streaming { vec![1; BUFFER / 8] } else { Vec::new() },
            at: 0,
            others: (0..others).map_while(|_| Other::new(&start)).collect(),
            start,
        }
    }

    /// Runs once. Without streaming, that part took no time.
    #[inline(never)]
    pub(crate) fn run(&mut self) -> Reading {
        let reading = self.cores();
        Reading { stream: self.memory(), ..reading }
    }

    /// Nanoseconds of the part that reads memory.
    pub(crate) fn memory(&mut self) -> f64 {
        if self.stream.is_empty() {
            return 0.0;
        }
        let start = Instant::now();
        let part = &self.stream[self.at..self.at + STRIDE / 8];
        black_box(part.iter().fold(0u64, |sum, x| sum.wrapping_add(*x)));
        self.at = (self.at + STRIDE / 8) % self.stream.len();
        start.elapsed().as_nanos() as f64
    }

    /// Runs the part that touches no memory, and so leaves the caches to the rungs.
    pub(crate) fn cores(&mut self) -> Reading {
        let cores = self.others.len() + 1;
        self.others.iter().for_each(|other| other.wake(cores));
        self.start.together(cores);
        let own = compute();
        let compute = self.others.iter().map(Other::time).fold(own, f64::max);
        Reading { compute, stream: 0.0 }
    }

    /// Runs until no part is slower than the limit, or until the deadline; says how it was last.
    pub(crate) fn wait(&mut self, limit: Reading, deadline: Instant) -> Reading {
        loop {
            let reading = self.wait_for_cores(limit, deadline);
            let reading = Reading { stream: self.memory(), ..reading };
            if !reading.exceeds(limit) || Instant::now() >= deadline {
                return reading;
            }
        }
    }

    /// The same without memory.
    pub(crate) fn wait_for_cores(&mut self, limit: Reading, deadline: Instant) -> Reading {
        loop {
            let reading = self.cores();
            if !reading.exceeds(limit) || Instant::now() >= deadline {
                return reading;
            }
        }
    }
}

/// Nanoseconds of the arithmetic kernel, the faster of two runs: what interrupts only one of them
/// has disturbed nothing else, and a core that just woke up is slow at first.
fn compute() -> f64 {
    vectors::clear_upper();
    arithmetic().min(arithmetic())
}

/// As many instructions in a cycle as the core can begin, on the ports of whole numbers and on
/// those of floats. Whatever runs on the other hardware thread of the same core takes some of them
/// away. Code that only fills the ports of one kind, or waits, would hardly notice.
fn arithmetic() -> f64 {
    let start = Instant::now();
    let mut whole = black_box([1u128; WHOLE]);
    let mut real = black_box([1f32; REAL]);
    for _ in 0..STEPS {
        for x in &mut whole {
            // Two kinds of operation: many steps of one kind could be folded into a single one.
            *x = x.wrapping_add(7) ^ 5;
        }
        for x in &mut real {
            *x += 1.0;
        }
    }
    black_box((whole, real));
    start.elapsed().as_nanos() as f64
}

/// Lets all cores begin at the same moment. Two that share their ports, as hardware threads of one
/// core do, slow each other down: each must see all of the other every time, or none. The standard
/// library's barrier puts them to sleep, and to wake up takes longer than the fixed work.
#[derive(Default)]
struct Start {
    arrived: AtomicUsize,
}

impl Start {
    /// Waits until as many as this have come since they last left together.
    fn together(&self, cores: usize) {
        let before = self.arrived.fetch_add(1, AcqRel);
        let all = (before / cores + 1) * cores;
        while self.arrived.load(Acquire) < all {
            std::thread::yield_now();
        }
    }
}

/// A thread that sleeps until it is asked, and ends when nobody can ask any more.
struct Other {
    ask: SyncSender<usize>,
    answer: Receiver<f64>,
}

impl Other {
    fn new(start: &Arc<Start>) -> Option<Self> {
        let ((ask, asked), (tell, answer)) = (sync_channel(1), sync_channel(1));
        let start = Arc::clone(start);
        let answers = move || {
            while let Ok(cores) = asked.recv() {
                start.together(cores);
                if tell.send(compute()).is_err() {
                    break;
                }
            }
        };
        std::thread::Builder::new().spawn(answers).ok()?;
        Some(Self { ask, answer })
    }

    fn wake(&self, cores: usize) {
        // It only ends when we do.
        let _ = self.ask.send(cores);
    }

    fn time(&self) -> f64 {
        self.answer.recv().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn waiting_ends_when_it_is_quiet_or_at_the_deadline() {
        let mut sentinel = Sentinel::new(true, true);
        let far = Instant::now() + Duration::from_secs(3_600);
        assert!(!sentinel.wait(Reading::ANY, far).exceeds(Reading::ANY));

        let never = Reading { compute: 0.0, stream: f64::INFINITY };
        let deadline = Instant::now() + Duration::from_millis(2);
        assert!(sentinel.wait(never, deadline).exceeds(never));
        assert!(Instant::now() >= deadline);
    }
}
