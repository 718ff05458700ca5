//! The same loops around a kernel of AVX-512: sixteen lanes, and registers for twenty-four vectors
//! of sums. It asks for its part of the product before it begins to work it out.

use crate::fma;
use crate::shape::Shape;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor has AVX-512.
        return unsafe { avx512::multiply(a, b, product, shape) };
    }
    fma::multiply(a, b, product, shape);
}

/// Compiled for AVX-512, whatever the rest is compiled for.
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512 {
    use crate::packed::{self, Corner};
    use crate::shape::Shape;
    use std::arch::x86_64::*;

    /// Twelve rows by two vectors are twenty-four sums; two of `b` and one of `a` fit beside them.
    const HIGH: usize = 12;
    const LANES: usize = 16;
    const WIDE: usize = 2 * LANES;
    /// Values of `b` up to which it stays in the caches where it lies: 256 KiB.
    const SMALL: usize = 64 << 10;

    #[target_feature(enable = "avx512f")]
    pub(crate) fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
        if b.len() <= SMALL && shape.rows >= HIGH {
            match shape.columns {
                WIDE.. => return in_place::<2>(a, b, product, shape),
                LANES.. => return in_place::<1>(a, b, product, shape),
                _ => {}
            }
        }
        packed::by(a, b, product, shape, |bars: &[[f32; HIGH]], strips: &[[f32; WIDE]], corner| {
            let (a, b) = (bars.as_flattened().as_ptr(), strips.as_flattened().as_ptr());
            // SAFETY: both pieces are as deep; at each step, so many values lie side by side.
            unsafe { corner_of::<2>((a, 1, HIGH), (b, WIDE), bars.len(), corner) }
        });
    }

    /// Takes factors from where they lie. What is left at an edge is worked out together with what
    /// is beside it, once more.
    #[target_feature(enable = "avx512f")]
    fn in_place<const VECTORS: usize>(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
        let Shape { rows, inner, columns } = shape;
        shape.check(a, b, product);
        for left in (0..columns).step_by(VECTORS * LANES) {
            let left = left.min(columns - VECTORS * LANES);
            for top in (0..rows).step_by(HIGH) {
                let high = HIGH.min((rows - top).next_multiple_of(4));
                let top = top.min(rows - high);
                let corner = Corner {
                    product: &mut product[top * columns + left..],
                    apart: columns,
                    rows: high,
                    columns: VECTORS * LANES,
                    fresh: true,
                };
                let (a, b) = (a.as_ptr().wrapping_add(top * inner), b.as_ptr().wrapping_add(left));
                // SAFETY: so many rows and columns are there from here on.
                unsafe { corner_of::<VECTORS>((a, inner, 1), (b, columns), inner, corner) }
            }
        }
    }

    /// Takes the kernel with as many rows as the corner has, or up to three more.
    ///
    /// # Safety
    /// As for the kernel.
    #[target_feature(enable = "avx512f")]
    unsafe fn corner_of<const VECTORS: usize>(
        a: (*const f32, usize, usize),
        b: (*const f32, usize),
        steps: usize,
        corner: Corner,
    ) {
        // SAFETY: as the caller promises.
        unsafe {
            match corner.rows {
                9.. => kernel::<12, VECTORS>(a, b, steps, corner),
                5.. => kernel::<8, VECTORS>(a, b, steps, corner),
                _ => kernel::<4, VECTORS>(a, b, steps, corner),
            }
        }
    }

    /// Sums up products of rows of `a`, with their distance from each other and from step to step,
    /// and of rows of `b`, one for each step.
    ///
    /// # Safety
    /// At each of the steps there must be `HIGH` values of `a`, and all lanes of `b`.
    #[target_feature(enable = "avx512f")]
    unsafe fn kernel<const HIGH: usize, const VECTORS: usize>(
        (a, apart, step): (*const f32, usize, usize),
        (b, below): (*const f32, usize),
        steps: usize,
        corner: Corner,
    ) {
        // Before they are needed, a thousand steps later, even the third level has delivered.
        for row in corner.product.chunks(corner.apart).take(corner.rows) {
            for line in [0, LANES, 2 * LANES - 1] {
                _mm_prefetch::<_MM_HINT_T0>(row.as_ptr().wrapping_add(line).cast());
            }
        }
        let mut sums = [[_mm512_setzero_ps(); VECTORS]; HIGH];
        for at in 0..steps {
            let mut strip = [_mm512_setzero_ps(); VECTORS];
            for (vector, strip) in strip.iter_mut().enumerate() {
                // SAFETY: there are that many lanes, as the caller promises.
                *strip = unsafe { _mm512_loadu_ps(b.add(at * below + vector * LANES)) };
            }
            for (row, sums) in sums.iter_mut().enumerate() {
                // SAFETY: there are that many rows, as the caller promises.
                let factor = _mm512_set1_ps(unsafe { *a.add(row * apart + at * step) });
                for (sum, strip) in sums.iter_mut().zip(strip) {
                    *sum = _mm512_fmadd_ps(factor, strip, *sum);
                }
            }
        }
        if corner.rows == HIGH && corner.columns == VECTORS * LANES {
            assert!(corner.product.len() >= (HIGH - 1) * corner.apart + VECTORS * LANES);
            let product = corner.product.as_mut_ptr();
            for (row, sums) in sums.iter().enumerate() {
                for (vector, sum) in sums.iter().enumerate() {
                    // SAFETY: the last row has that many lanes, as asserted, and all others, too.
                    unsafe {
                        let lanes = product.add(row * corner.apart + vector * LANES);
                        let old = _mm512_loadu_ps(lanes);
                        let new = if corner.fresh { *sum } else { _mm512_add_ps(old, *sum) };
                        _mm512_storeu_ps(lanes, new);
                    }
                }
            }
            return;
        }
        let mut rows = [[[0.0; LANES]; VECTORS]; HIGH];
        for (row, sums) in rows.iter_mut().zip(&sums) {
            for (lanes, sum) in row.iter_mut().zip(sums) {
                // SAFETY: sixteen values may be written, and the store asks for no alignment.
                unsafe { _mm512_storeu_ps(lanes.as_mut_ptr(), *sum) }
            }
        }
        corner.add(&rows);
    }
}
