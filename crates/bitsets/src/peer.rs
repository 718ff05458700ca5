//! Compressed bitmaps: `roaring`, as search engines and column stores use them.

use roaring::RoaringBitmap;

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[RoaringBitmap; 3]) -> Vec<u32> {
    (a & b & c).iter().collect()
}
