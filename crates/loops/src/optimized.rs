//! The widest that the processor has and the signal is near enough for, and of short signals the
//! formula.
//!
//! For integers, an instruction that multiplies, adds pairs and adds them to a sum, where there is
//! one. Elsewhere the accumulators, with fused multiply-add on AArch64, which always has it.

use crate::accumulators;
#[cfg(target_arch = "x86_64")]
use crate::{avx2::Avx2, avx512::Avx512, vnni::Vnni};

/// Samples that are over before anything could be overlapped.
const SHORT: usize = 8;

/// Samples up to which both signals fit into a first-level cache, of 48 KiB. From farther away,
/// registers of 512 bits bring nothing sooner, and from memory later on some cores.
#[cfg(target_arch = "x86_64")]
const NEAR: usize = 6 << 10;

/// The sum of products; what `b` has beyond the length of `a` does not count.
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    if a.len() < SHORT {
        return crate::naive::dot(a, b);
    }
    #[cfg(target_arch = "x86_64")]
    if a.len() <= NEAR
        && let Some(avx512) = Avx512::detect()
    {
        return avx512.dot(a, b);
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = Avx2::detect() {
        return avx2.dot(a, b);
    }
    portable(a, b)
}

/// The same of integers, modulo 2³².
///
/// # Panics
/// If `b` is shorter than `a`.
pub fn dot_counts(a: &[i16], b: &[i16]) -> i32 {
    #[cfg(target_arch = "x86_64")]
    if let Some(vnni) = Vnni::detect() {
        return vnni.dot_counts(a, b);
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = Avx512::detect() {
        return avx512.dot_counts(a, b);
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = Avx2::detect() {
        return avx2.dot_counts(a, b);
    }
    accumulators::dot_counts(a, b)
}

/// For a processor of which nothing is known but its architecture.
pub(crate) fn portable(a: &[f32], b: &[f32]) -> f32 {
    if cfg!(target_arch = "aarch64") { fused(a, b) } else { accumulators::dot(a, b) }
}

/// Each step one instruction where the build has it, and a slow call where it has not.
pub(crate) fn fused(a: &[f32], b: &[f32]) -> f32 {
    accumulators::dot_by(f32::mul_add, a, b)
}
