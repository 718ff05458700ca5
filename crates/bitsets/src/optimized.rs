//! Words in blocks of 512 rows: a block without a match costs one test, a full word is a run of
//! numbers, and what is left is decoded eight rows at a time.
//!
//! How many bits of a mixed word are set is random, so a loop over them ends at a random moment and
//! the processor guesses wrong about once a word. Writing a fixed eight whether or not there are
//! eight (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019) makes that end
//! predictable; what was written too much is overwritten next.

/// The rows for which all filters hold.
pub fn matching([a, b, c]: &[Vec<u64>; 3]) -> Vec<u32> {
    let (a, a_tail) = a.as_chunks::<8>();
    let (b, b_tail) = b.as_chunks::<8>();
    let (c, c_tail) = c.as_chunks::<8>();
    let mut rows = Rows { buffer: Vec::new(), end: 0 };
    for (block, ((a, b), c)) in a.iter().zip(b).zip(c).enumerate() {
        let all: [u64; 8] = std::array::from_fn(|at| a[at] & b[at] & c[at]);
        if all.iter().any(|&word| word != 0) {
            rows.decode(&all, block as u32 * 512);
        }
    }
    let tail: Vec<u64> =
        a_tail.iter().zip(b_tail).zip(c_tail).map(|((a, b), c)| a & b & c).collect();
    rows.decode(&tail, a.len() as u32 * 512);
    rows.buffer.truncate(rows.end);
    rows.buffer
}

/// The answer so far, in a buffer that is always longer.
struct Rows {
    buffer: Vec<u32>,
    end: usize,
}

impl Rows {
    /// Appends the rows of at most eight words, the first of which starts at row `base`.
    #[inline]
    fn decode(&mut self, words: &[u64], base: u32) {
        if self.buffer.len() < self.end + 512 + 8 {
            self.buffer.resize((self.end + 520).max(self.buffer.len() * 2), 0);
        }
        for (&word, base) in words.iter().zip((base..).step_by(64)) {
            self.end = match word {
                0 => self.end,
                u64::MAX => self.run(base),
                _ => self.mixed(word, base),
            };
        }
    }

    #[inline]
    fn run(&mut self, base: u32) -> usize {
        for (slot, row) in self.buffer[self.end..self.end + 64].iter_mut().zip(base..) {
            *slot = row;
        }
        self.end + 64
    }

    #[inline]
    fn mixed(&mut self, mut word: u64, base: u32) -> usize {
        let end = self.end + word.count_ones() as usize;
        let mut from = self.end;
        while from < end {
            for slot in &mut self.buffer[from..from + 8] {
                *slot = base + word.trailing_zeros();
                word &= word.wrapping_sub(1); // clears the lowest set bit
            }
            from += 8;
        }
        end
    }
}
