//! Rungs against naive, naive against what was sent, and what is said where a system refuses.

use std::io;

use super::*;
use crate::ledger::digest;
use proptest::prelude::*;

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

#[test]
fn what_a_system_refuses_is_said() {
    let refused = {
        use crate::elsewhere::Ends;
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

/// A rung that lost all it sends would be left out, as if the system refused it.
#[cfg(target_os = "linux")]
#[test]
fn no_rung_is_left_out_where_the_kernel_has_what_it_needs() {
    use io_uring::{IoUring, Probe, opcode};
    use nix::sys::socket::{setsockopt, sockopt};
    let socket = link::socket().unwrap();
    let cuts = setsockopt(&socket, sockopt::UdpGsoSegment, &100).is_ok();
    let joins = setsockopt(&socket, sockopt::UdpGroSegment, &true).is_ok();
    // What came with the same version as the last thing that the rung asks of a ring.
    let as_new = || {
        let (ring, mut probe) = (IoUring::new(2).ok()?, Probe::new());
        ring.submitter().register_probe(&mut probe).ok()?;
        Some(probe.is_supported(opcode::SendZc::CODE))
    };
    let rings = as_new().unwrap_or(false);
    let needed = |rung: &str| match rung {
        "segmented" => cuts,
        "multishot" => cuts && rings,
        "optimized" => cuts && joins,
        _ => true,
    };
    let there = RUNGS.iter().filter(|rung| needed(rung.name()));
    let left_out: Vec<_> = there.filter_map(Rung::unavailable).collect();
    assert!(left_out.is_empty(), "{left_out:?}");
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
