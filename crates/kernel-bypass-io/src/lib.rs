#![doc = include_str!("../README.md")]

#[cfg(target_os = "linux")]
pub mod cache;
pub mod cold;
#[cfg(target_os = "linux")]
pub mod compio;
#[cfg(target_os = "linux")]
pub mod direct;
pub mod edges;
#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(all(test, target_os = "linux"))]
mod faults;
#[cfg(all(test, target_os = "linux"))]
mod faulty;
pub mod held;
pub mod index;
pub mod job;
pub mod mapped;
pub mod naive;
#[cfg(target_os = "linux")]
pub mod optimized;
#[cfg(unix)]
pub mod peer;
#[cfg(unix)]
pub mod positioned;
#[cfg(target_os = "linux")]
pub mod queue;
pub mod record;
#[cfg(all(test, target_os = "linux"))]
mod refused;
#[cfg(target_os = "linux")]
pub mod ring;
#[cfg(any(test, target_os = "linux"))]
mod scratch;
pub mod service;
pub mod system;
#[cfg(target_os = "linux")]
pub mod uncached;
#[cfg(target_os = "linux")]
pub mod uring;
pub mod wanted;

use harness::Rung;

pub use job::{Job, RECORDS, cached, cached_scan, cold, cold_scan};
use service::Sums;

/// Every rung, naive first. All give the checksums of the records in the same order.
pub const RUNGS: &[Rung<Job, Sums>] = &[
    Rung::new("naive", service::naive),
    Rung::new("positioned", service::positioned).needs(system::positioned),
    Rung::new("mapped", service::mapped),
    Rung::new("direct", service::direct).needs(system::direct),
    Rung::new("ring", service::ring).needs(system::direct_ring),
    Rung::new("uncached", service::uncached).needs(system::uncached),
    Rung::new("optimized", service::optimized).needs(system::registered),
    Rung::new("compio", service::compio).needs(system::ring),
    Rung::new("peer", service::peer).needs(system::positioned),
];

#[cfg(test)]
mod tests;
