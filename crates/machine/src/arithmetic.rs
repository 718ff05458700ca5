//! Peak floating-point rate of one core: independent multiply-adds in registers, at the widest
//! vectors present.

use std::hint::black_box;

use crate::best_rate;

const STEPS: usize = 20_000;
/// Vectors in flight: latency times units of the cores in use today.
const VECTORS: usize = 8;

/// 32-bit operations per nanosecond, a multiply-add being two.
pub(crate) fn flops32() -> f64 {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") {
            // SAFETY: the processor has AVX-512, as was just asked.
            return rate(16, || unsafe { x86::f32_avx512() });
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            // SAFETY: the processor has AVX2 and FMA, as was just asked.
            return rate(8, || unsafe { x86::f32_avx2() });
        }
    }
    rate(4, || portable::<f32, 4>(0.999, 0.001, |x, a, b| x * a + b))
}

/// 64-bit operations per nanosecond, a multiply-add being two.
pub(crate) fn flops64() -> f64 {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") {
            // SAFETY: the processor has AVX-512, as was just asked.
            return rate(8, || unsafe { x86::f64_avx512() });
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            // SAFETY: the processor has AVX2 and FMA, as was just asked.
            return rate(4, || unsafe { x86::f64_avx2() });
        }
    }
    rate(2, || portable::<f64, 2>(0.999, 0.001, |x, a, b| x * a + b))
}

fn rate(lanes: usize, kernel: impl Fn()) -> f64 {
    best_rate((STEPS * VECTORS * lanes * 2) as f64, kernel)
}

/// The vectors that every machine of the architecture has, without a fused instruction.
fn portable<T: Copy, const LANES: usize>(a: T, b: T, step: impl Fn(T, T, T) -> T) {
    let (a, b) = (black_box(a), black_box(b));
    let mut vectors = [[b; LANES]; VECTORS];
    for _ in 0..STEPS {
        for vector in &mut vectors {
            *vector = vector.map(|lane| step(lane, a, b));
        }
    }
    black_box(vectors);
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;
    use std::hint::black_box;

    use super::{STEPS, VECTORS};

    macro_rules! kernel {
        ($name:ident, $features:literal, $splat:ident, $fused:ident) => {
            #[target_feature(enable = $features)]
            pub(super) fn $name() {
                let (a, b) = ($splat(black_box(0.999)), $splat(black_box(0.001)));
                let mut vectors = [b; VECTORS];
                for _ in 0..STEPS {
                    for vector in &mut vectors {
                        *vector = $fused(*vector, a, b);
                    }
                }
                black_box(vectors);
            }
        };
    }

    kernel!(f32_avx512, "avx512f", _mm512_set1_ps, _mm512_fmadd_ps);
    kernel!(f64_avx512, "avx512f", _mm512_set1_pd, _mm512_fmadd_pd);
    kernel!(f32_avx2, "avx2,fma", _mm256_set1_ps, _mm256_fmadd_ps);
    kernel!(f64_avx2, "avx2,fma", _mm256_set1_pd, _mm256_fmadd_pd);
}
