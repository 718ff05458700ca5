//! Words in blocks of 512 rows: a block without a match costs one test, and a full word is a run of
//! numbers. What is left is decoded as before.

use crate::eights::Rows;

/// The rows for which all filters hold.
pub fn matching(filters: &[Vec<u64>; 3]) -> Vec<u32> {
    let mut rows = Rows::default();
    each(filters, |words, base| decode(&mut rows, words, base));
    rows.finish()
}

/// Hands on what all filters have in common, up to eight words at a time and the row with which
/// they start, but for blocks without a match.
#[inline(always)] // into functions for other processors
pub(crate) fn each([a, b, c]: &[Vec<u64>; 3], mut decode: impl FnMut(&[u64], u32)) {
    let (a, a_tail) = a.as_chunks::<8>();
    let (b, b_tail) = b.as_chunks::<8>();
    let (c, c_tail) = c.as_chunks::<8>();
    for (block, ((a, b), c)) in a.iter().zip(b).zip(c).enumerate() {
        let all: [u64; 8] = std::array::from_fn(|at| a[at] & b[at] & c[at]);
        if all.iter().any(|&word| word != 0) {
            decode(&all, block as u32 * 512);
        }
    }
    let tail: Vec<u64> =
        a_tail.iter().zip(b_tail).zip(c_tail).map(|((a, b), c)| a & b & c).collect();
    decode(&tail, a.len() as u32 * 512);
}

/// Appends the rows of at most eight words, the first of which starts at row `base`.
#[inline]
fn decode(rows: &mut Rows, words: &[u64], base: u32) {
    rows.make_room(512);
    for (&word, base) in words.iter().zip((base..).step_by(64)) {
        match word {
            0 => {}
            u64::MAX => run(rows, base),
            _ => rows.mixed(word, base),
        }
    }
}

/// All rows of a word.
#[inline]
fn run(rows: &mut Rows, base: u32) {
    for (slot, row) in rows.buffer[rows.end..rows.end + 64].iter_mut().zip(base..) {
        *slot = row;
    }
    rows.end += 64;
}
