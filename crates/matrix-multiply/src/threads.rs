//! Rows of the product do not depend on each other: a share of them for each core.

use crate::optimized;
use crate::shape::Shape;
use std::num::NonZero;
use std::thread;

/// Rows of a share are a multiple of what a kernel takes.
const STEP: usize = 12;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    let Shape { rows, inner, columns } = shape;
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = rows.div_ceil(cores).next_multiple_of(STEP);
    if rows <= share || inner == 0 || columns == 0 {
        return optimized::multiply(a, b, product, shape);
    }
    thread::scope(|scope| {
        for (a, product) in a.chunks(share * inner).zip(product.chunks_mut(share * columns)) {
            let shape = Shape { rows: a.len() / inner, inner, columns };
            scope.spawn(move || optimized::multiply(a, b, product, shape));
        }
    });
}
