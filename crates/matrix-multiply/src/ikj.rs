//! The same loops in another order: add multiples of whole rows of `b`, and no column is walked
//! down.

use crate::shape::Shape;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    let Shape { rows, inner, columns } = shape;
    product.fill(0.0);
    for row in 0..rows {
        let factors = &a[row * inner..][..inner];
        let sums = &mut product[row * columns..][..columns];
        for (at, factor) in factors.iter().enumerate() {
            for (sum, value) in sums.iter_mut().zip(&b[at * columns..][..columns]) {
                *sum += factor * value;
            }
        }
    }
}
