//! Tests on a way that loses, doubles, reorders and corrupts, and on which strangers are.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use super::*;
use crate::ledger::digest;
use crate::link::socket;
use ::smoltcp::phy::{FaultInjector, Loopback, Medium};

/// What a bad way does with a datagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Passed,
    Lost,
    Late,
    Doubled,
}

fn fate(number: usize) -> Fate {
    match number {
        _ if number % 7 == 3 => Fate::Lost,
        _ if number % 13 == 6 => Fate::Late,
        _ if number % 11 == 5 => Fate::Doubled,
        _ => Fate::Passed,
    }
}

/// Passes datagrams on, each as its fate is, until it is stopped.
fn pass_on(from: &UdpSocket, to: SocketAddr, stopped: &AtomicBool) -> io::Result<()> {
    from.set_read_timeout(Some(Duration::from_millis(5)))?;
    let (mut buffer, mut late) = ([0; 1_000], Vec::new());
    while !stopped.load(Relaxed) {
        let Ok(length) = from.recv(&mut buffer) else { continue };
        let datagram = &buffer[..length];
        match fate(usize::from(datagram[0])) {
            Fate::Lost => continue,
            Fate::Late => {
                late.push(datagram.to_vec());
                continue;
            }
            Fate::Doubled => from.send_to(datagram, to)?,
            Fate::Passed => 0,
        };
        from.send_to(datagram, to)?;
        for datagram in late.drain(..) {
            from.send_to(&datagram, to)?;
        }
    }
    Ok(())
}

/// What a rung's two halves say of a window that goes such a way.
fn on_a_bad_way<E>(
    open: impl Fn(Link) -> io::Result<E>,
    send: impl Fn(&mut E, &Job, Range<usize>) -> io::Result<()>,
    receive: impl Fn(&mut E, &mut Ledger) -> io::Result<()>,
) -> Arrived {
    let (way, stopped) = (socket().unwrap(), AtomicBool::new(false));
    let mut link = Link::direct().unwrap();
    let to = std::mem::replace(&mut link.to, way.local_addr().unwrap());
    let mut ends = open(link.patient(Duration::from_millis(400)).unwrap()).unwrap();
    thread::scope(|scope| {
        let passing = scope.spawn(|| pass_on(&way, to, &stopped));
        let arrived = bursts(WINDOW, 1).exchange(&mut ends, send, receive);
        stopped.store(true, Relaxed);
        passing.join().unwrap().unwrap();
        arrived.unwrap()
    })
}

#[test]
fn what_a_bad_way_does_is_told() {
    let count = |what| (0..WINDOW).filter(|&number| fate(number) == what).count();
    let (lost, doubled, overtaken) = (count(Fate::Lost), count(Fate::Doubled), count(Fate::Late));
    let sent = bursts(WINDOW, 1).messages;
    let came = sent.iter().enumerate().filter(|&(number, _)| fate(number) != Fate::Lost);
    let sum = came.map(|(number, message)| digest(number, message)).fold(0, u64::wrapping_add);
    let (messages, bytes) = (WINDOW - lost, (WINDOW - lost) * SMALL);
    let expected = Arrived { messages, bytes, sum, lost, doubled, overtaken, strange: 0 };
    {
        use naive::Ends;
        assert_eq!(on_a_bad_way(Ends::open, Ends::send, Ends::receive), expected, "naive");
    }
    {
        use connected::Ends;
        assert_eq!(on_a_bad_way(Ends::open, Ends::send, Ends::receive), expected, "connected");
    }
    {
        use peer::Ends;
        assert_eq!(on_a_bad_way(Ends::open, Ends::send, Ends::receive), expected, "peer");
    }
    #[cfg(target_os = "linux")]
    {
        use batched::Ends;
        assert_eq!(on_a_bad_way(Ends::open, Ends::send, Ends::receive), expected, "batched");
    }
    #[cfg(target_os = "linux")]
    if needs::rings().is_ok() {
        use multishot::Ends;
        assert_eq!(on_a_bad_way(Ends::open, Ends::send, Ends::receive), expected, "multishot");
    }
    #[cfg(target_os = "linux")]
    if needs::offloads().is_ok() {
        use optimized::Ends;
        assert_eq!(on_a_bad_way(Ends::open, Ends::send, Ends::receive), expected, "optimized");
    }
}

