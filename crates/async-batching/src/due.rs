//! Answers, those whose time has not come, and how many keys wait for one.

use std::collections::VecDeque;
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use crate::frame::{self, Incoming};
use crate::value;

/// Keys that were asked for and not answered.
#[derive(Default)]
pub(crate) struct InFlight {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl InFlight {
    /// The most at one time since this was asked last.
    pub(crate) fn take_most(&self) -> usize {
        self.most.swap(0, Relaxed)
    }

    pub(crate) fn came(&self, keys: usize) {
        let now = self.now.fetch_add(keys, Relaxed) + keys;
        self.most.fetch_max(now, Relaxed);
    }

    /// Before the answer is sent: who gets it may ask again at once.
    pub(crate) fn answered(&self, keys: usize) {
        self.now.fetch_sub(keys, Relaxed);
    }
}

/// Appends the answers to all that has come in; says how many keys they are.
pub(crate) fn answers(incoming: &mut Incoming, bytes: &mut Vec<u8>) -> usize {
    let mut keys = 0;
    while let Some((id, words)) = incoming.next() {
        keys += words.len();
        frame::put(bytes, id, words.map(value::known));
    }
    keys
}

/// Answers whose time has not come.
#[derive(Default)]
pub(crate) struct Due {
    waiting: Mutex<Waiting>,
    more: Condvar,
}

#[derive(Default)]
struct Waiting {
    /// When, and how many keys and bytes.
    batches: VecDeque<(Instant, usize, usize)>,
    bytes: Vec<u8>,
    closed: bool,
}

impl Due {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn add(&self, incoming: &mut Incoming, at: Instant, in_flight: &InFlight) {
        let mut waiting = self.lock();
        let before = waiting.bytes.len();
        let keys = answers(incoming, &mut waiting.bytes);
        let bytes = waiting.bytes.len() - before;
        in_flight.came(keys);
        waiting.batches.push_back((at, keys, bytes));
        self.more.notify_one();
    }

    pub(crate) fn answer(&self, mut stream: &TcpStream, in_flight: &InFlight) {
        let mut bytes = Vec::new();
        while let Some(at) = self.first() {
            thread::sleep(at.saturating_duration_since(Instant::now()));
            in_flight.answered(self.take(Instant::now(), &mut bytes));
            if stream.write_all(&bytes).is_err() {
                return; // nobody is there to read it
            }
            bytes.clear();
        }
    }

    /// Says that no more will come.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.more.notify_one();
    }

    /// When the first answer is due; waits for one, and says nothing when none will come.
    fn first(&self) -> Option<Instant> {
        let mut waiting = self.lock();
        loop {
            if let Some(&(at, ..)) = waiting.batches.front() {
                return Some(at);
            }
            if waiting.closed {
                return None;
            }
            waiting = self.more.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes the answers that are due by now; says how many keys they are.
    fn take(&self, now: Instant, bytes: &mut Vec<u8>) -> usize {
        let mut waiting = self.lock();
        let (mut keys, mut until) = (0, 0);
        while let Some((_, more, length)) = waiting.batches.pop_front_if(|(at, ..)| *at <= now) {
            (keys, until) = (keys + more, until + length);
        }
        bytes.extend(waiting.bytes.drain(..until));
        keys
    }
}
