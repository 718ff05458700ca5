//! `gemm`, on which `faer` and `candle` build; with its kernels for AVX-512, on one core.

use crate::shape::Shape;
use gemm::Parallelism;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    let Shape { rows, inner, columns } = shape;
    assert!(a.len() == rows * inner && b.len() == inner * columns);
    assert!(product.len() == rows * columns);
    // Strides of columns and rows: one value to the right, one row down.
    let (right, down, down_a) = (1, columns as isize, inner as isize);
    let product = product.as_mut_ptr();
    let (a, b) = (a.as_ptr(), b.as_ptr());
    // SAFETY: the three matrices lie in their slices, as asserted, and do not overlap.
    unsafe {
        #[rustfmt::skip]
        gemm::gemm(
            rows, columns, inner,
            product, right, down, false, // what was there is not read
            a, right, down_a,
            b, right, down,
            0.0, 1.0, // times what was there, times the product
            false, false, false,
            Parallelism::None,
        );
    }
}
