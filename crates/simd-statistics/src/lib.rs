#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]
#![cfg_attr(portable_simd, feature(portable_simd))]
#![cfg_attr(float_algebraic, feature(float_algebraic))]

pub mod accumulators;
pub mod ahead;
#[cfg(float_algebraic)]
pub mod algebraic;
pub mod avx512;
pub mod blocks;
pub mod edges;
pub mod fma;
pub mod moments;
pub mod naive;
pub mod optimized;
pub mod peer;
#[cfg(portable_simd)]
pub mod portable_simd;
mod statistics;
pub mod wide;

use harness::data::{rand::RngExt, rng};
use harness::{BadLine, FromFile, Rung};

pub use statistics::Statistics;

// Stand for what this compiler cannot build, and are not called.
#[cfg(not(float_algebraic))]
use optimized as algebraic;
#[cfg(not(portable_simd))]
use optimized as portable_simd;

/// Every rung, naive first; after `optimized`, what it is held against. All agree with the first
/// as far as [`agree`] demands.
pub const RUNGS: &[Rung<Vec<f64>, Statistics>] = &[
    Rung::new("naive", |samples| naive::statistics(samples)),
    Rung::new("accumulators", |samples| accumulators::statistics(samples)),
    Rung::new("wide", |samples| wide::statistics(samples)),
    Rung::new("blocks", |samples| blocks::statistics(samples)),
    Rung::new("fma", |samples| fma::statistics(samples)),
    Rung::new("avx512", |samples: &Vec<f64>| avx512::statistics(samples)).needs(avx512::available),
    Rung::new("ahead", |samples: &Vec<f64>| ahead::statistics(samples)).needs(ahead::available),
    Rung::new("optimized", |samples| optimized::statistics(samples)),
    Rung::new("portable_simd", |samples: &Vec<f64>| portable_simd::statistics(samples))
        .needs(|| nightly(cfg!(portable_simd), "`std::simd` needs")),
    Rung::new("algebraic", |samples: &Vec<f64>| algebraic::statistics(samples))
        .needs(|| nightly(cfg!(float_algebraic), "additions in any order need")),
    Rung::new("peer", |samples| peer::statistics(samples)),
];

/// Says what an unstable rung needs, unless this compiler has `built` it.
fn nightly(built: bool, needs: &str) -> Result<(), String> {
    let how = "a nightly compiler: `cargo +nightly xtask bench-all --only simd-statistics`";
    if built { Ok(()) } else { Err(format!("{needs} {how}")) }
}

/// Accepts what a stable method may differ by: t = 8·n·ε, which is a worst case and not a
/// typical one.
///
/// The mean may be off by t times the root mean square of the samples. The variance may be off by t
/// times itself and by the square of what the mean may be off by. That is the bound of the two-pass
/// method in Chan, Golub and LeVeque; the textbook formula E\[x²\] − E\[x\]² misses it by the
/// square of offset over noise. Where naive is not finite, the rung must not be either.
///
/// # Errors
/// Says which figure differs.
pub fn agree(naive: &Statistics, rung: &Statistics) -> Result<(), String> {
    let t = 8.0 * naive.count as f64 * f64::EPSILON;
    let variance = if naive.count < 2 { 0.0 } else { naive.variance };
    let mean_off = t * naive.mean.hypot(variance.sqrt());
    let figures = [
        ("count", naive.count as f64, rung.count as f64, 0.0),
        ("mean", naive.mean, rung.mean, mean_off),
        ("variance", naive.variance, rung.variance, t * variance + mean_off * mean_off),
    ];
    for (figure, naive, rung, off) in figures {
        let alike = if naive.is_finite() { (naive - rung).abs() <= off } else { !rung.is_finite() };
        if !alike {
            return Err(format!(
                "{figure}: naive has {naive:?}, this rung {rung:?}, allowed {off:e}"
            ));
        }
    }
    Ok(())
}

/// `n` readings of a pressure sensor on the sea floor, in pascals: four thousand metres of water,
/// some ten pascals of noise, a slow tide, and one reading in a thousand knocked away, seldom far.
/// At the last one the gauge is a hundred metres up already: a rung that leaves it out is told from
/// one that rounds, at every length.
pub fn input(n: usize, seed: u64) -> Vec<f64> {
    const WATER: f64 = 4.0e7;
    const HAULED: f64 = 1.0e6;
    const NOISE: f64 = 10.0 / 37_837.0; // the sum of four 16-bit numbers deviates by 37,837
    let mut rng = rng(seed);
    let mut tide = 0.0;
    let reading = |_| {
        let [bits, chance] = [rng.random::<u64>(), rng.random()];
        let sum: u64 = (0..64).step_by(16).map(|at| bits >> at & 0xffff).sum();
        let noise = (sum as f64 - 2.0 * 65_535.0) * NOISE;
        tide += noise * 1e-3;
        let knocked = if chance < u64::MAX / 1_000 {
            (u64::MAX as f64 / 1_000.0 / (chance + 1) as f64).sqrt() * 100.0
        } else {
            0.0
        };
        WATER + tide + noise + knocked
    };
    let mut samples: Vec<f64> = (0..n).map(reading).collect();
    if let Some(last) = samples.last_mut() {
        *last -= HAULED;
    }
    samples
}

/// All numbers of a user's file, in reading order.
///
/// # Errors
/// See [`harness::rows`]; or if a number is so large or so small that its square is none.
pub fn from_file(text: &[u8]) -> Result<FromFile<Vec<f64>>, BadLine> {
    let mut samples = Vec::new();
    let file = harness::rows(text, |line, row| {
        let odd = |sample: &&f64| **sample != 0.0 && !(1e-100..=1e100).contains(&sample.abs());
        if let Some(odd) = row.iter().find(odd) {
            return Err(BadLine::new(line, format!("{odd:e} has no square in 64 bits")));
        }
        samples.extend_from_slice(row);
        Ok(())
    })?;
    file.for_job("all of them in reading order").and_then(|()| Ok(samples))
}

#[cfg(test)]
mod tests;
