//! The loops around a kernel, with all of `b` in the order of its strips before they begin: several
//! cores can take it from there, each for rows of its own.

use crate::pack;
use crate::packed::Corner;
use crate::shape::Shape;
use rayon::prelude::*;
use std::cell::RefCell;

/// Columns of `a` and rows of `b` in a block.
const INNER: usize = 768;
/// Rows of `a` that are copied before they are used, a multiple of what each kernel takes. With
/// `INNER`, 576 KiB for the second-level cache, past which all of `b` comes once from the third.
const ROWS: usize = 192;
/// Rows of a core's share are a multiple of what each kernel takes.
const SHARE: usize = 12;

thread_local! {
    /// For copies of `a` and of `b`, kept from call to call: fresh pages cost more than a small
    /// product.
    static BARS: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
    static STRIPS: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// Multiplies by a copy of `b` in strips of `WIDE` columns, block by block; on some cores.
pub(crate) fn with_strips<const WIDE: usize>(
    b: &[f32],
    shape: Shape,
    cores: usize,
    multiply: impl FnOnce(&[[f32; WIDE]]),
) {
    let Shape { inner, columns, .. } = shape;
    let count = columns.div_ceil(WIDE);
    let share = count.div_ceil(cores);
    let mut space = STRIPS.take();
    let strips = pack::room(&mut space, count * inner);
    let blocks = b.chunks(INNER * columns).zip(strips.chunks_mut(INNER * count));
    let pieces = blocks.flat_map(|(rows, block)| {
        let lefts = (0..columns).step_by(share * WIDE);
        let taken = lefts.map(|left| left..columns.min(left + share * WIDE));
        let pieces = block.chunks_mut(share * (rows.len() / columns));
        pieces.zip(taken).map(move |(piece, taken)| (piece, rows, taken))
    });
    if cores == 1 {
        pieces.for_each(|(piece, rows, taken)| pack::strips(piece, rows, columns, taken));
    } else {
        let pieces = pieces.par_bridge();
        pieces.for_each(|(piece, rows, taken)| pack::strips(piece, rows, columns, taken));
    }
    multiply(strips);
    STRIPS.set(space);
}

/// Gives each core its share of the rows of `a` and of the product.
pub(crate) fn shares(
    a: &[f32],
    product: &mut [f32],
    shape: Shape,
    cores: usize,
    multiply: impl Fn(&[f32], &mut [f32], Shape) + Sync,
) {
    let Shape { rows, inner, columns } = shape;
    if cores == 1 || a.is_empty() || product.is_empty() {
        return multiply(a, product, shape);
    }
    let share = rows.div_ceil(cores).next_multiple_of(SHARE);
    let products = product.par_chunks_mut(share * columns);
    a.par_chunks(share * inner).zip(products).for_each(|(a, product)| {
        multiply(a, product, Shape { rows: a.len() / inner, ..shape });
    });
}

/// Writes some rows of the product: those of `a`, times a kernel that multiplies `HIGH` of them by
/// `WIDE` columns of `b`.
#[inline(always)]
pub(crate) fn rows<const HIGH: usize, const WIDE: usize>(
    a: &[f32],
    strips: &[[f32; WIDE]],
    product: &mut [f32],
    shape: Shape,
    kernel: impl Fn(&[[f32; HIGH]], &[[f32; WIDE]], Corner),
) {
    let Shape { rows, inner, columns } = shape;
    let count = columns.div_ceil(WIDE);
    let mut space = BARS.take();
    for (block, from) in strips.chunks(INNER * count).zip((0..).step_by(INNER)) {
        let depth = INNER.min(inner - from);
        for top in (0..rows).step_by(ROWS) {
            let bottom = rows.min(top + ROWS);
            let taken = from..from + depth;
            let bars = pack::a(&mut space, &a[top * inner..bottom * inner], inner, taken);
            for (strip, left) in block.chunks_exact(depth).zip((0..).step_by(WIDE)) {
                for (bar, top) in bars.chunks_exact(depth).zip((top..).step_by(HIGH)) {
                    let corner = Corner {
                        product: &mut product[top * columns + left..],
                        apart: columns,
                        rows: HIGH.min(bottom - top),
                        columns: WIDE.min(columns - left),
                        fresh: from == 0,
                    };
                    kernel(bar, strip, corner);
                }
            }
        }
    }
    BARS.set(space);
}
