//! Rungs against naive, naive against what was sent, and all of them on a way that loses, doubles,
//! reorders and corrupts.

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
use proptest::prelude::*;

#[path = "elsewhere.rs"]
mod elsewhere;

#[test]
fn rungs_agree() {
    for make in [bursts, mixed] {
        harness::agree(RUNGS, make);
    }
    harness::agree_at(RUNGS, edges::edges());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn rungs_agree_on_any_lengths(
        messages in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..90),
        at_a_time in 0_usize..70,
    ) {
        harness::agree_on(RUNGS, Job { messages, at_a_time });
    }
}

/// Every rung says what naive says, so this is what all of them are held against.
#[test]
fn naive_delivers_all_that_was_sent() {
    for job in edges::edges().into_iter().chain([few(3, 1), large(5, 1), mixed(200, 1)]) {
        let all = job.messages.iter().enumerate();
        let sum = all.map(|(number, message)| digest(number, message)).fold(0, u64::wrapping_add);
        let (messages, bytes) = (job.messages.len(), job.messages.iter().map(Vec::len).sum());
        let expected = Arrived { messages, bytes, sum, ..Arrived::default() };
        let mut ends = naive::Ends::open(Link::direct().unwrap()).unwrap();
        let arrived = job.exchange(&mut ends, naive::Ends::send, naive::Ends::receive).unwrap();
        assert_eq!(arrived, expected);
    }
}

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
    if needs::offloads().is_ok() {
        use optimized::Ends;
        assert_eq!(on_a_bad_way(Ends::open, Ends::send, Ends::receive), expected, "optimized");
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

#[test]
fn what_a_system_refuses_is_said() {
    let refused = {
        use elsewhere::Ends;
        needs::delivers(Ends::open, Ends::send, Ends::receive)
    };
    let said = refused.unwrap_err();
    assert!(said.contains("refuses the sockets") && said.contains("only Linux"), "{said}");
    let refuse = |_: &mut (), _: &Job, _| Err(io::Error::from(io::ErrorKind::PermissionDenied));
    let said = needs::delivers(|_| Ok(()), refuse, |_, _| Ok(())).unwrap_err();
    assert!(said.contains("refuses the datagrams: permission denied"), "{said}");
    let lose = |_: &mut (), ledger: &mut Ledger| {
        ledger.give_up();
        Ok(())
    };
    let said = needs::delivers(|_| Ok(()), |_, _, _| Ok(()), lose).unwrap_err();
    assert!(said.contains("do not arrive") && said.contains("lost: 5"), "{said}");
}

/// A window must never be more than a receiver's buffer holds, or datagrams are lost in silence.
#[test]
fn nothing_is_lost_when_a_window_waits_in_the_receivers_buffer() {
    for job in [bursts(WINDOW, 1), large(2, 1), mixed(WINDOW, 1), few(64, 1)] {
        let link = Link::direct().unwrap();
        let mut ends = naive::Ends::open(link).unwrap();
        for window in job.windows() {
            naive::Ends::send(&mut ends, &job, window.clone()).unwrap();
            let mut ledger = Ledger::new(job.messages.len());
            ledger.expect(window.len());
            while ledger.waits() {
                naive::Ends::receive(&mut ends, &mut ledger).unwrap();
            }
            assert_eq!(ledger.close().messages, window.len());
        }
    }
}

/// Ends are kept from call to call, but not after something went wrong with them.
#[test]
fn ends_are_kept_until_something_goes_wrong() {
    thread_local!(static KEPT: Kept<naive::Ends> = const { Kept::new() });
    let (opened, job) = (std::cell::Cell::new(0), bursts(3, 1));
    let open = || {
        opened.set(opened.get() + 1);
        naive::Ends::open(Link::direct()?)
    };
    let deliver = || kept::deliver(&KEPT, &job, open, naive::Ends::send, naive::Ends::receive);
    assert_eq!(deliver(), deliver());
    assert_eq!(opened.get(), 1);
    let give_up = |_: &mut naive::Ends, ledger: &mut Ledger| {
        ledger.give_up();
        Ok(())
    };
    assert_eq!(kept::deliver(&KEPT, &job, open, naive::Ends::send, give_up).lost, 3);
    assert_eq!((deliver().messages, opened.get()), (3, 2));
}
