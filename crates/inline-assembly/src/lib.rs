#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

pub mod adc;
pub mod adx;
pub mod carrying;
mod chains;
#[cfg(target_arch = "x86_64")]
mod digits;
pub mod edges;
pub mod ifma;
pub mod intrinsics;
mod job;
pub mod karatsuba;
pub mod naive;
pub mod num_bigint;
pub mod optimized;
pub mod peer;
#[cfg(test)]
mod tests;

use harness::Rung;
use harness::data::{rand::RngExt, rng};

use karatsuba::Kernel;

pub use job::{Job, Number, Operation};

/// Every rung, naive first. All give the same number.
pub const RUNGS: &[Rung<Job, Number>] = &[
    Rung::new("naive", |job: &Job| job.limbs(naive::sum, naive::product)),
    Rung::new("carrying", |job: &Job| job.limbs(carrying::sum, carrying::product)),
    Rung::new("intrinsics", |job: &Job| job.limbs(intrinsics::sum, intrinsics::product))
        .needs(intrinsics::available),
    Rung::new("adc", |job: &Job| job.limbs(adc::sum, adc::product)).needs(adc::available),
    Rung::new("adx", |job: &Job| job.limbs(adx::sum, adx::product)).needs(adx::available),
    Rung::new("ifma", |job: &Job| job.limbs(ifma::sum, ifma::product)).needs(ifma::available),
    Rung::new("karatsuba", |job: &Job| job.limbs(karatsuba::sum, karatsuba::product)),
    Rung::new("optimized", |job: &Job| job.limbs(optimized::sum, optimized::product)),
    Rung::new("num_bigint", Job::num_bigint),
    Rung::new("peer", Job::peer),
];

/// Two numbers of `n` limbs to multiply, as secret keys and random challenges are: any bit may be
/// one, and the highest is.
pub fn products(n: usize, seed: u64) -> Job {
    numbers(Operation::Product, n, seed)
}

/// Two such numbers to add.
pub fn sums(n: usize, seed: u64) -> Job {
    numbers(Operation::Sum, n, seed)
}

/// 64-bit operations of the vector units' multipliers without which the product cannot be had the
/// way in which the best rung has it, and additions without which the sum cannot.
pub fn operations(job: &Job) -> usize {
    match job.operation {
        Operation::Sum => job.a.len(),
        Operation::Product => multiplications(job.a.len()),
    }
}

/// A digit of 52 bits times a digit is two instructions, one for each half, and each counts as a
/// multiplication and an addition. Long numbers take three products of half the length, or five of
/// a third.
fn multiplications(limbs: usize) -> usize {
    if optimized::pays(Kernel::Vectors, limbs) {
        5 * multiplications(limbs / 3)
    } else if limbs > ifma::MOST {
        3 * multiplications(limbs / 2)
    } else {
        4 * (limbs * 64).div_ceil(52).pow(2)
    }
}

fn numbers(operation: Operation, n: usize, seed: u64) -> Job {
    let mut rng = rng(seed);
    let [a, b] = [(); 2].map(|()| {
        let mut limbs: Vec<u64> = (0..n).map(|_| rng.random()).collect();
        if let Some(highest) = limbs.last_mut() {
            *highest |= 1 << 63;
        }
        limbs
    });
    Job::new(operation, a, b)
}
