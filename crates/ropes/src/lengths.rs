//! Which chunk holds byte 700,000? A tree of lengths without pointers: entry `i` is the sum of the
//! lengths that end with the `i`-th, as many as the lowest set bit of `i` says (Fenwick, "A New Data
//! Structure for Cumulative Frequency Tables", 1994).

use std::hint::select_unpredictable;

/// Lengths in a row, and their sums.
#[derive(Default)]
pub struct Lengths {
    /// Counted from 1, as many as a power of two; entry 0 is unused.
    sums: Vec<usize>,
    count: usize,
}

impl Lengths {
    /// Builds the tree in one pass: each sum is added to the one that includes it.
    pub fn new(lengths: impl ExactSizeIterator<Item = usize>) -> Self {
        let count = lengths.len();
        let mut sums = vec![0; count.next_power_of_two() + 1];
        for (sum, length) in sums[1..].iter_mut().zip(lengths) {
            *sum = length;
        }
        for at in 1..sums.len() - 1 {
            let parent = at + lowest_bit(at);
            sums[parent] += sums[at];
        }
        Self { sums, count }
    }

    /// Changes the length at `index` by `difference`, which may be negative and then wraps.
    pub fn add(&mut self, index: usize, difference: usize) {
        let mut at = index + 1;
        while at < self.sums.len() {
            self.sums[at] = self.sums[at].wrapping_add(difference);
            at += lowest_bit(at);
        }
    }

    /// The index of the length that byte `at` belongs to, and the sum of those before it. The end
    /// of all, and what is beyond it, belongs to the last, of which there must be one. The way
    /// down goes left or right at random, so nothing here lets the processor guess.
    pub fn find(&self, at: usize) -> (usize, usize) {
        let (mut index, mut rest) = (0, at);
        let mut step = (self.sums.len() - 1) / 2;
        while step > 0 {
            let sum = self.sums[index + step];
            let right = sum <= rest;
            index += select_unpredictable(right, step, 0);
            rest -= select_unpredictable(right, sum, 0);
            step /= 2;
        }
        (index.min(self.count - 1), at - rest)
    }
}

fn lowest_bit(at: usize) -> usize {
    at & at.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_belongs_to_its_length() {
        for count in 1..70 {
            let mut lengths: Vec<usize> = (0..count).map(|i| i * 7 % 5 + 1).collect();
            let mut tree = Lengths::new(lengths.iter().copied());
            for index in [0, count / 2, count - 1] {
                let longer = lengths[index] + 2;
                tree.add(index, longer - lengths[index]);
                lengths[index] = longer;
                tree.add(count - 1 - index, 1_usize.wrapping_neg());
                lengths[count - 1 - index] -= 1;
            }
            let mut start = 0;
            for (index, length) in lengths.into_iter().enumerate() {
                for at in start..start + length {
                    assert_eq!(tree.find(at), (index, start), "{count} lengths");
                }
                start += length;
            }
        }
    }
}
