#![doc = include_str!("../README.md")]

#[cfg(test)]
mod alone;
pub mod book;
pub mod cached;
pub mod crossbeam_queue;
pub mod edges;
pub mod feed;
pub mod flume;
mod line;
pub mod message;
pub mod mpsc;
pub mod naive;
pub mod optimized;
pub mod padded;
pub mod peer;
pub mod ring;
pub mod ringbuf;
mod slot;
mod slots;
pub mod stamped_slots;
mod sync;
pub mod thingbuf;
mod wait;

use std::num::NonZero;
use std::thread::available_parallelism;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

use book::Book;
use feed::{CAPACITY, Ends, Feed, Pace, Seen};
use message::{Message, Tick};

/// What is handed over.
#[derive(Debug, Clone)]
pub enum Job {
    /// Numbers of eight bytes.
    Numbers(Feed<u64>),
    /// Ticks of sixty-four.
    Ticks(Feed<Tick>),
}

/// Hands either kind of messages over through the queues of a rung.
macro_rules! through {
    ($share:ident, $rung:ident) => {
        |job: &Job| match job {
            Job::Numbers(feed) => feed.through(
                |lines| $share(lines, crate::$rung::queue),
                crate::$rung::Sender::send,
                |queue, book: &mut Book| queue.receive(|message| book.take(message)),
            ),
            Job::Ticks(feed) => feed.through(
                |lines| $share(lines, crate::$rung::queue),
                crate::$rung::Sender::send,
                |queue, book: &mut Book| queue.receive(|message| book.take(message)),
            ),
        }
    };
}

/// Every rung, naive first. All lose nothing, double nothing, and keep the order of each line.
pub const RUNGS: &[Rung<Job, Seen>] = &[
    Rung::new("naive", through!(one_for_all, naive)),
    Rung::new("mpsc", through!(one_for_all, mpsc)),
    Rung::new("stamped_slots", through!(one_for_all, stamped_slots)),
    Rung::new("ring", through!(one_for_each, ring)),
    Rung::new("padded", through!(one_for_each, padded)),
    Rung::new("cached", through!(one_for_each, cached)),
    Rung::new("optimized", through!(one_for_each, optimized)),
    Rung::new("crossbeam_queue", through!(one_for_all, crossbeam_queue)),
    Rung::new("ringbuf", through!(one_for_each, ringbuf)),
    Rung::new("flume", through!(one_for_all, flume)),
    Rung::new("thingbuf", through!(one_for_all, thingbuf)),
    Rung::new("peer", through!(one_for_each, peer)),
];

/// One queue, which every line has an end of.
fn one_for_all<S: Clone, R>(lines: usize, queue: impl Fn(usize) -> (S, R)) -> Ends<S, R> {
    let (sender, receiver) = queue(CAPACITY);
    (vec![sender; lines], vec![receiver])
}

/// A queue for each line, since a ring has one sender. The book looks into them in turn.
fn one_for_each<S, R>(lines: usize, queue: impl Fn(usize) -> (S, R)) -> Ends<S, R> {
    (0..lines).map(|_| queue(CAPACITY)).unzip()
}

/// `n` numbers through one line.
pub fn numbers(n: usize, seed: u64) -> Job {
    Job::Numbers(Feed::new(Pace::Full, vec![line(0, n, seed)]))
}

/// `n` ticks through one line.
pub fn ticks(n: usize, seed: u64) -> Job {
    Job::Ticks(Feed::new(Pace::Full, vec![line(0, n, seed)]))
}

/// `n` ticks through two lines.
pub fn two_lines(n: usize, seed: u64) -> Job {
    let lines = vec![line(0, n.div_ceil(2), seed), line(1, n / 2, seed + 1)];
    Job::Ticks(Feed::new(Pace::Full, lines))
}

/// `n` numbers, the next when the one before was answered.
pub fn answered(n: usize, seed: u64) -> Job {
    Job::Numbers(Feed::new(Pace::Answered, vec![line(0, n, seed)]))
}

/// `n` ticks of a quiet market.
pub fn quiet(n: usize, seed: u64) -> Job {
    Job::Ticks(Feed::new(Pace::Quiet, vec![line(0, n, seed)]))
}

/// Cache lines that must go from core to core one behind the other: a message and its answer, where
/// one waits for the other.
pub fn ways(job: &Job) -> usize {
    fn of<M: Message>(feed: &Feed<M>) -> usize {
        let messages = feed.lines.iter().map(Vec::len).max().unwrap_or(0);
        if feed.pace == Pace::Answered { 2 * messages } else { 0 }
    }
    match job {
        Job::Numbers(feed) => of(feed),
        Job::Ticks(feed) => of(feed),
    }
}

/// Whether two threads can run at the same time.
///
/// # Errors
/// Where they cannot.
pub fn two_cores() -> Result<(), String> {
    enough(available_parallelism().map_or(1, NonZero::get))
}

fn enough(cores: usize) -> Result<(), String> {
    let why = "an answer from the same core is no way of a cache line, and this has one core only";
    if cores > 1 { Ok(()) } else { Err(why.to_owned()) }
}

/// What comes through a line.
pub(crate) fn line<M: Message>(line: u8, n: usize, seed: u64) -> Vec<M> {
    let mut rng = rng(seed);
    (0..n).map(|place| M::new(line, place as u32, rng.random())).collect()
}

#[cfg(test)]
mod tests;
