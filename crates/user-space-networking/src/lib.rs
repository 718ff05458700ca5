#![doc = include_str!("../README.md")]

#[cfg(target_os = "linux")]
pub mod batched;
pub mod connected;
mod datagram;
pub mod edges;
#[cfg(any(test, not(target_os = "linux")))]
pub mod elsewhere;
#[cfg(test)]
mod faults;
#[cfg(all(test, target_os = "linux"))]
mod interrupted;
mod job;
mod kept;
mod ledger;
mod link;
#[cfg(target_os = "linux")]
pub mod multishot;
pub mod naive;
mod needs;
#[cfg(target_os = "linux")]
pub mod optimized;
pub mod peer;
#[cfg(target_os = "linux")]
mod ring;
#[cfg(target_os = "linux")]
pub mod segmented;
pub mod smoltcp;
pub mod stream;
#[cfg(test)]
mod tests;

#[cfg(not(target_os = "linux"))]
use elsewhere::{self as batched, self as multishot, self as optimized, self as segmented};

use harness::Rung;
use harness::data::{long_tail, rand::RngExt, rng};

use kept::Kept;

pub use datagram::HEADER;
pub use job::{Job, WINDOW};
pub use ledger::{Arrived, Ledger};
pub use link::Link;
pub use needs::loopback;

/// Bytes of a message that is a sample of a sensor or a trade.
const SMALL: usize = 192;

/// Bytes of a message that nearly fills the longest datagram.
const LARGE: usize = 60_000;

/// Every rung. All deliver every message once, in order.
pub const RUNGS: &[Rung<Job, Arrived>] = &[
    Rung::new("naive", |job: &Job| {
        use naive::Ends;
        thread_local!(static KEPT: Kept<Ends> = const { Kept::new() });
        kept::deliver(&KEPT, job, || Ends::open(Link::direct()?), Ends::send, Ends::receive)
    }),
    Rung::new("connected", |job: &Job| {
        use connected::Ends;
        thread_local!(static KEPT: Kept<Ends> = const { Kept::new() });
        kept::deliver(&KEPT, job, || Ends::open(Link::direct()?), Ends::send, Ends::receive)
    }),
    Rung::new("batched", |job: &Job| {
        use batched::Ends;
        thread_local!(static KEPT: Kept<Ends> = const { Kept::new() });
        kept::deliver(&KEPT, job, || Ends::open(Link::direct()?), Ends::send, Ends::receive)
    })
    .needs(|| {
        use batched::Ends;
        needs::delivers(Ends::open, Ends::send, Ends::receive)
    }),
    Rung::new("segmented", |job: &Job| {
        use segmented::Ends;
        thread_local!(static KEPT: Kept<Ends> = const { Kept::new() });
        kept::deliver(&KEPT, job, || Ends::open(Link::direct()?), Ends::send, Ends::receive)
    })
    .needs(|| {
        use segmented::Ends;
        needs::delivers(Ends::open, Ends::send, Ends::receive)
    }),
    Rung::new("multishot", |job: &Job| {
        use multishot::Ends;
        thread_local!(static KEPT: Kept<Ends> = const { Kept::new() });
        kept::deliver(&KEPT, job, || Ends::open(Link::direct()?), Ends::send, Ends::receive)
    })
    .needs(needs::rings),
    Rung::new("optimized", |job: &Job| {
        use optimized::Ends;
        thread_local!(static KEPT: Kept<Ends> = const { Kept::new() });
        kept::deliver(&KEPT, job, || Ends::open(Link::direct()?), Ends::send, Ends::receive)
    })
    .needs(needs::offloads),
    Rung::new("stream", |job: &Job| {
        use stream::Ends;
        thread_local!(static KEPT: Kept<Ends> = const { Kept::new() });
        kept::deliver(&KEPT, job, Ends::open, Ends::send, Ends::receive)
    })
    .needs(|| {
        use stream::Ends;
        needs::delivers(|_| Ends::open(), Ends::send, Ends::receive)
    }),
    Rung::new("smoltcp", |job: &Job| {
        use crate::smoltcp::Ends;
        use ::smoltcp::phy::Loopback;
        thread_local!(static KEPT: Kept<Ends<Loopback>> = const { Kept::new() });
        kept::deliver(&KEPT, job, Ends::open, Ends::send, Ends::receive)
    }),
    Rung::new("peer", |job: &Job| {
        use peer::Ends;
        thread_local!(static KEPT: Kept<Ends> = const { Kept::new() });
        kept::deliver(&KEPT, job, || Ends::open(Link::direct()?), Ends::send, Ends::receive)
    })
    .needs(|| {
        use peer::Ends;
        needs::delivers(Ends::open, Ends::send, Ends::receive)
    }),
];

/// `n` small messages in bursts, as many under way as a window holds.
pub fn bursts(n: usize, seed: u64) -> Job {
    job(n, seed, WINDOW, |_| SMALL)
}

/// 512 small messages, `n` of them under way at a time.
pub fn few(n: usize, seed: u64) -> Job {
    job(FEW, seed, n, |_| SMALL)
}

/// Messages of [`few`].
pub const FEW: usize = 512;

/// `n` messages of which hardly two in a row have the same length.
pub fn mixed(n: usize, seed: u64) -> Job {
    job(n, seed, WINDOW, |rng| long_tail(rng, 4..11) as usize)
}

/// `n` messages that nearly fill the longest datagram.
pub fn large(n: usize, seed: u64) -> Job {
    job(n, seed, WINDOW, |_| LARGE)
}

/// Random messages with lengths that somebody draws.
fn job(n: usize, seed: u64, at_a_time: usize, length: fn(&mut harness::data::Rng) -> usize) -> Job {
    let mut rng = rng(seed);
    let messages = (0..n).map(|_| {
        let mut message = vec![0; length(&mut rng)];
        rng.fill(message.as_mut_slice());
        message
    });
    Job { messages: messages.collect(), at_a_time }
}
