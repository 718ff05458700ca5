//! Tests of waits that signals interrupt.

use std::io;
use std::sync::atomic::Ordering::Relaxed;
use std::thread;
use std::time::Duration;

use super::*;
use crate::ledger::digest;
use crate::link::socket;

/// What a rung receives while signals interrupt its wait again and again.
fn among_signals<E>(
    open: impl Fn(Link) -> io::Result<E>,
    receive: impl Fn(&mut E, &mut Ledger) -> io::Result<()>,
) -> Arrived {
    use std::sync::atomic::AtomicUsize;
    static CAME: AtomicUsize = AtomicUsize::new(0);
    extern "C" fn count(_: libc::c_int) {
        CAME.fetch_add(1, Relaxed);
    }
    // SAFETY: zeros are a set without signals, and no flags, so that no call begins again by
    // itself; the handler adds to an atomic, which is allowed in one.
    let waits = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = count as *const () as libc::sighandler_t;
        assert_eq!(libc::sigaction(libc::SIGUSR1, &raw const action, std::ptr::null_mut()), 0);
        libc::pthread_self()
    };
    let (job, sender, link) = (bursts(3, 1), socket().unwrap(), Link::direct().unwrap());
    let (to, mut ledger, before) = (link.to, Ledger::new(3), CAME.load(Relaxed));
    ledger.expect(3);
    let mut ends = open(link).unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..3 {
                for _ in 0..5 {
                    thread::sleep(Duration::from_millis(5)); // until it waits again
                    // SAFETY: the thread is there: it waits for this one.
                    assert_eq!(unsafe { libc::pthread_kill(waits, libc::SIGUSR1) }, 0);
                }
                let mut datagram = Vec::new();
                job.write(number, &mut datagram);
                sender.send_to(&datagram, to).unwrap();
            }
        });
        while ledger.waits() {
            receive(&mut ends, &mut ledger).unwrap();
        }
    });
    assert!(CAME.load(Relaxed) > before, "no signal came");
    ledger.close()
}

#[test]
fn a_wait_that_a_signal_interrupts_goes_on() {
    let sent = bursts(3, 1).messages;
    let all = sent.iter().enumerate().map(|(number, message)| digest(number, message));
    let (bytes, sum) = (3 * SMALL, all.fold(0, u64::wrapping_add));
    let expected = Arrived { messages: 3, bytes, sum, ..Arrived::default() };
    {
        use naive::Ends;
        assert_eq!(among_signals(Ends::open, Ends::receive), expected, "naive");
    }
    {
        use connected::Ends;
        assert_eq!(among_signals(Ends::open, Ends::receive), expected, "connected");
    }
    {
        use batched::Ends;
        assert_eq!(among_signals(Ends::open, Ends::receive), expected, "batched");
    }
    if needs::rings().is_ok() {
        use multishot::Ends;
        assert_eq!(among_signals(Ends::open, Ends::receive), expected, "multishot");
    }
    if needs::offloads().is_ok() {
        use optimized::Ends;
        assert_eq!(among_signals(Ends::open, Ends::receive), expected, "optimized");
    }
}
