//! What messages cost that never leave the machine: a system call each way, and the kernel's own
//! work in between.

use std::io;
use std::net::{Ipv4Addr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use protocol::{Cost, price};

use crate::threads::beside;
use crate::{best_ns, cost};

/// How long one cost is measured.
const PATIENCE: Duration = Duration::from_millis(40);
/// Bytes in a datagram: a short message.
const BYTES: usize = 200;
/// Datagrams in one run.
const OFTEN: usize = 64;
/// Who waits longer waits for a datagram that was lost.
const LOST: Duration = Duration::from_millis(200);

/// Both costs, where this system lets a program talk to itself.
pub(crate) fn costs() -> Vec<Cost> {
    vec![
        cost(
            price::DATAGRAM,
            datagram().ok(),
            "200 bytes sent and received over loopback by one thread, which never waits",
        ),
        cost(
            price::ROUND_TRIP,
            round_trip().ok(),
            "200 bytes over loopback to a thread that sleeps until they come, and back",
        ),
    ]
}

/// Two sockets that talk to each other alone.
fn pair() -> io::Result<[UdpSocket; 2]> {
    let socket = || UdpSocket::bind((Ipv4Addr::LOCALHOST, 0));
    let pair = [socket()?, socket()?];
    for (own, other) in [(0, 1), (1, 0)] {
        pair[own].connect(pair[other].local_addr()?)?;
        pair[own].set_read_timeout(Some(LOST))?;
    }
    Ok(pair)
}

/// Nanoseconds for a datagram that is there when it is asked for.
fn datagram() -> io::Result<f64> {
    let [from, to] = pair()?;
    let mut bytes = [0; BYTES];
    best(OFTEN, || {
        for _ in 0..OFTEN {
            from.send(&bytes)?;
            to.recv(&mut bytes)?;
        }
        Ok(())
    })
}

/// Nanoseconds until the answer of another thread is there.
fn round_trip() -> io::Result<f64> {
    let [own, other] = pair()?;
    let over = AtomicBool::new(false);
    let ask = || {
        let mut bytes = [0; BYTES];
        let best = best(1, || {
            own.send(&bytes)?;
            own.recv(&mut bytes).map(drop)
        });
        over.store(true, Ordering::Relaxed);
        best
    };
    let answer = || {
        let mut bytes = [0; BYTES];
        while !over.load(Ordering::Relaxed) {
            // Nothing for a while means that it is over, or soon will be.
            if other.recv(&mut bytes).is_ok() {
                let _ = other.send(&bytes);
            }
        }
    };
    beside(ask, answer).unwrap_or_else(|| Err(io::ErrorKind::Other.into()))
}

/// Nanoseconds of the fastest run, shared by so many operations; an error if one failed.
fn best(operations: usize, mut run: impl FnMut() -> io::Result<()>) -> io::Result<f64> {
    run()?; // a socket that does not work shows at once, and not after all runs have waited
    let mut failed = Ok(());
    let best = best_ns(PATIENCE, || {
        if failed.is_ok() {
            failed = run();
        }
    });
    failed.map(|()| best / operations as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_trip_takes_longer_than_a_datagram_and_neither_takes_for_ever() {
        let (one, both) = (datagram().unwrap(), round_trip().unwrap());
        assert!(one > 50.0 && one < both && both < LOST.as_nanos() as f64, "{one} {both}");
    }
}