/// What a rung's two halves say of a window among which there are datagrams of somebody else's.
fn among_strangers<E>(
    open: impl Fn(Link) -> io::Result<E>,
    send: impl Fn(&mut E, &Job, Range<usize>) -> io::Result<()>,
    receive: impl Fn(&mut E, &mut Ledger) -> io::Result<()>,
) -> Arrived {
    let (stranger, link) = (socket().unwrap(), Link::direct().unwrap());
    for datagram in [&[][..], b"abc", &[0xff; 300]] {
        stranger.send_to(datagram, link.to).unwrap();
    }
    bursts(WINDOW, 1).exchange(&mut open(link).unwrap(), send, receive).unwrap()
}

#[test]
fn what_nobody_here_has_sent_is_told() {
    let sent = bursts(WINDOW, 1).messages;
    let all = sent.iter().enumerate().map(|(number, message)| digest(number, message));
    let (messages, bytes, sum) = (WINDOW, WINDOW * SMALL, all.fold(0, u64::wrapping_add));
    let expected = Arrived { messages, bytes, sum, strange: 3, ..Arrived::default() };
    {
        use naive::Ends;
        assert_eq!(among_strangers(Ends::open, Ends::send, Ends::receive), expected, "naive");
    }
    {
        use connected::Ends;
        assert_eq!(among_strangers(Ends::open, Ends::send, Ends::receive), expected, "connected");
    }
    {
        use peer::Ends;
        assert_eq!(among_strangers(Ends::open, Ends::send, Ends::receive), expected, "peer");
    }
    #[cfg(target_os = "linux")]
    {
        use batched::Ends;
        assert_eq!(among_strangers(Ends::open, Ends::send, Ends::receive), expected, "batched");
    }
    #[cfg(target_os = "linux")]
    if needs::rings().is_ok() {
        use multishot::Ends;
        assert_eq!(among_strangers(Ends::open, Ends::send, Ends::receive), expected, "multishot");
    }
    #[cfg(target_os = "linux")]
    if needs::offloads().is_ok() {
        use optimized::Ends;
        assert_eq!(among_strangers(Ends::open, Ends::send, Ends::receive), expected, "optimized");
    }
}

/// One message at a time, so that each is known to be lost or whole.
fn through_faults(drop: u8, corrupt: u8) -> usize {
    use crate::smoltcp::Ends;
    let mut device = FaultInjector::new(Loopback::new(Medium::Ip), 0x5eed);
    device.set_drop_chance(drop);
    device.set_corrupt_chance(corrupt);
    let mut ends = Ends::on(device).unwrap();
    let mut lost = 0;
    for seed in 0..300 {
        let job = bursts(1, seed);
        let arrived = job.exchange(&mut ends, Ends::send, Ends::receive).unwrap();
        assert_eq!(arrived.lost + arrived.messages, 1, "{arrived:?}");
        assert_eq!(arrived.doubled + arrived.overtaken + arrived.strange, 0, "{arrived:?}");
        assert_eq!(arrived.sum, if arrived.lost == 1 { 0 } else { digest(0, &job.messages[0]) });
        lost += arrived.lost;
    }
    lost
}

#[test]
fn the_stack_without_a_kernel_hands_out_nothing_that_is_corrupt() {
    assert_eq!(through_faults(0, 0), 0);
    assert!((60..240).contains(&through_faults(20, 0)));
    assert!((30..240).contains(&through_faults(0, 20)));
}

#[test]
fn the_stack_without_a_kernel_counts_what_its_device_loses() {
    use crate::smoltcp::Ends;
    let mut device = FaultInjector::new(Loopback::new(Medium::Ip), 7);
    device.set_drop_chance(10);
    let job = bursts(500, 1);
    let mut ends = Ends::on(device).unwrap();
    let arrived = job.exchange(&mut ends, Ends::send, Ends::receive).unwrap();
    assert_eq!(arrived.messages + arrived.lost, 500);
    assert!((20..250).contains(&arrived.lost), "{arrived:?}");
    assert_eq!((arrived.bytes, arrived.doubled), (arrived.messages * SMALL, 0));
}
