//! The filters over a table's rows, each in every layout.

use bitvec::prelude::{BitVec, Lsb0};
use croaring::Bitmap;
use roaring::RoaringBitmap;

/// Three filters over the rows of a user table, each in every layout, so that conversion is never
/// timed.
#[derive(Debug)]
pub struct Index {
    /// One byte per row.
    pub bools: [Vec<bool>; 3],
    /// One bit per row, behind `bitvec`'s interface.
    pub bits: [BitVec<u64, Lsb0>; 3],
    /// One bit per row in words; the last one's unused bits are zero.
    pub words: [Vec<u64>; 3],
    /// Compressed.
    pub roaring: [RoaringBitmap; 3],
    /// Compressed, by the library in C.
    pub croaring: [Bitmap; 3],
}

impl Index {
    /// Bits beyond row `n` are cleared.
    pub(crate) fn new(n: usize, mut words: [Vec<u64>; 3]) -> Self {
        for filter in &mut words {
            if let (Some(last), used @ 1..) = (filter.last_mut(), n % 64) {
                *last &= (1 << used) - 1;
            }
        }
        let bits = words.each_ref().map(|filter| {
            let mut bits = BitVec::from_slice(filter);
            bits.truncate(n);
            bits
        });
        let bools = words
            .each_ref()
            .map(|filter| (0..n).map(|row| filter[row / 64] >> (row % 64) & 1 == 1).collect());
        let roaring = words.each_ref().map(|filter| {
            let bytes: Vec<u8> = filter.iter().flat_map(|word| word.to_le_bytes()).collect();
            // Not `optimize`d: with these filters runs save memory and lose time.
            RoaringBitmap::from_lsb0_bytes(0, &bytes)
        });
        let croaring = roaring.each_ref().map(|filter| filter.iter().collect());
        Self { bools, bits, words, roaring, croaring }
    }

    /// Bytes that a query reads from the bit layouts.
    pub fn word_bytes(&self) -> usize {
        self.words.iter().map(|words| words.len() * 8).sum()
    }

    /// The same from the compressed layout.
    pub(crate) fn roaring_bytes(&self) -> usize {
        self.roaring.iter().map(RoaringBitmap::serialized_size).sum()
    }
}

/// So that a function gets the layout that its parameter names.
impl AsRef<[Vec<bool>; 3]> for Index {
    fn as_ref(&self) -> &[Vec<bool>; 3] {
        &self.bools
    }
}

impl AsRef<[Vec<u64>; 3]> for Index {
    fn as_ref(&self) -> &[Vec<u64>; 3] {
        &self.words
    }
}
