//! Pieces of both matrices in the order in which they are read, and a kernel whose sums never leave
//! the registers (Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication",
//! 2008; Van Zee and van de Geijn, "BLIS: A Framework for Rapidly Instantiating BLAS", 2015).

use crate::pack;
use crate::shape::Shape;
use std::cell::RefCell;
use wide::f32x4;

/// Rows of `a` in a piece, a multiple of what each kernel takes. With `INNER`, 384 KiB for the
/// second-level cache.
const ROWS: usize = 96;
/// Columns of `a` and rows of `b` in a piece.
const INNER: usize = 1024;
/// Columns of `b` in a piece. With `INNER`, 8 MiB at the most for the third level.
const COLUMNS: usize = 2048;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    by(a, b, product, shape, four_by_eight);
}

thread_local! {
    /// For the pieces, kept from call to call: fresh pages cost more than a small product.
    static SPACE: RefCell<[Vec<f32>; 2]> = const { RefCell::new([Vec::new(), Vec::new()]) };
}

/// What a kernel works out: a few rows and columns of the product.
pub(crate) struct Corner<'a> {
    /// The product from the first of them on.
    pub(crate) product: &'a mut [f32],
    /// From one row to the next.
    pub(crate) apart: usize,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    /// Whether nothing was added yet, and what stands there means nothing.
    pub(crate) fresh: bool,
}

impl Corner<'_> {
    /// Adds those sums that lie in the product: a kernel at its edge makes more.
    #[inline(always)]
    pub(crate) fn add<const V: usize, const N: usize, const H: usize>(
        self,
        sums: &[[[f32; N]; V]; H],
    ) {
        for (row, sums) in self.product.chunks_mut(self.apart).zip(&sums[..self.rows]) {
            for (value, sum) in row[..self.columns].iter_mut().zip(sums.as_flattened()) {
                *value = if self.fresh { *sum } else { *value + sum };
            }
        }
    }
}

/// The loops around a kernel that multiplies `HIGH` rows of `a` by `WIDE` columns of `b`.
#[inline(always)]
pub(crate) fn by<const HIGH: usize, const WIDE: usize>(
    a: &[f32],
    b: &[f32],
    product: &mut [f32],
    shape: Shape,
    kernel: impl Fn(&[[f32; HIGH]], &[[f32; WIDE]], Corner),
) {
    shape.check(a, b, product);
    let Shape { rows, inner, columns } = shape;
    if inner == 0 {
        product.fill(0.0);
    }
    let [mut space_for_a, mut space_for_b] = SPACE.take();
    for left in (0..columns).step_by(COLUMNS) {
        let right = columns.min(left + COLUMNS);
        for from in (0..inner).step_by(INNER) {
            let to = inner.min(from + INNER);
            let piece_of_b =
                pack::b(&mut space_for_b, &b[from * columns..to * columns], columns, left..right);
            for top in (0..rows).step_by(ROWS) {
                let bottom = rows.min(top + ROWS);
                let piece_of_a =
                    pack::a(&mut space_for_a, &a[top * inner..bottom * inner], inner, from..to);
                for (strips, left) in piece_of_b.chunks_exact(to - from).zip((left..).step_by(WIDE))
                {
                    for (bars, top) in piece_of_a.chunks_exact(to - from).zip((top..).step_by(HIGH))
                    {
                        let corner = Corner {
                            product: &mut product[top * columns + left..],
                            apart: columns,
                            rows: HIGH.min(bottom - top),
                            columns: WIDE.min(right - left),
                            fresh: from == 0,
                        };
                        kernel(bars, strips, corner);
                    }
                }
            }
        }
    }
    SPACE.set([space_for_a, space_for_b]);
}

/// Eight vectors of sums, two of `b`, one of `a`: what sixteen registers hold.
pub(crate) fn four_by_eight(bars: &[[f32; 4]], strips: &[[f32; 8]], corner: Corner) {
    let mut sums = [[f32x4::ZERO; 2]; 4];
    for (bar, strip) in bars.iter().zip(strips) {
        let [low, high] = *strip.as_chunks::<4>().0 else { unreachable!("eight values") };
        let (low, high) = (f32x4::new(low), f32x4::new(high));
        for (sums, factor) in sums.iter_mut().zip(bar) {
            let factor = f32x4::splat(*factor);
            sums[0] += factor * low;
            sums[1] += factor * high;
        }
    }
    corner.add(&sums.map(|row| row.map(f32x4::to_array)));
}
