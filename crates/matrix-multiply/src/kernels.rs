//! The kernel of `optimized`, written once for both widths of register that x86-64 may have beyond
//! its baseline: a macro, since intrinsics share no names and no types.

use crate::factors::{Factors, SMALL, Strip, lefts};
use crate::packed::Corner;
use crate::shape::Shape;

/// A module with a kernel of `$high` rows by two vectors of `$lanes` numbers, and with lower ones
/// for what is left at the bottom.
macro_rules! kernels {
    (
        $name:ident, $feature:literal, $vector:ident of $lanes:literal,
        $high:literal or $lower:literal or $lowest:literal rows,
        $zero:ident, $splat:ident, $load:ident, $store:ident, $add:ident, $multiply_add:ident
    ) => {
        pub(crate) mod $name {
            use super::{Corner, Factors, SMALL, Shape, Strip, lefts};
            use crate::blocks;
            use std::arch::x86_64::*;

            const LANES: usize = $lanes;
            const WIDE: usize = 2 * LANES;
            const HIGH: usize = $high;

            /// Writes the product of `a` and `b`, on some cores.
            #[target_feature(enable = $feature)]
            pub(crate) fn multiply(
                a: &[f32],
                b: &[f32],
                product: &mut [f32],
                shape: Shape,
                cores: usize,
            ) {
                let fits = shape.rows >= HIGH && shape.columns >= LANES && b.len() <= SMALL;
                if cores == 1 && fits {
                    return in_place(a, b, product, shape);
                }
                shape.check(a, b, product);
                if shape.inner == 0 || product.is_empty() {
                    return product.fill(0.0);
                }
                blocks::with_strips(b, shape, cores, |strips| {
                    blocks::shares(a, product, shape, cores, |a, product, shape| {
                        rows(a, strips, product, shape);
                    });
                });
            }

            /// Some rows of the product, by a copy of `b`.
            #[target_feature(enable = $feature)]
            fn rows(a: &[f32], strips: &[[f32; WIDE]], product: &mut [f32], shape: Shape) {
                blocks::rows(a, strips, product, shape, |bar: &[[f32; HIGH]], strip, corner| {
                    let a = Factors { at: bar.as_ptr().cast(), apart: 1, step: HIGH };
                    let b = Strip { at: strip.as_ptr().cast(), step: WIDE };
                    // SAFETY: both are as deep, and at each step so many values are there.
                    unsafe { corner_of::<2>(a, b, bar.len(), corner) }
                });
            }

            /// Takes factors from where they lie, by two vectors of columns or, where one is left,
            /// by one.
            ///
            /// # Panics
            /// If the shape is not theirs, lower than the kernel, or narrower than a vector.
            #[target_feature(enable = $feature)]
            pub(crate) fn in_place(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
                shape.check(a, b, product);
                assert!(shape.rows >= HIGH, "fewer rows than the kernel has");
                for (left, both) in lefts(shape.columns, LANES) {
                    let column = if both { column::<2> } else { column::<1> };
                    // SAFETY: the shape holds, and so many columns are there from here on.
                    unsafe { column(a, b, product, shape, left) }
                }
            }

            /// All rows of some columns. What is left at the bottom is worked out together with
            /// what is above it, once more.
            ///
            /// # Safety
            /// They must have this shape, it the kernel's rows, and all lanes from `left` on.
            #[target_feature(enable = $feature)]
            unsafe fn column<const VECTORS: usize>(
                a: &[f32],
                b: &[f32],
                product: &mut [f32],
                shape: Shape,
                left: usize,
            ) {
                let Shape { rows, inner, columns } = shape;
                for top in (0..rows).step_by(HIGH) {
                    let high = HIGH.min((rows - top).next_multiple_of($lowest));
                    let top = top.min(rows - high);
                    let corner = Corner {
                        product: &mut product[top * columns + left..],
                        apart: columns,
                        rows: high,
                        columns: VECTORS * LANES,
                        fresh: true,
                    };
                    let at = a.as_ptr().wrapping_add(top * inner);
                    let a = Factors { at, apart: inner, step: 1 };
                    let b = Strip { at: b.as_ptr().wrapping_add(left), step: columns };
                    // SAFETY: so many rows and columns are there from here on, as promised.
                    unsafe { corner_of::<VECTORS>(a, b, inner, corner) }
                }
            }

            /// Takes the kernel with as many rows as the corner has, or a few more.
            ///
            /// # Safety
            /// As for the kernel.
            #[target_feature(enable = $feature)]
            unsafe fn corner_of<const VECTORS: usize>(
                a: Factors,
                b: Strip,
                steps: usize,
                corner: Corner,
            ) {
                // SAFETY: as the caller promises.
                unsafe {
                    match corner.rows {
                        rows if rows > $lower => kernel::<$high, VECTORS>(a, b, steps, corner),
                        rows if rows > $lowest => kernel::<$lower, VECTORS>(a, b, steps, corner),
                        _ => kernel::<$lowest, VECTORS>(a, b, steps, corner),
                    }
                }
            }

            /// Sums up products of rows of `a` and of vectors of `b`.
            ///
            /// # Safety
            /// At each of the steps there must be `ROWS` values of `a`, and all lanes of `b`.
            #[target_feature(enable = $feature)]
            unsafe fn kernel<const ROWS: usize, const VECTORS: usize>(
                a: Factors,
                b: Strip,
                steps: usize,
                corner: Corner,
            ) {
                let mut sums = [[$zero(); VECTORS]; ROWS];
                for at in 0..steps {
                    let mut strip = [$zero(); VECTORS];
                    for (vector, strip) in strip.iter_mut().enumerate() {
                        // SAFETY: there are that many lanes, as the caller promises.
                        *strip = unsafe { $load(b.at.add(at * b.step + vector * LANES)) };
                    }
                    for (row, sums) in sums.iter_mut().enumerate() {
                        // SAFETY: there are that many rows, as the caller promises.
                        let factor = $splat(unsafe { *a.at.add(row * a.apart + at * a.step) });
                        for (sum, strip) in sums.iter_mut().zip(strip) {
                            *sum = $multiply_add(factor, strip, *sum);
                        }
                    }
                }
                if corner.rows == ROWS && corner.columns == VECTORS * LANES {
                    return write(corner, &sums);
                }
                let mut rows = [[[0.0; LANES]; VECTORS]; ROWS];
                for (row, sums) in rows.iter_mut().zip(&sums) {
                    for (lanes, sum) in row.iter_mut().zip(sums) {
                        // SAFETY: so many values may be written; the store asks for no alignment.
                        unsafe { $store(lanes.as_mut_ptr(), *sum) }
                    }
                }
                corner.add(&rows);
            }

            /// Writes all sums, or adds them, straight from their registers.
            #[inline]
            #[target_feature(enable = $feature)]
            fn write<const R: usize, const V: usize>(corner: Corner, sums: &[[$vector; V]; R]) {
                assert!(corner.product.len() >= (R - 1) * corner.apart + V * LANES);
                let product = corner.product.as_mut_ptr();
                for (row, sums) in sums.iter().enumerate() {
                    for (vector, sum) in sums.iter().enumerate() {
                        // SAFETY: the last row has so many lanes, as asserted, and so have all.
                        unsafe {
                            let lanes = product.add(row * corner.apart + vector * LANES);
                            let old = $load(lanes);
                            $store(lanes, if corner.fresh { *sum } else { $add(old, *sum) });
                        }
                    }
                }
            }
        }
    };
}

// Twelve rows by two vectors are twenty-four of thirty-two registers; two of `b` and one of `a` fit
// beside them.
kernels!(
    avx512, "avx512f", __m512 of 16, 12 or 8 or 4 rows, _mm512_setzero_ps, _mm512_set1_ps,
    _mm512_loadu_ps, _mm512_storeu_ps, _mm512_add_ps, _mm512_fmadd_ps
);

// Six rows by two vectors are twelve of sixteen registers.
kernels!(
    avx2, "avx2,fma", __m256 of 8, 6 or 4 or 2 rows, _mm256_setzero_ps, _mm256_set1_ps,
    _mm256_loadu_ps, _mm256_storeu_ps, _mm256_add_ps, _mm256_fmadd_ps
);
