//! A line of text in a fixed array. Pieces are written in a fixed width, too long if need be: what
//! is surplus is overwritten by the next piece.
//!
//! Eight digits come from three steps that each split all parts of a 64-bit word at once (Paul
//! Khuong, "How to Print Integers Really Fast", 2017).

/// The longest message has 194 bytes, the longest line 106.
const CAPACITY: usize = 256;

/// Text under construction, on the stack.
pub struct Line {
    bytes: [u8; CAPACITY],
    end: usize,
}

impl Line {
    /// An empty line.
    #[inline]
    pub fn empty() -> Self {
        Self { bytes: [0; CAPACITY], end: 0 }
    }

    /// Starts again.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.end = 0;
    }

    /// What has been written.
    #[inline]
    pub fn written(&self) -> &[u8] {
        &self.bytes[..self.end]
    }

    /// Appends bytes whose number the compiler knows: a move or two, no call.
    #[inline(always)]
    pub fn text<const N: usize>(&mut self, text: &[u8; N]) {
        self.bytes[self.end..self.end + N].copy_from_slice(text);
        self.end += N;
    }

    /// Appends up to eight bytes that are padded with zeros.
    #[inline(always)]
    pub fn padded(&mut self, text: [u8; 8]) {
        let unused = u64::from_le_bytes(text).leading_zeros() as usize / 8;
        self.text(&text);
        self.end -= unused;
    }

    /// Appends a number.
    #[inline(always)]
    pub fn number(&mut self, number: u32) {
        const FITS: u32 = 100_000_000;
        if number < FITS {
            self.short(number);
        } else {
            self.short(number / FITS);
            self.text(&(eight_digits(number % FITS) | ZEROS).to_le_bytes());
        }
    }

    /// Appends a price in ten-thousandths.
    #[inline(always)]
    pub fn price(&mut self, price: u32) {
        self.short(price / 10_000);
        // Five digits of which the first makes room for the point.
        let digits = (eight_digits(price % 10_000) | ZEROS) >> 24;
        self.text(&(digits ^ u64::from(b'0' ^ b'.')).to_le_bytes());
        self.end -= 3;
    }

    /// Appends what `time` made.
    #[inline(always)]
    pub fn time(&mut self, time: [u8; 16]) {
        self.text(&time);
        self.end -= 1;
    }

    /// Overwrites three bytes with three digits.
    #[inline]
    pub fn patch(&mut self, at: usize, number: u32) {
        let digits = (eight_digits(number) | ZEROS).to_le_bytes();
        self.bytes[at..at + 3].copy_from_slice(&digits[5..]);
    }

    /// The sum of all bytes, as the protocol wants it: in whole vectors, with zeros behind the end.
    #[inline]
    pub fn sum(&mut self) -> u8 {
        self.bytes[self.end..self.end + 32].fill(0);
        let mut sums = [0_u8; 32];
        for chunk in self.bytes[..self.end.next_multiple_of(32)].as_chunks::<32>().0 {
            for (sum, byte) in sums.iter_mut().zip(chunk) {
                *sum = sum.wrapping_add(*byte);
            }
        }
        sums.into_iter().fold(0, u8::wrapping_add)
    }

    /// Appends a number of at most eight digits, without its leading zeros.
    #[inline(always)]
    fn short(&mut self, number: u32) {
        let digits = eight_digits(number);
        let zeros = (digits | 1 << 56).trailing_zeros() & !7; // the last digit stays
        self.text(&((digits | ZEROS) >> zeros).to_le_bytes());
        self.end -= zeros as usize / 8;
    }
}

const ZEROS: u64 = 0x3030_3030_3030_3030;

/// "HH:MM:SS.ffffff" and a byte more. Written as digits, a zero stands where each colon belongs.
#[inline]
pub fn time(micros: u64) -> [u8; 16] {
    const COLONS: u64 = (b':' as u64) << 16 | (b':' as u64) << 40;
    let (seconds, micros) = ((micros / 1_000_000) as u32, (micros % 1_000_000) as u32);
    let clock = seconds / 3_600 * 1_000_000 + seconds / 60 % 60 * 1_000 + seconds % 60;
    let clock = eight_digits(clock) | ZEROS | COLONS;
    let fraction = (eight_digits(micros) | ZEROS) >> 8 ^ u64::from(b'0' ^ b'.');
    (u128::from(clock) | u128::from(fraction) << 64).to_le_bytes()
}

/// The decimal digits of a number below 100,000,000, the first one in the lowest byte.
#[inline(always)]
fn eight_digits(number: u32) -> u64 {
    let fours = u64::from(number / 10_000) | u64::from(number % 10_000) << 32;
    let hundreds = (fours * 10_486) >> 20 & 0x7f_0000_007f;
    let twos = hundreds | (fours - 100 * hundreds) << 16;
    let tens = (twos * 103) >> 10 & 0x000f_000f_000f_000f;
    tens | (twos - 10 * tens) << 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_number() {
        let sparse = (0..100_000_000).step_by(7_919);
        for number in sparse.chain(0..20_000).chain(99_990_000..100_000_000) {
            let text = (eight_digits(number) | ZEROS).to_le_bytes();
            assert_eq!(text, format!("{number:08}").as_bytes());
        }
    }
}
