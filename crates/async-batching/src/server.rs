//! The backend at the other end of a loopback connection: it knows a value for nearly every key,
//! and says it when its time has come.
//!
//! Threads with blocking calls, and no runtime: tokio's timers tick once in a millisecond, so that a
//! server made with them answers after one or two of those. What it keeps for a call does not
//! depend on who asks: a deadline for all that came in together, and the bytes of the answers.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::frame::{self, Incoming};
use crate::job::mixed;

/// What the backend says of a key on the wire: 0 of one in a hundred or so, which it does not know.
pub(crate) fn value(key: u64) -> u64 {
    if key % 97 == 3 { 0 } else { mixed(key) | 1 }
}

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

    fn came(&self, keys: usize) {
        let now = self.now.fetch_add(keys, Relaxed) + keys;
        self.most.fetch_max(now, Relaxed);
    }

    /// Before the answer is sent: who gets it may ask again at once.
    fn answered(&self, keys: usize) {
        self.now.fetch_sub(keys, Relaxed);
    }
}

/// Serves a new connection until its other end, which is returned, is closed.
///
/// # Errors
/// If the system gives no connection, or no thread.
pub(crate) fn connect(
    delay: Duration,
    in_flight: &Arc<InFlight>,
) -> io::Result<(TcpStream, JoinHandle<()>)> {
    let [theirs, ours] = connection()?;
    let in_flight = Arc::clone(in_flight);
    let serve = move || {
        // An error is an end, too: who asked finds the connection closed.
        let _ = if delay.is_zero() {
            at_once(&ours, &in_flight)
        } else {
            later(&ours, delay, &in_flight)
        };
        let _ = ours.shutdown(Shutdown::Both);
    };
    Ok((theirs, thread::Builder::new().name("backend".into()).spawn(serve)?))
}

/// Both ends of a connection that no other machine sees.
fn connection() -> io::Result<[TcpStream; 2]> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let theirs = TcpStream::connect(listener.local_addr()?)?;
    let ours = loop {
        let (stream, from) = listener.accept()?;
        if from == theirs.local_addr()? {
            break stream; // and nobody else's, who may be trying ports
        }
    };
    for end in [&theirs, &ours] {
        end.set_nodelay(true)?;
    }
    Ok([theirs, ours])
}

/// Whether there can be a backend here.
///
/// # Errors
/// Says why not.
pub(crate) fn loopback() -> Result<(), String> {
    needed(connection())
}

/// What is said where the system gives no connection, as in a sandbox without a network.
pub(crate) fn needed<T>(connection: io::Result<T>) -> Result<(), String> {
    connection.map(drop).map_err(|error| format!("no connection over loopback: {error}"))
}

/// Appends the answers to all that has come in; says how many keys they are.
fn answers(incoming: &mut Incoming, bytes: &mut Vec<u8>) -> usize {
    let mut keys = 0;
    while let Some((id, words)) = incoming.next() {
        keys += words.len();
        frame::put(bytes, id, words.map(value));
    }
    keys
}

/// Answers what has come in before it looks for more.
fn at_once(mut stream: &TcpStream, in_flight: &InFlight) -> io::Result<()> {
    let (mut incoming, mut bytes) = (Incoming::new(), Vec::new());
    while incoming.read(stream)? > 0 {
        let keys = answers(&mut incoming, &mut bytes);
        in_flight.came(keys);
        in_flight.answered(keys);
        stream.write_all(&bytes)?;
        bytes.clear();
    }
    Ok(())
}

/// Answers what comes in so much later, in its order, from a second thread.
fn later(stream: &TcpStream, delay: Duration, in_flight: &InFlight) -> io::Result<()> {
    let due = Due::default();
    thread::scope(|scope| {
        scope.spawn(|| due.answer(stream, in_flight));
        let mut incoming = Incoming::new();
        let ended = loop {
            match incoming.read(stream) {
                Ok(0) => break Ok(()),
                Ok(_) => due.add(&mut incoming, Instant::now() + delay, in_flight),
                Err(error) => break Err(error),
            }
        };
        due.lock().closed = true;
        due.more.notify_one();
        ended
    })
}

/// Answers whose time has not come.
#[derive(Default)]
struct Due {
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

    fn add(&self, incoming: &mut Incoming, at: Instant, in_flight: &InFlight) {
        let mut waiting = self.lock();
        let before = waiting.bytes.len();
        let keys = answers(incoming, &mut waiting.bytes);
        let bytes = waiting.bytes.len() - before;
        in_flight.came(keys);
        waiting.batches.push_back((at, keys, bytes));
        self.more.notify_one();
    }

    fn answer(&self, mut stream: &TcpStream, in_flight: &InFlight) {
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
