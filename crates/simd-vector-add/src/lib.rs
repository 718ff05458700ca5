#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]
#![cfg_attr(portable_simd, feature(portable_simd))]

pub mod avx2;
pub mod avx512;
pub mod dispatched;
pub mod edges;
mod file;
pub mod fused;
pub mod naive;
pub mod optimized;
pub mod peer;
#[cfg(portable_simd)]
pub mod portable_simd;
mod session;
pub mod wide;

use std::rc::Rc;

pub use file::from_file;
use harness::Rung;
use harness::data::{rand::RngExt, rng};
pub use session::{Mix, Session, Track};

#[cfg(not(portable_simd))]
use optimized as portable_simd; // stands for what this compiler cannot build, and is not called

/// Every rung, naive first; after `optimized`, what it is held against. All give the same mix to
/// the bit: each adds the tracks in their order, and none fuses a multiplication with an addition,
/// which would round once where naive rounds twice.
pub const RUNGS: &[Rung<Session, Rc<Mix>>] = &[
    Rung::reusing("naive", Session::spoil, |session| session.mix(naive::mix)),
    Rung::reusing("wide", Session::spoil, |session| session.mix(wide::mix)),
    Rung::reusing("dispatched", Session::spoil, |session| session.mix(dispatched::mix)),
    Rung::reusing("fused", Session::spoil, |session| session.mix(fused::mix)),
    Rung::reusing("avx2", Session::spoil, |session: &mut Session| session.mix(avx2::mix))
        .needs(avx2::available),
    Rung::reusing("avx512", Session::spoil, |session: &mut Session| session.mix(avx512::mix))
        .needs(avx512::available),
    Rung::reusing("optimized", Session::spoil, |session| session.mix(optimized::mix)),
    Rung::reusing("portable_simd", Session::spoil, |session: &mut Session| {
        session.mix(portable_simd::mix)
    })
    .needs(nightly),
    Rung::reusing("peer", Session::spoil, |session| session.mix(peer::mix)),
];

/// Whether this compiler has built the rung on `std::simd`.
fn nightly() -> Result<(), String> {
    let how = "`std::simd` needs a nightly compiler: \
               `cargo +nightly xtask bench-all --only simd-vector-add`";
    if cfg!(portable_simd) { Ok(()) } else { Err(how.to_owned()) }
}

/// Two tracks of `n` frames: a voice and its echo, or one song that fades into the next.
pub fn two(n: usize, seed: u64) -> Session {
    Session::new(tracks(2, n, seed))
}

/// Sixteen tracks of `n` frames: a band on a mixing desk.
pub fn sixteen(n: usize, seed: u64) -> Session {
    Session::new(tracks(16, n, seed))
}

/// Tracks of 16-bit noise in notes that are struck now and then and die away.
fn tracks(count: usize, n: usize, seed: u64) -> Vec<Track> {
    let mut rng = rng(seed);
    let mut track = |_| {
        let gain = rng.random_range(0.1..1.0);
        let mut loud = 1.0 / 32_768.0;
        let mut samples = Vec::with_capacity(n + 4);
        while samples.len() < n {
            let bits: u64 = rng.random();
            loud = if bits < u64::MAX >> 12 { 1.0 / 32_768.0 } else { loud * 0.999_9 };
            samples.extend([0, 16, 32, 48].map(|at| f32::from((bits >> at) as i16) * loud));
        }
        samples.truncate(n);
        Track { gain, samples }
    };
    (0..count).map(&mut track).collect()
}

#[cfg(test)]
mod tests;
