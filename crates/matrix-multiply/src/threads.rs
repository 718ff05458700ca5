//! Rows of the product do not depend on each other: a share of them for each core. The cores wait
//! in a pool, and the copy of `b` is made once, by all of them, for all of them.

use crate::optimized;
use crate::shape::Shape;

/// Multiplications that are worth waking another core for.
pub(crate) const WORTH: usize = 4 << 20;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    if product.len().saturating_mul(shape.inner) < WORTH {
        return optimized::multiply(a, b, product, shape);
    }
    // Handed over once: inside the pool, cores share copies and rows without waking it again.
    rayon::scope(|_| optimized::on(rayon::current_num_threads(), a, b, product, shape));
}
