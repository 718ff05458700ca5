//! A tile of `b` that fits into the second-level cache is used for all rows before the next is
//! fetched, and four of its rows for each visit to a sum.

use crate::shape::Shape;

/// Rows and columns of a tile, 64 KiB. Low and wide, because prefetchers like long rows.
const TILE: (usize, usize) = (16, 1024);

/// Writes the product of `a` and `b`.
pub fn multiply(a: &[f32], b: &[f32], product: &mut [f32], shape: Shape) {
    let Shape { rows, inner, columns } = shape;
    product.fill(0.0);
    for left in (0..columns).step_by(TILE.1) {
        let width = TILE.1.min(columns - left);
        let tile_row = |at: usize| &b[at * columns + left..][..width];
        for top in (0..inner).step_by(TILE.0) {
            let height = TILE.0.min(inner - top);
            for row in 0..rows {
                let sums = &mut product[row * columns + left..][..width];
                let (fours, rest) = a[row * inner + top..][..height].as_chunks::<4>();
                for (four, at) in fours.iter().zip((top..).step_by(4)) {
                    add_four(sums, four, [0, 1, 2, 3].map(|next| tile_row(at + next)));
                }
                for (factor, at) in rest.iter().zip(top + fours.len() * 4..) {
                    for (sum, value) in sums.iter_mut().zip(tile_row(at)) {
                        *sum += factor * value;
                    }
                }
            }
        }
    }
}

/// Adds multiples of four rows.
fn add_four(sums: &mut [f32], factors: &[f32; 4], rows: [&[f32]; 4]) {
    let [first, second, third, fourth] = rows;
    let values = first.iter().zip(second).zip(third.iter().zip(fourth));
    for (sum, ((first, second), (third, fourth))) in sums.iter_mut().zip(values) {
        *sum += factors[0] * first + factors[1] * second + factors[2] * third + factors[3] * fourth;
    }
}
