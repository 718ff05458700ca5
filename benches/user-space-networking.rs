//! Datagrams of 200 bytes, as market data and telemetry have them, in bursts of whole windows: four
//! of them, and sixteen. Then few under way at a time: one, where nothing can be joined, and eight.
//! Where lengths differ from message to message, each longer one ends a buffer. Large messages are
//! a megabyte in a handful of datagrams, where the bytes are what costs. No branch depends on what
//! is in a message. Calls are short, so that the system seldom takes the core away in one.
//!
//! One thread sends a window and receives it, so that nothing is lost for want of room, nobody is
//! woken up, and the time that passes is processor time. The limit is a copy of the messages, the
//! one thing that no way of delivering them can leave out: a stack without a kernel makes no system
//! call, and segments are fewer packets than datagrams.

use harness::{Bench, DoesNotPay, Faster, Limit, Rung};
use user_space_networking::{Arrived, FEW, Job, RUNGS, bursts, edges, few, large, loopback, mixed};

/// On which inputs rungs are measured, and what bounds them.
pub fn bench(rungs: &'static [Rung<Job, Arrived>]) -> Bench<Job, Arrived> {
    Bench::new(rungs)
        .item("datagram")
        .substance(|arrived| arrived.bytes)
        .input("bursts", bursts)
        .needs(loopback)
        .fixed()
        .quick([256, 1_024])
        .input("few at a time", few)
        .needs(loopback)
        .across("at a time", " datagrams", FEW)
        .fixed()
        .quick([1, 8])
        .input("mixed lengths", mixed)
        .needs(loopback)
        .quick([512])
        .input("large messages", large)
        .needs(loopback)
        .fixed()
        .quick([16])
        .edges(edges::edges)
        .limit(Limit::Copy(|job| job.messages.iter().map(Vec::len).sum()))
}

fn main() {
    bench(RUNGS)
        .claim("optimized", "bursts", 1_024, Faster)
        .claim("connected", "bursts", 256, Faster)
        .claim("segmented", "bursts", 1_024, Faster)
        .over("batched")
        .claim("optimized", "bursts", 1_024, Faster)
        .over("segmented")
        .claim("optimized", "bursts", 1_024, Faster)
        .over("multishot")
        .claim("optimized", "bursts", 256, Faster)
        .over("smoltcp")
        .claim("optimized", "few at a time", 8, Faster)
        .over("batched")
        .claim("optimized", "few at a time", 1, DoesNotPay)
        .over("connected")
        .claim("batched", "few at a time", 1, DoesNotPay)
        .over("connected")
        .claim("multishot", "few at a time", 1, DoesNotPay)
        .over("connected")
        .claim("stream", "few at a time", 1, DoesNotPay)
        .claim("smoltcp", "few at a time", 1, Faster)
        .claim("stream", "mixed lengths", 512, Faster)
        .over("optimized")
        .claim("optimized", "large messages", 16, DoesNotPay)
        .over("connected")
        .claim("stream", "large messages", 16, DoesNotPay)
        .over("connected")
        .claim("smoltcp", "large messages", 16, DoesNotPay)
        .over("connected")
        .main();
}
