//! One call a row, so that it does not matter whether it is inlined; and eight sums of 32 bits, for
//! which the compiler widens pixels no further than it must.

use crate::shot::APART;
use inlining_pixels::View;

/// Pixels whose squares fit into eight sums: 32,768 times 255² are just below 2³¹.
const BLOCK: usize = 8 << 15;

/// The sum of the squared differences of pixels that are two apart in a row.
pub fn sharpness(frame: &View) -> u64 {
    let mut scratch = Vec::new();
    (0..frame.height()).map(|y| squares(frame.row(y, &mut scratch))).sum()
}

/// The sum of the squared differences of pixels that are two apart in this row.
pub fn squares(row: &[u8]) -> u64 {
    let ahead = row.get(APART..).unwrap_or_default();
    let blocks = row.chunks(BLOCK).zip(ahead.chunks(BLOCK));
    blocks.map(|(a, b)| squares_of_block(&a[..b.len()], b)).sum()
}

fn squares_of_block(a: &[u8], b: &[u8]) -> u64 {
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    let mut sums = [0; 8];
    for (a, b) in a.iter().zip(b) {
        for (sum, pixels) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += square(pixels);
        }
    }
    let rest: i32 = a_rest.iter().zip(b_rest).map(square).sum();
    sums.iter().chain([&rest]).map(|&sum| sum as u64).sum()
}

/// The factors are signed and of 16 bits: a register holds eight of them.
fn square((&a, &b): (&u8, &u8)) -> i32 {
    let difference = i32::from(i16::from(a) - i16::from(b));
    difference * difference
}
