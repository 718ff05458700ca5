//! One bit per row, with `bitvec` in the place of `Vec<bool>` and little else changed.

use bitvec::prelude::{BitVec, Lsb0};

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[BitVec<u64, Lsb0>; 3]) -> Vec<u32> {
    let mut all = a.clone();
    all &= b;
    all &= c;
    all.iter_ones().map(|row| row as u32).collect()
}
