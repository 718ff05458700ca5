//! One idea more than `fixed_width`: eight digits are one 64-bit word, and three steps split all
//! its parts at once (Paul Khuong, "How to Print Integers Really Fast", 2017), instead of one pair
//! after the other.

use crate::fixed_width::{Wide, ZEROS, number, point, price};
use crate::line::Line;
use crate::market::{Feed, Instrument};
use crate::message::{self, Pieces, byte_sum};
use crate::session::Session;

/// Answers each tick that is worth it with an order, or with a line in the journal.
pub fn respond(feed: &Feed) -> Session {
    message::respond::<Words>(feed, byte_sum)
}

/// Eight digits at once; so the time is two words.
pub(crate) struct Words;

impl Pieces for Words {
    #[inline(always)]
    fn symbol(out: &mut Line, instrument: &Instrument) {
        Wide::symbol(out, instrument);
    }

    #[inline(always)]
    fn number(out: &mut Line, value: u32) {
        number(out, value, digits);
    }

    #[inline(always)]
    fn price(out: &mut Line, value: u32) {
        price(out, value, digits);
    }

    #[inline(always)]
    fn time(out: &mut Line, micros: u64) {
        let (seconds, micros) = ((micros / 1_000_000) as u32, (micros % 1_000_000) as u32);
        out.text(&clock(seconds).to_le_bytes());
        out.wide(&point((digits(micros) | ZEROS) >> 8).to_le_bytes(), 1);
    }
}

/// "HH:MM:SS". Written as digits, a zero stands where each colon belongs.
#[inline(always)]
fn clock(seconds: u32) -> u64 {
    const COLONS: u64 = (b':' as u64) << 16 | (b':' as u64) << 40;
    let number = seconds / 3_600 * 1_000_000 + seconds / 60 % 60 * 1_000 + seconds % 60;
    digits(number) | ZEROS | COLONS
}

/// All eight digits of a number, the first one in the lowest byte.
#[inline(always)]
fn digits(number: u32) -> u64 {
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
            assert_eq!((digits(number) | ZEROS).to_le_bytes(), format!("{number:08}").as_bytes());
        }
    }
}
