//! The definition: each value of the product is a row of `a` times a column of `b`.

use crate::shape::Shape;

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    let Shape { rows, inner, columns } = shape;
    for row in 0..rows {
        let factors = &a[row * inner..][..inner];
        for column in 0..columns {
            let mut sum = 0.0;
            for (at, factor) in factors.iter().enumerate() {
                sum += factor * b[at * columns + column];
            }
            product[row * columns + column] = sum;
        }
    }
}
