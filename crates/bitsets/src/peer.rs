//! Compressed bitmaps: `roaring`, as search engines and column stores use them.

use roaring::RoaringBitmap;

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[RoaringBitmap; 3]) -> Vec<u32> {
    let all = a & b & c;
    let mut rows = vec![0; all.len() as usize];
    let taken = all.iter().next_many(&mut rows).len();
    rows.truncate(taken);
    rows
}
