//! The kernel for the widest registers that the processor has, and nothing around it that can be
//! spared: no copies of matrices that are small, no sums for rows that are not there, no detour of
//! whole blocks on their way to the product.

#[cfg(target_arch = "x86_64")]
use crate::kernels::{avx2, avx512};
use crate::naive;
use crate::shape::Shape;
use crate::{blocks, packed};

/// Multiplications that are done before a kernel has begun.
const TINY: usize = 128;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    if product.len().saturating_mul(shape.inner) <= TINY {
        shape.check(a, b, product); // as all others do
        return naive::multiply(a, b, product, shape);
    }
    on(1, a, b, product, shape);
}

/// The same on some cores, with one copy of `b` for all of them.
pub(crate) fn on(cores: usize, a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor has AVX-512.
        return unsafe { avx512::multiply(a, b, product, shape, cores) };
    } else if crate::fma::avx2::available() {
        // SAFETY: the processor has AVX2 and FMA.
        return unsafe { avx2::multiply(a, b, product, shape, cores) };
    }
    anywhere(cores, a, b, product, shape);
}

/// Where there is no kernel but that of `packed`, which copies for itself.
pub(crate) fn anywhere(cores: usize, a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    shape.check(a, b, product);
    blocks::shares(a, product, shape, cores, |a, product, shape| {
        packed::multiply(a, b, product, shape);
    });
}
