//! The same bitmaps from C: `croaring` wraps the library that `roaring` is modelled on.

use croaring::Bitmap;

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[Bitmap; 3]) -> Vec<u32> {
    let mut all = a.and(b);
    all.and_inplace(c);
    all.to_vec()
}
