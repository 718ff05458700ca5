//! `gemm`, on which `candle` builds; with its kernels for AVX-512, on one core.
//!
//! `gemm::gemm` looks at the type and hands over to a crate with the kernels for it. Called here is
//! the one for `f32`: the kernels for three other types take longer to build than all the rest.

use crate::shape::Shape;
use gemm_common::Parallelism;
use gemm_f32::gemm::f32::get_gemm_fn;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    on(Parallelism::None, a, b, product, shape);
}

/// The same on as many cores as the crate is told.
pub(crate) fn on(cores: Parallelism, a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    let Shape { rows, inner, columns } = shape;
    shape.check(a, b, product);
    // Strides of columns and rows: one value to the right, one row down.
    let (right, down, down_a) = (1, columns as isize, inner as isize);
    let product = product.as_mut_ptr();
    let (a, b) = (a.as_ptr(), b.as_ptr());
    // The kernels write columns. So they are asked for the product's transpose, which is that of
    // the two transposes in reverse order, as `gemm::gemm` asks them when it is to write rows.
    // SAFETY: the three matrices lie in their slices, as asserted, and do not overlap.
    unsafe {
        #[rustfmt::skip]
        get_gemm_fn()(
            columns, rows, inner,
            product, down, right, false, // what was there is not read
            b, down, right,
            a, down_a, right,
            0.0, 1.0, // times what was there, times the product
            false, false, false,
            cores,
        );
    }
}
