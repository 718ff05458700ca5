//! Eight rows of eight values fit into eight registers, which turn them without going to memory:
//! loads, eight stores of a whole register, and shuffles in between.

use crate::tiles::tile;

/// Side of a block.
const SIDE: usize = 8;
/// Rows that are taken together: their pages stay in the address cache from one column to the next.
const STRIP: usize = 256;

/// Writes the transpose of `rows` times `columns` values.
pub fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2.
        return unsafe { avx2::transpose(source, target, rows, columns) };
    }
    portable(source, target, rows, columns);
}

/// The same walk where there is no AVX2.
pub(crate) fn portable(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    blocks(rows, columns, |row, column| {
        let eight = |at: usize| source[at..].first_chunk::<SIDE>().expect("eight values");
        let block: [_; SIDE] = std::array::from_fn(|at| eight((row + at) * columns + column));
        for at in 0..SIDE {
            let run = target[(column + at) * rows + row..].first_chunk_mut::<SIDE>();
            *run.expect("eight values") = block.map(|row| row[at]);
        }
    });
    edges(source, target, rows, columns);
}

/// Tells the first row and column of each whole block.
#[inline(always)]
fn blocks(rows: usize, columns: usize, mut turn: impl FnMut(usize, usize)) {
    let (bottom, right) = (rows / SIDE * SIDE, columns / SIDE * SIDE);
    for top in (0..bottom).step_by(STRIP) {
        for column in (0..right).step_by(SIDE) {
            for row in (top..bottom.min(top + STRIP)).step_by(SIDE) {
                turn(row, column);
            }
        }
    }
}

/// Value by value, what is left on the right and at the bottom.
fn edges(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
    let (bottom, right) = (rows / SIDE * SIDE, columns / SIDE * SIDE);
    tile(source, target, (rows, columns), 0..bottom, right..columns);
    tile(source, target, (rows, columns), bottom..rows, 0..columns);
}

/// Compiled for AVX2, whatever the rest is compiled for.
#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2 {
    use crate::shape;
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub(crate) fn transpose(source: &[f32], target: &mut [f32], rows: usize, columns: usize) {
        shape::check(source, target, rows, columns);
        super::blocks(rows, columns, |row, column| {
            // SAFETY: the block lies in the matrix, both here and there.
            unsafe {
                let from = source.as_ptr().add(row * columns + column);
                turn(from, columns, target.as_mut_ptr().add(column * rows + row), rows);
            }
        });
        super::edges(source, target, rows, columns);
    }

    /// Turns a block whose rows begin `from_apart` values apart, into rows `to_apart` apart.
    ///
    /// # Safety
    /// Each of the eight rows must have eight values to read, and eight places to write.
    #[inline]
    #[target_feature(enable = "avx2")]
    pub(crate) unsafe fn turn(from: *const f32, from_apart: usize, to: *mut f32, to_apart: usize) {
        // SAFETY: each of eight rows has eight values, as the caller promises.
        let half =
            |row: usize, column| unsafe { _mm_loadu_ps(from.add(row * from_apart + column)) };
        // Rows 0 to 3 go into the lower half of a register and 4 to 7 into the upper one while
        // they are loaded, so that no shuffle has to cross the middle.
        let pair = |row, column| {
            let low = _mm256_castps128_ps256(half(row, column));
            _mm256_insertf128_ps::<1>(low, half(row + 4, column))
        };
        // All loads come first: a load must not wait for a store that it only seems to depend on.
        let left = four([0, 1, 2, 3].map(|row| pair(row, 0)));
        let right = four([0, 1, 2, 3].map(|row| pair(row, 4)));
        for at in 0..4 {
            // SAFETY: each of eight rows has eight places, as the caller promises.
            unsafe {
                _mm256_storeu_ps(to.add(at * to_apart), left[at]);
                _mm256_storeu_ps(to.add((at + 4) * to_apart), right[at]);
            }
        }
    }

    /// Turns four by four values in each half.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn four([a, b, c, d]: [__m256; 4]) -> [__m256; 4] {
        let (ab, cd) = (_mm256_unpacklo_ps(a, b), _mm256_unpacklo_ps(c, d)); // a0 b0 a1 b1 …
        let (ab_high, cd_high) = (_mm256_unpackhi_ps(a, b), _mm256_unpackhi_ps(c, d));
        [
            _mm256_shuffle_ps::<0x44>(ab, cd), // a0 b0 c0 d0 …
            _mm256_shuffle_ps::<0xee>(ab, cd),
            _mm256_shuffle_ps::<0x44>(ab_high, cd_high),
            _mm256_shuffle_ps::<0xee>(ab_high, cd_high),
        ]
    }
}
