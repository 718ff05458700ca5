//! Peak floating-point rate of one core: independent multiply-adds in registers, for each kind of
//! vector that the processor has.

use std::hint::black_box;

use protocol::Peak;

use crate::best_rate;

const STEPS: usize = 4_000;
/// Chains in flight: latency times units of the cores in use today, and with two constants still in
/// the registers.
const CHAINS: usize = if cfg!(target_arch = "aarch64") { 16 } else { 12 };

/// Operations per nanosecond for each kind of vector, narrow to wide; a multiply-add is two.
pub(crate) fn peaks() -> Vec<Peak> {
    let mut peaks = vec![scalar()];
    #[cfg(target_arch = "x86_64")]
    peaks.extend(x86::peaks());
    #[cfg(target_arch = "aarch64")]
    peaks.push(neon::peak());
    peaks
}

fn peak(vectors: &str, lanes32: usize, narrow: impl Fn(), wide: impl Fn()) -> Peak {
    let work = (STEPS * CHAINS * 2) as f64;
    Peak {
        vectors: vectors.to_owned(),
        flops32: best_rate(work * lanes32 as f64, narrow),
        flops64: best_rate(work * lanes32.div_ceil(2) as f64, wide),
    }
}

/// All chains, step by step. Inlined, so that the chains stay in registers.
#[inline(always)]
fn chains<T: Copy>(start: T, step: impl Fn(T) -> T) {
    let mut chains = [start; CHAINS];
    for _ in 0..STEPS {
        for chain in &mut chains {
            *chain = step(*chain);
        }
    }
    black_box(chains);
}

/// One number at a time. The compiler would make vectors of independent chains, so the
/// instructions are given.
#[cfg(target_arch = "x86_64")]
fn scalar() -> Peak {
    macro_rules! step {
        ($multiply:literal, $add:literal, $a:ident, $b:ident) => {
            |mut x| {
                // SAFETY: two instructions on registers, which every x86-64 has.
                unsafe {
                    std::arch::asm!($multiply, $add, x = inout(xmm_reg) x, a = in(xmm_reg) $a,
                        b = in(xmm_reg) $b, options(pure, nomem, nostack, preserves_flags));
                }
                x
            }
        };
    }
    let (a, b) = (black_box(0.999_f32), black_box(0.001_f32));
    let (c, d) = (black_box(0.999_f64), black_box(0.001_f64));
    peak(
        "scalar",
        1,
        || chains(b, step!("mulss {x}, {a}", "addss {x}, {b}", a, b)),
        || chains(d, step!("mulsd {x}, {a}", "addsd {x}, {b}", c, d)),
    )
}

/// One number at a time. The compiler would make vectors of independent chains, so the instruction
/// is given.
#[cfg(target_arch = "aarch64")]
fn scalar() -> Peak {
    macro_rules! step {
        ($fused:literal, $a:ident, $b:ident) => {
            |mut x| {
                // SAFETY: one instruction on registers, which every AArch64 with floats has.
                unsafe {
                    std::arch::asm!($fused, x = inout(vreg) x, a = in(vreg) $a, b = in(vreg) $b,
                        options(pure, nomem, nostack, preserves_flags));
                }
                x
            }
        };
    }
    let (a, b) = (black_box(0.999_f32), black_box(0.001_f32));
    let (c, d) = (black_box(0.999_f64), black_box(0.001_f64));
    peak(
        "scalar",
        1,
        || chains(b, step!("fmadd {x:s}, {x:s}, {a:s}, {b:s}", a, b)),
        || chains(d, step!("fmadd {x:d}, {x:d}, {a:d}, {b:d}", c, d)),
    )
}

/// As the compiler likes it: on an architecture that we do not know, it knows better.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn scalar() -> Peak {
    let (a, b) = (black_box(0.999_f32), black_box(0.001_f32));
    let (c, d) = (black_box(0.999_f64), black_box(0.001_f64));
    peak("compiler's choice", 1, || chains(b, |x| x * a + b), || chains(d, |x| x * c + d))
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;
    use std::hint::black_box;

    use protocol::Peak;

    use super::{CHAINS, STEPS, peak};

    /// SSE2 is part of the architecture; the others are asked for.
    pub(super) fn peaks() -> Vec<Peak> {
        // SAFETY: every x86-64 has SSE2.
        let sse2 = || peak("SSE2", 4, || unsafe { f32_sse2() }, || unsafe { f64_sse2() });
        // SAFETY: only called where the processor says that it has AVX2 and FMA.
        let avx2 = || peak("AVX2 + FMA", 8, || unsafe { f32_avx2() }, || unsafe { f64_avx2() });
        // SAFETY: only called where the processor says that it has AVX-512.
        let avx512 = || peak("AVX-512", 16, || unsafe { f32_avx512() }, || unsafe { f64_avx512() });
        let mut peaks = vec![sse2()];
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            peaks.push(avx2());
        }
        if is_x86_feature_detected!("avx512f") {
            peaks.push(avx512());
        }
        peaks
    }

    macro_rules! kernel {
        ($name:ident, $has:literal, $splat:ident, |$x:ident, $a:ident, $b:ident| $step:expr) => {
            #[target_feature(enable = $has)]
            fn $name() {
                let ($a, $b) = ($splat(black_box(0.999)), $splat(black_box(0.001)));
                let mut chains = [$b; CHAINS];
                for _ in 0..STEPS {
                    for chain in &mut chains {
                        let $x = *chain;
                        *chain = $step;
                    }
                }
                black_box(chains);
            }
        };
    }

    kernel!(f32_sse2, "sse2", _mm_set1_ps, |x, a, b| _mm_add_ps(_mm_mul_ps(x, a), b));
    kernel!(f64_sse2, "sse2", _mm_set1_pd, |x, a, b| _mm_add_pd(_mm_mul_pd(x, a), b));
    kernel!(f32_avx2, "avx2,fma", _mm256_set1_ps, |x, a, b| _mm256_fmadd_ps(x, a, b));
    kernel!(f64_avx2, "avx2,fma", _mm256_set1_pd, |x, a, b| _mm256_fmadd_pd(x, a, b));
    kernel!(f32_avx512, "avx512f", _mm512_set1_ps, |x, a, b| _mm512_fmadd_ps(x, a, b));
    kernel!(f64_avx512, "avx512f", _mm512_set1_pd, |x, a, b| _mm512_fmadd_pd(x, a, b));
}

#[cfg(target_arch = "aarch64")]
mod neon {
    use std::arch::aarch64::*;
    use std::hint::black_box;

    use protocol::Peak;

    use super::chains;

    /// Part of the architecture.
    pub(super) fn peak() -> Peak {
        // SAFETY: every AArch64 that this program is built for has NEON.
        super::peak("NEON", 4, || unsafe { narrow() }, || unsafe { wide() })
    }

    #[target_feature(enable = "neon")]
    fn narrow() {
        let (a, b) = (vdupq_n_f32(black_box(0.999)), vdupq_n_f32(black_box(0.001)));
        chains(b, |x| vfmaq_f32(b, x, a));
    }

    #[target_feature(enable = "neon")]
    fn wide() {
        let (a, b) = (vdupq_n_f64(black_box(0.999)), vdupq_n_f64(black_box(0.001)));
        chains(b, |x| vfmaq_f64(b, x, a));
    }
}
