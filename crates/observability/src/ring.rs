//! A ring of records from one thread that traces to whoever collects: no lock on the way in, and
//! nothing is lost when it is full.

use super::record::Record;
use super::sync::{
    AtomicU64, Mutex, MutexGuard,
    Ordering::{Acquire, Relaxed, Release},
    PoisonError,
};

/// Where collectors put records, one of them at a time.
pub type Sink = Mutex<Vec<Record>>;

/// Records of one thread that no collector has seen.
pub struct Ring {
    slots: Box<[[AtomicU64; 4]]>,
    /// Records that were ever pushed, and that were ever collected.
    pushed: Line,
    collected: Line,
}

/// A number in a pair of cache lines of its own, since another thread writes to the other.
#[derive(Default)]
#[repr(align(128))]
struct Line(AtomicU64);

impl Ring {
    /// An empty ring with so much room.
    pub fn new(room: usize) -> Self {
        let slots = (0..room).map(|_| Default::default()).collect();
        Self { slots, pushed: Line::default(), collected: Line::default() }
    }

    /// Adds a record. Only one thread may. If there is no room, it does a collector's work first.
    #[inline]
    pub fn push(&self, record: Record, sink: &Sink) {
        let pushed = self.pushed.0.load(Relaxed); // its own
        // What a collector has read may be written over.
        if pushed - self.collected.0.load(Acquire) == self.slots.len() as u64 {
            self.collect(sink);
        }
        let Record { place, field, start, end } = record;
        let slot = &self.slots[pushed as usize % self.slots.len()];
        for (word, value) in slot.iter().zip([place, field, start, end]) {
            word.store(value, Relaxed);
        }
        self.pushed.0.store(pushed + 1, Release); // the record before its number
    }

    /// Puts what is in the ring into the sink. Any thread may, but always with the same sink: its
    /// lock is what keeps a second collector out.
    #[cold]
    pub fn collect(&self, sink: &Sink) {
        let mut sink: MutexGuard<Vec<Record>> = sink.lock().unwrap_or_else(PoisonError::into_inner);
        let pushed = self.pushed.0.load(Acquire); // the records with their number
        for at in self.collected.0.load(Relaxed)..pushed {
            let slot = &self.slots[at as usize % self.slots.len()];
            let [place, field, start, end] = slot.each_ref().map(|word| word.load(Relaxed));
            sink.push(Record { place, field, start, end });
        }
        self.collected.0.store(pushed, Release); // all has been read before it is written over
    }
}
