//! Tests of a ring of the system's: buffers that run out, errors, interruptions and the end.

use std::net::Ipv4Addr;
use std::os::fd::BorrowedFd;

use super::*;
use crate::link::socket;
use crate::needs;

/// Time that is up soon, for who waits in vain.
const SOON: Duration = Duration::from_millis(50);

/// Time that is enough.
const LONG: Duration = Duration::from_secs(2);

/// A ring, the socket that it has, and another one that sends to it; nothing where there are none.
fn ring() -> Option<(Ring, UdpSocket, UdpSocket)> {
    if let Err(why) = needs::rings() {
        eprintln!("not on this system: {why}");
        return None;
    }
    let (receiver, sender) = (socket().unwrap(), socket().unwrap());
    sender.connect(receiver.local_addr().unwrap()).unwrap();
    Some((Ring::open(receiver.try_clone().unwrap()).unwrap(), receiver, sender))
}

/// So many datagrams as they come, and how often the kernel had to be asked for them.
fn datagrams(ring: &mut Ring, count: usize) -> (Vec<Vec<u8>>, usize) {
    let (mut came, mut asked) = (Vec::new(), 0);
    while came.len() < count {
        asked += usize::from(!ring.is_asked());
        ring.wait(LONG).unwrap();
        ring.take(|datagram| came.push(datagram.to_vec())).unwrap();
    }
    (came, asked)
}

fn send(sender: &UdpSocket, datagrams: &[Vec<u8>]) {
    for datagram in datagrams {
        sender.send(datagram).unwrap();
    }
}

fn numbered(numbers: std::ops::Range<u32>) -> Vec<Vec<u8>> {
    numbers.map(|number| number.to_le_bytes().repeat(30)).collect()
}

#[test]
fn a_ring_is_asked_once_for_many_windows() {
    let Some((mut ring, _receiver, sender)) = ring() else { return };
    let mut all = 0;
    for window in 0..200 {
        let sent = numbered(window..window + WINDOW as u32);
        send(&sender, &sent);
        let (came, asked) = datagrams(&mut ring, WINDOW);
        assert_eq!(came, sent);
        all += asked;
    }
    assert_eq!(all, 1);
}

/// More has come than there are buffers: the rest waits in the socket until it is asked for.
#[test]
fn buffers_that_run_out_lose_nothing() {
    let Some((mut ring, _receiver, sender)) = ring() else { return };
    for round in 0..3 {
        let sent = numbered(round..round + 3 * BUFFERS as u32);
        send(&sender, &sent);
        let (came, asked) = datagrams(&mut ring, sent.len());
        assert_eq!(came, sent);
        assert!(asked >= 2, "all {} found room at once", sent.len());
    }
}

#[test]
fn datagrams_are_as_long_as_they_were_sent() {
    let Some((mut ring, _receiver, sender)) = ring() else { return };
    for lengths in [[0, 0, 0], [3, 0, 5], [LONGEST, 1, LONGEST], [0, LONGEST - 1, 0]] {
        let sent: Vec<_> = (5_u8..).zip(lengths).map(|(byte, length)| vec![byte; length]).collect();
        send(&sender, &sent);
        assert_eq!(datagrams(&mut ring, 3).0, sent);
    }
}

#[test]
fn time_that_is_up_is_told_and_loses_nothing() {
    let Some((mut ring, _receiver, sender)) = ring() else { return };
    let mut come = 0;
    for _ in 0..3 {
        // That the kernel has been asked is all that the first of them may tell.
        let waited = (0..2).find_map(|_| ring.wait(SOON).err()).unwrap();
        assert_eq!(waited.kind(), io::ErrorKind::TimedOut);
        ring.take(|_| come += 1).unwrap();
        assert_eq!(come, 0);
        sender.send(b"late").unwrap();
        assert_eq!(datagrams(&mut ring, 1).0, [b"late"]);
    }
}

/// Nobody is at the address, which its own system tells the sender at its next call.
#[test]
fn an_error_of_the_socket_is_reported_and_what_comes_then_is_received() {
    let Some((mut ring, receiver, sender)) = ring() else { return };
    let nobody = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    for _ in 0..3 {
        receiver.connect(nobody).unwrap();
        receiver.send(b"is anybody there?").unwrap();
        let outcome = (0..2).find_map(|_| {
            ring.wait(LONG).unwrap();
            ring.take(|_| ()).err()
        });
        assert_eq!(outcome.unwrap().kind(), io::ErrorKind::ConnectionRefused);
        receiver.connect(sender.local_addr().unwrap()).unwrap();
        sender.send(b"yes").unwrap();
        assert_eq!(datagrams(&mut ring, 1).0, [b"yes"]);
    }
}

/// A request that outlived its ring would take the datagram, into memory that is somebody else's.
/// What a child has inherited keeps the kernel from ending it by itself.
#[test]
fn nothing_is_received_after_the_end() {
    for asked in [false, true] {
        let Some((mut ring, receiver, sender)) = ring() else { return };
        if asked {
            ring.wait(SOON).map_or_else(drop, drop);
            assert!(ring.is_asked());
            sender.send(b"before").unwrap();
        }
        // SAFETY: the ring is open.
        let open = unsafe { BorrowedFd::borrow_raw(ring.ring.as_raw_fd()) };
        let _inherited = open.try_clone_to_owned().unwrap();
        drop(ring);
        sender.send(b"after").unwrap();
        receiver.set_read_timeout(Some(LONG)).unwrap();
        let (mut buffer, mut last) = ([0; 10], Vec::new());
        while last != b"after" {
            let length = receiver.recv(&mut buffer).unwrap();
            last = buffer[..length].to_vec();
        }
    }
}

/// Where the kernel does not say that the request has ended, nobody waits for it for ever.
#[test]
fn an_end_that_is_not_to_be_had_is_an_error() {
    let Some((mut ring, _receiver, _)) = ring() else { return };
    ring.wait(SOON).map_or_else(drop, drop);
    let nothing = std::fs::File::open("/dev/null").unwrap();
    // SAFETY: both are open, and the ring's number stays its own: a file that is no ring has it
    // now.
    assert!(unsafe { libc::dup2(nothing.as_raw_fd(), ring.ring.as_raw_fd()) } >= 0);
    ring.end().unwrap_err();
    assert!(ring.is_asked());
}

#[test]
fn what_is_refused_is_named() {
    let error = refused("rings")(io::ErrorKind::PermissionDenied.into());
    assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
    assert_eq!(error.to_string(), "rings: permission denied");
}
