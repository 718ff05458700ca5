#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]
#![cfg_attr(portable_simd, feature(portable_simd))]

pub mod avx512;
pub mod dispatched;
mod file;
pub mod fused;
pub mod naive;
pub mod optimized;
pub mod peer;
#[cfg(portable_simd)]
pub mod portable_simd;
pub mod wide;

use std::rc::Rc;

pub use file::from_file;
use harness::Rung;
use harness::data::{rand::RngExt, rng};

/// One voice of the mix.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// What its samples are multiplied by.
    pub gain: f32,
    /// One sample per frame.
    pub samples: Vec<f32>,
}

/// Tracks of one length, and the buffers that their mixes are written to.
#[derive(Debug)]
pub struct Session {
    tracks: Vec<Track>,
    pool: Vec<Rc<Mix>>,
}

/// A finished mix.
#[derive(Debug)]
pub struct Mix(Vec<f32>);

impl PartialEq for Mix {
    /// Bit for bit, but that any two samples that are not numbers are alike.
    fn eq(&self, other: &Self) -> bool {
        let alike = |(a, b): (&f32, &f32)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(alike)
    }
}

impl Session {
    /// Without any mix yet.
    fn new(tracks: Vec<Track>) -> Self {
        Self { tracks, pool: Vec::new() }
    }

    /// Samples in a mix.
    fn frames(&self) -> usize {
        self.tracks.first().map_or(0, |track| track.samples.len())
    }

    /// Bytes that a mix must read and write.
    pub fn bytes(&self) -> usize {
        (self.tracks.len() + 1) * self.frames() * size_of::<f32>()
    }

    /// Mixes into a buffer that nobody holds any more. Audio engines take their buffers from a pool
    /// because asking for memory may block; here it also keeps page faults out of the timing. While
    /// rungs are compared, the expected mix is held, and the pool grows by one.
    fn mix(&mut self, mix: fn(&[Track], &mut [f32])) -> Rc<Mix> {
        let free = self.pool.iter().position(|mix| Rc::strong_count(mix) == 1);
        let free = free.unwrap_or_else(|| {
            self.pool.push(Rc::new(Mix(vec![0.0; self.frames()])));
            self.pool.len() - 1
        });
        let buffer = Rc::get_mut(&mut self.pool[free]).expect("nobody else holds it");
        mix(&self.tracks, &mut buffer.0);
        Rc::clone(&self.pool[free])
    }
}

#[cfg(not(portable_simd))]
use optimized as portable_simd; // stands for what this compiler cannot build, and is not called

/// Every rung, slowest first; after `optimized`, what it is held against. All give the same mix to
/// the bit: each adds the tracks in their order, and none fuses a multiplication with an addition,
/// which would round once where naive rounds twice.
pub const RUNGS: &[Rung<Session, Rc<Mix>>] = &[
    Rung::reusing("naive", |session| session.mix(naive::mix)),
    Rung::reusing("wide", |session| session.mix(wide::mix)),
    Rung::reusing("dispatched", |session| session.mix(dispatched::mix)),
    Rung::reusing("fused", |session| session.mix(fused::mix)),
    Rung::reusing("optimized", |session| session.mix(optimized::mix)),
    Rung::reusing("avx512", |session: &mut Session| session.mix(avx512::mix))
        .needs(avx512::available),
    Rung::reusing("portable_simd", |session: &mut Session| session.mix(portable_simd::mix))
        .needs(nightly),
    Rung::reusing("peer", |session| session.mix(peer::mix)),
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
