#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod accumulators;
pub mod aligned;
pub mod avx2;
pub mod avx512;
pub mod chunks;
pub mod edges;
pub mod naive;
pub mod optimized;
pub mod peer;
pub mod resliced;
pub mod score;
#[cfg(target_arch = "x86_64")]
mod vnni;

use aligned::Aligned;
use harness::Rung;
use harness::data::{rand::RngExt, rng};
use score::{Score, allowed};

pub use score::agree;

/// What was sent and what was received, in one of two forms.
#[derive(Debug)]
pub enum Signals {
    /// As the rest of a program calculates with them.
    Floats(Aligned<f32>, Aligned<f32>),
    /// As the converter delivers them: twelve bits each.
    Counts(Aligned<i16>, Aligned<i16>),
}

/// Two signals, and what is to be known to judge a result without having to calculate it twice.
#[derive(Debug)]
pub struct Job {
    /// The signals.
    pub signals: Signals,
    exact: f64,
    allowed: f64,
}

/// Every rung, naive first. All are as near to the truth as [`agree`] demands.
pub const RUNGS: &[Rung<Job, Score>] = &[
    Rung::new("naive", |job| job.score(naive::dot, naive::dot_counts)),
    Rung::new("resliced", |job| job.score(resliced::dot, resliced::dot_counts)),
    Rung::new("chunks", |job| job.score(chunks::dot, chunks::dot_counts)),
    Rung::new("accumulators", |job| job.score(accumulators::dot, accumulators::dot_counts)),
    Rung::new("avx2", |job: &Job| job.score(avx2::dot, avx2::dot_counts)).needs(avx2::needs),
    Rung::new("avx512", |job: &Job| job.score(avx512::dot, avx512::dot_counts))
        .needs(avx512::needs),
    Rung::new("optimized", |job| job.score(optimized::dot, optimized::dot_counts)),
    Rung::new("peer", |job| job.score(peer::dot, peer::dot_counts)),
];

impl Job {
    /// Two signals of floats.
    ///
    /// # Panics
    /// If they differ in length.
    pub fn floats(a: &[f32], b: &[f32]) -> Self {
        assert_eq!(a.len(), b.len());
        let products = || a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b));
        let exact = products().sum();
        let allowed = allowed(a.len(), products().map(f64::abs).sum());
        Self { signals: Signals::Floats(Aligned::new(a), Aligned::new(b)), exact, allowed }
    }

    /// Two signals of integers: nothing is rounded, and nothing is allowed.
    ///
    /// # Panics
    /// If they differ in length.
    pub fn counts(a: &[i16], b: &[i16]) -> Self {
        assert_eq!(a.len(), b.len());
        let products = a.iter().zip(b).map(|(&a, &b)| i64::from(a) * i64::from(b));
        let exact = f64::from(products.sum::<i64>() as i32); // modulo 2³²
        Self { signals: Signals::Counts(Aligned::new(a), Aligned::new(b)), exact, allowed: 0.0 }
    }

    /// Calls the function that is for these signals.
    #[inline]
    pub fn score(
        &self,
        dot: impl Fn(&[f32], &[f32]) -> f32,
        dot_counts: impl Fn(&[i16], &[i16]) -> i32,
    ) -> Score {
        let value = match &self.signals {
            Signals::Floats(a, b) => f64::from(dot(a, b)),
            Signals::Counts(a, b) => f64::from(dot_counts(a, b)),
        };
        Score { value, exact: self.exact, allowed: self.allowed }
    }
}

/// A signal of `n` samples that was sent, and what an antenna received of it: a tenth of its
/// strength under noise, with bursts of interference that are up to a hundred times as strong.
pub fn input(n: usize, seed: u64) -> Job {
    let (sent, received) = signals(n, seed);
    Job::floats(&sent, &received)
}

/// The same, in the twelve bits of the converter, which cuts off what is stronger.
pub fn counts(n: usize, seed: u64) -> Job {
    let twelve = |samples: Vec<f32>| -> Vec<i16> {
        samples.iter().map(|sample| (sample * 1024.0).clamp(-2048.0, 2047.0) as i16).collect()
    };
    let (sent, received) = signals(n, seed);
    Job::counts(&twelve(sent), &twelve(received))
}

fn signals(n: usize, seed: u64) -> (Vec<f32>, Vec<f32>) {
    const BURST: usize = 64;
    let mut rng = rng(seed);
    let (mut sent, mut received) = (Vec::with_capacity(n), Vec::with_capacity(n));
    while sent.len() < n {
        let noise =
            if rng.random_ratio(1, 16) { 100.0 / rng.random_range(1.0..100.0) } else { 1.0 };
        for _ in 0..BURST.min(n - sent.len()) {
            let bits: u64 = rng.random();
            let [a, b, c, d] = [0, 16, 32, 48].map(|at| (bits >> at) as u16 as f32 / 65_536.0);
            sent.push(a - b); // the difference of two draws: most are small
            received.push(0.1 * (a - b) + noise * (c - d));
        }
    }
    (sent, received)
}

#[cfg(test)]
mod tests;
