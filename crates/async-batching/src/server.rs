//! The backend at the other end of a loopback connection: it knows a value for nearly every key,
//! and says it when its time has come.
//!
//! Threads with blocking calls, and no runtime: tokio's timers tick once in a millisecond, so that
//! a server made with them answers after one or two of those. What it keeps for a call does not
//! depend on who asks: a deadline for all that came in together, and the bytes of the answers.

use std::io::{self, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::due::{Due, InFlight, answers};
use crate::frame::Incoming;

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
        due.close();
        ended
    })
}
